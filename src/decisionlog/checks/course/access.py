"""Whether what is kept from the public is kept for a recorded reason, no longer than it may, and was not published all the same."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from msgspec import Struct

from decisionlog.checks.course.order import Window, after, window
from decisionlog.checks.course.urgency import COUNCILS
from decisionlog.checks.determinations import determination
from decisionlog.checks.finding import Severity, Tripped
from decisionlog.checks.record import Act, Record, Told
from decisionlog.domain.days import OPEN_END
from decisionlog.domain.facts.decision import DecisionPublished, DecisionTaken
from decisionlog.domain.facts.parts import Access
from decisionlog.domain.facts.proposal import ProposalSubmitted
from decisionlog.domain.facts.record import RecordAccessChanged
from decisionlog.domain.references import split
from decisionlog.domain.saying import Day, Said

_EXEMPT: Final = frozenset({"exempt", "part-exempt"})
"""Levels that need a reason, and of a council a paragraph of Schedule 12A."""
_WORDS: Final = {
    "part-exempt": "partly exempt",
    "exempt": "exempt",
    "confidential": "confidential",
    "private-nhs": "private",
    "withheld-pending": "withheld for the time being",
}


class Kept(Struct, frozen=True):
    """For a time, how far a thing was kept from the public."""

    access: Access
    said: Act[Any]
    since: int
    until: int
    ended: Window | None
    release_on: str


def exempt_text(record: Record, subject: str) -> Iterator[Tripped]:
    """GL44: exempt without a reason or paragraph, or past the day of its release; or published as open while it was exempt."""
    told = record.of(subject)
    for kept in _kept(record, told):
        if kept.access.level == "open":
            continue
        if lacking := _lacking(record, subject, kept.access):
            said: Said = (f"it is {_WORDS[kept.access.level]}, and {lacking}",)
            yield Tripped(said, (kept.said.position,), kept.since, kept.until, Severity.WARNING)
        yield from _past_its_day(record, kept)
        for published in told.all(DecisionPublished):
            yield from _published(record, kept, published)


def _kept(record: Record, told: Told) -> Iterator[Kept]:
    """How far the whole thing was open, one time after the other."""
    opening: Act[Any] | None = told.first(DecisionTaken) or told.first(ProposalSubmitted)
    if opening is None:
        return
    changes = [act for act in told.all(RecordAccessChanged) if not act.data.paths and _is_of(act, opening)]
    first = [(opening.data.access, opening, "")] if opening.data.access else []
    stated = [*first, *((act.data.access, act, act.data.release_on or "") for act in changes)]
    for number, (access, act, release_on) in enumerate(stated):
        following = [one for _, one, _ in stated[number + 1 : number + 2]]
        until = following[0].at.earliest if following else OPEN_END
        ended = window(record, following[0]) if following else None
        yield Kept(access, act, act.at.earliest, until, ended, release_on)


def _is_of(change: Act[RecordAccessChanged], opening: Act[Any]) -> bool:
    """Whether a change is of the whole thing, or of the fact that opened it."""
    return change.fact.of is None or (change.fact.of.stream, change.fact.of.n) == (opening.fact.stream, opening.fact.n)


def _lacking(record: Record, subject: str, access: Access) -> str:
    """What an exemption rests on and is not recorded."""
    if access.level not in _EXEMPT:
        return ""
    lacks_paragraph = not access.paragraphs and _is_of_a_council(record, subject)
    if lacks_paragraph and access.reason is None:
        return "neither the paragraph of the law nor the reason is recorded"
    if lacks_paragraph:
        return "the paragraph of the law is not recorded"
    return "the reason is not recorded" if access.reason is None else ""


def _is_of_a_council(record: Record, subject: str) -> bool:
    """Whether a council decided, so that the law about exempt information of councils is what counts."""
    taken = determination(record, subject) if split(subject)[0] == "decision" else None
    if taken is None:
        return False
    world = record.at(taken.last)
    return any(world.party(one).kind in COUNCILS for one in taken.bound)


def _past_its_day(record: Record, kept: Kept) -> Iterator[Tripped]:
    """From the day after it was to be released, or its exemption to be looked at again, until that was done."""
    for day, what in (
        (kept.release_on, "it was to be made public by "),
        (kept.access.review_on or "", "its exemption was to be looked at again by "),
    ):
        since = after(record, day)
        in_time = kept.ended is not None and since is not None and kept.ended.first < since
        if since is not None and not in_time and since < kept.until:
            yield Tripped((what, Day(day)), (kept.said.position,), since, kept.until, Severity.WARNING)
            return


def _published(record: Record, kept: Kept, published: Act[DecisionPublished]) -> Iterator[Tripped]:
    """What was published while it was kept from the public, and was not said to be without what is exempt."""
    when = window(record, published)
    begun = window(record, kept.said)
    if not begun.first <= when.last or when.first >= kept.until:
        return
    level = published.data.access.level if published.data.access else None
    partly = kept.access.level == "part-exempt"
    if level not in {None, "open"} or (partly and level is None):
        return
    first = begun.last if isinstance(kept.said.data, RecordAccessChanged) else begun.first
    surely = first <= when.first and (kept.ended is None or when.is_before(kept.ended))
    said: Said = ("it was published as open" if level else "it was published", *_on(published))
    said = (*said, f", while it was {_WORDS[kept.access.level]}")
    evidenced = surely and level == "open" and not partly
    doubt: Said = () if evidenced else ("; whether what is exempt was left out is not recorded",)
    yield Tripped((*said, *doubt), (published.position, kept.said.position), published.at.earliest, evidenced=evidenced)


def _on(act: Act[Any]) -> Said:
    return (" on ", Day(act.on)) if act.on else ()
