"""What awaits a body from its own meetings and decisions: minutes, actions, conditions, ratifications, reports, reviews."""

from __future__ import annotations

from collections.abc import Iterator

from decisionlog.domain.answers.agenda import Awaiting
from decisionlog.domain.facts.envelope import Fact
from decisionlog.domain.references import split
from decisionlog.projections import actions
from decisionlog.projections.meetings import FINAL
from decisionlog.questions.before_a_body import ENDED, SETTLED, Body, makers_of
from decisionlog.questions.conditions import conditions_of
from decisionlog.questions.delegations import terms
from decisionlog.questions.finding_things import tasks_of
from decisionlog.store.histories import Held, unpacked

_OVER = frozenset({"revoked", "lapsed"})


def minutes(body: Body) -> Iterator[Awaiting]:
    """Meetings whose minutes are not confirmed; of those of which nothing is recorded, only the last, and what was adjourned.

    One that is still to be resumed has no minutes yet.
    """
    for one in body.sat:
        meeting = one.values
        if meeting.state == "adjourned" and meeting.for_when and not body.is_past(meeting.for_when):
            continue
        untold = not meeting.minutes and one != body.sat[-1] and meeting.state == "held"
        if meeting.minutes in FINAL or meeting.minutes == "none-taken" or untold:
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
    tasks = tasks_of(body.log, found)
    lines = [_action(body, one, tasks.get(one.stream, "")) for one in found]
    yield from sorted(lines, key=lambda line: (not line.overdue, body.moment(line.due) if line.due else 2**62))


def _action(body: Body, one: Held, task: str) -> Awaiting:
    action = one.values
    return body.awaiting(
        "actions",
        one.stream,
        action.ref,
        title=task,
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
    seen = body.viewing.of(stream)
    stated = (condition for stating in seen.stated() for condition in conditions_of(seen, stating))
    return next((condition.words for condition in stated if condition.id == identity), "")


def ratifications(body: Body) -> Iterator[Awaiting]:
    """Urgent decisions that were taken for it, or are reportable to it, and not ratified yet."""
    for one in (*body.decided, *body.reported):
        if one.values.unratified:
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
    """What was to be reported to it and was not: decisions, what was done under delegations, how funds stand."""
    for one in (*body.decided, *body.reported):
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
                    who=_who_reports(body, one),
                    evidence=(one.values.position, report["position"]),
                )
    for stream in body.about([body.stream], "delegation", "reporting.to"):
        yield from _delegation_reports(body, stream)
    for stream in body.about([body.stream], "fund", "reporting.to", "to"):
        yield from _fund_reports(body, stream)


def _who_reports(body: Body, decision: Held) -> list[str]:
    """Who made a decision; of one that the body made and passed on, to whom it passed it."""
    if body.stream not in makers_of(decision):
        return makers_of(decision)
    taken = body.viewing.of(decision.stream).first("decision.taken")
    passed_on = [one["to"] for one in (taken.data.get("next", ()) if taken else ()) if "to" in one]
    return passed_on or makers_of(decision)


def _fund_reports(body: Body, stream: str) -> Iterator[Awaiting]:
    """How a fund stands, where the day of its next report comes, by its terms or by what was said with the last report."""
    found = body.things([stream]).get(stream)
    seen = body.viewing.of(stream)
    established = seen.first("fund.established")
    if found is None or seen.last("fund.closed"):
        return
    duties = [
        one for one in (established.data.get("reporting", ()) if established else ()) if one.get("to") == body.stream
    ]
    made = [one for one in seen.stated("fund.reported") if one.data.get("to") == body.stream]
    due = (
        made[-1].data.get("next_due") if made else next((one["next_due"] for one in duties if "next_due" in one), None)
    )
    stated = made[-1] if made else established
    if stated is None or not due or not body.is_due(due):
        return
    last = f"last reported {made[-1].fact.on or 'on a day that is not recorded'}" if made else "never reported"
    every = f", {duties[0]['every']}" if duties and "every" in duties[0] else ""
    yield body.awaiting(
        "reports",
        stream,
        found[0].thing.ref,
        title=found[1],
        state=f"report on a fund{every}, {last}",
        since=stated.fact.on or "",
        due=due,
        who=filter(None, [established.data.get("host", "") if established else ""]),
        evidence=[stated.position],
    )


def _delegation_reports(body: Body, stream: str) -> Iterator[Awaiting]:
    found = body.things([stream]).get(stream)
    if found is None or found[0].thing.state in _OVER:
        return
    seen, viewing = body.viewing.of(stream), body.viewing
    granted, varied = terms(seen, viewing.point.basis.as_at, viewing.log.zone)
    stated = next((one for one in reversed(varied) if "reporting" in one.data), seen.first("delegation.granted"))
    for duty in granted.get("reporting", ()) if stated else ():
        if duty.get("to") != body.stream or stated is None:
            continue
        made = [one for one in seen.stated("delegation.reported") if one.data.get("to") in {None, body.stream}]
        due = made[-1].data.get("next_due") if made else duty.get("next_due")
        if due and not body.is_due(due):
            continue
        last = f"last reported {made[-1].fact.on or 'on a day that is not recorded'}" if made else "never reported"
        every = f", {duty['every']}" if "every" in duty else ""
        yield body.awaiting(
            "reports",
            stream,
            found[0].thing.ref,
            title=found[1],
            state=f"report under a delegation{every}, {last}",
            since=(made[-1] if made else stated).fact.on or "",
            due=due or "",
            who=granted.get("delegates", ()),
            evidence=(stated.position, *(one.position for one in made[-1:])),
        )


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
    adopted = body.terms
    review_by = getattr(adopted.data, "review_by", None) if adopted else None
    if adopted and review_by and body.is_due(review_by):
        version = getattr(adopted.data, "version", None)
        yield body.awaiting(
            "reviews",
            body.stream,
            split(body.stream)[1],
            state=f"terms of reference{f' {version}' if version else ''} to be reviewed",
            since=adopted.on or "",
            due=review_by,
            who=[body.stream],
            evidence=[adopted.position],
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
