"""`log --follow`: everything from a position, then what is recorded next, until somebody ends it."""

from __future__ import annotations

import json
import subprocess
import time
from contextlib import contextmanager

import pytest

from tests.cli.running import DEMO, PROGRAM, answer, northmoor, run

SECONDS = 30


@contextmanager
def follower(*words):
    """The program as it follows, in a process of its own."""
    with subprocess.Popen(
        [*PROGRAM, "log", "--follow", *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as program:
        try:
            yield program
        finally:
            program.kill()


def next_of(program):
    return json.loads(program.stdout.readline())


@pytest.fixture
def size():
    northmoor()
    return answer("status")["size"]


def record_more():
    run("import", str(DEMO / "correction.jsonl"), "--by", "clerk-1")


def test_it_goes_on_with_what_is_recorded_next(size):
    with follower("--from", str(size), "--format", "jsonl") as program:
        assert next_of(program)["position"] == size
        record_more()
        assert next_of(program)["position"] == size + 1


def test_from_the_next_position_nothing_old_is_printed(size):
    with follower("--from", str(size + 1), "--format", "jsonl") as program:
        time.sleep(1)
        record_more()
        assert next_of(program)["position"] == size + 1


def test_only_facts_of_the_type_asked_for_come(size):
    with follower("--type", "record", "--from", str(size), "--format", "jsonl") as program:
        time.sleep(1)
        record_more()
        assert next_of(program)["fact"]["type"] == "record.corrected"


def test_each_fact_is_a_cloudevent_if_that_is_asked_for(size):
    with follower("--from", str(size), "--format", "cloudevents") as program:
        told = next_of(program)
    assert (told["specversion"], told["id"]) == ("1.0", str(size))
    assert told["data"] == answer("log", "--from", str(size))["items"][0]["fact"]


def test_without_following_the_events_end_with_the_log(size):
    events = [json.loads(line) for line in run("log", "--format", "cloudevents").stdout.splitlines()]
    assert [event["id"] for event in events] == [str(position) for position in range(1, size + 1)]


def test_a_position_that_the_log_has_not_reached_is_refused(size):
    refused = run("log", "--follow", "--from", str(size + 2), code=2)
    assert f"The log ends at position {size}" in refused.stderr
    assert f"Go on from {size + 1}" in refused.stderr


def test_it_ends_by_itself_when_nobody_reads_any_longer(size):
    with follower("--from", str(size), "--format", "jsonl") as program:
        assert next_of(program)["position"] == size  # nothing is left to print
        program.stdout.close()
        assert program.wait(SECONDS) == 0
        assert program.stderr.read() == b""
