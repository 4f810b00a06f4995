"""Every type of fact as a request: the same fields, each held to the rules for what people type.

The rules are made from the shapes of the stored facts, when a type is first asked for, and checked by pydantic's core.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import UTC, tzinfo
from difflib import SequenceMatcher, get_close_matches
from functools import cache, lru_cache, partial
from typing import Any

from pydantic_core import CoreSchema, SchemaValidator, ValidationError, core_schema

from decisionlog.domain.days import NotADate, span
from decisionlog.domain.facts import KINDS, TYPES
from decisionlog.domain.facts.envelope import Source
from decisionlog.domain.facts.parts import Money, Value
from decisionlog.domain.facts.shape import FieldShape, fields_of
from decisionlog.domain.references import Bare, split
from decisionlog.domain.text import BadText, clean

MOST = 2**53 - 1
"""The largest whole number that every JSON reader keeps (RFC 8785); a larger one is written as text."""
LABEL_LIMIT = 200
LIST_LIMIT = 10_000

_SET_BY_THE_LOG = frozenset("n v recorded_at recorded_by batch salt clock position hash id sequence seq".split())
_OF_MINUTES = frozenset("accepted adopted agreed carried passed resolved".split())
"""Words of minutes that may mean several outcomes."""
_SHA256 = re.compile(r"[0-9a-f]{64}")
_POINTER = re.compile(r"/on|(/[^/]+)+")
_EXACT = re.compile(r"-?(0|[1-9][0-9]*)")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_LINKS = frozenset({"http", "https", "mailto", "urn"})
_NEGATION = re.compile(r"not[-_]?|non[-_]?|no[-_]|un|dis|in|ex|ir|im")
Found = tuple[str, str]
"""A mistake: where it stands (`data.paper.title`), and its sentence."""


def check(type_name: str, data: Any, zone: tzinfo = UTC) -> tuple[dict[str, Any], list[Found]]:
    """The data of a request as it is recorded (texts cleaned), or every mistake in it.

    `zone`, the log's, is for the choices given where a time has no offset.
    """
    checked, mistakes = _run(_validator(TYPES[type_name]), TYPES[type_name], data, "data", zone)
    return checked or {}, mistakes


def check_source(source: Any, zone: tzinfo = UTC) -> tuple[dict[str, Any], list[Found]]:
    """The same for the envelope's `source`."""
    checked, mistakes = _run(_validator(Source), Source, source, "source", zone)
    return checked or {}, mistakes


def check_value(field: FieldShape, value: Any, path: str, zone: tzinfo = UTC) -> tuple[Any, list[Found]]:
    """The same for the value of one field, as in a correction."""
    return _run(_value_validator(field), field.part, value, path, zone)


def check_when(when: Any, zone: tzinfo = UTC) -> str:
    """A day, a time or a partial date. Raises `NotADate`."""
    if not isinstance(when, str):
        msg = f"{_shown(when)} is not a date; write 2026-03-12 in quotation marks."
        raise NotADate(msg)
    span(when, zone)
    return when


def _run(
    validator: SchemaValidator, model: type | None, value: Any, path: str, zone: tzinfo
) -> tuple[Any, list[Found]]:
    try:
        return validator.validate_python(value, context=zone), []
    except ValidationError as wrong:
        errors = wrong.errors(include_url=False, include_context=True)
        return None, [_mistake(error, model, path) for error in errors]


@cache
def _validator(model: type) -> SchemaValidator:
    return SchemaValidator(_struct(model))


@cache
def _value_validator(field: FieldShape) -> SchemaValidator:
    return SchemaValidator(_field(field))


def _struct(model: type) -> CoreSchema:
    fields = {
        name: core_schema.typed_dict_field(_field(field), required=field.required)
        for name, field in fields_of(model).items()
    }
    return core_schema.typed_dict_schema(fields, extra_behavior="forbid", strict=True)


def _field(field: FieldShape) -> CoreSchema:
    one = _one(field)
    return core_schema.list_schema(one, max_length=LIST_LIMIT, strict=True) if field.many else one


def _one(field: FieldShape) -> CoreSchema:
    if field.part is not None and field.meaning == "part":
        return _struct(field.part)
    if field.meaning == "word":
        return core_schema.literal_schema(list(field.words))
    if field.meaning == "ref":
        return _text(partial(_reference, field.kinds))
    return _PLAIN[field.meaning](field)


