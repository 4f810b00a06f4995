from __future__ import annotations

import pytest

from tests.checks.clean import fact
from tests.checks.histories import clean, sentence


def entry(by="p1", on="2025-04-01", **more):
    data = {"kind": "financial", "held_in": ["organisation:trust"], "arose": "2025-04-01", **more}
    given = {name: value for name, value in data.items() if value is not None}
    return fact("interest.registered", "interest:R1", on, ref="R1", by=f"person:{by}", **given)


def declared(by="p1", on="2026-03-12", **more):
    return fact("meeting.interest_declared", "meeting:M1", on, by=f"person:{by}", **more)


def registered(**more):
    """P1 was brought by the trust, in which p1 has an interest."""
    return clean().also(R1=entry(**more))


def there(person, presence="present", **more):
    return {"by": f"person:{person}", "presence": presence, "on_behalf_of": ["organisation:icb"], **more}


P2_P3 = [there("p2"), there("p3")]


# Undeclared


def test_an_interest_in_whoever_brought_the_paper_that_was_not_declared_is_told():
    found = registered().trips("GL14", "held", "R1", "D1")
    assert sentence(found) == "person:p1 did not declare interest:R1 when it came to decision:D1"


def test_an_interest_in_the_matter_itself_is_told():
    for matter in ("proposal:P1", "decision:D1"):
        registered(held_in=None, matters=[matter]).trips("GL14", "held", "R1", "D1")
    registered(held_in=None, matters=["fund:none"]).also(
        none=fact("fund.established", "fund:none", "2022-07-01", ref="none")
    ).is_clean()


def test_an_interest_in_an_author_or_a_partner_is_told():
    for who in ("authors", "partners"):
        place = registered(held_in=["organisation:council"]).but("P1", partners=None, authors=None, sponsor=None)
        place.is_clean()
        place.but("P1", **{who: ["organisation:council"]}).trips("GL14", "held", "R1", "D1")


def test_a_post_that_brings_a_paper_brings_it_for_its_organisation():
    post = fact("post.established", "post:manager", "2025-04-01", ref="manager", organisation="organisation:trust")
    place = registered().but("P1", authors=None, sponsor="post:manager").also(post=post)
    place.trips("GL14", "held", "R1", "D1")
    place.but("post", organisation="organisation:council").is_clean()


def test_an_interest_elsewhere_is_none_here():
    registered(held_in=["organisation:icb"]).is_clean()
    registered(held_in=None).is_clean()


def test_what_somebody_sits_there_for_is_no_conflict_by_itself():
    sits_for = [there("p1", on_behalf_of=["organisation:trust"]), *P2_P3]
    registered().but("held", attendance=sits_for).is_clean()
    by_the_seat = [{"by": "person:p1", "presence": "present"}, *P2_P3]
    place = registered().but("held", attendance=by_the_seat)
    place.trips("GL14", "held", "R1", "D1")
    place.but("m-p1", on_behalf_of=["organisation:trust"]).is_clean()


@pytest.mark.parametrize("more", [{"items": ["4"]}, {}, {"items": ["5"], "interest": "interest:R1"}])
def test_one_that_was_declared_is_fine(more):
    registered().also(declared=declared(**more)).says_nothing("GL14")


def test_a_declaration_of_another_person_or_for_another_item_is_none():
    registered().also(declared=declared("p2", items=["4"])).but("declared", items=["5"]).trips(
        "GL14", "held", "R1", "D1"
    )
    registered().also(declared=declared(items=["5"])).trips("GL14", "held", "R1", "D1")


def test_one_that_the_minutes_or_the_decision_list_was_declared():
    registered().but("held", interests=[{"by": "person:p1"}]).is_clean()
    registered().but("D1", interests=[{"by": "person:p1"}]).is_clean()
    registered().but("D1", interests=[{"by": "person:p2"}]).trips("GL14", "held", "R1", "D1")


