"""Actions: who is to do what, by when, from which decision, and how it goes. Row, fold, queries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import tzinfo
from typing import Any, NamedTuple

from sqlalchemy import Connection

from decisionlog.domain.days import Span
from decisionlog.domain.facts.action import ActionAssigned
from decisionlog.domain.facts.envelope import Fact
from decisionlog.domain.known import AsOf, Reading
from decisionlog.domain.references import split
from decisionlog.store.bitemporal import Holding
from decisionlog.store.histories import Held, Histories, among, succession, when

_ENDS = {"action.completed": "completed", "action.cancelled": "cancelled"}


class Action(NamedTuple):
    """One action as it stood."""

    ref: str
    state: str
    """`assigned`, `completed` or `cancelled`."""
    progress: str
    owner: str
    organisation: str
    to: str
    """The partner to whom it was promised."""
    due: str
    decision: str
    condition: str
    meeting: str
    what: str
    """The commitment to what is to be done; empty where it is not recorded."""
    what_position: int
    """Of the fact beside which it can be opened."""
    on: str
    position: int
    state_position: int


class Actions(Histories):
    """Every action with how it goes."""

    name = "actions"
    version = 1
    kinds = frozenset({"action"})
    marks = frozenset({"action.assigned", "action.updated", "record.renumbered", *_ENDS})
    row = Action

    @classmethod
    def holdings(cls, reading: Reading, zone: tzinfo) -> Iterable[Holding]:
        """The states of an action, from when it was assigned."""
        return succession(_steps(reading, zone))


_SEALED = ("/what", "/title")


def actions(rows: Connection, streams: Iterable[str], point: AsOf) -> list[Held]:
    """These actions as they stood."""
    return among(rows, Actions, streams, point)


def _steps(reading: Reading, zone: tzinfo) -> Iterator[tuple[Span, Action]]:
    current: Action | None = None
    for fact in reading.facts:
        current = _after(current, fact, reading)
        if current is not None:
            yield when(fact, zone), current


def _after(current: Action | None, fact: Fact, reading: Reading) -> Action | None:
    data: Any = fact.data
    if isinstance(data, ActionAssigned) and current is None:
        return _assigned(fact, data, reading)
    if current is None:
        return None
    if fact.type in _ENDS:
        return current._replace(state=_ENDS[fact.type], state_position=fact.position)
    if fact.type == "record.renumbered":
        return current._replace(ref=getattr(data, "ref", current.ref))
    if fact.type == "action.updated":
        named = ("progress", "owner", "organisation", "due")
        given = {name: value for name in named if (value := getattr(data, name, None))}
        if what := getattr(data, "what", None):
            given |= {"what": what.digest, "what_position": _sealed_at(fact, reading)}
        return current._replace(**given, state_position=fact.position)
    return current


def _assigned(fact: Fact, data: ActionAssigned, reading: Reading) -> Action:
    what = data.what or data.title
    return Action(
        ref=data.ref or split(fact.stream)[1],
        state="assigned",
        progress="",
        owner=data.owner or "",
        organisation=data.organisation or "",
        to=data.to or "",
        due=data.due or "",
        decision=data.decision or "",
        condition=data.condition or "",
        meeting=data.meeting or "",
        what=what.digest if what else "",
        what_position=_sealed_at(fact, reading),
        on=fact.on or "",
        position=fact.position,
        state_position=fact.position,
    )


def _sealed_at(fact: Fact, reading: Reading) -> int:
    """The position of the fact beside which the words are kept: a correction's, where one changed them."""
    changes = reading.corrections.get(fact.position, ())
    return next((change.position for change in reversed(changes) if change.path in _SEALED), fact.position)
