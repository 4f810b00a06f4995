"""The register worked out by brute force, from the words of the design and the stored JSON alone.

Slow and plain on purpose: for one point of both times it reads everything, keeps what was known, applies what was
corrected and retracted by then, puts the acts into their order and goes through them one by one.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from copy import deepcopy
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from decisionlog.domain.states import STATES
from decisionlog.store.codec import Line

LONDON = ZoneInfo("Europe/London")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

Fact = dict[str, Any]


class Point(NamedTuple):
    """What is asked: as at `on`, as known by a position of this log, or by a moment on the sources' clocks."""

    on: int
    position: int
    said_by: int | None = None


class State(NamedTuple):
    """What is known of one thing."""

    ref: str
    issuer: str
    name: str
    title: str
    state: str
    status: str
    opened_on: str
    state_on: str
    effective_from: str
    effective_until: str
    position: int


def facts_of(lines: Iterable[Line]) -> list[Fact]:
    """The stored facts in plain JSON, each with its position."""
    return [json.loads(line.state) | {"position": line.position} for line in lines]


def register(facts: list[Fact], point: Point) -> dict[str, tuple[State, bool]]:
    """Every stream that was there, with its state and whether that is only possible."""
    found = {}
    for stream in dict.fromkeys(fact["stream"] for fact in facts):
        state = of_stream([fact for fact in facts if fact["stream"] == stream], point)
        if state is not None:
            found[stream] = state
    return found


def of_stream(facts: list[Fact], point: Point) -> tuple[State, bool] | None:
    """The state of one stream at one point, and whether it is only possible; none, where there is none yet."""
    seen = [deepcopy(fact) for fact in facts if was_known(fact, point)]
    known = corrected(seen, point)
    if any(map(opens, seen)) and not any(map(opens, known)):
        return None  # what opened it should not have been recorded
    happened = [
        fact for fact in sorted(known, key=lambda fact: (begins(fact), fact["position"])) if begins(fact) <= point.on
    ]
    state, certain = None, 0
    reached: list[tuple[str, str]] = []
    for fact in happened:
        after = step(state, fact, reached)
        if after != state:
            state, certain = after, ends(fact)
    return (state, point.on < certain) if state else None


def opens(fact: Fact) -> bool:
    """Whether a fact brings its thing into being; a meeting is opened by being called, and again by being held."""
    return fact["type"] in OPENINGS


def was_known(fact: Fact, point: Point) -> bool:
    """By a position, a fact was known that stands there or before; by the sources' clocks, one that was said by then."""
    if point.said_by is None:
        return fact["position"] <= point.position
    return first_moment(said(fact)) <= point.said_by


def said(fact: Fact) -> str:
    """When a fact was first said: when its source says so, else when it was recorded."""
    return fact.get("source", {}).get("recorded_at") or fact["recorded_at"]


def corrected(facts: list[Fact], point: Point) -> list[Fact]:
    """What remains of these facts, as it was corrected, in the order in which the corrections were known."""
    retracted: set[int] = set()
    for fact in reversed(facts):
        if fact["type"] == "record.retracted" and fact["n"] not in retracted:
            retracted.add(fact["of"]["n"])
    by_n = {fact["n"]: fact for fact in facts}
    if point.said_by is not None:
        facts = sorted(facts, key=lambda fact: (first_moment(said(fact)), fact["position"]))
    for fact in facts:
        if fact["type"] == "record.corrected" and fact["n"] not in retracted and fact["of"]["n"] in by_n:
            for change in fact["data"]["changes"]:
                correct(by_n[fact["of"]["n"]], change)
    return [fact for fact in facts if fact["n"] not in retracted]


def correct(fact: Fact, change: Fact) -> None:
    """Put in what should stand there, if what was said to stand there does."""
    holder, *steps = [fact, *change["path"][1:].split("/")]
    if change["path"] != "/on":
        holder = fact["data"]
    for step_ in steps[:-1]:
        holder = holder[int(step_)] if isinstance(holder, list) else holder.get(step_, {})
    if holder.get(steps[-1]) != change.get("was"):
        return
    if "now" in change:
        holder[steps[-1]] = change["now"]
    else:
        holder.pop(steps[-1], None)


def step(state: State | None, fact: Fact, reached: list[tuple[str, str]]) -> State | None:
    """The state after one fact more; `reached` has the states that it went through."""
    data, on = fact["data"], fact.get("on", "")
    key = fact["stream"].partition(":")[2]
    opening = fact["type"] in OPENINGS
    if not (fact["n"] == 1 or opening or fact["type"] in CHANGES):
        return state
    if state is None:
        state = State(key, "", "", "", "", "", "", on, "", "", fact["position"])
    if opening:
        state = opened(state, fact, key)
    if fact["type"] == "decision.call_in_concluded":
        if state.state == "called in":
            reached.pop()
            before, before_on = reached[-1] if reached else ("", "")
            state = state._replace(state=before, state_on=before_on, position=fact["position"])
    elif fact["type"] in STATES:
        word = data.get("outcome") if fact["type"] == "decision.taken" else None
        reached.append((word or STATES[fact["type"]], on))
        state = state._replace(state=reached[-1][0], state_on=on, position=fact["position"], status="")
    elif fact["type"] == "proposal.status_noted":
        state = state._replace(status=data.get("status", ""))
    elif fact["type"] == "record.renumbered":
        state = state._replace(ref=data["ref"], issuer=data.get("issuer") or state.issuer)
    elif fact["type"].endswith(".renamed"):
        state = state._replace(**called(data))
    return state


