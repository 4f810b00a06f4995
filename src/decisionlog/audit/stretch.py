"""A stretch of a log looked at all at once, apart from what stands before it, in this process or in another.

What it finds is that every fact of the stretch is as it must be, and what these facts come to; or that something may be
otherwise. It never says what: `audit.examining` then looks at them one by one, and its sentences are the only ones.
"""

from __future__ import annotations

import gc
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from hashlib import sha256
from itertools import repeat
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final

import orjson
from msgspec import Struct, field

from decisionlog.audit.erasures import ERASING
from decisionlog.audit.vault import all_open, erased_under
from decisionlog.store.transfer import names_of
from decisionlog.store.tree import frontier, grow

if TYPE_CHECKING:
    from decisionlog.store.raw import AnyRawLog, BareRow, VaultRow

WIDTH: Final = 4_096
"""Facts of a stretch: a power of two, so that a stretch which begins at a multiple of it is a subtree of the whole tree."""
TYPE: Final = re.compile(r"[a-z]+\.[a-z_]+")
MARK: Final = b'{"$private":"'
SEALED: Final = re.compile(rb'\{"\$private":"([A-Za-z0-9_-]{43})"\}')
ENVELOPE: Final = frozenset("type v stream n on recorded_at clock recorded_by batch source salt of data".split())
NEEDED: Final = ENVELOPE - {"on", "clock", "source", "of"}
_SAID: Final = itemgetter("stream", "n", "type", "recorded_at", "data")
_AT_ONCE: Final = 64
"""Facts that are held as objects at a time: few enough to stay in the processor's own memory."""
RENUMBERED: Final = "record.renumbered"

Range = tuple[int, int]
"""The positions after the first, up to the second."""
Name = tuple[Any, ...]
"""What something is called: name, issuer, stream, position."""


class Missing(Struct, frozen=True):
    """Commitments of one fact that nothing opens."""

    position: int
    stream: str
    n: int
    digests: frozenset[bytes]


class Stretch(Struct):
    """What a stretch of sound facts comes to, if it goes on from what stands before it."""

    after: int
    until: int
    peaks: list[bytes] = field(default_factory=list)
    """The complete subtrees over its leaves, the largest first."""
    completed: bytes = b""
    """What its last fact completes of the tree within the stretch; it may complete more with what stands before."""
    kept: bytes = b""
    """What the row of its last fact keeps of the tree."""
    origin: str = ""
    """What position 1 calls the log, where it is in the stretch."""
    begins_at: str = ""
    """When its first fact was recorded, and when its last."""
    ends_at: str = ""
    begun: dict[str, int] = field(default_factory=dict)
    """The streams that begin in it, with the version of the last fact of each."""
    continued: dict[str, Range] = field(default_factory=dict)
    """Those that go on in it, with the versions of the first and of the last fact of each."""
    names: int = 0
    """How many names it gives, and the digest of them all."""
    called: bytes = b""
    sealed: int = 0
    opened: int = 0
    missing: list[Missing] = field(default_factory=list)
    marks: dict[tuple[int, bytes], int] = field(default_factory=dict)
    """Of values that were erased, under the fact at which position, as the vault says."""
    erasing: list[tuple[int, str, dict[str, Any]]] = field(default_factory=list)
    """The facts that say that something was erased: position, type and bytes."""
    within: dict[int, list[bytes]] = field(default_factory=dict)
    """The peaks over the leaves up to sizes that were asked for."""


def stretches(after: int, size: int) -> Iterator[Range]:
    """A log in stretches, each of them a subtree but the last; from the beginning, or from a size somewhere in it."""
    while after < size:
        until = min(after + (min(after & -after, WIDTH) or WIDTH), size)
        yield after, until
        after = until


def looked_at(raw: AnyRawLog, after: int, until: int, sizes: Iterable[int] = ()) -> Stretch | None:
    """Look at the facts of a stretch; nothing is answered where anything in them may not be as it must be.

    `sizes` are those within the stretch at which the peaks are wanted.
    """
    try:
        with _nothing_collected():
            return _Look(raw, after, until).found(sizes)
    except Exception:  # noqa: BLE001 - rows hold whatever somebody put there; looked at one by one, they are told
        return None


