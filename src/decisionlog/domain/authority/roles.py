"""The eight roles, each entry with its basis and its facts. Nobody is named without all three."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from decisionlog.domain.authority.outcomes import RoleEntry
from decisionlog.domain.authority.parties import organisations_of
from decisionlog.domain.authority.power import empowered
from decisionlog.domain.authority.question import NOWHERE, Places
from decisionlog.domain.authority.steps import Step, Way, party_of
from decisionlog.domain.authority.walking import Walk
from decisionlog.domain.authority.world import Duty, Fund, Grant
from decisionlog.domain.references import split

ROLES: Final = (
    "duty_holders", "answerable_to", "decision_makers", "liability", "delivery", "consulted", "commitments", "oversight",
)  # fmt: skip


def roles(walk: Walk, ways: Sequence[Way], without: frozenset[str]) -> dict[str, tuple[RoleEntry, ...]]:
    """Who is in which role."""
    found = {
        "duty_holders": _duty_holders(walk),
        "answerable_to": _answerable_to(walk),
        "decision_makers": _decision_makers(ways, without),
        "liability": _liability(walk, ways, without),
        "delivery": _delivery(walk, ways),
        "consulted": _consulted(walk, ways),
        "commitments": _commitments(walk),
        "oversight": _oversight(walk, ways),
    }
    return {role: _once(entries) for role, entries in found.items()}


def _once(entries: Iterable[RoleEntry]) -> tuple[RoleEntry, ...]:
    """Each party once for each reason."""
    found: dict[tuple[str, str, str, str], RoleEntry] = {}
    for entry in entries:
        found.setdefault((entry.party, entry.reference, entry.why, entry.basis), entry)
    return tuple(found.values())


def _duty_steps(walk: Walk) -> Iterator[tuple[Step, Duty]]:
    seen = set()
    for way in walk.from_duties:
        step = way.steps[0]
        if isinstance(step.by, Duty) and (step.receivers, step.by.evidence) not in seen:
            seen.add((step.receivers, step.by.evidence))
            yield step, step.by


def _duty_holders(walk: Walk) -> Iterator[RoleEntry]:
    for step, duty in _duty_steps(walk):
        since = step.via[-1].since if step.via else duty.since
        why = "came to it by succession" if step.via else "the duty was placed on it"
        yield RoleEntry(
            step.receivers[0], duty.legal_basis, duty.function, why, since, step.evidence, step.possible,
            verified=_verified(walk, duty.legal_basis),
        )  # fmt: skip


def _answerable_to(walk: Walk) -> Iterator[RoleEntry]:
    for step, _ in _duty_steps(walk):
        holder = step.receivers[0]
        if split(holder)[0] != "organisation":
            continue
        for one in walk.world.relations(holder):
            if one.relation == "answerable-to" and one.to and _covers(walk, step.places, one.functions, one.places):
                yield RoleEntry(one.to, one.legal_basis, holder, "answerable to", one.since, one.evidence, one.possible)
        party = walk.world.party(holder)
        for words in walk.table.answerable.get(party.kind, ()):
            yield RoleEntry(
                words, "", holder, f"as {party.kind}", "", party.evidence, in_words=True,
                verified=party.kind in walk.table.answerable_verified,
            )  # fmt: skip


def _covers(walk: Walk, places: Places, functions: Sequence[str], named: Sequence[str]) -> bool:
    """Of what may name no function and is then for all of them."""
    return (not functions or walk.asked.concerns(functions)) and walk.asked.meet(places, named) != NOWHERE


def _about(walk: Walk, functions: Sequence[str], places: Sequence[str]) -> bool:
    """Of what is for the functions that it names, and no other."""
    return walk.asked.concerns(functions) and walk.asked.meet(walk.asked.places, places) != NOWHERE


def _decision_makers(ways: Iterable[Way], without: frozenset[str]) -> Iterator[RoleEntry]:
    for way in ways:
        steps = empowered(way, without)
        if steps:
            step = steps[-1]
            yield RoleEntry(
                party_of(step.receivers), step.by.legal_basis, step.reference, _had_by(step), step.by.since,
                step.evidence, step.possible,
            )  # fmt: skip


def _had_by(step: Step) -> str:
    return {"duty": "has the duty itself", "acts": "acts for", "delegation": "by delegation"}[step.kind]


def _liability(walk: Walk, ways: Iterable[Way], without: frozenset[str]) -> Iterator[RoleEntry]:
    """With the duty-holder, unless a step down to the last who has the power moves it."""
    for way in ways:
        if way.own:
            continue
        with_, by = way.steps[0].receivers, way.steps[0]
        steps = empowered(way, without)
        until = way.steps.index(steps[-1]) + 1 if steps else 0
        for step in way.steps[1:until]:
            basis = walk.table.bases.get(step.by.legal_basis)
            if basis is not None and basis.liability == "receiver":
                with_ = tuple(legal for one in step.receivers for legal in organisations_of(walk.world, one) or (one,))
                by = step
        moved = by is not way.steps[0]
        entry = walk.table.bases.get(by.by.legal_basis)
        for party in with_:
            yield RoleEntry(
                party, by.by.legal_basis, by.reference,
                "liability went along with" if moved else "has the duty, and no step moves liability",
                by.by.since, by.evidence, by.possible, verified=not moved or (entry is not None and entry.verified),
            )  # fmt: skip


def _delivery(walk: Walk, ways: Iterable[Way]) -> Iterator[RoleEntry]:
    yield from _carrying_out(walk)
    yield from _hosting(walk, ways)
    for action in walk.world.promises(walk.asked.functions):
        party = action.owner or action.organisation
        if party and _about(walk, action.functions, action.places):
            yield RoleEntry(party, "", action.reference, "has the open action", action.since, action.evidence)


def _carrying_out(walk: Walk) -> Iterator[RoleEntry]:
    for one in walk.granted.to_carry_out:
        for receiver in one.receivers:
            if receiver.parties:
                yield RoleEntry(
                    party_of(receiver.parties), one.grant.legal_basis, one.grant.reference, "has it to carry out by",
                    one.grant.since, one.grant.evidence, one.grant.possible,
                )  # fmt: skip


def _hosting(walk: Walk, ways: Iterable[Way]) -> Iterator[RoleEntry]:
    for body in _bodies(ways):
        if host := walk.world.host(body):
            found = walk.world.party(body)
            yield RoleEntry(host, "", body, "hosts", found.since, found.evidence, found.possible)
    for fund in _funds(walk):
        for party, why in ((fund.host, "hosts"), (fund.manager, "manages")):
            if party:
                yield RoleEntry(party, "", fund.reference, why, fund.since, fund.evidence, fund.possible)


def _funds(walk: Walk) -> list[Fund]:
    return [one for one in walk.world.funds(walk.asked.functions) if _about(walk, one.functions, one.places)]


def _bodies(ways: Iterable[Way]) -> list[str]:
    """The bodies on the ways: as givers or as receivers."""
    parties = (party for way in ways for step in way.steps for party in (step.giver, *step.receivers))
    return list(dict.fromkeys(party for party in parties if split(party)[0] == "body"))


def _grants(ways: Iterable[Way]) -> list[Grant]:
    grants = (step.by for way in ways for step in way.steps if isinstance(step.by, Grant))
    return list({grant.reference: grant for grant in grants}.values())


def _consulted(walk: Walk, ways: Sequence[Way]) -> Iterator[RoleEntry]:
    for _, duty in _duty_steps(walk):
        for party in duty.must_consult:
            yield RoleEntry(party, duty.legal_basis, duty.function, "by the duty for", duty.since, duty.evidence)
    for grant in _grants(ways):
        for party in grant.must_consult:
            yield RoleEntry(party, "", grant.reference, "before each use of", grant.since, grant.evidence)
    for body in _bodies(ways):
        terms = walk.world.terms(body)
        for party in terms.must_consult if terms else ():
            assert terms is not None
            yield RoleEntry(party, "", body, "before decisions of", terms.since, terms.evidence)


def _commitments(walk: Walk) -> Iterator[RoleEntry]:
    for agreement in walk.world.agreements(walk.asked.functions):
        if agreement.kind in walk.table.without_legal_force and _about(walk, agreement.functions, agreement.places):
            for party in agreement.parties:
                yield RoleEntry(
                    party, "", agreement.reference, "is party, without legal force, to",
                    agreement.since, agreement.evidence, agreement.possible,
                )  # fmt: skip
    for action in walk.world.promises(walk.asked.functions):
        party = action.organisation or action.owner
        if action.to and party and _about(walk, action.functions, action.places):
            yield RoleEntry(party, "", action.reference, "promised to a partner", action.since, action.evidence)


def _oversight(walk: Walk, ways: Sequence[Way]) -> Iterator[RoleEntry]:
    for grant in _grants(ways):
        for report in grant.reporting:
            if to := report.get("to"):
                yield RoleEntry(to, "", grant.reference, "receives reports on", grant.since, grant.evidence)
    for body in _bodies(ways):
        terms = walk.world.terms(body)
        for party in terms.reports_to if terms else ():
            assert terms is not None
            yield RoleEntry(party, "", body, "receives reports on", terms.since, terms.evidence)
    for fund in _funds(walk):
        for report in fund.reporting:
            if to := report.get("to"):
                yield RoleEntry(to, "", fund.reference, "receives reports on", fund.since, fund.evidence)


def _verified(walk: Walk, code: str) -> bool:
    entry = walk.table.bases.get(code)
    return entry is None or entry.verified
