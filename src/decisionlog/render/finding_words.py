"""A finding in words: its subject as people call it, and its sentence.

There may be thousands in one answer: each is worded with the names of what it mentions itself, from names that are told
apart once.
"""

from __future__ import annotations

from collections.abc import Mapping

from decisionlog.domain.answers.checking import FindingTold
from decisionlog.domain.saying import references_of
from decisionlog.domain.text import visible
from decisionlog.render.words import in_prose, in_words, last_day, mentioned, positions, told_apart


def subject(one: FindingTold, names: Mapping[str, str]) -> str:
    """What it is about, as people call it. `names` are told apart."""
    return mentioned(one.subject, _within(names, one.subject))


def sentence(one: FindingTold, names: Mapping[str, str]) -> str:
    """What was found, without a full stop. `names` are told apart."""
    return in_words(one.said, _within(names, *references_of(one.said)), begins=False)


def whoever(reference: str, names: Mapping[str, str]) -> str:
    """Somebody who said something to a finding. `names` are told apart."""
    return mentioned(reference, _within(names, reference))


def until_when(until: str) -> str:
    """The last day of what ends with this moment, in prose; of a time, the time."""
    last = last_day(until)
    return in_prose(until) if last.startswith("until") else in_prose(last)


def on_a_page(one: FindingTold, names: Mapping[str, str]) -> str:
    """A finding on the page of what it is about: `possible: its value ... [555, 66] (GL01; explained on 3 May 2026)`."""
    held = next((answer for answer in reversed(one.answers) if answer.holds), None)
    said = held or next((answer for answer in reversed(one.answers) if answer.is_over), None)
    answered = f"; {said.status}{f' on {in_prose(said.on)}' if said.on else ''}" if said else ""
    answered += ", which holds no longer" if said and not held else ""
    return f"{sentence(one, told_apart(names))} {positions(one.evidence)} ({one.rule}{visible(answered)})"


def _within(names: Mapping[str, str], *references: str) -> dict[str, str]:
    return {reference: names[reference] for reference in references if reference in names}
