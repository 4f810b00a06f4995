"""`forecast` for people and for programs: what changes, and what falls due."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from decisionlog.domain.answers.forecast import Forecast
from decisionlog.render.checking_json import finding
from decisionlog.render.difference import changes, difference_json
from decisionlog.render.finding_words import sentence, subject
from decisionlog.render.page import Page
from decisionlog.render.words import in_prose, positions, resting_on, told_apart


def forecast(answer: Forecast, page: Page) -> Iterator[str]:
    """What changes by itself, then what falls due, day by day, and the basis."""
    first, last = answer.difference.before, answer.difference.after
    yield from page.heading(f"From {in_prose(first.as_at)} to {in_prose(last.as_at)}, by what is recorded")
    if answer.difference.items:
        yield from changes(answer.difference, page)
    else:
        yield from page.paragraph("Nothing has its first or its last day then.")
    yield ""
    yield from page.heading("What would be found, unless it is done before", level=2)
    names = told_apart(answer.names)
    for one in answer.falls_due:
        told = f"{in_prose(one.since)}  {subject(one, names)}: {sentence(one, names).removeprefix('possible: ')}"
        yield from page.paragraph(f"{told} {positions(one.evidence)} ({one.rule})", indent=2, hang=4)
    if not answer.falls_due:
        yield from page.paragraph("Nothing.", indent=2)
    yield ""
    yield from page.paragraph(resting_on(first))


def forecast_json(answer: Forecast) -> dict[str, Any]:
    """The changes as `diff` gives them, and the findings to come as `check` gives them."""
    changed = difference_json(answer.difference)
    return {
        "basis": changed["basis"]["from"],
        "until": answer.difference.after.as_at,
        "items": changed["items"],
        "falls_due": [finding(one) for one in answer.falls_due],
        "names": answer.names,
    }
