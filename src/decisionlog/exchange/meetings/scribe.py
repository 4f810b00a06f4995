"""Whoever reads one file of a meeting: keeps the acts that come out of it and the mistakes in it, each with its place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct, field

from decisionlog.commands.requests import suggestion, unknown_field
from decisionlog.domain.acts import place_of
from decisionlog.domain.days import NotADate, civil_day, clock_on, day_after
from decisionlog.domain.facts import OPENING, TYPES
from decisionlog.domain.facts.shape import fields_of
from decisionlog.domain.references import fold, split
from decisionlog.domain.refusals import Mistake
from decisionlog.exchange.fitting import fitted
from decisionlog.exchange.meetings.keys import Level
from decisionlog.exchange.written import Path, Written

if TYPE_CHECKING:
    from decisionlog.exchange.meetings.numbering import Numbers
    from decisionlog.projections.acts import Act
    from decisionlog.questions.recorded_acts import RecordedActs

_DAY: Final = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[Tt].*)?")

_OF_ANOTHER_MEETING: Final = frozenset(
    "proposal.listed proposal.noticed proposal.deferred meeting.adjourned meeting.cancelled decision.called_in".split()
)
"""Types whose `meeting` is not where they happened, but where the matter goes."""

Data = dict[str, Any]
Origins = dict[str, Path]
"""Where in the file each field of a fact was written."""


class Said(Struct):
    """One act that the file says."""

    place: str
    """The stable one; see `domain.acts`."""
    path: Path
    """Where in the file it stands."""
    type: str
    data: Data
    stream: str = ""
    on: str | None = None
    of: Said | Any = None
    """The fact that it answers: another act of the file, or as a plain fact writes it."""
    origins: Origins = field(default_factory=dict)
    alone: str = ""
    """The key that a value stands for where it is written alone, such as `decision: noted`."""
    allotted: str = ""
    """The reference that was allotted to it, where the file gives none."""


class Gathered(Struct):
    """What all acts of the file share: the meeting, or the day between two; filled in by the part that is read first."""

    place: str = ""
    on: str | None = None
    on_at: Path = ()
    """Where in the file the day stands."""
    meeting: str = ""
    """The stream's key of the meeting; empty between meetings."""
    bodies: tuple[str, ...] = ()
    numbered_by: str = ""
    """What allotted references begin with."""
    maker: str = ""
    """Between meetings: who decided."""
    adds: bool = False
    """The file adds to a meeting that is recorded already."""


