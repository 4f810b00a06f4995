"""`list KIND`: everything of a kind as at a day, as known at a time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from decisionlog.domain.answers import Listed, Listing
from decisionlog.domain.facts import KINDS
from decisionlog.domain.refusals import BadInput
from decisionlog.projections import register
from decisionlog.questions.finding_things import titles_of
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
    state: str | None = None,
) -> Listing:
    """Everything of a kind of stream, in the order in which it was first recorded. Raises `BadInput` for an unknown kind."""
    if kind not in KINDS:
        msg = f"'{kind}' is not a kind of thing. The kinds are: {', '.join(KINDS)}."
        raise BadInput(msg)
    point = settle(log, asked, now)
    with models.reading() as rows:
        found = register.things(rows, kind, point.as_of)
        fitting = [known for known in found if state in {None, known.thing.state, known.thing.status}]
    chosen = fitting[:limit]
    return Listing(point.basis, kind, tuple(listed(log, chosen)), len(fitting) - len(chosen))


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