def test_where_nobody_says_that_interests_were_asked_for_it_cannot_be_shown():
    place = registered().but("held", interests=None).but("D1", interests=None)
    found = place.is_not_evidenced("GL14")
    assert sentence(found) == "whether person:p1 declared interest:R1 is not recorded; it bears on decision:D1"
    assert place._named(found.evidence) == ["held", "R1", "D1"]
    place.but("D1", interests=[]).says_something("GL14")
    place.but("held", interests=[]).says_something("GL14")
    place.also(another=declared("p2", items=["9"])).says_something("GL14")


def test_who_was_not_there_or_stood_aside_need_declare_nothing():
    for presence in ("apologies", "part"):
        registered().but("held", attendance=[there("p1", presence), *P2_P3]).is_clean()
    registered().but("held", attendance=[there("p1", role="in-attendance"), *P2_P3]).is_clean()
    registered().but("D1", votes={"named": [{"by": "person:p1", "vote": "recused"}]}).is_clean()


def test_an_interest_that_was_not_held_that_day_is_none():
    registered(until="2026-03-12").is_clean()
    registered(until="2026-03-13").trips("GL14", "held", "R1", "D1")
    registered(from_="2026-03-13").is_clean()
    registered(from_="2026-03-12").trips("GL14", "held", "R1", "D1")
    registered(from_="2026-03").is_clean()
    ended = fact("interest.ended", "interest:R1", "2026-03-12")
    registered().also(ended=ended).is_clean()
    registered().also(ended=ended).but("ended", from_="2026-03-13").trips("GL14", "held", "R1", "D1")


def test_an_interest_that_was_registered_afterwards_but_had_arisen_counts():
    found = registered(on="2026-03-20", arose="2026-03-01").trips("GL14", "held", "R1", "D1")
    assert sentence(found).endswith("when it came to decision:D1; that they knew of it then is not recorded")
    assert found.severity == "warning"


def test_who_had_registered_an_interest_by_the_day_knew_of_it():
    assert registered(on="2026-03-12", arose="2026-03-01").trips("GL14", "held", "R1", "D1").severity == "error"
    assert registered(on="2026-03-13", arose="2026-03-01").trips("GL14", "held", "R1", "D1").severity == "warning"
    assert registered().undated("R1").trips("GL14", "held", "R1", "D1").severity == "warning"


def test_who_had_declared_an_interest_elsewhere_before_knew_of_it():
    place = registered(on="2026-03-20", arose="2026-03-01")
    before = fact("meeting.held", "meeting:M0", "2026-03-05", ref="M0", bodies=["body:board"])
    said = fact("meeting.interest_declared", "meeting:M0", "2026-03-05", by="person:p1", interest="interest:R1")
    (found,) = place.also(before=before, said=said).findings("GL14")
    assert found.severity == "error"
    (other,) = place.also(before=before, said={**said, "data": {**said["data"], "by": "person:p2"}}).findings("GL14")
    assert other.severity == "warning"
    later = place.also(before=before, said={**said, "on": "2026-03-13"}).findings("GL14")
    assert {one.severity for one in later} == {"warning"}


def test_what_was_only_noted_or_decided_by_others_needs_no_declaration():
    registered().but("D1", outcome="noted").is_clean()
    registered().but("D1", decision_makers=["body:board"]).says_nothing("GL14")


def test_a_matter_of_several_decisions_is_told_once():
    later = {**clean().facts["D1"], "stream": "decision:D2"}
    later["data"] = {**later["data"], "ref": "D2", "value": [], "item": "5"}
    found = registered().also(D2=later).trips("GL14", "held", "R1", "D1", "D2")
    assert sentence(found).endswith("when it came to decision:D1 and decision:D2")


def test_what_was_declared_only_later_is_told():
    untold = "; that they knew of it then is not recorded"
    found = clean().also(late=declared(on="2026-03-13", items=["4"])).trips("GL14", "late", "held")
    assert sentence(found) == f"person:p1 declared an interest in item 4 only on 2026-03-13{untold}"
    assert found.severity == "warning"
    several = clean().also(late=declared(on="2026-03-13", items=["4", "5"])).trips("GL14", "late", "held")
    assert sentence(several) == f"person:p1 declared an interest in items 4, 5 only on 2026-03-13{untold}"
    unnamed = clean().also(late=declared(on="2026-03-13")).trips("GL14", "late", "held")
    assert sentence(unnamed) == f"person:p1 declared an interest only on 2026-03-13{untold}"


