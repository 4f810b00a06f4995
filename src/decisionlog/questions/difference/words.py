"""Words that the sentences of changes have in common."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from decisionlog.domain.differences import differences
from decisionlog.domain.saying import Day, LastDay, Named, Said, Words, joined

POSSIBLY: Final = " (possibly: a date is recorded only in part)"


def until(day: str) -> Said:
    """`until 30 June 2025`, of what ends with the first moment of the next day."""
    if not day:
        return ("until a day that is not recorded",)
    return ("until ", LastDay(day)) if len(day) == len("2025-07-01") else ("until ", Day(day))


def since(day: str) -> Said:
    """`since 1 July 2025`."""
    return ("since ", Day(day)) if day else ("since when is not recorded",)


def these(references: Iterable[str], before: str = "") -> Said:
    """Several things, with words before them; nothing where there are none."""
    several = joined([(Named(one),) for one in references])
    return (before, *several) if several else ()


def what_changed(was: Mapping[str, Any], now: Mapping[str, Any]) -> Said:
    """Every field that differs, each with what it was and what it is."""
    data = {**was, **now}
    told = [differences(f"/{_as_one(name, was, now)}", was.get(name), now.get(name), data) for name in data]
    return joined(told, "; ", "; ")


def _as_one(name: str, was: Mapping[str, Any], now: Mapping[str, Any]) -> str:
    """The name of a field; of limits, where there was and is one only, as one says it."""
    return "limit" if name == "limits" and len(was.get(name, ())) == len(now.get(name, ())) == 1 else name


def bare(value: str) -> Said:
    """A name or a label, quoted."""
    return (Words(value),) if value else ("not recorded",)