def _text(rule: Callable[[str], str]) -> CoreSchema:
    return core_schema.no_info_after_validator_function(rule, core_schema.str_schema(strict=True))


def _when(_: FieldShape) -> CoreSchema:
    return core_schema.with_info_after_validator_function(
        lambda text, info: check_when(text, info.context or UTC), core_schema.str_schema(strict=True)
    )


def _prose(field: FieldShape) -> CoreSchema:
    if field.verbatim:
        return core_schema.str_schema(strict=True, max_length=field.limit)
    return _text(partial(clean, limit=field.limit or LABEL_LIMIT, one_line=bool(field.one_line)))


def _label(_: FieldShape) -> CoreSchema:
    return _text(partial(clean, limit=LABEL_LIMIT, one_line=True))


def _matching(pattern: re.Pattern[str], wanted: str) -> Callable[[FieldShape], CoreSchema]:
    def rule(text: str) -> str:
        if not pattern.fullmatch(text):
            raise BadText(f"is not {wanted}")
        return text

    return lambda _: _text(rule)


def _link(text: str) -> str:
    text = clean(text, limit=2_000, one_line=True)
    scheme = _SCHEME.match(text)
    if scheme and scheme[1].lower() not in _LINKS and not text[scheme.end() :].startswith("\\"):
        raise BadText(
            "is not a link that can be followed safely; links must start with https:// (or http, mailto, urn)"
        )
    return text


@lru_cache(maxsize=65_536)
def _reference(kinds: tuple[str, ...], text: str) -> str:
    text = clean(text, limit=LABEL_LIMIT + 20, one_line=True)
    kind, key = split(text)
    if kind not in KINDS:  # a colon may stand in a reference as well
        kind, key = "", text
    key = key.strip()
    if not key:
        raise BadText(f"'{text}' is not a reference; write kind:ref, for example {(kinds or ('body',))[0]}:northmoor")
    if kind and kinds and kind not in kinds:
        raise BadText(f"'{text}' is of kind {kind}; {' or '.join(kinds)} is wanted here")
    if not kind and len(kinds) != 1:
        return Bare.of(key, kinds or KINDS)
    return f"{kind or kinds[0]}:{key}"


def _number(lowest: int) -> Callable[[FieldShape], CoreSchema]:
    return lambda _: core_schema.int_schema(ge=lowest, le=MOST, strict=True)


def _anything(_: FieldShape) -> CoreSchema:
    return core_schema.no_info_after_validator_function(_plain_json, core_schema.any_schema())


def _plain_json(value: Any) -> Any:
    if isinstance(value, float) or value is None:
        shown = _shown(value)
        raise BadText(f"{shown} cannot be recorded; leave out what is not recorded, and write numbers as whole numbers")
    if isinstance(value, int) and abs(value) > MOST:
        msg = "is too large a number; write it as text"
        raise BadText(msg)
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        _plain_json(inner)
    return value


_PLAIN: dict[str, Callable[[FieldShape], CoreSchema]] = {
    "sealed": _prose,
    "label": _label,
    "code": _label,
    "text": _label,
    "uri": lambda _: _text(_link),
    "sha256": _matching(_SHA256, "a SHA-256 digest (64 hexadecimal digits, lower case)"),
    "pointer": _matching(_POINTER, "a JSON Pointer such as /title or /on"),
    "exact": _matching(_EXACT, "a whole number in decimal digits"),
    "when": _when,
    "count": _number(0),
    "whole": _number(-MOST),
    "flag": lambda _: core_schema.bool_schema(strict=True),
    "anything": _anything,
}


def _mistake(error: Any, model: type | None, path: str) -> Found:
    location: tuple[Any, ...] = error["loc"]
    at = _written(path, location)
    name = next((part for part in reversed(location) if isinstance(part, str)), path.rpartition(".")[2])
    match error["type"]:
        case "extra_forbidden":
            return _written(path, location[:-1]), unknown_field(name, _fields_at(model, location[:-1]))
        case "missing":
            return _written(path, location[:-1]), f"`{name}` is missing."
        case "value_error":
            sentence = str(error["ctx"]["error"]).rstrip(".")
            return at, f"{name if not sentence.startswith(chr(39)) else ''} {sentence}.".strip()
        case "literal_error":
            return at, _not_a_word(error)
        case "too_long":
            return at, f"{name} has more than {LIST_LIMIT:,} entries."
        case "string_too_long":
            return at, f"{name} is {len(error['input']):,} characters; the limit is {error['ctx']['max_length']:,}."
        case "less_than_equal" | "greater_than_equal" | "int_parsing_size":
            least = "a whole number from 0" if error.get("ctx", {}).get("ge") == 0 else "a whole number within 2^53"
            return at, f"{_shown(error['input'])} is out of range; {least} is wanted (write a larger one as text)."
        case "string_unicode":
            return at, f"{name} contains half of a character (a lone surrogate); it is not valid text."
        case _:
            return at, _not_of_the_kind(error, name, _part_at(model, location))