def test_what_was_in_the_register_and_was_declared_only_later_was_known():
    late = declared(on="2026-03-13", items=["4"], interest="interest:R1")
    found = registered().also(late=late).trips("GL14", "late", "held", "R1")
    assert sentence(found) == "person:p1 declared an interest in item 4 only on 2026-03-13"
    assert found.severity == "error"


def test_a_matter_that_was_looked_at_again_without_the_member_is_put_right():
    again = fact(
        "decision.reviewed", "decision:D1", "2026-04-09", who="body:committee", conclusion="keep", meeting="meeting:M2"
    )
    place = registered().but("next", attendance=[there("p2"), there("p3")]).also(again=again)
    place.trips("GL14", "held", "R1", "D1", on="2026-04-08")
    place.is_clean(on="2026-04-09")
    registered().also(again=again).trips("GL14", "held", "R1", "D1", on="2026-04-09")
    late = clean().also(late=declared(on="2026-03-13", items=["4"]), again=again)
    late.trips("GL14", "late", "held")
    late.but("next", attendance=[there("p2"), there("p3")]).is_clean()


def test_what_was_declared_late_is_not_told_again_from_the_register():
    registered().also(late=declared(on="2026-03-13", items=["4"])).trips("GL14", "late", "held")


def test_what_was_declared_on_the_day_or_on_no_day_was_in_time():
    clean().also(late=declared(items=["5"])).is_clean()
    clean().also(late=declared(items=["5"])).undated("late").is_clean()


def test_a_meeting_that_went_on_past_midnight_hears_declarations_until_its_end():
    place = clean().but("held", ended="2026-03-13T00:30:00+00:00")
    place.also(late=declared(on="2026-03-13T00:15:00+00:00", items=["5"])).is_clean()
    place.also(late=declared(on="2026-03-13T00:45:00+00:00", items=["5"])).trips("GL14", "late", "held")


def test_a_meeting_without_a_day_is_not_asked():
    registered().undated("held").says_nothing("GL14")


# Registered late


def newly(on, **more):
    return registered(held_in=None, on=on, **more)


def test_what_was_registered_on_the_28th_day_was_in_time():
    newly("2025-05-05", arose="2025-04-07").is_clean()


def test_what_was_registered_on_the_29th_day_was_late():
    found = newly("2025-05-06", arose="2025-04-07").trips("GL16", "R1")
    assert sentence(found) == "it arose on 2025-04-07 and was registered on 2025-05-06"
    assert found.severity == "warning"


def test_the_days_are_those_of_the_log_also_when_the_clocks_change():
    newly("2025-11-08", arose="2025-10-11").is_clean()
    newly("2025-11-09", arose="2025-10-11").trips("GL16", "R1")


def test_of_an_interest_that_arose_in_a_month_the_days_run_from_its_end():
    newly("2025-05-28", arose="2025-04").is_clean()
    newly("2025-05-29", arose="2025-04").trips("GL16", "R1")


def test_of_an_older_interest_the_days_run_from_the_first_seat_or_post():
    newly("2025-04-29", arose="2020-01-01").is_clean()
    newly("2025-04-30", arose="2020-01-01").trips("GL16", "R1")
    earlier = fact("body.member_appointed", "body:board", "2025-01-01", member="person:p1")
    newly("2025-04-29", arose="2020-01-01").also(earlier=earlier).trips("GL16", "R1")
    post = fact("post.established", "post:director", "2024-01-01", ref="director", organisation="organisation:icb")
    filled = fact("post.filled", "post:director", "2025-01-01", person="person:p1")
    newly("2025-04-29", arose="2020-01-01").also(post=post, filled=filled).trips("GL16", "R1")


def test_of_somebody_without_a_seat_the_days_run_from_the_interest():
    newly("2025-04-29", arose="2020-01-01", by="p4").trips("GL16", "R1")


