"""Every command for one fact: what it records about what, its flags, and what comes next.

What it must be told is said by `commands.needed`, for whatever way it is asked.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from decisionlog.cli.acting.of_the_record import OF_THE_RECORD
from decisionlog.cli.acting.verb import Verb

__all__ = ["VERBS", "Verb", "types_of"]

VERBS: Final[Mapping[str, Verb]] = {
    "propose": Verb(
        "Record that a paper or a matter was put forward.",
        {"": "proposal.submitted"},
        "ref issuer title version paper sponsor author partner person purpose recommendation option function place "
        "value key-decision",
        "recommendation",
        ("propose --title 'Urgent community response' --sponsor gp-collaborative --value £450k --on 2026-02-26",),
        "sign-off {ref} --partner WHO --position support",
    ),
    "revise": Verb(
        "Record that a new version was put forward.",
        {"proposal": "proposal.revised"},
        "version material title paper author partner person purpose recommendation option function place value "
        "key-decision reason words",
        "words",
        ("revise NLB/25-26/P14 --version 2 --paper papers/item4-v2.pdf --reason 'carers added' --on 2026-03-05",),
        "sign-off {ref} --partner WHO --position support",
        description="It brings back what was withdrawn, deferred or lapsed.",
    ),
    "refer": Verb(
        "Record that a proposal was sent to somebody to decide or advise.",
        {"proposal": "proposal.referred"},
        "to asked-to version stage due for person capacity by-decision meeting item reason words",
        "reason",
        ("refer NLB/25-26/P14 --to northmoor-icb-place-committee --asked-to decide --on 2026-03-05",),
    ),
    "defer": Verb(
        "Record that a proposal was put off.",
        {"proposal": "proposal.deferred"},
        "meeting until-when condition by-decision person reason words",
        "reason",
        ("defer NLB/25-26/P14 --until-when 2026-05 --reason 'to be costed again' --on 2026-03-12",),
        "revise {ref} --version LABEL",
    ),
    "request-sign-off": Verb(
        "Record that a partner was asked where it stands.",
        {"proposal": "proposal.sign_off_requested"},
        "asked capacity stage version due channel for person words document",
        "words",
        ("request-sign-off NLB/25-26/P14 --asked northmoor-council --due 2026-03-10 --on 2026-03-01",),
        "sign-off {ref} --partner WHO --position support",
    ),
    "sign-off": Verb(
        "Record where a partner stands on a proposal.",
        {"proposal": "proposal.position_taken"},
        "partner person capacity stage version position position-words words condition binding meeting item channel",
        "words",
        (
            "sign-off NLB/25-26/P14 --partner northmoor-council --position support --on 2026-03-12",
            (
                "sign-off NLB/25-26/P14 --partner northmoor-ft --position support-with-conditions "
                "--condition 'funding confirmed by the ICB'"
            ),
        ),
        description="The position is on the newest version, and takes the place of the same partner's earlier one.",
    ),
    "disagree": Verb(
        "Record that a partner disagrees, and why.",
        {
            "proposal": "disagreement.raised",
            "decision": "disagreement.raised",
            "delegation": "disagreement.raised",
            "meeting": "disagreement.raised",
        },
        "ref issuer partner person capacity version grounds wants rung respond-by bars meeting item",
        "grounds",
        ("disagree NLB/25-26/P14 --partner voluntary-alliance --grounds 'no plan for carers' --on 2026-03-12",),
        "escalate {ref} --to WHO",
    ),
    "escalate": Verb(
        "Record that a disagreement went up the ladder.",
        {"disagreement": "disagreement.escalated"},
        "to rung respond-by partner person capacity meeting item reason document",
        "reason",
        ("escalate NLB/25-26/D02 --to icb-chief-executive --rung 2 --respond-by 2026-03-26 --on 2026-03-13",),
        "resolve {ref} --as WORD",
    ),
    "resolve": Verb(
        "Record how a disagreement ended, or that dissent stands.",
        {"disagreement": ""},
        "partner person capacity who agreed-by terms words by-decision reason condition version review-by meeting item "
        "document",
        "words",
        (
            "resolve NLB/25-26/D02 --as reconciled --terms 'a plan for carers by June' --on 2026-03-20",
            "resolve NLB/25-26/D02 --as dissent --partner voluntary-alliance --words 'carers were not asked'",
        ),
        ways={
            "reconciled": "disagreement.reconciled",
            "parked": "disagreement.parked",
            "upheld": "disagreement.upheld",
            "overruled": "disagreement.overruled",
            "withdrawn": "disagreement.withdrawn",
            "dissent": "disagreement.dissent_recorded",
        },
        chosen_by="as",
    ),
    "decide": Verb(
        "Record a decision: who decided, for whom, with what outcome.",
        {"": "decision.taken"},
        "maker for person outcome outcome-words under title text reason rejected ref issuer asked-to value function "
        "place condition effective until last-day method urgent key-decision consulted call-in-until report-to review-by meeting "
        "item document",
        "text",
        (
            (
                "decide NLB/25-26/P14 --maker northmoor-icb-place-committee --for northmoor-icb --outcome approved "
                "--under SORD-7.2 --on 2026-03-12"
            ),
            "decide --maker icb-place-director --outcome approved --title 'Winter beds' --edit",
        ),
        "who decided {ref}",
        further="proposals",
        description="PROPOSAL is what was before the decider; its newest version is noted.",
    ),
    "delegate": Verb(
        "Record that a power was given to a body or a post.",
        {"": "delegation.granted"},
        "ref issuer delegator delegate for function place limit condition must-consult onward kind legal-basis "
        "instrument clause by-decision parent words effective until last-day review-by",
        "words",
        (
            (
                "delegate --ref SORD-7.2 --delegator northmoor-icb-board --delegate northmoor-icb-place-committee "
                "--function urgent-community-response --limit 'up to £500,000 per decision' --on 2025-04-01"
            ),
        ),
    ),
    "revoke": Verb(
        "Record that a delegation was taken back.",
        {"delegation": "delegation.revoked"},
        "for by-decision instrument clause notice effective reason words document",
        "reason",
        ("revoke SORD-9.1 --by-decision ICB/25-26/044 --effective 2026-01-01 --on 2025-12-11",),
    ),
    "suspend": Verb(
        "Record that a delegation may not be used for a time.",
        {"delegation": "delegation.suspended"},
        "by-decision for function effective until last-day reason words document",
        "reason",
        ("suspend SORD-7.2 --reason 'an inquiry' --effective 2026-02-01 --last-day 2026-02-28 --on 2026-01-29",),
        "resume {ref}",
    ),
    "resume": Verb(
        "Record that a suspended delegation may be used again.",
        {"delegation": "delegation.resumed"},
        "by-decision for effective reason words document",
        "reason",
        ("resume SORD-7.2 --on 2026-02-20",),
    ),
    "ratify": Verb(
        "Record that the proper body made a decision its own.",
        {"decision": "decision.ratified"},
        "maker for person by-decision condition stands effective reason words meeting item document",
        "words",
        (
            "ratify NLB/25-26/027 --maker northmoor-icb-board --on 2026-03-26",
            "ratify NLB/25-26/027 --declined --no-stands --maker northmoor-icb-board --on 2026-03-26",
        ),
        "who decided {ref}",
        ways={"declined": "decision.not_ratified"},
    ),
    "report-back": Verb(
        "Record that a decision, or a delegation's use, was reported.",
        {"decision": "decision.reported_back", "delegation": "delegation.reported"},
        "to person capacity period next-due meeting item words document",
        "words",
        ("report-back NLB/25-26/031 --to northmoor-icb-board --on 2026-04-23",),
    ),
    "discharge": Verb(
        "Record that a condition was met, or what else became of it.",
        {
            "proposal": "condition.discharged",
            "decision": "condition.discharged",
            "delegation": "condition.discharged",
            "disagreement": "condition.discharged",
        },
        "who partner person capacity by-decision effective meeting item reason words document",
        "words",
        ("discharge NLB/25-26/P14 C1 --document letters/icb-funding.pdf --on 2026-03-30",),
        ways={
            "accepted": "condition.accepted",
            "refused": "condition.refused",
            "failed": "condition.failed",
            "waived": "condition.waived",
        },
        further="condition",
        description="CONDITION is its id; --fact @27 says which fact stated it, where several state one of that id.",
    ),
    "implement": Verb(
        "Record that a decision was carried out.",
        {"decision": "decision.implemented"},
        "wholly for who person value words document",
        "words",
        ("implement NLB/25-26/031 --wholly --who northmoor-ft --on 2026-07-01",),
    ),
    "publish": Verb(
        "Record that the record of a decision was made public.",
        {"decision": "decision.published"},
        "channel notice version call-in-until document",
        "",
        ("publish CAB/25-26/118 --channel website --call-in-until 2026-03-20 --on 2026-03-13",),
    ),
    "call-in": Verb(
        "Record that a decision was called in, or what came of it.",
        {"decision": "decision.called_in", "proposal": "proposal.called_in"},
        "who for person grounds result by-decision legal-basis instrument clause effective until respond-by stage "
        "reason words meeting item document",
        "grounds",
        (
            "call-in CAB/25-26/118 --who overview-and-scrutiny --grounds 'no equality assessment' --on 2026-03-18",
            "call-in CAB/25-26/118 --concluded --result no-action --on 2026-03-30",
        ),
        ways={"concluded": "decision.call_in_concluded"},
        description="Scrutiny calls in a decision; the Secretary of State a proposal, at any stage.",
    ),
    "vary": Verb(
        "Record that a decision or a delegation was changed.",
        {"decision": "decision.varied", "delegation": "delegation.varied"},
        "by-decision maker for effective until last-day text words value limit function place condition must-consult "
        "onward legal-basis instrument clause report-to review-by reason meeting item document",
        "text",
        ("vary NLB/25-26/031 --by-decision NLB/26-27/004 --value £480k --effective 2026-06-01 --on 2026-05-14",),
    ),
    "supersede": Verb(
        "Record that another took the place of this one.",
        {"decision": "decision.superseded", "proposal": "proposal.superseded"},
        "with wholly effective reason words document",
        "reason",
        ("supersede NLB/24-25/019 --with NLB/25-26/031 --on 2026-03-12",),
    ),
    "rescind": Verb(
        "Record that a decider ended a decision.",
        {"decision": "decision.rescinded"},
        "by-decision maker for effective notice reason words meeting item document",
        "reason",
        ("rescind NLB/25-26/019 --maker northmoor-cabinet --by-decision CAB/26-27/007 --on 2026-05-14",),
    ),
    "lapse": Verb(
        "Record that something ended by itself.",
        {"proposal": "proposal.lapsed", "decision": "decision.lapsed", "delegation": "delegation.lapsed"},
        "cause effective words document",
        "words",
        ("lapse SORD-9.1 --cause time-expired --on 2026-01-01",),
    ),
    "withdraw": Verb(
        "Record that a proposal or a position was taken back.",
        {"proposal": "proposal.withdrawn", "disagreement": "disagreement.withdrawn"},
        "partner person capacity reason words meeting item channel",
        "reason",
        (
            "withdraw NLB/25-26/P14 --reason 'to be costed again' --on 2026-03-10",
            "withdraw NLB/25-26/P14 --partner northmoor-ft --on 2026-03-14",
        ),
        ways={"partner": "proposal.position_withdrawn"},
        description="With --partner, the position that the partner holds on the proposal.",
    ),
    "correct": Verb(
        "Record that the record was wrong: what it should say.",
        {"*": "record.corrected"},
        "reason document",
        "reason",
        (
            "correct NLB/25-26/031 value=£450,000 --reason 'a typing error'",
            "correct NLB/25-26/P14 on=2026-03-11 --fact @27 --was 2026-03-12",
        ),
        further="changes",
        description="What stands there now is found and kept beside it. FIELD= with nothing behind it strikes the field.",
    ),
    "retract": Verb(
        "Record that a fact should not have been recorded at all.",
        {"*": "record.retracted"},
        "reason document",
        "reason",
        ("retract @12 --reason 'the wrong file'", "retract NLB/25-26/P15 --reason 'recorded twice'"),
        "history {ref}",
        description="REF is the fact at a position, such as @12; or a thing, for the fact that opened it.",
    ),
    "assign": Verb(
        "Record an action: who is to do what, by when.",
        {"": "action.assigned"},
        "ref issuer title what for owner to due by-decision function place meeting item",
        "what",
        (
            (
                "assign --what 'mobilisation plan' --owner trust-chief-operating-officer --for northmoor-ft "
                "--due 2026-04-30 --by-decision NLB/25-26/031 --on 2026-03-12"
            ),
        ),
        "complete {ref}",
    ),
    "complete": Verb(
        "Record that an action was done, or need no longer be.",
        {"action": "action.completed"},
        "person by-decision meeting item reason words document",
        "words",
        ("complete NLB/25-26/A07 --on 2026-04-28", "complete NLB/25-26/A08 --cancelled --reason 'no longer needed'"),
        ways={"cancelled": "action.cancelled"},
    ),
    **OF_THE_RECORD,
}
"""The table."""


def types_of(verb: Verb) -> tuple[str, ...]:
    """Every type of fact that a verb may record."""
    return tuple(dict.fromkeys(filter(None, (*verb.types.values(), *verb.ways.values()))))
