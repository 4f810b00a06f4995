"""What is asked about: functions, places, matters, sums, at a moment; and how places narrow along a way."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import tzinfo
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from decisionlog.domain.authority.world import Share, World

Places = tuple[str, ...] | None
"""Places; None: everywhere; none left: nowhere."""
EVERYWHERE: Places = None
NOWHERE: Places = ()


class Question(Struct, frozen=True):
    """What is asked about, at one moment."""

    functions: tuple[str, ...]
    places: tuple[str, ...]
    """Empty: everywhere."""
    matters: tuple[str, ...]
    values: tuple[dict[str, Any], ...]
    """Sums, as a decision records them: {`money`, and perhaps `kind`, `fund`}."""
    moment: int
    zone: tzinfo

    def at(self, moment: int) -> Question:
        """The same question at another moment, without an amount."""
        return replace(self, moment=moment, values=())


class Asked:
    """A question with all that lies above its functions and places at a point of both times."""

    def __init__(self, world: World, question: Question) -> None:
        self._world = world
        self.functions = tuple(
            dict.fromkeys(above for function in question.functions for above in world.function(function).chain)
        )
        self._functions = frozenset(self.functions)
        self.matters = frozenset(question.matters)
        self.places: Places = question.places or EVERYWHERE

    def concerns(self, functions: Iterable[str], matters: Iterable[str] = ()) -> bool:
        """Whether one of these is asked about, or lies above what is."""
        return not (self._functions.isdisjoint(functions) and self.matters.isdisjoint(matters))

    def meet(self, way: Places, named: Sequence[str]) -> Places:
        """In which places a way goes on through a thing that names these: the narrower of each two that meet."""
        if not named:
            return way
        if way is None:
            return tuple(dict.fromkeys(named))
        return tuple(dict.fromkeys(met for place in way for one in named if (met := self._narrower(place, one))))

    def narrowed(self, way: Places, by: Places) -> Places:
        """In which places a way goes on, where it can go on in some only."""
        return self.meet(way, by) if by else by if by == NOWHERE else way

    def _narrower(self, one: str, other: str) -> str:
        if other == one or other in self._world.place(one).chain:
            return one
        return other if other in self._world.places_in(one) else ""

    def narrows(self, before: Places, after: Places) -> bool:
        """Whether a way goes on in a part only of where it was."""
        if before is None or after is None:
            return after is not before
        return not set(before).issubset(after)

    def taken_by(self, share: Share) -> bool:
        """Whether a share of a succession has to do with the functions asked about."""
        return share.whole or not share.functions or self.concerns(share.functions)

    def rest(self, way: Places, taken: Iterable[Share]) -> Places:
        """What of these places no share took whole."""
        taken = list(taken)
        if any(share.whole or not share.places for share in taken):
            return NOWHERE
        if way is None:
            return EVERYWHERE
        took = {place for share in taken for place in share.places}
        return tuple(place for place in way if took.isdisjoint((place, *self._world.place(place).chain)))
