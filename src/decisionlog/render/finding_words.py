"""A finding in words: its subject as people call it, and its sentence.

There may be thousands in one answer: each is worded with the names of what it mentions itself, from names that are told
apart once.
"""

from __future__ import annotations

from collections.abc import Mapping

from decisionlog.domain.answers.checking import FindingTold
from decisionlog.domain.saying import references_of
from decisionlog.render.words import in_words, mentioned


def subject(one: FindingTold, names: Mapping[str, str]) -> str:
    """What it is about, as people call it. `names` are told apart."""
    return mentioned(one.subject, _within(names, one.subject))


def sentence(one: FindingTold, names: Mapping[str, str]) -> str:
    """What was found, without a full stop. `names` are told apart."""
    return in_words(one.said, _within(names, *references_of(one.said)), begins=False)


def whoever(reference: str, names: Mapping[str, str]) -> str:
    """Somebody who said something to a finding. `names` are told apart."""
    return mentioned(reference, _within(names, reference))


def _within(names: Mapping[str, str], *references: str) -> dict[str, str]:
    return {reference: names[reference] for reference in references if reference in names}
