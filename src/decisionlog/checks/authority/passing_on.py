"""Whether a power could be passed on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from decisionlog.checks.authority.relying import grant_of
from decisionlog.checks.authority.ways import ways_above
from decisionlog.checks.finding import Severity, Tripped
from decisionlog.checks.record import Act, Record
from decisionlog.domain.authority.outcomes import Outcome, Test
from decisionlog.domain.authority.world import Grant
from decisionlog.domain.days import OPEN_END
from decisionlog.domain.facts.delegation import DelegationConsented, DelegationVaried
from decisionlog.domain.saying import Named, Said


def onward_not_permitted(record: Record, delegation: str) -> Iterator[Tripped]:
    """GL09: it passes on what the delegation above does not let be passed on, until that is put right."""
    granted = grant_of(record, delegation)
    if granted is None:
        return
    since = record.effect(granted)
    found = _not_allowed(record, delegation, since)
    if found is None:
        return
    above, test = found
    until = _put_right(record, delegation, above.reference, since)
    evidence = (granted.position, *above.evidence)
    passes_on: Said = ("it passes on what ", Named(above.reference), " gave, ")
    if test.outcome is Outcome.FAILS:
        said = (*passes_on, *_why(above, test))
        yield Tripped(said, evidence, since, until)
    else:
        said = (*passes_on, "and whether that may be passed on is not recorded: silence is not a yes")
        yield Tripped(said, evidence, since, until, Severity.WARNING)


def _not_allowed(record: Record, delegation: str, moment: int) -> tuple[Grant, Test] | None:
    """The delegation above that does not let it be passed on; none, where the giver could do so by any way.

    Of several ways the one that says nothing of it goes before those that forbid it.
    """
    grant = record.grant(delegation, moment)
    ways = ways_above(record, grant, moment) if grant else []
    not_allowed = [
        (way.grants[0], way.onward) for way in ways if way.onward and way.onward.outcome is not Outcome.HOLDS
    ]
    if not ways or len(not_allowed) < len(ways):
        return None
    return next((one for one in not_allowed if one[1].outcome is Outcome.NOT_RECORDED), not_allowed[0])


def _why(above: Grant, test: Test) -> Said:
    if above.onward == "prohibited":
        return ("which may not be passed on",)
    return ("which may be passed on with consent only: ", *test.detail)


def _put_right(record: Record, delegation: str, above: str, since: int) -> int:
    """When a consent, or other terms, allowed it afterwards."""
    told = record.of(above)
    acts: list[Act[Any]] = [*told.all(DelegationConsented), *told.all(DelegationVaried)]
    later = sorted({moment for act in acts if (moment := record.effect(act)) > since})
    return next((moment for moment in later if _not_allowed(record, delegation, moment) is None), OPEN_END)
