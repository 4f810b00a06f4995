"""A fact told to a reader: its words opened, one sentence of what happened, and what must be known about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from decisionlog.domain.answers.telling import FactShown
from decisionlog.domain.days import NotADate, same_day_unordered
from decisionlog.domain.differences import differences
from decisionlog.domain.erased import WITHHELD
from decisionlog.domain.facts.envelope import Fact, Unread
from decisionlog.domain.facts.record import RecordCorrected, RecordValueErased
from decisionlog.domain.facts.typed import opened, untyped
from decisionlog.domain.known import Correction, Reading, contested
from decisionlog.domain.saying import Named, Said, joined, plain
from decisionlog.questions.sentences import sentence
from decisionlog.store.log import Log

NOT_RECORDED = "not recorded"

_ABOUT_A_FACT: Final[Mapping[str, str]] = {
    "record.corrected": "The record of {which} was corrected.",
    "record.retracted": "{which} was retracted: it should not have been recorded.",
    "record.contradicted": "Another source says otherwise of {path} in {which}.",
    "record.value_erased": "Sealed words of {which} were erased",
}
"""Facts about one fact of the same stream, which they name."""
_DISSENT: Final = "disagreement.dissent_recorded"
"""Its sentence tells whose dissent it is: where it does not say so itself, theirs who raised the disagreement."""


def text_of(value: Any) -> str:
    """What was typed; `withheld` where it cannot be opened, `Erased` where it went, empty where nothing was recorded."""
    if value is None:
        return ""
    return value if isinstance(value, str) else WITHHELD


def tell_all(log: Log, facts: Iterable[Fact], reading: Reading, openings: Mapping[str, Any]) -> tuple[FactShown, ...]:
    """Facts of one stream, each told."""
    told: list[FactShown] = []
    before: Fact | None = None
    by_n = {fact.n: fact for fact in (*reading.facts, *reading.retracted)}
    told_twice = contested(reading.facts, openings)
    for fact in facts:
        notes = _notes(fact, reading, openings, told_twice)
        if before and before.on and fact.on and _unordered(before, fact, log):
            notes.append((f"Same day as [{before.position}], order not recorded.",))
        answered = by_n.get(fact.of.n) if fact.of and fact.of.stream == fact.stream else None
        if answered is None and fact.type == _DISSENT:
            answered = next((one for one in reading.facts if one.type == "disagreement.raised"), None)
        told.append(tell(fact, openings, notes, answered))
        before = fact
    return tuple(told)


def tell(
    fact: Fact, openings: Mapping[str, Any], notes: Iterable[Said] = (), answered: Fact | None = None
) -> FactShown:
    """One fact, told; `answered` is the fact of its own stream that it names by `of`."""
    data = opened(untyped(fact.data), openings)
    source = fact.source
    said = _said(fact, data, answered, openings)
    return FactShown(
        position=fact.position,
        type=fact.type,
        stream=fact.stream,
        n=fact.n,
        on=fact.on or NOT_RECORDED,
        recorded_at=fact.recorded_at,
        recorded_by=fact.recorded_by,
        said_at=(source and source.recorded_at) or "",
        headline=plain(said),
        data=data,
        of=f"{fact.of.stream} ({fact.of.n})" if fact.of else "",
        source=", ".join(part for part in (source.name, source.place) if part) if source else "",
        notes=(*notes, *([(f"Kept as it is: {fact.data.reason}.",)] if isinstance(fact.data, Unread) else [])),
        said=said,
        source_name=(source and source.name) or "",
    )


def retracted(stream: str, facts: Iterable[Fact]) -> str:
    """The sentence for a thing whose opening fact was retracted."""
    by = [fact.position for fact in facts if fact.type == "record.retracted" and fact.of and fact.of.n == 1]
    return (
        f"{stream} was retracted by [{by[-1]}]: it should not have been recorded. "
        f"`decisionlog history '{stream}'` shows what was."
    )


def _said(fact: Fact, data: Mapping[str, Any], answered: Fact | None, openings: Mapping[str, Any]) -> Said:
    """One sentence of what happened; of a fact about another fact, which one that is, and what it says of it."""
    if isinstance(fact.data, Unread) or fact.type not in _ABOUT_A_FACT:
        of = opened(untyped(answered.data), openings) if answered and not isinstance(answered.data, Unread) else {}
        return sentence(fact.type, {**data, **{f"of {name}": value for name, value in of.items()}})
    which = f"[{answered.position}]" if answered else _cited(fact)
    if isinstance(fact.data, RecordCorrected):
        about = _data(answered, openings) if answered else {}
        changes = (Correction(fact.position, change.path, change.was, change.now) for change in fact.data.changes)
        told = joined((_change(one, about, openings) for one in changes), "; ", "; ")
        return (f"The record of {which} was corrected: ", *told, ".")
    what = _ABOUT_A_FACT[fact.type].format(which=which, path=str(data.get("path", "")).lstrip("/"))
    if isinstance(fact.data, RecordValueErased):
        decision = fact.data.by_decision
        return (what, *((", under ", Named(decision)) if decision else ()), ".")
    return (what,)


def _cited(fact: Fact) -> str:
    return f"fact {fact.of.n} of {fact.of.stream}" if fact.of else "a fact that is not named"


def _data(fact: Fact, openings: Mapping[str, Any]) -> dict[str, Any]:
    """What a fact says by now, opened where it can be."""
    return dict(opened(untyped(fact.data), openings))


def _notes(
    fact: Fact, reading: Reading, openings: Mapping[str, Any], told_twice: Iterable[tuple[Fact, ...]]
) -> list[Said]:
    about = _data(fact, openings)
    corrections = reading.corrections.get(fact.position, ())
    notes = [_told(change, "Corrected", about, openings) for change in corrections]
    notes += [
        _told(change, "Disputed, not applied", about, openings)
        for change in reading.disputed
        if change.position == fact.position
    ]
    return notes + [(text,) for text in _remarks(fact, reading, told_twice)]


def _remarks(fact: Fact, reading: Reading, told_twice: Iterable[tuple[Fact, ...]]) -> Iterator[str]:
    if any(fact.position == retracted.position for retracted in reading.retracted):
        by = [one.position for one in reading.facts if one.type == "record.retracted" and one.of and one.of.n == fact.n]
        yield f"Retracted{f' by [{by[-1]}]' if by else ''}: it should not have been recorded."
    for group in told_twice:
        others = [str(other.position) for other in group if other.position != fact.position]
        if len(others) < len(group):
            yield f"Contested: [{', '.join(others)}] says otherwise."
    if fact.on is None and not fact.type.startswith("record."):
        yield "When it happened is not recorded; it counts from when it was first said."
    if fact.withheld:
        yield f"Withheld: {', '.join(fact.withheld)}."
    if fact.clock:
        yield f"The recording computer's clock was behind; it read {fact.clock}."


def _told(change: Correction, what: str, about: Mapping[str, Any], openings: Mapping[str, Any]) -> Said:
    return (f"{what} by [{change.position}]: ", *_change(change, about, openings), ".")


def _change(change: Correction, about: Mapping[str, Any], openings: Mapping[str, Any]) -> Said:
    was, now = (opened(value, openings) for value in (change.was, change.now))
    return differences(change.path, was, now, about)


def _unordered(before: Fact, fact: Fact, log: Log) -> bool:
    """Whether two facts fall on one day and nothing says which came first; those of one file stand in its order."""
    if before.batch == fact.batch and _source(before) == _source(fact):
        return False
    try:
        return same_day_unordered(before.on or "", fact.on or "", log.zone)
    except NotADate:
        return False


def _source(fact: Fact) -> str:
    return (fact.source and fact.source.name) or ""
