"""The HTTP interface over a log in a process of its own, with one more route that answers a constant."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

from decisionlog.addresses import place_of
from decisionlog.cli.listening import listening_on
from decisionlog.web.application import application
from decisionlog.web.callers import Caller, Scope
from decisionlog.web.logs import Logs
from decisionlog.web.service import Service
from decisionlog.web.serving import serve

_ROOT = Path(__file__).parent.parent


_RECORDS = "--record"
_CLERK = Caller("clerk-1", frozenset(Scope))


@contextmanager
def serving(path: Path) -> Iterator[HTTPConnection]:
    """A connection to a server over a log, which stays open; the server ends afterwards."""
    with listening(str(path.resolve())) as port, closing(HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
        yield connection


@contextmanager
def listening(place: str, *, records: bool = False) -> Iterator[int]:
    """The port of a server over a log, which records for whoever asks where that is wanted; it ends afterwards."""
    command = [sys.executable, "-m", "benchmarks.served", place, *([_RECORDS] if records else [])]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=_ROOT) as server:
        try:
            assert server.stdout
            yield int(server.stdout.readline())
        finally:
            server.terminate()


def got(connection: HTTPConnection, address: str) -> bytes:
    """What is answered at an address."""
    connection.request("GET", address)
    response = connection.getresponse()
    body = response.read()
    assert response.status == 200, (address, response.status, body[:200])
    return body


def constant(request: Request) -> Response:
    """So many bytes, made without looking at the log."""
    return Response(b"x" * int(request.path_params["size"]), 200, {"ETag": '"constant"'}, "application/json")


def main() -> None:
    """Serve the log that the command line names on any port, and print which."""
    place, records = sys.argv[1], _RECORDS in sys.argv
    who = {"writes": True, "anonymous": _CLERK} if records else {}
    app = application(Service(Logs(place_of(place)), **who))
    app.add_api_route("/constant/{size}", constant, methods=["GET"], response_class=Response, response_model=None)
    with listening_on("127.0.0.1", 0) as listens:
        print(listens.getsockname()[1], flush=True)
        serve(app, listens)


if __name__ == "__main__":
    main()
