"""One decision's record, judged by the profiles that apply to it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct, field

from decisionlog.checks.profiles.choosing import Chosen, Circumstances, chosen
from decisionlog.checks.profiles.circumstances import circumstances_of
from decisionlog.checks.profiles.gathering import Dispensations, record_of
from decisionlog.checks.profiles.judging import beyond, fields_of
from decisionlog.checks.profiles.record import DecisionRecord
from decisionlog.checks.profiles.table import Profiles
from decisionlog.checks.world.rows import RowsWorld
from decisionlog.domain.answers.completeness import Field, Judged, RecordJudged
from decisionlog.domain.days import NotADate, instant_asked
from decisionlog.domain.known import never_was
from decisionlog.domain.references import split
from decisionlog.questions.telling import text_of
from decisionlog.questions.viewing import Stated, Viewing


class Judging(Struct, frozen=True):
    """One question: what is seen, by which table, and what was read already."""

    viewing: Viewing
    world: RowsWorld
    table: Profiles
    only: str = ""
    """The one profile by which is judged; empty: by every one that applies."""
    one: bool = False
    """One decision is asked about: it is judged by `only` whatever applies, and told beyond what is asked for."""
    dispensations: Dispensations = field(default_factory=dict)

    def judged(self, stream: str) -> RecordJudged | None:
        """The record of a decision; None, where it was not known or not taken yet, or `only` does not apply."""
        seen = self.viewing.of(stream)
        taken = seen.first("decision.taken")
        if taken is None or never_was(seen.reading):
            return None
        moment = _moment(taken, self.viewing)
        world = self.world.at(moment)
        record = record_of(self.viewing, seen, taken, world, self.dispensations)
        applying = self._applying(circumstances_of(self.viewing, taken, record, world, moment))
        if not applying:
            return None
        results = tuple(_judged(record, one) for one in applying)
        asked = _once(each for one in results for each in one.fields if each.applies)
        missing = tuple(each for each in asked if not each.is_there)
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
            beyond=beyond(record, self.table, [one.profile for one in applying]) if self.one else (),
            evidence=(taken.position,),
        )

    def _applying(self, decision: Circumstances) -> tuple[Chosen, ...]:
        every = chosen(decision, self.table)
        if not self.only:
            return every
        by_it = tuple(one for one in every if one.profile.name == self.only)
        return by_it or ((_as_asked(self.table, self.only, every),) if self.one else ())


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
    fields = fields_of(record, one.profile)
    return Judged(
        profile=one.profile.name,
        title=one.profile.title,
        source=one.profile.source,
        verified=one.profile.verified,
        why=one.why,
        evidence=tuple(sorted(set(one.evidence))),
        recorded=sum(one.is_there for one in fields),
        asked=sum(one.applies for one in fields),
        fields=fields,
    )


def _once(fields: Iterable[Field]) -> list[Field]:
    """Each field once: as the first profile that asks for it has it."""
    by_name: dict[str, Field] = {}
    for one in fields:
        by_name.setdefault(one.name, one)
    return list(by_name.values())


def _title(taken: Stated, record: DecisionRecord) -> str:
    """The title of a decision, or of what it disposes of; empty where none is recorded."""
    if "title" in taken.data:
        return text_of(taken.data["title"])
    titles = [text_of(title) for title, _ in record.values("proposal.submitted title", "proposal.revised title")]
    return titles[-1] if titles else ""
