"""`forecast` for people and for programs: what changes, and what falls due."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from decisionlog.domain.answers.checking import FindingTold
from decisionlog.domain.answers.forecast import Forecast
from decisionlog.render.checking_json import finding
from decisionlog.render.difference import changes, difference_json
from decisionlog.render.finding_words import sentence, subject, until_when
from decisionlog.render.page import Page
from decisionlog.render.words import in_prose, positions, resting_on, told_apart

_FOUND: Final = "What did not add up, and since when"
_TO_COME: Final = "What will not add up, and since when, unless it is done before (in the words of that day)"


def forecast(answer: Forecast, page: Page) -> Iterator[str]:
    """What changes by itself, then what was found and what falls due, day by day, and the basis."""
    first, last = answer.difference.before, answer.difference.after
    yield from page.heading(f"From {in_prose(first.as_at)} to {in_prose(last.as_at)}, by what is recorded")
    if answer.difference.items:
        yield from changes(answer.difference, page)
    else:
        yield from page.paragraph("Nothing has its first or its last day then.")
    yield ""
    if answer.is_past or answer.found:
        yield from _findings(_FOUND, answer.found, answer, page)
    if not answer.is_past:
        yield from _findings(_TO_COME, answer.falls_due, answer, page)
    yield from page.paragraph(resting_on(first))


def _findings(heading: str, findings: Sequence[FindingTold], answer: Forecast, page: Page) -> Iterator[str]:
    yield from page.heading(heading, level=2)
    names = told_apart(answer.names)
    for one in findings:
        told = f"{in_prose(one.since)}  {subject(one, names)}: {sentence(one, names).removeprefix('possible: ')}"
        until = f"; until {until_when(one.until)}" if one.until else ""
        yield from page.paragraph(f"{told} {positions(one.evidence)}{until} ({one.rule})", indent=2, hang=4)
    if not findings:
        yield from page.paragraph("Nothing.", indent=2)
    yield ""


def forecast_json(answer: Forecast) -> dict[str, Any]:
    """The changes as `diff` gives them, and the findings of days that have passed and of those to come as `check` gives them."""
    changed = difference_json(answer.difference)
    return {
        "basis": changed["basis"]["from"],
        "until": answer.difference.after.as_at,
        "items": changed["items"],
        "found": [finding(one) for one in answer.found],
        "falls_due": [finding(one) for one in answer.falls_due],
        "names": answer.names,
    }
