"""The log in memory: the library's plain-objects recorder, with what a log keeps beside its facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from eventsourcing.persistence import StoredEvent
from eventsourcing.popo import POPOApplicationRecorder
from msgspec import Struct, field

from decisionlog.domain.erased import Erased
from decisionlog.store.batch import Checkpointed, Export, Head, Named, Opening, Request, Standing, StoredKey
from decisionlog.store.codec import Line, recorded_at
from decisionlog.store.erasing import UNCLEAN, Place
from decisionlog.store.waiting import until_more


class Kept(Struct):
    """What lies beside the facts."""

    names: dict[str, list[Named]] = field(default_factory=dict)
    vault: dict[int, list[Opening]] = field(default_factory=dict)
    nodes: list[bytes] = field(default_factory=list)
    requests: dict[bytes, Request] = field(default_factory=dict)
    secrets: dict[str, bytes] = field(default_factory=dict)
    emptied: dict[Place, Erased] = field(default_factory=dict)
    forgotten: set[int] = field(default_factory=set)
    exports: list[Export] = field(default_factory=list)

    checkpoints: dict[int, bytes] = field(default_factory=dict)
    keys: dict[str, StoredKey | None] = field(default_factory=dict)

    def merge(self, newer: Kept) -> None:
        """Take over everything that one transaction wrote."""
        for name, rows in newer.names.items():
            self.names.setdefault(name, []).extend(rows)
        self.vault.update(newer.vault)
        self.nodes.extend(newer.nodes)
        self.requests.update(newer.requests)
        self.secrets.update(newer.secrets)
        self.exports += newer.exports
        for place, mark in newer.emptied.items():
            others = [opening for opening in self.vault.get(place.position, ()) if opening.digest != place.digest]
            self.vault[place.position] = [*others, Opening(place.digest, "", mark)]
        for key, request in list(self.requests.items()):
            if any(request.first <= position <= request.last for position in newer.forgotten):
                del self.requests[key]

        self.checkpoints.update(newer.checkpoints)
        self.keys.update(newer.keys)


class MemoryRecorder(POPOApplicationRecorder):
    """Everything in dictionaries; gone when the process ends."""

    place = "memory"

    def __init__(self) -> None:
        super().__init__()
        self.kept = Kept()

    @contextmanager
    def writing(self) -> Iterator[MemoryWriter]:
        """One transaction: what is written in it is there when it ends, or nothing is."""
        with self._database_lock:
            writer = MemoryWriter(self)
            yield writer
            self._insert_events(writer.events)
            self.kept.merge(writer.staged)

    def size(self) -> int:
        """How many facts the log has."""
        return len(self._stored_events)

    def wait(self, after: int, seconds: float) -> bool:
        """Whether it comes to hold more than `after` facts within so many seconds."""
        return until_more(self.size, after, seconds)

    def head(self) -> Head:
        """The end of the log."""
        with self._database_lock:
            size = len(self._stored_events)
            return Head(size, recorded_at(_line(size, self._stored_events[-1]))) if size else Head(0, "")

    def lines(self, after: int, limit: int) -> list[Line]:
        """Stored facts in the order of their positions."""
        with self._database_lock:
            chosen = self._stored_events[after : after + limit]
        return [_line(after + offset, event) for offset, event in enumerate(chosen, start=1)]

    def stream_lines(self, stream: str, types: Sequence[str] = ()) -> list[Line]:
        """The stored facts of one stream, of these types only where types are given."""
        with self._database_lock:
            places = list(self._stored_events_index.get(stream, {}).values())
            found = [_line(place + 1, self._stored_events[place]) for place in places]
        return [line for line in found if line.type in types] if types else found

    def nodes(self, positions: Sequence[int]) -> Mapping[int, bytes]:
        """The nodes of the tree that the facts at these positions complete."""
        return {position: self.kept.nodes[position - 1] for position in positions}

    def named(self, names: Iterable[str]) -> list[Standing]:
        """Everything that is called by one of these names."""
        rows = (row for name in names for row in self.kept.names.get(name, ()))
        return [Standing(row, len(self._stored_events_index[row.stream])) for row in rows]

    def names_of_kind(self, kind: str, limit: int) -> list[Named]:
        """Names in use for a kind, for suggestions."""
        return [row for name, rows in self.kept.names.items() if name.startswith(f"{kind}:") for row in rows][:limit]

    def names_beginning(self, begun: str) -> list[Named]:
        """Names in use that begin so, for the next number of a series."""
        return [row for name, rows in self.kept.names.items() if name.startswith(begun) for row in rows]

    def openings(self, positions: Iterable[int]) -> list[Opening]:
        """What lies behind the commitments of the facts at these positions, as far as it is still there."""
        return [opening for position in positions for opening in self.kept.vault.get(position, [])]

    def request(self, key: bytes) -> Request | None:
        """The request that was answered under a key."""
        return self.kept.requests.get(key)

    def secret(self, name: str) -> bytes | None:
        """A secret of this store, which no export carries."""
        return self.kept.secrets.get(name)

    def exports(self) -> list[Export]:
        """What was given out, in the order in which it was."""
        return list(self.kept.exports)

    def keys(self, wanted: Sequence[str] = ()) -> list[StoredKey]:
        """The keys of this store, of these ids only where some are given."""
        there = [key for key in self.kept.keys.values() if key and (not wanted or key.id in wanted)]
        return sorted(there, key=lambda key: (key.made_at, key.id))

    def note_export(self, export: Export) -> None:
        """Remember that something was given out."""
        self.kept.exports.append(export)

    def clean(self, *, patient: bool = True) -> None:  # noqa: ARG002 - as a file is cleaned
        """There is no file in which anything could remain."""
        self.kept.secrets.pop(UNCLEAN, None)

    def checkpoints(self) -> list[Checkpointed]:
        """The checkpoints that were signed for this log, the smallest first."""
        return [Checkpointed(size, note) for size, note in sorted(self.kept.checkpoints.items())]

    def close(self) -> None:
        """Nothing is held open."""


class MemoryWriter:
    """What one transaction reads and writes; nothing is seen of it until it ends."""

    def __init__(self, recorder: MemoryRecorder) -> None:
        self.events: list[StoredEvent] = []
        self.staged = Kept()
        self.size = recorder.size
        self.head = recorder.head
        self._stored_lines = recorder.lines
        self._stored_stream = recorder.stream_lines
        self.nodes = recorder.nodes
        self.named = recorder.named
        self.names_of_kind = recorder.names_of_kind
        self._request = recorder.request
        self.secret = recorder.secret

    def lines(self, after: int, limit: int) -> list[Line]:
        """Stored facts in the order of their positions, with those of this transaction."""
        found = self._stored_lines(after, limit)
        start = max(0, after - self.size())
        own = self.events[start : start + limit - len(found)]
        return found + [_line(self.size() + start + offset, event) for offset, event in enumerate(own, start=1)]

    def stream_lines(self, stream: str, types: Sequence[str] = ()) -> list[Line]:
        """The stored facts of one stream, with those of this transaction; of these types only where types are given."""
        size = self.size()
        own = (_line(size + offset, event) for offset, event in enumerate(self.events, start=1))
        found = [line for line in own if line.stream == stream and (not types or line.type in types)]
        return [*self._stored_stream(stream, types), *found]

    def add_lines(self, lines: Sequence[Line], nodes: Sequence[bytes]) -> None:
        """Stored facts, in the order of their positions, each with the nodes of the tree that it completes."""
        self.events += [StoredEvent(line.stream, line.n, line.type, line.state) for line in lines]
        self.staged.nodes += nodes

    def add_names(self, rows: Iterable[Named]) -> None:
        """Names by which things can be found."""
        for row in rows:
            self.staged.names.setdefault(row.name, []).append(row)

    def add_openings(self, rows: Iterable[tuple[int, Opening]]) -> None:
        """Sealed values, each with the position of its fact."""
        for position, opening in rows:
            self.staged.vault.setdefault(position, []).append(opening)

    def claim(self, key: bytes, request: Request) -> Request | None:
        """Keep a request under its key; the earlier one, where the key is taken already."""
        earlier = self._request(key)
        if earlier is None:
            self.staged.requests[key] = request
        return earlier

    def keep_checkpoint(self, kept: Checkpointed) -> None:
        """A checkpoint, in the place of the one of the same size."""
        self.staged.checkpoints[kept.size] = kept.note

    def note_export(self, export: Export) -> None:
        """Remember that something was given out."""
        self.staged.exports.append(export)

    def put_secret(self, name: str, value: bytes) -> None:
        """A secret of this store."""
        self.staged.secrets[name] = value

    def put_key(self, key: StoredKey) -> None:
        """A key, in the place of the one of the same id."""
        self.staged.keys[key.id] = key

    def drop_key(self, wanted: str) -> None:
        """Forget a key."""
        self.staged.keys[wanted] = None

    def empty(self, places: Iterable[Place], mark: Erased) -> None:
        """Put a mark in the place of sealed values and their salts."""
        self.staged.emptied |= dict.fromkeys(places, mark)

    def forget_requests(self, positions: Iterable[int]) -> None:
        """Forget the requests that recorded any of these facts."""
        self.staged.forgotten |= set(positions)


def _line(position: int, event: StoredEvent) -> Line:
    return Line(position, str(event.originator_id), event.originator_version, event.topic, event.state)
