from __future__ import annotations

import pytest

from tests.checks.clean import fact
from tests.checks.histories import clean, sentence

RULE = {"at_least": 2, "recused_count": False, "deputies_count": True}
HALF_PAST_TWO = "2026-03-12T14:30:00+00:00"


def there(person, presence="present", **more):
    return {"by": f"person:{person}", "presence": presence, **more}


def left_at(person, time):
    return there(person, intervals=[{"left": f"2026-03-12T{time}:00+00:00"}])


def vote(person, how="recused"):
    return {"by": f"person:{person}", "vote": how}


ALONE = [there("p1"), there("p2", "apologies"), there("p3", "absent")]


def unminuted(attendance=None):
    """The clean place, without what the minutes say of the quorum."""
    place = clean().but("held", quorum=None)
    return place if attendance is None else place.but("held", attendance=attendance)


def ruled(place=None, **rule):
    return (place or unminuted()).but("terms", quorum_rule=rule)


# How many


def test_one_member_of_the_two_that_are_needed_is_too_few_whatever_the_minutes_say():
    found = clean().but("held", attendance=ALONE).trips("GL11", "D1", "held", "terms")
    assert sentence(found) == "body:committee was not quorate: 1 member counted, 2 needed"


def test_as_many_as_are_needed_are_enough():
    unminuted([there("p1"), there("p2"), there("p3", "absent")]).is_clean()


def test_nobody_at_all_is_too_few():
    found = unminuted([there("p1", "apologies")]).trips("GL11", "D1", "held", "terms")
    assert sentence(found) == "body:committee was not quorate: 0 members counted, 2 needed"


def test_an_outcome_that_uses_no_power_needs_no_quorum():
    for outcome in ("noted", "deferred", "no-decision"):
        unminuted(ALONE).but("D1", outcome=outcome).says_nothing("GL11")


def test_to_reject_uses_a_power():
    unminuted(ALONE).but("D1", outcome="rejected").trips("GL11", "D1", "held", "terms")


def test_what_is_decided_without_a_meeting_has_no_attendance():
    for method in ("written-procedure", "without-meeting", "individual"):
        unminuted(ALONE).but("D1", method=method).says_nothing("GL11")
    unminuted(ALONE).but("held", kind="written-procedure").says_nothing("GL11")
    unminuted(ALONE).but("D1", meeting=None).says_nothing("GL11")


def test_a_meeting_that_was_only_called_tells_nothing():
    unminuted().without("held").says_nothing("GL11")


def test_a_decision_that_was_retracted_is_none():
    place = unminuted(ALONE).also(
        gone=fact("record.retracted", "decision:D1", None, of={"stream": "decision:D1", "n": 1})
    )
    place.says_nothing("GL11")


def test_an_attendance_that_was_corrected_counts_as_corrected():
    correction = fact(
        "record.corrected",
        "meeting:M1",
        "2026-04-09",
        of={"stream": "meeting:M1", "n": 2},
        changes=[{"path": "/attendance/1/presence", "was": "apologies", "now": "present"}],
    )
    place = unminuted(ALONE).also(corrected=correction)
    place.is_clean()
    place.trips("GL11", "D1", "held", "terms", known=place.position("corrected") - 1)


# When they were there


def test_who_had_left_is_not_counted_when_the_time_is_recorded():
    place = unminuted([there("p1"), left_at("p2", "14:29"), left_at("p3", "14:29")])
    place.but("D1", on=HALF_PAST_TWO).trips("GL11", "D1", "held", "terms")


def test_who_left_later_is_counted():
    unminuted([there("p1"), left_at("p2", "14:31"), left_at("p3", "14:00")]).but("D1", on=HALF_PAST_TWO).is_clean()


def test_in_the_minute_of_leaving_nobody_knows():
    place = unminuted([there("p1"), left_at("p2", "14:30")]).but("D1", on=HALF_PAST_TWO)
    found = place.is_not_evidenced("GL11")
    assert sentence(found).endswith("was quorate when it decided: the record leaves open who is counted")
    assert place._named(found.evidence) == ["D1", "held", "terms"]


