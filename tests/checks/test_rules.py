"""The rules in words and the functions that judge by them belong together."""

from __future__ import annotations

import re

import pytest
from msgspec.structs import fields

from decisionlog.checks.rule import Rule, judges, rules
from decisionlog.domain.facts import KINDS


def test_every_rule_in_words_has_a_function_and_every_function_its_words():
    assert set(rules()) == set(judges())


@pytest.mark.parametrize("id_", rules())
def test_a_rule_says_everything_that_explain_prints(id_):
    rule = rules()[id_]
    assert re.fullmatch(r"GL\d\d", id_)
    assert all(getattr(rule, field.name) not in {"", None} for field in fields(Rule))
    assert rule.about
    assert set(rule.about) <= set(KINDS)
    assert rule.version >= 1
    assert all(text.endswith(".") for text in (rule.rule, rule.why, rule.example, rule.put_right))
    assert judges()[id_].__doc__.startswith(f"{id_}: ")
