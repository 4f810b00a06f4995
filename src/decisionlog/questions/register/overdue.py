"""What is overdue: the reviews, reports and actions whose day is over, and of which it is not recorded that they were done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from decisionlog.domain.answers.feeds import Dated
from decisionlog.domain.answers.register import Coming
from decisionlog.domain.answers.telling import Line
from decisionlog.domain.references import split
from decisionlog.domain.saying import Said, said
from decisionlog.questions.accounts.decisions import action_said
from decisionlog.questions.feeds.falling_due import falling_due
from decisionlog.questions.point import settle
from decisionlog.questions.register.asking import Asking
from decisionlog.questions.register.coming import reviewed
from decisionlog.questions.viewing import Viewing

_SHOWN: Final = 5
_OWED: Final = frozenset({"review", "report", "action"})


def overdue(asking: Asking) -> Coming:
    """What was due before the point that is asked about and is still open, what was due last first."""
    point = settle(asking.log, asking.asked, asking.now)
    delegations = {one.stream: one.more for one in asking.listed("delegation").items}
    with asking.models.reading() as rows:
        viewing = Viewing(asking.log, rows, point)
        owed = [one for one in falling_due(viewing) if one.what in _OWED and viewing.is_past(one.when)]
        owed.sort(key=lambda one: (viewing.moment(one.when, 0), one.stream), reverse=True)
        lines = tuple(_line(viewing, one, delegations.get(one.stream, {})) for one in owed[:_SHOWN])
    return Coming(point.basis, lines, len(owed) - len(lines))


def _line(viewing: Viewing, one: Dated, more: Mapping[str, Any]) -> Line:
    return Line(_said(viewing, one, more), one.evidence, one.when)


def _said(viewing: Viewing, one: Dated, more: Mapping[str, Any]) -> Said:
    if one.what == "action":
        return (*action_said(viewing.of(one.stream)), ".")
    what = reviewed(one.stream, more)
    if one.what == "review":
        return ("Review of ", *what)
    return ("Report on ", *what, *said("[ to {to}]", {"to": one.part} if split(one.part)[0] else {}))
