"""Pages of the register of a log in memory, by their path; and the words that a reader sees on them."""

from __future__ import annotations

import re
from html import unescape

from decisionlog.bootstrap import MODELS
from decisionlog.questions.register.asking import Asking
from decisionlog.questions.register.table import PAGES, page_of
from decisionlog.render.site.addresses import Served
from decisionlog.render.site.webpage import twin, webpage
from decisionlog.store.catch_up import ReadModels
from tests.questions.asking import LATER
from tests.scenario import engine_for

_BLOCK = re.compile(r"</?(?:p|li|ul|ol|h\d|t[dhr]|d[dlt]|div|section|option|caption|svg|text|label)\b[^>]*>")
_QUOTES = str.maketrans({"\u2018": "'", "\u2019": "'"})

__all__ = ["opened", "twin", "words"]


def opened(log, path, *, findings=False, day="", **given):
    """The page at a path, as it was asked for; `day` is that of written pages."""
    where, _, slug = path.partition("/")
    (kind,) = [one for one in PAGES if one.path == (f"{where}/{{slug}}" if slug else where)]
    models = ReadModels(log, engine_for(log), MODELS)
    try:
        models.catch_up()
        return page_of(kind, Asking(log, models, LATER, slug, given, findings=findings, day=day))
    finally:
        models.close()


def words(page):
    """What stands on a page, without its markup."""
    main = webpage(page, Served(), register="Northmoor").partition("<main")[2].partition("</main>")[0]
    apart = _BLOCK.sub(" ", main.partition(">")[2])
    told = " ".join(unescape(re.sub(r"<[^>]+>", "", apart)).split())
    return told.translate(_QUOTES)
