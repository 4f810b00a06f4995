"""Who sat on the Steering Council, who decided before, and what its minutes say."""

from __future__ import annotations

import pytest

from tests.examples.peps.records import COUNCIL, decided, election, of_type, only, opened, said, seat, status


def test_a_seat_is_taken_when_voting_ended_and_known_when_the_record_of_members_says_so(facts):
    written = facts(opened("PEP 8101", "2019-11-01T10:00:00Z"), seat("Cy Cooper", term="2020"), election())
    appointed = only(written, "body.member_appointed")
    assert (appointed["stream"], appointed["on"]) == (f"body:{COUNCIL}", "2019-12-16")
    assert appointed["source"]["recorded_at"] == "2020-02-28T22:15:03Z"
    assert appointed["data"] == {
        "member": "person:p-002",
        "role": "member",
        "seat": "elected",
        "by_decision": "decision:PEP 8101 election",
        "term": "2020",
    }
    assert "recorded_at" not in only(written, "decision.taken")["source"]


def test_a_seat_ends_with_the_election_that_was_lost(facts):
    first = election("PEP 8100", "February 4, 2019", ["Ann Archer", "Cy Cooper"])
    written = facts(
        seat("Ann Archer", time="2019-02-04T17:53:23Z"),
        seat("Cy Cooper", time="2019-02-04T17:53:23Z"),
        seat("Bo Baker"),
        seat("Ann Archer", "appointment_ended"),
        first,
        election(winners=["Bo Baker", "Cy Cooper"]),
    )
    ended = only(written, "body.member_ended")
    assert (ended["on"], ended["data"]) == ("2019-12-16", {"by_decision": "decision:PEP 8101 election"})
    assert ended["of"] == {"stream": f"body:{COUNCIL}", "n": 2}
    assert of_type(written, "body.member_ended", "body.member_appointed")[2]["type"] == "body.member_ended"


def test_a_seat_that_no_election_explains_has_the_day_of_the_commit(facts):
    ended = seat("Cy Cooper", "appointment_ended", "2020-06-01T10:00:00Z")
    written = facts(seat("Cy Cooper", time="2020-05-01T10:00:00Z"), ended)
    assert only(written, "body.member_appointed")["on"] == "2020-05-01T10:00:00Z"
    assert only(written, "body.member_ended")["on"] == "2020-06-01T10:00:00Z"


def test_an_election_that_the_record_of_members_names_wrongly_is_contradicted(facts):
    written = facts(
        seat("Cy Cooper", authority="PEP 8100"), election("PEP 8100", "February 4, 2019", ["Ann Archer"]), election()
    )
    contradicted = only(written, "record.contradicted")
    assert contradicted["data"] == {"path": "/by_decision", "says": "decision:PEP 8100 election"}


def test_a_seat_of_nobody_is_a_row(facts):
    written = facts(seat("to be determined"), seat("TBD", "appointment_ended"))
    assert len(of_type(written, "row.imported")) == 2


def test_an_election_has_a_ballot_only_where_its_table_is_whole(facts):
    rule, rows = "+-----+---+", "| Cy Cooper | 9 |\n+-----+---+\n| Dee (D) Dunn | 4 |"
    table = f"{rule}\n| Candidate | Votes |\n+=====+===+\n{rows}\n"
    told = f"Of the 82 eligible voters, 63 cast ballots.\n\n* Cy Cooper\n\n{table}"
    votes = only(facts(election(results=f"{told}{rule}")), "decision.taken")["data"]["votes"]
    assert votes == {
        "eligible": 82,
        "cast": 63,
        "ballot": {
            "choices": ["Cy Cooper", "Dee (D) Dunn"],
            "seats": 1,
            "rounds": [{"totals": ["9", "4"]}],
            "chosen": [0],
        },
    }
    assert only(facts(election(results=told)), "decision.taken")["data"]["votes"] == {"eligible": 82, "cast": 63}


