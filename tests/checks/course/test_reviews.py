from __future__ import annotations

import pytest

from tests.checks.clean import fact
from tests.checks.histories import clean, sentence

D1 = {"stream": "decision:D1", "n": 1}
S1 = {"stream": "delegation:S1", "n": 1}
DUE = "2026-05-10"
THE_DAY_AFTER = "2026-05-11"


def fund(**data):
    return fact("fund.established", "fund:F1", "2025-04-01", ref="F1", kind="own", host="organisation:icb", **data)


def due(name):
    """The clean place, in which one thing was to be reviewed by 10 May 2026."""
    return clean().also(fund=fund()).but(name, review_by=DUE)


@pytest.mark.parametrize(
    ("name", "subject", "said"),
    [
        ("D1", "decision:D1", "its review was due by 2026-05-10, and none is recorded by then"),
        ("grant", "delegation:S1", "its review was due by 2026-05-10, and none is recorded by then"),
        ("sord", "instrument:sord", "its review was due by 2026-05-10, and none is recorded by then"),
        (
            "terms",
            "body:committee",
            "the review of its terms of reference was due by 2026-05-10, and none is recorded by then",
        ),
        ("fund", "fund:F1", "its review was due by 2026-05-10, and none is recorded by then"),
    ],
)
def test_a_day_that_passed_without_review_trips_it_from_the_day_after(name, subject, said):
    found = due(name).trips("GL33", name, on=THE_DAY_AFTER)
    assert (found.subject, sentence(found), found.severity) == (subject, said, "warning")
    due(name).is_clean(on=DUE)


def test_it_is_overdue_from_the_first_moment_after_its_last_day():
    due("D1").trips("GL33", "D1", on="2026-05-10T23:00:00Z")  # summer time
    due("D1").is_clean(on="2026-05-10T22:59:59Z")


def test_a_month_is_over_when_its_last_day_is():
    history = clean().but("D1", review_by="2026-04")
    history.trips("GL33", "D1", on="2026-05-01")
    history.is_clean(on="2026-04-30")


@pytest.mark.parametrize(
    ("name", "type_", "data"),
    [
        ("D1", "decision.reviewed", {"conclusion": "keep"}),
        ("grant", "delegation.reviewed", {"conclusion": "keep"}),
        ("D1", "decision.varied", {"review_by": "2027-05-10"}),
        ("grant", "delegation.varied", {"review_by": "2027-05-10"}),
        ("D1", "decision.varied", {"struck": ["review_by"]}),
        ("grant", "delegation.varied", {"struck": ["review_by"]}),
        ("sord", "instrument.amended", {"review_by": "2027-05-10"}),
        ("D1", "decision.rescinded", {}),
        ("D1", "decision.superseded", {}),
        ("D1", "decision.lapsed", {}),
        ("D1", "decision.voided", {}),
        ("D1", "decision.taken_over", {}),
        ("D1", "decision.not_ratified", {"stands": False}),
        ("D1", "decision.not_ratified", {}),
        ("grant", "delegation.revoked", {}),
        ("grant", "delegation.revoked", {"on_behalf_of": ["organisation:icb"]}),
        ("grant", "delegation.lapsed", {}),
        ("grant", "delegation.continued", {"continued_into": ["delegation:S2"]}),
        ("sord", "instrument.replaced", {}),
        ("sord", "instrument.ended", {}),
        ("fund", "fund.closed", {}),
        ("terms", "body.dissolved", {}),
        ("terms", "body.terms_adopted", {"version": "4", "document": {"sha256": "1" * 64}}),
    ],
)
def test_a_review_a_new_day_or_an_end_ends_it(name, type_, data):
    stream = due(name).facts[name]["stream"]
    needs = {"delegation:S2": fact("delegation.granted", "delegation:S2", None, ref="S2")}
    more = needs if "continued_into" in data else {}
    done = due(name).also(**{key.replace(":", "_"): value for key, value in more.items()})
    on_time = done.also(done=fact(type_, stream, DUE, **data))
    on_time.says_nothing("GL33", on=THE_DAY_AFTER)
    late = done.also(done=fact(type_, stream, "2026-05-15", **data))
    assert [one.subject for one in late.findings("GL33", on="2026-05-14")] == [stream]
    late.says_nothing("GL33", on="2026-05-15")


