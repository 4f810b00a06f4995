from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from decisionlog.domain.days import span
from tests.checks.clean import fact
from tests.checks.histories import clean, sentence

TRUST, COUNCIL, ICB = "organisation:trust", "organisation:council", "organisation:icb"


def raised(on="2026-03-05", **more):
    data = {"about": ["proposal:P1"], "on_behalf_of": [TRUST], "ref": "G1", **more}
    return fact(
        "disagreement.raised",
        "disagreement:G1",
        on,
        **{name: value for name, value in data.items() if value is not None},
    )


def ended(how, on="2026-03-10", **more):
    return fact(f"disagreement.{how}", "disagreement:G1", on, **more)


def moment(day):
    return span(day, ZoneInfo("Europe/London")).earliest


def disagreed(**more):
    return clean().also(G1=raised(**more))


# Decided while it was open


def test_to_approve_over_an_open_disagreement_is_told():
    found = disagreed().trips("GL21", "D1", "G1")
    assert sentence(found) == "organisation:trust disagreed with proposal:P1, and it had not been settled when decided"
    assert found.severity == "warning"


def test_it_is_an_error_where_it_bars_a_decision():
    found = disagreed(bars_decision=True).trips("GL21", "D1", "G1")
    assert sentence(found).endswith("and it had not been settled when decided, which bars a decision")
    assert found.severity == "error"
    assert disagreed(bars_decision=False).trips("GL21", "D1", "G1").severity == "warning"


def test_who_disagreed_is_told_as_far_as_it_is_recorded():
    assert sentence(disagreed(on_behalf_of=None, by="person:p4").trips("GL21", "D1", "G1")).startswith("person:p4 disa")
    assert sentence(disagreed(on_behalf_of=None).trips("GL21", "D1", "G1")).startswith("somebody disagreed")
    assert sentence(disagreed(on_behalf_of=[TRUST, COUNCIL]).trips("GL21", "D1", "G1")).startswith(
        "organisation:trust and organisation:council disagreed"
    )


@pytest.mark.parametrize("how", ["reconciled", "upheld", "overruled", "withdrawn", "dissent_recorded", "parked"])
def test_what_was_settled_or_minuted_before_is_fine(how):
    place = disagreed().also(end=ended(how))
    place.is_clean()
    place.but("end", on="2026-03-12").is_clean()
    place.but("end", on="2026-03-13").trips("GL21", "D1", "G1")


def test_to_approve_a_part_may_be_to_leave_the_dispute_open():
    place = disagreed().but("D1", outcome="approved-in-part")
    found = place.is_not_evidenced("GL21")
    assert sentence(found) == (
        "organisation:trust disagreed with proposal:P1, and whether the part that was approved is in dispute is for "
        "people to read"
    )
    assert place._named(found.evidence) == ["D1", "G1"]
    place.but("G1", bars_decision=True).says_something("GL21")


def test_to_settle_it_and_then_look_at_the_decision_again_puts_it_right():
    again = fact("decision.reviewed", "decision:D1", "2026-04-09", who="body:committee", conclusion="keep")
    place = disagreed().also(end=ended("reconciled", "2026-03-20"), again=again)
    assert place.trips("GL21", "D1", "G1", on="2026-04-08").until == moment("2026-04-09")
    place.is_clean()
    place.but("end", on="2026-04-10").trips("GL21", "D1", "G1")
    place.without("end").trips("GL21", "D1", "G1")
    place.without("again").trips("GL21", "D1", "G1")


def test_to_agree_to_differ_does_not_lift_a_bar():
    disagreed(bars_decision=True).also(end=ended("parked")).trips("GL21", "D1", "G1")
    disagreed(bars_decision=True).also(end=ended("reconciled")).is_clean()


def test_where_some_of_those_who_disagree_withdraw_the_others_still_do():
    place = disagreed(on_behalf_of=[TRUST, COUNCIL])
    place.also(end=ended("withdrawn", on_behalf_of=[TRUST])).trips("GL21", "D1", "G1")
    place.also(end=ended("withdrawn", on_behalf_of=[TRUST, COUNCIL])).is_clean()
    place.also(end=ended("withdrawn")).is_clean()
    place.also(one=ended("withdrawn", on_behalf_of=[TRUST]), end=ended("reconciled", "2026-03-11")).is_clean()


