"""Deciding: a decision-maker disposes of a matter. The version of each proposal that was before it is kept."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec.structs import replace

from decisionlog.commands import opening
from decisionlog.commands.acts import Act, Decided
from decisionlog.commands.sign_off import version_of
from decisionlog.commands.things import Thing, happened, oddities, thing, when
from decisionlog.store.log import Log


def decide(log: Log, act: Act) -> Decided:
    """Take a decision. Raises `NotFound` for a proposal that is not recorded, and as `opening.decide`."""
    data: dict[str, Any] = dict(act.data)
    before_it: list[Thing] = []
    if isinstance(proposals := data.get("proposals"), list):
        before_it = [thing(log, written["proposal"], ("proposal",)) for written in proposals]
        data["proposals"] = [_with_version(written, about) for written, about in zip(proposals, before_it, strict=True)]
    bound = data.get("on_behalf_of", [])
    if isinstance(authority := data.get("authority"), list) and len(bound) == 1:
        data["authority"] = [{"on_behalf_of": bound, **relied_on} for relied_on in authority]
    decided = opening.decide(log, replace(act, data=data))
    odd = [note for about in before_it for note in oddities(about, act.on)]
    return replace(decided, notes=(*decided.notes, *odd, *_not_yet_there(log, act)))


def _with_version(written: dict[str, Any], about: Thing) -> dict[str, Any]:
    newest = version_of(about)
    return {**({"version": newest} if newest else {}), **written, "proposal": about.stream}


def _not_yet_there(log: Log, act: Act) -> Iterator[str]:
    """Decision-makers that came into being only after the day on which they are said to have decided."""
    for stream in opening.resolved(log, act, "decision_makers"):
        maker = thing(log, stream)
        if maker.kind in {"body", "post"} and maker.earlier(act.on, maker.opening.on):
            began = f"{maker.ref} was {happened(maker.opening.type)} {when(maker.opening)}"
            yield f"{act.on} is before {began}; recorded as it was said."
