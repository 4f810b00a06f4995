"""Whether a decision was carried out while scrutiny could still stop it, or had stopped it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, Final

from msgspec import Struct

from decisionlog.checks.calendar import day_of, working_days_after
from decisionlog.checks.course.order import LONG_AGO, Window, after, window
from decisionlog.checks.determinations import Determination, determination
from decisionlog.checks.finding import Tripped
from decisionlog.checks.record import Act, Record
from decisionlog.domain.days import OPEN_END, day_start
from decisionlog.domain.facts.decision import (
    DecisionCalledIn,
    DecisionCallInConcluded,
    DecisionImplemented,
    DecisionPublished,
    DecisionRatified,
    DecisionTaken,
    DecisionVaried,
)
from decisionlog.domain.saying import Day, Said

_USUAL_WINDOW: Final = 5
"""Working days after publication in which councils' own rules usually allow a call-in; theirs is what counts."""
_EXECUTIVE: Final = "lga2000-s9E"
"""How the codes of the powers of a council's executive begin."""
_BACK: Final = frozenset({"referred-back", "referred-to-council"})
_ALWAYS: Final = Window(LONG_AGO, LONG_AGO)
_NEVER: Final = Window(OPEN_END, OPEN_END)


class Barred(Struct, frozen=True):
    """A time in which the decision may not be carried out."""

    begun: Window
    ended: Window
    """When it was over: an act then or later is not barred."""
    said: Said
    doubted: Said
    """What to say where nobody can tell whether it was over."""
    evidence: tuple[int, ...]
    known: bool = True
    """Whether it is recorded that the decision was barred at all."""

    def holds(self, when: Window) -> bool:
        """Whether it certainly held then."""
        return self.known and self.begun.is_before(when) and when.is_before(self.ended)

    def may_hold(self, when: Window) -> bool:
        """Whether it may have held."""
        return not when.is_before(self.begun) and self.ended.last > when.first


def implemented_in_call_in(record: Record, decision: str) -> Iterator[Tripped]:
    """GL38: carried out before the end of the call-in window, while called in, or before it was decided again."""
    taken = determination(record, decision)
    begun = record.of(decision).all(DecisionImplemented)
    if taken is None or not begun:
        return
    barred = list(_barred(record, taken))
    cases = [(act, one) for act in begun for one in barred]
    certain = next(((act, one) for act, one in cases if one.holds(window(record, act))), None)
    possible = next(((act, one) for act, one in cases if one.may_hold(window(record, act))), None)
    if found := certain or possible:
        act, one = found
        on: Said = (" on ", Day(act.on)) if act.on else ()
        said: Said = ("it was carried out", *on, *(one.said if certain else one.doubted))
        yield Tripped(said, (act.position, *one.evidence), act.at.earliest, evidenced=bool(certain))


def _barred(record: Record, taken: Determination) -> Iterator[Barred]:
    yield from _called_in(record, taken)
    urgent = taken.data.urgent
    if urgent is None or not urgent.exempt_from_call_in:
        yield from _window(record, taken)


def _called_in(record: Record, taken: Determination) -> Iterator[Barred]:
    """While it was called in; where it was sent back, until it was decided again."""
    told = record.of(taken.stream)
    conclusions = told.all(DecisionCallInConcluded)
    for called in told.all(DecisionCalledIn):
        ended = next((act for act in conclusions if act.at.earliest >= called.at.earliest), None)
        own = record.moment(called.data.until)
        over = window(record, ended) if ended else _NEVER if own is None else Window(own, own)
        yield Barred(
            window(record, called),
            over,
            (", while it was called in",),
            ("; whether it was called in by then, or still, is not recorded",),
            (called.position,),
        )
    for sent in (act for act in conclusions if act.data.call_in_result in _BACK):
        yield Barred(
            window(record, sent),
            _decided_again(record, taken, sent),
            (", after it had been sent back by a call-in and before it was decided again",),
            ("; whether it had been decided again by then, after a call-in, is not recorded",),
            (sent.position,),
        )


def _decided_again(record: Record, taken: Determination, sent: Act[DecisionCallInConcluded]) -> Window:
    """When the decision was confirmed, amended or varied after it was sent back."""
    told = record.of(taken.stream)
    again: list[Act[Any]] = [*told.all(DecisionVaried), *told.all(DecisionRatified)]
    again += record.naming(taken.stream, DecisionTaken, "links.decision")
    later = [window(record, act) for act in again if act.at.earliest >= sent.at.earliest]
    return min(later, key=lambda one: one.last, default=_NEVER)


def _window(record: Record, taken: Determination) -> Iterator[Barred]:
    """Until the end of the call-in window, the last that was said of it."""
    published = record.of(taken.stream).all(DecisionPublished)
    stated = [act for act in published if act.data.call_in_until]
    until = stated[-1].data.call_in_until if stated else taken.data.call_in_until
    over = after(record, until)
    if until and over is not None:
        yield Barred(
            _ALWAYS,
            Window(over, over),
            (", while it could be called in until ", Day(until)),
            ("; whether it could still be called in by then is not recorded",),
            (stated[-1].position if stated else taken.position,),
        )
    elif _is_of_an_executive(taken):
        base = published[0] if published else taken.taken
        last = working_days_after(day_of(window(record, base).last, record.zone), _USUAL_WINDOW)
        over = day_start(last + timedelta(days=1), record.zone)
        since = "its publication" if published else "the day on which it was taken"
        said: Said = (
            f", within {_USUAL_WINDOW} working days of {since}; until when it could be called in is not recorded",
        )
        yield Barred(_ALWAYS, Window(over, over), said, said, (base.position,), known=False)


def _is_of_an_executive(taken: Determination) -> bool:
    """Whether a power of a council's executive was used."""
    grants = (relied.grant.legal_basis for relied in taken.relied if relied.grant)
    cited = (relied.authority.legal_basis or "" for relied in taken.relied)
    return any(code.startswith(_EXECUTIVE) for code in (*grants, *cited))
