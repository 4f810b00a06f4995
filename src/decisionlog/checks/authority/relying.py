"""The delegations that a determination relied on, each with its terms at both ends of the time when it was used.

Of a determination with a day and no time, or with a partial date, only what was so at its first moment and at its last
is certain; where the two differ, the order of what happened is not recorded.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from msgspec import Struct

from decisionlog.checks.authority.matter import Matter, matter
from decisionlog.checks.determinations import Determination, Relied, determination
from decisionlog.checks.record import Act, Record
from decisionlog.domain.authority.world import Grant
from decisionlog.domain.days import same_day_unordered
from decisionlog.domain.facts.delegation import DelegationGranted
from decisionlog.domain.saying import Named, Said


class Use(Struct, frozen=True):
    """One delegation, used by a determination."""

    taken: Determination
    relied: Relied
    granted: Act[DelegationGranted]
    matter: Matter
    before: Grant
    """Its terms at the first moment at which it may have been used."""
    after: Grant
    """Its terms at the last."""

    @property
    def named(self) -> Named:
        """The delegation, for a sentence."""
        return Named(self.relied.delegation)

    def evidence(self, grant: Grant) -> tuple[int, ...]:
        """The determination, and the facts that the terms rest on."""
        return (self.taken.position, *grant.evidence)


def grant_of(record: Record, delegation: str) -> Act[DelegationGranted] | None:
    """The grant of a delegation; none, where nothing but its reference is recorded."""
    told = record.of(delegation).all(DelegationGranted) if delegation else ()
    return next((act for act in told if _says_something(act.data)), None)


def _says_something(data: DelegationGranted) -> bool:
    return any(getattr(data, name) is not None for name in data.__struct_fields__ if name not in {"ref", "issuer"})


def uses(record: Record, decision: str) -> Iterator[Use]:
    """Every delegation that a determination relied on and of which a grant is recorded; none, where it used no power."""
    taken = determination(record, decision)
    if taken is None or not taken.exercises:
        return
    for relied in taken.relied:
        granted = grant_of(record, relied.delegation)
        if granted is None:
            continue
        first = taken.first if taken.dated else min(record.effect(granted), taken.last)
        before, after = (record.grant(relied.delegation, moment) for moment in (first, taken.last))
        if before and after:
            yield Use(taken, relied, granted, matter(record, taken), before, after)


def of_both(use: Use, what: Callable[[Grant], Said | None]) -> tuple[Said | None, bool]:
    """What is so of a delegation at the last moment of its use, else at the first; and whether it was so at both."""
    first, last = what(use.before), what(use.after)
    return last or first, bool(first and last)


def is_unordered(record: Record, taken: Determination, stream: str, positions: Collection[int]) -> bool:
    """Whether one of these facts of a stream is an act of the very day of a determination, and which came first is not said."""
    return are_unordered(record, taken.taken.on, stream, positions)


def are_unordered(record: Record, day: str, stream: str, positions: Collection[int]) -> bool:
    """The same of the day of any other act.

    What says from when it has effect is no such act: a day of effect begins with its first moment.
    """
    return any(
        fact.position in positions
        and getattr(fact.data, "from_", None) is None
        and bool(fact.on and day and record.span(fact.on))
        and same_day_unordered(fact.on or "", day, record.zone)
        for fact in record.of(stream).reading.facts
    )