def test_what_was_raised_later_was_not_open():
    disagreed(on="2026-03-13").is_clean()


def test_of_one_day_nobody_knows_which_came_first():
    place = disagreed(on="2026-03-12")
    found = place.is_not_evidenced("GL21")
    assert (
        sentence(found) == "whether it was decided before organisation:trust disagreed with proposal:P1 is not recorded"
    )
    assert place._named(found.evidence) == ["D1", "G1"]
    morning, noon = "2026-03-12T09:00:00+00:00", "2026-03-12T12:00:00+00:00"
    disagreed(on=morning).but("D1", on=noon).trips("GL21", "D1", "G1")
    disagreed(on=noon).but("D1", on=morning).is_clean()


def test_a_disagreement_without_a_day_shows_nothing():
    place = disagreed().undated("G1").but("D1", on="2026-06-01T12:00:00+00:00")
    place.is_not_evidenced("GL21")


@pytest.mark.parametrize("outcome", ["rejected", "noted", "endorsed", "deferred"])
def test_who_does_not_approve_decides_over_nobody(outcome):
    disagreed().but("D1", outcome=outcome).says_nothing("GL21")


def test_a_disagreement_about_something_else_is_none_here():
    disagreed(about=["delegation:S1"]).is_clean()
    disagreed(about=["delegation:S1", "proposal:P1"]).trips("GL21", "D1", "G1")


def test_those_to_whom_it_went_up_settle_it_by_deciding():
    up = ended("escalated", to="body:committee")
    disagreed().also(up=up).is_clean()
    disagreed().also(up=up).but("up", to="body:board").trips("GL21", "D1", "G1")
    disagreed().also(up=up).but("up", on="2026-03-13").trips("GL21", "D1", "G1")
    disagreed(bars_decision=True).also(up=up).trips("GL21", "D1", "G1")
    further = ended("escalated", on="2026-03-11", to="body:board")
    disagreed().also(up=up, further=further).trips("GL21", "D1", "G1")


def test_who_disagrees_may_decide_for_themselves():
    disagreed(on_behalf_of=[ICB]).is_clean()
    disagreed(on_behalf_of=[ICB]).but("D1", on_behalf_of=[ICB, COUNCIL]).says_something("GL21")
    disagreed(on_behalf_of=[ICB]).but("D1", on_behalf_of=None).says_something("GL21")


def test_a_decision_without_a_day_is_not_asked():
    disagreed().undated("D1").says_nothing("GL21")


# Not answered in time


def quarrel(**more):
    """About something that nobody has decided."""
    data = {"about": ["delegation:S1"], "respond_by": "2026-04-10", "other_side": [COUNCIL], **more}
    return clean().also(G1=raised(**data))


def test_an_answer_that_never_came_is_told_from_the_day_after_it_was_due():
    found = quarrel().trips("GL22", "G1", on="2026-04-11")
    assert sentence(found) == "organisation:council had to answer by 2026-04-10, and no answer is recorded"
    assert found.severity == "warning"
    quarrel().is_clean(on="2026-04-10")
    assert sentence(quarrel(other_side=None).trips("GL22", "G1")).startswith("the other side had to answer")


@pytest.mark.parametrize(
    "how", ["reconciled", "upheld", "overruled", "withdrawn", "dissent_recorded", "parked", "escalated"]
)
def test_what_was_settled_or_went_up_in_time_is_fine_and_later_ends_it(how):
    place = quarrel().also(end=ended(how, "2026-04-10"))
    place.is_clean()
    late = place.but("end", on="2026-04-20")
    found = late.trips("GL22", "G1", on="2026-04-19")
    assert sentence(found) == "organisation:council had to answer by 2026-04-10, and the answer came later"
    late.is_clean(on="2026-04-20")


