"""Lookups: by which functions, matters, places and organisations each thing of authority is found. Row and fold.

They do not say that anything holds: whatever a thing ever named leads to it until it is certainly over, and its own rows
say what held.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import tzinfo
from typing import Any, NamedTuple

from decisionlog.domain.days import OPEN_END
from decisionlog.domain.facts.envelope import Fact
from decisionlog.domain.known import Reading
from decisionlog.store.bitemporal import Holding
from decisionlog.store.histories import Histories
from decisionlog.store.lives import ALWAYS, NEVER, effect, own_end

_FIELDS: Mapping[str, Mapping[str, Sequence[str]]] = {
    "delegation.granted": {"function": ("scope.function",), "matter": ("matters",)},
    "delegation.varied": {"function": ("scope.function",), "matter": ("matters",)},
    "body.constituted": {"place": ("places",), "function": ("parents.functions",)},
    "body.reconstituted": {"place": ("places",), "function": ("parents.functions",)},
    "body.parents_changed": {"function": ("parents_joined.functions",)},
    "post.established": {"organisation": ("organisation", "jointly_with")},
    "instrument.adopted": {"function": ("functions",)},
    "fund.established": {"function": ("functions",)},
}
"""For each type of fact, under which word the things in which fields lead to it."""


_ENDS = frozenset({"delegation.revoked", "delegation.lapsed", "delegation.continued"})


class Lookup(NamedTuple):
    """One thing by which a stream is found."""

    kind: str
    """Of the stream."""
    word: str
    """As what it names the thing: `function`, `matter`, `place`, `organisation`."""
    thing: str


class Lookups(Histories):
    """Everything by which delegations, bodies, posts, instruments and funds are found."""

    name = "lookups"
    version = 1
    kinds = frozenset(name.partition(".")[0] for name in _FIELDS)
    marks = frozenset({*_FIELDS, *_ENDS})
    row = Lookup
    indexes = (("thing", "kind", "word", "valid_until"),)

    @classmethod
    def holdings(cls, reading: Reading, zone: tzinfo) -> Iterable[Holding]:
        """Everything that a stream names, until it is certainly over."""
        over = _over(reading, zone)
        for lookup in dict.fromkeys(found for fact in reading.facts for found in _lookups(fact)):
            yield Holding(ALWAYS, ALWAYS, over, lookup)


def _over(reading: Reading, zone: tzinfo) -> int:
    """When nothing of a delegation can hold any more: the last of its own ends, or what ended it for all who gave it."""
    terms = [fact for fact in reading.facts if fact.type in {"delegation.granted", "delegation.varied"}]
    struck = any("until" in (getattr(fact.data, "struck", None) or ()) for fact in terms)
    own = [
        own_end(fact, zone).certain
        for fact in terms
        if fact.type == "delegation.granted" or own_end(fact, zone) != NEVER
    ]
    ended = [effect(fact, zone).certain for fact in reading.facts if fact.type in _ENDS and _for_all(fact)]
    return min([OPEN_END if struck or not own else max(own), *ended])


def _for_all(fact: Fact) -> bool:
    if fact.type == "delegation.continued":
        return bool(getattr(fact.data, "continued_into", None))
    return not getattr(fact.data, "on_behalf_of", None)


def _lookups(fact: Fact) -> Iterator[Lookup]:
    for word, fields in _FIELDS.get(fact.type, {}).items():
        for field in fields:
            for thing in _named(fact.data, field.split(".")):
                yield Lookup(fact.kind, word, thing)


def _named(value: Any, path: Sequence[str]) -> Iterator[str]:
    if isinstance(value, tuple):
        for one in value:
            yield from _named(one, path)
    elif path:
        yield from _named(getattr(value, path[0], None), path[1:])
    elif isinstance(value, str):
        yield value
