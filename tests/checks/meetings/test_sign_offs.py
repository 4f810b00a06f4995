from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from decisionlog.domain.days import span
from tests.checks.clean import fact
from tests.checks.histories import clean, sentence

COUNCIL, TRUST, ICB = "organisation:council", "organisation:trust", "organisation:icb"
UNNAMED = [{"proposal": "proposal:P1"}]
"""P1 was decided, and in which version is not recorded."""


def moment(day):
    return span(day, ZoneInfo("Europe/London")).earliest


def position(who=TRUST, position="support", on="2026-03-02", **more):
    return fact("proposal.position_taken", "proposal:P1", on, on_behalf_of=[who], position=position, **more)


def revised(on="2026-03-05", version="2", **more):
    return fact("proposal.revised", "proposal:P1", on, **({"version": version} if version else {}), **more)


def asked(*who, **more):
    """The terms ask for the sign-off of these."""
    return clean().but("terms", sign_off=[{"partner": one, **more} for one in who or (TRUST,)])


# Missing


def test_a_partner_who_said_nothing_is_told():
    found = asked().trips("GL18", "D1", "terms")
    assert sentence(found) == "organisation:trust had not signed off what was decided, which body:committee asks for"
    assert found.severity == "warning"


def test_it_is_an_error_where_all_must_be_for_it():
    assert asked(unanimous=True).trips("GL18", "D1", "terms").severity == "error"
    assert asked(unanimous=False).trips("GL18", "D1", "terms").severity == "warning"


def test_several_are_told_together():
    found = asked(TRUST, ICB).trips("GL18", "D1", "terms")
    assert sentence(found).startswith("organisation:trust and organisation:icb had not signed off")


def test_whoever_said_where_they_stand_has_signed_off():
    asked(COUNCIL).is_clean()
    for where in ("support-with-conditions", "object", "abstain", "no-view", "not-party", "declined", "conflicted"):
        asked().also(said=position(position=where, version="1")).is_clean()


def test_support_in_principle_is_not_final():
    asked().also(said=position(position="in-principle", version="1")).trips("GL18", "D1", "terms", "said")


def test_what_was_said_afterwards_or_taken_back_is_not_said():
    asked().also(said=position(on="2026-03-13")).trips("GL18", "D1", "terms", on="2026-03-12")
    asked().also(said=position(on="2026-03-12")).is_clean()
    asked().also(said=position()).undated("said").is_clean()
    back = fact("proposal.position_withdrawn", "proposal:P1", "2026-03-10", of={"stream": "proposal:P1", "n": 3})
    asked().also(said=position(), back=back).trips("GL18", "D1", "terms")
    asked().also(said=position(), back=back).but("back", on="2026-03-13").is_clean()
    gone = fact("record.retracted", "proposal:P1", None, of={"stream": "proposal:P1", "n": 3})
    asked().also(said=position(), gone=gone).trips("GL18", "D1", "terms")


def test_a_signature_on_an_older_version_is_for_another_rule_and_an_objection_to_one_is_not_final():
    newer = (
        asked()
        .also(v2=revised())
        .but("s-council", version="2")
        .but("D1", proposals=[{"proposal": "proposal:P1", "version": "2"}])
    )
    newer.also(said=position(version="1")).trips("GL19", "D1", "said")
    newer.also(said=position(version="1", position="object")).trips("GL18", "D1", "terms", "said")


def test_one_who_signed_subject_to_a_body_of_its_own_is_for_another_rule():
    place = asked().also(said=position(version="1", position="in-principle", binding={"kind": "subject-to-body"}))
    place.trips("GL20", "D1", "said")


def test_a_partner_that_decided_itself_has_spoken():
    own = fact(
        "decision.taken",
        "decision:T1",
        "2026-03-12",
        ref="T1",
        decision_makers=[TRUST],
        on_behalf_of=[TRUST],
        outcome="approved",
        proposals=[{"proposal": "proposal:P1", "version": "1"}],
    )
    asked().also(own=own).says_nothing("GL18")
    later = asked().also(own=own).but("own", on="2026-03-13")
    later.says_something("GL18", on="2026-03-12")
    later.says_nothing("GL18", on="2026-03-13")
    asked().also(own=own).but("own", outcome="noted").says_something("GL18")
    asked().also(own=own).but("own", on_behalf_of=[ICB]).says_something("GL18")


def test_a_partner_that_had_ended_cannot_sign():
    ended = fact("organisation.dissolved", TRUST, "2026-03-12")
    asked().also(ended=ended).says_nothing("GL18")
    asked().also(ended=ended).but("ended", on="2026-03-13").says_something("GL18")


def test_where_the_terms_ask_for_it_in_some_matters_people_must_read_which():
    place = asked(applies_to="what changes its services")
    found = place.is_not_evidenced("GL18")
    assert (
        sentence(found)
        == "whether body:committee needed the sign-off of organisation:trust for this is for people to read"
    )
    assert place._named(found.evidence) == ["D1", "terms"]
    both = clean().but("terms", sign_off=[{"partner": TRUST, "applies_to": "some"}, {"partner": ICB}])
    assert sentence(both.trips("GL18", "D1", "terms")).startswith("organisation:icb had not")


