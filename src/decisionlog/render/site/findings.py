"""Findings as their page shows them: by how grave they are, rule by rule, each rule with one anchor."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from msgspec import Struct

from decisionlog.domain.answers.checking import SEVERITIES, Checked, FindingTold

_HEADINGS: Final = {"error": "Errors", "warning": "Warnings", "info": "For information"}
_NOT_EVIDENCED: Final = "Could not be told: something that is needed is not recorded"


class OfRule(Struct, frozen=True):
    """What one rule found."""

    rule: str
    anchor: str
    """Empty, where another of the page has it."""
    items: tuple[FindingTold, ...]


def by_severity(checked: Checked) -> Iterator[tuple[str, list[OfRule]]]:
    """The parts of the page, each with its heading: the gravest first, what could not be judged last."""
    evidenced = [one for one in checked.items if one.evidenced]
    parts = [(_HEADINGS[severity], [one for one in evidenced if one.severity == severity]) for severity in SEVERITIES]
    parts.append((_NOT_EVIDENCED, [one for one in checked.items if not one.evidenced]))
    anchored: set[str] = set()
    for heading, items in parts:
        if items:
            yield heading, list(_by_rule(items, anchored))


def _by_rule(items: Sequence[FindingTold], anchored: set[str]) -> Iterator[OfRule]:
    for rule, several in groupby(items, key=lambda one: one.rule):
        yield OfRule(rule, "" if rule in anchored else rule, tuple(several))
        anchored.add(rule)
