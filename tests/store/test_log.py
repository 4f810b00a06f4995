"""The log: batches recorded whole or not at all, facts read back in their order."""

from __future__ import annotations

import json
import re
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
import rfc8785

from decisionlog.domain.days import moment
from decisionlog.domain.facts.envelope import Unread
from decisionlog.domain.refusals import BadInput, Conflict, NotSound, Refusal, Unusable
from decisionlog.store import log as log_module
from decisionlog.store.batch import Batch, Draft, ulid
from decisionlog.store.log import Log
from decisionlog.store.sqlite import SQLiteRecorder
from tests.scenario import BY, NOW, about, body, history, new_log, proposal, record, snapshot, stored
from tests.store import raw
from tests.store.test_tree import by_the_standard


def draft(stream, type_name="proposal.submitted", data=None, **more):
    return Draft(type_name, stream, data or {}, opens=type_name == "proposal.submitted", **more)


def batch(*drafts, now=NOW, **more):
    return Batch(list(drafts), BY, now, **more)


# Identity


def test_position_1_says_what_the_log_is(log):
    assert (log.identity.name, log.identity.origin, log.identity.currency) == (
        "Northmoor",
        "northmoor.example/decisions",
        "GBP",
    )
    assert log.zone.key == "Europe/London"
    assert [fact.type for fact in log.facts()] == ["log.opened"]


def test_a_store_in_which_no_log_was_begun_is_not_sound(recorder):
    with pytest.raises(NotSound, match=r"has no log.opened at position 1"):
        _ = Log(recorder).identity


# Recording


def test_what_is_recorded_has_everything_that_the_log_sets(log):
    receipt = log.record(batch(draft("proposal:P1"), draft("proposal:P2"), draft("proposal:P1", "proposal.deferred")))
    first, second, third = (json.loads(line.state) for line in log.lines(1))
    assert (receipt.first, receipt.last, receipt.recorded_by, receipt.already) == (2, 4, BY, False)
    assert [(one.position, one.stream, one.n) for one in receipt.facts] == [
        (2, "proposal:P1", 1),
        (3, "proposal:P2", 1),
        (4, "proposal:P1", 2),
    ]
    assert (first["n"], second["n"], third["n"]) == (1, 1, 2)
    assert {one["recorded_at"] for one in (first, second, third)} == {"2026-06-01T09:30:00.000000Z"}
    assert {one["batch"] for one in (first, second, third)} == {receipt.batch}
    assert len({one["salt"] for one in (first, second, third)}) == 3
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{22}", one["salt"]) for one in (first, second, third))
    assert first.keys() == {"type", "v", "stream", "n", "recorded_at", "recorded_by", "batch", "salt", "data"}


def test_what_is_stored_is_canonical_by_the_standard(log):
    record(log, proposal("P1", title="Gŵyr 😀", value=[{"money": {"amount": 45_000_000, "currency": "GBP"}}]))
    for line in log.lines():
        assert rfc8785.dumps(json.loads(line.state)) == line.state


def test_the_root_is_that_of_the_stored_bytes_at_every_size(log):
    for number in range(5):
        record(log, *(proposal(f"P{number}-{copy}") for copy in range(number)) if number else (body("nlb"),))
    states = [line.state for line in log.lines()]
    assert len(states) == log.head().size
    for size in range(len(states) + 1):
        assert log.root(size) == by_the_standard(states[:size])


def test_a_clock_that_is_behind_does_not_put_facts_before_those_that_are_there(log):
    record(log, proposal("P1"))
    behind = NOW - timedelta(days=3)
    receipt = log.record(batch(draft("proposal:P2"), now=behind))
    written = json.loads(next(iter(log.lines(2))).state)
    assert written["recorded_at"] == receipt.recorded_at == "2026-06-01T09:30:00.000000Z"
    assert written["clock"] == "2026-05-29T09:30:00.000000Z"
    log.record(batch(draft("proposal:P3"), now=NOW + timedelta(seconds=1)))
    assert "clock" not in json.loads(next(iter(log.lines(3))).state)


def test_a_dry_run_says_what_would_come_of_it_and_leaves_nothing(log):
    before = snapshot(log)
    receipt = log.record(batch(draft("proposal:P1"), request=b"x"), dry_run=True)
    assert [(one.position, one.stream) for one in receipt.facts] == [(2, "proposal:P1")]
    assert snapshot(log) == before
    again = log.record(batch(draft("proposal:P1"), request=b"x"))
    assert (again.first, again.already) == (2, False)


def test_the_same_request_again_is_answered_by_its_receipt(log):
    first = log.record(batch(draft("proposal:P1"), request=b"one"))
    again = log.record(batch(draft("proposal:P1"), request=b"one", now=NOW + timedelta(days=1)))
    assert again.already
    assert (again.batch, again.first, again.last, again.recorded_at) == (
        first.batch,
        first.first,
        first.last,
        first.recorded_at,
    )
    assert log.head().size == 2
    assert log.record(batch(draft("proposal:P2"), request=b"two")).first == 3


