"""What changed of decisions: which have effect that had none, which no longer, and how each came to stand."""

from __future__ import annotations

from typing import Final

from decisionlog.domain.course import BINDING
from decisionlog.domain.saying import Day, Named, Said, joined
from decisionlog.projections.decisions import Decision
from decisionlog.questions.difference.pairs import Pair, Told, changed, field
from decisionlog.questions.difference.words import these, until, what_changed

IN_EFFECT: Final = frozenset({"in force", "implemented", "superseded in part"})
_SAID: Final = ("outcome", "on", "makers", "on_behalf_of", "value", "effective_from", "effective_until", "review_by")


def decision(pair: Pair) -> Told | None:
    """How a decision stands; of one that stands as it did, what is said of it otherwise."""
    if pair.now is None:
        return Told(
            (Named(pair.stream), ": no longer on record"), {"state": field(pair.was, "state")}, {}, what="ended"
        )
    row = pair.now.values
    state, now_state = field(pair.was, "state") or "", row.state
    if pair.was is None:
        taken: Said = (Named(pair.stream), f": {row.outcome.replace('-', ' ')}" if row.outcome else ": taken")
        on: Said = (" on ", Day(row.on)) if row.on else ()
        by = these(field(pair.now, "makers") or (), " by ")
        stands = f", {now_state}" if now_state != "taken" else ", not in effect" if row.outcome in BINDING else ""
        made_by = tuple(dict.fromkeys((row.position, row.state_position)))
        return Told((*taken, *on, *by, stands), {}, {"state": now_state, "outcome": row.outcome}, made_by, "began")
    was, now = changed(pair, _SAID)
    told = [what_changed(was, now)] if was or now else []
    if state != now_state:
        told.insert(0, (f"was {state}, now {now_state}", *_when(row, now_state, by_fact=bool(_by_fact(pair)))))
        was, now = {"state": state, **was}, {"state": now_state, **now}
    if not told:
        return None
    made_by = (
        (row.state_position,) if state != now_state and row.state_position != pair.was.values.state_position else ()
    )
    what = "ended" if state in IN_EFFECT and now_state not in IN_EFFECT else "changed"
    return Told((Named(pair.stream), ": ", *joined(told, "; ", "; ")), was, now, made_by, what)


def _by_fact(pair: Pair) -> tuple[int, ...]:
    """The fact by which it came to stand as it does; none, where only a day came."""
    assert pair.was is not None
    assert pair.now is not None
    position: int = pair.now.values.state_position
    return (position,) if position != pair.was.values.state_position else ()


def _when(row: Decision, state: str, *, by_fact: bool) -> Said:
    """When it came to stand so: by the act of a day, or since a day came."""
    if state == "ended":
        return (", in force ", *until(row.effective_until)) if row.effective_until else ()
    if by_fact:
        return (", by an act of ", Day(row.state_on)) if row.state_on else ()
    return (", from ", Day(row.effective_from)) if row.effective_from else ()


def binds_nobody(told: Told) -> bool:
    """Whether it tells of a decision that was taken and of which nothing is to be done: noted, endorsed, rejected."""
    return told.what == "began" and told.now.get("state") == "taken" and told.now.get("outcome") not in BINDING