def test_of_an_interest_of_somebody_close_it_cannot_be_told_when_they_learnt_of_it():
    place = newly("2025-05-06", arose="2025-04-07", kind="indirect")
    found = place.is_not_evidenced("GL16")
    assert sentence(found).endswith("was registered on 2025-05-06; when they learnt of it is not recorded")
    newly("2025-05-05", arose="2025-04-07", kind="indirect").is_clean()


def test_an_interest_of_which_it_is_not_recorded_when_it_arose_shows_nothing():
    place = newly("2025-04-29", arose=None)
    found = place.is_not_evidenced("GL16")
    assert sentence(found) == "when it arose is not recorded"
    assert place._named(found.evidence) == ["R1"]
    newly("2025-04-29", arose="2020-01-01").undated("R1").says_nothing("GL16")


# Who was there to declare anything


def test_a_meeting_that_was_never_held_or_whose_minutes_name_nobody_asks_nobody():
    registered().without("held").says_nothing("GL14")
    registered().but("held", attendance=None).says_nothing("GL14")


def test_who_came_after_midnight_was_there_for_what_was_decided_then():
    place = registered().but("held", ended="2026-03-13T00:30:00+00:00").but("D1", on="2026-03-13T00:20:00+00:00")
    came = [{"arrived": "2026-03-13T00:05:00+00:00"}]
    late = place.but("held", attendance=[there("p1", "part", intervals=came), *P2_P3])
    late.says_something("GL14")
    too_late = [{"arrived": "2026-03-13T00:25:00+00:00"}]
    place.but("held", attendance=[there("p1", "part", intervals=too_late), *P2_P3]).says_nothing("GL14")


def test_what_somebody_else_declared_for_the_same_item_is_no_declaration():
    registered().also(declared=declared("p2", items=["4"])).says_something("GL14")


def test_who_was_not_there_when_it_resumed_took_no_part_in_what_was_decided_then():
    resumed = fact("meeting.resumed", "meeting:M1", "2026-03-19", attendance=P2_P3)
    place = registered().but("D1", on="2026-03-19").also(resumed=resumed)
    place.says_nothing("GL14")
    place.but("resumed", attendance=[there("p1"), *P2_P3]).says_something("GL14")


def test_for_whom_somebody_sits_there_is_what_the_minutes_say_before_what_the_seat_says():
    place = registered().but("m-p1", on_behalf_of=["organisation:trust"])
    place.says_something("GL14")
    place.but("held", attendance=[{"by": "person:p1", "presence": "present"}, *P2_P3]).says_nothing("GL14")


def test_an_interest_that_was_registered_again_is_judged_by_each_entry():
    again = fact(
        "interest.registered",
        "interest:R1",
        "2025-06-01",
        by="person:p1",
        arose="2025-04-07",
        kind="financial",
    )
    newly("2025-04-20", arose="2025-04-07").also(again=again).trips("GL16", "again")
    newly("2025-04-20", arose="2025-04-07").undated("R1").also(again=again).trips("GL16", "again")
    place = newly("2025-04-20", arose=None).also(again=again)
    assert [one.evidenced for one in place.findings("GL16")] == [False, True]


def test_an_interest_of_nobody_in_particular_is_late_by_its_own_days():
    newly("2025-05-06", arose="2025-04-07").but("R1", by=None).trips("GL16", "R1")
    newly("2025-05-05", arose="2025-04-07").but("R1", by=None).is_clean()


def test_the_28th_day_lasts_until_midnight():
    newly("2025-05-05T23:59:59.999999+01:00", arose="2025-04-07").is_clean()
    newly("2025-05-06T00:00:00+01:00", arose="2025-04-07").trips("GL16", "R1")


def test_the_seat_or_post_of_one_s_deputy_is_no_office_of_one_s_own():
    theirs = fact(
        "body.member_appointed",
        "body:committee",
        "2024-01-01",
        member="person:p4",
        role="deputy",
        deputy_for="person:p1",
    )
    newly("2025-04-29", arose="2020-01-01").also(theirs=theirs).is_clean()
    post = fact("post.established", "post:director", "2024-01-01", ref="director", organisation="organisation:icb")
    acting = fact("post.filled", "post:director", "2024-01-01", person="person:p4", deputy_for="person:p1")
    newly("2025-04-29", arose="2020-01-01").also(post=post, acting=acting).is_clean()


