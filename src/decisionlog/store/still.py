"""A log as it stands at this moment, of which very much is asked at once: what was read or made of it is kept."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any, Final, TypeVar

from decisionlog.domain.facts.envelope import Fact
from decisionlog.store.batch import Head
from decisionlog.store.log import Log

_KEPT: Final = 20_000
"""How many things are kept: what was asked for longest ago is forgotten first, so that a large log needs no more memory."""

T = TypeVar("T")


class StillLog(Log):
    """The same log, of which nothing is seen that is recorded from now on. Nothing can be made of it that is then changed."""

    def __init__(self, log: Log, kept: int = _KEPT) -> None:
        super().__init__(log.recorder)
        self._head = log.head()
        self._most = kept
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()

    def head(self) -> Head:
        """How many facts the log had, and when the last was recorded."""
        return self._head

    def size(self) -> int:
        """How many facts the log had."""
        return self._head.size

    def root(self, size: int) -> bytes:
        """The root of the tree over the first `size` facts."""
        return self.once(("root", size), lambda: Log.root(self, size))

    def stream(self, stream: str, types: Sequence[str] = ()) -> list[Fact]:
        """The facts of one stream, in order; of these types only where types are given."""

        def read() -> list[Fact]:
            return [fact for fact in Log.stream(self, stream, types) if fact.position <= self._head.size]

        return self.once(("stream", stream, *types), read)

    def openings(self, facts: Iterable[Fact]) -> dict[str, Any]:
        """What lies behind the commitments of these facts, by digest, as far as it is still there."""
        facts = tuple(facts)
        return self.once(("openings", *(fact.position for fact in facts)), lambda: Log.openings(self, facts))

    def position_known(self, known: str) -> int:
        """The last position that was recorded by a date (its end), a time, or up to a position (`@1234`)."""
        return self.once(("known", known), lambda: Log.position_known(self, known))

    def once(self, what: Hashable, make: Callable[[], T]) -> T:
        """What is made of the log as it stands: made once, and kept."""
        if what in self._kept:
            self._kept.move_to_end(what)
        else:
            self._kept[what] = make()
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        found: T = self._kept[what]
        return found
