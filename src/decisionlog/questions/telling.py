"""A fact told to a reader: its words opened, one sentence of what happened, and what must be known about it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from decisionlog.domain.answers import FactShown
from decisionlog.domain.days import NotADate, same_day_unordered
from decisionlog.domain.facts.envelope import Fact, Unread
from decisionlog.domain.facts.typed import is_commitment, opened, untyped
from decisionlog.domain.known import Correction, Reading
from decisionlog.store.log import Log

__all__ = ["NOT_RECORDED", "headline", "opened", "retracted", "tell", "tell_all"]

NOT_RECORDED = "not recorded"

_DETAILS = (
    ("outcome", ""),
    ("position", ""),
    ("status", ""),
    ("member", ""),
    ("person", ""),
    ("role", "as"),
    ("delegates", "to"),
    ("to", "to"),
    ("successors", "by"),
    ("decision_makers", "by"),
    ("by", "by"),
    ("delegator", "by"),
    ("on_behalf_of", "on behalf of"),
    ("sponsor", "sponsor"),
    ("proposals", "on"),
    ("about", "about"),
    ("ref", ""),
)


def tell_all(log: Log, facts: Iterable[Fact], reading: Reading, openings: Mapping[str, Any]) -> tuple[FactShown, ...]:
    """Facts of one stream, each told."""
    told: list[FactShown] = []
    before: Fact | None = None
    for fact in facts:
        notes = _notes(fact, reading, openings)
        if before and before.on and fact.on and _unordered(before, fact, log):
            notes.append(f"Same day as [{before.position}], order not recorded.")
        told.append(tell(fact, openings, notes))
        before = fact
    return tuple(told)


def tell(fact: Fact, openings: Mapping[str, Any], notes: Iterable[str] = ()) -> FactShown:
    """One fact, told."""
    data = opened(untyped(fact.data), openings)
    source = fact.source
    return FactShown(
        position=fact.position,
        type=fact.type,
        stream=fact.stream,
        n=fact.n,
        on=fact.on or NOT_RECORDED,
        recorded_at=fact.recorded_at,
        recorded_by=fact.recorded_by,
        said_at=(source and source.recorded_at) or "",
        headline=headline(fact.type, data) + _what_of(fact),
        data=data,
        of=f"{fact.of.stream} ({fact.of.n})" if fact.of else "",
        source=", ".join(part for part in (source.name, source.place) if part) if source else "",
        notes=tuple(notes) + ((f"Kept as it is: {fact.data.reason}.",) if isinstance(fact.data, Unread) else ()),
    )


def retracted(stream: str, facts: Iterable[Fact]) -> str:
    """The sentence for a thing whose opening fact was retracted."""
    by = [fact.position for fact in facts if fact.type == "record.retracted" and fact.of and fact.of.n == 1]
    return (
        f"{stream} was retracted by [{by[-1]}]: it should not have been recorded. "
        f"`decisionlog history '{stream}'` shows what was."
    )


def _what_of(fact: Fact) -> str:
    """Which fact a fact about the record is about; a correction says so beside what it corrects."""
    if fact.of is None or not fact.type.startswith("record.") or fact.type == "record.corrected":
        return ""
    return f" It is about fact {fact.of.n} of {fact.of.stream}."


def headline(type_name: str, data: Mapping[str, Any]) -> str:
    """One sentence of what happened."""
    kind, _, verb = type_name.partition(".")
    parts = [f"{kind} {verb.replace('_', ' ')}".capitalize()]
    for name, preposition in _DETAILS:
        value = data.get(name)
        if value and not is_commitment(value) and (text := _brief(value)):
            parts.append(f"{preposition} {text}".strip())
    sentence = ", ".join([parts[0] + (f": {parts[1]}" if len(parts) > 1 else ""), *parts[2:]])
    return sentence + "."


def _brief(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        named = (value.get(key) for key in ("organisation", "proposal", "to", "kind"))
        return next((text for text in named if isinstance(text, str)), "")
    if isinstance(value, list):
        return " and ".join(text for item in value if (text := _brief(item)))
    return str(value)


def _notes(fact: Fact, reading: Reading, openings: Mapping[str, Any]) -> list[str]:
    notes = [_told(change, "Corrected", openings) for change in reading.corrections.get(fact.position, ())]
    notes += [
        _told(change, "Disputed, not applied", openings)
        for change in reading.disputed
        if change.position == fact.position
    ]
    if any(fact.position == retracted.position for retracted in reading.retracted):
        notes.append("Retracted: it should not have been recorded.")
    for group in reading.contested:
        others = [str(other.position) for other in group if other.position != fact.position]
        if len(others) < len(group):
            notes.append(f"Contested: [{', '.join(others)}] says otherwise.")
    if fact.on is None and not fact.type.startswith("record."):
        notes.append("When it happened is not recorded; it counts from when it was first said.")
    if fact.withheld:
        notes.append(f"Withheld: {', '.join(fact.withheld)}.")
    if fact.clock:
        notes.append(f"The recording computer's clock was behind; it read {fact.clock}.")
    return notes


def _told(change: Correction, what: str, openings: Mapping[str, Any]) -> str:
    was, now = (_short(opened(value, openings)) for value in (change.was, change.now))
    return f"{what} by [{change.position}]: {change.path.lstrip('/')} was {was}, now {now}."


def _short(value: Any) -> str:
    if value is None:
        return NOT_RECORDED
    text = "withheld" if is_commitment(value) else value if isinstance(value, str) else str(value)
    return f"'{text[:120]}'"


def _unordered(before: Fact, fact: Fact, log: Log) -> bool:
    try:
        return same_day_unordered(before.on or "", fact.on or "", log.zone)
    except NotADate:
        return False