@pytest.mark.parametrize("outcome", ["deferred", "noted", "rejected", "no-decision", "referred"])
def test_what_leaves_open_or_rejects_needs_no_signature(outcome):
    asked().but("D1", outcome=outcome).says_nothing("GL18")


def test_advice_needs_the_signatures_that_the_terms_ask_for():
    asked().but("D1", outcome="recommended", asked_to="advise").says_something("GL18")
    asked().but("D1", asked_to="note").says_nothing("GL18")
    asked().but("D1", asked_to="comment").says_nothing("GL18")


def test_where_it_cannot_be_asked_nothing_is_said():
    asked().without("terms").says_nothing("GL18")
    asked().but("D1", decision_makers=["organisation:icb"]).says_nothing("GL18")
    clean().but("terms", sign_off=None).is_clean()


def test_where_there_is_no_paper_to_sign_it_cannot_be_told():
    place = asked().but("D1", proposals=None)
    found = place.is_not_evidenced("GL18")
    assert sentence(found) == (
        "whether organisation:trust had signed off what was decided is not recorded: nor is any paper of it"
    )
    assert place._named(found.evidence) == ["D1", "terms"]
    place.but("D1", en_bloc={"covers": ["4", "5"], "excepted": []}).says_nothing("GL18")
    place.but("D1", outcome="endorsed").says_nothing("GL18")
    asked(applies_to="money").but("D1", proposals=None).says_nothing("GL18")
    votes = {"named": [{"by": "person:p1", "vote": "against", "on_behalf_of": [TRUST]}]}
    place.but("D1", votes=votes).says_nothing("GL18")
    votes = {"named": [{"by": "person:p1", "vote": "abstained", "on_behalf_of": [TRUST]}]}
    place.but("D1", votes=votes).is_not_evidenced("GL18")


def test_a_partner_that_signs_off_what_was_decided_afterwards_ends_the_finding():
    later = position(on="2026-03-20", version="1")
    assert asked().also(said=later).findings("GL18", on="2026-03-19")[0].until == moment("2026-03-20")
    asked().also(said=later).says_nothing("GL18")
    for not_of_that in ({"version": "2"}, {"position": "in-principle"}, {"who": ICB}):
        other = position(**{"on": "2026-03-20", "version": "1", **not_of_that})
        asked().also(said=other).says_something("GL18")
    asked(TRUST, ICB).also(said=later).says_something("GL18")
    also = position(ICB, on="2026-03-25", version="1")
    both = asked(TRUST, ICB).also(said=later, also=also)
    assert both.findings("GL18", on="2026-03-24")[0].until == moment("2026-03-25")


def test_one_who_signed_subject_to_a_body_of_its_own_has_not_signed_off_advice():
    subject = position(position="in-principle", version="1", binding={"kind": "subject-to-body", "body": "body:board"})
    asked().also(said=subject).but("D1", outcome="endorsed").says_something("GL18")
    asked().also(said=subject).says_nothing("GL18")


def test_a_forum_that_acts_as_if_it_decided_is_for_another_rule():
    asked().but("terms", can="advise").says_nothing("GL18")
    asked().but("terms", can="advise").but("D1", outcome="endorsed").says_something("GL18")


# Stale


def newer(**more):
    """P1 was revised, and version 2 was decided."""
    place = clean().also(v2=revised(**more))
    return place.but("D1", proposals=[{"proposal": "proposal:P1", "version": "2"}])


def test_a_signature_on_a_version_that_was_changed_is_stale():
    found = newer().trips("GL19", "D1", "s-council")
    assert sentence(found) == "organisation:council had signed another version than the one decided"
    assert found.severity == "warning"
    newer().but("s-council", position="support-with-conditions").trips("GL19", "D1", "s-council")


def test_a_change_that_does_not_matter_makes_nothing_stale():
    newer(material=False).is_clean()
    newer(material=True).trips("GL19", "D1", "s-council")


def test_of_several_changes_one_that_matters_is_enough():
    third = revised(on="2026-03-06", version="3", material=False)
    place = newer().also(v3=third).but("D1", proposals=[{"proposal": "proposal:P1", "version": "3"}])
    place.trips("GL19", "D1", "s-council")
    place.but("v2", material=False).is_clean()
    place.but("s-council", version="2").is_clean()
    place.but("D1", proposals=[{"proposal": "proposal:P1", "version": "2"}]).but("s-council", version="3").is_clean()


def test_who_signed_what_was_decided_as_well_is_fine():
    newer().also(again=position(COUNCIL, version="2")).is_clean()
    newer().also(again=position(TRUST, version="2")).trips("GL19", "D1", "s-council")
    newer().also(again=position(COUNCIL, version="2")).but("again", position="object").is_clean()
    later = newer().also(again=position(COUNCIL, version="2", on="2026-03-13"))
    assert later.trips("GL19", "D1", "s-council", on="2026-03-12").until == moment("2026-03-13")
    later.is_clean()
    newer().also(again=position(COUNCIL, version="1", on="2026-03-13")).trips("GL19", "D1", "s-council")


