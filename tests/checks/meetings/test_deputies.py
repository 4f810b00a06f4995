from __future__ import annotations

import pytest

from tests.checks.clean import fact
from tests.checks.histories import clean, sentence

ALLOWED = {"allowed": True, "named_only": False, "may_vote": True}


def there(person, presence="present", **more):
    return {"by": f"person:{person}", "presence": presence, **more}


def named(of="person:p3", person="p4", **more):
    return fact(
        "body.member_appointed",
        "body:committee",
        "2025-04-01",
        member=f"person:{person}",
        role="deputy",
        **({"deputy_for": of} if of else {}),
        **more,
    )


def attended(*people, **terms):
    """The clean place with p1, p2 and these; the terms allow deputies, unless they are given."""
    place = clean().but("held", attendance=[there("p1"), there("p2"), *people])
    return place.but("terms", deputies=terms or ALLOWED)


FOR_P3 = there("p4", deputy_for="person:p3")


def test_a_deputy_where_the_terms_allow_deputies_is_fine():
    attended(FOR_P3).is_clean()


def test_a_deputy_where_the_terms_allow_none_is_told():
    found = attended(FOR_P3, allowed=False).trips("GL13", "held", "terms")
    assert sentence(found) == "person:p4 stood in for person:p3, and body:committee allows no deputies"


def test_a_deputy_who_did_not_come_is_not_told():
    for presence in ("apologies", "absent"):
        attended(there("p4", presence, deputy_for="person:p3"), allowed=False).is_clean()
    attended(there("p4", "part", deputy_for="person:p3"), allowed=False).trips("GL13", "held", "terms")


def test_where_only_named_deputies_may_come_another_is_told():
    found = attended(FOR_P3, allowed=True, named_only=True).trips("GL13", "held", "terms")
    assert sentence(found) == "person:p4 stood in for person:p3 on body:committee, and no seat as a deputy is recorded"


@pytest.mark.parametrize("of", ["person:p3", None])
def test_a_named_deputy_is_fine(of):
    attended(FOR_P3, allowed=True, named_only=True).also(named=named(of)).is_clean()


def test_a_deputy_named_for_another_member_or_another_time_is_not_named():
    place = attended(FOR_P3, allowed=True, named_only=True)
    place.also(named=named("person:p2")).trips("GL13", "held", "terms")
    place.also(named=named(until="2026-03-12")).trips("GL13", "held", "terms")
    place.also(named=named(until="2026-03-13")).is_clean()
    place.also(named=named(person="p3")).trips("GL13", "held", "terms")


def test_a_deputy_of_whom_it_is_not_said_for_whom_is_named_if_for_anybody():
    place = attended(there("p4", role="deputy"), allowed=True, named_only=True)
    place.also(named=named("person:p2")).is_clean()
    found = place.trips("GL13", "held", "terms")
    assert sentence(found) == "person:p4 stood in for a member on body:committee, and no seat as a deputy is recorded"


def test_a_deputy_named_for_a_post_stands_in_for_its_holder():
    post = fact("post.established", "post:director", "2025-04-01", ref="director", organisation="organisation:icb")
    filled = fact("post.filled", "post:director", "2025-04-01", person="person:p3")
    place = attended(FOR_P3, allowed=True, named_only=True).also(post=post, filled=filled, named=named("post:director"))
    place.is_clean()
    place.but("filled", person="person:p2").trips("GL13", "held", "terms")
    place.without("filled").is_clean()


def test_to_stand_in_for_somebody_who_is_no_member_is_told():
    found = attended(there("p3"), there("p4", deputy_for="person:p5")).also(
        p5=fact("person.registered", "person:p5", "2022-07-01", ref="p5")
    )
    found = history(found).trips("GL13", "held", "terms")
    assert sentence(found) == "person:p4 stood in for person:p5, who held no seat on body:committee"


def history(place):
    """With the person registered before the meeting that names them."""
    facts = dict(place.facts)
    p5 = facts.pop("p5")
    return type(place)({"p5": p5, **facts})


