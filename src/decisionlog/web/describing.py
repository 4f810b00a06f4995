"""The description of the interface (OpenAPI 3.1): what each route takes, and everything that may come back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final

from decisionlog.web.answers import JSON
from decisionlog.web.problems import KINDS, MEDIA_TYPE
from decisionlog.web.writing.shapes import COMMANDS, RECEIPT

if TYPE_CHECKING:
    from decisionlog.web.reading.asking import Question
    from decisionlog.web.writing.routes import Way

_SLUG: Final = (
    "The reference of the thing as its slug: UTF-8 bytes outside A-Za-z0-9._- and a leading dot as ~xx, so "
    "NLB/25-26/031 is NLB~2f25-26~2f031."
)
_TAG: Final[Mapping[str, Any]] = {"type": "string", "pattern": '^"@?[0-9]{1,15}(-[0-9a-f]*)?"$'}
EVERYWHERE: Final = (400, 401, 403, 408, 413, 414, 415, 421, 422, 429, 431, 500, 503)
"""What may come back from any route."""


def problems(*statuses: int) -> dict[str, Any]:
    """The responses with these statuses, each a problem that is described once."""
    return {str(status): {"$ref": f"#/components/responses/{_name(status)}"} for status in sorted(statuses)}


def _name(status: int) -> str:
    return f"problem-{status}"


def _problem(status: int) -> dict[str, Any]:
    kinds = {code: kind for code, kind in KINDS.items() if kind.status == status}
    said = "; ".join(f"`{code}`: {kind.title}" for code, kind in kinds.items())
    retry = {"Retry-After": {"schema": {"type": "string"}, "description": "Seconds to wait."}}
    headers = {"headers": retry} if status in _TO_WAIT_FOR else {}
    return {
        "description": said,
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        **headers,
    }


_TO_WAIT_FOR: Final = frozenset({409, 429, 503})


PROBLEM: Final[Mapping[str, Any]] = {
    "type": "object",
    "description": "What was refused, and the way out (RFC 9457).",
    "required": ["type", "title", "status", "detail", "code", "recorded", "retry", "mistakes"],
    "properties": {
        "type": {
            "type": "string",
            "format": "uri-reference",
            "description": "Where this kind of problem is explained.",
        },
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "What was found, what was wanted and the way out."},
        "code": {"type": "string", "enum": list(KINDS)},
        "recorded": {
            "type": ["boolean", "null"],
            "description": "Whether anything was recorded; null where that is not certain.",
        },
        "retry": {
            "type": "string",
            "enum": ["safe", "changed", "no"],
            "description": "Whether the same request may be sent again, only a mended one, or none.",
        },
        "mistakes": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["place", "sentence"],
                "properties": {"place": {"type": "string"}, "sentence": {"type": "string"}},
            },
        },
    },
}
"""The shape of every problem."""


BASIS: Final[Mapping[str, Any]] = {
    "type": "object",
    "description": "What the answer rests on: which log, both times, how far it was read, and its root there.",
    "required": ["log", "as_at", "known_at", "clock", "position", "root", "rules"],
    "properties": {
        "log": {"type": "string"},
        "as_at": {"type": "string"},
        "known_at": {"type": "string"},
        "clock": {"type": "string", "enum": ["log", "source"]},
        "position": {"type": "integer", "minimum": 0},
        "root": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
        "rules": {"type": "string"},
    },
}
_ANSWER: Final[Mapping[str, Any]] = {
    "type": "object",
    "required": ["basis"],
    "properties": {"basis": {"$ref": "#/components/schemas/Basis"}},
}


def components() -> dict[str, Any]:
    """What the routes name: the shapes, the problems, and how a caller says who it is."""
    statuses = sorted({kind.status for kind in KINDS.values()})
    key = {"type": "http", "scheme": "bearer", "description": "A key of this log: Authorization: Bearer dlk_..."}
    return {
        "schemas": {"Problem": PROBLEM, "Basis": BASIS, "Receipt": RECEIPT},
        "responses": {_name(status): _problem(status) for status in statuses},
        "securitySchemes": {"key": key},
    }


def of_question(question: Question) -> dict[str, Any]:
    """What the description says of a question beside its path."""
    own = [*_of_path(question.path, question.kinds), *(one.described() for one in question.takes)]
    shape = _ANSWER if question.is_based else {"type": "object"}
    said = (
        f"The same answer as `decisionlog {question.command} --format json`." if question.command else question.summary
    )
    return {
        "parameters": own,
        "description": said,
        "security": [{}, {"key": []}],
        "responses": {
            "200": {
                "description": "The answer.",
                "headers": {"ETag": {"schema": {"type": "string"}, "description": "Changes when the answer does."}},
                "content": {question.media_type: {"schema": shape}},
            },
            "304": {"description": "The caller has the answer already (If-None-Match)."},
            **problems(404, *EVERYWHERE),
        },
    }


def of_posting(way: Way) -> dict[str, Any]:
    """What the description says of a way to record beside its path."""
    key = {
        "name": "Idempotency-Key",
        "in": "header",
        "required": True,
        "description": "A name of the request's own, such as a UUID: sent again, it is answered as the first time.",
        "schema": {"type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[!-~]{1,200}$"},
    }
    match = {"name": "If-Match", "in": "header", "required": False, "description": way.if_match, "schema": _TAG}
    answer = {JSON: {"schema": {"$ref": "#/components/schemas/Receipt"}}}
    replayed = {"Idempotent-Replayed": {"schema": {"type": "string"}, "description": "The first answer, given again."}}
    location = {"Location": {"schema": {"type": "string"}, "description": "What the first fact is about."}}
    own = [*_of_path(way.path, ()), *(one.described() for one in way.takes), key, match]
    return {
        "parameters": own,
        "description": f"As `decisionlog {way.command}`. Who records is the account of the key.",
        "security": [{"key": []}],
        "requestBody": {
            "required": True,
            "content": {media_type: {"schema": shape} for media_type, shape in way.bodies.items()},
        },
        "responses": {
            "200": {
                "description": "Nothing was recorded: it was there already, or it is a dry run.",
                "content": answer,
            },
            "201": {"description": "Recorded, and durable.", "headers": {**location, **replayed}, "content": answer},
            **problems(404, 409, 412, *EVERYWHERE),
        },
    }


def _of_path(path: str, kinds: Iterable[str]) -> list[dict[str, Any]]:
    known = {
        "kinds": ("What kind of thing.", {"type": "string", "enum": list(kinds)}),
        "slug": (_SLUG, {"type": "string", "minLength": 1, "maxLength": 400}),
        "position": ("The position of a fact.", {"type": "integer", "minimum": 1, "maximum": 10**15 - 1}),
        "batch": ("The name of a batch (a ULID).", {"type": "string", "minLength": 26, "maxLength": 26}),
        "command": ("A command for one fact.", {"type": "string", "enum": list(COMMANDS)}),
        "rule": ("The id of a rule, such as GL04.", {"type": "string", "minLength": 1, "maxLength": 20}),
        "type": ("The type of a fact, such as decision.taken.", {"type": "string", "minLength": 1, "maxLength": 60}),
    }
    return [
        {"name": name, "in": "path", "required": True, "description": said, "schema": schema}
        for name, (said, schema) in known.items()
        if f"{{{name}}}" in path
    ]