def test_what_was_no_signature_cannot_be_stale():
    for where in ("object", "abstain", "in-principle", "no-view"):
        newer().but("s-council", position=where).is_clean()


def test_several_stale_signatures_are_told_together():
    found = newer().also(also=position(TRUST, version="1")).trips("GL19", "D1", "s-council", "also")
    assert sentence(found).startswith("organisation:council and organisation:trust had signed another version")


def test_a_person_who_signed_for_nobody_is_told_as_a_person():
    found = newer().but("s-council", on_behalf_of=None, by="person:p4").trips("GL19", "D1", "s-council")
    assert sentence(found).startswith("person:p4 had signed another version")


def test_a_version_that_is_not_on_record_is_another_version():
    clean().but("s-council", version="0.9").trips("GL19", "D1", "s-council")


def test_where_the_decision_names_no_version_the_last_before_it_counts():
    unnamed = newer().but("D1", proposals=UNNAMED)
    unnamed.trips("GL19", "D1", "s-council")
    unnamed.but("v2", on="2026-03-13").is_clean()
    clean().but("D1", proposals=UNNAMED).is_clean()


def test_of_a_signature_that_names_no_version_the_days_tell():
    place = newer().but("s-council", version=None)
    place.trips("GL19", "D1", "s-council")
    place.but("v2", on="2026-03-01").is_clean()
    place.but("v2", on="2026-03-01", material=False).is_clean()
    found = place.but("v2", on="2026-03-02").is_not_evidenced("GL19")
    assert sentence(found) == "which version organisation:council had signed is not recorded"
    place.undated("s-council").is_not_evidenced("GL19")
    clean().but("s-council", version=None).is_clean()


def test_without_labels_two_versions_cannot_be_told_apart():
    place = newer(version=None).but("P1", version=None).but("D1", proposals=UNNAMED)
    place.undated("s-council").is_not_evidenced("GL19")
    place.says_something("GL19")
    place.but("s-council", on="2026-03-05").is_not_evidenced("GL19")
    place.but("s-council", on="2026-03-06").is_clean()
    place.without("v2").is_clean()


def test_what_was_rejected_or_noted_relied_on_nobody():
    newer().but("D1", outcome="rejected").is_clean()
    newer().but("D1", outcome="noted").is_clean()


# Without authority


def subject_to(kind="subject-to-body", place=None, **more):
    """The trust, whose sign-off the terms ask for, signed subject to its board."""
    binding = {"kind": kind, **more}
    return (place or asked()).also(said=position(version="1", binding=binding))


def own(on="2026-03-10", **more):
    data = {
        "decision_makers": ["body:trust-board"],
        "on_behalf_of": [TRUST],
        "outcome": "approved",
        "proposals": [{"proposal": "proposal:P1", "version": "1"}],
        **more,
    }
    return fact("decision.taken", "decision:T1", on, ref="T1", **data)


BOARD = fact(
    "body.constituted",
    "body:trust-board",
    "2004-04-01",
    ref="trust-board",
    name="Trust Board",
    kind="board",
    parents=[{"parent": TRUST}],
)


def test_a_signature_subject_to_a_body_that_has_not_agreed_binds_nobody():
    found = subject_to(body="body:trust-board").also(board2=BOARD).trips("GL20", "D1", "said")
    assert (
        sentence(found)
        == "organisation:trust had signed subject to body:trust-board, and nothing shows that it agreed in time"
    )
    assert sentence(subject_to("officer-view").trips("GL20", "D1", "said")) == (
        "organisation:trust had signed without authority to bind, and nothing shows that it agreed in time"
    )


def test_a_signature_with_authority_binds():
    for kind in ("own-authority", "body-resolution"):
        subject_to(kind).is_clean()
    subject_to(decision="decision:T1").also(board2=BOARD, T1=own("2026-04-10")).says_nothing("GL20")
    subject_to(place=clean()).is_clean()


def test_a_body_that_agreed_before_the_decision_took_effect_binds():
    place = subject_to(body="body:trust-board").also(board2=BOARD)
    place.also(T1=own()).says_nothing("GL20")
    place.also(T1=own("2026-03-12")).says_nothing("GL20")
    late = place.also(T1=own("2026-03-13"))
    assert not late.findings("GL20")
    (found,) = late.findings("GL20", on="2026-03-12")
    assert late._named(found.evidence) == ["D1", "said"]
    late.but("D1", from_="2026-03-13").says_nothing("GL20")
    place.also(T1=own(outcome="noted")).says_something("GL20")


def test_any_body_of_the_partner_will_do_where_none_is_named():
    subject_to().also(board2=BOARD, T1=own()).says_nothing("GL20")
    subject_to().also(board2=BOARD, T1=own(on_behalf_of=[ICB])).says_something("GL20")


def test_a_later_position_with_authority_binds():
    place = subject_to().also(later=position(version="1", on="2026-03-12", binding={"kind": "body-resolution"}))
    place.is_clean()
    place.but("later", on="2026-03-13").trips("GL20", "D1", "said")
    place.but("later", on_behalf_of=[COUNCIL]).trips("GL20", "D1", "said")
    place.but("later", position="in-principle").says_something("GL20")
    place.but("later", on="2026-03-01").trips("GL20", "D1", "said")


