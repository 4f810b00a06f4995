"""What `list` can be narrowed by: which filters each kind has, and which things fit them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import Final, get_args

from msgspec import Struct
from sqlalchemy import Connection

from decisionlog.domain.days import NotADate, instant_asked, span
from decisionlog.domain.facts import KINDS
from decisionlog.domain.known import AsOf
from decisionlog.domain.references import split
from decisionlog.domain.refusals import BadInput, NothingCalled
from decisionlog.domain.vocabulary import Outcome
from decisionlog.projections import concerns, decisions, seats
from decisionlog.projections.register import Registered
from decisionlog.questions.finding_things import by_name, by_short_name, offered
from decisionlog.store.finding import find
from decisionlog.store.log import Log

BY_THING: Final[Mapping[str, Mapping[str, Sequence[str]]]] = {
    "decision": {
        "body": ["decision_makers"],
        "partner": ["on_behalf_of"],
        "person": ["people", "decision_makers"],
        "meeting": ["meeting"],
        "place": ["places"],
        "function": ["functions"],
    },
    "proposal": {
        "body": ["body", "to"],
        "partner": ["sponsor", "partners", "authors"],
        "person": ["authors", "by", "sponsor"],
        "meeting": ["meeting"],
        "place": ["places"],
        "function": ["functions"],
    },
    "disagreement": {
        "body": ["to", "other_side", "on_behalf_of"],
        "partner": ["on_behalf_of", "other_side"],
        "person": ["by"],
        "meeting": ["meeting"],
    },
    "meeting": {
        "body": ["bodies"],
        "partner": ["attendance.on_behalf_of"],
        "person": ["attendance.by", "presiding.by"],
    },
    "action": {
        "partner": ["organisation", "to"],
        "person": ["owner"],
        "meeting": ["meeting"],
        "place": ["places"],
        "function": ["functions"],
    },
    "delegation": {
        "body": ["delegator", "delegates"],
        "partner": ["on_behalf_of", "delegator"],
        "person": ["delegator", "delegates"],
        "place": ["places"],
        "function": ["scope.function"],
    },
    "body": {
        "body": ["parents.parent"],
        "partner": ["parents.parent", "host"],
        "place": ["places"],
        "function": ["parents.functions"],
    },
    "post": {"partner": ["organisation", "jointly_with"]},
    "person": {"partner": ["employers"]},
    "instrument": {"partner": ["parties"], "place": ["places"], "function": ["functions"]},
    "fund": {"partner": ["parties", "host"], "place": ["places"], "function": ["functions"]},
    "function": {"body": ["holder"], "partner": ["holder"], "person": ["holder"], "place": ["places"]},
    "place": {"place": ["within"]},
    "interest": {"partner": ["on_behalf_of", "held_in"], "person": ["by"]},
    "dispensation": {"body": ["bodies"], "person": ["person"]},
}
"""For each kind, the filters that name a thing, and the fields in which it is looked for."""
_SEATED: Final[Mapping[str, str]] = {"body": "person", "post": "person", "person": "body"}
"""Kinds whose filter asks for seats: the bodies and posts of a person, the people on a body."""
_ARISING: Final[Mapping[str, str]] = {"action": "body"}
"""Kinds whose filter asks through others: the actions that arose from the meetings and the decisions of a body."""
_NAMES: Final[Mapping[str, Sequence[str]]] = {
    "body": ("body",),
    "partner": ("organisation", "body"),
    "person": ("person", "post"),
    "meeting": ("meeting",),
    "place": ("place",),
    "function": ("function",),
}
"""For each such filter, the kinds of thing that it may name."""
_FALLING_DUE: Final = frozenset({"action", "decision", "disagreement", "delegation", "instrument", "body"})
"""Kinds of which something falls due, or is to be looked at again."""
_EVERYWHERE: Final = ("state", "since", "until")


class Filters(Struct, frozen=True):
    """What a list is narrowed by; an empty one leaves it whole."""

    body: str | None = None
    partner: str | None = None
    person: str | None = None
    meeting: str | None = None
    place: str | None = None
    function: str | None = None
    outcome: str | None = None
    state: str | None = None
    since: str | None = None
    until: str | None = None
    due_by: str | None = None

    def given(self) -> dict[str, str]:
        """The filters that were given, by the names of their options."""
        return {
            name.replace("_", "-"): value
            for name in self.__struct_fields__
            if (value := getattr(self, name)) is not None
        }


def filters_of(kind: str) -> tuple[str, ...]:
    """The names of the filters that a kind has."""
    by_thing = {*BY_THING.get(kind, {}), *filter(None, [_SEATED.get(kind), _ARISING.get(kind)])}
    outcome = ("outcome",) if kind == "decision" else ()
    due = ("due-by",) if kind in _FALLING_DUE else ()
    return (*(name for name in _NAMES if name in by_thing), *outcome, *_EVERYWHERE, *due)


def require_filters(kind: str, filters: Filters) -> None:
    """Refuse filters that a kind does not have, and an outcome that is none."""
    has = filters_of(kind)
    lacking = [f"--{name}" for name in filters.given() if name not in has]
    if lacking:
        msg = (
            f"A list of things of kind {kind} cannot be narrowed by {' or '.join(lacking)}. "
            f"It can by {', '.join(f'--{name}' for name in has)}."
        )
        raise BadInput(msg)
    if filters.outcome is not None:
        require_word("outcome", filters.outcome, get_args(Outcome))


def require_word(name: str, word: str, words: Iterable[str]) -> None:
    """Refuse a word that is not one of these, naming the nearest."""
    words = list(words)
    if word in words:
        return
    near = get_close_matches(word.lower().replace(" ", "-"), words, n=1, cutoff=0.5)
    hint = f" Did you mean '{near[0]}'?" if near else ""
    msg = f"'{word}' is not an {name}.{hint} They are: {', '.join(words)}."
    raise BadInput(msg)


def narrowed(log: Log, rows: Connection, kind: str, filters: Filters, point: AsOf) -> list[str] | None:
    """The streams that fit the filters which an index answers; none, where no such filter was given.

    Raises `NotFound` for what a filter names and nothing here is called, and `BadInput` for what is no date.
    """
    found: list[set[str]] = []
    for name, value in filters.given().items():
        if name not in _NAMES:
            continue
        thing = find_among(log, rows, value, _NAMES[name])
        fields_ = BY_THING.get(kind, {}).get(name, ())
        streams = set(concerns.streams_concerning(rows, thing, kind, fields_, point)) if fields_ else set()
        if _SEATED.get(kind) == name:
            streams |= _seated(rows, kind, thing, point)
        if _ARISING.get(kind) == name:
            streams |= _arising(rows, kind, thing, point)
        found.append(streams)
    if kind == "decision" and (filters.outcome or filters.since or filters.until):
        since, until = bounds(filters, log)
        outcomes = [filters.outcome] if filters.outcome else []
        found.append({one.stream for one in decisions.taken(rows, point, outcomes, since, until)})
    return sorted(set.intersection(*found)) if found else None


def find_among(log: Log, rows: Connection, reference: str, kinds: Sequence[str]) -> str:
    """The stream of one of these kinds that a reference names. Raises `NotFound` with the nearest, and `BadInput`."""
    prefix = split(reference)[0]
    if prefix in KINDS and prefix not in kinds:
        msg = f"{reference} is of kind {prefix}; wanted is one of kind {' or '.join(kinds)}."
        raise BadInput(msg)
    near: list[str] = []
    for asked in [reference] if prefix in kinds else [f"{kind}:{reference}" for kind in kinds]:
        try:
            return find(log, asked)
        except NothingCalled as unknown:
            near = near or list(unknown.near)
    name = split(reference)[1] if prefix in kinds else reference
    if short := by_short_name(log, rows, name, [prefix] if prefix in kinds else kinds):
        return short
    named = by_name(rows, name, kinds)
    raise NothingCalled(f"No {' or '.join(kinds)} here is called '{reference}'.", offered(named, near))


def bounds(filters: Filters, log: Log) -> tuple[int | None, int | None]:
    """The first and the last moment that were asked for. Raises `BadInput` for what is no date, and for an empty time."""
    try:
        since = span(filters.since, log.zone).earliest if filters.since else None
        until = instant_asked(filters.until, log.zone) if filters.until else None
    except NotADate as wrong:
        raise BadInput(str(wrong)) from wrong
    if since is not None and until is not None and since > until:
        msg = f"--since {filters.since} is later than --until {filters.until}; nothing lies between them."
        raise BadInput(msg)
    return since, until


def within(filters: Filters, log: Log) -> Callable[[Registered], bool]:
    """Whether the act by which a thing came to be may have happened within the days that were asked for."""
    since, until = bounds(filters, log)
    if since is None and until is None:
        return lambda _: True

    def fits(known: Registered) -> bool:
        try:
            when = span(known.thing.opened_on, log.zone) if known.thing.opened_on else None
        except NotADate:
            when = None
        if when is None:
            return False
        return (since is None or when.certain >= since) and (until is None or when.earliest <= until)

    return fits


def due_by(filters: Filters, log: Log) -> Callable[[str], bool]:
    """Whether a day is not later than the one that was asked for. Raises `BadInput` for what is no date."""
    try:
        last = instant_asked(filters.due_by or "", log.zone)
    except NotADate as wrong:
        raise BadInput(str(wrong)) from wrong

    def falls_due(when: str) -> bool:
        try:
            return bool(when) and span(when, log.zone).earliest <= last
        except NotADate:
            return False

    return falls_due


def _arising(rows: Connection, kind: str, thing: str, point: AsOf) -> set[str]:
    met = concerns.streams_concerning(rows, thing, "meeting", ["bodies"], point)
    decided = concerns.streams_concerning(rows, thing, "decision", ["decision_makers"], point)
    found = concerns.concerning(rows, [*met, *decided], kind, ["meeting", "decision"], point)
    return {stream for stream, _ in found}


def _seated(rows: Connection, kind: str, thing: str, point: AsOf) -> set[str]:
    if kind == "person":
        members = {one.values.member for one in seats.on(rows, [thing], point)}
        posts = [member for member in members if split(member)[0] == "post"]
        return {member for member in members if split(member)[0] == "person"} | {
            one.values.member for one in seats.on(rows, posts, point)
        }
    held = list(seats.of(rows, [thing], point))
    by_post = seats.of(rows, [one.stream for one in held if split(one.stream)[0] == "post"], point)
    return {one.stream for one in (*held, *by_post) if split(one.stream)[0] == kind}
