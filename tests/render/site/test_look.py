"""How the components look where only what is written here was shipped: read, narrow, printed and in high contrast."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import ChainableUndefined, ChoiceLoader, Environment, FileSystemLoader, PackageLoader

import decisionlog
from tests.browser import complaints, outside, put, sideways, violations

HERE = Path(__file__).parent
LOOK = Path(decisionlog.__file__).parent / "render/site/static/look.css"


@pytest.fixture(scope="module")
def look() -> dict[str, str]:
    return {"look.css": LOOK.read_text(encoding="utf-8")}


@pytest.fixture(scope="module")
def components() -> str:
    """A page with every component that the register uses, and more."""
    loader = ChoiceLoader([FileSystemLoader(HERE), PackageLoader("nhsuk_frontend_jinja")])
    environment = Environment(undefined=ChainableUndefined, loader=loader, autoescape=True)
    return environment.get_template("components.html").render()


def shown(page, selector: str) -> bool:
    return page.locator(selector).first.is_visible()


def colour(page, selector: str, of: str = "background-color") -> str:
    return page.evaluate(
        "([s, of]) => getComputedStyle(document.querySelector(s)).getPropertyValue(of)", [selector, of]
    )


def test_every_component_can_be_read_at_both_widths(page, components, look):
    put(page, components, files=look)

    assert violations(page) == []
    assert not sideways(page)
    assert outside(page) == complaints(page) == []


def test_text_may_be_twice_as_large(wide, components, look):
    put(wide, components, files={"look.css": f"{look['look.css']} html {{ font-size: 200% }}"})

    assert not sideways(wide)


def test_a_table_becomes_a_list_where_there_is_no_room(narrow, components, look):
    put(narrow, components, files=look)

    assert shown(narrow, ".nhsuk-table__heading")
    assert colour(narrow, ".nhsuk-table--responsive tbody td", "display") == "flex"


def test_a_table_stays_one_where_there_is_room(wide, components, look):
    put(wide, components, files=look)

    assert not shown(wide, ".nhsuk-table__heading")
    assert colour(wide, ".nhsuk-table--responsive tbody td", "display") == "table-cell"


def test_the_keyboard_begins_at_the_skip_link_which_then_shows(wide, components, look):
    put(wide, components, files=look)
    assert wide.locator(".nhsuk-skip-link").bounding_box()["x"] < 0

    wide.keyboard.press("Tab")

    assert wide.evaluate("document.activeElement.className") == "nhsuk-skip-link"
    assert wide.locator(".nhsuk-skip-link").bounding_box()["x"] > 0
    assert colour(wide, ".nhsuk-skip-link") == "rgb(255, 235, 59)"


def test_whatever_has_the_keyboard_looks_different(wide, components, look):
    put(wide, components, files=look)
    style = """() => {
        const on = document.activeElement, {outline, boxShadow, backgroundColor} = getComputedStyle(on);
        const inner = on.firstElementChild ? getComputedStyle(on.firstElementChild).backgroundColor : '';
        return [on.outerHTML.slice(0, 80), [outline, boxShadow, backgroundColor, inner].join(' ')]
    }"""
    looks = []
    for _ in range(60):
        wide.keyboard.press("Tab")
        looks.append(wide.evaluate(style))

    assert len({markup for markup, _ in looks}) > 30
    assert [markup for markup, how in looks if not markup.startswith("<body") and "255, 235, 59" not in how] == []


def test_print_is_the_words_without_what_is_clicked(wide, components, look):
    put(wide, components, files=look)
    wide.emulate_media(media="print")

    for clicked in ("nav", "form", ".nhsuk-skip-link", ".nhsuk-footer"):
        assert not shown(wide, clicked)
    assert shown(wide, "h1")
    assert shown(wide, ".nhsuk-summary-list")
    assert colour(wide, "body") == "rgb(255, 255, 255)"


def test_in_high_contrast_what_was_a_colour_has_an_edge(wide, components, look):
    put(wide, components, files=look)
    wide.emulate_media(forced_colors="active")

    for edged in (".nhsuk-header", ".nhsuk-panel", ".nhsuk-button", ".nhsuk-tag"):
        assert colour(wide, edged, "border-top-style") == "solid"
        assert colour(wide, edged, "border-top-width") != "0px"


def test_the_sheet_is_small_and_asks_nobody_for_anything():
    sheet = LOOK.read_text(encoding="utf-8")

    assert len(sheet) < 20_000
    assert not any(word in sheet for word in ("url(", "@import", "http", "Frutiger"))
