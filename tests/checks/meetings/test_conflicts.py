from __future__ import annotations

import pytest

from tests.checks.clean import fact
from tests.checks.histories import clean, sentence

AT_HALF_PAST = "2026-03-12T14:30:00+00:00"


def declared(by="p2", on="2026-03-12", **more):
    data = {"items": ["4"], "kind": "financial", **more}
    given = {name: value for name, value in data.items() if value is not None}
    return fact("meeting.interest_declared", "meeting:M1", on, by=f"person:{by}", **given)


def managed(how=None, n=5, **more):
    """What was done about the declaration that is the fifth fact of the meeting's stream."""
    given = {"management": how} if how else {}
    return fact(
        "meeting.conflict_managed", "meeting:M1", "2026-03-12", of={"stream": "meeting:M1", "n": n}, **given, **more
    )


def place(*votes, done=None, **more):
    """p2 declared an interest in item 4; these voted in favour, and this was done about it."""
    found = clean().also(declared=declared(**more))
    found = found if done is None else found.also(done=done)
    named = [{"by": f"person:{one}", "vote": "in-favour"} for one in votes]
    return found.but("D1", votes={"named": named}) if votes else found


# Nothing was done


def test_who_declared_an_interest_and_voted_is_told():
    found = place("p1", "p2").trips("GL15", "declared", "D1")
    assert sentence(found) == "person:p2 had declared an interest and voted on decision:D1"
    assert found.severity == "error"


def test_an_actual_conflict_about_which_nothing_was_done_is_told():
    found = place(conflict="actual").trips("GL15", "declared", "D1")
    assert sentence(found) == "person:p2 had declared a conflict, and nothing was done about it for decision:D1"


@pytest.mark.parametrize("conflict", ["potential", "perceived", None])
def test_how_another_interest_was_managed_may_not_be_recorded(conflict):
    asked = place(conflict=conflict)
    found = asked.is_not_evidenced("GL15")
    assert sentence(found) == "how the interest of person:p2 in decision:D1 was managed is not recorded"
    assert asked._named(found.evidence) == ["declared", "D1"]


def test_what_was_done_in_the_minutes_own_words_was_done():
    place(done=managed(management_words="The chair asked her to listen.")).is_clean()
    place(action="She listened.").is_clean()
    place("p1", "p2", action="She listened.").is_clean()
    place("p1", "p2", done=managed(management_words="She listened.")).is_clean()


def test_a_way_that_lets_the_person_vote_is_no_breach():
    for how in ("no-action-needed", "chair-hands-over", "papers-withheld", "wider-quorum"):
        place("p1", "p2", done=managed(how), conflict="actual").is_clean()


# It was not done as it was to be


@pytest.mark.parametrize("how", ["leaves-for-item", "speaks-without-deciding", "does-not-attend", "removed-from-group"])
def test_who_was_to_stand_aside_and_voted_is_told(how):
    found = (
        place("p1", "p2", "p3", done=managed(how))
        .but("terms", quorum_rule={"at_least": 2})
        .trips("GL15", "declared", "D1", "done")
    )
    assert sentence(found) == "person:p2 had declared an interest and voted on decision:D1"


def test_who_stood_aside_as_agreed_is_fine():
    place("p1", "p3", done=managed("leaves-for-item")).is_clean()
    abstains = place(done=managed("speaks-without-deciding"))
    abstains.but("D1", votes={"named": [{"by": "person:p2", "vote": "abstained"}]}).is_clean()


def test_what_was_not_managed_as_intended_is_told():
    found = place(done=managed(as_intended=False)).trips("GL15", "declared", "D1", "done")
    assert sentence(found) == "the interest of person:p2 in decision:D1 was not managed as intended"
    voted = place("p1", "p2", done=managed(as_intended=False)).trips("GL15", "declared", "D1", "done")
    assert sentence(voted) == "person:p2 had declared an interest and voted on decision:D1"
    place(done=managed("leaves-for-item", as_intended=True)).is_clean()


