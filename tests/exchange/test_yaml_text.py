"""Plain values as YAML: what is short on one line, what is prose as it is, what would be read otherwise in quotation marks."""

from __future__ import annotations

import pytest

from decisionlog.exchange.written import read_yaml
from decisionlog.exchange.yaml_text import yaml_lines


def text(value):
    return "\n".join(yaml_lines(value))


@pytest.mark.parametrize(
    ("value", "line"),
    [
        ({"a": "Place Committee, of the ICB"}, "a: Place Committee, of the ICB"),
        ({"a": ["one, two"]}, 'a: ["one, two"]'),
        ({"a": "7"}, 'a: "7"'),
        ({"a": 7}, "a: 7"),
        ({"a": "007"}, "a: 007"),
        ({"a": "7.2"}, "a: 7.2"),
        ({"a": "null"}, 'a: "null"'),
        ({"a": "true"}, 'a: "true"'),
        ({"a": True, "b": False}, "a: yes\nb: no"),
        ({"a": "2025-04-01"}, "a: 2025-04-01"),
        ({"a": "b: c"}, 'a: "b: c"'),
        ({"a": "body:nlb"}, "a: body:nlb"),
        ({"a": ""}, 'a: ""'),
        ({"a": "\u2028"}, 'a: "\\u2028"'),
        ({"a": {}}, "a: {}"),
        ({"a": []}, "a: []"),
        ({"a": {"b": "c", "d": ["e"]}}, "a: {b: c, d: [e]}"),
        ({"a": [{"b": 1}, {"b": 2}]}, "a:\n  - {b: 1}\n  - {b: 2}"),
        ({"a": [{"b": [{"c": 1}]}]}, "a:\n  - b:\n      - {c: 1}"),
        ({"a": "one\ntwo"}, "a: |-\n  one\n  two"),
        ({"a": [{"b": "one\n\ntwo"}]}, "a:\n  - b: |-\n      one\n\n      two"),
        ({"a": " one\ntwo"}, 'a: " one\\ntwo"'),
    ],
)
def test_a_value_is_written_as_a_person_would(value, line):
    assert text(value) == line


def test_what_is_long_stands_below_its_key():
    value = {"a": {"words": "w" * 60, "reasons": "r" * 60}}
    assert text(value) == f"a:\n  words: {'w' * 60}\n  reasons: {'r' * 60}"
    assert read_yaml("file.yaml", text(value).encode()).value == value


@pytest.mark.parametrize("empty", [[], {}])
def test_what_is_empty_stands_behind_its_key_however_long_that_is(empty):
    value = {"k" * 119: empty}
    assert read_yaml("file.yaml", text(value).encode()).value == value