def test_without_a_time_of_the_decision_who_left_before_the_end_may_have_been_there():
    place = unminuted([there("p1"), left_at("p2", "14:30")])
    place.is_not_evidenced("GL11")
    place.but("held", quorum={"quorate": True}).is_clean()


def test_what_the_minutes_say_of_the_quorum_settles_what_is_left_open():
    place = unminuted([there("p1"), left_at("p2", "14:30")])
    noted = fact("meeting.quorum_noted", "meeting:M1", "2026-03-12", quorate=True)
    place.also(noted=noted).is_clean()


def test_a_decision_without_a_day_shows_nothing():
    found = unminuted().undated("D1").is_not_evidenced("GL11")
    assert sentence(found).endswith("the day of the decision is not recorded")


# What the minutes say


@pytest.mark.parametrize("quorate", [{"items": ["4"]}, {}, {"bodies": ["body:committee"]}])
def test_minutes_that_say_inquorate_are_believed(quorate):
    noted = fact("meeting.quorum_noted", "meeting:M1", "2026-03-12", quorate=False, **quorate)
    found = clean().also(noted=noted).trips("GL11", "D1", "noted")
    assert sentence(found) == "the minutes say that body:committee was not quorate when it decided"


def test_a_meeting_minuted_as_inquorate_is_believed():
    clean().but("held", quorum={"quorate": False}).trips("GL11", "D1", "held")


def test_a_note_that_it_became_quorate_is_believed():
    noted = fact("meeting.quorum_noted", "meeting:M1", "2026-03-12", quorate=True)
    clean().but("held", quorum={"quorate": False}).also(noted=noted).is_clean()


@pytest.mark.parametrize(
    "elsewhere", [{"items": ["5"]}, {"bodies": ["body:board"]}, {"from": "2026-03-13"}, {"until": "2026-03-12"}]
)
def test_a_note_about_another_item_body_or_time_is_not_about_this(elsewhere):
    noted = fact("meeting.quorum_noted", "meeting:M1", "2026-03-12", quorate=False, **elsewhere)
    clean().also(noted=noted).is_clean()


def test_a_note_from_a_time_on_leaves_a_decision_of_that_day_open():
    noted = fact("meeting.quorum_noted", "meeting:M1", "2026-03-12", quorate=False, from_=HALF_PAST_TWO)
    place = clean().but("held", attendance=[there("p1"), there("p2", "part")]).also(noted=noted)
    place.is_not_evidenced("GL11")
    place.but("D1", on="2026-03-12T14:29:00+00:00").is_clean()
    place.but("D1", on=HALF_PAST_TWO).trips("GL11", "D1", "noted")


# Of whom


def test_the_chair_must_be_there_where_the_rule_says_so():
    rule = {"at_least": 2, "composition": [{"members": "chair", "at_least": 1}]}
    place = ruled(unminuted([there("p2"), there("p3")]), **rule).but("held", presiding=[])
    found = place.trips("GL11", "D1", "held", "terms")
    assert sentence(found) == "body:committee was not quorate: no chair counted, 1 needed"
    place.but("held", presiding=[{"by": "person:p2"}]).is_clean()
    ruled(**rule).is_clean()


@pytest.mark.parametrize("label", ["icb", "ICB", "organisation:icb", "voting member", "member"])
def test_members_are_asked_for_by_kind_key_or_role(label):
    ruled(composition=[{"members": label, "at_least": 3}]).is_clean()
    too_few = ruled(unminuted([there("p1"), there("p2")]), composition=[{"members": label, "at_least": 3}])
    too_few.trips("GL11", "D1", "held", "terms")


def test_every_clause_that_fails_is_told():
    rule = {"at_least": 3, "composition": [{"members": "council", "at_least": 1}, {"members": "icb", "at_least": 3}]}
    found = ruled(unminuted([there("p1"), there("p2")]), **rule).trips("GL11", "D1", "held", "terms")
    told = "2 members counted, 3 needed; no organisation:council counted, 1 needed; 2 icb counted, 3 needed"
    assert sentence(found) == f"body:committee was not quorate: {told}"


