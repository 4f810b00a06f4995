"""The shapes of what is sent and what is answered, for the description."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from decisionlog.web.writing.verbs import VERBS

FILE: Final[Mapping[str, Any]] = {"type": "string"}
FACTS: Final[Mapping[str, Any]] = {
    "type": "object",
    "required": ["facts"],
    "additionalProperties": False,
    "properties": {
        "facts": {
            "type": "array",
            "maxItems": 10_000,
            "items": {
                "type": "object",
                "description": "One plain fact; /v1/schema/{type}?plain=true has the fields of its data.",
                "required": ["type"],
                "properties": {
                    "type": {"type": "string"},
                    "stream": {"type": "string"},
                    "about": {"type": "string"},
                    "on": {"type": "string"},
                    "of": {},
                    "data": {"type": "object"},
                    "source": {"type": "object"},
                },
            },
        }
    },
}
ACT: Final[Mapping[str, Any]] = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "ref": {"type": "string", "description": "What it is about; left out where it opens a thing of its own."},
        "way": {"type": "string", "description": "How, where the command knows several ways."},
        "on": {
            "type": "string",
            "description": "When it happened: a day, a time, today, yesterday; else not recorded.",
        },
        "fact": {"type": "integer", "minimum": 0, "description": "The position of the fact that is meant."},
        "data": {"type": "object", "description": "The fields of the fact; /v1/schema/{type}?plain=true has them."},
    },
}
RECEIPT: Final[Mapping[str, Any]] = {
    "type": "object",
    "required": ["recorded", "dry_run", "notes"],
    "properties": {
        "recorded": {"type": "boolean"},
        "dry_run": {"type": "boolean"},
        "already": {"type": "boolean"},
        "first": {"type": "integer"},
        "last": {"type": "integer"},
        "batch": {"type": "string"},
        "recorded_at": {"type": "string"},
        "recorded_by": {"type": "string"},
        "notes": {"type": "array", "items": {"type": "string"}},
        "findings": {
            "type": "object",
            "description": "Of an act: the findings about what it concerns that appear with it, vanish, or stand otherwise.",
            "properties": {
                change: {"type": "array", "items": {"type": "object"}}
                for change in ("appear", "vanish", "stand_otherwise")
            },
        },
        "facts": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["position", "type", "stream", "n"],
                "properties": {
                    "position": {"type": "integer"},
                    "type": {"type": "string"},
                    "stream": {"type": "string"},
                    "n": {"type": "integer"},
                },
            },
        },
    },
}
COMMANDS: Final = tuple(VERBS)
