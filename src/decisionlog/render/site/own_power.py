"""Decisions that rest on what their maker may do anyway, in the words of pages and of pictures: nothing was delegated."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from decisionlog.domain.answers.deciding import Hop
from decisionlog.domain.references import split
from decisionlog.render.words import NOT_RECORDED, OWN_POWER

_GIVEN_OTHERWISE: Final = frozenset({"acts", "succession", "duty"})
_IS_AN_IT: Final = frozenset({"body", "organisation"})


def is_own_power(one: Hop) -> bool:
    """Whether a step is what its maker may do anyway, or the organisation for which it acts: nobody had to delegate it."""
    is_given = one.kind in _GIVEN_OTHERWISE or one.delegation not in {"", NOT_RECORDED}
    return not is_given and (one.legal_basis == OWN_POWER or one.from_ in one.to)


def by_own_power(makers: Sequence[str]) -> str:
    """`by its own power, which nobody had to give it`."""
    it, its = ("it", "its") if len(makers) == 1 and split(makers[0])[0] in _IS_AN_IT else ("them", "their")
    return f"by {its} own power, which nobody had to give {it}"
