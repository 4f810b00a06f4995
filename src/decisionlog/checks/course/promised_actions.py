"""Whether somebody is to do what was promised, by a day, and did it by then."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from decisionlog.checks.course.order import after, window
from decisionlog.checks.finding import Tripped
from decisionlog.checks.record import Act, Record
from decisionlog.domain.days import OPEN_END
from decisionlog.domain.facts.action import ActionAssigned, ActionCancelled, ActionCompleted, ActionUpdated
from decisionlog.domain.facts.person import PersonAffiliated
from decisionlog.domain.facts.post import PostAbolished, PostFilled, PostVacated
from decisionlog.domain.saying import Day, Named, Said


def action_orphan(record: Record, action: str) -> Iterator[Tripped]:
    """GL47: nobody is to do it, or by no day; whoever was to do it left; or it was not done by its day."""
    told = record.of(action)
    assigned = told.first(ActionAssigned)
    if assigned is None:
        return
    stating: list[Act[Any]] = [assigned, *told.all(ActionUpdated)]
    closing: list[Act[Any]] = [*told.all(ActionCompleted), *told.all(ActionCancelled)]
    closed = min(closing, key=lambda act: act.at.earliest, default=None)
    yield from _lacking(assigned, stating, closed, "owner", "organisation", said="nobody is recorded who is to do it")
    yield from _lacking(assigned, stating, closed, "due", said="no day is recorded by which it is to be done")
    yield from _overdue(record, stating, closed)
    yield from _owner_left(record, stating, closed)


def _lacking(
    assigned: Act[Any], stating: list[Act[Any]], closed: Act[Any] | None, *fields: str, said: str
) -> Iterator[Tripped]:
    """Until when one of these fields was not recorded."""
    given = (act.at.earliest for act in stating if any(getattr(act.data, field) for field in fields))
    until = min(next(given, OPEN_END), _moment(closed))
    if assigned.at.earliest < until:
        yield Tripped((said,), (assigned.position,), assigned.at.earliest, until)


def _overdue(record: Record, stating: list[Act[Any]], closed: Act[Any] | None) -> Iterator[Tripped]:
    """From each day by which it was to be done and was not, until it was done or given another day."""
    dated = [act for act in stating if act.data.due]
    for number, act in enumerate(dated):
        since = after(record, act.data.due)
        ending = [one for one in (*dated[number + 1 : number + 2], closed) if one]
        if since is not None and all(window(record, one).first >= since for one in ending):
            until = min((one.at.earliest for one in ending), default=OPEN_END)
            if since < until:
                said: Said = ("it was to be done by ", Day(act.data.due), ", and nothing by then says that it was")
                yield Tripped(said, (act.position,), since, until)


def _owner_left(record: Record, stating: list[Act[Any]], closed: Act[Any] | None) -> Iterator[Tripped]:
    """While nobody holds the post that is to do it, or whoever is to do it works for somebody else."""
    owned = [act for act in stating if act.data.owner]
    for number, act in enumerate(owned):
        following = [one.at.earliest for one in owned[number + 1 : number + 2]]
        until = min([*following, _moment(closed)])
        if act.data.owner.startswith("post:"):
            yield from _vacant(record, act, until)
        else:
            yield from _works_elsewhere(record, act, _organisation(stating, act), until)


def _vacant(record: Record, owned: Act[Any], until: int) -> Iterator[Tripped]:
    """Each time for which nobody held the post, from when it became free or was abolished."""
    told = record.of(owned.data.owner)
    leaving: list[Act[Any]] = [*told.all(PostVacated), *told.all(PostAbolished)]
    ended = owned.at.earliest
    for left in sorted(leaving, key=record.effect):
        since = record.effect(left)
        abolished = isinstance(left.data, PostAbolished)
        if not ended <= since < until or (not abolished and record.at(since).holders(owned.data.owner)):
            continue
        filled = (record.effect(one) for one in told.all(PostFilled) if not abolished)
        ended = min([until, *(moment for moment in filled if moment > since)])
        said: Said = ("nobody holds ", Named(owned.data.owner), ", which is to do it, since ", _day(left))
        yield Tripped(said, (owned.position, left.position), since, ended)


def _works_elsewhere(record: Record, owned: Act[Any], organisation: str, until: int) -> Iterator[Tripped]:
    """From when the person no longer worked for the organisation that is to do it, having worked for it."""
    worked = False
    for act in record.of(owned.data.owner).all(PersonAffiliated):
        since, employers = record.effect(act), act.data.employers
        if employers is not None and organisation in employers:
            worked = True
        elif worked and employers is not None and owned.at.earliest <= since < until:
            said: Said = (Named(owned.data.owner), ", who is to do it, left ", Named(organisation), " on ", _day(act))
            yield Tripped(said, (owned.position, act.position), since, until)
            return


def _organisation(stating: list[Act[Any]], owned: Act[Any]) -> str:
    """The organisation that is to do it, as last said when it was given to its owner."""
    said = [act.data.organisation for act in stating if act.data.organisation and act.at.earliest <= owned.at.earliest]
    return said[-1] if said else ""


def _moment(act: Act[Any] | None) -> int:
    return act.at.earliest if act else OPEN_END


def _day(act: Act[Any]) -> Day:
    return Day(act.data.from_ or act.on)
