from __future__ import annotations

from tests.checks.clean import fact
from tests.checks.histories import clean, sentence

NAMED = ("p1", "p2")


def there(person, presence="present", **more):
    return {"by": f"person:{person}", "presence": presence, **more}


def vote(person, how="in-favour", **more):
    return {"by": f"person:{person}", "vote": how, **more}


def voted(*votes, place=None):
    return (place or clean()).but("D1", method="vote-recorded", votes={"named": list(votes)})


def attended(*people, place=None):
    return (place or clean()).but("held", attendance=list(people))


MEMBERS = (there("p1", role="chair"), there("p2", role="voting-member"), there("p3", role="voting-member"))
THREE = (vote("p1"), vote("p2"), vote("p3"))


# By a vote that is recorded by name


def test_a_vote_of_somebody_without_a_seat_is_told():
    found = voted(*THREE, vote("p4")).trips("GL12", "D1", "terms")
    assert sentence(found) == "person:p4 voted and held no seat on body:committee"
    assert found.severity == "warning"


def test_it_is_an_error_where_the_vote_turned_on_it():
    found = voted(vote("p1"), vote("p2", "against"), vote("p4")).trips("GL12", "D1", "terms")
    assert found.severity == "error"
    assert voted(vote("p1"), vote("p4")).trips("GL12", "D1", "terms").severity == "warning"
    assert voted(vote("p4"), vote("p1", "abstained")).trips("GL12", "D1", "terms").severity == "error"
    against = voted(vote("p1"), vote("p4", "against")).but("D1", outcome="rejected")
    assert against.trips("GL12", "D1", "terms").severity == "error"


def test_who_abstains_or_stands_aside_has_no_hand_in_it():
    for how in ("abstained", "recused", "absent", "did-not-vote"):
        voted(*THREE, vote("p4", how)).is_clean()


def test_several_are_told_together_and_others_by_what_is_wrong():
    p5 = fact("person.registered", "person:p5", "2022-07-01", ref="p5")
    place = voted(*THREE, vote("p4"), vote("p5")).but("m-p3", voting=False).also(p5=p5)
    found = place.trips("GL12", "D1", "m-p3", "terms")
    told = "person:p3 voted and had no vote on body:committee; person:p4 and person:p5 voted and held no seat on body:committee"
    assert sentence(found) == told


def test_a_seat_that_had_ended_is_told_with_its_last_day_and_what_ended_it():
    ended = fact("body.member_ended", "body:committee", "2026-02-01", of={"stream": "body:committee", "n": 5})
    found = voted(*THREE).also(ended=ended).trips("GL12", "D1", "m-p3", "ended")
    assert sentence(found) == "person:p3 voted after the seat on body:committee had ended with 2026-01-31"
    from_later = voted(*THREE).also(ended=ended).but("ended", from_="2026-03-13")
    from_later.is_clean()
    first_day = voted(*THREE).also(ended=ended).but("ended", from_="2026-03-12")
    first_day.trips("GL12", "D1", "m-p3", "ended")


def test_a_term_that_had_run_out_is_told():
    found = voted(*THREE).but("m-p3", until="2026-03-12").trips("GL12", "D1", "m-p3")
    assert sentence(found).endswith("had ended with 2026-03-11")
    voted(*THREE).but("m-p3", until="2026-03-13").is_clean()


def test_the_last_of_several_terms_is_told():
    again = fact(
        "body.member_appointed",
        "body:committee",
        "2025-06-01",
        member="person:p3",
        from_="2025-06-01",
        until="2026-01-01",
    )
    place = voted(*THREE).but("m-p3", until="2025-06-01").also(again=again)
    found = place.trips("GL12", "D1", "again")
    assert sentence(found).endswith("2025-12-31")
    place.but("again", until="2026-04-01").is_clean()


def test_a_seat_that_had_not_begun_is_none():
    voted(*THREE).but("m-p3", from_="2026-03-13").trips("GL12", "D1", "held", "terms")
    voted(*THREE).but("m-p3", from_="2026-03-12").is_clean()


def test_an_observer_has_no_vote():
    found = voted(*THREE).but("m-p3", role="observer", voting=None).trips("GL12", "D1", "m-p3")
    assert sentence(found) == "person:p3 voted and had no vote on body:committee"


