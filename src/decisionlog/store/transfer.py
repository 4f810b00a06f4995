"""A log out of its store and into another: the very bytes, one fact a line, and what opens its commitments beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import orjson

from decisionlog.domain.facts.envelope import Fact
from decisionlog.domain.facts.log import LogOpened
from decisionlog.domain.refusals import BadInput, NotSound
from decisionlog.domain.sealed import ERASING
from decisionlog.store import tree
from decisionlog.store.batch import Named, Opening
from decisionlog.store.codec import Line, canonical, commitment, decode
from decisionlog.store.directory import name_of
from decisionlog.store.erasing import Erasure, Place, places_of
from decisionlog.store.log import Log

if TYPE_CHECKING:
    from decisionlog.store.recorders import AnyWriter, Recorder

_AT_ONCE = 2_000

Progress = Callable[[int], None]


def export_lines(log: Log, after: int = 0, until: int | None = None) -> Iterator[bytes]:
    """The stored bytes, one fact a line, each with its newline. Line N of a whole export is the fact at position N."""
    return (line.state + b"\n" for line in log.lines(after, until))


def export_openings(log: Log, size: int) -> Iterator[bytes]:
    """What opens the commitments: `{"position", "private", "salt", "value"}` a line, in the order of the facts."""
    for start in range(1, size + 1, _AT_ONCE):
        for position in range(start, min(start + _AT_ONCE, size + 1)):
            yield from (
                opening_line(position, opening)
                for opening in sorted(log.recorder.openings([position]), key=lambda opening: opening.digest)
                if opening.salt
            )


def opening_line(position: int, opening: Opening) -> bytes:
    """What opens one commitment, as a line of a vault's file."""
    plain = {"position": position, "private": opening.digest, "salt": opening.salt, "value": opening.value}
    return canonical(plain) + b"\n"


def begin_from(
    recorder: Recorder,
    lines: Iterable[bytes],
    openings: Iterable[bytes] = (),
    progress: Progress | None = None,
    *,
    root: str = "",
) -> Log:
    """Fill a new store from an export, byte for byte; the same root comes of it.

    Only a root that is known from elsewhere shows that nothing was cut from the end: give it as `root`, in hexadecimal.

    Raises `BadInput` where the file is not an export, `NotSound` where it is one that was altered, cut or put together
    wrongly; the store is then as empty as it was.
    """
    with recorder.writing() as writer:
        arriving = _Arriving(writer, progress)
        for number, line in enumerate(lines, start=1):
            arriving.take(number, line.rstrip(b"\r\n"))
        found = arriving.end()
        if root and found != root.lower():
            msg = (
                f"The export has the root {found}, not {root}: it is cut, altered, or another log's. Nothing was made."
            )
            raise NotSound(msg)
        gone = _marked(writer, arriving.erasing)
        writer.add_openings(one for one in _openings(openings, writer) if Place(one[0], one[1].digest) not in gone)
    return Log(recorder)


def _marked(writer: AnyWriter, said: Iterable[Fact]) -> set[Place]:
    """Mark what the facts say was erased: an older vault must not bring it back."""
    log, gone = Log(writer), set[Place]()  # type: ignore[arg-type] # it answers the same questions
    for fact in said:
        erasure = Erasure(fact, tuple(places_of(log, fact)))
        writer.empty(erasure.gone, erasure.mark)
        gone.update(erasure.gone)
    return gone


class _Arriving:
    """Lines of an export on their way into a store, checked one by one, written in portions of one transaction."""

    def __init__(self, writer: AnyWriter, progress: Progress | None) -> None:
        self._writer = writer
        self._progress = progress
        self._last: dict[str, int] = {}
        self._recorded_at = ""
        self._lines: list[Line] = []
        self._names: list[Named] = []
        self._frontier: list[bytes] = []
        self._size = 0
        self.erasing: list[Fact] = []

    def take(self, number: int, state: bytes) -> None:
        line, fact = _read(number, state)
        if number == 1 and not isinstance(fact.data, LogOpened):
            msg = f"Line 1 is {fact.type}; an export begins with log.opened. Nothing was made."
            raise BadInput(msg)
        expected = self._last.get(fact.stream, 0) + 1
        if fact.n != expected:
            msg = (
                f"Line {number} is fact {fact.n} of {fact.stream}; fact {expected} should come here. Nothing was made."
            )
            raise NotSound(msg)
        if fact.recorded_at < self._recorded_at:
            msg = f"Line {number} was recorded before the line above it; the order was changed. Nothing was made."
            raise NotSound(msg)
        self._last[fact.stream] = fact.n
        self._recorded_at = fact.recorded_at
        self._names += names_given(fact)
        if fact.type in ERASING:
            self.erasing.append(fact)
        self._lines.append(line)
        if len(self._lines) >= _AT_ONCE:
            self._write()
        if self._progress and not number % 1000:
            self._progress(number)

    def end(self) -> str:
        """Write what is left; the root of it all."""
        if not self._size and not self._lines:
            msg = "The file is empty; an export has at least one line. Nothing was made."
            raise BadInput(msg)
        self._write()
        return tree.fold(self._frontier).hex()

    def _write(self) -> None:
        nodes, self._frontier = tree.grow(
            self._size, self._frontier, [tree.leaf_hash(line.state) for line in self._lines]
        )
        self._size += len(self._lines)
        self._writer.add_lines(self._lines, nodes)
        self._writer.add_names(self._names)
        self._lines, self._names = [], []