def test_an_objection_needs_no_authority():
    subject_to().but("said", position="object").is_clean()


def test_a_signature_under_a_delegation_that_was_not_in_force_binds_nobody():
    place = subject_to("delegated", delegation="delegation:S1")
    place.is_clean()
    revoked = fact("delegation.revoked", "delegation:S1", "2026-03-01", of={"stream": "delegation:S1", "n": 1})
    found = [one for one in place.also(revoked=revoked).findings() if one.rule == "GL20"]
    assert [sentence(one) for one in found] == [
        "organisation:trust had signed under delegation:S1, which was not in force"
    ]
    place.also(revoked=revoked).but("revoked", on="2026-03-03").says_nothing("GL20")
    place.but("grant", from_="2026-03-03").says_something("GL20")
    in_part = place.also(revoked=revoked).but("revoked", on_behalf_of=[COUNCIL])
    in_part.says_nothing("GL20")


def test_whoever_is_bound_must_have_signed_with_authority():
    place = clean().but("s-council", binding={"kind": "officer-view"})
    place.is_clean()
    place.but("D1", on_behalf_of=[ICB, COUNCIL]).trips("GL20", "D1", "s-council")
    place.but("D1", on_behalf_of=[ICB, COUNCIL], outcome="rejected").is_clean()


def test_a_partner_that_decides_itself_needs_nobody_s_leave():
    place = clean().but("s-council", on_behalf_of=[ICB], binding={"kind": "subject-to-body"})
    place.says_nothing("GL20")


def test_a_parent_that_is_not_bound_did_not_sign_for_anything():
    place = subject_to().but("committee", parents=[{"parent": ICB}, {"parent": TRUST}])
    place.says_nothing("GL20")
    place.but("D1", on_behalf_of=[ICB, TRUST]).says_something("GL20")


# Whom the record leaves without a name, a day or a version


def test_a_decision_that_was_retracted_asks_for_no_signature():
    gone = fact("record.retracted", "decision:D1", None, of={"stream": "decision:D1", "n": 1})
    for rule, place in (("GL18", asked()), ("GL19", newer()), ("GL20", subject_to())):
        place.says_something(rule)
        place.also(gone=gone).says_nothing(rule)


def test_every_body_that_decides_asks_for_the_signatures_of_its_own_terms():
    place = asked().but("D1", decision_makers=["person:p1", "body:board", "body:committee"])
    assert sentence(place.says_something("GL18")).endswith("which body:committee asks for")
    assert sentence(subject_to(place=place).says_something("GL20")).startswith("organisation:trust had signed without")


def test_a_signature_that_was_not_final_is_told_with_what_was_missing_and_none_of_others():
    place = asked(TRUST, COUNCIL).also(said=position(position="in-principle", version="1"))
    found = place.says_something("GL18")
    assert place._named(found.evidence) == ["D1", "terms", "said"]
    twice = asked(TRUST, ICB).also(
        said=position(position="in-principle", version="1"), too=position(ICB, "in-principle", version="1")
    )
    assert twice._named(twice.says_something("GL18").evidence) == ["D1", "terms", "said", "too"]


# Powers to sign


def test_a_power_that_had_not_been_given_when_it_was_used_to_sign_is_told():
    place = subject_to("delegated", delegation="delegation:S1")
    place.but("grant", on="2026-03-02").says_nothing("GL20")
    place.but("grant", on="2026-03-03").says_something("GL20")


def test_a_power_that_ended_for_some_functions_only_still_lets_its_holder_sign():
    place = subject_to("delegated", delegation="delegation:S1")
    held_up = fact("delegation.suspended", "delegation:S1", "2026-03-01", scope=[{"function": "function:discharge"}])
    place.also(held_up=held_up).says_nothing("GL20")
    place.also(held_up=held_up).but("held_up", scope=None).says_something("GL20")


def test_only_who_signs_under_a_delegation_relies_on_it():
    revoked = fact("delegation.revoked", "delegation:S1", "2026-03-01", of={"stream": "delegation:S1", "n": 1})
    subject_to("own-authority", delegation="delegation:S1").also(revoked=revoked).says_nothing("GL20")
    subject_to("delegated").also(revoked=revoked).says_nothing("GL20")


def test_a_signature_without_a_day_is_judged_by_the_day_on_which_it_was_recorded():
    revoked = fact("delegation.revoked", "delegation:S1", "2026-04-01", of={"stream": "delegation:S1", "n": 1})
    place = subject_to("delegated", delegation="delegation:S1").undated("said")
    place.says_nothing("GL20")
    place.also(revoked=revoked).says_something("GL20")


def test_a_signature_is_told_with_the_power_that_failed_it():
    revoked = fact("delegation.revoked", "delegation:S1", "2026-03-01", of={"stream": "delegation:S1", "n": 1})
    place = subject_to("delegated", delegation="delegation:S1").also(revoked=revoked)
    found = place.says_something("GL20")
    assert place._named(found.evidence) == ["D1", "said"]
    assert found.severity == "warning"


