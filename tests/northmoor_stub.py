"""Northmoor in names alone: stubs of what the meetings of the example cite, for tests that are not about them."""

from __future__ import annotations

from typing import Any

_BODIES = {
    "northmoor-locality-board": "NLB",
    "northmoor-icb-board": "ICB",
    "northmoor-icb-place-committee": "PC",
    "northmoor-cabinet": "CAB",
    "northmoor-joint-committee": "JC",
    "northmoor-ft-board": None,
}
_STUBS = {
    "organisation.registered": "northmoor-council northmoor-icb northmoor-ft northmoor-acute gp-collaborative "
    "voluntary-alliance healthwatch-northmoor northmoor-homes",
    "function.catalogued": "urgent-community-response hospital-discharge adult-social-care public-health primary-care "
    "intermediate-care",
    "post.established": "council-leader cabinet-member-health director-of-adult-social-care director-of-public-health "
    "icb-chief-executive icb-place-director icb-chief-finance-officer trust-chair trust-chief-executive "
    "trust-chief-operating-officer acute-chief-executive gp-collaborative-chair alliance-chief-officer healthwatch-chair "
    "homes-director clerk",
    "instrument.adopted": "icb-constitution icb-sord council-constitution s75-agreement northmoor-mou jc-terms",
    "delegation.granted": "SORD-7.2 SORD-9.1 CC-3.2 CC-4.7 S75-JC",
    "fund.established": "northmoor-better-care-fund",
    "person.registered": " ".join(f"p-{number:03}" for number in range(1, 19)),
}


def openings() -> list[dict[str, Any]]:
    """Plain facts that open everything, with nothing but its ref."""
    places = ("northmoor", "place"), ("northmoor-east", "neighbourhood"), ("northmoor-west", "neighbourhood")
    return [
        *({"type": "place.defined", "data": {"ref": ref, "level": level}} for ref, level in places),
        *(
            {"type": "body.constituted", "data": {"ref": ref} | ({"short_name": name} if name else {})}
            for ref, name in _BODIES.items()
        ),
        *({"type": type_name, "data": {"ref": ref}} for type_name, refs in _STUBS.items() for ref in refs.split()),
    ]
