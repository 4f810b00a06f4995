"""What was given to whom, and what an organisation has done in the partnership, as plain data."""

from __future__ import annotations

from typing import Any

from msgspec.structs import asdict

from decisionlog.domain.answers.dealings import Dealings, Dissent, Signed
from decisionlog.domain.answers.powers import Power, Powers
from decisionlog.domain.saying import plain


def powers_json(answer: Powers) -> dict[str, Any]:
    """The delegations to and from a body or an organisation."""
    return {
        "basis": asdict(answer.basis),
        "asked": answer.asked,
        "acts_for": [asdict(one) for one in answer.acts_for],
        "given_to_it": [_power(one) for one in answer.given_to_it],
        "given_by_it": [_power(one) for one in answer.given_by_it],
        "within_it": [_power(one) for one in answer.within_it],
        "names": answer.names,
        "evidence": answer.evidence,
    }


def dealings_json(answer: Dealings) -> dict[str, Any]:
    """What an organisation signed, where it disagreed, what it owes."""
    return {
        "basis": asdict(answer.basis),
        "asked": answer.asked,
        "signed": [_signed(one) for one in answer.signed],
        "signed_earlier": answer.signed_earlier,
        "disagreements": [_dissent(one) for one in answer.dissents],
        "disagreements_earlier": answer.dissents_earlier,
        "owed": [{"to": one.to, **asdict(one.awaited)} for one in answer.owed],
        "names": answer.names,
        "evidence": answer.evidence,
    }


def _power(one: Power) -> dict[str, Any]:
    return asdict(one) | {"remarks": [plain(remark) for remark in one.remarks]}


def _signed(one: Signed) -> dict[str, Any]:
    came_of_it = [plain(said) for said in one.came_of_it]
    return {"proposal": one.proposal, "state": one.state, "came_of_it": came_of_it, **asdict(one.position)}


def _dissent(one: Dissent) -> dict[str, Any]:
    return {
        **asdict(one.shown),
        "about": one.about,
        "on": one.on,
        "stands": plain(one.stands),
        "state_on": one.state_on,
        "open": one.is_open,
    }
