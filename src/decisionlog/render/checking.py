"""`check` as text: the findings, the gravest first, each with its facts and its answers; and rules in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final

from decisionlog.domain.answers.checking import (
    SEVERITIES,
    AnswerTold,
    Checked,
    EndTold,
    Explained,
    FindingTold,
    RuleTold,
)
from decisionlog.domain.erased import is_gone
from decisionlog.domain.text import visible
from decisionlog.render.finding_words import sentence, subject, until_when, whoever
from decisionlog.render.page import Page
from decisionlog.render.words import (
    NOT_RECORDED,
    PLURALS,
    counted,
    in_prose,
    listed_in_words,
    mentioned,
    positions,
    resting_on,
    told_apart,
)

_HEADINGS: Final = {"error": "Errors", "warning": "Warnings", "info": "For information"}
_SEVERAL: Final = {"error": "errors", "warning": "warnings", "info": "for information"}
_LABEL: Final = 14
_BY_SOMEBODY: Final = ("accepted", "waived")
"""What only somebody can say who answers for it."""
_AS_KNOWN_BEFORE: Final = (
    "This is how it stands now by what was known then: what was done since is not known here. "
    "How it stood then is asked with --on as well."
)
_MOST: Final = 5
"""Findings of one rule that are told of what could not be judged, where other rules speak too."""


def checked(answer: Checked, page: Page) -> Iterator[str]:
    """`check`: severity by severity, rule by rule; apart, what could not be judged; how many of each; and the basis."""
    if answer.about:
        yield from page.heading(f"{_capital(mentioned(answer.about, answer.names))}: what does not add up")
        yield ""
    names = told_apart(answer.names)
    over = [one for one in answer.items if one.is_over]
    evidenced = [one for one in answer.items if one.evidenced and not one.is_over]
    for severity in SEVERITIES:
        yield from _section(_HEADINGS[severity], [one for one in evidenced if one.severity == severity], names, page)
    yield from _section(
        "Not evidenced: something that these rules need is not recorded",
        [one for one in answer.items if not one.evidenced and not one.is_over],
        names,
        page,
        most=_MOST if len(answer.rules) > 1 else len(answer.items),
    )
    yield from _section("Over: it was so, and is so no longer", over, names, page)
    yield from page.paragraph(counted_in_words(answer))
    if answer.today_as_known_before:
        yield from page.paragraph(_AS_KNOWN_BEFORE)
    if answer.items:
        first = answer.items[0].rule
        yield from page.paragraph(
            f"`decisionlog check --explain {first}` tells why a rule is one, and how it is put right."
        )
    yield from page.paragraph(resting_on(answer.basis))


def explained(answer: Explained, page: Page) -> Iterator[str]:
    """`check --explain`: each rule in words."""
    for rule in answer.items:
        yield from page.heading(f"{rule.id} {visible(rule.title)}")
        for label, text in _particulars(rule):
            yield from page.entry(label, [visible(text)], label_width=_LABEL)
        yield ""
    yield from page.paragraph(f"{counted(len(answer.items), 'rule')} of the set {answer.rules}.")


def _particulars(rule: RuleTold) -> Iterator[tuple[str, str]]:
    yield "Rule", rule.rule
    yield "Why", rule.why
    yield "Example", rule.example
    yield "Put right", rule.put_right
    yield "Source", f"{rule.source} ({'read' if rule.verified else 'not read'} for this rule)"
    yield "Severity", rule.severity
    yield "Judges", ", ".join(PLURALS[kind] for kind in rule.about)
    yield "Version", str(rule.version)


def _section(
    heading: str, findings: Sequence[FindingTold], names: Mapping[str, str], page: Page, *, most: int | None = None
) -> Iterator[str]:
    if not findings:
        return
    yield from page.heading(heading, level=2)
    for _, same in groupby(findings, key=lambda one: one.rule):
        of_rule = list(same)
        yield from page.heading(f"{of_rule[0].rule} {visible(of_rule[0].title)}", level=3)
        for one in of_rule[:most]:
            yield from _finding(one, names, page)
        if more := len(of_rule[most:]) if most else 0:
            told = f"... and {more:,} more: `decisionlog check --select {of_rule[0].rule}` lists them all."
            yield from page.paragraph(told, indent=2)
    yield ""


def _finding(one: FindingTold, names: Mapping[str, str], page: Page) -> Iterator[str]:
    told = f"{subject(one, names)}: {sentence(one, names)} {positions(one.evidence)}"
    yield from page.paragraph("; ".join(filter(None, (told, *_times(one)))), indent=2, hang=4)
    for held in one.answers:
        if held.holds or held.is_over:
            yield from page.paragraph(answered(held, names), indent=4, hang=2)


def _times(one: FindingTold) -> Iterator[str]:
    yield f"since {in_prose(one.since)}" if one.since else ""
    yield f"until {until_when(one.until)}" if one.until else ""


def answered(one: AnswerTold, names: Mapping[str, str]) -> str:
    """`Explained on 3 August 2025 by p-014: 'the renewal was not minuted' [30]`; and what ended it."""
    until = f"until {until_when(one.until)}" if one.until and not one.ended else ""
    over = ", which is over" if one.holds and one.review_is_over else ""
    review = f"to be looked at again by {in_prose(one.review_by)}{over}" if one.review_by else ""
    terms = "".join(f", {part}" for part in (until, review) if part)
    said = f"{_capital(one.status)}{_when_and_by_whom(one, names)}{terms}{_reason(one)} {positions((one.position,))}"
    if one.ended:
        end = one.ended
        return f"{said}; ended{_when_and_by_whom(end, names)}{_reason(end)} {positions((end.position,))}"
    return f"{said}; it holds no longer" if one.is_over else said


def _when_and_by_whom(one: AnswerTold | EndTold, names: Mapping[str, str]) -> str:
    needs_somebody = isinstance(one, EndTold) or one.status in _BY_SOMEBODY
    somebody = f" by somebody who is {NOT_RECORDED}" if needs_somebody else ""
    by = f" by {whoever(one.by, names)}" if one.by else somebody
    return f"{f' on {in_prose(one.on)}' if one.on else ''}{by}"


def _reason(one: AnswerTold | EndTold) -> str:
    if not one.reason:
        return f"; why is {NOT_RECORDED}"
    return f": {one.reason}" if is_gone(one.reason) else f": '{visible(one.reason)}'"


def counted_in_words(answer: Checked) -> str:
    """How many findings of each severity, how many of them were answered, and what was judged by how much."""
    if answer.on_record_from:
        of = " of it" if answer.about else ""
        return f"Nothing{of} was on record by then: what is known{of} begins on {in_prose(answer.on_record_from)}."
    so = [one for one in answer.items if not one.is_over]
    evidenced = [one for one in so if one.evidenced]
    silent, over = len(so) - len(evidenced), len(answer.items) - len(so)
    counts = Counter(one.severity for one in evidenced)
    parts = [_counted(counts[severity], severity) for severity in SEVERITIES if counts[severity]]
    told = listed_in_words(parts) or "No findings"
    told += (
        _answered(so) + (f"; {silent:,} not evidenced" if silent else "") + (f"; {over:,} over" if over else "") + "."
    )
    if answer.left_out:
        told += f" {answer.left_out:,} more are left out by {listed_in_words(answer.narrowed)}."
    judged, by = counted(answer.judged, "thing"), counted(len(answer.rules), "rule")
    if answer.about and not answer.judged:
        return f"{told} None of {by} judges it."
    return f"{told} {judged} {'was' if answer.judged == 1 else 'were'} judged by {by}."


def _counted(number: int, severity: str) -> str:
    return f"{number:,} {severity if number == 1 and severity != 'info' else _SEVERAL[severity]}"


def _answered(items: Iterable[FindingTold]) -> str:
    counts = Counter(one.status for one in items if not one.is_open)
    parts = [f"{number:,} {status}" for status, number in sorted(counts.items())]
    return f" ({listed_in_words(parts)})" if parts else ""


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