def test_to_decide_is_to_answer():
    place = clean().also(G1=raised(on="2026-03-01", respond_by="2026-03-11", other_side=["body:committee"]))
    place.but("D1", on="2026-03-11").says_nothing("GL22", on="2026-03-31")
    late = place.findings("GL22", on="2026-03-11"), place.findings("GL22", on="2026-03-12")
    assert late == ([], [])
    place.but("G1", respond_by="2026-03-10").says_something("GL22", on="2026-03-11")
    place.but("D1", outcome="noted").says_something("GL22", on="2026-03-12")
    place.but("D1", decision_makers=["body:board"]).says_something("GL22", on="2026-03-12")
    place.but("G1", on="2026-03-13", respond_by="2026-03-20").says_something("GL22", on="2026-03-21")


def test_every_rung_has_its_own_time():
    place = quarrel().also(up=ended("escalated", "2026-04-10", to="body:board", respond_by="2026-05-01"))
    found = place.trips("GL22", "up")
    assert sentence(found) == "body:board had to answer by 2026-05-01, and no answer is recorded"
    place.also(end=ended("reconciled", "2026-05-01")).is_clean()
    later = place.but("up", on="2026-04-20")
    assert sentence(later.trips("GL22", "G1", on="2026-04-15")).startswith("organisation:council")


RUNGS = [{"rung": 1, "to": "body:committee", "within_days": 10}, {"rung": 2, "to": "body:board", "within_days": 20}]


def laddered(place=None, **more):
    data = {"respond_by": None, "meeting": "meeting:M1", "on": "2026-03-12", **more}
    return (place or quarrel(**data)).but("terms", escalation=RUNGS)


def test_where_no_day_was_set_the_days_of_the_ladder_count():
    laddered().is_clean(on="2026-03-22")
    found = laddered().trips("GL22", "G1", "terms", on="2026-03-23")
    assert sentence(found) == "body:committee had to answer by 2026-03-22, and no answer is recorded"
    laddered(rung=2).is_clean(on="2026-04-01")
    assert sentence(laddered(rung=2).trips("GL22", "G1", "terms", on="2026-04-02")).startswith("body:board had to")


def test_a_day_that_was_set_goes_before_the_ladder():
    laddered(respond_by="2026-04-30").is_clean(on="2026-04-30")
    found = laddered(respond_by="2026-04-30").trips("GL22", "G1")
    assert sentence(found).startswith("body:committee had to answer by 2026-04-30")


def test_the_next_rung_is_the_one_above_or_the_one_to_whom_it_went():
    up = ended("escalated", "2026-03-20")
    found = laddered().also(up=up).trips("GL22", "up", "terms", on="2026-04-10")
    assert sentence(found) == "body:board had to answer by 2026-04-09, and no answer is recorded"
    laddered().also(up=up).is_clean(on="2026-04-09")
    again = laddered().also(up=up).but("up", to="body:committee").trips("GL22", "up", "terms", on="2026-03-31")
    assert sentence(again).startswith("body:committee had to answer by 2026-03-30")
    laddered().also(up=up).but("up", rung=3).is_clean()
    numbered = laddered().also(up=up).but("up", rung=2, to="organisation:trust").trips("GL22", "up", "terms")
    assert sentence(numbered).startswith("organisation:trust had to answer by 2026-04-09")


def test_the_ladder_is_that_of_the_body_named_or_of_the_meeting():
    laddered(meeting=None).is_clean()
    laddered(meeting=None, ladder="body:committee").trips("GL22", "G1", "terms")
    laddered(ladder="body:board").is_clean()
    laddered(ladder="instrument:sord").is_clean()
    laddered().but("held", bodies=["body:board", "body:committee"]).says_something("GL22", on="2026-03-23")
    laddered(meeting=None).undated("G1").is_clean()


def test_a_rung_without_days_asks_for_no_day():
    laddered().but("terms", escalation=[{"rung": 1, "to": "body:committee"}]).is_clean()
    quarrel(respond_by=None).is_clean()


def test_terms_that_came_later_have_no_ladder_for_it():
    laddered().but("terms", from_="2026-03-13").says_nothing("GL22")


# Of several proposals, disagreements and ends


def test_a_decision_that_was_retracted_is_not_asked():
    gone = fact("record.retracted", "decision:D1", None, of={"stream": "decision:D1", "n": 1})
    disagreed().also(gone=gone).says_nothing("GL21")


