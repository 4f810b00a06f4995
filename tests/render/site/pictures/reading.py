"""Pictures read back: as XML, their texts, what lies outside of them; and texts of the kind that break pages."""

from __future__ import annotations

import re
from typing import Any
from xml.etree import ElementTree as ET

from hypothesis import strategies as st

from decisionlog.render.site.pictures.lettering import width

_SVG = "{http://www.w3.org/2000/svg}"
_NUMBERS = re.compile(r"-?\d+(?:\.\d+)?")
_STEP = re.compile(r"([MLHVlhvmcz])([^A-Za-z]*)")

HOSTILE = [
    "</text><script>alert(1)</script>",
    '" onload="alert(1)',
    "]]><!--",
    "&amp;&lt;&#0;",
    "\u202egnihton\u2066",
    "\x00\x07\ufffe\ud800",
    "W" * 400,
    "\u0d9e\u4e2d\u6587" * 60,
    "https://example.org/" + "a/" * 120,
    "a\u0301" * 90,
    "",
]
texts = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=120))


def parsed(picture: str) -> Any:
    """The picture as XML: it is well formed, or this fails."""
    return ET.fromstring(picture.encode("utf-8"))  # noqa: S314 - what was drawn a moment ago


def words(picture: str) -> str:
    """Everything that is written in it, as one line."""
    return " ".join(one.text or "" for one in parsed(picture).iter(f"{_SVG}text"))


def names_itself(picture: str, ids: str) -> bool:
    """Whether it is an image that has a title and a description, by ids that begin as was asked."""
    root = parsed(picture)
    title, described = root.find(f"{_SVG}title"), root.find(f"{_SVG}desc")
    by_ids = root.get("aria-labelledby") == f"{ids}-title {ids}-desc"
    told = title.get("id") == f"{ids}-title" and described.get("id") == f"{ids}-desc" and title.text and described.text
    return root.get("role") == "img" and by_ids and bool(told)


def outside(picture: str) -> list[str]:
    """Whatever is drawn beyond the edges."""
    root = parsed(picture)
    _, _, wide, high = map(float, root.get("viewBox").split())
    return [
        f"{one.tag.removeprefix(_SVG)} {left:.1f} {top:.1f} {right:.1f} {bottom:.1f} {one.text or ''}"
        for one in root.iter()
        for left, top, right, bottom in _extents(one)
        if left < 0 or top < 0 or right > wide or bottom > high
    ]


def forbidden(picture: str) -> list[str]:
    """What the content policy of the pages forbids, or what would run or fetch something."""
    root = parsed(picture)
    elements = {one.tag.removeprefix(_SVG) for one in root.iter()} - {
        "svg",
        "title",
        "desc",
        "rect",
        "text",
        "path",
        "g",
        "circle",
    }
    attributes = {
        name for one in root.iter() for name in one.attrib if name == "style" or name.startswith("on") or "href" in name
    }
    return sorted(elements | attributes)


def _extents(one: Any):
    tag = one.tag.removeprefix(_SVG)
    if tag == "rect":
        left, top = float(one.get("x", 0)), float(one.get("y", 0))
        half = float(one.get("stroke-width", 0)) / 2 if one.get("stroke", "none") != "none" else 0
        wide, high = float(one.get("width")), float(one.get("height"))
        yield left - half, top - half, left + wide + half, top + high + half
    elif tag == "text":
        size = float(one.get("font-size"))
        wide = width(one.text or "", size, bold=one.get("font-weight") == "bold")
        x, y = float(one.get("x")), float(one.get("y"))
        left = x - wide if one.get("text-anchor") == "end" else x
        yield left, y - size * 0.8, left + wide, y + size * 0.2
    elif tag == "g":
        x, y = map(float, _NUMBERS.findall(one.get("transform")))
        yield x - 11, y - 11, x + 11, y + 11
    elif tag == "path" and one.get("stroke-width") != "2.4":
        yield _along(one.get("d"))


def _along(d: str) -> tuple[float, float, float, float]:
    """The corners of a path."""
    x = y = 0.0
    points = []
    for step, rest in _STEP.findall(d):
        numbers = [float(one) for one in _NUMBERS.findall(rest)]
        while numbers or step == "z":
            match step:
                case "M" | "L":
                    x, y, *numbers = numbers
                case "m" | "l":
                    dx, dy, *numbers = numbers
                    x, y = x + dx, y + dy
                case "H":
                    x, *numbers = numbers
                case "V":
                    y, *numbers = numbers
                case "h":
                    dx, *numbers = numbers
                    x += dx
                case "v":
                    dy, *numbers = numbers
                    y += dy
            points.append((x, y))
            if step == "z":
                break
    across, down = [at for at, _ in points], [at for _, at in points]
    return min(across), min(down), max(across), max(down)
