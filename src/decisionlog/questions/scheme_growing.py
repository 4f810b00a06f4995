"""Lists of an entry that grow, such as its codes: what is new in one, or ended, is a fact of that day and no correction."""

from __future__ import annotations

from typing import Any

from msgspec import Struct, field

from decisionlog.domain.scheme import Entry, Growing, Later

Listed = dict[str, Any]
"""One of such a list: a code with its days, a parent."""


class Grown(Struct):
    """What the file's list comes to."""

    data: dict[str, Any]
    """What is to be compared with the opening: its own list, with what the file says of it."""
    later: list[tuple[Later, dict[str, Any], str]] = field(default_factory=list)
    """Facts to come: their key, their data and their day."""
    covered: set[int] = field(default_factory=set)
    """Positions of later facts that the file's list says."""
    left: list[str] = field(default_factory=list)
    """Lists of which the log has more than the file."""


def grown(wanted: dict[str, Any], entry: Entry) -> Grown:
    """What the lists of an entry have gained, and lost, since it was opened."""
    found = Grown(dict(wanted))
    for growing in entry.section.grows:
        if growing.field in wanted and isinstance(wanted[growing.field], list):
            _One(growing, entry, found).compare(wanted[growing.field])
    return found


class _One:
    def __init__(self, growing: Growing, entry: Entry, found: Grown) -> None:
        assert entry.opening is not None
        self._growing = growing
        self._found = found
        self._part = next(part for part in entry.section.later if part.key == growing.key)
        self._own: list[Listed] = entry.opening.fact.data.get(growing.field, [])
        self._since = [item.fact for item in entry.items if item.part is self._part]

    def compare(self, wanted: list[Listed]) -> None:
        """Take the file's list apart: what the opening said, what came later, what is to come."""
        said: dict[int, Listed] = {}
        new: list[Listed] = []
        for one in wanted:
            own = next((index for index, other in enumerate(self._own) if self._same(one, other)), None)
            if own is not None:
                said[own] = self._without_end(one, self._own[own])
            elif (known := next((other for other in self._given_later() if self._same(one, other)), None)) is not None:
                self._without_end(one, known)
            elif "from" in one:
                self._found.later.append((self._part, {self._growing.into: [one]}, one["from"]))
            else:
                new.append(one)
        self._found.data[self._growing.field] = [said.get(index, own) for index, own in enumerate(self._own)] + new
        if len(said) < len(self._own):
            self._found.left.append(self._growing.field)
        for fact in self._since:
            listed = fact.data.get(self._growing.into, [])
            if listed and all(any(self._same(each, one) for one in wanted) for each in listed):
                self._found.covered.add(fact.position)

    def _without_end(self, one: Listed, known: Listed) -> Listed:
        """It, compared: an end that the log did not foresee is a fact of its day, there or to come."""
        if "until" not in one or "until" in known:
            return one
        growing = self._growing
        if growing.leaves:
            ended = any(one[growing.same] in fact.data.get(growing.leaves, []) for fact in self._since)
            data: dict[str, Any] = {growing.leaves: [one[growing.same]]}
        else:
            ended = any(self._same(one, each) and "until" in each for each in self._given_later())
            data = {growing.into: [one]}
        if not ended:
            self._found.later.append((self._part, data, one["until"]))
        else:
            self._cover_leaving(one)
        return {name: value for name, value in one.items() if name != "until"}

    def _cover_leaving(self, one: Listed) -> None:
        leaves = self._growing.leaves
        for fact in self._since if leaves else ():
            if fact.data.get(leaves) == [one[self._growing.same]]:
                self._found.covered.add(fact.position)

    def _given_later(self) -> list[Listed]:
        return [each for fact in self._since for each in fact.data.get(self._growing.into, [])]

    def _same(self, one: Listed, other: Listed) -> bool:
        """Whether both are one, from the same day on."""
        return all(one.get(name) == other.get(name) for name in (self._growing.same, "from"))
