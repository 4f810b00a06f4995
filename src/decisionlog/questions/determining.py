"""One determination, whole: who made it, for whom, under what authority, who agreed, who did not, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from decisionlog.checks.rule import rules
from decisionlog.domain.answers.checking import FindingTold
from decisionlog.domain.answers.deciding import (
    ConditionShown,
    Decided,
    DecisionMaker,
    DisagreementShown,
    Hop,
    PositionTaken,
    Presence,
)
from decisionlog.domain.answers.telling import FactShown
from decisionlog.domain.days import NotADate, instant_asked
from decisionlog.domain.known import never_was
from decisionlog.domain.references import split
from decisionlog.domain.saying import Named, Said
from decisionlog.questions.attendance import PRESENT, group
from decisionlog.questions.authority import chains
from decisionlog.questions.conditions import conditions_of
from decisionlog.questions.conflicts import asked_for, interests_of
from decisionlog.questions.findings import findings_at, findings_of
from decisionlog.questions.positions import positions_of
from decisionlog.questions.telling import NOT_RECORDED, tell_all, text_of
from decisionlog.questions.viewing import Seen, Stated, Viewing, texts

_OF_AUTHORITY: Final = "authority"
"""The family of rules that judge how a power was given."""
_APART: Final = frozenset({"decision_makers", "people", "authority", "interests"})
"""Fields of a decision that the answer gives under keys of their own."""


def determination(viewing: Viewing, stream: str) -> Decided | None:
    """One determination; none, where it was not known, or not taken yet."""
    return viewing.once("determination", stream, lambda: _determination(viewing, stream))


def _determination(viewing: Viewing, stream: str) -> Decided | None:
    seen = viewing.of(stream)
    taken = seen.first("decision.taken")
    if taken is None or never_was(seen.reading):
        return None
    data = taken.data
    proposals = [part for part in data.get("proposals", ()) if "proposal" in part]
    makers, authority = tuple(_makers(data)), tuple(chains(viewing, taken))
    by = _last_moment(taken, viewing)
    positions = tuple(
        position
        for part in proposals
        for position in positions_of(viewing.of(part["proposal"]), part.get("version", ""), by)
    )
    disagreements = tuple(disagreements_about(viewing, [stream, *(part["proposal"] for part in proposals)]))
    meeting = viewing.of(data["meeting"]) if "meeting" in data else None
    interests = (*data.get("interests", ()), *(interests_of(meeting, data.get("item")) if meeting else ()))
    conditions = tuple(conditions_of(seen, taken))
    told = tell_all(viewing.log, seen.facts, seen.reading, seen.openings)
    bodies = [maker.body for maker in makers if maker.body]
    met = _met(meeting) if meeting else []
    present = _present(data["meeting"], meeting) if meeting and set(bodies) & set(met) else None
    parts: list[Hop | PositionTaken | DisagreementShown | ConditionShown | Presence]
    parts = [*authority, *positions, *disagreements, *conditions, *([present] if present else [])]
    cited = [position for part in parts for position in part.evidence]
    return Decided(
        decision=_decision(viewing, seen, taken),
        decision_makers=makers,
        authority=authority,
        positions=positions,
        disagreements=disagreements,
        interests=interests,
        interests_asked=bool(interests)
        or "interests" in data
        or (meeting is not None and asked_for(meeting, taken.fact.on)),
        findings=_findings(viewing, taken, [part["proposal"] for part in proposals]),
        notes=tuple(_notes(told, taken)),
        evidence=tuple(dict.fromkeys([fact.position for fact in seen.facts] + cited)),
        conditions=conditions,
        later=_later(told, taken),
        present=present,
    )


def _findings(viewing: Viewing, taken: Stated, proposals: Iterable[str]) -> tuple[FindingTold, ...]:
    """What does not add up about it: of itself; of its meeting or a paper, where they rest on it; of the power it relied on.

    Of that power, whether it was given as it could be, by then: what else was owed under it is no matter of this decision.
    """
    stream = taken.fact.stream
    around = list(texts(taken.data.get("meeting")))
    its_own = (
        one
        for one in findings_of(viewing, [stream, *around, *proposals])
        if one.subject == stream or taken.position in one.evidence or Named(stream) in one.said
    )
    relied_on = (one.get("delegation", "") for one in taken.data.get("authority", ()) if isinstance(one, dict))
    delegations = [one for one in relied_on if split(one)[0] == "delegation"]
    by_then = findings_at(viewing, delegations, viewing.of(stream).happened_at(taken.fact))
    return (*its_own, *(one for one in by_then if rules()[one.rule].family == _OF_AUTHORITY))


def disagreements_about(viewing: Viewing, about: Iterable[str]) -> Iterator[DisagreementShown]:
    """The disagreements about any of these things, and how each stands."""
    found = (disagreement_shown(viewing, stream) for stream in viewing.concerned("disagreement", about, "about"))
    yield from (one for one in found if one)


def disagreement_shown(viewing: Viewing, stream: str) -> DisagreementShown | None:
    """One disagreement, and how it stands; none, where it was not raised yet."""
    seen = viewing.of(stream)
    raised = seen.first("disagreement.raised")
    if raised is None:
        return None
    data = raised.data
    dissents = [text_of(one.data.get("words")) for one in seen.stated("disagreement.dissent_recorded")]
    return DisagreementShown(
        stream=stream,
        ref=data.get("ref", split(stream)[1]),
        on_behalf_of=tuple(data.get("on_behalf_of", ())),
        by=data.get("by", ""),
        grounds=text_of(data.get("grounds")),
        state=viewing.state(stream),
        dissent="; ".join(dissents),
        evidence=tuple(fact.position for fact in seen.facts),
    )


def _decision(viewing: Viewing, seen: Seen, taken: Stated) -> dict[str, Any]:
    data, source = taken.data, taken.fact.source
    return {
        "stream": seen.stream,
        "ref": data.get("ref", split(seen.stream)[1]),
        "on": taken.fact.on or NOT_RECORDED,
        "state": viewing.state(seen.stream),
        "recorded_at": taken.fact.recorded_at,
        "said_at": (source and source.recorded_at) or "",
        **{name: value for name, value in data.items() if name not in _APART and name not in {"ref", "stream"}},
        "later": [
            {"type": fact.type, "on": fact.on or NOT_RECORDED, "position": fact.position}
            for fact in seen.reading.facts
            if fact.n != taken.fact.n and not fact.type.startswith("record.")
        ],
    }


def _later(told: Iterable[FactShown], taken: Stated) -> tuple[FactShown, ...]:
    return tuple(fact for fact in told if fact.position != taken.position and not fact.type.startswith("record."))


def _notes(told: Iterable[FactShown], taken: Stated) -> Iterator[Said]:
    """What is to be known of the record of the determination; of a later fact, with which that is."""
    for fact in told:
        of = () if fact.position == taken.position else (f"Of [{fact.position}]: ",)
        yield from ((*of, *note) for note in fact.notes)


def _last_moment(taken: Stated, viewing: Viewing) -> int | None:
    """The last moment of the day of a decision; none, where its day is not recorded."""
    if taken.fact.on is None:
        return None
    try:
        return instant_asked(taken.fact.on[: len("2026-03-12")], viewing.log.zone)
    except NotADate:
        return None


def _met(meeting: Seen) -> list[str]:
    """The bodies that met."""
    return [body for one in meeting.stated("meeting.held") for body in one.data.get("bodies", ())]


def _present(reference: str, meeting: Seen) -> Presence | None:
    """Who was present for the whole or a part of a meeting, where its attendance is recorded: not who only attended."""
    held = [one for one in meeting.stated("meeting.held", "meeting.resumed") if one.data.get("attendance")]
    there = [each for one in held for each in one.data["attendance"] if group(each) == PRESENT]
    if not there:
        return None
    people = tuple(dict.fromkeys(each["by"] for each in there if "by" in each))
    return Presence(reference, people, any("by" not in each for each in there), tuple(one.position for one in held))


def _makers(data: dict[str, Any]) -> Iterator[DecisionMaker]:
    people, bound = tuple(data.get("people", ())), tuple(data.get("on_behalf_of", ()))
    for maker in data.get("decision_makers", ()):
        kind = split(maker)[0]
        roles = {role: maker if role == kind else "" for role in ("body", "post", "person", "organisation")}
        yield DecisionMaker(**roles, name="", on_behalf_of=bound, people=people)
