"""`completeness`: which facts make up the record of a decision, by which profiles it is judged, and what is counted."""

from __future__ import annotations

import pytest

from decisionlog.domain.refusals import BadInput, NotFound, Refusal
from decisionlog.domain.saying import plain
from tests.scenario import about, body, corrected, decision, fact, organisation, person, proposal

PC, CABINET = "body:pc", "body:cabinet"
ICB, COUNCIL = "organisation:icb", "organisation:council"


@pytest.fixture
def northmoor(place):
    """An ICB with a place committee and a director, a council with a cabinet and a director."""
    place.record(organisation("icb", kind="icb"), organisation("council", kind="upper-tier-la"))
    place.record(
        body("board", kind="board", parents=[{"parent": ICB}]),
        body("pc", kind="committee", parents=[{"parent": "body:board"}]),
        body("cabinet", kind="executive", parents=[{"parent": COUNCIL}]),
    )
    place.record(
        fact("post.established", "post:icb-director", "2025-04-01", organisation=ICB),
        fact("post.established", "post:council-director", "2025-04-01", organisation=COUNCIL),
        fact("function.catalogued", "function:f", "2025-04-01", name="Care"),
    )
    place.record(person("p-1"), person("p-2"))
    return place


def taken(key="D1", maker=PC, on="2026-03-12", outcome="approved", **data):
    makers = [maker] if isinstance(maker, str) else maker
    return decision(key, on, decision_makers=makers, outcome=outcome, **data)


def only(answer):
    (item,) = answer.items
    return item


def field(item, name):
    every = [one for judged in item.judged for one in judged.fields] + list(item.beyond)
    return next(one for one in every if one.name == name)


def stands(place, name, ref="D1", **asked):
    found = field(only(place.completeness(ref, **asked)), name)
    return found.status


def profiles(place, ref="D1", **asked):
    return [judged.profile for judged in only(place.completeness(ref, **asked)).judged]


# What makes up the record


def test_the_decision_s_own_fields_are_its_record(northmoor):
    northmoor.record(taken(reasons="It is needed.", options_rejected=[], text="To begin."))
    item = only(northmoor.completeness("D1"))
    assert field(item, "reasons").status == "recorded"
    assert field(item, "options_rejected").status == "recorded-as-none"
    assert field(item, "value").status == "not-recorded"
    assert field(item, "reasons").evidence == item.evidence == (12,)


def test_its_meeting_says_who_was_there_and_whether_it_was_quorate(northmoor):
    held = fact("meeting.held", "meeting:M1", "2026-03-12", bodies=[PC], attendance=[{"by": "person:p-1"}])
    northmoor.record(held, taken(meeting="meeting:M1"))
    assert stands(northmoor, "attendance") == "recorded"
    assert stands(northmoor, "quorum") == "not-recorded"
    northmoor.record(fact("meeting.quorum_noted", "meeting:M1", "2026-03-12", quorate=True, items=["4"]))
    assert stands(northmoor, "quorum") == "recorded"


def test_what_was_noted_of_other_items_or_other_bodies_says_nothing_of_this_decision(northmoor):
    northmoor.record(
        fact("meeting.held", "meeting:M1", "2026-03-12", bodies=[PC, CABINET]),
        taken(meeting="meeting:M1", item="4"),
        fact("meeting.quorum_noted", "meeting:M1", "2026-03-12", quorate=True, items=["5"]),
        fact("meeting.quorum_noted", "meeting:M1", "2026-03-12", quorate=True, bodies=[CABINET]),
        fact("meeting.interest_declared", "meeting:M1", "2026-03-12", by="person:p-1", items=["5"]),
    )
    assert stands(northmoor, "quorum") == "not-recorded"
    assert stands(northmoor, "interests") == "not-recorded"


def test_an_interest_in_an_item_that_was_carried_en_bloc_bears_on_the_decision(northmoor):
    northmoor.record(
        fact("meeting.held", "meeting:M1", "2026-03-12", bodies=[PC]),
        taken(meeting="meeting:M1", item="4", en_bloc={"covers": ["4", "5"], "excepted": []}),
        fact("meeting.interest_declared", "meeting:M1", "2026-03-12", by="person:p-1", items=["5"]),
    )
    assert stands(northmoor, "interests") == "recorded"


