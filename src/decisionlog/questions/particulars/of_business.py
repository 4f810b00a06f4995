"""Of actions who does it by when, of disagreements whose move it is, of meetings the minutes, of proposals what was decided."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from decisionlog.domain.answers.things import Particulars
from decisionlog.domain.course import BINDING
from decisionlog.domain.facts.meeting import MeetingAdjourned, MeetingCalled
from decisionlog.domain.known import Known, happened_at, read
from decisionlog.domain.saying import Day, Named, Said, joined
from decisionlog.projections import actions, concerns, decisions, disagreements, meetings
from decisionlog.projections.register import Registered
from decisionlog.questions.before_a_body import ENDED
from decisionlog.questions.finding_things import tasks_of
from decisionlog.questions.particulars.asking import Asking, all_of, given
from decisionlog.store.histories import unpacked

_DETERMINED: Final = BINDING | {"rejected"}
"""Outcomes by which a proposal is disposed of (`docs/glossary.md`: noted and endorsed are not approvals)."""
_NO_DECISION: Final = "voided"
_UNDONE: Final = frozenset({"rescinded", _NO_DECISION})
"""States of a decision that stands no more, with nothing in its place."""
_PENDING: Final = frozenset({"submitted", "listed", "referred", "deferred", "called in"})
"""States of a proposal that a determination ends."""
_AHEAD: Final = frozenset({"called", "adjourned"})
"""States of a meeting that is still to sit, or to go on."""


def of_actions(asking: Asking) -> Iterator[tuple[str, Particulars]]:
    """Who does it by when, and whether that is over."""
    found = actions.actions(asking.rows, asking.streams, asking.point)
    tasks = tasks_of(asking.log, found)
    for one in found:
        action = one.values
        owners = [who for who in (action.owner, action.organisation) if who]
        is_open = action.state == "assigned"
        overdue = is_open and asking.is_past(action.due)
        said = [*_due(action.due, overdue=overdue), *all_of(owners, "")]
        said += [("promised to ", Named(action.to))] if action.to else []
        more = given(owner=action.owner, organisation=action.organisation, to=action.to, due=action.due)
        yield (
            one.stream,
            Particulars(
                title=tasks.get(one.stream, ""),
                states=tuple(word for word, is_so in (("open", is_open), ("overdue", overdue)) if is_so),
                due=action.due if is_open else "",
                more=more | ({"overdue": True} if overdue else {}),
                said=tuple(said),
            ),
        )


def of_disagreements(asking: Asking) -> Iterator[tuple[str, Particulars]]:
    """Whose it is, about what, on which rung, and whose move it is."""
    for one in disagreements.disagreements(asking.rows, asking.streams, asking.point):
        said_of = one.values
        partners, about, move = (list(unpacked(packed)) for packed in (said_of.on_behalf_of, said_of.about, said_of.to))
        is_open = said_of.state in disagreements.OPEN
        overdue = is_open and asking.is_past(said_of.respond_by)
        said: list[Said] = [*all_of(partners or filter(None, [said_of.by]), ""), *all_of(about, "about ")]
        said += [(f"rung {said_of.rung}",)] if said_of.rung and is_open else []
        said += all_of(move, "the move is with ") if is_open else []
        said += _due(said_of.respond_by, overdue=overdue) if is_open else []
        yield (
            one.stream,
            Particulars(
                states=tuple(word for word, is_so in (("open", is_open), ("overdue", overdue)) if is_so),
                due=(said_of.respond_by or said_of.review_by) if is_open else "",
                more=given(
                    on_behalf_of=partners,
                    about=about,
                    rung=said_of.rung,
                    to=move,
                    respond_by=said_of.respond_by,
                    review_by=said_of.review_by,
                ),
                said=tuple(said),
            ),
        )


def of_meetings(asking: Asking) -> Iterator[tuple[str, Particulars]]:
    """Which bodies met, and how the minutes stand."""
    for one in meetings.meetings(asking.rows, asking.streams, asking.point):
        meeting = one.values
        bodies = list(unpacked(meeting.bodies))
        minutes = meeting.minutes.replace("-", " ")
        awaited = meeting.state == "held" and meeting.minutes not in meetings.FINAL | {"none-taken"}
        ahead = meeting.state in _AHEAD and bool(meeting.for_when) and not asking.is_past(meeting.for_when)
        said: list[Said] = all_of(bodies, "")
        said += [(f"minutes {minutes}",)] if minutes else [("of its minutes nothing is recorded",)] if awaited else []
        yield (
            one.stream,
            Particulars(
                states=("minutes unconfirmed",) if awaited else (),
                more=given(
                    bodies=bodies,
                    minutes=meeting.minutes,
                    for_when=meeting.for_when,
                    held_on=meeting.on,
                    was_for="" if meeting.on or meeting.for_when else _called_for(asking, one.stream),
                    is_to_come=ahead,
                ),
                said=tuple(said),
            ),
        )


def _called_for(asking: Asking, stream: str) -> str:
    """For when a meeting was called last that was cancelled since; empty where that is not recorded."""
    point, zone = asking.point, asking.log.zone
    known = read(asking.log.stream(stream), Known(point.position, point.said_by), zone)
    days = [
        fact.data.for_when
        for fact in known.facts
        if isinstance(fact.data, (MeetingCalled, MeetingAdjourned)) and happened_at(fact, zone) <= point.on
    ]
    return next((day for day in reversed(days) if day), "")


def of_proposals(asking: Asking) -> Iterator[tuple[str, Particulars]]:
    """By what a proposal was disposed of."""
    naming = concerns.concerning(asking.rows, asking.streams, "decision", ["proposals.proposal"], asking.point)
    proposals_of: dict[str, list[str]] = {}
    for decision, concern in naming:
        proposals_of.setdefault(decision, []).append(concern.thing)
    taken: dict[str, list[decisions.Decision]] = {}
    for one in decisions.decisions(asking.rows, proposals_of, asking.point):
        for proposal in proposals_of[one.stream]:
            taken.setdefault(proposal, []).append(one.values)
    for known in asking.things:
        disposing = [decision for decision in taken.get(known.stream, ()) if _disposes(asking, known, decision)]
        if disposing:
            yield known.stream, _disposed_of(asking, disposing)


def _disposed_of(asking: Asking, disposing: list[decisions.Decision]) -> Particulars:
    """By which decisions a proposal was disposed of, and which of them stand no more; void ones leave it to be decided."""
    determining = [decision for decision in disposing if decision.state != _NO_DECISION]
    last = max(determining, key=lambda decision: asking.moment(decision.on), default=None)
    undone = [decision for decision in disposing if decision.state in _UNDONE]
    return Particulars(
        state="decided" if last else "",
        state_on=last.on if last else "",
        states=("approval undone",) if len(undone) == len(disposing) else (),
        more=given(
            decisions=[decision.ref for decision in determining],
            undone=[{"decision": decision.ref, "state": decision.state} for decision in undone],
        ),
        said=(joined([_by_what(decision) for decision in disposing], ", ", ", "),),
        evidence=(
            *(decision.position for decision in determining),
            *(at for decision in undone for at in (decision.position, decision.state_position)),
        ),
    )


def _by_what(decision: decisions.Decision) -> Said:
    said: Said = (f"{decision.outcome.replace('-', ' ')} by {decision.ref}",)
    if decision.state not in _UNDONE:
        return said
    on: Said = (" on ", Day(decision.state_on)) if decision.state_on else ()
    return (*said, f", which was {decision.state}", *on)


def _disposes(asking: Asking, known: Registered, decision: decisions.Decision) -> bool:
    """Whether a decision disposes of a proposal: it binds, and the proposal was not brought back since."""
    since = asking.moment(known.thing.state_on)
    return (
        known.thing.state in _PENDING
        and decision.outcome in _DETERMINED
        and (not decision.on or asking.moment(decision.on) >= since)
    )


def of_decisions(asking: Asking) -> Iterator[tuple[str, Particulars]]:
    """Who took it for whom, and how it stands after what came later."""
    listed_as = {known.stream: known.thing.state for known in asking.things}
    for one in decisions.decisions(asking.rows, asking.streams, asking.point):
        decision = one.values
        makers, bound = list(unpacked(decision.makers)), list(unpacked(decision.on_behalf_of))
        ended = decision.state in ENDED
        said: list[Said] = [*all_of(makers, "by "), *all_of(bound, "for ")]
        said += [(decision.state,)] if decision.state not in {"taken", listed_as[one.stream]} else []
        yield (
            one.stream,
            Particulars(
                states=(decision.state,),
                due="" if ended else decision.review_by,
                more=given(
                    outcome=decision.outcome,
                    decision_makers=makers,
                    on_behalf_of=bound,
                    stands=decision.state,
                    review_by=decision.review_by,
                ),
                said=tuple(said),
            ),
        )


def _due(due: str, *, overdue: bool) -> list[Said]:
    return [("due ", Day(due), ", OVERDUE" if overdue else "")] if due else []
