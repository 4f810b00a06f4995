"""Whether the law lets this giver give to this receiver."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from decisionlog.checks.finding import Tripped
from decisionlog.checks.record import Record
from decisionlog.domain.authority import testing
from decisionlog.domain.authority.outcomes import Outcome
from decisionlog.domain.authority.parties import giver_words
from decisionlog.domain.authority.question import Question
from decisionlog.domain.authority.world import Grant, World
from decisionlog.domain.facts.delegation import DelegationGranted
from decisionlog.domain.facts.function import FunctionCatalogued
from decisionlog.domain.saying import Named, Said, Worth, joined
from decisionlog.domain.vocabulary import LEGAL_BASES

_NOT_READ: Final = frozenset({"other", "original-power"})
"""Bases of which the list cannot say whether functions can be given by them."""
_CARRY_OUT: Final = "execute"


def unlawful_route(record: Record, delegation: str) -> Iterator[Tripped]:
    """GL45: by the table of legal bases, what is cited does not let this giver give to these receivers, or gives nothing."""
    granted = record.of(delegation).first(DelegationGranted)
    if granted is None:
        return
    moment = record.effect(granted)
    grant = record.grant(delegation, moment)
    if grant is None:
        return
    world, evidence = record.at(moment), (granted.position,)
    if nothing := _gives_nothing(record, world, grant):
        yield Tripped(nothing, evidence, moment)
        return
    for function, positions in _excluded(record, world, grant):
        said: Said = (
            Worth(grant.legal_basis, "legal_basis"),
            " does not allow ",
            Named(function),
            " to be given by it",
        )
        yield Tripped(said, (*evidence, *positions), moment)
    question = Question((), (), (), (), moment, record.zone)
    test = testing.basis(world, question, record.table, grant, grant.delegator, grant.delegates)
    power: Said = (Worth(grant.legal_basis, "legal_basis"),)
    if test.outcome is Outcome.FAILS:
        said = (*power, " does not allow it from ", *_all((grant.delegator,)), " to ", *_all(grant.delegates))
        yield Tripped((*said, ": ", *test.detail), evidence, moment)
    elif test.outcome is Outcome.NOT_RECORDED and any(giver_words(world, grant.delegator)):
        if not grant.legal_basis:
            said = ("by which power ", Named(grant.delegator), " gave it is not recorded")
        else:
            said = ("whether ", *power, " allows it cannot be told: ", *test.detail)
        yield Tripped(said, evidence, moment, evidenced=False)


def _excluded(record: Record, world: World, grant: Grant) -> Iterator[tuple[str, tuple[int, ...]]]:
    """The functions that the law does not let be given so, by the legal bases that are recorded of them, with these facts."""
    basis = record.table.bases.get(grant.legal_basis)
    for function in grant.functions if basis and basis.excluded else ():
        entry = record.of(function).first(FunctionCatalogued)
        by_law: list[tuple[str | None, tuple[int, ...]]] = []
        by_law += [(entry.data.legal_basis, (entry.position,))] if entry else []
        by_law += [(duty.legal_basis, duty.evidence) for duty in world.duties((function,))]
        found = [positions for code, positions in by_law if basis and code in basis.excluded]
        if found:
            yield function, tuple(at for positions in found for at in positions)


def _gives_nothing(record: Record, world: World, grant: Grant) -> Said | None:
    """Why no function can have been given by what is cited."""
    if grant.kind == _CARRY_OUT:
        return None
    basis = LEGAL_BASES.get(grant.legal_basis)
    if basis and not basis.delegates and grant.legal_basis not in _NOT_READ:
        return ("it rests on ", Worth(grant.legal_basis, "legal_basis"), ", by which no function can be given")
    if not grant.legal_basis and world.instrument(grant.instrument).kind in record.table.without_legal_force:
        return ("it rests on ", Named(grant.instrument), " alone, which has no legal force and gives nothing")
    return None


def _all(parties: tuple[str, ...]) -> Said:
    return joined([(Named(one),) for one in parties if one]) or ("somebody who is not recorded",)
