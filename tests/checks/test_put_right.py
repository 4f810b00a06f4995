"""What was put right: by a ratification, or by deciding again, of those who could."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from decisionlog.domain.days import OPEN_END, span
from tests.checks.clean import CLEAN, POUNDS_500K, fact
from tests.checks.histories import clean

D1 = {"stream": "decision:D1", "n": 1}
REVOKED = fact("delegation.revoked", "delegation:S1", "2026-03-01", of={"stream": "delegation:S1", "n": 1})


def moment(day):
    return span(day, ZoneInfo("Europe/London")).earliest


def ratified(on="2026-04-09", **data):
    return fact("decision.ratified", "decision:D1", on, of=D1, **_given({"decision_makers": ["body:board"], **data}))


def _given(data):
    return {name: value for name, value in data.items() if value is not None}


def decided(**data):
    """The board decides the same on 9 April, by its own power."""
    own = {**CLEAN["D1"]["data"], "ref": "D2", "decision_makers": ["body:board"], "meeting": None, "consulted": []}
    own |= {"authority": [{"legal_basis": "original-power"}], "proposals": None, "interests": [], **data}
    return fact("decision.taken", "decision:D2", "2026-04-09", **_given(own))


def expired(**more):
    return clean().also(revoked=REVOKED, **more)


def until(history, rule="GL04"):
    (found,) = [one for one in history.findings(rule, on="2026-04-08") if one.subject == "decision:D1"]
    return found.until


# Ratified


def test_a_ratification_by_those_who_have_the_power_ends_the_finding_on_its_day():
    place = expired(ratified=ratified())
    assert until(place) == moment("2026-04-09")
    place.trips("GL04", "D1", "revoked", on="2026-04-08")
    place.is_clean(on="2026-04-09")


def test_without_one_it_has_no_end():
    assert until(expired()) == OPEN_END


def test_a_ratification_that_was_retracted_is_none():
    gone = fact("record.retracted", "decision:D1", "2026-04-20", of={"stream": "decision:D1", "n": 3})
    assert until(expired(ratified=ratified(), gone=gone)) == OPEN_END


def test_one_of_which_it_is_not_recorded_by_whom_is_believed():
    assert until(expired(ratified=ratified(decision_makers=None))) == moment("2026-04-09")


def test_those_whose_power_had_ended_cannot_ratify_what_they_did():
    history = expired(ratified=ratified(decision_makers=["body:committee"])).but("committee", parents=[])
    assert until(history) == OPEN_END
    again = {**CLEAN["grant"], "on": "2026-04-01", "stream": "delegation:S9"}
    again["data"] = {**again["data"], "ref": "S9"}
    assert until(history.also(again=again)) == moment("2026-04-09")


def test_nor_can_others_who_have_no_power_for_it():
    other = fact("body.constituted", "body:other", "2022-07-01", ref="other", kind="committee", name="Other")
    assert until(expired(other=other, ratified=ratified(decision_makers=["body:other"]))) == OPEN_END


def test_nor_can_a_forum():
    other = fact("body.constituted", "body:other", "2022-07-01", ref="other", kind="advisory-forum", name="Other")
    place = expired(other=other, ratified=ratified(decision_makers=["body:other"]))
    assert until(place) == OPEN_END
    assert until(place.without("duty")) == OPEN_END


def test_where_nobody_is_recorded_with_the_duty_others_than_who_decided_are_believed():
    assert until(expired(ratified=ratified()).without("duty")) == moment("2026-04-09")
    themselves = expired(ratified=ratified(decision_makers=["body:committee"])).without("duty")
    assert until(themselves) == OPEN_END


def test_it_must_be_ratified_for_everybody_who_is_bound():
    both = ["organisation:icb", "organisation:council"]
    place = expired().but("D1", on_behalf_of=both, authority=[{"delegation": "delegation:S1"}])
    for_one = ratified(on_behalf_of=["organisation:icb"])
    for_other = ratified("2026-04-20", on_behalf_of=["organisation:council"])
    assert until(place.also(one=for_one)) == OPEN_END
    assert until(place.also(one=for_one, other=for_other)) == moment("2026-04-20")
    assert until(place.also(one=ratified())) == moment("2026-04-09")


def test_the_decision_by_which_it_was_ratified_says_what_the_ratification_does_not():
    place = expired(D2=decided(), ratified=ratified(decision_makers=None, by_decision="decision:D2"))
    assert until(place) == moment("2026-04-09")
    no_power = place.but("D2", decision_makers=["body:committee"]).but("committee", parents=[])
    assert until(no_power) == OPEN_END


# Decided again


@pytest.mark.parametrize("link", ["confirms", "reconsiders"])
def test_a_decision_that_says_that_it_decides_again_ends_the_finding(link):
    history = expired(D2=decided(links=[{"decision": "decision:D1", "link": link}]))
    assert until(history) == moment("2026-04-09")


@pytest.mark.parametrize("link", ["amends", "follows", "adopts", "exercises"])
def test_one_that_is_linked_in_another_way_does_not(link):
    assert until(expired(D2=decided(links=[{"decision": "decision:D1", "link": link}]))) == OPEN_END


def test_a_decision_that_took_its_place_ends_the_finding():
    superseded = fact("decision.superseded", "decision:D1", "2026-04-09", of=D1, by_decisions=["decision:D2"])
    place = expired(D2=decided(), superseded=superseded)
    assert until(place) == moment("2026-04-09")
    assert until(place.but("superseded", wholly=True)) == moment("2026-04-09")
    assert until(place.but("superseded", wholly=False)) == OPEN_END


def again(**more):
    return expired(D2=decided(links=[{"decision": "decision:D1", "link": "reconsiders"}]), **more)


def test_one_that_decides_nothing_is_none():
    for outcome in ("noted", "deferred"):
        assert until(again().but("D2", outcome=outcome)) == OPEN_END
    assert until(again().but("D2", outcome="rejected")) == moment("2026-04-09")


def test_one_that_was_struck_down_is_none():
    void = fact("decision.voided", "decision:D2", "2026-05-01", of={"stream": "decision:D2", "n": 1})
    assert until(again(void=void)) == OPEN_END


def test_one_of_earlier_days_is_none():
    assert until(again().but("D2", on="2026-03-02")) == OPEN_END


def test_one_that_has_the_same_fault_is_none():
    assert until(again().but("D2", authority=CLEAN["D1"]["data"]["authority"])) == OPEN_END


def test_two_decisions_of_one_day_that_name_each_other_are_followed_once():
    links = [{"decision": "decision:D2", "link": "reconsiders"}]
    place = again().but("D1", links=links).but("D2", on="2026-03-12")
    assert not place.findings("GL04", on="2026-03-12")
    (found,) = place.but("D2", on="2026-03-13").findings("GL04", on="2026-03-12")
    assert found.until == moment("2026-03-13")


# Other rules


def over_limit(**more):
    return clean().but("D1", value=[{"money": {"amount": 60_000_000, "currency": "GBP"}}]).also(**more)


def test_who_is_over_a_limit_cannot_ratify_it_and_the_board_can():
    assert until(over_limit(ratified=ratified()), "GL01") == moment("2026-04-09")
    themselves = over_limit(ratified=ratified(decision_makers=["body:committee"])).but("committee", parents=[])
    assert until(themselves, "GL01") == OPEN_END


def test_what_is_over_the_limit_of_the_one_who_ratifies_stays_open():
    director = fact("post.established", "post:director", "2022-07-01", ref="director", organisation="organisation:icb")
    filled = fact("post.filled", "post:director", "2022-07-01", person="person:p4", basis="substantive")
    given = {**CLEAN["grant"], "stream": "delegation:S8"}
    given["data"] = {**given["data"], "ref": "S8", "delegates": ["post:director"], "limits": [POUNDS_500K]}
    place = over_limit(
        director=director, filled=filled, given=given, ratified=ratified(decision_makers=["post:director"])
    )
    assert until(place, "GL01") == OPEN_END
    assert until(place.but("given", limits=[]), "GL01") == moment("2026-04-09")


def test_the_other_rules_about_authority_end_with_a_ratification_too():
    late = clean().but("grant", from_="2026-03-13").also(ratified=ratified())
    assert until(late, "GL05") == moment("2026-04-09")
    elsewhere = fact("function.catalogued", "function:other", "2022-07-01", ref="other", name="Other")
    duty = fact("function.duty_placed", "function:other", "2022-07-01", holder="organisation:icb")
    place = clean().also(other=elsewhere, other_duty=duty, ratified=ratified()).but("D1", functions=["function:other"])
    assert until(place.but("board", parents=[{"parent": "organisation:icb"}]), "GL07") == moment("2026-04-09")
    assert until(place, "GL07") == OPEN_END
    unheard = clean().without("s-council").but("D1", consulted=[]).also(ratified=ratified())
    assert until(unheard, "GL32") == moment("2026-04-09")
    assert until(unheard.but("ratified", decision_makers=["body:committee"]), "GL32") == OPEN_END


# Meetings


def too_few(**more):
    alone = [{"by": "person:p1", "presence": "present"}]
    return clean().but("held", attendance=alone, quorum=None).also(**more)


def at_the_next(**data):
    return ratified(**{"decision_makers": ["body:committee"], "meeting": "meeting:M2", **data})


def test_the_next_quorate_meeting_can_ratify_what_an_inquorate_one_decided():
    place = too_few(ratified=at_the_next())
    assert until(place, "GL11") == moment("2026-04-09")
    place.is_clean(on="2026-04-09")
    assert until(place.but("next", attendance=[{"by": "person:p1", "presence": "present"}]), "GL11") == OPEN_END
    assert until(place.but("next", quorum={"quorate": False}), "GL11") == OPEN_END


def test_so_can_a_body_above_and_not_another():
    assert until(too_few(ratified=ratified()), "GL11") == moment("2026-04-09")
    other = fact("body.constituted", "body:other", "2022-07-01", ref="other", kind="committee", name="Other")
    assert until(too_few(other=other, ratified=ratified(decision_makers=["body:other"])), "GL11") == OPEN_END


def test_what_an_inquorate_meeting_decides_again_is_not_put_right():
    alone = [{"by": "person:p1", "presence": "present"}]
    links = [{"decision": "decision:D1", "link": "confirms"}]
    place = too_few(D2=decided(links=links, decision_makers=["body:committee"], meeting="meeting:M2"))
    assert until(place, "GL11") == moment("2026-04-09")
    assert until(place.but("next", attendance=alone, quorum=None), "GL11") == OPEN_END


def conflicted(**more):
    declared = fact(
        "meeting.interest_declared", "meeting:M1", "2026-03-12", by="person:p2", items=["4"], conflict="actual"
    )
    return clean().also(declared=declared, **more)


def reviewed(**data):
    said = {"who": "body:committee", "conclusion": "keep", "meeting": "meeting:M2", "item": "6", **data}
    return fact("decision.reviewed", "decision:D1", "2026-04-09", **_given(said))


def _ends(history, rule="GL15"):
    (found,) = history.findings(rule, on="2026-04-08")
    return found.until


WITHOUT_P2 = [{"by": "person:p1", "presence": "present"}, {"by": "person:p3", "presence": "present"}]


def test_a_matter_that_was_looked_at_again_without_the_person_is_put_right():
    place = conflicted(reviewed=reviewed())
    assert _ends(place) == OPEN_END
    assert _ends(place.but("next", attendance=WITHOUT_P2)) == moment("2026-04-09")
    away = [*WITHOUT_P2, {"by": "person:p2", "presence": "apologies"}]
    assert _ends(place.but("next", attendance=away)) == moment("2026-04-09")
    for again in (at_the_next(), ratified()):
        assert _ends(conflicted(again=again).but("next", attendance=WITHOUT_P2)) == moment("2026-04-09")


def test_who_stood_aside_the_second_time_had_no_part_in_it():
    declared = fact("meeting.interest_declared", "meeting:M2", "2026-04-09", by="person:p2", items=["6"])
    left = fact(
        "meeting.conflict_managed",
        "meeting:M2",
        "2026-04-09",
        of={"stream": "meeting:M2", "n": 4},
        management="leaves-for-item",
        items=["6"],
    )
    place = conflicted(reviewed=reviewed(), again=declared)
    assert _ends(place) == OPEN_END
    assert _ends(place.also(left=left)) == moment("2026-04-09")
    assert _ends(place.also(left=left).but("left", items=["7"])) == OPEN_END


def test_a_review_by_others_who_could_not_decide_it_is_none():
    other = fact("body.constituted", "body:other", "2022-07-01", ref="other", kind="committee", name="Other")
    place = conflicted(other=other, reviewed=reviewed(who="body:other", meeting=None))
    assert _ends(place) == OPEN_END
    assert _ends(place.but("reviewed", who="body:board")) == moment("2026-04-09")


def test_a_review_does_not_put_right_what_was_done_without_power():
    assert until(expired(reviewed=reviewed(who="body:board", meeting=None))) == OPEN_END


# By whom, and for what


OTHER = fact("function.catalogued", "function:other", "2022-07-01", ref="other", name="Other")
OTHER_DUTY = fact("function.duty_placed", "function:other", "2022-07-01", holder="organisation:icb")
COMMITTEE = fact("body.constituted", "body:other", "2022-07-01", ref="other", kind="committee", name="Other")
FORUM = {**COMMITTEE, "data": {**COMMITTEE["data"], "kind": "advisory-forum"}}


def given_to_the_other(**data):
    given = {**CLEAN["grant"]["data"], "ref": "S7", "delegates": ["body:other"], **data}
    return fact("delegation.granted", "delegation:S7", "2025-04-01", **_given(given))


def test_a_forum_that_ratifies_together_with_those_who_can_takes_nothing_away_from_them():
    both = ratified(decision_makers=["body:other", "body:board"])
    assert until(expired(other=FORUM, ratified=both)) == moment("2026-04-09")


def test_who_ratifies_must_have_the_power_for_all_of_it():
    place = expired(other=COMMITTEE, given=given_to_the_other(), ratified=ratified(decision_makers=["body:other"]))
    assert until(place) == moment("2026-04-09")
    wider = place.also(second=OTHER, second_duty=OTHER_DUTY)
    wider = wider.but("D1", functions=["function:discharge", "function:other"])
    assert until(wider) == OPEN_END


def test_who_ratifies_must_have_the_power_in_its_place():
    village = fact("place.defined", "place:village", "2022-07-01", ref="village", name="Village", level="place")
    place = expired(other=COMMITTEE, village=village, given=given_to_the_other(places=["place:village"]))
    place = place.but("duty", places=None).but("board", parents=[{"parent": "organisation:icb"}])
    place = place.also(ratified=ratified(decision_makers=["body:other"]))
    assert until(place) == OPEN_END
    assert until(place.but("given", places=["place:town"])) == moment("2026-04-09")


def test_of_what_has_neither_a_place_nor_a_sum_those_without_power_put_nothing_right():
    place = expired(other=COMMITTEE, ratified=ratified(decision_makers=["body:other"]))
    place = place.but("D1", places=None, value=None).but("P1", places=None, value=None)
    assert until(place) == OPEN_END
    assert until(place.but("ratified", decision_makers=["body:board"])) == moment("2026-04-09")


def test_a_power_that_came_at_an_hour_of_the_day_of_the_ratification_may_have_been_there():
    again = {**CLEAN["grant"], "on": "2026-04-09T12:00:00+00:00", "stream": "delegation:S9"}
    again["data"] = {**again["data"], "ref": "S9"}
    place = expired(ratified=ratified(decision_makers=["body:committee"]), again=again).but("committee", parents=[])
    assert until(place) == moment("2026-04-09")
    assert until(place.but("again", on="2026-04-10")) == OPEN_END


def test_what_became_a_forum_on_the_day_of_its_ratification_is_one():
    advises = fact("body.terms_adopted", "body:committee", "2026-04-09T12:00:00+00:00", can="advise")
    again = {**CLEAN["grant"], "on": "2026-04-01", "stream": "delegation:S9"}
    again["data"] = {**again["data"], "ref": "S9"}
    place = expired(ratified=ratified(decision_makers=["body:committee"]), again=again, advises=advises)
    assert until(place) == OPEN_END
    assert until(place.but("advises", on="2026-04-10")) == moment("2026-04-09")


def test_what_became_a_forum_that_day_is_not_believed_where_nobody_is_recorded_with_the_duty():
    advises = fact("body.terms_adopted", "body:other", "2026-04-09T12:00:00+00:00", can="advise")
    place = expired(other=COMMITTEE, ratified=ratified(decision_makers=["body:other"]), advises=advises).without("duty")
    assert until(place) == OPEN_END
    assert until(place.but("advises", on="2026-04-10")) == moment("2026-04-09")


def test_a_power_that_came_from_somebody_whose_own_is_not_recorded_is_believed():
    given = given_to_the_other(delegator="organisation:council", on_behalf_of=None, legal_basis=None, instrument=None)
    place = expired(other=COMMITTEE, given=given, ratified=ratified(decision_makers=["body:other"]))
    assert until(place) == moment("2026-04-09")
    assert until(place.without("given")) == OPEN_END


def test_a_ratification_of_one_decision_is_none_of_another():
    second = {**CLEAN["D1"], "stream": "decision:D3"}
    second["data"] = {**second["data"], "ref": "D3", "value": []}
    place = conflicted(ratified=ratified()).but("next", attendance=WITHOUT_P2)
    assert _ends(place) == moment("2026-04-09")
    assert _ends(place.also(D3=second)) == OPEN_END


def test_of_two_acts_that_put_it_right_the_first_counts_whatever_their_kind():
    place = conflicted(later=ratified("2026-04-20"), reviewed=reviewed()).but("next", attendance=WITHOUT_P2)
    assert _ends(place) == moment("2026-04-09")
    assert _ends(place.but("reviewed", on="2026-04-25")) == moment("2026-04-20")


def test_a_decision_of_the_same_day_that_has_no_hour_is_not_shown_to_have_come_later():
    place = again().but("D1", on="2026-03-12T10:00:00+00:00").but("D2", on="2026-03-12")
    assert until(place) == OPEN_END
    (found,) = place.but("D2", on="2026-03-13").findings("GL04", on="2026-03-12")
    assert found.until == moment("2026-03-13")


def test_a_decision_that_took_its_place_and_was_retracted_puts_nothing_right():
    superseded = fact("decision.superseded", "decision:D1", "2026-04-09", of=D1, by_decisions=["decision:D2"])
    gone = fact("record.retracted", "decision:D2", "2026-04-20", of={"stream": "decision:D2", "n": 1})
    assert until(expired(D2=decided(), superseded=superseded, gone=gone)) == OPEN_END
    assert until(expired(superseded=superseded).but("superseded", by_decisions=None)) == OPEN_END


def test_a_decision_that_reconsiders_another_one_does_not_put_this_right():
    third = {**decided(), "stream": "decision:D3"}
    third["data"] = {**third["data"], "ref": "D3"}
    links = [{"decision": "decision:D1", "link": "follows"}, {"decision": "decision:D3", "link": "reconsiders"}]
    assert until(expired(D3=third, D2=decided(links=links))) == OPEN_END


def test_those_who_were_not_consulted_can_be_and_the_same_body_decide_again():
    links = [{"decision": "decision:D1", "link": "reconsiders"}]
    heard = [{"who": "organisation:council", "on": "2026-04-01"}]
    own = CLEAN["D1"]["data"]["authority"]
    again = decided(links=links, decision_makers=["body:committee"], authority=own, consulted=heard)
    place = clean().without("s-council").but("D1", consulted=[]).also(D2=again)
    assert until(place, "GL32") == moment("2026-04-09")
    assert until(place.but("D2", consulted=[]), "GL32") == OPEN_END


def test_those_who_decided_can_look_at_it_again_though_nobody_is_recorded_with_the_duty():
    place = conflicted(reviewed=reviewed()).without("duty").but("next", attendance=WITHOUT_P2)
    assert _ends(place) == moment("2026-04-09")
    assert _ends(place.but("reviewed", who=None)) == moment("2026-04-09")


# What the decision by which it was ratified says


def by_d2(**data):
    """D1 was ratified by the board's decision D2, which says the rest."""
    return {"D2": decided(), "ratified": ratified(decision_makers=None, by_decision="decision:D2", **data)}


