"""The feed: every fact from a position on, as it is recorded; by asking again, by waiting, or as one stream.

A cursor is a position. What stands at a position never changes, so a reader that keeps the last position it has dealt
with misses nothing, wherever it is stopped, and knows a repeat by its position.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from fastapi import APIRouter
from msgspec import Struct
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Send
from starlette.types import Scope as AsgiScope

from decisionlog.domain.answers.standing import Entry
from decisionlog.domain.refusals import DecisionlogError
from decisionlog.questions.entries import entries
from decisionlog.render import events
from decisionlog.render.as_json import dumped, feed_page, log_line
from decisionlog.web.answers import JSON, response, tag_of
from decisionlog.web.callers import Caller, Scope, allowed, caller
from decisionlog.web.describing import EVERYWHERE, problems
from decisionlog.web.problems import Problem, document, problem_of
from decisionlog.web.reading.parameters import Parameter, read

if TYPE_CHECKING:
    from decisionlog.bootstrap import OpenLog
    from decisionlog.web.hearing import Hearing
    from decisionlog.web.service import Service

PATH: Final = "/v1/facts"
STREAM: Final = "text/event-stream"
MOST_STREAMS: Final = 64
"""Streams that are open at once; whoever comes later asks with `wait` instead."""
_USUAL: Final = 500
_MOST: Final = 5_000
_LONGEST_WAIT: Final = 60
_AT_ONCE: Final = 200
"""Facts of a stream that are read at once."""
HEARTBEAT: Final = 15.0
"""Seconds of silence after which a stream says that it is still there: what lies between closes silent connections."""
_AGAIN: Final = "Begin again with after=0, or go on after the last position that you kept."
_TAKES: Final = (
    Parameter(
        "after", "The last position that the caller has dealt with; 0 begins at the beginning.", "count", usual=0
    ),
    Parameter("limit", "At most so many facts.", "count", usual=_USUAL, least=1, most=_MOST),
    Parameter("wait", "Where there is nothing new, wait so many seconds for it.", "count", usual=0, most=_LONGEST_WAIT),
    Parameter(
        "root",
        "The `root` of the page that ended at `after`: the answer is 410 where this log is not the one that was read.",
    ),
)


class Page(Struct, frozen=True):
    """Facts that follow each other, and where they end."""

    origin: str
    after: int
    root: str
    """Of the tree up to where the page ends."""
    items: tuple[Entry, ...]

    @property
    def until(self) -> int:
        """The last position of the page; that after which it was asked for, where it is empty."""
        return self.after + len(self.items)


class Streams:
    """How many streams are open."""

    def __init__(self) -> None:
        self.open = 0

    def take(self) -> None:
        """Open one more. Raises `Problem` where there are as many as may be."""
        if self.open >= MOST_STREAMS:
            detail = (
                f"{MOST_STREAMS} streams are open, which is the most. Ask with ?wait=20 instead, or come again later."
            )
            raise Problem("busy", detail, headers={"Retry-After": "30"})
        self.open += 1

    def leave(self) -> None:
        """One was closed."""
        self.open -= 1


def router() -> APIRouter:
    """GET /v1/facts."""
    routes = APIRouter(tags=["Log"])
    routes.add_api_route(
        PATH,
        feed,
        methods=["GET"],
        operation_id="feed",
        summary="The facts after a position, now and as they come.",
        response_class=Response,
        response_model=None,
        openapi_extra=_described(),
    )
    return routes


async def feed(request: Request) -> Response:
    """The facts after a position: a page of them, or a stream. Raises `Problem`."""
    asker = await run_in_threadpool(allowed, request, Scope.READ)
    given = _given(request)
    accepted = request.headers.get("accept", "")
    if STREAM in accepted:
        return await _stream(request, asker, given["after"], given["root"])
    after, limit = given["after"], given["limit"]
    page = await run_in_threadpool(_read, request, asker, after, limit, given["root"])
    if not page.items and given["wait"] and await _hearing(request).more(after, given["wait"]):
        page = await run_in_threadpool(_read, request, asker, after, limit)
    return _answer(request, page, limit, accepted)


def _given(request: Request) -> dict[str, Any]:
    """What was asked for; of a stream that goes on, after what its reader had last."""
    try:
        given = read(request.scope["query_string"], _TAKES)
    except Problem as wrong:
        if any(mistake.place == "after" for mistake in wrong.mistakes):
            raise Problem("bad-request", f"{wrong.detail} {_AGAIN}", mistakes=wrong.mistakes) from None
        raise
    last = request.headers.get("last-event-id")
    if last is not None:
        if not (last.isascii() and last.isdecimal() and len(last) <= 15):
            raise Problem(
                "bad-request", f"Last-Event-ID is the position of the last fact that the caller has. {_AGAIN}"
            )
        given["after"] = int(last)
    return given


def _read(request: Request, asker: Caller, after: int, limit: int, root: str | None = None) -> Page:
    """One page, as the asker may see it. Raises `Problem` where the log has not come so far, or is not the one that was read."""
    service: Service = request.app.state.service
    with service.logs.lent(asker) as found:
        log, size = found.log, found.log.size()
        if after > size:
            detail = f"The log ends at position {size:,}, so there is nothing after {after:,}. {_AGAIN}"
            raise Problem("not-found", detail, ends_at=size)
        if root is not None and _root(found, after) != root:
            detail = (
                f"What was read up to position {after:,} is not what this log holds: it was read in another log, or in one "
                "that was put back since. Begin again with after=0."
            )
            raise Problem("gone", detail, ends_at=size)
        items = tuple(islice(entries(log, after, min(after + limit, size)), limit))
        return Page(log.identity.origin, after, _root(found, after + len(items)), items)


def _root(found: OpenLog, position: int) -> str:
    return found.log.root(position).hex()


def _answer(request: Request, page: Page, limit: int, accepted: str) -> Response:
    if events.BATCH in accepted:
        body, media_type = events.event_batch(page.origin, page.items), events.BATCH
    else:
        body, media_type = feed_page(page.origin, page.after, page.until, page.root, page.items), JSON
    answer = response(request, body, tag_of(body), media_type)
    base = request.app.state.service.public_url
    answer.headers["Link"] = f'<{base}{PATH}?after={page.until}&limit={limit}&root={page.root}>; rel="next"'
    answer.headers["Vary"] = "Accept"
    return answer


async def _stream(request: Request, asker: Caller, after: int, root: str | None) -> Response:
    first = await run_in_threadpool(_read, request, asker, after, _AT_ONCE, root)
    streams: Streams = request.app.state.streams
    streams.take()
    headers = {"Cache-Control": "no-store", "Vary": "Accept", "X-Accel-Buffering": "no"}
    return _Stream(_told(request, first), streams.leave, headers)


class _Stream(StreamingResponse):
    """A stream, which is counted until it is closed."""

    def __init__(self, told: AsyncIterator[bytes], closed: Callable[[], None], headers: dict[str, str]) -> None:
        super().__init__(told, 200, headers, STREAM)
        self._closed = closed

    async def __call__(self, scope: AsgiScope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._closed()


async def _told(request: Request, page: Page) -> AsyncIterator[bytes]:
    """A page, and what follows it, each fact as one message, until the reader goes or the service ends."""
    hearing = _hearing(request)
    yield b"retry: 2000\n\n"
    while True:
        if page.items:
            yield b"".join(b"id: %d\ndata: %s\n" % (item.position, log_line(item)) for item in page.items)
        elif not await hearing.more(page.until, HEARTBEAT):
            if hearing.has_ended:
                return
            yield b": nothing new\n\n"
        try:
            page = await run_in_threadpool(_read_on, request, page.until)
        except (Problem, DecisionlogError) as fault:
            yield _last_words(request, fault)
            return


def _read_on(request: Request, after: int) -> Page:
    """What follows in a stream, for whoever asked, as long as they still may. Raises `Problem`."""
    asker = caller(request)
    if not asker.may(Scope.READ):
        raise Problem("forbidden", "This key does not carry the permission to read any longer.")
    return _read(request, asker, after, _AT_ONCE)


def _last_words(request: Request, fault: Problem | DecisionlogError) -> bytes:
    """Why a stream ends, as a message of its own kind that takes no position."""
    service: Service = request.app.state.service
    problem = fault if isinstance(fault, Problem) else problem_of(fault, records=False)
    problem.detail = problem.detail.replace(str(service.logs.place), "the log")
    return b"event: problem\ndata: %s\n" % dumped(document(problem, service.public_url))


def _hearing(request: Request) -> Hearing:
    hearing: Hearing = request.app.state.hearing
    return hearing


def _described() -> dict[str, Any]:
    position = {"type": "integer", "minimum": 0}
    digest = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
    item = {
        "type": "object",
        "required": ["position", "hash", "fact"],
        "properties": {
            "position": {"type": "integer", "minimum": 1},
            "hash": digest,
            "fact": {
                "type": "object",
                "description": "The very bytes that are stored; {$withheld} where it is not shown.",
            },
        },
    }
    page = {
        "type": "object",
        "required": ["log", "after", "until", "root", "items"],
        "properties": {
            "log": {"type": "string"},
            "after": position,
            "until": position | {"description": "What to ask for next: ?after=until."},
            "root": digest | {"description": "Of the tree up to `until`."},
            "items": {"type": "array", "items": item},
        },
    }
    link = {"schema": {"type": "string"}, "description": 'The next page: rel="next".'}
    tag = {"schema": {"type": "string"}, "description": "Changes when the answer does."}
    last = {
        "name": "Last-Event-ID",
        "in": "header",
        "required": False,
        "description": "Of a stream that is opened again: the `id` of the last message, in place of `after`.",
        "schema": {"type": "string", "pattern": "^[0-9]{1,15}$"},
    }
    return {
        "description": (
            "A page of facts; with `Accept: text/event-stream` each fact as a message whose `id` is its position, without "
            "an end; with `Accept: application/cloudevents-batch+json` the page as CloudEvents. docs/feed.md tells more."
        ),
        "parameters": [*(one.described() for one in _TAKES), last],
        "security": [{}, {"key": []}],
        "responses": {
            "200": {
                "description": "The facts.",
                "headers": {"Link": link, "ETag": tag},
                "content": {
                    JSON: {"schema": page},
                    events.BATCH: {"schema": {"type": "array", "items": {"type": "object"}}},
                    STREAM: {"schema": {"type": "string"}},
                },
            },
            "304": {"description": "The caller has the page already (If-None-Match)."},
            **problems(404, 410, *EVERYWHERE),
        },
    }