def test_the_day_of_a_meeting_lasts_until_midnight_also_where_its_hour_is_recorded():
    at_two = clean().but("held", on="2026-03-12T14:00:00+00:00")
    at_two.also(late=declared(on="2026-03-12T16:00:00+00:00", items=["5"])).says_nothing("GL14")
    at_two.also(late=declared(on="2026-03-12T23:59:59.999999+00:00", items=["5"])).says_nothing("GL14")
    at_two.also(late=declared(on="2026-03-13T00:00:00+00:00", items=["5"])).says_something("GL14")


def test_an_interest_that_ended_in_the_minute_of_the_decision_was_held_no_longer():
    half_past = "2026-03-12T14:30:00+00:00"
    place = registered(until=half_past).but("D1", on=half_past)
    place.says_nothing("GL14")
    place.but("R1", until="2026-03-12T14:31:00+00:00").says_something("GL14")


# Who brought it, and where it was decided


def test_an_interest_in_who_wrote_or_joined_a_later_version_is_told():
    for who in ("authors", "partners"):
        revised = fact("proposal.revised", "proposal:P1", "2026-03-05", version="2", **{who: ["organisation:council"]})
        place = registered(held_in=["organisation:council"]).but("P1", partners=None, authors=None, sponsor=None)
        place.says_nothing("GL14")
        place.also(revised=revised).says_something("GL14")


def test_what_was_decided_elsewhere_and_goes_on_to_a_meeting_was_not_decided_there():
    elsewhere = {**clean().facts["D1"], "stream": "decision:D2", "on": "2026-03-01"}
    elsewhere["data"] = {**elsewhere["data"], "ref": "D2", "value": [], "next": [{"meeting": "meeting:M1"}]}
    elsewhere["data"].pop("meeting")
    elsewhere["data"].pop("item")
    place = registered().also(D2=elsewhere)
    assert place._named(place.says_something("GL14").evidence) == ["held", "R1", "D1"]
    place.but("D1", outcome="noted").says_nothing("GL14")


# Who came on another day, and who decided alone


def test_who_came_only_when_it_resumed_took_part_in_what_was_decided_then():
    resumed = fact("meeting.resumed", "meeting:M1", "2026-03-19", attendance=[there("p1"), *P2_P3])
    place = registered().but("D1", on="2026-03-19").but("held", attendance=P2_P3).also(resumed=resumed)
    found = place.says_something("GL14")
    assert sentence(found) == "person:p1 did not declare interest:R1 when it came to decision:D1"
    place.but("resumed", attendance=P2_P3).says_nothing("GL14")
    place.but("resumed", attendance=[there("p1", role="observer"), *P2_P3]).says_nothing("GL14")
    place.but("D1", on="2026-03-12").says_nothing("GL14")


def test_who_came_only_when_it_resumed_sits_there_for_whom_the_later_minutes_say():
    sits_for = [there("p1", on_behalf_of=["organisation:trust"]), *P2_P3]
    resumed = fact("meeting.resumed", "meeting:M1", "2026-03-19", attendance=sits_for)
    place = registered().but("D1", on="2026-03-19").also(resumed=resumed)
    place.says_nothing("GL14")
    place.but("D1", on="2026-03-12").says_something("GL14")


def chief(of="organisation:icb", **more):
    """P1 was decided at the meeting by the post that p4 holds, and p4 has an interest in whoever brought it."""
    post = fact("post.established", "post:chief", "2024-01-01", ref="chief", organisation=of)
    holds = fact("post.filled", "post:chief", "2024-01-01", person="person:p4")
    return registered(by="p4", **more).also(post=post, holds=holds).but("D1", decision_makers=["post:chief"])


