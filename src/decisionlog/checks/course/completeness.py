"""Whether the record of a decision holds what the law or guidance of whoever decided asks for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from decisionlog.checks.calendar import day_of
from decisionlog.checks.course.looking import Looker
from decisionlog.checks.determinations import Determination, determination
from decisionlog.checks.finding import Tripped
from decisionlog.checks.profiles.choosing import Chosen, chosen
from decisionlog.checks.profiles.circumstances import circumstances_of
from decisionlog.checks.profiles.gathering import record_of
from decisionlog.checks.profiles.judging import fields_of
from decisionlog.checks.profiles.record import DecisionRecord
from decisionlog.checks.profiles.table import ADVISORY, UNION, built_in
from decisionlog.checks.record import Record
from decisionlog.domain.answers.completeness import Field
from decisionlog.domain.days import day_start
from decisionlog.domain.saying import Said, joined

OF_OTHER_RULES: Final = frozenset(
    "authority value key notice urgent_ground urgent_consent interest_management interest_evidence dispensation "
    "access_reason report minutes_confirmed".split()
)
"""Fields of whose lack another rule speaks, where it matters."""
_LATER: Final = frozenset({"published"})
"""Fields that cannot be there on the day of the decision."""
_SOON: Final = timedelta(days=28)
"""By when these are there; the law says as soon as reasonably practicable."""
_OF_NOBODY: Final = frozenset({ADVISORY, UNION})
"""Profiles that no law or practice of a known decision-maker asks for."""


def incomplete_record(record: Record, decision: str) -> Iterator[Tripped]:
    """GL40: not recorded is what the law or guidance by which it is judged asks for in a text that was read."""
    taken = determination(record, decision)
    if taken is None or not taken.exercises:
        return
    gathered, applying = _gathered(record, taken)
    lacking = _lacking(gathered, applying)
    soon = day_start(day_of(taken.last, record.zone) + _SOON + timedelta(days=1), record.zone)
    for since, later in ((taken.first, False), (soon, True)):
        fields = [one for one in lacking if (one.name in _LATER) is later]
        if fields:
            asking = joined((one.profile.title,) for one in applying)
            said: Said = (
                "its record says nothing of ",
                *joined((one.title,) for one in fields),
                ", which is asked for of ",
                *asking,
            )
            yield Tripped(said, (taken.position,), since)


def _gathered(record: Record, taken: Determination) -> tuple[DecisionRecord, list[Chosen]]:
    """What bears on a decision, and the profiles of known decision-makers by which it is judged."""
    looker, world = Looker(record), record.at(taken.last)
    stream = looker.of(taken.stream)
    opening = stream.first("decision.taken")
    assert opening is not None
    gathered = record_of(looker, stream, opening, world, {})
    circumstances = circumstances_of(looker, opening, gathered, world, taken.last)
    return gathered, [one for one in chosen(circumstances, built_in()) if one.profile.name not in _OF_NOBODY]


def _lacking(gathered: DecisionRecord, applying: list[Chosen]) -> list[Field]:
    """What is not recorded of all that they ask for in a text that was read, each field once."""
    fields = [field for one in applying for field in fields_of(gathered, one.profile) if field.verified]
    lacking = (one for one in fields if one.applies and not one.is_there and one.name not in OF_OTHER_RULES)
    return list({one.name: one for one in lacking}.values())
