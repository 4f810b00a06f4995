from __future__ import annotations

import pytest

from decisionlog.domain.saying import (
    Day,
    LastDay,
    Named,
    Words,
    Worth,
    joined,
    parts_of,
    plain,
    references_in_values,
    references_of,
    said,
)


@pytest.mark.parametrize(
    ("template", "data", "told"),
    [
        ("{by} said so.", {"by": "person:p-1"}, "person:p-1 said so."),
        ("{by|=Somebody} said so.", {}, "Somebody said so."),
        ("{on_behalf_of|by} said so.", {"by": "person:p-1"}, "person:p-1 said so."),
        ("Said[ by {by}][, for {on_behalf_of}].", {"by": "person:p-1"}, "Said by person:p-1."),
        ("Said[ by {by}[ on {on}]].", {"by": "person:p-1"}, "Said by person:p-1."),
        ("Said[ by {by}[ on {on}]].", {"on": "2026-03-12"}, "Said."),
        ("{by} said so.", {}, ""),
        ("{of member} left.", {"of member": "person:p-1"}, "person:p-1 left."),
        ("{partners}", {"partners": ["body:a", "body:b", "body:c"]}, "body:a, body:b and body:c"),
        ("{partners|=none}", {"partners": []}, "none"),
        ("{words}", {"words": "[a {b}]"}, "'[a {b}]'"),
        ("{position}", {"position": "support-with-conditions"}, "support with conditions"),
        ("{version}", {"version": "1-b"}, "1-b"),
        ("{proposals}", {"proposals": [{"proposal": "proposal:P", "version": "2"}]}, "proposal:P, version 2"),
        ("{conditions}", {"conditions": [{"id": "C1", "words": "x"}, {"id": "C2", "words": "y"}]}, "C1 and C2"),
        ("{money}", {"money": {"amount": -150, "currency": "GBP"}}, "-1.50 GBP"),
        ("{words}", {"words": {"$private": "x"}}, "withheld"),
        ("{key}", {"key": False}, "no"),
    ],
)
def test_a_sentence_is_made_of_what_is_recorded(template, data, told):
    assert plain(said(template, data)) == told


@pytest.mark.parametrize(
    ("name", "value", "part"),
    [
        ("due", "2026-03-12", Day("2026-03-12")),
        ("until", "2026-04-01", LastDay("2026-04-01")),
        ("holder", "body:a", Named("body:a")),
        ("grounds", "body:a", Words("body:a")),
        ("outcome_words", "AGREED", Words("AGREED")),
        ("legal_basis", "nhsa2006-s75", Worth("nhsa2006-s75", "legal_basis")),
        ("clause", "7.2", "7.2"),
    ],
)
def test_the_parts_of_a_sentence_keep_what_they_are(name, value, part):
    assert parts_of(name, value) == (part,)


def test_what_a_sentence_names_is_known():
    assert references_of(
        said("{by} for {on_behalf_of}", {"by": "person:a", "on_behalf_of": ["body:b"], "words": "c"})
    ) == {
        "person:a",
        "body:b",
    }


def test_what_is_empty_is_not_joined():
    assert plain(joined([("a",), (), ("b",)])) == "a and b"
    assert joined([]) == ()


def test_the_values_of_a_sentence_name_things_too():
    limit = {"money": {"amount": 1, "currency": "GBP"}, "fund": "fund:f", "words": [{"who": "body:b", "says": "a:b"}]}
    assert references_in_values((Named("post:p"), " within ", Worth(limit), "body:c")) == {"fund:f", "body:b"}
