"""The page that searches, and the first page: what has the words, and what is to come by its day."""

from __future__ import annotations

from datetime import timedelta

from decisionlog.domain.saying import plain
from tests.questions.register.pages import page, written
from tests.scenario import NOW, body, decision, fact, given, organisation, proposal


def place(*more):
    return given(body("cab", name="Cabinet"), proposal("P1", title="Décor of <b>beds</b>"), *more).log


def test_without_words_there_is_only_the_form():
    assert page(place(), "search").answers == {}


def test_what_has_the_words_is_a_link_with_the_words_marked():
    found = page(place(), "search", text="decor be")
    assert [item.ref for item in found.answers["found"].items] == ["P1"]
    told = written(found)
    assert '<a href="/proposals/P1">' in told
    assert "<mark>Décor</mark> of &lt;b&gt;<mark>beds</mark>&lt;/b&gt;" in told


def test_only_things_of_a_kind_are_found_where_that_was_asked():
    log = place(decision("D1", decision_makers=["body:cab"], title="Beds"))
    assert [item.ref for item in page(log, "search", text="beds", kind="decision").answers["found"].items] == ["D1"]


def test_a_proposal_that_was_found_stands_as_lists_say_it():
    of_p1 = {"proposals": [{"proposal": "proposal:P1"}], "outcome": "approved"}
    log = place(decision("D1", decision_makers=["body:cab"], **of_p1))
    assert [item.state for item in page(log, "search", text="beds").answers["found"].items] == ["decided"]


def test_where_nothing_is_found_help_is_given():
    assert "Look for fewer words" in written(page(place(), "search", text="wombat"))


def test_what_cannot_be_searched_for_is_told_and_never_markup():
    assert "no letter or digit" in page(place(), "search", text="<>&").problem
    assert "no kind of thing" in page(place(), "search", text="beds", kind="<i>").problem
    assert "<i>" not in written(page(place(), "search", text="beds", kind="<i>"))


def coming(log, now=NOW):
    found = page(log, "home", now=now).answers["coming"]
    return [(line.label, plain(line.said)) for line in found.lines]


def test_the_first_page_tells_what_is_to_come_by_its_day():
    log = place(
        fact("meeting.called", "meeting:M1", "2026-03-01", bodies=["body:cab"], for_when="2026-08-12", public="public"),
        fact("meeting.called", "meeting:M0", "2026-03-01", bodies=["body:cab"], for_when="2026-04-12"),
        fact("proposal.noticed", "proposal:P1", "2026-03-02", for_when="2026-07-12", decision_makers=["body:cab"]),
        decision(
            "D1",
            decision_makers=["body:cab"],
            review_by="2026-09-01",
            report_to=[{"to": "body:cab", "due": "2026-06-01"}],
        ),
        decision("D2", decision_makers=["body:cab"], review_by="2026-05-01"),
    )
    assert coming(log) == [
        ("2026-06-01", "Report on decision:D1 to body:cab is due"),
        ("2026-07-12", "Key decision on proposal:P1, by body:cab"),
        ("2026-08-12", "Meeting of body:cab: meeting:M1"),
        ("2026-09-01", "Review of decision:D1 is due"),
    ]
    assert "It is open to the public." in written(page(log, "home"))
    assert [day for day, _ in coming(log, NOW + timedelta(days=80))] == ["2026-09-01"]


def test_what_is_undone_is_not_to_be_reviewed():
    log = place(
        decision("D1", decision_makers=["body:cab"], review_by="2026-09-01"),
        fact("decision.rescinded", "decision:D1", "2026-04-01"),
    )
    assert coming(log) == []


def test_with_nothing_in_the_log_the_first_page_says_so():
    told = written(page(given().log, "home"))
    assert "No day is recorded for anything that is to come." in told
    assert "No proposal is waiting for a decision." in told


def test_what_a_decision_decided_is_excerpted_before_its_title_is_repeated():
    by_cabinet = {"decision_makers": ["body:cab"], "title": "The Elms ward"}
    log = given(
        body("cab"),
        decision("D1", text="To close the Elms ward in May.", **by_cabinet),
        decision("D2", text="To ask for a plan. And so on.", **by_cabinet),
        decision("D3", **by_cabinet),
    ).log
    found = {item.ref: item.snippet for item in page(log, "search", text="elms").answers["found"].items}
    assert found == {
        "D1": "To close the Elms ward in May.",
        "D2": "To ask for a plan.",
        "D3": "The Elms ward",
    }


def test_decisions_and_proposals_stand_before_the_rest():
    by_cabinet = {"decision_makers": ["body:cab"]}
    others = [body(f"b{number}", name="Beds") for number in range(30)]
    log = given(
        body("cab"), *others, decision("D1", text=f"{'Long words of other matters. ' * 20}Beds.", **by_cabinet)
    ).log
    found = page(log, "search", text="beds").answers["found"]
    assert (found.items[0].ref, len(found.items), found.left_out) == ("D1", 25, 6)
    assert page(log, "search", text="beds", kind="body").answers["found"].left_out == 5


def test_kinds_and_references_read_as_words():
    log = given(organisation("northmoor-police", name="Northmoor Police")).log
    told = written(page(log, "search", text="police")).partition("<body")[2]
    assert "<p>Partner <bdi>Northmoor Police</bdi>, registered</p>" in told
    assert "<bdi>northmoor-police" not in told
