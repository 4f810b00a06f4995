"""What of the record may be shown to everybody: how each fact of a stream is held, and which sealed words name nobody.

An exemption ends when somebody says so: the day on which something was to be released, or its exemption to be looked at
again (LGA 1972, Schedule 12A: exempt only if and so long as the public interest requires it), releases nothing by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import tzinfo
from typing import Final, Protocol

from msgspec import Struct

from decisionlog.domain.days import OPEN_END, NotADate, span
from decisionlog.domain.facts import OPENING, TYPES
from decisionlog.domain.facts.envelope import Fact
from decisionlog.domain.facts.parts import Access, Attendee, Ballot, By, Interest
from decisionlog.domain.facts.record import RecordAccessChanged, RecordContradicted, RecordCorrected
from decisionlog.domain.facts.shape import at, fields_of
from decisionlog.domain.known import Known, happened_at, read
from decisionlog.domain.references import split
from decisionlog.domain.sealed import is_at

PENDING: Final = "withheld-pending"
"""The level at which it is not decided yet whether something is exempt."""

_OPEN: Final = "open"
_IN_PART: Final = "part-exempt"
_OF_WHAT_WAS_SHOWN: Final = frozenset({"decision.published"})
"""Types whose `access` says what was shown, and not what may be."""
_ALWAYS_SHOWN: Final = frozenset(
    "record.access_changed record.value_erased record.hold_placed record.hold_lifted person.erased".split()
)
"""Types by which everybody sees that something is kept from them, and on what ground."""
_PRIVATE_KINDS: Final = frozenset("person interest dispensation access row".split())
"""Kinds of stream whose words are about a person, or are copied from a sheet unread."""
_PRIVATE_TYPES: Final = frozenset({"meeting.interest_declared"})
"""Types of fact whose words are about a person, though the thing that they are about is a matter."""
_PRIVATE_PARTS: Final = (Interest, Attendee, Ballot, By)
_NAMES: Final = frozenset("name aliases choices role_words basis_words".split())


class Held(Struct, frozen=True):
    """How one fact is held, and by which fact that is said; open, where nothing says otherwise."""

    level: str = _OPEN
    position: int = 0
    paths: tuple[str, ...] = ()
    """What alone is held so; empty: the whole fact."""
    review_on: str = ""
    release_on: str = ""

    @property
    def is_open(self) -> bool:
        """Whether everybody may see it."""
        return self.level == _OPEN


OPEN: Final = Held()


def held(facts: Iterable[Fact], zone: tzinfo, now: int) -> dict[int, Held]:
    """How each fact of one stream is held at a moment, by its version in the stream.

    What the fact that opens a thing says holds for all of its stream, unless a fact says otherwise of itself; a correction
    is held as what it corrects.
    """
    every = list(facts)
    reading = read(every, Known(), zone)
    openings = {fact.n for fact in every if fact.type in OPENING}
    whole, own = OPEN, dict[int, Held]()
    for fact in reading.facts:
        stated = _stated(fact, zone, now)
        if stated is None:
            continue
        about = fact.n
        if isinstance(fact.data, RecordAccessChanged):
            about = fact.of.n if fact.of else 0
        if about in {0, *openings} and not stated.paths:
            whole = stated
            own.pop(about, None)
        else:
            own[about] = stated
    return {fact.n: own.get(_about(fact), whole) for fact in every}


def _about(fact: Fact) -> int:
    """The fact whose words a fact may hold: a correction repeats what it corrects."""
    corrects = isinstance(fact.data, (RecordCorrected, RecordContradicted)) and fact.of
    return fact.of.n if corrects and fact.of else fact.n


def _stated(fact: Fact, zone: tzinfo, now: int) -> Held | None:
    """What a fact says of access, where that holds already."""
    access = getattr(fact.data, "access", None)
    if not isinstance(access, Access) or fact.type in _OF_WHAT_WAS_SHOWN or happened_at(fact, zone) > now:
        return None
    changed = fact.data if isinstance(fact.data, RecordAccessChanged) else None
    release_on = (changed and changed.release_on) or ""
    if access.level == _OPEN and release_on and _is_to_come(release_on, zone, now):
        return None  # it is to be open from then on
    return Held(access.level, fact.position, (changed and changed.paths) or (), access.review_on or "", release_on)


def _is_to_come(day: str, zone: tzinfo, now: int) -> bool:
    try:
        return span(day, zone).certain > now
    except NotADate:
        return True


def changes_by_itself(facts: Iterable[Fact], zone: tzinfo, now: int) -> int:
    """The first moment after this one at which some fact of a stream may be held otherwise, though nothing is recorded."""
    coming = [OPEN_END]
    for fact in facts:
        if not isinstance(getattr(fact.data, "access", None), Access):
            continue
        coming.append(happened_at(fact, zone))
        release_on = getattr(fact.data, "release_on", None)
        with suppress(NotADate):
            coming += [span(release_on, zone).certain] if release_on else []
    return min(moment for moment in coming if moment > now)


def is_past(day: str, zone: tzinfo, now: int) -> bool:
    """Whether a day on which something was to be released, or looked at again, has come."""
    return bool(day) and not _is_to_come(day, zone, now)


def is_withheld(fact_type: str, sealed: Mapping[str, str], how: Held) -> bool:
    """Whether a whole fact is kept from the public; `sealed` is what is sealed in it, by pointer.

    What is exempt in part is shown, with all its words sealed, unless what is exempt in it is open or is not named.
    """
    if how.is_open or fact_type in _ALWAYS_SHOWN:
        return False
    if how.paths:
        return any(path not in sealed for path in how.paths)
    return how.level != _IN_PART


def is_of_the_software(stream: str) -> bool:
    """Whether a stream is of grants: who may do what with the log itself is no matter of anybody's decisions."""
    return split(stream)[0] == "access"


