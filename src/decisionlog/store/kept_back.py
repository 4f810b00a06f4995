"""That something is kept back, and on what ground: of each exempt thing its kind and the law's own words, and nothing of it.

Nothing here is a word, a name, a number or a day that stands in what is kept back, but for the month in which it is to be
released or looked at again. Things that are part of what is exempt, as a disagreement about it, are not counted apart.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, get_args

from msgspec import Struct

from decisionlog.domain.access import held
from decisionlog.domain.exemptions import Ground, ground_of, month_of
from decisionlog.domain.facts.envelope import Fact
from decisionlog.domain.facts.parts import Access
from decisionlog.domain.vocabulary import AccessLevel
from decisionlog.store.log import Log
from decisionlog.store.shown import Shown, whose

_TOLD: Final = frozenset("decision proposal meeting delegation instrument fund".split())
"""Kinds of things of which it may be said that one is kept back; of what is about a person, not even that."""


class KeptBack(Struct, frozen=True):
    """One thing that is kept back wholly."""

    kind: str
    level: str
    grounds: tuple[Ground, ...]
    """Empty: none is recorded."""
    release: str
    """The month in which it is to be released; empty where that is not recorded."""
    review: str
    """The month in which it is to be looked at again whether it is still exempt."""
    bodies: frozenset[str]
    """Whose matter it is, of the bodies that are shown: for whoever counts, and not to be told of a single thing."""


def kept_back(log: Log, shown: Shown) -> Iterator[KeptBack]:
    """The things of a whole log that are not shown at all, because the record itself says so of them."""
    for stream in sorted(shown.said):
        kind = stream.partition(":")[0]
        if kind not in _TOLD or not _is_absent(shown, stream):
            continue
        facts = [fact for fact in log.stream(stream) if fact.position <= shown.size]
        how = held(facts, log.zone, shown.at)[1]
        if how.is_open:
            continue
        bodies, _ = whose(log, stream, shown.size)
        yield KeptBack(
            kind,
            how.level if how.level in get_args(AccessLevel) else "exempt",
            _grounds(facts, how.position),
            month_of(how.release_on),
            month_of(how.review_on),
            frozenset(body for body in bodies if not _is_absent(shown, body)),
        )


def _is_absent(shown: Shown, stream: str) -> bool:
    first = shown.streams.get(stream, {}).get(1)
    return first is not None and first.hidden


def _grounds(facts: list[Fact], position: int) -> tuple[Ground, ...]:
    """What the fact that says it names as its grounds."""
    access = next((getattr(fact.data, "access", None) for fact in facts if fact.position == position), None)
    labels = (access.paragraphs or ()) if isinstance(access, Access) else ()
    return tuple(sorted({ground_of(label) for label in labels}))
