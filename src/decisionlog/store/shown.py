"""What of a log may be shown to somebody at a moment: computed once, carried on with the log, never changed in place.

Stricter than a public export in three ways, since what is exempt must answer as absent: of a thing whose first fact is kept
back nothing is there, also not that it was made exempt; what is part of a thing, as a disagreement about it, is held as the
thing is; and who holds which key of the software is shown to nobody to whom not everything is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, Literal, NamedTuple

import orjson
from msgspec import Struct

from decisionlog.domain.access import changes_by_itself, held, is_named_to_everybody, is_of_the_software, is_withheld
from decisionlog.domain.belonging import PART_OF_ANOTHER, matter_of, part_of
from decisionlog.domain.days import OPEN_END
from decisionlog.domain.facts.envelope import Fact
from decisionlog.domain.known import Known, read
from decisionlog.domain.sealed import commitments
from decisionlog.store.codec import Line, decode
from decisionlog.store.log import Log

Words = Literal["none", "nobody's", "all"]
"""Which sealed words of a fact are there: none; those that name nobody; all."""

_SAYS: Final = b'"access":{'
_KINDS_OF_PARTS: Final = frozenset(name.partition(".")[0] for name in PART_OF_ANOTHER)
_DEEP: Final = 3
"""How far it is followed whose matter a thing is, and what it is part of: an action, of a decision, at a meeting."""


class Standing(NamedTuple):
    """How one fact is shown."""

    position: int
    hidden: bool = False
    words: Words = "nobody's"


class Shown(Struct, frozen=True):
    """What is shown of the first `size` facts: to everybody, and of the matters of these bodies all."""

    bodies: frozenset[str] = frozenset()
    size: int = 0
    at: int = 0
    """A moment at which it is shown so."""
    until: int = 0
    """The moment from which something may be shown otherwise, though nothing is recorded."""
    streams: Mapping[str, Mapping[int, Standing]] = {}
    """The facts of each stream that is not simply open, by their versions. Of all others, everything is shown."""
    said: frozenset[str] = frozenset()
    """The streams in which anything is said of access."""
    parts: Mapping[str, frozenset[str]] = {}
    """What each disagreement and each action is part of."""
    rests_on: Mapping[str, frozenset[str]] = {}
    """The other streams that say whose matter a stream is."""

    def of(self, line: Line) -> Standing:
        """How a fact is shown."""
        return self.streams.get(line.stream, {}).get(line.n) or Standing(line.position)

    def speaks_of(self, stream: str) -> bool:
        """Whether a stream is not simply open."""
        return stream in self.streams

    def continues(self, before: Shown) -> bool:
        """Whether all that stood before is shown now as it was then, so that what was read from it holds."""
        return before.size <= self.size and all(
            self._seen(stream, before.size) == before._seen(stream, before.size)
            for stream in self.streams.keys() | before.streams.keys()
            if self.streams.get(stream) is not before.streams.get(stream)
        )

    def _seen(self, stream: str, size: int) -> set[Standing]:
        """What of the first facts is not simply open."""
        return {
            one
            for one in self.streams.get(stream, {}).values()
            if one.position <= size and one != Standing(one.position)
        }


def following(before: Shown, log: Log, size: int, now: int) -> Shown:
    """What is shown at a later moment, or of a longer log."""
    if size == before.size and now < before.until:
        return before
    return _Looking(before, log, size, now).shown()


class _Looking:
    """One look at what is new in a log."""

    def __init__(self, before: Shown, log: Log, size: int, now: int) -> None:
        self._before = before
        self._log = log
        self._size = size
        self._now = now
        self._streams = dict(before.streams)
        self._said = set(before.said)
        self._parts = dict(before.parts)
        self._rests_on = dict(before.rests_on)

    def shown(self) -> Shown:
        touched = self._new()
        over = self._now >= self._before.until
        again = self._said if over else {one for one in self._said if self._is_touched(one, touched)}
        for stream in again:
            self._put(stream, self._stand(stream))
        self._follow_parts(touched | again)
        until = self._until() if again or over else self._before.until
        said, before = frozenset(self._said), self._before
        return Shown(before.bodies, self._size, self._now, until, self._streams, said, self._parts, self._rests_on)

    def _new(self) -> set[str]:
        """The streams in which anything is new; what is said in them of access, and of what they are part of, is noted."""
        touched: set[str] = set()
        for line in self._log.lines(self._before.size, self._size):
            touched.add(line.stream)
            if _SAYS in line.state or is_of_the_software(line.stream):
                self._said.add(line.stream)
            if line.stream.partition(":")[0] in _KINDS_OF_PARTS and line.type in {*PART_OF_ANOTHER, "record.corrected"}:
                self._parts[line.stream] = self._part_of(line)
        return touched

    def _part_of(self, line: Line) -> frozenset[str]:
        """What a thing is part of: as it was recorded, and as it was corrected; either may be the matter that is exempt."""
        facts = self._facts(line.stream)
        return part_of(facts) | part_of(read(facts, Known(), self._log.zone).facts)

    def _facts(self, stream: str) -> list[Fact]:
        return [fact for fact in self._log.stream(stream) if fact.position <= self._size]

    def _is_touched(self, stream: str, touched: set[str]) -> bool:
        return stream in touched or not touched.isdisjoint(self._rests_on.get(stream, ()))

    def _put(self, stream: str, standing: Mapping[int, Standing]) -> None:
        """Keep how a stream stands, where it is not simply open."""
        if any(one != Standing(one.position) for one in standing.values()):
            if self._streams.get(stream) != standing:
                self._streams[stream] = standing
        else:
            self._streams.pop(stream, None)

    def _stand(self, stream: str) -> dict[int, Standing]:
        """How the facts of a stream are shown by what is said in it."""
        lines = [line for line in self._log.recorder.stream_lines(stream) if line.position <= self._size]
        if is_of_the_software(stream):
            return {line.n: Standing(line.position, hidden=True, words="none") for line in lines}
        how = held([decode(line) for line in lines], self._log.zone, self._now)
        hidden = {line.n: is_withheld(line.type, commitments(orjson.loads(line.state)), how[line.n]) for line in lines}
        if self._is_own(stream) and not all(one.is_open for one in how.values()):
            return {line.n: Standing(line.position, words="all") for line in lines}
        absent = hidden.get(1, False)
        named = {n for n, one in how.items() if is_named_to_everybody(stream, one)}
        return {
            line.n: Standing(
                line.position,
                hidden=absent or hidden[line.n],
                words="all" if line.n in named else "nobody's" if how[line.n].is_open and not absent else "none",
            )
            for line in lines
        }

    def _follow_parts(self, again: set[str]) -> None:
        """Hold every part as what it is part of. What is said of access in a part itself comes on top of that."""
        for _ in range(_DEEP):
            found = {
                stream for stream, things in self._parts.items() if stream in again or not things.isdisjoint(again)
            }
            changed = set()
            for stream in found:
                openings = [
                    self._streams[thing][1] for thing in self._parts[stream] if 1 in self._streams.get(thing, {})
                ]
                if not openings and stream not in self._streams:
                    continue
                before = self._streams.get(stream)
                self._put(stream, self._as_part(stream, openings))
                if self._streams.get(stream) is not before:
                    changed.add(stream)
            again = changed
            if not again:
                return

    def _as_part(self, stream: str, openings: list[Standing]) -> dict[int, Standing]:
        own = self._stand(stream)
        absent = any(one.hidden for one in openings)
        sealed = absent or any(one.words == "none" for one in openings)
        if openings and not sealed and any(one.words == "all" for one in openings):
            return {n: Standing(one.position, words="all") for n, one in own.items()}
        return {
            n: Standing(one.position, one.hidden or absent, "none" if sealed else one.words) for n, one in own.items()
        }

    def _is_own(self, stream: str) -> bool:
        """Whether a stream is a matter of the bodies."""
        if not self._before.bodies:
            return False
        bodies, rests_on = whose(self._log, stream)
        self._rests_on[stream] = rests_on
        return not bodies.isdisjoint(self._before.bodies)

    def _until(self) -> int:
        zone, now = self._log.zone, self._now
        return min((changes_by_itself(self._facts(stream), zone, now) for stream in self._said), default=OPEN_END)


def whose(log: Log, stream: str, size: int | None = None) -> tuple[frozenset[str], frozenset[str]]:
    """The bodies whose matter a thing is, and the other streams that say so.

    By the first `size` facts, where that is given: what is opened later is known by all that is said of it.
    """
    bodies: set[str] = set()
    seen: set[str] = set()
    ahead: Iterable[str] = (stream,)
    for _ in range(_DEEP):
        further: set[str] = set()
        for one in set(ahead) - seen:
            seen.add(one)
            named, things = matter_of(first_of(log.stream(one), size))
            bodies |= named
            further |= things
        ahead = further
    return frozenset(bodies), frozenset(seen - {stream})


def first_of(facts: list[Fact], size: int | None) -> list[Fact]:
    """The facts of a stream among the first of the log; all of a stream that begins later."""
    if size is None or not facts or facts[0].position > size:
        return facts
    return [fact for fact in facts if fact.position <= size]
