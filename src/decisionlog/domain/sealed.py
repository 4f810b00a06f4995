"""What is sealed in a stored fact, and what stands in its place once it was erased. Pure: no vault, no log."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from decisionlog.domain.facts.envelope import Cited, Fact
from decisionlog.domain.facts.person import PersonErased
from decisionlog.domain.facts.record import RecordValueErased
from decisionlog.domain.facts.typed import is_commitment

ERASING: Final = frozenset({"record.value_erased", "person.erased"})
"""The types of fact that say that sealed values were emptied from the vault."""


def commitments(plain: Mapping[str, Any]) -> dict[str, str]:
    """Every commitment in a stored line, by the pointer at which it stands: into `data`, or `/source/...`."""
    found = dict(_within(plain.get("data"), ""))
    found |= _within(plain.get("source"), "/source")
    return found


def _within(value: Any, pointer: str) -> Iterator[tuple[str, str]]:
    if is_commitment(value):
        yield pointer, str(value["$private"])
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from _within(inner, f"{pointer}/{name.replace('~', '~0').replace('/', '~1')}")
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _within(inner, f"{pointer}/{index}")


def is_at(pointer: str, paths: Iterable[str]) -> bool:
    """Whether a pointer is one of these paths, or is within what one of them names."""
    return any(pointer == path or pointer.startswith(f"{path.rstrip('/')}/") for path in paths)


def said_erased(fact: Fact) -> list[tuple[Cited, tuple[str, ...]]]:
    """Of which facts an erasing fact says that values went, each with the paths; no path: everything sealed in it."""
    data = fact.data
    if isinstance(data, RecordValueErased) and fact.of:
        return [(fact.of, data.paths)]
    if isinstance(data, PersonErased):
        return [(cited, ()) for cited in data.facts or ()]
    return []


def decided_by(fact: Fact) -> str:
    """The disposal decision that an erasing fact rests on; empty where none is recorded."""
    return getattr(fact.data, "by_decision", None) or ""
