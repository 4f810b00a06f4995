"""The shape of a fact, field by field, for whoever walks one: requests, sealing, corrections, the published schema.

It knows the kinds of value and how a Struct is written, and no single type.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType, NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from msgspec import Meta, Struct
from msgspec.structs import FieldInfo, fields

from decisionlog.domain.values import Commitment

_BARE = {bool: "flag", str: "text", int: "whole"}


class FieldShape(Struct, frozen=True, kw_only=True):
    """One field of a type of fact or of a part.

    `meaning` is the kind of value of `domain.values` (sealed, label, ref, when ...), or `part` for a nested Struct,
    `word` for one of a controlled list, `flag` for yes or no.
    """

    name: str
    """As it is written in the stored bytes: `from`."""
    attribute: str
    """As Python reads it: `from_`."""
    required: bool
    many: bool
    meaning: str
    description: str = ""
    kinds: tuple[str, ...] = ()
    """For a reference: the kinds of stream it may name; empty = any."""
    part: type[Struct] | None = None
    words: tuple[str, ...] = ()
    limit: int | None = None
    one_line: bool = False
    verbatim: bool = False
    """Kept as it was found: neither normalised nor trimmed, and it may be empty."""

    @property
    def sealed(self) -> bool:
        """Whether what is stored here is a commitment."""
        return self.meaning == "sealed"


@cache
def fields_of(struct_type: type[Struct]) -> Mapping[str, FieldShape]:
    """The fields of a type of fact or of a part, by the name that stands in the stored bytes, in the page's order."""
    hints = get_type_hints(struct_type, include_extras=True)
    return MappingProxyType({info.encode_name: _shape(info, hints[info.name]) for info in fields(struct_type)})


def at(struct_type: type[Struct], pointer: str) -> FieldShape | None:
    """The field that a JSON Pointer (RFC 6901) into data names, through parts and lists; None where there is none.

    A pointer to one entry of a list gives the list's field with `many` false.
    """
    if not pointer.startswith("/"):
        return None
    within: type[Struct] | None = struct_type
    found: FieldShape | None = None
    for step in pointer[1:].split("/"):
        if found is not None and found.many:
            if not _is_index(step):
                return None
            found = _entry(found)
            within = found.part
            continue
        if within is None:
            return None
        found = fields_of(within).get(step.replace("~1", "/").replace("~0", "~"))
        if found is None:
            return None
        within = found.part
    return found


def parts_of(struct_type: type[Struct]) -> Iterator[type[Struct]]:
    """Every part that a type of fact holds, at any depth, each once."""
    seen: dict[type[Struct], None] = {}
    waiting = [struct_type]
    while waiting:
        for shape in fields_of(waiting.pop()).values():
            if shape.part is not None and shape.part not in seen:
                seen[shape.part] = None
                waiting.append(shape.part)
    yield from seen


@cache
def _entry(shape: FieldShape) -> FieldShape:
    values = {name: getattr(shape, name) for name in shape.__struct_fields__}
    return FieldShape(**{**values, "many": False})


def _is_index(step: str) -> bool:
    return step.isascii() and step.isdigit() and (step == "0" or not step.startswith("0"))


def _shape(info: FieldInfo, hint: Any) -> FieldShape:
    inner = _without_none(hint)
    many = get_origin(inner) is tuple
    if many:
        inner = get_args(inner)[0]
    return FieldShape(
        name=info.encode_name, attribute=info.name, required=info.required, many=many, **_value(inner, info.name)
    )


def _without_none(hint: Any) -> Any:
    if get_origin(hint) in {Union, UnionType}:
        (hint,) = (one for one in get_args(hint) if one is not NoneType)
    return hint


def _value(hint: Any, field_name: str) -> dict[str, Any]:
    if get_origin(hint) is Annotated:
        meta = next(one for one in get_args(hint)[1:] if isinstance(one, Meta))
        said: dict[str, Any] = dict(meta.extra or {})
        return {"meaning": said.pop("is"), "description": meta.description or "", **said}
    if get_origin(hint) is Literal:
        return {"meaning": "word", "words": get_args(hint)}
    if hint in _BARE:
        return {"meaning": _BARE[hint]}
    if isinstance(hint, type) and issubclass(hint, Struct) and hint is not Commitment:
        return {"meaning": "part", "part": hint}
    msg = f"{field_name}: {hint!r} is not a kind of value that a fact may hold; name one in domain.values"
    raise TypeError(msg)
