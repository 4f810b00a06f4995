"""The eight roles as text: each party once, with everything by which it is in the role, since when, by which facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from decisionlog.domain.authority.outcomes import RoleEntry
from decisionlog.domain.text import visible
from decisionlog.render.chains import Names
from decisionlog.render.words import NOT_RECORDED, called, in_prose, mentioned, positions

LABELS: Final[Mapping[str, str]] = {
    "duty_holders": "Duty",
    "answerable_to": "Answerable to",
    "decision_makers": "Could decide",
    "liability": "Liable",
    "delivery": "Delivers",
    "consulted": "Consulted",
    "commitments": "Promised",
    "oversight": "Overseen by",
}
"""The roles, in the order in which they are shown, and what stands before them."""
_STAYS: Final = "has the duty, and no step moves liability"


def in_role(role: str, entries: Iterable[RoleEntry], names: Names) -> list[str]:
    """Everybody in a role, a line each."""
    return [
        f"{visible(party) if in_words else names.party(party)}: {reasons}"
        for party, in_words, reasons in reasons_in(role, entries, names)
    ]


def reasons_in(role: str, entries: Iterable[RoleEntry], names: Names) -> list[tuple[str, bool, str]]:
    """Everybody in a role: the party, whether it is told in words of the table, and by what it is in the role."""
    by_party: dict[tuple[str, bool], list[RoleEntry]] = {}
    for entry in entries:
        by_party.setdefault((entry.party, entry.in_words), []).append(entry)
    return [(party, in_words, _reasons(role, reasons, names)) for (party, in_words), reasons in by_party.items()]


def _reasons(role: str, entries: Iterable[RoleEntry], names: Names) -> str:
    """By what a party is in a role; what is the same of several is said once."""
    same: dict[tuple[str, str], list[RoleEntry]] = {}
    for entry in entries:
        same.setdefault((_why(role, entry, names), _about(entry, names)), []).append(entry)
    said: dict[str, list[str]] = {}
    for (why, about), several in same.items():
        facts = positions(at for entry in several for at in entry.evidence)
        said.setdefault(why, []).append(f"{about} {facts}".strip())
    return "; ".join(f"{why} {'; '.join(abouts)}".strip() for why, abouts in said.items())


def _why(role: str, entry: RoleEntry, names: Names) -> str:
    """What is the same where somebody is in a role by several things."""
    if role == "answerable_to":
        return f"for {called(entry.reference, names.things)},"
    return "" if role in {"duty_holders", "decision_makers"} or entry.why == _STAYS else entry.why


def _about(entry: RoleEntry, names: Names) -> str:
    reference = mentioned(entry.reference, names.things)
    if entry.why == _STAYS:
        power = names.power(entry.basis) if entry.basis else f"by what is {NOT_RECORDED}"
        return f"has the duty ({power}, {_since(entry)}), and no step moves liability"
    parts = [
        "possibly" if entry.possible else "",
        "by the table for its kind" if entry.in_words else _by(entry, reference),
        f"by {names.power(entry.basis)}" if entry.basis else "",
        "" if entry.in_words else _since(entry),
        "" if entry.verified else "not verified",
    ]
    return ", ".join(filter(None, parts))


def _by(entry: RoleEntry, reference: str) -> str:
    match entry.why:
        case "answerable to" | "acts for":
            return ""
        case "has the duty itself" | "came to it by succession":
            return entry.why
        case _:
            return reference


def _since(entry: RoleEntry) -> str:
    return f"since {in_prose(entry.since)}" if entry.since else f"since when is {NOT_RECORDED}"