def test_the_holder_of_a_post_who_decides_is_asked_though_the_minutes_name_others():
    found = chief().says_something("GL14")
    assert sentence(found) == "person:p4 did not declare interest:R1 when it came to decision:D1"
    chief().also(declared=declared("p4", items=["4"])).says_nothing("GL14")
    chief(of="organisation:trust").says_nothing("GL14")
    chief().but("D1", people=["person:p3"]).says_nothing("GL14")
    named = chief().without("holds").but("D1", people=["person:p4"])
    named.says_something("GL14")


def test_the_members_of_a_body_that_did_not_meet_had_no_part_in_what_a_post_decided():
    members = registered().also(post=chief().facts["post"]).but("D1", decision_makers=["post:chief"])
    members.says_nothing("GL14")


def test_who_decides_alone_and_is_recorded_as_standing_aside_took_no_part():
    aside = {"named": [{"by": "person:p4", "vote": "recused"}]}
    chief().but("D1", votes=aside).says_nothing("GL14")


def test_an_interest_in_the_organisation_of_a_post_is_none_of_another_who_was_there():
    place = chief(of="organisation:trust").but("D1", decision_makers=["post:chief", "body:committee"])
    place.but("R1", by="person:p1").says_something("GL14")
    place.says_nothing("GL14")


# Of several matters, and at the ends of days


def second(**more):
    """Another decision of the committee at the meeting, on the same paper."""
    first = clean().facts["D1"]
    return {**first, "stream": "decision:D2", "data": {**first["data"], "ref": "D2", "value": [], "item": "5", **more}}


REVIEWED = fact(
    "decision.reviewed", "decision:D1", "2026-04-09", who="body:committee", conclusion="keep", meeting="meeting:M2"
)


def test_of_two_matters_it_is_put_right_when_both_were_looked_at_again():
    place = registered().but("next", attendance=P2_P3).also(D2=second(), again=REVIEWED)
    place.says_something("GL14")
    other = {**REVIEWED, "stream": "decision:D2", "on": "2026-04-20"}
    assert place.also(other=other).findings("GL14", on="2026-04-19")
    place.also(other=other).says_nothing("GL14")


def test_a_late_declaration_for_another_item_is_not_put_right_by_a_second_look_at_this():
    place = clean().also(late=declared(on="2026-03-13", items=["5"]), again=REVIEWED).but("next", attendance=P2_P3)
    place.says_something("GL14")
    place.but("late", items=["4"]).says_nothing("GL14")


def test_who_was_there_for_one_matter_and_not_for_another_is_asked_of_the_one():
    hours = [{"left": "2026-03-12T12:00:00+00:00"}]
    place = registered().but("held", attendance=[there("p1", "part", intervals=hours), *P2_P3])
    place = place.but("D1", on="2026-03-12T11:00:00+00:00").also(D2={**second(), "on": "2026-03-12T13:00:00+00:00"})
    assert place._named(place.says_something("GL14").evidence) == ["held", "R1", "D1"]


def test_who_was_there_for_some_of_a_day_was_perhaps_not_there_for_what_has_no_hour():
    for hours in ({"left": "2026-03-12T12:00:00+00:00"}, {"arrived": "2026-03-12T12:00:00+00:00"}):
        part = there("p1", "part", intervals=[hours])
        registered().but("held", attendance=[part, *P2_P3]).says_nothing("GL14")


def test_an_interest_that_began_or_ended_on_the_day_at_an_hour_may_not_have_been_held():
    noon = "2026-03-12T12:00:00+00:00"
    registered(from_=noon).says_nothing("GL14")
    registered(until=noon).says_nothing("GL14")
    registered(until="2027-01-01").also(ended=fact("interest.ended", "interest:R1", "2026-03-12")).says_nothing("GL14")


def test_whoever_had_a_seat_for_some_of_the_day_may_have_sat_there_for_it():
    place = registered().but("held", attendance=[{"by": "person:p1", "presence": "present"}, *P2_P3])
    place.says_something("GL14")
    seat = {"member": "person:p1", "role": "voting-member", "on_behalf_of": ["organisation:trust"]}
    came = fact("body.member_appointed", "body:committee", "2026-03-12T12:00:00+00:00", **seat)
    place.also(came=came).says_nothing("GL14")
    left = fact("body.member_appointed", "body:committee", "2025-04-01", until="2026-03-12T12:00:00+00:00", **seat)
    place.also(left=left).says_nothing("GL14")


