"""What every request passes first and every answer last: whom it is for, how long its address is, what a browser may do."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Collection
from typing import Any, Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from decisionlog.web.problems import Problem, answered

LONGEST_PATH: Final = 2_000
"""Bytes."""
LONGEST_QUERY: Final = 8_192
"""Bytes."""
LARGEST_HEADERS: Final = 32 * 1024
"""Bytes of all of them."""
_HOST: Final = re.compile(r"(?:\[([0-9a-f:.]+)\]|([a-z0-9._-]+))(?::[0-9]{1,5})?")
HEADERS: Final = (
    (b"x-content-type-options", b"nosniff"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
)
"""What every answer tells a browser that does not say otherwise itself."""
_SECURELY: Final = (b"strict-transport-security", b"max-age=31536000; includeSubDomains")


class Door:
    """Around the application: refuses what is not for it, and lets nothing out that only a browser would misuse."""

    def __init__(
        self, app: ASGIApp, hosts: Collection[str] = (), proxies: Collection[str] = (), public_url: str = ""
    ) -> None:
        self._app = app
        self._hosts = frozenset(hosts)
        self._proxies = frozenset(proxies)
        self._networks = [ipaddress.ip_network(one) for one in self._proxies if "/" in one]
        self._base = public_url
        self._headers = [*HEADERS, *([_SECURELY] if public_url.startswith("https://") else [])]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        leaving = _Leaving(send, self._headers, is_head=scope["method"] == "HEAD")
        if problem := self._refused(scope):
            await answered(problem, self._base)(scope, receive, leaving)
            return
        scope = {**scope, "client": self._client(scope)}
        if scope["method"] == "HEAD":
            scope["method"] = "GET"
        try:
            await self._app(scope, receive, leaving)
        except Exception:  # noqa: BLE001 - it is noted already; what it says may hold words that nobody should read
            if not leaving.begun:
                await answered(_unexpected(), self._base)(scope, receive, leaving)

    def _refused(self, scope: Scope) -> Problem | None:
        if len(scope.get("raw_path") or b"") > LONGEST_PATH:
            return Problem("too-long", f"The path is longer than {LONGEST_PATH:,} bytes.")
        if len(scope["query_string"]) > LONGEST_QUERY:
            return Problem("too-long", f"The query is longer than {LONGEST_QUERY:,} bytes.")
        if sum(len(name) + len(value) for name, value in scope["headers"]) > LARGEST_HEADERS:
            return Problem("headers-too-large", f"The headers have more than {LARGEST_HEADERS:,} bytes.")
        named = [value for name, value in scope["headers"] if name == b"host"]
        if len(named) != 1:
            return Problem("bad-request", "The request must name its Host, once.")
        if self._hosts and _name(named[0]) not in self._hosts:
            return Problem("misdirected", "This service is not called so; it answers to the names that it was given.")
        return None

    def _client(self, scope: Scope) -> Any:
        """Who is at the other end: what a proxy says of it, where that proxy is trusted, and nobody else."""
        client = scope.get("client")
        if not client or not self._is_trusted(client[0]):
            return client
        said = [value for name, value in scope["headers"] if name == b"x-forwarded-for"]
        last = said[-1].rpartition(b",")[2].strip().decode("latin-1") if said else ""
        try:
            return (str(ipaddress.ip_address(last)), 0)
        except ValueError:
            return client

    def _is_trusted(self, address: str) -> bool:
        if address in self._proxies:
            return True
        try:
            return bool(self._networks) and any(ipaddress.ip_address(address) in one for one in self._networks)
        except ValueError:
            return False


class _Leaving:
    """An answer on its way out, with the headers that every one has; one to HEAD without its body."""

    def __init__(self, send: Send, headers: list[tuple[bytes, bytes]], *, is_head: bool) -> None:
        self._send = send
        self._headers = headers
        self._is_head = is_head
        self.begun = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.begun = True
            own = {name.lower() for name, _ in message["headers"]}
            ours = [header for header in self._headers if header[0] not in own]
            message = {**message, "headers": [*message["headers"], *ours]}
        elif message["type"] == "http.response.body" and self._is_head:
            message = {**message, "body": b""}
        await self._send(message)


def _name(host: bytes) -> str:
    """The name in a Host header, without its port; empty where it is none."""
    text = host.decode("latin-1").strip().lower()
    found = _HOST.fullmatch(text)
    return (found[1] or found[2]).removesuffix(".") if found else ""


def _unexpected() -> Problem:
    detail = "A fault of the service stopped this request; tell the keeper of this log."
    return Problem("unexpected", detail, recorded=None)
