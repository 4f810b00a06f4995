"""The keys of a scheme file: those of the facts' own fields, a few under the shorter names by which people write them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Final

from msgspec import Struct

from decisionlog.domain.facts import TYPES
from decisionlog.domain.facts.shape import fields_of
from decisionlog.domain.scheme import Later, Section

UNDER: Final = "under"
"""Stands for `instrument` and `clause`."""
LAST_DAY: Final = "last_day"
"""The day before `until`."""
FROM: Final = "from"
ON: Final = "on"

SHORTER: Final[Mapping[str, str]] = MappingProxyType({"on_behalf_of": "for", "quorum_rule": "quorum"})
"""Fields that have a shorter name in files."""
BY_KIND: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType({"member": ("person", "post")})
"""Fields that may be written under the kind of what they name."""


@cache
def keys_of(model: type[Struct]) -> Mapping[str, str]:
    """The keys under which the fields of a type or a part are written, in the order of its page: key -> field.

    `under` has no field of its own: it stands for `instrument` and `clause`.
    """
    keys: dict[str, str] = {}
    fields = fields_of(model)
    for name in fields:
        if name == "instrument":
            keys[UNDER] = UNDER
        elif name == "clause" and "instrument" in fields:
            continue
        elif name == "until":
            keys |= {"until": name, LAST_DAY: name}
        elif name in BY_KIND:
            keys |= {name: name, **dict.fromkeys(BY_KIND[name], name)}
        else:
            keys[SHORTER.get(name, name)] = name
    return MappingProxyType(keys)


@cache
def fact_keys(type_name: str) -> Mapping[str, str]:
    """The keys of a whole fact: those of its fields, the day from which it holds and the day of the act."""
    return MappingProxyType({FROM: FROM, ON: ON, **keys_of(TYPES[type_name])})


def every_key(place: Section | Later) -> list[str]:
    """The keys that may stand in an entry, or in an item of one."""
    type_name, later = (place.opens, place.later) if isinstance(place, Section) else (place.type, place.then)
    return [*fact_keys(type_name), *(part.key for part in later)]
