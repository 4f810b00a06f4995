"""`agenda` in words and as plain data."""

from __future__ import annotations

import json

import pytest

from decisionlog.domain.answers.agenda import SECTIONS, Agenda, Awaiting, NextMeeting
from decisionlog.render import as_json
from decisionlog.render.page import Page
from decisionlog.render.text import text
from tests.render.answers import BASIS, NAMES


def awaiting(section="actions", **more):
    given = {
        "stream": "action:A1",
        "ref": "A1",
        "title": "A plan",
        "state": "open",
        "since": "2026-03-12",
        "due": "2026-03-31",
        "overdue": False,
        "who": ("person:p-2",),
        "evidence": (12, 14),
    }
    return Awaiting(section=section, **{**given, **more})


def agenda(*items, meeting=None, notes=()):
    return Agenda(BASIS, "body:cabinet", meeting, items, NAMES, notes)


def written(answer, width=None):
    return "\n".join(text(answer, Page(width)))


def test_a_line_has_what_it_is_how_it_stands_since_and_until_when_whose_move_it_is_and_its_facts():
    line = "  A1  A plan  open; since 2026-03-12; due 2026-03-31; Sam Okoro  [12, 14]"
    assert line in written(agenda(awaiting())).splitlines()


def test_what_is_overdue_stands_out():
    assert "due 2026-03-31, OVERDUE;" in written(agenda(awaiting(overdue=True)))


@pytest.mark.parametrize("section", ["actions", "disagreements", "conditions", "reports", "ratifications"])
def test_whose_move_it_is_not_recorded_is_said(section):
    assert "; whose move is not recorded  [12, 14]" in written(agenda(awaiting(section, who=())))


def test_only_sections_with_something_in_them_are_written_in_their_order():
    page = written(agenda(awaiting("minutes"), awaiting("reviews")))
    headings = [line for line in page.splitlines() if line in SECTIONS.values()]
    assert headings == ["Minutes to confirm", "Reviews due"]


def test_an_empty_agenda_and_an_unknown_meeting_are_said():
    page = written(agenda(notes=("No next meeting is recorded.",)))
    assert "Nothing that is recorded awaits it." in page
    assert "Next meeting: not recorded." in page
    assert "No next meeting is recorded." in page


def test_what_a_person_typed_cannot_command_the_terminal():
    page = written(agenda(awaiting(title="a\x1b[2Jb", ref="A\u202e1", state="\x07")))
    assert not any(letter in page for letter in "\x1b\u202e\x07")


def test_a_narrow_page_is_not_overrun():
    assert max(map(len, written(agenda(awaiting(title="word " * 30)), 60).splitlines())) <= 60


def test_the_document_has_a_basis_and_the_items_with_their_sections():
    meeting = NextMeeting("meeting:M2", "M2", "2026-06-12", (9,))
    document = json.loads(as_json.document(agenda(awaiting(), meeting=meeting)))
    assert list(document["basis"]) == ["log", "as_at", "known_at", "clock", "position", "root", "rules"]
    assert document["next_meeting"] == {"stream": "meeting:M2", "ref": "M2", "on": "2026-06-12", "evidence": [9]}
    (item,) = document["items"]
    assert (item["section"], item["ref"], item["due"], item["overdue"]) == ("actions", "A1", "2026-03-31", False)
    assert (item["who"], item["evidence"]) == (["person:p-2"], [12, 14])
    assert json.loads(next(as_json.lines(agenda(awaiting())))) == item
    assert json.loads(as_json.document(agenda()))["next_meeting"] is None
