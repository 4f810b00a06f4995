"""Who is counted for a quorum, by hand and for whatever may be recorded."""

from __future__ import annotations

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from decisionlog.checks.meetings.certainty import Sure
from decisionlog.checks.meetings.counted import Sitting, claims_a_seat, counted, is_deputy
from decisionlog.checks.meetings.presence import There
from decisionlog.checks.meetings.seats import Sitter
from decisionlog.domain.authority.world import Holder
from decisionlog.domain.facts.body import BodyTermsAdopted
from decisionlog.domain.facts.parts import Attendee
from decisionlog.domain.facts.terms import Deputies, QuorumRule

ICB, COUNCIL = "organisation:icb", "organisation:council"


def seat(person, role="voting-member", *, surely=True, post="", **more):
    member = f"post:{post}" if post else f"person:{person}"
    held = {"on_behalf_of": (ICB,), "voting": None, "deputy_for": "", **more}
    return Sitter(f"person:{person}", Holder((1,), "", "", possible=False, member=member, role=role, **held), surely)


def there(person, presence=Sure.YES, **more):
    return There(Attendee(by=f"person:{person}" if person else None, **more), presence)


def sitting(*people, seats=(), aside=None, presiding=(), deputies=None, **rule):
    rule = {"recused_count": False, "deputies_count": True, **rule}
    terms = BodyTermsAdopted(quorum_rule=QuorumRule(**rule), deputies=deputies)
    aside = {f"person:{person}": grade for person, grade in (aside or {}).items()}
    return Sitting(tuple(people), tuple(seats), frozenset(f"person:{one}" for one in presiding), aside, terms)


def grades(*people, **rest):
    return {one.member.removeprefix("person:"): one.grade for one in counted(sitting(*people, **rest))}


def test_a_member_is_counted_as_surely_as_the_member_was_there():
    for presence in (Sure.PERHAPS, Sure.YES):
        assert grades(there("a", presence), seats=[seat("a")]) == {"a": presence}
    assert grades(there("a", Sure.NO), seats=[seat("a")]) == {}


def test_a_seat_is_as_sure_as_it_was_held_and_voting():
    assert grades(there("a"), seats=[seat("a", surely=False)]) == {"a": Sure.PERHAPS}
    assert grades(there("a"), seats=[seat("a", voting=False)]) == {"a": Sure.PERHAPS}
    assert grades(there("a"), seats=[seat("a", voting=True)]) == {"a": Sure.YES}
    assert grades(there("a"), seats=[seat("a", "non-voting-member")]) == {"a": Sure.PERHAPS}


def test_the_better_of_two_seats_counts():
    assert grades(there("a"), seats=[seat("a", voting=False), seat("a")]) == {"a": Sure.YES}
    assert grades(there("a"), seats=[seat("a", surely=False), seat("a")]) == {"a": Sure.YES}


def test_who_only_attends_is_not_counted():
    for role in ("observer", "in-attendance", "secretary"):
        assert grades(there("a"), seats=[seat("a", role), seat("b")]) == {}
        assert grades(there("a", role=role), seats=[seat("b")]) == {}
        assert grades(there("a", role=role), seats=[seat("a")]) == {"a": Sure.PERHAPS}


def test_a_member_who_is_named_twice_is_counted_once():
    assert grades(there("a", Sure.PERHAPS), there("a"), seats=[seat("a")]) == {"a": Sure.YES}
    assert grades(there("a"), there("a", Sure.PERHAPS), seats=[seat("a")]) == {"a": Sure.YES}


def test_people_without_a_name_are_counted_only_where_the_members_are_not_known():
    assert grades(there(""), there(""), seats=[]) == {"": Sure.PERHAPS}
    assert len(counted(sitting(there(""), there("")))) == 2
    assert grades(there("a"), seats=[]) == {"a": Sure.PERHAPS}


def test_the_minutes_may_have_somebody_as_a_member_who_has_no_seat():
    (one,) = counted(sitting(there("x", role="voting-member"), seats=[seat("a")]))
    assert (one.member, one.unseated, one.grade) == ("person:x", True, Sure.YES)
    (one,) = counted(sitting(there("x", voting=True), seats=[seat("a")]))
    assert one.unseated
    assert counted(sitting(there("x"), seats=[seat("a")])) == []
    (one,) = counted(sitting(there("x", role="chair")))
    assert (one.unseated, one.grade) == (False, Sure.PERHAPS)


