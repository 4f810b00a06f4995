"""Parties: who acts for whom, who may act at all, and what kind of party the table of legal bases sees."""

from __future__ import annotations

from typing import Final

from decisionlog.domain.authority.question import Asked
from decisionlog.domain.authority.world import Seat, World
from decisionlog.domain.references import split

_ACT_IN_EVERYTHING: Final = frozenset({"statutory-body", "board", "executive"})
FORUMS: Final = frozenset({"advisory-forum", "working-group", "scrutiny-committee"})
"""The kinds of body that discuss and cannot decide."""


def is_forum(world: World, party: str) -> bool:
    """Whether a party is a body that discusses and cannot decide: by its kind, or by its terms in force."""
    if split(party)[0] != "body":
        return False
    if world.party(party).kind in FORUMS:
        return True
    terms = world.terms(party)
    return terms is not None and terms.can not in {"", "decide"}


def acts_for(world: World, party: str) -> tuple[str, ...]:
    """For whom a party acts: a body for its parents, and theirs, and so on upwards; a post for its organisations."""
    kind, _ = split(party)
    if kind == "post":
        return world.party(party).organisations
    found: dict[str, None] = {}
    waiting = [party] if kind == "body" else []
    while waiting:
        for seat in world.parents_of(waiting.pop(0)):
            if seat.parent not in found and seat.parent != party:
                found[seat.parent] = None
                waiting.append(seat.parent)
    return tuple(found)


def organisations_of(world: World, party: str) -> tuple[str, ...]:
    """The legal persons behind a party: itself, or the organisations that it acts for."""
    return tuple(one for one in (party, *acts_for(world, party)) if split(one)[0] == "organisation")


def acts_by(world: World, seat: Seat, asked: Asked) -> bool:
    """Whether a body acts for a parent in what is asked about, by its entry of that parent."""
    body = world.party(seat.body)
    if not body.exists or is_forum(world, seat.body):
        return False
    return asked.concerns(seat.functions) if seat.functions is not None else acts_in_everything(world, seat)


def acts_in_everything(world: World, seat: Seat) -> bool:
    """Whether a body acts for a parent without being given anything by name."""
    of_an_organisation = split(seat.parent)[0] == "organisation"
    return seat.functions is None and of_an_organisation and world.party(seat.body).kind in _ACT_IN_EVERYTHING


def giver_words(world: World, party: str) -> tuple[str, ...]:
    """The kinds of the organisations that a giver is or acts for; an empty word where none, or no kind, is recorded."""
    return tuple(world.party(one).kind for one in organisations_of(world, party)) or ("",)


def receiver_words(world: World, party: str) -> tuple[str, ...]:
    """How the table of legal bases names a receiver; an empty word where its kind is not recorded."""
    kind, _ = split(party)
    if kind == "organisation":
        return (world.party(party).kind,)
    return (kind, world.party(party).kind) if kind == "body" else (kind,)
