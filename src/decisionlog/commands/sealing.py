"""What is prose or a name goes behind a salted commitment; what is a reference is noted, to be resolved under the lock."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from msgspec import Struct

from decisionlog.domain.facts import TYPES
from decisionlog.domain.facts.envelope import Source
from decisionlog.domain.facts.shape import FieldShape, fields_of
from decisionlog.domain.facts.typed import is_commitment
from decisionlog.store.batch import Opening, Slot
from decisionlog.store.codec import commitment, unpadded

_SALT = 16


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
        self._field(field, holder, name, holder[name])

    def seal(self, value: Any) -> dict[str, str]:
        """Seal one value."""
        sealed, opening = seal(value)
        self.openings.append(opening)
        return sealed

    def _struct(self, model: type[Struct], data: dict[str, Any]) -> None:
        for name, field in _touched(model).items():
            if name in data:
                self._field(field, data, name, data[name])

    def _field(self, field: FieldShape, holder: dict[str, Any], name: str, value: Any) -> None:
        meaning = field.meaning
        if is_commitment(value):
            return
        if meaning == "sealed":
            holder[name] = [self._once(item) for item in value] if field.many else self.seal(value)
        elif meaning == "ref":
            self._refer(field, holder, name, value)
        elif meaning == "part" and field.part is not None:
            for item in value if field.many else (value,):
                if not is_commitment(item):
                    self._struct(field.part, item)

    def _refer(self, field: FieldShape, holder: dict[str, Any], name: str, value: Any) -> None:
        if field.many:
            open_ones = [index for index, item in enumerate(value) if not is_commitment(item)]
            self.slots.extend(Slot(value, index, field.kinds) for index in open_ones)
        else:
            self.slots.append(Slot(holder, name, field.kinds))

    def _once(self, value: Any) -> Any:
        return value if is_commitment(value) else self.seal(value)

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
            slot
            for slot in self.slots
            if id(slot.container) not in inside and not (slot.container is holder and slot.key == key)
        ]
        holder[key] = self.seal(holder[key])


@cache
def _touched(model: type[Struct]) -> dict[str, FieldShape]:
    """The fields of a type or a part that are sealed or refer to something, or hold what does."""
    touched = {}
    for name, field in fields_of(model).items():
        inner = field.part is not None and field.meaning == "part" and _touched(field.part)
        if field.meaning in {"sealed", "ref"} or inner:
            touched[name] = field
    return touched


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
