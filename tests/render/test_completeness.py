"""`completeness` in words, as plain data and as a table."""

from __future__ import annotations

import csv
import json

import pytest

from decisionlog.domain.answers.completeness import (
    Completeness,
    Field,
    FieldTotal,
    Judged,
    RecordJudged,
    YearTotal,
)
from decisionlog.domain.saying import Named
from decisionlog.domain.text import visible
from decisionlog.render import as_json, sheets
from decisionlog.render.markdown import MarkdownPage, tidied
from decisionlog.render.page import Page
from decisionlog.render.text import text
from tests.render.answers import BASIS, NAMES


def field(name="reasons", status="recorded", **more):
    given = {
        "title": name.replace("_", " "),
        "asked_by": "SI 2012/2089 reg 12",
        "verified": True,
        "satisfied_by": (f"decision.taken {name}",),
        "evidence": (24,),
    }
    return Field(name=name, status=status, **{**given, **more})


def judged(*fields, **more):
    given = {
        "profile": "la-exec-meeting",
        "title": "a decision of a council's executive at a meeting",
        "source": "SI 2012/2089 reg 12",
        "verified": False,
        "why": (Named("body:cabinet"), " is an executive"),
        "evidence": (6,),
    }
    recorded = sum(one.is_there for one in fields)
    asked = sum(one.applies for one in fields)
    return Judged(fields=fields, recorded=recorded, asked=asked, **{**given, **more})


MISSING = field("options", "not-recorded", evidence=(), verified=False)
NONE = field("interests", "recorded-as-none")
OTHER = field("dispensation", "not-applicable", why="no interest was declared")


def item(*parts, **more):
    parts = parts or (judged(field(), MISSING, NONE, OTHER),)
    given = {
        "stream": "decision:D1",
        "ref": "D1",
        "title": "Type hints",
        "on": "2026-03-12",
        "makers": ("body:cabinet",),
        "judged": parts,
        "recorded": 2,
        "asked": 3,
        "missing": (MISSING,),
        "beyond": (field("places", evidence=(24,)), field("lead", "not-recorded")),
        "evidence": (24,),
    }
    return RecordJudged(**{**given, **more})


def answer(*items, asked="decision:D1", **more):
    given = {
        "years": (YearTotal("body:cabinet", "2026", 2, 1, 5, 6, (("reasons", 1),)),),
        "fields": (FieldTotal("options", "options", 3, 1, 1, 1),),
        "left_out": 0,
        "notes": (),
    }
    return Completeness(BASIS, asked, "small 1", items=items, names=NAMES, **{**given, **more})


def written(of, width=None):
    return "\n".join(text(of, Page(width)))


def test_one_decision_is_told_by_its_score_its_reason_and_every_field():
    lines = written(answer(item())).splitlines()
    assert lines[:5] == [
        "D1  Type hints",
        "Decided on 12 March 2026, by Northmoor Cabinet [24].",
        "",
        "2 of 3 recorded, as a decision of a council's executive at a meeting",
        "By the profile la-exec-meeting (SI 2012/2089 reg 12, in part not verified), since Northmoor Cabinet is an executive [6].",
    ]
    assert "options  SI 2012/2089 reg 12 (not verified)" in lines
    assert "reasons  SI 2012/2089 reg 12  [24]" in lines
    assert "dispensation  SI 2012/2089 reg 12  no interest was declared  [24]" in lines
    headings = [line for line in lines if line in {"Not recorded", "Recorded", "Recorded as none", "Does not apply"}]
    assert headings == ["Not recorded", "Recorded", "Recorded as none", "Does not apply"]
    assert "  Recorded          places" in lines
    assert "  Not recorded      lead" in lines


@pytest.mark.parametrize(
    ("fields", "said"), [((field(),), "(SI 2012/2089 reg 12)"), ((MISSING,), "(SI 2012/2089 reg 12, not verified)")]
)
def test_how_much_of_a_profile_was_verified_is_said(fields, said):
    assert said in written(answer(item(judged(*fields, verified=all(one.verified for one in fields)))))


def test_a_decision_of_an_unknown_day_by_nobody_recorded_is_told_so():
    page = written(answer(item(on="", makers=(), beyond=())))
    assert "Decided on a day that is not recorded, by not recorded [24]." in page
    assert "  Recorded          nothing" in page


