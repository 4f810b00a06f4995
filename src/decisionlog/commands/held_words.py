"""Before words go: what they say, where else the same words stand, and which holds keep them."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from typing import Any, Final, NamedTuple

from decisionlog.domain.holds import PLACED
from decisionlog.domain.references import split
from decisionlog.domain.sealed import is_at
from decisionlog.store.choosing import Value, sealed_in
from decisionlog.store.erasing import Place, holds_on, people_around, require_no_hold
from decisionlog.store.log import Log

_AT_ONCE: Final = 500
_WORD: Final = re.compile(r"\w+")
_TITLES: Final = frozenset("councillor alderman professor doctor reverend lord lady dame baron baroness miss".split())
SHORT: Final = 4
"""Letters: shorter words stand everywhere, and say nothing of where else they stand."""


def opened_of(log: Log, values: Iterable[Value]) -> tuple[dict[Value, str], list[str]]:
    """The values that can still be opened, with what they say; and under which facts the others went."""
    wanted = list(values)
    positions = {value.position for value in wanted}
    opened = {one.digest: one for one in log.recorder.openings(positions)}
    there = {
        value: _text(opened[value.digest].value)
        for value in wanted
        if value.digest in opened and opened[value.digest].salt
    }
    marks = [str(opened[value.digest].value) for value in wanted if value.digest in opened and value not in there]
    return there, marks


class Elsewhere(NamedTuple):
    """Where else words stand."""

    sealed: list[Value]
    unsealed: list[int]
    held: set[str]
    """On what a hold was ever placed."""
    in_part: list[Value]
    """Other sealed values, in which only a part of a name stands."""
    in_part_unsealed: list[int]


def elsewhere(log: Log, words: set[str], going: set[Value], size: int, parts: Container[str] = ()) -> Elsewhere:
    """Where else any of these words stand, or single words that are parts of a name: in other sealed values, and unsealed."""
    digests = {value.digest for value in going}
    found = Elsewhere([], [], set(), [], [])
    for start in range(0, size, _AT_ONCE):
        lines = list(log.lines(start, min(start + _AT_ONCE, size)))
        found.held.update(line.stream for line in lines if line.type == PLACED)
        if not words:
            continue
        openings = {one.digest: one for one in log.recorder.openings(line.position for line in lines)}
        texts = {
            digest: folded(_text(one.value)) for digest, one in openings.items() if digest not in digests and one.salt
        }
        holding = {digest for digest, text in texts.items() if _has(text, words)}
        in_part = {digest for digest, text in texts.items() if digest not in holding and _has_part(text, parts)}
        for line in lines:
            if (holding or in_part) and b'"$private"' in line.state:
                values = list(sealed_in(line))
                found.sealed.extend(value for value in values if value.digest in holding)
                found.in_part.extend(value for value in values if value.digest in in_part)
            text = folded(line.state.decode())
            if _has(text, words):
                found.unsealed.append(line.position)
            elif _has_part(text, parts):
                found.in_part_unsealed.append(line.position)
    return found


def parts_of(names: Iterable[str]) -> set[str]:
    """The words of names that can stand for the whole of one: not the short ones, and no titles."""
    words = {word for name in names for word in _WORD.findall(folded(name))}
    return {word for word in words if len(word) >= SHORT and word not in _TITLES}


def _has_part(text: str, parts: Container[str]) -> bool:
    return bool(parts) and any(word in parts for word in _WORD.findall(text))


def require_not_held(log: Log, streams: Iterable[str], going: Iterable[Value], held: Iterable[str], now: int) -> None:
    """Raises `Refusal`, which names the hold, where one bars that these values go.

    One on a thing keeps what is sealed in it, and the names of the people whom its facts name. One on a person keeps what
    is sealed in a fact about them, and all words in which their name stands. One on the log keeps everything.
    """
    going = list(going)
    about = {one for value in going for one in people_around(log, Place(value.position, value.digest))}
    concerned = {*streams, *about, *(value.stream for value in going)}
    require_no_hold(log, sorted(concerned), now)
    people = [one for one in concerned if split(one)[0] == "person" and any(value.stream == one for value in going)]
    said = [folded(text) for text in opened_of(log, going)[0].values()]
    for stream in sorted(held):
        if split(stream)[0] == "person":
            if _stands_in(said, _names_of(log, stream)):
                require_no_hold(log, [stream], now)
        elif named := _named_by(log, stream, people):
            require_no_hold(log, [stream], now, also=f", nor the name of {named}, whom it names,")


def _stands_in(said: Iterable[str], names: Iterable[str]) -> bool:
    words = {folded(name) for name in names if len(folded(name)) >= SHORT}
    return any(_has(text, words) for text in said)


def _named_by(log: Log, stream: str, people: Iterable[str]) -> str:
    """Which of these people a fact of a thing names by reference; empty, where none."""
    lines = log.recorder.stream_lines(stream)
    return next((one for one in people if any(f'"{one}"'.encode() in line.state for line in lines)), "")


def _names_of(log: Log, person: str) -> Iterator[str]:
    """Every name that a person was ever recorded under, as far as it can be opened."""
    for line in log.recorder.stream_lines(person, ("person.registered", "person.renamed", "record.corrected")):
        values = [value for value in sealed_in(line) if is_at(value.path, ("/name", "/changes"))]
        yield from opened_of(log, values)[0].values()


def holds_over(log: Log, values: Iterable[Value], now: int) -> tuple[int, ...]:
    """The holds that bar erasing these values."""
    streams = {value.stream for value in values}
    return tuple(hold.position for hold in holds_on(log, sorted(streams), now)) if streams else ()


def _has(text: str, words: set[str]) -> bool:
    """Whether any of these words stand in a text, and not within a longer one."""
    for one in words:
        at = text.find(one)
        while at >= 0:
            before, after = text[at - 1 : at], text[at + len(one) : at + len(one) + 1]
            if not before.isalnum() and not after.isalnum():
                return True
            at = text.find(one, at + 1)
    return False


def _text(value: Any) -> str:
    """The words of a sealed value; of a part that was sealed as a whole, all of them."""
    if isinstance(value, str):
        return value
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return "\n".join(filter(None, map(_text, inner)))


def folded(text: str) -> str:
    """Words as they are compared: whatever their capitals and the spaces between them."""
    return " ".join(text.casefold().split())
