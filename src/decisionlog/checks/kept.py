"""What was found before, and what was looked at for it: a subject is judged again only when something of that changed.

It is kept beside the read models in the log's own file, and can be thrown away: it holds nothing that the facts do not give.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import sha256
from typing import Any, Final

from msgspec import convert, json
from sqlalchemy import Connection, text

from decisionlog import __version__
from decisionlog.checks.finding import Answer, Finding, Severity
from decisionlog.checks.judging import Judged, judge, subjects
from decisionlog.checks.record import Record, touched
from decisionlog.checks.rule import RULE_SET, rules
from decisionlog.domain.references import split
from decisionlog.domain.saying import Day, Field, Hat, LastDay, Named, Part, Said, Words, Worth
from decisionlog.store.catch_up import ReadModels
from decisionlog.store.log import Log

Progress = Callable[[int, int], None]
"""Called with how many subjects were judged, and how many are to be."""

_AT_ONCE: Final = 500
_TABLES: Final = (
    "CREATE TABLE IF NOT EXISTS findings (subject TEXT NOT NULL PRIMARY KEY, found TEXT NOT NULL)",
    """CREATE TABLE IF NOT EXISTS findings_looked_at (
        word TEXT NOT NULL, subject TEXT NOT NULL, PRIMARY KEY (word, subject)
    ) WITHOUT ROWID""",
    "CREATE INDEX IF NOT EXISTS findings_looked_at_subject ON findings_looked_at (subject)",
    "CREATE TABLE IF NOT EXISTS findings_reached (position BIGINT NOT NULL, judged_by TEXT NOT NULL)",
)


class Kept:
    """The findings of one log at its end, by all rules."""

    def __init__(self, log: Log, models: ReadModels) -> None:
        self._log = log
        self._models = models

    def findings(self, record: Record, rows: Connection, progress: Progress | None = None) -> Iterator[Finding]:
        """Every finding up to the record's position, which is the end of the log as the read models have reached it."""
        judged_by = _judged_by(record)
        reached = _reached(rows, judged_by)
        again = self._changed(record, rows, reached) if reached else list(subjects(record))
        judged = []
        for number, subject in enumerate(again, start=1):
            judged.append(judge(record, subject))
            if progress:
                progress(number, len(again))
        if again or reached != record.position:
            self._keep(judged, reached, record.position, judged_by)
        new = {one.subject for one in judged}
        if reached:
            yield from (finding for finding in _kept(rows) if finding.subject not in new)
        for one in judged:
            yield from one.findings

    def _changed(self, record: Record, rows: Connection, reached: int) -> list[str]:
        """The subjects for which something was looked at that the facts since have changed, and those that are new."""
        facts = list(self._log.facts(reached, record.position))
        words = touched(facts, self._log.stream)
        kinds = {kind for rule in rules().values() for kind in rule.about}
        new = dict.fromkeys(fact.stream for fact in facts if fact.n == 1 and split(fact.stream)[0] in kinds)
        return list(dict.fromkeys([*_looking_at(rows, words), *new]))

    def _keep(self, judged: Sequence[Judged], before: int, position: int, judged_by: str) -> None:
        """Keep what was found, unless somebody else did meanwhile: then theirs stays, which says the same."""
        with self._models.keeping() as rows:
            if rows is None:
                return
            for statement in _TABLES:
                rows.exec_driver_sql(statement)
            if _reached(rows, judged_by) != before:
                return
            _put(rows, judged, anew=not before)
            rows.exec_driver_sql("DELETE FROM findings_reached")
            rows.execute(text("INSERT INTO findings_reached VALUES (:p, :r)"), {"p": position, "r": judged_by})


def _put(rows: Connection, judged: Sequence[Judged], *, anew: bool) -> None:
    if anew:
        rows.exec_driver_sql("DELETE FROM findings")
        rows.exec_driver_sql("DELETE FROM findings_looked_at")
    subjects_ = [{"s": one.subject} for one in judged]
    found = [{"s": one.subject, "f": _written(one.findings)} for one in judged if one.findings]
    looked_at = [{"s": one.subject, "w": word} for one in judged for word in sorted(one.looked_at)]
    for statement, values in (
        ("DELETE FROM findings WHERE subject = :s", [] if anew else subjects_),
        ("DELETE FROM findings_looked_at WHERE subject = :s", [] if anew else subjects_),
        ("INSERT INTO findings VALUES (:s, :f)", found),
        ("INSERT INTO findings_looked_at VALUES (:w, :s)", looked_at),
    ):
        if values:
            rows.execute(text(statement), values)


def _judged_by(record: Record) -> str:
    """By what is judged, in a word: any other rules, table of legal bases or program judges everything again."""
    by = [__version__, RULE_SET, *(f"{rule.id}.{rule.version}" for rule in rules().values()), repr(record.table)]
    return sha256("\n".join(by).encode()).hexdigest()


def _reached(rows: Connection, judged_by: str) -> int:
    """Up to which position everything was judged by these rules; 0, where nothing was."""
    there = rows.exec_driver_sql("SELECT count(*) FROM sqlite_master WHERE name = 'findings_reached'").scalar()
    if not there:
        return 0
    found = rows.execute(text("SELECT position FROM findings_reached WHERE judged_by = :r"), {"r": judged_by})
    return found.scalar() or 0


def _looking_at(rows: Connection, words: Iterable[str]) -> Iterator[str]:
    wanted = sorted(words)
    for start in range(0, len(wanted), _AT_ONCE):
        among = {f"w{number}": word for number, word in enumerate(wanted[start : start + _AT_ONCE])}
        names = ", ".join(f":{name}" for name in among)
        query = f"SELECT DISTINCT subject FROM findings_looked_at WHERE word IN ({names})"  # noqa: S608 - names of parameters
        yield from rows.execute(text(query), among).scalars()


def _kept(rows: Connection) -> Iterator[Finding]:
    for (found,) in rows.exec_driver_sql("SELECT found FROM findings ORDER BY subject"):
        yield from (_read(one) for one in json.decode(found))


def _written(findings: Sequence[Finding]) -> str:
    return json.encode(findings).decode()


def _read(plain: dict[str, Any]) -> Finding:
    return Finding(
        **{
            **plain,
            "severity": Severity(plain["severity"]),
            "said": _said(plain["said"]),
            "evidence": tuple(plain["evidence"]),
            "answers": convert(plain["answers"], tuple[Answer, ...]),
        }
    )


_PARTS: Final = {frozenset(part.__struct_fields__): part for part in (Named, Hat, Day, LastDay, Words, Field, Worth)}


def _said(plain: Iterable[Any]) -> Said:
    parts: list[Part] = [part if isinstance(part, str) else _PARTS[frozenset(part)](**part) for part in plain]
    return tuple(parts)
