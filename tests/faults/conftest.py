"""What the tests of faults share: processes to kill, logs to damage, and how to make a failure again."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from random import Random

import pysqlite3
import pytest

from decisionlog.bootstrap import open_log
from tests.faults import rounds
from tests.faults.disks import Disk
from tests.faults.processes import ROOT, Nursery
from tests.faults.workload import ask, new_log


@pytest.fixture(scope="session")
def nursery(tmp_path_factory):
    nursery = Nursery(tmp_path_factory.mktemp("nursery") / "stderr")
    yield nursery
    nursery.close()


@pytest.fixture(scope="session")
def _fresh(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("fresh") / "northmoor.db"
    new_log(path)
    return path


@pytest.fixture
def path(_fresh, tmp_path) -> Path:
    """A log of two facts in one file, closed."""
    return Path(shutil.copy(_fresh, tmp_path / "northmoor.db"))


@pytest.fixture
def chance(request) -> Random:
    """Where chance is wanted. What is printed is shown when the test fails."""
    try:
        describe = ["git", "describe", "--always", "--dirty"]
        commit = subprocess.run(describe, cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        commit = "unknown"
    print(  # noqa: T201
        f"SQLite {pysqlite3.sqlite_version}, commit {commit}. Again with:\n"
        f"DECISIONLOG_TEST_FAULT_SEED={rounds.SEED} DECISIONLOG_TEST_FAULT_ROUNDS={rounds.ROUNDS} "
        f"python -m pytest '{request.node.nodeid}'"
    )
    return rounds.chance_of(f"{rounds.SEED}{request.node.name}")


@pytest.fixture
def disk(tmp_path):
    place = tmp_path / "disk"
    place.mkdir()
    try:
        disk = Disk(place)
    except (OSError, subprocess.CalledProcessError) as refused:
        pytest.skip(f"a disk of its own cannot be mounted here ({refused})")
    yield disk
    disk.unmount()


@pytest.fixture
def log(disk, path):
    """A log on that disk, whose read models have been built."""
    log = Path(shutil.move(path, disk.place / path.name))
    with open_log(log) as opened:
        opened.catch_up()
    return log


@pytest.fixture
def grown(path):
    """A log of a hundred facts."""
    with open_log(path) as opened:
        for number in range(20):
            ask(opened, f"grown-{number}")
        opened.catch_up()
    return path
