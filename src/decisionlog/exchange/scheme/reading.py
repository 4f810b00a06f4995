"""A scheme file to the facts that it wants, each with its place; every mistake of shape is kept, none stops the others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, tzinfo
from pathlib import PurePath
from typing import Any, Final

from msgspec import Struct, field

from decisionlog.commands.requests import check
from decisionlog.domain.facts import TYPES
from decisionlog.domain.facts.shape import fields_of
from decisionlog.domain.refusals import Mistake
from decisionlog.domain.scheme import SECTIONS, Later, PlainWanted, Section, Wanted
from decisionlog.exchange.fitting import fitted
from decisionlog.exchange.scheme.fields import Fields, kind_of, origin, texts
from decisionlog.exchange.scheme.keys import FROM, ON, UNDER, every_key, keys_of
from decisionlog.exchange.written import Path, Written

ALSO: Final = "also"
WRITTEN: Final = "written"
"""When this was first written: the source's own date of every fact, for answers by the sources' clocks."""
TOP_KEYS: Final = (FROM, UNDER, WRITTEN, *(section.key for section in SECTIONS), ALSO)
"""What may stand at the top of a file."""

_KEY: Final = re.compile(r"[^\s:](?:.*\S)?", re.DOTALL)
_ENTRY: Final = "Write its keys below it, or in braces: {name: ...}"


class SchemeFile(Struct):
    """What a file wants."""

    name: str
    written_on: str | None = None
    wanted: list[Wanted] = field(default_factory=list)
    also: list[PlainWanted] = field(default_factory=list)
    mistakes: list[Mistake] = field(default_factory=list)
    unsound: list[Wanted] = field(default_factory=list)
    """Facts with mistakes, as far as they are sound: what they open and what they name is looked at all the same."""
    references: dict[str, dict[str, str]] = field(default_factory=dict)
    """Of the fact at each place, what its texts are and where each of them stands."""

    def source(self, sha256: str) -> dict[str, str]:
        """Where the facts of this file come from: its name without folders, its digest, and when it was first written."""
        said = {"recorded_at": self.written_on} if self.written_on else {}
        return {"name": PurePath(self.name).name, "sha256": sha256, **said}

    def precisely(self, mistake: Mistake) -> Mistake:
        """A mistake with the very place of the reference that it begins with, instead of that of the whole fact."""
        named = mistake.sentence.partition(" ")[0].strip("'")
        return Mistake(self.references.get(mistake.place, {}).get(named, mistake.place), mistake.sentence)


def read_scheme(written: Written, *, currency: str = "GBP", zone: tzinfo = UTC) -> SchemeFile:
    """What a file wants. Nothing is refused here: mistakes are kept, so that those of reference can be told with them."""
    return _Reader(written, currency, zone).read()


class _Reader:
    def __init__(self, written: Written, currency: str, zone: tzinfo) -> None:
        self._written = written
        self._currency = currency
        self._zone = zone
        self._from: str | None = None
        self._under: dict[str, Any] = {}
        self._fields = Fields(written, currency, zone)
        self._found = SchemeFile(written.name, mistakes=self._fields.mistakes)

    def read(self) -> SchemeFile:
        """Everything in the file."""
        top = self._written.value
        if not isinstance(top, dict):
            self._fields.wrong((), f"holds {kind_of(top)}; sections are wanted, such as `bodies:` or `posts:`.")
            return self._found
        self._fields.unknown(top, TOP_KEYS, ())
        if FROM in top:
            self._from = self._fields.day(top[FROM], (FROM,))
        if WRITTEN in top:
            self._found.written_on = self._fields.day(top[WRITTEN], (WRITTEN,))
        if UNDER in top:
            self._under = self._fields.under(top[UNDER], (UNDER,), {}, ())
        for section in SECTIONS:
            if section.key in top:
                self._section(section, top[section.key])
        if ALSO in top:
            self._also(top[ALSO])
        return self._found

    # Sections, entries and what stands in them

    def _section(self, section: Section, value: Any) -> None:
        if isinstance(value, list) and all(isinstance(key, (str, int)) for key in value):
            for index, key in enumerate(value):
                self._entry(section, str(key), {}, (section.key, index))
        elif isinstance(value, dict):
            for key, entry in value.items():
                self._entry(section, key, entry, (section.key, key))
        elif value is not None:
            what = "keys with what is known of each below them"
            self._fields.wrong((section.key,), f"holds {kind_of(value)}; {what} are wanted, or a list of keys alone.")

    def _entry(self, section: Section, key: str, value: Any, path: Path) -> None:
        if not _KEY.fullmatch(key):
            self._fields.wrong(path, f"'{key[:60]}' is not a key; write one such as northmoor-{section.kind}.")
            return
        if isinstance(value, (str, int)) and not isinstance(value, bool) and "name" in keys_of(TYPES[section.opens]):
            value = {"name": str(value)}
        if not isinstance(value, dict):
            if value is not None:
                self._fields.wrong(path, f"holds {kind_of(value)}. {_ENTRY}.")
            return
        stream = f"{section.kind}:{key}"
        opening = self._fact(section, stream, value, path, None)
        self._later(section.later, stream, value, path, opening)

    def _later(self, parts: Iterable[Later], stream: str, value: Mapping[str, Any], path: Path, parent: Wanted) -> None:
        for part in parts:
            if part.key not in value or value[part.key] is None:
                continue
            given = value[part.key]
            if given == "none":
                continue
            for index, item in enumerate(given) if isinstance(given, list) else [(None, given)]:
                at = (*path, part.key) if index is None else (*path, part.key, index)
                self._item(part, stream, item, at, parent)

    def _item(self, part: Later, stream: str, value: Any, path: Path, parent: Wanted) -> None:
        if isinstance(value, (str, int)) and not isinstance(value, bool) and part.short:
            value = {part.short: str(value)}
        if not isinstance(value, dict):
            if value is not None:
                self._fields.wrong(path, f"holds {kind_of(value)}; {{{_some_keys(part)}}} is wanted.")
            return
        one = self._fact(part, stream, value, path, parent)
        self._later(part.then, stream, value, path, one)

    def _fact(
        self, place: Section | Later, stream: str, value: Mapping[str, Any], path: Path, parent: Wanted | None
    ) -> Wanted:
        """The fact of an entry or of an item, kept if it is sound."""
        type_name, later = (place.opens, place.later) if isinstance(place, Section) else (place.type, place.then)
        model = TYPES[type_name]
        before = len(self._found.mistakes)
        known = every_key(place)
        self._fields.unknown(value, known, path)
        own = {key: inner for key, inner in value.items() if key in known and key not in {part.key for part in later}}
        on, from_ = (self._fields.day(own.pop(key), (*path, key)) if key in own else None for key in (ON, FROM))
        stands = isinstance(place, Section) or place.standing
        if stands and FROM not in value and self._from_default(on, given=ON in value, model=model):
            from_ = self._from
        origins: dict[Path, Path] = {}
        data = self._fields.struct(model, own, path, (), origins)
        if stands and UNDER not in own and "instrument" in fields_of(model):
            data |= {name: inner for name, inner in self._under.items() if name in fields_of(model)}
        if on is not None and from_ is not None and on != from_:
            if FROM not in fields_of(model):
                self._fields.wrong((*path, FROM), f"`from` and `on` are one day in {type_name}; keep one of them.")
            data[FROM] = from_
        data = self._fields.checked(type_name, data, path, origins)
        self._found.references[self._written.place(*path)] = {
            text: self._fields.place(origin(steps, path, origins)) for text, steps in texts(data, ())
        }
        part = place if isinstance(place, Later) else None
        said_on = on is not None
        wanted = Wanted(type_name, stream, on or from_, data, self._written.place(*path), part, parent, said_on=said_on)
        sound = len(self._found.mistakes) == before
        if sound:
            self._found.wanted.append(wanted)
        else:
            self._found.unsound.append(wanted)
        return wanted

    def _from_default(self, on: str | None, *, given: bool, model: type[Struct]) -> bool:
        """Whether the file's own `from` is the day of effect: it never reaches back behind an act of a later day."""
        if not given:
            return True
        return on is not None and FROM in fields_of(model) and self._from is not None and on < self._from

    # Plain facts

    def _also(self, value: Any) -> None:
        for index, plain in enumerate(value if isinstance(value, list) else [value]):
            path = (ALSO, index) if isinstance(value, list) else (ALSO,)
            if not isinstance(plain, dict):
                self._fields.wrong(
                    path, "a plain fact is wanted, such as {type: delegation.reported, about: SORD-7.2}."
                )
                continue
            self._found.also.append(PlainWanted(self._plain(plain), self._written.place(*path)))

    def _plain(self, plain: dict[str, Any]) -> dict[str, Any]:
        """A plain fact, tidied where it is sound; what is wrong with it is told when it is recorded."""
        type_name, data = plain.get("type"), plain.get("data", {})
        if not isinstance(type_name, str) or type_name not in TYPES or not isinstance(data, dict):
            return plain
        data = fitted(type_name, data, self._currency)
        checked, mistakes = check(type_name, data, self._zone)
        on = {"on": str(plain["on"])} if "on" in plain else {}
        return {**plain, **on, "data": data if mistakes else checked}


def _some_keys(part: Later) -> str:
    return ", ".join([*part.same, *(key for key in every_key(part) if key not in part.same)][:4]) + ", ..."