def test_who_decided_before_the_council_is_read_out_of_records_about_something_else(facts):
    written = facts(
        opened(authors=["Guido van Rossum"]),
        status("Accepted", time="2001-02-01T10:00:00Z", note="This proposal has been accepted by the BDFL."),
        status("Draft", "Active", "2014-09-03T10:00:00Z", note="With GvR's approval, Bo is the BDFL-Delegate"),
        opened("PEP 8000", "2018-08-25T10:00:00Z", "Governance"),
        seat("Cy Cooper", time="2020-02-28T10:00:00Z"),
        election(),
    )
    told = [
        (fact["type"], fact.get("on"), fact["source"]["recorded_at"][:4])
        for fact in written
        if fact["stream"] in {"post:BDFL", "function:PEPs"}
    ]
    assert told == [
        ("post.established", None, "2001"),
        ("function.catalogued", None, "2001"),
        ("function.duty_placed", None, "2001"),
        ("post.filled", None, "2014"),
        ("post.vacated", None, "2018"),
        ("function.duty_ended", None, "2018"),
        ("function.duty_placed", "2019-12-16", "2020"),
    ]


def test_a_keyword_in_a_minute_is_no_decision(facts):
    meeting = {"id": "psc-2020-11-02", "body": COUNCIL, "at": "2020-11-02"}
    item = {"meeting": "psc-2020-11-02", "proposals": ["PEP 9"], "verb": "accepted", "text": "The SC accepted PEP 9."}
    count = {"meeting": "psc-2020-11-02", "count": 4, "text": "4 SC members present"}
    time = "2020-11-04T12:00:00Z"
    written = facts(
        opened(),
        said("meeting", time, **meeting),
        said("minute_item", time, **item),
        said("attendance_count", time, **count),
    )
    held = only(written, "meeting.held")
    assert (held["on"], held["data"]) == ("2020-11-02", {"ref": "psc-2020-11-02", "bodies": [f"body:{COUNCIL}"]})
    assert only(written, "meeting.item_considered")["data"] == {
        "proposals": [{"proposal": "proposal:PEP 9"}],
        "words": "The SC accepted PEP 9.",
    }
    assert only(written, "record.corrected")["data"]["changes"] == [{"path": "/attendance_count", "now": 4}]
    assert of_type(written, "decision.taken") == []


def test_minutes_of_a_quarter_have_no_day(facts):
    written = facts(said("meeting", "2024-08-14T16:39:41Z", id="psc-2024-01,02,03.md", body=COUNCIL))
    assert "on" not in only(written, "meeting.held")


def a_minute(text, time="2024-08-14T16:39:41Z", verb="accepted"):
    met = said("meeting", time, id="psc-2024-03", body=COUNCIL)
    return [met, said("minute_item", time, meeting="psc-2024-03", proposals=["PEP 9"], verb=verb, text=text)]


def test_on_whose_recommendation_a_decision_was_taken_is_told_of_that_decision(facts):
    sentence = "Accepted [PEP 9 Words](https://example.org/9) per the Typing Council's recommendation."
    written = facts(opened(), *decided("approved", "Accepted"), *a_minute(sentence))
    corrected = only(written, "record.corrected")
    assert corrected["of"] == {"stream": "decision:PEP 9#2", "n": 1}
    assert corrected["data"] == {
        "changes": [{"path": "/recommended_by", "now": ["body:Typing Council"]}],
        "reason": sentence,
    }
    assert corrected["source"]["recorded_at"] == "2024-08-14T16:39:41Z"
    assert "decision_makers" not in only(written, "decision.taken")["data"], "who accepted it is not said"


@pytest.mark.parametrize(
    "minute",
    [
        a_minute("Accepted PEP 9 after the Typing Council had spoken."),
        a_minute("Decided on the Typing Council's recommendation to wait.", verb="decided"),
        a_minute("Accepted PEP 9 per the Typing Council's recommendation.", "2000-12-01T10:00:00Z"),
    ],
)
def test_what_a_minute_does_not_say_of_a_decision_is_not_told_of_it(facts, minute):
    written = facts(opened(), *decided("approved", "Accepted"), *minute)
    assert of_type(written, "record.corrected") == []


def test_a_recommendation_without_a_decision_decides_nothing(facts):
    written = facts(opened(), *a_minute("Accepted PEP 9 per the Typing Council's recommendation."))
    assert of_type(written, "record.corrected", "decision.taken") == []
