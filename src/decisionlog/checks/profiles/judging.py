"""How complete a record is by a profile: every field that it asks for, recorded, recorded as none, missing or not applicable.

Pure functions: the same record and the same table give the same fields.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from decisionlog.checks.profiles.conditions import holds
from decisionlog.checks.profiles.record import DecisionRecord, Declared, Facts, says_none
from decisionlog.checks.profiles.table import Ask, Profile, Profiles, Wanted
from decisionlog.domain.answers.completeness import Field, Status

_NOBODY: Final = ""


def fields_of(record: DecisionRecord, profile: Profile) -> tuple[Field, ...]:
    """Every field that a profile asks for, as it stands in the record of a decision."""
    return tuple(_asked(record, ask) for ask in profile.asks)


def beyond(record: DecisionRecord, table: Profiles, profiles: Iterable[Profile]) -> tuple[Field, ...]:
    """The fields of the complete record that none of these profiles asks for."""
    asked = {ask.field.name for profile in profiles for ask in profile.asks}
    others = [field for field in table.fields.values() if field.name not in asked and not field.only_asked]
    return tuple(_asked(record, Ask(field, _NOBODY, verified=False, applies=field.applies)) for field in others)


def _asked(record: DecisionRecord, ask: Ask) -> Field:
    condition = holds(ask.applies, record)
    if not condition.held:
        return _field(ask, "not-applicable", condition.evidence, condition.why)
    if ask.field.of_each_interest:
        return _of_each(record.interests, ask)
    status, evidence = _stands(record.facts, ask.field)
    return _told(ask, record.facts, status, evidence)


def _of_each(interests: tuple[Declared, ...], ask: Ask) -> Field:
    """A field that every interest must have: missing, where one of them lacks it."""
    stands = [_stands(one.facts, ask.field) for one in interests]
    evidence = tuple(position for _, positions in stands for position in positions)
    lacking = [one for one, (status, _) in zip(interests, stands, strict=True) if status == "not-recorded"]
    if lacking and len(interests) > 1:
        return _field(ask, "not-recorded", evidence, f"{len(lacking)} of {len(interests)} interests lack it")
    if lacking:
        return _told(ask, lacking[0].facts, "not-recorded", evidence)
    as_none = all(status == "recorded-as-none" for status, _ in stands)
    return _field(ask, "recorded-as-none" if as_none else "recorded", evidence)


def _stands(facts: Facts, field: Wanted) -> tuple[Status, tuple[int, ...]]:
    values = list(facts.values(field.satisfied_by))
    if something := tuple(position for value, position in values if not says_none(value)):
        return "recorded", something
    nothing = tuple(position for _, position in values)
    return ("recorded-as-none", nothing) if nothing else ("not-recorded", ())


def _told(ask: Ask, facts: Facts, status: Status, evidence: tuple[int, ...]) -> Field:
    """A field with what is near to it, where it is missing."""
    near = () if evidence else [one for one in facts.values(ask.field.near) if not says_none(one[0])]
    if not near:
        return _field(ask, status, evidence)
    return _field(ask, status, tuple(position for _, position in near), ask.field.near_says)


def _field(ask: Ask, status: Status, evidence: tuple[int, ...], why: str = "") -> Field:
    return Field(
        name=ask.field.name,
        title=ask.field.title,
        status=status,
        asked_by=ask.by,
        verified=ask.verified,
        satisfied_by=ask.field.satisfied_by,
        evidence=tuple(sorted(set(evidence))),
        why=why,
    )
