"""What is noted of every request: its id, which answers it too, the route, the status, and how long it took."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING, Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from decisionlog.web.journal import place_of

if TYPE_CHECKING:
    from decisionlog.web.journal import Journal
    from decisionlog.web.metrics import Metrics

HEADER: Final = b"x-request-id"
_METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class Observed:
    """Around everything: notes each request when its answer is whole, or when nobody waits for it any longer."""

    def __init__(self, app: ASGIApp, journal: Journal | None = None, metrics: Metrics | None = None) -> None:
        self._app = app
        self._journal = journal
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began, name = time.perf_counter(), os.urandom(8).hex()
        state = scope.setdefault("state", {})
        status: int | str = "none"

        async def leaving(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                state["streams"] = any(value.startswith(b"text/event-stream") for _, value in message["headers"])
                message = {**message, "headers": [*message["headers"], (HEADER, name.encode())]}
            await send(message)

        try:
            await self._app(scope, receive, leaving)
        finally:
            self._note(scope["method"], state, status, name, time.perf_counter() - began)

    def _note(self, method: str, state: dict[str, object], status: int | str, name: str, seconds: float) -> None:
        method = method if method in _METHODS else "other"
        route = str(state.get("route") or "none")
        if self._metrics:
            self._metrics.count(method, route, str(status), None if state.get("streams") else seconds)
        if self._journal:
            fault = state.get("fault")
            more = {"fault": type(fault).__name__, "where": place_of(fault)} if isinstance(fault, Exception) else {}
            self._journal.write(
                "request",
                request=name,
                method=method,
                route=route,
                status=status,
                milliseconds=round(seconds * 1000),
                account=state.get("account"),
                reason=state.get("reason"),
                **more,
            )


class RouteNoted:
    """Inside the door: notes by which route a request was answered, and which fault stopped it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        try:
            await self._app(scope, receive, send)
        except Exception as fault:
            scope.get("state", {})["fault"] = fault
            raise
        finally:
            route = scope.get("route")
            if route is not None and scope["type"] == "http":
                scope["state"]["route"] = getattr(route, "path", None)
