"""The questions that judge what is recorded: findings, the rules in words, how complete a record is."""

from __future__ import annotations

from typing import Any, Final

from decisionlog.checks.rule import rules
from decisionlog.domain.answers.checking import SEVERITIES, STATUSES
from decisionlog.domain.refusals import BadInput
from decisionlog.questions.checking import Narrowing, check
from decisionlog.questions.choosing_rules import explained
from decisionlog.questions.completeness.asking import Narrowed, completeness
from decisionlog.web.problems import Problem
from decisionlog.web.reading.asking import KINDS, POINT, Question, Request
from decisionlog.web.reading.parameters import Parameter

_NARROWED: Final = (
    Parameter("select", "Only by these rules: GL01, GL04-GL07, or a family: authority, meetings, course.", many=True),
    Parameter("ignore", "By all but these, written likewise.", many=True),
    Parameter("body", "Only what this body has to do with."),
    Parameter("since", "Only what is so since this day or later."),
    Parameter("severity", "Only what is at least so grave.", takes="word", words=tuple(SEVERITIES)),
    Parameter("status", "Only what stands so.", takes="word", words=tuple(STATUSES), many=True),
    Parameter("over", "Also what was so and is over.", takes="flag", usual=False),
    *POINT,
)
_RECORDS: Final = (
    Parameter("body", "Only what this body decided."),
    Parameter("since", "Only decisions of this day or later."),
    Parameter("until", "Only decisions of this day or earlier."),
    Parameter("profile", "Only what this profile is for, judged by it alone."),
    Parameter("missing", "Only those that lack this field, such as options_rejected; the totals count all."),
    Parameter("limit", "At most so many, the least complete first.", takes="count", most=1_000_000),
    *POINT,
)
_WITH_RECORDS: Final = ("decisions", "proposals", "meetings", "bodies")


def _check(asked: Request) -> Any:
    given, ref = asked.given, asked.ref if "slug" in asked.path else ""
    by = Narrowing(
        ref,
        given["select"],
        given["ignore"],
        given["body"] or "",
        given["since"] or "",
        given["severity"] or "",
        given["status"],
        given["over"],
    )
    return check(asked.found.log, asked.found.models, by, asked.asked, asked.now)


def _rules(asked: Request) -> Any:
    rule = asked.path.get("rule", "all")
    try:
        return explained([rule])
    except BadInput:
        first, *_, last = sorted(rules())
        detail = f"There is no rule of that name: they go from {first} to {last}, and /v1/rules has them all."
        raise Problem("not-found", detail) from None


def _completeness(asked: Request) -> Any:
    names = ("body", "since", "until", "profile", "missing", "limit")
    by, ref = Narrowed(**asked.chosen(*names)), asked.ref if "slug" in asked.path else None
    return completeness(asked.found.log, asked.found.models, ref, asked.asked, asked.now, by=by)


QUESTIONS: Final = (
    Question(
        "check",
        "/v1/check",
        "What does not add up, by the rules of governance.",
        _check,
        _NARROWED,
        tag="Judging",
        command="check",
        long=True,
    ),
    Question(
        "check-thing",
        "/v1/{kinds}/{slug}/check",
        "What does not add up of one thing, judged with what came of it.",
        _check,
        _NARROWED,
        tuple(KINDS),
        tag="Judging",
        command="check",
        long=True,
    ),
    Question("rules", "/v1/rules", "Every rule in words.", _rules, tag="Judging", command="check --explain all"),
    Question(
        "rule",
        "/v1/rules/{rule}",
        "What a rule says, why, and how to put it right.",
        _rules,
        tag="Judging",
        command="check --explain",
    ),
    Question(
        "completeness",
        "/v1/completeness",
        "How much of what the records of decisions must hold is there, and what is missing.",
        _completeness,
        _RECORDS,
        tag="Judging",
        command="completeness",
        long=True,
    ),
    Question(
        "completeness-of-thing",
        "/v1/{kinds}/{slug}/completeness",
        "The same of one decision, or of those that came of a proposal, a meeting or a body.",
        _completeness,
        _RECORDS,
        _WITH_RECORDS,
        tag="Judging",
        command="completeness",
        long=True,
    ),
)
