"""History: day by day, what happened to a thing and what happened elsewhere that concerns it."""

from __future__ import annotations

import pytest

from decisionlog.domain.refusals import NotFound
from tests.questions.asking import given, in_json, page, story
from tests.scenario import about, corrected, decision, fact, organisation, proposal, record

COUNCIL = "organisation:council"


def a_log(*more):
    return given(
        organisation("council", name="Northmoor Council"),
        proposal("P1", on="2026-03-01", version="1"),
        fact("proposal.position_taken", "proposal:P1", "2026-03-13", on_behalf_of=[COUNCIL], position="support", version="1",
             conditions=[{"id": "C1", "words": "A plan."}]),
        decision("D1", on="2026-03-20", proposals=[{"proposal": "proposal:P1"}], outcome="approved"),
        *more,
    ).log  # fmt: skip


def test_a_day_is_a_heading_and_a_fact_a_sentence():
    lines = page(story(a_log(), "P1"))
    assert lines[:4] == [
        "proposal:P1",
        "",
        "1 March 2026",
        "  [3] Somebody who is not recorded put it forward, as version 1.",
    ]
    assert "  [4] Northmoor Council supported version 1, on condition C1." in lines
    assert "  [5] D1: A decider that is not recorded approved it, in answer to P1." in lines
    assert [line for line in lines if line.endswith(" 2026")] == ["1 March 2026", "13 March 2026", "20 March 2026"]


def test_facts_of_other_things_can_be_left_out():
    log = a_log()
    assert [fact["position"] for fact in in_json(story(log, "P1"))["items"]] == [3, 4, 5]
    assert [fact["position"] for fact in in_json(story(log, "P1", own=True))["items"]] == [3, 4]
    assert [fact["position"] for fact in in_json(story(log, "council"))["items"]] == [2, 4]


def test_what_was_not_ratified_says_whether_it_stands():
    def told(**stands):
        log = a_log(
            decision("U1", outcome="approved", urgent={}),
            about("decision:U1", "decision.not_ratified", "2026-03-21", **stands),
        )
        return next(line for line in page(story(log, "U1")) if "declined to ratify" in line)

    assert told().endswith("declined to ratify it.")
    assert told(stands=False).endswith("declined to ratify it; it does not stand.")
    assert told(stands=True).endswith("declined to ratify it; it stands all the same.")


def test_a_correction_is_told_from_both_sides():
    lines = page(story(a_log(corrected("proposal:P1", "/version", was="1", now="2", of=2)), "P1"))
    assert "    Corrected by [6]: version was '1', now '2'." in lines
    assert "  [6] The record of [4] was corrected: version was '1', now '2'." in lines
    assert "  [4] Northmoor Council supported version 2, on condition C1." in lines


def test_a_retraction_is_told_from_both_sides():
    lines = page(story(a_log(about("proposal:P1", "record.retracted", of=2)), "P1"))
    assert "    Retracted by [6]: it should not have been recorded." in lines
    assert "  [6] [4] was retracted: it should not have been recorded." in lines


def test_how_much_later_a_fact_was_recorded_is_said():
    lines = page(story(a_log(), "P1"))
    assert "    Recorded 2026-06-01 08:30 UTC, 92 days later, by secretariat-1." in lines


def test_an_earlier_day_ends_the_story_earlier():
    assert [fact["position"] for fact in in_json(story(a_log(), "P1", on="2026-03-13"))["items"]] == [3, 4]
    with pytest.raises(NotFound):
        story(a_log(), "P1", on="2026-02-28")


def test_what_was_not_known_is_not_told():
    assert [fact["position"] for fact in in_json(story(a_log(), "P1", known="@3"))["items"]] == [3]


def test_two_equal_answers_in_sealed_words_are_not_contested():
    raised = fact("disagreement.raised", "disagreement:X", "2026-03-02", about=["proposal:P1"])
    same = [about("disagreement:X", "disagreement.reconciled", "2026-04-01", terms="We agree.") for _ in range(2)]
    log = given(proposal("P1"), raised, same[0]).log
    record(log, same[1], again=True)
    assert not any("Contested" in line for line in page(story(log, "X")))
    record(log, about("disagreement:X", "disagreement.reconciled", "2026-04-01", terms="We do not."))
    assert sum("Contested: " in line for line in page(story(log, "X"))) == 3


def test_a_fact_that_names_an_earlier_one_of_its_own_stream_is_told_once():
    again = fact(
        "proposal.position_taken", "proposal:P1", "2026-03-14", on_behalf_of=[COUNCIL], position="object", version="1",
        replaces={"stream": "proposal:P1", "n": 2},
    )  # fmt: skip
    assert [one["position"] for one in in_json(story(a_log(again), "P1"))["items"]] == [3, 4, 6, 5]


def test_that_an_order_is_not_recorded_is_said_of_facts_of_two_files_alone():
    """Facts of one batch stand in the order of their file, unless they come from different sources."""

    def took(position, source):
        return fact("proposal.position_taken", "proposal:P1", "2026-03-20", on_behalf_of=[COUNCIL], position=position,
                    version="1") | ({"source": {"name": source}} if source else {})  # fmt: skip

    def remarks(log):
        return [line.strip() for line in page(story(log, "P1")) if "order not recorded" in line]

    log = a_log()
    record(log, took("abstain", ""), took("support", ""))
    assert remarks(log) == []
    record(log, took("object", "minutes.yaml"), took("abstain", "minutes.yaml"), took("support", "letters.yaml"))
    assert remarks(log) == ["Same day as [7], order not recorded.", "Same day as [9], order not recorded."]


def test_a_correction_stands_under_the_day_on_which_it_was_recorded():
    lines = page(story(a_log(corrected("proposal:P1", "/version", was="1", now="2", of=2)), "P1"))
    at = lines.index("1 June 2026")
    assert lines[at + 1] == "  [6] The record of [4] was corrected: version was '1', now '2'."
    assert lines[at + 2].endswith("by secretariat-1; told under the day on which it was recorded.")
    assert "Day not recorded" not in lines
