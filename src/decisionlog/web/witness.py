"""The service of a witness (C2SP tlog-witness): POST add-checkpoint, and nothing else. The only place with its HTTP statuses."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from typing import Final

import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from decisionlog.audit.witnessing import Cosigned, Refused, Why
from decisionlog.domain.refusals import DecisionlogError
from decisionlog.web.patience import impatient

MOST_BYTES: Final = 128 * 1024
"""Of a request: 63 hashes and sixteen signatures of the largest kind, and room."""
SECONDS: Final = 15
"""How long a request may take to arrive, from the connection to its last byte."""
_MOST_AT_ONCE: Final = 64
_MOST_OF_A_HEADER: Final = 16 * 1024
_SIZE_TYPE: Final = "text/x.tlog.size"
_STATUS: Final = {
    Why.MALFORMED: 400,
    Why.UNKNOWN_LOG: 404,
    Why.NOT_SIGNED: 403,
    Why.OLD_SIZE_TOO_LARGE: 400,
    Why.ANOTHER_SIZE: 409,
    Why.ANOTHER_ROOT: 409,
    Why.NOT_CONTINUED: 422,
}

Answer = Callable[[bytes], Cosigned | Refused]


def application(answer: Answer, *, seconds: float = SECONDS) -> Starlette:
    """The service. `answer` is called in a thread of its own, and has remembered what it answers when it returns."""

    async def add_checkpoint(request: Request) -> Response:
        if request.headers.get("content-encoding", "identity") != "identity":
            return _said(415, "compressed requests are not taken")
        try:
            body = await asyncio.wait_for(_body(request), seconds)
        except TimeoutError:
            return _said(408, f"the request did not arrive within {seconds:g} seconds")
        if body is None:
            return _said(413, f"a request has at most {MOST_BYTES:,} bytes")
        try:
            found = await run_in_threadpool(answer, body)
        except DecisionlogError:
            return _said(503, "this witness cannot remember anything now, so it does not cosign", {"Retry-After": "60"})
        return _response(found)

    return Starlette(routes=[Route("/add-checkpoint", add_checkpoint, methods=["POST"])])


async def _body(request: Request) -> bytes | None:
    """The whole body; none, where it is too long."""
    found = b""
    try:
        async for piece in request.stream():
            found += piece
            if len(found) > MOST_BYTES:
                return None
    except ClientDisconnect:
        return b""
    return found


def _response(found: Cosigned | Refused) -> Response:
    match found:
        case Cosigned(line=line):
            return Response(line, 200, {"Content-Type": "text/plain; charset=utf-8"})
        case Refused(why=Why.ANOTHER_SIZE | Why.ANOTHER_ROOT):
            return Response(f"{found.size}\n", 409, {"Content-Type": _SIZE_TYPE})
        case Refused(why=why, reason=reason):
            return _said(_STATUS[why], reason)


def _said(status: int, sentence: str, headers: dict[str, str] | None = None) -> Response:
    headers = {"Content-Type": "text/plain; charset=utf-8", **(headers or {})}
    return Response(f"{sentence}\n", status, headers)


def serve(app: Starlette, listening: socket.socket, *, seconds: float = SECONDS) -> None:
    """Answer on a socket until the process is told to end."""
    config = uvicorn.Config(
        app,
        http=impatient(seconds),
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        limit_concurrency=_MOST_AT_ONCE,
        timeout_keep_alive=5,
        timeout_graceful_shutdown=int(seconds),
        h11_max_incomplete_event_size=_MOST_OF_A_HEADER,
    )
    uvicorn.Server(config).run([listening])
