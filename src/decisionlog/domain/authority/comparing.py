"""An answer as plain data in which two programs that follow the same rules cannot differ."""

from __future__ import annotations

from typing import Any

from decisionlog.domain.authority.steps import Resolution, Step, Way
from decisionlog.domain.authority.world import Duty


def comparable(answer: Resolution) -> dict[str, Any]:
    """The classification, who is in which role, every chain with its tests, who could, and what was found."""
    return {
        "classification": answer.classification,
        "roles": {role: {_party(entry.party) for entry in entries} for role, entries in answer.roles.items()},
        "chains": {_chain(way) for way in answer.chains},
        "could": {_parties(power.receivers): set(power.people) for power in answer.powers},
        "findings": {
            (one.code, f"{one.subject}#{one.test}" if one.code == "fails" else one.subject) for one in answer.findings
        },
    }


def _chain(way: Way) -> tuple[tuple[Any, ...], ...]:
    return tuple(
        (
            step.kind,
            step.giver,
            _parties(step.receivers),
            _reference(step),
            step.possible,
            step.part,
            tuple(sorted((test.name, str(test.outcome)) for test in step.tests)),
        )
        for step in way.steps
    )


def _reference(step: Step) -> str:
    return f"{step.reference}#{step.by.n}" if isinstance(step.by, Duty) else step.reference


def _parties(receivers: tuple[str, ...]) -> str | tuple[str, ...]:
    if not receivers:
        return ""
    return receivers[0] if len(receivers) == 1 else tuple(sorted(receivers))


def _party(party: str) -> str | tuple[str, ...]:
    several = party.split(" and ")
    return tuple(sorted(several)) if len(several) > 1 and all(":" in one for one in several) else party
