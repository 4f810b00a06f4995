"""The service is told to end: what runs is finished, whoever waits is let go, and it ends well."""

from __future__ import annotations

import http.client
import json
import re
import signal
import subprocess
import time
from contextlib import ExitStack, closing, contextmanager
from threading import Thread

import pytest

from decisionlog.web.answers import Answers
from tests.cli.running import PROGRAM, northmoor
from tests.web.running import running

SECONDS = 30


@contextmanager
def service(*words):
    """The program as it serves, and its port."""
    northmoor()
    with subprocess.Popen(
        [*PROGRAM, "serve", "--port", "0", *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as program:
        try:
            port = re.search(r"http://127\.0\.0\.1:(\d+)", program.stdout.readline())
            assert port, program.stderr.read()
            yield program, int(port[1])
        finally:
            program.kill()


@pytest.fixture
def ask():
    """Sends a request; its answer can be read as long as the test runs."""
    with ExitStack() as stack:

        def sent(port, address, **headers):
            connection = stack.enter_context(closing(http.client.HTTPConnection("127.0.0.1", port, timeout=SECONDS)))
            connection.request("GET", address, headers=headers)
            return lambda: stack.enter_context(closing(connection.getresponse()))

        yield sent


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT])
def test_told_to_end_it_ends_streams_and_waits_and_exits_with_0(ask, told):
    with service() as (program, port):
        stream = ask(port, "/v1/facts?after=33", Accept="text/event-stream")()
        waiting = ask(port, "/v1/facts?after=33&wait=60")
        assert stream.readline() == b"retry: 2000\n"
        time.sleep(0.5)
        began = time.monotonic()
        program.send_signal(told)
        assert stream.read().strip() == b""
        assert json.loads(waiting().read())["items"] == []
        assert program.wait(SECONDS) == 0
        assert time.monotonic() - began < 10
        assert program.stdout.read().strip() == "Stopped."


def test_what_it_notes_goes_to_standard_error_as_json(ask):
    with service("--metrics") as (program, port):
        assert ask(port, "/v1/search?text=urgent")().status == 200
        assert ask(port, "/metrics")().status == 200
        program.send_signal(signal.SIGTERM)
        said = [json.loads(line) for line in program.stderr.read().splitlines()]
    assert [(line["route"], line["status"]) for line in said] == [("/v1/search", 200), ("/metrics", 200)]


def test_it_notes_nothing_where_that_is_not_wanted(ask):
    with service("--no-journal") as (program, port):
        assert ask(port, "/v1/bodies")().status == 200
        program.send_signal(signal.SIGTERM)
        assert program.stderr.read() == ""


def test_an_answer_that_is_being_made_is_finished(ask, monkeypatch):
    made = Answers.of

    def slowly(*given, **more):
        time.sleep(1.5)
        return made(*given, **more)

    monkeypatch.setattr(Answers, "of", slowly)
    found = []
    with running() as port:
        asking = Thread(target=lambda: found.append(json.loads(ask(port, "/v1/bodies")().read())))
        asking.start()
        time.sleep(0.5)
    asking.join(SECONDS)
    assert found[0]["items"]
