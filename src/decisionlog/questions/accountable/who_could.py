"""`who could FUNCTION|REF`: everybody who has the power on a day, at a value; and what is known to change until a day to come."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Final

from msgspec.structs import replace

from decisionlog.domain.answers.accountable import Chain, Empowered, WhoCould
from decisionlog.domain.authority.outcomes import Outcome
from decisionlog.domain.authority.question import Places
from decisionlog.domain.authority.resolving import resolved
from decisionlog.domain.authority.steps import Power, Resolution, Step
from decisionlog.domain.authority.walking import Walk
from decisionlog.domain.saying import Day, LastDay, Named, Said, joined
from decisionlog.questions.accountable.asking import About, Settled, settled
from decisionlog.questions.accountable.chains import legal_notes, limits_of, lowest_limits, told
from decisionlog.questions.accountable.funds import funds_of, mentioned_in
from decisionlog.questions.accountable.irregular import irregular
from decisionlog.questions.accountable.naming import named
from decisionlog.questions.accountable.notes import notes
from decisionlog.questions.accountable.rules import table_in
from decisionlog.questions.accountable.who_accountable import codes_of, evidence_of
from decisionlog.questions.point import Asked
from decisionlog.store.catch_up import ReadModels
from decisionlog.store.log import Log

_NOT_PLAIN: Final = frozenset({Outcome.TO_BE_READ, Outcome.NOT_RECORDED})


def who_could(log: Log, models: ReadModels, about: About, asked: Asked, now: datetime) -> WhoCould:
    """Everybody who could decide, with the chains by which. Raises as `who_accountable`."""
    table = table_in(asked.rules)
    with models.reading() as rows:
        question = settled(log, rows, about, asked, now, table)
        answer = resolved(question.walk)
        chains = told(question.walk, answer, question.wording)
        items = tuple(_empowered(answer, chains, power) for power in answer.powers)
        legal = legal_notes(table, codes_of(chains))
        findings = irregular(question.walk, answer)
        funds = funds_of(question)
        remarks = tuple(notes(question, answer, legal))
        changes = tuple(_changes(question, answer)) if question.is_to_come else ()
        sentences = (*(one.said for one in findings), *remarks, *changes)
        names = named(question, chains, sentences, (*answer.forums, *mentioned_in(funds)))
    return WhoCould(
        basis=question.basis,
        asked=question.asked,
        classification=answer.classification,
        items=items,
        chains=chains,
        findings=findings,
        changes=changes,
        forums=answer.forums,
        legal=legal,
        notes=remarks,
        names=names,
        evidence=evidence_of(answer),
        to_come=question.is_to_come,
        is_now=question.is_now,
        funds=funds,
        lowest_limits=tuple(lowest_limits(chain) for chain in chains),
    )


def _empowered(answer: Resolution, chains: tuple[Chain, ...], power: Power) -> Empowered:
    ways = [_until(chains[number], power.receivers) for number in power.chains]
    steps = list(_steps(answer, power))
    tests = [test for way in ways for hop in way for test in hop.tests if test.outcome in _NOT_PLAIN]
    ends = [hop.until for way in ways for hop in way if hop.until]
    return Empowered(
        party=power.receivers,
        people=power.people,
        on_behalf_of=tuple(
            dict.fromkeys(
                answer.chains[number].steps[0].receivers[0]
                for number in power.chains
                if answer.chains[number].steps[0].kind == "duty"
            )
        ),
        places=_together(step.places for step in steps),
        references=tuple(dict.fromkeys(step.reference for step in steps)),
        limits=limits_of(ways),
        to_be_read=tuple(dict.fromkeys(test.name for test in tests)),
        possible=all(any(hop.valid.startswith("possible") for hop in way) for way in ways),
        until=min(ends) if len(ends) >= len(ways) else "",
        chains=power.chains,
        evidence=power.evidence,
    )


def _together(several: Iterable[Places]) -> tuple[str, ...]:
    """All these places; none, where one of them is everywhere."""
    every = list(several)
    return () if None in every else tuple(dict.fromkeys(place for places in every for place in places or ()))


def _until(chain: Chain, party: tuple[str, ...]) -> Chain:
    """A chain down to whoever it is about."""
    at = next(number for number, hop in enumerate(chain) if hop.to == party and hop.has_power)
    return chain[: at + 1]


def _steps(answer: Resolution, power: Power) -> Iterator[Step]:
    for number in power.chains:
        yield next(step for step in answer.chains[number].steps if step.receivers == power.receivers)


def _changes(question: Settled, then: Resolution) -> Iterator[Said]:
    """Who gains and who loses the power between now and then, by what is known now."""
    today = Walk(
        question.walk.world.at(question.now), replace(question.walk.question, moment=question.now), question.table
    )
    now = resolved(today)
    before, after = ({power.receivers: power for power in answer.powers} for answer in (now, then))
    for receivers in after.keys() - before.keys():
        steps = list(_steps(then, after[receivers]))
        yield (*_all(receivers), " gains it", *_by(steps), *_since(steps), ".")
    for receivers in before.keys() - after.keys():
        steps = list(_steps(now, before[receivers]))
        yield (*_all(receivers), " no longer has it then", *_ends(steps), ".")


def _all(parties: Iterable[str]) -> Said:
    return joined([(Named(party),) for party in parties])


def _by(steps: Iterable[Step]) -> Said:
    return (" by ", *joined([(Named(reference),) for reference in dict.fromkeys(step.reference for step in steps)]))


def _since(steps: Iterable[Step]) -> Said:
    days = [step.by.since for step in steps if step.by.since]
    return (" from ", Day(min(days)), " on") if days else ()


def _ends(steps: Iterable[Step]) -> Said:
    ending: list[Said] = [
        ("the last day of ", Named(step.reference), " is ", LastDay(step.by.until)) for step in steps if step.by.until
    ]
    return (": ", *joined(ending)) if ending else ()
