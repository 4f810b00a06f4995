"""`who accountable` and `who could` as text: a plain sentence or two first, then the roles, the chains, what is irregular."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from decisionlog.domain.answers.accountable import Accountable, Chain, Empowered, Irregular, WhoCould
from decisionlog.domain.authority.steps import RoleEntry
from decisionlog.domain.text import visible
from decisionlog.render.chains import chain_lines, path
from decisionlog.render.page import Page
from decisionlog.render.words import (
    NOT_RECORDED,
    called,
    counted,
    in_prose,
    in_words,
    last_day,
    legal_basis,
    limit,
    listed_in_words,
    mentioned,
    money,
    positions,
    resting_on,
    value_in_words,
)

Names = Mapping[str, str]

_LABELS: Final[Mapping[str, str]] = {
    "duty_holders": "Duty",
    "answerable_to": "Answerable to",
    "decision_makers": "Could decide",
    "liability": "Liable",
    "delivery": "Delivers",
    "consulted": "Consulted",
    "commitments": "Promised",
    "oversight": "Overseen by",
}
_WORD: Final[Mapping[str, str]] = {
    "complete": "Complete: every chain leads down from the duty, and nothing on it is known to fail.",
    "complete-with-findings": "Complete, with findings: see what is possibly irregular, below.",
    "gap": "A gap: nobody is recorded with the duty.",
    "contested": "Contested: what is recorded of this contradicts itself.",
    "dormant": "Dormant: a forum deals with this, and nobody is recorded who may decide it but the organisations themselves.",
}


def accountable(answer: Accountable, page: Page) -> Iterator[str]:
    """`who accountable`: in a sentence; then who is in which role; then every chain; then what is irregular; the basis."""
    yield from page.paragraph(_opening(answer))
    yield from page.paragraph(_deciders(answer))
    yield from page.paragraph(_WORD[answer.classification])
    yield ""
    for role, label in _LABELS.items():
        entries = [_entry(role, one, answer.names) for one in answer.roles[role]]
        yield from page.entry(label, entries or [NOT_RECORDED])
    yield from _chains(answer.chains, answer.names, page)
    yield from _rest(answer, page)


def could(answer: WhoCould, page: Page) -> Iterator[str]:
    """`who could`: in a sentence; then each with limits, people and way; then the chains in a line each; the rest."""
    yield from page.paragraph(_who_could(answer))
    if answer.classification in {"gap", "contested", "dormant"}:
        yield from page.paragraph(_WORD[answer.classification])
    yield ""
    for one in answer.items:
        yield from _empowered(one, answer, page)
    if answer.changes:
        yield from page.entry("Until then", [in_words(one, answer.names) for one in answer.changes])
    if answer.chains:
        yield from page.entry(
            "Chains", [f"{number}. {path(chain, answer.names)}" for number, chain in enumerate(answer.chains, 1)]
        )
    yield from _rest(answer, page)


def _rest(answer: Accountable | WhoCould, page: Page) -> Iterator[str]:
    if answer.findings:
        yield ""
        yield from page.entry("Irregular", [_irregular(one, answer.names) for one in answer.findings])
    if answer.forums:
        yield from page.entry(
            "Discussed by", [f"{called(one, answer.names)}, which cannot decide" for one in answer.forums]
        )
    if answer.notes:
        yield from page.entry("Note", [in_words(one, answer.names) for one in answer.notes])
    yield ""
    yield from page.paragraph(resting_on(answer.basis))


def _irregular(one: Irregular, names: Names) -> str:
    return f"{in_words(one.said, names)} {positions(one.evidence)}".rstrip()


# The sentences


def _when(answer: Accountable | WhoCould) -> str:
    return f"On {in_prose(answer.basis.as_at)}" if len(answer.basis.as_at) <= len("2026-03-12") else "Now"


def _known(answer: Accountable | WhoCould) -> str:
    known = answer.basis.known_at
    if known.startswith("@"):
        return f", as known at position {known[1:]},"
    return f", as known on {in_prose(known)}," if len(known) <= len("2026-03-12") else ", as known now,"


def _what(answer: Accountable | WhoCould) -> str:
    asked = answer.asked
    functions = [called(one, answer.names) for one in asked.functions]
    what = listed_in_words(functions) or mentioned(asked.stream, answer.names)
    if asked.functions and asked.stream not in asked.functions:
        what = f"{mentioned(asked.stream, answer.names)}, which is about {what},"
    places = listed_in_words([called(one, answer.names) for one in asked.places])
    return f"{what} in {places}" if places else what


def _opening(answer: Accountable) -> str:
    holders = list(dict.fromkeys(entry.party for entry in answer.roles["duty_holders"]))
    who = listed_in_words([_party(one, answer.names) for one in holders]) or "nobody on record"
    was = "will have the duty" if answer.to_come else _tense(answer, "is accountable", "was accountable")
    if len(holders) > 1:
        was = "will have the duty" if answer.to_come else _tense(answer, "are accountable", "were accountable")
    possible = (
        " (possibly: a date is recorded only in part)" if any(e.possible for e in answer.roles["duty_holders"]) else ""
    )
    return f"{_when(answer)}{_known(answer)} {who} {was} for {_what(answer)}{possible}.".replace(
        "have the duty for", "have the duty of"
    )


def _tense(answer: Accountable | WhoCould, now: str, then: str) -> str:
    return now if len(answer.basis.as_at) > len("2026-03-12") else then


def _deciders(answer: Accountable) -> str:
    """Who could decide, each for whom and within what, in one sentence."""
    said = []
    for entry in answer.roles["decision_makers"]:
        ends = [chain for chain in answer.chains if _decides(chain) == entry.party]
        said.append(_within(entry.party, ends, answer.names))
    could_ = _tense(answer, "can", "could")
    said = list(dict.fromkeys(said))
    if not said:
        return f"Nobody on record {could_} decide."
    amount = _amount(answer)
    text = f"{'; '.join(said)}"
    return f"Who {could_} decide{f' at {amount}' if amount else ''}: {text}."


def _decides(chain: Chain) -> str:
    last = [hop for hop in chain if hop.has_power]
    return " and ".join(last[-1].to) if last else ""


def _within(party: str, chains: Iterable[Chain], names: Names) -> str:
    chains = list(chains)
    limits: list[str] = []
    bound: list[str] = []
    for chain in chains:
        down_to = [hop for hop in chain if hop.has_power]
        limits += [
            limit(one, names) for hop in down_to for one in hop.limits or () if isinstance(one, dict) and "money" in one
        ]
        if chain[0].kind == "duty":
            holder = next((hop for hop in reversed(chain) if hop.kind in {"duty", "succession"}), chain[0])
            bound += [_party(" and ".join(holder.to), names)]
    for_whom = listed_in_words(dict.fromkeys(one for one in bound if one != _party(party, names)))
    within = listed_in_words(dict.fromkeys(limits))
    return ", ".join(filter(None, [_party(party, names), f"for {for_whom}" if for_whom else "", within]))


def _amount(answer: Accountable | WhoCould) -> str:
    sums = [one["money"] for one in answer.asked.value]
    return listed_in_words([money(one["amount"], one["currency"]) for one in sums])


def _who_could(answer: WhoCould) -> str:
    amount = _amount(answer)
    at = f" at {amount}" if amount else ""
    verb = "could" if answer.to_come or _tense(answer, "", "then") else "can"
    if not answer.items:
        return f"{_when(answer)}{_known(answer)} nobody on record {verb} decide on {_what(answer)}{at}."
    several = counted(len(answer.items), "party", "parties")
    return f"{_when(answer)}{_known(answer)} {several} {verb} decide on {_what(answer)}{at}:"


def _empowered(one: Empowered, answer: WhoCould, page: Page) -> Iterator[str]:
    names = answer.names
    lines = []
    if one.people:
        lines.append(f"held by {listed_in_words([called(who, names) for who in one.people])}")
    bound = [party for party in one.on_behalf_of if party not in one.party]
    if bound:
        lines.append(f"for {listed_in_words([called(party, names) for party in bound])}")
    by = [mentioned(reference, names) for reference in one.references if reference not in one.party]
    lines.append(f"by {listed_in_words(by)}" if by else "acts by itself")
    if one.limits:
        lines.append(listed_in_words([_limit(limited, names) for limited in one.limits]))
    if one.until:
        lines.append(f"last day {in_prose(last_day(one.until))}")
    text = ", ".join(lines)
    chains = f"chain{'s' if len(one.chains) > 1 else ''} {listed_in_words([str(number + 1) for number in one.chains])}"
    possible = "possibly (a date is recorded only in part): " if one.possible else ""
    together = " (only jointly)" if len(one.party) > 1 else ""
    heading = f"{listed_in_words([called(party, names) for party in one.party])}{together}"
    yield from page.paragraph(f"{heading}: {possible}{text}; {chains} {positions(one.evidence)}", indent=2, hang=2)


def _limit(value: Any, names: Names) -> str:
    return limit(value, names) if isinstance(value, dict) and "money" in value else value_in_words(value, names)


def _party(party: str, names: Names) -> str:
    return listed_in_words([called(one, names) for one in party.split(" and ")])


# The roles


def _entry(role: str, entry: RoleEntry, names: Names) -> str:
    who = visible(entry.party) if entry.in_words else _party(entry.party, names)
    basis = f"by {legal_basis(entry.basis)}" if entry.basis else ""
    why = _why(role, entry, names)
    since = (
        f"since {in_prose(entry.since)}" if entry.since else "" if entry.in_words else f"since when is {NOT_RECORDED}"
    )
    unread = "not verified" if not entry.verified and (entry.in_words or role == "liability") else ""
    possible = "possibly" if entry.possible else ""
    told = ", ".join(filter(None, [possible, why, basis, since, unread]))
    return f"{who}: {told} {positions(entry.evidence)}".rstrip()


def _why(role: str, entry: RoleEntry, names: Names) -> str:
    reference = mentioned(entry.reference, names) if entry.reference else ""
    if role == "answerable_to":
        of = called(entry.reference, names)
        return f"for {of}, by the table for its kind" if entry.in_words else f"{of} is answerable to it"
    if role == "decision_makers":
        return {"has the duty itself": "has the duty itself", "acts for": "as the body that acts for it"}.get(
            entry.why, f"by {reference}"
        )
    if role == "liability":
        return entry.why + (f", by {reference}" if entry.why.startswith("moved") else "")
    if role == "duty_holders":
        return f"{reference}" + (" (by succession)" if "succession" in entry.why else "")
    return f"{entry.why}: {reference}" if reference else entry.why


def _chains(chains: Iterable[Chain], names: Names, page: Page) -> Iterator[str]:
    for number, chain in enumerate(chains, 1):
        yield ""
        yield from page.heading(f"Chain {number}: {path(chain, names)}", level=2)
        yield from chain_lines(chain, names, page)
