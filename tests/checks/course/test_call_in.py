from __future__ import annotations

import pytest

from tests.checks.clean import fact
from tests.checks.histories import clean, sentence

D1 = {"stream": "decision:D1", "n": 1}
EXECUTIVE = [{"legal_basis": "lga2000-s9E", "delegation": "delegation:S1"}]


def act(type_, on, **data):
    return fact(f"decision.{type_}", "decision:D1", on, of=D1, **data)


def carried_out(on):
    return act("implemented", on)


def open_until(day="2026-03-23"):
    return clean().but("published", call_in_until=day)


def test_a_decision_carried_out_before_the_end_of_the_window_trips_it():
    found = open_until().also(begun=carried_out("2026-03-20")).trips("GL38", "begun", "published")
    assert sentence(found) == "it was carried out on 2026-03-20, while it could be called in until 2026-03-23"
    assert found.severity == "error"


def test_the_last_day_of_the_window_belongs_to_it_and_the_next_does_not():
    open_until().also(begun=carried_out("2026-03-23")).trips("GL38", "begun", "published")
    open_until().also(begun=carried_out("2026-03-24")).is_clean()


def test_it_is_so_from_the_day_on_which_it_was_carried_out():
    history = open_until().also(begun=carried_out("2026-03-20"))
    history.trips("GL38", "begun", "published", on="2026-03-20")
    history.is_clean(on="2026-03-19")


def test_a_window_that_ends_at_a_time_leaves_the_order_of_that_day_open():
    ends = open_until("2026-03-23T17:00:00Z")
    found = ends.also(begun=carried_out("2026-03-23")).is_not_evidenced("GL38")
    assert sentence(found) == (
        "it was carried out on 2026-03-23; whether it could still be called in by then is not recorded"
    )
    ends.also(begun=carried_out("2026-03-23T17:00:00Z")).trips("GL38", "begun", "published")
    ends.also(begun=carried_out("2026-03-23T17:00:01Z")).is_clean()


def test_the_window_as_it_was_decided_counts_until_it_is_published_with_another():
    decided = clean().but("D1", call_in_until="2026-03-20")
    decided.also(begun=carried_out("2026-03-20")).trips("GL38", "begun", "D1")
    longer = decided.but("published", call_in_until="2026-03-23")
    longer.also(begun=carried_out("2026-03-23")).trips("GL38", "begun", "published")
    again = longer.also(again=act("published", "2026-03-17", call_in_until="2026-03-18"))
    again.also(begun=carried_out("2026-03-19")).is_clean()


def test_what_was_exempt_as_urgent_has_no_window():
    urgent = {"ground": "the price", "agreed_by": ["body:board"]}
    exempt = open_until().but("D1", urgent={**urgent, "exempt_from_call_in": True})
    exempt.also(begun=carried_out("2026-03-20")).is_clean()
    open_until().but("D1", urgent=urgent).also(begun=carried_out("2026-03-20")).trips("GL38", "begun", "published")


def test_what_was_called_in_may_not_be_carried_out_until_that_is_over():
    called = clean().also(halted=act("called_in", "2026-03-20"), over=act("call_in_concluded", "2026-03-30"))
    found = called.also(begun=carried_out("2026-03-25")).trips("GL38", "begun", "halted")
    assert sentence(found) == "it was carried out on 2026-03-25, while it was called in"
    called.also(begun=carried_out("2026-03-31")).is_clean()
    called.also(begun=carried_out("2026-03-19")).is_clean()


@pytest.mark.parametrize("day", ["2026-03-20", "2026-03-30"])
def test_on_the_day_of_a_call_in_or_of_its_end_nobody_can_tell_the_order(day):
    called = clean().also(halted=act("called_in", "2026-03-20"), over=act("call_in_concluded", "2026-03-30"))
    found = called.also(begun=carried_out(day)).is_not_evidenced("GL38")
    assert (
        sentence(found) == f"it was carried out on {day}; whether it was called in by then, or still, is not recorded"
    )


def test_of_one_moment_the_end_of_a_call_in_comes_first_and_its_beginning_cannot_be_told():
    nine = "2026-03-20T09:00:00Z"
    clean().also(halted=act("called_in", nine), begun=carried_out(nine)).is_not_evidenced("GL38")
    ended = clean().also(halted=act("called_in", "2026-03-18"), over=act("call_in_concluded", nine))
    ended.also(begun=carried_out(nine)).is_clean()


def test_a_call_in_that_ended_on_its_own_day_is_over():
    same_day = clean().also(halted=act("called_in", "2026-03-20"), over=act("call_in_concluded", "2026-03-20"))
    same_day.also(begun=carried_out("2026-03-25")).is_clean()


def test_a_call_in_that_nobody_ended_goes_on():
    called = clean().also(halted=act("called_in", "2026-03-20"))
    called.also(begun=carried_out("2026-05-25")).trips("GL38", "begun", "halted")
    ends = clean().also(halted=act("called_in", "2026-03-20", until="2026-04-10"))
    ends.also(begun=carried_out("2026-04-09")).trips("GL38", "begun", "halted")
    ends.also(begun=carried_out("2026-04-10")).is_clean()


