"""Who made a decision their own after it had been taken as it should not have been, and from when it is put right by that."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import product
from typing import Final

from msgspec.structs import replace

from decisionlog.checks.authority.matter import Matter, matter
from decisionlog.checks.determinations import Determination, as_determination, determination
from decisionlog.checks.finding import Tripped
from decisionlog.checks.record import Act, Record
from decisionlog.domain.authority.parties import is_forum
from decisionlog.domain.authority.question import Question
from decisionlog.domain.authority.walking import Walk
from decisionlog.domain.days import OPEN_END
from decisionlog.domain.facts.decision import (
    DecisionRatified,
    DecisionReviewed,
    DecisionSuperseded,
    DecisionTaken,
    DecisionVoided,
)

DECIDES_AGAIN: Final = frozenset({"confirms", "reconsiders"})
"""How a decision says that it decides anew what an earlier one decided."""


Rule = Callable[[Record, str], Iterator[Tripped]]


def until_put_right(
    record: Record,
    taken: Determination,
    bound: Collection[str],
    rule: Rule,
    found: Iterable[Tripped],
    *,
    by_others: bool = False,
) -> Iterator[Tripped]:
    """What a rule found of a decision, until those who had the power ratified it, or decided again without tripping the rule.

    `by_others`: those who took it cannot put it right by ratifying it themselves.
    """

    def proper(again: Determination) -> bool:
        themselves = again.stream == taken.stream and not set(again.makers).isdisjoint(taken.makers)
        if by_others and themselves:
            return False
        return had_the_power(record, taken, again) and not errs_too(record, taken, again, rule)

    for one in found:
        yield replace(one, until=min(one.until, put_right(record, taken, bound, proper)))


def errs_too(record: Record, taken: Determination, again: Determination, rule: Rule) -> bool:
    """Whether a rule finds of the decision by which another was decided again what it finds of that."""
    return again.stream != taken.stream and any(one.evidenced for one in rule(record, again.stream))


def put_right(
    record: Record,
    taken: Determination,
    bound: Collection[str],
    proper: Callable[[Determination], bool],
    *,
    reviews: bool = False,
) -> int:
    """The first moment at which it had been made their own, properly, for all whom it binds; `OPEN_END`, where it never was.

    With `reviews` it is enough that those who could have decided it looked at it again.
    """
    missing = set(bound)
    several = decided_again(record, taken)
    if reviews:
        several = tuple(sorted([*several, *_reviews(record, taken)], key=_order))
    for one in several:
        if proper(one):
            missing.difference_update(one.bound or bound)
            if not missing:
                return one.first
    return OPEN_END


def decided_again(record: Record, taken: Determination) -> tuple[Determination, ...]:
    """Each ratification of a decision, and each decision that took its place, confirms it or reconsiders it, in their order."""
    return record.once(("decided again", taken.stream), lambda: _in_order(record, taken))


def _in_order(record: Record, taken: Determination) -> tuple[Determination, ...]:
    later = [one for one in _decisions(record, taken) if _order(taken) < _order(one)]
    return tuple(sorted([*_ratifications(record, taken), *later], key=_order))


def _order(taken: Determination) -> tuple[int, int]:
    return taken.first, taken.position


def _ratifications(record: Record, taken: Determination) -> Iterator[Determination]:
    for act in record.of(taken.stream).all(DecisionRatified):
        yield as_determination(record, taken.stream, _as_taken(record, act))


def _as_taken(record: Record, act: Act[DecisionRatified]) -> Act[DecisionTaken]:
    """A ratification as the decision that it is; what it does not say is as in the decision by which it was made."""
    said, by = act.data, determination(record, act.data.by_decision) if act.data.by_decision else None
    decided = by.data if by else DecisionTaken()
    data = DecisionTaken(
        decision_makers=said.decision_makers or decided.decision_makers,
        people=said.people or decided.people,
        on_behalf_of=said.on_behalf_of or decided.on_behalf_of,
        outcome="ratified",
        meeting=said.meeting or decided.meeting,
        item=said.item or decided.item,
        method=decided.method,
        votes=decided.votes,
    )
    return Act(act.fact, data, act.at)


def _reviews(record: Record, taken: Determination) -> Iterator[Determination]:
    for act in record.of(taken.stream).all(DecisionReviewed):
        makers = (act.data.who,) if act.data.who else None
        data = DecisionTaken(decision_makers=makers, meeting=act.data.meeting, item=act.data.item)
        yield as_determination(record, taken.stream, Act(act.fact, data, act.at))


def _decisions(record: Record, taken: Determination) -> Iterator[Determination]:
    superseded = [act for act in record.of(taken.stream).all(DecisionSuperseded) if act.data.wholly is not False]
    named = [one for act in superseded for one in act.data.by_decisions or ()]
    for act in record.naming(taken.stream, DecisionTaken, "links.decision"):
        links = {link.link for link in act.data.links or () if link.decision == taken.stream}
        named += [act.fact.stream] if links & DECIDES_AGAIN else []
    for stream in dict.fromkeys(named):
        one = determination(record, stream)
        if one and one.exercises and not record.of(stream).all(DecisionVoided):
            yield one


def is_theirs_to_decide(record: Record, taken: Determination, again: Determination) -> bool:
    """Whether those who decided again are those who decided first, or had the power for it."""
    return set(again.makers) <= set(taken.makers) or had_the_power(record, taken, again)


def had_the_power(record: Record, taken: Determination, again: Determination) -> bool:
    """Whether those who decided again had the power for what was decided, as far as is recorded who has its duty.

    Where that is not recorded, those who decided first are not taken to have had it the second time.
    """
    makers = set(again.makers)
    if makers and all(is_forum(record.at(again.last), maker) for maker in makers):
        return False
    known = [walk for walk in _walks(record, matter(record, taken), again.last) if walk.duties]
    if not known:
        return makers.isdisjoint(taken.makers)
    return not makers or all(_reaches(walk, makers) for walk in known)


def _walks(record: Record, about: Matter, moment: int) -> Iterator[Walk]:
    for function, place in product(about.functions, about.places or ("",)):
        places = (place,) if place else ()
        question = Question((function,), places, about.things, about.values or (), moment, record.zone)
        yield Walk(record.at(moment), question, record.table)


def _reaches(walk: Walk, makers: Collection[str]) -> bool:
    """Whether a way comes to one of them by steps that do not fail."""
    ways = (*walk.from_duties, *walk.of_their_own)
    return any(not set(step.receivers).isdisjoint(makers) for way in ways for step in way.sound_steps)
