"""How a decision really runs, state by state and turn by turn, and by which facts each is seen.

One row for every state and every turn that a proposal, a position, a disagreement, a determination, its record and the
people and powers behind it can come to. Where a row has several signs, they are of one thing, one after the other.
"""

from __future__ import annotations

from tests.examples.northmoor.year import RECORDED, Sign, sign


def _outcome(outcome: str, **more: object) -> Sign:
    return sign("decision.taken", outcome=outcome, **more)


def _position(position: str, **more: object) -> Sign:
    return sign("proposal.position_taken", position=position, **more)


_SUBMITTED = sign("proposal.submitted")
_RAISED = sign("disagreement.raised")
_CALLED_IN = sign("decision.called_in")
_SENT_BACK = sign("decision.call_in_concluded", call_in_result="referred-back")
_GRANTED = sign("delegation.granted")
_VARIED = sign("delegation.varied")
_SUSPENDED = sign("delegation.suspended")
_RESUMED = sign("delegation.resumed")
_HELD = sign("meeting.held")

PROPOSAL: dict[str, tuple[Sign, ...]] = {
    "drafted": (sign("proposal.status_noted", status="drafted"),),
    "submitted, with its paper's digest": (sign("proposal.submitted", {"paper.sha256": RECORDED}),),
    "returned for work, then withdrawn": (
        _SUBMITTED,
        sign("proposal.deferred", reason=RECORDED),
        sign("proposal.withdrawn", reason=RECORDED),
    ),
    "on the forward plan": (sign("proposal.noticed", notice=RECORDED, for_when=RECORDED),),
    "on the forward plan late, under an exception": (
        sign("proposal.noticed", exception="general-exception", exception_words=RECORDED, agreed_by=RECORDED),
    ),
    "by a route of earlier meetings": (sign("proposal.submitted", {"route.who": RECORDED, "route.purpose": RECORDED}),),
    "listed": (sign("proposal.listed", body=RECORDED, item=RECORDED),),
    "considered": (sign("meeting.item_considered", {"proposals.proposal": RECORDED}),),
    "determined": (sign("decision.taken", {"proposals.proposal": RECORDED, "asked_to": "decide"}),),
    "deferred": (_SUBMITTED, sign("proposal.deferred", for_when=RECORDED), sign("proposal.revised")),
    "withdrawn": (sign("proposal.withdrawn"),),
    "lapsed, since a body was dissolved": (sign("proposal.lapsed", cause="party-dissolved"),),
    "a new version, materially other": (
        _SUBMITTED,
        sign("proposal.revised", {"material": True, "version": "2", "paper.sha256": RECORDED}),
    ),
    "superseded by another": (sign("proposal.superseded", {"by_proposals": RECORDED}),),
    "referred to whoever may decide": (sign("proposal.referred", to=RECORDED, asked_to="decide"),),
    "called in by the Secretary of State": (sign("proposal.called_in", who="post:secretary-of-state"),),
    "its sponsor changed": (sign("proposal.sponsor_changed", sponsor=RECORDED),),
}

POSITION: dict[str, tuple[Sign, ...]] = {
    "requested, with a day": (sign("proposal.sign_off_requested", asked=RECORDED, due=RECORDED, version=RECORDED),),
    "supported": (_position("support"),),
    "supported with conditions": (_position("support-with-conditions", conditions=RECORDED),),
    "objected": (_position("object", words=RECORDED),),
    "abstained": (_position("abstain"),),
    "no view": (_position("no-view"),),
    "not a party": (_position("not-party"),),
    "declined to sign, with the reason": (_position("declined", words=RECORDED),),
    "in principle, subject to a board": (
        sign("proposal.position_taken", {"position": "in-principle", "binding.kind": "subject-to-body"}),
    ),
    "on one's own authority": (sign("proposal.position_taken", {"binding.kind": "own-authority"}),),
    "under a delegation": (
        sign("proposal.position_taken", {"binding.kind": "delegated", "binding.delegation": RECORDED}),
    ),
    "an officer's view": (sign("proposal.position_taken", {"binding.kind": "officer-view"}),),
    "in principle, then by resolution of the board": (
        sign("proposal.position_taken", {"on_behalf_of": "organisation:northmoor-ft", "position": "in-principle"}),
        sign(
            "proposal.position_taken", {"on_behalf_of": "organisation:northmoor-ft", "binding.kind": "body-resolution"}
        ),
    ),
    "objected to one version, supported the next": (
        sign(
            "proposal.position_taken",
            {"on_behalf_of": "organisation:voluntary-alliance", "position": "object", "version": "1"},
        ),
        sign(
            "proposal.position_taken",
            {"on_behalf_of": "organisation:voluntary-alliance", "position": "support-with-conditions", "version": "2"},
        ),
    ),
    "withdrawn": (sign("proposal.position_taken"), sign("proposal.position_withdrawn", reason=RECORDED)),
}

