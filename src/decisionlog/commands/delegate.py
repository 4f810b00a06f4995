"""Delegating: a power is given to a body or a post. To oneself nothing can be given; all else is recorded as it was done."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from msgspec.structs import replace

from decisionlog.commands import opening
from decisionlog.commands.acts import Act, Decided
from decisionlog.commands.things import Thing, happened, thing, when
from decisionlog.domain.money import in_digits
from decisionlog.domain.refusals import Refusal
from decisionlog.store.log import Log

_LONGEST_CHAIN: Final = 20


def decide(log: Log, act: Act) -> Decided:
    """Grant a delegation. Raises `Refusal` where somebody delegates to nobody but themselves, and as `opening.decide`."""
    giving, given = opening.resolved(log, act, "delegator"), opening.resolved(log, act, "delegates")
    if giving and giving == given:
        msg = f"{giving[0]} cannot delegate to itself: it holds the power already."
        raise Refusal(msg)
    decided = opening.decide(log, act)
    return replace(decided, notes=(*decided.notes, *_about_its_parents(log, act, giving, given)))


def _about_its_parents(log: Log, act: Act, giving: list[str], given: list[str]) -> Iterator[str]:
    """What is odd about the grants that this one is made under: recorded all the same."""
    chain = list(_parents(log, opening.resolved(log, act, "parent")))
    if chain:
        yield from _about_the_parent(chain[0], act, giving)
    for parent in chain:
        if back := [one for one in given if one == parent.data(parent.opening).get("delegator")]:
            yield f"{back[0]} gave this power under {parent.ref} and now has it back: the chain goes in a circle."


def _about_the_parent(parent: Thing, act: Act, giving: list[str]) -> Iterator[str]:
    granted: dict[str, Any] = parent.data(parent.opening)
    until, ended = granted.get("until"), parent.ended()
    if ended and not parent.earlier(act.on, ended.on):
        yield f"{parent.ref} was {happened(ended.type)} {when(ended)}, before this was given under it."
    if isinstance(until, str) and act.on and not parent.earlier(act.on, until):
        yield f"{parent.ref} was in force until {until}, before this was given under it."
    if parent.earlier(act.on, granted.get("from") or parent.opening.on):
        yield f"{parent.ref} was not yet in force on {act.on}."
    if giving and "delegates" in granted and not set(giving) & set(granted["delegates"]):
        yield f"{parent.ref} does not give the power to {giving[0]}."
    for own, limit in _beyond(granted, act.data):
        yield f"it goes beyond the giver's own limit: {_pounds(own)} against {_pounds(limit)} under {parent.ref}."


def _parents(log: Log, streams: list[str]) -> Iterator[Thing]:
    """The grants above, the nearest first; a chain that comes back to where it was is followed once."""
    seen: set[str] = set()
    while streams and streams[0] not in seen and len(seen) < _LONGEST_CHAIN:
        seen.add(streams[0])
        parent = thing(log, streams[0])
        yield parent
        above = parent.data(parent.opening).get("parent")
        streams = [above] if isinstance(above, str) else []


def _beyond(granted: dict[str, Any], data: Any) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """The limits given that are higher than every limit of the same currency that the giver has."""
    for given in _amounts(data):
        own = [one for one in _amounts(granted) if one["currency"] == given["currency"]]
        highest = max(own, key=lambda one: int(one["amount"]), default=None)
        if highest and given["amount"] > highest["amount"]:
            yield given, highest


def _amounts(data: Any) -> Iterator[dict[str, Any]]:
    for limit in data.get("limits", ()):
        money = limit.get("money") if isinstance(limit, dict) else None
        if isinstance(money, dict) and isinstance(money.get("amount"), int) and "currency" in money:
            yield money


def _pounds(money: dict[str, Any]) -> str:
    return f"{in_digits(money['amount'])} {money['currency']}"
