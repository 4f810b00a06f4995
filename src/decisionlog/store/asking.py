"""Questions to a store that answers each on a connection that it lends for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager

from decisionlog.store.batch import Checkpointed, Export, Head, Named, Opening, Request, Standing, StoredKey
from decisionlog.store.codec import Line
from decisionlog.store.statements import Reader, Writer


class Asked:
    """What can be asked of a recorder, each on its own; a subclass lends the connection."""

    def reading(self) -> AbstractContextManager[Reader]:
        """Questions on one connection."""
        raise NotImplementedError

    def writing(self) -> AbstractContextManager[Writer]:
        """One transaction: what is written in it is durable when it ends, or nothing is."""
        raise NotImplementedError

    def size(self) -> int:
        """How many facts the log has."""
        with self.reading() as reader:
            return reader.size()

    def head(self) -> Head:
        """The end of the log."""
        with self.reading() as reader:
            return reader.head()

    def lines(self, after: int, limit: int) -> list[Line]:
        """Stored facts in the order of their positions."""
        with self.reading() as reader:
            return reader.lines(after, limit)

    def stream_lines(self, stream: str, types: Sequence[str] = ()) -> list[Line]:
        """The stored facts of one stream, of these types only where types are given."""
        with self.reading() as reader:
            return reader.stream_lines(stream, types)

    def nodes(self, positions: Sequence[int]) -> Mapping[int, bytes]:
        """The nodes of the tree that the facts at these positions complete."""
        with self.reading() as reader:
            return reader.nodes(positions)

    def named(self, names: Iterable[str]) -> list[Standing]:
        """Everything that is called by one of these names."""
        with self.reading() as reader:
            return reader.named(names)

    def names_of_kind(self, kind: str, limit: int) -> list[Named]:
        """Names in use for a kind, for suggestions."""
        with self.reading() as reader:
            return reader.names_of_kind(kind, limit)

    def names_beginning(self, begun: str) -> list[Named]:
        """Names in use that begin so, for the next number of a series."""
        with self.reading() as reader:
            return reader.names_beginning(begun)

    def openings(self, positions: Iterable[int]) -> list[Opening]:
        """What lies behind the commitments of the facts at these positions, as far as it is still there."""
        with self.reading() as reader:
            return reader.openings(positions)

    def request(self, key: bytes) -> Request | None:
        """The request that was answered under a key."""
        with self.reading() as reader:
            return reader.request(key)

    def secret(self, name: str) -> bytes | None:
        """A secret of this store, which no export carries."""
        with self.reading() as reader:
            return reader.secret(name)

    def exports(self) -> list[Export]:
        """What was given out, in the order in which it was."""
        with self.reading() as reader:
            return reader.exports()

    def keys(self, wanted: Sequence[str] = ()) -> list[StoredKey]:
        """The keys of this store, of these ids only where some are given."""
        with self.reading() as reader:
            return reader.keys(wanted)

    def note_export(self, export: Export) -> None:
        """Remember that something was given out. Raises `Unusable` where the log cannot be written."""
        with self.writing() as writer:
            writer.note_export(export)

    def checkpoints(self) -> list[Checkpointed]:
        """The checkpoints that were signed for this log, the smallest first."""
        with self.reading() as reader:
            return reader.checkpoints()