class Scribe:
    """Reads one file, with the log at hand."""

    def __init__(self, written: Written, folder: FilePath | None, recorded: RecordedActs, numbers: Numbers) -> None:
        self.written = written
        self.folder = folder
        """Where papers lie that the file names."""
        self.recorded = recorded
        self.numbers = numbers
        self.gathered = Gathered()
        self.known: dict[str, Act] = {}
        """What was recorded of this meeting before, by its places."""
        self.defaults: Data = {}
        self.said: list[Said] = []
        self.mistakes: list[Mistake] = []
        self._ordinals: Counter[str] = Counter()
        self._stated = {fold(ref) for ref in refs_in(written.value)}
        self._opened = {split(stream)[0] + ":" + fold(split(stream)[1]): stream for stream in opened_in(written.value)}

    # Mistakes

    def wrong(self, path: Path, sentence: str) -> None:
        """Keep a mistake, with the line and the path of what is wrong."""
        self.mistakes.append(Mistake(self.written.place(*path), sentence))

    def entry(self, value: Any, path: Path, level: Level, *more: str, short: str = "") -> Entry | None:
        """A mapping of the file, held to a table of keys; none, where it is none. `short`: what a value alone stands for."""
        if short and not isinstance(value, (dict, list)):
            return Entry(self, {short: value}, path, level, at={short: path})
        if not isinstance(value, dict):
            some = ", ".join(list(level)[:3])
            self.wrong(path, f"{_shown(value)} was found; keys and their values are wanted ({some}, ...).")
            return None
        for key in value:
            if key not in level and key not in more:
                self.wrong((*path, key), unknown_key(key, [*level, *more]))
        return Entry(self, value, path, level)

    def many(self, value: Any, path: Path) -> Iterator[tuple[Any, Path]]:
        """The entries of a list, or the one that stands for a list of one."""
        if isinstance(value, list):
            yield from ((each, (*path, index)) for index, each in enumerate(value))
        else:
            yield value, path

    # Acts

    def place(self, *parts: str) -> str:
        """The place of an act: its part of the file and the how-manieth of its like it is."""
        stem = place_of(self.gathered.place, *parts)
        self._ordinals[stem] += 1
        return f"{stem} {self._ordinals[stem]}"

    def say(self, said: Said, item: str | None = None) -> Said:
        """Add an act: its values in the form of their fields, with the meeting and the item where its type has them."""
        here = said.type in TYPES and said.type not in _OF_ANOTHER_MEETING
        shape = fields_of(TYPES[said.type]) if here else {}
        added = {"meeting": self.gathered.meeting and f"meeting:{self.gathered.meeting}", "item": item}
        for name, value in added.items():
            if value and name in shape and shape[name].meaning in {"ref", "label"}:
                said.data.setdefault(name, value)
        said.data = fitted(said.type, said.data, self.recorded.currency)
        if said.on is None:
            said.on, said.origins["on"] = self.gathered.on, self.gathered.on_at
        self.said.append(said)
        return said

    def opening(self, said: Said, kind: str, item: str | None = None) -> Said:
        """Add an act that opens a thing: under its ref, under the one found recorded at its place, or under one allotted."""
        given = said.data.get("ref")
        ref = str(given) if isinstance(given, (str, int)) else None
        self._settle(said, kind, ref)
        known = self.known.get(said.place)
        if known and known.stream.startswith(f"{kind}:"):
            said.stream = known.stream
            self.numbers.means(kind, ref, known.stream)
            said.allotted = "" if ref else known.stream.partition(":")[2]
        elif not ref and not self.gathered.on:
            self.wrong(said.path, "a reference cannot be allotted without the day; give `ref`, or `on` of the meeting.")
        elif not ref:
            said.allotted = self.numbers.next(kind, self.gathered.numbered_by, self.gathered.on or "")
        if not said.stream:
            said.stream = f"{kind}:{ref or said.allotted}"
            self.numbers.opens(said.stream)
        if said.allotted:
            said.data = {"ref": said.allotted, **said.data}
        return self.say(said, item)

    def _settle(self, said: Said, kind: str, ref: str | None) -> None:
        """Find an act again by the ref that it has by now, wherever in the item it has been moved to."""
        if not self.known:
            return
        streams = self.recorded.called(f"{kind}:{ref}") if ref else ()
        moved = next((act for act in self.known.values() if (act.stream,) == streams and act.type == said.type), None)
        if moved:
            said.place = moved.place
            return
        stem = said.place.rpartition(" ")[0]
        adds = bool(ref) and self.gathered.adds  # a ref that is not recorded is of something else that was decided
        while (taken := self.known.get(said.place)) and (adds or fold(taken.stream.partition(":")[2]) in self._stated):
            self._ordinals[stem] += 1  # the file says of another act that it is the one recorded here
            said.place = f"{stem} {self._ordinals[stem]}"

    def meant(self, name: str, kinds: Iterable[str]) -> tuple[str, ...]:
        """The things of these kinds that a name without a kind means: recorded before, or opened by the file itself."""
        kinds = tuple(kinds)
        here = (self._opened.get(f"{kind}:{fold(name)}") for kind in kinds)
        return tuple(dict.fromkeys((*self.recorded.called(name, kinds), *filter(None, here))))

    # Values

    def when(self, value: Any) -> Any:
        """A time of the day, `14:05`, on the day of the meeting; anything else as it is written."""
        return clock_on(self.gathered.on, value, self.recorded.zone) if isinstance(value, str) else value

    def day_of(self, when: str | None) -> str | None:
        """The day of a time at which a meeting opened: what else happened there did so on that day."""
        if when is None or not _DAY.fullmatch(when) or len(when) == len("2026-03-12"):
            return when
        try:
            return civil_day(when, self.recorded.zone).isoformat()
        except NotADate:
            return when[: len("2026-03-12")]

    def day_after(self, value: Any) -> Any:
        """The first moment after a last day; what is no day is left to be refused."""
        return (isinstance(value, str) and day_after(value)) or value


