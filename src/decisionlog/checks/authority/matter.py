"""What a determination is about: functions, places and sums. What it does not name itself are those of its papers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from msgspec import Struct

from decisionlog.checks.determinations import Determination
from decisionlog.checks.record import Act, Record
from decisionlog.domain.facts.parts import OnProposal, Value
from decisionlog.domain.facts.proposal import ProposalRevised, ProposalSubmitted


class Matter(Struct, frozen=True):
    """What a determination is about."""

    functions: tuple[str, ...]
    places: tuple[str, ...]
    things: tuple[str, ...]
    """Itself, its papers, the decisions that it is linked to, and the funds that it commits."""
    values: tuple[dict[str, Any], ...] | None
    """Sums: {`money`, and perhaps `kind`, `fund`}. None: not recorded; empty: stated as none."""
    of_papers: tuple[int, ...]
    """The facts of the papers that name the sums, where the determination itself names none."""


class Paper(Struct, frozen=True):
    """A proposal as it was before whoever decided."""

    functions: tuple[str, ...]
    places: tuple[str, ...]
    values: tuple[dict[str, Any], ...] | None
    position: int
    """Of the fact that names its sums."""


def matter(record: Record, taken: Determination) -> Matter:
    """What a determination is about."""
    return record.once(("matter", taken.stream), lambda: _matter(record, taken))


def _matter(record: Record, taken: Determination) -> Matter:
    data = taken.data
    papers = [_paper(record, one, taken.last) for one in data.proposals or ()]
    own = summed(data.value)
    valued = [paper for paper in papers if paper.values is not None]
    values = own if own is not None else _all(paper.values or () for paper in valued) if valued else None
    return Matter(
        functions=data.functions or _all(paper.functions for paper in papers),
        places=data.places or _all(paper.places for paper in papers),
        things=(
            taken.stream,
            *(one.proposal for one in data.proposals or ()),
            *(link.decision for link in data.links or ()),
            *(value["fund"] for value in values or () if "fund" in value),
        ),
        values=values,
        of_papers=() if own is not None else tuple(paper.position for paper in valued),
    )


def summed(values: tuple[Value, ...] | None) -> tuple[dict[str, Any], ...] | None:
    """Sums as limits are compared with; None: not recorded."""
    if values is None:
        return None
    return tuple(
        {"money": {"amount": one.money.amount, "currency": one.money.currency}}
        | ({"kind": one.kind} if one.kind else {})
        | ({"fund": one.fund} if one.fund else {})
        for one in values
    )


def _paper(record: Record, before: OnProposal, moment: int) -> Paper:
    """The version that was before whoever decided; where that is not recorded, the last by that moment."""
    paper = Paper((), (), None, 0)
    for act in _versions(record, before.proposal):
        if act.at.earliest > moment:
            break
        data = act.data
        paper = Paper(
            data.functions or paper.functions,
            data.places or paper.places,
            paper.values if data.value is None else summed(data.value),
            paper.position if data.value is None else act.position,
        )
        if before.version and data.version == before.version:
            break
    return paper


def _versions(record: Record, proposal: str) -> Iterator[Act[Any]]:
    told = record.of(proposal)
    acts: list[Act[Any]] = [*told.all(ProposalSubmitted), *told.all(ProposalRevised)]
    yield from sorted(acts, key=lambda act: (act.at.earliest, act.position))


def _all(several: Iterable[tuple[Any, ...]]) -> tuple[Any, ...]:
    found: list[Any] = []
    for each in several:
        found += [one for one in each if one not in found or isinstance(one, dict)]
    return tuple(found)
