"""What a clerk who reads the records has before him: the book, the people, and how matters stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from elections import Election, elections
from people import People
from plain import Book, Fact, Record


@dataclass
class Matter:
    """How matters stand with one proposal."""

    submitted: Fact | None = None
    status: Fact | None = None
    decision: Fact | None = None
    put_off: Fact | None = None
    announced: Fact | None = None
    delegation: Fact | None = None
    granted: int = 0
    related: list[dict[str, str]] = field(default_factory=list)


class Desk:
    """The records in hand, and what was made of them so far."""

    def __init__(self, book: Book, records: Sequence[Record]) -> None:
        self.book = book
        self.people = People(records)
        self.elections: list[Election] = elections(records, self.people)
        self.matters: defaultdict[str, Matter] = defaultdict(Matter)
        self.seats: dict[tuple[str, str], Fact] = {}
        self.reign: dict[str, Fact] = {}
        changes = (one for one in records if one["kind"] == "proposal_status")
        self._changes = {(one["proposal"], one["source"]): one for one in changes}

    def proposal(self, key: str) -> str:
        """A reference to a proposal, known or not."""
        return self.book.cite(f"proposal:{key}")

    def submitted(self, record: Record) -> Fact:
        """The fact that opened the proposal of a record."""
        return self.book.opening(f"proposal:{record['proposal']}")

    def function(self, name: str, parent: str | None = None) -> str:
        """A reference to a function, which is catalogued when it is first named."""
        reference = f"function:{name}"
        if not self.book.has(reference):
            above = self.function(parent) if parent else None
            self.book.open(reference, {"ref": name, "name": name, "parent": above})
        return reference

    def meeting(self, key: str) -> str:
        """A reference to a meeting, known or not."""
        return self.book.cite(f"meeting:{key}")

    def party(self, name: str | None) -> str | None:
        """The one person or body meant by a name."""
        return next(iter(self.people.parties([name] if name else [])), None)

    def status_before(self, decision: Record) -> str | None:
        """The label that the proposal had until the commit that records a decision."""
        change = self._changes.get((decision["subject"], decision["source"]))
        return None if change is None else change.get("previous")
