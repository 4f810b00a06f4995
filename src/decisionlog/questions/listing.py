"""`list KIND`: everything of a kind as at a day, as known at a time, narrowed by what was asked for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from difflib import get_close_matches
from typing import Final

from msgspec.structs import replace
from sqlalchemy import Connection

from decisionlog.domain.answers.things import Listed, Listing, Particulars
from decisionlog.domain.facts import KINDS
from decisionlog.domain.known import AsOf
from decisionlog.domain.refusals import BadInput
from decisionlog.domain.saying import references_of
from decisionlog.projections import register
from decisionlog.questions.filters import Filters, due_by, narrowed, require_filters, within
from decisionlog.questions.finding_things import met, names_of
from decisionlog.questions.listed import listed
from decisionlog.questions.particulars import WORDS_OF_STATE, Asking, particulars
from decisionlog.questions.point import Asked, Point, settle
from decisionlog.store.catch_up import ReadModels
from decisionlog.store.log import Log


def list_things(  # noqa: PLR0913 - what narrows a list, each by its name
    log: Log,
    models: ReadModels,
    kind: str,
    asked: Asked,
    now: datetime,
    *,
    limit: int | None = None,
    filters: Filters | None = None,
    latest: int | None = None,
) -> Listing:
    """Everything of a kind of stream that fits, in the order in which it was first recorded; or so many of the latest.

    Raises `BadInput` for an unknown kind or filter, `NotFound` for what a filter names and nothing here is called.
    """
    if kind not in KINDS:
        msg = f"'{kind}' is not a kind of thing. The kinds are: {', '.join(KINDS)}."
        raise BadInput(msg)
    filters = filters or Filters()
    require_filters(kind, filters)
    point = settle(log, asked, now)
    fits = within(filters, log)
    with models.reading() as rows:
        streams = narrowed(log, rows, kind, filters, point.as_of)
        inside = (
            list(register.things(rows, kind, point.as_of))
            if streams is None
            else _among(rows, kind, streams, point.as_of)
        )
        fitting = [known for known in inside if fits(known)]
        undated = sum(not known.thing.opened_on for known in inside) if filters.since or filters.until else 0
        notes = [f"Left out: {undated:,} of which the day of the act is not recorded."] if undated else []
        choosing = filters.state or filters.due_by
        told = particulars(Asking(log, rows, point.as_of, fitting), kind) if choosing else {}
        if filters.state:
            states = {known.stream: _states(known, told.get(known.stream, _NONE)) for known in fitting}
            fitting = [known for known in fitting if filters.state in states[known.stream]]
            if states and not fitting:
                notes.append(_which_states(filters.state, states.values()))
        if filters.due_by:
            falls_due = due_by(filters, log)
            fitting = [known for known in fitting if falls_due(told.get(known.stream, _NONE).due)]
        if latest is not None:
            fitting.sort(key=lambda known: known.thing.opened_on, reverse=True)
        chosen = fitting[: limit if latest is None else latest]
        told = told if choosing else particulars(Asking(log, rows, point.as_of, chosen), kind)
        items = tuple(_with(item, told.get(item.stream, _NONE)) for item in listed(log, chosen))
        names = names_of(log, rows, _mentioned(items), point.as_of)
    return Listing(point.basis, kind, items, len(fitting) - len(chosen), tuple(notes), names)


def list_these(log: Log, rows: Connection, kind: str, streams: Iterable[str], point: Point) -> Listing:
    """These things of one kind, as far as they were there, as `list` tells them."""
    chosen = _among(rows, kind, list(streams), point.as_of)
    told = particulars(Asking(log, rows, point.as_of, chosen), kind)
    items = tuple(_with(item, told.get(item.stream, _NONE)) for item in listed(log, chosen))
    return Listing(point.basis, kind, items, names=names_of(log, rows, _mentioned(items), point.as_of))


def _mentioned(items: Iterable[Listed]) -> set[str]:
    return {reference for item in items for said in item.said for reference in references_of(said)}


_NONE: Final = Particulars()


def _with(item: Listed, told: Particulars) -> Listed:
    return replace(
        item,
        title=item.title or told.title,
        state=told.state or item.state,
        state_on=told.state_on if told.state else item.state_on,
        more=told.more,
        said=told.said,
        evidence=tuple(dict.fromkeys((*item.evidence, *told.evidence))),
    )


def _among(rows: Connection, kind: str, streams: list[str], point: AsOf) -> list[register.Registered]:
    """These things as they were; a person also where they were first met later than they sat: to be met is no act."""
    found = met(rows, streams, point) if kind == "person" else register.things_among(rows, streams, point)
    return sorted(found, key=lambda known: known.first_position)


def _states(known: register.Registered, told: Particulars) -> set[str]:
    """How a thing stands, what its source notes, and by which other words its state is asked for."""
    return {told.state or known.thing.state, known.thing.status, *told.states}


def _which_states(asked: str, states: Iterable[set[str]]) -> str:
    """The sentence for a state in which nothing is, with those in which something is."""
    if asked in WORDS_OF_STATE:
        return f"Nothing here is {asked}, as at that day."
    there = sorted(set().union(*states) - {""})
    near = get_close_matches(asked.lower(), there, n=1, cutoff=0.6)
    hint = f" Did you mean '{near[0]}'?" if near else ""
    return f"Nothing here is in the state '{asked}'.{hint} The states here are: {', '.join(there)}."
