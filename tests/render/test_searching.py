"""`search` in words and as plain data."""

from __future__ import annotations

import json

from decisionlog.domain.answers.searching import Found, Match
from decisionlog.render import as_json
from decisionlog.render.page import Page
from decisionlog.render.text import text
from tests.render.answers import BASIS


def written(answer, width=None):
    return "\n".join(text(answer, Page(width)))


MATCH = Match(
    "proposal:P1",
    "proposal",
    "P1",
    "withheld",
    "submitted",
    "proposal.submitted",
    "2026-03-12",
    "title",
    "no plan",
    (7,),
)


def found(*items, left_out=0, more=False):
    return Found(BASIS, "no plan", ("no", "plan"), items, left_out, more)


def test_a_find_says_where_the_words_stand():
    lines = written(found(MATCH)).splitlines()
    assert lines[:2] == ["proposal:P1  (title withheld)  submitted  [7]", "    submitted 2026-03-12, title: 'no plan'"]
    assert "1 thing." in lines


def test_what_is_left_out_is_counted_as_far_as_it_was_looked_at():
    assert "1 thing; up to 2 others (--limit)." in written(found(MATCH, left_out=2))
    assert "1 thing; more than 2 others (--limit)." in written(found(MATCH, left_out=2, more=True))


def test_nothing_found_says_what_was_looked_for():
    assert "Nothing has 'no' and 'plan' in it." in written(found())


def test_finds_are_a_document_with_a_basis_and_items():
    document = json.loads(as_json.document(found(MATCH, left_out=2)))
    assert (document["text"], document["words"], document["left_out"]) == ("no plan", ["no", "plan"], 2)
    assert document["items"][0]["evidence"] == [7]
    assert all(document["basis"].values())
