"""What awaits a body from its own meetings and decisions: minutes, actions, conditions, ratifications, reports, reviews."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from decisionlog.domain.answers.agenda import Awaiting
from decisionlog.domain.facts.envelope import Fact
from decisionlog.domain.references import split
from decisionlog.projections import actions
from decisionlog.projections.meetings import FINAL
from decisionlog.questions.before_a_body import ENDED, SETTLED, Body, makers_of
from decisionlog.store.histories import Held, unpacked

_OVER = frozenset({"revoked", "lapsed"})


def minutes(body: Body) -> Iterator[Awaiting]:
    """Meetings whose minutes are not confirmed; of those of which nothing is recorded, only the last."""
    held = [one for one in body.meetings if one.values.state == "held"]
    held.sort(key=lambda one: (body.moment(one.values.on) if one.values.on else 0, one.first_position))
    for one in held:
        meeting = one.values
        if meeting.minutes in FINAL or meeting.minutes == "none-taken" or (not meeting.minutes and one != held[-1]):
            continue
        yield body.awaiting(
            "minutes",
            one.stream,
            meeting.ref,
            state=_minutes(meeting.minutes),
            since=meeting.on,
            who=[body.stream],
            evidence=(meeting.position, meeting.minutes_position),
        )


def _minutes(status: str) -> str:
    said = {
        "": "of its minutes nothing is recorded",
        "taken": "minutes taken, not confirmed",
        "notes-only": "notes only, not confirmed",
        "refused": "minutes refused, to come back",
    }
    return said.get(status, f"minutes: {status.replace('-', ' ')}, not confirmed")


def matters_arising(body: Body) -> Iterator[Awaiting]:
    """Open actions from its meetings and its decisions; the overdue first."""
    streams = body.about([one.stream for one in body.meetings], "action", "meeting")
    streams += body.about([one.stream for one in body.decided], "action", "decision")
    found = [one for one in actions.actions(body.rows, streams, body.point.as_of) if one.values.state == "assigned"]
    sealed = {one.values.what_position for one in found if one.values.what}
    words = {opening.digest: opening.value for opening in body.log.recorder.openings(sealed)}
    lines = [_action(body, one, words) for one in found]
    yield from sorted(lines, key=lambda line: (not line.overdue, body.moment(line.due) if line.due else 2**62))


def _action(body: Body, one: Held, words: dict[str, Any]) -> Awaiting:
    action = one.values
    return body.awaiting(
        "actions",
        one.stream,
        action.ref,
        title=str(words.get(action.what, "withheld")) if action.what else "",
        state=action.progress.replace("-", " ") or "open",
        since=action.on,
        due=action.due,
        who=filter(None, [action.owner, action.organisation]),
        evidence=(action.position, action.state_position),
    )


def conditions(body: Body) -> Iterator[Awaiting]:
    """Conditions of its decisions that are neither met nor waived."""
    for one in body.decided:
        if one.values.state in ENDED:
            continue
        for condition in unpacked(one.values.conditions):
            if condition["state"] not in SETTLED:
                yield body.awaiting(
                    "conditions",
                    one.stream,
                    one.values.ref,
                    title=_condition_words(body, one.stream, condition["id"]),
                    state=f"condition {condition['id']} {condition['state']}",
                    since=one.values.on,
                    due=condition.get("due", ""),
                    who=condition.get("falls_to", ()),
                    evidence=(one.values.position, condition["position"]),
                )


def _condition_words(body: Body, stream: str, identity: str) -> str:
    facts = body.facts(stream)
    openings = body.log.openings(body.log.stream(stream))
    for fact in facts:
        for condition in getattr(fact.data, "conditions", None) or ():
            if condition.id == identity:
                return str(openings.get(condition.words.digest, "withheld"))
    return ""


def ratifications(body: Body) -> Iterator[Awaiting]:
    """Urgent decisions that were taken for it, or are reportable to it, and not ratified yet."""
    for one in (*body.decided, *body.reported):
        if one.values.state == "awaiting ratification":
            due = [
                report.get("due", "") for report in unpacked(one.values.report_to) if report.get("to") == body.stream
            ]
            yield body.awaiting(
                "ratifications",
                one.stream,
                one.values.ref,
                title=body.things([one.stream])[one.stream][1],
                state="urgent, not ratified",
                since=one.values.on,
                due=min(filter(None, due), default=""),
                who=makers_of(one),
                evidence=(one.values.position, one.values.state_position),
            )


def reports(body: Body) -> Iterator[Awaiting]:
    """What was to be reported to it and was not: decisions, and what was done under delegations."""
    for one in body.reported:
        for report in unpacked(one.values.report_to):
            if report.get("to") == body.stream and not report["reported"]:
                yield body.awaiting(
                    "reports",
                    one.stream,
                    one.values.ref,
                    title=body.things([one.stream])[one.stream][1],
                    state="decision not reported back",
                    since=one.values.on,
                    due=report.get("due", ""),
                    who=makers_of(one),
                    evidence=(one.values.position, report["position"]),
                )
    for stream in body.about([body.stream], "delegation", "reporting.to"):
        yield from _delegation_reports(body, stream)


def _delegation_reports(body: Body, stream: str) -> Iterator[Awaiting]:
    found = body.things([stream]).get(stream)
    if found is None or found[0].thing.state in _OVER:
        return
    facts = body.facts(stream)
    stated = [fact for fact in facts if getattr(fact.data, "reporting", None) is not None]
    for duty in stated[-1].data.reporting if stated else ():  # type: ignore[union-attr] # read from the data just asked
        if duty.to != body.stream:
            continue
        made = [fact for fact in facts if fact.type == "delegation.reported" and _goes_to(fact, body.stream)]
        due = getattr(made[-1].data, "next_due", None) if made else duty.next_due
        if due and not body.is_due(due):
            continue
        last = f"last reported {made[-1].on or 'on a day that is not recorded'}" if made else "never reported"
        yield body.awaiting(
            "reports",
            stream,
            found[0].thing.ref,
            title=found[1],
            state=f"report under a delegation{f', {duty.every}' if duty.every else ''}, {last}",
            since=(made or stated)[-1].on or "",
            due=due or "",
            who=next((fact.data.delegates or () for fact in reversed(facts) if _names_delegates(fact)), ()),  # type: ignore[union-attr]
            evidence=(stated[-1].position, *(fact.position for fact in made[-1:])),
        )


def _goes_to(fact: Fact, body: str) -> bool:
    return getattr(fact.data, "to", None) in {None, body}


def _names_delegates(fact: Fact) -> bool:
    return fact.type in {"delegation.granted", "delegation.varied"} and bool(getattr(fact.data, "delegates", None))


def call_ins(body: Body) -> Iterator[Awaiting]:
    """Its decisions that may still be called in, and those that were and wait for it."""
    for one in body.decided:
        decision = one.values
        called = decision.state in {"called in", "referred back"}
        open_until = decision.call_in_until if decision.state not in ENDED else ""
        if called or (open_until and not body.is_past(open_until)):
            yield body.awaiting(
                "call-ins",
                one.stream,
                decision.ref,
                title=body.things([one.stream])[one.stream][1],
                state=decision.state if called else "may be called in",
                since=decision.state_on if called else decision.on,
                due="" if called else open_until,
                who=[body.stream] if decision.state == "referred back" else (),
                evidence=(decision.position, decision.state_position),
            )


def reviews(body: Body) -> Iterator[Awaiting]:
    """Its terms, its decisions, and the delegations that it gave or was given, where the day of their review comes."""
    terms = body.terms
    review_by = getattr(terms.data, "review_by", None) if terms else None
    if terms and review_by and body.is_due(review_by):
        version = getattr(terms.data, "version", None)
        yield body.awaiting(
            "reviews",
            body.stream,
            split(body.stream)[1],
            state=f"terms of reference{f' {version}' if version else ''} to be reviewed",
            since=terms.on or "",
            due=review_by,
            who=[body.stream],
            evidence=[terms.position],
        )
    for one in body.decided:
        if one.values.state not in ENDED and body.is_due(one.values.review_by):
            yield body.awaiting(
                "reviews",
                one.stream,
                one.values.ref,
                title=body.things([one.stream])[one.stream][1],
                state="decision to be reviewed",
                since=one.values.on,
                due=one.values.review_by,
                who=makers_of(one),
                evidence=[one.values.position],
            )
    for stream in body.about([body.stream], "delegation", "delegator", "delegates"):
        yield from _delegation_review(body, stream)


def _delegation_review(body: Body, stream: str) -> Iterator[Awaiting]:
    found = body.things([stream]).get(stream)
    if found is None or found[0].thing.state in _OVER:
        return
    said = [fact for fact in body.facts(stream) if _sets_review(fact)]
    review_by = getattr(said[-1].data, "review_by", None) if said else None
    if review_by and body.is_due(review_by):
        yield body.awaiting(
            "reviews",
            stream,
            found[0].thing.ref,
            title=found[1],
            state="delegation to be reviewed",
            since=said[-1].on or "",
            due=review_by,
            who=[getattr(fact.data, "delegator", None) or "" for fact in said if fact.type == "delegation.granted"],
            evidence=[said[-1].position],
        )


def _sets_review(fact: Fact) -> bool:
    """A review ends the day that was set before, whether or not it sets another."""
    return fact.type in {"delegation.granted", "delegation.reviewed"} or bool(getattr(fact.data, "review_by", None))
