"""Open logs that are lent to one request at a time: which thread a request runs in makes no difference."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from threading import Barrier

from decisionlog.web.logs import Logs
from tests.cli.running import northmoor
from tests.scenario import proposal, record

THREADS = 12


def test_one_log_serves_many_threads_one_after_another():
    logs = Logs(Path(northmoor()), most=1)
    all_there = Barrier(THREADS)

    def recorded_and_read(number):
        all_there.wait()  # so that each has a thread of its own
        with logs.lent() as found:
            record(found.log, proposal(f"T{number}"), now=datetime.now(UTC))
            found.catch_up()
            with found.models.reading() as rows:
                return rows.exec_driver_sql("SELECT count(*) FROM register WHERE ref LIKE 'T%'").scalar()

    with ThreadPoolExecutor(THREADS) as threads:
        seen = list(threads.map(recorded_and_read, range(THREADS)))
    logs.close()
    assert sorted(seen) == list(range(1, THREADS + 1))
