"""The ways of the walk, told as chains: each step with from and to, basis, limits, validity, tests and facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from msgspec.structs import replace

from decisionlog.domain.answers.accountable import THE_LAW, Chain, ChainHop, LegalNote, LimitOf
from decisionlog.domain.authority.limits import is_money, lowest
from decisionlog.domain.authority.power import empowered, gave_it_away
from decisionlog.domain.authority.steps import Resolution, Step, Way
from decisionlog.domain.authority.table import Table
from decisionlog.domain.authority.walking import Walk
from decisionlog.domain.authority.world import Duty, Grant, Succession
from decisionlog.domain.references import split
from decisionlog.questions.accountable.wording import NOTHING, Wording


def told(walk: Walk, answer: Resolution, wording: Wording) -> tuple[Chain, ...]:
    """Every chain of an answer."""
    without = gave_it_away(answer.chains)
    return tuple(tuple(_in_words(hop, wording) for hop in _hops(walk, way, without)) for way in answer.chains)


def _in_words(hop: ChainHop, wording: Wording) -> ChainHop:
    """A step with what is written in words of it."""
    written = wording.of_delegation(hop.reference) if hop.kind == "delegation" else NOTHING
    kept_from = wording.kept_from(hop.to)
    if written is NOTHING and not kept_from:
        return hop
    return replace(
        hop,
        includes=written.includes,
        excludes=written.excludes,
        reserved=written.reserved,
        kept_from=kept_from,
    )


def _hops(walk: Walk, way: Way, without: frozenset[str]) -> Iterator[ChainHop]:
    with_power = empowered(way, without)
    for step in way.steps:
        has_power = step in with_power
        if isinstance(step.by, Duty) and step.via:
            yield _as_placed(walk, step.by)
            yield from _successions(walk, step, has_power=has_power)
        else:
            yield _hop(walk, step, has_power=has_power)


def _as_placed(walk: Walk, duty: Duty) -> ChainHop:
    """The placing on whoever had it first; the tests of the step are of whoever has it now."""
    return ChainHop(
        kind="duty", from_=THE_LAW, to=(duty.holder,), reference=duty.function, legal_basis=duty.legal_basis,
        instrument=duty.instrument, clause=duty.clause, limits=(), valid="succeeded since", since=duty.since,
        continued="", until=duty.until, places=duty.places, reach=duty.places, people=(), tests=(), has_power=False,
        verified=_verified(walk, duty.legal_basis), evidence=duty.evidence,
    )  # fmt: skip


def _successions(walk: Walk, step: Step, *, has_power: bool) -> Iterator[ChainHop]:
    after = [succession.organisation for succession in step.via[1:]] + [step.receivers[0]]
    for number, (succession, heir) in enumerate(zip(step.via, after, strict=True)):
        is_last = number == len(step.via) - 1
        yield ChainHop(
            kind="succession", from_=succession.organisation, to=(heir,), reference=succession.organisation,
            legal_basis=succession.legal_basis, instrument=succession.instrument, clause=succession.clause, limits=(),
            valid=_possible(succession.since) if succession.possible else "in force", since=succession.since,
            continued="", until="", places=_share_places(succession, heir), reach=step.places or (),
            people=_people(walk, (heir,)), tests=step.tests if is_last else (), has_power=has_power and is_last,
            verified=_verified(walk, succession.legal_basis), evidence=succession.evidence,
        )  # fmt: skip


def _share_places(succession: Succession, heir: str) -> tuple[str, ...]:
    return next((share.places for share in succession.shares if share.organisation == heir and not share.whole), ())


def _hop(walk: Walk, step: Step, *, has_power: bool) -> ChainHop:
    by = step.by
    return ChainHop(
        kind=step.kind,
        from_=THE_LAW if step.kind == "duty" else step.giver,
        to=step.receivers,
        reference=step.reference,
        legal_basis=by.legal_basis,
        instrument=by.instrument,
        clause=by.clause,
        limits=by.limits if isinstance(by, Grant) else (),
        valid=_possible(by.since) if step.possible else "in force",
        since=by.since,
        continued=by.continued if isinstance(by, Grant) else "",
        until=by.until,
        places=_named_places(walk, step),
        reach=step.places or (),
        people=_people(walk, step.receivers),
        tests=step.tests,
        has_power=has_power,
        verified=_verified(walk, by.legal_basis),
        evidence=step.evidence,
    )


def _named_places(walk: Walk, step: Step) -> tuple[str, ...]:
    return step.by.places if isinstance(step.by, (Duty, Grant)) else walk.world.party(step.by.body).places


def _possible(since: str) -> str:
    return f"possible: it began or ended within a date that is recorded only in part ({since})" if since else "possible"


def _people(walk: Walk, parties: Iterable[str]) -> tuple[str, ...]:
    posts = [party for party in parties if split(party)[0] == "post"]
    return tuple(dict.fromkeys(holder.member for post in posts for holder in walk.world.holders(post)))


def _verified(walk: Walk, code: str) -> bool:
    basis = walk.table.bases.get(code)
    return basis is None or basis.verified


def legal_notes(table: Table, codes: Iterable[str]) -> tuple[LegalNote, ...]:
    """What the table says of these bases, each once."""
    return tuple(
        LegalNote(
            code=code,
            name=basis.name,
            uri=basis.uri,
            accountability=basis.accountability,
            liability=basis.liability_words or basis.liability,
            source=basis.source,
            verified=basis.verified,
        )
        for code in dict.fromkeys(codes)
        if (basis := table.bases.get(code))
    )


def lowest_limits(chain: Chain) -> tuple[LimitOf, ...]:
    """Of the sums that limit a chain the lowest, of each currency, fund, kind and time; with the delegation that sets it."""
    return tuple(LimitOf(one, by) for one, by in lowest(_limits(chain)) if is_money(one))


def limits_of(ways: Iterable[Chain]) -> tuple[Any, ...]:
    """The limits on several ways, on each the lowest of those that are alike; what another way sets stands beside them."""
    found: list[Any] = []
    for way in ways:
        found += [one for one, _ in lowest(_limits(way)) if one not in found]
    return tuple(found)


def _limits(chain: Chain) -> Iterator[tuple[dict[str, Any], str]]:
    return ((one, hop.reference) for hop in chain for one in hop.limits or ())