def digest_of_names(names: Iterable[Name]) -> bytes:
    """The same for the same names, in whatever order; nothing of what cannot be names."""
    try:
        return sha256(orjson.dumps(sorted(names))).digest()
    except TypeError:
        return b""


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """Let Python not look for what can be freed: what a stretch holds is freed without that, since nothing in it goes round."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


class _Odd(Exception):
    """Something may not be as it must be."""


class _Look:
    def __init__(self, raw: AnyRawLog, after: int, until: int) -> None:
        self._raw = raw
        self._found = Stretch(after, until)
        self._place = after
        self._times = [""]
        self._types: set[Any] = set()
        """Types that were met and are allowed; and the same of the fields of facts."""
        self._shapes: set[tuple[str, ...]] = set()
        self._streams: list[str] = []
        self._versions: list[int] = []
        self._names: list[Name] = []
        self._leaves: list[bytes] = []
        self._kept: list[Any] = []
        self._sealed_at: list[int] = []
        self._digests: list[bytes] = []

    def found(self, sizes: Iterable[int]) -> Stretch:
        """What the facts come to. Raises whatever odd rows lead to."""
        found = self._found
        for rows in self._raw.batches(found.after, found.until, _AT_ONCE):
            self._rows(rows)
        if self._place != found.until:
            raise _Odd
        found.ends_at, found.names, found.called = self._times[-1], len(self._names), digest_of_names(self._names)
        self._go_on()
        self._tree(sizes)
        self._vault(list(self._raw.vault(found.after, found.until)))
        return found

    def _rows(self, rows: Sequence[BareRow]) -> None:
        """Some rows: their bytes in canonical form, what these say beside what the rows say, in the order of recording."""
        positions, streams, versions, types, nodes, states = zip(*rows, strict=True)
        facts = list(map(orjson.loads, states))
        said_streams, said_versions, said_types, times, data = zip(*map(_SAID, facts), strict=True)
        first, self._place = self._place + 1, self._place + len(rows)
        if (
            positions != tuple(range(first, self._place + 1))
            or tuple(map(orjson.dumps, facts, repeat(None), repeat(orjson.OPT_SORT_KEYS))) != states
            or (said_streams, said_versions, said_types) != (streams, versions, types)
            or {*map(type, said_streams), *map(type, times)} != {str}
            or set(map(type, said_versions)) != {int}
            or set(map(type, data)) != {dict}
            or (in_order := [self._times[-1], *times]) != sorted(in_order)
        ):
            raise _Odd
        self._allow(set(types) - self._types, set(map(tuple, facts)) - self._shapes)
        if first == 1:
            self._found.origin = _origin(facts[0])
        self._found.begins_at = self._found.begins_at or times[0]
        self._times = [times[-1]]
        self._streams += streams
        self._versions += versions
        self._kept += nodes
        self._leaves += [sha256(b"\x00" + state).digest() for state in states]
        for position, stream, n, type_, fact, state in zip(
            positions, streams, versions, types, facts, states, strict=True
        ):
            if n == 1 or type_ == RENUMBERED:
                self._names += names_of(stream, n, position, fact["data"])
            if type_ in ERASING:
                self._found.erasing.append((position, type_, fact))
            if digests := SEALED.findall(state):
                self._digests += digests if len(digests) == 1 else sorted(digests)
                self._sealed_at += [position] * len(digests)

    def _allow(self, types: Iterable[Any], shapes: Iterable[tuple[str, ...]]) -> None:
        """Allow types and fields that were not met before."""
        for type_ in types:
            if not isinstance(type_, str) or not TYPE.fullmatch(type_):
                raise _Odd
            self._types.add(type_)
        for shape in shapes:
            if not NEEDED <= set(shape) <= ENVELOPE:
                raise _Odd
            self._shapes.add(shape)

    def _go_on(self) -> None:
        """The streams, each without a gap from its first fact here on."""
        found, last = self._found, dict[str, int]()
        for stream, n in zip(self._streams, self._versions, strict=True):
            before = last.get(stream)
            if n != 1 if before is None else n != before + 1:
                if before is not None or n < 1:
                    raise _Odd
                found.continued[stream] = (n, n)
            last[stream] = n
        found.continued = {stream: (first, last.pop(stream)) for stream, (first, _) in found.continued.items()}
        found.begun = last

    def _tree(self, sizes: Iterable[int]) -> None:
        """The tree over the leaves, beside what the rows keep of it; what the last one keeps may be of a larger tree."""
        found = self._found
        completed, found.peaks = grow(0, [], self._leaves)
        found.completed, found.kept = completed[-1], self._kept[-1]
        if completed[:-1] != self._kept[:-1] or not isinstance(found.kept, bytes):
            raise _Odd
        for size in sizes:
            found.within[size] = frontier(size - found.after, lambda at: {one: completed[one - 1] for one in at})

    def _vault(self, rows: Sequence[VaultRow]) -> None:
        """The commitments, beside what of the vault opens them: all of them, but for those that were erased."""
        found = self._found
        live = [row for row in rows if row[2] != ""]
        if not all_open(live):
            raise _Odd
        found.sealed, found.opened = len(self._digests), len(live)
        if [row[0] for row in live] == self._sealed_at and "".join([row[1] for row in live]).encode() == b"".join(
            self._digests
        ):
            if len(live) != len(rows):
                raise _Odd
            return
        owed = set(zip(self._sealed_at, self._digests, strict=True))
        kept = {(position, digest.encode()): value for position, digest, _, value in rows}
        opening = {(position, digest.encode()) for position, digest, _, _ in live}
        if not kept.keys() <= owed or len(kept) != len(rows):
            raise _Odd
        found.marks = {one: under for one in kept.keys() - opening if (under := erased_under(kept[one]))}
        found.missing = list(self._missing(owed - opening))

    def _missing(self, pairs: Iterable[tuple[int, bytes]]) -> Iterator[Missing]:
        of: dict[int, set[bytes]] = {}
        for position, digest in sorted(pairs):
            of.setdefault(position, set()).add(digest)
        for position, digests in of.items():
            yield Missing(position, *self._place_of(position), frozenset(digests))

    def _place_of(self, position: int) -> tuple[str, int]:
        at = position - self._found.after - 1
        return self._streams[at], self._versions[at]


def _origin(fact: Mapping[str, Any]) -> str:
    origin = fact["data"]["origin"]
    if fact["type"] != "log.opened" or not isinstance(origin, str):
        raise _Odd
    return origin
