"""One decision's record, judged by the profiles that apply to it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from decisionlog.checks.profiles import judging
from decisionlog.checks.profiles.choosing import Chosen, chosen
from decisionlog.checks.profiles.record import DecisionRecord
from decisionlog.checks.profiles.table import Profiles
from decisionlog.checks.world.rows import RowsWorld
from decisionlog.domain.answers.completeness import Field, Judged, RecordJudged
from decisionlog.domain.days import NotADate, instant_asked
from decisionlog.domain.known import never_was
from decisionlog.domain.references import split
from decisionlog.questions.completeness.circumstances import circumstances_of
from decisionlog.questions.completeness.gathering import record_of
from decisionlog.questions.telling import text_of
from decisionlog.questions.viewing import Stated, Viewing


def judged(
    viewing: Viewing, world: RowsWorld, stream: str, table: Profiles, *, only: str = "", whatever: bool = False
) -> RecordJudged | None:
    """The record of one decision, by every profile that applies or `only` by one.

    None, where it was not known or not taken yet, or where that one does not apply, unless it is to be used `whatever`
    applies.
    """
    seen = viewing.of(stream)
    taken = seen.first("decision.taken")
    if taken is None or never_was(seen.reading):
        return None
    moment = _moment(taken, viewing)
    on_the_day = world.at(moment)
    record = record_of(viewing, seen, taken, on_the_day)
    applying = chosen(circumstances_of(viewing, taken, record, on_the_day, moment), table)
    if only:
        by_it = [one for one in applying if one.profile.name == only]
        applying = tuple(by_it) or ((_as_asked(table, only, applying),) if whatever else ())
        if not applying:
            return None
    results = tuple(_judged(record, one) for one in applying)
    asked = _once(field for one in results for field in one.fields if field.applies)
    missing = tuple(field for field in asked if not field.is_there)
    return RecordJudged(
        stream=stream,
        ref=taken.data.get("ref", split(stream)[1]),
        title=_title(taken, record),
        on=taken.fact.on or "",
        makers=tuple(taken.data.get("decision_makers", ())),
        judged=results,
        recorded=len(asked) - len(missing),
        asked=len(asked),
        missing=missing,
        beyond=judging.beyond(record, table, [one.profile for one in applying]),
        evidence=(taken.position,),
    )


def _moment(taken: Stated, viewing: Viewing) -> int:
    """The end of the day of a decision; the point asked about, where its day is not recorded."""
    try:
        return instant_asked(taken.fact.on, viewing.log.zone) if taken.fact.on else viewing.point.as_of.on
    except NotADate:
        return viewing.point.as_of.on


def _as_asked(table: Profiles, name: str, applying: Sequence[Chosen]) -> Chosen:
    """A profile that was asked for, though others apply."""
    others = " and ".join(one.profile.name for one in applying)
    return Chosen(table.profiles[name], (f"it was asked for; by what is recorded it is {others}",), ())


def _judged(record: DecisionRecord, one: Chosen) -> Judged:
    fields = judging.fields_of(record, one.profile)
    return Judged(
        profile=one.profile.name,
        title=one.profile.title,
        source=one.profile.source,
        verified=one.profile.verified,
        why=one.why,
        evidence=one.evidence,
        recorded=sum(field.is_there for field in fields),
        asked=sum(field.applies for field in fields),
        fields=fields,
    )


def _once(fields: Iterable[Field]) -> list[Field]:
    """Each field once: as the first profile that asks for it has it."""
    by_name: dict[str, Field] = {}
    for field in fields:
        by_name.setdefault(field.name, field)
    return list(by_name.values())


def _title(taken: Stated, record: DecisionRecord) -> str:
    """The title of a decision, or of what it disposes of; empty where none is recorded."""
    if "title" in taken.data:
        return text_of(taken.data["title"])
    titles = [text_of(title) for title, _ in record.values("proposal.submitted title", "proposal.revised title")]
    return titles[-1] if titles else ""
