"""How long each delegation of a body held: a bar from the day it began to the day it ended, and a line for the day asked about.

Where no beginning or no end is recorded, the bar is open on that side, and words say so.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final, Literal

from markupsafe import Markup
from msgspec import Struct

from decisionlog.domain.text import visible
from decisionlog.render.site.pictures.drawing import (
    BLUE,
    EDGE,
    GREEN,
    GREY,
    INK,
    NORMAL,
    PALE,
    QUIET,
    RED,
    SMALL,
    WHITE,
    WIDTH,
    Look,
    Sign,
    box,
    letters,
    mark,
    picture,
    stroke,
)
from decisionlog.render.site.pictures.lettering import width, wrapped
from decisionlog.render.site.pictures.told import Told
from decisionlog.render.words import NOT_RECORDED, counted, in_prose, last_day

Held = Literal["yes", "no", "to come", "possible"]
How = Literal["", "ended", "revoked", "lapsed"]
"""How something came to its end: as was set from the beginning, or by an act; empty where it has none."""

_PARTIAL: Final = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", re.ASCII)
_LEFT: Final = 14
_RIGHT: Final = WIDTH - 14
_BAR: Final = 16
_TEXT: Final = 34
_PAPER: Final = Look("paper", stroke="none")
"""What hides the lines of the days behind text."""
_YEAR: Final = 365.25
_STANDS: Final[dict[Held, tuple[str, Sign, str]]] = {
    "yes": ("In force", "yes", GREEN),
    "no": ("Not in force", "no", RED),
    "to come": ("Not yet in force", "none", QUIET),
    "possible": ("Possibly in force", "possible", QUIET),
}
"""Of how something stands on a day the words, the mark and the colour."""
_COLUMNS: Final = ("What", "From", "Last day", "Remarks")


class Pause(Struct, frozen=True):
    """A time within which something was suspended."""

    from_: str
    until: str = ""
    """The first day on which it held again; empty: no end is recorded."""


class Span(Struct, frozen=True):
    """Something that holds for a time, such as a delegation."""

    name: str
    what: str = ""
    """In some words: from whom, to whom, for what."""
    from_: str = ""
    """A day, or a month or a year; empty: not recorded."""
    until: str = ""
    """The first day on which it no longer holds; empty: no end is recorded."""
    how: How = ""
    pauses: tuple[Pause, ...] = ()
    possible: str = ""
    """Why it is only possible that it holds; empty where it is certain."""
    stands: Held | None = None
    """How it stands on the day, where an answer says so; else it is worked out from the days."""


def draw(spans: Sequence[Span], day: str, about: str, ids: str) -> Markup:
    """The picture: a row for each, and a line through all of them for the day; `about` is whose they are."""
    scale = _Scale.of(spans, day)
    parts: list[Markup] = []
    y = 30.0
    for span in spans:
        y = _row(span, scale, day, parts, y)
    if not spans:
        parts.append(letters(EDGE, y + 14, "None is recorded"))
        y += 24
    frame = [*_years(scale, y), *_day(scale, day, y)]
    return picture("spans", ids, _title(about), _described(spans, day), [*frame, *parts], y + 16 + EDGE)


def tell(spans: Sequence[Span], day: str, about: str) -> tuple[Told, ...]:
    """The same as rows: what, from, the last day, and whether it held on the day."""
    rows = [
        (f"{one.name}: {one.what}" if one.what else one.name, *_dates(one), "; ".join(_remarks(one, day)))
        for one in spans
    ]
    return (Told(_title(about), _COLUMNS, tuple(rows)),)


def _title(about: str) -> str:
    return f"Delegations of {about} over time"


def _described(spans: Sequence[Span], day: str) -> str:
    holding = [one for one in spans if _held(one, day) == "yes"]
    names = f": {', '.join(one.name for one in holding)}" if holding else ""
    return f"{counted(len(spans), 'delegation')}. In force on {in_prose(day)}: {len(holding)}{names}."


def _dates(span: Span) -> tuple[str, str]:
    begun = in_prose(span.from_) if span.from_ else NOT_RECORDED
    return begun, in_prose(last_day(span.until)) if span.until else "no end recorded"


def _remarks(span: Span, day: str) -> Iterator[str]:
    """How it stands on the day, when it was suspended, and why that is only possible."""
    yield f"{_STANDS[_held(span, day)][0]} on {in_prose(day)}"
    yield from _acts(span)


def _acts(span: Span) -> Iterator[str]:
    if span.how in {"revoked", "lapsed"}:
        yield span.how.capitalize()
    for pause in span.pauses:
        until = f" to {in_prose(last_day(pause.until))}" if pause.until else ", no end recorded"
        yield f"Suspended from {in_prose(pause.from_)}{until}"
    if span.possible:
        reason = visible(span.possible)
        yield reason[:1].upper() + reason[1:]


def _held(span: Span, day: str) -> Held:
    """Whether it held at the end of a day; only possibly, where the record says no more than a month or a year of it."""
    if span.stands:
        return span.stands
    at = _ordinal(day)
    if span.until and _latest(span.until) <= at:
        return "no"
    if span.from_ and _ordinal(span.from_) > at:
        return "to come"
    within = [one for one in span.pauses if _ordinal(one.from_) <= at and (not one.until or at < _latest(one.until))]
    if any(_latest(one.from_) <= at and (not one.until or at < _ordinal(one.until)) for one in within):
        return "no"
    certain = span.from_ and _latest(span.from_) <= at and (not span.until or at < _ordinal(span.until))
    return "yes" if certain and not within and not span.possible else "possible"


def _latest(when: str) -> int:
    """The last day that a month or a year may mean; a day itself."""
    if len(when) == len("2025"):
        return _ordinal(f"{when}-12-31")
    if len(when) == len("2025-04"):
        year, month = int(when[:4]), int(when[5:7])
        return _ordinal(f"{year:04}-{month:02}-{monthrange(year, month)[1]}")
    return _ordinal(when)


def _ordinal(when: str) -> int:
    """A day as a number; the first day of a month or a year of which no more is recorded."""
    found = _PARTIAL.match(when)
    year, month, day = (int(part or 1) for part in found.groups()) if found else (1, 1, 1)
    try:
        return date(year, month, day).toordinal()
    except ValueError:
        return date(max(year, 1), 1, 1).toordinal()


class _Scale(Struct, frozen=True):
    """Where days lie in the picture."""

    first: int
    last: int

    @classmethod
    def of(cls, spans: Sequence[Span], day: str) -> _Scale:
        """A scale on which every day that is recorded lies, with some weeks at each side."""
        paused = [when for one in spans for pause in one.pauses for when in (pause.from_, pause.until)]
        named = [day, *paused, *(when for one in spans for when in (one.from_, one.until))]
        days = [_ordinal(one) for one in named if one] or [1]
        spare = max((max(days) - min(days)) // 12, 30)
        return cls(max(min(days) - spare, 1), min(max(days) + spare, date.max.toordinal()))

    def at(self, when: str | int) -> float:
        """How far from the left a day lies."""
        ordinal = when if isinstance(when, int) else _ordinal(when)
        return _LEFT + (_RIGHT - _LEFT) * (ordinal - self.first) / max(self.last - self.first, 1)


def _years(scale: _Scale, bottom: float) -> Iterator[Markup]:
    """A thin line where each year begins, named where there is room."""
    first, last = date.fromordinal(scale.first).year + 1, date.fromordinal(scale.last).year
    apart = max(1, round((last - first + 1) / 6))
    for year in range(first, last + 1, apart):
        x = scale.at(date(year, 1, 1).toordinal())
        yield stroke(f"M{x:.1f} 24V{bottom + 4:.1f}", colour=GREY, thick=1, dashes="2 4")
        if x + 34 < WIDTH:
            yield letters(x + 3, bottom + 14, str(year), size=SMALL, fill=QUIET)


def _day(scale: _Scale, day: str, bottom: float) -> Iterator[Markup]:
    """The line of the day that was asked about, named above it."""
    x = scale.at(day)
    text = in_prose(day)
    wide = width(text, SMALL, bold=True)
    begins = min(max(x - wide / 2, EDGE), WIDTH - EDGE - wide)
    yield letters(begins, 15, text, size=SMALL, bold=True, fill=RED)
    yield stroke(f"M{x:.1f} 20V{bottom:.1f}", colour=RED, thick=2)


def _row(span: Span, scale: _Scale, day: str, parts: list[Markup], y: float) -> float:
    """One span: its name, how it stands on the day, its dates, and its bar with the line of the day across it."""
    stands, sign, colour = _STANDS[_held(span, day)]
    room = WIDTH - EDGE - _TEXT
    words = [(line, True, NORMAL, INK) for line in wrapped(span.name, room, NORMAL, bold=True, most=2)]
    words.append((stands, True, SMALL, colour))
    begun, ends = _dates(span)
    begun = begun if span.from_ else f"a day that is {NOT_RECORDED}"
    told = [span.what, f"From {begun} to {ends}" if span.until else f"From {begun}, {ends}", *_acts(span)]
    words += [(line, False, SMALL, INK) for one in told for line in wrapped(one, room, SMALL, most=2)]
    parts.append(box(0, y + 2, (WIDTH, sum(20 if size == NORMAL else 18 for _, _, size, _ in words) + 2), _PAPER))
    parts.append(mark(EDGE + 13, y + 18, sign))
    for line, bold, size, fill in words:
        y += 20 if size == NORMAL else 18
        parts.append(letters(_TEXT, y - 3, line, size=size, bold=bold, fill=fill))
    bar, end = _bar(span, scale, y + 8), _end(span, scale, y + 8)
    parts += bar
    x = scale.at(day)
    parts.append(stroke(f"M{x:.1f} {y + 5:.1f}v{_BAR + 6}", colour=WHITE, thick=5, kind="halo"))
    parts.append(stroke(f"M{x:.1f} {y + 5:.1f}v{_BAR + 6}", colour=RED, thick=2))
    parts += end
    return y + _BAR + 22


def _bar(span: Span, scale: _Scale, y: float) -> Iterator[Markup]:
    """The bar itself: hollow where it was suspended, pointed where it is open."""
    begins = scale.at(span.from_) if span.from_ else 4.0
    ends = scale.at(span.until) if span.until else WIDTH - 4.0
    ends = max(ends, begins + 2)
    middle, below = y + _BAR / 2, y + _BAR
    left = f"L{begins:.1f} {middle:.1f}" if not span.from_ else ""
    right = f"L{ends:.1f} {middle:.1f}" if not span.until else ""
    inner_left = begins + (8 if left else 0)
    inner_right = max(ends - (8 if right else 0), inner_left)
    outline = (
        f"M{inner_left:.1f} {y:.1f}H{inner_right:.1f}{right}L{inner_right:.1f} {below:.1f}H{inner_left:.1f}{left}z"
    )
    dashes, fill = ("5 3", WHITE) if span.possible else ("", BLUE)
    yield stroke(outline, colour=BLUE, thick=2, dashes=dashes, fill=fill, kind="hollow" if span.possible else "solid")
    for pause in span.pauses:
        from_ = min(max(scale.at(pause.from_), begins), ends)
        until = min(scale.at(pause.until), ends) if pause.until else ends
        size = (max(until - from_, 2), _BAR)
        yield box(from_, y, size, Look("hollow", PALE, BLUE, dashes="3 3"))


def _end(span: Span, scale: _Scale, y: float) -> Iterator[Markup]:
    """A cross behind a bar that an act brought to its end."""
    if span.how in {"revoked", "lapsed"} and span.until:
        x = min(scale.at(span.until) + 9, WIDTH - 8)
        yield stroke(f"M{x - 5:.1f} {y + _BAR / 2 - 5:.1f}l10 10m0-10l-10 10", colour=INK, thick=3)
