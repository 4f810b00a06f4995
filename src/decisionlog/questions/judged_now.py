"""What the rules find of one thing at a point, judged when it is asked for."""

from __future__ import annotations

from collections.abc import Sequence

from decisionlog.checks.finding import Finding
from decisionlog.checks.judging import in_order, judge
from decisionlog.checks.record import Record
from decisionlog.questions.accountable.rules import table_in
from decisionlog.questions.viewing import Viewing


def judged_now(viewing: Viewing, thing: str) -> Sequence[Finding]:
    """Every finding about one thing, whenever it is so."""
    point = viewing.point
    record = Record(viewing.log, viewing.rows, point.known, point.as_of.position, table_in(point.rules))
    return in_order(judge(record, thing).findings)
