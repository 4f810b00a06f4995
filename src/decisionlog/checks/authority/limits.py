"""Whether the money that a determination commits was within the limits of what it relied on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any, Final

from decisionlog.checks.authority.relying import Use, of_both, uses
from decisionlog.checks.authority.ways import ways_above
from decisionlog.checks.finding import Tripped
from decisionlog.checks.put_right import until_put_right
from decisionlog.checks.record import Record
from decisionlog.domain.authority.testing import comparable, over
from decisionlog.domain.authority.world import Grant
from decisionlog.domain.saying import Named, Said, Worth, joined

_COMMITS_NOTHING: Final = frozenset({"elected", "ratified"})
"""Binding outcomes that commit no money of their own."""
_PERHAPS_LESS: Final = frozenset({"approved-in-part", "approved-as-amended", "delegated"})
"""Outcomes by which less may be committed than the paper asked for."""


def over_limit(record: Record, decision: str) -> Iterator[Tripped]:
    """GL01: the money that was committed is over a limit of the delegation relied on, or of the one under which that is."""
    for use in committing(record, decision):
        yield from until_put_right(record, use.taken, use.relied.bound, over_limit, _over(record, use))


def _over(record: Record, use: Use) -> Iterator[Tripped]:
    values = use.matter.values
    if not values:
        return
    taken = use.taken
    evidence = (taken.position, *use.matter.of_papers, *use.evidence(use.after))
    exceeded, certain = of_both(use, partial(_exceeded, values))
    worth: Said = ("its value of ", *_worth(values))
    if exceeded and not certain:
        said = (*worth, " is over the limit of ", use.named, *exceeded, ", which changed at about that time")
        yield Tripped((*said, ": which came first is not recorded"), evidence, taken.first, evidenced=False)
    elif exceeded and use.matter.of_papers and taken.data.outcome in _PERHAPS_LESS:
        said = ("how much of the ", *_worth(values), " of its paper it commits is not recorded; ", use.named)
        yield Tripped((*said, " allows", *exceeded), evidence, taken.first, evidenced=False)
    elif exceeded:
        said = (*worth, " is over the limit of ", use.named, *exceeded)
        yield Tripped(said, evidence, taken.first)
    elif _of_another_currency(use.after, values):
        said = (*worth, " cannot be compared with the limit of ", use.named, ": it is in another currency")
        yield Tripped(said, evidence, taken.first, evidenced=False)
    elif above := _exceeded_above(record, use, values):
        of, limit = above
        said = (
            *worth,
            " is over the limit of ",
            Named(of.reference),
            *limit,
            ", under which ",
            use.named,
            " was given",
        )
        yield Tripped(said, (*evidence, *of.evidence), taken.first)


def no_value(record: Record, decision: str) -> Iterator[Tripped]:
    """GL03: the delegation has a limit, and neither a value nor that there is none is recorded."""
    for use in committing(record, decision):
        if use.matter.values is None and _in_money(use.after):
            said = ("no value is recorded, and ", use.named, " is limited to ", *_all(use.after))
            yield Tripped(said, use.evidence(use.after), use.taken.first)


def committing(record: Record, decision: str) -> Iterator[Use]:
    """The delegations that a determination relied on, where it commits something."""
    return (use for use in uses(record, decision) if use.taken.binds and use.taken.data.outcome not in _COMMITS_NOTHING)


def _exceeded(values: Sequence[dict[str, Any]], grant: Grant) -> Said | None:
    """The first limit that is exceeded."""
    for limit in _in_money(grant):
        total = comparable(values, limit)
        if total is not None and over(total, limit):
            return (" (", Worth(limit), ")")
    return None


def _exceeded_above(record: Record, use: Use, values: Sequence[dict[str, Any]]) -> tuple[Grant, Said] | None:
    """A delegation above whose limit is exceeded, on every way by which the giver had the power; none, if not on each."""
    ways = ways_above(record, use.after, use.taken.last) if use.taken.dated else []
    found = [
        next(((grant, limit) for grant in way.grants if (limit := _exceeded(values, grant))), None) for way in ways
    ]
    return found[0] if found and all(found) else None


def _of_another_currency(grant: Grant, values: Sequence[dict[str, Any]]) -> bool:
    currencies = {limit["money"]["currency"] for limit in _in_money(grant)}
    return bool(currencies) and any(value["money"]["currency"] not in currencies for value in values)


def _in_money(grant: Grant) -> list[dict[str, Any]]:
    """The limits that name a sum; of those in words, people judge."""
    return [limit for limit in grant.limits or () if "money" in limit]


def _worth(values: Sequence[dict[str, Any]]) -> Said:
    return joined([(Worth(value["money"]),) for value in values])


def _all(grant: Grant) -> Said:
    return joined([(Worth(limit),) for limit in _in_money(grant)])