CONDITION: dict[str, tuple[Sign, ...]] = {
    "precedent": (sign("decision.taken", {"conditions.kind": "precedent"}),),
    "subsequent": (sign("decision.taken", {"conditions.kind": "subsequent"}),),
    "accepted, then discharged": (
        sign("condition.accepted", condition="C1"),
        sign("condition.discharged", condition="C1"),
    ),
    "refused": (sign("condition.refused", reason=RECORDED),),
    "discharged": (sign("condition.discharged", meeting=RECORDED),),
    "failed": (sign("condition.failed", reason=RECORDED),),
    "waived": (sign("condition.waived", reason=RECORDED),),
}

DISAGREEMENT: dict[str, tuple[Sign, ...]] = {
    "raised, with the leads": (
        sign("disagreement.raised", rung=1, respond_by=RECORDED, grounds=RECORDED, wants=RECORDED),
    ),
    "reconciled, on terms": (_RAISED, sign("disagreement.reconciled", terms=RECORDED, agreed_by=RECORDED)),
    "up the ladder, rung by rung, to dissent": (
        sign("disagreement.raised", rung=1),
        sign("disagreement.escalated", to="post:icb-chief-executive", respond_by=RECORDED),
        sign("disagreement.escalated", to="body:northmoor-icb-board", respond_by=RECORDED),
        sign("disagreement.dissent_recorded", words=RECORDED, decision=RECORDED),
    ),
    "mediated": (_RAISED, sign("disagreement.reconciled", mediator=RECORDED)),
    "upheld": (_RAISED, sign("disagreement.upheld", who=RECORDED, reasons=RECORDED)),
    "overruled": (_RAISED, sign("disagreement.overruled", who=RECORDED, reasons=RECORDED)),
    "parked": (_RAISED, sign("disagreement.parked", agreed_by=RECORDED, review_by=RECORDED)),
    "withdrawn": (_RAISED, sign("disagreement.withdrawn")),
    "dissent recorded at once": (_RAISED, sign("disagreement.dissent_recorded", words=RECORDED)),
}

DETERMINATION: dict[str, tuple[Sign, ...]] = {
    "approved": (_outcome("approved"),),
    "approved as amended": (_outcome("approved-as-amended"),),
    "approved with conditions": (_outcome("approved-with-conditions", conditions=RECORDED),),
    "approved in part": (_outcome("approved-in-part"),),
    "rejected": (_outcome("rejected"),),
    "deferred": (_outcome("deferred"),),
    "noted": (_outcome("noted"),),
    "received": (_outcome("received"),),
    "endorsed, and to whom it goes next": (sign("decision.taken", {"outcome": "endorsed", "next.to": RECORDED}),),
    "recommended to somebody": (sign("decision.taken", {"outcome": "recommended", "next.asked_to": "decide"}),),
    "delegated, with a report owed": (sign("decision.taken", {"outcome": "delegated", "report_to.due": RECORDED}),),
    "referred": (sign("decision.taken", {"outcome": "referred", "next.to": RECORDED}),),
    "no decision": (_outcome("no-decision"),),
    "tied, and settled by a casting vote": (
        sign("decision.taken", {"votes.result": "tied", "votes.named.casting": True}),
    ),
    "awaiting a condition, met, implemented, reviewed": (
        sign("decision.taken", {"conditions.kind": "precedent"}),
        sign("condition.discharged"),
        sign("decision.implemented"),
        sign("decision.reviewed", conclusion="keep"),
    ),
    "awaiting the call-in window": (
        sign("decision.taken", call_in_until=RECORDED),
        sign("decision.published", call_in_until=RECORDED),
    ),
    "effective from another day": (sign("decision.taken", {"from": RECORDED}),),
    "implemented": (sign("decision.implemented", wholly=True),),
    "reviewed, and closed": (sign("decision.implemented"), sign("decision.reviewed", conclusion="end")),
    "varied": (sign("decision.taken"), sign("decision.varied", {"by_decision": RECORDED, "from": RECORDED})),
    "superseded": (sign("decision.taken"), sign("decision.superseded", by_decisions=RECORDED)),
    "rescinded": (sign("decision.taken"), sign("decision.rescinded", by_decision=RECORDED)),
    "lapsed": (sign("decision.taken"), sign("decision.lapsed", cause="time-expired")),
    "stayed, then voided": (
        sign("decision.stayed", who="organisation:high-court"),
        sign("decision.voided", who="organisation:high-court"),
    ),
    "called in, and no action": (_CALLED_IN, sign("decision.call_in_concluded", call_in_result="no-action")),
    "called in, sent back, amended": (_CALLED_IN, _SENT_BACK, sign("decision.superseded")),
    "called in, sent to the full council": (
        _CALLED_IN,
        sign("decision.call_in_concluded", call_in_result="referred-to-council"),
        sign("decision.rescinded", decision_makers="body:northmoor-full-council"),
    ),
    "sent back, and reaffirmed": (sign("decision.taken", {"links.link": "confirms"}),),
    "taken over by the Secretary of State": (
        sign("decision.taken"),
        sign("decision.taken_over", who="post:secretary-of-state"),
    ),
    "corrected, which changes the record alone": (sign("decision.taken"), sign("record.corrected")),
}

