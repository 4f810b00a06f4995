"""The application on a socket, until the process is told to end."""

from __future__ import annotations

import asyncio
import socket
from typing import Final

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

MOST_OF_A_HEADER: Final = 32 * 1024
SECONDS: Final = 15.0
"""How long the headers of a request may take to arrive."""
_SECONDS_TO_END: Final = 20


def server(app: ASGIApp, *, seconds: float = SECONDS) -> uvicorn.Server:
    """The server of an application; what runs when it is told to end is finished first."""

    class Impatient(H11Protocol):
        """A connection on which no request has begun after a while is closed: its headers never end."""

        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as uvicorn has it
            super().connection_made(transport)
            self.loop.call_later(seconds, lambda: self.cycle is None and transport.close())

    config = uvicorn.Config(
        app,
        http=Impatient,
        ws="none",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        timeout_keep_alive=int(seconds),
        timeout_graceful_shutdown=_SECONDS_TO_END,
        h11_max_incomplete_event_size=MOST_OF_A_HEADER,
    )
    return uvicorn.Server(config)


def serve(app: ASGIApp, listening: socket.socket) -> None:
    """Answer on a socket."""
    server(app).run([listening])
