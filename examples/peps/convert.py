"""The records of Python's own governance as plain facts.

    python examples/peps/convert.py PEPS.jsonl > facts.jsonl
    decisionlog import facts.jsonl

Every line of the input becomes at least one fact, or goes to standard error with the reason why it could not (one
JSON object a line: `line`, `reason`); the exit code is then 1. Nothing but the standard library is needed.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

import decisions
import delegations
import minutes
import proposals
import regimes
import seats
from desk import Desk
from elections import day
from numbering import put_together
from plain import Book, Record, Unfit

Clerk = Callable[[Desk, Record], None]

HEADERS: Mapping[str, Clerk] = {
    "created": proposals.header_corrected,
    "title": proposals.header_corrected,
    "type": proposals.header_corrected,
    "Resolution": decisions.resolution_corrected,
}
"""What a correction is about, and who knows what to make of it."""


def corrected(desk: Desk, record: Record) -> None:
    """One header of a proposal says something else than before."""
    field = record["field"]
    if field not in HEADERS:
        raise Unfit(not_among("field", field, HEADERS))
    HEADERS[field](desk, record)


KINDS: Mapping[str, tuple[Clerk, str]] = {
    "proposal_opened": (proposals.opened, "proposal title authors source"),
    "proposal_status": (proposals.status, "proposal source"),
    "proposal_removed": (proposals.removed, "proposal source"),
    "authors_changed": (proposals.authors_changed, "proposal previous authors source"),
    "sponsor": (proposals.sponsor_changed, "proposal source"),
    "supersession": (proposals.superseded, "old new declared_by"),
    "correction": (corrected, "proposal field previous source"),
    "decision": (decisions.decided, "id subject outcome status source"),
    "election": (decisions.elected, "proposal body title voting_ended results"),
    "resolution_recorded": (decisions.resolution_recorded, "proposal url"),
    "delegation": (delegations.granted, "scope from to"),
    "delegation_changed": (delegations.changed, "proposal from to header"),
    "delegation_ended": (delegations.ended, "proposal"),
    "appointment": (seats.appointed, "body role actor"),
    "appointment_ended": (seats.seat_ended, "body actor"),
    "meeting": (minutes.held, "id body"),
    "minute_item": (minutes.considered, "meeting proposals text"),
    "attendance_count": (minutes.attended, "meeting count"),
}
"""Each kind of record, who knows what to make of it, and the fields that it cannot be without."""
_LISTS = frozenset({"authors", "decided_by", "delegate_of_record", "evidence", "proposals", "to"})


class Converted:
    """The facts that records became, and those that became none."""

    def __init__(self, name: str, text: bytes) -> None:
        self.rejects: list[dict[str, object]] = []
        self._book = Book(name, hashlib.sha256(text).hexdigest())
        records = put_together(self._read(text))
        self._desk = Desk(self._book, records)
        self._tell_who_is_who()
        for record in records:
            self._convert(record)

    def facts(self) -> Iterator[str]:
        """Every fact, a line each, in the order in which they are to be imported."""
        return self._book.written()

    def _read(self, text: bytes) -> Iterator[Record]:
        for number, line in enumerate(text.splitlines(), start=1):
            try:
                yield read(line, number)
            except (ValueError, Unfit) as fault:
                self._reject([number], fault)

    def _tell_who_is_who(self) -> None:
        for naming in self._desk.people.namings():
            self._book.turn_to(naming.record)
            self._book.tell(naming.type, naming.stream, naming.data)

    def _convert(self, record: Record) -> None:
        self._book.turn_to(record)
        try:
            regimes.read(self._desk, record)
            clerk, _ = KINDS[record["kind"]]
            clerk(self._desk, record)
        except Unfit as fault:
            self._reject(record.lines, fault)

    def _reject(self, lines: Iterable[int], fault: Exception) -> None:
        self.rejects += ({"line": line, "reason": str(fault)} for line in lines)


def read(line: bytes, number: int) -> Record:
    """One line of the input, if it is of a known kind and has what its kind cannot be without."""
    fields = json.loads(line)
    if not isinstance(fields, dict):
        msg = "not a JSON object"
        raise Unfit(msg)
    record = Record(fields, number)
    if record["kind"] not in KINDS:
        raise Unfit(not_among("kind", record["kind"], KINDS))
    for name in KINDS[record["kind"]][1].split():
        record[name]  # says itself that it is missing
    for name in _LISTS & record.keys():
        if not isinstance(record[name], list):
            msg = f"the field {name!r} is not a list"
            raise Unfit(msg)
    if "voting_ended" in record:
        day(record["voting_ended"])
    return record


def not_among(what: str, name: object, known: Iterable[str]) -> str:
    """The sentence for a word that is none of those known."""
    return f"the {what} {name!r} is not known; known are {', '.join(known)}"


def main(arguments: list[str]) -> int:
    """Convert the file that is named; 0 when every line became a fact."""
    if len(arguments) != 1:
        sys.stderr.write("usage: python convert.py PEPS.jsonl > facts.jsonl\n")
        return 2
    path = Path(arguments[0])
    converted = Converted(path.name, path.read_bytes())
    sys.stdout.writelines(f"{fact}\n" for fact in converted.facts())
    sys.stderr.writelines(f"{json.dumps(reject, ensure_ascii=False)}\n" for reject in converted.rejects)
    return 1 if converted.rejects else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
