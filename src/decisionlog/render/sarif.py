"""Findings as SARIF 2.1.0 (OASIS), which tools of code review and of continuous integration read.

What is judged has no lines in a file: each result names its subject as a logical location, `decision:NLB/25-26/031`. What
could not be judged is of kind `open`, what is over of kind `pass`; what was answered is suppressed, with who said why.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any, Final

from msgspec.structs import asdict

from decisionlog import __version__
from decisionlog.domain.answers.checking import AnswerTold, Checked, FindingTold, RuleTold
from decisionlog.domain.references import split
from decisionlog.render.as_json import dumped
from decisionlog.render.finding_words import sentence, subject
from decisionlog.render.words import told_apart

SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
LEVELS: Final[Mapping[str, str]] = {"error": "error", "warning": "warning", "info": "note"}
FINGERPRINT: Final = "decisionlogFinding/v1"


def document(answer: Checked) -> Iterator[str]:
    """The whole document."""
    yield dumped(sarif(answer), indented=True).decode()


def sarif(answer: Checked) -> dict[str, Any]:
    """One run: the rules by which it was judged, and a result for each finding."""
    numbers = {id_: number for number, id_ in enumerate(answer.rules)}
    return {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "decisionlog",
                        "version": __version__,
                        "rules": [_rule(rule) for rule in answer.rules.values()],
                    }
                },
                "results": list(_results(answer, numbers)),
                "columnKind": "unicodeCodePoints",
                "properties": {"basis": asdict(answer.basis)},
            }
        ],
    }


def _rule(rule: RuleTold) -> dict[str, Any]:
    read = "read" if rule.verified else "not read"
    parts = (rule.why, f"Example: {rule.example}", f"Put right: {rule.put_right}", f"Source: {rule.source} ({read}).")
    return {
        "id": rule.id,
        "name": "".join(word.capitalize() for word in rule.title.replace("-", " ").split()),
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.rule},
        "help": {"text": "\n\n".join((rule.rule, *parts))},
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
        "properties": {"version": rule.version, "source": rule.source, "verified": rule.verified},
    }


def _results(answer: Checked, numbers: Mapping[str, int]) -> Iterator[dict[str, Any]]:
    seen: Counter[str] = Counter()
    names = told_apart(answer.names)
    for one in answer.items:
        name = f"{one.rule} {one.subject} {','.join(map(str, one.evidence))}"
        fingerprint = sha256(f"{name} {seen[name]}".encode()).hexdigest()
        seen[name] += 1
        yield _result(one, names, numbers[one.rule]) | {"partialFingerprints": {FINGERPRINT: fingerprint}}


def _result(one: FindingTold, names: Mapping[str, str], number: int) -> dict[str, Any]:
    kind = "pass" if one.is_over else "fail" if one.evidenced else "open"
    answered = not one.is_open and not one.is_over
    return {
        "ruleId": one.rule,
        "ruleIndex": number,
        "kind": kind,
        "level": LEVELS[one.severity] if kind == "fail" else "none",
        "message": {"text": f"{subject(one, names)}: {sentence(one, names)}."},
        "locations": [
            {
                "logicalLocations": [
                    {"name": split(one.subject)[1], "fullyQualifiedName": one.subject, "kind": split(one.subject)[0]}
                ]
            }
        ],
        **({"suppressions": [_suppression(held) for held in one.answers if held.holds]} if answered else {}),
        "properties": {
            "evidence": one.evidence,
            "since": one.since,
            "until": one.until,
            "status": one.status,
            "severity": one.severity,
            "source": one.source,
        },
    }


def _suppression(answer: AnswerTold) -> dict[str, Any]:
    """An answer that holds: it is not in the source that is judged, and it was given by somebody, so it is accepted."""
    told = {"kind": "external", "status": "accepted", "properties": asdict(answer)}
    return told | ({"justification": answer.reason} if answer.reason else {})
