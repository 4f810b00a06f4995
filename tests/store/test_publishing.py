"""The public export: exempt facts by their hash alone, the same root, and no word that is exempt or names a person."""

from __future__ import annotations

import orjson
import pytest

from decisionlog.audit.verify import look_through
from decisionlog.domain.days import moment
from decisionlog.store.publishing import Publishing
from decisionlog.store.transfer import export_openings
from tests.scenario import NOW, about, body, corrected, decision, fact, person, proposal, record

EXEMPT = {"level": "exempt", "paragraphs": ["3"], "reason": "the price of a bid"}


def published(log) -> Publishing:
    return Publishing(log, log.size(), moment(NOW))


def withheld(log) -> list[int]:
    """The positions that are kept from the public."""
    return [at for at, line in enumerate(published(log).lines(), 1) if line.startswith(b'{"$withheld":"')]


def words(log) -> list[str]:
    return sorted(orjson.loads(line)["value"] for line in published(log).openings())


def changed(stream: str, level: str, of: int = 1, on: str = "2026-05-01", **data) -> dict:
    return {**about(stream, "record.access_changed", of=of, access={"level": level}, **data), "on": on}


def test_what_is_exempt_is_its_hash_alone_and_the_root_is_the_same(log):
    record(log, decision("D1", access=EXEMPT, outcome="approved"), decision("D2", outcome="approved"))
    record(log, about("decision:D1", "decision.implemented"), corrected("decision:D1", "/outcome", "approved", "noted"))
    lines = list(published(log).lines())
    assert withheld(log) == [2, 4, 5]
    assert not look_through(lines).wrong
    assert look_through(lines).lines.tree.root() == log.root(log.size())
    assert lines[2] == next(log.lines(2)).state + b"\n"


def test_a_log_without_a_word_of_access_is_published_as_it_is(log):
    record(log, decision("D1", outcome="approved"))
    assert list(published(log).lines()) == [line.state + b"\n" for line in log.lines()]


@pytest.mark.parametrize("level", ["exempt", "confidential", "private-nhs", "withheld-pending"])
def test_every_level_that_is_not_open_withholds(log, level):
    record(log, proposal("P1", access={"level": level}))
    assert withheld(log) == [2]


def test_what_is_exempt_in_part_is_shown_with_its_words_sealed(log):
    record(log, decision("D1", access={"level": "part-exempt"}, text="the price is 12"))
    assert withheld(log) == []
    assert words(log) == []


def test_a_part_that_is_open_in_the_fact_withholds_all_of_it(log):
    value = [{"money": {"amount": 12, "currency": "GBP"}}]
    record(log, decision("D1", value=value, text="one"), decision("D2", value=value, text="two"))
    record(log, changed("decision:D1", "exempt", paths=["/value"]), changed("decision:D2", "exempt", paths=["/text"]))
    assert withheld(log) == [2]
    assert words(log) == []


def test_access_changes_and_everybody_sees_that_it_did(log):
    record(log, decision("D1", outcome="approved", text="Go"))
    record(log, changed("decision:D1", "exempt"))
    assert withheld(log) == [2]
    record(log, changed("decision:D1", "open"))
    assert withheld(log) == []
    assert words(log) == ["Go"]


def test_a_change_that_was_retracted_or_is_still_to_come_changes_nothing(log):
    record(log, decision("D1", access=EXEMPT))
    record(log, changed("decision:D1", "open"), changed("decision:D1", "open", on="2027-01-01"))
    record(log, about("decision:D1", "record.retracted", of=2))
    assert withheld(log) == [2, 5]


def test_a_day_of_release_releases_nothing_by_itself_and_is_told(log):
    record(log, decision("D1", access={**EXEMPT, "review_on": "2026-01-01"}), decision("D2"))
    record(log, changed("decision:D2", "confidential", release_on="2026-02-01"))
    assert withheld(log) == [2, 3]
    assert {(one.stream, one.day) for one in published(log).overdue()} == {
        ("decision:D1", "2026-01-01"),
        ("decision:D2", "2026-02-01"),
    }


def test_what_is_to_be_open_from_a_day_on_is_not_open_before(log):
    record(log, decision("D1", access=EXEMPT), changed("decision:D1", "open", release_on="2027-01-01"))
    assert withheld(log) == [2]


