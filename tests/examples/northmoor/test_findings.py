"""Every finding of the year, read against its story: what slipped is found, and what was done properly is not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import pytest

from decisionlog.bootstrap import open_log
from decisionlog.checks.finding import Finding, in_order
from decisionlog.checks.rule import rules
from decisionlog.domain.answers.checking import FindingTold
from decisionlog.domain.references import split
from decisionlog.questions.accountable.rules import table_in
from decisionlog.questions.checking import found
from decisionlog.questions.finding_things import names_of
from decisionlog.questions.findings import mentioned, order, told
from decisionlog.questions.point import Asked, settle
from decisionlog.questions.viewing import Viewing
from decisionlog.render.finding_words import sentence
from decisionlog.render.words import told_apart
from tests.examples.northmoor.year import Year, slips

GOLDEN = Path(__file__).with_name("findings.txt")
LAST_DAY = "2026-03-31"
STORY_ENDS = "2026-04-10"
"""The last day on which the story asks what is overdue."""
NOW, OVER, TO_COME = (
    "As at 31 March 2026",
    "Over by then: when it began, and the moment at which it was over",
    "To come, unless something is done: when it would begin",
)


class Line(NamedTuple):
    """One finding of the year, under the heading of when it is so."""

    heading: str
    rule: str
    subject: str
    evidenced: bool
    since: str
    text: str


@pytest.fixture(scope="session")
def lines(log, year) -> list[Line]:
    """Every finding of the year, whenever it is so, as at its last day."""
    with open_log(Path(log)) as opened:
        opened.catch_up()
        point = settle(opened.log, Asked(LAST_DAY), datetime.now(UTC))
        every = in_order(found(opened.log, opened.models, point, table_in(point.rules), list(rules())).findings)
        with opened.models.reading() as rows:
            viewing = Viewing(opened.log, rows, point)
            pairs = sorted(((one, told(one, viewing)) for one in every), key=lambda pair: order(pair[1]))
            names = told_apart(names_of(opened.log, rows, mentioned(one for _, one in pairs), point.as_of))
    return [_line(_heading(one, point.as_of.on), said, names, year) for one, said in pairs]


def _heading(one: Finding, on: int) -> str:
    if one.since > on:
        return TO_COME
    return NOW if one.holds(on) else OVER


def _line(heading: str, one: FindingTold, names: dict[str, str], year: Year) -> Line:
    key = split(one.subject)[1]
    facts = ", ".join(year.facts[position - 1]["type"] for position in one.evidence)
    times = {NOW: "", OVER: f"; {one.since} to {one.until}", TO_COME: f"; {one.since}"}[heading]
    text = f"{one.rule} {one.severity} {key}: {sentence(one, names)} [{facts}] {one.status}{times}"
    return Line(heading, one.rule, key, one.evidenced, one.since, text)


def _page(lines: list[Line]) -> Iterator[str]:
    for heading in (NOW, OVER, TO_COME):
        yield f"{heading}\n\n"
        yield from (f"{one.text}\n" for one in lines if one.heading == heading)
        yield "" if heading == TO_COME else "\n"


def test_the_findings_of_the_year_are_those_that_were_read_line_by_line(lines, approve):
    page = "".join(_page(lines))
    if approve:
        GOLDEN.write_text(page, encoding="utf-8")
    else:
        assert page == GOLDEN.read_text(encoding="utf-8"), "run: pytest --approve, and read the difference"


@pytest.mark.parametrize("slip", slips(), ids=lambda slip: slip.what)
def test_what_slipped_is_found_and_what_was_done_properly_is_not(lines, slip):
    found_in = {one.subject for one in lines if one.rule == slip.rule and one.evidenced and one.since <= STORY_ENDS}
    assert slip.where in found_in
    assert slip.properly not in found_in