def test_every_role_of_a_member_claims_a_seat_and_no_other():
    for role in ("chair", "joint-chair", "vice-chair", "voting-member", "member"):
        assert claims_a_seat(Attendee(role=role))
    for role in (None, "deputy", "observer", "lead"):
        assert not claims_a_seat(Attendee(role=role))
        assert not claims_a_seat(Attendee(role=role, voting=False))
        assert claims_a_seat(Attendee(role=role, voting=True))


def test_who_is_known_to_be_no_member_is_not_counted_where_members_are_not_known():
    assert grades(there("a"), seats=[seat("a", "observer")]) == {}
    assert grades(there("a", role="observer")) == {}
    assert grades(there(""), seats=[seat("b")]) == {"": Sure.PERHAPS}


# Those who stood aside


def test_who_stood_aside_counts_as_the_rule_says():
    aside = {"a": Sure.YES}
    assert grades(there("a"), seats=[seat("a")], aside=aside) == {}
    assert grades(there("a"), seats=[seat("a")], aside=aside, recused_count=True) == {"a": Sure.YES}
    assert grades(there("a"), seats=[seat("a")], aside=aside, recused_count=None) == {"a": Sure.PERHAPS}
    assert grades(there("a"), seats=[seat("a")], aside={"a": Sure.PERHAPS}) == {"a": Sure.PERHAPS}
    assert grades(there("a"), seats=[seat("a")], aside={"b": Sure.YES}) == {"a": Sure.YES}


# Deputies


def test_a_deputy_is_counted_in_the_place_of_the_member():
    (one,) = counted(sitting(there("d", deputy_for="person:a", on_behalf_of=(COUNCIL,)), seats=[seat("a")]))
    assert (one.member, one.person, one.grade, one.unseated) == ("person:a", "person:d", Sure.YES, False)
    assert one.roles == {"deputy"}
    assert one.parties == {COUNCIL, ICB, "person:a"}


def test_deputies_count_as_the_rule_says():
    deputy = there("d", deputy_for="person:a")
    assert grades(deputy, seats=[seat("a")], deputies_count=False) == {}
    assert grades(deputy, seats=[seat("a")], deputies_count=None) == {"a": Sure.PERHAPS}
    assert grades(deputy, seats=[seat("a")], deputies=Deputies(allowed=False)) == {}
    assert grades(deputy, seats=[seat("a")], deputies=Deputies(allowed=True)) == {"a": Sure.YES}


def test_where_only_named_deputies_may_come_others_are_not_counted():
    named = Deputies(allowed=True, named_only=True)
    deputy = there("d", deputy_for="person:a")
    assert grades(deputy, seats=[seat("a")], deputies=named) == {}
    assert grades(deputy, seats=[seat("a"), seat("d", "deputy")], deputies=named) == {"a": Sure.YES}
    assert grades(deputy, seats=[seat("a"), seat("d", deputy_for="post:x")], deputies=named) == {"a": Sure.YES}


def test_a_member_and_a_deputy_for_the_member_are_counted_once():
    both = [there("a"), there("d", deputy_for="person:a")]
    assert grades(*both, seats=[seat("a")]) == {"a": Sure.YES}
    assert grades(*reversed(both), seats=[seat("a")]) == {"a": Sure.YES}
    two = [there("d", deputy_for="person:a"), there("e", deputy_for="person:a")]
    assert grades(*two, seats=[seat("a")]) == {"a": Sure.YES}


def test_who_is_a_deputy():
    assert is_deputy(Attendee(deputy_for="person:a"), [])
    assert is_deputy(Attendee(role="deputy"), [])
    assert is_deputy(Attendee(), [seat("d", "deputy")])
    assert is_deputy(Attendee(deputy_for="person:a"), [seat("d")])
    assert not is_deputy(Attendee(), [seat("d", "deputy"), seat("d")])
    assert not is_deputy(Attendee(role="deputy"), [seat("d")])
    assert not is_deputy(Attendee(), [seat("d")])
    assert not is_deputy(Attendee(), [])


