"""What a person wrote, fitted to the fields of a fact: a number where text is meant, one thing where a list is, an amount.

It changes how a value is written and never what it says; what does not fit is left as it is, to be refused with its reason.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from msgspec import Struct

from decisionlog.domain.amounts import money
from decisionlog.domain.facts import TYPES
from decisionlog.domain.facts.parts import Money, Value
from decisionlog.domain.facts.shape import FieldShape, fields_of

_LIMIT: Final = re.compile(r"(?:(up to|below|under|<=|<)\s*)?(\S.*?)(?:\s+per\s+(\S.*))?", re.IGNORECASE | re.DOTALL)
_OPERATORS: Final = {"up to": "<=", "<=": "<=", "below": "<", "under": "<", "<": "<"}
_YES_OR_NO: Final = {"yes": True, "no": False}
_TEXT: Final = frozenset("label code text when exact ref sealed uri".split())
"""The kinds of value that are text, for which people write numbers too."""


def fitted(type_name: str, data: Mapping[str, Any], currency: str = "GBP") -> dict[str, Any]:
    """The data of a fact, each value in the form that its field wants."""
    return _struct(TYPES[type_name], data, currency) if type_name in TYPES else dict(data)


def fitted_value(field: FieldShape, value: Any, currency: str = "GBP") -> Any:
    """One value in the form that its field wants."""
    return _field(field, value, currency)


def limit(written: str) -> dict[str, str]:
    """`up to £500,000 per decision` as {money, operator, per}, its amount as it is written.

    An amount alone does not say whether it is itself within the limit.
    """
    found = _LIMIT.fullmatch(written.strip())
    if not found:
        return {"money": written}
    operator = {"operator": _OPERATORS[found[1].lower()]} if found[1] else {}
    return {"money": found[2], **operator, **({"per": found[3]} if found[3] else {})}


def spelled(word: Any) -> Any:
    """A word of a controlled list as it is stored: `support with conditions` -> `support-with-conditions`."""
    return "-".join(word.lower().replace("_", " ").replace("-", " ").split()) if isinstance(word, str) else word


def _struct(model: type[Struct], data: Mapping[str, Any], currency: str) -> dict[str, Any]:
    fields = fields_of(model)
    return {name: _field(fields[name], value, currency) if name in fields else value for name, value in data.items()}


def _field(field: FieldShape, value: Any, currency: str) -> Any:
    if not field.many:
        return _one(field, value, currency)
    items = value if isinstance(value, list) else [] if value == "none" else [value]
    return [_one(field, item, currency) for item in items]


@cache
def _reference_alone(part: type[Struct]) -> str:
    """The one field that a part needs, where that is a reference: a reference that stands alone is this one."""
    needed = [one for one in fields_of(part).values() if one.required]
    return needed[0].name if len(needed) == 1 and needed[0].meaning == "ref" and not needed[0].many else ""


def _one(field: FieldShape, value: Any, currency: str) -> Any:
    if field.part is Money and not isinstance(value, dict):
        return money(value, currency) or value
    if field.part is Value and not isinstance(value, dict):
        amount = money(value, currency)
        return {"money": amount} if amount else value
    if field.part is not None and field.meaning == "part" and isinstance(value, dict):
        return _struct(field.part, value, currency)
    if field.part is not None and isinstance(value, str) and (name := _reference_alone(field.part)):
        return {name: value}
    if field.meaning == "word" and isinstance(value, str) and value not in field.words:
        return spelled(value)
    if field.meaning == "flag" and isinstance(value, str):
        return _YES_OR_NO.get(value.lower(), value)
    if field.meaning in _TEXT and isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return value
