"""What a plan says, told: decisions with their refs and outcomes, what was allotted, what differs."""

from __future__ import annotations

from decisionlog.domain.answers.recorded_files import Allotted, Changed, DecisionTold, FileRecorded
from decisionlog.domain.differences import differences
from decisionlog.domain.references import split
from decisionlog.exchange.meetings.comparing import Differing
from decisionlog.exchange.meetings.planning import Plan
from decisionlog.exchange.meetings.scribe import Said


def told(plan: Plan) -> FileRecorded:
    """One file as an answer."""
    scribe, compared = plan.scribe, plan.compared
    decisions = [said for said in scribe.said if said.type == "decision.taken"]
    new = {id(said) for said in compared.new}
    touched = new | {id(differing.said) for differing in compared.differing}
    return FileRecorded(
        file=plan.sheet.name,
        gathering=scribe.gathered.place,
        on=scribe.gathered.on or "",
        meeting=scribe.gathered.meeting,
        bodies=scribe.gathered.bodies,
        decisions=tuple(_decision(said, touched=id(said) in touched) for said in decisions),
        allotted=tuple(_allotted(plan, said) for said in scribe.said if said.allotted and id(said) in new),
        added=tuple(said.place for said in compared.new),
        changed=tuple(change for differing in compared.differing for change in _changed(differing)),
        gone=tuple(act.place for act in compared.gone),
        left=tuple(act.place for act in compared.retracted),
        retractions=tuple(compared.retractions),
        before=compared.before,
        facts=len(plan.facts),
    )


def _decision(said: Said, *, touched: bool) -> DecisionTold:
    makers = said.data.get("decision_makers", [])
    names = tuple(split(maker)[1] for maker in makers if isinstance(maker, str)) if isinstance(makers, list) else ()
    return DecisionTold(split(said.stream)[1], str(said.data.get("outcome", "")), names, touched)


def _allotted(plan: Plan, said: Said) -> Allotted:
    return Allotted(said.allotted, split(said.stream)[0], plan.sheet.written.place(*said.path))


def _changed(differing: Differing) -> list[Changed]:
    place, data = differing.act.place, differing.said.data
    return [
        Changed(
            place,
            each.pointer.lstrip("/") or "type",
            each.was,
            each.now,
            each.by_hand or None,
            differences(each.pointer or "/type", each.was, each.now, data),
        )
        for each in differing.differences
    ]