def test_a_deputy_of_whom_it_is_not_said_for_whom_counts_once():
    assert grades(there("d", role="deputy"), seats=[seat("a")]) == {"d": Sure.YES}
    assert grades(there("", role="deputy"), there("", role="deputy"), seats=[seat("a")]) == {"": Sure.YES}


# In which role, for whom


def test_a_chair_is_whoever_has_the_seat_the_role_or_presides():
    def roles(*people, **rest):
        return {one.person.removeprefix("person:"): one.roles for one in counted(sitting(*people, **rest))}

    assert roles(there("a"), seats=[seat("a", "joint-chair")]) == {"a": {"joint-chair", "chair"}}
    assert roles(there("a", role="chair"), seats=[seat("a")]) == {"a": {"chair", "voting-member"}}
    assert roles(there("a"), seats=[seat("a")], presiding=["a"]) == {"a": {"chair", "voting-member"}}
    assert roles(there("a"), seats=[seat("a")], presiding=["b"]) == {"a": {"voting-member"}}
    assert roles(there("a"), seats=[seat("a", "")]) == {"a": set()}


def test_a_member_stands_for_whom_the_seat_or_the_minutes_name_and_the_post():
    (one,) = counted(sitting(there("a", on_behalf_of=(COUNCIL,)), seats=[seat("a", post="director")]))
    assert one.parties == {COUNCIL, ICB, "post:director"}


# Whatever may be recorded

PEOPLE = st.sampled_from("abcd")
SURE = st.sampled_from(Sure)
ATTENDEES = st.builds(
    lambda person, presence, role, stood_for: there(
        person, presence, role=role, deputy_for=stood_for and f"person:{stood_for}"
    ),
    PEOPLE,
    SURE,
    st.sampled_from([None, "chair", "voting-member", "observer", "deputy"]),
    st.one_of(st.none(), PEOPLE),
)
SEATS = st.builds(
    lambda person, role, voting, surely: seat(person, role, surely=surely, voting=voting),
    PEOPLE,
    st.sampled_from(["voting-member", "deputy", "observer", "chair"]),
    st.sampled_from([None, True, False]),
    st.booleans(),
)
MAYBE = st.sampled_from([None, True, False])


def settled(one, presence):
    """What may be so in truth, where something is only perhaps so."""
    return [Sure.NO, Sure.YES] if presence is Sure.PERHAPS else [presence]


@given(st.lists(ATTENDEES, max_size=4), st.lists(SEATS, max_size=5), st.dictionaries(PEOPLE, SURE), MAYBE, MAYBE)
@settings(deadline=None)
def test_however_it_was_in_truth_as_many_were_counted_as_the_count_allows(people, seats, aside, recused, deputies):
    rest = {"seats": seats, "recused_count": recused, "deputies_count": deputies}
    told = counted(sitting(*people, aside=aside, **rest))
    least, most = sum(one.grade is Sure.YES for one in told), len(told)
    for presences in product(*(settled(one, one.presence) for one in people)):
        truth = [There(one.attendee, presence) for one, presence in zip(people, presences, strict=True)]
        for grades_ in product(*(settled(one, grade) for one, grade in aside.items())):
            found = counted(sitting(*truth, aside=dict(zip(aside, grades_, strict=True)), **rest))
            assert least <= len(found)
            assert sum(one.grade is Sure.YES for one in found) <= most


@given(st.lists(ATTENDEES, max_size=5), st.lists(SEATS, max_size=5), st.dictionaries(PEOPLE, SURE))
@settings(deadline=None)
def test_every_member_is_counted_once_and_only_for_somebody_who_was_there(people, seats, aside):
    told = counted(sitting(*people, seats=seats, aside=aside))
    assert len({one.member for one in told}) == len(told)
    assert all(one.grade is not Sure.NO for one in told)
    there_ = {one.person for one in people if one.presence is not Sure.NO}
    assert {one.person for one in told} <= there_
    gone = {f"person:{person}" for person, grade in aside.items() if grade is Sure.YES}
    assert not gone.intersection(one.person for one in told)
