"""Answers as responses: the bytes of the command line's JSON, with a tag that changes when they do, kept while they hold.

An answer depends on nothing but the facts, the question and the moment. One about a point that the question names
in full (`on` and `known`) is kept until somebody records; one about now is kept for a second, and says of which moment
it is.
"""

from __future__ import annotations

import hashlib
import time
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from starlette.requests import Request
from starlette.responses import Response

from decisionlog.render.as_json import document

if TYPE_CHECKING:
    from decisionlog.bootstrap import OpenLog

JSON: Final = "application/json"
_MOST_BYTES: Final = 32 * 1024 * 1024
SECONDS: Final = 1.0
"""How long an answer about now is given again, while nobody records."""


_TURNS: Final = 64
"""How many different answers are made at once at most; by chance two may share a turn."""
_Key = tuple[str, bytes, str]
"""The path, the query, and the log or the view of it that was asked."""


class Made(NamedTuple):
    """A new answer, and the version of the thing that it is about, where it has one."""

    body: bytes
    version: int | None = None


class _Kept(NamedTuple):
    body: bytes
    tag: str
    size: int
    """How many facts the log had."""
    until: float


class Answers:
    """The last answers, the oldest forgotten first."""

    def __init__(self, *, most: int = _MOST_BYTES, clock: Callable[[], float] = time.monotonic) -> None:
        self._kept: OrderedDict[_Key, _Kept] = OrderedDict()
        self._bytes = 0
        self._most = most
        self._clock = clock
        self._lock = Lock()
        self._making = [Lock() for _ in range(_TURNS)]

    def of(
        self,
        request: Request,
        found: OpenLog,
        make: Callable[[], Made],
        media_type: str = JSON,
        *,
        seconds: float = SECONDS,
    ) -> Response:
        """The answer to a request from a log: the last one, where it still holds, else a new one.

        One about now holds for so many `seconds`, while nobody records.
        """
        query: bytes = request.scope["query_string"]
        key = (request.scope["path"], query, found.log.recorder.place)
        size = found.log.size()
        kept = self._still(key, size) or self._made(key, size, query, make, seconds)
        return response(request, kept.body, kept.tag, media_type)

    def _made(self, key: _Key, size: int, query: bytes, make: Callable[[], Made], seconds: float) -> _Kept:
        """A new answer; of those who ask the same at once, one has it made."""
        with self._making[hash(key) % _TURNS]:
            if kept := self._still(key, size):
                return kept
            body, version = make()
            settled = b"on=" in query and b"known=" in query
            until = float("inf") if settled else self._clock() + seconds
            kept = _Kept(body, tag_of(body, version), size, until)
            self._keep(key, kept)
            return kept

    def _still(self, key: _Key, size: int) -> _Kept | None:
        with self._lock:
            kept = self._kept.get(key)
            if kept is None or kept.size != size or kept.until < self._clock():
                return None
            self._kept.move_to_end(key)
            return kept

    def _keep(self, key: _Key, kept: _Kept) -> None:
        with self._lock:
            if before := self._kept.pop(key, None):
                self._bytes -= len(before.body)
            self._kept[key] = kept
            self._bytes += len(kept.body)
            while self._bytes > self._most:
                self._bytes -= len(self._kept.popitem(last=False)[1].body)


def written(answer: Any) -> bytes:
    """An answer as the command line prints it with `--format json`; a document that is written already, as it is."""
    return answer if isinstance(answer, bytes) else document(answer)


def tag_of(body: bytes, version: int | None = None) -> str:
    """A tag that changes when the bytes do; it begins with the version, where there is one."""
    digest = hashlib.sha256(body).hexdigest()[:24]
    return f'"{digest}"' if version is None else f'"{version}-{digest}"'


def response(request: Request, body: bytes, tag: str, media_type: str = JSON) -> Response:
    """The bytes, or 304 where the caller has them already."""
    headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
    if is_among(tag, request.headers.get("if-none-match", "")):
        return Response(b"", 304, headers)
    return Response(body, 200, headers, media_type)


def is_among(tag: str, condition: str) -> bool:
    """Whether a tag is one of those that a header names."""
    named = {one.strip().removeprefix("W/") for one in condition.split(",")}
    return tag in named or "*" in named
