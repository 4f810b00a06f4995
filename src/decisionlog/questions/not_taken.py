"""Why a decision is not there at the point asked about."""

from __future__ import annotations

from typing import Final

from decisionlog.domain.known import never_was
from decisionlog.questions.point import day_of
from decisionlog.questions.telling import retracted
from decisionlog.questions.viewing import Viewing

_DAY: Final = len("2026-03-12")


def not_taken(viewing: Viewing, stream: str) -> str:
    """The sentence for a decision that was retracted, was not known by then, or had not been taken yet."""
    seen = viewing.of(stream)
    if never_was(seen.reading):
        return retracted(stream, seen.everything)
    basis = viewing.point.basis
    taken = next((one for one in seen.known() if one.fact.type == "decision.taken"), None)
    if taken is None:
        return f"That {stream} was taken was not known {day_of(basis.known_at)}."
    by = day_of(basis.as_at).removeprefix("on ")
    return f"{stream} had not been taken by {by}: it was taken on {taken.fact.on or taken.fact.said_at[:_DAY]}."
