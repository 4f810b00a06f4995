"""What a transaction writes on a server goes in few messages, in its order, byte for byte, and whole or not at all."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta

import psycopg
import pytest

from decisionlog.domain.refusals import Conflict
from decisionlog.questions.verifying.held import Held
from decisionlog.questions.verifying.log import verified_log
from decisionlog.store.batch import Opening
from decisionlog.store.codec import Line
from decisionlog.store.postgresql.connecting import Connection, connected
from decisionlog.store.postgresql.recorder import PostgreSQLRecorder
from decisionlog.store.postgresql.statements import _IN_ONE_MESSAGE
from decisionlog.store.postgresql.waiting import Listening
from tests import servers
from tests.scenario import NOW, new_log, proposal, record, stored

ODD = ("it's; DROP TABLE vault; --", "back\\slash \\' E'\\x41'", "100% %s %(a)s %%", "? ?? $1", "é 🏥 ß")


@pytest.fixture
def place():
    return servers.place()


@pytest.fixture
def recorder(place):
    with closing(PostgreSQLRecorder.create(place)) as made:
        yield made


@pytest.fixture
def log(recorder):
    return new_log(recorder)


@pytest.fixture
def waited(monkeypatch):
    """How often the server was waited for."""
    waits, wait = [], Connection.wait

    def counted(self, *given, **options):
        waits.append(given)
        return wait(self, *given, **options)

    monkeypatch.setattr(Connection, "wait", counted)
    return waits


def test_one_fact_is_recorded_in_three_messages(log, waited):
    for number in range(3):
        record(log, proposal(f"P{number}", title="Beds"), now=NOW + timedelta(seconds=number))
    waited.clear()
    record(log, {"type": "proposal.deferred", "stream": "proposal:P1", "data": {"reason": "no time"}})
    assert len(waited) == 4, "begin, the request, what is written with the end of it; and a look whether it has ended"


@pytest.mark.parametrize("words", ODD)
def test_words_come_back_as_they_were_written(log, place, words):
    plain = proposal("P1", title=words)
    record(log, plain)
    assert stored(log)[-1]["data"]["title"] == words
    assert verified_log(place, Held()).sound


@pytest.mark.parametrize("number", [1, _IN_ONE_MESSAGE, _IN_ONE_MESSAGE + 1, 3 * _IN_ONE_MESSAGE])
def test_as_many_facts_as_there_are_keep_their_order(log, place, number):
    record(log, *(proposal(f"P{each}", title=f"T{each}") for each in range(number)))
    assert [line.stream for line in log.lines(1)] == [f"proposal:P{each}" for each in range(number)]
    assert verified_log(place, Held()).sound


def at(position):
    return Line(position, f"proposal:X{position}", 1, "proposal.submitted", b"{}")


def test_what_is_asked_sees_what_was_written_before(log, recorder):
    with recorder.writing() as writer:
        writer.add_lines([at(2)], [b"n"])
        writer.add_openings([(2, Opening("d", "s", "words"))])
        assert writer.size() == 2
        assert [line.position for line in writer.lines(1, 9)] == [2]
        assert writer.openings([2]) == [Opening("d", "s", "words")]
        writer.add_lines([at(3)], [b"n"])
        assert writer.connection.execute("SELECT max(notification_id) FROM stored_events").fetchone() == (3,)
    assert recorder.size() == 3


def write(recorder, *lines):
    with recorder.writing() as writer:
        writer.add_openings([(2, Opening("d", "s", "words"))])
        writer.add_lines(lines, [b"n"] * len(lines))


def test_a_fault_in_the_midst_of_what_is_written_ends_all_of_it(log, recorder, place):
    with pytest.raises(Conflict, match="at the same moment"):
        write(recorder, at(2), at(4))
    assert (recorder.size(), recorder.openings([2])) == (1, [])
    with connected(place) as connection:
        assert connection.execute("SELECT position FROM positions_given").fetchone() == (1,)
    write(recorder, at(2), at(3))
    assert recorder.size() == 3


def test_whoever_follows_is_told_of_the_last_position_when_it_is_durable(log, recorder, place):
    with connected(place) as other:
        other.execute(f'LISTEN "{place.schema}"')
        with recorder.writing() as writer:
            writer.add_lines([at(2), at(3)], [b"n", b"n"])
            assert writer.size() == 3
            assert list(other.notifies(timeout=0.05)) == []
        assert [said.payload for said in other.notifies(timeout=5, stop_after=1)] == ["3"]


def test_who_waits_for_more_keeps_the_connection_while_nothing_comes(log, place):
    with closing(Listening(place)) as listening:
        assert not listening.until_more(log.size, 1, 0.05)
        first = listening._connection
        assert not listening.until_more(log.size, 1, 0.05)
        assert listening._connection is first
        assert not first.closed


def test_recording_begins_anew_where_the_server_ended_the_connection(log, recorder, place):
    with connected(place, as_role=False) as other:
        other.execute("SELECT pg_terminate_backend(?, 5000)", (recorder.at_hand[-1][0].info.backend_pid,))
    write(recorder, at(2))
    assert recorder.size() == 2


def test_who_waits_too_long_for_the_lock_records_nothing_and_tries_no_second_time(log, recorder, place, monkeypatch):
    begun, begin = [], psycopg.Cursor.execute

    def counted(self, query, *given, **options):
        begun.append(query)
        return begin(self, query, *given, **options)

    with connected(place) as other, other.transaction():
        other.execute("SELECT position FROM positions_given FOR UPDATE")
        recorder.at_hand[-1][0].execute("SET lock_timeout = '50ms'")
        monkeypatch.setattr(psycopg.Cursor, "execute", counted)
        with pytest.raises(Exception, match="Another program is recording"):
            write(recorder, at(2))
    assert len([query for query in begun if str(query).startswith("BEGIN")]) == 1
    assert recorder.size() == 1
