from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decisionlog.render.page import Page

PROSE = st.lists(st.text(alphabet="abcdefgh-", min_size=1, max_size=12), max_size=40).map(" ".join)


@given(PROSE, st.integers(20, 120))
def test_wrapping_loses_no_word_and_keeps_to_the_width(prose, width):
    for lines in (
        list(Page(width).paragraph(prose, indent=2, hang=2)),
        list(Page(width).entry("Label", [prose])),
        list(Page(width).columns([("one", 5)], prose)),
    ):
        assert [word for word in " ".join(lines).split() if word not in {"Label", "one"}] == prose.split()
        assert all(len(line) <= width for line in lines)


@given(PROSE)
def test_without_a_width_nothing_is_wrapped(prose):
    assert list(Page().paragraph(prose)) == [prose.rstrip()]
    assert len(list(Page().columns([("one", 5)], prose))) == 1


def test_labels_stand_beside_their_values_where_there_is_room():
    assert list(Page(80).entry("Label", ["one", "two"])) == ["  Label             one", "                    two"]
    assert list(Page(40).entry("Label", ["one", "two"])) == ["  Label", "    one", "    two"]
    assert list(Page(80).entry("A label that is long", ["one"])) == [
        "  A label that is long",
        "                    one",
    ]


def test_a_text_of_several_lines_keeps_them():
    assert list(Page(80).entry("Label", ["one\ntwo"])) == ["  Label             one", "                    two"]
    assert list(Page(80).paragraph("one\n\ntwo", indent=2)) == ["  one", "", "  two"]


def test_a_reference_is_never_broken():
    assert list(Page(20).paragraph("see meeting:northmoor-locality-board-2026-03-12 there")) == [
        "see",
        "meeting:northmoor-locality-board-2026-03-12",
        "there",
    ]


@pytest.mark.parametrize(("colour", "line"), [(True, "\x1b[1mTitle\x1b[0m"), (False, "Title")])
def test_a_heading_stands_out_only_where_it_may(colour, line):
    assert list(Page(80, colour=colour).heading("Title")) == [line]