def test_a_position_without_a_binding_is_asked_for_no_authority():
    asked().also(said=position(version="1")).says_nothing("GL20")


def test_a_decision_of_the_partner_s_body_that_is_on_another_paper_settles_nothing():
    place = subject_to(body="body:trust-board").also(board2=BOARD)
    place.also(T1=own(proposals=[])).says_something("GL20")


def test_a_partner_that_decides_with_others_needs_authority_like_them():
    place = clean().but("s-council", on_behalf_of=[ICB], binding={"kind": "subject-to-body"})
    place.but("D1", decision_makers=["body:committee", COUNCIL]).says_something("GL20")


@pytest.mark.parametrize("kind", ["own-authority", "delegated", "body-resolution"])
def test_a_later_position_with_any_kind_of_authority_binds(kind):
    later = position(version="1", on="2026-03-10", binding={"kind": kind})
    subject_to().also(later=later).says_nothing("GL20")
    subject_to().also(later=later).but("later", binding={"kind": "officer-view"}).findings("GL20")[0]


def test_what_people_must_read_is_a_warning_however_grave_the_rule():
    assert asked(applies_to="some", unanimous=True).is_not_evidenced("GL18").severity == "warning"


def test_a_partner_that_decided_in_the_same_minute_has_spoken():
    noon = "2026-03-12T12:00:00+00:00"
    decided = {**own(noon, decision_makers=[TRUST])}
    asked().but("D1", on=noon).also(T1=decided).says_nothing("GL18")
    just_before = asked().but("D1", on="2026-03-12T11:59:00+00:00").also(T1=decided)
    just_before.says_something("GL18", on="2026-03-12T11:59:30+00:00")
    just_before.says_nothing("GL18", on=noon)


def test_who_signed_another_paper_as_it_was_decided_still_signed_an_older_version_of_this():
    second = fact("proposal.submitted", "proposal:P2", "2026-02-20", ref="P2", version="1", title="Beds")
    fresh = {**position(COUNCIL, version="1"), "stream": "proposal:P2"}
    both = [{"proposal": "proposal:P1", "version": "2"}, {"proposal": "proposal:P2", "version": "1"}]
    place = newer().but("D1", proposals=both)
    place = type(place)({"P2": second, **place.facts}).also(fresh=fresh)
    assert place._named(place.says_something("GL19").evidence) == ["D1", "s-council"]


def test_whoever_agrees_on_the_very_day_on_which_it_takes_effect_agrees_in_time():
    place = subject_to(body="body:trust-board").also(board2=BOARD, T1=own("2026-03-13"))
    place.but("D1", from_="2026-03-13").says_nothing("GL20", on="2026-03-13T12:00:00+00:00")
    place.but("D1", from_="2026-03-12").says_something("GL20", on="2026-03-13T12:00:00+00:00")


def test_a_power_that_was_given_later_on_the_day_of_signing_may_have_been_there():
    place = subject_to("delegated", delegation="delegation:S1")
    place.but("grant", on="2026-03-02T09:00:00+00:00").says_nothing("GL20")
    place.but("grant", on="2026-03-02T09:00:00+00:00").but("said", on="2026-03-02T08:00:00+00:00").says_something(
        "GL20"
    )


def test_a_power_whose_grant_was_retracted_was_not_in_force():
    gone = fact("record.retracted", "delegation:S1", None, of={"stream": "delegation:S1", "n": 1})
    subject_to("delegated", delegation="delegation:S1").also(gone=gone).says_something("GL20")


def test_who_names_the_decision_that_binds_them_is_bound_from_the_beginning():
    place = subject_to(decision="decision:T1").also(board2=BOARD, T1=own("2026-04-10"))
    place.says_nothing("GL20", on="2026-03-20")
    place.but("said", binding={"kind": "subject-to-body"}).says_something("GL20", on="2026-03-20")


def test_a_body_that_agreed_on_the_day_of_the_decision_agreed_in_time():
    place = subject_to(body="body:trust-board").also(board2=BOARD)
    place.also(T1=own("2026-03-12")).says_nothing("GL20", on="2026-03-12T12:00:00+00:00")


def test_the_body_that_a_signature_names_settles_it_whosever_it_is():
    place = subject_to(body="body:board").also(T1=own(decision_makers=["body:board"], on_behalf_of=[ICB]))
    place.says_nothing("GL20")
    place.but("said", binding={"kind": "subject-to-body"}).says_something("GL20")
    subject_to(body="body:committee").says_nothing("GL20")


def test_a_position_with_authority_of_the_same_day_binds():
    same = position(version="1", binding={"kind": "own-authority"})
    subject_to().also(same=same).says_nothing("GL20")


@pytest.mark.parametrize("outcome", ["withdrawn", "received", "not-ratified", None])
def test_what_came_to_nothing_or_of_which_no_outcome_is_recorded_needs_no_signature(outcome):
    asked().but("D1", outcome=outcome).says_nothing("GL18")
    newer().but("D1", outcome=outcome).says_nothing("GL19")


