"""The map as it is shown: text, Markdown, JSON, a page of HTML, a sheet; whatever its names hold."""

from __future__ import annotations

import csv
import json
from html.parser import HTMLParser
from io import StringIO

import pytest

from decisionlog.domain.answers.accountable import Irregular
from decisionlog.domain.answers.functions_map import Decider, DutyHolder, FunctionsMap, MapRow, Narrowed, Review
from decisionlog.domain.saying import Named
from decisionlog.render.as_json import document, lines
from decisionlog.render.markdown import MarkdownPage
from decisionlog.render.page import Page
from decisionlog.render.pages import document as page_of
from decisionlog.render.sheets import document as sheet_of
from decisionlog.render.text import text
from tests.render.answers import BASIS

CARE, ICB, BODY, GRANT = "function:care", "organisation:icb", "body:committee", "delegation:S-1"
LIMIT = {"money": {"amount": 50_000_00, "currency": "GBP"}, "operator": "<=", "per": "decision"}
IRREGULAR = Irregular("onward-not-recorded", GRANT, "onward", ("possible: ", Named(GRANT), " was passed on"), (12,))


def decider(**more):
    said = {
        "party": (BODY,), "people": (), "on_behalf_of": (ICB,), "acts_for": (ICB,), "kind": "delegation", "reference": GRANT,
        "legal_basis": "nhsa2006-sch1B", "limits": (LIMIT,), "includes": (), "excludes": (), "until": "2026-04-01",
        "possible": False, "places": (),
        "rests_on": (CARE, ICB, BODY, GRANT), "evidence": (12,),
    }  # fmt: skip
    return Decider(**said | more)


def row(**more):
    said = {
        "function": CARE, "above": (), "place": "place:north", "level": "place", "classification": "complete",
        "duty_holders": (DutyHolder(ICB, "nhsa2006-s3", "2022-07-01", possible=False, places=(), evidence=(7,)),),
        "deciders": (decider(),), "besides": (), "forums": (), "review": Review("2026-03-31", GRANT, is_over=True, evidence=(12,)),
        "findings": (), "remarks": (), "evidence": (7, 12), "on_the_way": {},
    }  # fmt: skip
    return MapRow(**said | more)


def answer(*rows, name="Care", **narrowed):
    names = {CARE: name, ICB: "The ICB", BODY: "Place Committee", "place:north": "North"}
    counted = {word: sum(one.classification == word for one in rows) for word in {one.classification for one in rows}}
    return FunctionsMap(BASIS, Narrowed(**narrowed), rows, counted, names, ())


GAP = row(classification="gap", duty_holders=(), deciders=(), review=None)


def written(*rows, page=None, **more):
    return list(text(answer(*rows, **more), page or Page(None)))


def test_a_row_says_in_a_few_lines_what_a_councillor_asks():
    assert written(row())[:7] == [
        "Functions and decisions map",
        "On 31 March 2026, as known today, 1 function: 1 clear.",
        "",
        "North (place)",
        "",
        "Care",
        "  Duty              The ICB [7]",
    ]
    assert (
        "  Can decide        Place Committee: up to £50,000 per decision (S-1), last day 31 March 2026 [12]"
        in written(row())
    )
    assert "  Next review       by 31 March 2026, which is over (S-1) [12]" in written(row())


def test_gaps_are_named_first():
    assert written(GAP)[1:3] == [
        "On 31 March 2026, as known today, 1 function: 1 with a gap.",
        "A gap: nobody is recorded with the duty: Care in North.",
    ]


def test_that_a_limit_is_not_recorded_is_said_and_that_there_is_none_is_not_a_limit():
    silent = written(row(deciders=(decider(limits=None, until=""),)))
    assert "  Can decide        Place Committee: limit not recorded (S-1) [12]" in silent
    without = written(row(deciders=(decider(limits=(), until=""),)))
    assert "  Can decide        Place Committee: S-1 [12]" in without


def test_what_is_given_in_part_only_is_told_in_the_words_of_the_grant():
    part = written(row(deciders=(decider(includes=("Hours of care",), excludes=("withheld",), until=""),)))
    assert (
        "  Can decide        Place Committee: up to £50,000 per decision (S-1), only 'Hours of care', but not withheld [12]"
        in part
    )