def is_named_to_everybody(stream: str, how: Held) -> bool:
    """Whether a person's name is public: the log says so of the person, as of a leader whose name is published."""
    return split(stream)[0] == "person" and how.is_open and how.position > 0


class Numbered(Protocol):
    """A fact, or its line, by its version in its stream and its type."""

    @property
    def n(self) -> int:
        """Its version."""

    @property
    def type(self) -> str:
        """Its type."""


def type_corrected(fact: Fact, stream: Callable[[str], Iterable[Numbered]]) -> str:
    """The type of the fact that one corrects; empty, where it corrects none. `stream` gives the facts of a stream."""
    if not isinstance(fact.data, RecordCorrected) or fact.of is None:
        return ""
    n = fact.of.n
    return next((one.type for one in stream(fact.stream) if one.n == n), "")


def names_nobody(fact: Fact, pointer: str, corrected_type: str = "") -> bool:
    """Whether a sealed value is prose about a matter, which everybody may read where the fact is open.

    Not what names or describes a person, nor what somebody sealed though its field is open. Of a correction, the value is
    judged by the field that it is of, in `corrected_type`.
    """
    if not may_name_nobody(fact.stream, fact.type, pointer):
        return False
    if isinstance(fact.data, RecordCorrected) and is_at(pointer, ("/changes",)):
        _, _, number, _, *within = pointer.split("/")
        path = "/".join([fact.data.changes[int(number)].path, *within])
        return _is_prose(corrected_type, path)
    return _is_prose(fact.type, pointer)


def may_name_nobody(stream: str, fact_type: str, pointer: str) -> bool:
    """The same, as far as the place of a value says it: of a correction, that is seen only in what it corrects."""
    if split(stream)[0] in _PRIVATE_KINDS or is_at(pointer, ("/source",)):
        return False
    return (fact_type == "record.corrected" and is_at(pointer, ("/changes",))) or _is_prose(fact_type, pointer)


def _is_prose(type_name: str, pointer: str) -> bool:
    model = TYPES.get(type_name)
    field = at(model, pointer) if model else None
    if model is None or field is None or not field.sealed or field.name in _NAMES or type_name in _PRIVATE_TYPES:
        return False
    steps: Sequence[str] = pointer.split("/")[1:-1]
    within: type[Struct] | None = model
    for step in steps:
        if within is not None and not step.isdecimal():
            within = fields_of(within)[step].part
        if within in _PRIVATE_PARTS:
            return False
    return True
