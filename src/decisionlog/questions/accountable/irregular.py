"""What is possibly irregular on the ways of an answer, each in a sentence with its facts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from decisionlog.domain.answers.accountable import Irregular
from decisionlog.domain.authority.outcomes import Outcome, Test
from decisionlog.domain.authority.steps import Finding, Resolution, Step
from decisionlog.domain.authority.walking import Walk
from decisionlog.domain.authority.world import Grant
from decisionlog.domain.references import split
from decisionlog.domain.saying import Day, Named, Part, Said, Worth, joined


def irregular(walk: Walk, answer: Resolution) -> tuple[Irregular, ...]:
    """The findings of an answer, in sentences; what is contested first."""
    return (*_contested(walk, answer), *(_told(walk, answer, one) for one in answer.findings))


def _contested(walk: Walk, answer: Resolution) -> Iterator[Irregular]:
    if not answer.disputes:
        return
    exclusive = dict.fromkeys(
        step.reference
        for way in answer.chains
        for step in way.steps
        if isinstance(step.by, Grant)
        and step.by.exclusivity == "exclusive"
        and set(step.by.evidence) <= set(answer.disputes)
    )
    said: Said = ("facts about the duty contradict each other",)
    if len(exclusive) > 1:
        named = joined([(Named(reference),) for reference in exclusive])
        said = (*named, " are each exclusive, from the same giver, to different delegates")
    yield Irregular("contested", next(iter(exclusive), "") or walk.asked.functions[0], "", said, answer.disputes)


def _told(walk: Walk, answer: Resolution, one: Finding) -> Irregular:
    step, test = _where(answer, one)
    if one.code == "fails" and step and test:
        said: Said = (*_FAILING[one.test](walk, step, test),)
    elif step and one.code in _OF_A_STEP:
        said = (*_OF_A_STEP[one.code](step),)
    else:
        said = (*_ELSE[one.code](one),)
    return Irregular(one.code, one.subject, one.test, ("possible: ", *said), one.evidence)


def _where(answer: Resolution, one: Finding) -> tuple[Step | None, Test | None]:
    """The first step that a finding is about, and its test."""
    wanted = Outcome.FAILS if one.code == "fails" else Outcome.NOT_RECORDED
    for way in answer.chains:
        for step in way.steps:
            if step.reference != one.subject:
                continue
            if not one.test:
                return step, None
            for test in step.tests:
                if test.name == one.test and test.outcome is wanted:
                    return step, test
    return None, None


def _all(parties: Iterable[str]) -> Said:
    return joined([(Named(party),) for party in parties]) or ("somebody who is not recorded",)


def _giver(step: Step) -> Part:
    return Named(step.giver) if step.giver else "somebody who is not recorded"


def _subject(step: Step) -> Said:
    if step.kind == "delegation":
        return (Named(step.reference),)
    if step.kind == "acts":
        return (*_all(step.receivers), ", which acts for ", _giver(step))
    return ("the duty of ", *_all(step.receivers))


def _detail(test: Test) -> Said:
    return (" (", *test.detail, ")") if test.detail else ()


def _over_limit(walk: Walk, step: Step, test: Test) -> Said:
    amounts = joined([(Worth(value["money"]),) for value in walk.question.values])
    return (*amounts, " is over the limit (", *test.detail, ") of ", *_subject(step))


def _instrument(_: Walk, step: Step, test: Test) -> Said:
    return (*_subject(step), " rests on ", Named(step.by.instrument), ", which was not in force", *_detail(test))


def _delegator_held(_: Walk, step: Step, __: Test) -> Said:
    since: Said = (" on ", Day(step.by.since)) if step.by.since else ()
    return (_giver(step), " did not have the power itself when ", Named(step.reference), " was granted", *since)


def _basis(walk: Walk, step: Step, test: Test) -> Said:
    power = walk.table.bases[step.by.legal_basis].name
    return ("by the table of legal bases, ", power, " does not allow ", *_subject(step), *_detail(test))


def _onward(_: Walk, step: Step, test: Test) -> Said:
    return (_giver(step), " passed its power on by ", Named(step.reference), ", which the delegation above does not allow",
            *_detail(test))  # fmt: skip


def _conditions(_: Walk, step: Step, test: Test) -> Said:
    return ("a condition of ", *_subject(step), " was not met", *_detail(test))


def _delegate(_: Walk, step: Step, test: Test) -> Said:
    return (Named(step.reference), " was given to ", *_all(step.receivers), *_detail(test))


def _holder(_: Walk, step: Step, test: Test) -> Said:
    posts = [party for party in step.receivers if split(party)[0] == "post"]
    return (*_all(posts), " could not use ", *_subject(step), *_detail(test))


_FAILING: Final[Mapping[str, Callable[[Walk, Step, Test], Said]]] = {
    "instrument": _instrument,
    "delegator_held": _delegator_held,
    "basis": _basis,
    "onward": _onward,
    "limit": _over_limit,
    "conditions": _conditions,
    "delegate": _delegate,
    "holder": _holder,
}


def _silent(step: Step) -> Said:
    is_not_a_yes = " is not recorded; silence is not a yes"
    return ("whether ", _giver(step), " may pass its power on, as by ", Named(step.reference), ",", is_not_a_yes)


def _not_resolved(step: Step) -> Said:
    return ("no decision of ", _giver(step), " to join ", *_all(step.receivers), " is recorded")


def _of_its_own(step: Step) -> Said:
    return ("the own power of ", _giver(step), ", who gave ", Named(step.reference), ", is not recorded")


_OF_A_STEP: Final[Mapping[str, Callable[[Step], Said]]] = {
    "onward-not-recorded": _silent,
    "not-resolved": _not_resolved,
    "own-chain": _of_its_own,
}


def _did_not_outlive(one: Finding) -> Said:
    return (Named(one.subject), " was not followed: nothing recorded says that it outlived whoever gave it")


def _leads_back(one: Finding) -> Said:
    by: Said = (" from ", Named(one.party)) if one.party else ()
    return (Named(one.subject), *by, " leads back to somebody on the way, and was not followed")


_ELSE: Final[Mapping[str, Callable[[Finding], Said]]] = {
    "did-not-outlive": _did_not_outlive,
    "leads-back": _leads_back,
}
