"""The keys of an item's business: papers, positions, disagreements, decisions, actions, and what became of earlier ones."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from decisionlog.exchange.meetings.keys import ALSO, FOR, ITEM, WORDS, Key, Level

REF: Final = Key("what it is called; one is allotted where none is given", "ref")
CONDITIONS: Final = Key(
    "what it is subject to: words, or {id, words, kind, falls_to, due}; ids are C1, C2 where not given"
)

PROPOSAL: Final[Level] = {
    "ref": REF,
    "title": Key("name of the paper; the item's where not given", "title"),
    "version": Key("the version before the meeting", "version"),
    "paper": Key("the paper: a file beside this one, an address, or {title, file, sha256, pages}"),
    "background": Key("background papers", "background"),
    "kind": Key("the source's own word for the kind of paper", "kind"),
    "purpose": Key("decision, discussion or information", "purpose"),
    "sponsor": Key("who brings and owns it", "sponsor"),
    "authors": Key("who wrote it", "authors"),
    "partners": Key("who else takes part", "partners"),
    "by": Key("who presented it", "by"),
    "recommendation": Key("what it asks for", "recommendation"),
    "options": Key("options put: words, or {words, preferred}"),
    "function": Key("the function concerned", "functions"),
    "functions": Key("the functions concerned", "functions"),
    "place": Key("the place concerned", "places"),
    "places": Key("the places concerned", "places"),
    "value": Key("money asked for: £450k, or {money, recurrence, kind, fund}", "value"),
    "key": Key("would be a key decision: yes or no", "key"),
    "related": Key("other proposals: {proposal, link}", "related"),
    "route": Key("where it has been before: {who, on, purpose}", "route"),
    "assessments": Key("equality, quality, privacy assessments, or none", "assessments"),
    "access": ITEM["access"],
    "on": Key("when it was submitted, where that was not at the meeting"),
    "material": Key("of a new version: whether the change is material", "material"),
    "reason": Key("of a new version: why it was changed", "reason"),
    "also": ALSO,
}

POSITION: Final[Level] = {
    "position": Key(
        "support, support with conditions, in principle, object, abstain, no view, not party, declined, conflicted",
        "position",
    ),
    "position_words": Key("in the partner's own words", "position_words"),
    "words": Key("what was said, verbatim", "words"),
    "by": Key("the person who gave it", "by"),
    "post": Key("the hat worn", "capacity"),
    "version": Key("the version signed; the item's where not given", "version"),
    "stage": Key("the stage it is for", "stage"),
    "conditions": CONDITIONS,
    "binding": Key("authority to bind: own authority, delegated, subject to body, officer view, or {kind, ...}"),
    "channel": Key("how it was given: meeting, letter, e-mail", "channel"),
    "on": Key("its own day or time"),
    "proposal": Key("which proposal, where the item has several"),
    "also": ALSO,
}

DISAGREEMENT: Final[Level] = {
    "partner": Key("who disagreed", "on_behalf_of"),
    "ref": REF,
    "about": Key("what is disagreed with; the item's proposal where not given", "about"),
    "version": Key("of the proposal; the item's where not given", "version"),
    "by": Key("the person who spoke", "by"),
    "post": Key("the hat worn", "capacity"),
    "grounds": Key("why", "grounds"),
    "wants": Key("what would settle it", "wants"),
    "other_side": Key("the other side", "other_side"),
    "rung": Key("the rung of the ladder it starts on", "rung"),
    "respond_by": Key("when an answer is due", "respond_by"),
    "outcome": Key(
        "how it ended, if it did: dissent recorded, reconciled, parked, upheld, overruled, withdrawn, escalated to ..."
    ),
    "words": Key("dissent, in the dissenter's own words"),
    "terms": Key("reconciled: on what terms"),
    "agreed_by": Key("reconciled or parked: who agreed"),
    "review": Key("parked: until when"),
    "who": Key("upheld or overruled: by whom"),
    "decision": Key("dissent, upheld or overruled: the decision concerned"),
    "reasons": Key("upheld or overruled: why"),
    "reason": Key("parked, withdrawn or escalated: why"),
    "due": Key("escalated: when an answer is due"),
    "also": ALSO,
}

DECISION: Final[Level] = {
    "ref": REF,
    "maker": Key("the body, post or person that decided; several decided jointly", "decision_makers"),
    "makers": Key("the same, for several", "decision_makers"),
    "by": Key("the people who decided, where the maker is a post", "people"),
    "for": FOR,
    "outcome": Key("approved, approved with conditions, rejected, deferred, noted, endorsed, ...", "outcome"),
    "outcome_words": Key("the outcome in the minutes' own words", "outcome_words"),
    "asked_to": Key("what the maker had been asked to do: decide, advise, comment, note", "asked_to"),
    "title": Key("what was decided on; the item's title where not given", "title"),
    "text": Key("the resolution, as minuted", "text"),
    "reasons": Key("why", "reasons"),
    "rejected": Key("options considered and rejected, or none", "options_rejected"),
    "under": Key(
        "the authority: a delegation, a legal basis, an instrument, or {delegation, legal_basis, instrument, clause, for, words}"
    ),
    "proposal": Key("which proposal, where that is not the item's", "proposals"),
    "function": Key("the function exercised", "functions"),
    "functions": Key("the functions exercised", "functions"),
    "place": Key("the place affected", "places"),
    "places": Key("the places affected", "places"),
    "value": Key("money committed: £450k, none, or {money, recurrence, kind, fund}", "value"),
    "effective": Key("first day of effect, where that is not the day of the decision", "from"),
    "last_day": Key("last day of effect"),
    "review": Key("to be reviewed by", "review_by"),
    "method": Key(
        "consensus, vote show, vote recorded, ballot, individual, written procedure, without meeting", "method"
    ),
    "votes": Key("how the vote went"),
    "motion": Key("substantive, amendment, en bloc, ...; or {kind, order, part, stage}"),
    "moved_by": Key("who moved it"),
    "seconded_by": Key("who seconded it"),
    "excepted": Key("carried en bloc: the items taken out, or none"),
    "covers": Key("carried en bloc: the items carried"),
    "conditions": CONDITIONS,
    "consulted": Key("who was consulted: {who, on, view}, or none"),
    "recommended_by": Key("on whose recommendation", "recommended_by"),
    "urgent": Key("why it could not wait: words, or {ground, consents, exempt_from_call_in}"),
    "next": Key("where it goes next: to whom, or {to, asked_to, due, meeting, words}"),
    "report_to": Key("to whom it must be reported back, or {to, due, words}"),
    "key": Key("a key decision: yes or no", "key"),
    "notice": Key("reference of its notice", "notice"),
    "call_in_until": Key("end of the call-in window", "call_in_until"),
    "access": ITEM["access"],
    "interests": Key("declared for this decision, where there was no meeting, or none"),
    "lead": Key("lead officer or contact", "lead"),
    "links": Key("other decisions: {decision, link}", "links"),
    "documents": Key("minute, notice", "documents"),
    "actions": Key("what is to be done because of it"),
    "on": Key("its own day or time"),
    "also": ALSO,
}

VOTES: Final[Level] = {
    "method": Key(DECISION["method"].means),
    "result": Key("unanimous, majority or tied", "result"),
    "in_favour": Key("how many, or who"),
    "against": Key("how many, or who"),
    "abstained": Key("how many, or who"),
    "recused": Key("how many, or who"),
    "absent": Key("how many, or who"),
    "did_not_vote": Key("how many, or who"),
    "named": Key("each vote by name: who: vote, or {by, for, vote, casting}"),
    "eligible": Key("how many could vote", "eligible"),
    "cast": Key("how many votes were cast", "cast"),
    "ballot": Key("a choice between several: {system, choices, rounds, chosen}", "ballot"),
}

AUTHORITY: Final[Level] = {
    "for": FOR,
    "delegation": Key("a delegation", "delegation"),
    "legal_basis": Key("a power, by its code", "legal_basis"),
    "instrument": Key("an instrument", "instrument"),
    "clause": Key("its clause", "clause"),
    "words": WORDS,
}

ACTION: Final[Level] = {
    "what": Key("what is to be done", "what"),
    "ref": REF,
    "title": Key("a short name for it", "title"),
    "owner": Key("the post or person who does it", "owner"),
    "for": Key("the organisation that promised it", "organisation"),
    "to": Key("the partner it was promised to", "to"),
    "due": Key("by when", "due"),
    "decision": Key("from which decision", "decision"),
    "condition": Key("which condition it meets", "condition"),
    "function": Key("the function concerned", "functions"),
    "place": Key("the place concerned", "places"),
    "documents": Key("papers", "documents"),
    "also": ALSO,
}


class Matter(NamedTuple):
    """What an item may say of something recorded before: the type of fact, the kind of thing, and the field of a short value."""

    type: str
    kind: str
    short: str = ""
    means: str = ""


MATTERS: Final[Mapping[str, Matter]] = {
    "ratified": Matter("decision.ratified", "decision", "words", "decisions that the proper body made its own"),
    "not_ratified": Matter(
        "decision.not_ratified", "decision", "reasons", "decisions that it declined to make its own"
    ),
    "reported_back": Matter(
        "decision.reported_back", "decision", "words", "delegated or urgent decisions that were reported"
    ),
    "implemented": Matter("decision.implemented", "decision", "words", "decisions that were carried out"),
    "reviewed": Matter("decision.reviewed", "decision", "words", "decisions that were looked at again"),
    "rescinded": Matter("decision.rescinded", "decision", "reasons", "decisions that were ended"),
    "accepted": Matter(
        "condition.accepted", "decision", "condition", "conditions that were taken on: decision: condition"
    ),
    "refused": Matter("condition.refused", "decision", "condition", "conditions that were not taken on"),
    "discharged": Matter(
        "condition.discharged", "decision", "condition", "conditions that were met: decision: condition"
    ),
    "waived": Matter("condition.waived", "decision", "condition", "conditions that were let go"),
    "failed": Matter("condition.failed", "decision", "condition", "conditions that were not met"),
    "referred": Matter(
        "proposal.referred", "proposal", "to", "proposals that were sent to somebody: proposal: to whom"
    ),
    "deferred": Matter(
        "proposal.deferred", "proposal", "for_when", "proposals that were put off: proposal: until when"
    ),
    "withdrawn": Matter("proposal.withdrawn", "proposal", "reason", "proposals that were taken back"),
    "completed": Matter("action.completed", "action", "words", "actions that were done"),
    "updated": Matter("action.updated", "action", "words", "word of how actions go"),
    "cancelled": Matter("action.cancelled", "action", "reason", "actions that need no longer be done"),
}
"""Keys of an item for what was recorded before: a ref, several, ref: words, or {of: ref} with fields of the type."""