def test_how_a_conflict_was_managed_is_told_with_the_interest(northmoor):
    northmoor.record(
        fact("meeting.held", "meeting:M1", "2026-03-12", bodies=[PC]),
        taken(meeting="meeting:M1", item="4"),
        fact("meeting.interest_declared", "meeting:M1", "2026-03-12", by="person:p-1", items=["4"], nature="Employer"),
    )
    assert stands(northmoor, "interest_nature") == "recorded"
    assert stands(northmoor, "interest_management") == "not-recorded"
    northmoor.record(
        about(
            "meeting:M1",
            "meeting.conflict_managed",
            "2026-03-12",
            of=2,
            management="leaves-for-item",
            left="2026-03-12",
        )
    )
    assert stands(northmoor, "interest_management") == "recorded"
    assert stands(northmoor, "interest_evidence") == "recorded"


def test_what_the_decision_lists_of_a_declared_interest_is_the_same_interest(northmoor):
    northmoor.record(
        fact("meeting.held", "meeting:M1", "2026-03-12", bodies=[PC]),
        fact("meeting.interest_declared", "meeting:M1", "2026-03-12", by="person:p-1", nature="Employer"),
        taken(meeting="meeting:M1", interests=[{"by": "person:p-1", "action": "left"}]),
    )
    assert stands(northmoor, "interest_nature") == "recorded"
    assert stands(northmoor, "interest_management") == "recorded"


def test_an_interest_of_somebody_else_needs_its_own_nature(northmoor):
    northmoor.record(
        fact("meeting.held", "meeting:M1", "2026-03-12", bodies=[PC]),
        fact("meeting.interest_declared", "meeting:M1", "2026-03-12", by="person:p-1", nature="Employer"),
        taken(meeting="meeting:M1", interests=[{"by": "person:p-2"}]),
    )
    found = field(only(northmoor.completeness("D1")), "interest_nature")
    assert (found.status, found.why) == ("not-recorded", "1 of 2 interests lack it")


@pytest.mark.parametrize(
    ("granted", "status"),
    [
        ({}, "recorded"),
        ({"bodies": [CABINET]}, "recorded"),
        ({"bodies": [PC]}, "not-recorded"),
        ({"matters": ["decision:D1"]}, "recorded"),
        ({"matters": ["proposal:P1"]}, "recorded"),
        ({"matters": ["proposal:P2"]}, "not-recorded"),
    ],
)
def test_a_dispensation_counts_for_its_person_its_bodies_and_its_matters(northmoor, granted, status):
    northmoor.record(
        proposal("P1"),
        proposal("P2"),
        fact("meeting.held", "meeting:M1", "2026-03-12", bodies=[CABINET]),
        fact("meeting.interest_declared", "meeting:M1", "2026-03-12", by="person:p-1"),
        taken(maker=CABINET, meeting="meeting:M1", proposals=[{"proposal": "proposal:P1"}]),
        fact("dispensation.granted", "dispensation:DI1", "2026-03-01", person="person:p-1", **granted),
    )
    assert stands(northmoor, "dispensation") == status


def test_a_dispensation_of_somebody_else_does_not_count(northmoor):
    northmoor.record(
        fact("meeting.held", "meeting:M1", "2026-03-12", bodies=[CABINET]),
        fact("meeting.interest_declared", "meeting:M1", "2026-03-12", by="person:p-1"),
        taken(maker=CABINET, meeting="meeting:M1"),
        fact("dispensation.granted", "dispensation:DI1", "2026-03-01", person="person:p-2"),
    )
    assert stands(northmoor, "dispensation") == "not-recorded"


def test_its_proposals_say_what_papers_there_were(northmoor):
    northmoor.record(
        proposal("P1", background=[{"title": "Needs"}], assessments=[], title="Community response"),
        taken(maker=CABINET, proposals=[{"proposal": "proposal:P1"}]),
    )
    item = only(northmoor.completeness("D1"))
    assert (field(item, "background").status, field(item, "assessments").status) == ("recorded", "recorded-as-none")
    assert item.title == "Community response"


