"""Whether notice of a key decision was given in time."""

from __future__ import annotations

from collections.abc import Iterator
from enum import IntEnum
from typing import Any, Final

from decisionlog.checks.calendar import clear_days, day_of
from decisionlog.checks.course.order import window
from decisionlog.checks.course.urgency import COUNCILS
from decisionlog.checks.determinations import Determination, determination
from decisionlog.checks.finding import Tripped
from decisionlog.checks.record import Act, Record
from decisionlog.domain.facts.proposal import ProposalNoticed, ProposalRevised, ProposalSubmitted
from decisionlog.domain.references import fold
from decisionlog.domain.saying import Day, Said

NOTICE: Final = 28
"""Clear days of notice of a key decision (SI 2012/2089 reg 9)."""
GENERAL_EXCEPTION: Final = 5
"""Clear days under the general exception (reg 10)."""


class InTime(IntEnum):
    """Whether a notice was given in time, the best last."""

    NO = 0
    PERHAPS = 1
    YES = 2


def key_decision_notice(record: Record, decision: str) -> Iterator[Tripped]:
    """GL39: a key decision without 28 clear days of notice, the general exception, or urgency."""
    taken = determination(record, decision)
    if taken is None or not taken.binds or taken.data.urgent or not _is_key(record, taken):
        return
    if _is_of_nobody_with_key_decisions(record, taken):
        return
    notices = list(_notices(record, taken))
    if not notices:
        yield _no_notice(record, taken)
        return
    best = max(notices, key=lambda act: (_in_time(record, act, taken), -act.at.earliest))
    answer = _in_time(record, best, taken)
    if answer is InTime.YES:
        return
    on: Said = (" on ", Day(best.on)) if best.on else (" on a day that is not recorded",)
    said: Said = ("it is a key decision, and notice of it was given", *on, *_wanted(best, answer))
    yield Tripped(said, (taken.position, best.position), taken.first, evidenced=answer is InTime.NO)


def _is_key(record: Record, taken: Determination) -> bool:
    """Whether it is a key decision: as it says, else as the papers that it disposes of say."""
    if taken.data.key is not None:
        return taken.data.key
    papers = (record.of(one.proposal) for one in taken.data.proposals or ())
    said: list[list[Act[Any]]] = [[*told.all(ProposalSubmitted), *told.all(ProposalRevised)] for told in papers]
    return any(next((act.data.key for act in reversed(each) if act.data.key is not None), False) for each in said)


def _is_of_nobody_with_key_decisions(record: Record, taken: Determination) -> bool:
    """Whether all whom it binds are known to be something else than councils, which alone take key decisions."""
    world = record.at(taken.last)
    kinds = [world.party(one).kind for one in taken.bound]
    return bool(kinds) and all(kinds) and not COUNCILS & set(kinds)


def _notices(record: Record, taken: Determination) -> Iterator[Act[ProposalNoticed]]:
    """The notices of this decision on the papers that it disposes of, given by the day on which it was taken."""
    for one in taken.data.proposals or ():
        for act in record.of(one.proposal).all(ProposalNoticed):
            if window(record, act).first <= taken.last and _is_of_this(act, taken):
                yield act


def _is_of_this(notice: Act[ProposalNoticed], taken: Determination) -> bool:
    """Whether a notice of a paper is of this decision on it: by the reference that the decision names, and by who was to decide."""
    data, wanted = notice.data, taken.data.notice
    if wanted and data.notice and fold(data.notice) != fold(wanted):
        return False
    return not data.decision_makers or not taken.makers or not set(data.decision_makers).isdisjoint(taken.makers)


def _no_notice(record: Record, taken: Determination) -> Tripped:
    """Where no notice is recorded: an accusation only where the course of the paper is."""
    if taken.data.notice:
        said = (f"it is a key decision, and when notice {taken.data.notice} of it was given is not recorded",)
        return Tripped(said, (taken.position,), taken.first, evidenced=False)
    papers = [record.of(one.proposal).first(ProposalSubmitted) for one in taken.data.proposals or ()]
    submitted = [act.position for act in papers if act and act.on]
    if submitted:
        said = ("it is a key decision, and no notice of it is recorded",)
        return Tripped(said, (taken.position, *submitted), taken.first)
    said = ("it is a key decision, and whether notice of it was given is not recorded",)
    return Tripped(said, (taken.position,), taken.first, evidenced=False)


def _in_time(record: Record, notice: Act[ProposalNoticed], taken: Determination) -> InTime:
    if notice.data.exception == "special-urgency":
        agreed = notice.data.agreed_by
        return InTime.PERHAPS if agreed is None else InTime.YES if agreed else InTime.NO
    wanted = GENERAL_EXCEPTION if notice.data.exception else NOTICE
    given = window(record, notice)
    first, last = (day_of(moment, record.zone) for moment in (given.first, given.last))
    earliest, latest = (day_of(moment, record.zone) for moment in (taken.first, taken.last))
    if clear_days(last, earliest) >= wanted:
        return InTime.YES
    return InTime.PERHAPS if clear_days(first, latest) >= wanted else InTime.NO


def _wanted(notice: Act[ProposalNoticed], answer: InTime) -> Said:
    """What was wanted of a notice that was not in time."""
    if notice.data.exception == "special-urgency":
        who = "nobody agreed" if answer is InTime.NO else "who agreed is not recorded"
        return (f" under special urgency, to which {who}",)
    days = GENERAL_EXCEPTION if notice.data.exception else NOTICE
    if answer is InTime.NO:
        return (f", less than {days} clear days before",)
    return (f"; whether that was {days} clear days before is not recorded",)
