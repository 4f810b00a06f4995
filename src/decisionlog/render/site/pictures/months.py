"""How many decisions were made in each month, as bars with their numbers, apart by what came of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final

from markupsafe import Markup
from msgspec import Struct

from decisionlog.render.site.pictures.drawing import (
    BLUE,
    EDGE,
    INK,
    QUIET,
    SMALL,
    WHITE,
    WIDTH,
    Look,
    box,
    letters,
    picture,
    stroke,
)
from decisionlog.render.site.pictures.lettering import width
from decisionlog.render.site.pictures.told import Told
from decisionlog.render.words import NOT_RECORDED, counted, in_prose

KINDS: Final = ("Approved or ratified", "Rejected or not ratified", "Other, such as noted or recommended")
"""What a decision comes to, for whoever counts them."""
_KIND: Final[Mapping[str, str]] = {
    **dict.fromkeys(
        "approved approved-as-amended approved-with-conditions approved-in-part delegated elected ratified".split(),
        KINDS[0],
    ),
    **dict.fromkeys("rejected not-ratified".split(), KINDS[1]),
}
"""Of each outcome what it comes to; every other one is of the last kind"""
_MOST_MONTHS: Final = 24
"""Beyond which bars stand for years."""
_A_MONTH: Final = len("2025-04")
_DAY: Final = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2]))?(?!\d)", re.ASCII)
_ROW: Final = 26
_BAR: Final = 18
_HATCH: Final = 14
"""How much of a crossed bar must be seen beside its number."""
_BEGINS: Final = 78
_MONTHS: Final = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


class Period(Struct, frozen=True):
    """A month or a year, and how many decisions were made in it, one number for each of `KINDS`."""

    when: str
    """`2025-04` or `2025`; empty: the day is not recorded."""
    numbers: tuple[int, ...]

    @property
    def total(self) -> int:
        """How many there were of all kinds."""
        return sum(self.numbers)


def periods(decisions: Iterable[tuple[str, str]]) -> tuple[Period, ...]:
    """Decisions, each by its day and its outcome, counted by month; by year, where there would be too many months.

    Months in which nothing was decided are there too, between the first and the last. A decision of which only the year
    is recorded is counted by month under that year.
    """
    found = [(_month(on), _KIND.get(outcome, KINDS[2])) for on, outcome in decisions]
    months = [when for when, _ in found if len(when) == _A_MONTH]
    if months and _index(max(months)) - _index(min(months)) >= _MOST_MONTHS:
        found = [(when[:4], kind) for when, kind in found]
    numbers = Counter(found)
    present = {when for when, _ in found}
    every = sorted({*present - {""}, *_between(present)}) + [""] * ("" in present)
    return tuple(Period(when, tuple(numbers[when, kind] for kind in KINDS)) for when in every)


def _month(on: str) -> str:
    """The month of a day, or the year where no month is recorded; empty where neither is."""
    found = _DAY.match(on)
    return found[0] if found else ""


def _index(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:7]) - 1


def _between(present: Collection[str]) -> Iterator[str]:
    """Every month from the first to the last; every year, where only years are counted."""
    if months := [when for when in present if len(when) == _A_MONTH]:
        for index in range(_index(min(months)), _index(max(months)) + 1):
            yield f"{index // 12:04}-{index % 12 + 1:02}"
    elif years := [int(when) for when in present if when]:
        yield from (f"{year:04}" for year in range(min(years), max(years) + 1))


def draw(periods: Sequence[Period], ids: str, *, of: str = "") -> Markup:
    """The picture: a bar for each period, with its numbers; `of` says whose decisions they are, where not everyone's."""
    parts = list(_legend(periods))
    y = EDGE + 22.0 * sum(_any(periods)) + 6
    most = max((one.total for one in periods), default=0)
    for period in periods:
        parts += _row(period, most, y)
        y += _ROW
    if not periods:
        parts.append(letters(EDGE, y + 14, "No decision is recorded"))
        y += 20
    return picture("months", ids, _title(of), _described(periods), parts, y + EDGE)


