"""Whether a body that cannot decide acted as if it could."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from decisionlog.checks.determinations import Determination, determination
from decisionlog.checks.finding import Tripped
from decisionlog.checks.meetings.business import proposals_of
from decisionlog.checks.meetings.terms import terms_of
from decisionlog.checks.record import Record
from decisionlog.domain.authority.parties import is_forum
from decisionlog.domain.days import OPEN_END, at, day_start
from decisionlog.domain.facts.body import BodyConstituted
from decisionlog.domain.facts.decision import DecisionRatified, DecisionTaken
from decisionlog.domain.saying import Named

_DAYS_TO_TAKE_IT_UP: Final = 28
"""Within so many days somebody who can decide should have: most of them meet once a month."""


def forum_acting(record: Record, decision: str) -> Iterator[Tripped]:
    """GL26: a body that cannot decide approved something, and nobody who can took it up within 28 days."""
    taken = determination(record, decision)
    if taken is None or not taken.binds or not taken.makers:
        return
    world = record.at(taken.last)
    if not all(is_forum(world, maker) for maker in taken.makers):
        return
    last = at(taken.last).astimezone(record.zone).date() + timedelta(days=_DAYS_TO_TAKE_IT_UP)
    since = day_start(last + timedelta(days=1), record.zone)
    until = min(_taken_up(record, taken), default=OPEN_END)
    if until > since:
        who = taken.makers[0]
        said = (Named(who), f" cannot decide, and nobody who can took it up within {_DAYS_TO_TAKE_IT_UP} days")
        yield Tripped(said, (taken.position, *_why(record, who, taken.last)), since, until)


def _why(record: Record, body: str, moment: int) -> tuple[int, ...]:
    """The facts by which a body cannot decide: its terms, else what constituted it."""
    terms = terms_of(record, body, moment)
    constituted = record.of(body).first(BodyConstituted)
    if terms and terms.data.can not in {None, "decide"}:
        return (terms.position,)
    return (constituted.position,) if constituted else ()


def _taken_up(record: Record, taken: Determination) -> Iterator[int]:
    """When somebody who can decide made it their own, or decided on the same proposal, or on a decision tied to it."""
    for ratified in record.of(taken.stream).all(DecisionRatified):
        yield ratified.at.earliest
    named = [one.decision for one in taken.data.links or ()]
    named += [act.fact.stream for act in record.naming(taken.stream, DecisionTaken, "links.decision")]
    for proposal in proposals_of(taken):
        named += [act.fact.stream for act in record.naming(proposal, DecisionTaken, "proposals.proposal")]
    for stream in dict.fromkeys(named):
        one = determination(record, stream)
        if one and one.exercises and not _by_forums(record, one):
            yield one.first


def _by_forums(record: Record, one: Determination) -> bool:
    return all(is_forum(record.at(one.last), maker) for maker in one.makers)
