"""What every request passes first: whom it is for, how long it may be, how often and how slowly it may come."""

from __future__ import annotations

import json
import time

import pytest

from decisionlog.web.callers import READER
from decisionlog.web.door import Door
from decisionlog.web.limits import Limits, LongWork, address_of
from decisionlog.web.problems import Problem
from decisionlog.web.writing import routes
from tests.web.running import raw, running
from tests.web.served import keyed, problem, recording, served

PROPOSAL = {"type": "proposal.submitted", "data": {"ref": "P-9"}}
HEADERS = ("x-content-type-options", "content-security-policy", "referrer-policy", "cross-origin-opener-policy")


@pytest.fixture
def client():
    with recording() as made:
        yield made


@pytest.mark.parametrize("address", ["/livez", "/v1/decisions", "/v1/nothing", "/v1/decisions?x=1", "/v1/openapi.json"])
def test_every_answer_tells_a_browser_to_do_nothing_with_it(client, address):
    answered = client.get(address)
    assert [name for name in HEADERS if name not in answered.headers] == []
    assert answered.headers["x-content-type-options"] == "nosniff"


def test_only_a_service_with_tls_asks_for_tls():
    with served(public_url="https://decisions.northmoor.example") as client:
        assert "max-age=31536000" in client.get("/livez").headers["strict-transport-security"]
    with served() as client:
        assert "strict-transport-security" not in client.get("/livez").headers


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "LOCALHOST:8000@evil.example", ""])
def test_a_request_for_another_host_is_sent_away(host):
    with served(hosts=frozenset({"localhost"})) as client:
        problem(client.get("/livez", headers={"Host": host}), 421, "misdirected")


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:8000", "localhost.", "[::1]:8000"])
def test_the_names_of_the_service_are_known_with_and_without_a_port(host):
    with served(hosts=frozenset({"localhost", "::1"})) as client:
        assert client.get("/livez", headers={"Host": host}).status_code == 200


def test_links_are_built_from_the_name_that_the_service_was_given():
    with recording(public_url="https://decisions.northmoor.example") as client:
        answered = client.post("/v1/facts", json={"facts": [PROPOSAL]}, headers=keyed(Host="evil.example"))
        assert answered.headers["location"] == "https://decisions.northmoor.example/v1/proposals/P-9"
        told = problem(client.get("/v1/x"), 404, "not-found")
        assert told["type"] == "https://decisions.northmoor.example/v1/problems#not-found"


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_nothing_is_changed_in_place(client, method):
    answered = client.request(method, "/v1/decisions/NLB~2f24-25~2f031")
    told = problem(answered, 405, "method-not-allowed")
    assert "The log is append-only: record a correction" in told["detail"]
    assert answered.headers["allow"] == "GET"


@pytest.mark.parametrize(
    ("method", "told"), [("POST", "Facts go to /v1/facts"), ("OPTIONS", "the header Allow names those that are")]
)
def test_whoever_uses_another_method_is_told_what_there_is(client, method, told):
    answered = client.request(method, "/v1/decisions")
    assert told in problem(answered, 405, "method-not-allowed")["detail"]
    assert answered.headers["allow"] == "GET"


@pytest.mark.parametrize(
    ("method", "says"),
    [
        ("GET", "Acts are recorded by POST; what sign-off takes"),
        ("HEAD", ""),
        ("DELETE", "append-only"),
        ("OPTIONS", ""),
    ],
)
def test_an_act_is_recorded_and_never_asked_for(client, method, says):
    answered = client.request(method, "/v1/acts/sign-off")
    assert answered.status_code == 405
    assert says in answered.text
    assert answered.headers["allow"] == "POST"


def test_the_acts_are_named_to_whoever_asks_for_one_that_there_is_not(client):
    told = problem(client.get("/v1/acts/deside"), 405, "method-not-allowed")["detail"]
    assert "the commands are: propose, revise" in told
    assert "deside" not in told


def test_where_facts_are_recorded_both_methods_are_named(client):
    answered = client.delete("/v1/facts")
    assert answered.status_code == 405
    assert "POST" in answered.headers["allow"]


def test_head_is_answered_as_get_without_the_body(client):
    got, headed = client.get("/v1/bodies?on=2025-03-31&known=@33"), client.head("/v1/bodies?on=2025-03-31&known=@33")
    assert (headed.status_code, headed.content) == (200, b"")
    assert headed.headers["etag"] == got.headers["etag"]
    assert headed.headers["content-length"] == got.headers["content-length"]