def test_it_was_ratified_for_whom_the_decision_by_which_it_was_binds():
    both = ["organisation:icb", "organisation:council"]
    place = expired(**by_d2()).but("D1", on_behalf_of=both, authority=[{"delegation": "delegation:S1"}])
    assert until(place.but("D2", on_behalf_of=both)) == moment("2026-04-09")
    assert until(place.but("D2", on_behalf_of=["organisation:icb"])) == OPEN_END


def test_who_took_part_in_it_is_said_by_either():
    place = conflicted(**by_d2())
    assert _ends(place) == moment("2026-04-09")
    assert _ends(place.but("D2", people=["person:p2"])) == OPEN_END
    assert _ends(place.but("ratified", people=["person:p2"])) == OPEN_END
    assert _ends(place.but("D2", people=["person:p2"]).but("ratified", people=["person:p1"])) == moment("2026-04-09")
    votes = {"named": [{"by": "person:p2", "vote": "in-favour"}]}
    assert _ends(place.but("D2", votes=votes)) == OPEN_END


def test_it_was_ratified_at_the_meeting_and_item_of_either():
    place = conflicted(**by_d2())
    assert _ends(place.but("D2", meeting="meeting:M2")) == OPEN_END
    assert _ends(place.but("D2", meeting="meeting:M2").but("next", attendance=WITHOUT_P2)) == moment("2026-04-09")
    left = fact(
        "meeting.conflict_managed",
        "meeting:M2",
        "2026-04-09",
        of={"stream": "meeting:M2", "n": 4},
        management="leaves-for-item",
    )
    declared = fact("meeting.interest_declared", "meeting:M2", "2026-04-09", by="person:p2", items=["6"])
    aside = place.also(again=declared, left=left).but("D2", meeting="meeting:M2", item="6")
    assert _ends(aside) == moment("2026-04-09")
    assert _ends(aside.but("D2", item="7")) == OPEN_END
    assert _ends(aside.but("D2", item="7").but("ratified", item="6")) == moment("2026-04-09")
    assert _ends(aside.but("ratified", item="7")) == OPEN_END


def test_what_was_ratified_in_writing_needs_no_quorum_of_a_meeting():
    alone = [{"by": "person:p1", "presence": "present"}]
    place = too_few(**by_d2()).but("next", attendance=alone, quorum=None)
    place = place.but("D2", decision_makers=["body:committee"], meeting="meeting:M2")
    assert until(place, "GL11") == OPEN_END
    assert until(place.but("D2", method="written-procedure"), "GL11") == moment("2026-04-09")


def test_who_came_to_the_second_meeting_for_an_hour_of_its_day_perhaps_took_part():
    hours = [{"arrived": "2026-04-09T10:00:00+00:00", "left": "2026-04-09T11:00:00+00:00"}]
    came = [*WITHOUT_P2, {"by": "person:p2", "presence": "part", "intervals": hours}]
    place = conflicted(reviewed=reviewed()).but("next", attendance=came)
    assert _ends(place) == OPEN_END
    assert _ends(place.but("reviewed", on="2026-04-09T12:00:00+00:00")) == moment("2026-04-09T12:00:00+00:00")
