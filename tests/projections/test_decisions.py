"""Decisions: how each stood after what came later, on any day, as it was known at any time."""

from __future__ import annotations

import pytest

from decisionlog.projections.decisions import decisions, taken
from decisionlog.store.histories import unpacked
from tests.scenario import about, body, corrected, decision, fact

D1 = "decision:D1"


def states(asked, *days, **known):
    found = [asked.held(decisions, [D1], day, **known) for day in days]
    return [one[0].state if one else None for one in found]


def later(type_name, on, **data):
    return fact(type_name, D1, on, **data)


def test_an_approval_is_in_force_from_the_day_of_its_effect(asked):
    asked.record(decision("D1", "2026-03-20", outcome="approved", **{"from": "2026-04-01"}))
    assert states(asked, "2026-03-19", "2026-03-20", "2026-04-01") == [None, "taken", "in force"]


def test_what_binds_nobody_is_only_taken(asked):
    asked.record(decision("D1", outcome="noted"))
    assert states(asked, "2026-04-01") == ["taken"]


def test_an_opinion_binds_nobody_whatever_its_outcome(asked):
    asked.record(decision("D1", outcome="approved", asked_to="advise"))
    assert states(asked, "2026-04-01") == ["taken"]


def test_it_ends_with_its_own_last_day(asked):
    asked.record(decision("D1", "2026-03-20", outcome="approved", until="2026-05-01"))
    assert states(asked, "2026-04-30", "2026-05-01") == ["in force", "ended"]


@pytest.mark.parametrize(
    ("type_name", "state"),
    [
        ("decision.superseded", "superseded"),
        ("decision.rescinded", "rescinded"),
        ("decision.lapsed", "lapsed"),
        ("decision.voided", "voided"),
    ],
)
def test_an_ending_counts_from_its_effect(asked, type_name, state):
    asked.record(decision("D1", outcome="approved"), later(type_name, "2026-04-01", **{"from": "2026-05-01"}))
    assert states(asked, "2026-04-30", "2026-05-01") == ["in force", state]


def test_superseded_in_part_still_holds_for_the_rest(asked):
    asked.record(decision("D1", outcome="approved"), later("decision.superseded", "2026-04-01", wholly=False))
    assert states(asked, "2026-04-01") == ["superseded in part"]


def test_a_stay_holds_it_up_until_it_is_over(asked):
    asked.record(decision("D1", outcome="approved"), later("decision.stayed", "2026-04-01", until="2026-05-01"))
    assert states(asked, "2026-04-01", "2026-04-30", "2026-05-01") == ["stayed", "stayed", "in force"]


def test_a_call_in_holds_it_up_until_it_is_concluded(asked):
    asked.record(
        decision("D1", outcome="approved", call_in_until="2026-03-27"),
        later("decision.called_in", "2026-03-25"),
        later("decision.call_in_concluded", "2026-04-10", call_in_result="no-action"),
    )
    assert states(asked, "2026-03-25", "2026-04-10") == ["called in", "in force"]


def test_referred_back_waits_for_its_decider(asked):
    asked.record(
        decision("D1", outcome="approved"),
        later("decision.called_in", "2026-03-25"),
        later("decision.call_in_concluded", "2026-04-10", call_in_result="referred-back"),
    )
    assert states(asked, "2026-04-10") == ["referred back"]


def test_an_urgent_decision_awaits_its_ratification(asked):
    asked.record(
        decision("D1", outcome="approved", urgent={"ground": "winter"}), later("decision.ratified", "2026-04-01")
    )
    assert states(asked, "2026-03-31", "2026-04-01") == ["awaiting ratification", "in force"]


@pytest.mark.parametrize(("stands", "state"), [(True, "in force"), (False, "not ratified")])
def test_not_ratified_says_whether_it_stands(asked, stands, state):
    asked.record(
        decision("D1", outcome="approved", urgent={"ground": "winter"}),
        later("decision.not_ratified", "2026-04-01", stands=stands),
    )
    assert states(asked, "2026-04-01") == [state]