def test_a_member_of_whom_it_is_not_said_has_a_vote():
    voted(*THREE).but("m-p3", voting=None).is_clean()
    voted(*THREE).but("m-p3", voting=None, role="non-voting-member").trips("GL12", "D1", "m-p3")


# By the minutes alone


def test_who_is_minuted_as_a_member_and_holds_no_seat_is_told():
    found = attended(*MEMBERS, there("p4", role="voting-member")).trips("GL12", "D1", "held", "terms")
    assert sentence(found) == "person:p4 took part as a member and held no seat on body:committee"
    assert found.severity == "warning"
    attended(*MEMBERS, there("p4", voting=True)).trips("GL12", "D1", "held", "terms")


def test_several_who_hold_no_seat_took_part_as_members():
    p5 = fact("person.registered", "person:p5", "2022-07-01", ref="p5")
    both = (there("p4", role="voting-member"), there("p5", role="voting-member"))
    found = attended(*MEMBERS, *both).also(p5=p5).trips("GL12", "D1", "held", "terms")
    assert sentence(found) == "person:p4 and person:p5 took part as members and held no seat on body:committee"


def test_who_was_not_there_or_not_as_a_member_is_not_told():
    attended(*MEMBERS, there("p4", "apologies", role="voting-member")).is_clean()
    attended(*MEMBERS, there("p4", role="in-attendance")).is_clean()
    attended(*MEMBERS, there("p4")).is_clean()
    attended(*MEMBERS, there("p4", voting=False)).is_clean()


def test_it_is_an_error_where_there_was_a_quorum_only_with_them_and_that_alone_is_told():
    place = attended(there("p1", role="chair"), there("p4", role="voting-member"))
    assert place.trips("GL12", "D1", "held", "terms").severity == "error"
    place.but("held", quorum=None).trips("GL12", "D1", "held", "terms")
    alone = attended(there("p4", role="voting-member"))
    assert {one.rule for one in alone.findings()} == {"GL11", "GL12"}


def test_it_is_told_of_each_decision_of_a_meeting():
    later = {**clean().facts["D1"], "stream": "decision:D2"}
    later["data"] = {**later["data"], "ref": "D2", "value": [], "item": "5"}
    place = attended(*MEMBERS, there("p4", role="voting-member")).also(D2=later)
    assert [(one.rule, one.subject) for one in place.findings()] == [("GL12", "decision:D1"), ("GL12", "decision:D2")]
    rests = attended(there("p1", role="chair"), there("p4", role="voting-member")).also(D2=later)
    assert [(one.rule, one.subject) for one in rests.findings()] == [("GL12", "decision:D1"), ("GL12", "decision:D2")]


def test_what_cannot_be_shown_is_told_once_for_a_meeting():
    later = {**clean().facts["D1"], "stream": "decision:D2"}
    later["data"] = {**later["data"], "ref": "D2", "value": [], "item": "5"}
    place = attended(*MEMBERS, there("p4", role="voting-member")).also(D2=later).but("terms", size=4)
    assert [(one.evidenced, one.subject) for one in place.findings("GL12")] == [(False, "decision:D1")]


def test_who_voted_by_name_on_one_decision_took_part_in_the_others_of_the_meeting():
    later = {**clean().facts["D1"], "stream": "decision:D2"}
    later["data"] = {**later["data"], "ref": "D2", "value": [], "item": "5", "votes": {"named": [*THREE, vote("p4")]}}
    place = attended(*MEMBERS, there("p4", role="voting-member")).also(D2=later)
    assert [(one.subject, sentence(one)) for one in place.findings()] == [
        ("decision:D1", "person:p4 took part as a member and held no seat on body:committee"),
        ("decision:D2", "person:p4 voted and held no seat on body:committee"),
    ]


# Deputies are for another rule, but for their votes