@pytest.mark.parametrize(("address", "code"), [("/v1/" + "x" * 2_000, 414), ("/v1/bodies?x=" + "y" * 8_200, 414)])
def test_an_address_that_is_too_long_is_refused(client, address, code):
    problem(client.get(address), code, "too-long")


@pytest.mark.parametrize(
    "path", ["/v1/decisions/../../etc/passwd", "/v1/decisions/%2e%2e/%2e%2e", "/v1/decisions/ICB%00"]
)
def test_a_path_leads_nowhere_but_to_what_is_recorded(client, path):
    problem(client.get(path), 404, "not-found")


@pytest.mark.parametrize(
    ("text", "status"),
    [("' OR 1=1 --", 200), ("%", 422), ("_", 422), ("*", 422), ('"a" NEAR(', 200), ("NOT", 200), ("x" * 8_000, 422)],
)
def test_a_search_is_for_the_literal_text(client, text, status):
    answered = client.get("/v1/search", params={"text": text})
    assert answered.status_code == status, answered.text
    assert all("not" in json.dumps(one).lower() for one in answered.json().get("items", []))


def test_reads_are_counted_by_address_and_writers_are_not_held_up_by_them():
    with recording(anonymous=READER, limits=Limits({"reads": "5 per minute"})) as client:
        answers = [client.get("/v1/bodies") for _ in range(7)]
        assert [one.status_code for one in answers] == [200] * 5 + [429] * 2
        problem(answers[-1], 429, "too-many")
        assert 0 < int(answers[-1].headers["retry-after"]) <= 60
        assert client.get("/livez").status_code == 200


def test_writes_are_counted_by_account():
    with recording(limits=Limits({"reads": "1 per minute", "writes": "2 per minute"})) as client:
        facts = [{"facts": [{**PROPOSAL, "data": {"ref": f"P-{n}"}}]} for n in range(3)]
        answers = [client.post("/v1/facts", json=one, headers=keyed()) for one in facts]
        assert [one.status_code for one in answers] == [201, 201, 429]
        assert problem(answers[2], 429, "too-many")["recorded"] is False
        assert client.get("/v1/bodies").status_code == 200


def test_what_a_stranger_says_of_whom_it_asks_for_is_ignored():
    with served(limits=Limits({"reads": "2 per minute"})) as client:
        answers = [client.get("/v1/bodies", headers={"X-Forwarded-For": f"192.0.2.{n}"}) for n in range(3)]
    assert [one.status_code for one in answers] == [200, 200, 429]


def test_what_a_trusted_proxy_says_of_whom_it_asks_for_is_believed():
    with served(limits=Limits({"reads": "1 per minute"}), proxies=frozenset({"testclient"})) as client:
        said = ["192.0.2.1", "192.0.2.2", "192.0.2.7, 192.0.2.2", "no address"]
        answers = [client.get("/v1/bodies", headers={"X-Forwarded-For": one}) for one in said]
    assert [one.status_code for one in answers] == [200, 200, 429, 200]


@pytest.mark.parametrize(
    ("host", "counted"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("unix", "unix"),
    ],
)
def test_a_household_is_counted_as_one(host, counted):
    assert address_of(host) == counted


def test_what_takes_long_is_done_for_a_few_at_once():
    work = LongWork(at_once=1, patience=0.01)
    with work.one(), pytest.raises(Problem, match="Send the request again") as refused, work.one():
        pass
    assert refused.value.code == "busy"
    with work.one():
        pass


