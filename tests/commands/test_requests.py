"""What people type, held to the rules of every field; every mistake at once, each with its place and the way out."""

from __future__ import annotations

from typing import get_args

import pytest

from decisionlog.commands.requests import check, check_source, check_value, check_when, suggestion, unknown_field
from decisionlog.domain import vocabulary
from decisionlog.domain.days import NotADate, zone_named
from decisionlog.domain.facts import TYPES
from decisionlog.domain.facts.parts import Change, Document, Money
from decisionlog.domain.facts.shape import at, fields_of, parts_of

LONDON = zone_named("Europe/London")


def mistakes(type_name, **data):
    checked, found = check(type_name, data, LONDON)
    assert not (checked and found)
    return found


def the_mistake(type_name, **data):
    (found,) = mistakes(type_name, **data)
    return found


def test_what_is_right_is_recorded_as_it_is_tidied():
    data = {
        "title": "  Cafe\u0301 ",
        "recommendation": "One.\r\nTwo.",
        "purpose": "decision",
        "key": False,
        "authors": ["person:a", " post: b "],
        "value": [{"money": {"amount": -5, "currency": "GBP"}}],
        "places": [],
    }
    checked, found = check("proposal.submitted", data)
    assert found == []
    assert checked == {
        "title": "Café",
        "recommendation": "One.\nTwo.",
        "purpose": "decision",
        "key": False,
        "authors": ["person:a", "post:b"],
        "value": [{"money": {"amount": -5, "currency": "GBP"}}],
        "places": [],
    }


def test_every_mistake_is_found_at_once_with_its_place():
    found = mistakes(
        "decision.taken",
        titel="x",
        key=1,
        on_behalf_of="body:a",
        value=[{"money": {"amount": "5"}}, 7],
        people=["body:x"],
    )
    assert dict(found) == {
        "data": "Unknown field `titel`. Did you mean `title`?",
        "data.key": "1 was found; true or false is wanted.",
        "data.on_behalf_of": "'body:a' was found; a list ([...]) is wanted.",
        "data.value[0].money": "`currency` is missing.",
        "data.value[0].money.amount": "'5' was found; a whole number (without quotation marks) is wanted.",
        "data.value[1]": "7 was found; an object ({...}) is wanted.",
        "data.people[0]": "'body:x' is of kind body; person is wanted here.",
    }


@pytest.mark.parametrize(
    ("data", "place", "sentence"),
    [
        ({"title": 5}, "data.title", "5 was found; text (in quotation marks) is wanted."),
        ({"title": True}, "data.title", "true was found; text (in quotation marks) is wanted."),
        ({"title": None}, "data.title", "`title` is null; leave out what is not recorded."),
        ({"title": {}}, "data.title", "an object was found; text (in quotation marks) is wanted."),
        ({"title": ""}, "data.title", "title is empty."),
        ({"title": "a\nb"}, "data.title", "title contains a line break at position 2; it must be one line."),
        (
            {"title": "a\ud800"},
            "data.title",
            "title contains half of a character (a lone surrogate, U+D800) at position 2.",
        ),
        ({"version": "x" * 201}, "data.version", "version is 201 characters; the limit is 200."),
        (
            {"recommendation": "x" * 20_001},
            "data.recommendation",
            "recommendation is 20,001 characters; the limit is 20,000.",
        ),
        ({"key": "true"}, "data.key", "'true' was found; true or false is wanted."),
        (
            {"paper": {"sha256": "AB" * 32}},
            "data.paper.sha256",
            "sha256 is not a SHA-256 digest (64 hexadecimal digits, lower case).",
        ),
        (
            {"paper": {"uri": "javascript:alert(1)"}},
            "data.paper.uri",
            "links must start with https:// (or http, mailto, urn).",
        ),
        ({"paper": {"uri": "data:text/html,x"}}, "data.paper.uri", "links must start with https://"),
        ({"paper": {"uri": "JaVaScRiPt:x"}}, "data.paper.uri", "links must start with https://"),
        ({"paper": "x.pdf"}, "data.paper", "'x.pdf' was found; an object ({...}) is wanted."),
        ({"places": ["place:x"] * 10_001}, "data.places", "places has more than 10,000 entries."),
        ({"places": ["place:a\tb"]}, "data.places[0]", "places contains a tab at position 8; it must be one line."),
        ({"sponsor": "body:"}, "data.sponsor", "'body:' is not a reference"),
        (
            {"sponsor": "place:x"},
            "data.sponsor",
            "'place:x' is of kind place; body or post or person or organisation is wanted here.",
        ),
        (
            {"value": [{"money": {"amount": 2**53, "currency": "GBP"}}]},
            "data.value[0].money.amount",
            "9007199254740992 is out of range; a whole number within 2^53 is wanted (write a larger one as text).",
        ),
        (
            {"access": {"level": "exempt", "review_on": "31/2/2026"}},
            "data.access.review_on",
            "is not a day, whichever way it is read",
        ),
        ({"access": {}}, "data.access", "`level` is missing."),
        ({"n": 1}, "data", "`n` is set by the log; leave it out."),
        ({"paper": {"titel": "x"}}, "data.paper", "Unknown field `titel`. Did you mean `title`?"),
        (
            {"value": [{"money": {"amount": 1, "currency": "GBP", "zzz": 1}}]},
            "data.value[0].money",
            "Unknown field `zzz`. Known here: amount, currency.",
        ),
        ({"title.x": 1}, "data", "Unknown field `title.x`. Did you mean `title`?"),
    ],
)
def test_a_wrong_value_is_named_with_what_is_wanted(data, place, sentence):
    found_place, found = the_mistake("proposal.submitted", **data)
    assert found_place == place
    assert sentence in found


