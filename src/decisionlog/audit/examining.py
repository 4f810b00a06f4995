"""A whole log, recomputed from its raw bytes: positions, streams, canonical form, tree, names, sealed values.

No stored hash is believed and no name that a row gives is resolved: what the rows say beside the bytes is compared with
what the bytes say. Against somebody who rewrote all of it, only a checkpoint helps that somebody else kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

import orjson
from msgspec import Struct, field

from decisionlog.audit.erasures import ERASING, Erasures
from decisionlog.audit.lines import fast
from decisionlog.audit.proofs import consistency
from decisionlog.audit.vault import FIRST, Fault, Vault, number
from decisionlog.audit.verify import Lines, Malformed, leaf_hash, require_consistent
from decisionlog.store.codec import LINE_LIMIT
from decisionlog.store.raw import RawRow, Row, is_damage
from decisionlog.store.transfer import names_of
from decisionlog.store.tree import HASH, peaks
from decisionlog.store.tree import root as tree_root

if TYPE_CHECKING:
    from decisionlog.store.raw import AnyRawLog

_TYPE: Final = re.compile(r"[a-z]+\.[a-z_]+")
_SEALED: Final = re.compile(rb'\{"\$private":"([A-Za-z0-9_-]{43})"\}')
_MARK: Final = b'{"$private":"'
_ENVELOPE: Final = frozenset("type v stream n on recorded_at clock recorded_by batch source salt of data".split())
_NEEDED: Final = _ENVELOPE - {"on", "clock", "source", "of"}


class Examined(Struct):
    """What was found in a log."""

    origin: str
    after: int
    """Facts up to here were taken from a checkpoint, and not looked at again."""
    size: int
    """How many facts are sound, from the first on."""
    root: bytes
    streams: int
    names: int
    sealed: int
    opened: int
    without_words: bool
    """The vault is empty: a copy that was made without what opens the sealed values."""
    erased: dict[int, int]
    """How many sealed values each erasing fact (by its position) accounts for."""
    later: int
    """In a copy of a log as it once was: how many sealed values were erased under facts that came later."""
    roots: Mapping[int, bytes]
    is_whole: bool
    """Every row is a fact in its place: the size and the roots are those of the log, whatever lies beside it."""
    faults: list[Fault] = field(default_factory=list)


def examine(
    raw: AnyRawLog,
    *,
    sizes: Iterable[int] = (),
    after: int = 0,
    root_then: bytes = b"",
    progress: Callable[[int], None] | None = None,
) -> Examined:
    """Examine a log: all of it, or what is new after a checkpoint of `after` facts with the root `root_then`.

    The roots at `sizes` are given with the answer. Faults are answered, never raised.
    """
    facts = _Facts(raw, sizes)
    if after:
        facts.begin_after(after, root_then)
    facts.run(progress)
    try:
        facts.faults += [] if facts.faults else _beside(raw, facts)
    except Exception as unreadable:
        if not is_damage(unreadable):
            raise
        facts.faults.append(Fault(0, f"What lies beside the facts is damaged and cannot be read ({unreadable})."))
    return facts.told(after)


class _Facts:
    """The facts of a log, row by row, until one is not as it must be."""

    def __init__(self, raw: AnyRawLog, sizes: Iterable[int]) -> None:
        self.faults: list[Fault] = []
        self.names = _Fingerprint()
        self.erasures = Erasures(raw)
        self.sealed = self.opened = self.streams = 0
        self.lines = Lines(self._read)
        self.after = 0
        self.is_whole = False
        self._raw = raw
        self._fact: dict[str, Any] = {}
        self._types: set[Any] = set()
        """Types that were met and are allowed."""
        self._shapes: set[tuple[str, ...]] = set()
        """The fields of facts that were met and are allowed."""
        self._sizes = frozenset(sizes)
        self._roots = {0: self.lines.tree.root()}

    def begin_after(self, after: int, root: bytes) -> None:
        """Take the facts up to a checkpoint as they are, if the nodes that are kept for them have its root."""
        wanted = peaks(after)
        nodes = self._raw.nodes([position for position, _ in wanted])
        whole = [bytes(nodes.get(position, b""))[level * HASH : (level + 1) * HASH] for position, level in wanted]
        tree = self.lines.tree
        if all(len(hash_) == HASH for hash_ in whole):
            tree.resume(after, whole)
        if tree.size != after or tree.root() != root or not self._smaller_roots(after, root):
            self._wrong(0, f"The first {after:,} facts are not those that the checkpoint saw")
        self.after = after
        recorded_at = str(_fact_at(self._raw, after).get("recorded_at", ""))
        self.lines.resume(_origin(self._raw), recorded_at, lambda stream: self._raw.last_n(stream, after))

    def _smaller_roots(self, after: int, root: bytes) -> bool:
        """Work out the roots at smaller sizes from the nodes that are kept; whether they lead to the root at this one."""
        self._roots[after] = root
        for size in self._sizes:
            if not 0 < size < after:
                continue
            self._roots[size], path = tree_root(size, self._raw.nodes), consistency(self._raw.nodes, size, after)
            try:
                require_consistent(size, self._roots[size], after, root, path)
            except ValueError:
                return False
        return True

    def run(self, progress: Callable[[int], None] | None) -> None:
        """Look at every row; stop at the first that is not as it must be."""
        if self.faults:
            return
        try:
            vault = Vault(self._raw.vault(self.after))
            for row in self._raw.rows(self.after):
                self._row(row, vault)
                if progress and not row[0] % 1000:
                    progress(row[0])
        except _Stop as stop:
            self._wrong(stop.position, stop.sentence)
            return
        except Exception as unreadable:
            if not is_damage(unreadable):
                raise
            self._wrong(self.lines.tree.size + 1, f"The file is damaged here and cannot be read ({unreadable})")
            return
        self.is_whole = True
        self.faults += vault.rest()
        size = self.lines.tree.size
        if vault.marks and self._raw.as_it_was() == size:
            self.erasures.later = {place: under for place, under in vault.marks.items() if under > size}
        self.erasures.without_words = vault.is_empty

    def told(self, after: int) -> Examined:
        tree = self.lines.tree
        return Examined(
            origin=self.lines.origin,
            after=after,
            size=tree.size,
            root=tree.root(),
            streams=self.streams,
            names=self.names.count,
            sealed=self.sealed,
            opened=self.opened,
            without_words=self.erasures.without_words,
            erased=self.erasures.counted(),
            later=self.erasures.came_later(),
            roots=self._roots,
            is_whole=self.is_whole,
            faults=self.faults,
        )

    def _row(self, row: RawRow, vault: Vault) -> None:
        lines = self.lines
        place = lines.tree.size + 1
        position, stream, n, type_, kept, state, _, _ = row
        if position != place or state is None or type_ not in self._types:
            state = self._sound(Row._make(row), place)
        try:
            nodes = lines.take(state)
        except ValueError as wrong:
            raise _Stop(place, _because(wrong, Row._make(row))) from wrong
        fact = self._fact
        if stream != fact["stream"] or n != fact["n"] or type_ != fact["type"]:
            said = f"{fact['type']} {fact['n']} of {fact['stream']}"
            raise _Stop(place, f"Its bytes say that it is {said}; its row says otherwise")
        if kept != (nodes[0] if len(nodes) == 1 else b"".join(nodes)):
            raise _Stop(place, _nodes_differ(Row._make(row), nodes))
        if n == 1 or type_ == "record.renumbered":
            self.streams += n == 1
            for name in names_of(stream, n, position, fact["data"]):
                self.names.add(name)
        if type_ in ERASING:
            self.erasures.notice(position, type_, fact)
        if _MARK in state or vault.next_position <= position:
            self._sealed(position, (stream, n), state, vault)
        if position in self._sizes:
            self._roots[position] = lines.tree.root()

    def _sound(self, row: Row, place: int) -> bytes:
        """The bytes of a row that can be the fact of a place, its type remembered; stop at one that cannot."""
        if row.position != place:
            raise _Stop(place, f"Position {place} is missing: the next fact is {row.position}")
        if row.state is None:
            said = f"{row.length:,} bytes; no fact is longer than {LINE_LIMIT:,}"
            raise _Stop(place, f"What is stored is {said if row.state_type == 'blob' else 'not bytes'}")
        if not isinstance(row.type, str) or not _TYPE.fullmatch(row.type):
            raise _Stop(place, f"It has a type that this program does not allow: {str(row.type)[:80]!r}")
        self._types.add(row.type)
        return row.state

    def _sealed(self, position: int, place: tuple[str, int], state: bytes, vault: Vault) -> None:
        """The commitments of a fact, and what of the vault opens them."""
        digests = _SEALED.findall(state)
        opened, faults = vault.opened(position, digests)
        self.faults += faults
        self.sealed += len(digests)
        self.opened += len(opened)
        if len(opened) < len(digests):
            self.erasures.miss(position, place, set(digests) - opened)

    def _read(self, line: bytes) -> Any:
        """The fact of a line, in this log's format."""
        fact = fast(line)
        names = tuple(fact) if isinstance(fact, dict) else ()
        if names not in self._shapes:
            if not _NEEDED <= set(names) <= _ENVELOPE:
                msg = "it is not a fact of this log's format"
                raise Malformed(msg)
            self._shapes.add(names)
        self._fact = fact
        return fact

    def _wrong(self, position: int, sentence: str) -> None:
        self.faults.append(Fault(position, f"{sentence}."))


