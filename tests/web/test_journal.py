"""What the service writes of itself: fields that are listed, and never a word of what was sent."""

from __future__ import annotations

import io
import json
import logging
import re
from contextlib import contextmanager

import pytest

from decisionlog.domain.refusals import Unusable
from decisionlog.web import journal as journals
from decisionlog.web.callers import Caller, Scope
from decisionlog.web.journal import FromLibraries, Journal
from tests.web.served import CLERK, keyed, problem, served

CANARY = "canary-7f3c"
SECRET = "dlk_canary_7f3cAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"  # noqa: S105 - nobody has it
WORDS = f"The {CANARY} of Mrs Jones"
FIELDS = {"at", "event", "request", "method", "route", "status", "milliseconds", "account", "fault", "where"}


@pytest.fixture
def file():
    return io.StringIO()


@contextmanager
def noted(file, **told):
    """A client of a service that notes every request in a file."""
    with served(journal=Journal(file), **told) as client:
        yield client


def lines_of(file):
    return [json.loads(line) for line in file.getvalue().splitlines()]


def test_each_request_is_one_line_with_the_id_that_its_answer_has(file):
    with noted(file) as client:
        answered = client.get("/v1/bodies/northmoor-icb-board", headers={"User-Agent": CANARY})
    (line,) = lines_of(file)
    assert re.fullmatch("[0-9a-f]{16}", line["request"])
    assert answered.headers["x-request-id"] == line["request"]
    assert (line["event"], line["method"], line["route"], line["status"]) == (
        "request",
        "GET",
        "/v1/{kinds}/{slug}",
        200,
    )
    assert line["milliseconds"] >= 0
    assert line["at"].endswith("Z")


def test_who_asked_is_noted_by_account(file):
    with noted(file, anonymous=CLERK) as client:
        client.get("/v1/bodies")
    assert lines_of(file)[0]["account"] == "clerk-2"


def test_what_was_refused_at_the_door_is_noted_too(file):
    with noted(file, hosts=frozenset({"localhost"})) as client:
        client.get("/v1/bodies", headers={"Host": f"{CANARY}.example"})
        client.get(f"/{CANARY}")
        client.request("PROPFIND", "/v1/bodies")
    assert [(line["status"], line["method"]) for line in lines_of(file)] == [(421, "GET"), (404, "GET"), (405, "other")]
    assert [line["route"] for line in lines_of(file)][:2] == ["none", "none"]


@pytest.mark.parametrize(
    ("method", "address", "more"),
    [
        ("GET", f"/v1/search?text={WORDS}", {}),
        ("GET", f"/v1/{CANARY}/{CANARY}", {}),
        ("GET", f"/v1/bodies/{CANARY}", {}),
        ("GET", f"/v1/bodies?{CANARY}={CANARY}", {}),
        ("GET", f"/v1/facts?after={CANARY}", {}),
        ("GET", "/v1/facts", {"headers": {"Last-Event-ID": CANARY}}),
        ("GET", "/v1/bodies", {"headers": {"Authorization": f"Bearer {SECRET}", "Cookie": f"a={SECRET}"}}),
        ("GET", "/v1/bodies", {"headers": {"X-Request-ID": CANARY, "X-Forwarded-For": CANARY, "Referer": CANARY}}),
        ("POST", "/v1/facts", {"content": WORDS}),
        ("POST", "/v1/facts", {"json": {"facts": [{"type": CANARY, "data": {"title": WORDS}}]}}),
        ("POST", "/v1/propose", {"json": {"title": WORDS, CANARY: SECRET}}),
        ("POST", "/v1/meetings", {"content": f"meeting: {WORDS}\n  : {SECRET}"}),
        (CANARY, "/v1/bodies", {}),
    ],
)
def test_nothing_that_was_sent_is_in_the_journal(file, method, address, more):
    headers = {**keyed(f"key-{CANARY}"), **more.pop("headers", {})}
    with noted(file, writes=True, anonymous=CLERK) as client:
        client.request(method, address, headers=headers, **more)
    assert lines_of(file)
    assert "canary" not in file.getvalue().lower()
    assert "jones" not in file.getvalue().lower()
    assert {name for line in lines_of(file) for name in line} <= FIELDS


