"""What becomes of proposals: one test for each rule of examples/peps/README.md."""

from __future__ import annotations

import pytest

from tests.examples.peps.records import authors, decision, delegation, lines_of, of_type, only, opened, said, status


def test_a_proposal_has_the_day_of_its_header_and_the_clock_of_its_commit(facts):
    written = facts(opened(time="2001-01-04T10:00:00Z", commit="c0ffee", at="2001-01-02", type="Process"))
    submitted = only(written, "proposal.submitted")
    assert (submitted["stream"], submitted["on"]) == ("proposal:PEP 9", "2001-01-02")
    assert submitted["data"] == {"ref": "PEP 9", "title": "A title", "kind": "Process", "authors": ["person:p-001"]}
    assert submitted["source"].pop("sha256")
    assert submitted["source"] == {
        "name": "peps.jsonl",
        "place": "line 1; pep.txt@c0ffee",
        "recorded_at": "2001-01-04T10:00:00Z",
        "recorded_by": "Rae Clerk",
    }


def test_an_unknown_recorder_is_not_recorded(facts):
    assert "recorded_by" not in only(facts(opened(recorder="unknown")), "proposal.submitted")["source"]


def test_a_label_is_noted_from_when_it_is_shown_and_decides_nothing(facts):
    label = status("Final", "Accepted", "2001-02-09T10:00:00Z", at="2001-02", at_basis="header:Resolution")
    noted = only(facts(opened(), label), "proposal.status_noted")
    assert noted["on"] == "2001-02-09T10:00:00Z"
    assert noted["data"] == {"status": "Final", "status_words": "a note"}


def test_a_misspelt_label_is_put_right_and_the_act_dates_from_it(facts):
    written = facts(
        opened(),
        status("Withdrawal", time="2001-02-01T10:00:00Z"),
        status("Withdrawn", "Withdrawal", "2001-02-01T10:12:00Z"),
        decision("withdrawn", "Withdrawn", "2001-02-01T10:12:00Z"),
    )
    assert [fact["data"]["status"] for fact in of_type(written, "proposal.status_noted")] == ["Withdrawal"]
    change = only(written, "record.corrected")["data"]["changes"]
    assert change == [{"path": "/status", "was": "Withdrawal", "now": "Withdrawn"}]
    assert only(written, "proposal.withdrawn")["on"] == "2001-02-01T10:00:00Z"


def test_a_record_without_a_label_is_kept_as_it_is(facts):
    record = {**status("x"), "status": None}
    del record["status"]
    row = only(facts(opened(), record), "row.imported")
    assert {"column": "kind", "verbatim": "proposal_status"} in row["data"]["cells"]
    assert {"column": "reversal", "verbatim": "false"} in row["data"]["cells"]


@pytest.mark.parametrize(
    ("field", "path", "was", "now"),
    [
        ("title", "/title", "A title", "Another"),
        ("type", "/kind", "Informational", "Process"),
        ("created", "/on", "2001-01-02", "2000-12-24"),
    ],
)
def test_a_header_put_right_corrects_the_field_that_came_from_it(facts, field, path, was, now):
    correction = said("correction", "2001-03-01T10:00:00Z", proposal="PEP 9", field=field, previous=was, value=now)
    corrected = only(facts(opened(), correction), "record.corrected")
    assert corrected["of"] == {"stream": "proposal:PEP 9", "n": 1}
    assert corrected["data"]["changes"] == [{"path": path, "was": was, "now": now}]


def test_corrections_follow_one_another(facts):
    changes = [("A title", "B", "2001-03-01T10:00:00Z"), ("B", "C", "2001-03-02T10:00:00Z")]
    written = facts(
        opened(),
        *(
            said("correction", time, proposal="PEP 9", field="title", previous=was, value=now)
            for was, now, time in changes
        ),
    )
    assert [fact["data"]["changes"][0]["was"] for fact in of_type(written, "record.corrected")] == ["A title", "B"]


def test_a_correction_of_what_was_never_said_is_contradicted(facts):
    correction = said("correction", "2001-03-01T10:00:00Z", proposal="PEP 9", field="title", previous="X", value="Y")
    contradicted = only(facts(opened(), correction), "record.contradicted")
    assert contradicted["data"] == {"path": "/title", "says": "Y"}


def test_other_authors_are_a_revision(facts):
    written = facts(opened(), authors(["Ann Archer"], ["Ann Archer", "Bo Baker"]))
    assert only(written, "proposal.revised")["data"] == {"authors": ["person:p-001", "person:p-002"]}


