"""Findings as comma-separated values, for a spreadsheet: a line each, no cell of which a spreadsheet takes for a formula."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from decisionlog.domain.answers.checking import AnswerTold, Checked, FindingTold
from decisionlog.render.finding_words import sentence, subject
from decisionlog.render.sheet import comma_separated
from decisionlog.render.words import told_apart

COLUMNS: Final = (
    "rule",
    "title",
    "severity",
    "status",
    "evidenced",
    "subject",
    "subject_name",
    "sentence",
    "since",
    "until",
    "evidence",
    "answered_by",
    "answered_on",
    "reason",
    "review_by",
    "source",
)


def checked(answer: Checked) -> Iterator[str]:
    """The heading, then a line for each finding, each with its end."""
    names = told_apart(answer.names)
    return comma_separated(COLUMNS, (_cells(one, names) for one in answer.items))


def _cells(one: FindingTold, names: Mapping[str, str]) -> list[str]:
    held = next((each for each in reversed(one.answers) if each.holds), None)
    return [
        one.rule,
        one.title,
        one.severity,
        one.status,
        "yes" if one.evidenced else "no",
        one.subject,
        subject(one, names),
        sentence(one, names),
        one.since,
        one.until,
        " ".join(map(str, one.evidence)),
        *_answered(held),
        one.source,
    ]


def _answered(held: AnswerTold | None) -> list[str]:
    return [held.by, held.on, held.reason, held.review_by] if held else [""] * 4
