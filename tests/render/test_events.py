"""Facts as CloudEvents: what others read out of them with a library of their own."""

from __future__ import annotations

import json

import pytest
from cloudevents.core.formats.json import JSONFormat

from decisionlog.domain.answers.standing import Entry
from decisionlog.questions.entries import entries
from decisionlog.render.events import event, event_batch, event_lines
from tests.scenario import NOW, ORIGIN, given, proposal

READ = JSONFormat()


@pytest.fixture(scope="module")
def log():
    return given(proposal("P1", title="Ŵ “urgent” response"), proposal("P2")).log


@pytest.fixture(scope="module")
def events(log):
    return [READ.read(None, line) for line in event_lines(ORIGIN, entries(log))]


def test_every_fact_is_an_event_that_the_library_reads(log, events):
    assert [one.get_specversion() for one in events] == ["1.0"] * 3
    assert [one.get_id() for one in events] == ["1", "2", "3"]
    assert {one.get_source() for one in events} == {ORIGIN}
    assert [one.get_type() for one in events] == [
        "decisionlog.log.opened",
        "decisionlog.proposal.submitted",
        "decisionlog.proposal.submitted",
    ]
    assert events[1].get_subject() == "proposal:P1"
    assert events[1].get_time() < NOW
    assert events[1].get_time().utcoffset().total_seconds() == 0


def test_its_data_are_the_very_bytes_of_the_fact(log):
    for entry in entries(log):
        assert event(ORIGIN, entry).endswith(b',"data":' + entry.line + b"}")


def test_its_sequence_sorts_as_text_in_the_order_of_the_log():
    last = [event(ORIGIN, Entry(position, "", b"{}")) for position in (9, 10, 99, 100, 10**15 - 1)]
    told = [json.loads(one)["sequence"] for one in last]
    assert told == sorted(told)


def test_it_carries_the_hash_by_which_it_is_proved(log, events):
    assert [one.get_extension("leafhash") for one in events] == [entry.hash for entry in entries(log)]


def test_a_fact_that_is_withheld_says_nothing_but_where_it_stands():
    withheld = event(ORIGIN, Entry(7, "ab", b'{"$withheld":"ab"}'))
    told = READ.read(None, withheld)
    assert (told.get_id(), told.get_type(), told.get_subject()) == ("7", "decisionlog.withheld", None)
    assert told.get_data() == {"$withheld": "ab"}
    assert "time" not in json.loads(withheld)


def test_a_batch_is_an_array_of_the_same_events(log):
    (*each,) = event_lines(ORIGIN, entries(log))
    assert json.loads(event_batch(ORIGIN, entries(log))) == [json.loads(one) for one in each]
    assert json.loads(event_batch(ORIGIN, ())) == []