def test_a_count_begins_at_nothing():
    assert the_mistake("meeting.quorum_noted", counted=-1) == (
        "data.counted",
        "-1 is out of range; a whole number from 0 is wanted (write a larger one as text).",
    )


@pytest.mark.parametrize(
    "uri",
    [
        "https://example.org/a?b#c",
        "mailto:a@example.org",
        "urn:isbn:1",
        "papers/item4.pdf",
        "C:\\papers\\x.pdf",
        "Paper 4: x.pdf".replace(": ", " "),
    ],
)
def test_links_and_file_names_are_addresses(uri):
    assert mistakes("proposal.submitted", paper={"uri": uri}) == []


def test_a_reference_of_one_kind_needs_no_kind():
    checked, _ = check(
        "decision.taken", {"meeting": "NLB 12:30", "proposals": [{"proposal": "NLB:26"}], "people": ["p-014"]}
    )
    assert checked == {
        "meeting": "meeting:NLB 12:30",
        "proposals": [{"proposal": "proposal:NLB:26"}],
        "people": ["person:p-014"],
    }


def test_a_date_without_an_offset_is_answered_in_the_time_of_the_log():
    assert (
        "Which one? 2026-10-25T01:30:00+01:00 or 2026-10-25T01:30:00+00:00."
        in the_mistake("decision.taken", call_in_until="2026-10-25T01:30")[1]
    )
    with pytest.raises(NotADate, match=r"2026-07-01T10:00:00\+01:00"):
        check_when("2026-07-01T10:00", LONDON)
    with pytest.raises(NotADate, match=r"5 is not a date; write 2026-03-12 in quotation marks"):
        check_when(5)


def test_cells_are_kept_as_they_were_found():
    cells = [{"verbatim": "  a\u0301\t\x00\r\n ", "column": ""}]
    checked, found = check("row.imported", {"cells": cells})
    assert (checked["cells"], found) == (cells, [])
    assert (
        the_mistake("row.imported", cells=[{"verbatim": "x" * 100_001}])[1]
        == "verbatim is 100,001 characters; the limit is 100,000."
    )
    assert "lone surrogate" in the_mistake("row.imported", cells=[{"verbatim": "\ud800"}])[1]


def test_a_source_is_held_to_rules_too():
    checked, found = check_source(
        {"name": "a.csv", "sha256": "0" * 64, "place": "row 4", "recorded_at": "2024-02", "recorded_by": "Ann"}
    )
    assert found == []
    assert checked["recorded_at"] == "2024-02"
    assert check_source({"recorded_at": "next Tuesday"})[1][0][0] == "source.recorded_at"
    assert check_source({"recorded_at": "2026-10-25T01:30"}, LONDON)[1][0][1].startswith(
        "'2026-10-25T01:30' has no offset from UTC. Which one?"
    )
    assert check_source({"nmae": "x"})[1] == [("source", "Unknown field `nmae`. Did you mean `name`?")]
    assert check_source(None)[1] == [("source", "`source` is null; leave out what is not recorded.")]


def test_the_value_of_one_field_is_held_to_its_rules():
    title, paper, places = (at(TYPES["proposal.submitted"], pointer) for pointer in ("/title", "/paper", "/places"))
    assert check_value(title, " x ", "now") == ("x", [])
    assert check_value(title, 5, "data.changes[0].now")[1] == [
        ("data.changes[0].now", "5 was found; text (in quotation marks) is wanted.")
    ]
    assert check_value(title, "", "data.changes[0].now")[1] == [("data.changes[0].now", "now is empty.")]
    assert check_value(paper, {"titel": "x"}, "now")[1] == [("now", "Unknown field `titel`. Did you mean `title`?")]
    assert check_value(places, ["x"], "now") == (["place:x"], [])


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ([1.5], "says 1.5 cannot be recorded"),
        ({"a": None}, "says null cannot be recorded"),
        (2**60, "says is too large a number; write it as text."),
    ],
)
def test_a_value_of_any_shape_is_still_json_that_every_reader_keeps(value, sentence):
    found = the_mistake("record.contradicted", path="/title", says=value)
    assert sentence in found[1]


