"""SARIF 2.1.0, by a schema of the parts that are used: what the standard demands of each, and nothing beside them."""

from __future__ import annotations

import json

import pytest
from jsonschema import Draft202012Validator
from msgspec.structs import replace

from decisionlog.render.as_json import dumped
from decisionlog.render.sarif import FINGERPRINT, sarif
from tests.render.findings import EXPLAINED, EXPLANATION, FINDING, LATE, OVER, SILENT, answer

TEXT = {"type": "string", "minLength": 1}
MESSAGE = {"type": "object", "required": ["text"], "properties": {"text": TEXT}, "additionalProperties": False}
LEVEL = {"enum": ["none", "note", "warning", "error"]}
BAG = {"type": "object"}


def part(required, **optional):
    return {
        "type": "object",
        "required": list(required),
        "properties": {**required, **optional},
        "additionalProperties": False,
    }


RULE = part(
    {"id": TEXT},
    name=TEXT,
    shortDescription=MESSAGE,
    fullDescription=MESSAGE,
    help=MESSAGE,
    defaultConfiguration=part({}, level=LEVEL),
    properties=BAG,
)
LOGICAL = part({}, name=TEXT, fullyQualifiedName=TEXT, kind=TEXT)
SUPPRESSION = part(
    {"kind": {"enum": ["inSource", "external"]}},
    status={"enum": ["accepted", "underReview", "rejected"]},
    justification=TEXT,
    properties=BAG,
)
RESULT = part(
    {"message": MESSAGE},
    ruleId=TEXT,
    ruleIndex={"type": "integer", "minimum": 0},
    kind={"enum": ["notApplicable", "pass", "fail", "review", "open", "informational"]},
    level=LEVEL,
    locations={"type": "array", "items": part({}, logicalLocations={"type": "array", "items": LOGICAL, "minItems": 1})},
    partialFingerprints={"type": "object", "additionalProperties": TEXT},
    suppressions={"type": "array", "items": SUPPRESSION, "uniqueItems": True},
    properties=BAG,
)
RUN = part(
    {
        "tool": part(
            {"driver": part({"name": TEXT}, version=TEXT, rules={"type": "array", "items": RULE, "uniqueItems": True})}
        )
    },
    results={"type": "array", "items": RESULT},
    columnKind={"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
    properties=BAG,
)
SARIF = part(
    {"version": {"const": "2.1.0"}, "runs": {"type": "array", "items": RUN}},
    **{"$schema": {"type": "string", "format": "uri"}},
)


def run(*items, **changes):
    told = json.loads(dumped(sarif(answer(*items, **changes))))
    Draft202012Validator(SARIF).validate(told)
    (only,) = told["runs"]
    return only


def fingerprints(*items):
    return [result["partialFingerprints"][FINGERPRINT] for result in run(*items)["results"]]


@pytest.mark.parametrize("items", [(), (FINDING,), (FINDING, LATE, SILENT, EXPLAINED)], ids=len)
def test_it_is_what_the_standard_wants(items):
    assert len(run(*items)["results"]) == len(items)


def test_each_result_names_its_rule_by_id_and_by_its_place():
    told = run(FINDING, LATE)
    rules = told["tool"]["driver"]["rules"]
    assert [rules[result["ruleIndex"]]["id"] for result in told["results"]] == ["GL04", "GL33"]
    assert [result["ruleId"] for result in told["results"]] == ["GL04", "GL33"]
    assert [result["level"] for result in told["results"]] == ["error", "warning"]


def test_a_rule_has_its_help():
    rule, other = run()["tool"]["driver"]["rules"]
    assert rule["name"] == "ExpiredDelegation"
    assert rule["defaultConfiguration"] == {"level": "error"}
    assert rule["help"]["text"].split("\n\n") == [
        "A decision relies on a delegation that had ended.",
        "Nobody may use a power that ran out.",
        "Example: The committee approves a contract under what was revoked.",
        "Put right: Have it ratified (`decisionlog ratify`).",
        "Source: LGA 1972 s101 (not read).",
    ]
    assert other["help"]["text"].endswith("(read).")


def test_the_subject_is_a_logical_location():
    (result,) = run(FINDING)["results"]
    assert result["locations"] == [
        {"logicalLocations": [{"name": "D1", "fullyQualifiedName": "decision:D1", "kind": "decision"}]}
    ]
    assert result["message"]["text"].startswith("D1 (Winter beds): possible: it relies on S1")
    assert result["properties"]["evidence"] == [24, 20]


def test_what_is_for_information_is_a_note_and_what_could_not_be_judged_is_open():
    note, silent = run(replace(FINDING, severity="info"), SILENT)["results"]
    assert (note["kind"], note["level"]) == ("fail", "note")
    assert (silent["kind"], silent["level"]) == ("open", "none")


def test_what_is_over_passes_and_is_not_suppressed():
    (over,) = run(replace(OVER, answers=(EXPLANATION,)))["results"]
    assert (over["kind"], over["level"], over["properties"]["status"]) == ("pass", "none", "over")
    assert "suppressions" not in over


def test_what_was_answered_is_suppressed_by_the_answers_that_hold():
    assert "suppressions" not in run(FINDING)["results"][0]
    explained, waived = run(EXPLAINED)["results"][0]["suppressions"]
    assert (explained["kind"], explained["status"], explained["justification"]) == (
        "external",
        "accepted",
        "renewed by letter",
    )
    assert "justification" not in waived
    assert (explained["properties"]["position"], waived["properties"]["position"]) == (30, 31)


def test_a_fingerprint_is_the_same_in_every_run_whatever_else_is_found_or_said():
    (first,) = fingerprints(FINDING)
    later = replace(EXPLAINED, said=("possible: ", "in other words"), title="other")
    assert fingerprints(LATE, later)[1] == first


def test_two_findings_never_share_one():
    several = (FINDING, FINDING, replace(FINDING, evidence=(24,)), replace(FINDING, subject="decision:D2"), LATE)
    assert len(set(fingerprints(*several))) == len(several)


def test_what_it_rests_on_is_told():
    assert run()["properties"]["basis"]["rules"] == "reading-1"
