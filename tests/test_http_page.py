"""The page of the HTTP interface says what the interface does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from decisionlog.web.application import description
from decisionlog.web.limits import USUAL
from decisionlog.web.problems import KINDS
from decisionlog.web.writing.bodies import MOST, MOST_LINES_BYTES, SECONDS

PAGE = (Path(__file__).parent.parent / "docs" / "http.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", description()["paths"])
def test_every_address_is_on_the_page(path):
    assert f"`{path}`" in PAGE or f"`POST {path}`" in PAGE


@pytest.mark.parametrize("code", KINDS)
def test_every_kind_of_problem_is_on_the_page(code):
    kind = KINDS[code]
    assert f"| {kind.status} | `{code}` | {kind.meaning} | `{kind.retry}` |" in PAGE


@pytest.mark.parametrize("name", USUAL)
def test_every_limit_is_on_the_page(name):
    assert re.search(rf"\(`{name}`\) \| {USUAL[name]} \|", PAGE)


def test_the_sizes_on_the_page_are_those_that_are_held_to():
    assert (MOST, MOST_LINES_BYTES, SECONDS) == (1 << 20, 25 << 20, 15)
    assert "| a body of JSON or YAML | 1 MiB |" in PAGE
    assert "| facts, one a line | 25 MiB, 10,000 facts |" in PAGE
    assert "| within 15 seconds |" in PAGE