def test_a_call_in_ends_with_its_own_conclusion_not_with_an_earlier_one():
    twice = clean().also(
        first=act("called_in", "2026-03-18"),
        over=act("call_in_concluded", "2026-03-20"),
        second=act("called_in", "2026-03-24"),
    )
    twice.also(begun=carried_out("2026-03-22")).is_clean()
    twice.also(begun=carried_out("2026-03-26")).trips("GL38", "begun", "second")


@pytest.mark.parametrize("result", ["referred-back", "referred-to-council"])
def test_what_was_sent_back_waits_until_it_is_decided_again(result):
    called = clean().also(
        halted=act("called_in", "2026-03-20"), back=act("call_in_concluded", "2026-03-30", call_in_result=result)
    )
    found = called.also(begun=carried_out("2026-04-20")).trips("GL38", "begun", "back")
    assert sentence(found) == (
        "it was carried out on 2026-04-20, after it had been sent back by a call-in and before it was decided again"
    )
    called.also(varied=act("varied", "2026-04-10"), begun=carried_out("2026-04-20")).is_clean()
    called.also(ratified=act("ratified", "2026-04-10"), begun=carried_out("2026-04-20")).is_clean()
    called.also(begun=carried_out("2026-04-09"), varied=act("varied", "2026-04-10")).trips("GL38", "begun", "back")
    same_day = called.also(begun=carried_out("2026-04-10"), varied=act("varied", "2026-04-10"))
    assert sentence(same_day.is_not_evidenced("GL38")) == (
        "it was carried out on 2026-04-10; whether it had been decided again by then, after a call-in, is not recorded"
    )
    twice = called.also(varied=act("varied", "2026-04-10"), ratified=act("ratified", "2026-04-12"))
    twice.also(begun=carried_out("2026-04-11")).is_clean()
    called.also(varied=act("varied", "2026-03-30"), begun=carried_out("2026-04-20")).is_clean()
    before = called.also(early=act("varied", "2026-03-15"), begun=carried_out("2026-04-20"))
    before.trips("GL38", "begun", "back")


@pytest.mark.parametrize("result", ["no-action", "withdrawn", "out-of-time", None])
def test_what_was_not_sent_back_may_be_carried_out(result):
    data = {"call_in_result": result} if result else {}
    over = act("call_in_concluded", "2026-03-30", **data)
    clean().also(halted=act("called_in", "2026-03-20"), over=over, begun=carried_out("2026-03-31")).is_clean()


def test_another_decision_that_confirms_it_is_deciding_again():
    confirms = fact(
        "decision.taken",
        "decision:D2",
        "2026-04-10",
        ref="D2",
        outcome="approved",
        links=[{"decision": "decision:D1", "link": "confirms"}],
    )
    called = clean().also(
        halted=act("called_in", "2026-03-20"),
        back=act("call_in_concluded", "2026-03-30", call_in_result="referred-back"),
        confirms=confirms,
    )
    called.also(begun=carried_out("2026-04-20")).says_nothing("GL38")
    carried = called.but("confirms", links=None, en_bloc={"excepted": [], "decisions": ["decision:D1"]})
    assert carried.also(begun=carried_out("2026-04-20")).findings("GL38")


def test_the_certain_is_said_rather_than_the_possible():
    called = open_until().also(halted=act("called_in", "2026-03-20"))
    found = called.also(part=carried_out("2026-03-20"), rest=carried_out("2026-03-25")).findings("GL38")
    assert [one.evidenced for one in found] == [True]
    assert "until 2026-03-23" in sentence(found[0])


def test_an_undated_carrying_out_accuses_nobody():
    history = open_until().also(begun=carried_out(None))
    assert sentence(history.is_not_evidenced("GL38")) == (
        "it was carried out; whether it could still be called in by then is not recorded"
    )


def test_of_a_council_s_executive_within_five_working_days_it_is_not_evidenced():
    executive = clean().but("D1", authority=EXECUTIVE)
    found = executive.also(begun=carried_out("2026-03-23")).findings("GL38")
    assert [one.evidenced for one in found] == [False]
    assert sentence(found[0]) == (
        "it was carried out on 2026-03-23, within 5 working days of its publication; "
        "until when it could be called in is not recorded"
    )
    executive.also(begun=carried_out("2026-03-24")).says_nothing("GL38")
    unpublished = executive.without("published")
    assert "of the day on which it was taken" in sentence(
        unpublished.also(begun=carried_out("2026-03-19")).findings("GL38")[0]
    )
    unpublished.also(begun=carried_out("2026-03-20")).says_nothing("GL38")
    late_at_night = executive.but("published", on="2026-04-14T23:30:00Z")  # the 15th by the clocks there
    assert late_at_night.also(begun=carried_out("2026-04-22")).findings("GL38")
    by_grant = clean().but("grant", legal_basis="lga2000-s9EA")
    assert by_grant.also(begun=carried_out("2026-03-23")).findings("GL38")


def test_of_others_whose_window_is_not_recorded_nothing_is_said():
    clean().also(begun=carried_out("2026-03-17")).is_clean()


def test_what_was_not_carried_out_is_well():
    open_until().also(halted=act("called_in", "2026-03-20")).is_clean()