def test_the_sponsor_of_the_first_hour_is_in_the_submission(facts):
    first, later = opened(), "2001-05-01T10:00:00Z"
    sponsor = said("sponsor", first["recorded_at"], proposal="PEP 9", actor="Bo Baker")
    other = said("sponsor", later, proposal="PEP 9", actor="Cy Cooper", previous=["Bo Baker"], at=later)
    nobody = said("sponsor", "2001-06-01T10:00:00Z", proposal="PEP 9", previous=["Cy Cooper"])
    written = facts(first, sponsor, other, nobody)
    assert only(written, "proposal.submitted")["data"]["sponsor"] == "person:p-002"
    assert [fact["data"] for fact in of_type(written, "proposal.sponsor_changed")] == [{"sponsor": "person:p-003"}, {}]


def test_the_older_proposal_says_that_it_was_replaced_the_newer_only_that_it_means_to(facts):
    time = "2001-03-01T10:00:00Z"
    pair = {"old": "PEP 9", "new": "PEP 10", "at": time}
    written = facts(
        opened(),
        opened("PEP 10"),
        said("supersession", time, **pair, declared_by="PEP 10"),
        said("supersession", "2001-04-01T10:00:00Z", **pair, declared_by="PEP 9"),
    )
    revised, superseded = only(written, "proposal.revised"), only(written, "proposal.superseded")
    assert (revised["stream"], superseded["stream"]) == ("proposal:PEP 10", "proposal:PEP 9")
    assert revised["data"] == {"related": [{"proposal": "proposal:PEP 9", "link": "replaces"}]}
    assert superseded["data"] == {"by_proposals": ["proposal:PEP 10"]}


def test_a_proposal_that_is_cited_and_never_opened_is_a_stub(facts):
    pair = {"old": "PEP 9", "new": "PEP 77", "declared_by": "PEP 9"}
    written = facts(opened(), said("supersession", "2001-03-01T10:00:00Z", **pair))
    stub = of_type(written, "proposal.submitted")[-1]
    assert (stub["stream"], stub["data"]) == ("proposal:PEP 77", {"ref": "PEP 77"})


def test_a_dropped_record_is_retracted(facts):
    removal = said("proposal_removed", "2001-01-03T10:00:00Z", proposal="PEP 9", note="Move 9 -> 11")
    retracted = only(facts(opened(), removal), "record.retracted")
    assert retracted["of"] == {"stream": "proposal:PEP 9", "n": 1}
    assert retracted["data"] == {"dropped_by_source": True, "reason": "Move 9 -> 11"}


def test_a_number_that_is_given_again_is_another_proposal(facts):
    again = {"proposal": "PEP 9", "commit": "second"}
    time = "2003-01-01T10:00:00Z"
    written = facts(
        opened(),
        said("proposal_removed", "2001-01-03T10:00:00Z", proposal="PEP 9"),
        status("Active", "Draft", time, commit="second"),
        said("correction", time, field="title", previous="A title", value="The second", **again),
        said("correction", time, field="created", previous="2001-01-02", value="2002-12-31", **again),
        authors(["Ann Archer"], ["Bo Baker"], time, commit="second"),
        said("correction", "2003-02-01T10:00:00Z", proposal="PEP 9", field="title", previous="The second", value="B"),
        delegation(["Cy Cooper"], time="2003-03-01T10:00:00Z"),
    )
    first, second = of_type(written, "proposal.submitted")
    assert (first["stream"], first["data"]["title"]) == ("proposal:PEP 9", "A title")
    assert (second["stream"], second["on"]) == ("proposal:PEP 9~2", "2002-12-31")
    told = {"ref": "PEP 9", "title": "The second", "kind": "Informational", "authors": ["person:p-002"]}
    assert second["data"] == told
    assert lines_of(second) == [3, 4, 5, 6]
    assert only(written, "record.corrected")["of"] == {"stream": "proposal:PEP 9~2", "n": 1}
    assert only(written, "delegation.granted")["data"]["matters"] == ["proposal:PEP 9~2"]


def test_a_proposal_that_moved_to_another_number_is_the_same_matter(facts):
    time = "2001-01-03T10:00:00Z"
    written = facts(
        opened(), said("proposal_removed", time, proposal="PEP 9", commit="move"), opened("PEP 11", time, commit="move")
    )
    moved = of_type(written, "proposal.submitted")[-1]
    assert moved["data"]["related"] == [{"proposal": "proposal:PEP 9", "link": "same-matter"}]
