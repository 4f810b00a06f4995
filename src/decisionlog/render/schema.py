"""JSON Schema of the facts, made from their shapes: as they are stored, and as people write them to have them recorded."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Mapping
from typing import Any, Final

from decisionlog.domain.facts import KINDS, OPENING, TYPES
from decisionlog.domain.facts.envelope import Cited, Source
from decisionlog.domain.facts.names import FIELD_NAMES
from decisionlog.domain.facts.shape import FieldShape, fields_of, parts_of

_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
_COMMITMENT: Final = {
    "type": "object",
    "description": "A salted commitment in the place of a sealed value; what opens it lies in the vault.",
    "properties": {"$private": {"type": "string", "pattern": "^[A-Za-z0-9_-]{43}$"}},
    "required": ["$private"],
    "additionalProperties": False,
}
_PATTERNS: Final = {
    "when": r"^\d{4}(-\d{2}(-\d{2}([Tt].+)?)?)?$",
    "sha256": "^[0-9a-f]{64}$",
    "pointer": "^/",
    "exact": "^-?(0|[1-9][0-9]*)$",
}
_MOST: Final = 2**53 - 1
_TEXT: Final = {"type": "string"}
_WHEN: Final = {"type": "string", "pattern": _PATTERNS["when"]}
_TIME: Final = {"type": "string", "format": "date-time"}
_STREAM: Final = {"type": "string", "pattern": f"^({'|'.join(KINDS)}):."}
_COUNTED: Final = {"type": "integer", "minimum": 1, "maximum": _MOST}
_CITED: Final = {"$ref": "#/$defs/Cited"}
_SOURCE: Final = {"$ref": "#/$defs/Source"}
_ENVELOPE: Final[Mapping[str, dict[str, Any]]] = {
    "type": _TEXT,
    "v": _COUNTED,
    "stream": _STREAM,
    "n": _COUNTED,
    "on": _WHEN,
    "recorded_at": _TIME,
    "clock": _TIME,
    "recorded_by": {"type": "string", "pattern": "^[a-z][a-z0-9-]{1,31}$"},
    "batch": {"type": "string", "pattern": "^[0-9A-HJKMNP-TV-Z]{26}$"},
    "source": _SOURCE,
    "of": _CITED,
    "salt": {"type": "string", "pattern": "^[A-Za-z0-9_-]{22}$"},
}
_OPTIONAL: Final = frozenset({"on", "clock", "source", "of"})


def summaries() -> Iterable[tuple[str, str, bool]]:
    """Every type with what it says in one line, and whether it opens a stream."""
    return ((name, _said(model).partition("\n")[0], name in OPENING) for name, model in TYPES.items())


def schema(names: Iterable[str] = (), *, plain: bool = False) -> dict[str, Any]:
    """The schema of one line: of a stored fact, or of a plain fact as `import` reads it; of these types, else of all."""
    wanted = {name: TYPES[name] for name in (names or TYPES)}
    models: dict[type, None] = dict.fromkeys([*wanted.values(), Cited, Source])
    for model in wanted.values():
        models |= dict.fromkeys(parts_of(model))
    definitions: dict[str, Any] = {model.__name__: _object(model, plain=plain) for model in models}
    if not plain:
        definitions["Commitment"] = _COMMITMENT
    return {
        "$schema": _DIALECT,
        "title": "A plain fact, one line of a file to import" if plain else "A fact, one line of a log",
        "oneOf": [_fact(name, model, plain=plain) for name, model in wanted.items()],
        "$defs": dict(sorted(definitions.items())),
    }


def _fact(name: str, model: type, *, plain: bool) -> dict[str, Any]:
    data = {"$ref": f"#/$defs/{model.__name__}"}
    described = {"title": name, "description": _said(model), "type": "object", "additionalProperties": False}
    if plain:
        written = {"on": _WHEN, "source": _SOURCE, "of": {"anyOf": [_CITED, _TEXT]}, "stream": _TEXT, "about": _TEXT}
        needed = ["type", "data"] if _required(model) else ["type"]
        return {**described, "properties": {"type": {"const": name}, **written, "data": data}, "required": needed}
    needed = [field for field in (*_ENVELOPE, "data") if field not in _OPTIONAL]
    return {**described, "properties": {**_ENVELOPE, "type": {"const": name}, "data": data}, "required": needed}


def _object(model: type, *, plain: bool) -> dict[str, Any]:
    properties = {name: _described(name, shape, plain=plain) for name, shape in fields_of(model).items()}
    described = {"type": "object", "description": _said(model), "properties": properties, "additionalProperties": False}
    required = _required(model)
    return {**described, "required": required} if required else described


def _described(name: str, shape: FieldShape, *, plain: bool) -> dict[str, Any]:
    one = _field(shape, plain=plain)
    value = {"type": "array", "items": one} if shape.many else one
    said = FIELD_NAMES.get(name)
    return {**value, "description": said} if said else value


def _field(shape: FieldShape, *, plain: bool) -> dict[str, Any]:
    """The schema of one value. In a plain fact what is sealed comes in clear, and what is open may come wrapped."""
    value = _value(shape, plain=plain)
    if plain and shape.meaning not in {"part", "sealed"}:
        wrapped = {
            "type": "object",
            "properties": {"$private": value},
            "required": ["$private"],
            "additionalProperties": False,
        }
        return {"anyOf": [value, wrapped]}
    if not plain and shape.meaning not in {"part", "sealed"}:
        return value if shape.meaning == "anything" else {"anyOf": [value, {"$ref": "#/$defs/Commitment"}]}
    return value


def _value(shape: FieldShape, *, plain: bool) -> dict[str, Any]:
    match shape.meaning:
        case "part" if shape.part:
            return {"$ref": f"#/$defs/{shape.part.__name__}"}
        case "sealed" if not plain:
            return {"$ref": "#/$defs/Commitment"}
        case "word":
            return {"enum": list(shape.words)}
        case "ref":
            return {"type": "string", "pattern": f"^({'|'.join(shape.kinds) or '[a-z_]+'}):."}
        case "count":
            return {"type": "integer", "minimum": 0, "maximum": _MOST}
        case "whole":
            return {"type": "integer", "minimum": -_MOST, "maximum": _MOST}
        case "flag":
            return {"type": "boolean"}
        case "anything":
            return {}
        case meaning if meaning in _PATTERNS:
            return {"type": "string", "pattern": _PATTERNS[meaning]}
        case _:
            return {"type": "string", **({"maxLength": shape.limit} if plain and shape.limit else {})}


def _required(model: type) -> list[str]:
    return [name for name, shape in fields_of(model).items() if shape.required]


def _said(model: type) -> str:
    return inspect.cleandoc(model.__doc__ or "")