def test_several_decisions_have_a_line_each_and_totals():
    second = item(ref="D2", stream="decision:D2", missing=(), recorded=3)
    lines = written(answer(item(), second, asked="")).splitlines()
    assert lines[0] == "D1  Type hints  2 of 3 recorded (la-exec-meeting)  not recorded: options  [24]"
    assert lines[1] == "D2  Type hints  3 of 3 recorded (la-exec-meeting)  [24]"
    assert "2 decisions, the least complete first." in lines
    assert "Northmoor Cabinet, 2026  2 decisions, 1 complete  5 of 6 recorded  missing most often: reasons (1)" in lines
    assert "options  2 of 3 recorded, 1 of them as none" in lines


def test_two_decisions_of_one_reference_are_told_apart():
    page = written(answer(item(), item(stream="decision:D1~2"), asked=""))
    assert "decision:D1    Type" in page
    assert "decision:D1~2  Type" in page


def test_what_a_limit_leaves_out_is_counted():
    assert "1 of 5 decisions, the least complete first." in written(answer(item(), asked="", left_out=4))


def test_that_everything_is_complete_and_that_there_is_nothing_is_said():
    whole = answer(item(missing=()), asked="", fields=(FieldTotal("options", "options", 1, 1, 0, 0),))
    assert "1 decision, the least complete first. Every record is complete." in written(whole)
    assert written(answer(asked="", years=(), fields=(), notes=("Left out: 1.",))).startswith(
        "No decisions.\n\nLeft out: 1."
    )


def test_totals_of_nobody_and_of_no_day_are_told_so():
    page = written(answer(item(), asked="", years=(YearTotal("", "", 1, 1, 3, 3, ()),)))
    assert "who decided is not recorded, on a day that is not recorded  1 decision, 1 complete  3 of 3 recorded" in page


def test_what_a_person_typed_cannot_command_the_terminal():
    page = written(answer(item(title="a\x1b[2Jb", ref="D\u202e1")))
    assert not any(letter in page for letter in "\x1b\u202e")


def test_a_narrow_page_is_not_overrun():
    assert max(map(len, written(answer(item()), 50).splitlines())) <= 50


def test_a_page_of_markdown_has_tables():
    page = "\n".join(tidied(text(answer(item()), MarkdownPage())))
    assert "## 2 of 3 recorded, as a decision of a council's executive at a meeting" in page
    assert "| options | SI 2012/2089 reg 12 (not verified) |  |  |" in page


def test_the_document_has_every_field_with_who_asks_for_it():
    document = json.loads(as_json.document(answer(item())))
    assert list(document["basis"]) == ["log", "as_at", "known_at", "clock", "position", "root", "rules"]
    (one,) = document["items"]
    assert (one["ref"], one["recorded"], one["asked"], one["missing"]) == ("D1", 2, 3, ["options"])
    (profile,) = one["profiles"]
    assert (profile["profile"], profile["why"]) == ("la-exec-meeting", "body:cabinet is an executive")
    assert profile["fields"][1] == {
        "name": "options",
        "title": "options",
        "status": "not-recorded",
        "asked_by": "SI 2012/2089 reg 12",
        "verified": False,
        "satisfied_by": ["decision.taken options"],
        "evidence": [],
        "why": "",
    }
    assert document["years"][0]["most_missed"] == [{"title": "reasons", "missing": 1}]
    assert document["fields"] == [
        {"name": "options", "title": "options", "asked": 3, "recorded": 1, "as_none": 1, "missing": 1}
    ]
    assert json.loads(next(as_json.lines(answer(item())))) == one


def test_the_table_has_a_row_for_each_field_that_is_asked_for():
    heading, *rows = csv.reader(sheets.document(answer(item())))
    assert heading[:8] == ["decision", "title", "on", "decision_makers", "profile", "recorded", "asked", "field"]
    assert [row[7:9] for row in rows] == [
        ["reasons", "recorded"],
        ["options", "not-recorded"],
        ["interests", "recorded-as-none"],
        ["dispensation", "not-applicable"],
    ]
    assert rows[0] == ["decision:D1", "Type hints", "2026-03-12", "body:cabinet", "la-exec-meeting", "2", "3", "reasons",
                       "recorded", "SI 2012/2089 reg 12", "yes", "", "24"]  # fmt: skip


@pytest.mark.parametrize("title", ["=HYPERLINK(A1)", "+1", "-1", "@SUM(A1)", "\t=1"])
def test_no_cell_is_a_formula(title):
    _, row, *_ = csv.reader(sheets.document(answer(item(title=title))))
    assert row[1] == f"'{visible(title)}"


def test_a_cell_with_commas_quotes_and_lines_stays_one_cell():
    title = 'a, "b"\nc'
    written_lines = list(sheets.document(answer(item(title=title))))
    _, row, *_ = csv.reader(written_lines)
    assert row[1] == visible(title)
