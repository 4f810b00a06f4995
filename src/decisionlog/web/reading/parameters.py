"""What may stand in a query: each parameter once, with what it takes; anything else is refused with the nearest name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Any, Final, Literal
from urllib.parse import parse_qsl

from msgspec import Struct

from decisionlog.domain.refusals import Mistake
from decisionlog.domain.text import BadText, clean
from decisionlog.web.problems import Problem

_MOST_PARAMETERS: Final = 60
_LONGEST_VALUE: Final = 1_000
_MOST_DIGITS: Final = 15

Takes = Literal["text", "count", "flag", "word"]


class Parameter(Struct, frozen=True):
    """One parameter of a query."""

    name: str
    meaning: str
    takes: Takes = "text"
    words: tuple[str, ...] = ()
    """Of a word: those it may be."""
    usual: Any = None
    many: bool = False
    """Whether it may be given several times."""
    required: bool = False
    most: int | None = None
    least: int = 0
    example: Any = None

    def schema(self) -> dict[str, Any]:
        """What it takes, as JSON Schema."""
        shapes: dict[Takes, dict[str, Any]] = {
            "text": {"type": "string", "minLength": 1, "maxLength": _LONGEST_VALUE},
            "count": {"type": "integer", "minimum": self.least, "maximum": self.most or 10**_MOST_DIGITS - 1},
            "flag": {"type": "boolean"},
            "word": {"type": "string", "enum": list(self.words)},
        }
        one = shapes[self.takes]
        if self.usual is not None:
            one["default"] = self.usual
        return {"type": "array", "items": one} if self.many else one

    def described(self) -> dict[str, Any]:
        """It, as OpenAPI describes a parameter."""
        found = {"name": self.name, "in": "query", "required": self.required, "description": self.meaning}
        example = {} if self.example is None else {"example": self.example}
        return {**found, "schema": self.schema(), **example}


def read(query: bytes, known: Sequence[Parameter]) -> dict[str, Any]:
    """The values of a query by name, those that were left out as usual. Raises `Problem` with all that is wrong in it."""
    given = list(_pairs(query))
    mistakes = [*_unknown(given, known)]
    found: dict[str, Any] = {}
    for parameter in known:
        values = [value for name, value in given if name == parameter.name]
        if not values:
            found[parameter.name] = () if parameter.many else parameter.usual
            if parameter.required:
                mistakes.append(Mistake(parameter.name, "This parameter is needed and was not given."))
        elif len(values) > 1 and not parameter.many:
            mistakes.append(Mistake(parameter.name, f"Given {len(values)} times; give it once."))
        else:
            try:
                read_values = tuple(_READ[parameter.takes](parameter, value) for value in values)
                found[parameter.name] = read_values if parameter.many else read_values[0]
            except ValueError as wrong:
                mistakes.append(Mistake(parameter.name, str(wrong)))
    if mistakes:
        raise Problem("bad-input", " ".join(map(str, mistakes)), mistakes=mistakes)
    return found


def _pairs(query: bytes) -> list[tuple[str, str]]:
    try:
        text = query.decode("ascii")
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=_MOST_PARAMETERS)
    except UnicodeDecodeError:
        raise Problem("bad-input", "The query is not UTF-8, percent-encoded.") from None
    except ValueError:
        raise Problem("bad-input", f"The query has more than {_MOST_PARAMETERS} parameters.") from None


def _unknown(given: Sequence[tuple[str, str]], known: Sequence[Parameter]) -> Iterator[Mistake]:
    names = [parameter.name for parameter in known]
    for name in dict.fromkeys(name for name, _ in given if name not in names):
        near = get_close_matches(name.lower(), names, n=1, cutoff=0.6)
        way_out = f"Did you mean '{near[0]}'?" if near else f"It takes: {', '.join(names) or 'none'}."
        shown = name[:40].encode("unicode_escape").decode()
        yield Mistake(shown, f"There is no parameter '{shown}' here. {way_out}")


def _text(_: Parameter, value: str) -> str:
    try:
        return clean(value, limit=_LONGEST_VALUE, one_line=True)
    except BadText as wrong:
        msg = f"It {wrong}."
        raise ValueError(msg) from None


def _count(parameter: Parameter, value: str) -> int:
    if not value.isascii() or not value.isdecimal() or len(value) > _MOST_DIGITS:
        msg = f"It takes a whole number from {parameter.least:,}."
        raise ValueError(msg)
    number = int(value)
    if number < parameter.least or (parameter.most is not None and number > parameter.most):
        upper = f" to {parameter.most:,}" if parameter.most is not None else ""
        msg = f"{number:,} is not a number from {parameter.least:,}{upper}."
        raise ValueError(msg)
    return number


def _flag(_: Parameter, value: str) -> bool:
    if value not in {"true", "false"}:
        msg = "It takes true or false."
        raise ValueError(msg)
    return value == "true"


def _word(parameter: Parameter, value: str) -> str:
    if value in parameter.words:
        return value
    near = get_close_matches(value.lower(), parameter.words, n=1, cutoff=0.6)
    hint = f" Did you mean '{near[0]}'?" if near else ""
    msg = f"It takes one of: {', '.join(parameter.words)}.{hint}"
    raise ValueError(msg)


_READ: Final[Mapping[Takes, Callable[[Parameter, str], Any]]] = {
    "text": _text,
    "count": _count,
    "flag": _flag,
    "word": _word,
}
