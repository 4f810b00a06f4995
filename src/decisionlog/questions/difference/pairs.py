"""Rows that hold at one of two points only, paired: what a thing was at the first, and what it is at the second."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from msgspec import Struct
from sqlalchemy import Connection

from decisionlog.domain.known import AsOf
from decisionlog.domain.saying import Said
from decisionlog.store.histories import Histories, unpacked
from decisionlog.store.pieces import Piece, pieces_differing


class Pair(NamedTuple):
    """One thing at both points; none, where no row of it holds."""

    stream: str
    was: Piece | None
    now: Piece | None

    @property
    def pieces(self) -> Iterator[Piece]:
        """Those that there are."""
        return (one for one in (self.was, self.now) if one is not None)

    @property
    def evidence(self) -> frozenset[int]:
        """Every fact that either rests on."""
        return frozenset(at for piece in self.pieces for at in _positions(piece.values))

    @property
    def at(self) -> int:
        """The moment by which the changes of different things are put in order."""
        if self.now is None:
            return self.was.valid_until if self.was else 0
        taken: int = getattr(self.now.values, "taken_from", 0)
        return taken if self.was is None and taken else self.now.valid_from


class Told(NamedTuple):
    """What is said of a pair."""

    said: Said
    was: Mapping[str, Any]
    now: Mapping[str, Any]
    made_by: tuple[int, ...] = ()
    """The facts that made it, where the rows themselves say which."""
    what: str = ""
    """`began`, `ended` or `changed`; empty: by which of the two there is."""


class Watched(Struct, frozen=True):
    """One model of which changes are told."""

    group: str
    """Under which heading; empty: that of the kind of thing."""
    model: type[Histories]
    tell: Callable[[Pair], Told | None]
    known_as: Callable[[Piece], tuple[Any, ...]] = lambda piece: (piece.stream,)
    """What makes two rows rows of the same thing."""


def pairs(rows: Connection, watched: Watched, before: AsOf, after: AsOf) -> Iterable[Pair]:
    """The things of a model of which a row holds at one of the points only."""
    differing = pieces_differing(rows, watched.model, before, after)
    was, now = ({watched.known_as(piece): piece for piece in pieces} for pieces in differing)
    return [Pair((now.get(key) or was[key]).stream, was.get(key), now.get(key)) for key in {**was, **now}]


def field(piece: Piece | None, name: str) -> Any:
    """A field as plain data; none where it is not recorded."""
    if piece is None:
        return None
    value = getattr(piece.values, name)
    packed = isinstance(value, str) and value[:1] in {"[", "{"}
    return unpacked(value) if packed else value or None


def changed(pair: Pair, names: Iterable[str]) -> tuple[dict[str, Any], dict[str, Any]]:
    """These fields as far as they differ: what each was, and what it is."""
    was: dict[str, Any] = {}
    now: dict[str, Any] = {}
    for name in names:
        before, after = field(pair.was, name), field(pair.now, name)
        if before != after:
            was |= {name: before} if before is not None else {}
            now |= {name: after} if after is not None else {}
    return was, now


def _positions(row: Any) -> Iterator[int]:
    yield from unpacked(getattr(row, "evidence", ""))
    for name in ("position", "state_position"):
        if at := getattr(row, name, 0):
            yield at
    for name in ("stops", "conditions"):
        for part in unpacked(getattr(row, name, "")):
            yield from part.get("evidence", ())
