"""What feeds tell people: which decisions are the latest, and on which days bodies meet and things fall due."""

from __future__ import annotations

from msgspec import Struct

from decisionlog.domain.answers.basis import Basis
from decisionlog.domain.saying import Said


class Entry(Struct, frozen=True):
    """One decision."""

    stream: str
    ref: str
    title: str
    """Empty where it has none, `withheld` where it was sealed and is not opened here."""
    said: tuple[Said, ...]
    """What was decided, by whom, for whom; then what came of it, if anything did."""
    recorded_at: str
    """When the log learnt of it first."""
    updated: str
    """When the log learnt the last that it knows about it."""
    evidence: tuple[int, ...]


class Latest(Struct, frozen=True):
    """The latest decisions, those that changed last first."""

    basis: Basis
    log_name: str
    opened_at: str
    """When the log was opened: its day and the log's origin name what is in the log for ever."""
    items: tuple[Entry, ...]
    names: dict[str, str]


class Dated(Struct, frozen=True):
    """A day, or a time, on which something is to happen."""

    what: str
    """`meeting`, `review`, `report`, `action`, `condition` or `disagreement`."""
    stream: str
    ref: str
    title: str
    when: str
    """A day, or a time."""
    said: tuple[Said, ...]
    updated: str
    """When the log learnt the last that it knows about the thing."""
    changes: int
    """How many facts about it came after the first."""
    evidence: tuple[int, ...]
    part: str = ""
    """Which of several of one thing this is: the id of a condition, to whom a report is due."""
    ended: str = ""
    """Of a meeting that was held: when it closed."""
    venue: str = ""
    is_cancelled: bool = False


class Diary(Struct, frozen=True):
    """Meetings, and days on which something falls due; the earliest first."""

    basis: Basis
    log_name: str
    zone: str
    """The time zone by whose calendar the days are."""
    items: tuple[Dated, ...]
    names: dict[str, str]
    without_a_day: int = 0
    """How many more there are of which only the month or the year is recorded, or no day at all."""
