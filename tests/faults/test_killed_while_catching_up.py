"""kill -9 while read models catch up: every fact is folded exactly once, whatever was cut off."""

from __future__ import annotations

import shutil
import signal
import time
from contextlib import closing
from pathlib import Path

import pytest

from decisionlog.bootstrap import open_log
from tests.faults import checks
from tests.faults.rounds import rounds
from tests.faults.workload import ask

REQUESTS = 30


@pytest.fixture
def path(path):
    """A log with facts that no read model has seen."""
    with open_log(path) as opened:
        for number in range(REQUESTS):
            ask(opened, f"r{number}")
    return path


def standings(path):
    with closing(checks.connect(path)) as file:
        if not file.execute("SELECT 1 FROM sqlite_master WHERE name = 'read_models'").fetchone():
            return []
        return file.execute("SELECT name, build, position, serving FROM read_models").fetchall()


def kill_until_caught_up(nursery, path, chance, **arguments):
    """Start following, kill, start again; how often it was killed, and how far the models were each time."""
    kills, seen = 0, set()
    while True:
        child = nursery.start("follow", path=path, batch=chance.randrange(1, 6), **arguments)
        time.sleep(chance.uniform(0.01, 0.12) * (1 + kills / 10))  # a busy computer gets there as well
        ended = nursery.kill(child)
        seen.update(standings(path))
        if ended == 0:
            return kills, seen
        assert ended == -signal.SIGKILL, nursery.complaints()
        kills += 1
        arguments.pop("rebuild", None)


@pytest.mark.faults
def test_every_fact_is_folded_exactly_once(nursery, path, tmp_path, chance):
    kills, wanted = 0, rounds(12, share=0.5)
    for life in range(1000):
        log = Path(shutil.copy(path, tmp_path / f"{life}.db"))
        times, seen = kill_until_caught_up(nursery, log, chance)
        kills += times
        assert not checks.find_damage(log)
        assert not checks.unlike_a_rebuild(log), f"life {life}"
        if kills >= wanted:
            break
    print(f"{kills} kills, {len({row[2] for row in seen})} positions seen in the last life")  # noqa: T201
    assert kills >= wanted


@pytest.mark.faults
def test_a_rebuild_that_is_killed_is_never_read_half_built(nursery, path, chance):
    assert nursery.run("follow", path=path, batch=1000) == 0
    size = len(checks.stored_bytes(path))
    for number in range(rounds(2, share=0.02)):
        _, seen = kill_until_caught_up(nursery, path, chance, rebuild=True)
        assert {position for _, _, position, serving in seen if serving} == {size}
        assert not checks.unlike_a_rebuild(path), f"rebuild {number}"
        nursery.run("follow", path=path, batch=1000)
    builds = [build for _, build, _, _ in standings(path)]
    assert len(builds) == len({name for name, _, _, _ in standings(path)}), "an old build was left behind"


# The fourth model by name is the first of which the first batch makes rows.
def test_a_position_that_is_ahead_of_its_rows_is_found(nursery, path):
    code = nursery.run("follow", path=path, batch=5, without="position_with_rows", killed_at=4)
    assert code == -signal.SIGKILL, nursery.complaints()
    assert nursery.run("follow", path=path, batch=5) == 0, nursery.complaints()
    assert any("rows that are not the" in sentence for sentence in checks.unlike_a_rebuild(path))


def test_rows_that_are_ahead_of_their_position_are_found(nursery, path):
    code = nursery.run("follow", path=path, batch=5, without="rows_with_position", killed_at=1)
    assert code == -signal.SIGKILL, nursery.complaints()
    assert nursery.run("follow", path=path, batch=5) != 0
    assert "The read model 'citations' stopped at fact 3" in nursery.complaints()
    assert any("register has a row twice" in sentence for sentence in checks.unlike_a_rebuild(path))


def test_two_that_follow_at_once_fold_every_fact_once(nursery, path):
    children = [nursery.start("follow", path=path, batch=2) for _ in range(4)]
    assert [nursery.wait(child) for child in children] == [0] * 4, nursery.complaints()
    assert not checks.unlike_a_rebuild(path)