def test_the_terms_in_force_on_its_day_are_looked_up(northmoor):
    northmoor.record(taken("D1", on="2026-01-01"), taken("D2", on="2026-03-12"))
    northmoor.record(fact("body.terms_adopted", PC, "2026-02-01", version="1"))
    assert stands(northmoor, "terms", "D1") == "not-recorded"
    assert stands(northmoor, "terms", "D2") == "recorded"


def test_what_came_later_counts_from_its_day_on(northmoor):
    northmoor.record(taken(maker=CABINET), fact("decision.published", "decision:D1", "2026-03-14", channel="website"))
    assert stands(northmoor, "published", on="2026-03-13") == "not-recorded"
    assert stands(northmoor, "published", on="2026-03-14") == "recorded"


def test_what_was_corrected_counts_from_when_that_was_known(northmoor):
    northmoor.record(taken(maker=CABINET))
    northmoor.record(corrected("decision:D1", "/reasons", now="It is needed."))
    assert stands(northmoor, "reasons", known="@12") == "not-recorded"
    assert stands(northmoor, "reasons") == "recorded"


# By which profiles


def test_who_decided_and_for_whom_is_looked_up(northmoor):
    northmoor.record(taken("D1", CABINET), taken("D2", PC), taken("D3", "post:icb-director"))
    assert profiles(northmoor, "D1") == ["la-exec-meeting"]
    assert profiles(northmoor, "D2") == ["nhs-committee"]
    assert profiles(northmoor, "D3") == ["nhs-individual"]
    (judged,) = only(northmoor.completeness("D2")).judged
    assert plain(judged.why).startswith("body:pc is a committee, and it belongs to organisation:icb, an NHS body")
    assert judged.evidence == (2, 5)


def test_the_kinds_are_those_of_the_day_of_the_decision(northmoor):
    northmoor.record(fact("body.terms_adopted", PC, "2026-04-01", can="advise"))
    northmoor.record(taken("D1"), taken("D2", on="2026-04-01"), taken("D3", on="2026-03"), taken("D4", on=None))
    assert [profiles(northmoor, ref) for ref in ("D1", "D3")] == [["nhs-committee"]] * 2
    assert [profiles(northmoor, ref) for ref in ("D2", "D4")] == [["advisory"]] * 2


@pytest.mark.parametrize(
    ("basis", "profile"), [("lga2000-s9E", "la-exec-individual"), ("lga1972-s101", "la-officer"), ("other", "union")]
)
def test_a_council_s_director_is_judged_by_the_law_of_the_delegation(northmoor, basis, profile):
    northmoor.record(
        fact("delegation.granted", "delegation:X", "2025-04-01", delegator=COUNCIL, delegates=["post:council-director"], legal_basis=basis),
        taken(maker="post:council-director", authority=[{"delegation": "delegation:X"}]),
    )  # fmt: skip
    assert profiles(northmoor) == [profile]


def test_what_the_executive_gave_is_exercised_for_the_executive(northmoor):
    northmoor.record(
        fact(
            "delegation.granted", "delegation:X", "2025-04-01", delegator=CABINET, delegates=["post:council-director"]
        ),
        taken(maker="post:council-director", authority=[{"delegation": "delegation:X"}]),
    )
    assert profiles(northmoor) == ["la-exec-individual"]


@pytest.mark.parametrize(
    ("seat", "profile"),
    [
        ({"role": "voting-member"}, "la-exec-individual"),
        ({"role": "in-attendance"}, "union"),
        ({"role": "member", "voting": False}, "union"),
        ({"role": "member", "from": "2026-04-01"}, "union"),
    ],
)
def test_a_member_of_the_executive_decides_for_it_while_sitting_there(northmoor, seat, profile):
    northmoor.record(fact("body.member_appointed", CABINET, "2025-05-01", member="post:council-director", **seat))
    northmoor.record(taken(maker="post:council-director"))
    assert profiles(northmoor) == [profile]


def test_an_award_is_known_by_the_law_that_the_decision_cites(northmoor):
    northmoor.record(taken(authority=[{"legal_basis": "psr-si2023-1348"}]))
    assert profiles(northmoor) == ["nhs-committee", "psr-award"]


