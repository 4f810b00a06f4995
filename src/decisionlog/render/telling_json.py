"""What is told, as JSON: facts, lines, sections; and any part of an answer under the names of its fields."""

from __future__ import annotations

from typing import Any

from msgspec.structs import asdict

from decisionlog.domain.answers.telling import FactShown, Line, Section
from decisionlog.domain.saying import plain


def plain_of(value: Any) -> dict[str, Any]:
    """A part of an answer under the names of its fields, `from_` as `from`."""
    return {name.rstrip("_"): part for name, part in asdict(value).items()}


def fact_told(fact: FactShown) -> dict[str, Any]:
    """A fact told; its sentence and the notes on it as plain text. Its source is named with the place in it."""
    plain_fact = plain_of(fact) | {"notes": [plain(note) for note in fact.notes]}
    del plain_fact["said"], plain_fact["source_name"]
    return plain_fact


def section_told(section: Section) -> dict[str, Any]:
    """One part of a page."""
    items = [line_told(line) for line in section.lines]
    return {"title": section.title, "items": items, "left_out": section.left_out, "none": section.none}


def line_told(line: Line) -> dict[str, Any]:
    """One line, its sentences as plain text."""
    return {
        "label": line.label,
        "text": plain(line.said),
        "more": [plain(more) for more in line.more],
        "evidence": line.evidence,
    }
