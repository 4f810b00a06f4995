"""Everything that can be asked of a log over HTTP, as bytes: what a view must not let slip, and where two views must agree."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from urllib.parse import urlencode

from decisionlog.bootstrap import OpenLog
from decisionlog.domain.refusals import BadInput, NotFound, NotSound, Refusal
from decisionlog.render.words import PLURALS
from decisionlog.settings import BUILT_IN
from decisionlog.web.answers import written
from decisionlog.web.problems import Problem
from decisionlog.web.reading.asking import Question, Request
from decisionlog.web.reading.parameters import read
from decisionlog.web.reading.table import QUESTIONS

KINDS = {plural: kind for kind, plural in PLURALS.items()}
WITHOUT_THE_LOG = {"rules", "rule", "schema", "schema-of-type"}
REFUSED = (BadInput, NotFound, NotSound, Refusal, Problem)


def everything(found: OpenLog, refs: dict[str, str], now: datetime, **more: list[str]) -> Iterator[tuple[str, bytes]]:
    """Each question about everything and about each of these things, with its answer or the sentence that refuses it.

    `refs` gives slugs with the kinds of what they name; `more` what stands in other places of paths and queries.
    """
    for question in QUESTIONS:
        if question.name in WITHOUT_THE_LOG:
            continue
        for path, query in _asked(question, refs, found.log.size(), more):
            given = read(query, question.takes)
            asked = Request(found, now, path, given, BUILT_IN)
            try:
                answer = written(question.ask(asked))
            except REFUSED as refusal:
                answer = f"{type(refusal).__name__}: {refusal}".encode()
            yield f"{question.name} {path} {query.decode()}", answer


def _asked(question: Question, refs: dict[str, str], size: int, more: dict[str, list[str]]):
    paths: list[dict[str, str]] = [{}]
    if "{slug}" in question.path:
        plurals = {kind: plural for plural, kind in KINDS.items()}
        paths = [
            {"kinds": plurals[kind], "slug": slug} for slug, kind in refs.items() if plurals[kind] in question.kinds
        ]
    elif "{kinds}" in question.path:
        paths = [{"kinds": plural} for plural in question.kinds]
    elif "{position}" in question.path:
        paths = [{"position": str(at)} for at in range(1, size + 2)]
    elif "{batch}" in question.path:
        paths = [{"batch": batch} for batch in more.get("batch", ())]
    for path in paths:
        for query in _queries(question, size, more):
            yield path, urlencode(query).encode()


def _queries(question: Question, size: int, more: dict[str, list[str]]) -> Iterator[dict[str, str]]:
    names = {parameter.name for parameter in question.takes}
    needed = [parameter.name for parameter in question.takes if parameter.required]
    usual = {"first": "2020-01-01", "second": "2030-01-01", "text": "", "size": "1"}
    if "text" in needed:
        yield from ({"text": text} for text in more.get("text", ()))
        return
    yield {name: usual[name] for name in needed}
    if "known" in names and not needed:
        yield {"known": f"@{max(1, size // 2)}"}
    if "on" in names and not needed:
        yield {"on": "2030-01-01"}


def some(answers: Iterator[tuple[str, bytes]], most: int) -> list[tuple[str, bytes]]:
    """The first answers."""
    return list(islice(answers, most))
