"""`search TEXT`: the things of which facts have these words, the best first, as known at a time.

The text is what is looked for, never a command to the index: only its letters and digits count.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Any, Final

from sqlalchemy import Connection

from decisionlog.domain.answers.searching import Found, Match
from decisionlog.domain.answers.things import Listed
from decisionlog.domain.erased import Erased
from decisionlog.domain.facts import KINDS
from decisionlog.domain.facts.envelope import Fact
from decisionlog.domain.facts.typed import opened, untyped
from decisionlog.domain.known import Reading, happened_at, never_was, read
from decisionlog.domain.references import split
from decisionlog.domain.refusals import BadInput
from decisionlog.projections import register
from decisionlog.projections.search import MOST_WORDS, matching, words_in
from decisionlog.questions.listed import listed
from decisionlog.questions.point import Asked, Point, settle
from decisionlog.questions.telling import NOT_RECORDED
from decisionlog.store.catch_up import ReadModels
from decisionlog.store.log import Log

_LOOKED_AT: Final = 1_000
"""Facts with the words, the best first, that are looked at."""
_AROUND: Final = 70
"""Letters of a text that are shown before and behind the first of the words."""


def search(
    log: Log, models: ReadModels, text: str, asked: Asked, now: datetime, *, kind: str = "", limit: int = 20
) -> Found:
    """The things whose facts have every word of a text. Raises `BadInput` for one without a word, or with too many."""
    words = words_in(text)
    if not words:
        shown = f"'{text[:40]}' has" if text.strip() else "The text to search for has"
        msg = f"{shown} no letter or digit, and only these are searched for; write a word, or a part of a reference."
        raise BadInput(msg)
    if len(words) > MOST_WORDS:
        msg = f"The text has {len(words):,} different words; search for at most {MOST_WORDS} at once."
        raise BadInput(msg)
    point = settle(log, asked, now)
    with models.reading() as rows:
        last = point.as_of.position if point.as_of.said_by is None else log.head().size
        positions = matching(rows, words, kind, last, _LOOKED_AT)
        by_stream: dict[str, list[int]] = {}
        for position in positions:
            stands = log.stands_at(position)
            if stands:
                by_stream.setdefault(stands[0], []).append(position)
        by_streams = iter(by_stream.items())
        matches = _matches(log, rows, by_streams, words, point)
        items = tuple(islice(matches, limit))
        left_out = sum(1 for _ in by_streams) if len(items) == limit else 0
    return Found(point.basis, text, tuple(words), items, left_out, len(positions) == _LOOKED_AT)


def _matches(
    log: Log, rows: Connection, by_stream: Iterator[tuple[str, list[int]]], words: Sequence[str], point: Point
) -> Iterator[Match]:
    for stream, positions in by_stream:
        everything = log.stream(stream)
        reading = read(everything, point.known, log.zone)
        if never_was(reading):
            continue
        facts = _still_so(log, reading, everything, positions, words, point)
        known = register.thing(rows, stream, point.as_of)
        if facts and known is not None:
            yield _match(next(iter(listed(log, [known]))), facts, words)


def _still_so(
    log: Log, reading: Reading, everything: Sequence[Fact], positions: Sequence[int], words: Sequence[str], point: Point
) -> list[tuple[Fact, dict[str, Any]]]:
    """Of the facts found, those that were known, had happened, and have the words as they were corrected by then."""
    openings = log.openings(everything)
    found: dict[int, tuple[Fact, dict[str, Any]]] = {}
    at = {fact.position: fact for fact in everything}
    standing = {fact.n: fact for fact in reading.facts}
    for position in positions:
        fact = at[position]
        named = fact.of.n if fact.type == "record.corrected" and fact.of else fact.n
        now = standing.get(named)
        if now is None or now.position in found or happened_at(now, log.zone) > point.as_of.on:
            continue
        key = {"ref": split(now.stream)[1]} if now.n == 1 else {}
        data = key | opened(untyped(now.data), openings)
        if _has(data, words):
            found[now.position] = (now, data)
    return list(found.values())


def _has(data: dict[str, Any], words: Sequence[str]) -> bool:
    there = {word for _, text in _texts(data) for word in words_in(text)}
    return all(word in there for word in words[:-1]) and any(word.startswith(words[-1]) for word in there)


def _match(thing: Listed, facts: Sequence[tuple[Fact, dict[str, Any]]], words: Sequence[str]) -> Match:
    best, data = facts[0]
    texts = list(_texts(data))
    field, text = max(texts, key=lambda one: hits(one[1], words))
    return Match(
        stream=thing.stream,
        kind=split(thing.stream)[0],
        ref=thing.ref,
        title=thing.title,
        state=thing.state,
        type=best.type,
        on=best.on or NOT_RECORDED,
        field=field,
        snippet=snippet(text, words),
        evidence=tuple(fact.position for fact, _ in facts),
    )


def hits(text: str, words: Sequence[str]) -> int:
    """How many of the words stand in a text; the last also where it is only begun."""
    there = words_in(text)
    return sum(word in there for word in words[:-1]) + any(word.startswith(words[-1]) for word in there)


def _texts(data: Any, field: str = "") -> Iterator[tuple[str, str]]:
    """Every text of a fact with the field at its top in which it stands; references and commitments left out."""
    if isinstance(data, str):
        if split(data)[0] not in KINDS and not isinstance(data, Erased):
            yield field, data
    elif isinstance(data, dict):
        for name, inner in data.items():
            if name != "$private":
                yield from _texts(inner, field or name)
    elif isinstance(data, list):
        for inner in data:
            yield from _texts(inner, field)


def snippet(text: str, words: Sequence[str]) -> str:
    """The part of a text around the first place where one of the words begins."""
    at = _first_place(text, words)
    begin, end = max(at - _AROUND, 0), min(at + _AROUND, len(text))
    begin = text.find(" ", begin, at) + 1 or begin if begin else 0
    end = text.rfind(" ", at, end) if end < len(text) and " " in text[at:end] else end
    shown = " ".join(text[begin:end].split())
    return f"{'... ' if begin else ''}{shown}{' ...' if end < len(text) else ''}"


def _first_place(text: str, words: Sequence[str]) -> int:
    place = 0
    for piece in text.split(" "):
        if any(word.startswith(wanted) for word in words_in(piece) for wanted in words):
            return place
        place += len(piece) + 1
    return 0
