"""Who has the power: everybody before the first step that fails, but whoever gave it away for others alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from decisionlog.domain.authority.steps import Power, Step, Way
from decisionlog.domain.authority.world import Grant, Holder, World
from decisionlog.domain.references import split


def gave_it_away(ways: Iterable[Way]) -> frozenset[str]:
    """Those who gave exclusively, by a step before any that fails, and not for a part of the places only."""
    return frozenset(step.giver for way in ways for step in way.sound_steps if step.giver and _exclusive(step))


def _exclusive(step: Step) -> bool:
    return isinstance(step.by, Grant) and step.by.exclusivity == "exclusive" and not step.part and bool(step.receivers)


def empowered(way: Way, without: frozenset[str]) -> list[Step]:
    """The steps of a way by which somebody has the power, from the duty downwards."""
    return [step for step in way.sound_steps if step.receivers and step.receiver not in without]


def powers(world: World, ways: Sequence[Way], without: frozenset[str]) -> tuple[Power, ...]:
    """Everybody who could decide, each once, with the chains by which and the people who hold a post."""
    found: dict[tuple[str, ...], list[tuple[int, Step]]] = {}
    for number, way in enumerate(ways):
        for step in empowered(way, without):
            found.setdefault(step.receivers, []).append((number, step))
    return tuple(
        Power(
            receivers,
            tuple(dict.fromkeys(holder.member for post in receivers for holder in _holders(world, post))),
            tuple(dict.fromkeys(number for number, _ in by)),
            tuple(sorted({at for _, step in by for at in step.evidence})),
        )
        for receivers, by in found.items()
    )


def _holders(world: World, party: str) -> Sequence[Holder]:
    return world.holders(party) if split(party)[0] == "post" else ()
