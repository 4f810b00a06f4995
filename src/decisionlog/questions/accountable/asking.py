"""What a question of authority is about: a function, or a decision or proposal with its functions, places, sums and day."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import Connection

from decisionlog.domain.answers.accountable import AskedAbout
from decisionlog.domain.answers.basis import Basis
from decisionlog.domain.authority.question import Question
from decisionlog.domain.authority.table import Table
from decisionlog.domain.authority.walking import Walk
from decisionlog.domain.days import is_to_come, moment
from decisionlog.domain.known import never_was
from decisionlog.domain.references import split
from decisionlog.domain.refusals import BadInput, NotFound
from decisionlog.questions.accountable.rules import resting_on_the_table
from decisionlog.questions.accountable.wording import Wording
from decisionlog.questions.point import Asked, Point, day_of, settle
from decisionlog.questions.telling import retracted
from decisionlog.questions.viewing import Stated, Viewing
from decisionlog.store.finding import find
from decisionlog.store.log import Log

_KINDS = ("function", "proposal", "decision")
_OPENING = {"decision": ("decision.taken",), "proposal": ("proposal.submitted", "proposal.revised")}


class About(Struct, frozen=True):
    """What the command line names: REF, and what takes the place of its own places, day and sums."""

    ref: str
    place: str | None = None
    value: dict[str, Any] | None = None
    """{`amount`, `currency`}, in pence."""
    fund: str | None = None
    """From which fund the amount comes."""


class Settled(Struct, frozen=True):
    """A question ready to be walked."""

    log: Log
    viewing: Viewing
    asked: AskedAbout
    table: Table
    walk: Walk
    now: int

    @property
    def rows(self) -> Connection:
        """The read models."""
        return self.viewing.rows

    @property
    def point(self) -> Point:
        """Both times, settled."""
        return self.viewing.point

    @property
    def wording(self) -> Wording:
        """What is written in words of the steps of the answer."""
        return Wording(self.viewing, self.walk.world, self.walk.asked.functions)

    @property
    def basis(self) -> Basis:
        """What the answer rests on, the table of legal bases among it."""
        return resting_on_the_table(self.point.basis, self.table)

    @property
    def is_now(self) -> bool:
        """Whether no other moment than now is asked about."""
        return self.point.as_of.on == self.now

    @property
    def is_to_come(self) -> bool:
        """Whether the day asked about is still to come: what is asked of today is asked of what has begun."""
        return not self.is_now and is_to_come(self.point.basis.as_at, self.log.zone, self.now)


def settled(log: Log, rows: Connection, about: About, asked: Asked, now: datetime, table: Table) -> Settled:
    """The question, at its point. Raises `NotFound` with the nearest names, and `BadInput`."""
    stream = find(log, about.ref, _KINDS)
    place = find(log, about.place, ("place",)) if about.place is not None else ""
    fund = find(log, about.fund, ("fund",)) if about.fund is not None else ""
    point = settle(log, asked, now)
    require_something_known(log, point)
    viewing = Viewing(log, rows, point)
    if split(stream)[0] == "function":
        what = AskedAbout(stream, (stream,), (place,) if place else (), (), _sums(about))
    else:
        recorded = _recorded(viewing, stream)
        what = _of_a_record(viewing, stream, recorded, place, about)
        if split(stream)[0] == "decision" and not asked.on and recorded.fact.on:
            point = settle(log, replace(asked, on=recorded.fact.on), now)
            viewing = Viewing(log, rows, point)
    if fund:
        what = _from_fund(what, fund)
    question = Question(what.functions, what.places, what.matters, what.value, point.as_of.on, log.zone)
    return Settled(log, viewing, what, table, Walk(viewing.world, question, table), moment(now))


def _from_fund(what: AskedAbout, fund: str) -> AskedAbout:
    """The same question, its sums from this fund."""
    if not what.value:
        msg = "--fund says from which fund an amount comes, and no amount is asked about: give it with --value."
        raise BadInput(msg)
    return replace(what, value=tuple({**one, "fund": fund} for one in what.value))


def require_something_known(log: Log, point: Point) -> None:
    """Refuse to answer from nothing: that would look like a gap."""
    if point.as_of.position or point.as_of.said_by is not None:  # the sources may have said it before this log began
        return
    first = next(iter(log.facts(limit=1)))
    msg = (
        f"Nothing was recorded in this log {day_of(point.basis.known_at)}: its first fact is of {first.recorded_at[:10]}. "
        f"What the sources say was known then is answered with --clock source."
    )
    raise NotFound(msg)


def _sums(about: About) -> tuple[dict[str, Any], ...]:
    return ({"money": about.value},) if about.value else ()


def _recorded(viewing: Viewing, stream: str) -> Stated:
    """What is recorded of a decision or a proposal, as known; raises `NotFound`."""
    seen = viewing.of(stream)
    if never_was(seen.reading):
        raise NotFound(retracted(stream, seen.everything))
    found = [one for one in seen.known() if one.fact.type in _OPENING[split(stream)[0]]]
    if not found:
        msg = f"{stream} was not known {day_of(viewing.point.basis.known_at)}."
        raise NotFound(msg)
    fields: dict[str, Any] = {}
    for one in found:
        fields |= one.data
    return found[0]._replace(data=fields)


def _of_a_record(viewing: Viewing, stream: str, recorded: Stated, place: str, about: About) -> AskedAbout:
    """What a decision or a proposal asks about; what a decision does not name itself, its proposals may."""
    data = recorded.data
    disposed_of = [one["proposal"] for one in data.get("proposals", ()) if isinstance(one, dict) and "proposal" in one]
    papers = [viewing.of(one).now(_OPENING["proposal"]) for one in disposed_of]
    functions, places, value = (
        data.get(field) or [one for paper in papers for one in paper.get(field, ())]
        for field in ("functions", "places", "value")
    )
    return AskedAbout(
        stream=stream,
        functions=tuple(dict.fromkeys(functions)),
        places=(place,) if place else tuple(dict.fromkeys(places)),
        matters=(stream, *disposed_of),
        value=_sums(about) or tuple(one for one in value if isinstance(one, dict) and "money" in one),
    )
