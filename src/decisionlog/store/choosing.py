"""Choosing sealed values of a log: of a whole thing, or of one fact, all of them or those at some paths."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import orjson

from decisionlog.domain.facts import KINDS
from decisionlog.domain.facts.record import RecordContradicted, RecordCorrected
from decisionlog.domain.known import value_at
from decisionlog.domain.refusals import BadInput
from decisionlog.domain.sealed import commitments, is_at
from decisionlog.store.codec import Line, decode
from decisionlog.store.finding import find
from decisionlog.store.log import Log


class Value(NamedTuple):
    """One sealed value: where it is, and never what it says."""

    position: int
    stream: str
    n: int
    type: str
    path: str
    digest: str


class Chosen(NamedTuple):
    """What a REF and paths mean: the facts, and the sealed values in them."""

    stream: str
    lines: list[Line]
    values: list[Value]
    whole: bool
    """The whole of a thing is meant, and not one fact or some paths."""


def choose(log: Log, ref: str, paths: Sequence[str] = ()) -> Chosen:
    """The facts of a thing, or the one at a position (`@12`), with what is sealed in them, or that at some paths.

    Values of a correction go with those that it corrects. Raises `NotFound`, and `BadInput` for a path at which nothing
    is sealed.
    """
    wanted = tuple(map(_pointer, paths))
    stream = find(log, ref, KINDS)
    every = log.recorder.stream_lines(stream)
    at = int(ref[1:]) if ref.startswith("@") else 0
    lines = [line for line in every if not at or line.position == at]
    values = [value for line in lines for value in sealed_in(line) if not wanted or is_at(value.path, wanted)]
    _require_each(ref, lines, values, wanted)
    if at or wanted:
        taken = {line.n for line in lines}
        values += [
            value for line in every if not at or line.n not in taken for value in _repeating(line, taken, wanted)
        ]
    once = {value.digest: value for value in reversed(values)}  # a correction holds the commitment of what it corrects
    return Chosen(stream, lines, sorted(once.values()), not at and not wanted)


def sealed_in(line: Line) -> Iterator[Value]:
    """Every sealed value of one fact."""
    for path, digest in commitments(orjson.loads(line.state)).items():
        yield Value(line.position, line.stream, line.n, line.type, path, digest)


def _pointer(path: str) -> str:
    """`/data/text`, `/text` and `text` are the same; the envelope's is `/source/recorded_by`."""
    pointer = path if path.startswith("/") else "/" + path.replace(".", "/")
    return pointer.removeprefix("/data") if pointer.startswith("/data/") else pointer


def _require_each(ref: str, lines: Sequence[Line], values: Sequence[Value], paths: Sequence[str]) -> None:
    """Each path must mean something. Raises `BadInput`."""
    for path in paths:
        if any(is_at(value.path, (path,)) for value in values):
            continue
        plain = [orjson.loads(line.state) for line in lines]
        sealed = list(dict.fromkeys(one for fact in plain for one in commitments(fact)))
        is_open = any(value_at(fact.get("data", {}), path) is not None for fact in plain)
        why = "is open there: it is part of what is proved, and stays" if is_open else "is no sealed value there"
        there = f"Sealed in it: {', '.join(sealed[:20])}." if sealed else "Nothing is sealed in it."
        msg = f"{path} of {ref} {why}. {there}"
        raise BadInput(msg)


def _repeating(line: Line, corrected: set[int], paths: Sequence[str]) -> Iterator[Value]:
    """The sealed values of a correction, or of a contradiction, that repeat what one of these facts says at the paths."""
    if line.type not in {"record.corrected", "record.contradicted"}:
        return
    fact = decode(line)
    if fact.of is None or fact.of.n not in corrected:
        return
    for value in sealed_in(line):
        about = _about(fact.data, value.path)
        if about and (not paths or is_at(about, paths) or any(is_at(path, (about,)) for path in paths)):
            yield value


def _about(data: Any, path: str) -> str:
    """The path of the field that a value of a correction is of; empty for its reason and the like."""
    if isinstance(data, RecordCorrected) and is_at(path, ("/changes",)):
        return data.changes[int(path.split("/")[2])].path
    if isinstance(data, RecordContradicted) and is_at(path, ("/says", "/words")):
        return data.path
    return ""
