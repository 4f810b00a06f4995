"""Who could decide on a function: those whose limits cover an amount, those of whom that is not settled, the others."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Final

from markupsafe import Markup
from msgspec import Struct

from decisionlog.domain.answers.accountable import Accountable, Chain, ChainHop
from decisionlog.domain.authority.outcomes import Outcome, Test
from decisionlog.render import accountable, words
from decisionlog.render.chains import Names, fails, written
from decisionlog.render.site.telling import Telling

_LIMIT: Final = "limit"


class Covers(StrEnum):
    """Whether the limits of somebody cover the amount that was asked about."""

    YES = "yes"
    NOT_SETTLED = "not-settled"


class Decider(Struct, frozen=True):
    """Somebody who could decide, or could at a lower amount."""

    said: Markup
    """Who, where, for whom and within what limits."""
    only: tuple[str, ...] = ()
    """What is written in words of the power: what alone is given, what is not, what was kept back."""
    why: tuple[str, ...] = ()
    """Why it is not settled whether the limits cover the amount."""


class WhoCouldDecide(Struct, frozen=True):
    """Everybody in the chains, by whether they could decide at the amount that was asked about; without one all could."""

    deciders: list[Decider]
    above: list[Decider]
    """Who passed the power on, and keeps it."""
    not_settled: list[Decider]
    """Of whom it is not known whether their limits cover the amount."""
    too_much: list[Decider]
    """For whom the amount is too much."""


def who_could_decide(t: Telling, answer: Accountable) -> WhoCouldDecide:
    """Everybody who could decide, with what limits them; at an amount those whose limits cover it by themselves."""
    deciders, above = accountable.deciders(answer), accountable.besides(answer)
    return WhoCouldDecide(
        [_decider(t, party, answer) for party in deciders if covers(party, answer) is Covers.YES],
        [_decider(t, party, answer) for party in above if covers(party, answer) is Covers.YES],
        [_decider(t, party, answer) for party in (*deciders, *above) if covers(party, answer) is Covers.NOT_SETTLED],
        list(_too_much(t, answer, {*deciders, *above})),
    )


def covers(party: str, answer: Accountable) -> Covers:
    """Whether the limits on some way to somebody cover the amount: yes, where none is asked about."""
    ways = _ways(party, answer)
    return Covers.NOT_SETTLED if ways and all(any(_unsettled(way)) for way in ways) else Covers.YES


def _decider(t: Telling, party: str, answer: Accountable) -> Decider:
    names = Names.of(answer.names, answer.legal)
    within = accountable.within(party, answer, names)
    ways = _ways(party, answer)
    is_settled = covers(party, answer) is Covers.YES
    why = [] if is_settled else [_why(test, names) for way in ways for test in _unsettled(way)]
    return Decider(_party(t, party) + within, _only(ways, names), tuple(dict.fromkeys(why)))


def _too_much(t: Telling, answer: Accountable, others: set[str]) -> Iterator[Decider]:
    """Whoever would have the power but for the limit."""
    names = Names.of(answer.names, answer.legal)
    found: dict[str, list[str]] = {}
    for chain in answer.chains:
        for hop in chain:
            party = " and ".join(hop.to)
            over = [test for test in hop.tests if test.name == _LIMIT and test.outcome is Outcome.FAILS]
            if over and party not in others:
                found.setdefault(party, []).extend(
                    words.in_words(test.detail, names.things, begins=False) for test in over
                )
    for party, limits in found.items():
        limited = words.listed_in_words(list(dict.fromkeys(limits)))
        yield Decider(Markup("{}: only {}, so not at this amount").format(_party(t, party), limited))


def _ways(party: str, answer: Accountable) -> list[Chain]:
    """The chains down to somebody who has the power by them."""
    return [
        chain[: at + 1]
        for chain in answer.chains
        for at, hop in enumerate(chain)
        if hop.has_power and " and ".join(hop.to) == party
    ]


def _unsettled(way: Chain) -> Iterator[Test]:
    unknown = {Outcome.TO_BE_READ, Outcome.NOT_RECORDED}
    return (test for hop in way for test in hop.tests if test.name == _LIMIT and test.outcome in unknown)


def _why(test: Test, names: Names) -> str:
    return words.in_words(test.detail, names.things, begins=False) or f"its limit is {words.NOT_RECORDED}"


def _only(ways: list[Chain], names: Names) -> tuple[str, ...]:
    """What is written of the steps; of a step that is not on every way with the delegation, since by another it may be free."""
    on_all = [hop for hop in ways[0] if all(hop in way for way in ways)] if ways else []
    found = [
        line if hop in on_all else f"By {_called(hop, names)} {line}"
        for way in ways
        for hop in way
        if not fails(hop)
        for line in written(hop, names, words.CURLED)
    ]
    return tuple(dict.fromkeys(f"{line[:1].upper()}{line[1:]}" for line in found))


def _called(hop: ChainHop, names: Names) -> str:
    return words.mentioned(hop.reference, names.things)


def _party(t: Telling, party: str) -> Markup:
    """One party, or several that act jointly."""
    return t.things((one for one in party.split(" and ") if one), f"somebody who is {words.NOT_RECORDED}")
