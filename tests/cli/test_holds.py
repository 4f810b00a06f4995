"""What is kept from being erased, as a person asks for it: on a page, in a list, in `status`, and where it is refused."""

from __future__ import annotations

import pytest

from tests.cli.running import answer, facts, new_log, run

WHO = ("--by", "clerk-1")
WHY = "asked for under FOI 118"


@pytest.fixture(autouse=True)
def log():
    """A log with a person, a decision that names them, and one that does not."""
    new_log()
    plain = (
        {"type": "person.registered", "stream": "person:p-1", "data": {"name": "Ada Quillfeather"}},
        {"type": "decision.taken", "stream": "decision:D1", "data": {"ref": "D1", "outcome": "approved"}},
        {
            "type": "decision.taken",
            "stream": "decision:D2",
            "data": {"ref": "D2", "outcome": "approved", "people": ["person:p-1"], "text": "Go."},
        },
    )
    run("import", facts("f.jsonl", *plain), *WHO)


def hold(ref, *more):
    run("hold", ref, "--reason", WHY, "--review-by", "2027-01-31", "--on", "2026-06-01", *WHO, *more)


def kept(ref, *more):
    """The lines of the section that says what is kept, of one thing."""
    sections = answer("show", ref, *more)["sections"]
    found = [one["items"] for one in sections if one["title"] == "Kept from erasing"]
    return [line["text"] for line in found[0]] if found else []


def test_a_page_says_what_is_held_why_since_when_and_by_which_fact():
    assert kept("D2") == []
    hold("D2")
    shown = run("show", "D2").stdout
    assert "Kept from erasing\n  Nothing sealed here may be erased, since 1 June 2026: " in shown
    assert f"'{WHY}', to be looked at again by 31 January 2027 [5]" in shown
    assert kept("D1") == []


def test_a_hold_on_a_person_is_told_on_every_page_of_what_names_them():
    hold("p-1")
    assert kept("p-1")[0].startswith("Nothing sealed here may be erased")
    assert kept("D2")[0].startswith("Nothing sealed in a fact that names person:p-1 may be erased, since 2026-06-01")
    assert kept("D1") == []


def test_a_hold_on_the_log_is_told_on_every_page():
    hold("log:northmoor.example/decisions")
    assert kept("D1")[0].startswith("Nothing sealed in this log may be erased")


def test_all_that_stand_are_listed_and_counted_until_they_are_lifted():
    assert answer("list", "holds")["items"] == []
    assert "Held" not in run("status").stdout
    hold("D2")
    hold("p-1")
    (decision, person) = answer("list", "holds")["items"]
    assert (decision["stream"], decision["state"], decision["evidence"]) == ("decision:D2", "held", [5])
    assert (person["ref"], person["reason"], person["review_by"]) == ("p-1", WHY, "2027-01-31")
    assert "Held              2 holds on erasing" in run("status").stdout
    run("lift-hold", "@5", "--reason", "answered", "--on", "2026-06-02", *WHO)
    assert [one["ref"] for one in answer("list", "holds")["items"]] == ["p-1"]
    assert answer("status")["holds"] == 1
    assert "1 hold." in run("list", "holds").stdout


def test_they_are_listed_as_they_stood_and_as_they_were_known():
    hold("D2")
    run("lift-hold", "@5", "--reason", "answered", "--on", "2026-08-01", *WHO)
    assert [one["ref"] for one in answer("list", "holds", "--on", "2026-07-01")["items"]] == ["D2"]
    assert [one["ref"] for one in answer("list", "holds", "--known", "@5")["items"]] == ["D2"]
    assert answer("list", "holds", "--on", "2026-05-01")["items"] == []
    assert answer("list", "holds", "--known", "@4")["items"] == []
    assert answer("status", "--known", "@5")["holds"] == 1


def test_a_filter_of_things_does_not_narrow_them():
    assert "--body does not narrow holds" in run("list", "holds", "--body", "x", code=2).stderr
    assert len(answer("list", "hold", "--limit", "0")["items"]) == 0


def test_erasing_a_name_that_a_held_decision_needs_is_refused():
    hold("D2")
    under = ("--under", "D1", "--reason", "asked for", "--yes", *WHO)
    refused = run("erase", "p-1", *under, code=1)
    assert (
        "decision:D2, nor the name of person:p-1, whom it names, may be erased for now: a hold bars it (@5"
        in refused.stderr
    )
    run("lift-hold", "@5", "--reason", "answered", *WHO)
    run("erase", "p-1", *under)


def test_a_hold_that_keeps_the_same_words_elsewhere_is_told_first():
    run(
        "import",
        facts("g.jsonl", {"type": "decision.taken", "stream": "decision:D3", "data": {"text": "Ada Quillfeather."}}),
        *WHO,
    )
    hold("D3")
    shown = run("erase", "p-1", "--under", "D1", "--reason", "asked for", "--dry-run", *WHO).stdout
    assert "A hold keeps some of these, so that --everywhere is refused while it stands: [6]" in shown
