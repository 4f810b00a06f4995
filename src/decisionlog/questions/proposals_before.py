"""What awaits a body of proposals: which are before it, whose sign-off is missing or out of date, who disagrees."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from decisionlog.domain.agenda import Awaiting
from decisionlog.projections import decisions, disagreements, positions
from decisionlog.questions.before_a_body import Body
from decisionlog.store.histories import Held, unpacked

_GONE = frozenset({"withdrawn", "superseded", "lapsed"})
_STILL_OPEN = frozenset({"deferred", "referred", ""})
"""Outcomes that leave a proposal where it was, or send it on."""


class Before(NamedTuple):
    """One proposal that is before a body, and what stood of it."""

    stream: str
    line: Awaiting
    standing: list[Held]


def proposals_before(body: Body) -> list[Before]:
    """The proposals that were listed for it, referred or deferred to it, and not disposed of by it since."""
    held = [one.stream for one in body.meetings]
    streams = body.about([body.stream], "proposal", "body", "to") + body.about(held, "proposal", "meeting")
    sent = [one for one in (*body.decided, *body.reported) if one.values.outcome in {"deferred", "referred"}]
    streams += [part["proposal"] for one in sent for part in unpacked(one.values.proposals)]
    streams = list(dict.fromkeys(streams))
    by_proposal: dict[str, list[Held]] = {stream: [] for stream in streams}
    for one in positions.positions(body.rows, streams, body.point.as_of):
        by_proposal[one.stream].append(one)
    things = body.things(streams)
    found = []
    for stream, standing in by_proposal.items():
        if stream not in things or things[stream][0].thing.state in _GONE:
            continue
        line = _before(body, stream, standing, title=things[stream][1], ref=things[stream][0].thing.ref)
        if line is not None:
            found.append(Before(stream, line, standing))
    return found


def _before(body: Body, stream: str, standing: Sequence[Held], *, title: str, ref: str) -> Awaiting | None:
    """How a proposal came before the body, by what was done last; none, where the body has dealt with it since."""
    meetings = {one.stream for one in body.meetings}
    acts: list[tuple[int, int, Awaiting | None]] = []
    for one in standing:
        said = one.values
        here = body.stream in unpacked(said.who) or said.meeting in meetings
        if said.state == "current" and said.what in {"listing", "referral", "deferral"} and here:
            state = {"listing": "listed", "referral": f"referred to {said.asked_to or 'it'}", "deferral": "deferred"}
            line = body.awaiting(
                "proposals",
                stream,
                ref,
                title=title,
                state=state[said.what],
                since=said.on,
                due=said.due,
                evidence=[said.stands_at],
            )
            acts.append((body.moment(said.on) if said.on else 0, said.stands_at, line))
    for one in _decisions_on(body, stream):
        decision = one.values
        still = decision.outcome in _STILL_OPEN
        line_ = body.awaiting(
            "proposals",
            stream,
            ref,
            title=title,
            state=f"{decision.outcome} by {decision.ref}" if decision.outcome else f"considered in {decision.ref}",
            since=decision.on,
            evidence=[decision.position],
        )
        acts.append((body.moment(decision.on) if decision.on else 0, decision.position, line_ if still else None))
    return max(acts, key=lambda act: act[:2])[2] if acts else None


def _decisions_on(body: Body, proposal: str) -> list[Held]:
    """What the body itself decided on a proposal, and the decisions of others that sent it on to the body."""
    streams = body.about([proposal], "decision", "proposals.proposal")
    own = {one.stream for one in body.decided}
    sent = {one.stream for one in body.reported if one.values.outcome in {"deferred", "referred"}}
    return decisions.decisions(body.rows, [one for one in streams if one in own | sent], body.point.as_of)


def sign_offs(body: Body, before: Sequence[Before]) -> Iterator[Awaiting]:
    """Of each proposal before it: who was asked and has not answered, whom the terms require, whose position is stale."""
    for one in before:
        asked: set[str] = set()
        for each in one.standing:
            said = each.values
            if said.what == "request" and said.state == "current":
                asked.update(unpacked(said.who))
                yield _missing(body, one, said.on, said.due, unpacked(said.who), said.stands_at, "asked, no answer")
        yield from _required(body, one, asked)
        yield from _stale(body, one)


def _missing(body: Body, before: Before, since: str, due: str, who: Sequence[str], position: int, why: str) -> Awaiting:
    line = before.line
    return body.awaiting(
        "sign-offs",
        before.stream,
        line.ref,
        title=line.title,
        state=f"sign-off missing: {why}",
        since=since,
        due=due,
        who=who,
        evidence=[position],
    )


def _required(body: Body, before: Before, asked: set[str]) -> Iterator[Awaiting]:
    terms = body.terms
    given = {partner for one in _current(before) for partner in unpacked(one.values.who)}
    for required in getattr(terms.data, "sign_off", None) or () if terms else ():
        if required.partner not in given | asked and terms:
            why = "required by the terms of reference"
            yield _missing(body, before, terms.on or "", "", [required.partner], terms.position, why)


def _stale(body: Body, before: Before) -> Iterator[Awaiting]:
    fresh = {_by(one) for one in _current(before) if not one.values.stale}
    for one in _current(before):
        said = one.values
        if not said.stale or _by(one) in fresh:
            continue
        signed = f"version {said.version}" if said.version else "a version that is not recorded"
        now = f"version {said.current_version}" if said.current_version else "one whose version is not recorded"
        yield body.awaiting(
            "sign-offs",
            before.stream,
            before.line.ref,
            title=before.line.title,
            state=f"position out of date: {said.position.replace('-', ' ') or 'given'} on {signed}; current is {now}",
            since=said.on,
            who=unpacked(said.who) or filter(None, [said.by]),
            evidence=(said.stands_at, said.changed_at),
        )


def _current(before: Before) -> list[Held]:
    return [one for one in before.standing if one.values.what == "position" and one.values.state == "current"]


def _by(one: Held) -> tuple[str, str, str, str]:
    said = one.values
    return said.who, said.by if not unpacked(said.who) else "", said.capacity, said.stage


def open_disagreements(body: Body, before: Sequence[Before]) -> Iterator[Awaiting]:
    """Disagreements that came to it or were raised at it, or are about what it decided or has before it."""
    streams = body.about([body.stream], "disagreement", "to", "other_side")
    streams += body.about([one.stream for one in body.meetings], "disagreement", "meeting")
    about = [*(one.stream for one in body.decided), *(one.stream for one in before), body.stream]
    streams += body.about(about, "disagreement", "about")
    for one in disagreements.disagreements(body.rows, streams, body.point.as_of):
        said = one.values
        if said.state not in disagreements.OPEN:
            continue
        rung = f" to rung {said.rung}" if said.rung and said.state == "escalated" else ""
        by = unpacked(said.on_behalf_of) or list(filter(None, [said.by]))
        moves = unpacked(said.to)
        bars = "; it bars a decision" if said.bars_decision == "yes" else ""
        yield body.awaiting(
            "disagreements",
            one.stream,
            said.ref,
            title=f"{body.called(by)} about {body.called(unpacked(said.about))}",
            state=f"{said.state}{rung}{bars}",
            since=said.state_on,
            due=said.respond_by or said.review_by,
            who=moves,
            evidence=(said.position, said.state_position),
        )
