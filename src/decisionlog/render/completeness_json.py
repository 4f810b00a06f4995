"""`completeness` as plain data, and as rows of a table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from msgspec.structs import asdict

from decisionlog.domain.answers.completeness import Completeness, Field, Judged, RecordJudged
from decisionlog.domain.saying import plain
from decisionlog.render.sheet import comma_separated

COLUMNS: Final = (
    "decision",
    "title",
    "on",
    "decision_makers",
    "profile",
    "recorded",
    "asked",
    "field",
    "status",
    "asked_by",
    "verified",
    "why",
    "evidence",
)
"""The columns of the table: a row for each field that a profile asks for of a decision."""


def completeness(answer: Completeness) -> dict[str, Any]:
    """The decisions, the least complete first, and the totals over them."""
    return {
        "basis": asdict(answer.basis),
        "asked": answer.asked,
        "profiles": answer.profiles,
        "items": [_item(item) for item in answer.items],
        "years": [
            asdict(total)
            | {"most_missed": [{"title": title, "missing": number} for title, number in total.most_missed]}
            for total in answer.years
        ],
        "fields": [asdict(total) for total in answer.fields],
        "left_out": answer.left_out,
        "names": answer.names,
        "notes": answer.notes,
    }


def sheet(answer: Completeness) -> Iterator[str]:
    """The lines of the table, its heading first, each with its end."""
    return comma_separated(COLUMNS, _rows(answer))


def _rows(answer: Completeness) -> Iterator[list[str]]:
    for item in answer.items:
        for judged in item.judged:
            for field in judged.fields:
                yield _row(item, judged, field)


def _row(item: RecordJudged, judged: Judged, field: Field) -> list[str]:
    return [
        item.stream,
        item.title,
        item.on,
        " ".join(item.makers),
        judged.profile,
        str(judged.recorded),
        str(judged.asked),
        field.name,
        field.status,
        field.asked_by,
        "yes" if field.verified else "no",
        field.why,
        " ".join(map(str, field.evidence)),
    ]


def _item(item: RecordJudged) -> dict[str, Any]:
    return {
        "stream": item.stream,
        "ref": item.ref,
        "title": item.title,
        "on": item.on,
        "decision_makers": item.makers,
        "recorded": item.recorded,
        "asked": item.asked,
        "missing": [field.name for field in item.missing],
        "profiles": [_judged(judged) for judged in item.judged],
        **({"beyond": [asdict(field) for field in item.beyond]} if item.beyond else {}),
        "evidence": item.evidence,
    }


def _judged(judged: Judged) -> dict[str, Any]:
    fields = [asdict(field) for field in judged.fields]
    return asdict(judged) | {"why": plain(judged.why), "fields": fields}
