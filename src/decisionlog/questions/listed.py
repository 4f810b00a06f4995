"""Things of the register as a reader sees them: by their references, their titles opened where they can be."""

from __future__ import annotations

from collections.abc import Iterable

from decisionlog.domain.answers.things import Listed
from decisionlog.projections import register
from decisionlog.questions.finding_things import titles_of
from decisionlog.store.log import Log


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
