"""The page of findings: there only where it is to be shown, rule by rule, each rule with one anchor."""

from __future__ import annotations

import pytest

from decisionlog.domain.refusals import NotFound
from decisionlog.render.site.addresses import Served
from decisionlog.render.site.webpage import webpage
from tests.questions.asking import given
from tests.questions.register.opening import opened, words
from tests.questions.test_functions_map import ICB, SYSTEM, duty, function, grant
from tests.scenario import decision, fact

LIMIT = {"money": {"amount": 100, "currency": "GBP"}, "operator": "<="}
OVER = [
    *SYSTEM,
    function("care"),
    duty("care", ICB),
    grant("S-1", "body:board", "body:committee", "care", limits=[LIMIT]),
    *(
        decision(
            key,
            "2026-03-20",
            decision_makers=["body:committee"],
            outcome="approved",
            functions=["function:care"],
            authority=[{"on_behalf_of": [ICB], "delegation": "delegation:S-1"}],
            on_behalf_of=[ICB],
            value=[{"money": {"amount": 500, "currency": "GBP"}}],
        )
        for key in ("D1", "D2")
    ),
]
EXPLAINED = fact("finding.explained", "decision:D1", "2026-04-02", rule="GL01", reason="It was two sums.")


def test_it_is_not_there_unless_it_is_to_be_shown():
    with pytest.raises(NotFound):
        opened(given(*OVER).log, "findings")


def test_findings_stand_by_how_grave_they_are_with_their_rule_its_source_and_their_answers():
    page = opened(given(*OVER, EXPLAINED).log, "findings", findings=True)
    told = words(page)
    assert "Errors GL01: over limit The money that a decision commits is over a limit" in told
    assert "Source: the scheme of delegation concerned" in told
    assert "D1: possible: its value of £5 is over the limit of S-1 (up to £1)" in told
    assert "Explained on 2 April 2026: 'It was two sums.'" in told
    assert "Open Nobody has answered it." in told


def test_each_rule_has_one_anchor_to_which_pages_lead():
    html = webpage(opened(given(*OVER).log, "findings", findings=True), Served(), register="N")
    anchors = [part.partition('"')[0] for part in html.split('<h3 id="')[1:]]
    assert "GL01" in anchors
    assert len(anchors) == len(set(anchors))
    decision_page = webpage(opened(given(*OVER).log, "decisions/D1", findings=True), Served(), register="N")
    assert '<a href="/findings#GL01">GL01</a>' in decision_page


def test_one_rule_alone_and_a_rule_that_there_is_not():
    log = given(*OVER).log
    assert {one.rule for one in opened(log, "findings", findings=True, rule="GL01").answers["checked"].items} == {
        "GL01"
    }
    wrong = opened(log, "findings", findings=True, rule="GL99")
    assert wrong.problem == "There is no rule that is called 'GL99'."
    assert len(wrong.answers["checked"].items) > 2


def test_no_page_leads_there_unless_it_is_to_be_shown():
    log = given(*OVER).log
    for path in ("", "decisions", "decisions/D1", "functions/care", "map"):
        assert "/findings" not in webpage(opened(log, path), Served(), register="N")
    assert '<a href="/findings">' in webpage(opened(log, "", findings=True), Served(), register="N")
