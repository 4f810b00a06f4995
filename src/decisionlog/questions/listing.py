"""`list KIND`: everything of a kind as at a day, as known at a time, narrowed by what was asked for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from difflib import get_close_matches

from sqlalchemy import Connection

from decisionlog.domain.answers.things import Listed, Listing
from decisionlog.domain.facts import KINDS
from decisionlog.domain.known import AsOf
from decisionlog.domain.refusals import BadInput
from decisionlog.projections import actions, decisions, register
from decisionlog.questions.filters import Filters, narrowed, require_filters, within
from decisionlog.questions.finding_things import met, tasks_of, titles_of
from decisionlog.questions.point import Asked, settle
from decisionlog.store.catch_up import ReadModels
from decisionlog.store.log import Log


def list_things(
    log: Log,
    models: ReadModels,
    kind: str,
    asked: Asked,
    now: datetime,
    *,
    limit: int | None = None,
    filters: Filters | None = None,
) -> Listing:
    """Everything of a kind of stream that fits, in the order in which it was first recorded.

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
        if filters.state:
            states = _states(rows, kind, fitting, point.as_of)
            fitting = [known for known in fitting if filters.state in states[known.stream]]
            if states and not fitting:
                notes.append(_which_states(filters.state, states.values()))
        chosen = fitting[:limit]
        tasks = actions.actions(rows, [known.stream for known in chosen], point.as_of) if kind == "action" else []
        said = tasks_of(log, tasks)  # most actions have no title
    items = tuple(replace(item, title=item.title or said.get(item.stream, "")) for item in listed(log, chosen))
    return Listing(point.basis, kind, items, len(fitting) - len(chosen), tuple(notes))


def _among(rows: Connection, kind: str, streams: list[str], point: AsOf) -> list[register.Registered]:
    """These things as they were; a person also where they were first met later than they sat: to be met is no act."""
    found = met(rows, streams, point) if kind == "person" else register.things_among(rows, streams, point)
    return sorted(found, key=lambda known: known.first_position)


def _states(rows: Connection, kind: str, things: list[register.Registered], point: AsOf) -> dict[str, set[str]]:
    """How each thing stands, and what its source notes; a decision also as it stands after what came later."""
    states = {known.stream: {known.thing.state, known.thing.status} for known in things}
    if kind == "decision":
        for one in decisions.decisions(rows, states, point):
            states[one.stream].add(one.values.state)
    return states


def _which_states(asked: str, states: Iterable[set[str]]) -> str:
    """The sentence for a state in which nothing is, with those in which something is."""
    there = sorted(set().union(*states) - {""})
    near = get_close_matches(asked.lower(), there, n=1, cutoff=0.6)
    hint = f" Did you mean '{near[0]}'?" if near else ""
    return f"Nothing here is in the state '{asked}'.{hint} The states here are: {', '.join(there)}."


def listed(log: Log, things: Iterable[register.Registered]) -> Iterable[Listed]:
    """Rows of the register as a reader sees them, their titles opened where they can be."""
    chosen = list(things)
    titles = titles_of(log, chosen)
    levels = _levels(log, chosen)
    for known in chosen:
        thing = known.thing
        yield Listed(
            stream=known.stream,
            ref=thing.ref,
            issuer=thing.issuer,
            title=thing.name or titles.get(known.stream, ""),
            state=thing.state,
            status=thing.status,
            opened_on=thing.opened_on,
            state_on=thing.state_on,
            from_=thing.effective_from,
            until=thing.effective_until,
            possible=f"possible: {thing.state_on} is a partial date" if known.possible else "",
            level=levels.get(known.stream, ""),
            evidence=tuple(dict.fromkeys((known.first_position, thing.position))),
        )


def _levels(log: Log, things: Iterable[register.Registered]) -> dict[str, str]:
    places = [known.stream for known in things if known.kind == "place"]
    return {stream: getattr(log.stream(stream)[0].data, "level", None) or "" for stream in places}
