"""A whole log, recomputed from its raw bytes: positions, streams, canonical form, tree, names, sealed values.

No stored hash is believed and no name that a row gives is resolved: what the rows say beside the bytes is compared with
what the bytes say. Against somebody who rewrote all of it, only a checkpoint helps that somebody else kept.

The facts are looked at in stretches, by several processes where there are very many. Where a stretch may not be as it
must be, its facts are looked at one by one, here, and only that says what is wrong: so the answer is the same however
many processes there were.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from decisionlog.audit.beside import fact_at, faults_beside, origin_of
from decisionlog.audit.crew import crew_of
from decisionlog.audit.erasures import ERASING, Erasures
from decisionlog.audit.lines import fast
from decisionlog.audit.proofs import consistency
from decisionlog.audit.stretch import (
    ENVELOPE,
    MARK,
    NEEDED,
    RENUMBERED,
    SEALED,
    TYPE,
    Name,
    Stretch,
    digest_of_names,
    stretches,
)
from decisionlog.audit.vault import Fault, Vault
from decisionlog.audit.verify import Lines, Malformed, leaf_hash, node_hash, require_consistent
from decisionlog.store.codec import LINE_LIMIT
from decisionlog.store.raw import RawRow, Row, is_damage
from decisionlog.store.transfer import names_of
from decisionlog.store.tree import HASH, fold, peaks
from decisionlog.store.tree import root as tree_root

if TYPE_CHECKING:
    from decisionlog.audit.crew import Looking
    from decisionlog.store.raw import AnyRawLog


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
    jobs: int = 1,
) -> Examined:
    """Examine a log: all of it, or what is new after a checkpoint of `after` facts with the root `root_then`.

    The roots at `sizes` are given with the answer. Faults are answered, never raised. Up to `jobs` processes share the
    work where there is much of it; `crew.HelperLost` is raised where one of them was stopped from outside.
    """
    facts = _Facts(raw, sizes)
    if after:
        facts.begin_after(after, root_then)
    if not facts.faults:
        with crew_of(raw, after, jobs) as crew:
            facts.run(crew, progress)
            try:
                facts.faults += [] if facts.faults else facts.beside(crew)
            except Exception as unreadable:
                if not is_damage(unreadable):
                    raise
                facts.faults.append(
                    Fault(0, f"What lies beside the facts is damaged and cannot be read ({unreadable}).")
                )
    return facts.told(after)


class _Facts:
    """The facts of a log, stretch by stretch, until one is not as it must be."""

    def __init__(self, raw: AnyRawLog, sizes: Iterable[int]) -> None:
        self.faults: list[Fault] = []
        self._raw = raw
        self._sizes = sorted(set(sizes))
        self._roots = {0: fold([])}
        self._erasures = Erasures(raw)
        self._marks: dict[tuple[int, bytes], int] = {}
        self._names: list[bytes] = []
        """The digest of the names that each stretch gives."""
        self._named = self._sealed = self._opened = self._streams = 0
        self._is_whole = False
        self._after = self._size = 0
        self._peaks: list[bytes] = []
        self._last: dict[str, int] = {}
        """Of each stream the version of its last fact."""
        self._last_before: Callable[[str], int] = _nothing
        self._origin = self._recorded_at = ""
        self._fact: dict[str, Any] = {}

    def begin_after(self, after: int, root: bytes) -> None:
        """Take the facts up to a checkpoint as they are, if the nodes that are kept for them have its root."""
        wanted = peaks(after)
        nodes = self._raw.nodes([position for position, _ in wanted])
        whole = [bytes(nodes.get(position, b""))[level * HASH : (level + 1) * HASH] for position, level in wanted]
        if all(len(hash_) == HASH for hash_ in whole):
            self._size, self._peaks = after, whole
        if self._size != after or fold(whole) != root or not self._smaller_roots(after, root):
            self._wrong(0, f"The first {after:,} facts are not those that the checkpoint saw")
        self._after = after
        self._origin = origin_of(self._raw)
        self._recorded_at = str(fact_at(self._raw, after).get("recorded_at", ""))
        self._last_before = lambda stream: self._raw.last_n(stream, after)

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

    def run(self, crew: Looking, progress: Callable[[int], None] | None) -> None:
        """Look at every fact; stop at the first that is not as it must be."""
        try:
            self._every_stretch(crew, progress)
        except _Stop as stop:
            self._wrong(stop.position, stop.sentence)
            return
        except Exception as unreadable:
            if not is_damage(unreadable):
                raise
            self._wrong(self._size + 1, f"The file is damaged here and cannot be read ({unreadable})")
            return
        self._is_whole = True
        size = self._size
        if self._marks and self._raw.as_it_was() == size:
            self._erasures.later = {place: under for place, under in self._marks.items() if under > size}

    def _every_stretch(self, crew: Looking, progress: Callable[[int], None] | None) -> None:
        last = self._raw.size()
        ranges = list(stretches(self._after, last))
        crew.begin(ranges, self._sizes)
        for number, (_, until) in enumerate(ranges):
            found = crew.found(number)
            if found is None or not self._joined(found):
                self._one_by_one(until)
            if progress:
                progress(self._size)
        if last < 1:
            self._one_by_one(1)  # of whatever rows there are, none is where a fact can be
        self.faults += Vault(self._raw.vault(self._size)).rest()
        self._erasures.without_words = next(self._raw.vault(self._after), None) is None

    def _joined(self, found: Stretch) -> bool:
        """Whether a stretch goes on from the facts before it; if it does, it is taken."""
        if found.begins_at < self._recorded_at or any(map(self._before, found.begun)):
            return False
        if any(self._before(stream) != first - 1 for stream, (first, _) in found.continued.items()):
            return False
        before, completed = list(self._peaks), found.completed
        if len(found.peaks) == 1:
            peak, width = found.peaks[0], found.until - found.after
            while self._size & width:
                peak = node_hash(before.pop(), peak)
                completed += peak
                width <<= 1
            grown = [*before, peak]
        else:
            grown = [*before, *found.peaks]
        if found.kept != completed:
            return False
        self._take(found)
        self._peaks = grown
        return True

    def _take(self, found: Stretch) -> None:
        """What the facts of a stretch come to, with what those before it came to."""
        for size, within in found.within.items():
            self._roots[size] = fold([*self._peaks, *within])
        self._origin = found.origin or self._origin
        self._size, self._recorded_at = found.until, found.ends_at
        self._last |= found.begun
        self._last |= {stream: last for stream, (_, last) in found.continued.items()}
        self._streams += len(found.begun)
        self._named += found.names
        self._names.append(found.called)
        self._sealed += found.sealed
        self._opened += found.opened
        self._marks |= found.marks
        for missing in found.missing:
            self._erasures.miss(missing.position, (missing.stream, missing.n), missing.digests)
        for position, type_, fact in found.erasing:
            self._erasures.notice(position, type_, fact)

    def _before(self, stream: str) -> int:
        """The version of the last fact of a stream so far."""
        return self._last.get(stream) or self._last_before(stream)

    def _one_by_one(self, until: int) -> None:
        """Look at the facts up to a position, each by itself."""
        lines = Lines(self._read)
        lines.resume(self._origin, self._recorded_at, self._before)
        lines.tree.resume(self._size, self._peaks)
        vault, names = Vault(self._raw.vault(self._size, until)), list[Name]()
        for row in self._raw.rows(self._size):
            self._row(row, lines, vault, names)
            if self._size >= until:
                break
        self._marks |= vault.marks
        self._names.append(digest_of_names(names))

    def _row(self, row: RawRow, lines: Lines, vault: Vault, names: list[Name]) -> None:
        place = self._size + 1
        position, stream, n, type_, kept, _, _, _ = row
        state = _sound(Row._make(row), place)
        try:
            nodes = lines.take(state)
        except ValueError as wrong:
            raise _Stop(place, _because(wrong, Row._make(row))) from wrong
        fact, self._origin = self._fact, lines.origin
        if stream != fact["stream"] or n != fact["n"] or type_ != fact["type"]:
            said = f"{fact['type']} {fact['n']} of {fact['stream']}"
            raise _Stop(place, f"Its bytes say that it is {said}; its row says otherwise")
        if kept != b"".join(nodes):
            raise _Stop(place, _nodes_differ(Row._make(row), nodes))
        if n == 1 or type_ == RENUMBERED:
            self._streams += n == 1
            given = names_of(stream, n, position, fact["data"])
            self._named += len(given)
            names += given
        if type_ in ERASING:
            self._erasures.notice(position, type_, fact)
        if MARK in state or vault.next_position <= position:
            self._commitments(position, (stream, n), state, vault)
        self._size, self._last[stream], self._recorded_at = position, n, fact["recorded_at"]
        self._peaks = [*self._peaks[: len(self._peaks) - len(nodes) + 1], nodes[-1]]
        if position in self._sizes:
            self._roots[position] = fold(self._peaks)

    def _commitments(self, position: int, place: tuple[str, int], state: bytes, vault: Vault) -> None:
        """The commitments of a fact, and what of the vault opens them."""
        digests = SEALED.findall(state)
        opened, faults = vault.opened(position, digests)
        self.faults += faults
        self._sealed += len(digests)
        self._opened += len(opened)
        if len(opened) < len(digests):
            self._erasures.miss(position, place, frozenset(digests) - opened)

    def _read(self, line: bytes) -> Any:
        """The fact of a line, in this log's format."""
        fact = fast(line)
        if not isinstance(fact, dict) or not NEEDED <= fact.keys() <= ENVELOPE or not isinstance(fact["data"], dict):
            msg = "it is not a fact of this log's format"
            raise Malformed(msg)
        self._fact = fact
        return fact

    def beside(self, crew: Looking) -> Sequence[Fault]:
        """What does not fit to the facts in what lies beside them."""
        unexplained = [Fault(position, sentence) for position, sentence in self._erasures.unexplained()]
        read = crew.beside()
        return [*unexplained, *faults_beside(self._raw, self._after, self._size, self._names, read)]

    def told(self, after: int) -> Examined:
        """The answer."""
        return Examined(
            origin=self._origin,
            after=after,
            size=self._size,
            root=fold(self._peaks),
            streams=self._streams,
            names=self._named,
            sealed=self._sealed,
            opened=self._opened,
            without_words=self._erasures.without_words,
            erased=self._erasures.counted(),
            later=self._erasures.came_later(),
            roots=self._roots,
            is_whole=self._is_whole,
            faults=self.faults,
        )

    def _wrong(self, position: int, sentence: str) -> None:
        self.faults.append(Fault(position, f"{sentence}."))


class _Stop(Exception):
    """A row is not as it must be: nothing after it can be judged."""

    def __init__(self, position: int, sentence: str) -> None:
        super().__init__(sentence)
        self.position = position
        self.sentence = sentence


def _nothing(_: str) -> int:
    return 0


def _sound(row: Row, place: int) -> bytes:
    """The bytes of a row that can be the fact of a place; stop at one that cannot."""
    if row.position != place:
        raise _Stop(place, f"Position {place} is missing: the next fact is {row.position}")
    if row.state is None:
        said = f"{row.length:,} bytes; no fact is longer than {LINE_LIMIT:,}"
        raise _Stop(place, f"What is stored is {said if row.state_type == 'blob' else 'not bytes'}")
    if not isinstance(row.type, str) or not TYPE.fullmatch(row.type):
        raise _Stop(place, f"It has a type that this program does not allow: {str(row.type)[:80]!r}")
    return row.state


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
