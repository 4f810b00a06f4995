"""`agenda` as text: what awaits the next meeting of a body, section by section."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from decisionlog.domain.answers.agenda import SECTIONS, Agenda, Awaiting
from decisionlog.domain.text import visible
from decisionlog.render.finding_words import sentence, subject
from decisionlog.render.page import Page
from decisionlog.render.words import NOT_RECORDED, all_called, called, positions, resting_on, titled, told_apart, when

_SOMEBODY_S_MOVE: Final = frozenset({"actions", "disagreements", "ratifications", "conditions", "reports"})
"""Sections in which it is somebody's move, so that it is said where nobody is recorded."""

_FIRST_FEW: Final = 5
"""Findings that are told on an agenda; `check` has them all."""


def agenda(answer: Agenda, page: Page) -> Iterator[str]:
    """`agenda`: the next meeting, then each section that has something in it, and the basis."""
    yield from page.heading(f"{called(answer.body, answer.names)}: what awaits its next meeting")
    yield from page.paragraph(_next(answer), indent=2)
    for section, heading in SECTIONS.items():
        lines = [_line(item, answer) for item in answer.items if item.section == section]
        if lines:
            yield ""
            yield from page.heading(heading)
            for line in lines:
                yield from page.paragraph(line, indent=2, hang=4)
    if answer.findings:
        yield ""
        yield from page.heading("What does not add up")
        names = told_apart(answer.names)
        for one in answer.findings[:_FIRST_FEW]:
            told = f"{subject(one, names)}: {sentence(one, names)} {positions(one.evidence)} ({one.rule})"
            yield from page.paragraph(told, indent=2, hang=4)
        if (left_out := len(answer.findings) - _FIRST_FEW) > 0:
            key = visible(answer.body.partition(":")[2])
            yield from page.paragraph(f"... and {left_out:,} more: decisionlog check --body {key}", indent=2)
    if not answer.items:
        yield ""
        yield from page.paragraph("Nothing that is recorded awaits it.")
    yield ""
    for remark in answer.notes:
        yield from page.paragraph(visible(remark))
    yield from page.paragraph(resting_on(answer.basis))


def _next(answer: Agenda) -> str:
    meeting = answer.next_meeting
    if meeting is None:
        return "Next meeting: not recorded."
    return f"Next meeting: {visible(meeting.ref)} on {when(meeting.on)} {positions(meeting.evidence)}"


def _whose(item: Awaiting, answer: Agenda) -> str:
    if item.who:
        return all_called(item.who, answer.names)
    return f"whose move is {NOT_RECORDED}" if item.section in _SOMEBODY_S_MOVE else ""


def _line(item: Awaiting, answer: Agenda) -> str:
    due = f"due {when(item.due)}" + (", OVERDUE" if item.overdue else "") if item.due else ""
    parts = [
        visible(item.state),
        f"since {when(item.since)}" if item.since else "",
        due,
        _whose(item, answer),
    ]
    told = "; ".join(filter(None, parts))
    return "  ".join(filter(None, (visible(item.ref), titled(item.title), told, positions(item.evidence))))