def _not_of_the_kind(error: Any, name: str, part: type | None) -> str:
    """The sentence for a value of another kind than is wanted."""
    match error["type"]:
        case _ if error["input"] is None:
            return f"`{name}` is null; leave out what is not recorded."
        case "dict_type" if part in _AMOUNTS and isinstance(error["input"], str):
            return f"{_shown(error['input'])} is not an amount; {_AN_AMOUNT}"
        case kind:
            return f"{_shown(error['input'])} was found; {_WANTED.get(kind, 'something else')} is wanted."


_AMOUNTS = frozenset({Money, Value})
_AN_AMOUNT = (
    "write £450,000, 450k or £1.2m in a file or a command, "
    '{"amount": 45000000, "currency": "GBP"} (in pence) in a plain fact.'
)
_WANTED = {
    "string_type": "text (in quotation marks)",
    "int_type": "a whole number (without quotation marks)",
    "int_from_float": "a whole number",
    "bool_type": "true or false",
    "list_type": "a list ([...])",
    "dict_type": "an object ({...})",
}


def unknown_field(name: str, known: list[str]) -> str:
    """The sentence for a field that a request does not have."""
    if name in _SET_BY_THE_LOG and not suggestion(name, known, cutoff=0.85):
        return f"`{name}` is set by the log; leave it out."
    if near := suggestion(name, known, cutoff=0.6):
        return f"Unknown field `{name[:60]}`. Did you mean `{near}`?"
    shown = ", ".join(known[:12]) + (" ..." if len(known) > 12 else "")
    return f"Unknown field `{name[:60]}`. Known here: {shown}."


def suggestion(found: str, known: Iterable[str], *, cutoff: float = 0.75) -> str:
    """What was probably meant, or nothing: never what says the opposite, as `approved` does of `not-approved`."""
    for near in get_close_matches(found[:60], known, n=3, cutoff=cutoff):
        if not _opposite(found[:60], near):
            return near
    return ""


def _opposite(found: str, near: str) -> bool:
    """Whether two words are more alike without the negation that only one of them has."""
    (sign, rest), (other, remains) = _without_negation(found), _without_negation(near)
    return sign != other and _likeness(rest, remains) > _likeness(found, near)


def _without_negation(word: str) -> tuple[str, str]:
    kind, dot, verb = word.rpartition(".")
    sign = _NEGATION.match(verb)
    return (sign[0].rstrip("-_"), kind + dot + verb[sign.end() :]) if sign else ("", word)


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other).ratio()


def _written(path: str, location: tuple[Any, ...]) -> str:
    return path + "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in location)


def _part_at(model: type | None, location: tuple[Any, ...]) -> type | None:
    """The type or the part that stands, or is wanted, at a location."""
    current: type | None = model
    for part in location:
        if isinstance(part, str) and current is not None:
            found = fields_of(current).get(part)
            current = found.part if found else None
    return current


def _fields_at(model: type | None, location: tuple[Any, ...]) -> list[str]:
    current = _part_at(model, location)
    return list(fields_of(current)) if current else []


def _not_a_word(error: Any) -> str:
    words = re.findall(r"'([^']+)'", error["ctx"]["expected"])
    found = str(error["input"])
    near = suggestion(found.lower().replace(" ", "-"), words)
    hint = f" Did you mean '{near}'?" if near else ""
    if "approved" in words and found.lower() in _OF_MINUTES:
        hint = " Did you mean approved, endorsed or noted? The minutes' own word goes under outcome_words."
    return f"'{found[:60]}' is not one of the words for this field.{hint} The words are: {', '.join(words)}."


def _shown(value: Any) -> str:
    if isinstance(value, str):
        return f"'{value[:60]}'"
    names = {dict: "an object", list: "a list", type(None): "null"}
    return names.get(type(value)) or str(value)[:60].lower()
