"""The table of profiles: the fields of a complete record, and which of them each profile asks for. It is data, with its sources.

The table of the package is `profiles.toml`; `docs/completeness.md` shows it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from datetime import UTC
from functools import lru_cache
from importlib.resources import files
from typing import Any, Final, Literal, get_args

from msgspec import Struct

from decisionlog.domain.days import NotADate, span

Condition = Literal[
    "key", "urgent", "exempt", "at-a-meeting", "interest-declared", "consulted", "express-authorisation", "by-delegation",
    "goes-on", "on-a-paper",
]  # fmt: skip
CONDITIONS: Final[tuple[str, ...]] = get_args(Condition)
"""Under what a field may be asked for."""

ADVISORY: Final = "advisory"
UNION: Final = "union"
"""The profile of what is certain of any decision."""


class BadProfiles(ValueError):
    """A table that cannot be used; its sentence says where, and what was wanted."""


class Wanted(Struct, frozen=True):
    """One field of a complete record, and what satisfies it."""

    name: str
    title: str
    satisfied_by: tuple[str, ...]
    near: tuple[str, ...]
    near_says: str
    of_each_interest: bool
    applies: str
    """One of `CONDITIONS`; empty: always."""
    only_asked: bool
    """It is no part of the complete record of decisions of which no profile asks for it."""


class Ask(Struct, frozen=True):
    """One field that a profile asks for."""

    field: Wanted
    by: str
    """The regulation, the guidance or the practice that asks for it."""
    verified: bool
    applies: str
    """The field's own condition, unless the profile has another."""


class Profile(Struct, frozen=True):
    """What one kind of decision must record."""

    name: str
    title: str
    source: str
    uri: str
    from_: str
    """The first day on which decisions are judged by it; empty: not limited."""
    until: str
    asks: tuple[Ask, ...]

    @property
    def verified(self) -> bool:
        """Whether everything that it asks for was read in its source."""
        return all(ask.verified for ask in self.asks)

    def was_there_on(self, day: str) -> bool:
        """Whether decisions of a day (or of an unrecorded one) are judged by it."""
        begun = not self.from_ or day >= self.from_[: len(day)]
        return not day or (begun and (not self.until or day < self.until))


class Profiles(Struct, frozen=True):
    """All of them, and all fields."""

    version: str
    fields: Mapping[str, Wanted]
    profiles: Mapping[str, Profile]


@lru_cache(maxsize=1)
def built_in() -> Profiles:
    """The table of the package, read once."""
    written = files("decisionlog.checks.profiles").joinpath("profiles.toml").read_text(encoding="utf-8")
    return profiles_of(written, "the table of profiles")


def profiles_of(written: str, where: str) -> Profiles:
    """The table that a text of TOML holds. Raises `BadProfiles`, naming the place, what was found and what was wanted."""
    try:
        content = tomllib.loads(written)
    except tomllib.TOMLDecodeError as wrong:
        raise BadProfiles(f"{where} cannot be read as TOML ({wrong}).") from wrong
    _refuse_unknown(content, ("version", "field", "profile"), where)
    fields = {name: _wanted(name, entry, where) for name, entry in content.get("field", {}).items()}
    profiles = {name: _profile(name, entry, fields, where) for name, entry in content.get("profile", {}).items()}
    for name in (ADVISORY, UNION):
        if name not in profiles:
            raise BadProfiles(f"{where} has no [profile.{name}], which every table needs.")
    return Profiles(_text(content, "version", where), fields, profiles)


def _wanted(name: str, entry: Mapping[str, Any], where: str) -> Wanted:
    where = f"{where}, [field.{name}]"
    _refuse_unknown(entry, ("title", "satisfied_by", "near", "near_says", "of_each", "applies", "only_asked"), where)
    of_each = _text(entry, "of_each", where, needed=False)
    if of_each not in {"", "interest"}:
        raise BadProfiles(f"{where}: of_each is '{of_each}'; it can only be 'interest'.")
    satisfied_by = _texts(entry, "satisfied_by", where)
    if not satisfied_by:
        raise BadProfiles(
            f"{where}: satisfied_by names nothing; name a type of fact, such as 'decision.taken reasons'."
        )
    return Wanted(
        name=name,
        title=_text(entry, "title", where),
        satisfied_by=satisfied_by,
        near=_texts(entry, "near", where),
        near_says=_text(entry, "near_says", where, needed="near" in entry),
        of_each_interest=bool(of_each),
        applies=_condition(entry, where),
        only_asked=_flag(entry, "only_asked", where),
    )


def _profile(name: str, entry: Mapping[str, Any], fields: Mapping[str, Wanted], where: str) -> Profile:
    where = f"{where}, [profile.{name}]"
    _refuse_unknown(entry, ("title", "source", "uri", "from", "until", "asks"), where)
    asks = entry.get("asks", {})
    _refuse_unknown(asks, fields, f"{where}, asks")
    ordered = sorted(asks.items(), key=lambda ask: list(fields).index(ask[0]))
    return Profile(
        name=name,
        title=_text(entry, "title", where),
        source=_text(entry, "source", where),
        uri=_text(entry, "uri", where, needed=False),
        from_=_day(entry, "from", where),
        until=_day(entry, "until", where),
        asks=tuple(_ask(fields[field], ask, f"{where}, {field}") for field, ask in ordered),
    )


def _ask(field: Wanted, entry: Mapping[str, Any], where: str) -> Ask:
    _refuse_unknown(entry, ("by", "verified", "applies"), where)
    by, applies = _text(entry, "by", where), _condition(entry, where) or field.applies
    return Ask(field, by, _flag(entry, "verified", where), applies)


def _flag(entry: Mapping[str, Any], name: str, where: str) -> bool:
    value = entry.get(name, False)
    if not isinstance(value, bool):
        raise BadProfiles(f"{where}: '{name}' must be true or false, not {value!r}.")
    return value


def _condition(entry: Mapping[str, Any], where: str) -> str:
    applies = _text(entry, "applies", where, needed=False)
    if applies and applies not in CONDITIONS:
        raise BadProfiles(f"{where}: applies is '{applies}'; write one of {', '.join(CONDITIONS)}.")
    return applies


def _day(entry: Mapping[str, Any], name: str, where: str) -> str:
    day = _text(entry, name, where, needed=False)
    try:
        if day:
            span(day, UTC)
    except NotADate as wrong:
        raise BadProfiles(f"{where}, {name}: {wrong}") from wrong
    return day


def _text(entry: Mapping[str, Any], name: str, where: str, *, needed: bool = True) -> str:
    value = entry.get(name, "")
    if not isinstance(value, str) or (needed and not value.strip()):
        raise BadProfiles(f"{where}: '{name}' must be text in quotation marks.")
    return value.strip()


def _texts(entry: Mapping[str, Any], name: str, where: str) -> tuple[str, ...]:
    value = entry.get(name, [])
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise BadProfiles(f"{where}: '{name}' must be a list of texts, such as [\"decision.taken reasons\"].")
    return tuple(value)


def _refuse_unknown(entry: Any, known: Iterable[str], where: str) -> None:
    if not isinstance(entry, dict):
        raise BadProfiles(f"{where} must be a table of entries.")
    for name in entry:
        if name not in known:
            raise BadProfiles(f"{where}: unknown key '{name}'. Known: {', '.join(known)}.")
