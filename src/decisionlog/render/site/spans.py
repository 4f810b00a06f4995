"""Delegations as the picture of them wants them: a span of time each, with from whom, to whom and for what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from decisionlog.domain.answers.powers import Power
from decisionlog.render.site.pictures.spans import How, Pause, Span
from decisionlog.render.words import all_called, called, mentioned

_ENDINGS: Final[Mapping[str, How]] = {"revoked": "revoked", "lapsed": "lapsed", "ended": "ended"}
_DAY: Final = len("2026-03-12")


def spans_of(powers: Iterable[Power], names: Mapping[str, str]) -> tuple[Span, ...]:
    """A span for each delegation."""
    return tuple(_span(one, names) for one in powers)


def _span(one: Power, names: Mapping[str, str]) -> Span:
    how: How = _ENDINGS.get(one.state, "")
    until = one.state_on if how else one.until
    return Span(
        name=all_called(one.functions, names) if one.functions else mentioned(one.delegation, names),
        what=f"From {called(one.delegator, names)} to {all_called(one.delegates, names)}" if one.delegator else "",
        from_=one.since[:_DAY],
        until=until[:_DAY],
        how=how,
        pauses=tuple(_pauses(one)),
        possible="a date of it is recorded only in part" if one.possible else "",
    )


def _pauses(one: Power) -> Iterator[Pause]:
    if one.state == "suspended" and one.state_on:
        yield Pause(one.state_on[:_DAY])
