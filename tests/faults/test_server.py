"""A server that is killed, handed over or cut off: what was acknowledged is there once, whole; no conflict is told that was none.

Each test has a cluster of its own, with the settings that PostgreSQL ships: nothing here switches durability off.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import threading
import time
from contextlib import closing, contextmanager, suppress
from urllib.parse import urlencode

import pytest

from decisionlog.addresses import place_of
from decisionlog.bootstrap import open_log
from decisionlog.domain.refusals import Conflict, Unusable
from decisionlog.questions.doctor_of_server import checks_of
from decisionlog.questions.verifying.held import Held
from decisionlog.questions.verifying.log import verified_log
from decisionlog.store.log import Log
from decisionlog.store.postgresql import connecting
from decisionlog.store.postgresql.recorder import PostgreSQLRecorder
from tests.faults.rounds import rounds
from tests.scenario import new_log, proposal, record
from tests.servers import Cluster

STANDS_BY = {"wal_level": "replica", "max_wal_senders": "4", "hot_standby": "on"}


@pytest.fixture
def cluster(request):
    """A server that nobody else uses, with a log on it."""
    made = Cluster.anew(getattr(request, "param", {})).make().start()
    with closing(PostgreSQLRecorder.create(made.place())) as recorder:
        new_log(recorder)
    yield made
    made.stop()
    made.remove()


class Secretary(threading.Thread):
    """Records batch after batch of three facts, and asks again whenever the answer was not clear, as the message says."""

    def __init__(self, place, name):
        super().__init__(daemon=True)
        self.name = name
        self.place = place
        self.done = threading.Event()
        self.acknowledged: list[str] = []
        self.conflicts: list[str] = []
        self.unclear = 0
        self.fault: BaseException | None = None

    def run(self):
        try:
            with closing(Log(PostgreSQLRecorder(self.place))) as log:
                number = 0
                while not self.done.is_set():
                    number += 1
                    self._record(log, f"{self.name}-{number}")
        except BaseException as fault:
            self.fault = fault
            raise

    def _record(self, log, name):
        batch = [proposal(f"{name}-{part}", title=name) for part in "abc"]
        while not self.done.is_set():
            try:
                record(log, *batch)
            except Unusable:
                self.unclear += 1
                time.sleep(0.02)
            except Conflict as conflict:
                self.conflicts.append(str(conflict))
                return
            else:
                self.acknowledged.append(name)
                return

    def end(self):
        self.done.set()
        self.join(60)
        assert not self.is_alive()
        assert self.fault is None


@contextmanager
def recording(place, secretaries=2):
    """Several record at once, for the length of a `with`."""
    found = [Secretary(place, f"s{number}") for number in range(secretaries)]
    for one in found:
        one.start()
    yield found
    for one in found:
        one.end()


def wait_until_recorded(secretaries, more, *, seconds=60.0):
    """Until each has been told of so many more batches."""
    wanted = [len(one.acknowledged) + more for one in secretaries]
    ends = time.monotonic() + seconds
    while any(len(one.acknowledged) < least for one, least in zip(secretaries, wanted, strict=True)):
        assert time.monotonic() < ends, [(one.name, len(one.acknowledged), one.fault) for one in secretaries]
        assert all(one.fault is None for one in secretaries)
        time.sleep(0.005)


def require_kept(place, secretaries, *, may_be_lost=False):
    """Nothing that was acknowledged is lost or doubled, every batch is whole, and the log is sound from its raw bytes."""
    with closing(Log(PostgreSQLRecorder(place))) as log:
        streams = [fact.stream for fact in log.facts() if fact.type == "proposal.submitted"]
    assert len(streams) == len(set(streams))
    batches = {stream.rpartition("-")[0] for stream in streams}
    assert len(streams) == 3 * len(batches)
    acknowledged = {f"proposal:{name}" for one in secretaries for name in one.acknowledged}
    if not may_be_lost:
        assert acknowledged <= batches
    assert [conflict for one in secretaries for conflict in one.conflicts] == []
    found = verified_log(place, Held())
    assert found.sound, found.faults


def backends(cluster):
    """The processes that serve clients on this log."""
    with connecting.connected(cluster.place(), as_role=False) as connection:
        asked = connection.execute(
            "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
        )
        return [row[0] for row in asked.fetchall()]


def test_a_connection_that_is_cut_in_the_middle_neither_loses_nor_doubles(cluster):
    with recording(cluster.place()) as secretaries:
        wait_until_recorded(secretaries, 1)
        for _ in range(rounds(20)):
            with connecting.connected(cluster.place(), as_role=False) as connection:
                connection.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                    "WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
                )
            time.sleep(0.03)
        wait_until_recorded(secretaries, 1)
    assert sum(one.unclear for one in secretaries) > 0
    require_kept(cluster.place(), secretaries)


def test_a_server_that_is_killed_with_all_its_children_loses_nothing(cluster):
    with recording(cluster.place()) as secretaries:
        for _ in range(rounds(2, share=0.1)):
            wait_until_recorded(secretaries, 2)
            cluster.kill()
            cluster.start()
        wait_until_recorded(secretaries, 1)
    require_kept(cluster.place(), secretaries)


@pytest.fixture
def standby(cluster):
    """A second server that follows the first."""
    second = Cluster.anew()
    second.folder.mkdir()
    second.own()
    second.run(
        "pg_basebackup", "-h", str(cluster.folder), "-U", "postgres", "-D", str(second.data), "-R", "-X", "stream"
    )
    second.configure().start()
    yield second
    second.stop()
    second.remove()


def both(first, second):
    """The address of a log on two servers, of which one takes what is recorded."""
    hosts = urlencode({"host": f"{first.folder},{second.folder}", "user": "postgres"}, safe="/,")
    return place_of(f"postgresql:///postgres?{hosts}&target_session_attrs=read-write")


def wait_for_replication(cluster):
    ends = time.monotonic() + 30
    with connecting.connected(cluster.place(), as_role=False) as connection:
        while time.monotonic() < ends:
            found = connection.execute(
                "SELECT sync_state FROM pg_stat_replication WHERE state = 'streaming'"
            ).fetchone()
            if found:
                return found[0]
            time.sleep(0.05)
    pytest.fail("the standby does not follow")


@pytest.mark.parametrize("cluster", [STANDS_BY], indirect=True)
@pytest.mark.parametrize("synchronous", [True, False], ids=["synchronous", "asynchronous"])
def test_a_failover_loses_nothing_where_the_standby_is_waited_for(cluster, standby, synchronous):
    wait_for_replication(cluster)
    if synchronous:
        with connecting.connected(cluster.place(), as_role=False) as connection:
            connection.execute("ALTER SYSTEM SET synchronous_standby_names = '*'")
            connection.execute("SELECT pg_reload_conf()")
        ends = time.monotonic() + 30
        while wait_for_replication(cluster) != "sync":
            assert time.monotonic() < ends
    with closing(Log(PostgreSQLRecorder(cluster.place()))) as log:
        said = {check.name: check for check in checks_of(cluster.place(), log)}["standby"]
    assert said.state == ("ok" if synchronous else "warn")
    assert synchronous or "may lose the newest facts" in said.remedy
    with recording(both(cluster, standby)) as secretaries:
        wait_until_recorded(secretaries, 5)
        receiver = walreceiver(standby)
        os.kill(receiver, signal.SIGSTOP)
        time.sleep(0.4)
        before = [list(one.acknowledged) for one in secretaries]
        cluster.kill()
        os.kill(receiver, signal.SIGCONT)
        standby.run("pg_ctl", "-D", str(standby.data), "-w", "promote")
        if synchronous:
            with connecting.connected(standby.place(), as_role=False) as connection:
                connection.execute("ALTER SYSTEM SET synchronous_standby_names = ''")
                connection.execute("SELECT pg_reload_conf()")
        wait_until_recorded(secretaries, 1)
    require_kept(standby.place(), secretaries, may_be_lost=not synchronous)
    assert all(before)


def walreceiver(standby):
    listed = subprocess.run(["ps", "-eo", "pid=,ppid=,args="], capture_output=True, text=True, check=True).stdout
    rows = (line.split(None, 2) for line in listed.splitlines())
    return next(int(pid) for pid, parent, args in rows if int(parent) == standby.pid() and "walreceiver" in args)


@pytest.mark.parametrize("cluster", [STANDS_BY], indirect=True)
def test_a_standby_answers_and_takes_no_fact(cluster, standby):
    wait_for_replication(cluster)
    with open_log(cluster.place()) as primary:
        record(primary.log, proposal("P1", title="Beds"))
        primary.catch_up()
        size, root = primary.log.size(), primary.log.root(2)
        prints = primary.models.prints()
    ends = time.monotonic() + 30
    with open_log(standby.place()) as copy:
        while copy.log.size() < size or copy.models.prints() != prints:
            assert time.monotonic() < ends
            time.sleep(0.05)
        copy.catch_up()
        assert copy.log.root(2) == root
        with pytest.raises(Unusable, match="can only be read here"):
            record(copy.log, proposal("P2", title="More"))
        assert copy.log.wait(1, 0.1)
        assert not copy.log.wait(size, 0.1)


class Wire:
    """A wire to a server that can be cut: nothing comes through any more, and nobody is told."""

    def __init__(self, to):
        self._to = to
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        self.is_cut = threading.Event()
        self._ends: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        with suppress(OSError):
            while True:
                near, _ = self._listening.accept()
                far = socket.create_connection(("127.0.0.1", self._to))
                self._ends += (near, far)
                for source, target in ((near, far), (far, near)):
                    threading.Thread(target=self._carry, args=(source, target), daemon=True).start()

    def _carry(self, source, target):
        with suppress(OSError):
            while piece := source.recv(65_536):
                if self.is_cut.is_set():
                    time.sleep(60)
                    return
                target.sendall(piece)
            target.close()

    def close(self):
        for end in (self._listening, *self._ends):
            end.close()


def test_a_network_that_is_cut_hangs_nobody_for_long_and_heals(tmp_path, monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    cluster = Cluster.anew({"listen_addresses": "'127.0.0.1'", "port": str(port)}).make().start()
    wire = Wire(port)
    try:
        place = place_of(f"postgresql://postgres@127.0.0.1:{wire.port}/postgres")
        assert connecting.PATIENCE < 15
        monkeypatch.setattr(connecting.Connection, "patience", 1.5)
        with closing(PostgreSQLRecorder.create(place)) as recorder:
            log = new_log(recorder)
            record(log, proposal("P1", title="Before"))
            wire.is_cut.set()
            began = time.monotonic()
            with pytest.raises(Unusable, match=r"not certain|cannot be reached"):
                record(log, proposal("P2", title="During"))
            assert time.monotonic() - began < 15
            wire.is_cut.clear()
            record(log, proposal("P2", title="During"))
            assert [fact.stream for fact in log.facts(1)] == ["proposal:P1", "proposal:P2"]
    finally:
        wire.close()
        cluster.stop()
        cluster.remove()


def test_no_fact_is_skipped_while_a_transaction_is_held_back(cluster):
    first, second = (Log(PostgreSQLRecorder(cluster.place())) for _ in range(2))
    follower = Log(PostgreSQLRecorder(cluster.place()))
    seen: list[int] = []
    with closing(first), closing(second), closing(follower):
        later = threading.Thread(target=lambda: record(second, proposal("P-later", title="Later")), daemon=True)
        with first.recorder.writing() as writer:
            assert writer.size() == 1
            later.start()
            assert not follower.wait(1, 0.5)
            assert [line.position for line in follower.lines(1)] == []
            writer.put_secret("held", b"back")
        later.join(10)
        record(first, proposal("P-last", title="Last"))
        while len(seen) < 2:
            assert follower.wait(1 + len(seen), 5)
            seen += [line.position for line in follower.lines(1 + len(seen))]
    assert seen == [2, 3]


def test_a_follower_goes_on_through_a_restart_of_the_server(cluster):
    place, seen = cluster.place(), []
    with closing(Log(PostgreSQLRecorder(place))) as follower:

        def follow():
            while len(seen) < 6:
                if follower.wait(1 + len(seen), 5):
                    with suppress(Unusable):
                        seen.extend(line.position for line in follower.lines(1 + len(seen)))

        following = threading.Thread(target=follow, daemon=True)
        following.start()
        with closing(Log(PostgreSQLRecorder(place))) as log:
            record(log, *(proposal(f"A{number}", title="Before") for number in range(3)))
            cluster.stop()
            cluster.start()
            record(log, *(proposal(f"B{number}", title="After") for number in range(3)))
        following.join(60)
    assert seen == [2, 3, 4, 5, 6, 7]