def tell(periods: Sequence[Period], *, of: str = "") -> tuple[Told, ...]:
    """The same as rows: the period, how many of each kind, and how many in all."""
    rows = [(_long(one.when), *map(str, one.numbers), str(one.total)) for one in periods]
    return (Told(_title(of), ("When", *KINDS, "All"), tuple(rows)),)


def _title(of: str) -> str:
    return f"Decisions of {of} over time" if of else "Decisions over time"


def _described(periods: Sequence[Period]) -> str:
    if not periods:
        return "No decision is recorded."
    totals = [sum(one.numbers[kind] for one in periods) for kind in range(len(KINDS))]
    said = "; ".join(f"{kind.lower()}: {number}" for kind, number in zip(KINDS, totals, strict=True) if number)
    most = max(periods, key=lambda one: one.total)
    return f"{counted(sum(totals), 'decision')}: {said}. Most in {_long(most.when)}: {most.total}."


def _any(periods: Sequence[Period]) -> list[bool]:
    """Of each kind, whether there is one."""
    return [any(one.numbers[kind] for one in periods) for kind in range(len(KINDS))]


def _legend(periods: Sequence[Period]) -> Iterator[Markup]:
    y = float(EDGE)
    for kind, there in enumerate(_any(periods)):
        if there:
            yield from _segment(kind, EDGE, y + 2, 24)
            yield letters(EDGE + 34, y + 15, KINDS[kind], size=SMALL)
            y += 22


def _row(period: Period, most: int, y: float) -> Iterator[Markup]:
    yield letters(EDGE, y + 14, _short(period.when), size=SMALL)
    if not period.total:
        yield letters(_BEGINS, y + 14, "none", size=SMALL, fill=QUIET)
        return
    room = WIDTH - EDGE - _BEGINS - width(str(most), SMALL, bold=True) - 10
    x = float(_BEGINS)
    for kind, number in enumerate(period.numbers):
        if number:
            long = room * number / most
            yield from _segment(kind, x, y, long)
            if sum(map(bool, period.numbers)) > 1:
                yield from _numbered(kind, number, x, y, long)
            x += long
    yield letters(x + 6, y + 14, str(period.total), size=SMALL, bold=True)


def _segment(kind: int, x: float, y: float, long: float) -> Iterator[Markup]:
    """A part of a bar: filled, crossed, or hollow."""
    look = Look("solid", BLUE, BLUE) if kind == 0 else Look("hollow", stroke=BLUE)
    yield box(x + 1, y + 1, (max(long - 2, 1), _BAR - 2), look)
    if kind == 1:
        step, x_end, bottom, top = 6, x + long - 1, y + _BAR - 1, y + 1
        starts = range(int(x) + 1, int(x_end), step)
        d = "".join(
            f"M{at} {bottom:.1f}L{min(at + _BAR - 2, x_end):.1f} {max(bottom - (x_end - at), top):.1f}" for at in starts
        )
        yield stroke(d or f"M{x + 1:.1f} {bottom:.1f}V{top:.1f}", colour=BLUE, thick=1.5)


def _numbered(kind: int, number: int, x: float, y: float, long: float) -> Iterator[Markup]:
    """The number of a part of a bar, where it has room for it."""
    wide = width(str(number), SMALL)
    if long < wide + (_HATCH if kind == 1 else 5):
        return
    x += (long - wide) / 2
    if kind == 1:
        yield box(x - 1, y + 2, (wide + 2, _BAR - 4), Look("paper", stroke="none"))
    yield letters(x, y + 14, str(number), size=SMALL, fill=WHITE if kind == 0 else INK)


def _short(when: str) -> str:
    if not when:
        return "No day"
    return f"{_MONTHS[int(when[5:7]) - 1]} {when[:4]}" if len(when) > 4 else when


def _long(when: str) -> str:
    return in_prose(when) if when else f"Day {NOT_RECORDED}"
