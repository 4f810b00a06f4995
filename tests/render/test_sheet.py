"""Comma-separated values that no spreadsheet obeys."""

from __future__ import annotations

import csv
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decisionlog.domain.text import visible
from decisionlog.render.sheet import cell, comma_separated


@pytest.mark.parametrize("begins", list("=+-@\t\r\n\0＝＋－＠"))  # noqa: RUF001 - full-width forms are obeyed as well
def test_what_a_spreadsheet_would_obey_is_text_there(begins):
    assert cell(f'{begins}HYPERLINK("http://example.org")').startswith("'")


@pytest.mark.parametrize("plain", ["", "Care", "1,000", "£5", "a=b", "'quoted'"])
def test_anything_else_is_as_it_is(plain):
    assert cell(plain) == plain


@given(st.lists(st.lists(st.text(st.characters(codec="utf-8")), min_size=2, max_size=2)))
def test_a_reader_finds_the_same_cells_on_the_same_lines(rows):
    written = "".join(comma_separated(["one", "two"], rows))
    found = list(csv.reader(StringIO(written, newline="")))
    assert found == [["one", "two"], *([cell(one) for one in row] for row in rows)]
    assert all(
        value.removeprefix("'") == visible(one) or value == visible(one)
        for row, shown in zip(rows, found[1:], strict=True)
        for one, value in zip(row, shown, strict=True)
    )
