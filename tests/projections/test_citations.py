"""Citations: which fact names which thing, and in which field."""

from __future__ import annotations

from decisionlog.projections.citations import how_many, newest
from tests.scenario import about, body, corrected, decision, fact, person, proposal
from tests.store import raw


def cited(asked, stream, **chosen):
    return [(one.citing, one.type, one.field, one.position) for one in asked.citing(stream, **chosen)]


def test_everything_that_names_a_thing_is_found(asked):
    asked.record(body("nlb"), person("p-1"), proposal("P1", sponsor="body:NLB", authors=["person:p-1", "body:nlb"]))
    asked.record(
        decision("D1", decision_makers=["body:nlb"], proposals=[{"proposal": "P1"}], meeting="m1"),
        {"type": "meeting.called", "stream": "m1"},
    )
    assert cited(asked, "body:nlb") == [
        ("proposal:P1", "proposal.submitted", "authors", 4),
        ("proposal:P1", "proposal.submitted", "sponsor", 4),
        ("decision:D1", "decision.taken", "decision_makers", 5),
    ]
    assert cited(asked, "person:p-1") == [("proposal:P1", "proposal.submitted", "authors", 4)]
    assert cited(asked, "proposal:P1") == [("decision:D1", "decision.taken", "proposals.proposal", 5)]
    assert cited(asked, "meeting:m1") == [("decision:D1", "decision.taken", "meeting", 5)]
    assert cited(asked, "decision:D1") == []


def test_citations_are_chosen_by_type_and_field(asked):
    asked.record(body("nlb"), proposal("P1", sponsor="body:nlb", authors=["body:nlb"]), decision("D1", lead="body:nlb"))
    assert cited(asked, "body:nlb", types=["decision.taken"]) == [("decision:D1", "decision.taken", "lead", 4)]
    assert cited(asked, "body:nlb", field="authors") == [("proposal:P1", "proposal.submitted", "authors", 3)]
    assert cited(asked, "body:nlb", types=["decision.taken"], field="authors") == []


def test_a_thing_is_named_once_for_each_field_however_often_it_stands_there(asked):
    asked.record(
        body("nlb"), proposal("P1", authors=["body:nlb", "body:NLB"], route=[{"who": "body:nlb"}, {"who": "body:nlb"}])
    )
    assert [field for _, _, field, _ in cited(asked, "body:nlb")] == ["authors", "route.who"]


def test_of_names_a_thing_only_from_another_stream(asked):
    asked.record(proposal("P1"), {**decision("D1"), "of": "proposal:P1"}, about("proposal:P1", "record.retracted"))
    assert cited(asked, "proposal:P1") == [("decision:D1", "decision.taken", "of", 3)]


def test_what_is_sealed_or_cannot_be_read_names_nothing(asked):
    asked.record(body("nlb"), proposal("P1", sponsor={"$private": "body:nlb"}, authors=["body:nlb"]))
    raw.insert(asked.log, raw.fact("proposal:P2", data={"sponsor": "body:nlb", "mood": "hopeful"}))
    assert [field for _, _, field, _ in cited(asked, "body:nlb")] == ["authors"]


def test_references_are_found_at_any_depth(asked):
    asked.record(body("nlb"), proposal("P1"))
    asked.record(
        fact(
            "proposal.position_taken",
            "proposal:P1",
            conditions=[{"id": "a", "words": "w", "falls_to": ["body:nlb"]}],
            binding={"member_of": "body:nlb"},
        )
    )
    assert [field for _, _, field, _ in cited(asked, "body:nlb")] == ["binding.member_of", "conditions.falls_to"]


def test_the_newest_are_found_first_whatever_they_are(asked):
    asked.record(body("nlb"), *(proposal(f"P{number}", sponsor="body:nlb") for number in range(3)))
    asked.record(decision("D1", decision_makers=["body:nlb"], lead="body:nlb"), proposal("P3", authors=["body:nlb"]))
    with asked.reading() as rows:
        assert [one.position for one in newest(rows, "body:nlb", (), (), 7, 3)] == [7, 6, 6]
        assert [one.position for one in newest(rows, "body:nlb", (), (), 6, 4)] == [6, 6, 5, 4]
        assert [one.position for one in newest(rows, "body:nlb", ["proposal.submitted"], (), 7, 2)] == [7, 5]
        assert [one.position for one in newest(rows, "body:nlb", (), ["sponsor", "lead"], 7, 9)] == [6, 5, 4, 3]
        assert newest(rows, "body:nlb", (), (), 2, 3) == []


def test_a_fact_that_names_a_thing_twice_is_counted_once(asked):
    asked.record(
        body("nlb"), decision("D1", decision_makers=["body:nlb"], lead="body:nlb"), proposal("P1", sponsor="body:nlb")
    )
    with asked.reading() as rows:
        assert how_many(rows, "body:nlb", (), (), 9) == 2
        assert how_many(rows, "body:nlb", (), (), 3) == 1
        assert how_many(rows, "body:nlb", ["proposal.submitted"], ["sponsor", "lead"], 9) == 1


def test_a_thing_does_not_name_itself(asked):
    asked.record(proposal("P1", related=[{"proposal": "P1", "link": "same-matter"}]))
    assert cited(asked, "proposal:P1") == []


def test_a_fact_is_found_by_what_it_named_and_by_what_a_correction_has_it_name(asked):
    asked.record(body("nlb"), body("pc"), proposal("P1", sponsor="body:nlb", authors=["body:nlb"]))
    asked.record(corrected("proposal:P1", "/sponsor", "body:nlb", "body:pc"))
    asked.record(corrected("proposal:P1", "/route", None, [{"who": "body:pc"}]))
    assert cited(asked, "body:pc") == [
        ("proposal:P1", "proposal.submitted", "route.who", 4),
        ("proposal:P1", "proposal.submitted", "sponsor", 4),
    ]
    assert [field for _, _, field, _ in cited(asked, "body:nlb")] == ["authors", "sponsor"]


def test_a_correction_of_nothing_names_nothing(asked):
    asked.record(body("nlb"), body("pc"), proposal("P1"), corrected("proposal:P1", "/sponsor", "body:pc", "body:nlb"))
    assert cited(asked, "body:nlb") == []
