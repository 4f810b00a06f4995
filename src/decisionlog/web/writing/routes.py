"""The routes that record: read the body, one call, the receipt."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from fastapi import APIRouter
from msgspec import Struct
from starlette.requests import Request
from starlette.responses import Response

from decisionlog.web.callers import WRITING, allowed
from decisionlog.web.describing import of_posting
from decisionlog.web.problems import Problem
from decisionlog.web.reading.parameters import Parameter
from decisionlog.web.writing import acts, facts, meetings, scheme
from decisionlog.web.writing.bodies import JSON, LINES, MOST, MOST_LINES_BYTES, SECONDS, YAML, content_of, media_type
from decisionlog.web.writing.posting import (
    Posted,
    Written,
    answered,
    condition_of,
    key_of,
    parameters_of,
)
from decisionlog.web.writing.shapes import ACT, FACTS, FILE
from decisionlog.web.writing.verbs import VERBS

if TYPE_CHECKING:
    from decisionlog.web.service import Service

Record = Callable[[Posted], Written]


class Way(Struct, frozen=True):
    """One way to record."""

    name: str
    path: str
    summary: str
    takes: tuple[Parameter, ...]
    bodies: Mapping[str, Mapping[str, Any]]
    """The shapes of the bodies that are taken, by their media type."""
    record: Callable[[str, Mapping[str, str]], Record]
    """What records a body of a type, of a path."""
    command: str = ""
    if_match: str = 'The size of the log that the caller saw, as `"@412"`.'


def _facts(kind: str, _: Mapping[str, str]) -> Record:
    return facts.from_json if kind == JSON else facts.from_lines


def _act(_: str, path: Mapping[str, str]) -> Record:
    return lambda posted: acts.record(posted, path["command"])


WAYS: Final = (
    Way(
        "record-facts",
        "/v1/facts",
        "Record plain facts, as one batch, all or nothing.",
        facts.TAKES,
        {JSON: FACTS, **dict.fromkeys(LINES, FILE)},
        _facts,
        "import",
    ),
    Way(
        "record-meeting",
        "/v1/meetings",
        "Record what happened at a meeting, from a file as `record` takes it.",
        meetings.TAKES,
        {JSON: {"type": "object"}, **dict.fromkeys(YAML, FILE)},
        lambda _, __: meetings.record,
        "record",
    ),
    Way(
        "record-scheme",
        "/v1/scheme",
        "Record what a scheme file says and the log does not have.",
        scheme.TAKES,
        {JSON: {"type": "object"}, **dict.fromkeys(YAML, FILE)},
        lambda _, __: scheme.record,
        "scheme apply",
    ),
    Way(
        "act",
        f"{acts.PATH}{{command}}",
        "Record one fact by the command of that name.",
        acts.TAKES,
        {JSON: ACT},
        _act,
        "COMMAND",
        'The ETag of the thing as it was shown, its version as `"7"`, or the size of the log as `"@412"`.',
    ),
)
"""Every way to record."""


def router() -> APIRouter:
    """The route of every way to record."""
    routes = APIRouter(tags=["Recording"])
    for way in WAYS:
        _add(routes, way)
    routes.add_api_route(f"{acts.PATH}{{command}}", _not_asked_for, methods=["GET"], include_in_schema=False)
    return routes


async def _not_asked_for(command: str) -> Response:
    """An act is recorded, and never asked for: what came of it is asked of the thing that it is about."""
    known = (
        f"what {command} takes is told by /v1/openapi.json"
        if command in VERBS
        else f"the commands are: {', '.join(VERBS)}"
    )
    raise Problem("method-not-allowed", f"Acts are recorded by POST; {known}.", headers={"Allow": "POST"})


def _add(routes: APIRouter, way: Way) -> None:
    async def answer(request: Request) -> Response:
        service: Service = request.app.state.service
        asker = await service.lane.run(partial(allowed_to_record, request))
        path = {name: str(value) for name, value in request.path_params.items()}
        kind = media_type(request, tuple(way.bodies))
        key, (version, size) = key_of(request), condition_of(request)
        given = parameters_of(request, way.takes)
        content = await content_of(request, MOST_LINES_BYTES if kind in LINES else MOST, SECONDS)
        if version is not None and way.name != "act":
            raise Problem("bad-input", f"If-Match takes here: {way.if_match}")

        def recorded() -> Response:
            with service.lane.logs(service.logs).lent(asker) as found:
                address = str(request.scope["path"])
                posted = Posted(asker, address, given, content, key, version, size, found, service)
                return answered(posted, way.record(kind, path), service.posting)

        return await service.lane.run(recorded)

    answer.__name__ = way.name.replace("-", "_")
    routes.add_api_route(
        way.path,
        answer,
        methods=["POST"],
        status_code=201,
        response_class=Response,
        response_model=None,
        operation_id=way.name,
        summary=way.summary,
        openapi_extra=of_posting(way),
    )


def allowed_to_record(request: Request) -> Any:
    """Who records. Raises `Problem` where this service only reads, and as `allowed`."""
    service: Service = request.app.state.service
    if not service.writes:
        raise Problem("read-only", "This service only reads; it records when it is started with --write.")
    return allowed(request, *WRITING)