def test_an_award_is_known_by_the_duty_of_its_function(northmoor):
    duty = fact("function.duty_placed", "function:f", "2025-04-01", holder=ICB, legal_basis="psr-si2023-1348")
    northmoor.record(duty, taken("D1", functions=["function:f"]), taken("D2"))
    assert profiles(northmoor, "D1") == ["nhs-committee", "psr-award"]
    assert profiles(northmoor, "D2") == ["nhs-committee"]


def test_that_no_function_was_exercised_says_nothing_of_an_award(northmoor):
    duty = fact("function.duty_placed", "function:f", "2025-04-01", holder=ICB, legal_basis="psr-si2023-1348")
    northmoor.record(duty, taken("D1", functions=[]), taken("D2", functions=["function:f"]))
    assert profiles(northmoor, "D1") == ["nhs-committee"]


def test_the_organisations_of_a_body_that_is_bound_are_bound(northmoor):
    northmoor.record(taken("D1", PC, on_behalf_of=["body:board"]), taken("D2", "person:p-1"))
    assert profiles(northmoor, "D1") == ["nhs-committee"]
    assert profiles(northmoor, "D2") == ["union"]


def test_a_body_that_is_its_own_ancestor_is_looked_up_once(northmoor):
    northmoor.record(
        body("one", kind="committee", parents=[{"parent": "body:other"}]),
        body("other", kind="committee", parents=[{"parent": "body:one"}, {"parent": ICB}]),
        taken(maker="body:one"),
    )
    assert profiles(northmoor) == ["nhs-committee"]


# What is asked about


def test_a_proposal_a_meeting_and_a_body_are_answered_with_their_decisions(northmoor):
    northmoor.record(
        proposal("P1"),
        fact("meeting.held", "meeting:M1", "2026-03-12", bodies=[PC]),
        taken("D1", meeting="meeting:M1"),
        taken("D2", proposals=[{"proposal": "proposal:P1"}]),
        taken("D3", CABINET),
    )
    refs = {ref: sorted(item.ref for item in northmoor.completeness(ref).items) for ref in ("M1", "P1", "pc")}
    assert refs == {"M1": ["D1"], "P1": ["D2"], "pc": ["D1", "D2"]}
    assert len(northmoor.completeness().items) == 3
    assert [item.ref for item in northmoor.completeness(body="cabinet").items] == ["D3"]
    assert [item.ref for item in northmoor.completeness("M1", body="cabinet").items] == []


def test_the_least_complete_record_is_first(northmoor):
    whole = {"reasons": "Yes.", "options_rejected": [], "value": [], "text": "To begin."}
    northmoor.record(taken("D1", **whole), taken("D2"), taken("D3", reasons="Yes."))
    assert [item.ref for item in northmoor.completeness().items] == ["D2", "D3", "D1"]


def test_a_limit_leaves_out_the_more_complete_and_the_totals_count_them(northmoor):
    northmoor.record(taken("D1", reasons="Yes."), taken("D2"), taken("D3", reasons="Yes."))
    answer = northmoor.completeness(limit=1)
    assert [item.ref for item in answer.items] == ["D2"]
    assert answer.left_out == 2
    assert answer.years[0].decisions == 3


def test_those_that_lack_a_field_are_listed_and_the_totals_count_all(northmoor):
    northmoor.record(
        taken("D1", options_rejected=[]), taken("D2"), taken("D3", outcome="noted"), taken("D4", reasons="Yes.")
    )
    answer = northmoor.completeness(missing="options_rejected")
    assert [item.ref for item in answer.items] == ["D2", "D4"]
    assert (answer.left_out, answer.years[0].decisions) == (2, 4)
    assert len(northmoor.completeness(missing="options_rejected", limit=1).items) == 1
    with pytest.raises(BadInput, match="Did you mean 'options_rejected'"):
        northmoor.completeness(missing="options rejected")


def test_days_narrow_and_what_has_none_is_named(northmoor):
    northmoor.record(taken("D1", on="2026-03-12"), taken("D2", on="2026-04-12"), taken("D3", on=None))
    answer = northmoor.completeness(since="2026-04-01")
    assert [item.ref for item in answer.items] == ["D2"]
    assert answer.notes == ("Left out: 1 of which the day of the act is not recorded.",)
    assert [item.ref for item in northmoor.completeness(until="2026-03-31").items] == ["D1"]
    assert northmoor.completeness().notes == ()


