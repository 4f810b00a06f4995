"""The routes of the table: parse, one call, render as the command line does."""

from __future__ import annotations

from contextlib import nullcontext
from difflib import get_close_matches
from typing import TYPE_CHECKING

from fastapi import APIRouter
from starlette.requests import Request as HttpRequest
from starlette.responses import Response

from decisionlog.render.words import PLURALS
from decisionlog.web.answers import Made, written
from decisionlog.web.callers import Scope, allowed
from decisionlog.web.describing import of_question
from decisionlog.web.problems import Problem
from decisionlog.web.reading.asking import Question, Request
from decisionlog.web.reading.parameters import read
from decisionlog.web.reading.table import QUESTIONS

if TYPE_CHECKING:
    from decisionlog.web.service import Service


def router() -> APIRouter:
    """Every question of the table, under its path; what has a word of its own before what names a kind."""
    routes = APIRouter()
    for question in sorted(QUESTIONS, key=lambda one: "{kinds}" in one.path):
        _add(routes, question)
    return routes


def _add(routes: APIRouter, question: Question) -> None:
    def answer(request: HttpRequest) -> Response:
        return _answered(question, request)

    answer.__name__ = question.name.replace("-", "_")
    routes.add_api_route(
        question.path,
        answer,
        methods=["GET"],
        response_class=Response,
        response_model=None,
        operation_id=question.name,
        summary=question.summary,
        tags=[question.tag],
        openapi_extra=of_question(question),
        responses={},
    )


def _answered(question: Question, request: HttpRequest) -> Response:
    service: Service = request.app.state.service
    asker = allowed(request, Scope.READ)
    path = {name: str(value) for name, value in request.path_params.items()}
    _require_kind(question, path)
    given = read(request.scope["query_string"], question.takes)
    turn = service.long_work.one() if question.long else nullcontext()
    with turn, service.logs.lent(asker) as found:  # whoever waits for a turn keeps no log from others
        asked = Request(found, service.now(), path, given, service.rules)
        return service.answers.of(request, found, lambda: _made(question, asked), question.media_type)


def _made(question: Question, asked: Request) -> Made:
    answer = question.ask(asked)
    version = asked.found.log.stream(answer.thing.stream)[-1].n if question.versioned else None
    return Made(written(answer), version)


def _require_kind(question: Question, path: dict[str, str]) -> None:
    """Refuse a path with another kind of thing than the question is about."""
    kinds = path.get("kinds")
    if kinds is None or kinds in question.kinds:
        return
    near = get_close_matches(PLURALS.get(kinds.lower(), kinds.lower()), question.kinds, n=1, cutoff=0.75)
    hint = f" Did you mean '{near[0]}'?" if near else ""
    raise Problem("not-found", f"There is nothing at this address.{hint} It is for: {', '.join(question.kinds)}.")