def test_one_fact_of_a_thing_is_held_by_itself(log):
    record(log, fact("body.constituted", "body:nlb"))
    record(
        log,
        fact("meeting.held", "meeting:m1", bodies=["body:nlb"]),
        about("meeting:m1", "meeting.item_considered", item="4", access=EXEMPT, words="x"),
    )
    record(log, about("meeting:m1", "meeting.item_considered", item="5", words="five"))
    assert withheld(log) == [4]


def test_the_vault_for_everybody_opens_prose_and_no_person(log):
    record(log, person("p", "Ada Quill"), decision("D1", title="Beds", text="Ten beds", outcome="approved"))
    record(log, fact("interest.registered", "interest:i", by="person:p", nature="shares"))
    record(log, {**proposal("P1", title="More beds"), "source": {"name": "a.docx", "recorded_by": "Bo Reed"}})
    record(log, decision("D2", interests=[{"by": "person:p", "nature": "owns one"}], access=EXEMPT, text="secret"))
    record(log, decision("D3", interests=[{"by": "person:p", "nature": "owns two"}], text="three"))
    record(log, decision("D4", value={"$private": [{"money": {"amount": 1, "currency": "GBP"}}]}))
    record(log, corrected("decision:D1", "/title", "Beds", "Twelve beds"))
    assert words(log) == ["Beds", "More beds", "Ten beds", "Twelve beds", "three"]
    assert len(list(export_openings(log, log.size()))) > len(words(log))


def test_a_corrected_name_of_a_person_is_not_opened(log):
    record(log, person("p", "Ada Quill"), corrected("person:p", "/name", "Ada Quill", "Ada Quills"))
    assert words(log) == []


def test_who_is_said_to_be_named_to_everybody_is_named_also_as_corrected(log):
    record(log, person("p", "Ada Quill"), person("q", "Bo Reed"), changed("person:p", "open", on="2026-04-01"))
    assert words(log) == ["Ada Quill"]
    record(log, corrected("person:p", "/name", "Ada Quill", "Ada Quills"))
    assert words(log) == ["Ada Quill", "Ada Quills"]
    record(log, changed("person:p", "private-nhs", on="2026-04-02"))
    assert words(log) == []


def test_what_is_part_of_an_exempt_matter_is_exempt_with_it(log):
    record(log, decision("D1", access=EXEMPT), decision("D2"))
    record(log, fact("disagreement.raised", "disagreement:X1", "2026-03-12", about=["decision:D1"], grounds="too dear"))
    record(log, fact("action.assigned", "action:A1", "2026-03-12", decision="decision:D1", what="pay"))
    record(log, fact("disagreement.raised", "disagreement:X2", "2026-03-12", about=["decision:D2"], grounds="too late"))
    record(log, fact("disagreement.parked", "disagreement:X1", "2026-03-13", words="for now"))
    record(
        log, fact("disagreement.raised", "disagreement:X3", "2026-03-14", about=["disagreement:X1"], grounds="again")
    )
    assert withheld(log) == [2, 4, 5, 7, 8]
    assert words(log) == ["too late"]
    record(log, changed("decision:D1", "open"))
    assert withheld(log) == []


def test_a_part_that_says_itself_how_it_is_held_is_held_so(log):
    record(log, decision("D1", access=EXEMPT))
    record(log, fact("disagreement.raised", "disagreement:X1", "2026-03-12", about=["decision:D1"], grounds="too dear"))
    record(log, changed("disagreement:X1", "confidential"), changed("decision:D1", "open"))
    assert 3 in withheld(log)
    assert 2 not in withheld(log)


def test_who_may_do_what_with_the_log_itself_is_withheld_with_its_words(log):
    granted = fact("access.granted", "access:key-1", account="tool-1", permissions=["record"], reason="for the clerk")
    record(log, decision("D1", text="what was decided"), granted)
    record(log, about("access:key-1", "access.revoked"))
    assert withheld(log) == [3, 4]
    assert words(log) == ["what was decided"]


def test_what_somebody_declared_at_a_meeting_is_no_word_for_everybody_also_when_it_was_corrected(log):
    declared = fact("meeting.interest_declared", "meeting:M1", by="person:p-1", nature="her sister works there")
    managed = fact("meeting.conflict_managed", "meeting:M1", words="she left the room")
    record(
        log, person("p-1", "Ada"), body("a"), fact("meeting.held", "meeting:M1", bodies=["body:a"]), declared, managed
    )
    record(log, corrected("meeting:M1", "/nature", "her sister works there", "her brother works there", of=2))
    assert words(log) == ["she left the room"]
