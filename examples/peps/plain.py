"""Records as they are read and plain facts as they are written. It knows nothing of PEPs.

A plain fact is one JSON object a line, as `decisionlog import` takes it:

    {"type": "delegation.granted", "stream": "delegation:PEP 484 delegate#1", "on": "2015-04-18T06:44:19Z",
     "data": {"ref": "PEP 484 delegate#1", "delegates": ["person:p-068"]},
     "source": {"name": "peps.jsonl", "sha256": "...", "place": "line 2231; pep-0484.txt@12260a06...",
                "recorded_at": "2015-04-18T06:44:19Z", "recorded_by": "..."}}
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

LABEL_LIMIT = 200
UNKNOWN = "unknown"
OPENINGS = {
    "body": "body.constituted",
    "decision": "decision.taken",
    "delegation": "delegation.granted",
    "function": "function.catalogued",
    "meeting": "meeting.held",
    "person": "person.registered",
    "post": "post.established",
    "proposal": "proposal.submitted",
    "row": "row.imported",
}
"""What opens a stream of each kind."""
GO_BY_NAME = frozenset({"body", "post"})
"""Kinds of things that the source has by their names alone."""


class Unfit(Exception):
    """A record that no fact can be made of, and why."""


class Record(dict[str, Any]):
    """One line of the input, or several that say one thing together."""

    def __init__(self, fields: Mapping[str, Any], *lines: int, verbatim: Mapping[str, Any] | None = None) -> None:
        super().__init__(fields)
        self.lines = lines
        self.verbatim = dict(fields) if verbatim is None else verbatim

    def __missing__(self, name: str) -> Any:
        msg = f"the field {name!r} is missing"
        raise Unfit(msg)

    @property
    def said_at(self) -> str | None:
        """When the source said it; None where it does not tell."""
        return self.get("recorded_at")

    @property
    def place(self) -> str:
        """Where it stands: the line in the input, and the file and commit that the line was made from."""
        lines = ", ".join(map(str, self.lines))
        place = f"line{'s' * (len(self.lines) > 1)} {lines}"
        return label(f"{place}; {self['source']}" if "source" in self else place)


@dataclass(eq=False)
class Fact:
    """One plain fact in the making. Its place in its stream is known when all of them are there."""

    type: str
    stream: str
    data: dict[str, Any]
    source: dict[str, Any]
    on: str | None = None
    of: Fact | None = None
    n: int = 0
    corrected: dict[str, Any] = field(default_factory=dict)

    def now(self, path: str) -> Any:
        """The value at a JSON Pointer (or /on) as now corrected; None where nothing was recorded."""
        if path in self.corrected:
            return self.corrected[path]
        if path == "/on":
            return self.on
        value: Any = self.data
        for step in path.removeprefix("/").split("/"):
            value = value[int(step)] if isinstance(value, list) else value.get(step)
            if value is None:
                return None
        return value

    def plain(self) -> dict[str, Any]:
        """The fact as it is written."""
        of = {"stream": self.of.stream, "n": self.of.n} if self.of else None
        where = recorded({"type": self.type, "stream": self.stream, "on": self.on, "of": of})
        return {**where, "data": self.data, "source": self.source}


class Book:
    """The facts that were made so far, and from which lines."""

    def __init__(self, name: str, sha256: str) -> None:
        self._file = {"name": name, "sha256": sha256}
        self._record = Record({})
        self._opened: dict[str, Fact] = {}
        self._cited: dict[str, dict[str, Any]] = {}
        self._later: list[Fact] = []
        self.lines: set[int] = set()

    def turn_to(self, record: Record) -> None:
        """Take this record as the source of the facts that follow."""
        self._record = record

    def open(self, stream: str, data: Mapping[str, Any], on: str | None = None) -> Fact:
        """The first fact of a stream, of the type that its kind is opened by."""
        fact = self._fact(OPENINGS[stream.partition(":")[0]], stream, data, on, None)
        if self._opened.setdefault(stream, fact) is not fact:
            msg = f"{stream} was opened before"
            raise Unfit(msg)
        return fact

    def has(self, stream: str) -> bool:
        """Whether a stream was opened."""
        return stream in self._opened

    def opening(self, stream: str) -> Fact:
        """The fact that opened a stream."""
        if stream not in self._opened:
            msg = f"{stream} was not opened before"
            raise Unfit(msg)
        return self._opened[stream]

    def add(
        self, type_name: str, stream: str, data: Mapping[str, Any], on: str | None = None, of: Fact | None = None
    ) -> Fact:
        """A later fact of a stream."""
        fact = self._fact(type_name, stream, data, on, of)
        self._later.append(fact)
        return fact

    def tell(self, type_name: str, stream: str, data: Mapping[str, Any]) -> Fact:
        """A fact of this type, whether it opens its stream or not."""
        opens = type_name == OPENINGS.get(stream.partition(":")[0])
        return self.open(stream, data) if opens else self.add(type_name, stream, data)

    def correct(self, fact: Fact, changes: Mapping[str, Any], reason: str | None = None) -> None:
        """Say that a fact was recorded wrongly: the values at these paths are others. Without changes, say nothing."""
        listed = [recorded({"path": path, "was": fact.now(path), "now": now}) for path, now in changes.items()]
        if not listed:
            return
        told = {"changes": listed, "reason": reason}
        self.add("record.corrected", fact.stream, told, self._record.said_at, of=fact)
        fact.corrected.update(changes)

    def retract(self, fact: Fact, reason: str | None) -> None:
        """Say that the source dropped what it had said."""
        told = {"dropped_by_source": True, "reason": reason}
        self.add("record.retracted", fact.stream, told, self._record.said_at, of=fact)

    def keep(self) -> None:
        """Keep the record as it is, where it repeats another or says what is no fact of governance."""
        line = self._record.lines[0]
        ref = f"{self._file['name']} {line}"
        cells = [{"column": name, "verbatim": as_cell(value)} for name, value in self._record.verbatim.items()]
        self.open(f"row:{ref}", {"ref": ref, "row": line, "cells": cells})

    def keep_unless_told(self) -> None:
        """Keep the record as it is where no fact came of it."""
        if not self.lines.issuperset(self._record.lines):
            self.keep()

    def cite(self, reference: str) -> str:
        """A reference to a stream, which gets a stub where no record opens it."""
        self._cited.setdefault(reference, self._source())
        return reference

    def written(self) -> Iterator[str]:
        """Every fact as a line: all that open a stream, then the rest as the source said them."""
        stubs = [
            Fact(OPENINGS[kind], f"{kind}:{key}", {"ref": key, **({"name": key} if kind in GO_BY_NAME else {})}, source)
            for (kind, _, key), source in (
                (reference.partition(":"), source) for reference, source in self._cited.items()
            )
            if f"{kind}:{key}" not in self._opened
        ]
        later = sorted(self._later, key=lambda fact: fact.source.get("recorded_at", "9999"))
        facts = [*self._opened.values(), *stubs, *later]
        last: dict[str, int] = {}
        for fact in facts:
            fact.n = last[fact.stream] = last.get(fact.stream, 0) + 1
        return (json.dumps(fact.plain(), ensure_ascii=False) for fact in facts)

    def _fact(self, type_name: str, stream: str, data: Mapping[str, Any], on: str | None, of: Fact | None) -> Fact:
        self.lines.update(self._record.lines)
        return Fact(type_name, label(stream), recorded(data), self._source(), on, of)

    def _source(self) -> dict[str, Any]:
        record = self._record
        by = None if record.get("recorder") == UNKNOWN else record.get("recorder")
        return recorded({**self._file, "place": record.place, "recorded_at": record.said_at, "recorded_by": by})


def recorded(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Fields without those that hold nothing: absent is *not recorded*."""
    return {name: value for name, value in fields.items() if value not in (None, "", {})}


def label(text: str) -> str:
    """A text that may stand open: one line, and short."""
    if len(text) > LABEL_LIMIT or "\n" in text:
        msg = f"a label is one line of at most {LABEL_LIMIT} characters, this is {text[:60]!r}..."
        raise Unfit(msg)
    return text


def as_cell(value: Any) -> str:
    """A value as it would stand in one cell."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
