"""Disagreeing: a partner puts on record that it disagrees with a proposal, a decision, a delegation or a minute."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from decisionlog.commands import opening
from decisionlog.commands.acts import Act, Decided
from decisionlog.commands.sign_off import position_of, speaking, version_of
from decisionlog.commands.things import oddities, thing
from decisionlog.store.log import Log


def decide(log: Log, act: Act) -> Decided:
    """Raise a disagreement: about the newest version of a proposal, unless one is named; beside the position that expresses it."""
    about = thing(log, act.ref)
    data: dict[str, Any] = {**act.data, **speaking(log, act), "about": [about.stream]}
    if about.kind == "proposal":
        if newest := version_of(about):
            data.setdefault("version", newest)
        position = position_of(about, data)
        if position and about.data(position).get("position") in {"object", "declined"}:
            data.setdefault("expressed_in", {"stream": about.stream, "n": position.n})
    decided = opening.decide(log, replace(act, data=data))
    return replace(decided, notes=(*decided.notes, *oddities(about, act.on)))
