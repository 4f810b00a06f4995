from __future__ import annotations

import pytest

from tests.checks.clean import fact
from tests.checks.histories import clean, sentence

FIRST = {"id": "C1", "words": "the trust's board agrees", "kind": "precedent"}
AFTERWARDS = {**FIRST, "kind": "subsequent"}
OF_WHATEVER_KIND = {"id": "C1", "words": "the trust's board agrees"}
D1 = {"stream": "decision:D1", "n": 1}


def carried_out(on="2026-04-20"):
    return fact("decision.implemented", "decision:D1", on, of=D1)


def met(on="2026-04-21", **data):
    return fact("condition.discharged", "decision:D1", on, of=D1, condition="C1", **data)


def waived(on="2026-04-21", **data):
    return fact("condition.waived", "decision:D1", on, of=D1, condition="C1", **data)


def failed(on, **data):
    return fact("condition.failed", "decision:D1", on, of=D1, condition="C1", **data)


def subject_to(*conditions):
    return clean().but("D1", conditions=list(conditions))


def test_a_decision_carried_out_before_its_condition_was_met_trips_it():
    found = subject_to(FIRST).also(begun=carried_out()).trips("GL23", "begun", "D1")
    assert sentence(found) == "it was carried out on 2026-04-20, when condition C1 had not been met"
    assert found.severity == "error"


def test_it_stays_so_when_the_condition_is_met_later():
    subject_to(FIRST).also(begun=carried_out(), met=met()).trips("GL23", "begun", "D1", on="2026-05-30")


def test_it_is_so_from_the_day_on_which_it_was_carried_out():
    history = subject_to(FIRST).also(begun=carried_out())
    history.trips("GL23", "begun", "D1", on="2026-04-20")
    history.is_clean(on="2026-04-19")


@pytest.mark.parametrize("answer", [met, waived])
def test_a_condition_met_or_waived_the_day_before_is_well(answer):
    subject_to(FIRST).also(answer=answer("2026-04-19"), begun=carried_out()).is_clean()


@pytest.mark.parametrize("answer", [met, waived])
def test_on_the_same_day_nobody_can_tell_which_came_first(answer):
    history = subject_to(FIRST).also(begun=carried_out(), answer=answer("2026-04-20"))
    found = history.is_not_evidenced("GL23")
    assert (
        sentence(found) == "it was carried out on 2026-04-20; whether condition C1 had been met by then is not recorded"
    )
    assert history._named(found.evidence) == ["begun", "D1"]


def test_with_times_the_order_of_one_day_is_known():
    before, after = "2026-04-20T09:00:00Z", "2026-04-20T10:00:00Z"
    subject_to(FIRST).also(answer=met(before), begun=carried_out(after)).is_clean()
    subject_to(FIRST).also(answer=met(after), begun=carried_out(before)).trips("GL23", "begun", "D1")
    subject_to(FIRST).also(answer=met(before), begun=carried_out(before)).is_clean()


def test_a_condition_met_with_effect_from_later_was_not_met_yet():
    subject_to(FIRST).also(answer=met("2026-04-01", from_="2026-05-01"), begun=carried_out()).trips(
        "GL23", "begun", "D1"
    )


def test_a_condition_met_with_effect_from_the_very_day_leaves_the_order_open():
    subject_to(FIRST).also(answer=met("2026-04-01", from_="2026-04-20"), begun=carried_out()).is_not_evidenced("GL23")


def test_a_discharge_whose_day_is_not_recorded_may_have_been_in_time():
    subject_to(FIRST).also(begun=carried_out(), answer=met(None)).is_not_evidenced("GL23")


def test_a_beginning_in_a_month_of_which_the_day_is_not_recorded_accuses_nobody():
    subject_to(FIRST).also(begun=carried_out("2026-04"), answer=met("2026-04-12")).is_not_evidenced("GL23")
    subject_to(FIRST).also(begun=carried_out("2026-04"), answer=met("2026-03-31")).is_clean()
    subject_to(FIRST).also(begun=carried_out("2026-04"), answer=met("2026-05-01")).trips("GL23", "begun", "D1")


def test_a_beginning_of_which_no_day_is_recorded_accuses_nobody_either():
    history = subject_to(FIRST).also(answer=met("2026-04-12"), begun=carried_out(None))
    found = history.is_not_evidenced("GL23", on="2026-06-01")
    assert sentence(found) == "it was carried out; whether condition C1 had been met by then is not recorded"


