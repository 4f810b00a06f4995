"""What is prose or a name goes behind a salted commitment; what is a reference is noted, to be resolved under the lock."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, Literal

from msgspec import Struct

from decisionlog.domain.facts import TYPES
from decisionlog.domain.facts.envelope import Source
from decisionlog.domain.facts.shape import FieldShape, fields_of
from decisionlog.domain.facts.typed import is_commitment
from decisionlog.store.batch import Opening, Slot
from decisionlog.store.codec import commitment, unpadded

_SALT = 16
_Way = type[Struct] | Literal["sealed", "ref"]
"""What is done with a field: sealed, noted as a reference, or walked as the part that it holds."""


def seal(value: Any) -> tuple[dict[str, str], Opening]:
    """The commitment to a value, as it is stored, and what opens it."""
    salt = unpadded(os.urandom(_SALT))
    digest = commitment(salt, value)
    return {"$private": digest}, Opening(digest, salt, value)


class Sealer:
    """Makes checked data ready to be stored, in place, and gathers what opens it and what it refers to."""

    def __init__(self) -> None:
        self.openings: list[Opening] = []
        self.slots: list[Slot] = []

    def data(self, type_name: str, data: dict[str, Any], private: set[str]) -> None:
        """Seal the sealed fields of a type, and the open ones at the pointers in `private`."""
        self._struct(TYPES[type_name], data)
        self.seal_at(data, private)

    def seal_at(self, data: dict[str, Any], private: set[str]) -> None:
        """Seal what stands at these pointers, the innermost first."""
        for pointer in sorted(private, reverse=True):
            self._seal_at(data, pointer)

    def source(self, source: dict[str, Any]) -> None:
        """Seal what a source says of people."""
        self._struct(Source, source)

    def value(self, field: FieldShape, holder: dict[str, Any], name: str) -> None:
        """One value of a field, into the form in which it is stored (for the `was` and the `now` of a correction)."""
        if way := _way(field):
            self._go(way, holder, name)

    def seal(self, value: Any) -> dict[str, str]:
        """Seal one value."""
        sealed, opening = seal(value)
        self.openings.append(opening)
        return sealed

    def _struct(self, model: type[Struct], data: dict[str, Any]) -> None:
        ways = _ways(model)
        for name in data:
            if name in ways:
                self._go(ways[name], data, name)

    def _go(self, way: _Way, holder: Any, key: Any) -> None:
        value = holder[key]
        if isinstance(value, list):
            for index in range(len(value)):
                self._go(way, value, index)
        elif way == "ref":
            if isinstance(value, str):
                self.slots.append((holder, key))
        elif is_commitment(value):
            return
        elif way == "sealed":
            holder[key] = self.seal(value)
        else:
            self._struct(way, value)

    def _seal_at(self, data: Any, pointer: str) -> None:
        *parents, last = pointer.split("/")[1:]
        holder = data
        for part in parents:
            holder = holder[int(part)] if isinstance(holder, list) else holder[part]
        key: Any = int(last) if isinstance(holder, list) else last
        if isinstance(holder[key], dict) and holder[key].keys() == {"$private"}:
            return
        inside = set(_containers(holder[key]))
        self.slots = [
            (container, place)
            for container, place in self.slots
            if id(container) not in inside and not (container is holder and place == key)
        ]
        holder[key] = self.seal(holder[key])


@cache
def _ways(model: type[Struct]) -> dict[str, _Way]:
    """What is to be done with the fields of a type or a part: those that are sealed, refer to something, or hold what does."""
    return {name: way for name, field in fields_of(model).items() if (way := _way(field))}


def _way(field: FieldShape) -> _Way | None:
    if field.meaning == "part" and field.part is not None:
        return field.part if _ways(field.part) else None
    return _LEAVES.get(field.meaning)


_LEAVES: dict[str, _Way] = {"sealed": "sealed", "ref": "ref"}


def _containers(value: Any) -> Iterator[int]:
    if isinstance(value, (dict, list)):
        yield id(value)
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _containers(inner)


def unwrap(value: Any, pointer: str, private: set[str]) -> Any:
    """The value with every `{"$private": x}` replaced by `x`, its pointer noted: an open field that is to be sealed."""
    if isinstance(value, dict):
        if value.keys() == {"$private"}:
            private.add(pointer)
            return unwrap(value["$private"], pointer, private)
        return {key: unwrap(inner, f"{pointer}/{key}", private) for key, inner in value.items()}
    if isinstance(value, list):
        return [unwrap(inner, f"{pointer}/{index}", private) for index, inner in enumerate(value)]
    return value


def texts_in(value: Any, pointer: str, visit: Callable[[str, str], None]) -> None:
    """Call `visit` with the pointer and the text of every text in a value."""
    if isinstance(value, str):
        visit(pointer, value)
    elif isinstance(value, dict):
        for key, inner in value.items():
            texts_in(inner, f"{pointer}.{key}", visit)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            texts_in(inner, f"{pointer}[{index}]", visit)