def test_the_vote_of_a_deputy_is_no_vote_where_deputies_have_none():
    deputy = fact(
        "body.member_appointed",
        "body:committee",
        "2025-04-01",
        member="person:p4",
        role="deputy",
        deputy_for="person:p3",
    )
    people = (there("p1"), there("p2"), there("p4", deputy_for="person:p3"))
    place = attended(*people, place=voted(vote("p1"), vote("p2"), vote("p4"))).also(deputy=deputy)
    place.is_clean()
    none = place.but("terms", deputies={"allowed": True, "may_vote": False})
    found = none.trips("GL12", "D1", "terms")
    assert sentence(found) == "person:p4 voted as a deputy, who has no vote on body:committee"
    place.but("terms", deputies={"allowed": False}).says_nothing("GL12")


# Where it cannot be asked, or not be shown


def test_where_no_members_are_recorded_nobody_is_accused():
    voted(*THREE).without("m-p1", "m-p2", "m-p3").says_nothing("GL12")


def test_where_there_are_more_seats_than_are_recorded_it_cannot_be_shown():
    place = voted(*THREE, vote("p4")).but("terms", size=4)
    place.but("m-p3", voting=False).trips("GL12", "D1", "m-p3")
    found = place.is_not_evidenced("GL12")
    assert place._named(found.evidence) == ["D1", "terms"]
    assert sentence(found).endswith("held no seat on body:committee, as far as its seats are recorded")
    voted(*THREE, vote("p4")).but("terms", size=None).trips("GL12", "D1")


def test_a_decision_that_uses_no_power_or_has_no_day_or_several_makers_is_not_asked():
    place = voted(*THREE, vote("p4"))
    place.but("D1", outcome="noted").says_nothing("GL12")
    place.undated("D1").says_nothing("GL12")
    place.but("D1", decision_makers=["body:committee", "body:board"]).says_nothing("GL12")
    place.but("D1", decision_makers=["person:p1"]).says_nothing("GL12")


def test_the_holder_of_a_post_votes_on_its_seat():
    post = fact("post.established", "post:director", "2025-04-01", ref="director", organisation="organisation:icb")
    filled = fact("post.filled", "post:director", "2025-04-01", person="person:p4")
    place = voted(*THREE[:2], vote("p4")).but("m-p3", member="post:director").also(post=post, filled=filled)
    place = attended(*MEMBERS[:2], there("p4"), place=place)
    place.is_clean()
    place.but("filled", person="person:p3").trips("GL12", "D1", "held", "terms")


def test_where_organisations_vote_one_whose_only_vote_in_favour_was_not_theirs_to_give_counts_as_lost():
    people = (
        there("p1", on_behalf_of=["organisation:icb"]),
        there("p2", on_behalf_of=["organisation:council"]),
        there("p4", on_behalf_of=["organisation:council"]),
    )
    terms = [{"rule": "unanimity", "base": "organisations"}]
    place = attended(*people, place=voted(vote("p1"), vote("p2", "abstained"), vote("p4")))
    assert place.trips("GL12", "D1", "held", "terms").severity == "warning"
    assert place.but("terms", decision_rules=terms).trips("GL12", "D1", "held", "terms").severity == "error"
    both = attended(*people, place=voted(vote("p1"), vote("p2"), vote("p4"))).but("terms", decision_rules=terms)
    assert both.trips("GL12", "D1", "held", "terms").severity == "warning"
    own = voted(vote("p1"), vote("p2"), vote("p4", on_behalf_of=["organisation:trust"]), place=place)
    assert own.but("terms", decision_rules=terms).trips("GL12", "D1", "held", "terms").severity == "error"


# Whoever is asked, and by what they are judged


def says(place, **asked):
    return sentence(place.says_something("GL12", **asked))


def test_a_decision_that_was_retracted_is_not_asked():
    gone = fact("record.retracted", "decision:D1", None, of={"stream": "decision:D1", "n": 1})
    voted(*THREE, vote("p4")).also(gone=gone).says_nothing("GL12")


def test_whoever_holds_the_post_that_decides_sits_on_no_body():
    post = fact("post.established", "post:director", "2025-04-01", ref="director", organisation="organisation:icb")
    filled = fact("post.filled", "post:director", "2025-04-01", person="person:p4")
    place = voted(*THREE).also(post=post, filled=filled)
    place.but("D1", decision_makers=["post:director"]).says_nothing("GL12")
    voted(*THREE, vote("p4")).but("D1", decision_makers=["body:committee", "person:p1"]).says_nothing("GL12")


