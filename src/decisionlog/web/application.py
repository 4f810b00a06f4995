"""The HTTP interface of one log: its routes, and what is answered when something is refused."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager
from typing import Any, Final

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match

from decisionlog import __version__
from decisionlog.domain.refusals import DecisionlogError
from decisionlog.web import feed, health, register
from decisionlog.web.describing import components
from decisionlog.web.door import Door
from decisionlog.web.hearing import Hearing
from decisionlog.web.logs import Logs
from decisionlog.web.metrics import Metrics
from decisionlog.web.observing import Observed, RouteNoted
from decisionlog.web.problems import KINDS, Problem, answered, problem_of
from decisionlog.web.reading import routes as reading
from decisionlog.web.reading.addresses import address_with_slugs
from decisionlog.web.service import Service
from decisionlog.web.writing import acts
from decisionlog.web.writing import routes as writing

_ONLY_APPENDED: Final = "The log is append-only: record a correction instead. Nothing was recorded."
_POSTED_ELSEWHERE: Final = (
    "Nothing is recorded at this address. Facts go to /v1/facts, meetings to /v1/meetings, single acts to "
    "/v1/acts/{command}; "
    "/v1/openapi.json tells what each takes. Nothing was recorded."
)
_NOT_ANSWERED: Final = "This method is not answered here; the header Allow names those that are."
_NOT_NOW: Final = 503
_OF_STATUS: Final = {404: "not-found", 405: "method-not-allowed", 400: "bad-request"}


def application(service: Service) -> FastAPI:
    """The application that answers for a service; nothing is opened before the first request."""
    hearing, streams = Hearing(service.logs), feed.Streams()
    metrics = Metrics(service, streams) if service.is_metered else None

    @asynccontextmanager
    async def for_its_life(_: FastAPI) -> AsyncIterator[None]:
        yield
        await hearing.close()
        service.logs.close()
        service.lane.close()

    app = FastAPI(
        title="decisionlog",
        version=__version__,
        summary="Who decided, under what authority, who was accountable, and what was known then.",
        docs_url=None,
        redoc_url=None,
        openapi_url="/v1/openapi.json",
        redirect_slashes=False,
        lifespan=for_its_life,
    )
    app.state.service, app.state.hearing, app.state.streams = service, hearing, streams
    app.add_middleware(RouteNoted)
    app.add_middleware(Door, hosts=service.hosts, proxies=service.proxies, public_url=service.public_url)
    app.add_middleware(Observed, journal=service.journal, metrics=metrics)
    app.add_exception_handler(Problem, _told)
    app.add_exception_handler(DecisionlogError, _refused)
    app.add_exception_handler(HTTPException, _of_the_router)
    app.add_exception_handler(Exception, _unexpected)
    app.include_router(health.router())
    if metrics:
        app.add_api_route("/metrics", metrics.exposed, include_in_schema=False)
    app.include_router(feed.router())
    app.include_router(writing.router())
    app.include_router(reading.router())
    app.include_router(register.router())
    _describe(app)
    return app


def description() -> dict[str, Any]:
    """The description of the interface (OpenAPI 3.1), which is the same for every log."""
    return application(Service(Logs(None))).openapi()


def _describe(app: FastAPI) -> None:
    """Add what the routes name to the description."""
    made = app.openapi

    def described() -> dict[str, Any]:
        return made() | {"components": components()}

    app.openapi = described  # type: ignore[method-assign] # as FastAPI documents it


def _base(request: Request) -> str:
    service: Service = request.app.state.service
    return service.public_url


async def _told(request: Request, problem: Exception) -> Response:
    assert isinstance(problem, Problem)
    _note_why(request, problem, problem.__cause__ or problem)
    return answered(_as_asked(request, problem), _base(request))


def _as_asked(request: Request, problem: Problem) -> Problem:
    """That nothing was recorded is said where something was to be."""
    if request.method == "GET":
        problem.detail = problem.detail.replace(" Nothing was recorded.", "")
    return problem


def _note_why(request: Request, problem: Problem, fault: BaseException) -> None:
    """Keep for the journal why the log could not be used: whoever asked is not told."""
    if KINDS[problem.code].status == _NOT_NOW:
        request.state.reason = str(fault)


async def _refused(request: Request, refused: Exception) -> Response:
    assert isinstance(refused, DecisionlogError)
    service = request.app.state.service
    problem = problem_of(refused, of_an_act=request.url.path.startswith(acts.PATH), records=request.method == "POST")
    _note_why(request, problem, refused)
    problem.detail = problem.detail.replace(str(service.logs.place), "the log")  # where it lies is nobody's business
    return answered(_as_asked(request, problem), service.public_url)


async def _of_the_router(request: Request, fault: Exception) -> Response:
    assert isinstance(fault, HTTPException)
    code = _OF_STATUS.get(fault.status_code, "bad-request")
    if code == "not-found" and "text/html" in request.headers.get("accept", ""):
        return register.page_of_a_problem(Problem(code, ""))
    detail = {
        "not-found": f"There is nothing at this address. {_way_out(request)}",
        "method-not-allowed": _instead_of(request.method),
    }.get(code, "The request cannot be read.")
    headers = {"Allow": _methods(request)} if code == "method-not-allowed" else {}
    return answered(Problem(code, detail, headers=headers), _base(request))


def _way_out(request: Request) -> str:
    """The address of a thing whose reference was written with its slashes, as they are or percent-encoded."""
    meant = address_with_slugs(bytes(request.scope.get("raw_path") or b"").decode("latin-1"))
    if meant:
        return f"In a reference, a slash is written ~2f: {meant}"
    return "/v1/openapi.json tells what there is."


def _instead_of(method: str) -> str:
    """What whoever used a method where it is not answered is told."""
    if method in {"PUT", "PATCH", "DELETE"}:
        return _ONLY_APPENDED
    return _POSTED_ELSEWHERE if method == "POST" else _NOT_ANSWERED


def _methods(request: Request) -> str:
    """What can be done at an address, whichever of the routes does it."""
    if request.url.path.startswith(acts.PATH):
        return "POST"
    found = {
        method
        for route in _every(request.app.routes)
        if route.matches(request.scope)[0] is not Match.NONE
        for method in getattr(route, "methods", None) or ()
    }
    return ", ".join(sorted(found))


def _every(routes: Iterable[Any]) -> Iterator[Any]:
    """Every route, also those of the routers that were put together."""
    for route in routes:
        inner = getattr(route, "original_router", None)
        yield from [route] if inner is None else _every(inner.routes)


async def _unexpected(request: Request, _: Exception) -> Response:
    detail = (
        "A fault of the service stopped this request. What was recorded before is safe; tell the keeper of this log."
    )
    recorded = False if request.method == "GET" else None
    return answered(Problem("unexpected", detail, recorded=recorded), _base(request))
