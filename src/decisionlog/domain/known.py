"""What was known at a time: facts corrected and retracted as they were by then, in the order of the acts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from datetime import tzinfo
from typing import Any, NamedTuple

from msgspec import Struct, field
from msgspec.structs import replace

from decisionlog.domain.days import NotADate, span
from decisionlog.domain.erased import Erased
from decisionlog.domain.facts import OPENING
from decisionlog.domain.facts.envelope import Data, Fact
from decisionlog.domain.facts.record import RecordCorrected
from decisionlog.domain.facts.typed import is_commitment, typed, untyped


class AsOf(NamedTuple):
    """The point on both axes of time that a question asks about."""

    on: int
    position: int
    said_by: int | None = None
    """With the sources' clocks: the moment on them; `position` then serves things that have no source."""


class Known(Struct, frozen=True):
    """What an answer may know: facts up to a position of this log, or first said by a moment on the sources' clocks."""

    position: int | None = None
    said_by: int | None = None

    def has(self, fact: Fact, zone: tzinfo) -> bool:
        """Whether a fact was known."""
        if self.said_by is not None:
            return said_at(fact, zone) <= self.said_by
        return self.position is None or fact.position <= self.position


class Correction(Struct, frozen=True):
    """One field of one fact that a later fact corrected."""

    position: int
    path: str
    was: Any
    now: Any


class Reading(Struct):
    """The facts of a stream as they were known, placed by when the acts happened, then by position."""

    facts: list[Fact] = field(default_factory=list)
    corrections: dict[int, list[Correction]] = field(default_factory=dict)
    """The corrections applied to the fact at each position."""
    disputed: list[Correction] = field(default_factory=list)
    """Corrections whose `was` is not the value as it stood: not applied."""
    retracted: list[Fact] = field(default_factory=list)
    contested: list[tuple[Fact, ...]] = field(default_factory=list)
    """Facts that answer the same fact in the same way, and differ."""


def said_at(fact: Fact, zone: tzinfo) -> int:
    """The moment at which a fact was first said, on its source's clock where it has one."""
    try:
        return span(fact.said_at, zone).earliest
    except NotADate:
        return span(fact.recorded_at, zone).earliest


def happened_at(fact: Fact, zone: tzinfo) -> int:
    """The first moment at which an act may have happened; where `on` is not recorded, when it was first said."""
    if fact.on is None:
        return said_at(fact, zone)
    try:
        return span(fact.on, zone).earliest
    except NotADate:
        return said_at(fact, zone)


def read(facts: Iterable[Fact], known: Known, zone: tzinfo) -> Reading:
    """The facts of one stream as known: corrected, without what was retracted, in the order of the acts."""
    visible = [fact for fact in facts if known.has(fact, zone)]
    reading = Reading()
    by_n = {fact.n: fact for fact in visible}
    retracted = _retracted(visible)
    corrections = [fact for fact in visible if isinstance(fact.data, RecordCorrected) and fact.n not in retracted]
    if known.said_by is not None:
        corrections.sort(key=lambda fact: (said_at(fact, zone), fact.position))
    for correction in corrections:
        n = _named(correction)
        if n in by_n:
            by_n[n] = _corrected(by_n[n], correction, reading)
    for n, fact in by_n.items():
        (reading.retracted if n in retracted else reading.facts).append(fact)
    reading.facts.sort(key=lambda fact: (happened_at(fact, zone), fact.position))
    reading.contested = contested(reading.facts)
    return reading


def _named(fact: Fact) -> int:
    """The version that a fact about the record names by `of`; 0 where it names none of its own stream."""
    return fact.of.n if fact.of and fact.of.stream == fact.stream else 0


def _retracted(facts: Sequence[Fact]) -> set[int]:
    """The versions that retractions name. One that was itself retracted, by a later one, names nothing."""
    retracted: set[int] = set()
    for fact in sorted(facts, key=lambda fact: fact.n, reverse=True):
        if fact.type == "record.retracted" and fact.n not in retracted:
            retracted.add(_named(fact))
    return retracted


def never_was(reading: Reading) -> bool:
    """Whether every fact that opened a thing was retracted: then it should not have been recorded at all."""
    opened, unopened = (
        [fact for fact in facts if fact.type in OPENING] for facts in (reading.facts, reading.retracted)
    )
    return bool(unopened) and not opened


