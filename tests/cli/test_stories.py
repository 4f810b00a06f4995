"""How decisions really run, told by single commands: proposals, positions, disagreements, determinations, urgency, errors."""

from __future__ import annotations

import shlex

import pytest

from tests.cli.running import answer, facts, new_log, run

PLACE = (
    *({"type": "organisation.registered", "data": {"ref": ref}} for ref in ("council", "icb", "trust", "alliance")),
    *(
        {"type": "body.constituted", "on": "2022-07-01", "data": {"ref": ref}}
        for ref in ("cabinet", "icb-board", "place-committee", "locality-board", "scrutiny", "full-council")
    ),
    *({"type": "post.established", "data": {"ref": ref}} for ref in ("chief-executive", "director")),
    {"type": "meeting.called", "on": "2024-04-01", "data": {"ref": "NLB-2024-05-15"}},
)


@pytest.fixture(autouse=True)
def _log(monkeypatch):
    new_log()
    monkeypatch.setenv("DECISIONLOG_BY", "clerk-1")
    run("import", facts("place.jsonl", *PLACE))


def told(*lines):
    """A story: a line of the shell after the other, each of which must be recorded."""
    for line in lines:
        assert run(*shlex.split(line)).stdout.startswith("Recorded "), line


def state(kind, ref, *point):
    return next(item["state"] for item in answer("list", kind, *point)["items"] if item["ref"] == ref)


def only(*words):
    """The one determination of a decision."""
    return answer("who", "decided", *words)


def test_a_proposal_is_sent_back_put_off_taken_back_and_brought_back():
    told(
        "propose --ref P1 --title Beds --version 1 --on 2024-02-01",
        "refer P1 --to locality-board --asked-to comment --on 2024-02-10",
        "revise P1 --version 2 --reason 'carers added' --on 2024-03-01",
        "defer P1 --until-when 2024-05 --reason 'not costed' --on 2024-03-12",
        "withdraw P1 --reason 'overtaken' --on 2024-04-02",
        "revise P1 --version 3 --on 2024-05-01",
        "decide P1 --ref D1 --maker cabinet --for council --outcome approved --on 2024-05-15",
    )
    days = ("2024-02-01", "2024-02-10", "2024-03-01", "2024-03-12", "2024-04-02", "2024-05-01")
    states = [state("proposals", "P1", "--on", day) for day in days]
    assert states == ["submitted", "referred", "submitted", "deferred", "withdrawn", "submitted"]
    assert only("D1")["decision"]["proposals"][0]["version"] == "3"


def test_a_partner_is_asked_signs_in_principle_then_on_conditions_that_are_met():
    told(
        "propose --ref P1 --title Beds --version 1 --on 2024-02-01",
        "request-sign-off P1 --asked trust --due 2024-03-01 --on 2024-02-02",
        "sign-off P1 --partner trust --position 'in principle' --binding subject-to-body --on 2024-02-20",
        "sign-off P1 --partner trust --position 'support with conditions' --condition 'the money is there' --on 2024-02-28",
        "discharge P1 C1 --accepted --on 2024-03-02",
        "discharge P1 C1 --words 'letter of 5 March' --on 2024-03-06",
        "decide P1 --ref D1 --maker cabinet --for council --outcome approved --on 2024-03-12",
    )
    first, second = only("D1")["positions"]
    assert (first["position"], first["current"]) == ("in-principle", False)
    assert (second["position"], second["current"]) == ("support-with-conditions", True)
    steps = answer("history", "P1")["items"]
    assert steps[2]["data"]["answers"]["n"] == 2
    became = [step["type"] for step in steps if step["type"].startswith("condition.")]
    assert became == ["condition.accepted", "condition.discharged"]


def test_a_disagreement_goes_up_the_ladder_is_overruled_and_the_dissent_is_minuted():
    told(
        "propose --ref P1 --title Beds --version 1 --on 2024-02-01",
        "sign-off P1 --partner alliance --position object --words 'no plan for carers' --on 2024-02-20",
        "disagree P1 --ref G1 --partner alliance --grounds 'no plan for carers' --on 2024-02-20",
        "escalate G1 --to locality-board --rung 2 --respond-by 2024-03-01 --on 2024-02-22",
        "escalate G1 --to chief-executive --rung 3 --on 2024-03-02",
        "decide P1 --ref D1 --maker place-committee --for icb --outcome approved --on 2024-03-12",
        "resolve G1 --as overruled --who place-committee --by-decision D1 --on 2024-03-12",
        "resolve G1 --as dissent --partner alliance --words 'carers were not asked' --by-decision D1 --on 2024-03-12",
    )
    (disagreement,) = only("D1")["disagreements"]
    assert (disagreement["state"], disagreement["dissent"]) == ("overruled", "carers were not asked")


