"""The delegations of an answer about powers as spans of time, each as the answer says that it stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, cast

from decisionlog.domain.answers.powers import Power
from decisionlog.render.site.pictures.spans import Held, How, Pause, Span
from decisionlog.render.words import NOT_RECORDED, all_called, mentioned

_ENDED_BY_AN_ACT: Final = frozenset({"revoked", "lapsed"})
_STANDS: Final[Mapping[str, Held]] = {
    "in force": "yes",
    "not yet in force": "to come",
    "not known to be in force": "possible",
}
"""Of each state how it stands; in every other one it is not in force."""


def spans_of(powers: Iterable[Power], names: Mapping[str, str]) -> tuple[Span, ...]:
    """Every delegation as a span by what is given, or else by its number; those that begin first before the others."""
    found = sorted(powers, key=lambda one: (one.since, one.delegation))
    return tuple(_span(one, names) for one in found)


def _span(power: Power, names: Mapping[str, str]) -> Span:
    nobody = f"somebody who is {NOT_RECORDED}"
    giver = all_called(power.givers, names) if power.givers else nobody
    receivers = all_called(power.delegates, names) if power.delegates else nobody
    stands: Held = _STANDS.get(power.state, "no")
    over = stands == "no" and power.state != "suspended"
    how = cast("How", power.state) if power.state in _ENDED_BY_AN_ACT else "ended" if over or power.until else ""
    return Span(
        name=all_called(power.functions, names) if power.functions else mentioned(power.delegation, names),
        what=f"From {giver} to {receivers}",
        from_=power.since,
        until=(power.state_on or power.until) if over else power.until,
        how=how,
        pauses=(Pause(power.state_on),) if power.state == "suspended" and power.state_on else (),
        possible=f"A date of it is {NOT_RECORDED} in full" if power.possible else "",
        stands="possible" if power.possible and stands == "yes" else stands,
    )
