"""Text is measured as Arial is, broken into lines that fit, and cut where it is too long."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decisionlog.domain.text import visible
from decisionlog.render.site.pictures.lettering import ELLIPSIS, width, wrapped
from tests.render.site.pictures.reading import texts

CHROMIUM = Path("/usr/bin/chromium")


def test_a_text_that_fits_is_one_line():
    assert wrapped("Northmoor Council", 300, 16) == ["Northmoor Council"]


def test_a_long_text_is_broken_between_its_words():
    assert wrapped("Northmoor Place Committee of the ICB", 160, 16) == ["Northmoor Place", "Committee of the ICB"]


def test_a_word_longer_than_a_line_is_broken_after_a_stroke_where_it_has_one():
    assert wrapped("NLB/25-26/discharge", 100, 16)[0] == "NLB/25-26/"
    assert "".join(wrapped("NLB/25-26/discharge", 100, 16)) == "NLB/25-26/discharge"


def test_what_is_too_long_ends_with_an_ellipsis():
    lines = wrapped("word " * 100, 120, 16, most=2)

    assert len(lines) == 2
    assert lines[-1].endswith(ELLIPSIS)


def test_no_text_is_no_line():
    assert wrapped("", 100, 16) == wrapped(" \n ", 100, 16) == []


@given(texts, st.integers(60, 300), st.booleans(), st.integers(1, 4))
def test_every_line_fits_and_nothing_is_lost_unless_the_cut_is_shown(text, room, bold, most):
    lines = wrapped(text, room, 16, bold=bold, most=most)

    assert len(lines) <= most
    assert all(width(line, 16, bold=bold) <= room for line in lines)
    whole = "".join(visible(text, keep_breaks=True).split())
    shown = "".join("".join(lines).split())
    assert shown == whole or (shown.endswith(ELLIPSIS) and whole.startswith(shown.removesuffix(ELLIPSIS)))


@pytest.mark.skipif(not CHROMIUM.exists(), reason="no Chromium here that could measure letters")
def test_no_name_is_wider_in_a_browser_than_it_was_measured():
    browser_of = pytest.importorskip("playwright.sync_api", reason="no playwright here to ask a browser")
    names = [
        "NHS Northmoor Integrated Care Board", "Northmoor Community and Mental Health NHS Foundation Trust",
        "WWW MMM @@@", "iiiiiiiiii llll", "\u00c5ngstr\u00f6m \u00c9l\u00e9onore \u0141\u00f3d\u017a", "0123456789 \u00a3500,000",
    ]  # fmt: skip
    with browser_of.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        page = browser.new_page()
        for bold in (False, True):
            weight = "bold" if bold else "normal"
            found = page.evaluate(
                "([names, font]) => { const pen = document.createElement('canvas').getContext('2d'); pen.font = font;"
                " return names.map(name => pen.measureText(name).width); }",
                [names, f"{weight} 16px Arial, Helvetica, sans-serif"],
            )
            measured = [width(name, 16, bold=bold) for name in names]
            assert [name for name, real, ours in zip(names, found, measured, strict=True) if real > ours] == []
        browser.close()