def opened(state: State, fact: Fact, key: str) -> State:
    """The first opening numbers the thing; what a later one does not repeat still holds."""
    data = fact["data"]
    if fact["n"] == 1 and state.ref == key:
        state = state._replace(ref=data.get("ref", key), issuer=data.get("issuer", ""))
    given = {name: value for name, value in called(data).items() if value}
    return state._replace(
        **given,
        opened_on=state.opened_on or fact.get("on", ""),
        effective_from=data.get("from") or state.effective_from,
        effective_until=data.get("until") or state.effective_until,
    )


def called(data: Fact) -> dict[str, str]:
    """Its open name, and the commitment to its title or its sealed name."""
    name, title = data.get("name", ""), data.get("title", "")
    sealed = name if isinstance(name, dict) else title
    return {
        "name": name if isinstance(name, str) else "",
        "title": sealed["$private"] if isinstance(sealed, dict) else "",
    }


OPENINGS = frozenset(
    (
        "proposal.submitted body.constituted decision.taken person.registered meeting.called meeting.held "
        "disagreement.raised action.assigned"
    ).split()
)
CHANGES = frozenset(
    {
        *STATES,
        "decision.call_in_concluded",
        "proposal.status_noted",
        "record.renumbered",
        "person.renamed",
        "body.renamed",
    }
)


# What became of decisions and of positions


def decision(facts: list[Fact], point: Point) -> str | None:
    """How a decision stands, by the facts of its stream; none, where it had not been taken."""
    happened = acts(facts, point)
    taken = next((fact for fact in happened if fact["type"] == "decision.taken"), None)
    if taken is None:
        return None
    after = happened[happened.index(taken) + 1 :]
    types = [fact["type"].partition(".")[2] for fact in after]
    stays = [
        fact for fact in after if fact["type"] == "decision.stayed" and point.on < first_moment(fact["data"]["until"])
    ]
    answers = [fact for fact in after if fact["type"] in {"decision.ratified", "decision.not_ratified"}]
    called = [name for name in types if name in {"called_in", "call_in_concluded"}]
    in_effect = point.on >= max(
        begins(taken), first_moment(taken["data"].get("from") or taken.get("on") or said(taken))
    )
    if "rescinded" in types:
        return "rescinded"
    if stays:
        return "stayed"
    if called[-1:] == ["called_in"]:
        return "called in"
    if taken["data"].get("outcome") != "approved":
        return "taken"
    if not answers:
        return "awaiting ratification"
    if not in_effect:
        return "taken"
    if "superseded" in types:
        return "superseded in part"
    return "implemented" if "implemented" in types else "in force"


def positions(facts: list[Fact], point: Point) -> dict[int, tuple[str, str]]:
    """Of each position: how it stands, and whether the proposal changed since, by its version in the stream."""
    happened = acts(facts, point)
    found = {}
    for place, fact in enumerate(happened):
        if fact["type"] != "proposal.position_taken":
            continue
        version, state = fact["data"].get("version", ""), "current"
        before = [one for one in happened[:place] if one["type"] in VERSIONED]
        current = before[-1]["data"].get("version", "") if before else ""
        stale = bool(version and current and version != current)
        for later in happened[place + 1 :]:
            if later["type"] == "proposal.revised":
                stale = later["data"].get("version", "") != version
                state = "current" if state == "closed" else state
            elif later["type"] == "proposal.submitted":
                stale = stale and later["data"].get("version", current) != version
            elif later["type"] == "proposal.withdrawn" and state == "current":
                state = "closed"
            elif (
                later["type"] == "proposal.position_withdrawn" and later["of"]["n"] == fact["n"] and state == "current"
            ):
                state = "withdrawn"
        found[fact["n"]] = (state, "yes" if stale else "")
    return found


def acts(facts: list[Fact], point: Point) -> list[Fact]:
    """The facts of one stream that were known and had happened, in the order of the acts; none of what never was."""
    seen = [deepcopy(fact) for fact in facts if was_known(fact, point)]
    known = corrected(seen, point)
    if any(map(opens, seen)) and not any(map(opens, known)):
        return []
    ordered = sorted(known, key=lambda fact: (begins(fact), fact["position"]))
    return [fact for fact in ordered if begins(fact) <= point.on]


VERSIONED = frozenset({"proposal.submitted", "proposal.revised"})


# Days


def begins(fact: Fact) -> int:
    """The first moment at which an act may have happened; where that is not recorded, when it was first said."""
    return first_moment(fact.get("on") or said(fact))


def ends(fact: Fact) -> int:
    """The moment from which it certainly had: the last of a month or a year."""
    when = fact.get("on") or said(fact)
    if len(when) == 4:
        return midnight(date(int(when) + 1, 1, 1)) - 1
    if len(when) == 7:
        first = date.fromisoformat(f"{when}-01")
        return midnight((first + timedelta(days=31)).replace(day=1)) - 1
    return first_moment(when)


def first_moment(when: str) -> int:
    """Microseconds since 1970 of the beginning of a day, a month or a year in London, or of a time."""
    if "T" in when:
        return micro(datetime.fromisoformat(when))
    return midnight(date.fromisoformat({4: f"{when}-01-01", 7: f"{when}-01"}.get(len(when), when)))


def midnight(day: date) -> int:
    """The first moment of a day in London."""
    return micro(datetime.combine(day, time(), LONDON))


def micro(instant: datetime) -> int:
    """Microseconds since 1970."""
    return (instant - EPOCH) // timedelta(microseconds=1)
