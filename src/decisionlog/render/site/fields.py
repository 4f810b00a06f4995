"""The fields of a decision as labels and lines, in the words of the register."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from decisionlog.render import plain_words
from decisionlog.render.site import values, voting

if TYPE_CHECKING:
    from decisionlog.render.site.telling import Telling


def fields(t: Telling, data: Mapping[str, Any], without: frozenset[str]) -> Iterator[tuple[str, list[Markup]]]:
    """The fields of a decision as labels and their lines; how it was decided and the votes stand in one."""
    for name, given in data.items():
        if name in without or (name == "method" and "votes" in data):
            continue
        yield plain_words.label(name), list(_lines(t, data, name, given))


def _lines(t: Telling, data: Mapping[str, Any], name: str, given: Any) -> Iterator[Markup]:
    if name == "votes" and isinstance(given, Mapping):
        yield from voting.lines(t, data.get("method", ""), given)
    elif isinstance(given, bool):
        yield escape("Yes" if given else "No")
    elif isinstance(given, (list, tuple)) and any(isinstance(one, dict) or " " in str(one) for one in given):
        yield from (values.value(t, one, name) for one in given)
    else:
        yield values.value(t, given, name)