URGENCY: dict[str, tuple[Sign, ...]] = {
    "urgent, reported, ratified": (
        sign(
            "decision.taken",
            {"urgent.ground": RECORDED, "urgent.agreed_by": RECORDED, "method": "individual", "people": RECORDED},
        ),
        sign("decision.reported_back", to="body:northmoor-icb-place-committee"),
    ),
    "ratified, on its own day": (sign("decision.taken"), sign("decision.ratified", meeting=RECORDED)),
    "not ratified, and so it does not stand": (
        sign("decision.taken", {"urgent.ground": RECORDED}),
        sign("decision.not_ratified", stands=False),
    ),
    "exempt from call-in": (sign("decision.taken", {"urgent.exempt_from_call_in": True}),),
    "quorum lost during a meeting": (sign("meeting.quorum_noted", quorate=False),),
    "adjourned for want of a quorum": (_HELD, sign("meeting.adjourned", quorate=False, for_when=RECORDED)),
    "resolved in writing": (
        sign("decision.taken", {"method": "written-procedure", "votes.named.vote": "did-not-vote"}),
    ),
    "by an individual, who had consulted and must report": (
        sign("decision.taken", {"method": "individual", "consulted.who": RECORDED, "report_to.due": RECORDED}),
    ),
}

MINUTES: dict[str, tuple[Sign, ...]] = {
    "notes, draft, checked by the chair, confirmed, published": (
        sign("meeting.minutes_drafted", record_status="notes"),
        sign("meeting.minutes_drafted", record_status="draft"),
        sign("meeting.minutes_drafted", record_status="chair-checked"),
        sign("meeting.minutes_confirmed", record_status="confirmed"),
        sign("meeting.minutes_published", channel="website"),
    ),
    "circulated": (sign("meeting.minutes_drafted"), sign("meeting.minutes_published", channel="e-mail to the members")),
    "confirmed as amended": (
        _HELD,
        sign("meeting.minutes_confirmed", record_status="confirmed-as-amended", words=RECORDED),
    ),
    "refused, then confirmed": (sign("meeting.minutes_refused", reason=RECORDED), sign("meeting.minutes_confirmed")),
    "corrected by the meeting that confirmed them": (sign("record.corrected", {"on_authority.kind": "meeting"}),),
    "corrected later": (sign("record.corrected", {"on_authority.kind": "secretariat"}),),
    "final, and never confirmed": (_HELD, sign("meeting.minutes_drafted", record_status="unconfirmed-final")),
}