def test_a_profile_narrows_to_what_it_is_for(northmoor):
    northmoor.record(taken("D1", CABINET), taken("D2", authority=[{"legal_basis": "psr-si2023-1348"}]))
    answer = northmoor.completeness(profile="psr-award")
    assert [item.ref for item in answer.items] == ["D2"]
    assert [judged.profile for judged in only(answer).judged] == ["psr-award"]
    assert only(answer).asked == only(answer).judged[0].asked


def test_one_decision_is_judged_by_any_profile_that_is_asked_for(northmoor):
    northmoor.record(taken())
    (judged,) = only(northmoor.completeness("D1", profile="la-officer")).judged
    assert judged.profile == "la-officer"
    assert plain(judged.why) == "it was asked for; by what is recorded it is nhs-committee"


def test_what_is_unknown_or_of_another_kind_is_refused_with_the_way_out(northmoor):
    northmoor.record(taken(), taken("D9", on="2026-05-12"), taken("D10"))
    northmoor.record(about("decision:D10", "record.retracted"))
    with pytest.raises(BadInput, match="Did you mean 'la-officer'"):
        northmoor.completeness(profile="la-oficer")
    with pytest.raises(Refusal, match="is of kind organisation; ask about a decision, a proposal, a meeting or a body"):
        northmoor.completeness("icb")
    with pytest.raises(NotFound):
        northmoor.completeness("D7")
    with pytest.raises(NotFound, match="had not been taken by 2026-04-01: it was taken on 2026-05-12"):
        northmoor.completeness("D9", on="2026-04-01")
    with pytest.raises(NotFound, match="was retracted"):
        northmoor.completeness("D10")
    assert "D10" not in [item.ref for item in northmoor.completeness().items]


def test_a_log_without_decisions_has_none(northmoor):
    answer = northmoor.completeness()
    assert (answer.items, answer.years, answer.fields) == ((), (), ())


# What is counted


def test_a_field_that_two_profiles_ask_for_is_counted_once(northmoor):
    northmoor.record(taken(authority=[{"legal_basis": "psr-si2023-1348"}], reasons="Yes."))
    item = only(northmoor.completeness("D1"))
    both = {one.name for judged in item.judged for one in judged.fields if one.applies}
    assert item.asked == len(both) < sum(judged.asked for judged in item.judged)
    assert item.recorded == item.asked - len(item.missing)
    for judged in item.judged:
        assert judged.recorded == sum(one.status in {"recorded", "recorded-as-none"} for one in judged.fields)


def test_each_decision_maker_s_years_are_counted(northmoor):
    northmoor.record(taken("D1", on="2025-12-01"), taken("D2"), taken("D3", [PC, CABINET]), taken("D4", [], on=None))
    years = {(total.maker, total.year): total.decisions for total in northmoor.completeness().years}
    assert years == {("", ""): 1, (CABINET, "2026"): 1, (PC, "2025"): 1, (PC, "2026"): 2}


def test_what_is_missing_most_often_is_named(northmoor):
    northmoor.record(
        taken("D1", CABINET, text="A."), taken("D2", CABINET, text="B.", reasons="Yes.", options_rejected=[])
    )
    (total,) = northmoor.completeness().years
    assert total.complete == 0
    assert [number for _, number in total.most_missed] == [2, 2, 2]
    assert ("reasons", 1) not in total.most_missed


def test_each_field_is_counted_over_all_decisions(northmoor):
    northmoor.record(taken("D1", options_rejected=[]), taken("D2", options_rejected=["Wait."]), taken("D3"))
    northmoor.record(taken("D4", outcome="noted"))
    totals = {total.name: total for total in northmoor.completeness().fields}
    options = totals["options_rejected"]
    assert (options.asked, options.recorded, options.as_none, options.missing) == (3, 1, 1, 1)
    assert northmoor.completeness().fields[0].missing == max(total.missing for total in totals.values())


def test_the_answer_rests_on_the_table_of_profiles(northmoor):
    answer = northmoor.completeness()
    assert answer.basis.rules == f"reading-1, profiles of records {answer.profiles}"