def apply(document: dict[str, Any], pointer: str, now: Any, *, strike: bool) -> bool:
    """Set (or strike out) the value at a JSON Pointer; whether there was a place for it."""
    if not pointer.startswith("/"):
        return False
    *parents, last = [part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:]]
    holder: Any = document
    for part in parents:
        holder = _step(holder, part)
        if holder is None:
            return False
    if isinstance(holder, dict):
        holder.pop(last, None) if strike else holder.__setitem__(last, now)
        return True
    index = _index(last)
    if isinstance(holder, list) and 0 <= index <= len(holder) - strike:
        holder[index : index + 1] = [] if strike else [now]
        return True
    return False


def value_at(document: dict[str, Any], pointer: str) -> Any:
    """The value at a JSON Pointer; none where there is none."""
    value: Any = document
    for part in pointer.split("/")[1:]:
        value = _step(value, part.replace("~1", "/").replace("~0", "~"))
    return value


def _step(value: Any, part: str) -> Any:
    if isinstance(value, dict):
        return value.get(part)
    if isinstance(value, list) and 0 <= _index(part) < len(value):
        return value[_index(part)]
    return None


def _index(part: str) -> int:
    """The place in a list that a step of a pointer names; -1 where it names none."""
    return int(part) if part.isascii() and part.isdecimal() and len(part) < 10 else -1


def _corrected(fact: Fact, correction: Fact, reading: Reading) -> Fact:
    assert isinstance(correction.data, RecordCorrected)
    document = {"on": fact.on} if fact.on else {}
    data = deepcopy(untyped(fact.data))
    for change in correction.data.changes:
        applied = Correction(correction.position, change.path, change.was, change.now)
        target = document if change.path == "/on" else data
        fits = change.path != "/on" or change.now is None or isinstance(change.now, str)
        stands = fits and value_at(target, change.path) == change.was
        if not stands or not apply(target, change.path, change.now, strike=change.now is None):
            reading.disputed.append(applied)
            continue
        reading.corrections.setdefault(fact.position, []).append(applied)
    as_typed, withheld = typed(fact.type, data)
    if isinstance(as_typed, Data):
        withheld = (*(pointer for pointer in fact.withheld if value_at(data, pointer) is None), *withheld)
    return replace(fact, on=document.get("on"), data=as_typed, withheld=withheld)


_ANSWERS_ONCE: Mapping[str, str] = {
    "decision.ratified": "ratification",
    "decision.not_ratified": "ratification",
    "decision.rescinded": "rescission",
    "delegation.revoked": "revocation",
    "function.duty_ended": "end of the duty",
    "disagreement.reconciled": "outcome",
    "disagreement.upheld": "outcome",
    "disagreement.overruled": "outcome",
}
"""The types of which a fact can have one answer only, and which question they answer."""


def contested(facts: Sequence[Fact], openings: Mapping[str, Any] | None = None) -> list[tuple[Fact, ...]]:
    """Facts that answer the same fact in the same way, and differ.

    Sealed words are compared where they can be opened. Where they cannot, they are taken to agree: the same words behind
    two salts look different, and nothing is called contested that may be said twice.
    """
    answers: dict[tuple[str, str, int], list[Fact]] = {}
    for fact in facts:
        if fact.of and fact.type in _ANSWERS_ONCE:
            answers.setdefault((_ANSWERS_ONCE[fact.type], fact.of.stream, fact.of.n), []).append(fact)
    groups = [tuple(group) for group in answers.values() if len(group) > 1]
    return [group for group in groups if any(_differ(group[0], fact, openings or {}) for fact in group[1:])]


def _differ(one: Fact, other: Fact, openings: Mapping[str, Any]) -> bool:
    return (one.type, one.on) != (other.type, other.on) or not _agree(untyped(one.data), untyped(other.data), openings)


def _agree(one: Any, other: Any, openings: Mapping[str, Any]) -> bool:
    """Whether two plain values are the same, as far as what is sealed in them can be opened."""
    sealed = [value for value in (one, other) if is_commitment(value)]
    if sealed:
        opened = [openings.get(value["$private"]) if is_commitment(value) else value for value in (one, other)]
        return any(each is None or isinstance(each, Erased) for each in opened) or opened[0] == opened[1]
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_agree(one[name], other[name], openings) for name in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_agree, one, other, [openings] * len(one)))
    return bool(one == other)
