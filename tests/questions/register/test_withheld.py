"""What is withheld: that it is there, on what ground and until when; and nothing of what it is."""

from __future__ import annotations

import pytest
from hypothesis import Phase, settings
from hypothesis import given as for_all

from decisionlog.domain.exemptions import FOIA, LAW_12A, Ground
from tests.questions.register.pages import page, written
from tests.scenario import about, body, decision, fact, new_log, person, proposal, record
from tests.web.test_public_view import LATER, LEVELS, Beside, facts_of, settings_of_access

WORD = "Zanzibar"


def exempt(*paragraphs, level="exempt", **more):
    return {"access": {"level": level, "paragraphs": list(paragraphs), "reason": WORD, **more}}


@pytest.fixture
def beside():
    made = Beside()
    yield made
    made.close()


def asked(beside, name="withheld", key=""):
    seen = beside.seen()
    return page(seen.log, name, key, models=seen.models, now=beside.now)


def withheld(beside):
    return asked(beside).answers["withheld"]


def test_of_an_exempt_thing_its_kind_its_ground_and_the_month_of_its_review_are_told(beside):
    beside.record(body("cab"), decision("X1", decision_makers=["body:cab"], **exempt("3", review_on="2027-03-14")))
    (one,) = withheld(beside).items
    assert (one.number, one.kind, one.level) == (1, "decision", "exempt")
    assert (one.grounds, one.release, one.review) == ((Ground(LAW_12A, 3),), "", "2027-03")
    assert not one.is_overdue
    told = written(asked(beside))
    assert "financial or business affairs" in told
    assert not [found for found in ("X1", WORD, "2027-03-14", "body:cab") if found in told]


def test_what_is_kept_back_after_its_review_is_told_to_be(beside):
    beside.record(proposal("X1", **exempt("3", review_on="2026-03-14")))
    assert withheld(beside).items[0].is_overdue


def test_a_ground_that_somebody_wrote_otherwise_is_not_told(beside):
    beside.record(proposal("X1", **exempt(f"3 ({WORD} bid)", "s43(2)")))
    (one,) = withheld(beside).items
    assert one.grounds == (Ground(""), Ground(FOIA, 43))
    assert WORD not in written(asked(beside))


def test_a_body_is_named_only_where_three_of_its_matters_are_kept_back(beside):
    beside.record(body("cab", name="Cabinet"), body("icb", name="Board"))
    beside.record(*(decision(f"X{n}", decision_makers=["body:cab"], **exempt("3")) for n in range(2)))
    beside.record(*(decision(f"Y{n}", decision_makers=["body:icb"], **exempt("3")) for n in range(3)))
    assert [(one.body, one.number) for one in withheld(beside).bodies] == [("body:icb", 3)]


def test_a_body_that_is_itself_kept_back_is_never_named(beside):
    beside.record(body("cab", name="Cabinet"), about("body:cab", "record.access_changed", access={"level": "exempt"}))
    beside.record(*(decision(f"X{n}", decision_makers=["body:cab"], **exempt("3")) for n in range(4)))
    assert withheld(beside).bodies == ()


def test_what_is_part_of_an_exempt_matter_is_not_counted_apart_but_among_the_entries(beside):
    beside.record(proposal("X1", **exempt("3")))
    beside.record(fact("disagreement.raised", "disagreement:G1", "2026-03-12", about=["proposal:X1"], grounds="no"))
    assert [one.kind for one in withheld(beside).items] == ["proposal"]
    assert withheld(beside).entries == 2


def test_that_something_about_a_person_is_exempt_is_not_told_of_the_kind(beside):
    beside.record(person("p-1", "Ada"), about("person:p-1", "record.access_changed", access={"level": "exempt"}))
    assert withheld(beside).items == ()


def test_what_is_opened_again_is_withheld_no_longer(beside):
    beside.record(proposal("X1", **exempt("3")))
    beside.record(about("proposal:X1", "record.access_changed", on="2026-05-01", access={"level": "open"}))
    assert (withheld(beside).items, withheld(beside).entries) == ((), 0)


def test_whoever_sees_everything_is_told_what_is_kept_from_everybody():
    log = new_log()
    record(log, proposal("X1", **exempt("5")))
    assert [one.grounds for one in page(log, "withheld").answers["withheld"].items] == [(Ground(LAW_12A, 5),)]


def test_a_decision_exempt_in_part_says_what_of_it_is_withheld_and_why(beside):
    access = exempt("3", level="part-exempt", review_on="2027-03-31")
    beside.record(body("cab"), decision("D1", decision_makers=["body:cab"], text=WORD, outcome="approved", **access))
    (part,) = asked(beside, "decision", "D1").answers["withheld"].parts
    assert (part.what, part.grounds, part.review_on) == (("text",), (Ground(LAW_12A, 3),), "2027-03-31")
    told = written(asked(beside, "decision", "D1"))
    assert "its text" in told
    assert WORD not in told
    assert withheld(beside).in_part == 1


def test_an_open_decision_says_nothing_of_the_kind(beside):
    beside.record(body("cab"), decision("D1", decision_makers=["body:cab"], text="Open"))
    assert asked(beside, "decision", "D1").answers["withheld"].parts == ()


@settings(max_examples=12, phases=(Phase.explicit, Phase.generate))
@for_all(settings_of_access())
def test_no_word_reference_or_title_of_what_is_withheld_is_ever_on_the_page(things):
    beside = Beside()
    try:
        beside.record(*(plain for plain in facts_of(things)), now=LATER)
        told = written(asked(beside)).lower()
        for _, key, word, level, changes, _ in things:
            assert word.lower() not in told
            if (changes or [level or "open"])[-1] in LEVELS[1:]:
                assert key.lower() not in told
    finally:
        beside.close()
