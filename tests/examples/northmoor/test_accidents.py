"""The slips of busy, honest people, each seen in the plain facts, and the same done properly elsewhere in the year."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from tests.examples.northmoor.year import Year, sign

_LONDON = ZoneInfo("Europe/London")
_POOLED = "fund:northmoor-better-care-fund"


def _decision(year: Year, ref: str):
    return year.one("decision.taken", f"decision:{ref}")


def _limit(year: Year, delegation: str) -> int:
    """The limit in pence, as the delegation was granted."""
    return year.one("delegation.granted", f"delegation:{delegation}")["data"]["limits"][0]["money"]["amount"]


def _amount(year: Year, ref: str) -> int:
    """The value in pence, as it is corrected."""
    corrections = year.find(sign("record.corrected", {"changes.path": "/value/0/money/amount"}), f"decision:{ref}")
    if corrections:
        return corrections[-1]["data"]["changes"][0]["now"]
    return _decision(year, ref)["data"]["value"][0]["money"]["amount"]


def _relies_on(year: Year, ref: str) -> str:
    return _decision(year, ref)["data"]["authority"][0]["delegation"].removeprefix("delegation:")


def _present(year: Year, meeting: str, at: str) -> list[str]:
    """Who was there at a time, apart from those who are no members."""
    moment = datetime.fromisoformat(at).astimezone(_LONDON)
    return [
        attendee["by"]
        for attendee in year.one("meeting.held", f"meeting:{meeting}")["data"]["attendance"]
        if attendee.get("presence") != "apologies"
        and not any(
            datetime.fromisoformat(interval["left"]) <= moment
            for interval in attendee.get("intervals", ())
            if "left" in interval
        )
    ]


def _held(year: Year, body: str, after: str) -> list[str]:
    return sorted(
        fact["on"][:10] for fact in year.find(sign("meeting.held", bodies=f"body:{body}")) if fact["on"][:10] > after
    )


def test_over_the_limit_after_the_figure_was_corrected(year):
    assert _relies_on(year, "NLB/25-26/031") == "SORD-7.2"
    assert _amount(year, "NLB/25-26/031") > _limit(year, "SORD-7.2")


def test_above_the_limit_and_so_sent_to_the_board(year):
    assert _decision(year, "PC/25-26/016")["data"]["outcome"] == "referred"
    assert _amount(year, "ICB/25-26/014") > _limit(year, "SORD-7.2")
    assert _decision(year, "ICB/25-26/014")["data"]["decision_makers"] == ["body:northmoor-icb-board"]


def test_under_a_delegation_that_had_expired(year):
    until = year.one("delegation.granted", "delegation:SORD-9.1")["data"]["until"]
    assert {_relies_on(year, "ICB/25-26/U01"), _relies_on(year, "ICB/25-26/U02")} == {"SORD-9.1"}
    assert _decision(year, "ICB/25-26/U01")["on"] < until <= _decision(year, "ICB/25-26/U02")["on"]


def test_decided_without_a_quorum(year):
    needed = year.one("body.terms_adopted", "body:northmoor-icb-place-committee", version="1.0")["data"]["quorum_rule"]
    decided = _decision(year, "PC/25-26/011")
    assert len(_present(year, "PC-2025-07-17", decided["on"])) == 2 < needed["at_least"]
    assert year.find(sign("decision.ratified", meeting="meeting:PC-2025-09-11"), "decision:PC/25-26/011")


def test_put_off_when_the_quorum_was_lost(year):
    assert year.one("meeting.adjourned", "meeting:PC-2026-01-15")["data"]["items"] == ["6"]
    assert len(_present(year, "PC-2026-01-20", "2026-01-20T10:00:00+00:00")) == 3
    assert _decision(year, "PC/25-26/024")["data"]["meeting"] == "meeting:PC-2026-01-20"


def test_partners_who_must_sign_and_were_not_asked_and_partners_who_signed(year):
    terms = year.one("body.terms_adopted", "body:northmoor-locality-board", version="2.0")["data"]["sign_off"]
    always = {each["partner"] for each in terms if "applies_to" not in each}
    signed = {
        paper: {
            fact["data"]["on_behalf_of"][0] for fact in year.find(sign("proposal.position_taken"), f"proposal:{paper}")
        }
        for paper in ("NLB/25-26/P11", "NLB/25-26/P06")
    }
    assert signed["NLB/25-26/P11"] == set()
    assert always <= signed["NLB/25-26/P06"]


def test_a_sign_off_of_another_version(year):
    assert _decision(year, "JC/25-26/008")["data"]["proposals"] == [
        {"proposal": "proposal:JC/25-26/P03", "version": "2"}
    ]
    signed = year.find(
        sign("proposal.position_taken", on_behalf_of="organisation:northmoor-acute"), "proposal:JC/25-26/P03"
    )
    assert [fact["data"]["version"] for fact in signed] == ["1"]


def test_every_sign_off_renewed_for_the_new_version(year):
    positions = year.find(sign("proposal.position_taken"), "proposal:NLB/25-26/P05")
    versions = {
        version: {fact["data"]["on_behalf_of"][0] for fact in positions if fact["data"]["version"] == version}
        for version in "12"
    }
    assert versions["1"] == versions["2"]


def test_a_conflict_that_nobody_managed(year):
    declared = year.one("meeting.interest_declared", "meeting:PC-2025-07-17")
    votes = _decision(year, "PC/25-26/009")["data"]["votes"]["named"]
    assert {"by": declared["data"]["by"], "vote": "in-favour"} in votes
    found_out = year.one("meeting.conflict_managed", "meeting:PC-2025-07-17")
    assert (found_out["on"], found_out["data"]["as_intended"]) == ("2025-09-11", False)


def test_the_same_conflict_managed(year):
    assert year.one("meeting.interest_declared", "meeting:PC-2025-09-11")["data"]["by"] == "person:p-012"
    managed = year.one("meeting.conflict_managed", "meeting:PC-2025-09-11")["data"]
    assert managed["management"] == "leaves-for-item"
    assert managed["left"] < managed["returned"]


def test_the_forum_acts_as_if_it_could_decide(year):
    assert year.one("body.constituted", "body:northmoor-locality-board")["data"]["kind"] == "advisory-forum"
    by_the_forum = year.find(sign("decision.taken", decision_makers="body:northmoor-locality-board"))
    acted = [fact["data"]["ref"] for fact in by_the_forum if fact["data"]["outcome"].startswith("approved")]
    assert acted == ["NLB/25-26/021"]
    assert not year.find(sign("decision.taken", {"links.decision": "decision:NLB/25-26/021"}))


def test_the_forum_advises_and_a_decider_decides(year):
    assert _decision(year, "NLB/25-26/002")["data"]["next"][0]["to"] == "body:northmoor-icb-place-committee"
    assert _decision(year, "PC/25-26/004")["data"]["recommended_by"] == ["body:northmoor-locality-board"]


def test_urgent_and_never_ratified(year):
    urgent = _decision(year, "ICB/25-26/U03")
    assert urgent["data"]["urgent"]
    assert _held(year, "northmoor-icb-board", urgent["on"]) == ["2026-01-08", "2026-03-26"]
    since = {fact["type"] for fact in year.facts if fact["stream"] == "decision:ICB/25-26/U03"}
    assert since == {"decision.taken"}


def test_urgent_and_ratified_at_the_next_meeting(year):
    urgent = _decision(year, "ICB/25-26/U01")
    ratified = year.one("decision.ratified", "decision:ICB/25-26/U01")
    assert _held(year, "northmoor-icb-place-committee", urgent["on"])[0] == ratified["on"]


def test_a_report_that_is_missing(year):
    due = _decision(year, "JC/25-26/010")["data"]["report_to"][0]["due"]
    assert due in _held(year, "northmoor-joint-committee", "2025-09-18")
    assert not year.find(sign("decision.reported_back"), "decision:JC/25-26/010")


def test_a_report_that_came_when_it_was_due(year):
    corrected = year.one("record.corrected", "decision:PC/25-26/010")["data"]["changes"][0]
    reported = year.one("decision.reported_back", "decision:PC/25-26/010")
    assert (corrected["path"], corrected["now"]) == ("/report_to/0/due", reported["on"])


def test_the_joint_committee_decides_for_one_side(year):
    given_by = year.one("delegation.granted", "delegation:S75-JC")["data"]["on_behalf_of"]
    decided = _decision(year, "JC/25-26/015")["data"]
    assert set(decided["on_behalf_of"]) < set(given_by)
    assert decided["value"][0]["fund"] == _POOLED
    by_the_other = year.find(sign("decision.taken", {"proposals.proposal": "proposal:JC/25-26/P05"}))
    assert [fact["data"]["ref"] for fact in by_the_other] == ["JC/25-26/015"]


def test_the_joint_committee_decides_for_both(year):
    given_by = year.one("delegation.granted", "delegation:S75-JC")["data"]["on_behalf_of"]
    assert set(_decision(year, "JC/25-26/020")["data"]["on_behalf_of"]) == set(given_by)


def test_money_of_two_spent_by_one(year):
    parties = year.one("fund.established", _POOLED)["data"]["parties"]
    spent = _decision(year, "DASS/25/014")["data"]
    assert spent["value"][0]["fund"] == _POOLED
    given_by = year.one("delegation.granted", spent["authority"][0]["delegation"])["data"]["on_behalf_of"]
    assert set(given_by) < set(parties)
    assert year.one("finding.explained", "decision:DASS/25/014")["on"] == "2026-03-05"


def test_money_of_two_spent_for_two_and_of_one_for_one(year):
    for_two, for_one = (_decision(year, ref)["data"] for ref in ("JC/25-26/008", "DASS/25/009"))
    assert (for_two["value"][0]["fund"], len(for_two["on_behalf_of"])) == (_POOLED, 2)
    assert ("fund" in for_one["value"][0], for_one["on_behalf_of"]) == (False, ["organisation:northmoor-council"])


def test_a_review_that_nobody_thought_of(year):
    granted = year.one("delegation.granted", "delegation:S75-JC")["data"]
    assert granted["review_by"] == "2026-03-31"
    assert not year.find(sign("delegation.reviewed"), "delegation:S75-JC")
    assert not year.find(sign("delegation.varied", review_by="2027-03-31"), "delegation:S75-JC")


def test_a_review_in_time(year):
    granted = year.one("delegation.granted", "delegation:SORD-7.2")["data"]
    assert year.one("delegation.reviewed", "delegation:SORD-7.2")["on"] <= granted["review_by"]


def test_a_rung_left_after_its_day_and_one_in_time(year):
    up, further_up = year.find(sign("disagreement.escalated"), "disagreement:NLB/25-26/D02")
    assert up["data"]["respond_by"] < further_up["on"]
    raised = year.one("disagreement.raised", "disagreement:NLB/25-26/D05")["data"]
    assert year.one("disagreement.reconciled", "disagreement:NLB/25-26/D05")["on"] <= raised["respond_by"]


def test_carried_out_before_its_condition_was_met(year):
    stated = _decision(year, "PC/25-26/004")["data"]["conditions"]
    assert [each["id"] for each in stated if each.get("kind") == "precedent"] == ["C2"]
    begun = year.one("decision.implemented", "decision:PC/25-26/004")
    met = year.one("condition.discharged", "decision:PC/25-26/004", condition="C2")
    assert begun["on"] < met["on"]


def test_carried_out_after_its_condition_was_met(year):
    begun = year.one("decision.implemented", "decision:ICB/25-26/014")
    met = year.one("condition.discharged", "decision:ICB/25-26/014", condition="C1")
    assert met["on"] < begun["on"]


def test_minutes_that_lay_unconfirmed_through_four_meetings(year):
    confirmed = year.one("meeting.minutes_confirmed", "meeting:NLB-2025-05-15")["on"]
    later = _held(year, "northmoor-locality-board", "2025-05-15")
    assert later.index(confirmed) == 4


def test_minutes_confirmed_at_the_next_meeting(year):
    confirmed = year.one("meeting.minutes_confirmed", "meeting:PC-2025-05-15")["on"]
    assert _held(year, "northmoor-icb-place-committee", "2025-05-15")[0] == confirmed


def test_two_who_vote_hold_no_seat(year):
    seats = {
        fact["data"]["member"] for fact in year.find(sign("body.member_appointed"), "body:northmoor-joint-committee")
    }
    holders = {fact["data"]["person"] for post in seats for fact in year.find(sign("post.filled"), post)}
    voted = {vote["by"] for vote in _decision(year, "JC/25-26/008")["data"]["votes"]["named"]}
    assert voted - holders == {"person:p-001", "person:p-005"}


def test_a_deputy_where_none_is_allowed_and_one_who_is_named(year):
    rules = year.one("body.terms_adopted", "body:northmoor-icb-place-committee", version="1.0")["data"]["deputies"]
    sat = year.one("meeting.held", "meeting:PC-2025-05-15")["data"]["attendance"]
    assert rules == {"allowed": False}
    assert [each["by"] for each in sat if "deputy_for" in each] == ["person:p-017"]
    named = year.one("body.member_appointed", "body:northmoor-joint-committee", role="deputy")["data"]["member"]
    deputies = [
        each for each in year.one("meeting.held", "meeting:JC-2026-03-05")["data"]["attendance"] if "deputy_for" in each
    ]
    assert [each["by"] for each in deputies] == [year.one("post.filled", named)["data"]["person"]]


def test_a_delegation_forgotten_in_a_merger_and_one_continued(year):
    assert year.one("organisation.dissolved", "organisation:northmoor-acute")
    since = {
        ref: {fact["type"] for fact in year.facts if fact["stream"] == f"delegation:{ref}"} - {"delegation.granted"}
        for ref in ("NHT-4.1", "NHT-4.2", "NHT-4.3", "NHT-4.4")
    }
    assert since == {
        "NHT-4.1": {"delegation.continued"},
        "NHT-4.2": {"delegation.continued"},
        "NHT-4.3": {"delegation.lapsed"},
        "NHT-4.4": set(),
    }


def test_a_decision_written_down_months_later_and_one_on_the_day(year):
    late, prompt = (_decision(year, ref) for ref in ("DASS/25/009", "DASS/25/015"))
    assert (late["on"], late["source"]["recorded_at"]) == ("2025-10-02", "2026-02-27")
    assert prompt["on"] == prompt["source"]["recorded_at"]


def test_an_interest_that_was_not_declared_and_one_that_was(year):
    registered = year.one("interest.registered", "interest:northmoor-council/RoI/002")
    said = year.one("meeting.interest_declared", "meeting:CAB-2025-10-14")
    assert registered["data"]["arose"] < "2025-10-14" < registered["on"] <= said["on"]
    assert year.one("meeting.interest_declared", "meeting:NLB-2025-07-10")["on"] == "2025-07-10"