def test_a_request_without_a_digest_is_never_already_recorded(log):
    log.record(batch(draft("proposal:P1")))
    assert not log.record(batch(draft("proposal:P2"))).already


def test_a_key_belongs_to_one_request(log):
    log.record(batch(draft("proposal:P1"), request=b"one", key="minutes-12"))
    before = snapshot(log)
    assert log.record(batch(draft("proposal:P1"), request=b"one", key="minutes-12")).already
    with pytest.raises(
        Refusal, match=r"The key 'minutes-12' was used for a different request on 2026-06-01 \(facts 2 to 2\)"
    ):
        log.record(batch(draft("proposal:P2"), request=b"two", key="minutes-12"))
    assert snapshot(log) == before


def test_requests_cannot_be_guessed_from_what_is_kept_of_them(sqlite_log):
    sqlite_log.record(batch(draft("proposal:P1"), request=b"words", key="a-key"))
    with sqlite_log.recorder.datastore.transaction(commit=False) as cursor:
        cursor.execute("SELECT key, digest FROM requests")
        kept = {value for row in cursor.fetchall() for value in tuple(row)}
    assert len(kept) == 2
    assert kept.isdisjoint({b"words", b"a-key", sha256(b"words").digest(), sha256(b"a-key").digest()})


def test_a_log_that_has_grown_in_the_meantime_is_a_conflict(log):
    log.record(batch(draft("proposal:P1"), size=1))
    before = snapshot(log)
    with pytest.raises(
        Conflict, match=r"The log has 2 facts, not 1: somebody recorded in the meantime. Nothing was recorded"
    ):
        log.record(batch(draft("proposal:P2"), size=1))
    assert snapshot(log) == before


def test_a_stream_that_has_grown_in_the_meantime_is_a_conflict(log):
    log.record(batch(draft("proposal:P1"), draft("proposal:P1", "proposal.deferred")))
    before = snapshot(log)
    with pytest.raises(
        Conflict, match=r"proposal:P1 has changed: it was at version 1 and is at 2. Nothing was recorded"
    ):
        log.record(batch(draft("proposal:P1", "proposal.withdrawn"), expected={"proposal:P1": 1}))
    assert snapshot(log) == before
    receipt = log.record(
        batch(draft("proposal:P1", "proposal.withdrawn"), expected={"proposal:P1": 2, "proposal:P9": 7})
    )
    assert receipt.facts[0].n == 3


def test_progress_is_told(log):
    seen = []
    log.record(batch(*(draft(f"proposal:P{number}") for number in range(2_001))), progress=seen.append)
    assert seen == [0, 1000, 2000]


# An unclear answer is settled by reading


class Flaky:
    """A store that fails when it should answer: before the facts are there, or after."""

    def __init__(self, recorder, *, committed, reading=True):
        self._recorder = recorder
        self._committed = committed
        self._reading = reading

    def __getattr__(self, name):
        return getattr(self._recorder, name)

    def lines(self, after, limit):
        if not self._reading:
            raise Unusable("The connection was lost.")
        return self._recorder.lines(after, limit)

    @contextmanager
    def writing(self):
        if not self._committed:
            raise Unusable("The connection was lost.")
        with self._recorder.writing() as writer:
            yield writer
        raise Unusable("The connection was lost.")


def test_facts_that_are_there_after_a_lost_answer_are_said_to_be_recorded(log, recorder):
    receipt = Log(Flaky(recorder, committed=True)).record(batch(draft("proposal:P1")))
    assert (receipt.first, receipt.last, receipt.already) == (2, 2, False)
    assert log.head().size == 2


@pytest.mark.parametrize(("committed", "reading"), [(False, True), (True, False)])
def test_a_lost_answer_that_cannot_be_settled_is_said_to_be_lost(log, recorder, committed, reading):
    with pytest.raises(Unusable, match=r"The connection was lost"):
        Log(Flaky(recorder, committed=committed, reading=reading)).record(batch(draft("proposal:P1")))


def test_a_receipt_is_never_somebody_elses(log, recorder):
    class Undone(Flaky):
        @contextmanager
        def writing(self):
            try:
                with self._recorder.writing() as writer:
                    yield writer
                    raise ZeroDivisionError
            except ZeroDivisionError:
                record(log, proposal("OTHER"))  # takes the position that ours would have had
                raise Unusable("The connection was lost.") from None

    with pytest.raises(Unusable, match=r"The connection was lost"):
        Log(Undone(recorder, committed=False)).record(batch(draft("proposal:P1")))


# Several writers


