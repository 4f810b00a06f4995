"""The log as everybody may see it: exempt facts by their hash alone, and the words of what is open and names nobody.

Line N is still the fact at position N, or stands for it, so that the root is the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import orjson

from decisionlog.domain.access import (
    OPEN,
    Held,
    held,
    is_named_to_everybody,
    is_of_the_software,
    is_past,
    is_withheld,
    names_nobody,
    type_corrected,
)
from decisionlog.domain.belonging import PART_OF_ANOTHER, part_of
from decisionlog.domain.known import Known, read
from decisionlog.domain.sealed import commitments
from decisionlog.store import tree
from decisionlog.store.batch import Opening
from decisionlog.store.codec import Line, canonical, decode
from decisionlog.store.log import Log
from decisionlog.store.transfer import opening_line

_SAYS = b'"access":{'
_DEEP = 3
"""How far it is followed what something is part of: an action, of a decision, about which there is a disagreement."""


class Overdue(NamedTuple):
    """Something that is still kept from the public after the day for which its release or review was set."""

    stream: str
    position: int
    day: str


class Publishing:
    """What of a log may be shown to everybody at a moment."""

    def __init__(self, log: Log, size: int, now: int) -> None:
        self._log = log
        self._size = size
        self._now = now
        restricted, parts = self._spoken_of()
        self._held = {stream: self._of(stream) for stream in restricted}
        for _ in range(_DEEP):
            for stream in parts:
                self._hold_as_what_it_is_part_of(stream)

    def _spoken_of(self) -> tuple[dict[str, None], dict[str, None]]:
        """The streams in which anything is said of access, and those that are part of something else; all others are open."""
        restricted: dict[str, None] = {}
        parts: dict[str, None] = {}
        for line in self._log.lines(0, self._size):
            if _SAYS in line.state:
                restricted[line.stream] = None
            if line.type in PART_OF_ANOTHER:
                parts[line.stream] = None
        return restricted, parts

    def _hold_as_what_it_is_part_of(self, stream: str) -> None:
        """Hold a disagreement, or an action, as what it is about, where that is not open and nothing is said of itself."""
        own = self._held.get(stream, {})
        facts = [fact for fact in self._log.stream(stream) if fact.position <= self._size]
        of = part_of(facts) | part_of(read(facts, Known(), self._log.zone).facts)
        closed = [how for thing in sorted(of) if not (how := self.how(thing, 1)).is_open]
        if closed:
            self._held[stream] = {fact.n: own[fact.n] if _is_closed(own, fact.n) else closed[0] for fact in facts}

    def _of(self, stream: str) -> dict[int, Held]:
        facts = [fact for fact in self._log.stream(stream) if fact.position <= self._size]
        return held(facts, self._log.zone, self._now)

    def how(self, stream: str, n: int) -> Held:
        """How one fact is held."""
        return self._held.get(stream, {}).get(n, OPEN)

    def is_withheld(self, line: Line) -> bool:
        """Whether the whole of a fact is kept from the public."""
        if is_of_the_software(line.stream):
            return True
        how = self.how(line.stream, line.n)
        return not how.is_open and is_withheld(line.type, commitments(orjson.loads(line.state)), how)

    def lines(self) -> Iterator[bytes]:
        """One line a fact, with its newline: the stored bytes, or the hash of its leaf where it is withheld."""
        for line in self._log.lines(0, self._size):
            spoken_of = line.stream in self._held or is_of_the_software(line.stream)
            if spoken_of and line.position > 1 and self.is_withheld(line):
                yield canonical({"$withheld": tree.leaf_hash(line.state).hex()}) + b"\n"
            else:
                yield line.state + b"\n"

    def openings(self) -> Iterator[bytes]:
        """What opens the words of open facts that name nobody, or somebody whose name is public, as lines of a vault's file."""
        for line in self._log.lines(0, self._size):
            yield from (opening_line(line.position, opening) for opening in self.openings_of(line))

    def openings_of(self, line: Line) -> Iterator[Opening]:
        """The same of one fact."""
        how = self.how(line.stream, line.n)
        if b'"$private"' not in line.state or not how.is_open or is_of_the_software(line.stream):
            return
        fact = decode(line)
        corrected = type_corrected(fact, self._log.stream)
        pointers = {digest: pointer for pointer, digest in commitments(orjson.loads(line.state)).items()}
        for opening in sorted(self._log.recorder.openings([line.position]), key=lambda one: one.digest):
            pointer = pointers.get(opening.digest, "")
            shown = is_named_to_everybody(line.stream, how) or names_nobody(fact, pointer, corrected)
            if opening.salt and pointer and shown:
                yield opening

    def overdue(self) -> list[Overdue]:
        """What is kept from the public longer than was set."""
        found = {
            (stream, how.position, day): None
            for stream, of_each in self._held.items()
            for how in of_each.values()
            for day in (how.release_on, how.review_on)
            if not how.is_open and is_past(day, self._log.zone, self._now)
        }
        return [Overdue(*one) for one in found]


def _is_closed(held_: Mapping[int, Held], n: int) -> bool:
    return n in held_ and not held_[n].is_open
