"""The parts that every picture is drawn of: boxes, lines, letters, marks, and the frame that names and describes it.

Every part has its colours as attributes, since the content policy allows no styles in a page; `static/pictures.css` sets
them again for print and for readers who choose their own colours.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Literal

from markupsafe import Markup
from msgspec import Struct

from decisionlog.domain.text import visible

WIDTH: Final = 320
"""Of every picture, in its own units: about the pixels of a narrow telephone."""
EDGE: Final = 4
"""What is left free at each side."""
NORMAL: Final = 16
SMALL: Final = 14
INK: Final = "#212b32"
QUIET: Final = "#425563"
BLUE: Final = "#005eb8"
GREEN: Final = "#00703c"
RED: Final = "#b51f14"
GREY: Final = "#768692"
PALE: Final = "#e8edee"
WHITE: Final = "#ffffff"

Sign = Literal["yes", "no", "unknown", "possible", "partly", "none"]
"""What a mark says: a tick, a cross, a question mark, a question mark in dashes, a tick in dashes, a stroke."""

_FRAME: Final = Markup(
    '<svg xmlns="http://www.w3.org/2000/svg" class="picture picture--{name}" role="img" '
    'aria-labelledby="{ids}-title {ids}-desc" viewBox="0 0 {width} {height}" width="100%" '
    'font-family="Arial, Helvetica, sans-serif">\n'
    '<title id="{ids}-title">{title}</title>\n<desc id="{ids}-desc">{described}</desc>\n'
    '<rect class="picture__paper" width="{width}" height="{height}" fill="{paper}"/>\n{parts}\n</svg>'
)
_TEXT: Final = Markup(
    '<text class="{kind}" x="{x}" y="{y}" font-size="{size}"{weight}{anchor} fill="{fill}">{text}</text>'
)
_BOX: Final = Markup(
    '<rect class="{kind}" x="{x}" y="{y}" width="{width}" height="{height}" rx="{rx}" fill="{fill}" stroke="{stroke}" '
    'stroke-width="{thick}"{dashes}/>'
)
_PATH: Final = Markup(
    '<path class="{kind}" d="{d}" fill="{fill}" stroke="{stroke}" stroke-width="{thick}"{dashes} stroke-linecap="round" '
    'stroke-linejoin="round"/>'
)
_DASHES: Final = Markup(' stroke-dasharray="{}"')
_RADIUS: Final = 10
_SIGNS: Final[dict[str, tuple[str, str, str]]] = {
    "yes": ("M-4.5 .5l3 3.5l6-7", GREEN, ""),
    "partly": ("M-4.5 .5l3 3.5l6-7", GREEN, "4 3"),
    "no": ("M-4-4l8 8M4-4l-8 8", RED, ""),
    "unknown": ("M-3-2.5c0-4.5 6.5-4 6-.5c-.3 2-3 2-3 4.3M0 5v.2", QUIET, "1.5 3.2"),
    "possible": ("M-3-2.5c0-4.5 6.5-4 6-.5c-.3 2-3 2-3 4.3M0 5v.2", QUIET, "5 3"),
    "none": ("M-4.5 0h9", QUIET, ""),
}
"""Of each mark its stroke within a circle, its colour, and how the circle is dashed."""


def picture(name: str, ids: str, title: str, described: str, parts: Iterable[Markup], height: float) -> Markup:
    """A picture: of which kind, how its ids begin, what it is called, what it shows in a sentence, its parts.

    The title and the description are read out one after the other; ids are kept free of the spaces that would part them.
    """
    return _FRAME.format(
        name=name,
        ids="-".join(visible(ids).split()),
        title=visible(title),
        described=visible(described),
        parts=Markup("\n").join(parts),
        width=WIDTH,
        height=_number(height),
        paper=WHITE,
    )


def letters(
    x: float, y: float, text: str, *, size: int = NORMAL, fill: str = INK, bold: bool = False, end: bool = False
) -> Markup:
    """A line of text: where it begins, or with `end` where it ends, and the line on which it stands."""
    return _TEXT.format(
        kind=f"picture__text{' picture__text--on-dark' if fill == WHITE else ''}",
        x=_number(x),
        y=_number(y),
        size=size,
        fill=fill,
        weight=Markup(' font-weight="bold"') if bold else "",
        anchor=Markup(' text-anchor="end"') if end else "",
        text=visible(text),
    )


class Look(Struct, frozen=True):
    """How a box looks; its kind says which it is to the stylesheet."""

    kind: str = "stop"
    fill: str = WHITE
    stroke: str = INK
    thick: float = 2
    dashes: str = ""
    rounded: float = 0


def box(x: float, y: float, size: tuple[float, float], look: Look) -> Markup:
    """A box from its upper left corner."""
    width, height = size
    return _BOX.format(
        kind=f"picture__{look.kind}",
        x=_number(x),
        y=_number(y),
        width=_number(max(width, 0)),
        height=_number(height),
        rx=_number(look.rounded),
        fill=look.fill,
        stroke=look.stroke,
        thick=_number(look.thick),
        dashes=_DASHES.format(look.dashes) if look.dashes else "",
    )


def stroke(
    d: str, *, colour: str = INK, thick: float = 2, dashes: str = "", kind: str = "line", fill: str = "none"
) -> Markup:
    """A line along a path; filled, where a fill is given."""
    return _PATH.format(
        kind=f"picture__{kind}", d=d, fill=fill, stroke=colour, thick=_number(thick),
        dashes=_DASHES.format(dashes) if dashes else "",
    )  # fmt: skip


def mark(x: float, y: float, sign: Sign) -> Markup:
    """A mark in a circle around a point; each has a form of its own."""
    d, colour, dashes = _SIGNS[sign]
    return Markup('<g transform="translate({} {})">{}{}</g>').format(
        _number(x),
        _number(y),
        Markup('<circle class="picture__sign" r="{}" fill="{}" stroke="{}" stroke-width="2"{}/>').format(
            _RADIUS, WHITE, colour, _DASHES.format(dashes) if dashes else ""
        ),
        stroke(d, colour=colour, thick=2.4),
    )


def _number(value: float) -> str:
    """A number as it is written in a picture: a tenth of a unit is enough."""
    return f"{value:.1f}".removesuffix(".0")
