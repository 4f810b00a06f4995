"""A scheme file to the facts that it wants, each with its place; every mistake of shape is kept, none stops the others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, timedelta, tzinfo
from typing import Any, Final

from msgspec import Struct

from decisionlog.commands.requests import check, check_when, suggestion
from decisionlog.domain.days import NotADate
from decisionlog.domain.facts import TYPES
from decisionlog.domain.facts.parts import Limit, Money
from decisionlog.domain.facts.shape import FieldShape, fields_of
from decisionlog.domain.refusals import Mistake
from decisionlog.domain.scheme import SECTIONS, Later, PlainWanted, Section, Wanted
from decisionlog.exchange.fitting import fitted, money
from decisionlog.exchange.scheme.keys import BY_KIND, FROM, LAST_DAY, ON, UNDER, every_key, keys_of
from decisionlog.exchange.scheme.shorthand import TELLING, limit
from decisionlog.exchange.written import Path, Written

ALSO: Final = "also"
TOP_KEYS: Final = (FROM, UNDER, *(section.key for section in SECTIONS), ALSO)
"""What may stand at the top of a file."""

_STEP: Final = re.compile(r"\.([^.\[]+)|\[(\d+)\]")
_KEY: Final = re.compile(r"[^\s:](?:.*\S)?", re.DOTALL)
_ENTRY: Final = "Write its keys below it, or in braces: {name: ...}"


@dataclass
class SchemeFile:
    """What a file wants."""

    name: str
    wanted: list[Wanted] = field(default_factory=list)
    also: list[PlainWanted] = field(default_factory=list)
    mistakes: list[Mistake] = field(default_factory=list)
    stubs: list[Wanted] = field(default_factory=list)
    """Openings with mistakes: what they would have been called, so that what names them is not wrong as well."""


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
        self._found = SchemeFile(written.name)

    def read(self) -> SchemeFile:
        """Everything in the file."""
        top = self._written.value
        if not isinstance(top, dict):
            self._wrong((), f"holds {_kind_of(top)}; sections are wanted, such as `bodies:` or `posts:`.")
            return self._found
        self._unknown(top, TOP_KEYS, ())
        if FROM in top:
            self._from = self._day(top[FROM], (FROM,))
        if UNDER in top:
            self._under = self._under_of(top[UNDER], (UNDER,), {}, ())
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
            self._wrong((section.key,), f"holds {_kind_of(value)}; {what} are wanted, or a list of keys alone.")

    def _entry(self, section: Section, key: str, value: Any, path: Path) -> None:
        if not _KEY.fullmatch(key):
            self._wrong(path, f"'{key[:60]}' is not a key; write one such as northmoor-{section.kind}.")
            return
        if isinstance(value, (str, int)) and not isinstance(value, bool) and "name" in keys_of(TYPES[section.opens]):
            value = {"name": str(value)}
        if not isinstance(value, dict):
            if value is not None:
                self._wrong(path, f"holds {_kind_of(value)}. {_ENTRY}.")
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
                self._wrong(path, f"holds {_kind_of(value)}; {{{_some_keys(part)}}} is wanted.")
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
        self._unknown(value, known, path)
        own = {key: inner for key, inner in value.items() if key in known and key not in {part.key for part in later}}
        on, from_ = (self._day(own.pop(key), (*path, key)) if key in own else None for key in (ON, FROM))
        stands = isinstance(place, Section) or place.standing
        if stands and on is None and from_ is None and not value.keys() & {ON, FROM}:
            from_ = self._from
        origins: dict[Path, Path] = {}
        data = self._struct(model, own, path, (), origins)
        if stands and UNDER not in own and "instrument" in fields_of(model):
            data |= {name: inner for name, inner in self._under.items() if name in fields_of(model)}
        if on is not None and from_ is not None and on != from_:
            if FROM not in fields_of(model):
                self._wrong((*path, FROM), f"`from` and `on` are one day in {type_name}; keep one of them.")
            data[FROM] = from_
        data = self._checked(type_name, data, path, origins)
        part = place if isinstance(place, Later) else None
        said_on = on is not None
        wanted = Wanted(type_name, stream, on or from_, data, self._written.place(*path), part, parent, said_on=said_on)
        sound = len(self._found.mistakes) == before
        if sound:
            self._found.wanted.append(wanted)
        elif parent is None:
            wanted = replace(wanted, data={})
            self._found.stubs.append(wanted)
        return wanted

    def _checked(
        self, type_name: str, data: dict[str, Any], path: Path, origins: Mapping[Path, Path]
    ) -> dict[str, Any]:
        checked, mistakes = check(type_name, fitted(type_name, data, self._currency), self._zone)
        for found, sentence in mistakes:
            self._wrong(_origin(_steps(found), path, origins), sentence)
        return checked

    # Fields

    def _struct(
        self, model: type[Struct], value: Mapping[str, Any], path: Path, at: Path, origins: dict[Path, Path]
    ) -> dict[str, Any]:
        keys, fields = keys_of(model), fields_of(model)
        data: dict[str, Any] = {}
        for key, inner in value.items():
            name = keys.get(key)
            if name is None or inner is None:
                continue
            if name == UNDER:
                data |= self._under_of(inner, (*path, key), origins, at, model)
                continue
            if name in data:
                self._wrong((*path, key), f"`{key}` says again what is said above; keep one of them.")
                continue
            origins[*at, name] = (*path, key)
            if key == LAST_DAY:
                inner = self._day_after(inner, (*path, key))  # noqa: PLW2901 - the same day, said otherwise
                if inner is None:
                    continue
            elif key in BY_KIND.get(name, ()):
                inner = f"{key}:{inner}" if isinstance(inner, (str, int)) else inner  # noqa: PLW2901 - as above
            data[name] = self._field(fields[name], inner, (*path, key), (*at, name), origins)
        return data

    def _field(self, shape: FieldShape, value: Any, path: Path, at: Path, origins: dict[Path, Path]) -> Any:
        if shape.part is None or shape.meaning != "part":
            return value
        if not shape.many:
            return self._part(shape.part, value, path, at, origins)
        if value == "none":
            return []
        items = value if isinstance(value, list) else [value]
        found = []
        for index, item in enumerate(items):
            here = (*path, index) if isinstance(value, list) else path
            origins[*at, index] = here
            found.append(self._part(shape.part, item, here, (*at, index), origins))
        return found

    def _part(self, part: type[Struct], value: Any, path: Path, at: Path, origins: dict[Path, Path]) -> Any:
        """A part, written as its fields or in short."""
        if isinstance(value, dict):
            self._unknown(value, [*keys_of(part)], path)
            return self._struct(part, value, path, at, origins)
        if part is Limit and isinstance(value, (str, int)) and not isinstance(value, bool):
            found = limit(str(value), self._currency)
            if found is None:
                self._wrong(
                    path, f"'{str(value)[:60]}' is not a limit; write for example: up to \u00a3500,000 per decision."
                )
            return found or {}
        if part is not Money and part in TELLING and isinstance(value, (str, int)):
            name = TELLING[part]
            origins[*at, name] = path
            return {name: value}
        if part is Money and not isinstance(value, (str, int)):
            return value
        if part is not Money:
            self._wrong(path, f"holds {_kind_of(value)}; {{{', '.join(keys_of(part))}}} is wanted.")
            return {}
        return self._money(value, path)

    def _money(self, value: Any, path: Path) -> Any:
        found = money(value, self._currency)
        if found is None:
            self._wrong(path, f"'{str(value)[:60]}' is not an amount; write for example \u00a3500,000 or 500k.")
        return found or {"amount": 0, "currency": self._currency}

    def _under_of(
        self, value: Any, path: Path, origins: dict[Path, Path], at: Path, model: type[Struct] | None = None
    ) -> dict[str, Any]:
        """`under`: an instrument, or an instrument and a clause of it."""
        if isinstance(value, (str, int)) and not isinstance(value, bool):
            value = {"instrument": str(value)}
        if isinstance(value, list) and len(value) == 2:
            value = dict(zip(("instrument", "clause"), value, strict=True))
        if not isinstance(value, dict):
            if value is not None:
                self._wrong(path, "an instrument is wanted, or {instrument: ..., clause: ...}.")
            return {}
        self._unknown(value, ["instrument", "clause"], path)
        if model and "clause" in value and "clause" not in fields_of(model):
            self._wrong((*path, "clause"), "no clause is kept here; write the instrument alone.")
            return {}
        for name in value:
            origins[*at, name] = (*path, name)
        return {name: str(inner) for name, inner in value.items() if name in {"instrument", "clause"}}

    # Days

    def _day(self, value: Any, path: Path) -> str | None:
        try:
            return check_when(
                str(value) if isinstance(value, int) and not isinstance(value, bool) else value, self._zone
            )
        except NotADate as wrong:
            self._wrong(path, str(wrong))
            return None

    def _day_after(self, value: Any, path: Path) -> str | None:
        """The first day on which it no longer holds."""
        found = self._day(value, path)
        if found is None:
            return None
        try:
            return (date.fromisoformat(found) + timedelta(days=1)).isoformat()
        except (ValueError, OverflowError):
            self._wrong(path, f"'{found}' is not a whole day; write the last day on which it holds, or give `until`.")
            return None

    # Plain facts

    def _also(self, value: Any) -> None:
        for index, plain in enumerate(value if isinstance(value, list) else [value]):
            path = (ALSO, index) if isinstance(value, list) else (ALSO,)
            if not isinstance(plain, dict):
                self._wrong(path, "a plain fact is wanted, such as {type: delegation.reported, about: SORD-7.2}.")
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

    # Mistakes

    def _unknown(self, value: Mapping[str, Any], known: Iterable[str], path: Path) -> None:
        names = list(known)
        for key in value:
            if key not in names:
                self._wrong((*path, key), _unknown_key(key, names))

    def _wrong(self, path: Path, sentence: str) -> None:
        self._found.mistakes.append(Mistake(self._written.place(*path), sentence))


def _unknown_key(key: str, known: list[str]) -> str:
    if near := suggestion(key, known, cutoff=0.6):
        return f"unknown key `{key[:60]}`. Did you mean `{near}`?"
    return f"unknown key `{key[:60]}`. Known here: {', '.join(known)}."


def _steps(found: str) -> Path:
    """`data.terms[0].version` as ("terms", 0, "version")."""
    return tuple(int(index) if index else name for name, index in _STEP.findall(found))


def _origin(steps: Path, path: Path, origins: Mapping[Path, Path]) -> Path:
    """Where in the file a value of the data was written."""
    for length in range(len(steps), 0, -1):
        if steps[:length] in origins:
            return (*origins[steps[:length]], *steps[length:])
    return (*path, *steps)


def _kind_of(value: Any) -> str:
    if isinstance(value, list):
        return "a list"
    if isinstance(value, dict):
        return "keys"
    return f"'{str(value)[:60]}'" if not isinstance(value, bool) else str(value).lower()


def _some_keys(part: Later) -> str:
    return ", ".join([*part.same, *(key for key in every_key(part) if key not in part.same)][:4]) + ", ..."
