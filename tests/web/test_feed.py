"""The feed over HTTP: pages, waiting, streams; a cursor that cannot be gone on from says where to begin again."""

from __future__ import annotations

import http.client
import json
import time
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from threading import Thread

import pytest
from cloudevents.core.formats.json import JSONFormat

from decisionlog.bootstrap import open_log
from decisionlog.web import feed
from decisionlog.web.callers import PUBLIC
from tests.cli.running import DEMO, answer, northmoor, run
from tests.scenario import decision, proposal, record
from tests.web.running import running
from tests.web.served import problem, served

SECONDS = 30


@pytest.fixture
def log():
    """Northmoor's log in a file of its own, and how many facts it has."""
    return northmoor(), answer("status")["size"]


def record_more():
    run("import", str(DEMO / "correction.jsonl"), "--by", "clerk-1")


def page_of(client, query="", **headers):
    response = client.get(f"{feed.PATH}{query}", headers=headers)
    assert response.status_code == 200, response.text
    return response.json()


def test_the_pages_are_the_log(log):
    path, size = log
    with served(path) as client:
        items, query = [], "?limit=10"
        while True:
            response = client.get(f"{feed.PATH}{query}")
            told = response.json()
            if not told["items"]:
                break
            items += told["items"]
            query = response.headers["link"].partition("?")[2].partition(">")[0].join(("?", ""))
    assert items == answer("log")["items"]
    assert (told["after"], told["until"], len(items)) == (size, size, size)


def test_a_page_ends_with_the_root_of_the_log_there(log):
    path, size = log
    with served(path) as client:
        assert page_of(client)["root"] == answer("status")["basis"]["root"]
        assert page_of(client, "?limit=12")["root"] == answer("status", "--known", "@12")["basis"]["root"]
        assert page_of(client, f"?after={size}")["root"] == answer("status")["basis"]["root"]


def test_a_page_that_the_caller_has_is_not_sent_again(log):
    with served(log[0]) as client:
        tag = client.get(f"{feed.PATH}?limit=5").headers["etag"]
        again = client.get(f"{feed.PATH}?limit=5", headers={"If-None-Match": tag})
        assert (again.status_code, again.content) == (304, b"")
        record_more()
        assert client.get(f"{feed.PATH}?limit=5", headers={"If-None-Match": tag}).status_code == 304
        assert client.get(f"{feed.PATH}?limit=6", headers={"If-None-Match": tag}).status_code == 200


def test_a_batch_of_events_is_what_others_read(log):
    path, size = log
    with served(path) as client:
        response = client.get(feed.PATH, headers={"Accept": "application/cloudevents-batch+json"})
    assert response.headers["content-type"] == "application/cloudevents-batch+json"
    events = [JSONFormat().read(None, json.dumps(event)) for event in response.json()]
    assert [event.get_id() for event in events] == [str(position) for position in range(1, size + 1)]
    assert [event.get_data() for event in events] == [item["fact"] for item in answer("log")["items"]]


@pytest.mark.parametrize("cursor", ["-1", "one", "1.5", "", "99999999999999999999", "%00", "1&after=2"])
def test_a_cursor_that_is_none_is_400_and_says_where_to_begin(log, cursor):
    with served(log[0]) as client:
        told = problem(client.get(f"{feed.PATH}?after={cursor}"), 400, "bad-request")
    assert "Begin again with after=0" in told["detail"]


def test_a_cursor_beyond_the_end_is_404_and_says_where_the_log_ends(log):
    path, size = log
    with served(path) as client:
        told = problem(client.get(f"{feed.PATH}?after={size + 1}"), 404, "not-found")
    assert f"The log ends at position {size}" in told["detail"]
    assert "Begin again with after=0" in told["detail"]
    assert told["ends_at"] == size


def test_a_cursor_of_another_log_is_410_and_says_where_to_begin(log):
    with served(log[0]) as client:
        root = page_of(client, "?limit=9")["root"]
        assert page_of(client, f"?after=9&root={root}")["items"]
        for other in (root[::-1], "0" * 64, "x"):
            told = problem(client.get(f"{feed.PATH}?after=9&root={other}"), 410, "gone")
            assert "Begin again with after=0" in told["detail"]