def test_each_decision_is_judged_by_the_positions_on_its_own_papers():
    second = fact("proposal.submitted", "proposal:P2", "2026-02-20", ref="P2", version="1", title="Beds")
    changed = fact("proposal.revised", "proposal:P2", "2026-03-05", version="2")
    stale = {**position(COUNCIL, version="1"), "stream": "proposal:P2"}
    later = {**clean().facts["D1"], "stream": "decision:D2"}
    papers = [{"proposal": "proposal:P2", "version": "2"}]
    later["data"] = {**later["data"], "ref": "D2", "value": [], "item": "5", "proposals": papers}
    place = clean().also(P2=second, changed=changed, stale=stale, D2=later)
    assert [(one.subject, place._named(one.evidence)) for one in place.findings("GL19")] == [
        ("decision:D2", ["D2", "stale"])
    ]


def test_a_position_of_the_minute_of_the_decision_counts():
    noon = "2026-03-12T12:00:00+00:00"
    place = asked().also(said=position(on=noon, version="1"))
    place.but("D1", on=noon).says_nothing("GL18")
    just_before = place.but("D1", on="2026-03-12T11:59:00+00:00")
    just_before.says_something("GL18", on="2026-03-12T11:59:30+00:00")
    just_before.says_nothing("GL18", on=noon)


# Which version it was


def test_a_version_that_was_written_down_after_it_was_decided_is_the_one_that_was_decided():
    newer().but("v2", on="2026-03-13").says_something("GL19")
    newer(material=False).but("v2", on="2026-03-13").says_nothing("GL19")


def test_a_change_that_does_not_matter_makes_nothing_stale_whenever_it_was_made():
    third = revised(on="2026-03-06", version="3", material=False)
    place = newer(material=False).undated("v2").also(v3=third).but("s-council", version="2")
    place.but("D1", proposals=[{"proposal": "proposal:P1", "version": "3"}]).says_nothing("GL19")


def test_what_was_revised_in_the_minute_of_the_decision_was_decided_as_revised():
    noon = "2026-03-12T12:00:00+00:00"
    place = newer().but("v2", on=noon).but("D1", on=noon, proposals=UNNAMED)
    place.says_something("GL19")
    place.but("v2", on="2026-03-12T12:01:00+00:00").says_nothing("GL19")


def test_where_an_older_version_was_decided_who_signed_that_is_fine():
    clean().also(v2=revised()).says_nothing("GL19")
    clean().also(v2=revised()).but("s-council", version="2").says_something("GL19")


def test_where_neither_is_told_whether_a_change_came_before_the_decision_cannot_be_told():
    place = newer().undated("v2").but("D1", proposals=UNNAMED)
    found = place.is_not_evidenced("GL19")
    assert sentence(found) == "whether organisation:council had signed the version that was decided is not recorded"
    assert place._named(found.evidence) == ["D1", "s-council"]
    place.but("s-council", version="2").is_not_evidenced("GL19")
    place.but("v2", material=False).is_clean()
    place.but("v2", version=None).is_not_evidenced("GL19")
    third = revised(on="2026-03-06", version="3")
    place.but("v2", on="2026-03-05").also(v3=third).says_something("GL19")
    place.but("v2", on="2026-03-05").also(v3=third).undated("v3").says_something("GL19")
    only = place.but("P1", version="2").undated("P1").without("v2")
    only.but("s-council", version="2").is_clean()


def test_a_version_of_the_month_of_the_decision_may_have_come_afterwards():
    newer().but("v2", on="2026-03").but("D1", proposals=UNNAMED).is_not_evidenced("GL19")
    newer().but("v2", on="2026-02-25").but("D1", proposals=UNNAMED).says_something("GL19")


def test_a_version_without_a_label_that_came_after_a_decision_was_not_decided():
    place = newer(version=None).but("D1", proposals=UNNAMED)
    place.says_something("GL19")
    place.but("v2", on="2026-03-13").is_clean()


def test_a_signature_without_a_version_is_for_the_version_of_its_day_which_may_be_the_one_that_was_decided():
    older = clean().also(v2=revised()).but("s-council", version=None)
    older.is_clean()
    older.but("s-council", on="2026-03-06").says_something("GL19")
    older.but("s-council", on="2026-03-05").is_not_evidenced("GL19")
    older.but("D1", proposals=[{"proposal": "proposal:P1", "version": "9"}]).is_not_evidenced("GL19")


def test_what_was_put_forward_after_the_decision_nobody_had_signed_by_then():
    later = clean().also(v2=revised("2026-03-13")).but("s-council", version=None).undated("s-council")
    later.is_clean()
    later.but("v2", version=None).but("D1", proposals=UNNAMED).is_clean()
    that_day = later.but("D1", proposals=UNNAMED).but("v2", on="2026-03-12T09:00:00+00:00")
    that_day.is_not_evidenced("GL19")


