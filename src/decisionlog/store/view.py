"""A log as somebody may see it: the same positions and the same tree, with nothing in it of what is kept back from them.

Whatever is asked of such a log is answered from what it gives; nothing needs to be taken out of an answer. What is
recorded through it goes into the log itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

import orjson

from decisionlog.domain.access import names_nobody, type_corrected
from decisionlog.domain.sealed import commitments
from decisionlog.store.batch import Checkpointed, Export, Head, Named, Opening, Request, Standing
from decisionlog.store.codec import Line, decode, recorded_at
from decisionlog.store.kept_back import KeptBack, kept_back
from decisionlog.store.log import Log
from decisionlog.store.shown import Shown
from decisionlog.store.withheld import is_withheld, last_shown, withheld

if TYPE_CHECKING:
    from decisionlog.store.recorders import Recorder

_AT_ONCE: Final = 500


class ViewRecorder:
    """What a log's recorder answers, of what is shown."""

    def __init__(self, recorder: Recorder, shown: Shown, place: str) -> None:
        self._recorder = recorder
        self.shown = shown
        self.place = place
        """Names the view and how it stands: nothing says where the log lies."""

    @property
    def read_only(self) -> bool:
        """Whether the log can only be read."""
        return bool(getattr(self._recorder, "read_only", False))

    def writing(self) -> Any:
        """A transaction of the log itself."""
        return self._recorder.writing()

    def size(self) -> int:
        """How many facts the log has, shown or not."""
        return self.shown.size

    def head(self) -> Head:
        """The end of the log, and when the last fact that is shown was recorded: of others, not even that is told."""
        last = last_shown(self.lines, self.shown.size)
        return Head(self.shown.size, recorded_at(last) if last else "")

    def lines(self, after: int, limit: int) -> list[Line]:
        """What stands at these positions: facts, and entries that stand for those that are kept back."""
        limit = min(limit, self.shown.size - after)
        found = self._recorder.lines(after, limit) if limit > 0 else []
        return [withheld(line) if self.shown.of(line).hidden else line for line in found]

    def stream_lines(self, stream: str, types: Sequence[str] = ()) -> list[Line]:
        """The facts of one stream that are shown."""
        found = self._recorder.stream_lines(stream, types)
        return [line for line in found if line.position <= self.shown.size and not self.shown.of(line).hidden]

    def nodes(self, positions: Sequence[int]) -> Mapping[int, bytes]:
        """The nodes of the tree, which is over all facts: a hash tells nothing of a fact, whose salt is kept back with it."""
        return self._recorder.nodes(positions)

    def named(self, names: Iterable[str]) -> list[Standing]:
        """Everything that is called by one of these names, where what calls it so is shown."""
        return [called for called in self._recorder.named(names) if self._is_shown(called.named)]

    def names_of_kind(self, kind: str, limit: int) -> list[Named]:
        """Names in use for a kind."""
        return [named for named in self._recorder.names_of_kind(kind, limit) if self._is_shown(named)]

    def names_beginning(self, begun: str) -> list[Named]:
        """Names in use that begin so, shown or not: a number is given once, and says nothing but how many there are."""
        return self._recorder.names_beginning(begun)

    def openings(self, positions: Iterable[int]) -> list[Opening]:
        """What lies behind the commitments of the facts at these positions, of what may be read."""
        positions = [at for at in positions if at <= self.shown.size]
        found = {opening.digest: opening for opening in self._recorder.openings(positions)}
        return [opening for line in self._at(positions) for opening in self._of(line, found)] if found else []

    def request(self, key: bytes) -> Request | None:
        """The request that was answered under a key, where what it recorded is shown."""
        found = self._recorder.request(key)
        return found if found and all(not is_withheld(line) for line in self.lines(found.first - 1, 1)) else None

    def secret(self, name: str) -> bytes | None:
        """A secret of the store: needed to know a request again, and told nobody."""
        return self._recorder.secret(name)

    def exports(self) -> list[Export]:
        """What was given out is no part of a view."""
        return []

    def checkpoints(self) -> list[Checkpointed]:
        """The checkpoints that were signed for this log."""
        return [kept for kept in self._recorder.checkpoints() if kept.size <= self.shown.size]

    def kept_back(self) -> list[KeptBack]:
        """That things are kept back, and on what grounds: nothing of what they are."""
        return list(kept_back(Log(self._recorder), self.shown))

    def wait(self, after: int, seconds: float) -> bool:
        """Whether the log comes to hold more than `after` facts, shown or not, within so many seconds."""
        return self._recorder.wait(after, seconds)

    def close(self) -> None:
        """Let go of the store."""
        self._recorder.close()

    def _is_shown(self, named: Named) -> bool:
        if named.position > self.shown.size:
            return False
        if not self.shown.speaks_of(named.stream):
            return True
        return not any(is_withheld(line) for line in self.lines(named.position - 1, 1))

    def _at(self, positions: Iterable[int]) -> Iterator[Line]:
        """The facts at these positions that are shown; what follows each other is read at once."""
        wanted = sorted({at for at in positions if 0 < at <= self.shown.size})
        for _, run in groupby(enumerate(wanted), key=lambda one: one[1] - one[0]):
            together = [at for _, at in run]
            for start in range(0, len(together), _AT_ONCE):
                first, last = together[start], together[start : start + _AT_ONCE][-1]
                yield from (line for line in self.lines(first - 1, last - first + 1) if not is_withheld(line))

    def _of(self, line: Line, found: Mapping[str, Opening]) -> Iterator[Opening]:
        words = self.shown.of(line).words
        if words == "none" or b'"$private"' not in line.state:
            return
        pointers = {
            digest: pointer for pointer, digest in commitments(orjson.loads(line.state)).items() if digest in found
        }
        if words == "all":
            yield from (found[digest] for digest in pointers)
            return
        fact = decode(line)
        corrected = type_corrected(fact, self._recorder.stream_lines)
        yield from (found[digest] for digest, pointer in pointers.items() if names_nobody(fact, pointer, corrected))