@pytest.mark.parametrize(
    ("left", "returned", "stayed"),
    [
        ("14:20", "14:40", False),
        ("14:30", "14:40", False),
        ("14:20", "14:30", False),
        ("14:31", "14:40", True),
        ("14:20", "14:29", True),
        (None, "14:29", True),
        ("14:31", None, True),
        (None, "14:31", False),
        ("14:20", None, False),
    ],
)
def test_the_times_show_who_was_in_the_room(left, returned, stayed):
    times = {"left": left, "returned": returned}
    times = {name: f"2026-03-12T{time}:00+00:00" for name, time in times.items() if time}
    asked = place(done=managed("leaves-for-item", **times)).but("D1", on=AT_HALF_PAST)
    if not stayed:
        asked.is_clean()
        return
    found = asked.trips("GL15", "declared", "D1", "done")
    assert sentence(found) == "person:p2 was to be out of the room for decision:D1 and was there"
    asked.but("D1", on="2026-03-12").is_clean()
    asked.but("done", management="speaks-without-deciding").is_clean()


def test_the_hours_of_attendance_show_who_was_in_the_room():
    hours = [{"arrived": "2026-03-12T14:00:00+00:00", "left": "2026-03-12T15:00:00+00:00"}]
    people = [
        {"by": "person:p1", "presence": "present", "role": "chair"},
        {"by": "person:p2", "presence": "present", "intervals": hours},
        {"by": "person:p3", "presence": "present"},
    ]
    asked = place(done=managed("leaves-for-item")).but("D1", on=AT_HALF_PAST)
    asked.is_clean()
    asked.but("held", attendance=people).trips("GL15", "declared", "D1", "done")
    asked.but("held", attendance=people).but("D1", on="2026-03-12T15:00:00+00:00").is_clean()
    gone = {"left": "2026-03-12T14:20:00+00:00", "returned": "2026-03-12T14:40:00+00:00"}
    asked.but("held", attendance=people).but("done", **gone).is_clean()


def test_what_was_done_for_another_item_was_not_done_for_this():
    asked = place("p1", "p2", done=managed("leaves-for-item", items=["9"]))
    asked.trips("GL15", "declared", "D1")
    asked.but("done", items=["4"]).trips("GL15", "declared", "D1", "done")


# Whether it is asked at all


def test_an_interest_in_another_item_is_none_in_this():
    place("p1", "p2", items=["5"]).is_clean()


def test_an_interest_of_which_the_items_are_not_recorded_may_be_in_this():
    asked = place("p1", "p2", items=None)
    asked.is_clean()
    place(items=None).is_not_evidenced("GL15")
    place(items=None, done=managed("no-action-needed")).is_clean()


def test_where_nothing_was_decided_nothing_need_be_done():
    place("p1", "p2").but("D1", outcome="noted").is_clean()


def test_what_was_declared_afterwards_could_not_be_managed():
    place("p1", "p2", on="2026-03-13").says_nothing("GL15")


def test_who_cannot_take_part_need_not_stand_aside():
    place(by="p4", conflict="actual").trips("GL15", "declared", "D1")
    people = [
        *clean().facts["held"]["data"]["attendance"],
        {"by": "person:p4", "presence": "present", "role": "observer"},
    ]
    place(by="p4", conflict="actual").but("held", attendance=people).is_clean()
    elsewhere = place(by="p4", conflict="actual").but("held", bodies=["body:board"])
    elsewhere.says_nothing("GL15")
    place(conflict="actual").but("held", bodies=["body:board"]).findings("GL15")[0]
    place("p4", by="p4").but("held", bodies=["body:board"]).findings("GL15")[0]


def test_an_item_of_several_decisions_is_told_once_and_what_is_shown_goes_first():
    later = {**clean().facts["D1"], "stream": "decision:D2"}
    votes = {"named": [{"by": "person:p2", "vote": "against"}]}
    later["data"] = {**later["data"], "ref": "D2", "value": [], "votes": votes}
    place().also(D2=later).trips("GL15", "declared", "D2")
    place("p1", "p2").also(D2=later).trips("GL15", "declared", "D1")


# Dispensations


def dispensation(person="person:p2", **more):
    return fact("dispensation.granted", "dispensation:X", "2026-03-01", ref="X", person=person, **more)


def test_who_has_leave_to_vote_may_vote():
    asked = place("p1", "p2")
    for covers in (
        {},
        {"allows": "speak-and-vote"},
        {"bodies": ["body:committee"]},
        {"matters": ["decision:D1"]},
        {"matters": ["proposal:P1"]},
        {"until": "2026-03-13"},
        {"from_": "2026-03-12"},
    ):
        asked.also(leave=dispensation(**covers)).is_clean()
    place("p1", "p2", dispensation="By the monitoring officer.").is_clean()