def names_given(fact: Fact) -> list[Named]:
    """The names that a fact gives to its stream, as the store keeps them."""
    if fact.n != 1 and fact.type != "record.renumbered":
        return []
    data = {name: getattr(fact.data, name, None) for name in ("ref", "issuer")}
    return [Named(*name) for name in names_of(fact.stream, fact.n, fact.position, data)]


def names_of(stream: str, n: int, position: int, data: Mapping[str, Any]) -> list[tuple[str, str, str, int]]:
    """The names that the data of an opening or a renumbering give: name, issuer, stream, position."""
    kind, _, key = stream.partition(":")
    ref, issuer = data.get("ref"), data.get("issuer")
    ref, issuer = ref if isinstance(ref, str) else key, issuer if isinstance(issuer, str) else ""
    called = name_of(kind, ref)
    if n != 1 or ref == key or (keyed := name_of(kind, key)) == called:
        return [(called, issuer, stream, position)]
    return [(keyed, issuer, stream, position), (called, issuer, stream, position)]


def _read(number: int, state: bytes) -> tuple[Line, Fact]:
    try:
        plain = orjson.loads(state)
        if isinstance(plain, dict) and plain.keys() == {"$withheld"}:
            msg = (
                f"Line {number} is withheld: this is a public export, and a log can only be made from a whole one. Nothing was "
                "made. `decisionlog verify` checks it; as pages, whoever keeps the log gives it by `decisionlog export site`."
            )
            raise BadInput(msg)
        line = Line(number, str(plain["stream"]), int(plain["n"]), str(plain["type"]), state)
    except (orjson.JSONDecodeError, KeyError, TypeError, ValueError) as wrong:
        msg = f"Line {number} is not a fact of an export. Nothing was made."
        raise BadInput(msg) from wrong
    if canonical(plain) != state:
        msg = f"Line {number} is not in canonical form: its bytes were changed after it was exported. Nothing was made."
        raise NotSound(msg)
    return line, decode(line)


def _openings(lines: Iterable[bytes], writer: AnyWriter) -> Iterator[tuple[int, Opening]]:
    seen: set[tuple[int, str]] = set()
    held: dict[int, bytes] = {}
    for number, line in enumerate(lines, start=1):
        try:
            plain: dict[str, Any] = orjson.loads(line)
            position, opening = (
                int(plain["position"]),
                Opening(str(plain["private"]), str(plain["salt"]), plain["value"]),
            )
        except (orjson.JSONDecodeError, KeyError, TypeError, ValueError) as wrong:
            msg = f"Line {number} of the vault is not an opening. Nothing was made."
            raise BadInput(msg) from wrong
        if position not in held and position > 0:  # in their order, as an export has them, few questions are asked
            held = {line.position: line.state for line in writer.lines(position - 1, _AT_ONCE)}
        if opening.digest.encode() not in held.get(position, b""):
            msg = f"Line {number} of the vault opens nothing in fact {position}: it belongs to another log. Nothing was made."
            raise NotSound(msg)
        if commitment(opening.salt, opening.value) != opening.digest:
            msg = f"Line {number} of the vault does not open the commitment that it names: it was altered. Nothing was made."
            raise NotSound(msg)
        if (position, opening.digest) in seen:
            msg = f"Line {number} of the vault opens what another line opens already. Nothing was made."
            raise BadInput(msg)
        seen.add((position, opening.digest))
        yield position, opening
