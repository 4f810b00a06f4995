"""The published JSON Schema says what the format is: no more and no less than the types."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from decisionlog.domain.facts import TYPES
from decisionlog.domain.facts.published import json_schema

FROZEN = Path(__file__).parent.parent / "frozen"
SCHEMA = json_schema()
LINE = Draft202012Validator(SCHEMA)
PLAIN = Draft202012Validator({"$ref": "#/$defs/plain", "$defs": SCHEMA["$defs"]})


def example(name: str = "decision.taken") -> dict:
    return json.loads((FROZEN / f"{name}.json").read_bytes())


def test_it_is_a_schema_that_names_no_place_on_the_network():
    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$id"] == "urn:decisionlog:schema:facts"
    assert json.loads(json.dumps(SCHEMA)) == SCHEMA


@pytest.mark.parametrize("name", TYPES)
def test_every_frozen_example_is_valid(name):
    assert [error.message for error in LINE.iter_errors(example(name))] == []


def test_no_type_takes_a_field_that_it_does_not_have():
    for name in TYPES:
        fact = example(name)
        fact["data"]["outcom"] = "approved"
        assert not LINE.is_valid(fact), name


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("salt",), "short"),
        (("recorded_at",), "2026-03-12"),
        (("recorded_by",), "Avery Thornfield"),
        (("n",), 0),
        (("on",), None),
        (("batch",), "1"),
        (("of",), {"stream": "decision:NLB/25-26/031"}),
        (("data", "title"), "in clear"),
        (("data", "outcome"), "agreed"),
        (("data", "reasons"), {"$private": "AAAA"}),
        (("data", "meeting"), "decision:NLB/25-26/031"),
        (("data", "from"), "1 April 2026"),
        (("data", "on_behalf_of"), "organisation:northmoor-council"),
        (("data", "value"), [{"money": {"amount": 1.5, "currency": "GBP"}}]),
        (("data", "key"), "yes"),
    ],
)
def test_a_line_that_is_not_a_fact_is_not_valid(path, value):
    fact = example()
    *way, last = path
    holder = fact
    for step in way:
        holder = holder[step]
    holder[last] = value
    assert not LINE.is_valid(fact)


@pytest.mark.parametrize("missing", ["type", "v", "stream", "n", "recorded_at", "recorded_by", "batch", "salt", "data"])
def test_a_line_lacks_nothing_of_the_envelope(missing):
    fact = example()
    del fact[missing]
    assert not LINE.is_valid(fact)


def test_what_is_open_may_be_sealed():
    fact = example()
    sealed = fact["data"]["title"]
    fact["data"] |= {"outcome": sealed, "value": sealed, "on_behalf_of": sealed}
    assert LINE.is_valid(fact)


def test_unknown_types_and_other_versions_are_held_to_the_envelope_alone():
    assert LINE.is_valid(example() | {"type": "decision.dreamt", "data": {"anything": 1}})
    assert LINE.is_valid(example() | {"v": 2, "data": {"anything": 1}})
    assert not LINE.is_valid(example() | {"v": 1, "data": {"anything": 1}})
    second = Draft202012Validator(json_schema(lambda _: 2))
    assert second.is_valid(example() | {"v": 1, "data": {"anything": 1}})
    assert not second.is_valid(example() | {"v": 2, "data": {"anything": 1}})


def test_a_withheld_fact_is_its_leaf_hash():
    assert LINE.is_valid({"$withheld": "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="})
    assert not LINE.is_valid({"$withheld": "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=", "data": {}})


@pytest.mark.parametrize(
    "fact",
    [
        {"type": "decision.taken", "stream": "decision:PEP 484"},
        {"type": "decision.taken", "stream": "decision:PEP 484", "data": {"title": "Hints", "outcome": "approved"}},
        {"type": "decision.taken", "stream": "decision:PEP 484", "data": {"outcome": {"$private": "approved"}}},
        {"type": "decision.ratified", "about": "PEP 484", "of": "PEP 484", "on": "2015", "data": {"words": "Yes."}},
        {"type": "decision.ratified", "about": "PEP 484", "of": {"stream": "decision:PEP 484", "n": 1}},
        {"type": "fund.reported", "stream": "fund:a", "data": {"spent": {"amount": -1, "currency": "GBP"}}},
        {"type": "row.imported", "stream": "row:1", "data": {"cells": [{"column": "Ref", "verbatim": ""}]}},
        {"type": "place.defined", "stream": "place:a", "source": {"name": "a.csv", "recorded_by": "A. Clerk"}},
    ],
)  # fmt: skip
def test_a_plain_fact_is_what_people_write(fact):
    assert [error.message for error in PLAIN.iter_errors(fact)] == []


@pytest.mark.parametrize(
    "fact",
    [
        {"type": "decision.taken"},
        {"type": "decision.taken", "stream": "decision:1", "about": "1"},
        {"type": "decision.taken", "stream": "1"},
        {"type": "decision.dreamt", "stream": "decision:1"},
        {"type": "decision.taken", "stream": "decision:1", "n": 1},
        {"type": "decision.taken", "stream": "decision:1", "recorded_at": "2026-03-12T10:00:00.000000Z"},
        {"type": "decision.taken", "stream": "decision:1", "data": {"titel": "Type hints"}},
        {"type": "decision.taken", "stream": "decision:1", "data": {"title": ""}},
        {"type": "decision.taken", "stream": "decision:1", "data": {"title": None}},
        {"type": "decision.taken", "stream": "decision:1", "data": {"title": "x" * 201}},
        {"type": "meeting.held", "stream": "meeting:1", "data": {"minutes": "taken"}},
    ],
)
def test_what_the_log_assigns_or_does_not_know_is_not_a_plain_fact(fact):
    assert not PLAIN.is_valid(fact)
