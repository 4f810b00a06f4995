"""Sentences of how it is decided: proposals, disagreements, meetings, decisions, conditions, actions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

Template = str | Callable[[Mapping[str, Any]], str]

_WHO: Final = "{on_behalf_of|by|=A partner that is not recorded}[ (as {capacity})]"
_DISSENTING: Final = "{on_behalf_of|of on_behalf_of|by|of by|=somebody who is not recorded}[ (as {capacity})]"
_AT: Final = "[, at {meeting}][, item {item}]"
_TOOK: Final[Mapping[str, str]] = {
    "support": "supported",
    "support-with-conditions": "supported",
    "in-principle": "agreed in principle with",
    "object": "objected to",
    "abstain": "abstained on",
    "no-view": "had no view on",
    "not-party": "was not party to",
    "declined": "declined to sign",
    "conflicted": "stood aside from, being conflicted,",
}
_DISPOSED: Final[Mapping[str, str]] = {
    "approved": "approved it",
    "approved-as-amended": "approved it as amended",
    "approved-with-conditions": "approved it with conditions",
    "approved-in-part": "approved it in part",
    "rejected": "rejected it",
    "deferred": "deferred it",
    "noted": "noted it",
    "received": "received it",
    "endorsed": "endorsed it",
    "recommended": "recommended it",
    "advised": "gave its advice",
    "delegated": "delegated it",
    "referred": "referred it",
    "elected": "elected",
    "ratified": "ratified it",
    "not-ratified": "did not ratify it",
    "withdrawn": "recorded it as withdrawn",
    "no-decision": "came to no decision",
}
_CONFIRMED: Final[Mapping[str, str]] = {"confirmed": "confirmed", "confirmed-as-amended": "confirmed as amended"}
_OTHERWISE_CONFIRMED: Final = "confirmed[, with the status {record_status}]"


def disposed(outcome: str | None) -> str:
    """What a decider did, in the words of a sentence: `approved it`."""
    return _DISPOSED.get(outcome or "", "decided, with an outcome that is not recorded,")


def took(data: Mapping[str, Any]) -> str:
    """What a partner did who took a position: `objected to`."""
    return _TOOK.get(data.get("position", ""), "took a position on")


def _position(data: Mapping[str, Any]) -> str:
    version = "version {version}" if "version" in data else "it"
    return f"{_WHO} {took(data)} {version}[, on condition {{conditions}}][, for the stage {{stage}}]{_AT}."


def _decided(data: Mapping[str, Any]) -> str:
    who = "{decision_makers|people|=A decider that is not recorded}"
    return f"{who} {disposed(data.get('outcome'))}[, on behalf of {{on_behalf_of}}][, in answer to {{proposals}}]{_AT}."


DECIDING: Final[Mapping[str, Template]] = {
    "proposal.submitted": "{sponsor|authors|by|=Somebody who is not recorded} put it forward[, as version {version}][, for {purpose}].",
    "proposal.revised": lambda data: (
        f"{'Version {version}' if 'version' in data else 'A version without a number'} was put forward[ by {{authors|by}}]."
    ),
    "proposal.referred": "It was referred to {to|=somebody who is not recorded}[, to {asked_to}][, by {due}][, by {by_decision}].",
    "proposal.listed": "It was put on the agenda[ of {body}][, for {meeting|for_when|occasion}][, item {item}][, to {asked_to}].",
    "proposal.sponsor_changed": "{sponsor|=Somebody who is not recorded} became its sponsor[, by {by_decision}].",
    "proposal.sign_off_requested": "{asked|=Somebody} was asked for a position[ as {capacity}][ on version {version}][, by {due}].",
    "proposal.sign_off_request_withdrawn": "The request for a position[ of {of asked}] was withdrawn.",
    "proposal.consulted": "Consulted[ on version {version}]: {consulted|=nobody}.",
    "proposal.position_taken": _position,
    "proposal.position_withdrawn": f"{{on_behalf_of|by|of on_behalf_of|of by|=A partner that is not recorded}} took a position back{_AT}.",
    "proposal.status_noted": "Its source noted the status '{status|=not recorded}', which decides nothing.",
    "proposal.noticed": "Notice of it was given[, {notice}][: {decision_makers} is to decide][, on {for_when}].",
    "proposal.called_in": "{who|=Somebody who is not recorded} called it in[, under {legal_basis}].",
    "proposal.deferred": "It was put off[ to {meeting|for_when}][, by {by_decision}].",
    "proposal.lapsed": "It lapsed[: {cause}].",
    "proposal.superseded": "{by_proposals|=Another proposal} took its place.",
    "proposal.withdrawn": "It was withdrawn[ by {on_behalf_of|by}].",
    "disagreement.raised": f"{_WHO} disagreed with {{about}}[, version {{version}}]{_AT}.",
    "disagreement.escalated": "It went up[ to {to}][, rung {rung}][, for an answer by {respond_by}].",
    "disagreement.reconciled": "The sides came to terms[: {terms}].",
    "disagreement.parked": "The sides agreed to differ for now[, until {review_by}].",
    "disagreement.upheld": "{who|by_decision|=Somebody who is not recorded} found for those who disagreed.",
    "disagreement.overruled": "{who|by_decision|=Somebody who is not recorded} decided against those who disagreed.",
    "disagreement.withdrawn": f"{_WHO} withdrew the disagreement.",
    "disagreement.dissent_recorded": f"The dissent of {_DISSENTING}[ from {{decision}}] was recorded.",
    "meeting.called": "A meeting of {bodies|=bodies that are not recorded} was called[ for {for_when}].",
    "meeting.held": "{bodies} met[, with {attendance_count} present].",
    "meeting.item_considered": lambda data: (
        "Item {item} was considered and nothing was decided on it[: {title}]."
        if "item" in data
        else "Something without a number was considered[: {title}]; no determination of it is recorded here."
    ),
    "meeting.interest_declared": "{by} declared an interest[, item {items}][: {nature}].",
    "meeting.conflict_managed": lambda data: (
        f"A conflict of interest was {'not managed as intended' if data.get('as_intended') is False else 'managed'}"
        "[: {management|management_words|words}][; left {left}][, returned {returned}]."
    ),
    "meeting.quorum_noted": lambda data: (
        (
            ("The meeting was noted as quorate" if data.get("quorate") else "The meeting was noted as inquorate")
            if "quorate" in data
            else "The quorum was noted"
        )
        + "[, {counted} counted][, from {from}][, for item {items}]."
    ),
    "meeting.adjourned": "The meeting adjourned[, to {for_when|meeting}].",
    "meeting.resumed": "The meeting resumed.",
    "meeting.cancelled": "The meeting was cancelled[; {meeting} takes its business].",
    "meeting.minutes_drafted": "Minutes exist[ as version {version}][, as {record_status}].",
    "meeting.minutes_confirmed": lambda data: (
        f"The minutes were {_CONFIRMED.get(data.get('record_status', ''), _OTHERWISE_CONFIRMED)}[, at {{meeting}}]."
    ),
    "meeting.minutes_refused": "The minutes were not accepted[, at {meeting}].",
    "meeting.minutes_published": "The minutes were made public[, version {version}].",
    "decision.taken": _decided,
    "decision.ratified": "{decision_makers|people|by_decision|=A body that is not recorded} ratified it[, for {on_behalf_of}].",
    "decision.not_ratified": lambda data: (
        "{decision_makers|people|by_decision|=A body that is not recorded} declined to ratify it"
        + ("; it stands all the same." if data.get("stands") else "; it does not stand." if "stands" in data else ".")
    ),
    "decision.reported_back": f"It was reported[ to {{to}}]{_AT}.",
    "decision.published": "It was made public[, through {channel}][; it can be called in until {call_in_until}].",
    "decision.called_in": "{who|people|=Scrutiny members who are not recorded} called it in[, for an answer by {respond_by}].",
    "decision.call_in_concluded": "The call-in ended[: {call_in_result|call_in_result_words}].",
    "decision.stayed": "{who|by_decision|=Somebody who is not recorded} held it up[ until {until}].",
    "decision.taken_over": "{who|=Somebody who is not recorded} took it into their own hands[, under {legal_basis}].",
    "decision.implemented": lambda data: (
        "It was carried out in part[ by {who|on_behalf_of|by}]."
        if data.get("wholly") is False
        else "It was carried out[ by {who|on_behalf_of|by}]."
    ),
    "decision.reviewed": "{who|by|=Somebody who is not recorded} reviewed it[, and would {conclusion} it].",
    "decision.varied": "{by_decision|decision_makers|=A decision that is not recorded} varied it[, from {from}].",
    "decision.superseded": "{by_decisions|=A decision that is not recorded} took its place[, from {from}].",
    "decision.rescinded": "{by_decision|decision_makers|=A decision that is not recorded} rescinded it[, from {from}].",
    "decision.lapsed": "It lapsed[: {cause}].",
    "decision.voided": "{who|=Somebody who is not recorded} voided it[, from {from}].",
    "condition.accepted": "Condition {condition} was accepted[ by {on_behalf_of|who|by}].",
    "condition.refused": "Condition {condition} was refused[ by {on_behalf_of|who|by}].",
    "condition.discharged": "Condition {condition} was met[, as {who|by} said].",
    "condition.failed": "Condition {condition} failed.",
    "condition.waived": "Condition {condition} was let go[ by {on_behalf_of|who|by}].",
    "action.assigned": lambda data: (
        ("[{what}: ]" if data.get("what") != data.get("title") else "")
        + "{owner|organisation|=Somebody who is not recorded} is to do it[, by {due}][, from {decision}]."
    ),
    "action.updated": "Word came of how it goes[: {progress|progress_words}][; it is now due {due}][; {owner} now owns it].",
    "action.completed": "It was done.",
    "action.cancelled": "It need no longer be done[, by {by_decision}].",
}
"""Each type of fact and its sentence: `it` is the thing that the fact is about, `{of x}` a field of the fact that it answers."""
