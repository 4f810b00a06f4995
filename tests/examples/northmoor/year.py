"""The facts of the year, and how to look for some among them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

NORTHMOOR = Path(__file__).parents[3] / "examples" / "northmoor"
SCHEME = NORTHMOOR / "scheme.yaml"
CORRECTION = NORTHMOOR / "correction.jsonl"
STORY = NORTHMOOR / "README.md"
FILES = sorted(NORTHMOOR.glob("meetings/*.yaml"))

RECORDED = object()
"""A field that is recorded, whatever it holds."""

_SLIP = re.compile(
    r"^\| (?P<what>[^|]+) \| [^|]+ \((?P<rule>GL\d\d)\) \| (?P<where>[^|]+) \| [^|]+ \| (?P<properly>[^|]+) \|$",
    re.MULTILINE,
)


class Slip(NamedTuple):
    """A row of the story's table: what slipped, the rule that finds it, where, and where it was done properly."""

    what: str
    rule: str
    where: str
    properly: str


def slips() -> list[Slip]:
    """The table of what slipped, with which the story ends."""
    return [Slip(**row.groupdict()) for row in _SLIP.finditer(STORY.read_text(encoding="utf-8"))]


@dataclass(frozen=True)
class Sign:
    """A kind of fact by which something is seen: its type, and what some of its fields hold (`conditions.kind`)."""

    type: str
    fields: tuple[tuple[str, Any], ...]

    def is_of(self, fact: dict[str, Any]) -> bool:
        """Whether a fact is of this kind."""
        return fact["type"] == self.type and all(
            any(wanted is RECORDED or found == wanted for found in values(fact["data"], path))
            for path, wanted in self.fields
        )


def sign(type_name: str, fields: dict[str, Any] | None = None, **more: Any) -> Sign:
    """A sign of a type, with the fields that tell it."""
    return Sign(type_name, tuple({**(fields or {}), **more}.items()))


def values(data: Any, path: str) -> Iterator[Any]:
    """What stands at a path, in each element of the lists on the way."""
    if isinstance(data, list):
        for each in data:
            yield from values(each, path)
    elif not path:
        yield data
    elif isinstance(data, dict):
        name, _, rest = path.partition(".")
        if name in data:
            yield from values(data[name], rest)


class Year:
    """The facts, in the order in which they were recorded."""

    def __init__(self, facts: Sequence[dict[str, Any]]) -> None:
        self.facts = facts

    def find(self, wanted: Sign, stream: str = "") -> list[dict[str, Any]]:
        """The facts of a kind, of one stream where that is given."""
        return [fact for fact in self.facts if wanted.is_of(fact) and stream in ("", fact["stream"])]

    def one(self, type_name: str, stream: str, **fields: Any) -> dict[str, Any]:
        """The only fact of a type with some fields in one stream."""
        found = self.find(sign(type_name, **fields), stream)
        assert len(found) == 1, f"{len(found)} of {type_name} in {stream}"
        return found[0]

    def goes_through(self, *signs: Sign) -> list[str]:
        """The streams in which there is a fact of each kind, each later than the one before."""
        streams = dict.fromkeys(fact["stream"] for fact in self.find(signs[0]))
        return [stream for stream in streams if self._in_order(stream, signs)]

    def _in_order(self, stream: str, signs: Sequence[Sign]) -> bool:
        course = sorted((fact for fact in self.facts if fact["stream"] == stream), key=lambda fact: fact.get("on", ""))
        facts = iter(course)
        return all(any(wanted.is_of(fact) for fact in facts) for wanted in signs)