PEOPLE: dict[str, tuple[Sign, ...]] = {
    "a deputy sits": (sign("meeting.held", {"attendance.deputy_for": RECORDED, "attendance.role": "deputy"}),),
    "somebody came late or left early": (sign("meeting.held", {"attendance.intervals.left": RECORDED}),),
    "a named deputy": (sign("body.member_appointed", role="deputy", deputy_for=RECORDED),),
    "two chairs, item by item": (sign("meeting.held", {"presiding.items": "1", "presiding.capacity": "trust-chair"}),),
    "a term with its end": (sign("body.member_appointed", term="first term", until=RECORDED),),
    "a term extended": (
        sign("body.member_appointed", term="first term"),
        sign("body.member_appointed", term="second term", by_decision=RECORDED),
    ),
    "resigned": (sign("post.filled"), sign("post.vacated", departure="resigned")),
    "an interim holder": (sign("post.vacated"), sign("post.filled", basis="interim")),
    "an acting holder, and the substantive one back": (
        sign("post.filled", basis="acting"),
        sign("post.filled", basis="substantive"),
    ),
    "removed": (sign("body.member_appointed"), sign("body.member_ended", departure="removed")),
    "terms refreshed": (
        sign("body.terms_adopted", version="2.0"),
        sign("body.terms_adopted", version="3.0", by_decisions=RECORDED),
    ),
    "a member with the new terms": (
        sign("body.terms_adopted", version="3.0"),
        sign("body.member_appointed", member="post:police-superintendent"),
    ),
    "a partner joins, another leaves": (
        sign("instrument.parties_changed", parties_joined=RECORDED),
        sign("instrument.parties_changed", parties_left=RECORDED),
    ),
    "a body set up, and dissolved": (sign("body.constituted"), sign("body.dissolved")),
    "one organisation becomes part of another": (
        sign(
            "organisation.succeeded", ends=True, continuity="treated-as-done-by-successor", liabilities="to-successor"
        ),
        sign("organisation.dissolved"),
    ),
    "a post ends with it": (sign("post.vacated"), sign("post.abolished", to=RECORDED)),
    "a duty passes to the successor": (
        sign("function.duty_placed"),
        sign("function.duty_ended"),
        sign("function.duty_placed"),
    ),
    "declared, managed, evidenced": (
        sign("meeting.interest_declared", conflict="actual"),
        sign("meeting.conflict_managed", management="leaves-for-item", left=RECORDED, returned=RECORDED),
    ),
    "a breach found": (sign("meeting.interest_declared"), sign("meeting.conflict_managed", as_intended=False)),
    "undeclared, and discovered later": (sign("interest.registered", arose="2025-04-07"),),
}

DELEGATION: dict[str, tuple[Sign, ...]] = {
    "granted by a decision": (sign("delegation.granted", by_decision=RECORDED),),
    "varied": (_GRANTED, sign("delegation.varied", {"limits": RECORDED, "from": RECORDED, "by_decision": RECORDED})),
    "varied, suspended in part, resumed": (
        _GRANTED,
        _VARIED,
        sign("delegation.suspended", on_behalf_of=RECORDED, scope=RECORDED),
        _RESUMED,
    ),
    "revoked": (_GRANTED, sign("delegation.revoked", by_decision=RECORDED)),
    "lapsed with its time": (_GRANTED, sign("delegation.lapsed", cause="time-expired")),
    "lapsed with its party": (_GRANTED, sign("delegation.lapsed", cause="party-dissolved")),
    "continued for the successor": (_GRANTED, sign("delegation.continued", parties="organisation:northmoor-ft")),
    "granted again by the successor": (_GRANTED, sign("delegation.continued", continued_into=RECORDED)),
    "passed on, with consent": (_GRANTED, sign("delegation.consented", delegates=RECORDED, by_decision=RECORDED)),
    "made under another": (sign("delegation.granted", parent="delegation:SORD-7.2"),),
    "reported": (_GRANTED, sign("delegation.reported", decisions=RECORDED, period=RECORDED)),
    "reviewed": (_GRANTED, sign("delegation.reviewed", conclusion="keep")),
    "used, by whoever was given it": (sign("decision.taken", {"links.link": "exercises"}),),
}

LIFE_CYCLE: dict[str, dict[str, tuple[Sign, ...]]] = {
    "proposal": PROPOSAL,
    "position": POSITION,
    "condition": CONDITION,
    "disagreement": DISAGREEMENT,
    "determination": DETERMINATION,
    "urgency": URGENCY,
    "minutes": MINUTES,
    "people": PEOPLE,
    "delegation": DELEGATION,
}