def test_several_ways_of_one_party_stand_on_one_line():
    both = (decider(until=""), decider(kind="acts", reference=BODY, limits=(), until="", evidence=(5,)))
    assert "  Can decide        Place Committee: up to £50,000 per decision (S-1) [12, 5]" in written(
        row(deciders=both)
    )
    ending = written(row(deciders=(decider(kind="acts", reference=BODY, limits=(), evidence=(5,)),)))
    assert "  Can decide        Place Committee: acts for The ICB, last day 31 March 2026 [5]" in ending
    alone = written(row(deciders=both[1:]))
    assert "  Can decide        Place Committee: acts for The ICB [5]" in alone


ABOVE = row(besides=(decider(party=("body:board",), kind="acts", reference="body:board", limits=(), until=""),))


def test_whoever_passed_the_power_on_and_keeps_it_stands_below():
    assert "  And above them    body board: acts for The ICB [12]" in written(ABOVE)
    assert "and above" not in "\n".join(written(row())).lower()
    in_a_table = "\n".join(written(ABOVE, page=MarkdownPage()))
    assert "[12]; and above: body board: acts for The ICB [12] |" in in_a_table
    assert "and above: body board: acts for The ICB [12]" in "\n".join(page_of(answer(ABOVE)))
    lines = csv.DictReader(StringIO("".join(sheet_of(answer(ABOVE))), newline=""))
    assert [(line["decider_key"], line["passed_it_on"]) for line in lines] == [(BODY, ""), ("body:board", "yes")]


@pytest.mark.parametrize("page", [Page(20), Page(40), Page(100)])
def test_it_is_readable_on_any_terminal(page):
    shown = written(row(classification="complete-with-findings", findings=(IRREGULAR,)), page=page)
    assert [line for line in shown if len(line) > page.width and " " in line.strip()] == []


def test_in_markdown_it_is_a_table_for_each_place():
    shown = written(row(), GAP, page=MarkdownPage())
    assert [line for line in shown if line.startswith("| Function")] == [
        "| Function | Duty | Who can decide | How it stands | Next review |"
    ]


def test_programs_read_who_decides_as_references():
    (item,) = json.loads(document(answer(row())))["items"]
    assert item["decision_makers"][0]["party"] == [BODY]
    assert item["decision_makers"][0]["limits"] == [LIMIT]
    assert json.loads(next(iter(lines(answer(GAP)))))["next_review"] == "not recorded"


class _Reader(HTMLParser):
    """What a browser would fetch or run, and whether every element is closed."""

    def __init__(self):
        super().__init__()
        self.open, self.tags, self.texts, self.attributes = [], set(), [], []

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes += [name for name, _ in attrs]
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.texts.append(data)


HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{7*7}} ${7*7} {% raw %}",
    "</style><svg onload=alert(1)>",
    "ŵ \u202eevil",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_whatever_a_name_holds_the_page_shows_it_as_text(name):
    page = "".join(page_of(answer(row(), GAP, name=name)))
    reader = _Reader()
    reader.feed(page)
    assert reader.open == []
    assert reader.tags <= set(
        "html head meta title style body main h1 h2 p footer table thead tbody tr th td ul li".split()
    )
    assert not [one for one in reader.attributes if one.startswith("on") or one in {"src", "href", "style"}]
    assert name.partition("\u202e")[0] in "".join(reader.texts)
    assert "\u202e" not in page


def test_the_page_fetches_nothing_and_allows_nothing_to_run():
    page = "".join(page_of(answer(row())))
    assert "default-src 'none'; style-src 'sha256-" in page
    assert "http:" not in page
    assert "https:" not in page
    assert "url(" not in page


def test_the_page_marks_what_is_unclear_by_words_and_not_by_colour_alone():
    page = "".join(page_of(answer(GAP)))
    assert '<tr role="row" class="marked">' in page
    assert "a gap: nobody is recorded with the duty" in page


def test_a_sheet_has_a_line_for_each_who_can_decide_and_one_where_nobody_can():
    both = (decider(), decider(party=("post:chief",), reference="delegation:S-2"))
    rows = list(csv.DictReader(StringIO("".join(sheet_of(answer(row(deciders=both), GAP))), newline="")))
    assert [(one["function"], one["decider"], one["classification"]) for one in rows] == [
        ("Care", "Place Committee", "complete"),
        ("Care", "post chief", "complete"),
        ("Care", "", "gap"),
    ]
    assert (rows[0]["limits"], rows[0]["last_day"]) == ("up to £50,000 per decision", "2026-03-31")


def test_a_name_that_begins_as_a_formula_is_text_in_the_sheet():
    rows = list(csv.DictReader(StringIO("".join(sheet_of(answer(row(), name='=HYPERLINK("x")'))), newline="")))
    assert rows[0]["function"] == '\'=HYPERLINK("x")'
