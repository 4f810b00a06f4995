"""Pages of the register, asked of a log in memory."""

from __future__ import annotations

from decisionlog.bootstrap import MODELS
from decisionlog.questions.register.asking import Asking
from decisionlog.questions.register.table import PAGES, page_of
from decisionlog.render.site.addresses import Served, slug_of
from decisionlog.render.site.webpage import twin, webpage
from decisionlog.store.catch_up import ReadModels
from tests.questions.asking import LATER
from tests.scenario import engine_for

KINDS = {kind.name: kind for kind in PAGES}


def page(log, name, key="", *, models=None, now=LATER, **given):
    """A page by its name, about a thing by its key."""
    own = models or ReadModels(log, engine_for(log), MODELS)
    try:
        own.catch_up()
        return page_of(KINDS[name], Asking(log, own, now, slug_of(key), given))
    finally:
        if not models:
            own.close()


def written(found):
    """A page as a browser and as a program gets it, in one text."""
    return webpage(found, Served(), register="Northmoor") + twin(found).decode()