def test_where_there_are_more_members_than_are_recorded_nobody_is_told_to_be_none():
    place = attended(there("p3"), there("p4", deputy_for="person:p5")).also(
        p5=fact("person.registered", "person:p5", "2022-07-01", ref="p5")
    )
    place = history(place)
    place.but("terms", size=4).is_clean()
    place.but("terms", size=None).trips("GL13", "held", "terms")


def test_to_stand_in_for_a_member_who_was_there_is_told():
    found = attended(there("p3"), FOR_P3).trips("GL13", "held", "terms")
    assert sentence(found) == "person:p4 stood in for person:p3 on body:committee, who was there"
    attended(there("p3", "apologies"), FOR_P3).is_clean()
    attended(there("p3", "part"), FOR_P3).is_clean()
    attended(there("p3"), there("p4", "part", deputy_for="person:p3")).is_clean()


def test_two_deputies_for_one_member_are_one_too_many():
    found = attended(FOR_P3, there("p5", deputy_for="person:p3")).also(
        p5=fact("person.registered", "person:p5", "2022-07-01", ref="p5")
    )
    found = history(found).trips("GL13", "held", "terms")
    assert sentence(found).startswith(
        "person:p5 stood in for person:p3 on body:committee, for whom somebody else stood in"
    )


def test_one_deputy_for_two_members_is_told():
    place = clean().but("terms", deputies=ALLOWED)
    twice = [there("p1"), there("p4", deputy_for="person:p2"), there("p4", deputy_for="person:p3")]
    found = place.but("held", attendance=twice).trips("GL13", "held", "terms")
    assert sentence(found) == "person:p4 stood in for person:p3 on body:committee, and for another member too"
    twice[1]["presence"] = "part"
    place.but("held", attendance=twice).is_clean()


def test_a_rule_on_deputies_that_is_not_recorded_shows_nothing():
    place = attended(FOR_P3).but("terms", deputies=None)
    found = place.is_not_evidenced("GL13")
    assert sentence(found) == "whether body:committee allows deputies is not recorded; person:p4 stood in"
    assert place._named(found.evidence) == ["held", "terms"]
    place.without("terms").says_nothing("GL13")
    clean().but("terms", deputies=None).says_nothing("GL13")


def test_a_meeting_without_a_day_is_not_asked():
    attended(FOR_P3, allowed=False).undated("held").says_nothing("GL13")
    attended(FOR_P3, allowed=False).without("held").says_nothing("GL13")


def test_of_committees_in_common_a_deputy_stands_in_on_the_members_own():
    place = clean().but("terms", deputies={"allowed": False}).but("held", bodies=["body:committee", "body:board"])
    attendance = [there("p1"), there("p2"), there("p4", deputy_for="person:p3")]
    place.but("held", attendance=attendance).trips("GL13", "held", "terms")
    elsewhere = fact("body.member_appointed", "body:board", "2025-04-01", member="person:p3", role="voting-member")
    place.without("m-p3").also(elsewhere=elsewhere).but("held", attendance=attendance).says_nothing("GL13")


def test_one_who_sits_in_their_own_right_is_no_deputy():
    attended(there("p3", role="deputy"), allowed=False).is_clean()


def test_a_deputy_whom_the_minutes_do_not_name_is_told_as_somebody():
    unnamed = {"presence": "present", "deputy_for": "person:p3"}
    found = attended(unnamed, allowed=False).trips("GL13", "held", "terms")
    assert sentence(found) == "somebody stood in for person:p3, and body:committee allows no deputies"
    silent = attended(unnamed).but("terms", deputies=None).is_not_evidenced("GL13")
    assert sentence(silent).endswith("is not recorded; somebody stood in")


def with_p5(place):
    return history(place.also(p5=fact("person.registered", "person:p5", "2022-07-01", ref="p5")))


