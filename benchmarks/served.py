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

from decisionlog.cli.listening import listening_on
from decisionlog.web.application import application
from decisionlog.web.logs import Logs
from decisionlog.web.service import Service
from decisionlog.web.serving import serve

_ROOT = Path(__file__).parent.parent


@contextmanager
def serving(path: Path) -> Iterator[HTTPConnection]:
    """A connection to a server over a log, which stays open; the server ends afterwards."""
    command = [sys.executable, "-m", "benchmarks.served", str(path.resolve())]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=_ROOT) as server:
        try:
            assert server.stdout
            port = int(server.stdout.readline())
            with closing(HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
                yield connection
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
    app = application(Service(Logs(Path(sys.argv[1]))))
    app.add_api_route("/constant/{size}", constant, methods=["GET"], response_class=Response, response_model=None)
    with listening_on("127.0.0.1", 0) as listening:
        print(listening.getsockname()[1], flush=True)
        serve(app, listening)


if __name__ == "__main__":
    main()
