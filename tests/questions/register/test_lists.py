"""Lists of decisions: with what outcome and what each decided, and how it stands now."""

from __future__ import annotations

import re

from decisionlog.questions.register.gist import first_sentence
from decisionlog.render.site.addresses import Served
from decisionlog.render.site.webpage import webpage
from tests.questions.register.pages import page, written
from tests.scenario import body, corrected, decision, fact, given


def cabinet(*more):
    return given(body("cab", name="Cabinet"), *more).log


def of_cabinet(key, **data):
    return decision(key, decision_makers=["body:cab"], **data)


def shown(log, name="list-decision", key="", **at):
    """What stands on a page, without its markup."""
    told = webpage(page(log, name, key, **at), Served(), register="Northmoor")
    return " ".join(re.sub(r"<[^>]*>", "", told).split())


def test_a_decision_is_told_with_the_outcome_its_makers_gave_it_and_what_came_later_without_them():
    log = cabinet(of_cabinet("D1", outcome="approved"), fact("decision.voided", "decision:D1", "2026-04-01"))
    assert "Approved by Cabinet now voided" in shown(log)
    assert "Approved now voided" in shown(log, "body", "cab")
    assert "now voided" not in shown(log, "body", "cab", on="2026-03-25")


def test_a_decision_that_stands_as_it_was_taken_has_one_tag():
    log = cabinet(of_cabinet("D1", outcome="noted"), of_cabinet("D2"))
    assert "now " not in shown(log)


def test_what_was_decided_stands_below_its_title_on_the_page_and_in_its_twin():
    log = cabinet(of_cabinet("D1", title="The Elms ward", text="To close the <b>ward</b> today. And more."))
    told = page(log, "list-decision")
    assert told.answers["list"].items[0].more["decided"] == "To close the <b>ward</b> today."
    assert "To close the &lt;b&gt;ward" in written(told)
    assert '"decided": "To close the <b>ward</b> today."' in written(told)


def test_what_was_decided_is_told_as_it_was_corrected():
    log = cabinet(
        of_cabinet("D1", text="To close it."), corrected("decision:D1", "/text", "To close it.", "To keep it.")
    )
    assert "To keep it." in shown(log)
    assert "To keep it." in shown(log, "home")
    assert "To close it." not in shown(log)


def test_of_a_decision_without_words_and_of_one_that_says_its_title_again_nothing_is_told():
    log = cabinet(of_cabinet("D1"), of_cabinet("D2", title="Close it.", text="Close it."))
    assert all("decided" not in item.more for item in page(log, "list-decision").answers["list"].items)


def test_the_first_sentence_ends_at_no_short_word_and_a_long_one_at_a_whole_word():
    assert first_sentence("To fund St. Mary's ward. And more.") == "To fund St. Mary's ward."
    assert first_sentence("To note the report;\nto ask for more") == "To note the report"
    assert first_sentence("word " * 60) == f"{'word ' * 32}..."
    assert len(first_sentence("x" * 500)) < 170