def test_of_acts_of_one_day_of_which_one_has_no_hour_the_order_is_not_recorded():
    nine = "2026-03-12T09:00:00+00:00"
    place = newer().but("D1", on=nine, proposals=UNNAMED)
    place.but("v2", on="2026-03-12").is_not_evidenced("GL19")
    place.but("v2", on=nine).says_something("GL19")
    signed = newer().but("s-council", version=None, on="2026-03-05T09:00:00+00:00")
    signed.is_not_evidenced("GL19")
    signed.but("v2", on="2026-03-05T09:00:00+00:00").is_not_evidenced("GL19")
    signed.but("v2", on="2026-03-05T08:59:00+00:00").is_clean()
    signed.but("v2", on="2026-03-05T09:01:00+00:00").says_something("GL19")
    signed.but("s-council", on="2026-03").is_not_evidenced("GL19")


def test_what_was_put_forward_at_an_hour_of_the_day_of_the_decision_was_decided():
    newer().but("D1", proposals=UNNAMED).but("v2", on="2026-03-12T09:00:00+00:00").says_something("GL19")
    asked().also(said=position(on="2026-03-12T09:00:00+00:00", version="1")).is_clean()


def test_who_signed_the_very_version_that_was_decided_signed_it_though_it_is_not_on_record():
    nine = clean().but("D1", proposals=[{"proposal": "proposal:P1", "version": "9"}])
    nine.but("s-council", version="9").says_nothing("GL19")


def test_where_neither_names_a_version_the_days_tell():
    newer().but("s-council", version=None).but("D1", proposals=UNNAMED).says_something("GL19")


def test_a_revision_without_a_label_may_be_the_version_that_a_signature_names():
    unlabelled = newer(version=None).but("D1", proposals=UNNAMED)
    unlabelled.but("s-council", on="2026-03-06").is_not_evidenced("GL19")
    unlabelled.but("s-council", version="2", on="2026-03-06").is_clean()


def test_a_signature_of_nobody_on_another_version_is_told_and_shown_where_nobody_signed_what_was_decided():
    place = newer().but("s-council", on_behalf_of=None)
    found = place.trips("GL19", "D1", "s-council")
    assert sentence(found) == "somebody who is not recorded had signed another version than the one decided"
    signed = place.also(again=position(TRUST, version="2"))
    told = "whether somebody who is not recorded had signed the version that was decided is not recorded"
    assert sentence(signed.is_not_evidenced("GL19")) == told
    other = fact("proposal.submitted", "proposal:P2", "2026-02-20", ref="P2", version="2", title="Beds")
    elsewhere = {**position(TRUST, version="2"), "stream": "proposal:P2"}
    place.also(P2=other, elsewhere=elsewhere).says_something("GL19")
    unknown = place.but("s-council", version=None).undated("s-council")
    assert sentence(unknown.is_not_evidenced("GL19")) == (
        "which version somebody who is not recorded had signed is not recorded"
    )


def test_that_somebody_named_signs_afterwards_ends_nothing_that_nobody_named_signed():
    place = newer().also(nobody=position(version="1")).but("nobody", on_behalf_of=None)
    found = place.trips("GL19", "D1", "s-council", "nobody")
    assert sentence(found) == (
        "organisation:council and somebody who is not recorded had signed another version than the one decided"
    )
    place.also(later=position(COUNCIL, version="2", on="2026-03-20")).says_something("GL19")


def test_of_a_paper_that_is_not_on_record_no_version_is_another():
    gone = fact("record.retracted", "proposal:P1", None, of={"stream": "proposal:P1", "n": 1})
    clean().also(gone=gone).but("D1", proposals=UNNAMED).says_nothing("GL19")
    clean().but("D1", proposals=[{"proposal": "proposal:P1", "version": "9"}]).says_something("GL19")


def test_what_changed_after_the_version_that_was_decided_makes_nothing_stale():
    third = revised(on="2026-03-06", version="3")
    newer(material=False).also(v3=third).says_nothing("GL19")
    newer().also(v3=third).says_something("GL19")


def test_of_a_signature_that_names_no_version_only_what_is_dated_can_be_shown():
    place = newer().but("s-council", version=None)
    place.but("v2", material=False).says_nothing("GL19")
    place.undated("v2").is_not_evidenced("GL19")
    ten, twenty = "2026-06-01T09:10:00+00:00", "2026-06-01T09:20:00+00:00"
    place.undated("v2").but("s-council", on=ten).but("D1", on=twenty).is_not_evidenced("GL19")
    place.but("v2", on=ten).undated("s-council").but("D1", on=twenty).is_not_evidenced("GL19")


# At the hours of a day


NOON = "2026-03-12T12:00:00+00:00"


def test_terms_of_the_very_day_of_a_decision_ask_for_signatures():
    asked().but("terms", on=NOON).says_something("GL18")
    asked().but("terms", on="2026-03-13").says_nothing("GL18")
    advises = fact("body.terms_adopted", "body:committee", NOON, can="advise", sign_off=[{"partner": TRUST}])
    asked().also(advises=advises).says_nothing("GL18")
    subject_to(place=asked().but("terms", on=NOON)).says_something("GL20")


def test_a_partner_that_ended_on_the_very_day_need_not_have_signed():
    ended = fact("organisation.dissolved", TRUST, NOON)
    asked().also(ended=ended).says_nothing("GL18")
    asked().but("D1", proposals=None).also(ended=ended).says_nothing("GL18")


