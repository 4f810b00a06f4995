"""A chain of authority as text: its way in one line, and step by step with what does not hold marked, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

from msgspec import Struct

from decisionlog.domain.answers.accountable import Chain, ChainHop, LegalNote
from decisionlog.domain.authority.outcomes import Outcome, Test
from decisionlog.domain.references import split
from decisionlog.domain.text import visible
from decisionlog.render.page import Page
from decisionlog.render.words import (
    NOT_RECORDED,
    OWN_POWER,
    STRAIGHT,
    Marks,
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
    quoted,
    value_in_words,
)

TESTS: Final[Mapping[str, str]] = {
    "instrument": "instrument in force",
    "delegator_held": "giver had it when it was given",
    "basis": "legal basis allows it",
    "onward": "may be passed on",
    "reserved": "nothing reserved",
    "limit": "within the limit",
    "conditions": "conditions met",
    "consulted": "who must be consulted was",
    "delegate": "receiver exists",
    "holder": "post held",
    "resolved": "parent decided to join",
}
"""What each test asks, as a statement that holds or not."""
PROBLEMS: Final[Mapping[str, str]] = {
    "instrument": "the instrument was not in force",
    "delegator_held": "the giver did not have it when it was given",
    "basis": "the legal basis does not allow it",
    "onward": "it could not be passed on",
    "limit": "over the limit",
    "conditions": "a condition was not met",
    "delegate": "the receiver could not have it",
    "holder": "nobody who may use it held the post",
}
"""What is wrong where a test fails."""
_WHETHER: Final[Mapping[str, str]] = {
    "reserved": "whether what was kept back touches it",
    "limit": "whether it is within the limit",
    "conditions": "whether the conditions are met",
    "consulted": "whether these were consulted",
}
"""What a person must say where a test cannot."""
_MARKS: Final[Mapping[Outcome, str]] = {
    Outcome.FAILS: "PROBLEM",
    Outcome.NOT_RECORDED: "not recorded",
    Outcome.TO_BE_READ: "a person must say",
}


class Names(Struct, frozen=True):
    """What things are called, and the powers by their codes."""

    things: Mapping[str, str]
    law: Mapping[str, str]

    @classmethod
    def of(cls, things: Mapping[str, str], legal: Iterable[LegalNote]) -> Names:
        """The names of an answer."""
        return cls(things, {note.code: note.name for note in legal})

    def party(self, party: str) -> str:
        """One party, or several that act jointly."""
        return self.all(one for one in party.split(" and ") if one) or f"somebody who is {NOT_RECORDED}"

    def parties(self, parties: Iterable[str]) -> str:
        """Several parties, of which some may act jointly."""
        return listed_in_words([self.party(one) for one in parties])

    def all(self, references: Iterable[str]) -> str:
        """Several things; empty where there are none."""
        return listed_in_words([called(one, self.things) for one in references])

    def power(self, code: str) -> str:
        """A legal basis by its code."""
        return legal_basis(code, self.law)

    def limit(self, value: Any) -> str:
        """A limit: money, or in words."""
        is_money = isinstance(value, dict) and "money" in value
        return limit(value, self.things) if is_money else value_in_words(value, self.things)


def path(chain: Chain, names: Names) -> str:
    """Who came after whom: `the ICB > its board > the place committee (SORD-7.2)`."""
    first = chain[0]
    begun = [] if first.kind == "duty" else [f"{names.party(first.from_)} (own power {NOT_RECORDED})"]
    return " > ".join([*begun, *(_receiver(hop, names) for hop in chain)])


def _receiver(hop: ChainHop, names: Names) -> str:
    by = f" ({visible(split(hop.reference)[1])})" if hop.kind == "delegation" else ""
    return f"{names.all(hop.to) or NOT_RECORDED}{by}{' [problem]' if fails(hop) else ''}"


def fails(hop: ChainHop) -> bool:
    """Whether a test of a step fails."""
    return any(test.outcome is Outcome.FAILS for test in hop.tests)


def where_they_stand(chains: Iterable[Chain], names: Names) -> Iterator[str]:
    """Each delegation of some chains with the instrument and the clause that it stands in: a code says little."""
    told = {hop.reference: hop for chain in chains for hop in chain if hop.kind == "delegation" and hop.instrument}
    for reference, hop in told.items():
        clause = f", clause {visible(hop.clause)}" if hop.clause else ""
        yield f"{mentioned(reference, names.things)}: {called(hop.instrument, names.things)}{clause}"


def chain_lines(chain: Chain, names: Names, page: Page, *, same: int = 0, as_in: int = 0) -> Iterator[str]:
    """Every step of a chain, numbered, with its tests beneath it; the first `same` are those of another chain."""
    if same:
        what = "1. is" if same == 1 else f"1. to {same}. are"
        yield from page.paragraph(f"{what} as in chain {as_in}.", indent=2)
    for number, hop in enumerate(chain, 1):
        if number > same:
            yield from page.paragraph(f"{number}. {step(hop, names)}", indent=2, hang=3)
            for line in (*written(hop, names), *tests(hop.tests, names)):
                yield from page.paragraph(line, indent=5, hang=2)


def step(hop: ChainHop, names: Names) -> str:
    """One step in a sentence."""
    parts = [
        _SENTENCES[hop.kind](hop, names.all(hop.to) or f"somebody who is {NOT_RECORDED}", names),
        f"held by {names.all(hop.people)}" if hop.people else "",
        "" if hop.valid == "in force" else dated(visible(hop.valid)),
        f"last day {in_prose(last_day(hop.until))}" if hop.until else "",
    ]
    return f"{', '.join(filter(None, parts))} {positions(hop.evidence)}"


def _duty(hop: ChainHop, to: str, names: Names) -> str:
    law = names.power(hop.legal_basis) if hop.legal_basis else f"A legal basis that is {NOT_RECORDED}"
    duty = called(hop.reference, names.things)
    if hop.legal_basis == OWN_POWER:
        return f"{to} has {duty}{_where(hop, names)} by {law}{_since(hop)}{_under(hop, names)}"
    return f"{law} places {duty}{_where(hop, names)} on {to}{_since(hop)}{_under(hop, names)}"


def _succession(hop: ChainHop, to: str, names: Names) -> str:
    took = f", taking{_where(hop, names).replace(' in ', ' ')}" if hop.places else ""
    return f"{to} came after {names.party(hop.from_)}{took}{_since(hop)}{_by_law(hop, names)}{_under(hop, names)}"


def _acts(hop: ChainHop, to: str, names: Names) -> str:
    where, since = _where(hop, names), _since(hop)
    return f"{to} acts for {names.party(hop.from_)}{where}{since}{_by_law(hop, names)}{_under(hop, names)}"


def _delegation(hop: ChainHop, to: str, names: Names) -> str:
    name, where = mentioned(hop.reference, names.things), _where(hop, names)
    given = f"{name}: from {names.party(hop.from_)} to {to}{where}{_since(hop)}{_continued(hop)}"
    return f"{given}{_by_law(hop, names)}{_under(hop, names)}{_limits(hop, names)}"


_SENTENCES: Final[Mapping[str, Callable[[ChainHop, str, Names], str]]] = {
    "duty": _duty,
    "succession": _succession,
    "acts": _acts,
    "delegation": _delegation,
}


def _where(hop: ChainHop, names: Names) -> str:
    return f" in {names.all(hop.places)}" if hop.places else ""


def _since(hop: ChainHop) -> str:
    return f", from {in_prose(hop.since)}" if hop.since else f", from a day that is {NOT_RECORDED}"


def _continued(hop: ChainHop) -> str:
    return f", continued from {in_prose(hop.continued)}" if hop.continued else ""


def _by_law(hop: ChainHop, names: Names) -> str:
    return f", by {names.power(hop.legal_basis)}" if hop.legal_basis else ""


def _under(hop: ChainHop, names: Names) -> str:
    clause = f", clause {visible(hop.clause)}" if hop.clause else ""
    return f", under {called(hop.instrument, names.things)}{clause}" if hop.instrument else ""


def _limits(hop: ChainHop, names: Names) -> str:
    if not hop.limits:
        return f", limits {NOT_RECORDED}" if hop.limits is None else ", stated to be without limit"
    return "".join(f", {names.limit(one)}" for one in hop.limits)


def written(hop: ChainHop, names: Names, marks: Marks = STRAIGHT) -> Iterator[str]:
    """What is written in words of a step, and who kept what back; whether it touches the matter a person must read."""
    if hop.includes:
        yield f"only: {quoted(hop.includes, marks)}"
    if hop.excludes:
        yield f"not: {quoted(hop.excludes, marks)}"
    if hop.reserved:
        yield f"kept back by {names.party(hop.from_)}: {quoted(hop.reserved, marks)}; a person must read it"
    if hop.kept_from:
        yield f"not for {names.all(hop.to)}, by its terms: {quoted(hop.kept_from, marks)}; a person must read it"


def tests(found: Iterable[Test], names: Names) -> Iterator[str]:
    """What is wrong, what is not recorded, what must be read; then in one line what holds."""
    found = list(found)
    for outcome, mark in _MARKS.items():
        said = [_test(test, names) for test in found if test.outcome is outcome]
        if said:
            yield f"{mark}: {'; '.join(said)}"
    holds = [TESTS.get(test.name, test.name) for test in found if test.outcome is Outcome.HOLDS]
    if holds:
        yield f"holds: {', '.join(holds)}"


def _test(test: Test, names: Names) -> str:
    why = in_words(test.detail, names.things, begins=False)
    facts = f" {positions(test.evidence)}" if test.evidence else ""
    words = {Outcome.FAILS: PROBLEMS, Outcome.TO_BE_READ: _WHETHER}.get(test.outcome, TESTS)
    what = words.get(test.name, test.name)
    return f"{what}{f' ({why})' if why else ''}{facts}"
