from __future__ import annotations

import pytest

from tests.checks.clean import fact
from tests.checks.histories import clean, sentence

D1 = {"stream": "decision:D1", "n": 1}


def met(name, on, **data):
    whole = {"bodies": ["body:board"], "minutes": "none-taken", **data}
    return fact("meeting.held", f"meeting:{name}", on, ref=name, **whole)


def urgent(**data):
    """D1, taken in haste under a power of the board, which meets on 2 April; its minutes are nobody's worry here."""
    history = clean().but("D1", urgent={"ground": "the price", "agreed_by": ["body:board"]}, **data)
    return history.also(board_met=met("B1", "2026-04-02"))


def answered(type_, on, **data):
    return fact(f"decision.{type_}", "decision:D1", on, of=D1, **data)


def test_what_the_next_meeting_left_undone_trips_it_from_the_day_after():
    history = urgent()
    found = history.trips("GL30", "D1", "board_met", on="2026-04-03")
    assert sentence(found) == "it was urgent, and neither ratified nor declined when body:board next met, on 2026-04-02"
    assert (found.subject, found.severity) == ("decision:D1", "error")
    history.is_clean(on="2026-04-02")


@pytest.mark.parametrize("answer", ["ratified", "not_ratified"])
def test_an_answer_on_the_day_of_the_meeting_is_in_time(answer):
    urgent().also(answer=answered(answer, "2026-04-02")).says_nothing("GL30")
    urgent().also(answer=answered(answer, "2026-03-20")).says_nothing("GL30")


@pytest.mark.parametrize("answer", ["ratified", "not_ratified"])
def test_a_late_answer_ends_it(answer):
    history = urgent().also(answer=answered(answer, "2026-04-20"))
    history.trips("GL30", "D1", "board_met", on="2026-04-19")
    history.says_nothing("GL30", on="2026-04-20")


def test_the_first_of_two_answers_counts():
    both = urgent().also(
        late=answered("ratified", "2026-04-20"), first=answered("not_ratified", "2026-04-02", stands=True)
    )
    both.says_nothing("GL30", on="2026-04-10")


def test_an_answer_whose_day_is_not_recorded_may_have_been_in_time():
    urgent().also(answer=answered("ratified", None)).says_nothing("GL30", on="2026-05-01")


def test_a_retracted_answer_is_none():
    retracted = fact("record.retracted", "decision:D1", None, of={"stream": "decision:D1", "n": 3})
    urgent().also(answer=answered("ratified", "2026-04-02"), retracted=retracted).trips("GL30", "D1", "board_met")


def test_a_meeting_of_the_same_day_is_not_the_next():
    history = clean().but("D1", urgent={"ground": "the price"}).also(same_day=met("B1", "2026-03-12"))
    history.is_clean()
    with_time = clean().but("D1", on="2026-03-12T09:00:00Z", urgent={"ground": "the price"})
    with_time.also(later=met("B1", "2026-03-12T14:00:00Z")).trips("GL30", "D1", "later")
    with_time.also(earlier=met("B1", "2026-03-12T08:00:00Z")).is_clean()
    with_time.also(at_once=met("B1", "2026-03-12T09:00:00Z")).is_clean()


def test_it_is_overdue_from_the_first_moment_after_the_day_of_the_meeting():
    urgent().trips("GL30", "D1", "board_met", on="2026-04-02T23:00:00Z")  # summer time
    urgent().is_clean(on="2026-04-02T22:59:59Z")


def test_a_meeting_at_which_somebody_only_spoke_for_the_body_is_none():
    for_the_board = [{"by": "person:p4", "on_behalf_of": ["body:board"], "presence": "present"}]
    spoke = met("C1", "2026-04-02", bodies=["body:other"], attendance=for_the_board)
    other = fact("body.constituted", "body:other", "2025-01-01", ref="other", name="Another", kind="committee")
    history = clean().but("D1", urgent={"ground": "the price"}).also(other=other, spoke=spoke)
    history.says_nothing("GL30")


def test_only_the_next_meeting_counts():
    history = urgent().also(later=met("B2", "2026-04-23"))
    history.trips("GL30", "D1", "board_met")
    backwards = (
        clean()
        .but("D1", urgent={"ground": "the price"})
        .also(later=met("B2", "2026-04-23"), first=met("B1", "2026-04-02"))
    )
    backwards.trips("GL30", "D1", "first")


def test_where_no_meeting_was_held_since_nothing_is_due():
    clean().but("D1", urgent={"ground": "the price"}).also(before=met("B0", "2026-03-01")).is_clean()


def test_a_meeting_of_another_body_is_none():
    clean().but("D1", urgent={"ground": "the price"}).is_clean()  # the committee met in April


