"""What was found before, kept beside the read models in the log's own file: to be read without judging anything again.

It can be thrown away: it holds nothing that the facts do not give.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from msgspec import Struct, json
from sqlalchemy import BigInteger, Column, Connection, Index, MetaData, String, Table, text

from decisionlog import __version__
from decisionlog.checks.finding import RULE_SET, Answer, Finding, Judged, Severity
from decisionlog.domain.saying import Day, Field, Hat, LastDay, Named, Part, Said, Words, Worth
from decisionlog.settings import BUILT_IN
from decisionlog.store.builds import print_of
from decisionlog.store.databases import database_of

_TABLES: Final = MetaData()
Table("findings", _TABLES, Column("subject", String, primary_key=True), Column("found", String, nullable=False))
Table(
    "findings_rest_on",
    _TABLES,
    Column("word", String, primary_key=True),
    Column("before", BigInteger, primary_key=True),
    Column("subject", String, primary_key=True),
    Index("findings_rest_on_by_subject", "subject"),
    sqlite_with_rowid=False,
)
Table(
    "findings_reached",
    _TABLES,
    Column("position", BigInteger, nullable=False),
    Column("judged_by", String, nullable=False),
)

_FORMERLY: Final = "findings_looked_at"
"""What findings rested on was once kept here, at great length."""
_KEPT_IN: Final = ("findings", "findings_rest_on", "findings_reached")


def judged_by(legal_bases: str) -> str:
    """By what is judged, in a word: by any other program, rules or table of legal bases everything is judged again.

    `legal_bases` is the setting `rules`: the built-in table, or a file.
    """
    table = legal_bases if legal_bases == BUILT_IN else sha256(Path(legal_bases).expanduser().read_bytes()).hexdigest()
    return f"decisionlog {__version__}, findings {RULE_SET}, legal bases {table}"


def reached(rows: Connection, by: str) -> int:
    """Up to which position everything was judged by this; 0, where nothing was."""
    if not all(database_of(rows).has_table(rows, table) for table in _KEPT_IN):
        return 0
    return rows.execute(text("SELECT position FROM findings_reached WHERE judged_by = :r"), {"r": by}).scalar() or 0


def resting_on(rows: Connection, changed: Mapping[str, int]) -> Iterator[str]:
    """The subjects for which one of these was looked at, where what is new of it, from a moment on, matters."""
    asked = text("SELECT subject FROM findings_rest_on WHERE word = :w AND before > :t")
    for word, at in sorted(changed.items()):
        yield from rows.execute(asked, {"w": word, "t": at}).scalars()


def everything(rows: Connection) -> Iterator[Finding]:
    """Every finding that is kept."""
    for (found,) in rows.exec_driver_sql("SELECT found FROM findings ORDER BY subject"):
        yield from _findings(found)


def of(rows: Connection, subject: str) -> list[Finding]:
    """What is kept of one subject."""
    found = rows.execute(text("SELECT found FROM findings WHERE subject = :s"), {"s": subject}).scalar()
    return list(_findings(found)) if found else []


def keep(rows: Connection, judged: Sequence[Judged], before: int, position: int, by: str) -> None:
    """Keep what was found up to a position after another (0: from nothing), unless somebody else did meanwhile."""
    database_of(rows).make_tables(rows, _TABLES, if_missing=True)
    if reached(rows, by) != before:
        return  # what they kept says the same
    _put(rows, judged, anew=not before)
    rows.exec_driver_sql("DELETE FROM findings_reached")
    rows.execute(text("INSERT INTO findings_reached VALUES (:p, :r)"), {"p": position, "r": by})


def forget(rows: Connection) -> None:
    """Throw away what is kept: everything is judged again the next time it is asked for."""
    database_of(rows).make_tables(rows, _TABLES, if_missing=True)
    for table in _KEPT_IN:
        rows.exec_driver_sql(f"DELETE FROM {table}")  # noqa: S608 - our own names


def prints(rows: Connection) -> tuple[int, ...]:
    """A number for each table of what is kept, the same for the same rows."""
    return tuple(print_of(rows, table) for table in _KEPT_IN[:-1])


def _put(rows: Connection, judged: Sequence[Judged], *, anew: bool) -> None:
    if anew:
        rows.exec_driver_sql("DELETE FROM findings")
        rows.exec_driver_sql("DELETE FROM findings_rest_on")
    subjects_ = [{"s": one.subject} for one in judged]
    found = [{"s": one.subject, "f": _written(one.findings)} for one in judged if one.findings]
    looked_at = [{"w": word, "t": at, "s": one.subject} for one in judged for word, at in one.looked_at.items()]
    for statement, values in (
        ("DELETE FROM findings WHERE subject = :s", [] if anew else subjects_),
        ("DELETE FROM findings_rest_on WHERE subject = :s", [] if anew else subjects_),
        ("INSERT INTO findings VALUES (:s, :f)", found),
        ("INSERT INTO findings_rest_on VALUES (:w, :t, :s)", looked_at),
    ):
        if values:
            rows.execute(text(statement), values)


def _written(findings: Sequence[Finding]) -> str:
    return json.encode(findings).decode()


class _Kept(Struct):
    """A finding as it is kept: what is said, in parts that are told apart by their fields."""

    rule: str
    version: int
    severity: Severity
    subject: str
    said: list[Any]
    evidence: tuple[int, ...]
    since: int
    until: int
    evidenced: bool
    answers: tuple[Answer, ...]


_DECODER: Final = json.Decoder(list[_Kept])


def _findings(written: str) -> Iterator[Finding]:
    for one in _DECODER.decode(written):
        yield Finding(
            one.rule,
            one.version,
            one.severity,
            one.subject,
            _said(one.said),
            one.evidence,
            one.since,
            one.until,
            one.evidenced,
            one.answers,
        )


_PARTS: Final = {frozenset(part.__struct_fields__): part for part in (Named, Hat, Day, LastDay, Words, Field, Worth)}


def _said(plain: Iterable[Any]) -> Said:
    parts: list[Part] = [part if isinstance(part, str) else _PARTS[frozenset(part)](**part) for part in plain]
    return tuple(parts)
