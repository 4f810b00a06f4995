"""What is said to a finding: why it is so, that somebody bears it, that a rule is set aside; and the end of that."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from msgspec.structs import replace

from decisionlog.commands import follow_up, waivers
from decisionlog.commands.acts import Act, Decided
from decisionlog.commands.things import Thing, thing
from decisionlog.domain.refusals import BadInput
from decisionlog.store.log import Log

_WHO: Final = ("by", "on_behalf_of", "by_decision")
_NOBODY: Final = "say who with --by-whom, --for or --by-decision."
_BY_SOMEBODY: Final = {
    "finding.accepted": f"Nobody is named who accepts it and bears it: {_NOBODY}",
    "finding.waived": f"Nobody is named who sets the rule aside: {_NOBODY}",
    "finding.waiver_ended": f"Nobody is named who ends the waiver: {_NOBODY}",
}


def decide(log: Log, act: Act) -> Decided:
    """What is said to a finding.

    Raises as `follow_up`, and `BadInput` for what cannot be: without a reason, by nobody, or over before it begins.
    """
    if not act.data.get("reason"):
        msg = "Why is empty: what is said to a finding is the reason. Give it with --reason."
        raise BadInput(msg)
    _require_somebody(act)
    about = thing(log, act.ref)
    _require_a_time(about, act)
    decided = follow_up.decide(log, act)
    return replace(decided, notes=(*decided.notes, *_never_looked_at_again(about, act)))


def end_waiver(log: Log, act: Act) -> Decided:
    """The end of a waiver. Raises as `waivers`, and `BadInput` where nobody ends it."""
    _require_somebody(act)
    return waivers.end(log, act)


def _require_somebody(act: Act) -> None:
    if act.type in _BY_SOMEBODY and not any(act.data.get(name) for name in _WHO):
        raise BadInput(_BY_SOMEBODY[act.type])


def _require_a_time(about: Thing, act: Act) -> None:
    begins = _begins(act)
    until, review = act.data.get("until"), act.data.get("review_by")
    if isinstance(until, str) and about.reaches(begins, until):
        msg = f"It begins on {begins} and holds no longer from {until}: never. Give a later --until or --last-day, or leave it out."
        raise BadInput(msg)
    if isinstance(review, str) and about.earlier(review, begins):
        msg = f"It begins on {begins} and was to be looked at again by {review}. Give a later --review-by, or leave it out."
        raise BadInput(msg)


def _begins(act: Act) -> str:
    """The day from which it holds: its first day of effect, else that of the act, else that on which it is recorded."""
    return str(act.data.get("from") or act.on or act.now.date().isoformat())


def _never_looked_at_again(about: Thing, act: Act) -> Iterator[str]:
    until, review = act.data.get("until"), act.data.get("review_by")
    if isinstance(until, str) and isinstance(review, str) and about.reaches(review, until):
        yield f"it is to be looked at again by {review}, when it holds no longer: it ends before {until}."
