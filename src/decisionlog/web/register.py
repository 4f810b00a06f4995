"""The public register: its pages, their twins for programs, and the files that they are shown with."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from decisionlog.domain.refusals import DecisionlogError
from decisionlog.questions.feeds.diary import diary
from decisionlog.questions.feeds.latest import latest
from decisionlog.questions.point import Asked
from decisionlog.questions.register.asking import Asking, PageKind
from decisionlog.questions.register.table import PAGES, page_of
from decisionlog.render.site.addresses import TWIN, VERIFIER, Served
from decisionlog.render.site.feeds import atom, calendar
from decisionlog.render.site.webpage import SHOWN_WITH, trouble, twin, webpage
from decisionlog.web.answers import JSON, Made
from decisionlog.web.callers import Scope, allowed
from decisionlog.web.problems import KINDS, Problem, problem_of

if TYPE_CHECKING:
    from decisionlog.web.service import Service

HTML: Final = "text/html; charset=utf-8"
POLICY: Final = "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
"""What a browser may do with a page: show it, with our own stylesheet; no script, nothing from elsewhere."""
_HEADERS: Final = {"Content-Security-Policy": POLICY, "Vary": "Authorization"}
_ADDRESSES: Final = Served("/")
_NOT_FOUND: Final = 404
_NOT_HERE: Final = "Nothing of that name is in this register. It may be spelt otherwise, or what it names may not be shown to everybody."
_HOLDS: Final = 60.0
"""Seconds for which a page is given again while nobody records: it says to the minute of when it is."""
_FOR_EVERYBODY: Final = "public, no-cache"
"""Others may keep a page, and ask each time whether it still is the last."""
_FOR_A_DAY: Final = "public, max-age=86400"


def router() -> APIRouter:
    """Every page of the table and its twin, and the files."""
    routes = APIRouter(include_in_schema=False)
    for kind in PAGES:
        _add(routes, kind)
    routes.add_api_route(f"/{atom.FILE}", _atom, methods=["GET"])
    routes.add_api_route(f"/{calendar.FILE}", _calendar, methods=["GET"])
    routes.add_api_route(f"/{VERIFIER}", _verifier, methods=["GET"])
    routes.add_api_route("/static/{name}", _file, methods=["GET"])
    return routes


def _add(routes: APIRouter, kind: PageKind) -> None:
    def page(request: Request) -> Response:
        slug: str = request.path_params.get("slug", "")
        return _page(kind, request, slug)

    def of_a_thing(request: Request) -> Response:
        slug: str = request.path_params["slug"]
        for_programs = slug.endswith(TWIN)
        return (_twin if for_programs else _page)(kind, request, slug.removesuffix(TWIN))

    def for_programs(request: Request) -> Response:
        return _twin(kind, request, "")

    if kind.about:
        routes.add_api_route(f"/{kind.path}", of_a_thing, methods=["GET"])
    else:
        routes.add_api_route(f"/{kind.path}", page, methods=["GET"])
        routes.add_api_route(f"/{kind.path or 'index'}{TWIN}", for_programs, methods=["GET"])


def _page(kind: PageKind, request: Request, slug: str) -> Response:
    try:
        answer = _answered(kind, request, slug, for_programs=False)
    except (DecisionlogError, Problem) as refused:
        return page_of_a_problem(refused)
    answer.headers.update(_HEADERS)
    return answer


def _twin(kind: PageKind, request: Request, slug: str) -> Response:
    return _answered(kind, request, slug, for_programs=True)


def _atom(request: Request) -> Response:
    def made(*asked: Any) -> bytes:
        return atom.atom(latest(*asked), _ADDRESSES, _site(request))

    return _feed(request, atom.MEDIA_TYPE, made)


def _calendar(request: Request) -> Response:
    def made(*asked: Any) -> bytes:
        return calendar.calendar(diary(*asked), _ADDRESSES, _site(request))

    return _feed(request, calendar.MEDIA_TYPE, made)


def _feed(request: Request, media_type: str, write: Callable[..., bytes]) -> Response:
    service: Service = request.app.state.service
    with service.logs.lent(allowed(request, Scope.READ)) as found:

        def make() -> Made:
            return Made(write(found.log, found.models, Asked(rules=service.rules), service.now()))

        return service.answers.of(request, found, make, f"{media_type}; charset=utf-8")


def _site(request: Request) -> str:
    """Where the register is served, where its keeper says so; else links are relative."""
    service: Service = request.app.state.service
    return f"{service.public_url}/" if service.public_url else ""


def _answered(kind: PageKind, request: Request, slug: str, *, for_programs: bool) -> Response:
    service: Service = request.app.state.service
    asker = allowed(request, Scope.READ)
    with service.logs.lent(asker) as found:
        asking = Asking(
            found.log,
            found.models,
            service.now(),
            slug,
            dict(request.query_params),
            service.rules,
            service.findings,
            contact=service.contact,
            watch=service.watch,
        )

        def make() -> Made:
            page = page_of(kind, asking)
            name = found.log.identity.name
            return Made(twin(page) if for_programs else webpage(page, _ADDRESSES, register=name).encode())

        media_type = JSON if for_programs else HTML
        answer = service.answers.of(request, found, make, media_type, seconds=_HOLDS)
    if asker.account is None:
        answer.headers["Cache-Control"] = _FOR_EVERYBODY
    return answer


def page_of_a_problem(refused: DecisionlogError | Problem) -> Response:
    """What a reader is told whose page cannot be shown."""
    problem = refused if isinstance(refused, Problem) else problem_of(refused, records=False)
    of_kind = KINDS[problem.code]
    told = _NOT_HERE if of_kind.status == _NOT_FOUND else problem.detail.replace(" Nothing was recorded.", "")
    headers = {**_HEADERS, **problem.headers, "Cache-Control": "no-store"}
    return Response(trouble(of_kind.title, told, _ADDRESSES), of_kind.status, headers, HTML)


@cache
def _bytes_of(name: str) -> bytes:
    return files("decisionlog.render.site").joinpath("static", name).read_bytes()


@cache
def _program() -> bytes:
    return files("decisionlog.audit").joinpath(VERIFIER).read_bytes()


def _verifier() -> Response:
    return Response(_program(), 200, {"Cache-Control": _FOR_A_DAY}, "text/x-python; charset=utf-8")


def _file(name: str) -> Response:
    if name not in SHOWN_WITH:
        raise Problem("not-found", "There is no such file.")
    return Response(_bytes_of(name), 200, {"Cache-Control": _FOR_A_DAY}, SHOWN_WITH[name])