def test_two_deputies_for_two_members_are_fine_also_where_the_minutes_do_not_name_them():
    place = with_p5(clean()).but("terms", deputies=ALLOWED)
    people = [there("p1"), there("p4", deputy_for="person:p2"), there("p5", deputy_for="person:p3")]
    place.but("held", attendance=people).is_clean()
    unnamed = [{"presence": "present", "deputy_for": f"person:{one}"} for one in ("p2", "p3")]
    place.but("held", attendance=[there("p1"), *unnamed]).is_clean()


def test_two_who_stood_in_for_members_whom_nobody_names_are_fine():
    people = [there("p1"), there("p2"), there("p4", role="deputy"), there("p5", role="deputy")]
    with_p5(clean()).but("terms", deputies=ALLOWED).but("held", attendance=people).is_clean()


def test_the_seat_of_a_member_names_nobody_as_a_deputy():
    place = clean().but("terms", deputies={"allowed": True, "named_only": True})
    people = [there("p1"), there("p2", deputy_for="person:p3"), there("p3", "apologies")]
    found = place.but("held", attendance=people).says_something("GL13")
    assert sentence(found) == "person:p2 stood in for person:p3 on body:committee, and no seat as a deputy is recorded"


def test_to_stand_in_for_an_observer_is_to_stand_in_for_no_member():
    observed = attended(FOR_P3).but("m-p3", role="observer", voting=None).but("terms", size=2)
    found = observed.says_something("GL13")
    assert sentence(found) == "person:p4 stood in for person:p3, who held no seat on body:committee"


def test_where_it_is_not_recorded_who_was_there_nobody_stood_in():
    clean().but("terms", deputies={"allowed": False}).but("held", attendance=None).says_nothing("GL13")


def test_of_committees_in_common_a_named_deputy_stands_in_on_the_body_that_named_them():
    people = [there("p1"), there("p2"), there("p3"), there("p4")]
    place = clean().but("terms", deputies={"allowed": False}).but("held", bodies=["body:committee", "body:board"])
    place = place.but("held", attendance=people)
    found = place.also(named=named(None)).says_something("GL13")
    assert sentence(found) == "person:p4 stood in for a member, and body:committee allows no deputies"
    elsewhere = named(None)
    elsewhere["stream"] = "body:board"
    place.also(named=elsewhere).says_nothing("GL13")


def test_of_committees_in_common_only_those_with_terms_are_asked_and_each_of_them():
    people = [there("p1"), there("p2"), FOR_P3]
    place = clean().but("held", bodies=["body:board", "body:committee"], attendance=people)
    place.but("terms", deputies={"allowed": False}).says_something("GL13")


def test_a_deputy_of_either_who_held_the_post_that_day_is_named():
    noon = "2026-03-12T12:00:00+00:00"
    post = fact("post.established", "post:director", "2025-04-01", ref="director", organisation="organisation:icb")
    before = fact("post.filled", "post:director", "2025-04-01", person="person:p3", until=noon)
    after = fact("post.filled", "post:director", "2025-04-01", person="person:p2", from_=noon)
    place = attended(FOR_P3, allowed=True, named_only=True)
    place = place.also(post=post, before=before, after=after, named=named("post:director"))
    place.is_clean()
    swapped = place.but("before", person="person:p2").but("after", person="person:p3")
    swapped.is_clean()
    swapped.but("after", from_="2026-03-13").trips("GL13", "held", "terms")


def test_of_committees_in_common_each_has_members_and_terms_of_its_own():
    terms = fact("body.terms_adopted", "body:board", "2025-04-01", version="1", deputies={"allowed": False}, size=1)
    sits = fact("body.member_appointed", "body:board", "2025-04-01", member="person:p2", role="voting-member")
    people = [there("p1"), there("p2"), FOR_P3]
    place = clean().but("terms", deputies={"allowed": False}).also(board_terms=terms, sits=sits)
    place = place.but("held", bodies=["body:board", "body:committee"], attendance=people)
    found = place.says_something("GL13")
    assert sentence(found) == "person:p4 stood in for person:p3, and body:committee allows no deputies"
    assert place._named(found.evidence) == ["held", "terms"]