def test_leave_for_something_else_is_none():
    asked = place("p1", "p2")
    for covers in (
        {"allows": "speak"},
        {"bodies": ["body:board"]},
        {"matters": ["decision:A"]},
        {"until": "2026-03-12"},
        {"from_": "2026-03-13"},
    ):
        a = fact("decision.taken", "decision:A", "2026-01-01", ref="A")
        asked.also(leave=dispensation(**covers), A=a).trips("GL15", "declared", "D1")
    asked.also(leave=dispensation()).but("leave", person="person:p3").trips("GL15", "declared", "D1")


def test_leave_despite_one_interest_is_none_despite_another():
    first = fact("interest.registered", "interest:R1", "2025-04-01", ref="R1", by="person:p2", arose="2025-04-01")
    second = fact("interest.registered", "interest:R2", "2025-04-01", ref="R2", by="person:p2", arose="2025-04-01")
    asked = place("p1", "p2", interest="interest:R1").also(
        R1=first, R2=second, leave=dispensation(interest="interest:R1")
    )
    asked.is_clean()
    asked.but("leave", interest="interest:R2").trips("GL15", "declared", "D1")
    asked.but("declared", interest=None).but("leave", interest="interest:R2").is_clean()


def test_leave_to_speak_is_enough_for_who_does_not_vote():
    place(conflict="actual").also(leave=dispensation(allows="speak")).is_clean()


# Disclosable pecuniary interests


def test_who_votes_despite_a_disclosable_pecuniary_interest_needs_leave():
    found = place("p1", "p2", kind="dpi").trips("GL17", "declared", "D1")
    told = "person:p2 voted on decision:D1 despite a disclosable pecuniary interest, and no dispensation is recorded"
    assert sentence(found) == told
    place("p1", "p2", kind="dpi").also(leave=dispensation()).is_clean()
    place("p1", "p2", kind="dpi").also(leave=dispensation(allows="speak")).trips("GL17", "declared", "D1")
    place("p1", "p2", kind="dpi", dispensation="By the monitoring officer.").is_clean()
    place("p1", "p2", kind="dpi", done=managed(dispensation="By the monitoring officer.")).is_clean()


def test_who_speaks_despite_one_needs_leave():
    found = place(kind="dpi", done=managed("speaks-without-deciding")).trips("GL17", "declared", "D1", "done")
    assert sentence(found).startswith("person:p2 spoke on decision:D1 despite")
    spoke = place(kind="dpi", done=managed("speaks-without-deciding"))
    spoke.also(leave=dispensation(allows="speak")).is_clean()
    spoke.but("done", items=["9"]).is_not_evidenced("GL15")


def test_who_leaves_needs_none():
    place(kind="dpi", done=managed("leaves-for-item")).is_clean()
    place(kind="dpi", done=managed("leaves-for-item")).is_clean()
    place("p1", "p3", kind="dpi", done=managed("leaves-for-item")).is_clean()


def test_that_an_interest_is_disclosable_may_be_said_in_the_register_alone():
    register = fact(
        "interest.registered", "interest:R1", "2025-04-01", ref="R1", by="person:p2", kind="dpi", arose="2025-04-01"
    )
    asked = place("p1", "p2", kind=None, interest="interest:R1").also(R1=register)
    asked.trips("GL17", "declared", "D1")
    asked.but("R1", kind="financial").trips("GL15", "declared", "D1")
    asked.but("declared", kind="financial").trips("GL15", "declared", "D1")
    asked.but("declared", interest=None).trips("GL15", "declared", "D1")


def test_a_pecuniary_interest_in_another_item_or_declared_afterwards_is_not_asked():
    place("p1", "p2", kind="dpi", items=["5"]).is_clean()
    place("p1", "p2", kind="dpi", items=None).is_clean()
    place("p1", "p2", kind="dpi", on="2026-03-13").says_nothing("GL17")
    place("p1", "p2", kind="dpi").but("D1", outcome="noted").is_clean()


# Of several declarations, and of meetings that are not on record


def test_a_declaration_for_a_meeting_that_was_not_held_is_not_asked():
    place("p1", "p2").without("held").says_nothing("GL15")


def test_a_late_declaration_of_one_hides_nothing_of_another_s():
    for rule, kind in (("GL15", "financial"), ("GL17", "dpi")):
        asked = clean().also(late=declared("p3", on="2026-03-13", kind=kind), declared=declared(kind=kind))
        votes = [{"by": f"person:{one}", "vote": "in-favour"} for one in ("p1", "p2")]
        asked = asked.but("D1", votes={"named": votes})
        assert asked._named(asked.says_something(rule).evidence) == ["declared", "D1"]


