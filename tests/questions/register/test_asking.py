"""A page that is asked for: what is judged for it, which day it is about, and which lists are made once."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from decisionlog.bootstrap import MODELS
from decisionlog.checks import judging
from decisionlog.questions.filters import Filters
from decisionlog.questions.register.asking import Asking
from decisionlog.questions.register.table import PAGES, page_of, pages_of
from decisionlog.store.catch_up import ReadModels
from decisionlog.store.still import StillLog
from tests.scenario import NOW, body, decision, engine_for, new_log, organisation, record

BOUND = {"on_behalf_of": ["organisation:icb"], "outcome": "approved"}
PLACE = [
    organisation("icb"),
    body("alpha"),
    *(decision(f"A/{number}", decision_makers=["body:alpha"], **BOUND) for number in range(30)),
    decision("A/late", on="2026-03-22", decision_makers=["body:alpha"]),
]
KINDS = {kind.name: kind for kind in PAGES}


@pytest.fixture(scope="module")
def asking():
    log = new_log()
    record(log, *PLACE)
    models = ReadModels(log, engine_for(log), MODELS)
    models.catch_up()
    yield Asking(log, models, NOW)
    models.close()


def test_what_does_not_add_up_is_judged_only_where_it_is_shown(asking, monkeypatch):
    told = replace(asking, findings=True).show("decision:A/1")
    assert told.findings
    assert told.findings == told.decided.findings
    monkeypatch.setattr(judging, "judge", None)
    plain = asking.show("decision:A/1")
    assert (plain.findings, plain.decided.findings) == ((), ())
    assert "findings" in told.basis.rules
    assert "findings" not in plain.basis.rules
    assert replace(told, basis=plain.basis) == replace(
        plain, findings=told.findings, decided=replace(plain.decided, findings=told.findings)
    )


def test_pages_are_about_the_day_that_they_are_written_for_and_a_form_about_its_own(asking):
    written = replace(asking, day="2026-03-13")
    assert (written.asked.on, written.asked.known) == ("2026-03-13", "2026-03-13")
    asked = replace(written, given={"on": "2026-03-01"}).asked
    assert (asked.on, asked.known) == ("2026-03-01", "2026-03-13")
    assert (asking.asked.on, asking.asked.known) == (None, None)


def test_a_list_is_made_once_where_all_pages_are_made_at_once(asking):
    kept = replace(asking, log=StillLog(asking.log))
    assert kept.listed("decision") is kept.listed("decision")
    assert kept.listed("decision", Filters(since="2026-03-21")) is not kept.listed("decision")
    assert replace(kept, given={"on": "2026-03-21"}).listed("decision") is not kept.listed("decision")
    assert asking.listed("decision") is not asking.listed("decision")


def test_all_pages_of_a_list_hold_every_thing_once(asking):
    pages = list(pages_of(KINDS["list-decision"], replace(asking, log=StillLog(asking.log), day="2026-06-01")))
    assert [(page.number, page.pages, page.total) for page in pages] == [(1, 2, 31), (2, 2, 31)]
    found = [item.ref for page in pages for item in page.answers["list"].items]
    assert sorted(found) == sorted(f"A/{which}" for which in [*range(30), "late"])


def test_every_thing_has_its_page(asking):
    pages = list(pages_of(KINDS["decision"], replace(asking, day="2026-06-01")))
    assert len({page.about for page in pages}) == len(pages) == 31
    assert pages[0] == page_of(KINDS["decision"], replace(asking, day="2026-06-01", slug="A~2f0"))


def test_pages_of_a_log_that_stands_still_say_the_same(asking):
    there = replace(asking, day="2026-06-01", findings=True)
    still = replace(there, log=StillLog(there.log))
    with asking.models.held():
        for kind in PAGES:
            assert list(pages_of(kind, still)) == list(pages_of(kind, there)), kind.name
