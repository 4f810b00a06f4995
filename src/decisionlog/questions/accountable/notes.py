"""What a reader must know of an answer beside it: what was not asked, what is to come, what nobody verified."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from decisionlog.domain.answers.accountable import LegalNote
from decisionlog.domain.authority.outcomes import Outcome, RoleEntry
from decisionlog.domain.authority.question import NOWHERE
from decisionlog.domain.authority.steps import Resolution
from decisionlog.domain.authority.stopping import is_over, stopped_wholly
from decisionlog.domain.authority.walking import MOST
from decisionlog.domain.authority.world import Duty, Grant
from decisionlog.domain.days import OPEN_END, span
from decisionlog.domain.kinds import article_before, kind_of_organisation
from decisionlog.domain.saying import Day, Named, Said, joined
from decisionlog.questions.accountable.asking import Settled

_SHOWN: Final = 6
"""How many delegations that are not in force are named."""
_LATER: Final = OPEN_END - 1
"""A moment after everything that has begun."""


def notes(settled: Settled, answer: Resolution, legal: Iterable[LegalNote]) -> Iterator[Said]:
    """Every note, the most important first."""
    yield from _of_the_question(settled)
    if not settled.walk.duties:
        yield from _duties_of_other_days(settled)
    yield from _not_compared(answer)
    yield from _not_in_force(settled)
    if answer.left_out:
        yield (f"There are more chains than the {MOST:,} that were followed; ask about a place.",)
    yield from _not_verified(answer, legal)


def _of_the_question(settled: Settled) -> Iterator[Said]:
    asked = settled.asked
    on = settled.point.basis.as_at
    if not asked.functions:
        yield (
            Named(asked.stream),
            " names no function on record, so nobody's duty is found; only delegations of the matter itself are.",
        )
    if not asked.places:
        yield ("No place was asked about, so every place is.",)
    for function in asked.functions:
        if not settled.walk.world.function(function).recorded:
            yield (
                Named(function),
                " is cited in the log and was not in its catalogue of functions, as far as was known then.",
            )
    if settled.is_to_come:
        yield (Day(on), " is still to come: this is answered by what is known now.")
    first = None if settled.is_now else next(iter(settled.log.facts(limit=1)), None)
    if first is not None and settled.point.as_of.on < span(first.recorded_at, settled.log.zone).earliest:
        yield (
            Day(on),
            " lies before the log's first fact [1]: it is answered by what was recorded about it afterwards.",
        )


def _duties_of_other_days(settled: Settled) -> Iterator[Said]:
    """Where nobody had the duty on that day: who had it or has it on other days on record."""
    functions = settled.walk.asked.functions
    days = (settled.now, _LATER)
    found: dict[tuple[int, ...], Duty] = {}
    for day in days:
        for duty in settled.walk.world.at(day).duties(functions) if functions else ():
            if settled.walk.asked.meet(settled.walk.asked.places, duty.places) != NOWHERE:
                found.setdefault(duty.evidence, duty)
    for duty in list(found.values())[:_SHOWN]:
        since: Said = (" from ", Day(duty.since), " on") if duty.since else ()
        yield ("The duty is recorded as placed on ", Named(duty.holder), *since, ".")


def _not_compared(answer: Resolution) -> Iterator[Said]:
    """Limits that nobody but a person can compare with the amount, each with why."""
    found: dict[str, Said] = {}
    for way in answer.chains:
        for step in way.steps:
            for test in step.tests:
                if test.name == "limit" and test.outcome is Outcome.TO_BE_READ:
                    found.setdefault(step.reference, ("The limit of ", Named(step.reference), ": ", *test.detail, "."))
    yield from found.values()


def _not_in_force(settled: Settled) -> Iterator[Said]:
    """Delegations that would cover what is asked about, and are suspended or yet to begin."""
    walk = settled.walk
    told = 0
    for grant in walk.granted.all:
        if not walk.granted.covers_somewhere(grant) or is_over(grant):
            continue
        sentence = _why_not(settled, grant)
        if sentence and told < _SHOWN:
            told += 1
            yield sentence


def _why_not(settled: Settled, grant: Grant) -> Said:
    if not grant.begun:
        return (
            Named(grant.reference),
            " to ",
            *_all(grant.delegates),
            " is recorded to begin on ",
            Day(grant.since),
            ".",
        )
    if stopped_wholly(settled.walk.asked, grant):
        stop = next(one for one in grant.stops if not one.on_behalf_of)
        on: Said = (" since ", Day(stop.on)) if stop.on else ()
        return (
            Named(grant.reference),
            " to ",
            *_all(grant.delegates),
            f" is {stop.how}",
            *on,
            " and was not followed.",
        )
    return ()


def _all(parties: Iterable[str]) -> Said:
    return joined([(Named(party),) for party in parties]) or ("somebody who is not recorded",)


def _not_verified(answer: Resolution, legal: Iterable[LegalNote]) -> Iterator[Said]:
    unread = [note.name for note in legal if not note.verified]
    if unread:
        listed = ", ".join(unread)
        yield (f"Not verified against the text of the law, in the table of legal bases: {listed}.",)
    words = [entry for entry in answer.roles.get("answerable_to", ()) if entry.in_words and not entry.verified]
    for kind in dict.fromkeys(_kind(entry) for entry in words):
        yield (
            f"Not verified in the table: to whom {article_before(what := kind_of_organisation(kind))} {what} is answerable.",
        )


def _kind(entry: RoleEntry) -> str:
    return entry.why.removeprefix("as ")
