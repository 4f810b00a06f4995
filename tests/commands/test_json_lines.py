"""One line of a file is one JSON object, read strictly."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decisionlog.commands.json_lines import DEPTH_LIMIT, LINE_LIMIT, BadLine, parse

OPEN, CLOSE = b'{"a":', b"}"


def nested(levels: int) -> bytes:
    return OPEN * levels + b"1" + CLOSE * levels


@pytest.mark.parametrize(
    ("line", "value"),
    [
        (b"{}", {}),
        (b' {"a": [1, true, "x", {"b": -5}]} \r', {"a": [1, True, "x", {"b": -5}]}),
        ('{"é": "Gŵyr 😀"}'.encode(), {"é": "Gŵyr 😀"}),
        (b'{"a": "\\ud83d\\ude00\\u0000"}', {"a": "😀\x00"}),
        (b'{"a": 9007199254740993}', {"a": 9007199254740993}),
        (b'{"a": "{[{[{["}', {"a": "{[{[{["}),
    ],
)
def test_an_object_is_read(line, value):
    assert parse(line) == value


def test_a_line_may_be_as_deep_as_the_limit():
    assert parse(nested(DEPTH_LIMIT))
    with pytest.raises(BadLine, match=r"is nested too deeply; 32 levels are the limit\."):
        parse(nested(DEPTH_LIMIT + 1))


def test_many_brackets_side_by_side_are_not_deep():
    assert parse(b'{"a": [' + b",".join([b"[]"] * 1_000) + b"]}")


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (b"", "is not JSON: Expecting value at column 1."),
        (b"{", "is not JSON: Expecting property name enclosed in double quotes at column 2."),
        (b'{"a": 1} {"b": 2}', "is not JSON: Extra data at column 10."),
        (b'{"a": 1,}', "is not JSON"),
        (b"{'a': 1}", "is not JSON"),
        (b'{"a": "tab\there"}', "is not JSON: Invalid control character at column 11."),
        (b"[1]", "is a list; one object, {...}, is wanted on each line."),
        (b'"text"', "is a text; one object"),
        (b"5", "is a number; one object"),
        (b"null", "is null; one object"),
        (b"true", "is true or false; one object"),
        (b'{"a": 1, "a": 2}', "has `a` given twice."),
        (b'{"x": [{"b": 1, "c": 2, "b": 3}]}', "has `b` given twice."),
        (b'{"a": NaN}', "has NaN, which is not a JSON value."),
        (b'{"a": -Infinity}', "has -Infinity, which is not a JSON value."),
        (b'{"a": 1e999}', "has the number 1e999; only whole numbers are recorded (money is in pence)."),
        (b'{"a": 1.5}', "has the number 1.5; only whole numbers are recorded"),
        (b'{"a": 1.0}', "has the number 1.0; only whole numbers are recorded"),
        (b'{"a": ' + b"9" * 5_000 + b"}", "has a number of 5,000 digits; write a number this large as text."),
        (b"[" * 100_000, "is nested too deeply; 32 levels are the limit."),
        (b'{"a":' * 100_000, "is nested too deeply; 32 levels are the limit."),
        (b"\xff\xfe{\x00}\x00", "is not UTF-8 (byte 1 is 0xff). It looks like UTF-16; save it as UTF-8."),
        ('{"a": "£"}'.encode("latin-1"), "is not UTF-8 (byte 8 is 0xa3)."),
        (b'{"a": "\xed\xa0\x80"}', "is not UTF-8"),
        (b"\xef\xbb\xbf{}", "is not JSON"),
        (b'{"a": "' + b"x" * LINE_LIMIT + b'"}', "is 1,048,585 bytes; the limit is 1,048,576."),
    ],
)
def test_what_is_not_one_object_is_refused_with_its_reason(line, sentence):
    with pytest.raises(BadLine) as refused:
        parse(line)
    assert sentence in str(refused.value)
    assert len(str(refused.value)) < 200


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.text(max_size=5), PLAIN, max_size=4))
def test_what_was_written_is_read_back(value):
    assert parse(json.dumps(value).encode()) == value
    assert parse(json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")) == value


@given(st.binary(max_size=60))
def test_any_bytes_are_an_object_or_refused(line):
    try:
        found = parse(line)
    except BadLine as refused:
        found = str(refused)
    assert isinstance(found, dict) or found.endswith((".", "?"))
