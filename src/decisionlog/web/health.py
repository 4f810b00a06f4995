"""Whether the service lives, whether it can answer, and what the log says of itself, signed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import orjson
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from decisionlog.audit.verify import read_checkpoint
from decisionlog.domain.refusals import NotSound, Unusable
from decisionlog.render.as_json import dumped
from decisionlog.web.answers import JSON, response, tag_of
from decisionlog.web.describing import EVERYWHERE, problems
from decisionlog.web.problems import KINDS, PAGE, Problem

if TYPE_CHECKING:
    from decisionlog.bootstrap import OpenLog
    from decisionlog.web.service import Service

_NOTE: Final = "text/plain; charset=utf-8"


def router() -> APIRouter:
    """/livez, /readyz and /checkpoint."""
    routes = APIRouter(tags=["Service"])
    routes.add_api_route("/livez", live, **_described("livez", "Whether the service lives.", JSON))
    routes.add_api_route(
        PAGE, explained, **_described("problems", "Every kind of problem, and whether to send a request again.", JSON)
    )
    routes.add_api_route("/readyz", ready, **_described("readyz", "Whether it can answer, and record.", JSON))
    routes.add_api_route(
        "/checkpoint",
        checkpoint,
        **_described("checkpoint", "The last signed checkpoint (c2sp.org/tlog-checkpoint).", "text/plain", 404),
    )
    return routes


def _described(name: str, summary: str, media_type: str, *more: int) -> dict[str, Any]:
    answer = {"description": "It is so.", "content": {media_type: {"schema": {}}}}
    found = {"200": answer, **({"304": {"description": "As before."}} if more else {}), **problems(*EVERYWHERE, *more)}
    return {
        "methods": ["GET"],
        "operation_id": name,
        "summary": summary,
        "response_class": Response,
        "response_model": None,
        "openapi_extra": {"responses": found},
    }


async def explained(_: Request) -> Response:
    """Every kind of problem by its code: the `type` of a problem names one of them."""
    items = [{"code": code, **kind._asdict()} for code, kind in KINDS.items()]
    return Response(dumped({"items": items}, indented=True), 200, {"Cache-Control": "max-age=3600"}, JSON)


async def live(_: Request) -> Response:
    """The service answers; nothing is said of the log."""
    return Response(b'{"live":true}\n', 200, {"Cache-Control": "no-store"}, JSON)


def ready(request: Request) -> Response:
    """The log can be read, continues what it last signed, and can be written where that is wanted. Raises `Unusable`."""
    service: Service = request.app.state.service
    with service.logs.lent() as found:
        size = found.log.size()
        _require_continued(found, size)
        if service.writes and getattr(found.log.recorder, "read_only", False):
            msg = f"The log of {found.log.identity.origin} can only be read here, and this service is to record in it."
            raise Unusable(msg)
        body = {"ready": True, "log": found.log.identity.origin, "position": size, "writes": service.writes}
    return Response(orjson.dumps(body) + b"\n", 200, {"Cache-Control": "no-store"}, JSON)


def checkpoint(request: Request) -> Response:
    """The last checkpoint that was signed for this log, with the cosignatures that came back."""
    service: Service = request.app.state.service
    with service.logs.lent(caught_up=False) as found:
        kept = found.log.recorder.checkpoints()
    if not kept:
        raise Problem("not-found", "No checkpoint was signed for this log yet; `decisionlog checkpoint` signs one.")
    note = kept[-1].note
    return response(request, note, tag_of(note), _NOTE)


def _require_continued(found: OpenLog, size: int) -> None:
    """Refuse a log that is shorter than, or other than, what it last signed."""
    kept = found.log.recorder.checkpoints()
    if not kept:
        return
    last = read_checkpoint(kept[-1].note)
    if last.size > size or found.log.root(last.size) != last.root:
        msg = f"The log does not continue its last checkpoint, of {last.size:,} facts; see `decisionlog verify`."
        raise NotSound(msg)