@pytest.mark.parametrize("path", ["title", "", "/", "//x", "/on/", "on"])
def test_a_pointer_is_a_pointer(path):
    assert the_mistake("record.contradicted", path=path)[1] == "path is not a JSON Pointer such as /title or /on."


def test_a_whole_number_of_any_size_is_text():
    exact = [
        (name, field.name)
        for name, model in TYPES.items()
        for field in fields_of(model).values()
        if field.meaning == "exact"
    ]
    parts = [
        field
        for model in TYPES.values()
        for part in parts_of(model)
        for field in fields_of(part).values()
        if field.meaning == "exact"
    ]
    for field in parts or [at(TYPES[name], f"/{path}") for name, path in exact]:
        one = at(field.part, "/x") if field.part else field
        value = ["12345678901234567890"] if one.many else "12345678901234567890"
        assert check_value(one, value, "x")[1] == []
        wrong = ["1.5"] if one.many else "1.5"
        assert "is not a whole number in decimal digits" in check_value(one, wrong, "x")[1][0][1]
    assert exact or parts


@pytest.mark.parametrize("name", TYPES)
def test_every_type_can_be_asked_for(name):
    checked, found = check(name, {})
    required = [field.name for field in fields_of(TYPES[name]).values() if field.required]
    assert [sentence for _, sentence in found] == [f"`{field}` is missing." for field in required]
    assert checked == {}


# Suggestions


@pytest.mark.parametrize(
    ("found", "known", "meant"),
    [
        ("apporved", ["approved", "rejected"], "approved"),
        ("approve", ["approved", "rejected"], "approved"),
        ("agreed", ["approved", "rejected", "deferred"], ""),
        ("not-approved", ["approved", "rejected"], ""),
        ("unapproved", ["approved", "rejected"], ""),
        ("disapproved", ["approved"], ""),
        ("not-aproved", ["approved"], ""),
        ("inclusive", ["concurrent", "exclusive"], ""),
        ("non-voting-membr", ["voting-member", "non-voting-member"], "non-voting-member"),
        ("not-ratifed", ["ratified", "not-ratified"], "not-ratified"),
        ("unanimus", ["unanimous", "majority"], "unanimous"),
        ("x" * 100_000, ["approved"], ""),
    ],
)
def test_a_suggestion_is_near_and_never_the_opposite(found, known, meant):
    assert suggestion(found, known) == meant


OPPOSITES = {
    "agreed": "rejected",
    "accepted": "rejected",
    "carried": "rejected",
    "passed": "rejected",
    "refused": "approved",
    "lost": "approved",
    "declined": "approved",
    "dismissed": "approved",
    "support": "object",
    "opposed": "support",
    "against": "in-favour",
    "for": "against",
    "present": "absent",
    "allowed": "prohibited",
    "forbidden": "permitted",
    "unsupported": "support",
    "unratified": "ratified",
    "unconfirmed": "confirmed",
    "closed": "open",
    "yes": "no",
}


@pytest.mark.parametrize(
    "field",
    [
        name
        for name, words in vars(vocabulary).items()
        if get_args(words) and all(isinstance(word, str) for word in get_args(words))
    ],
)
def test_no_list_of_words_suggests_the_opposite_of_an_ordinary_one(field):
    words = get_args(getattr(vocabulary, field))
    for word, opposite in OPPOSITES.items():
        assert suggestion(word, words) != opposite
        assert suggestion(f"not-{word}", words) not in {
            word,
            *(one for one in words if not one.startswith(("no", "un", "dis"))),
        }


def test_a_word_that_is_not_on_the_list_is_answered_with_the_list():
    place, sentence = the_mistake("proposal.submitted", purpose="Discusion")
    assert place == "data.purpose"
    assert sentence == (
        "'Discusion' is not one of the words for this field. Did you mean 'discussion'? "
        "The words are: decision, discussion, information."
    )
    assert the_mistake("decision.taken", outcome="approved with condition")[1].startswith(
        "'approved with condition' is not one of the words for this field. Did you mean 'approved-with-conditions'?"
    )
    assert "Did you mean approved, endorsed or noted?" in the_mistake("decision.taken", outcome="agreed")[1]
    assert "Did you mean" not in the_mistake("decision.taken", outcome="tea")[1]
    assert "'[]'" in the_mistake("decision.taken", outcome=[])[1]


def test_an_unknown_field_is_answered_with_those_that_are_known():
    assert unknown_field("zzz", ["a", "b"]) == "Unknown field `zzz`. Known here: a, b."
    assert unknown_field("zzz", list("abcdefghijklmn")).endswith("k, l ....")
    assert len(unknown_field("z" * 100_000, ["a"])) < 120
    for name in ("id", "sequence", "recorded_at", "hash", "position", "salt"):
        assert unknown_field(name, ["a"]) == f"`{name}` is set by the log; leave it out."


def test_parts_are_those_of_the_facts():
    assert {Change, Document, Money} <= {part for model in TYPES.values() for part in parts_of(model)}
