"""The parts of pictures: colours that can be told apart, marks that differ in form."""

from __future__ import annotations

from typing import get_args

import pytest

from decisionlog.render.site.pictures.drawing import (
    BLUE,
    GREEN,
    GREY,
    INK,
    PALE,
    QUIET,
    RED,
    WHITE,
    Look,
    Sign,
    box,
    letters,
    mark,
    picture,
)
from tests.render.site.pictures.reading import names_itself, parsed

TEXT_AT_LEAST, LINES_AT_LEAST = 4.5, 3


def brightness(colour):
    """Relative luminance (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    bright, dark = sorted((brightness(one), brightness(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(
    ("colour", "behind"),
    [(INK, WHITE), (INK, PALE), (QUIET, WHITE), (QUIET, PALE), (GREEN, WHITE), (RED, WHITE), (WHITE, BLUE)],
)
def test_every_colour_of_letters_can_be_read_on_what_is_behind_it(colour, behind):
    assert contrast(colour, behind) >= TEXT_AT_LEAST


@pytest.mark.parametrize("colour", [BLUE, GREEN, RED, QUIET, GREY])
def test_every_colour_of_lines_can_be_seen_on_paper(colour):
    assert contrast(colour, WHITE) >= LINES_AT_LEAST


def test_no_two_marks_have_the_same_form_without_their_colours():
    forms = {sign: str(mark(0, 0, sign)) for sign in get_args(Sign)}
    for colour in (GREEN, RED, QUIET):
        forms = {sign: drawn.replace(colour, INK) for sign, drawn in forms.items()}

    assert len(set(forms.values())) == len(forms) == 6


def test_what_is_typed_is_text_and_never_markup():
    drawn = picture("x", "p", "<b>", "&", [letters(0, 10, "<script>"), box(0, 0, (10, 10), Look())], 20)

    assert names_itself(drawn, "p")
    assert [one.text for one in parsed(drawn).iter() if one.text and one.text.strip()] == ["<b>", "&", "<script>"]


def test_controls_are_shown_and_never_sent():
    assert "\\x00" in letters(0, 10, "\x00")