def test_where_no_terms_are_recorded_a_vote_without_a_seat_is_told_all_the_same():
    assert says(voted(*THREE, vote("p4")).without("terms")) == "person:p4 voted and held no seat on body:committee"


def test_a_vote_of_which_nobody_says_whose_it_was_is_nobody_s():
    voted(*THREE, {"vote": "in-favour", "on_behalf_of": ["organisation:icb"]}).says_nothing("GL12")


def test_three_different_wrongs_are_told_one_after_the_other():
    ended = fact("body.member_ended", "body:committee", "2026-02-01", of={"stream": "body:committee", "n": 4})
    place = voted(*THREE, vote("p4")).but("m-p3", voting=False).also(ended=ended)
    assert says(place) == (
        "person:p2 voted after the seat on body:committee had ended with 2026-01-31; "
        "person:p3 voted and had no vote on body:committee; person:p4 voted and held no seat on body:committee"
    )


def test_a_seat_that_ended_as_from_a_day_is_told_with_the_last_day_before_that():
    ended = fact("body.member_ended", "body:committee", "2026-01-10", of={"stream": "body:committee", "n": 5})
    place = voted(*THREE).also(ended=ended).but("ended", from_="2026-02-01")
    assert says(place) == "person:p3 voted after the seat on body:committee had ended with 2026-01-31"


def test_who_is_minuted_as_a_member_after_the_seat_had_ended_is_told_with_its_end():
    ended = fact("body.member_ended", "body:committee", "2026-02-01", of={"stream": "body:committee", "n": 5})
    place = attended(*MEMBERS).also(ended=ended)
    assert says(place) == "person:p3 took part as a member after the seat on body:committee had ended with 2026-01-31"


def test_who_voted_in_the_place_of_a_member_by_the_minutes_is_a_deputy_and_no_outsider():
    people = (*MEMBERS[:2], there("p4", deputy_for="person:p3"))
    place = attended(*people, place=voted(vote("p1"), vote("p2"), vote("p4")))
    place.says_nothing("GL12")
    attended(*MEMBERS[:2], there("p4"), place=place).says_something("GL12")


def test_who_is_minuted_as_a_member_in_the_place_of_another_is_a_deputy_and_no_outsider():
    stood_in = there("p4", role="voting-member", deputy_for="person:p3")
    attended(*MEMBERS[:2], stood_in).says_nothing("GL12")
    attended(*MEMBERS[:2], there("p4", role="voting-member")).says_something("GL12")


def test_that_deputies_have_no_vote_is_for_the_terms_to_say():
    people = (*MEMBERS[:2], there("p4", deputy_for="person:p3"))
    place = attended(*people, place=voted(vote("p1"), vote("p2"), vote("p4")))
    place.but("terms", deputies={"allowed": True, "may_vote": False}).says_something("GL12")
    place.but("terms", deputies={"allowed": False, "may_vote": False}).says_nothing("GL12")
    place.but("terms", deputies={"allowed": True}).says_nothing("GL12")
    place.but("terms", deputies=None).says_nothing("GL12")
    place.without("terms").says_nothing("GL12")


def test_the_minutes_of_a_meeting_of_others_make_nobody_a_member():
    place = attended(*MEMBERS, there("p4", role="voting-member"))
    place.but("held", bodies=["body:board"]).says_nothing("GL12")
    place.but("held", bodies=["body:board", "body:committee"]).says_something("GL12")
    place.but("held", kind="written-procedure").says_nothing("GL12")


def test_a_vote_on_another_body_s_decision_tells_of_no_seat_here():
    other = {**clean().facts["D1"], "stream": "decision:D2"}
    other["data"] = {**other["data"], "ref": "D2", "value": [], "item": "5", "decision_makers": ["body:board"]}
    other["data"]["votes"] = {"named": [vote("p4")]}
    place = attended(*MEMBERS, there("p4", role="voting-member")).also(D2=other)
    assert says(place) == "person:p4 took part as a member and held no seat on body:committee"


def test_of_several_seats_the_one_that_ended_last_is_told_and_none_that_ends_later():
    again = fact("body.member_appointed", "body:committee", "2025-06-01", member="person:p3", until="2026-01-01")
    place = voted(*THREE).but("m-p3", until="2026-02-01").also(again=again)
    assert says(place) == "person:p3 voted after the seat on body:committee had ended with 2026-01-31"
    to_come = voted(*THREE).but("m-p3", from_="2026-03-13", until="2027-01-01")
    assert says(to_come) == "person:p3 voted and held no seat on body:committee"


