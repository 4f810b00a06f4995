"""Histories of authority: organisations that end, duties that move, delegations that are varied and stopped."""

from __future__ import annotations

from typing import Any, ClassVar

from hypothesis import strategies as st

from tests.properties.histories import DAYS, SAID, History
from tests.scenario import Plain

Q = "organisation:q"
G = "function:g"

OPENINGS: dict[str, tuple[str, Plain]] = {
    "organisation": ("organisation.registered", {"kind": "icb", "from": "2025-04-01"}),
    "function": ("function.catalogued", {"parent": G}),
    "place": ("place.defined", {"within": "place:q"}),
    "body": ("body.constituted", {"kind": "committee", "parents": [{"parent": Q, "functions": [G]}]}),
    "post": ("post.established", {"organisation": Q}),
    "instrument": ("instrument.adopted", {"kind": "sord", "parties": [Q], "functions": [G]}),
    "delegation": (
        "delegation.granted",
        {
            "delegator": Q,
            "delegates": ["person:q"],
            "scope": [{"function": G}],
            "conditions": [{"id": "c1", "words": "T"}],
            "until": "2026-10-01",
        },
    ),
    "fund": ("fund.established", {"kind": "pooled", "parties": [Q], "functions": [G]}),
}
STEPS: dict[str, tuple[tuple[str, Plain], ...]] = {
    "organisation": (
        ("organisation.related", {"relation": "answerable-to", "to": Q, "until": "2026-06"}),
        ("organisation.relation_ended", {}),
        ("organisation.succeeded", {"successors": [{"organisation": Q}], "ends": True}),
        ("organisation.succeeded", {"successors": [{"organisation": Q, "functions": [G]}], "from": "2026-04-01"}),
        ("organisation.dissolved", {}),
    ),
    "function": (
        ("function.duty_placed", {"holder": Q}),
        ("function.duty_placed", {"holder": "body:q", "from": "2026-03", "until": "2026-10-01"}),
        ("function.duty_ended", {}),
        ("function.duty_ended", {"from": "2026-05"}),
        ("record.contradicted", {"path": "/on"}),
    ),
    "place": (("place.redrawn", {"within": "place:r"}), ("place.redrawn", {"until": "2026-06-01"})),
    "body": (
        ("body.dissolved", {}),
        ("body.reconstituted", {"parents": [{"parent": Q}]}),
        ("body.reconstituted", {"places": ["place:q"]}),
        ("body.parents_changed", {"parents_joined": [{"parent": "body:q", "until": "2026-12"}]}),
        ("body.parents_changed", {"parents_left": [Q]}),
        ("body.terms_adopted", {"version": "LABEL", "can": "decide"}),
        ("body.terms_adopted", {"version": "LABEL", "from": "2026-03"}),
    ),
    "post": (
        ("post.abolished", {}),
        ("post.filled", {"person": "person:q", "until": "2026-06-01"}),
        ("post.vacated", {}),
    ),
    "instrument": (
        ("instrument.amended", {"version": "LABEL"}),
        ("instrument.parties_changed", {"parties_joined": ["organisation:r"], "parties_left": [Q]}),
        ("instrument.replaced", {}),
        ("instrument.ended", {"from": "2026-07"}),
    ),
    "delegation": (
        ("delegation.varied", {"until": "2027-01-01"}),
        ("delegation.varied", {"scope": [{"function": "function:h"}], "from": "2026-04-01"}),
        ("delegation.varied", {"struck": ["until", "conditions"]}),
        ("delegation.suspended", {"until": "2026-06-01"}),
        ("delegation.suspended", {"scope": [{"function": G}]}),
        ("delegation.resumed", {}),
        ("delegation.revoked", {"on_behalf_of": [Q]}),
        ("delegation.revoked", {"from": "2026-09"}),
        ("delegation.consented", {"who": Q, "until": "2026-10-25"}),
        ("delegation.continued", {"parties": [Q]}),
        ("condition.discharged", {"condition": "c1"}),
        ("delegation.lapsed", {}),
    ),
    "fund": (
        ("fund.parties_changed", {"parties_joined": ["organisation:r"]}),
        ("fund.closed", {}),
    ),
}


class AuthorityHistory(History):
    """What is recorded of things that have authority, batch by batch."""

    openings = OPENINGS
    steps = STEPS
    corrected: ClassVar = {
        "organisation.registered": ("/from", "/kind"),
        "function.duty_placed": ("/until", "/from"),
        "function.duty_ended": ("/from",),
        "delegation.granted": ("/until", "/delegator"),
        "delegation.varied": ("/from",),
        "delegation.suspended": ("/until",),
        "post.filled": ("/until",),
        "body.terms_adopted": ("/from",),
        "instrument.ended": ("/from",),
    }
    words: ClassVar = {
        "/from": ("2026-05-01", "2026-06", "2025"),
        "/until": ("2026-12-31", "2026-03"),
        "/kind": ("ccg",),
        "/delegator": ("body:q", "organisation:r"),
    }
    of = frozenset({
        "organisation.relation_ended", "function.duty_ended", "record.contradicted", "post.vacated",
        "delegation.resumed", "condition.discharged",
    })  # fmt: skip

    def _begin(self) -> None:
        """What the others name; and, before anything, one of each."""
        named = (
            ("organisation.registered", "organisation:q"),
            ("organisation.registered", "organisation:r"),
            ("function.catalogued", "function:g"),
            ("function.catalogued", "function:h"),
            ("place.defined", "place:q"),
            ("place.defined", "place:r"),
            ("person.registered", "person:q"),
            ("body.constituted", "body:q"),
        )
        plain: list[Plain] = [{"type": type_name, "stream": stream, "data": {}} for type_name, stream in named]
        self.batches.append((self._now, plain))


MOVES = st.lists(
    st.tuples(
        st.sampled_from([*sorted(OPENINGS), "delegation", "function"]),
        st.sampled_from(["step", "step", "step", "step", "correct", "retract"]),
        st.integers(0, 11),
        st.sampled_from(DAYS),
        st.sampled_from(SAID),
        st.booleans(),
    ),
    max_size=14,
)
histories: Any = st.builds(AuthorityHistory, MOVES)
