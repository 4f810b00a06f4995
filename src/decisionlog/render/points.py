"""Both times of an answer, as its first sentence says them."""

from __future__ import annotations

from typing import Final

from decisionlog.domain.answers.basis import Basis
from decisionlog.render.words import in_prose

_DAY: Final = len("2026-03-12")


def asked_when(basis: Basis, *, is_now: bool) -> str:
    """`On 1 October 2025, as known today,`; what is asked of now needs no day."""
    known = basis.known_at
    at = "Now" if is_now else f"{_preposition(basis.as_at)} {in_prose(basis.as_at)}"
    if known == basis.as_at:
        return f"{at}," if is_now else f"{at}, as known then,"
    if known.startswith("@"):
        return f"{at}, as known at position {known[1:]},"
    return f"{at}, as known on {in_prose(known)}," if len(known) <= _DAY else f"{at}, as known today,"


def _preposition(as_at: str) -> str:
    """Of a month or a year its end is meant, of a time the moment."""
    return "On" if len(as_at) == _DAY else "At the end of" if len(as_at) < _DAY else "At"
