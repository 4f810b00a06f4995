"""The application on a socket, until the process is told to end."""

from __future__ import annotations

import signal
import socket
from collections.abc import Callable
from typing import Final

import uvicorn
from fastapi import FastAPI

from decisionlog.web.patience import impatient

MOST_OF_A_HEADER: Final = 32 * 1024
SECONDS: Final = 15.0
"""How long the headers of a request may take to arrive."""
_SECONDS_TO_END: Final = 20


class _Server(uvicorn.Server):
    """A server that tells those who wait for more that it ends: it waits until every answer is whole."""

    def __init__(self, config: uvicorn.Config, ending: Callable[[], None]) -> None:
        super().__init__(config)
        self._ending = ending

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End: take nothing new, finish what runs, for a while."""
        self._ending()
        await super().shutdown(sockets)


def server(app: FastAPI, *, seconds: float = SECONDS) -> uvicorn.Server:
    """The server of an application; what runs when it is told to end is finished first."""
    config = uvicorn.Config(
        app,
        http=impatient(seconds),
        ws="none",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        timeout_keep_alive=int(seconds),
        timeout_graceful_shutdown=_SECONDS_TO_END,
        h11_max_incomplete_event_size=MOST_OF_A_HEADER,
    )
    return _Server(config, app.state.hearing.end)


def serve(app: FastAPI, listening: socket.socket) -> None:
    """Answer on a socket, until the process is interrupted (raises `KeyboardInterrupt`) or told to end (returns)."""
    before = signal.signal(
        signal.SIGTERM, lambda *_: None
    )  # the server has its own while it runs, and then raises it again
    try:
        server(app).run([listening])
    finally:
        signal.signal(signal.SIGTERM, before)