@pytest.mark.parametrize(
    "rule",
    [
        {"composition": [{"members": "wise-people", "at_least": 1}]},
        {"fraction": "a third"},
        {"fraction": "1/0"},
        {"words": "as the chair sees fit"},
    ],
)
def test_a_rule_that_cannot_be_worked_out_is_for_people(rule):
    found = ruled(**rule).is_not_evidenced("GL11")
    assert sentence(found).endswith("its quorum rule is for people to read")


def test_a_clause_that_asks_for_none_asks_for_nothing():
    ruled(at_least=2, composition=[{"members": "wise-people", "at_most": 1}]).is_clean()


def test_a_share_of_the_members_is_rounded_up():
    two = unminuted([there("p1"), there("p2")])
    ruled(two, fraction="2/3").is_clean()
    ruled(two, fraction="3/4").trips("GL11", "D1", "held", "terms")
    ruled(two, fraction="2/3").but("terms", size=4).trips("GL11", "D1", "held", "terms")
    ruled(two, fraction="2/3").but("terms", size=None).is_clean()
    ruled(two, fraction="3/4").but("terms", size=None).trips("GL11", "D1", "held", "terms")


def test_the_higher_of_a_number_and_a_share_counts():
    two = unminuted([there("p1"), there("p2")])
    ruled(two, at_least=2, fraction="1/3").is_clean()
    ruled(two, at_least=3, fraction="1/3").trips("GL11", "D1", "held", "terms")
    ruled(two, at_least=1, fraction="3/3").trips("GL11", "D1", "held", "terms")


# Who stood aside


def test_who_stood_aside_is_not_counted_unless_the_rule_counts_them():
    votes = {"named": [vote("p2"), vote("p3"), vote("p1", "in-favour")]}
    recused = unminuted().but("D1", votes=votes)
    recused.trips("GL11", "D1", "held", "terms")
    ruled(recused, at_least=2, recused_count=True).is_clean()
    ruled(recused, at_least=2).is_not_evidenced("GL11")


def test_who_left_for_the_item_is_not_counted_for_it():
    declared = [
        fact("meeting.interest_declared", "meeting:M1", "2026-03-12", by=f"person:{one}", items=["4"])
        for one in ("p2", "p3")
    ]
    managed = [
        fact(
            "meeting.conflict_managed",
            "meeting:M1",
            "2026-03-12",
            of={"stream": "meeting:M1", "n": n},
            management="leaves-for-item",
        )
        for n in (5, 6)
    ]
    place = unminuted().also(d2=declared[0], d3=declared[1], g2=managed[0], g3=managed[1])
    place.trips("GL11", "D1", "held", "terms")
    place.but("g3", management="no-action-needed").is_clean()
    place.but("d3", items=["5"]).is_clean()
    place.but("g3", items=["5"]).says_nothing("GL11")
    place.but("d3", items=None).is_not_evidenced("GL11")


# What is not recorded


def test_without_the_rule_the_quorum_cannot_be_shown():
    place = unminuted().but("terms", quorum_rule=None)
    found = place.is_not_evidenced("GL11")
    assert sentence(found).endswith("its quorum is not recorded")
    place.but("held", quorum={"quorate": True}).is_clean()
    unminuted().without("terms").is_not_evidenced("GL11")


def test_terms_that_came_later_do_not_count():
    place = unminuted(ALONE).but("terms", from_="2026-03-13")
    assert place._named(place.is_not_evidenced("GL11").evidence) == ["D1", "held"]
    place.but("terms", from_="2026-03-12").trips("GL11", "D1", "held", "terms")


def test_without_those_who_were_there_the_quorum_cannot_be_shown():
    found = unminuted().but("held", attendance=None).is_not_evidenced("GL11")
    assert sentence(found).endswith("who was there is not recorded")


def test_a_number_of_those_present_serves_where_the_rule_asks_for_a_number():
    place = unminuted().but("held", attendance=None)
    place.but("held", attendance_count=2).is_clean()
    place.but("held", attendance_count=1).trips("GL11", "D1", "held", "terms")
    more = ruled(place, at_least=2, composition=[{"members": "chair", "at_least": 1}])
    more.but("held", attendance_count=2).is_not_evidenced("GL11")
    more.but("held", attendance_count=1).trips("GL11", "D1", "held", "terms")