@pytest.mark.parametrize("query", ["limit=0", "limit=99999", "wait=61", "wait=x", "limit=5&limit=9", "from=3"])
def test_another_parameter_that_is_wrong_is_422(log, query):
    with served(log[0]) as client:
        problem(client.get(f"{feed.PATH}?{query}"), 422, "bad-input")


def test_a_wait_without_anything_new_ends_with_an_empty_page(log):
    path, size = log
    with served(path) as client:
        began = time.monotonic()
        told = page_of(client, f"?after={size}&wait=1")
        assert 0.9 <= time.monotonic() - began < 10
    assert (told["items"], told["until"]) == ([], size)


def test_whoever_waits_is_answered_when_something_is_recorded(log):
    path, size = log
    with running(path) as port, closing(http.client.HTTPConnection("127.0.0.1", port, timeout=SECONDS)) as asking:
        later = Thread(target=lambda: (time.sleep(0.5), record_more()))
        later.start()
        began = time.monotonic()
        asking.request("GET", f"{feed.PATH}?after={size}&wait=20")
        told = json.loads(asking.getresponse().read())
        took = time.monotonic() - began
        later.join()
    assert [item["position"] for item in told["items"]] == [size + 1]
    assert took < 10


@contextmanager
def streaming(port, query="", **headers):
    """The messages of a stream, as a reader of event streams has them."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=SECONDS)
    connection.request("GET", f"{feed.PATH}{query}", headers={"Accept": "text/event-stream", **headers})
    response = connection.getresponse()
    assert response.status == 200, response.read()
    assert response.headers["content-type"].startswith("text/event-stream")
    try:
        yield messages_of(response)
    finally:
        response.close()
        connection.close()


def messages_of(response):
    fields = {}
    for raw in response:
        line = raw.decode().rstrip("\n")
        name, _, value = line.partition(": ")
        if line.startswith(":"):
            yield {"comment": line}
        elif line:
            fields[name] = value
        elif fields:
            yield fields
            fields = {}


def positions(messages, count):
    found = []
    for message in messages:
        if "id" in message:
            assert json.loads(message["data"])["position"] == int(message["id"])
            found.append(int(message["id"]))
        if len(found) == count:
            return found
    return found


def test_a_stream_goes_on_with_what_is_recorded_next(log):
    path, size = log
    with running(path) as port, streaming(port, f"?after={size - 2}") as messages:
        assert next(messages) == {"retry": "2000"}
        assert positions(messages, 2) == [size - 1, size]
        record_more()
        assert positions(messages, 1) == [size + 1]


def test_a_stream_that_is_opened_again_goes_on_after_its_last_message(log):
    path, size = log
    with running(path) as port, streaming(port, "?after=3", **{"Last-Event-ID": str(size - 1)}) as messages:
        assert positions(messages, 1) == [size]


@pytest.mark.parametrize(("last", "status"), [("-3", 400), ("x", 400), ("99999", 404)])
def test_a_last_message_that_cannot_be_gone_on_from_is_refused(log, last, status):
    with served(log[0]) as client:
        response = client.get(feed.PATH, headers={"Accept": "text/event-stream", "Last-Event-ID": last})
    assert (
        "Begin again with after=0"
        in problem(response, status, "not-found" if status == 404 else "bad-request")["detail"]
    )


def test_a_silent_stream_says_that_it_is_still_there(log, monkeypatch):
    path, size = log
    monkeypatch.setattr(feed, "HEARTBEAT", 0.2)
    with running(path) as port, streaming(port, f"?after={size}") as messages:
        assert next(messages) == {"retry": "2000"}
        assert [next(messages) for _ in range(2)] == [{"comment": ": nothing new"}] * 2


def test_only_so_many_streams_are_open_and_a_closed_one_makes_room(log, monkeypatch):
    path, size = log
    monkeypatch.setattr(feed, "MOST_STREAMS", 2)
    monkeypatch.setattr(feed, "HEARTBEAT", 0.2)
    with running(path) as port:
        with streaming(port) as one, streaming(port) as two:
            assert positions(one, 1) == positions(two, 1) == [1]
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=SECONDS)
            connection.request("GET", feed.PATH, headers={"Accept": "text/event-stream"})
            refused = connection.getresponse()
            assert (refused.status, refused.headers["retry-after"]) == (503, "30")
            assert json.loads(refused.read())["code"] == "busy"
            connection.close()
        until = time.monotonic() + SECONDS
        while time.monotonic() < until:
            with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=SECONDS)) as again:
                again.request("GET", f"{feed.PATH}?after={size}", headers={"Accept": "text/event-stream"})
                if again.getresponse().status == 200:
                    break
            time.sleep(0.1)
        else:
            pytest.fail("no stream could be opened again")


def test_the_end_of_the_service_ends_streams_and_waits_at_once(log):
    path, size = log
    with running(path) as port:
        stream = streaming(port)
        messages = stream.__enter__()
        assert positions(messages, size)[-1] == size
        asking = http.client.HTTPConnection("127.0.0.1", port, timeout=SECONDS)
        asking.request("GET", f"{feed.PATH}?after={size}&wait=60")
        time.sleep(0.5)
        began = time.monotonic()
    assert time.monotonic() - began < 8
    assert list(messages) == []
    assert json.loads(asking.getresponse().read())["items"] == []
    stream.__exit__(None, None, None)
    asking.close()


def exempt_log():
    """A log of which a whole decision is exempt: where that stands, and how many facts there are."""
    path = northmoor("exempt.db")
    with open_log(Path(path)) as opened:
        secret = {"title": "The bid of Acme", "access": {"level": "exempt", "paragraphs": ["3"], "reason": "the bid"}}
        record(opened.log, decision("SECRET/1", **secret), now=datetime.now(UTC))
        record(opened.log, proposal("OPEN"), now=datetime.now(UTC))
        return path, opened.log.size()


@pytest.mark.parametrize("accept", ["application/json", "application/cloudevents-batch+json"])
def test_what_somebody_may_not_see_stands_at_its_position_as_withheld(accept):
    path, size = exempt_log()
    with served(path) as client:
        whole = page_of(client)
    with served(path, anonymous=PUBLIC) as client:
        response = client.get(feed.PATH, headers={"Accept": accept})
    assert "SECRET" not in response.text
    if accept == "application/json":
        told = response.json()
        withheld = told["items"][size - 2]
        assert withheld == {
            "position": size - 1,
            "hash": whole["items"][size - 2]["hash"],
            "fact": {"$withheld": whole["items"][size - 2]["hash"]},
        }
        assert told["root"] == whole["root"]
        assert [item for item in told["items"] if item != withheld] == [
            item for item in whole["items"] if item["position"] != size - 1
        ]
    else:
        events = response.json()
        assert [event["id"] for event in events] == [str(position) for position in range(1, size + 1)]
        assert events[size - 2]["type"] == "decisionlog.withheld"
        assert events[size - 1]["type"] == "decisionlog.proposal.submitted"


def test_a_stream_withholds_as_a_page_does():
    path, size = exempt_log()
    with running(path, anonymous=PUBLIC) as port, streaming(port, f"?after={size - 2}") as messages:
        items = [json.loads(message["data"]) for message in islice((m for m in messages if "id" in m), 2)]
    assert [item["position"] for item in items] == [size - 1, size]
    assert items[0]["fact"] == {"$withheld": items[0]["hash"]}
    assert items[1]["fact"]["type"] == "proposal.submitted"


def test_whoever_waits_is_told_of_what_is_withheld_too():
    path, size = exempt_log()
    with served(path, anonymous=PUBLIC) as client:
        told = page_of(client, f"?after={size - 2}&limit=1&wait=5")
    assert (told["until"], told["items"][0]["position"]) == (size - 1, size - 1)
