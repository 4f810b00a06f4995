"""The scheme of a log as a file: readable, whole, and without what can no longer be opened."""

from __future__ import annotations

from decisionlog.commands.record_facts import Plain, RecordFacts, record_facts
from decisionlog.exchange.scheme.comparing import compared
from decisionlog.questions.point import Asked
from tests.scenario import BY, NOW, about, empty_the_vault, fact, new_log, record
from tests.schemes import exported, holding, planned


def body_of(text):
    return text.split("\n\n", 1)[1]


def test_an_empty_scheme_is_a_file_that_says_nothing():
    log = new_log()
    assert exported(log).endswith("organisations: {}\n")
    assert planned(log, exported(log)).coming == ()


def test_things_of_which_nothing_is_known_but_their_keys_are_a_list():
    assert body_of(exported(holding("people: [p-001, p-002]"))) == "people:\n  - p-001\n  - p-002\n"


def test_what_is_short_in_a_file_is_short_again():
    text = (
        "people:\n  p-001: Alex Example\n  p-002: {}\n\n"
        "posts:\n  clerk:\n    from: 2025-04-01\n    holders:\n      - p-001\n      - {person: p-002, ended: 2026-01-01}\n"
        "    ended: 2026-02-01\n\n"
        "delegations:\n  D: {from: 2025-04-01, last_day: 2025-12-31, delegates: clerk, limits: below £500}\n"
    )
    assert body_of(exported(holding(text))) == text


def from_file(text):
    """A new log into which a file was recorded, as the source of its facts."""
    log = new_log()
    found = compared(log, Asked(), NOW, "northmoor.yaml", text.encode())
    record_facts(log, RecordFacts([Plain(*one) for one in found.difference.plain], BY, NOW))
    return log


def test_the_day_on_which_all_of_it_was_first_written_goes_out_with_it():
    text = "written: 2025-04-02\n\nbodies:\n  b: {kind: board}\n"
    log = from_file(text)
    assert "\nwritten: 2025-04-02\n" in exported(log)
    again = from_file(exported(log))
    assert [fact.said_at for fact in again.stream("body:b")] == [fact.said_at for fact in log.stream("body:b")]


def test_where_it_was_written_on_different_days_that_is_said_and_none_goes_out():
    log = from_file("written: 2025-04-02\nbodies: {b: {kind: board}}")
    later = {"name": "later.yaml", "recorded_at": "2025-05-02"}
    record(log, {**fact("person.registered", "person:p", ref="p"), "source": later})
    assert "# Its facts were first said on 2 different days, which are not in it." in exported(log)
    record(log, fact("person.registered", "person:q", ref="q"))
    assert "first said" not in exported(log)


def test_both_days_are_written_where_they_differ():
    text = "bodies:\n  b: {from: 2025-04-01, on: 2025-03-20, kind: board}\n"
    assert body_of(exported(holding(text))) == text


def test_an_ending_that_names_nothing_goes_out_as_a_plain_fact():
    log = holding("people: [p]\nposts: {q: {holders: [p]}}")
    record(log, fact("post.vacated", "post:q", "2025-10-01"))
    assert exported(log).endswith("also:\n  - {type: post.vacated, stream: post:q, on: 2025-10-01, data: {}}\n")
    answer = planned(log, exported(log))
    assert (answer.coming, answer.left) == ((), ())


def test_a_name_that_was_emptied_from_the_vault_is_left_out_and_not_asked_for():
    log = holding("people: {p-001: {name: Alex Example, renamed: [{name: Alex New, from: 2025-04-01}]}}")
    before = exported(log)
    assert "Alex New" in before
    empty_the_vault(log)
    assert body_of(exported(log)) == "people:\n  - p-001\n"
    assert planned(log, exported(log)).coming == ()
    answer = planned(log, before)
    assert answer.coming == ()
    assert answer.withheld == (
        "file.yaml, line 5, people.p-001: name",
        "file.yaml, line 8, people.p-001.renamed[0]: name",
    )


def test_what_was_retracted_is_not_in_it():
    log = holding("bodies: {b: {members: [p-001]}}\npeople: [p-001]")
    record(log, about("body:b", "record.retracted", of=2))
    assert "members" not in exported(log)


def test_facts_that_this_version_does_not_know_are_counted():
    log = holding("bodies: {b: {kind: board}}")
    assert "does not know" not in exported(log)


def test_a_reference_keeps_its_kind_where_two_things_are_called_so():
    text = "organisations: {x: {}}\nbodies: {x: {}, y: {parents: body:x}}"
    assert "parents: body:x" in exported(holding(text))
