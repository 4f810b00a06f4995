"""Whether the service lives and can answer, and what the log says of itself, signed."""

from __future__ import annotations

import pytest

from tests.cli.running import run
from tests.web.served import problem, served


@pytest.fixture
def client():
    with served() as made:
        yield made


def test_it_lives(client):
    assert client.get("/livez").json() == {"live": True}


def test_it_is_ready_and_says_of_which_log(client):
    expected = {"ready": True, "log": "northmoor.example/decisions", "position": 33, "writes": False}
    assert client.get("/readyz").json() == expected


def test_it_lives_but_is_not_ready_without_its_log(tmp_path):
    with served(tmp_path / "gone.db") as client:
        assert client.get("/livez").status_code == 200
        problem(client.get("/readyz"), 503, "unusable")


def test_the_last_checkpoint_is_given_as_it_was_signed(client):
    assert "`decisionlog checkpoint` signs one" in problem(client.get("/checkpoint"), 404, "not-found")["detail"]
    run("key", "new", code=None)
    signed = run("checkpoint").stdout_bytes
    given = client.get("/checkpoint")
    assert given.content == signed
    assert given.headers["content-type"] == "text/plain; charset=utf-8"
    assert client.get("/checkpoint", headers={"If-None-Match": given.headers["etag"]}).status_code == 304