def test_a_discharge_that_had_fallen_away_is_none():
    history = subject_to(FIRST).also(answer=met("2026-03-20"), failed=failed("2026-04-10"), begun=carried_out())
    history.trips("GL23", "begun", "D1")


def test_a_discharge_that_falls_away_later_was_one():
    subject_to(FIRST).also(answer=met("2026-03-20"), begun=carried_out(), failed=failed("2026-04-21")).is_clean()


def test_a_discharge_that_fell_away_and_was_made_again_is_one():
    history = subject_to(FIRST).also(
        answer=met("2026-03-20"), failed=failed("2026-04-01"), again=met("2026-04-10"), begun=carried_out()
    )
    history.is_clean()


def test_a_discharge_that_fell_away_on_the_same_day_may_have_held():
    history = subject_to(FIRST).also(answer=met("2026-03-20"), begun=carried_out(), failed=failed("2026-04-20"))
    history.is_not_evidenced("GL23")


def test_a_second_discharge_does_not_begin_anew():
    subject_to(FIRST).also(answer=met("2026-04-01"), again=met("2026-05-01"), begun=carried_out()).is_clean()


def test_a_condition_that_failed_and_never_was_met_is_unmet():
    subject_to(FIRST).also(failed=failed("2026-04-01"), begun=carried_out()).trips("GL23", "begun", "D1")


def test_a_retracted_discharge_is_none():
    of = {"stream": "decision:D1", "n": 3}
    retracted = fact("record.retracted", "decision:D1", None, of=of, reason="another decision")
    history = subject_to(FIRST).also(answer=met("2026-04-01"), retracted=retracted, begun=carried_out())
    history.trips("GL23", "begun", "D1")


def test_a_condition_for_afterwards_may_be_met_afterwards():
    subject_to(AFTERWARDS).also(begun=carried_out()).is_clean()
    subject_to({**FIRST, "kind": "each-use"}).also(begun=carried_out()).is_clean()


def test_where_nobody_says_whether_it_comes_first_it_is_not_evidenced():
    found = subject_to(OF_WHATEVER_KIND).also(begun=carried_out()).is_not_evidenced("GL23")
    assert sentence(found) == (
        "it was carried out on 2026-04-20, when condition C1 had not been met; "
        "whether it had to be met first is not recorded"
    )


def test_what_was_due_after_the_beginning_did_not_have_to_come_first():
    history = subject_to({**OF_WHATEVER_KIND, "due": "2026-04-21"}).also(begun=carried_out())
    history.is_clean()
    history = subject_to({**OF_WHATEVER_KIND, "due": "2026-04-20"}).also(begun=carried_out())
    history.is_not_evidenced("GL23")
    subject_to({**FIRST, "due": "2026-09-30"}).also(begun=carried_out()).trips("GL23", "begun", "D1")


def test_what_is_not_evidenced_is_said_once_of_a_decision():
    two = subject_to(OF_WHATEVER_KIND, {**OF_WHATEVER_KIND, "id": "C2"}).also(begun=carried_out())
    two.is_not_evidenced("GL23")


def test_each_condition_that_was_not_met_is_said():
    history = subject_to(FIRST, {**FIRST, "id": "C2"}).also(begun=carried_out(), met=met("2026-04-01"))
    assert sentence(history.trips("GL23", "begun", "D1")).endswith("condition C2 had not been met")


def test_the_first_time_it_was_carried_out_is_the_one_that_counts():
    subject_to(FIRST).also(part=carried_out("2026-04-15"), begun=carried_out()).trips("GL23", "part", "D1")


def test_a_condition_of_the_ratification_counts_from_then():
    ratified = fact("decision.ratified", "decision:D1", "2026-04-09", of=D1, conditions=[FIRST])
    clean().also(ratified=ratified, begun=carried_out("2026-04-08")).is_clean()
    clean().also(ratified=ratified, begun=carried_out()).trips("GL23", "begun", "ratified")
    other = fact("condition.discharged", "decision:D1", "2026-04-10", of=D1, condition="C1")
    clean().also(ratified=ratified, other=other, begun=carried_out()).trips("GL23", "begun", "ratified")
    own = fact("condition.discharged", "decision:D1", "2026-04-10", of={**D1, "n": 3}, condition="C1")
    clean().also(ratified=ratified, own=own, begun=carried_out()).is_clean()


