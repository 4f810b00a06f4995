"""kill -9 on whoever follows the log: started again, it misses nothing, and can tell what it has done before."""

from __future__ import annotations

import signal
import time
from contextlib import ExitStack
from threading import Thread

import pytest

from decisionlog.bootstrap import open_log
from decisionlog.questions.entries import entries
from tests.faults.consumers import WAYS, Done, Kept
from tests.faults.rounds import rounds
from tests.faults.workload import ask
from tests.web.running import running

SECONDS = 60


def record_slowly(path, requests):
    with open_log(path) as opened:
        for number in range(requests):
            ask(opened, f"r{number}", followed=True)
            time.sleep(0.02)


def follow_until(nursery, path, source, way, folder, chance, *, kills):
    """Follow, kill, start again, so often; then follow to the end."""
    kept, killed = Kept(folder), 0
    until = time.monotonic() + SECONDS
    while True:
        child = nursery.start("consume", way=way, source=source, folder=folder)
        if killed < kills:
            time.sleep(chance.uniform(0.01, 0.3))
        else:
            with open_log(path) as opened:
                while kept.position() < opened.log.size():
                    assert time.monotonic() < until, nursery.complaints()
                    time.sleep(0.05)
        assert nursery.kill(child) == -signal.SIGKILL, nursery.complaints()
        killed += 1
        if killed > kills:
            return kept.done()


@pytest.mark.faults
@pytest.mark.parametrize("way", WAYS)
def test_nothing_is_missed_and_a_repeat_can_be_told(nursery, path, tmp_path, chance, way):
    folder = tmp_path / "consumer"
    folder.mkdir()
    with ExitStack() as stack:
        source = path if way == "shell" else f"127.0.0.1:{stack.enter_context(running(path))}"
        recording = Thread(target=record_slowly, args=(path, 40))
        recording.start()
        follow_until(nursery, path, source, way, folder, chance, kills=rounds(8, share=0.3))
        recording.join()
        done = follow_until(nursery, path, source, way, folder, chance, kills=0)
    with open_log(path) as opened:
        wanted = [Done(entry.position, entry.hash) for entry in entries(opened.log)]
    assert list(dict.fromkeys(done)) == wanted, "each fact once and in its order, but for what was done again"
    assert len(wanted) > 100
    assert all(done[number + 1].position <= one.position + 1 for number, one in enumerate(done[:-1]))