@pytest.mark.parametrize(
    ("name", "type_", "data"),
    [
        ("D1", "decision.varied", {"text": "another text"}),
        ("grant", "delegation.varied", {"clause": "7.3"}),
        ("sord", "instrument.amended", {"version": "2"}),
        ("D1", "decision.superseded", {"wholly": False}),
        ("D1", "decision.not_ratified", {"stands": True}),
        ("grant", "delegation.revoked", {"on_behalf_of": ["organisation:council"]}),
        ("grant", "delegation.continued", {"parties": ["organisation:icb"]}),
        ("D1", "decision.implemented", {}),
    ],
)
def test_what_changes_something_else_leaves_the_day_as_it_was(name, type_, data):
    stream = due(name).facts[name]["stream"]
    found = due(name).also(done=fact(type_, stream, "2026-05-01", **data)).findings("GL33", on=THE_DAY_AFTER)
    assert [one.subject for one in found] == [stream]


@pytest.mark.parametrize(
    ("name", "type_"),
    [
        ("D1", "decision.varied"),
        ("grant", "delegation.varied"),
        ("sord", "instrument.amended"),
    ],
)
def test_what_has_effect_later_ends_it_later(name, type_):
    stream = due(name).facts[name]["stream"]
    varied = fact(type_, stream, "2026-05-01", from_="2026-05-20", review_by="2027-05-10")
    history = due(name).also(varied=varied)
    history.trips("GL33", name, on="2026-05-19")
    history.is_clean(on="2026-05-20")


def test_a_review_sets_the_next_day():
    reviewed = fact("decision.reviewed", "decision:D1", "2026-04-01", review_by=DUE)
    history = clean().also(reviewed=reviewed)
    history.trips("GL33", "reviewed", on=THE_DAY_AFTER)
    history.is_clean(on=DUE)


def test_new_terms_set_their_own_day_and_the_old_ones_count_no_longer():
    terms = fact(
        "body.terms_adopted", "body:committee", "2026-04-01", version="4", document={"sha256": "1" * 64}, review_by=DUE
    )
    found = clean().also(terms_4=terms).findings("GL33", on="2027-06-01")
    assert [one.subject for one in found if one.subject == "body:committee"] == ["body:committee"]


def test_a_review_whose_day_is_not_recorded_may_have_been_in_time():
    due("D1").also(reviewed=fact("decision.reviewed", "decision:D1", None)).is_clean()


def test_a_retracted_review_is_none():
    reviewed = fact("decision.reviewed", "decision:D1", "2026-05-01")
    retracted = fact("record.retracted", "decision:D1", None, of={"stream": "decision:D1", "n": 3})
    due("D1").also(reviewed=reviewed, retracted=retracted).trips("GL33", "D1")


def test_a_corrected_day_is_the_one_that_counts():
    correction = fact(
        "record.corrected",
        "decision:D1",
        None,
        of=D1,
        changes=[{"path": "/review_by", "was": "2027-03-12", "now": DUE}],
    )
    clean().also(correction=correction).trips("GL33", "D1")


@pytest.mark.parametrize(
    ("name", "until"), [("D1", "2026-05-15"), ("grant", "2026-05-15"), ("sord", "2026-05-15"), ("fund", "2026-05-15")]
)
def test_what_ends_by_its_own_time_is_not_reviewed_any_more(name, until):
    history = due(name).but(name, review_by=DUE, until=until)
    assert [one.rule for one in history.findings("GL33", on="2026-05-14")] == ["GL33"]
    history.says_nothing("GL33", on="2026-05-15")


def test_a_varied_or_a_struck_end_is_the_one_that_counts():
    ending = due("D1").but("D1", review_by=DUE, until="2026-05-15")
    longer = fact("decision.varied", "decision:D1", "2026-05-01", until="2026-05-30")
    ending.also(varied=longer).trips("GL33", "D1", on="2026-05-29")
    ending.also(varied=longer).is_clean(on="2026-05-30")
    struck = fact("decision.varied", "decision:D1", "2026-05-01", struck=["until"])
    ending.also(varied=struck).trips("GL33", "D1", on="2026-05-30")
    other = fact("decision.varied", "decision:D1", "2026-05-01", text="another text")
    ending.also(varied=other).is_clean(on="2026-05-15")


def test_what_was_never_to_be_reviewed_is_never_overdue():
    clean().but("D1", review_by=None).says_nothing("GL33", on="2026-12-01")