def test_it_is_owed_to_whom_it_is_to_be_reported_rather_than_to_the_giver():
    history = urgent(report_to=[{"to": "body:committee", "due": "2026-05-30"}])
    found = history.trips("GL30", "D1", "next")
    assert "body:committee" in sentence(found)
    urgent(report_to=[{"to": "post:x"}]).also(
        post=fact("post.established", "post:x", None, ref="x", organisation="organisation:icb")
    ).trips("GL30", "D1", "board_met")


def test_of_two_bodies_the_first_to_meet_counts():
    urgent(report_to=[{"to": "body:committee"}, {"to": "body:board"}]).trips("GL30", "D1", "board_met")


def test_without_a_meeting_the_day_of_the_report_counts():
    history = clean().but("D1", urgent={"ground": "the price"}, report_to=[{"to": "body:board", "due": "2026-05-10"}])
    found = history.trips("GL30", "D1", on="2026-05-11")
    assert sentence(found) == (
        "it was urgent, and neither ratified nor declined by 2026-05-10, when body:board was to be told"
    )
    history.is_clean(on="2026-05-10")
    two = [{"to": "body:board", "due": "2026-05-20"}, {"to": "body:committee", "due": "2026-05-10"}]
    without_april = clean().without("next", "drafted-2", "confirmed-2").but("confirmed", meeting=None)
    earliest = without_april.but("D1", urgent={"ground": "the price"}, report_to=two)
    assert "body:committee" in sentence(earliest.trips("GL30", "D1", on="2026-05-11"))


def test_where_nobody_knows_who_was_to_ratify_it_is_not_evidenced():
    history = clean().but("D1", urgent={"ground": "the price"}, authority=[{"legal_basis": "original-power"}])
    found = history.is_not_evidenced("GL30")
    assert sentence(found) == "it was urgent, and which body was to ratify it is not recorded"
    history.is_not_evidenced("GL30", on="2026-03-12")
    history.says_nothing("GL30", on="2026-03-11")
    history.also(answer=answered("ratified", "2026-05-01")).says_nothing("GL30", on="2026-04-30")
    rescinded = history.also(rescinded=answered("rescinded", "2026-05-01"))
    rescinded.is_not_evidenced("GL30", on="2026-04-30")
    rescinded.says_nothing("GL30", on="2026-05-01")


@pytest.mark.parametrize("outcome", ["rejected", "noted", "deferred"])
def test_what_does_not_bind_needs_no_ratification(outcome):
    urgent(outcome=outcome).says_nothing("GL30")


def test_what_is_not_urgent_needs_none_either():
    clean().also(board_met=met("B1", "2026-04-02")).is_clean()


def test_what_was_ended_by_an_act_need_not_be_ratified():
    urgent().also(rescinded=answered("rescinded", "2026-04-01")).says_nothing("GL30")
    late = urgent().also(rescinded=answered("rescinded", "2026-04-20"))
    late.trips("GL30", "D1", "board_met", on="2026-04-19")
    late.says_nothing("GL30", on="2026-04-20")


def test_what_ran_out_by_itself_is_still_to_be_ratified():
    urgent(until="2026-03-20").trips("GL30", "D1", "board_met")


def test_a_council_s_own_decision_need_only_be_reported():
    council = urgent().also(reported=answered("reported_back", "2026-04-02", to="body:board"))
    council.trips("GL30", "D1", "board_met")
    council.but("icb", kind="upper-tier-la").says_nothing("GL30")
    council.but("D1", on_behalf_of=[]).findings("GL30")
    both = council.but("D1", on_behalf_of=["organisation:icb", "organisation:council"])
    assert both.findings("GL30")


def test_urgency_without_a_ground_trips_it():
    found = clean().but("D1", urgent={"agreed_by": ["body:board"]}).trips("GL31", "D1")
    assert sentence(found) == "it was urgent, and why is not recorded"
    assert found.severity == "warning"
    clean().but("D1", urgent={"agreed_by": ["body:board"]}).is_clean(on="2026-03-11")
    clean().but("D1", urgent={"ground": "the price"}).is_clean()


def test_an_exemption_from_call_in_needs_somebody_who_agreed():
    exempt = {"ground": "the price", "exempt_from_call_in": True}
    found = clean().but("D1", urgent=exempt).trips("GL31", "D1")
    assert sentence(found) == "it was exempt from call-in as urgent, and who agreed to that is not recorded"
    clean().but("D1", urgent={**exempt, "agreed_by": []}).trips("GL31", "D1")
    clean().but("D1", urgent={**exempt, "agreed_by": ["body:board"]}).is_clean()
    clean().but("D1", urgent={"ground": "the price", "exempt_from_call_in": False}).is_clean()


def test_of_what_decided_nothing_no_ground_is_asked():
    clean().but("D1", urgent={}, outcome="deferred").says_nothing("GL31")
    clean().but("D1", urgent={}, outcome="rejected").trips("GL31", "D1")
