"""Whether what a determination relied on was in force when it was taken."""

from __future__ import annotations

from collections.abc import Iterator

from decisionlog.checks.determinations import Determination, Relied, determination
from decisionlog.checks.finding import Tripped
from decisionlog.checks.record import Record
from decisionlog.domain.authority.world import Grant, Stop
from decisionlog.domain.facts.delegation import DelegationGranted
from decisionlog.domain.saying import Day, Named


def expired_delegation(record: Record, decision: str) -> Iterator[Tripped]:
    """GL04: the delegation had ended, or was suspended, at every moment at which the decision may have been taken."""
    for taken, relied, _ in _relied(record, decision):
        before, after = (record.grant(relied.delegation, moment) for moment in (taken.first, taken.last))
        stop = _stopped(before) and _stopped(after)
        if stop:
            said = ("it relies on ", Named(relied.delegation), f", which had been {stop.how} on ", Day(stop.on))
            yield Tripped(said, (taken.position, *stop.evidence), taken.first)


def not_yet_in_force(record: Record, decision: str) -> Iterator[Tripped]:
    """GL05: the delegation had not yet begun, by its own first day, when the day of the decision was over."""
    for taken, relied, granted_from in _relied(record, decision):
        if relied.grant is None or not relied.grant.begun:
            grant = record.of(relied.delegation).first(DelegationGranted)
            if grant is not None:
                said = (
                    "it relies on ",
                    Named(relied.delegation),
                    ", which was not in force before ",
                    Day(granted_from),
                )
                yield Tripped(said, (taken.position, grant.position), taken.first)


def _relied(record: Record, decision: str) -> Iterator[tuple[Determination, Relied, str]]:
    """The delegations that a dated determination relied on, each with its first day."""
    taken = determination(record, decision)
    for relied in taken.relied if taken and taken.dated and taken.exercises else ():
        grant = record.of(relied.delegation).first(DelegationGranted) if relied.delegation else None
        if taken and grant:
            yield taken, relied, grant.data.from_ or grant.on


def _stopped(grant: Grant | None) -> Stop | None:
    """What had stopped a delegation wholly; none, where nothing had."""
    stops = (one for one in grant.stops if not one.functions and not one.on_behalf_of) if grant else iter(())
    return next(stops, None)