class _Stop(Exception):
    """A row is not as it must be: nothing after it can be judged."""

    def __init__(self, position: int, sentence: str) -> None:
        super().__init__(sentence)
        self.position = position
        self.sentence = sentence


class _Fingerprint:
    """Names in any order, as one number that is the same for the same names."""

    def __init__(self) -> None:
        self.count = 0
        self.sum = 0

    def add(self, name: tuple[Any, ...]) -> None:
        self.count += 1
        self.sum += int.from_bytes(sha256("\0".join(map(str, name)).encode(errors="replace")).digest(), "big")


def _beside(raw: AnyRawLog, facts: _Facts) -> Iterator[Fault]:
    """What lies beside the facts: names, requests, erasures, and the database's own order."""
    size = facts.lines.tree.size
    yield from (Fault(position, sentence) for position, sentence in facts.erasures.unexplained())
    kept = _Fingerprint()
    for row in raw.names(facts.after):
        kept.add(row)
    if kept.sum != facts.names.sum:
        yield from _names_that_differ(raw, facts.after, size)
    if (given := raw.positions_given()) > size:
        yield Fault(0, f"The log has {size:,} facts and had {given:,}: its end was removed.")
    if beyond := raw.requests_beyond(size):
        what = "A request is" if beyond == 1 else f"{beyond:,} requests are"
        yield Fault(0, f"{what} said to be answered by facts that the log does not have.")
    if (complaint := raw.complaints()) != "ok":
        yield Fault(0, f"The database is damaged: {complaint}.")


