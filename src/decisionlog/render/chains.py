"""A chain of authority as text: its way in one line, and step by step with what does not hold marked, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from decisionlog.domain.answers.accountable import Chain, ChainHop
from decisionlog.domain.authority.steps import Outcome, Test
from decisionlog.domain.references import split
from decisionlog.domain.text import visible
from decisionlog.render.page import Page
from decisionlog.render.words import (
    NOT_RECORDED,
    called,
    dated,
    in_prose,
    in_words,
    last_day,
    legal_basis,
    limit,
    listed_in_words,
    mentioned,
    positions,
    value_in_words,
)

Names = Mapping[str, str]

TESTS: Final[Mapping[str, str]] = {
    "instrument": "the instrument is in force",
    "delegator_held": "the giver had it when it was given",
    "basis": "the legal basis allows it",
    "onward": "it may be passed on",
    "reserved": "nothing is reserved",
    "limit": "within the limit",
    "conditions": "the conditions are met",
    "consulted": "those who must be consulted were",
    "delegate": "the receiver is there",
    "holder": "the post is held",
    "resolved": "the parent decided to join",
}
"""What each test asks, as a statement that holds or not."""
_MARKS: Final[Mapping[Outcome, str]] = {
    Outcome.FAILS: "FAILS",
    Outcome.NOT_RECORDED: "not recorded",
    Outcome.TO_BE_READ: "to be read",
}


def path(chain: Chain, names: Names) -> str:
    """Who came after whom: `the law > the ICB > its board > the place committee (SORD-7.2)`."""
    first = chain[0]
    begun = [] if first.kind == "duty" else [f"{_all(first.from_, names)} (own power {NOT_RECORDED})"]
    return " > ".join([*begun, *(_receiver(hop, names) for hop in chain)])


def _receiver(hop: ChainHop, names: Names) -> str:
    who = listed_in_words([called(one, names) for one in hop.to]) or NOT_RECORDED
    by = f" ({visible(split(hop.reference)[1])})" if hop.kind == "delegation" else ""
    return f"{who}{by}{' [fails]' if fails(hop) else ''}"


def fails(hop: ChainHop) -> bool:
    """Whether a test of a step fails."""
    return any(test.outcome is Outcome.FAILS for test in hop.tests)


def chain_lines(chain: Chain, names: Names, page: Page) -> Iterator[str]:
    """Every step of a chain, numbered, with its tests beneath it."""
    for number, hop in enumerate(chain, 1):
        yield from page.paragraph(f"{number}. {step(hop, names)}", indent=2, hang=3)
        for line in tests(hop.tests, names):
            yield from page.paragraph(line, indent=5, hang=2)


def step(hop: ChainHop, names: Names) -> str:
    """One step in a sentence."""
    to = listed_in_words([called(one, names) for one in hop.to]) or f"somebody who is {NOT_RECORDED}"
    said = _SENTENCES[hop.kind](hop, to, names)
    where = listed_in_words([called(one, names) for one in hop.places])
    valid = "" if hop.valid == "in force" else dated(visible(hop.valid))
    parts = [
        f"in {where}" if where and hop.kind != "duty" else "",
        _held_by(hop, names),
        valid,
        f"last day {in_prose(last_day(hop.until))}" if hop.until else "",
    ]
    return ", ".join([said, *filter(None, parts)]) + f" {positions(hop.evidence)}"


def _duty(hop: ChainHop, to: str, names: Names) -> str:
    where = listed_in_words([called(one, names) for one in hop.places])
    law = legal_basis(hop.legal_basis) if hop.legal_basis else f"A legal basis that is {NOT_RECORDED}"
    return f"{law} places {called(hop.reference, names)} on {to}{f' in {where}' if where else ''}{_since(hop)}{_under(hop, names)}"


def _succession(hop: ChainHop, to: str, names: Names) -> str:
    return f"{to} came after {called(hop.from_, names)}{_since(hop)}{_by_law(hop)}{_under(hop, names)}"


def _acts(hop: ChainHop, to: str, names: Names) -> str:
    return f"{to} acts for {called(hop.from_, names)}{_since(hop)}{_by_law(hop)}{_under(hop, names)}"


def _delegation(hop: ChainHop, to: str, names: Names) -> str:
    name = mentioned(hop.reference, names)
    return f"{name}: from {_all(hop.from_, names)} to {to}{_since(hop)}{_by_law(hop)}{_under(hop, names)}{_limits(hop, names)}"


_SENTENCES: Final[Mapping[str, Any]] = {
    "duty": _duty,
    "succession": _succession,
    "acts": _acts,
    "delegation": _delegation,
}


def _all(reference: str, names: Names) -> str:
    return (
        listed_in_words([called(one, names) for one in reference.split(" and ") if one])
        or f"somebody who is {NOT_RECORDED}"
    )


def _since(hop: ChainHop) -> str:
    return f", from {in_prose(hop.since)}" if hop.since else f", from a day that is {NOT_RECORDED}"


def _by_law(hop: ChainHop) -> str:
    return f", by {legal_basis(hop.legal_basis)}" if hop.legal_basis else ""


def _under(hop: ChainHop, names: Names) -> str:
    clause = f", clause {visible(hop.clause)}" if hop.clause else ""
    return f", under {called(hop.instrument, names)}{clause}" if hop.instrument else ""


def _limits(hop: ChainHop, names: Names) -> str:
    if hop.limits is None:
        return f", limits {NOT_RECORDED}"
    if not hop.limits:
        return ", stated to be without limit"
    return "".join(
        f", {limit(one, names) if isinstance(one, dict) and 'money' in one else value_in_words(one, names)}"
        for one in hop.limits
    )


def _held_by(hop: ChainHop, names: Names) -> str:
    return f"held by {listed_in_words([called(one, names) for one in hop.people])}" if hop.people else ""


def tests(found: Iterable[Test], names: Names) -> Iterator[str]:
    """What fails, what is not recorded, what must be read; then in one line what holds."""
    found = list(found)
    for outcome, mark in _MARKS.items():
        for test in found:
            if test.outcome is outcome:
                why = in_words(test.detail, names, begins=False)
                facts = f" {positions(test.evidence)}" if test.evidence else ""
                yield f"{mark}: {TESTS.get(test.name, test.name)}{f' ({why})' if why else ''}{facts}"
    holds = [TESTS.get(test.name, test.name) for test in found if test.outcome is Outcome.HOLDS]
    if holds:
        yield f"holds: {'; '.join(holds)}"
