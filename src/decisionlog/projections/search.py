"""Search: the words of every fact, as an index only. Table, fold, queries.

The index holds no text: what is shown of a fact is opened from the vault when it is asked for. What was erased there
leaves the index when its erasure is folded, or when the index is emptied and built anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, Final

from msgspec import Struct
from sqlalchemy import Column, Connection, MetaData, String, Table

from decisionlog.domain.erased import Erased
from decisionlog.domain.facts.envelope import Data, Fact
from decisionlog.domain.facts.record import RecordCorrected
from decisionlog.domain.facts.shape import fields_of
from decisionlog.domain.facts.typed import is_commitment
from decisionlog.domain.references import split
from decisionlog.domain.text import folded
from decisionlog.store.databases import database_of
from decisionlog.store.log import Log
from decisionlog.store.read_model import ReadModel

MOST_WORDS: Final = 64
"""Different words of one question."""

_WORD = re.compile(r"[^\W_]+")
_OPEN: Final = frozenset({"label", "text"})
_ERASING: Final = frozenset({"record.value_erased", "person.erased"})
_LEFT_OUT: Final = frozenset({"row", "log"})
"""Kinds whose words are not searched: rows of sheets, which say again what was made of them, and the log's own fact."""


class Search(ReadModel):
    """The words of every fact, at its position."""

    name = "search"
    version = 1
    shown = ("position",)

    @classmethod
    def define(cls, table_name: str, metadata: MetaData) -> Table:  # noqa: ARG003 - no table that could be made of its definition
        """An index of words, as it is read."""
        return Table(table_name, MetaData(), *(Column(name, String) for name in ("position", "words", "kind")))

    def make(self, rows: Connection) -> None:
        """Make the index, which each database has in its own way."""
        database_of(rows).words.make(rows, self.table.name)

    def fold(self, facts: Sequence[Fact], rows: Connection, log: Log) -> None:
        """Add the words of these facts; take out those that were erased from the vault."""
        found = [fact for fact in facts if fact.kind not in _LEFT_OUT]
        erased = dict.fromkeys(fact.stream for fact in found if fact.type in _ERASING)
        openings = log.openings(found)
        written = [(fact.position, words, fact.kind) for fact in found if (words := " ".join(words_of(fact, openings)))]
        self._insert_words(rows, written)
        limit = facts[-1].position
        for stream in erased:
            self._write_anew(rows, [fact for fact in log.stream(stream) if fact.position <= limit], log)

    def purge(self, rows: Connection) -> None:
        """Let nothing remain of words that were taken out."""
        database_of(rows).words.purge(rows, self.table.name)

    def _insert_words(self, rows: Connection, written: list[tuple[int, str, str]]) -> None:
        folded_ = [(at, " ".join(_WORD.findall(folded(words))), kind) for at, words, kind in written]
        database_of(rows).words.put(rows, self.table.name, folded_)

    def _write_anew(self, rows: Connection, facts: list[Fact], log: Log) -> None:
        database_of(rows).words.take_out(rows, self.table.name, [fact.position for fact in facts])
        openings = log.openings(facts)
        written = [(fact.position, " ".join(words_of(fact, openings)), fact.kind) for fact in facts]
        self._insert_words(rows, [one for one in written if one[1]])


def matching(rows: Connection, words: Sequence[str], kind: str, position: int, limit: int) -> list[int]:
    """The positions, up to one, of the facts in which every word stands, the last of them perhaps only begun; the best first."""
    table = _serving(rows)
    if table is None or not words:
        return []
    return database_of(rows).words.matching(rows, table, words, kind, position, limit)


def words_in(text: str) -> list[str]:
    """The words of a text as the index has them: letters and digits only, folded, each once, in their order."""
    return list(dict.fromkeys(_WORD.findall(folded(text))))


def words_of(fact: Fact, openings: Mapping[str, Any]) -> Iterator[str]:
    """The texts of a fact: its labels and names, what was sealed and can be opened, and the key of what it opens."""
    if fact.n == 1:
        yield split(fact.stream)[1]
    if isinstance(fact.data, RecordCorrected):
        for change in fact.data.changes:
            if is_commitment(change.now):
                yield from _texts(openings.get(change.now["$private"]))
            elif isinstance(change.now, str):
                yield change.now
    if isinstance(fact.data, Data):
        yield from _words(fact.data, openings)


def _words(holder: Struct, openings: Mapping[str, Any]) -> Iterator[str]:
    for attribute, many, meaning in _wordy(type(holder)):
        value: Any = getattr(holder, attribute)
        for one in () if value is None else value if many else (value,):
            if meaning == "part":
                yield from _words(one, openings)
            elif meaning == "sealed":
                yield from _texts(openings.get(one.digest))
            else:
                yield one


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str) and not isinstance(value, Erased):
        yield value


@cache
def _wordy(model: type[Struct]) -> tuple[tuple[str, bool, str], ...]:
    """The fields of a type that hold words, or parts that do: attribute, many, meaning."""
    found = []
    for shape in fields_of(model).values():
        part = shape.meaning == "part" and shape.part is not None and _wordy(shape.part)
        if part or shape.meaning == "sealed" or shape.meaning in _OPEN:
            found.append((shape.attribute, shape.many, shape.meaning))
    return tuple(found)


def _serving(rows: Connection) -> str | None:
    """The table that is read: an index of words cannot be asked through a view."""
    query = "SELECT version, build FROM read_models WHERE name = 'search' AND serving"
    found = rows.exec_driver_sql(query).first()
    return f"search_v{found[0]}_{found[1]}" if found else None
