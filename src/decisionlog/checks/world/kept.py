"""The rows that were read of authority at one point of knowledge, over all of time, and what was made of them.

Another moment needs nothing more to be read; nor does another question, for as long as nothing was written meanwhile.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final, TypeVar

from sqlalchemy import Connection

from decisionlog.domain.days import OPEN_END
from decisionlog.domain.known import AsOf
from decisionlog.store.histories import Histories
from decisionlog.store.pieces import Lead, Piece, is_known, leads_from, pieces_of
from decisionlog.store.unchanged import kept_while_unchanged

T = TypeVar("T")

_MOST: Final = 50_000
"""Rows beyond which what was read is not taken over by the next question, so that a large log needs no more memory."""
_MOMENTS: Final = 100
"""Of how many moments what holds is taken over; those that were asked about first go first."""


class Kept:
    """What was read at one point of knowledge: which moment a question is about makes no difference to it."""

    def __init__(self, rows: Connection, point: AsOf, *, reads_ahead: bool = False) -> None:
        self.rows = rows
        self.point = point
        self.reads_ahead = reads_ahead
        """More may be read than is asked for; where not, `next_change` is of nothing but what was asked for."""
        self.worlds: dict[int, Any] = {}
        """What holds at each moment that was asked about."""
        self.size = 0
        self._pieces: dict[tuple[type[Histories], str], dict[str, list[Piece]]] = {}
        self._leads: dict[tuple[Any, ...], list[tuple[int, list[Lead]]]] = {}
        self._first: dict[str, int] = {}
        self._asked_about = point.on
        self._bounds: list[int] = []
        """Every moment at which anything changes of what was read, in their order."""
        self._made: dict[tuple[Any, int, bool], Any] = {}

    @classmethod
    def at(cls, rows: Connection, point: AsOf) -> Kept:
        """What an earlier question at the same point of knowledge read, where nothing was written since; else nothing yet."""
        what = (cls, point.position, point.said_by)
        kept = kept_while_unchanged(
            rows, what, lambda: cls(rows, point, reads_ahead=True), lambda one: one.size <= _MOST
        )
        kept.rows = rows  # the same connection to the database, as it is lent to this question
        for moment in list(kept.worlds)[:-_MOMENTS]:
            del kept.worlds[moment]
        return kept

    def unchanged_until(self, moment: int) -> Any:
        """What holds at the last earlier moment that was asked about, where it holds still; none, where it may not."""
        earlier = max((one for one in self.worlds if one <= moment), default=None)
        if earlier is None or bisect_right(self._bounds, earlier) != bisect_right(self._bounds, moment):
            return None
        return self.worlds[earlier]

    def asked_about(self, moment: int) -> None:
        """Of the moments of several questions only the last is remembered: the next one is most likely about now too."""
        if self._asked_about != moment:
            self.worlds.pop(self._asked_about, None)
            self._asked_about = moment

    def pieces(self, model: type[Histories], things: Iterable[str], column: str = "stream") -> list[Piece]:
        """Every piece of these streams, or of those that have one of these values in a column."""
        self.read(model, things := dict.fromkeys(things), column)
        read = self._pieces[model, column]
        return [piece for thing in things for piece in read[thing]]

    def pieces_of(self, model: type[Histories], thing: str, column: str = "stream") -> Sequence[Piece]:
        """Every piece of one stream, or of those that have this value in a column."""
        read = self._pieces.get((model, column))
        if read is None or thing not in read:
            self.read(model, [thing], column)
            read = self._pieces[model, column]
        return read[thing]

    def read(self, model: type[Histories], things: Iterable[str], column: str = "stream") -> None:
        """Read what was not read before, all of it at once."""
        read = self._pieces.setdefault((model, column), {})
        missing = [thing for thing in things if thing not in read]
        if not missing:
            return
        found: dict[str, list[Piece]] = {thing: [] for thing in missing}
        place = 0 if column == "stream" else model.row._fields.index(column)
        for piece in pieces_of(self.rows, model, missing, self.point, column):
            found[piece.stream if column == "stream" else piece.values[place]].append(piece)
            self._note(*piece[3:], getattr(piece.values, "ends_from", OPEN_END))
        read |= found

    def leads(self, model: type[Histories], things: Sequence[str], moment: int, **narrowed: str) -> list[str]:
        """The streams to which one of these things leads, and that are not over at a moment, in the order of first recording."""
        asked = (model, *things, *narrowed.values())
        read = self._leads.setdefault(asked, [])
        found = next((leads for since, leads in reversed(read) if since <= moment), None)
        if found is None:
            found = leads_from(self.rows, model, things, narrowed, self.point, moment)
            for lead in found:
                self._note(lead.valid_from, lead.valid_until)
            read.append((moment, found))
            read.sort(key=lambda one: one[0])
        return list(dict.fromkeys(one.stream for one in found if one.valid_from <= moment < one.valid_until))

    def _note(self, *bounds: int) -> None:
        self.size += 1
        for bound in bounds:
            at = bisect_right(self._bounds, bound)
            if not at or self._bounds[at - 1] != bound:
                self._bounds.insert(at, bound)

    def made(self, maker: Callable[[Piece, int], T], piece: Piece, moment: int) -> T:
        """What a maker makes of a piece: the same at every moment, but for whether it is only possible."""
        asked = (maker, id(piece), piece.possible(moment))  # the pieces are kept as long as this is
        if asked not in self._made:
            self._made[asked] = maker(piece, moment)
        found: T = self._made[asked]
        return found

    def next_change(self, moment: int) -> int | None:
        """The first moment after one at which a piece that was read begins, certainly began, or ends."""
        every = (piece for read in self._pieces.values() for pieces in read.values() for piece in pieces)
        bounds = (one for piece in every for one in piece[3:] if moment < one < OPEN_END)
        return min(bounds, default=None)

    def first_position(self, stream: str) -> int:
        """Of a stream of which something is known; 0, where nothing is."""
        if stream not in self._first:
            self._first[stream] = is_known(self.rows, "register", stream, self.point)
        return self._first[stream]
