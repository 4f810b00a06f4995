from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from msgspec.structs import fields

from decisionlog.domain.facts import TYPES
from decisionlog.domain.facts.envelope import Envelope
from decisionlog.render.schema import schema, summaries

FROZEN = sorted((Path(__file__).parents[1] / "frozen").glob("*.json"))
PLAIN = sorted((Path(__file__).parents[1] / "cli" / "northmoor").glob("*.jsonl"))
STORED = Draft202012Validator(schema())
WRITTEN = Draft202012Validator(schema(plain=True))


@pytest.mark.parametrize("plain", [False, True])
def test_the_schema_is_one(plain):
    Draft202012Validator.check_schema(schema(plain=plain))


def test_it_describes_the_whole_envelope():
    (described,) = schema(["decision.taken"])["oneOf"]
    assert described["properties"].keys() == {field.encode_name for field in fields(Envelope)}
    assert set(described["required"]) == {field.encode_name for field in fields(Envelope) if field.required}


@pytest.mark.parametrize("frozen", FROZEN, ids=lambda path: path.stem)
def test_every_frozen_example_fits(frozen):
    fact = json.loads(frozen.read_text(encoding="utf-8"))
    one = Draft202012Validator(schema([fact["type"]]))
    one.validate(fact)
    spoiled = {**fact, "data": {**fact["data"], "no such field": 1}}
    assert not one.is_valid(spoiled)
    assert not one.is_valid({**fact, "extra": 1})


@pytest.mark.parametrize("file", PLAIN, ids=lambda path: path.stem)
def test_the_facts_that_people_write_fit_the_plain_schema(file):
    for line in file.read_text(encoding="utf-8").splitlines():
        WRITTEN.validate(json.loads(line))


@pytest.mark.parametrize(
    "line",
    [
        {"type": "decision.taken", "n": 1},
        {"type": "decision.taken", "data": {"outcome": "aproved"}},
        {"type": "decision.taken", "data": {"decision_makers": ["meeting:x"]}},
        {"type": "proposal.submitted", "on": "12/03/2026"},
        {"type": "body.renamed"},
        {"type": "no.such"},
    ],
)
def test_what_import_refuses_does_not_fit(line):
    assert not WRITTEN.is_valid(line)


@pytest.mark.parametrize(
    "line",
    [
        {"type": "proposal.submitted"},
        {"type": "proposal.submitted", "data": {"ref": {"$private": "P1"}, "title": "In clear"}},
    ],
)
def test_what_import_takes_fits(line):
    WRITTEN.validate(line)


def test_every_type_has_a_line_that_says_what_it_is():
    told = list(summaries())
    assert [name for name, _, _ in told] == list(TYPES)
    assert all(said.endswith((".", ":", ",")) or said for _, said, _ in told)
    assert {name for name, _, opens in told if opens} >= {"decision.taken", "log.opened"}
