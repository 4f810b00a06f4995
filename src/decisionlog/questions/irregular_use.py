"""What is possibly irregular in how a power was used: what a chain shows plainly, and what only a forum decided."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from decisionlog.domain.answers.deciding import DecisionMaker, Hop
from decisionlog.domain.authority.outcomes import Outcome
from decisionlog.domain.authority.parties import is_forum
from decisionlog.domain.course import BINDING
from decisionlog.domain.money import money
from decisionlog.domain.saying import Named, Said, joined, plain
from decisionlog.questions.delegations import OUTLIVED_BY_NOTHING
from decisionlog.questions.viewing import Stated, Viewing

_NOTHING_EXERCISED: Final = frozenset({"no-decision", "deferred", "withdrawn"})
"""Outcomes by which no power was used, whatever was cited."""
FAILING: Final[Mapping[str, str]] = {
    "instrument": " rests on an instrument that was not in force",
    "delegator_held": " was given by somebody who did not have the power at that time",
    "basis": " is not allowed by its legal basis, by the table of legal bases",
    "onward": " was passed on, which the delegation above does not allow",
    "limit": " has a limit that the amount is over",
    "conditions": " has a condition that was not met",
    "delegate": " was given to somebody who could not have it",
    "holder": " could not be used by whoever held the post",
}
"""What a failing test says of a step."""
_FOR_ONE_DECISION: Final = frozenset({"", "decision", "each decision", "per decision", "case", "contract", "item"})


def possibly_irregular(taken: Stated, chain: Iterable[Hop], makers: Iterable[DecisionMaker]) -> Iterator[Said]:
    """What is plain from the chain, each once with its evidence; whether it is so is for people to say."""
    if taken.data.get("outcome") in _NOTHING_EXERCISED:
        return
    deciders = {maker.body or maker.post or maker.person or maker.organisation for maker in makers}
    told = set()
    for link in chain:
        for sentence in _irregular(link, taken, deciders) if not link.rests.startswith("possible") else ():
            if plain(sentence) not in told:
                told.add(plain(sentence))
                yield ("possible: ", *sentence, f" {_positions((taken.position, *link.evidence))}.")


def _irregular(link: Hop, taken: Stated, deciders: set[str]) -> Iterator[Said]:
    yield from _failing(link)
    if not link.delegation:
        return
    name = link.delegation.replace(":", " ", 1)
    how, _, why = link.valid.partition(": ")
    if how == "not in force":
        yield (f"{name} was not in force on {taken.fact.on} ({why})",)
    elif link.valid == OUTLIVED_BY_NOTHING:
        yield (f"{name} was used on {taken.fact.on}, and {why}",)
    if link.step:
        return
    if deciders and link.to and not deciders & set(link.to):
        yield (f"{name} was not given to whoever decided",)
    for amount, limit in _over(taken.data.get("value", ()), link.limits):
        yield (f"{amount} is over the limit of {limit} in {name}",)


def decided_by_a_forum(viewing: Viewing, taken: Stated, makers: Iterable[DecisionMaker]) -> Iterator[Said]:
    """Of what binds somebody: the deciders that can only discuss or advise, by their kind or their terms on that day."""
    if taken.data.get("outcome") not in BINDING or taken.data.get("asked_to", "decide") != "decide":
        return
    world = viewing.world.at(viewing.moment(taken.fact.on, viewing.point.as_of.on))
    for maker in makers:
        if maker.body and is_forum(world, maker.body):
            evidence = _positions((taken.position, *world.party(maker.body).evidence))
            yield ("possible: ", Named(maker.body), f" can only discuss or advise; nobody is bound by this {evidence}.")


def _failing(link: Hop) -> Iterator[Said]:
    """The tests of a step that fail, each in a sentence; the limit of what was cited itself is told with its amounts."""
    for test in link.tests:
        if test.outcome is Outcome.FAILS and (test.name != "limit" or link.step):
            what: Said = (
                (Named(link.delegation),)
                if link.delegation
                else ("the power of ", *joined([(Named(to),) for to in link.to]))
            )
            why: Said = (" (", *test.detail, ")") if test.detail else ()
            yield (*what, FAILING[test.name], *why)


def _over(values: Iterable[Any], limits: Iterable[Any]) -> Iterator[tuple[str, str]]:
    """Sums that are over a limit on each decision, with that limit. A limit per year cannot be judged by one decision."""
    for limit in limits:
        if "money" not in limit or limit.get("per", "") not in _FOR_ONE_DECISION:
            continue
        most, currency = limit["money"]["amount"], limit["money"]["currency"]
        total = sum(value["money"]["amount"] for value in values if _counts(value, limit, currency))
        if total > most or (total == most and limit.get("operator") == "<"):
            yield money(total, currency), money(most, currency)


def _counts(value: Any, limit: dict[str, Any], currency: str) -> bool:
    if "money" not in value or value["money"]["currency"] != currency or ("fund" in limit and "fund" not in value):
        return False
    return all(name not in limit or name not in value or limit[name] == value[name] for name in ("kind", "fund"))


def _positions(evidence: Iterable[int]) -> str:
    return f"[{', '.join(str(position) for position in dict.fromkeys(evidence))}]"