def test_a_disagreement_about_any_proposal_that_was_decided_is_told():
    second = {**clean().facts["P1"], "stream": "proposal:P2"}
    second["data"] = {**second["data"], "ref": "P2"}
    both = [{"proposal": "proposal:P1", "version": "1"}, {"proposal": "proposal:P2", "version": "1"}]
    place = disagreed(about=["proposal:P2"]).but("D1", proposals=both)
    place = type(place)({"P2": second, **place.facts})
    assert sentence(place.says_something("GL21")).endswith(
        "disagreed with proposal:P2, and it had not been settled when decided"
    )


def test_one_that_was_settled_or_came_later_hides_no_other():
    later = raised(on="2026-03-13")
    settled = {**raised(ref="G2"), "stream": "disagreement:G2"}
    settled_end = {**ended("reconciled"), "stream": "disagreement:G2"}
    open_ = {**raised(ref="G3"), "stream": "disagreement:G3"}
    place = clean().also(G1=later, G2=settled, end=settled_end, G3=open_)
    assert place._named(place.says_something("GL21").evidence) == ["D1", "G3"]


def test_the_first_end_of_a_disagreement_counts():
    place = disagreed().also(late=ended("upheld", "2026-03-13"), early=ended("withdrawn", "2026-03-10"))
    place.says_nothing("GL21")
    disagreed().also(early=ended("withdrawn", "2026-03-10"), late=ended("reconciled", "2026-03-13")).says_nothing(
        "GL21"
    )


def test_to_park_it_and_then_to_settle_it_lifts_a_bar():
    parked = disagreed(bars_decision=True).also(parked=ended("parked"))
    parked.says_something("GL21")
    parked.also(end=ended("overruled", "2026-03-11")).says_nothing("GL21")


def test_where_one_side_withdraws_for_nobody_in_particular_it_withdraws_for_all():
    disagreed(on_behalf_of=None, by="person:p4").also(end=ended("withdrawn", on_behalf_of=[TRUST])).says_nothing("GL21")
    disagreed().also(end=ended("withdrawn", on_behalf_of=[TRUST, COUNCIL])).says_nothing("GL21")
    disagreed().also(end=ended("withdrawn", on_behalf_of=[COUNCIL])).says_something("GL21")


def test_who_only_bind_some_of_those_who_disagree_decide_for_themselves():
    disagreed(on_behalf_of=[ICB, TRUST]).says_nothing("GL21")
    disagreed(on_behalf_of=[TRUST]).says_something("GL21")
    disagreed(on_behalf_of=[ICB], bars_decision=True).says_something("GL21")


def test_a_bar_is_not_said_to_be_one_where_it_is_open_which_came_first():
    found = disagreed(on="2026-03-12", bars_decision=True).is_not_evidenced("GL21")
    assert sentence(found).endswith("disagreed with proposal:P1 is not recorded")
    assert found.severity == "error"
    undated = disagreed().undated("G1").but("D1", on="2026-06-01T12:00:00+00:00").is_not_evidenced("GL21")
    assert sentence(undated).startswith("whether it was decided before organisation:trust disagreed")


def test_a_disagreement_that_the_paper_s_record_only_expresses_is_about_what_it_names():
    about = raised(about=["delegation:S1"], expressed_in={"stream": "proposal:P1", "n": 2})
    clean().also(G1=about).says_nothing("GL21")


def test_the_minute_of_the_decision_is_not_after_it():
    noon = "2026-03-12T12:00:00+00:00"
    assert disagreed(on=noon).but("D1", on=noon).findings("GL21")
    for how, more in (("reconciled", {}), ("escalated", {"to": "body:committee"})):
        place = disagreed().also(end=ended(how, noon, **more))
        place.but("D1", on=noon).says_nothing("GL21")
        place.but("D1", on="2026-03-12T11:59:00+00:00").says_something("GL21")


def test_who_disagreed_is_told_also_where_it_bars_a_decision():
    found = disagreed(bars_decision=True).says_something("GL21")
    assert sentence(found).startswith("organisation:trust disagreed with proposal:P1, and it had not been settled")
