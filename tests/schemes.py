"""Scheme files against a log: what a file would record, what it records, and the log's scheme as a file."""

from __future__ import annotations

from datetime import datetime

from decisionlog.commands.record_facts import Plain, RecordFacts, record_facts
from decisionlog.domain.answers.scheme import SchemeDifference
from decisionlog.exchange.scheme.reading import SchemeFile, read_scheme
from decisionlog.exchange.scheme.writing import scheme_lines
from decisionlog.exchange.written import read_yaml
from decisionlog.questions.point import Asked
from decisionlog.questions.scheme import scheme
from decisionlog.questions.scheme_difference import difference
from decisionlog.render.page import Page
from decisionlog.render.scheme import scheme_difference
from decisionlog.store.log import Log
from tests.scenario import BY, NOW, new_log


def read(text: str) -> SchemeFile:
    """What a file wants, and what is wrong with it."""
    return read_scheme(read_yaml("file.yaml", text.encode()))


def planned(log: Log, text: str, *, on: str | None = None, known: str | None = None) -> SchemeDifference:
    """How a file without mistakes differs from a log."""
    found = read(text)
    assert found.mistakes == []
    return difference(log, Asked(on, known), NOW, found.name, found.wanted, found.also)


def told(log: Log, text: str, **point: str | None) -> list[str]:
    """The lines of the plan of a file."""
    return list(scheme_difference(planned(log, text, **point), Page()))


def apply(log: Log, text: str, *, now: datetime = NOW) -> list[tuple[str, str]]:
    """Record what a file says and the log does not have: the types and streams that were recorded."""
    answer = planned(log, text)
    assert answer.twice == ()
    if not answer.plain:
        return []
    facts = [Plain(*one) for one in answer.plain]
    receipt = record_facts(log, RecordFacts(facts, BY, now, size=answer.basis.position, again=True))
    return [(fact.type, fact.stream) for fact in receipt.facts]


def holding(text: str) -> Log:
    """A new log that holds what a file says."""
    log = new_log()
    apply(log, text)
    return log


def exported(log: Log, *, on: str | None = None, known: str | None = None) -> str:
    """The scheme of a log as a file."""
    return "".join(f"{line}\n" for line in scheme_lines(scheme(log, Asked(on, known), NOW)))