def test_a_body_that_is_not_recorded_as_having_met_there_cannot_be_shown_to_be_quorate():
    found = clean().but("held", bodies=["body:board"]).is_not_evidenced("GL11")
    assert sentence(found).endswith("that it met there is not recorded")


def test_of_members_that_are_not_recorded_anybody_may_be_one():
    place = unminuted().without("m-p1", "m-p2", "m-p3")
    place.is_not_evidenced("GL11")
    place.but("held", attendance=ALONE).trips("GL11", "D1", "held", "terms")
    place.but("held", attendance=[there("p1"), there("p2", role="observer")]).trips("GL11", "D1", "held", "terms")


# Each body by itself


def test_of_committees_in_common_each_is_counted_by_itself():
    place = unminuted([there("p1"), there("p4")]).but("held", bodies=["body:board", "body:committee"])
    place.trips("GL11", "D1", "held", "terms")


def test_the_holder_of_a_post_sits_for_it():
    post = fact("post.established", "post:director", "2025-04-01", ref="director", organisation="organisation:icb")
    filled = fact("post.filled", "post:director", "2025-04-01", person="person:p3")
    place = unminuted([there("p2"), there("p3")]).but("m-p3", member="post:director").also(post=post, filled=filled)
    place.is_clean()
    place.but("filled", until="2026-03-12").trips("GL11", "D1", "held", "terms")
    ruled(place, composition=[{"members": "director", "at_least": 1}]).is_clean()


# A chair who has no vote, and others whom a rule may or may not count


def test_members_without_a_vote_are_counted_only_perhaps():
    place = unminuted([there("p1"), there("p2")]).but("m-p2", voting=False)
    place.is_not_evidenced("GL11")
    place.but("m-p2", role="observer").trips("GL11", "D1", "held", "terms")


def test_people_who_hold_no_seat_do_not_make_a_quorum():
    place = unminuted([there("p1"), there("p4")])
    place.trips("GL11", "D1", "held", "terms")


def test_a_seat_that_began_or_ended_in_that_month_is_held_only_perhaps():
    place = unminuted([there("p1"), there("p2")])
    place.but("m-p2", from_="2026-03").is_not_evidenced("GL11")
    place.but("m-p2", until="2026-03").is_not_evidenced("GL11")
    place.but("m-p2", from_="2026-02").is_clean()


# Which of several notes counts


UNCLEAR = [there("p1"), there("p2", "part")]


def note(*, quorate, **more):
    said = {} if quorate is None else {"quorate": quorate}
    return fact("meeting.quorum_noted", "meeting:M1", "2026-03-12", **said, **more)


@pytest.mark.parametrize(
    ("quorate", "more"),
    [(True, {"items": ["9"]}), (None, {}), (True, {"from_": HALF_PAST_TWO}), (False, {"items": ["9"]})],
)
def test_only_a_note_of_this_item_and_hour_that_says_quorate_confirms_it(quorate, more):
    unminuted(UNCLEAR).also(noted=note(quorate=quorate, **more)).is_not_evidenced("GL11")
    denied = clean().but("held", quorum={"quorate": False}).also(noted=note(quorate=quorate, **more))
    denied.says_something("GL11")
    unminuted(UNCLEAR).also(noted=note(quorate=True)).says_nothing("GL11")


def test_a_note_that_it_was_quorate_at_some_hour_doubts_nothing_that_the_minutes_say():
    clean().but("held", attendance=UNCLEAR).also(noted=note(quorate=True, from_=HALF_PAST_TWO)).says_nothing("GL11")
    clean().but("held", attendance=UNCLEAR).also(noted=note(quorate=False, from_=HALF_PAST_TWO)).is_not_evidenced(
        "GL11"
    )


def test_a_note_until_a_time_leaves_a_decision_of_that_day_open():
    place = clean().but("held", attendance=UNCLEAR).also(noted=note(quorate=False, until=HALF_PAST_TWO))
    place.is_not_evidenced("GL11")
    place.but("D1", on="2026-03-12T14:29:00+00:00").trips("GL11", "D1", "noted")
    place.but("D1", on=HALF_PAST_TWO).is_clean()
