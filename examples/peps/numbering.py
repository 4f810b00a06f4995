"""Records put in order, and those put together that say one thing.

A number that was given up may go to another proposal later, and the source then tells the second as corrections of the
first. Here the second is a proposal of its own, `PEP 13~2`, which people call PEP 13 as they did the first.
"""

from __future__ import annotations

from collections.abc import Iterable

from plain import Record

_NUMBERS = ("proposal", "subject", "scope", "old", "new", "declared_by")
_HEADERS = {"title": "title", "type": "type", "created": "at"}
_FIRST = {"proposal_opened": 0, "appointment_ended": 1, "delegation_ended": 1, "delegation_changed": 1, "delegation": 1}


def called(key: str) -> str:
    """What people call the proposal of this key."""
    return key.partition("~")[0]


def commit(record: Record) -> str:
    """The commit that a record was made from."""
    return str(record["source"]).partition("@")[2]


def put_together(records: Iterable[Record]) -> list[Record]:
    """The records by the source's clock, undated ones last, every number naming one proposal only.

    Of one instant, what opens a proposal comes first, then what ends or passes on a power, then what was done with it.
    """
    ordered = sorted(records, key=lambda one: (one.said_at or "9999", _FIRST.get(one["kind"], 2), one.lines))
    told = _Numbers().told_apart(ordered)
    return _with_former_numbers(_with_first_sponsors(told))


class _Numbers:
    """Which proposal has which number at the moment, and what its headers say."""

    def __init__(self) -> None:
        self._keys: dict[str, str] = {}
        self._headers: dict[str, Record] = {}
        self._given_up: set[str] = set()
        self._opened_again: dict[str, Record] = {}

    def told_apart(self, records: Iterable[Record]) -> list[Record]:
        told: list[Record] = []
        for record in records:
            number = record.get("proposal", "")
            if number in self._given_up:
                told.append(self._open_again(number, record))
            if record["kind"] == "proposal_opened":
                self._headers[number] = Record(record, *record.lines)
            opening = self._opened_again.get(number)
            _change(self._headers.get(number), record)
            if opening is not None and opening["source"] == record.get("source") and _change(opening, record):
                opening.lines = tuple(sorted({*opening.lines, *record.lines}))
                continue
            told.append(self._renamed(record))
            if record["kind"] == "proposal_removed":
                told[-1]["title"] = self._headers[number]["title"] if number in self._headers else None
                self._given_up.add(number)
        return told

    def _open_again(self, number: str, record: Record) -> Record:
        """The first record of a number that was given up opens another proposal, with the headers that are kept."""
        self._given_up.remove(number)
        ordinal = int(self._keys.get(number, "").partition("~")[2] or 1)
        self._keys[number] = f"{number}~{ordinal + 1}"
        said = {name: record[name] for name in ("source", "recorded_at", "recorder") if name in record}
        told = {**self._headers.get(number, {}), **said, "kind": "proposal_opened", "proposal": self._keys[number]}
        self._opened_again[number] = Record(told, *record.lines)
        return self._opened_again[number]

    def _renamed(self, record: Record) -> Record:
        """The record with the keys of the proposals that had the numbers when it was made."""
        keys = {name: self._keys.get(record[name], record[name]) for name in _NUMBERS if name in record}
        if "proposals" in record:
            keys["proposals"] = [self._keys.get(number, number) for number in record["proposals"]]
        return Record({**record, **keys}, *record.lines, verbatim=record.verbatim)


def _change(headers: Record | None, record: Record) -> bool:
    """Write what a record changes into the headers; whether it changes any."""
    if headers is None:
        return False
    if record["kind"] == "authors_changed":
        headers["authors"] = record["authors"]
    elif record["kind"] == "correction" and record["field"] in _HEADERS:
        headers[_HEADERS[record["field"]]] = record.get("value")
    else:
        return False
    return True


def _with_first_sponsors(records: list[Record]) -> list[Record]:
    """A sponsor who is named where the proposal is opened belongs to what opens it."""
    openings = {(one["proposal"], one["source"]): one for one in records if one["kind"] == "proposal_opened"}
    kept = []
    for record in records:
        opening = openings.get((record.get("proposal"), record.get("source")))
        if record["kind"] == "sponsor" and opening is not None and "actor" in record:
            opening["sponsor"] = record["actor"]
            opening.lines += record.lines
        else:
            kept.append(record)
    return kept


def _with_former_numbers(records: list[Record]) -> list[Record]:
    """A proposal opened under the title, and in the commit, in which another number was given up is the same matter."""
    given_up = {(commit(one), one["title"]): one["proposal"] for one in records if one["kind"] == "proposal_removed"}
    for record in records:
        if record["kind"] == "proposal_opened" and (former := given_up.get((commit(record), record["title"]))):
            record["moved_from"] = former
    return records