def test_an_interest_that_is_not_disclosable_hides_no_other_that_is():
    asked = clean().also(first=declared("p3"), declared=declared(kind="dpi"))
    votes = [{"by": f"person:{one}", "vote": "in-favour"} for one in ("p1", "p2")]
    asked = asked.but("D1", votes={"named": votes})
    assert asked._named(asked.says_something("GL17").evidence) == ["declared", "D1"]


def test_who_sits_nowhere_may_have_taken_part_unless_the_minutes_have_them_in_attendance():
    asked = place(by="p4", conflict="actual")
    members = clean().facts["held"]["data"]["attendance"]
    other = {"by": "person:p3", "presence": "present", "role": "secretary"}
    for people in ([*members, {"by": "person:p4", "presence": "present"}, other], [*members, other], None):
        asked.but("held", attendance=people).says_something("GL15")
    secretary = {"by": "person:p4", "presence": "present", "role": "secretary"}
    asked.but("held", attendance=[*members, secretary]).says_nothing("GL15")


def test_a_deputy_could_take_part_and_an_observer_on_a_seat_of_their_own_could_not():
    asked = place(by="p4", conflict="actual")
    seat = fact("body.member_appointed", "body:committee", "2025-04-01", member="person:p4", role="deputy")
    asked.also(seat=seat).says_something("GL15")
    asked.also(seat=seat).but("seat", role="observer").says_nothing("GL15")


def test_a_conflict_about_which_something_was_done_in_words_was_managed():
    place(conflict="actual", action="She listened.").is_clean()


def test_where_the_hour_of_a_decision_is_not_recorded_nobody_can_be_shown_to_have_stayed():
    all_along = [{"arrived": "2026-03-12"}]
    people = [{"by": "person:p2", "presence": "present", "intervals": all_along}]
    asked = place(done=managed("leaves-for-item")).but("held", attendance=people)
    asked.says_nothing("GL15")
    asked.but("D1", on=AT_HALF_PAST).says_something("GL15")


def test_that_others_stayed_or_that_nobody_is_named_shows_nothing_of_who_was_to_leave():
    hours = [{"arrived": "2026-03-12T14:00:00+00:00", "left": "2026-03-12T15:00:00+00:00"}]
    people = [
        {"by": "person:p1", "presence": "present", "intervals": hours},
        {"by": "person:p2", "presence": "present"},
    ]
    asked = place(done=managed("leaves-for-item")).but("D1", on=AT_HALF_PAST)
    asked.but("held", attendance=people).says_nothing("GL15")
    asked.but("held", attendance=None).says_nothing("GL15")


def test_leave_despite_one_disclosable_interest_is_none_despite_another():
    first = fact("interest.registered", "interest:R1", "2025-04-01", ref="R1", by="person:p2", arose="2025-04-01")
    second = fact("interest.registered", "interest:R2", "2025-04-01", ref="R2", by="person:p2", arose="2025-04-01")
    asked = place("p1", "p2", kind="dpi", interest="interest:R1").also(R1=first, R2=second, leave=dispensation())
    asked.but("leave", interest="interest:R1").says_nothing("GL17")
    asked.but("leave", interest="interest:R2").says_something("GL17")
    asked.but("declared", interest=None).but("leave", interest="interest:R2").says_nothing("GL17")


@pytest.mark.parametrize("how", ["leaves-for-item", "speaks-without-deciding", "does-not-attend", "removed-from-group"])
def test_who_stands_aside_is_not_counted_and_whose_conflict_is_managed_otherwise_is(how):
    all_three = place(done=managed(how)).but("terms", quorum_rule={"at_least": 3, "recused_count": False})
    all_three.says_something("GL11")
    all_three.but("done", as_intended=False).says_nothing("GL11")
    for stays in ("no-action-needed", "chair-hands-over", "papers-withheld", "wider-quorum"):
        all_three.but("done", management=stays).says_nothing("GL11")


def test_who_stands_aside_from_another_item_is_counted_for_this():
    all_three = place(done=managed("leaves-for-item")).but("held", quorum=None)
    all_three = all_three.but("terms", quorum_rule={"at_least": 3, "recused_count": False})
    all_three.but("done", items=["4"]).says_something("GL11")
    all_three.but("done", items=["9"]).says_nothing("GL11")
    all_three.but("declared", items=["9"]).says_nothing("GL11")
    all_three.but("declared", items=None).is_not_evidenced("GL11")


