"""Concerns: which things each thing concerns, and as what, on both axes of time. Row, fold, queries.

By it a decision is found by the body that took it, an action by its owner, a meeting by who was there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import tzinfo
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import Connection

from decisionlog.domain.days import OPEN_END, Span
from decisionlog.domain.known import AsOf, Reading
from decisionlog.store.bitemporal import Holding
from decisionlog.store.histories import Histories, when
from decisionlog.store.pieces import rows_at

_TAKEN = (
    "decision_makers people on_behalf_of proposals.proposal functions places meeting report_to.to next.to "
    "authority.delegation"
).split()
_PAPER = "authors partners by functions places".split()
_FIELDS: Mapping[str, Sequence[str]] = {
    "decision.taken": _TAKEN,
    "decision.varied": "functions places report_to.to".split(),
    "proposal.submitted": ["sponsor", *_PAPER],
    "proposal.revised": _PAPER,
    "proposal.sponsor_changed": ["sponsor"],
    "proposal.listed": ["body", "meeting"],
    "proposal.deferred": ["meeting"],
    "proposal.referred": ["to"],
    "disagreement.raised": "about on_behalf_of by other_side meeting".split(),
    "disagreement.escalated": ["to"],
    "meeting.called": ["bodies"],
    "meeting.held": "bodies presiding.by attendance.by attendance.on_behalf_of".split(),
    "action.assigned": "organisation owner to decision functions places meeting".split(),
    "action.updated": "organisation owner".split(),
    "delegation.granted": (
        "delegator on_behalf_of delegates scope.function matters places instrument reporting.to".split()
    ),
    "delegation.varied": "delegates scope.function matters places reporting.to".split(),
    "body.constituted": "places parents.parent parents.functions host".split(),
    "body.reconstituted": "places parents.parent parents.functions host".split(),
    "post.established": "organisation jointly_with".split(),
    "instrument.adopted": "parties functions places".split(),
    "fund.established": "host parties functions places reporting.to".split(),
    "fund.reported": ["to"],
    "function.duty_placed": "holder places".split(),
    "person.affiliated": ["employers"],
    "place.defined": ["within"],
    "interest.registered": "by on_behalf_of held_in matters".split(),
    "dispensation.granted": "person bodies matters".split(),
}
"""For each type of fact, the fields by which things are asked for."""
_PATHS: Mapping[str, Sequence[tuple[str, str, Sequence[str]]]] = {
    name: [(field, field.partition(".")[0], field.split(".")[1:]) for field in fields]
    for name, fields in _FIELDS.items()
}
"""The same with each field's attribute, and the way from there."""
_ADDING = frozenset({
    "proposal.listed", "proposal.deferred", "proposal.referred", "disagreement.escalated",
    "function.duty_placed", "fund.reported",
})  # fmt: skip
"""Types whose fields stand beside what was said before. In every other, a field given takes its place."""


class Concern(NamedTuple):
    """One thing that a stream concerns."""

    kind: str
    """Of the stream."""
    thing: str
    field: str
    """In which field of its facts the thing is named, such as `decision_makers` or `attendance.by`."""
    position: int
    """Of the fact that names it."""


class Concerns(Histories):
    """Which things each thing concerns, and as what."""

    name = "concerns"
    version = 2
    kinds = frozenset(name.partition(".")[0] for name in _FIELDS)
    marks = frozenset(_FIELDS)
    row = Concern
    indexes = (("thing", "kind", "field"),)

    @classmethod
    def holdings(cls, reading: Reading, zone: tzinfo) -> Iterable[Holding]:
        """From when to when the stream named each thing in each field."""
        standing: dict[tuple[str, str], tuple[Span, int]] = {}
        for fact in reading.facts:
            at: Span | None = None
            for field, first, inner in _PATHS.get(fact.type, ()):
                value = getattr(fact.data, first, None)
                if value is None:
                    continue
                at = at or when(fact, zone)
                named = dict.fromkeys(_named(value, inner))
                if (named or value == ()) and fact.type not in _ADDING:
                    for key in [key for key in standing if key[0] == field and key[1] not in named]:
                        begins, position = standing.pop(key)
                        yield _held(fact.kind, key, begins, position, at.earliest)
                for thing in named:
                    standing.setdefault((field, thing), (at, fact.position))
        for key, (begins, position) in standing.items():
            yield _held(reading.facts[0].kind, key, begins, position, OPEN_END)


def concerning(
    rows: Connection, things: Iterable[str], kind: str, fields: Sequence[str], point: AsOf
) -> Iterator[tuple[str, Concern]]:
    """The streams of a kind that name one of these things in one of these fields, each with what it names."""
    found = list(rows_at(rows, Concerns.name, things, point, "thing", {"kind": [kind], "field": fields}))
    for stream, _, *named in sorted(found, key=itemgetter(1)):
        yield stream, Concern(*named[: len(Concern._fields)])


def streams_concerning(rows: Connection, thing: str, kind: str, fields: Sequence[str], point: AsOf) -> list[str]:
    """The streams of a kind that name a thing in one of these fields, in the order in which they were recorded."""
    return list(dict.fromkeys(stream for stream, _ in concerning(rows, [thing], kind, fields, point)))


def _held(kind: str, key: tuple[str, str], begins: Span, position: int, end: int) -> Holding:
    field, thing = key
    return Holding(begins.earliest, begins.certain, end, Concern(kind, thing, field, position))


def _named(value: Any, inner: Sequence[str]) -> Iterator[str]:
    """The things that the value of a field names, through the parts of a list."""
    if isinstance(value, tuple):
        for one in value:
            yield from _named(one, inner)
    elif inner:
        yield from _named(getattr(value, inner[0], None), inner[1:])
    elif isinstance(value, str):
        yield value