def test_a_seat_that_ended_in_the_minute_of_the_decision_had_ended():
    half_past = "2026-03-12T14:30:00+00:00"
    place = voted(*THREE).but("D1", on=half_past).but("m-p3", until=half_past)
    assert says(place).startswith("person:p3 voted after the seat on body:committee had ended with")
    place.but("m-p3", until="2026-03-12T14:31:00+00:00").says_nothing("GL12")


def test_a_vote_without_a_seat_is_told_also_without_a_meeting_or_of_one_whose_minutes_name_nobody():
    place = voted(*THREE, vote("p4"))
    assert says(place.but("D1", meeting=None, item=None)) == "person:p4 voted and held no seat on body:committee"
    assert says(place.but("held", attendance=None)) == "person:p4 voted and held no seat on body:committee"


def test_somebody_whom_the_minutes_do_not_name_is_no_outsider():
    attended(*MEMBERS, {"presence": "present", "role": "voting-member"}).says_nothing("GL12")


def test_it_is_told_with_the_first_decision_of_the_body_whatever_others_had_decided_there_before():
    other = {**clean().facts["D1"], "stream": "decision:D2", "on": "2026-03-11"}
    other["data"] = {**other["data"], "ref": "D2", "value": [], "item": "5", "decision_makers": ["body:board"]}
    place = attended(*MEMBERS, there("p4", role="voting-member")).also(D2=other)
    assert [one.subject for one in place.findings("GL12")] == ["decision:D1"]


def test_terms_that_say_nothing_of_how_votes_count_leave_votes_to_be_counted_by_head():
    place = voted(vote("p1"), vote("p2", "against"), vote("p4")).but("terms", decision_rules=None)
    assert place.says_something("GL12").severity == "error"
    assert place.without("terms").says_something("GL12").severity == "error"
    assert voted(*THREE, vote("p4")).but("terms", decision_rules=None).says_something("GL12").severity == "warning"


def test_where_organisations_vote_a_vote_that_names_none_and_whose_giver_the_minutes_do_not_know_is_nobody_s():
    people = (there("p1", on_behalf_of=["organisation:icb"]), there("p2"), there("p3"))
    place = attended(*people, place=voted(vote("p1"), vote("p2"), vote("p4")))
    place = place.but("terms", decision_rules=[{"rule": "unanimity", "base": "organisations"}])
    assert place.says_something("GL12").severity == "warning"
    theirs = voted(vote("p1"), vote("p2"), vote("p4", on_behalf_of=["organisation:council"]), place=place)
    assert theirs.says_something("GL12").severity == "error"
    unnamed = {"vote": "in-favour", "on_behalf_of": ["organisation:council"]}
    assert voted(vote("p1"), unnamed, vote("p4"), place=place).says_something("GL12").severity == "warning"


def test_what_cannot_be_shown_of_a_meeting_is_said_once_unless_a_vote_or_the_quorum_rests_on_it():
    def later(name, **more):
        first = clean().facts["D1"]
        data = {**first["data"], "ref": name, "value": [], "item": "5", **more}
        return {**first, "stream": f"decision:{name}", "data": data}

    def subjects(place):
        found = place.findings("GL12")
        assert not any(one.evidenced for one in found)
        return [one.subject for one in found]

    stranger = there("p4", role="voting-member")
    place = attended(*MEMBERS, stranger).but("terms", size=4)
    assert subjects(place) == ["decision:D1"]
    assert subjects(place.also(D2=later("D2"))) == ["decision:D1"]
    named = later("D2", votes={"named": [*THREE, vote("p4")]})
    assert subjects(place.also(D2=named)) == ["decision:D1", "decision:D2"]
    rests = attended(MEMBERS[0], stranger).but("terms", size=4).also(D2=later("D2"))
    assert subjects(rests) == ["decision:D1", "decision:D2"]
    before = {**later("D2", decision_makers=["body:board"]), "on": "2026-03-11"}
    assert subjects(place.also(D2=before)) == ["decision:D1"]
