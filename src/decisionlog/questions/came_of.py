"""A thing with what came of it: what a body decided, what was taken at a meeting, what rests on a delegation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from sqlalchemy import Connection

from decisionlog.domain.known import AsOf
from decisionlog.domain.references import split
from decisionlog.projections import concerns
from decisionlog.questions.filters import Filters, filters_of, narrowed
from decisionlog.store.log import Log

_LISTED_BY: Final[Mapping[str, str]] = {
    "organisation": "partner",
    "body": "body",
    "post": "person",
    "person": "person",
    "place": "place",
    "function": "function",
    "meeting": "meeting",
}
"""For each kind of thing, the filter of `list` that asks for what it has to do with."""
_NAMED_BY: Final[Mapping[str, Mapping[str, Sequence[str]]]] = {
    "delegation": {"decision": ["authority.delegation"]},
    "proposal": {"decision": ["proposals.proposal"], "disagreement": ["about"]},
}
"""For the others, which kinds of things come of them, and the fields by which these name them."""


def with_what_came_of(log: Log, rows: Connection, thing: str, kinds: Sequence[str], point: AsOf) -> set[str]:
    """A thing, and what came of it, of these kinds, by the day and as known."""
    return {thing, *_listed(log, rows, thing, kinds, point), *_naming(rows, thing, kinds, point)}


def _listed(log: Log, rows: Connection, thing: str, kinds: Sequence[str], point: AsOf) -> Iterator[str]:
    name = _LISTED_BY.get(split(thing)[0], "")
    for kind in kinds:
        if name in filters_of(kind):
            yield from narrowed(log, rows, kind, Filters(**{name: thing}), point) or ()


def _naming(rows: Connection, thing: str, kinds: Sequence[str], point: AsOf) -> Iterator[str]:
    for kind, fields in _NAMED_BY.get(split(thing)[0], {}).items():
        if kind in kinds:
            yield from concerns.streams_concerning(rows, thing, kind, fields, point)
