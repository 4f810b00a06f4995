"""What a decision rested on as text: what was relied on, and above it what that rests on, step by step up to the law."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from decisionlog.domain.answers.deciding import Decided, Hop
from decisionlog.domain.authority.outcomes import Outcome
from decisionlog.domain.erased import is_gone
from decisionlog.domain.text import visible
from decisionlog.render.chains import PROBLEMS
from decisionlog.render.site.own_power import by_own_power, is_own_power
from decisionlog.render.words import (
    NOT_RECORDED,
    OWN_POWER,
    all_called,
    called,
    dated,
    legal_basis,
    limit,
    listed_in_words,
    positions,
    value_in_words,
)

Names = Mapping[str, str]


def steps(item: Decided, names: Names) -> list[str]:
    """The authority of a decision, a line a step; or that it is not recorded."""
    return [relied_on(hop, names) for hop in item.authority] or [NOT_RECORDED]


def relied_on(hop: Hop, names: Names) -> str:
    """One step: what was relied on; or, above it, what that rests on, up to the law."""
    own = is_own_power(hop) and hop.legal_basis == OWN_POWER
    said = _own(hop, names) if own else _ABOVE[hop.kind](hop, names) if hop.kind in _ABOVE else _given(hop, names)
    told = own or hop.kind == "duty"
    under = [legal_basis(hop.legal_basis)] if hop.legal_basis != NOT_RECORDED and not told else []
    clause = f", clause {visible(hop.clause)}" if hop.clause else ""
    under += [f"{called(hop.instrument, names)}{clause}"] if hop.instrument != NOT_RECORDED else []
    power = f"under {listed_in_words(under)}" if under else f"under which power is {NOT_RECORDED}"
    power = "" if told and not under else f", {power}"
    limits = "".join(f", {limit(one, names) if 'money' in one else value_in_words(one, names)}" for one in hop.limits)
    words = f", in the words '{visible(hop.words)}'" if hop.words and not is_gone(hop.words) else ""
    why = f" ({visible(hop.rests)})" if hop.rests else ""
    valid = dated(visible(hop.valid.removeprefix(f"{NOT_RECORDED}: ") if own else hop.valid))
    return f"{said}{power}{limits}{words}: {valid}{why}{_untrue(hop)} {positions(hop.evidence)}"


def _given(hop: Hop, names: Names) -> str:
    to = all_called(hop.to, names)
    given = (
        f"from {_who(hop.from_, names)} to {to}"
        if hop.from_ != NOT_RECORDED
        else f"to {to}, from whom is {NOT_RECORDED}"
    )
    return f"which rests on {visible(hop.delegation.partition(':')[2])}, {given}" if hop.step else given


def _own(hop: Hop, names: Names) -> str:
    behalf = f" for {_who(hop.from_, names)}" if hop.from_ not in {NOT_RECORDED, *hop.to} else ""
    return f"{all_called(hop.to, names)} decided{behalf} {by_own_power(hop.to)}"


def _acts(hop: Hop, names: Names) -> str:
    return f"which rests on this: {all_called(hop.to, names)} acts for {_who(hop.from_, names)}"


def _succeeded(hop: Hop, names: Names) -> str:
    return f"which rests on this: {all_called(hop.to, names)} came after {_who(hop.from_, names)}"


def _duty(hop: Hop, names: Names) -> str:
    law = legal_basis(hop.legal_basis) if hop.legal_basis != NOT_RECORDED else f"a legal basis that is {NOT_RECORDED}"
    return f"which rests on the duty: {law} places {called(hop.reference, names)} on {all_called(hop.to, names)}"


_ABOVE: Final[Mapping[str, Callable[[Hop, Names], str]]] = {"acts": _acts, "succession": _succeeded, "duty": _duty}


def _untrue(hop: Hop) -> str:
    """The tests that fail, in short; `possible:` above the answer says of each why."""
    failing = [PROBLEMS.get(test.name, test.name) for test in hop.tests if test.outcome is Outcome.FAILS]
    return f"; PROBLEM: {', '.join(failing)}" if failing else ""


def _who(reference: str, names: Names) -> str:
    return listed_in_words([called(one, names) for one in reference.split(" and ")])