class Entry:
    """One mapping of the file at its place, with the table of its keys."""

    def __init__(self, scribe: Scribe, value: Data, path: Path, level: Level, at: Origins | None = None) -> None:
        self._scribe = scribe
        self._value = value
        self._level = level
        self._at = at or {}
        self.path = path

    @property
    def alone(self) -> str:
        """The key that its value stands for, where it is written alone."""
        return next(iter(self._at), "")

    def __contains__(self, key: str) -> bool:
        return key in self._value

    def keys(self) -> set[str]:
        """The keys that it has."""
        return set(self._value)

    def get(self, key: str, default: Any = None) -> Any:
        """What stands at a key."""
        return self._value.get(key, default)

    def at(self, key: str) -> Path:
        """Where in the file a key stands."""
        return self._at.get(key, (*self.path, key))

    def text(self, key: str) -> str | None:
        """What stands at a key as text; a mistake where it is something else."""
        value = self._value.get(key)
        if value is None or isinstance(value, str):
            return value
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        self._scribe.wrong(self.at(key), f"{_shown(value)} was found; one word is wanted.")
        return None

    def copied(self) -> tuple[Data, Origins]:
        """The keys that become fields of the fact as they stand, and where each was written."""
        data: Data = {}
        origins: Origins = {}
        for name, key in self._level.items():
            if not key.field:
                continue
            if name in self._value and key.field in data:
                first = origins[key.field][-1]
                self._scribe.wrong(self.at(name), f"`{name}` says the same as `{first}`; give one of them.")
            elif name in self._value:
                data[key.field] = self._value[name]
                origins[key.field] = self.at(name)
        return data, origins

    def each(self, *keys: str) -> Iterator[tuple[Any, Path]]:
        """The entries of the lists at these keys."""
        for key in keys:
            if key in self._value:
                yield from self._scribe.many(self._value[key], self.at(key))


def unknown_key(key: str, known: Iterable[str]) -> str:
    """The sentence for a key that is not in the table."""
    return unknown_field(key, list(known)).replace("Unknown field", "Unknown key")


def looks_like_one_of(keys: Iterable[str], level: Level) -> bool:
    """Whether a mapping is meant to be of this level, rather than of names that its writer chose."""
    keys = list(keys)
    return any(key in level for key in keys) or any(suggestion(key, level, cutoff=0.75) for key in keys)


def refs_in(value: Any) -> Iterator[str]:
    """Every reference that a file gives itself."""
    if isinstance(value, dict):
        if isinstance(ref := value.get("ref"), (str, int)):
            yield str(ref)
        for inner in value.values():
            yield from refs_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from refs_in(inner)


def opened_in(value: Any) -> Iterator[str]:
    """Everything that a plain fact of a file opens."""
    if isinstance(value, dict):
        name, data = value.get("type"), value.get("data")
        ref = value.get("ref", data.get("ref") if isinstance(data, dict) else None)
        if isinstance(name, str) and name in OPENING and isinstance(ref, (str, int)):
            yield f"{name.partition('.')[0]}:{ref}"
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from opened_in(inner)


def strings(value: Any) -> Iterator[str]:
    """Every text within a value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, (dict, list)):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from strings(inner)


def _shown(value: Any) -> str:
    names = {dict: "a mapping", list: "a list", type(None): "nothing"}
    return names.get(type(value)) or f"'{str(value)[:60]}'"


def opens(type_name: str) -> bool:
    """Whether a type of fact opens a stream."""
    return type_name in OPENING