def test_conditions_stand_as_what_became_of_them(asked):
    conditions = [{"id": "c1", "words": "funding"}, {"id": "c2", "words": "a lease", "due": "2026-06-01"}]
    asked.record(
        decision("D1", outcome="approved-with-conditions", conditions=conditions),
        {**later("condition.discharged", "2026-04-01", condition="c1"), "of": {"stream": D1, "n": 1}},
        {**later("condition.failed", "2026-05-01", condition="c1"), "of": {"stream": D1, "n": 1}},
        {**later("condition.waived", "2026-05-02", condition="c2"), "of": {"stream": D1, "n": 1}},
    )

    def stand(day):
        (found,) = asked.held(decisions, [D1], day)
        return [(one["id"], one["state"]) for one in unpacked(found.conditions)]

    assert stand("2026-03-31") == [("c1", "open"), ("c2", "open")]
    assert stand("2026-04-01") == [("c1", "discharged"), ("c2", "open")]
    assert stand("2026-05-02") == [("c1", "failed"), ("c2", "waived")]


def test_a_report_is_outstanding_until_it_was_made_to_whom_it_is_owed(asked):
    asked.record(
        body("a"),
        body("b"),
        decision("D1", outcome="approved", report_to=[{"to": "body:a", "due": "2026-05-01"}, {"to": "body:b"}]),
        later("decision.reported_back", "2026-04-01", to="body:b"),
    )
    (found,) = asked.held(decisions, [D1])
    assert [(one["to"], one["reported"]) for one in unpacked(found.report_to)] == [("body:a", False), ("body:b", True)]


def test_a_variation_takes_the_place_of_what_it_gives_and_strikes_what_it_names(asked):
    asked.record(
        decision("D1", outcome="approved", review_by="2026-06-01", conditions=[{"id": "c1", "words": "x"}]),
        later("decision.varied", "2026-04-01", review_by="2026-09-01", struck=["conditions"]),
    )
    (before,), (after,) = asked.held(decisions, [D1], "2026-03-31"), asked.held(decisions, [D1], "2026-04-01")
    assert (before.review_by, after.review_by) == ("2026-06-01", "2026-09-01")
    assert (len(unpacked(before.conditions)), unpacked(after.conditions)) == (1, [])


def test_a_correction_and_a_retraction_change_what_is_known_from_then_on(asked):
    asked.record(decision("D1", outcome="approved"))
    asked.record(later("decision.rescinded", "2026-04-01"))
    asked.record(about(D1, "record.retracted", of=2))
    asked.record(corrected(D1, "/outcome", "approved", "rejected"))
    at = [states(asked, "2026-05-01", known=known)[0] for known in ("@2", "@3", "@4", "@5")]
    assert at == ["in force", "rescinded", "in force", "taken"]


def test_the_clock_of_the_sources_answers_by_what_they_said(asked):
    asked.record(
        {**decision("D1", "2026-01-10", outcome="approved"), "source": {"recorded_at": "2026-01-12"}},
        {**later("decision.rescinded", "2026-02-01"), "source": {"recorded_at": "2026-02-20"}},
    )
    at = [states(asked, "2026-03-01", said_by=day)[0] for day in ("2026-01-11", "2026-01-12", "2026-02-20")]
    assert at == [None, "in force", "rescinded"]


def test_decisions_are_found_by_outcome_and_by_the_days_of_the_act(asked):
    asked.record(decision("A", "2026-03-01", outcome="approved"), decision("B", "2026-03", outcome="rejected"))
    asked.record(decision("C", "2026-04-01", outcome="approved"), decision("U", None, outcome="approved"))
    with asked.reading() as rows:
        point = asked._point("2030-01-01", "2030-01-01", None)

        def found(*arguments):
            return [one.values.ref for one in taken(rows, point, *arguments)]

        since, until = (asked._point(day, "2030-01-01", None).on for day in ("2026-03-10", "2026-03-20"))
        assert found(["approved"]) == ["A", "C", "U"]
        assert found((), since, until) == ["B", "U"]  # within a month, and on a day that is not recorded
