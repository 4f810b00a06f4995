"""Data of a fact as its type, and back: what does not fit is kept as it is, never refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import ValidationError, convert, json

from decisionlog.domain.erased import Erased
from decisionlog.domain.facts import TYPES
from decisionlog.domain.facts.envelope import Data, Unread
from decisionlog.domain.facts.shape import fields_of


def typed(type_name: str, data: dict[str, Any]) -> tuple[Data | Unread, tuple[str, ...]]:
    """Data as its type, and the pointers of open fields that are sealed in it and so are left out."""
    model = TYPES.get(type_name)
    if model is None:
        return Unread(data, "a type that this version does not know"), ()
    try:
        return convert(data, model), ()
    except ValidationError as first:
        withheld: list[str] = []
        shown = _without_withheld(model, data, "", withheld)
        try:
            return convert(shown, model), tuple(withheld)
        except ValidationError:
            return Unread(data, f"a shape that this version does not know ({first})"), ()


def untyped(data: Data | Unread) -> dict[str, Any]:
    """Data as plain JSON values, in the form in which it is stored."""
    plain: dict[str, Any] = data.raw if isinstance(data, Unread) else json.decode(json.encode(data))
    return plain


def is_commitment(value: Any) -> bool:
    """Whether a plain value stands for a sealed one."""
    return isinstance(value, dict) and value.keys() == {"$private"}


def is_withheld(value: Any) -> bool:
    """Whether there is something in plain data that is not opened, or was erased."""
    if isinstance(value, Erased):
        return True
    if isinstance(value, dict):
        return is_commitment(value) or any(map(is_withheld, value.values()))
    return isinstance(value, list) and any(map(is_withheld, value))


def opened(value: Any, openings: Mapping[str, Any]) -> Any:
    """Plain data with what lies behind its commitments, as far as it can be opened."""
    if is_commitment(value):
        return openings.get(value["$private"], value)
    if isinstance(value, dict):
        return {key: opened(inner, openings) for key, inner in value.items()}
    if isinstance(value, list):
        return [opened(inner, openings) for inner in value]
    return value


def _without_withheld(model: type, data: dict[str, Any], pointer: str, withheld: list[str]) -> dict[str, Any]:
    """A copy without the commitments that stand where a field is open."""
    fields = fields_of(model)
    kept: dict[str, Any] = {}
    for name, value in data.items():
        field, at = fields.get(name), f"{pointer}/{name}"
        if field is None or field.meaning == "sealed":
            kept[name] = value
        elif is_commitment(value):
            withheld.append(at)
        elif isinstance(value, list):
            found: list[str] = []
            items = _items(field.part, value, at, found)
            withheld += found
            if items is not None:
                kept[name] = items
        elif field.part and isinstance(value, dict):
            kept[name] = _without_withheld(field.part, value, at, withheld)
        else:
            kept[name] = value
    return kept


def _items(part: type | None, values: list[Any], pointer: str, withheld: list[str]) -> list[Any] | None:
    """The entries of a list; none where one is withheld: to leave one out would move those behind it."""
    kept = []
    for index, value in enumerate(values):
        if is_commitment(value):
            withheld.append(f"{pointer}/{index}")
        elif part and isinstance(value, dict):
            kept.append(_without_withheld(part, value, f"{pointer}/{index}", withheld))
        else:
            kept.append(value)
    return kept if len(kept) == len(values) else None
