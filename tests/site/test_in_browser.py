"""Every kind of page as people meet it: wide, narrow, by keyboard, on paper, without JavaScript; served, and as a file."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import quote

import pytest

from decisionlog.questions.register.table import PAGES
from decisionlog.render.site.addresses import TWIN, file_of
from decisionlog.render.site.webpage import SHOWN_WITH
from decisionlog.web.callers import PUBLIC
from tests.browser import NARROW, chromium, complaints, dialogs, narrow, outside, page, put, sideways, violations, wide
from tests.site.northmoor import log, named, site
from tests.site.test_twins import twin
from tests.web.served import served

__all__ = ["chromium", "narrow", "page", "wide"]

KINDS = {kind.name: kind for kind in PAGES}
ASKED = {
    "search": "search?text=urgent+community",
    "list-decision": "decisions?since=2025-06-01&until=soon",
    "function": "functions/urgent-community-response?place=place:northmoor&value=450k",
    "decision": "decisions/NLB~2f25-26~2f031?on=2026-03-31",
}
"""Pages that answer what was typed into their form, wrong things as well."""
FILES = ("index", "decisions", "decisions/NLB~2f25-26~2f031", "decisions/D~2fhostile", "map", "how-this-works")


def shown_of(kind: str, width: int) -> list[str]:
    """The examples of a kind of page: the longest, on a narrow one what somebody hostile recorded, and what a form asked for."""
    longest, *hostile = examples(kind)
    return [longest, *(hostile if width == NARROW else [ASKED[kind]] if kind in ASKED else [])]


def examples(kind: str) -> list[str]:
    """The addresses of the longest page of a kind, and of those of what somebody hostile recorded."""
    path = KINDS[kind].path
    if not KINDS[kind].about:
        return [path]
    return [address(name) for name in named(path.partition("/")[0])]


def address(name: str) -> str:
    """Where a written page is served."""
    told = twin(name)
    return quote(told["page"], safe="/~") + (f"?page={told['number']}" if "number" in told else "")


@pytest.fixture(scope="module")
def client() -> Iterator:
    with served(log(), anonymous=PUBLIC, findings=True, contact="register@northmoor.example") as found:
        yield found


@cache
def styles() -> dict[str, str]:
    return {f"static/{name}": (site() / "static" / name).read_text(encoding="utf-8") for name in SHOWN_WITH}


def opened(page, path: str) -> None:
    page.goto((site() / f"{path}.html").as_uri())


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_is_for_everybody(page, client, kind):
    for path in shown_of(kind, page.viewport_size["width"]):
        answered = client.get(f"/{path}")
        assert answered.status_code == 200, path
        put(page, answered.text, files=styles(), policy=answered.headers["content-security-policy"])
        assert violations(page) == [], path
        assert not sideways(page), path
        assert outside(page) == dialogs(page) == complaints(page) == [], path


@pytest.mark.parametrize("path", FILES)
def test_a_file_is_read_as_it_is_served(page, path):
    opened(page, path)
    assert page.locator("h1").is_visible()
    assert (
        page.evaluate("getComputedStyle(document.querySelector('.register-nav')).backgroundColor") == "rgb(0, 48, 135)"
    )
    assert not sideways(page)
    assert outside(page) == dialogs(page) == complaints(page) == []


@pytest.mark.parametrize("path", ["index", "decisions/NLB~2f25-26~2f031"])
def test_the_first_key_offers_to_skip_what_every_page_begins_with(wide, path):
    opened(wide, path)
    wide.keyboard.press("Tab")
    assert wide.evaluate("document.activeElement.textContent").strip() == "Skip to main content"
    assert wide.locator(".nhsuk-skip-link").bounding_box()["y"] >= 0
    wide.keyboard.press("Enter")
    wide.keyboard.press("Tab")
    assert wide.evaluate("document.activeElement.closest('main') !== null")


def test_every_link_of_a_page_is_reached_by_keyboard_and_shows_that_it_is(wide):
    opened(wide, "index")
    reached = set()
    for _ in range(wide.locator("a").count()):
        wide.keyboard.press("Tab")
        reached.add(wide.evaluate("document.activeElement.getAttribute('href') + document.activeElement.textContent"))
        style = wide.evaluate(
            "(({outlineStyle, boxShadow}) => [outlineStyle, boxShadow])(getComputedStyle(document.activeElement))"
        )
        assert style != ["none", "none"]
    links = wide.evaluate("[...document.querySelectorAll('a')].map(a => a.getAttribute('href') + a.textContent)")
    assert set(links) <= reached


def test_a_link_leads_from_page_to_page_without_a_server_and_without_javascript(wide):
    opened(wide, "index")
    wide.get_by_role("link", name="Decisions", exact=True).click()
    wide.locator("main .register-list__title a").first.click()
    assert "/decisions/" in wide.url
    wide.get_by_role("link", name="This page for programs").click()
    assert wide.url.endswith(TWIN)


@pytest.mark.parametrize("path", FILES)
def test_a_page_on_paper_is_what_it_says_without_what_it_leads_to(wide, path, tmp_path):
    opened(wide, path)
    told = wide.locator("main h1").inner_text()
    wide.emulate_media(media="print")
    assert not wide.locator(".register-nav").is_visible()
    assert not wide.locator(".nhsuk-skip-link").is_visible()
    assert wide.locator("main h1").inner_text() == told
    assert wide.locator(".register-footer p").first.is_visible()
    paper = wide.pdf(path=str(Path(tmp_path, "page.pdf")), format="A4")
    assert paper.startswith(b"%PDF-")
    assert paper.count(b"/Type /Page\n") >= 1
    assert b"/Font" in paper


def test_a_page_four_times_as_large_is_read_without_scrolling_sideways(narrow):
    """A window of 1280 pixels shows 320 at 400 %."""
    for path in (file_of(kind.path) for kind in PAGES if not kind.about and not kind.is_asked and not kind.of_findings):
        opened(narrow, path)
        assert not sideways(narrow), path
