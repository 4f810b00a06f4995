"""A log as static tiles (c2sp.org/tlog-tiles), which any client of transparency logs can mirror, and such a folder read again.

checkpoint                     the signed note, written last
tile/0/x001/234                256 hashes of level 0 (leaves); level 1 has the hashes over whole tiles of level 0 ...
tile/0/x001/235.p/17           the last tile of a level, which has only 17 so far
tile/entries/x001/234          the facts themselves, each behind its length
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

from decisionlog.audit.verify import HASH, Lines, Malformed, Mismatch, Tree
from decisionlog.store.tree import Read

WIDTH: Final = 256
_BITS: Final = 8
ENTRY_LIMIT: Final = 65_535
"""Bytes of an entry: its length is written in two."""
_LEVELS: Final = 8


class TooLong(Malformed):
    """A fact does not fit into an entry of a tile."""

    def __init__(self, position: int, length: int) -> None:
        super().__init__(f"fact {position} has {length:,} bytes, and an entry of a tile at most {ENTRY_LIMIT:,}")


class Differs(Mismatch):
    """A tile has other hashes than the facts below it; `position` is that of the first fact that may be wrong."""

    def __init__(self, tile: Tile, there: bytes, hashes: bytes) -> None:
        same = next((at for at in range(tile.width) if there[at * HASH :][:HASH] != hashes[at * HASH :][:HASH]), 0)
        self.position = ((tile.number * WIDTH + same) << _BITS * tile.level) + 1
        what = "the fact does not match its hash in" if tile.level == 0 else "the facts from here on do not match"
        super().__init__(f"{what} the tile {tile.path}")


class Tile(NamedTuple):
    """One tile: its level, its number within it, and how many hashes it has."""

    level: int
    number: int
    width: int

    @property
    def path(self) -> str:
        """Where it lies, from the folder."""
        return _path(str(self.level), self.number, self.width)


def tiles_of(size: int) -> Iterator[Tile]:
    """Every tile of a tree, level by level, the partial one of each level last."""
    for level in range(_LEVELS):
        whole, rest = divmod(size >> _BITS * level, WIDTH)
        yield from (Tile(level, number, WIDTH) for number in range(whole))
        if rest:
            yield Tile(level, whole, rest)


def hashes_of(tile: Tile, read: Read) -> bytes:
    """The hashes of a tile, from the nodes that the store keeps."""
    at = _BITS * tile.level
    first = tile.number * WIDTH + 1
    positions = [place << at for place in range(first, first + tile.width)]
    nodes = read(positions)
    return b"".join(nodes[position][at * HASH : (at + 1) * HASH] for position in positions)


def bundles_of(size: int) -> Iterator[tuple[str, int, int]]:
    """Every bundle of entries: where it lies, the position before its first fact, and that of its last."""
    for tile in tiles_of(size):
        if tile.level == 0:
            before = tile.number * WIDTH
            yield _path("entries", tile.number, tile.width), before, before + tile.width


def bundle(first: int, facts: Iterable[bytes]) -> bytes:
    """The bytes of a bundle whose first fact stands at a position. Raises `TooLong`."""
    pieces = []
    for position, fact in enumerate(facts, start=first):
        if len(fact) > ENTRY_LIMIT:
            raise TooLong(position, len(fact))
        pieces += [len(fact).to_bytes(2, "big"), fact]
    return b"".join(pieces)


def examined(
    folder: Path, size: int, lines: Lines, roots: dict[int, bytes], progress: Callable[[int], None] | None = None
) -> bool:
    """Recompute a folder of tiles up to a size, fact by fact; whether the facts themselves were there.

    The roots at the sizes that `roots` names are put into it. Raises `Mismatch` and `Malformed` with what is wrong;
    `lines` then says how far it was as it must be.
    """
    expected = [bytearray() for _ in range(_LEVELS)]
    with_facts = (folder / next(bundles_of(size))[0]).is_file() if size else False
    roots |= {0: lines.tree.root()} if 0 in roots else {}
    for completed in _taken(folder, size, lines, with_facts=with_facts):
        for level in range(0, len(completed), _BITS):
            expected[level // _BITS] += completed[level]
        if len(expected[0]) == WIDTH * HASH:
            _compare_whole(folder, lines.tree.size, expected)
        if lines.tree.size in roots:
            roots[lines.tree.size] = lines.tree.root()
        if progress and not lines.tree.size % 1000:
            progress(lines.tree.size)
    for level, hashes in enumerate(expected):
        if hashes:
            number = (size >> _BITS * level) // WIDTH
            _compare(folder, Tile(level, number, len(hashes) // HASH), bytes(hashes))
    return with_facts


def _compare_whole(folder: Path, size: int, expected: list[bytearray]) -> None:
    for level, hashes in enumerate(expected):
        if len(hashes) == WIDTH * HASH:
            _compare(folder, Tile(level, (size >> _BITS * level) // WIDTH - 1, WIDTH), bytes(hashes))
            hashes.clear()


def _compare(folder: Path, tile: Tile, hashes: bytes) -> None:
    if (there := _read(folder, tile.path)) != hashes:
        raise Differs(tile, there, hashes)


def _taken(folder: Path, size: int, lines: Lines, *, with_facts: bool) -> Iterator[list[bytes]]:
    """The nodes that each leaf completes."""
    if with_facts:
        for path, before, last in bundles_of(size):
            for entry in _entries(_read(folder, path), path, last - before):
                yield lines.take(entry)
        return
    tree: Tree = lines.tree
    for tile in tiles_of(size):
        if tile.level == 0:
            hashes = _read(folder, tile.path)
            if len(hashes) != tile.width * HASH:
                msg = f"the tile {tile.path} has {len(hashes)} bytes, not {tile.width * HASH}"
                raise Malformed(msg)
            for start in range(0, len(hashes), HASH):
                yield tree.add(hashes[start : start + HASH])


def _entries(raw: bytes, path: str, number: int) -> Iterator[bytes]:
    at = 0
    for _ in range(number):
        end = at + 2 + int.from_bytes(raw[at : at + 2], "big")
        if at + 2 > len(raw) or end > len(raw):
            msg = f"{path} ends in the middle of a fact"
            raise Malformed(msg)
        yield raw[at + 2 : end]
        at = end
    if at != len(raw):
        msg = f"{path} has more than its {number} facts"
        raise Malformed(msg)


def _read(folder: Path, path: str) -> bytes:
    try:
        return (folder / path).read_bytes()
    except OSError as missing:
        msg = f"{path} is missing"
        raise Mismatch(msg) from missing


def _path(level: str, number: int, width: int) -> str:
    parts: list[str] = []
    while True:
        number, low = divmod(number, 1000)
        parts.insert(0, f"{low:03d}")
        if not number:
            break
    place = "/".join([*(f"x{part}" for part in parts[:-1]), parts[-1]])
    return f"tile/{level}/{place}" + (f".p/{width}" if width < WIDTH else "")