@pytest.mark.parametrize(
    ("headers", "says"),
    [
        ({"Content-Type": "application/json", "Content-Encoding": "gzip"}, "compressed"),
        ({"Content-Type": "text/plain"}, "application/json"),
        ({"Content-Type": ""}, "application/json"),
        ({"Content-Type": "application/json", "Content-Encoding": "br"}, "compressed"),
    ],
)
def test_a_body_in_another_form_is_refused(client, headers, says):
    answered = client.post("/v1/facts", content=b"\x1f\x8b", headers=keyed(**headers))
    assert says in problem(answered, 415, "media-type")["detail"]


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b"\xff\xfe{}", "not UTF-8"),
        (b'{"facts": [], "facts": []}', "`facts` given twice"),
        (b'{"facts": [{"data": {"x": NaN}}]}', "NaN"),
        (b'{"facts": [{"data": {"x": 1e999}}]}', "1e999"),
        (b'{"facts": [{"data": {"x": ' + b"9" * 5_000 + b"}}]}", "a number of 5,000 digits"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"facts": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "nested too deeply"),
        (b'{"facts": [{"type": "proposal.submitted", "data": {"title": "\\ud800"}}]}', "half of a character"),
        (b'{"facts": [{"type": "proposal.submitted", "data": {"title": "a\\u0000b"}}]}', "a NUL character"),
        (b'{"facts": [{"type": "proposal.submitted", "apporved": 1}]}', "apporved"),
        (b'{"facts": [{"type": "decision.taken", "data": {"key": 1}}]}', "key"),
        (b'{"facts": [{"type": "decision.taken", "data": {"value": [{"money": {"amount": "5"}}]}}]}', "amount"),
        (b'{"facts": [{"type": "proposal.submitted", "recorded_at": "x", "hash": "y"}]}', "set by the log"),
        (b'{"facts": 5}', "`facts` must be a list"),
        (b'{"fact": []}', "Did you mean `facts`?"),
        (b'"x"', "is a text"),
        (b"", "is not JSON"),
        (b"{", "is not JSON"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_body_that_is_wrong_is_refused_and_not_sent_back(client, body, says):
    answered = client.post("/v1/facts", content=body, headers=keyed(**{"Content-Type": "application/json"}))
    told = problem(answered, 422, "bad-input")
    assert says in told["detail"]
    assert told["recorded"] is False
    assert len(answered.content) < 3_000


def test_a_large_title_is_refused_and_not_sent_back(client):
    facts = {"facts": [{"type": "proposal.submitted", "data": {"ref": "P-9", "title": "x" * 900_000}}]}
    answered = client.post("/v1/facts", json=facts, headers=keyed())
    assert "900,000 characters; the limit is" in problem(answered, 422, "bad-input")["detail"]
    assert len(answered.content) < 3_000


def test_a_body_that_is_too_large_is_refused_before_it_is_read():
    head = (
        b"POST /v1/facts HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nIdempotency-Key: k\r\n"
        b"Content-Length: 2147483648\r\n\r\n{"
    )
    with running() as port:
        began = time.monotonic()
        answered = raw(port, head)
        assert time.monotonic() - began < 5
    assert answered.startswith(b"HTTP/1.1 413")
    assert b'"recorded":false' in answered


def test_a_body_that_does_not_say_how_large_it_is_is_cut_off():
    head = (
        b"POST /v1/facts HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nIdempotency-Key: k\r\n"
        b"Transfer-Encoding: chunked\r\n\r\n"
    )
    chunk = b"40000\r\n" + b"x" * 0x40000 + b"\r\n"
    with running() as port:
        assert raw(port, head, *[chunk] * 8).startswith(b"HTTP/1.1 413")


def test_a_body_that_comes_too_slowly_is_given_up(monkeypatch):
    monkeypatch.setattr(routes, "SECONDS", 0.5)
    head = (
        b"POST /v1/facts HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nIdempotency-Key: k\r\n"
        b"Content-Length: 100\r\n\r\n"
    )
    with running() as port:
        answered = raw(port, head, *[b" "] * 8, pause=0.1)
    assert answered.startswith(b"HTTP/1.1 408")
    assert b"did not arrive within 0.5 seconds" in answered


def test_headers_that_never_end_are_given_up():
    with running(seconds=0.5) as port:
        began = time.monotonic()
        assert raw(port, b"GET /livez HTTP/1.1\r\nHost: localhost\r\nX-Slow: ", timeout=10) == b""
        assert time.monotonic() - began < 5


def test_headers_that_are_too_large_are_refused():
    with running() as port:
        head = b"GET /livez HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Large: "
        assert raw(port, head + b"y" * 40_000 + b"\r\n\r\n").startswith(b"HTTP/1.1 431")
        assert raw(port, head, *[b"y" * 40_000] * 4, pause=0.05).startswith(b"HTTP/1.1 400")


def test_a_request_without_a_host_is_refused():
    with running() as port:
        assert raw(port, b"GET /livez HTTP/1.1\r\n\r\n").startswith(b"HTTP/1.1 400")
        assert raw(port, b"GET /livez HTTP/1.0\r\n\r\n").startswith(b"HTTP/1.1 400")


@pytest.mark.parametrize(
    ("address", "networks", "is_trusted"),
    [("10.1.2.3", {"10.0.0.0/8"}, True), ("11.1.2.3", {"10.0.0.0/8"}, False), ("testclient", {"10.0.0.0/8"}, False)],
)
def test_a_proxy_may_be_anywhere_in_a_network_that_is_trusted(address, networks, is_trusted):
    assert Door(None, proxies=networks)._is_trusted(address) is is_trusted
