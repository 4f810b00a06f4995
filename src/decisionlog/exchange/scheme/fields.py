"""The fields of a scheme file: what stands under its keys as the data of a fact, each value with where it was written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import tzinfo
from typing import Any, Final

from msgspec import Struct

from decisionlog.commands.requests import check, check_when, suggestion
from decisionlog.domain.amounts import money
from decisionlog.domain.days import NotADate, day_after
from decisionlog.domain.facts.parts import Limit, Money
from decisionlog.domain.facts.shape import FieldShape, fields_of
from decisionlog.domain.refusals import Mistake
from decisionlog.exchange.fitting import fitted
from decisionlog.exchange.scheme.keys import BY_KIND, LAST_DAY, UNDER, keys_of
from decisionlog.exchange.scheme.shorthand import TELLING, limit
from decisionlog.exchange.written import Path, Written

_STEP: Final = re.compile(r"\.([^.\[]+)|\[(\d+)\]")


class Fields:
    """Reads the fields of one file, and keeps what is wrong with them."""

    def __init__(self, written: Written, currency: str, zone: tzinfo) -> None:
        self._written = written
        self._currency = currency
        self._zone = zone
        self.mistakes: list[Mistake] = []

    def unknown(self, value: Mapping[str, Any], known: Iterable[str], path: Path) -> None:
        """Keep a mistake for every key that is not known there."""
        names = list(known)
        for key in value:
            if key not in names:
                self.wrong((*path, key), _unknown_key(key, names))

    def wrong(self, path: Path, sentence: str) -> None:
        """Keep a mistake."""
        self.mistakes.append(Mistake(self.place(path), sentence))

    def place(self, path: Path) -> str:
        """Where something stands, as far as it was written: one value that stands for a list has no first entry."""
        while path and path not in self._written.lines:
            path = path[:-1]
        return self._written.place(*path)

    def checked(self, type_name: str, data: dict[str, Any], path: Path, origins: Mapping[Path, Path]) -> dict[str, Any]:
        """The data as it would be recorded; of data with mistakes, which are kept, what is sound."""
        data = fitted(type_name, data, self._currency)
        checked, mistakes = check(type_name, data, self._zone)
        for found, sentence in mistakes:
            self.wrong(origin(_steps(found), path, origins), sentence)
        if mistakes:
            wrong = {_steps(found)[0] for found, _ in mistakes if _steps(found)}
            checked, _ = check(
                type_name, {name: value for name, value in data.items() if name not in wrong}, self._zone
            )
        return checked

    def struct(
        self, model: type[Struct], value: Mapping[str, Any], path: Path, at: Path, origins: dict[Path, Path]
    ) -> dict[str, Any]:
        """The fields of a type or a part; `origins` is filled with where in the file each value stands."""
        keys, fields = keys_of(model), fields_of(model)
        data: dict[str, Any] = {}
        for key, inner in value.items():
            name = keys.get(key)
            if name is None or inner is None:
                continue
            if name == UNDER:
                data |= self.under(inner, (*path, key), origins, at, model)
                continue
            if name in data:
                self.wrong((*path, key), f"`{key}` says again what is said above; keep one of them.")
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
            self.unknown(value, [*keys_of(part)], path)
            return self.struct(part, value, path, at, origins)
        if part is Limit and isinstance(value, (str, int)) and not isinstance(value, bool):
            found = limit(str(value), self._currency)
            if found is None:
                self.wrong(
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
            self.wrong(path, f"holds {kind_of(value)}; {{{', '.join(keys_of(part))}}} is wanted.")
            return {}
        return self._money(value, path)

    def _money(self, value: Any, path: Path) -> Any:
        found = money(value, self._currency)
        if found is None:
            self.wrong(path, f"'{str(value)[:60]}' is not an amount; write for example \u00a3500,000 or 500k.")
        return found or {"amount": 0, "currency": self._currency}

    def under(
        self, value: Any, path: Path, origins: dict[Path, Path], at: Path, model: type[Struct] | None = None
    ) -> dict[str, Any]:
        """`under`: an instrument, or an instrument and a clause of it."""
        if isinstance(value, (str, int)) and not isinstance(value, bool):
            value = {"instrument": str(value)}
        if isinstance(value, list) and len(value) == 2:
            value = dict(zip(("instrument", "clause"), value, strict=True))
        if not isinstance(value, dict):
            if value is not None:
                self.wrong(path, "an instrument is wanted, or {instrument: ..., clause: ...}.")
            return {}
        self.unknown(value, ["instrument", "clause"], path)
        if model and "clause" in value and "clause" not in fields_of(model):
            self.wrong((*path, "clause"), "no clause is kept here; write the instrument alone.")
            return {}
        for name in value:
            origins[*at, name] = (*path, name)
        return {name: str(inner) for name, inner in value.items() if name in {"instrument", "clause"}}

    def day(self, value: Any, path: Path) -> str | None:
        """A day, a time or a partial date."""
        try:
            return check_when(
                str(value) if isinstance(value, int) and not isinstance(value, bool) else value, self._zone
            )
        except NotADate as wrong:
            self.wrong(path, str(wrong))
            return None

    def _day_after(self, value: Any, path: Path) -> str | None:
        """The first day on which it no longer holds."""
        found = self.day(value, path)
        if found is None:
            return None
        if (after := day_after(found)) is None:
            self.wrong(path, f"'{found}' is not a whole day; write the last day on which it holds, or give `until`.")
        return after


def _unknown_key(key: str, known: list[str]) -> str:
    if near := suggestion(key, known, cutoff=0.6):
        return f"unknown key `{key[:60]}`. Did you mean `{near}`?"
    return f"unknown key `{key[:60]}`. Known here: {', '.join(known)}."


def _steps(found: str) -> Path:
    """`data.terms[0].version` as ("terms", 0, "version")."""
    return tuple(int(index) if index else name for name, index in _STEP.findall(found))


def origin(steps: Path, path: Path, origins: Mapping[Path, Path]) -> Path:
    """Where in the file a value of the data was written."""
    for length in range(len(steps), 0, -1):
        if steps[:length] in origins:
            return (*origins[steps[:length]], *steps[length:])
    return (*path, *steps)


def texts(value: Any, at: Path) -> Iterator[tuple[str, Path]]:
    """Every text in a value, and where it is."""
    if isinstance(value, str):
        yield value, at
    elif isinstance(value, (dict, list)):
        for step, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from texts(inner, (*at, step))


def kind_of(value: Any) -> str:
    """What was found where something else is wanted."""
    if isinstance(value, list):
        return "a list"
    if isinstance(value, dict):
        return "keys"
    return f"'{str(value)[:60]}'" if not isinstance(value, bool) else str(value).lower()
