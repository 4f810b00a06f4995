"""A plan in words."""

from __future__ import annotations

import pytest

from decisionlog.domain.scheme import SECTIONS, parts_of
from decisionlog.render.scheme_words import _PHRASES
from tests.scenario import new_log
from tests.schemes import holding, told


def lines(text, log=None):
    return [line for line in told(log or new_log(), text) if line]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (
            "people: [p-006]\nposts: {d: {holders: [{person: p-006, from: 2025-04-01, basis: substantive}]}}",
            "+ post d: held by p-006 from 2025-04-01 (substantive)",
        ),
        (
            "people: [p]\nposts: {d: {holders: [{person: p, ended: 2026-01-01}]}}",
            "+ post d: no longer held by p from 2026-01-01",
        ),
        ("organisations: {a: {}, b: {relations: {relation: part-of, to: a}}}", "+ organisation b: part of a"),
        (
            "bodies: {b: {ended: {on: 2025-03-01, from: 2025-04-01}}}",
            "+ body b: dissolved from 2025-04-01, by an act of 2025-03-01",
        ),
        (
            "people: [p]\ninterests: {I: {by: p, last_day: 2025-12-31}}",
            "+ interest I: interest of p (last day 2025-12-31)",
        ),
        (
            "delegations: {D: {reported: [{on: 2025-07-15, period: Q1}]}}",
            "+ delegation D: reported on 2025-07-15 (period Q1)",
        ),
        (
            "bodies: {b: {terms: [{meets_in_public: no, sign_off: none}]}}",
            "+ body b: terms (sign off none; meets in public: no)",
        ),
        ("places: {p: {level: place, areas: {scheme: GSS, code: E06}}}", "+ place p: defined (place; areas GSS E06)"),
    ],
)
def test_a_fact_to_come_is_told_in_words(text, line):
    assert line in lines(text)


def test_a_correction_says_what_was_and_what_is():
    log = holding("delegations: {D: {limits: [up to £500k per decision, below £5k]}}")
    assert lines("delegations: {D: {limits: [up to £500k per decision, below £6k]}}", log)[0] == (
        "~ delegation D: limits, 2, money: £5,000 -> £6,000 [2]"
    )


def test_control_characters_of_a_log_are_shown_and_not_obeyed():
    log = holding("bodies: {b: {name: Board}}")
    assert "\x1b" not in "".join(lines('bodies: {b: {name: "Bo\\u0300ard"}}', log))


@pytest.mark.parametrize("type_name", [part.type for section in SECTIONS for part in parts_of(section.later)])
def test_every_key_has_its_words(type_name):
    own = type_name.partition(".")[2].replace("_", " ")
    assert type_name in _PHRASES or own in {"contribution changed", "parties changed", "reported", "reviewed"}
