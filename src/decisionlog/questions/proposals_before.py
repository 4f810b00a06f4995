"""What awaits a body of proposals: which are before it, whose sign-off is missing or out of date, who disagrees."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from decisionlog.domain.answers.agenda import Awaiting
from decisionlog.projections import decisions, disagreements, positions
from decisionlog.projections.register import Registered
from decisionlog.questions.before_a_body import SETTLED, Body, makers_of
from decisionlog.questions.conditions import conditions_of
from decisionlog.questions.telling import text_of
from decisionlog.store.histories import Held, unpacked

_GONE = frozenset({"withdrawn", "superseded", "lapsed"})
_SENT_ON = frozenset({"deferred", "referred"})
_PUT_OFF = frozenset({"deferred", ""})
"""Outcomes of its own, or at its meetings, that leave a proposal before a body; what was referred has gone elsewhere."""
_FOR_GOOD = frozenset(
    "approved approved-as-amended approved-with-conditions approved-in-part rejected delegated elected withdrawn".split()
)
"""Outcomes after which nobody else need be heard."""
_ONLY_HEARD = frozenset({"advise", "comment", "note"})
_CANNOT_DECIDE = frozenset({"recommend", "advise", "discuss"})
_PUT = {"listing": "listed", "referral": "referred", "deferral": "deferred"}

Thing = tuple[Registered, str]
"""What the register says of a proposal, and its title."""
Act = tuple[int, int, Awaiting | None]
"""When something was done with a proposal, by which fact, and what then awaits the body, if anything."""


class Before(NamedTuple):
    """One proposal that is before a body, and what stood of it."""

    stream: str
    line: Awaiting
    standing: list[Held]


def proposals_before(body: Body) -> list[Before]:
    """The proposals that were listed for it, referred or deferred to it, and not disposed of by it since."""
    held = [one.stream for one in body.meetings]
    streams = body.about([body.stream], "proposal", "body", "to") + body.about(held, "proposal", "meeting")
    decided = _decisions_on(body)
    streams += [stream for stream, each in decided.items() if any(one.values.outcome in _SENT_ON for one in each)]
    streams = list(dict.fromkeys(streams))
    by_proposal: dict[str, list[Held]] = {stream: [] for stream in streams}
    for one in positions.positions(body.rows, streams, body.point.as_of):
        by_proposal[one.stream].append(one)
    things = body.things(streams)
    for stream, each in _settled_elsewhere(body, by_proposal).items():
        decided.setdefault(stream, []).extend(each)
    found = []
    for stream, standing in by_proposal.items():
        if stream not in things or things[stream][0].thing.state in _GONE:
            continue
        acts = _acts(body, things[stream], standing) + _disposals(body, things[stream], decided.get(stream, ()))
        line = max(acts, key=lambda act: act[:2])[2] if acts else None
        if line is not None:
            found.append(Before(stream, line, standing))
    return found


def _settled_elsewhere(body: Body, standing: Mapping[str, Sequence[Held]]) -> dict[str, list[Held]]:
    """By proposal, what others decided on it for good, where the body was not to decide on it or cannot decide at all."""
    cannot = getattr(body.terms.data, "can", None) in _CANNOT_DECIDE if body.terms else False
    streams = [stream for stream, each in standing.items() if cannot or _only_heard(body, each)]
    found: dict[str, list[Held]] = {stream: [] for stream in streams}
    for one in decisions.decisions(body.rows, body.about(streams, "decision", "proposals.proposal"), body.point.as_of):
        if one.values.outcome in _FOR_GOOD:
            for part in unpacked(one.values.proposals):
                if part["proposal"] in found:
                    found[part["proposal"]].append(one)
    return found


def _only_heard(body: Body, standing: Sequence[Held]) -> bool:
    """Whether the body was last asked about a proposal to do something else than to decide on it."""
    asked = [one.values for one in standing if body.stream in unpacked(one.values.who) and one.values.asked_to]
    return bool(asked) and max(asked, key=lambda said: said.stands_at).asked_to in _ONLY_HEARD


def _acts(body: Body, thing: Thing, standing: Sequence[Held]) -> list[Act]:
    """When and how a proposal was put before the body: listed for it, referred to it, deferred to a meeting of it.

    What was listed for it, and then put off to a day, without a word of another body, is put off to that day here.
    """
    meetings = {one.stream for one in body.meetings}
    acts: list[Act] = []
    listed = False
    for one in sorted(standing, key=lambda held: held.values.stands_at):
        said = one.values
        here = body.stream in unpacked(said.who) or (said.what != "referral" and said.meeting in meetings)
        here = here or (said.what == "deferral" and not said.meeting and listed)
        if said.state == "current" and said.what in _PUT and here:
            listed = listed or said.what == "listing"
            state = f"referred to {said.asked_to or 'it'}" if said.what == "referral" else _PUT[said.what]
            line = _line(body, thing, state, said.on, said.stands_at, said.due)
            acts.append((body.moment(said.on) if said.on else 0, said.stands_at, line))
    return acts


def _disposals(body: Body, thing: Thing, decided: Sequence[Held]) -> list[Act]:
    """When and how the body dealt with a proposal; with a line only, where that left it open."""
    acts: list[Act] = []
    for one in decided:
        decision = one.values
        state = f"{decision.outcome} by {decision.ref}" if decision.outcome else f"considered in {decision.ref}"
        line = _line(body, thing, state, decision.on, decision.position)
        still = decision.outcome in (_PUT_OFF if _is_its_own(body, one) else _SENT_ON)
        acts.append((body.moment(decision.on) if decision.on else 0, decision.position, line if still else None))
    return acts


def _is_its_own(body: Body, one: Held) -> bool:
    """Whether a decision is the body's own, or one that others took at a meeting of it."""
    return body.stream in makers_of(one) or one.values.meeting in {met.stream for met in body.meetings}


