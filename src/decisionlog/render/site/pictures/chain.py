"""Chains of authority, drawn from the law at the top down to whoever decided, with what joins each box to the next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from markupsafe import Markup

from decisionlog.render.site.pictures.drawing import (
    BLUE,
    EDGE,
    GREEN,
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
from decisionlog.render.site.pictures.lettering import wrapped
from decisionlog.render.site.pictures.told import Told
from decisionlog.render.site.pictures.ways import IN_FORCE, Holds, Join, Stop, Way, Ways
from decisionlog.render.words import counted, listed_in_words

_ROOM: Final = WIDTH - 2 * EDGE
_INSIDE: Final = 12
_LINE: Final = 20
_SMALL_LINE: Final = 18
_RAIL: Final = 24
"""How far from the left the line runs that joins the boxes."""
_BESIDE: Final = 46
_LEAST: Final = 56
"""How high the line between two boxes is at least, so that its dashes are seen."""
_SIGNS: Final[Mapping[Holds, Sign]] = {"yes": "yes", "no": "no", "possible": "possible", "unknown": "unknown"}
_COLOURS: Final[Mapping[Holds, str]] = {"yes": GREEN, "no": RED, "possible": QUIET, "unknown": QUIET}
_DASHES: Final[Mapping[Holds, str]] = {"yes": "", "no": "9 6", "possible": "9 6", "unknown": "2 6"}
_MOST_SAID: Final = 2
"""How many ways are said step by step, when the picture is read out."""
_COLUMNS: Final = ("Step", "Who", "By what", "Did it hold")


def draw(ways: Ways, ids: str) -> Markup:
    """The picture of all ways, one below the other; `ids` begins the ids in it, and is a name as HTML wants one."""
    parts: list[Markup] = []
    y = float(EDGE)
    for way in ways.ways:
        y = _way(way, parts, y)
    if ways.more:
        y = _paragraph(parts, y, _more(ways), bold=True)
    if ways.outcome:
        y = _decision(ways.outcome, parts, y, joined=len(ways.ways) == 1)
    return picture("chain", ids, ways.title, _described(ways), parts, y + EDGE)


def tell(ways: Ways) -> tuple[Told, ...]:
    """The same as rows, a table for each way: the step, who, by what, whether it held."""
    told = [Told(way.heading or ways.title, _COLUMNS, tuple(_rows(way))) for way in ways.ways]
    if ways.more:
        told.append(Told(ways.title, ("Not shown",), ((_more(ways),),)))
    if ways.outcome:
        told.append(Told(ways.title, ("What came of it",), ((". ".join(ways.outcome),),)))
    return tuple(told)


def _more(ways: Ways) -> str:
    return f"{counted(ways.more, 'further way')} not shown here"


def _rows(way: Way) -> Iterator[tuple[str, ...]]:
    for number, stop in enumerate(way.stops):
        join = way.joins[number - 1] if number else None
        who = f"{stop.who} ({stop.role.lower()})" if stop.role else stop.who
        by = "; ".join(join.by) if join else ""
        yield str(number + 1), who, by, "; ".join((*join.said, *join.to_be_read)) if join else ""


def _described(ways: Ways) -> str:
    """In a sentence or two, which are read out with the title: who stands on each way, and what does not hold."""
    if len(ways.ways) > _MOST_SAID:
        said = [f"{counted(len(ways.ways), 'way')}.", *(f"{way.heading}.{_not_in_order(way)}" for way in ways.ways)]
    else:
        said = [
            f"{_headed(way)}{', then '.join(stop.who for stop in way.stops)}.{_not_in_order(way)}" for way in ways.ways
        ]
    return " ".join((*said, *([f"It came to: {', '.join(ways.outcome)}."] if ways.outcome else [])))


def _headed(way: Way) -> str:
    return f"{way.heading}: " if way.heading else ""


def _not_in_order(way: Way) -> str:
    wrong = [one for join in way.joins if join.holds != "yes" for one in join.said if one != IN_FORCE]
    return f" Not in order: {listed_in_words(dict.fromkeys(wrong))}." if wrong else ""


def _way(way: Way, parts: list[Markup], y: float) -> float:
    """One way below what was drawn; gives where it ends."""
    if way.heading:
        y = _paragraph(parts, y + 4, way.heading, bold=True) + 4
    for number, stop in enumerate(way.stops):
        if number:
            y = _join(way.joins[number - 1], parts, y)
        y = _stop(stop, parts, y)
    return y + 16


def _paragraph(parts: list[Markup], y: float, text: str, *, bold: bool = False) -> float:
    for line in wrapped(text, _ROOM, NORMAL, bold=bold):
        y += _LINE
        parts.append(letters(EDGE, y - 4, line, bold=bold))
    return y


def _stop(stop: Stop, parts: list[Markup], y: float) -> float:
    """A box with whoever stands here; in dashes, where the record does not say."""
    lines = wrapped(stop.who, _ROOM - 2 * _INSIDE, NORMAL, bold=stop.known, most=4)
    height = 2 * 9 + (_SMALL_LINE if stop.role else 0) + _LINE * len(lines)
    fill = PALE if stop.role == "The law" else WHITE
    thick = 4 if stop.decides else 2
    inset = EDGE + thick / 2 - 1
    size = (WIDTH - 2 * inset, height - thick + 2)
    known = Look(fill=fill, stroke=BLUE, thick=thick, rounded=4)
    look = known if stop.known else Look(stroke=QUIET, dashes="6 5", rounded=4)
    parts.append(box(inset, y + thick / 2 - 1, size, look))
    below = y + 9
    if stop.role:
        below += _SMALL_LINE
        parts.append(letters(EDGE + _INSIDE, below - 4, stop.role, size=SMALL, fill=QUIET))
    for line in lines:
        below += _LINE
        parts.append(letters(EDGE + _INSIDE, below - 5, line, bold=stop.known))
    return y + height


def _join(join: Join, parts: list[Markup], y: float) -> float:
    """The line down from a box to the next, with a mark on it, and beside it by what and whether that held."""
    first, *others = join.by or ("",)
    room = WIDTH - _BESIDE - EDGE
    written = [(line, True, INK) for line in wrapped(first, room, SMALL, bold=True)]
    written += [(line, False, INK) for other in others for line in wrapped(other, room, SMALL)]
    colour = _COLOURS[join.holds]
    for one in join.said:
        fill = GREEN if one == IN_FORCE else colour
        written += [(line, True, fill) for line in wrapped(one, room, SMALL, bold=True, most=4)]
    height = max(_SMALL_LINE * len(written) + 16, _LEAST)
    middle = y + height / 2
    dashes = _DASHES[join.holds]
    parts.append(stroke(f"M{_RAIL} {y + 2:.1f}V{middle - 12:.1f}", colour=colour, thick=3, dashes=dashes, kind="join"))
    parts.append(
        stroke(f"M{_RAIL} {middle + 12:.1f}V{y + height - 8:.1f}", colour=colour, thick=3, dashes=dashes, kind="join")
    )
    parts.append(_head(y + height - 2, colour))
    parts.append(mark(_RAIL, middle, _SIGNS[join.holds]))
    below = middle - _SMALL_LINE * len(written) / 2
    for line, bold, fill in written:
        below += _SMALL_LINE
        parts.append(letters(_BESIDE, below - 5, line, size=SMALL, bold=bold, fill=fill))
    return y + height


def _head(y: float, colour: str) -> Markup:
    """The head of an arrow that points down to here."""
    return stroke(f"M{_RAIL - 6} {y - 8:.1f}h12l-6 8z", colour=colour, thick=1, fill=colour, kind="head")


def _decision(outcome: tuple[str, ...], parts: list[Markup], y: float, *, joined: bool) -> float:
    """The decision at the foot."""
    first, *others = outcome
    room = _ROOM - 2 * _INSIDE
    lines = [(line, NORMAL, True) for line in wrapped(first, room, NORMAL, bold=True)]
    lines += [(line, SMALL, False) for other in others for line in wrapped(other, room, SMALL)]
    if joined:
        parts.append(stroke(f"M{_RAIL} {y - 14:.1f}v12", colour=BLUE, thick=3, kind="join"))
        parts.append(_head(y + 4, BLUE))
        y += 6
    height = 2 * 10 + _LINE * len(lines)
    parts.append(box(EDGE, y, (_ROOM, height), Look("decision", BLUE, BLUE, rounded=4)))
    below = y + 10
    for line, size, bold in lines:
        below += _LINE
        parts.append(letters(EDGE + _INSIDE, below - 5, line, size=size, fill=WHITE, bold=bold))
    return y + height
