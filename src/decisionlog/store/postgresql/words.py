"""The words of facts on a server: found by an index of its own, ranked as SQLite's full-text index ranks them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import log
from typing import Any, Final

from sqlalchemy import Connection

_MADE: Final = "array_to_tsvector(string_to_array(words, ' '))"
_LONGEST: Final = 255
"""Characters of a word that are looked at: the index takes 2,046 bytes."""
_MOST: Final = 900_000
"""Bytes of the words of one fact: the index takes a megabyte."""
_OVERHEAD: Final = 16
_K1: Final = 1.2
_B: Final = 0.75
_LEAST: Final = 1e-6
"""The weight of a word that stands in more than half of all facts."""


class PostgreSQLWords:
    """A table of folded words, with an index over them."""

    def make(self, rows: Connection, table: str) -> None:
        """Make an index that is empty."""
        rows.exec_driver_sql(
            f'CREATE TABLE {table} (position BIGINT PRIMARY KEY, words TEXT COLLATE "C" NOT NULL, '
            f'kind TEXT COLLATE "C" NOT NULL, tokens INTEGER NOT NULL, found TSVECTOR GENERATED ALWAYS AS ({_MADE}) STORED)'
        )
        rows.exec_driver_sql(f"CREATE INDEX {table}_words ON {table} USING gin (found)")

    def put(self, rows: Connection, table: str, written: Sequence[tuple[int, str, str]]) -> None:
        """Add facts, or put them in the place of what was there."""
        if written:
            insert = (
                f"INSERT INTO {table} (position, words, kind, tokens) VALUES (?, ?, ?, ?) ON CONFLICT (position) "  # noqa: S608 - our own name
                "DO UPDATE SET words = excluded.words, kind = excluded.kind, tokens = excluded.tokens"
            )
            counted = ((at, *_counted(words), kind) for at, words, kind in written)
            driver: Any = rows.connection.dbapi_connection
            driver.cursor().executemany(insert, [(at, words, kind, count + 1) for at, words, count, kind in counted])

    def take_out(self, rows: Connection, table: str, positions: Sequence[int]) -> None:
        """Take facts out."""
        rows.exec_driver_sql(f"DELETE FROM {table} WHERE position = ANY(?)", (list(positions),))  # noqa: S608 - our own name

    def purge(self, rows: Connection, table: str) -> None:
        """Cleaning writes every table anew."""

    def matching(
        self, rows: Connection, table: str, words: Sequence[str], kind: str, position: int, limit: int
    ) -> list[int]:
        """The best first, by the formula of SQLite's `bm25`: what is asked, not the database, decides the order."""
        phrases = [*((word[:_LONGEST], False) for word in words[:-1]), (words[-1][:_LONGEST], True)]
        where = "found @@ ?::tsquery AND position <= ?" + (" AND kind = ?" if kind else "")
        asked = " & ".join(_lexeme(word, begun=begun) for word, begun in phrases)
        query = f"SELECT position, words, tokens FROM {table} WHERE {where}"  # noqa: S608 - our own names
        found = rows.exec_driver_sql(query, (asked, position, *([kind] if kind else []))).all()
        if len(found) < 2:
            return [one[0] for one in found][:limit]
        weights = [self._weight(rows, table, word, begun=begun) for word, begun in phrases]
        of_kind = self._weight_of_kind(rows, table, kind) if kind else 0.0
        mean = rows.exec_driver_sql(f"SELECT avg(tokens)::float8 FROM {table}").scalar_one()  # noqa: S608 - our own name
        ranked = []
        for at, text, tokens in found:
            stretch = _K1 * (1 - _B + _B * tokens / mean)
            counts = [_times(text, word, begun=begun) for word, begun in phrases]
            score = sum(
                weight * count * (_K1 + 1) / (count + stretch) for weight, count in zip(weights, counts, strict=True)
            )
            ranked.append((-score - of_kind * (_K1 + 1) / (1 + stretch), -at))
        return [-at for _, at in sorted(ranked)[:limit]]

    def _weight(self, rows: Connection, table: str, word: str, *, begun: bool) -> float:
        hits = f"SELECT count(*) FROM {table} WHERE found @@ ?::tsquery"  # noqa: S608 - our own names
        return _inverse(
            rows.exec_driver_sql(hits, (_lexeme(word, begun=begun),)).scalar_one(),
            rows.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one(),  # noqa: S608 - our own name
        )

    def _weight_of_kind(self, rows: Connection, table: str, kind: str) -> float:
        query = f"SELECT count(*) FILTER (WHERE kind = ?), count(*) FROM {table}"  # noqa: S608 - our own name
        hits, every = rows.exec_driver_sql(query, (kind,)).one()
        return _inverse(hits, every)


def _times(text: str, word: str, *, begun: bool) -> int:
    """How often a word stands in a text of words, or a word that begins so."""
    return f" {text}".count(f" {word}") if begun else text.split(" ").count(word)


def _inverse(hits: int, every: int) -> float:
    """How much a word tells that stands in so many of all facts."""
    return max(log((every - hits + 0.5) / (hits + 0.5)), _LEAST)


def _lexeme(word: str, *, begun: bool) -> str:
    return f"'{word}'{':*' if begun else ''}"


def _counted(words: str) -> tuple[str, int]:
    """The words that the index looks at, and how many there are."""
    kept = list(_within(words.split()))
    return " ".join(kept), len(kept)


def _within(words: Sequence[str]) -> Iterator[str]:
    left = _MOST
    for word in words:
        cut = word[:_LONGEST]
        left -= len(cut.encode()) + _OVERHEAD
        if left < 0:
            return
        yield cut
