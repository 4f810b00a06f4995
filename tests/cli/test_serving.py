"""`serve`: for this computer alone and for reading only, unless told otherwise."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
from contextlib import contextmanager
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from decisionlog.cli.serving import names, proxy, rates_of
from decisionlog.domain.refusals import BadInput
from decisionlog.web.limits import USUAL
from tests.cli.running import PROGRAM, new_log, northmoor, run


@contextmanager
def serving(*words: str):
    """The program as it serves, and where it said that it does."""
    command = [*PROGRAM, "serve", "--port", "0", *words]
    wide = {**os.environ, "COLUMNS": "200"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=wide) as process:
        try:
            assert process.stdout
            said = process.stdout.readline()
            found = re.search(r"http://\S+:\d+", said)
            assert found, said
            yield process, found[0], said
        finally:
            process.kill()


def got(address: str, **headers: str):
    with urlopen(Request(address, headers=headers), timeout=20) as answered:  # noqa: S310 - our own server
        return json.loads(answered.read())


def test_what_does_not_add_up_is_shown_where_it_is_asked_for():
    northmoor()
    with serving("--findings") as (_, address, _):
        assert got(f"{address}/findings.json")["title"] == "What does not add up"
    with serving() as (_, address, _), pytest.raises(HTTPError, match="404"):
        got(f"{address}/findings.json")


def test_it_says_where_it_listens_and_answers_there():
    northmoor()
    made = run("keys", "new", "reader", "--for", "reader", "--scope", "read-private", "--by", "secretariat-1").stdout
    key = re.search(r"dlk_\S+", made)
    assert key
    with serving() as (_, address, said):
        assert said.startswith("The log northmoor.example/decisions answers on http://127.0.0.1:")
        assert got(f"{address}/readyz") == {
            "ready": True,
            "log": "northmoor.example/decisions",
            "position": 34,
            "writes": False,
        }
        asked = f"{address}/v1/decisions/NLB~2f24-25~2f031?on=2025-03-31&known=@33"
        shown, by_a_stranger = got(asked, Authorization=f"Bearer {key[0]}"), got(asked)
    typed = run("show", "NLB/24-25/031", "--on", "2025-03-31", "--known", "@33", "--json")
    assert shown == json.loads(typed.stdout)
    people = {thing: name for thing, name in shown["names"].items() if thing.startswith("person:")}
    assert people
    assert all(by_a_stranger["names"][person] == "withheld" for person in people)
    assert not any(name in json.dumps(by_a_stranger) for name in people.values())


def test_it_says_that_it_records_where_it_does():
    new_log()
    with serving("--write") as (_, address, said):
        assert "answers and records" in said
        assert got(f"{address}/readyz")["writes"] is True


@pytest.mark.parametrize(("told", "code"), [(signal.SIGTERM, 0), (signal.SIGINT, 0)])
def test_it_stops_when_it_is_told_to(told, code):
    new_log()
    with serving() as (process, address, _):
        got(f"{address}/livez")
        process.send_signal(told)
        assert process.wait(20) == code
        assert process.stdout.read() == "Stopped.\n"
        assert [json.loads(line)["route"] for line in process.stderr.read().splitlines()] == ["/livez"]


def test_nothing_is_served_to_other_computers_in_clear():
    new_log()
    said = run("serve", "--host", "0.0.0.0", code=2).stderr  # noqa: S104 - that is refused
    assert "can be reached from other computers" in said
    assert "--behind-tls" in said
    assert "By what name" in run("serve", "--host", "0.0.0.0", "--behind-tls", code=2).stderr  # noqa: S104


@pytest.mark.parametrize(
    "url", ["decisions.example", "ftp://x.example", "https://", "https://a@b", "https://[x", "https://x?y"]
)
def test_an_address_that_nobody_can_call_is_refused(url):
    new_log()
    assert "is no address; write https://" in run("serve", "--public-url", url, code=2).stderr


@pytest.mark.parametrize(
    ("rate", "says"),
    [
        ("reads", "names no rate"),
        ("reads=often", "is not how often"),
        ("read=1 per minute", "is no limit. They are: reads"),
    ],
)
def test_a_limit_that_is_none_is_refused(rate, says):
    new_log()
    assert says in run("serve", "--limit", rate, code=2).stderr


def test_what_is_usual_beyond_this_computer_may_be_set():
    assert rates_of((), beyond=True) == USUAL
    assert rates_of(("reads=600 per minute", "writes=none"), beyond=True) == {
        **USUAL,
        "reads": "600 per minute",
        "writes": "none",
    }
    assert rates_of((), beyond=False).keys() == {"wrong-keys"}


def test_it_answers_to_its_own_names():
    assert names("127.0.0.1", "https://Decisions.example/x", ("Other.example",)) >= {
        "localhost",
        "::1",
        "decisions.example",
        "other.example",
    }


def test_there_must_be_a_log():
    assert "There is no log at" in run("serve", code=7).stderr


def test_a_port_that_is_taken_is_told():
    new_log()
    with socket.create_server(("127.0.0.1", 0)) as taken:
        said = run("serve", "--port", str(taken.getsockname()[1]), code=6).stderr
    assert "Name another with --port or --host" in said


@pytest.mark.parametrize("options", ["", "?sslmode=require", "?sslmode=disable"])
def test_a_log_whose_words_would_cross_a_network_in_the_open_is_not_served(options):
    done = run("serve", "--log", f"postgresql://secretariat:secret@records.example/place{options}", code=2)
    assert "sslmode=verify-full" in " ".join(done.stderr.split())
    assert "--unsafe-no-tls" in done.stderr
    assert "secret@" not in done.stderr


@pytest.mark.parametrize("written", ["foo", "10.0.0.1/8", "127.0.0.1:80"])
def test_a_proxy_that_is_neither_an_address_nor_a_network_is_refused(written):
    with pytest.raises(BadInput, match="neither an address nor a network"):
        proxy(written)


def test_a_proxy_is_an_address_or_a_network():
    assert [proxy(one) for one in ("127.0.0.1", "2001:DB8::1", "10.0.0.0/8")] == [
        "127.0.0.1",
        "2001:db8::1",
        "10.0.0.0/8",
    ]
