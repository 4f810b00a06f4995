"""`who accountable` and `who could` as plain data, in the keys that other programs rely on."""

from __future__ import annotations

from typing import Any

from msgspec.structs import asdict

from decisionlog.domain.answers.accountable import Accountable, AskedAbout, ChainHop, Empowered, Irregular, WhoCould
from decisionlog.domain.answers.basis import Basis
from decisionlog.domain.authority.outcomes import RoleEntry, Test
from decisionlog.domain.saying import plain


def accountable(answer: Accountable) -> dict[str, Any]:
    """`who accountable`: the word for the whole, the eight roles, all chains, the findings."""
    return {
        **_beginning(answer.basis, answer.asked),
        "classification": answer.classification,
        "roles": {role: [_entry(one) for one in entries] for role, entries in answer.roles.items()},
        **_rest(answer),
    }


def could(answer: WhoCould) -> dict[str, Any]:
    """`who could`: everybody who has the power, then the same chains and findings."""
    return {
        **_beginning(answer.basis, answer.asked),
        "classification": answer.classification,
        "items": [_empowered(one) for one in answer.items],
        "changes": [plain(one) for one in answer.changes],
        "lowest_limits": [[asdict(one) for one in limits] for limits in answer.lowest_limits],
        **_rest(answer),
    }


def _beginning(basis: Basis, asked: AskedAbout) -> dict[str, Any]:
    return {"basis": asdict(basis), "asked": asdict(asked)}


def _rest(answer: Accountable | WhoCould) -> dict[str, Any]:
    return {
        "chains": [[hop(one) for one in chain] for chain in answer.chains],
        "findings": [irregular(one) for one in answer.findings],
        "forums": answer.forums,
        "funds": [asdict(one) for one in answer.funds],
        "legal_bases": [asdict(one) for one in answer.legal],
        "to_come": answer.to_come,
        "names": answer.names,
        "notes": [plain(one) for one in answer.notes],
        "evidence": answer.evidence,
    }


def hop(one: ChainHop) -> dict[str, Any]:
    """One step of a chain."""
    return {
        "kind": one.kind,
        "from": one.from_,
        "to": one.to,
        "reference": one.reference,
        "legal_basis": one.legal_basis or "not recorded",
        "instrument": one.instrument or "not recorded",
        "clause": one.clause,
        "limits": "not recorded" if one.limits is None else one.limits,
        "valid": one.valid,
        "since": one.since,
        "continued": one.continued,
        "until": one.until,
        "places": one.places,
        "reach": one.reach,
        "people": one.people,
        "tests": [test(each) for each in one.tests],
        "includes": one.includes,
        "excludes": one.excludes,
        "reserved": one.reserved,
        "kept_from": one.kept_from,
        "has_power": one.has_power,
        "verified": one.verified,
        "evidence": one.evidence,
    }


def test(one: Test) -> dict[str, Any]:
    """One test of a step: its name, how it came out, why, by which facts."""
    return {"name": one.name, "outcome": one.outcome, "detail": plain(one.detail), "evidence": one.evidence}


def _entry(one: RoleEntry) -> dict[str, Any]:
    who = {"words": one.party} if one.in_words else {"party": one.party.split(" and ")}
    return {
        **who,
        "legal_basis": one.basis or "not recorded",
        "reference": one.reference,
        "why": one.why,
        "since": one.since or "not recorded",
        "possible": one.possible,
        "verified": one.verified,
        "evidence": one.evidence,
    }


def irregular(one: Irregular) -> dict[str, Any]:
    """One thing that is possibly irregular."""
    return {
        "rule": one.rule,
        "test": one.test,
        "subject": one.subject,
        "sentence": plain(one.said),
        "evidence": one.evidence,
    }


def _empowered(one: Empowered) -> dict[str, Any]:
    return asdict(one)
