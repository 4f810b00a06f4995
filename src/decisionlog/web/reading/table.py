"""Every question that is answered over HTTP, in one table: the routes, the description and the tests are made from it."""

from __future__ import annotations

from typing import Final

from decisionlog.web.reading import authority, judging, keeping, proving, things
from decisionlog.web.reading.asking import Question

QUESTIONS: Final[tuple[Question, ...]] = (
    *authority.QUESTIONS,
    *judging.QUESTIONS,
    *keeping.QUESTIONS,
    *proving.QUESTIONS,
    *things.QUESTIONS,
)
