"""The service as it runs: a server of its own on a free port, and raw requests to it."""

from __future__ import annotations

import socket
import time
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

from decisionlog.web.application import application
from decisionlog.web.callers import Caller, Scope
from decisionlog.web.logs import Logs
from decisionlog.web.service import Service
from decisionlog.web.serving import server
from tests.cli.running import northmoor

CLERK = Caller("clerk-2", frozenset(Scope))


@contextmanager
def running(path: str | Path | None = None, *, seconds: float = 15.0, **told):
    """The port of a server over a log; that of Northmoor, where none is given."""
    logs = Logs(Path(path or northmoor()).resolve())
    told = {"writes": True, "anonymous": CLERK, **told}
    made = server(application(Service(logs, **told)), seconds=seconds)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = Thread(target=made.run, args=([listening],))
        thread.start()
        try:
            until = time.monotonic() + 30
            while not made.started:
                assert time.monotonic() < until, "the server did not start"
                time.sleep(0.01)
            yield listening.getsockname()[1]
        finally:
            made.should_exit = True
            thread.join(30)
            assert not thread.is_alive()


def raw(port: int, *pieces: bytes, pause: float = 0.0, timeout: float = 20.0) -> bytes:
    """What comes back when these bytes are sent, with a pause after each, until the server closes or falls silent."""
    with socket.create_connection(("127.0.0.1", port), timeout=timeout) as connection:
        for piece in pieces:
            try:
                connection.sendall(piece)
            except OSError:  # it has answered and closed
                break
            time.sleep(pause)
        found = b""
        try:
            while more := connection.recv(65_536):
                found += more
        except OSError:
            pass
        return found