def _line(body: Body, thing: Thing, state: str, since: str, position: int, due: str = "") -> Awaiting:
    known, title = thing
    return body.awaiting(
        "proposals",
        known.stream,
        known.thing.ref,
        title=title,
        state=state,
        since=since,
        due=due,
        evidence=[position],
    )


def _decisions_on(body: Body) -> dict[str, list[Held]]:
    """By proposal, what was decided on it by the body or at its meetings, and what others decided that sent it on to it."""
    found: dict[str, list[Held]] = {}
    sent = [one for one in body.reported if one.values.outcome in _SENT_ON]
    for one in {one.stream: one for one in (*body.decided, *body.decided_at_its_meetings, *sent)}.values():
        for part in unpacked(one.values.proposals):
            found.setdefault(part["proposal"], []).append(one)
    return found


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
    given = {partner for one in _current(before) for partner in unpacked(one.values.who)}
    terms = body.terms
    said = next(
        (one for one in body.viewing.of(body.stream).stated() if terms and one.position == terms.position), None
    )
    for required in said.data.get("sign_off", ()) if said else ():
        if said and required["partner"] not in given | asked:
            matters = text_of(required.get("applies_to"))
            why = f"required by the terms of reference{f' for {matters!r}' if matters else ''}"
            yield _missing(body, before, said.fact.on or "", "", [required["partner"]], said.position, why)


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


def conditions_of_support(body: Body, before: Sequence[Before]) -> Iterator[Awaiting]:
    """What the partners' positions on the proposals before it are subject to, and what is neither met nor waived of it."""
    for one in before:
        standing = {each.values.n: each.values for each in _current(one)}
        seen = body.viewing.of(one.stream)
        for taken in seen.stated("proposal.position_taken"):
            for condition in conditions_of(seen, taken) if taken.fact.n in standing else ():
                if condition.state in SETTLED:
                    continue
                state = "open" if condition.state == "stated" else condition.state
                yield body.awaiting(
                    "conditions",
                    one.stream,
                    one.line.ref,
                    title=condition.words,
                    state=f"condition {condition.id} of {body.called(unpacked(standing[taken.fact.n].who))} {state}",
                    since=taken.fact.on or "",
                    due=condition.due,
                    who=condition.falls_to,
                    evidence=(taken.position, *condition.evidence[-1:]),
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