def test_whether_interests_were_asked_for_must_be_recorded_of_every_matter():
    place = registered().but("held", interests=None).also(D2=second())
    place.says_something("GL14")
    place.but("D2", interests=None).is_not_evidenced("GL14")


def test_of_several_holders_of_a_post_nobody_is_asked():
    other = fact("post.filled", "post:chief", "2024-01-01", person="person:p3")
    chief().also(other=other).says_nothing("GL14")


def test_a_meeting_of_a_month_shows_it_from_its_beginning():
    first_of_march = 1772323200000000
    place = registered().but("held", on="2026-03")
    assert place.says_something("GL14").since == first_of_march
    assert place.but("held", interests=None).but("D1", interests=None).is_not_evidenced("GL14").since == first_of_march
    late = clean().but("held", on="2026-03").also(late=declared(on="2026-04-01", items=["4"]))
    assert late.says_something("GL14").since == first_of_march


def test_of_a_meeting_that_was_recorded_twice_the_later_day_counts():
    again = fact("meeting.held", "meeting:M1", "2026-03-13", bodies=["body:committee"])
    late = clean().also(late=declared(on="2026-03-13", items=["4"]))
    late.says_something("GL14")
    late.also(again=again).says_nothing("GL14")
    people = {"attendance": [there("p1"), *P2_P3], "interests": []}
    again = fact("meeting.held", "meeting:M1", "2026-03-13", bodies=["body:committee"], **people)
    place = registered().also(again=again)
    assert place._named(place.says_something("GL14").evidence) == ["again", "R1", "D1"]


def test_an_interest_that_was_registered_in_a_month_was_perhaps_in_time():
    newly("2025-05", arose="2025-04-07").says_nothing("GL16")
    june = 1748732400000000
    assert newly("2025-06", arose="2025-04-07").says_something("GL16").since == june
    assert newly("2025-06", arose=None).is_not_evidenced("GL16").since == june


# Who knew of it


LATE = declared(on="2026-03-13", items=["4"], interest="interest:R1")


def test_the_entry_of_somebody_else_shows_nothing_of_who_declared_it_late():
    registered().also(late=LATE).trips("GL14", "late", "held", "R1")
    assert registered(by="p4").also(late=LATE).says_something("GL14").severity == "warning"
    assert registered().but("R1", by=None).also(late=LATE).says_something("GL14").severity == "error"


def test_what_was_registered_at_an_hour_of_the_day_or_in_the_month_was_known():
    for when in ("2026-03-12T20:00:00+00:00", "2026-03"):
        assert registered(on=when, arose="2026-03-01").says_something("GL14").severity == "error"


def test_the_first_fact_by_which_somebody_knew_of_it_is_shown_and_no_other():
    before = fact("meeting.held", "meeting:M0", "2026-03-05", ref="M0", bodies=["body:board"])
    said = fact("meeting.interest_declared", "meeting:M0", "2026-03-05", by="person:p1", interest="interest:R1")
    place = registered().also(late=LATE, before=before, said=said)
    assert place._named(place.says_something("GL14").evidence) == ["late", "held", "R1"]


def test_what_was_said_on_a_day_that_is_not_recorded_shows_nobody_to_have_known_of_it():
    today = "2026-06-01T23:00:00+01:00"
    place = registered(arose="2026-03-01").but("held", on=today).but("D1", on=today)
    assert place.says_something("GL14", on="2026-06-02").severity == "error"
    place = place.undated("R1")
    assert place.says_something("GL14", on="2026-06-02").severity == "warning"
    before = fact("meeting.held", "meeting:M0", "2026-03-05", ref="M0", bodies=["body:board"])
    said = fact("meeting.interest_declared", "meeting:M0", None, by="person:p1", interest="interest:R1")
    told = place.also(before=before, said=said).findings("GL14", on="2026-06-02")
    assert {one.severity for one in told} == {"warning"}