def test_each_body_takes_its_own_decision_and_only_one_half_is_called_in():
    told(
        "propose --ref P1 --title Beds --version 1 --on 2024-02-01",
        "decide P1 --ref ICB1 --maker place-committee --for icb --outcome approved --on 2024-03-12",
        "decide P1 --ref CAB1 --maker cabinet --for council --outcome approved --on 2024-03-12",
        "publish CAB1 --call-in-until 2024-03-21 --on 2024-03-14",
        "call-in CAB1 --who scrutiny --grounds 'too dear' --on 2024-03-20",
    )
    assert [state("decisions", ref, "--on", "2024-03-25") for ref in ("ICB1", "CAB1")] == ["approved", "called in"]
    told("call-in CAB1 --concluded --result 'no action' --on 2024-04-02", "implement CAB1 --wholly --on 2024-05-01")
    assert state("decisions", "CAB1", "--on", "2024-04-02") == "approved"
    assert state("decisions", "CAB1") == "implemented"


def test_a_matter_is_delegated_to_an_officer_who_decides_and_reports_back():
    told(
        "propose --ref P1 --title Beds --version 1 --on 2024-02-01",
        "decide P1 --ref D1 --maker cabinet --for council --outcome delegated --report-to cabinet --on 2024-03-12",
        "delegate --ref L1 --delegator cabinet --delegate director --set matters=P1 --by-decision D1 --must-consult "
        "chief-executive --on 2024-03-12",
        "decide P1 --ref O1 --maker director --for council --outcome approved --under L1 --consulted chief-executive "
        "--method individual --on 2024-03-20",
        "report-back O1 --to cabinet --on 2024-04-16",
    )
    (hop,) = only("O1")["authority"]
    assert (hop["delegation"], hop["valid"].partition(":")[0]) == ("delegation:L1", "in force")


def test_an_urgent_decision_is_reported_and_not_ratified_on_a_date_of_its_own():
    told(
        "decide --ref U1 --title 'Close the ward' --maker chief-executive --for trust --outcome approved --urgent "
        "'flood' --method individual --on 2024-03-02",
        "report-back U1 --to full-council --on 2024-03-12",
        "ratify U1 --declined --no-stands --maker full-council --on 2024-03-12",
    )
    assert state("decisions", "U1", "--on", "2024-03-11") == "approved"
    assert state("decisions", "U1", "--on", "2024-03-12") == "not ratified"


def test_a_decision_is_varied_replaced_and_its_successor_ended():
    told(
        "decide --ref D1 --title Beds --maker cabinet --for council --outcome approved --on 2024-03-12",
        "decide --ref D2 --title 'More beds' --maker cabinet --for council --outcome approved --on 2024-06-11",
        "vary D1 --by-decision D2 --value £480k --effective 2024-07-01 --on 2024-06-11",
        "supersede D1 --with D2 --on 2024-07-09",
        "rescind D2 --maker cabinet --reason 'no money' --on 2024-10-08",
    )
    states = [state("decisions", "D1", "--on", day) for day in ("2024-06-30", "2024-07-09")]
    assert [*states, state("decisions", "D2")] == ["approved", "superseded", "rescinded"]


def test_minutes_are_corrected_by_the_next_meeting_and_what_was_believed_stays():
    told(
        "decide --ref D1 --title Beds --maker cabinet --for council --outcome approved --on 2024-02-12",
        "correct D1 on=2024-02-11 --reason 'the meeting was on the eleventh' --set on_authority.kind=meeting "
        "--set on_authority.meeting=NLB-2024-05-15 --on 2024-05-15",
    )
    before = answer("log")["items"][-1]["position"] - 1
    assert only("D1")["decision"]["on"] == "2024-02-11"
    assert only("D1", "--known", f"@{before}")["decision"]["on"] == "2024-02-12"


def test_a_file_that_was_wrong_is_retracted_and_what_it_said_stays_in_the_history():
    told(
        "decide --ref D1 --title Beds --maker cabinet --outcome approved --on 2024-02-12",
        "retract D1 --reason 'a test'",
    )
    assert answer("list", "decisions")["items"] == []
    assert len(answer("history", "D1")["items"]) == 2


def test_a_power_is_suspended_used_again_and_taken_back():
    told(
        "delegate --ref L1 --delegator icb-board --delegate place-committee --limit 'up to £500k per decision' --on 2024-04-01",
        "suspend L1 --reason 'an inquiry' --on 2024-06-01",
        "resume L1 --on 2024-07-01",
        "revoke L1 --reason 'a deficit' --on 2024-10-08",
    )
    days = ("2024-04-01", "2024-06-01", "2024-07-01", "2024-10-08")
    assert [state("delegations", "L1", "--on", day) for day in days] == ["in force", "suspended", "in force", "revoked"]
