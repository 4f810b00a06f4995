"""What people type: what is kept as it is, what is tidied, what is refused, and what is shown of it."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decisionlog.domain.text import BadText, clean, nhs_number, spaced, visible


def line(text: str) -> str:
    return clean(text, limit=200, one_line=True)


def prose(text: str) -> str:
    return clean(text, limit=20_000, one_line=False)


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "{{7*7}} ${7*7} {% raw %}",
        '=HYPERLINK("https://evil.example")',
        "' OR 1=1 --",
        "\u0130stanbul, \u0131 and I",  # lower-casing would change these
        "Cyngor Sir Gŵyr a Môn",
        "محمد بن سلمان",
        "יצחק רבין",
        "Ng\u0169g\u0129 wa Thiong\u2019o",
        "नेपाल\u200dी",  # a zero-width joiner, which names need
        "👩\u200d⚕️ 🏥",
        "a\u200eb",
        "…—“quotes”",
    ],
)
def test_ordinary_and_hostile_texts_are_kept_as_typed(text):
    assert line(text) == text


def test_text_is_kept_in_its_composed_form():
    assert line("Cafe\u0301") == "Café"
    assert line("\ufb01nance") == "\ufb01nance"  # a ligature is a character of its own, not a way of writing two


def test_text_is_trimmed_and_its_line_ends_are_made_one():
    assert line("  Type hints\u3000") == "Type hints"
    assert prose("one\r\ntwo\n\n\tthree\r\n") == "one\ntwo\n\n\tthree"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "is empty"),
        ("   ", "is empty"),
        ("\u200b\u200b \ufeff", "is empty"),
        ("abc\u202edef", "contains a hidden direction-changing character (U+202E) at position 4"),
        ("\u2066x", "contains a hidden direction-changing character (U+2066) at position 1"),
        ("abc\x00", "contains a NUL character at position 4"),
        ("\x1b]0;owned\x07", "contains a control or invisible character (U+001B) at position 1"),
        ("a\x85b", "contains a control or invisible character (U+0085) at position 2"),
        ("a\rb", "contains a control or invisible character (U+000D) at position 2"),
        ("a\u2028b", "contains a control or invisible character (U+2028) at position 2"),
        ("a\ufffe", "contains a control or invisible character (U+FFFE) at position 2"),
        ("a\U000e0041", "contains a control or invisible character (U+E0041) at position 2"),
        ("a\ud800", "contains half of a character (a lone surrogate, U+D800) at position 2"),
        ("e" + "\u0301" * 200, "has too many combined marks on one letter"),
        ("x" * 10_000, "is 10,000 characters; the limit is 200"),
        ("é" * 201, "is 201 characters; the limit is 200"),
    ],
)
@pytest.mark.parametrize("one_line", [True, False])
def test_what_cannot_be_recorded_is_named_with_its_place(text, sentence, one_line):
    with pytest.raises(BadText) as refused:
        clean(text, limit=200, one_line=one_line)
    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("one\ntwo", "contains a line break at position 4; it must be one line"),
        ("one\ttwo", "contains a tab at position 4; it must be one line"),
        ("one\r\ntwo", "contains a line break at position 4; it must be one line"),
        ("one two\n", "contains a line break at position 8; it must be one line"),
    ],
)
def test_a_text_of_one_line_has_no_breaks(text, sentence):
    with pytest.raises(BadText) as refused:
        line(text)
    assert str(refused.value) == sentence
    assert prose(text).split() == ["one", "two"]


def test_the_limit_counts_what_is_kept():
    assert line("e\u0301" * 200) == "é" * 200
    assert line(" " * 500 + "x") == "x"
    assert line("e" + "\u0323\u0301\u0302" * 2)  # a few marks are how some languages are written


@given(st.text(max_size=60))
def test_what_was_cleaned_stays_as_it_is(text):
    try:
        once = prose(text)
    except BadText:
        return
    assert prose(once) == once
    assert unicodedata.is_normalized("NFC", once)
    once.encode("utf-8")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("943 476 5919", "943 476 5919"),
        ("seen (943-476-5919) today", "943-476-5919"),
        ("9434765919", "9434765919"),
        ("first 9434765918, then 9434765919", "9434765919"),
        ("943 476 5918", None),  # the last digit does not fit
        ("9434765919/1", None),  # part of a reference
        ("A9434765919", None),
        ("19434765919", None),
        ("NLB/9434765919", None),
        ("943-476 5919", None),
        ("1111111111", None),
        ("0000000000", None),
        ("nothing here", None),
    ],
)
def test_an_nhs_number_is_found_by_its_check_digit(text, found):
    assert nhs_number(text) == found


def test_a_number_whose_check_digit_would_be_ten_is_none():
    nine = "100000001"
    assert 11 - sum(int(digit) * weight for digit, weight in zip(nine, range(10, 1, -1), strict=True)) % 11 == 10
    assert all(nhs_number(f"{nine}{last}") is None for last in range(10))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("\x1b[2J", "\\x1b[2J"),
        ("\x1b]0;owned\x07", "\\x1b]0;owned\\x07"),
        ("a\u202eb", "a\\u202eb"),
        ("a\U000e0041", "a\\U000e0041"),
        ("a\nb\tc", "a\\x0ab\\x09c"),
        ("a\ud800", "a\\ud800"),
        ("Gŵyr محمد", "Gŵyr محمد"),
    ],
)
def test_what_is_shown_obeys_nothing(text, shown):
    assert visible(text) == shown


def test_breaks_are_shown_where_they_are_wanted():
    assert visible("a\nb\t\x1bc", keep_breaks=True) == "a\nb\t\\x1bc"


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("vote-show", "vote show"),
        ("one-off", "one-off"),
        ("non-voting-member", "non-voting member"),
        ("co-opted", "co-opted"),
        ("leaves-for-item", "leaves for the item"),
        ("stone-cold", "stone cold"),
    ],
)
def test_a_listed_word_is_said_with_the_hyphens_that_it_keeps(word, said):
    assert spaced(word) == said