def test_a_fault_is_noted_by_its_kind_and_place_without_its_words(file, monkeypatch):
    def fail(*_):
        raise ZeroDivisionError(WORDS)

    monkeypatch.setattr("decisionlog.web.answers.Answers.of", fail)
    with noted(file) as client:
        assert client.get("/v1/bodies").status_code == 500
    (line,) = lines_of(file)
    assert (line["status"], line["fault"]) == (500, "ZeroDivisionError")
    assert re.fullmatch(r"test_journal\.py:\d+", line["where"])
    assert CANARY not in file.getvalue()


@pytest.mark.parametrize(
    ("words", "noted_as"),
    [
        (
            "The disk that holds log.db is full.\nFree some space.",
            "The disk that holds log.db is full. Free some space.",
        ),
        (f"postgresql://clerk:{SECRET}@db/log cannot be reached", "postgresql://clerk:***@db/log cannot be reached"),
        (f"postgresql://clerk:a@b{SECRET}@db/log is not there", "postgresql://clerk:***@db/log is not there"),
        (f"no connection (host=db password={SECRET} user=x)", "no connection (host=db password=*** user=x)"),
        (f"no connection (password = 'a {SECRET}' user=x)", "no connection (password = *** user=x)"),
    ],
)
def test_why_the_log_could_not_be_used_is_noted_without_passwords_and_not_answered(file, monkeypatch, words, noted_as):
    def fail(*_):
        raise Unusable(words)

    monkeypatch.setattr("decisionlog.web.answers.Answers.of", fail)
    with noted(file) as client:
        told = problem(client.get("/v1/bodies"), 503, "unusable")
    assert told["detail"] == "The log cannot be used now. Ask again a little later."
    assert lines_of(file)[0]["reason"] == noted_as
    assert SECRET not in file.getvalue()


def test_why_the_log_could_not_be_opened_is_noted_too(file):
    with noted(file, path="there-is-none.db") as client:
        told = problem(client.get("/v1/bodies"), 503, "unusable")
    assert "there-is-none.db" not in told["detail"]
    assert "there-is-none.db" in lines_of(file)[0]["reason"]


def test_whoever_records_is_told_to_send_the_same_again_with_the_same_key(file, monkeypatch):
    def fail(*_, **__):
        raise Unusable("Another program is recording.")

    monkeypatch.setattr("decisionlog.web.writing.facts.import_facts", fail)
    with noted(file, writes=True, anonymous=CLERK) as client:
        sent = client.post("/v1/facts", json={"facts": [{"type": "proposal.submitted"}]}, headers=keyed())
    told = problem(sent, 503, "unusable")
    assert told["detail"].endswith("Nothing was recorded; send the same again a little later, with the same key.")
    assert lines_of(file)[0]["reason"] == "Another program is recording."


def test_what_is_not_listed_is_left_out_and_so_is_what_has_another_shape(file):
    Journal(file).write("request", words=WORDS, account=WORDS, route="/v1/x y", status=200, fault="Zero\nDivision")
    (line,) = lines_of(file)
    assert line == {"event": "request", "status": 200, "at": line["at"]}


def test_what_a_library_logs_is_noted_without_its_words(file):
    logger = logging.getLogger("tested.library")
    logger.addHandler(FromLibraries(Journal(file)))
    logger.propagate = False
    logger.warning("%s came", WORDS)
    try:
        raise KeyError(WORDS)
    except KeyError:
        logger.exception("It failed: %s", SECRET)
    note, fault = lines_of(file)
    assert (note["event"], note["level"], note["source"]) == ("note", "warning", "tested.library")
    assert (fault["event"], fault["level"], fault["fault"]) == ("fault", "error", "KeyError")
    assert "canary" not in file.getvalue()


def test_a_journal_that_nobody_can_take_stops_no_request(file):
    file.close()
    with noted(file) as client:
        assert client.get("/v1/bodies").status_code == 200


def test_every_field_has_a_shape_that_holds_no_sentence():
    assert all(not shape.fullmatch(text) for shape in journals._SHAPES.values() for text in (WORDS, "a b", "é", "a\n"))


def test_a_caller_who_may_nothing_is_noted_as_well(file):
    with noted(file, anonymous=Caller(None, frozenset({Scope.RECORD}))) as client:
        client.get("/v1/bodies")
    assert lines_of(file)[0]["status"] == 401
