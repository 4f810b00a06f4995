"""Asking witnesses: one that is down, slow, endless, elsewhere or odd costs its time and no more."""

from __future__ import annotations

import time

import pytest

from decisionlog.audit.replies import Reply
from decisionlog.web.asking import Question, Unreachable, ask
from tests.web.witnesses import answering, refusing_connections, says


def one(url: str, seconds: float = 2) -> Reply | Unreachable:
    (answer,) = ask([Question(url, b"old 0\n\n")], seconds)
    return answer


def test_the_answer_comes_with_its_status():
    for status, body in ((200, b"line\n"), (409, b"5\n"), (404, b"no\n"), (500, b"")):
        with answering(says(status, body)) as url:
            assert one(url) == one(f"{url}/") == Reply(status, body)


def test_the_body_is_posted_to_add_checkpoint_under_the_prefix():
    asked = []

    def respond(handler, body):
        asked.append((handler.command, handler.path, body, handler.headers["Content-Length"]))
        says(200, b"")(handler, body)

    with answering(respond) as url:
        one(f"{url}/some/prefix/")
    assert asked == [("POST", "/some/prefix/add-checkpoint", b"old 0\n\n", "7")]


def test_one_that_is_down_is_told():
    answer = one(refusing_connections())
    assert isinstance(answer, Unreachable)
    assert answer.reason.startswith("it cannot be reached (")


def test_one_that_is_slow_is_given_up():
    with answering(lambda *_: time.sleep(3)) as url:
        began = time.monotonic()
        assert one(url, 0.4) == Unreachable("it took longer than 0.4 seconds")
    assert time.monotonic() - began < 3


def test_one_that_says_a_little_now_and_then_is_given_up_too():
    def respond(handler, _):
        handler.send_response(200)
        handler.send_header("Content-Length", "100")
        handler.end_headers()
        for _ in range(20):
            handler.wfile.write(b"x")
            time.sleep(0.1)

    with answering(respond) as url:
        assert one(url, 0.5) == Unreachable("it took longer than 0.5 seconds")


def test_headers_that_never_end_are_given_up():
    def respond(handler, _):
        for _ in range(20):
            handler.wfile.write(b"H")
            time.sleep(0.1)

    with answering(respond) as url:
        assert one(url, 0.5) == Unreachable("it took longer than 0.5 seconds")


def test_an_answer_that_never_ends_is_cut():
    with answering(says(200, b"x" * 100_000)) as url:
        assert one(url) == Unreachable("it answered with more than 65,536 bytes")


def test_nobody_is_sent_elsewhere():
    elsewhere = []
    with answering(lambda handler, body: elsewhere.append(body) or says(200, b"")(handler, body)) as other:
        for status in (301, 302, 307, 308):
            with answering(says(status, b"", Location=f"{other}/add-checkpoint")) as url:
                assert one(url) == Reply(status, b"")
    assert elsewhere == []


def test_slow_ones_do_not_keep_the_others_waiting():
    with answering(lambda *_: time.sleep(2)) as slow, answering(says(200, b"line\n")) as quick:
        questions = [Question(url, b"") for url in (slow, quick, slow, quick, slow)]
        began = time.monotonic()
        answers = ask(questions, 0.6)
        assert time.monotonic() - began < 1.8
    assert [isinstance(answer, Reply) for answer in answers] == [False, True, False, True, False]


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("ftp://127.0.0.1", "its address must begin with https:// or http://"),
        ("file:///etc/passwd", "its address must begin with https:// or http://"),
        ("witness", "its address must begin with https:// or http://"),
        ("http://[::1", "it cannot be reached ("),
        ("http://127.0.0.1:99999", "it cannot be reached ("),
        ("http://", "its address must begin with https:// or http://"),
        ("http://\udc80", "it cannot be reached ("),
        ("http://" + "a" * 300, "it cannot be reached ("),
    ],
)
def test_an_address_that_is_none_is_told(url, reason):
    answer = one(url)
    assert isinstance(answer, Unreachable)
    assert answer.reason.startswith(reason)


def test_what_is_not_http_is_told():
    with answering(lambda handler, _: handler.wfile.write(b"\x00\x01nonsense\r\n\r\n")) as url:
        answer = one(url)
    assert isinstance(answer, Unreachable)


def test_nobody_asked_is_nobody_waited_for():
    assert ask([]) == []