def _names_that_differ(raw: AnyRawLog, after: int, size: int) -> Iterator[Fault]:
    """Names that the facts give and the table lacks, and the other way round."""
    given: dict[tuple[Any, ...], int] = {}
    for position, stream, n, type_, _, state, _, _ in raw.rows(after):
        if n == 1 or type_ == "record.renumbered":
            for name in names_of(stream, n, position, orjson.loads(state or b"{}")["data"]):
                given.setdefault(name[:3], position)  # the same name given again is kept as it was given first
    kept = {(name, issuer, stream): position for name, issuer, stream, position in raw.names(after)}
    missing = [(given[name], name, "is missing") for name in given if kept.get(name) != given[name]]
    strange = [(kept[name], name, "was given by no fact") for name in kept if kept[name] != given.get(name)]
    for position, (name, _, stream), what in sorted(missing + strange, key=lambda one: number(one[0]))[:FIRST]:
        yield Fault(
            number(position) if number(position) <= size else 0,
            f"In the table of names, '{name}' of {stream} {what}.",
        )


def _because(wrong: ValueError, row: Row) -> str:
    """Why a line cannot stand where it stands; that its bytes were changed, where the hash beside them tells it."""
    said = str(wrong)
    changed = isinstance(row.nodes, bytes) and row.nodes[:HASH] != leaf_hash(row.state or b"")
    return f"Its bytes were changed after it was recorded ({said})" if changed else said[:1].upper() + said[1:]


def _nodes_differ(row: Row, nodes: Sequence[bytes]) -> str:
    kept = row.nodes if isinstance(row.nodes, bytes) else b""
    if kept[:HASH] != nodes[0]:
        return "It does not match its seal: its bytes, or the hash that was kept with them, were changed"
    return "It does not fit into the tree: what was kept of the tree was changed"


def _origin(raw: AnyRawLog) -> str:
    """What position 1 calls the log."""
    data = _fact_at(raw, 1).get("data")
    return str(data.get("origin", "")) if isinstance(data, dict) else ""


def _fact_at(raw: AnyRawLog, position: int) -> dict[str, Any]:
    row = raw.row(position)
    try:
        fact = orjson.loads(row.state or b"") if row else None
    except orjson.JSONDecodeError:
        fact = None
    return fact if isinstance(fact, dict) else {}
