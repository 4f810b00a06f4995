"""JSON Schema (2020-12) of the file format: the stored line, and the plain fact that people write in an import.

Built from the shapes of the types, so that it cannot say anything else. It must not know any single type.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

from msgspec import Struct

from decisionlog.domain.facts import KINDS, TYPES
from decisionlog.domain.facts.envelope import Cited, Source
from decisionlog.domain.facts.names import FIELD_NAMES
from decisionlog.domain.facts.shape import FieldShape, fields_of, parts_of

Schema = dict[str, Any]

_MOST: Final = 2**53 - 1
_STREAM: Final = f"^({'|'.join(KINDS)}):."
_TIME: Final = r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})"

_VALUES: Final[dict[str, Schema]] = {
    "label": {"type": "string"},
    "text": {"type": "string"},
    "code": {"type": "string"},
    "uri": {"type": "string"},
    "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
    "pointer": {"type": "string", "pattern": "^/"},
    "when": {"type": "string", "pattern": rf"^(\d{{4}}(-\d{{2}}(-\d{{2}})?)?|{_TIME})$"},
    "count": {"type": "integer", "minimum": 0, "maximum": _MOST},
    "whole": {"type": "integer", "minimum": -_MOST, "maximum": _MOST},
    "exact": {"type": "string", "pattern": "^-?[0-9]+$"},
    "flag": {"type": "boolean"},
    "anything": {"not": {"type": "null"}},
}

_ENVELOPE: Final[dict[str, tuple[str, Schema]]] = {
    "type": ("What happened, by a chosen name.", {"type": "string", "pattern": r"^[a-z]+\.[a-z_]+$"}),
    "v": ("Version of the type's shape.", {"type": "integer", "minimum": 1}),
    "stream": ("What it is about: kind:key.", {"type": "string", "pattern": "^[a-z_]+:."}),
    "n": ("Version within the stream, without gaps.", {"type": "integer", "minimum": 1, "maximum": _MOST}),
    "on": ("When the act happened; absent: not recorded.", {"$ref": "#/$defs/when"}),
    "recorded_at": (
        "When the log learnt it: the later of the clock and the last fact's.",
        {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z$"},
    ),
    "recorded_by": ("A role, or a person's opaque key.", {"type": "string", "pattern": "^[a-z][a-z0-9-]{1,31}$"}),
    "clock": ("What the clock read, where it was behind.", {"type": "string", "format": "date-time"}),
    "batch": ("One act of recording: a ULID.", {"type": "string", "pattern": "^[0-7][0-9A-HJKMNP-TV-Z]{25}$"}),
    "source": ("Where it came from, if it was not typed here.", {"$ref": "#/$defs/stored-Source"}),
    "salt": ("16 random bytes, base64url.", {"type": "string", "pattern": "^[A-Za-z0-9_-]{22}$"}),
    "of": ("The fact that this one answers, ends, varies or corrects.", {"$ref": "#/$defs/stored-Cited"}),
    "data": ("The fields of the type.", {"type": "object"}),
}
_OPTIONAL: Final = {"on", "clock", "source", "of"}


def json_schema(newest: Callable[[str], int] = lambda _: 1) -> Schema:
    """The schema of one line of a log or an export, with that of plain facts at `#/$defs/plain`.

    `newest` gives the newest version of a type; lines of other versions are held to the envelope alone.
    """
    definitions: Schema = {
        "stored": _stored(newest),
        "plain": _plain(),
        "withheld": _object(
            "A fact that is wholly exempt, in a public export: its leaf hash.", {"$withheld": {"type": "string"}}
        ),
        "commitment": _object(
            "A salted commitment in the place of a value (RFC 9901, array-element disclosure).",
            {"$private": {"type": "string", "pattern": "^[A-Za-z0-9_-]{43}$"}},
        ),
        "to-be-sealed": _object("A value of an open field that is to be sealed.", {"$private": _VALUES["anything"]}),
        **_VALUES,
    }
    found = dict.fromkeys(part for struct_type in TYPES.values() for part in parts_of(struct_type))
    parts: list[type[Struct]] = [*found, Cited, Source]
    structs: dict[str, type[Struct]] = {**TYPES, **{part.__name__: part for part in parts}}
    for form, value in (("stored", _stored_value), ("plain", _plain_value)):
        for name, struct_type in structs.items():
            definitions[f"{form}-{name}"] = _struct(struct_type, form, value, definitions)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:decisionlog:schema:facts",
        "title": "decisionlog: one line of a log or of an export",
        "anyOf": [{"$ref": "#/$defs/stored"}, {"$ref": "#/$defs/withheld"}],
        "$defs": definitions,
    }


def _stored(newest: Callable[[str], int]) -> Schema:
    envelope = _object(
        "One fact as it is stored, hashed, exported and proved: canonical JSON (RFC 8785) on one line.",
        {name: {**schema, "description": text} for name, (text, schema) in _ENVELOPE.items()},
        optional=_OPTIONAL,
    )
    return {
        **envelope,
        "allOf": [
            {
                "if": {
                    "properties": {"type": {"const": name}, "v": {"const": newest(name)}},
                    "required": ["type", "v"],
                },
                "then": {"properties": {"data": {"$ref": f"#/$defs/stored-{name}"}}},
            }
            for name in TYPES
        ],
    }


def _plain() -> Schema:
    stream = {"type": "string", "pattern": _STREAM}
    fact = _object(
        "One fact as people write it in an import: what the log assigns is left out, sealed values stand in clear.",
        {
            "type": {"enum": list(TYPES), "description": _ENVELOPE["type"][0]},
            "stream": {**stream, "description": _ENVELOPE["stream"][0]},
            "about": {"type": "string", "minLength": 1, "description": "What it is about, by a reference in use."},
            "on": {**_ENVELOPE["on"][1], "description": _ENVELOPE["on"][0]},
            "of": {
                "anyOf": [{"$ref": "#/$defs/stored-Cited"}, {"type": "string", "minLength": 1}],
                "description": _ENVELOPE["of"][0] + " A reference means the fact that opened it.",
            },
            "data": {"type": "object", "description": _ENVELOPE["data"][0]},
            "source": {"$ref": "#/$defs/plain-Source", "description": _ENVELOPE["source"][0]},
        },
        optional={"stream", "about", "on", "of", "data", "source"},
    )
    return {
        **fact,
        "oneOf": [{"required": ["stream"]}, {"required": ["about"]}],
        "allOf": [
            {
                "if": {"properties": {"type": {"const": name}}},
                "then": {"properties": {"data": {"$ref": f"#/$defs/plain-{name}"}}},
            }
            for name in TYPES
        ],
    }


def _struct(struct_type: type[Struct], form: str, value: Callable[[FieldShape], Schema], definitions: Schema) -> Schema:
    shapes = fields_of(struct_type)
    return _object(
        " ".join((struct_type.__doc__ or "").split()),
        {name: _field(shape, form, value(shape), definitions) for name, shape in shapes.items()},
        optional={name for name, shape in shapes.items() if not shape.required},
    )


def _field(shape: FieldShape, form: str, value: Schema, definitions: Schema) -> Schema:
    """A field name has one type, so it is defined once; the few that depend on where they stand are written out."""
    schema = {**value, "description": FIELD_NAMES[shape.name]} if shape.name in FIELD_NAMES else value
    once = f"{form}-field-{shape.name}"
    return {"$ref": f"#/$defs/{once}"} if definitions.setdefault(once, schema) == schema else schema


def _object(description: str, properties: Schema, optional: Iterable[str] = ()) -> Schema:
    left_out = set(optional)
    return {
        "description": description,
        "type": "object",
        "properties": properties,
        "required": [name for name in properties if name not in left_out],
        "additionalProperties": False,
    }


def _stored_value(shape: FieldShape) -> Schema:
    """What is prose or a name is always sealed; what is open may be."""
    commitment = {"$ref": "#/$defs/commitment"}
    value = commitment if shape.sealed else _open(shape, "stored")
    if shape.many:
        value = {"type": "array", "items": value}
    return value if value == commitment else {"anyOf": [value, commitment]}


def _plain_value(shape: FieldShape) -> Schema:
    """What is prose or a name stands in clear; what is open may be sealed by wrapping it."""
    value = _clear(shape) if shape.sealed else _open(shape, "plain")
    if shape.many:
        value = {"type": "array", "items": value}
    return value if shape.sealed else {"anyOf": [value, {"$ref": "#/$defs/to-be-sealed"}]}


def _clear(shape: FieldShape) -> Schema:
    schema: Schema = {"type": "string", "minLength": 0 if shape.verbatim else 1}
    return {**schema, "maxLength": shape.limit} if shape.limit else schema


def _open(shape: FieldShape, form: str) -> Schema:
    if shape.part is not None:
        return {"$ref": f"#/$defs/{form}-{shape.part.__name__}"}
    if shape.words:
        return {"enum": list(shape.words)}
    if shape.meaning == "ref" and form == "plain" and len(shape.kinds) == 1:
        return {"type": "string", "minLength": 1}  # the kind may be left out where there is only one
    if shape.meaning == "ref":
        return {"type": "string", "pattern": f"^({'|'.join(shape.kinds or KINDS)}):."}
    return {"$ref": f"#/$defs/{shape.meaning}"}
