"""Questions put to a log in memory, and their answers as a person reads them."""

from __future__ import annotations

from datetime import timedelta

from decisionlog.bootstrap import MODELS
from decisionlog.questions.batches import show_batch
from decisionlog.questions.history import history
from decisionlog.questions.point import Asked
from decisionlog.questions.show import show
from decisionlog.questions.who_decided import who_decided
from decisionlog.render.as_json import document
from decisionlog.render.page import Page
from decisionlog.render.text import text
from decisionlog.store.catch_up import ReadModels
from tests.scenario import NOW, engine_for, given

__all__ = ["batch", "given", "in_json", "page", "section", "shown", "story", "who"]

LATER = NOW + timedelta(days=1)


def put(question, log, ref, on=None, known=None, clock="log", **more):
    models = ReadModels(log, engine_for(log), MODELS)
    try:
        models.catch_up()
        return question(log, models, ref, Asked(on, known, clock), LATER, **more)
    finally:
        models.close()


def shown(log, ref, **at):
    return put(show, log, ref, **at)


def who(log, ref, **at):
    return put(who_decided, log, ref, **at)


def story(log, ref, **at):
    return put(history, log, ref, **at)


def batch(log, name, **at):
    return put(show_batch, log, name, **at)


def page(answer, width=None):
    """The lines of an answer, without what it rests on."""
    lines = list(text(answer, Page(width)))
    while lines and not lines[-1].startswith(("As at", "by this", "demo", "northmoor")):
        lines.pop()
    return lines[:-1]


def section(log, ref, title, **at):
    """The lines of one section of a page, each without its indent."""
    lines = page(shown(log, ref, **at))
    assert title in lines, lines
    rest = lines[lines.index(title) + 1 :]
    end = rest.index("") if "" in rest else len(rest)
    return [line.strip() for line in rest[:end]]


def in_json(answer):
    """The document of an answer."""
    import json

    return json.loads(document(answer))