def test_two_programs_that_take_turns_build_one_log(tmp_path):
    one = new_log(SQLiteRecorder.create(tmp_path / "decisionlog.db"))
    other = Log(SQLiteRecorder(tmp_path / "decisionlog.db"))
    for number in range(6):
        (one, other)[number % 2].record(batch(draft(f"proposal:P{number}")))
    states = [line.state for line in one.lines()]
    assert [json.loads(state)["stream"] for state in states[1:]] == [f"proposal:P{number}" for number in range(6)]
    assert one.root(7) == other.root(7) == by_the_standard(states)
    one.close()
    other.close()


# Reading


@pytest.fixture
def history_of_five(log, monkeypatch):
    monkeypatch.setattr(log_module, "_READ_AT_ONCE", 2)
    record(log, *history("proposal:P1", ("proposal.submitted",), ("proposal.deferred",), ("proposal.withdrawn",)))
    record(log, about("proposal:P1", "record.retracted", of=2))
    return log


def test_facts_are_read_from_and_to_a_position(history_of_five):
    def positions(*where, **limit):
        return [fact.position for fact in history_of_five.facts(*where, **limit)]

    assert positions() == [1, 2, 3, 4, 5]
    assert positions(2) == [3, 4, 5]
    assert positions(0, 4) == [1, 2, 3, 4]
    assert positions(1, 3) == [2, 3]
    assert positions(5) == positions(3, 3) == positions(9) == []
    assert positions(limit=3) == [1, 2, 3]
    assert positions(3, limit=9) == [4, 5]
    assert positions(0, 2, limit=9) == [1, 2]


def test_a_stream_is_read_in_its_order(history_of_five):
    assert [fact.n for fact in history_of_five.stream("proposal:P1")] == [1, 2, 3, 4]
    chosen = history_of_five.stream("proposal:P1", ["proposal.withdrawn", "record.retracted"])
    assert [fact.type for fact in chosen] == ["proposal.withdrawn", "record.retracted"]
    assert history_of_five.stream("proposal:P9") == []


def test_a_gap_in_the_positions_stops_the_reading_and_says_where(sqlite_log):
    record(sqlite_log, proposal("P1"))
    raw.insert_at(sqlite_log, 5, raw.fact("proposal:P2"))
    with pytest.raises(NotSound, match=r"Position 3 is missing: the next fact is 5. Facts 1 to 2 are there"):
        list(sqlite_log.lines())


def test_facts_of_types_that_are_not_known_stand_among_the_others(log):
    record(log, proposal("P1"))
    for n, change in ((2, {"type": "proposal.dreamt"}), (3, {"v": 9}), (4, {"data": {"mood": "hopeful"}})):
        raw.insert(log, raw.fact(n=n, **change))
    facts = list(log.facts(1))
    assert [type(fact.data) is Unread for fact in facts] == [False, True, True, True]
    assert [fact.n for fact in log.stream("proposal:P1")] == [1, 2, 3, 4]
    assert stored(log)[-1]["data"] == {"mood": "hopeful"}


def test_a_type_that_no_program_of_ours_writes_is_not_sound(log):
    raw.insert(log, raw.fact(type="this:nothing"))
    with pytest.raises(NotSound, match=r"Entry 2 has a type that this program does not allow: this:nothing"):
        list(log.facts())


# When something was known


def test_positions_are_found_by_when_they_were_recorded(log):
    for day in (1, 2, 2, 5):
        log.record(batch(draft(f"proposal:P{day}-{log.head().size}"), now=datetime(2026, 7, day, 9, tzinfo=UTC)))
    found = {
        known: log.position_known(known)
        for known in ("2026-06-30", "2026-07-01", "2026-07-03", "2026-07-05", "2026-07")
    }
    assert found == {"2026-06-30": 1, "2026-07-01": 2, "2026-07-03": 4, "2026-07-05": 5, "2026-07": 5}
    assert log.position_known("2026-07-02T09:00:00Z") == 4
    assert log.position_known("2026-07-02T08:59:59Z") == 2
    assert log.position_known("2026-05-31") == 0
    assert log.position_known("9999-12-31") == 5
    assert log.position_known("0001-01-01") == 0
    assert [log.position_known(f"@{position}") for position in (0, 3, 5, 99)] == [0, 3, 5, 5]
    with pytest.raises(BadInput, match=r"^@9{19}... is beyond the end of the log, which has 5 facts.$"):
        log.position_known(f"@{'9' * 5_000}")


def test_positions_are_found_to_the_microsecond(log):
    when = datetime(2026, 7, 1, 9, 0, 0, 500, tzinfo=UTC)
    log.record(batch(draft("proposal:P1"), now=when))
    assert [log.position_at(moment(when) + step) for step in (-1, 0, 1)] == [1, 2, 2]


def test_a_ulid_is_sorted_by_time():
    early, late = (ulid(NOW + timedelta(milliseconds=step), b"\xff" * 10 if not step else bytes(10)) for step in (0, 1))
    assert early < late
    assert len(early) == 26
    assert re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{26}", early)
    assert ulid(datetime(2016, 7, 30, 23, 54, 10, 259_000, tzinfo=UTC), bytes(10))[:10] == "01ARZ3NDEK"
