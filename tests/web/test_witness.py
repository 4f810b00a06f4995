"""The service of a witness: the answers of tlog-witness, and limits for whoever sends too much or too slowly."""

from __future__ import annotations

import socket
import time

import httpx2
import pytest

from decisionlog.audit.keys import new_signer, written
from decisionlog.audit.verify import cosigned_at, read_checkpoint
from decisionlog.audit.witness import Witness
from decisionlog.domain.refusals import Unusable
from decisionlog.store.witness_folder import WitnessFolder
from decisionlog.web.witness import MOST_BYTES, application
from tests.audit.signing import ICB, LOG, MORNING, ORIGIN, SmallLog
from tests.web.witnesses import serving


@pytest.fixture
def witness(tmp_path):
    found = Witness(WitnessFolder.made(tmp_path / "icb", written(ICB)))
    found.look_after([LOG.key])
    return found


@pytest.fixture
def post(witness):
    with serving(application(lambda body: witness.add_checkpoint(body, MORNING))) as (host, port):

        def posted(body, path="/add-checkpoint", method="POST", **headers):
            return httpx2.request(method, f"http://{host}:{port}{path}", content=body, headers=headers)

        yield posted


def test_what_continues_is_answered_with_the_cosignature(post):
    log = SmallLog(9)
    for old, size in ((0, 5), (5, 9)):
        answer = post(log.request(old, size))
        assert answer.status_code == 200
        note = read_checkpoint(log.checkpoint(size) + answer.content).note
        assert cosigned_at(note, ICB.key) == MORNING


def test_the_refusals_are_those_of_the_specification(post):
    log, other = SmallLog(9), new_signer("other.example/log")
    assert post(log.request(0, 5)).status_code == 200
    assert post(b"nothing").status_code == 400
    assert post(SmallLog(5, signer=other).request(5)).status_code == 404
    assert post(SmallLog(9, signer=new_signer(ORIGIN)).request(5)).status_code == 403
    assert post(log.request(5, 5).replace(b"old 5\n", b"old 6\n")).status_code == 400
    assert post(SmallLog(9, "forged", shared=3).request(5)).status_code == 422


@pytest.mark.parametrize(
    "body",
    [SmallLog(9).request(3), SmallLog(5, "forged", shared=3).request(5), SmallLog(9).request(3, 4)],
    ids=["another size", "another root", "rolled back"],
)
def test_a_conflict_is_answered_with_the_size_and_its_type(post, body):
    assert post(SmallLog(5).request()).status_code == 200
    answer = post(body)
    assert (answer.status_code, answer.content) == (409, b"5\n")
    assert answer.headers["content-type"] == "text/x.tlog.size"


def test_nothing_else_is_answered(post):
    assert post(b"", "/").status_code == 404
    assert post(b"", "/add-checkpoint/../x").status_code == 404
    assert post(b"", method="GET").status_code == 405
    assert post(b"", method="DELETE").status_code == 405
    assert "server" not in post(b"").headers


def test_what_is_compressed_is_not_taken(post):
    assert post(SmallLog(5).request(), **{"Content-Encoding": "gzip"}).status_code == 415


def test_what_is_too_long_is_not_read(post):
    assert post(b"x" * MOST_BYTES).status_code == 400
    assert post(b"x" * (MOST_BYTES + 1)).status_code == 413
    assert post(b"x" * 1024 for _ in range(129)).status_code == 413


def test_the_longest_request_of_the_specification_is_taken(post):
    """63 hashes, and sixteen signatures of a key with long ones."""
    lines = b"old 5\n" + b"PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=\n" * 63 + b"\n" + SmallLog(9).checkpoint()
    lines += b"".join("— other.example/w AAAA".encode() + b"A" * 3200 + b"\n" for _ in range(15))
    assert post(SmallLog(5).request()).status_code == 200
    assert post(lines).status_code == 422


def test_a_witness_that_cannot_remember_does_not_cosign(tmp_path):
    def fails(_):
        raise Unusable("the disk is full")

    with serving(application(fails)) as (host, port):
        answer = httpx2.post(f"http://{host}:{port}/add-checkpoint", content=SmallLog(5).request())
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "60")
    assert "— ".encode() not in answer.content


def test_a_body_that_never_ends_is_given_up(witness):
    with (
        serving(application(lambda body: witness.add_checkpoint(body, MORNING), seconds=0.3)) as address,
        socket.create_connection(address) as slow,
    ):
        slow.sendall(b"POST /add-checkpoint HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nold")
        slow.settimeout(10)
        assert slow.recv(1000).startswith(b"HTTP/1.1 408")


def test_headers_that_never_end_are_given_up(witness):
    with (
        serving(application(lambda body: witness.add_checkpoint(body, MORNING)), seconds=0.5) as address,
        socket.create_connection(address) as slow,
    ):
        slow.settimeout(10)
        began = time.monotonic()
        slow.sendall(b"POST /add-checkpoint HTTP/1.1\r\nHost: a\r\n")
        assert slow.recv(1000) == b""
        assert time.monotonic() - began < 5


def test_a_connection_is_kept_for_the_next_request(witness):
    log = SmallLog(9)
    with serving(application(lambda body: witness.add_checkpoint(body, MORNING)), seconds=0.5) as (host, port):
        with httpx2.Client() as client:
            url = f"http://{host}:{port}/add-checkpoint"
            places = []
            for old, size in ((0, 5), (5, 9)):
                answer = client.post(url, content=log.request(old, size))
                assert answer.status_code == 200
                places.append(answer.extensions["network_stream"].get_extra_info("client_addr"))
                time.sleep(0.8)
        assert places[0] == places[1]