def test_an_answer_that_names_no_fact_answers_the_condition_of_its_id():
    unnamed = fact("condition.discharged", "decision:D1", "2026-04-10", condition="C1")
    subject_to(FIRST).also(unnamed=unnamed, begun=carried_out()).is_clean()
    another = fact("condition.discharged", "decision:D1", "2026-04-10", condition="C2")
    subject_to(FIRST).also(another=another, begun=carried_out()).trips("GL23", "begun", "D1")


def test_a_condition_that_a_variation_struck_counts_until_then():
    varied = fact("decision.varied", "decision:D1", "2026-04-15", struck=["conditions"])
    subject_to(FIRST).also(varied=varied, begun=carried_out()).is_clean()
    subject_to(FIRST).also(begun=carried_out("2026-04-14"), varied=varied).trips("GL23", "begun", "D1")


def test_conditions_that_a_variation_sets_take_the_place_of_the_earlier_ones():
    second = {**FIRST, "id": "C2"}
    varied = fact("decision.varied", "decision:D1", "2026-04-15", conditions=[second])
    subject_to(FIRST).also(varied=varied, begun=carried_out()).trips("GL23", "begun", "varied")
    other = fact("decision.varied", "decision:D1", "2026-04-15", text="another text")
    subject_to(FIRST).also(varied=other, begun=carried_out()).trips("GL23", "begun", "D1")


@pytest.mark.parametrize("outcome", ["noted", "rejected", "deferred"])
def test_what_does_not_bind_cannot_be_carried_out_too_early(outcome):
    subject_to(FIRST).but("D1", outcome=outcome, asked_to="decide").also(begun=carried_out()).says_nothing("GL23")


def test_its_own_first_day_is_a_warning_while_the_condition_is_open():
    history = subject_to(FIRST).but("D1", from_="2026-04-20")
    found = history.trips("GL23", "D1", on="2026-04-20")
    assert sentence(found) == "its first day is 2026-04-20, and condition C1 had not been met by then"
    assert found.severity == "warning"
    history.is_clean(on="2026-04-19")
    met_later = history.also(answer=met("2026-04-25"))
    met_later.trips("GL23", "D1", on="2026-04-24")
    met_later.is_clean(on="2026-04-25")
    history.also(answer=met("2026-04-20")).is_clean()


def test_its_first_day_says_nothing_of_another_kind_of_condition_nor_of_one_struck_nor_after_its_end():
    subject_to(AFTERWARDS).but("D1", from_="2026-04-20").is_clean()
    subject_to(OF_WHATEVER_KIND).but("D1", from_="2026-04-20").is_clean()
    varied = fact("decision.varied", "decision:D1", "2026-04-15", struck=["conditions"])
    subject_to(FIRST).but("D1", from_="2026-04-20").also(varied=varied).is_clean()
    ended = (
        subject_to(FIRST)
        .but("D1", from_="2026-04-20")
        .also(ended=fact("decision.rescinded", "decision:D1", "2026-04-25", of=D1))
    )
    ended.trips("GL23", "D1", on="2026-04-24")
    ended.is_clean(on="2026-04-25")


def test_where_it_is_recorded_as_carried_out_its_first_day_is_not_said_as_well():
    history = subject_to(FIRST).but("D1", from_="2026-04-20").also(begun=carried_out())
    history.trips("GL23", "begun", "D1")
    in_time = subject_to(FIRST).but("D1", from_="2026-04-10").also(answer=met("2026-04-15"), begun=carried_out())
    in_time.is_clean()
    in_time.is_clean(on="2026-04-12")


def test_of_one_moment_it_was_subject_to_what_it_was_taken_with_and_not_to_what_was_struck():
    at_once = "2026-03-12T09:00:00Z"
    subject_to(FIRST).but("D1", on=at_once).also(begun=carried_out(at_once)).trips("GL23", "begun", "D1")
    struck = fact("decision.varied", "decision:D1", "2026-04-15T09:00:00Z", struck=["conditions"])
    subject_to(FIRST).also(varied=struck, begun=carried_out("2026-04-15T09:00:00Z")).is_clean()
