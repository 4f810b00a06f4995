"""Witnesses that answer over HTTP on this machine: real ones, and ones that answer whatever they are told to."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import uvicorn

from decisionlog.web import witness as service


@contextmanager
def answering(respond) -> Iterator[str]:
    """A server that gives each request to `respond(handler, body)`; its address."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            respond(self, body)

        def log_message(self, *_):
            """Nothing is printed."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def says(status: int, body: bytes, **headers: str):
    """What answers every request so."""

    def respond(handler, _):
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return respond


@contextmanager
def serving(app, seconds: float = 15) -> Iterator[tuple[str, int]]:
    """The real service on a free port, in a thread; its address."""
    listening = socket.create_server(("127.0.0.1", 0))
    servers = []

    class Kept(uvicorn.Server):
        def __init__(self, config):
            super().__init__(config)
            servers.append(self)

        @contextmanager
        def capture_signals(self):  # only the main thread may
            yield

    usual, uvicorn.Server = uvicorn.Server, Kept
    thread = threading.Thread(target=service.serve, args=(app, listening), kwargs={"seconds": seconds}, daemon=True)
    try:
        thread.start()
        yield listening.getsockname()
    finally:
        for server in servers:
            server.should_exit = True
        thread.join(20)
        uvicorn.Server = usual
        listening.close()


def refusing_connections() -> str:
    """An address at which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return f"http://127.0.0.1:{taken.getsockname()[1]}"
