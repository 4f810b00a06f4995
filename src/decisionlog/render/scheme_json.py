"""`scheme plan` as plain data."""

from __future__ import annotations

from typing import Any

from msgspec.structs import asdict

from decisionlog.domain.answers.scheme import Coming, Left, SchemeDifference
from decisionlog.render.scheme_words import said, said_left


def scheme_difference(answer: SchemeDifference) -> dict[str, Any]:
    """`items` in the order of the file; `facts` are the same as plain facts, in the order in which they are recorded."""
    corrections = sum(bool(one.changes) for one in answer.coming)
    return {
        "basis": asdict(answer.basis),
        "file": answer.file,
        "items": [_coming(one) for one in answer.coming],
        "left_alone": [_left(one) for one in answer.left],
        "counts": {
            "to_come": len(answer.coming) - corrections,
            "corrections": corrections,
            "agreeing": answer.agreeing,
            "left_alone": len(answer.left),
        },
        "withheld": answer.withheld,
        "facts": [fact for fact, _ in answer.plain],
    }


def _coming(one: Coming) -> dict[str, Any]:
    plain: dict[str, Any] = {"stream": one.stream, "type": one.type, "sentence": said(one)[2:], "place": one.place}
    if one.changes:
        changes = [
            {name: value for name, value in asdict(change).items() if value is not None} for change in one.changes
        ]
        return plain | {"changes": changes, "evidence": one.evidence}  # without `was`, where nothing was recorded
    return plain | {"on": one.on or "not recorded", "data": one.data}


def _left(one: Left) -> dict[str, Any]:
    return {
        "stream": one.stream,
        "type": one.fact.type if one.fact else one.section.opens,
        "fields": one.fields,
        "sentence": said_left(one),
        "evidence": one.evidence,
    }
