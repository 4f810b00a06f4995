"""Why something is withheld, in the words of a page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from decisionlog.domain.exemptions import FOIA, LAW_12A, Ground
from decisionlog.render.words import NOT_RECORDED, label, listed_in_words, spoken

_LAWS: Final[Mapping[str, str]] = {
    LAW_12A: "paragraph {} of Schedule 12A to the Local Government Act 1972: {}",
    FOIA: "section {} of the Freedom of Information Act 2000: {}",
}
_LEVELS: Final[Mapping[str, str]] = {
    "exempt": "exempt",
    "part-exempt": "exempt in part",
    "confidential": "confidential: the government gave it on that condition, or the law or a court forbids to publish it",
    "private-nhs": "dealt with in private by an NHS body",
    "withheld-pending": "withheld until it is decided whether it is exempt",
}


OPENNESS: Final[Mapping[str, str]] = {"private": "In private", "part-private": "Partly in private"}
"""How a meeting was that was not wholly in public."""


def level(word: str) -> str:
    """What a level of access means, in words."""
    return _LEVELS.get(word, spoken(word))


def grounds(several: Iterable[Ground]) -> str:
    """The grounds, each with the law's words; that none is recorded, where that is so."""
    named = [_ground(one) for one in several]
    return listed_in_words(named) if named else f"the ground is {NOT_RECORDED}"


def _ground(one: Ground) -> str:
    return _LAWS[one.law].format(one.number, one.words) if one.law else "another ground, which is not told here"


def fields(names: Iterable[str]) -> str:
    """Which fields: `its text and its reasons`."""
    return listed_in_words([f"its {label(name).lower()}" for name in names])
