"""`who decided REF`: who made a determination, for whom, under what authority, who agreed and who did not.

Of a proposal, or of a meeting, it answers for every determination that came of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from decisionlog.domain.answers import Decided, DecisionMaker, DisagreementShown, Hop, PositionTaken, WhoDecided
from decisionlog.domain.facts.envelope import Fact
from decisionlog.domain.facts.typed import untyped
from decisionlog.domain.known import Reading, happened_at, never_was, read
from decisionlog.domain.positions import no_longer_held
from decisionlog.domain.references import split
from decisionlog.domain.refusals import NotFound, Refusal
from decisionlog.projections import citations, register
from decisionlog.questions.delegations import hop
from decisionlog.questions.finding_things import find, names_of, references_in
from decisionlog.questions.point import Asked, Point, settle
from decisionlog.questions.telling import NOT_RECORDED, opened, retracted, tell_all
from decisionlog.store.catch_up import ReadModels
from decisionlog.store.log import Log

_CITING_FIELD = {"proposal": "proposals.proposal", "meeting": "meeting"}


def who_decided(log: Log, models: ReadModels, ref: str, asked: Asked, now: datetime) -> WhoDecided:
    """The determinations of a decision, a proposal or a meeting. Raises `NotFound`, and `Refusal` for other things."""
    point = settle(log, asked, now)
    stream = find(log, ref)
    kind = split(stream)[0]
    if kind not in {"decision", *_CITING_FIELD}:
        msg = f"{stream} is of kind {kind}; ask who decided a decision, a proposal or a meeting."
        raise Refusal(msg)
    with models.reading() as rows:
        asking = _Asking(log, rows, point)
        decisions = [stream] if kind == "decision" else asking.decisions_of(stream, _CITING_FIELD[kind])
        items = [decided for decision in decisions if (decided := asking.decided(decision))]
        if kind == "decision" and not items:
            facts = log.stream(stream)
            if never_was(read(facts, point.known, log.zone)):
                raise NotFound(retracted(stream, facts))
            raise NotFound(
                f"{stream} was not known on {point.basis.known_at}, or had not been taken by {point.basis.as_at}."
            )
        items.sort(key=lambda item: item.evidence[0])
        in_place = asking.delegations_of(stream) if kind == "proposal" else ()
        mentioned = references_in([[item.__dict__ for item in group] for group in (items, in_place)])
        names = names_of(log, rows, {stream} | mentioned | _within(items, in_place), point.as_of)
    return WhoDecided(point.basis, stream, kind == "decision", tuple(items), in_place, names, _notes(items, kind))


def _notes(items: list[Decided], kind: str) -> tuple[str, ...]:
    if items:
        return ()
    return (f"No determination of this {kind} is recorded. A status that its source noted is not a decision.",)


def _within(items: Iterable[Decided], hops: Iterable[Hop]) -> set[str]:
    """References inside the parts of answers."""
    found: set[str] = set()
    for item in items:
        for part in (*item.decision_makers, *item.authority, *item.positions, *item.disagreements):
            found |= references_in(list(part.__dict__.values()))
    for link in hops:
        found |= references_in(list(link.__dict__.values()))
    return found


class _Asking:
    """One question at one point of both times."""

    def __init__(self, log: Log, rows: Connection, point: Point) -> None:
        self._log = log
        self._rows = rows
        self._point = point

    def decisions_of(self, stream: str, field: str) -> list[str]:
        """The decisions that dispose of a proposal, or were taken at a meeting."""
        found = citations.citing(self._rows, stream, ("decision.taken", "record.corrected"), field)
        return list(dict.fromkeys(citation.citing for citation in found))

    def delegations_of(self, stream: str) -> tuple[Hop, ...]:
        """The delegations of one matter, each with how it stands on the day asked about."""
        found = citations.citing(self._rows, stream, ("delegation.granted",), "matters")
        day = self._point.basis.as_at
        hops = (hop(self._log, citation.citing, self._point.known, day) for citation in found)
        return tuple(link for link in hops if link is not None)

    def decided(self, stream: str) -> Decided | None:
        """One determination; none, where it was not known, or not taken yet."""
        everything = self._log.stream(stream)
        reading = read(everything, self._point.known, self._log.zone)
        upto = [fact for fact in reading.facts if happened_at(fact, self._log.zone) <= self._point.as_of.on]
        taken = next((fact for fact in upto if fact.type == "decision.taken"), None)
        if taken is None or never_was(reading):
            return None
        data = opened(untyped(taken.data), self._log.openings(everything))
        proposals = [part["proposal"] for part in data.get("proposals", ())]
        told = tell_all(self._log, upto, reading, self._log.openings(everything))
        positions = [position for proposal in proposals for position in self._positions(proposal)]
        disagreements = tuple(self._disagreements([stream, *proposals]))
        authority = tuple(self._authority(data, taken))
        interests = tuple(self._interests(data))
        parts: list[Hop | PositionTaken | DisagreementShown] = [*authority, *positions, *disagreements]
        cited = [position for part in parts for position in part.evidence]
        return Decided(
            decision=self._decision(stream, taken, data, reading),
            decision_makers=tuple(_makers(data)),
            authority=authority,
            positions=tuple(positions),
            disagreements=tuple(disagreements),
            interests=interests,
            interests_asked=bool(interests) or self._asked_for_interests(data),
            findings=(),
            notes=tuple(note for fact in told for note in fact.notes),
            evidence=tuple(dict.fromkeys([fact.position for fact in upto] + cited)),
        )

    def _decision(self, stream: str, taken: Fact, data: dict[str, Any], reading: Reading) -> dict[str, Any]:
        known = register.thing(self._rows, stream, self._point.as_of)
        shown = {
            "stream": stream,
            "ref": data.get("ref", split(stream)[1]),
            "on": taken.on or NOT_RECORDED,
            "state": known.thing.state if known else "",
            "recorded_at": taken.recorded_at,
            "said_at": (taken.source and taken.source.recorded_at) or "",
        }
        left_out = {"decision_makers", "people", "authority", "interests"}
        shown.update({name: value for name, value in data.items() if name not in left_out})
        shown["later"] = [
            {"type": fact.type, "on": fact.on or NOT_RECORDED, "position": fact.position}
            for fact in reading.facts
            if fact.n != taken.n and not fact.type.startswith("record.")
        ]
        return shown

    def _authority(self, data: dict[str, Any], taken: Fact) -> Iterable[Hop]:
        for relied_on in data.get("authority", ()):
            delegation = relied_on.get("delegation", "")
            link = (
                hop(self._log, delegation, self._point.known, taken.on)
                if split(delegation)[0] == "delegation"
                else None
            )
            yield link or Hop(
                from_=" and ".join(relied_on.get("on_behalf_of", ())) or NOT_RECORDED,
                to=tuple(data.get("decision_makers", ())),
                legal_basis=relied_on.get("legal_basis", NOT_RECORDED),
                instrument=relied_on.get("instrument", NOT_RECORDED),
                clause=relied_on.get("clause", ""),
                limits=(),
                valid=f"{NOT_RECORDED}: no delegation is cited"
                if not delegation
                else f"{NOT_RECORDED}: {delegation} was not known",
                delegation=delegation,
                words=_text(relied_on.get("words")),
                evidence=(taken.position,),
            )

    def _positions(self, proposal: str) -> Iterable[PositionTaken]:
        everything = self._log.stream(proposal)
        reading = read(everything, self._point.known, self._log.zone)
        facts = [fact for fact in reading.facts if happened_at(fact, self._log.zone) <= self._point.as_of.on]
        openings = self._log.openings(everything)
        over = no_longer_held(facts, reading.retracted)
        for fact in (fact for fact in facts if fact.type == "proposal.position_taken"):
            data = opened(untyped(fact.data), openings)
            yield PositionTaken(
                on_behalf_of=tuple(data.get("on_behalf_of", ())),
                by=data.get("by", ""),
                capacity=data.get("capacity", ""),
                position=data.get("position", "") or _text(data.get("position_words")),
                words=_text(data.get("words")),
                conditions=tuple(f"{one['id']}: {_text(one['words'])}" for one in data.get("conditions", ())),
                version=data.get("version", ""),
                on=fact.on or NOT_RECORDED,
                current=fact.n not in over,
                evidence=(fact.position,),
            )

    def _disagreements(self, about: list[str]) -> Iterable[DisagreementShown]:
        streams = [
            citation.citing
            for thing in about
            for citation in citations.citing(self._rows, thing, ("disagreement.raised",), "about")
        ]
        for stream in dict.fromkeys(streams):
            everything = self._log.stream(stream)
            reading = read(everything, self._point.known, self._log.zone)
            facts = [fact for fact in reading.facts if happened_at(fact, self._log.zone) <= self._point.as_of.on]
            raised = next((fact for fact in facts if fact.type == "disagreement.raised"), None)
            if raised is None:
                continue
            openings = self._log.openings(everything)
            data = opened(untyped(raised.data), openings)
            dissents = [
                opened(untyped(fact.data), openings) for fact in facts if fact.type == "disagreement.dissent_recorded"
            ]
            known = register.thing(self._rows, stream, self._point.as_of)
            yield DisagreementShown(
                stream=stream,
                ref=data.get("ref", split(stream)[1]),
                on_behalf_of=tuple(data.get("on_behalf_of", ())),
                by=data.get("by", ""),
                grounds=_text(data.get("grounds")),
                state=known.thing.state if known else "",
                dissent="; ".join(_text(dissent.get("words")) for dissent in dissents) if dissents else "",
                evidence=tuple(fact.position for fact in facts),
            )

    def _interests(self, data: dict[str, Any]) -> Iterable[dict[str, Any]]:
        yield from data.get("interests", ())
        meeting, item = data.get("meeting"), data.get("item")
        if not meeting:
            return
        everything = self._log.stream(meeting)
        openings = self._log.openings(everything)
        for fact in read(everything, self._point.known, self._log.zone).facts:
            items = getattr(fact.data, "items", None)
            if fact.type == "meeting.interest_declared" and (not items or item in items):
                yield {**opened(untyped(fact.data), openings), "position": fact.position}

    def _asked_for_interests(self, data: dict[str, Any]) -> bool:
        """Whether it is recorded, of the decision or of its meeting, that interests were asked for and none declared."""
        if "interests" in data:
            return True
        meeting = (
            read(self._log.stream(data["meeting"]), self._point.known, self._log.zone) if "meeting" in data else None
        )
        return any(getattr(fact.data, "interests", None) is not None for fact in meeting.facts) if meeting else False


def _makers(data: dict[str, Any]) -> Iterable[DecisionMaker]:
    people, bound = tuple(data.get("people", ())), tuple(data.get("on_behalf_of", ()))
    for maker in data.get("decision_makers", ()):
        kind = split(maker)[0]
        roles = {role: maker if role == kind else "" for role in ("body", "post", "person", "organisation")}
        yield DecisionMaker(**roles, name="", on_behalf_of=bound, people=people)


def _text(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else "withheld"
