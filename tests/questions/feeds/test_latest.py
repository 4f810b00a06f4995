"""The latest decisions: which come first, what is told of each, and when the log learnt of it."""

from __future__ import annotations

from datetime import timedelta

from decisionlog.domain.saying import plain
from decisionlog.questions.feeds.latest import latest
from tests.questions.asking import given, put
from tests.scenario import NOW, about, body, corrected, decision, organisation, record

PLACE = (
    organisation("trust", name="The Trust"),
    body("board", name="The Board"),
    decision(
        "D1", decision_makers=["body:board"], on_behalf_of=["organisation:trust"], outcome="approved", title="Beds"
    ),
    decision("D2", decision_makers=["body:board"], outcome="rejected"),
)
LATER = NOW + timedelta(hours=3)


def ask(told, most=50, **at):
    return put(lambda log, models, _, asked, now: latest(log, models, asked, now, most=most), told.log, "", **at)


def test_what_was_recorded_last_comes_first():
    assert [one.ref for one in ask(given(*PLACE)).items] == ["D2", "D1"]


def test_what_came_of_a_decision_brings_it_to_the_front_and_is_told_after_it():
    told = given(*PLACE)
    record(told.log, about("decision:D1", "decision.rescinded", "2026-04-01"), now=LATER)

    first, second = ask(told).items

    assert (first.ref, second.ref) == ("D1", "D2")
    assert [plain(said) for said in first.said] == [
        "body:board approved it, on behalf of organisation:trust.",
        "A decision that is not recorded rescinded it.",
    ]
    assert first.updated == told.log.recorded_at(told.log.head().size)
    assert first.recorded_at < first.updated
    assert second.recorded_at == second.updated


def test_a_correction_is_news_of_what_it_corrects():
    told = given(*PLACE)
    record(told.log, corrected("decision:D1", "/outcome", "approved", "noted"), now=LATER)

    (entry,) = [one for one in ask(told).items if one.ref == "D1"]

    assert "noted" in plain(entry.said[0])
    assert entry.updated == told.log.recorded_at(told.log.head().size)


def test_what_was_not_known_yet_is_not_told():
    told = given(*PLACE)
    record(told.log, about("decision:D1", "decision.rescinded", "2026-04-01"), now=LATER)

    before = ask(told, known=f"@{told.log.head().size - 1}")

    assert [one.ref for one in before.items] == ["D2", "D1"]
    assert before.items[1].updated == before.items[1].recorded_at


def test_there_are_no_more_than_were_asked_for():
    assert [one.ref for one in ask(given(*PLACE), most=1).items] == ["D2"]


def test_a_log_without_decisions_has_none_and_still_says_whose_it_is():
    told = given(body("board"))

    answer = ask(told)

    assert answer.items == ()
    assert answer.log_name == "Northmoor"
    assert answer.opened_at == told.log.recorded_at(1)