def test_a_vote_that_says_that_somebody_stood_aside_counts_like_the_minutes():
    all_three = clean().but("terms", quorum_rule={"at_least": 3, "recused_count": False}).but("held", quorum=None)
    aside = all_three.but("D1", votes={"named": [{"by": "person:p2", "vote": "recused"}]})
    aside.says_something("GL11")
    all_three.but("D1", votes={"named": [{"by": "person:p2", "vote": "abstained"}]}).says_nothing("GL11")
    all_three.but("D1", votes={"named": [{"vote": "recused"}]}).says_nothing("GL11")


def test_of_a_meeting_without_a_day_every_declaration_was_in_time():
    place("p1", "p2").undated("held").says_something("GL15")


def test_leave_that_names_no_interest_is_leave_despite_any():
    register = fact("interest.registered", "interest:R1", "2025-04-01", ref="R1", by="person:p2", arose="2025-04-01")
    place("p1", "p2", interest="interest:R1").also(R1=register, leave=dispensation()).is_clean()


def test_who_gives_leave_has_none_by_that():
    given = dispensation(who="person:p2")
    place("p1", "p2").also(leave=given).says_nothing("GL15")
    place("p1", "p2").also(leave=given).but("leave", person="person:p3").says_something("GL15")


def test_leave_from_the_minute_of_the_decision_is_leave():
    asked = place("p1", "p2").but("D1", on=AT_HALF_PAST)
    asked.also(leave=dispensation(from_=AT_HALF_PAST)).is_clean()
    asked.also(leave=dispensation(from_="2026-03-12T14:31:00+00:00")).says_something("GL15")


def test_a_late_declaration_hides_none_of_which_the_day_is_not_recorded():
    asked = clean().also(late=declared("p3", on="2026-03-13"), declared=declared()).undated("declared")
    votes = [{"by": f"person:{one}", "vote": "in-favour"} for one in ("p1", "p2")]
    asked = asked.but("D1", votes={"named": votes})
    assert asked._named(asked.says_something("GL15").evidence) == ["declared", "D1"]


# Who decides alone


def chief(*holders, **more):
    """p4 declared an interest in item 4, which the post that these hold decided."""
    post = fact("post.established", "post:chief", "2024-01-01", ref="chief", organisation="organisation:icb")
    found = place(by="p4", **more).also(post=post).but("D1", decision_makers=["post:chief"])
    held = {one: fact("post.filled", "post:chief", "2024-01-01", person=f"person:{one}") for one in holders or ("p4",)}
    return found.also(**{f"holds-{one}": holds for one, holds in held.items()})


def test_the_holder_of_a_post_who_had_declared_an_interest_and_decided_is_told():
    found = chief().says_something("GL15")
    assert sentence(found) == "person:p4 had declared an interest and decided decision:D1"
    assert chief()._named(found.evidence) == ["declared", "D1"]
    chief("p3").says_nothing("GL15")
    chief(action="The chair heard it and saw no conflict.").says_nothing("GL15")
    chief().also(leave=dispensation(person="person:p4")).says_nothing("GL15")
    chief().also(leave=dispensation(person="person:p4", allows="speak")).says_something("GL15")


def test_who_was_to_stand_aside_and_decided_as_the_holder_of_a_post_is_told():
    asked = chief(done=managed("leaves-for-item"))
    assert sentence(asked.says_something("GL15")) == "person:p4 had declared an interest and decided decision:D1"
    asked.but("D1", people=["person:p3"]).says_nothing("GL15")
    asked.but("done", management="no-action-needed").says_nothing("GL15")


def test_of_several_holders_of_a_post_it_is_not_recorded_who_decided():
    found = chief("p3", "p4").is_not_evidenced("GL15")
    assert sentence(found) == "how the interest of person:p4 in decision:D1 was managed is not recorded"
    chief("p3", "p4").but("D1", people=["person:p4"]).says_something("GL15")
    chief("p3", "p4").but("D1", people=["person:p3"]).says_nothing("GL15")


def test_whether_what_a_post_decided_was_the_item_of_a_declaration_may_not_be_recorded():
    chief(items=None).is_not_evidenced("GL15")


