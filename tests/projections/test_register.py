"""The register: every thing with its state, as at any day, as it was known at any time."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.scenario import NOW, about, body, corrected, decision, fact, person, proposal

LATER = NOW + timedelta(days=10)


def days(asked, stream, *when, **known):
    return [asked.state(stream, on, **known) for on in when]


def test_a_state_holds_from_the_day_of_the_act_to_the_day_of_the_next(asked):
    asked.record(proposal("P1", on="2026-03-12"), fact("proposal.deferred", "proposal:P1", on="2026-04-01"))
    assert days(asked, "proposal:P1", "2026-03-11", "2026-03-12", "2026-03-31", "2026-04-01") == [
        None, "submitted", "submitted", "deferred",
    ]  # fmt: skip


def test_a_time_of_day_counts(asked):
    asked.record(
        proposal("P1", on="2026-03-12T10:00:00Z"), fact("proposal.deferred", "proposal:P1", on="2026-03-12T14:00:00Z")
    )
    assert days(asked, "proposal:P1", "2026-03-12T09:59:59Z", "2026-03-12T10:00:00Z", "2026-03-12T14:00:00Z", "2026-03-12") == [
        None, "submitted", "deferred", "deferred",
    ]  # fmt: skip


def test_what_was_recorded_late_still_happened_when_it_did(asked):
    asked.record(proposal("P1", on="2026-03-12"), fact("proposal.withdrawn", "proposal:P1", on="2026-05-01"))
    asked.record(fact("proposal.deferred", "proposal:P1", on="2026-04-01"))
    assert days(asked, "proposal:P1", "2026-04-15", "2026-05-15") == ["deferred", "withdrawn"]


def test_within_a_partial_date_the_state_is_possible(asked):
    asked.record(proposal("P1", on="2026-03-12"), fact("proposal.deferred", "proposal:P1", on="2026-04"))
    assert days(asked, "proposal:P1", "2026-03-31", "2026-04-01", "2026-04-29", "2026-04-30") == [
        "submitted", "possibly deferred", "possibly deferred", "deferred",
    ]  # fmt: skip


def test_an_act_without_a_day_counts_from_when_it_was_first_said(asked):
    asked.record(proposal("P1", on=None))
    assert days(asked, "proposal:P1", "2026-05-31", "2026-06-01") == [None, "submitted"]
    asked.record({**proposal("P2", on=None), "source": {"recorded_at": "2026-02-03"}})
    assert days(asked, "proposal:P2", "2026-02-02", "2026-02-03") == [None, "submitted"]
    assert asked.thing("proposal:P2").thing.opened_on == ""


def test_what_was_known_then_is_answered_as_it_was_known(asked):
    asked.record(proposal("P1", on="2026-03-12"))
    asked.record(fact("proposal.deferred", "proposal:P1", on="2026-03-13"), now=LATER)
    assert [asked.state("proposal:P1", "2026-03-20", known) for known in ("@1", "@2", "2026-06-01", "@3", "2026-06-30")] == [
        None, "submitted", "submitted", "deferred", "deferred",
    ]  # fmt: skip


def test_a_correction_changes_what_is_known_from_then_on(asked):
    asked.record(decision("D1", on="2026-03-12", outcome="approved"))
    asked.record(corrected("decision:D1", "/outcome", "approved", "rejected"), now=LATER)
    asked.record(corrected("decision:D1", "/on", "2026-03-12", "2026-03-20"), now=LATER)
    assert days(asked, "decision:D1", "2026-03-15", "2026-03-20", known="@2") == ["approved", "approved"]
    assert days(asked, "decision:D1", "2026-03-15", "2026-03-20", known="@3") == ["rejected", "rejected"]
    assert days(asked, "decision:D1", "2026-03-15", "2026-03-20", known="@4") == [None, "rejected"]


def test_a_retraction_takes_a_fact_away_from_then_on(asked):
    asked.record(proposal("P1", on="2026-03-12"), fact("proposal.deferred", "proposal:P1", on="2026-04-01"))
    asked.record(about("proposal:P1", "record.retracted", of=2))
    assert asked.state("proposal:P1", known="@3") == "deferred"
    assert asked.state("proposal:P1") == "submitted"


def test_a_thing_of_which_everything_was_retracted_is_not_there(asked):
    asked.record(proposal("P1", on="2026-03-12"))
    asked.record(about("proposal:P1", "record.retracted", of=1))
    assert asked.state("proposal:P1", known="@2") == "submitted"
    assert asked.thing("proposal:P1") is None
    assert asked.things("proposal") == []


def test_a_thing_whose_opening_was_retracted_is_not_there_whatever_else_was_said_of_it(asked):
    asked.record(proposal("P1", on="2026-03-12"), fact("proposal.deferred", "proposal:P1", on="2026-04-01"))
    asked.record(about("proposal:P1", "record.retracted", of=1))
    assert asked.state("proposal:P1", known="@3") == "deferred"
    assert asked.thing("proposal:P1") is None


def test_a_meeting_that_was_held_is_there_when_only_its_call_was_retracted(asked):
    asked.record(body("nlb"), fact("meeting.called", "meeting:m1", on="2026-02-01"))
    asked.record(
        fact("meeting.held", "meeting:m1", on="2026-03-12", bodies=["body:nlb"]),
        about("meeting:m1", "record.retracted", of=1),
    )
    assert days(asked, "meeting:m1", "2026-03-01", "2026-03-12") == [None, "held"]


def test_facts_about_the_record_bring_nothing_into_being(asked):
    early = {"source": {"recorded_at": "2026-01-05"}}
    asked.record(
        proposal("P1", on="2026-03-12", version="1"), {**corrected("proposal:P1", "/version", "1", "2"), **early}
    )
    assert days(asked, "proposal:P1", "2026-01-10", "2026-03-11", "2026-03-12") == [None, None, "submitted"]


# The sources' clocks


def test_on_the_sources_clocks_a_fact_is_known_from_when_its_source_said_it(asked):
    asked.record(
        {**proposal("P1", on="2026-01-10"), "source": {"recorded_at": "2026-01-12"}},
        {**fact("proposal.deferred", "proposal:P1", on="2026-02-01"), "source": {"recorded_at": "2026-03-01"}},
    )
    said = [
        asked.state("proposal:P1", "2026-05-01", said_by=day)
        for day in ("2026-01-11", "2026-01-12", "2026-02-28", "2026-03-01")
    ]
    assert said == [None, "submitted", "submitted", "deferred"]
    assert asked.state("proposal:P1", "2026-05-01", known="2026-05-31") is None  # this log did not know it then


def test_on_the_sources_clocks_what_has_no_source_is_known_from_when_it_was_recorded(asked):
    asked.record(proposal("P1", on="2026-03-12"))
    asked.record(
        {**proposal("P2", on="2026-03-12"), "source": {"recorded_at": "2026-03-13"}},
        fact("proposal.deferred", "proposal:P2"),
    )
    assert [asked.state("proposal:P1", said_by=day) for day in ("2026-05-31", "2026-06-01")] == [None, "submitted"]
    assert [asked.state("proposal:P2", said_by=day) for day in ("2026-03-12", "2026-05-31", "2026-06-01")] == [
        None,
        "submitted",
        "deferred",
    ]


# What a thing is called


def test_a_new_number_holds_from_its_day(asked):
    asked.record(
        body("nlb", ref="Locality Board", issuer="body:nlb"),
        fact("record.renumbered", "body:nlb", on="2026-01-01", ref="Place Board"),
    )
    assert [asked.thing("body:nlb", on).thing.ref for on in ("2025-12-31", "2026-01-01")] == [
        "Locality Board",
        "Place Board",
    ]
    assert asked.thing("body:nlb").thing.issuer == "body:nlb"


def test_what_has_no_other_number_is_called_by_its_key(asked):
    asked.record(proposal("P1"), proposal("P1"))
    assert [(one.key, one.thing.ref) for one in asked.things("proposal")] == [("P1", "P1"), ("P1~2", "P1")]


def test_the_number_is_that_of_the_opening_whatever_happened_before_it(asked):
    asked.record(proposal("k1", on="2026-03-12", ref="26/1"), fact("proposal.listed", "proposal:k1", on="2026-02-01"))
    assert [asked.thing("proposal:k1", on).thing.ref for on in ("2026-02-01", "2026-03-12")] == ["k1", "26/1"]
    assert asked.thing("proposal:k1").thing.opened_on == "2026-03-12"


def test_names_change_and_sealed_ones_can_be_opened_where_the_register_says(asked):
    asked.record(body("nlb", name="Board"), person("p-1", "Ada Byron"))
    asked.record(
        fact("body.renamed", "body:nlb", on="2026-01-01", name="Place Board"),
        fact("person.renamed", "person:p-1", name="Ada Lovelace"),
    )
    assert [asked.thing("body:nlb", on).thing.name for on in ("2025-12-31", "2026-01-01")] == ["Board", "Place Board"]
    found = asked.thing("person:p-1").thing
    assert found.name == ""
    opened = {one.digest: one.value for one in asked.log.recorder.openings([found.title_position])}
    assert opened[found.title] == "Ada Lovelace"


def test_a_corrected_title_is_opened_beside_its_correction(asked):
    asked.record(proposal("P1", title="Tpye hints"))
    asked.record(corrected("proposal:P1", "/title", "Tpye hints", "Type hints"))
    found = asked.thing("proposal:P1").thing
    assert found.title_position == 3
    assert [one.value for one in asked.log.recorder.openings([3])] == ["Type hints"]
    assert asked.thing("proposal:P1", known="@2").thing.title_position == 2


def test_a_source_s_label_is_shown_and_decides_nothing(asked):
    asked.record(proposal("P1"), fact("proposal.status_noted", "proposal:P1", on="2026-04-01", status="Final"))
    assert (asked.thing("proposal:P1").thing.status, asked.state("proposal:P1")) == ("Final", "submitted")


def test_a_status_that_its_source_noted_is_over_when_something_happens_to_the_thing(asked):
    asked.record(
        proposal("P1", on="2026-03-05"), fact("proposal.status_noted", "proposal:P1", "2026-03-01", status="drafted")
    )
    assert asked.thing("proposal:P1", on="2026-03-04").thing.status == "drafted"
    assert asked.thing("proposal:P1").thing.status == ""
    asked.record(fact("proposal.status_noted", "proposal:P1", "2026-04-01", status="Final"))
    assert asked.thing("proposal:P1").thing.status == "Final"
    asked.record(fact("proposal.deferred", "proposal:P1", "2026-05-01"))
    assert (asked.thing("proposal:P1").thing.status, asked.state("proposal:P1")) == ("", "deferred")


# Kinds of their own


def test_a_decision_is_in_the_state_of_its_outcome(asked):
    asked.record(
        decision("D1", outcome="approved-as-amended", **{"from": "2026-04-01", "until": "2027-04-01"}), decision("D2")
    )
    found = asked.thing("decision:D1").thing
    assert (found.state, found.effective_from, found.effective_until) == (
        "approved-as-amended",
        "2026-04-01",
        "2027-04-01",
    )
    assert asked.state("decision:D2") == "taken"


@pytest.mark.parametrize(
    ("steps", "state"),
    [
        (["called_in"], "called in"),
        (["called_in", "call_in_concluded"], "approved"),
        (["called_in", "called_in", "call_in_concluded"], "called in"),
        (["called_in", "called_in", "call_in_concluded", "call_in_concluded"], "approved"),
        (["called_in", "rescinded", "call_in_concluded"], "rescinded"),
        (["call_in_concluded"], "approved"),
        (["ratified", "called_in", "call_in_concluded"], "ratified"),
    ],
)
def test_when_a_call_in_is_over_the_state_before_it_holds_again(asked, steps, state):
    facts = [fact(f"decision.{step}", "decision:D1", on=f"2026-04-{day:02}") for day, step in enumerate(steps, start=1)]
    asked.record(decision("D1", outcome="approved"), *facts)
    assert asked.state("decision:D1") == state


def test_a_meeting_that_is_held_keeps_what_its_call_said(asked):
    asked.record(body("nlb"), fact("meeting.called", "meeting:m1", on="2026-02-01", ref="March", title="Spring"))
    asked.record(fact("meeting.held", "meeting:m1", on="2026-03-12", bodies=["body:nlb"]))
    found = asked.thing("meeting:m1").thing
    assert (found.ref, found.state, found.opened_on, found.state_on, found.title_position) == (
        "March",
        "held",
        "2026-02-01",
        "2026-03-12",
        3,
    )
    assert asked.state("meeting:m1", "2026-03-01") == "called"


def test_what_opens_a_body_says_how_long_it_lasts_and_nothing_else_does(asked):
    asked.record(
        proposal("P1", on="2026-03-12"),
        fact("proposal.called_in", "proposal:P1", on="2026-02-01", **{"from": "2026-02-02"}),
    )
    assert asked.thing("proposal:P1").thing.effective_from == ""


# Lists


def test_things_are_listed_in_the_order_in_which_they_were_recorded(asked):
    asked.record(proposal("B", on="2026-03-12"), proposal("A", on="2026-01-01"), decision("D1"))
    asked.record(fact("proposal.deferred", "proposal:B"))
    listed = asked.things("proposal")
    assert [(one.stream, one.kind, one.key, one.first_position) for one in listed] == [
        ("proposal:B", "proposal", "B", 2),
        ("proposal:A", "proposal", "A", 3),
    ]
    assert asked.things("proposal", on="2026-02-01")[0].key == "A"
    assert asked.things("body") == []
    assert [one.stream for one in asked.things("log", on="2026-06-02")] == ["log:northmoor.example/decisions"]


def test_a_thing_that_is_not_there_is_none(asked):
    assert asked.thing("proposal:P9") is None


def test_what_cannot_be_read_stands_in_the_register_all_the_same(asked):
    from tests.store import raw

    raw.insert(asked.log, raw.fact("proposal:P1", data={"mood": "hopeful"}, on="2026-03-12"))
    raw.insert(asked.log, raw.fact("proposal:P1", 2, type="proposal.dreamt"))
    assert asked.state("proposal:P1") == "submitted"
    assert asked.thing("proposal:P1").thing.ref == "P1"


def test_many_things_that_change_at_once_are_written_whole(asked):
    asked.record(*(proposal(f"P{number}") for number in range(700)))
    assert len(asked.things("proposal")) == 700
    asked.record(*(fact("proposal.deferred", f"proposal:P{number}") for number in range(700)))
    assert {one.thing.state for one in asked.things("proposal")} == {"deferred"}
    assert len(asked.things("proposal")) == 700


def test_a_title_given_with_a_new_version_is_the_title_from_then_on(asked):
    asked.record(proposal("P1", title="Beds", on="2026-01-01"))
    asked.record(fact("proposal.revised", "proposal:P1", on="2026-02-01", version="2", title="Beds and care at home"))
    asked.record(fact("proposal.revised", "proposal:P1", on="2026-03-01", version="3"))
    found = [
        asked.thing("proposal:P1", on=day).thing.title_position for day in ("2026-01-31", "2026-02-28", "2026-03-31")
    ]
    assert found == [2, 3, 3]


@pytest.mark.parametrize(
    ("ended", "state"),
    [
        ((), "dissent recorded"),
        (("disagreement.overruled",), "overruled"),
        (("disagreement.escalated",), "dissent recorded"),
    ],
)
def test_a_recorded_dissent_ends_a_disagreement_that_nothing_else_has_ended(asked, ended, state):
    asked.record(proposal("P1"), fact("disagreement.raised", "disagreement:D1", ref="D1", about=["proposal:P1"]))
    for type_name in (*ended, "disagreement.dissent_recorded"):
        asked.record(fact(type_name, "disagreement:D1"))
    assert asked.thing("disagreement:D1").thing.state == state
