"""Delegations over time as a picture: bars from a beginning to an end, and a line for the day."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decisionlog.render.site.pictures.spans import Pause, Span, draw, tell
from tests.render.site.pictures.reading import forbidden, names_itself, outside, texts, words

DAY = "2026-03-12"
SORD = Span("SORD-7.2", "To the Place Committee", "2025-04-01", "2026-04-01", "ended")


def remarks(span, day=DAY):
    return tell([span], day, "the Board")[0].rows[0][3].split("; ")


def shown(*spans, day=DAY):
    return words(draw(spans, day, "the Board", "p"))


def bar(span, day=DAY):
    return next(line for line in draw([span], day, "the Board", "p").split("\n") if "picture__solid" in line)


def test_a_span_says_when_it_begins_and_its_last_day():
    assert "From 1 April 2025 to 31 March 2026" in shown(SORD)
    assert tell([SORD], DAY, "the Board")[0].rows == (
        ("SORD-7.2: To the Place Committee", "1 April 2025", "31 March 2026", "In force on 12 March 2026"),
    )


@pytest.mark.parametrize(
    ("span", "stands"),
    [
        (SORD, "In force"),
        (Span("A", "", "2026-03-12", "2026-03-13"), "In force"),
        (Span("A", "", "2025-04-01", "2026-03-12"), "Not in force"),
        (Span("A", "", "2026-03-13"), "Not yet in force"),
        (Span("A", "", "2025-04-01"), "In force"),
        (Span("A", "", ""), "Possibly in force"),
        (Span("A", "", "2026-03"), "Possibly in force"),
        (Span("A", "", "2026"), "Possibly in force"),
        (Span("A", "", "2026-02"), "In force"),
        (Span("A", "", "2025", "2026-03"), "Possibly in force"),
        (Span("A", "", "2025", "2026-02"), "Not in force"),
        (Span("A", "", "2025-04-01", pauses=(Pause("2026-03-01"),)), "Not in force"),
        (Span("A", "", "2025-04-01", pauses=(Pause("2026-03-01", "2026-03-12"),)), "In force"),
        (Span("A", "", "2025-04-01", pauses=(Pause("2026-03", "2026-04-01"),)), "Possibly in force"),
        (Span("A", "", "2025-04-01", possible="possible: the order is not recorded"), "Possibly in force"),
    ],
)  # fmt: skip
def test_how_it_stands_on_the_day_is_said(span, stands):
    assert remarks(span)[0] == f"{stands} on 12 March 2026"
    assert f"{span.name} {stands}" in shown(span)


def test_without_an_end_the_bar_runs_to_the_edge_and_words_say_so():
    open_ended = Span("A", "", "2025-04-01")

    assert "From 1 April 2025, no end recorded" in shown(open_ended)
    assert "L316" in bar(open_ended)
    assert "L316" not in bar(SORD)


def test_without_a_beginning_the_bar_begins_at_the_edge_and_words_say_so():
    assert "From a day that is not recorded to 31 March 2026" in shown(Span("A", "", "", "2026-04-01"))
    assert "L4.0 " in bar(Span("A", "", "", "2026-04-01"))


def test_what_was_revoked_is_marked_by_a_cross_and_a_word():
    revoked = Span("A", "", "2025-04-01", "2026-02-20", "revoked")

    assert "Revoked" in shown(revoked)
    assert draw([revoked], DAY, "B", "p").count("m0-10l-10 10") == 1
    assert draw([SORD], DAY, "B", "p").count("m0-10l-10 10") == 0


def test_when_it_was_suspended_is_drawn_hollow_and_said():
    paused = Span("A", "", "2025-04-01", pauses=(Pause("2025-12-22", "2026-01-27"),))

    assert "Suspended from 22 December 2025 to 26 January 2026" in shown(paused)
    assert "picture__hollow" in draw([paused], DAY, "B", "p")


def test_the_day_is_named_and_its_line_drawn_where_it_lies_on_the_scale():
    early, late = (draw([SORD], day, "B", "p") for day in ("2025-05-01", "2026-03-12"))

    assert ">1 May 2025<" in early
    assert _across(early) < _across(late)


def _across(drawn):
    """How far from the left the line of the day is."""
    return float(drawn.split('stroke="#b51f14"')[0].rpartition('d="M')[2].split()[0])


def test_where_there_is_none_the_picture_says_so():
    assert "None is recorded" in shown()
    assert tell([], DAY, "B")[0].rows == ()


days = st.one_of(
    st.just(""), st.dates().map(str), st.dates().map(lambda day: str(day)[:7]), st.dates().map(lambda day: str(day)[:4]),
    st.datetimes().map(lambda time: f"{time.isoformat()}Z"),
)  # fmt: skip
spans = st.builds(
    Span, texts, texts, days, days, st.sampled_from(["", "ended", "revoked", "lapsed"]),
    st.lists(st.builds(Pause, st.dates().map(str), days), max_size=2).map(tuple), texts,
)  # fmt: skip


@given(st.lists(spans, max_size=4), st.dates().map(str), texts)
def test_whatever_its_days_and_names_are_the_picture_is_sound_and_stays_within_its_edges(found, day, about):
    drawn = draw(found, day, about, "p1")

    assert names_itself(drawn, "p1")
    assert forbidden(drawn) == outside(drawn) == []
    assert len(tell(found, day, about)[0].rows) == len(found)