def test_the_holder_of_a_post_who_decides_despite_a_disclosable_pecuniary_interest_needs_leave():
    found = chief(kind="dpi").says_something("GL17")
    told = "person:p4 decided decision:D1 despite a disclosable pecuniary interest, and no dispensation is recorded"
    assert sentence(found) == told
    chief(kind="dpi").says_nothing("GL15")
    chief(kind="dpi").also(leave=dispensation(person="person:p4")).says_nothing("GL17")
    chief(kind="dpi").also(leave=dispensation(person="person:p4", allows="speak")).says_something("GL17")


def test_a_conflict_is_not_put_right_by_the_same_holder_who_decides_again():
    again = {**chief().facts["D1"], "stream": "decision:D2", "on": "2026-03-20"}
    links = [{"link": "confirms", "decision": "decision:D1"}]
    again["data"] = {**again["data"], "ref": "D2", "value": [], "meeting": None, "item": None, "links": links}
    again["data"] = {name: value for name, value in again["data"].items() if value is not None}
    chief().also(D2=again).says_something("GL15")
    changed = fact("post.filled", "post:chief", "2026-03-16", person="person:p3")
    left = fact("post.vacated", "post:chief", "2026-03-15", of={"stream": "post:chief", "n": 2})
    chief().also(left=left, changed=changed, D2=again).says_nothing("GL15")


def test_leave_for_some_of_the_day_may_have_been_leave_for_what_has_no_hour():
    noon = "2026-03-12T12:00:00+00:00"
    asked = place("p1", "p2")
    asked.also(leave=dispensation(from_=noon)).says_nothing("GL15")
    asked.also(leave=dispensation(until=noon)).says_nothing("GL15")


def test_a_declaration_of_the_month_of_a_meeting_was_perhaps_in_time():
    place("p1", "p2", on="2026-03").says_something("GL15")


def test_of_a_meeting_that_was_recorded_twice_declarations_of_the_later_day_were_in_time():
    again = fact("meeting.held", "meeting:M1", "2026-03-13", bodies=["body:committee"])
    place("p1", "p2", on="2026-03-13").also(again=again).says_something("GL15")


# Of several decisions, and at the hours of a day


NOON = "2026-03-12T12:00:00+00:00"
START_OF_THE_DAY = 1773273600000000


def test_a_conflict_in_two_decisions_is_put_right_when_both_were_looked_at_again_without_the_person():
    later = {**clean().facts["D1"], "stream": "decision:D2"}
    later["data"] = {**later["data"], "ref": "D2", "value": []}
    data = {"who": "body:committee", "conclusion": "keep", "meeting": "meeting:M2"}
    first = fact("decision.reviewed", "decision:D1", "2026-04-09", **data)
    people = [{"by": f"person:{one}", "presence": "present"} for one in ("p1", "p3")]
    asked = place(conflict="actual").but("next", attendance=people).also(D2=later, first=first)
    asked.says_something("GL15")
    asked.also(second={**first, "stream": "decision:D2"}).says_nothing("GL15")


def test_an_interest_in_another_item_needs_no_managing_for_this():
    place(items=["5"]).says_nothing("GL15")


def test_who_came_in_attendance_only_when_it_resumed_could_not_take_part():
    members = clean().facts["held"]["data"]["attendance"]
    people = [*members, {"by": "person:p4", "presence": "present", "role": "observer"}]
    resumed = fact("meeting.resumed", "meeting:M1", "2026-03-12T12:00:00+00:00", attendance=people)
    asked = place(by="p4", conflict="actual")
    asked.says_something("GL15")
    asked.also(resumed=resumed).says_nothing("GL15")


def test_who_observed_from_a_seat_for_some_of_the_day_could_not_take_part():
    observer = {"member": "person:p4", "role": "observer"}
    came = fact("body.member_appointed", "body:committee", NOON, **observer)
    left = fact("body.member_appointed", "body:committee", "2025-04-01", until=NOON, **observer)
    for seat in (came, left):
        place(by="p4", conflict="actual").also(seat=seat).says_nothing("GL15")


def test_of_a_meeting_that_was_recorded_twice_the_bodies_of_the_later_count():
    again = fact("meeting.held", "meeting:M1", "2026-03-12", bodies=["body:board"])
    place(by="p4", conflict="actual").also(again=again).says_nothing("GL15")


def test_a_conflict_is_told_from_the_beginning_of_the_day():
    assert place("p1", "p2").says_something("GL15").since == START_OF_THE_DAY
    assert place(conflict=None).is_not_evidenced("GL15").since == START_OF_THE_DAY
