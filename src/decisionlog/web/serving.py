"""The application on a socket, until the process is told to end."""

from __future__ import annotations

import socket
from typing import Final

import uvicorn
from fastapi import FastAPI

MOST_OF_A_HEADER: Final = 32 * 1024
_SECONDS_TO_END: Final = 20


def serve(app: FastAPI, listening: socket.socket) -> None:
    """Answer on a socket. What runs when the process is told to end is finished first."""
    config = uvicorn.Config(
        app,
        http="h11",
        ws="none",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        timeout_keep_alive=15,
        timeout_graceful_shutdown=_SECONDS_TO_END,
        h11_max_incomplete_event_size=MOST_OF_A_HEADER,
    )
    uvicorn.Server(config).run([listening])