def test_a_vote_for_nobody_in_particular_shows_of_no_partner_where_it_stood():
    votes = {"named": [{"by": "person:p1", "vote": "against"}]}
    asked().but("D1", proposals=None, votes=votes).is_not_evidenced("GL18")


def test_what_was_not_signed_is_told_from_the_beginning_of_the_day():
    start = moment("2026-03-12")
    assert asked().says_something("GL18").since == start
    assert asked(applies_to="some").is_not_evidenced("GL18").since == start
    assert asked().but("D1", proposals=None).is_not_evidenced("GL18").since == start
    assert newer().says_something("GL19").since == start


def test_a_partner_that_decided_at_an_hour_of_the_day_or_that_day_may_have_spoken_by_then():
    decided = {**own(NOON, decision_makers=[TRUST])}
    asked().also(T1=decided).says_nothing("GL18", on="2026-03-12T12:30:00+00:00")
    asked().but("D1", on=NOON).also(T1={**decided, "on": "2026-03-12"}).says_nothing("GL18", on=NOON)


# Of several partners


def test_that_one_of_several_must_be_for_it_makes_it_grave():
    place = clean().but("terms", sign_off=[{"partner": TRUST}, {"partner": ICB, "unanimous": True}])
    assert place.says_something("GL18").severity == "error"


def test_what_people_must_read_is_over_when_every_partner_had_spoken():
    place = asked(TRUST, ICB, applies_to="some").also(said=position(on="2026-03-20", version="1"))
    place.is_not_evidenced("GL18")
    place.also(also=position(ICB, on="2026-03-25", version="1")).says_nothing("GL18")


def test_who_names_the_decision_that_binds_them_has_signed_off_advice_as_well():
    said = position(
        position="in-principle", version="1", binding={"kind": "subject-to-body", "decision": "decision:T1"}
    )
    place = asked().also(board2=BOARD, T1=own("2026-04-10", proposals=[]), said=said).but("D1", outcome="endorsed")
    place.says_nothing("GL18")
    place.but("said", binding={"kind": "subject-to-body"}).says_something("GL18")


def test_what_several_signed_in_another_version_is_over_when_the_last_of_them_signed_anew():
    place = newer().also(also=position(TRUST, version="1"), one=position(COUNCIL, version="2", on="2026-03-20"))
    place.says_something("GL19")
    both = place.also(
        other=position(TRUST, version="2", on="2026-03-25"), twice=position(TRUST, version="2", on="2026-04-01")
    )
    (found,) = both.findings("GL19", on="2026-03-24")
    assert found.until == moment("2026-03-25")


def test_a_partner_that_decides_itself_afterwards_has_spoken_by_the_end_of_that_day():
    (found,) = asked().also(T1=own("2026-03-13", decision_makers=[TRUST])).findings("GL18", on="2026-03-12")
    assert found.until == moment("2026-03-14") - 1


def test_what_a_partner_had_decided_before_it_signed_another_version_ends_nothing():
    decided = own("2026-03-01", decision_makers=[COUNCIL], on_behalf_of=[COUNCIL])
    newer().also(T1=decided).says_something("GL19")


def test_a_provisional_signature_is_left_to_the_other_rule_only_where_that_judges_it():
    said = position(ICB, "in-principle", version="1", binding={"kind": "subject-to-body"})
    place = asked(ICB).also(said=said)
    place.says_something("GL18")
    with_others = place.but("D1", decision_makers=["body:committee", COUNCIL])
    with_others.says_nothing("GL18")
    with_others.but("D1", on_behalf_of=[COUNCIL]).says_something("GL18")


def test_what_the_days_show_of_a_signature_is_said_as_shown_and_what_they_do_not_as_it_is():
    unnamed = newer().but("s-council", version=None)
    told = "organisation:council had signed another version than the one decided"
    assert sentence(unnamed.says_something("GL19")) == told
    two = newer().undated("v2").but("D1", proposals=UNNAMED).also(also=position(TRUST)).undated("also")
    assert sentence(two.is_not_evidenced("GL19")) == (
        "whether organisation:council and organisation:trust had signed the version that was decided is not recorded"
    )


def test_a_signature_without_authority_is_told_from_when_the_decision_takes_effect_and_not_before_it_was_taken():
    assert subject_to().says_something("GL20").since == moment("2026-03-12")
    assert subject_to().but("D1", from_="2026-03-20").says_something("GL20").since == moment("2026-03-20")
    assert subject_to().but("D1", from_="2026-03-01").says_something("GL20").since == moment("2026-03-12")


def test_the_first_of_several_decisions_that_bind_a_partner_counts():
    second = {**own("2026-04-20"), "stream": "decision:T2"}
    second["data"] = {**second["data"], "ref": "T2"}
    place = subject_to(body="body:trust-board").also(board2=BOARD, T2=second, T1=own("2026-04-10"))
    (found,) = place.findings("GL20", on="2026-03-13")
    assert found.until == moment("2026-04-11") - 1
