"""Pages as a person meets them: in a browser, wide and narrow, with JavaScript off, and as axe reads them.

`wide` and `narrow` are pages of 1280 and 320 pixels; open an address with `page.goto`, or put a page that a test wrote
at an address of its own with `put`. What happened to the page since it was opened is told by `outside`, `dialogs` and
`complaints`, how it is made by `violations` and `sideways`.

The browser is the system's own: `DECISIONLOG_TEST_CHROMIUM`, or the first that is found. Without one these tests skip.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

CHROMIUM = "DECISIONLOG_TEST_CHROMIUM"
NAMES = ("chromium", "chromium-browser", "google-chrome")
WIDE = 1280
NARROW = 320  # the width at which a page may not scroll sideways: WCAG 2.2, 1.4.10
SITE = "https://register.example"
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@dataclass
class Happened:
    """What a page asked for and said since it was opened."""

    asked: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    answer: Callable[[Route], None] | None = None
    """What serves the page, where a test put it there."""


_happened: WeakKeyDictionary[Any, Happened] = WeakKeyDictionary()


def path() -> str | None:
    """Where the browser is; None where there is none."""
    if named := os.environ.get(CHROMIUM):
        return named
    return next((found for name in NAMES if (found := shutil.which(name))), None)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A browser for the tests of one file.

    No longer: while Playwright runs, its thread counts as one with an event loop, in which other tests could not start theirs.
    """
    if not (executable := path()):
        pytest.skip(f"no Chromium here; install one, or name one with {CHROMIUM}=/path/to/chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"], headless=True)
        yield browser
        browser.close()


@pytest.fixture
def wide(chromium: Browser) -> Iterator[Page]:
    """A page 1280 pixels wide, with JavaScript off."""
    yield from _opened(chromium, WIDE)


@pytest.fixture
def narrow(chromium: Browser) -> Iterator[Page]:
    """A page 320 pixels wide, with JavaScript off."""
    yield from _opened(chromium, NARROW)


@pytest.fixture(params=[WIDE, NARROW], ids=["wide", "narrow"])
def page(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[Page]:
    """Each width in turn, with JavaScript off."""
    yield from _opened(chromium, request.param)


@pytest.fixture
def scripted(chromium: Browser) -> Iterator[Page]:
    """A page 1280 pixels wide on which scripts may run: what would be carried out where a page lets it be."""
    yield from _opened(chromium, WIDE, scripts=True)


def _opened(browser: Browser, width: int, *, scripts: bool = False) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": width, "height": 800}, java_script_enabled=scripts)
    page = context.new_page()
    happened = _happened[page] = Happened()
    page.on("request", lambda request: happened.asked.append(request.url))
    page.on("dialog", lambda dialog: (happened.dialogs.append(dialog.message), dialog.dismiss()))
    page.on("console", lambda said: happened.complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: happened.complaints.append(str(error)))
    yield page
    context.close()


def put(page: Page, markup: str, *, files: dict[str, str] | None = None, policy: str = POLICY) -> None:
    """Open a page that a test wrote as if a site served it, with its files (`look.css`: text) and under a content policy."""
    served = {"/": markup, **{f"/{name}": text for name, text in (files or {}).items()}}

    def answer(route: Route) -> None:
        text = served.get(urlsplit(route.request.url).path)
        kind = "text/css" if route.request.url.endswith(".css") else "text/html; charset=utf-8"
        headers = {"content-type": kind, "content-security-policy": policy}
        route.fulfill(status=404 if text is None else 200, headers=headers, body=text or "")

    _happened[page].answer = answer
    page.context.route(f"{SITE}/**", answer)
    page.goto(f"{SITE}/")


def violations(page: Page) -> list[str]:
    """What axe finds at the address of the page and at its width, one line a place; nothing where it finds nothing.

    Axe is JavaScript, which neither the page nor its policy lets run: so it reads the same address in a window in which both do.
    """
    from axe_playwright_python.sync_playwright import Axe

    assert page.context.browser is not None
    context = page.context.browser.new_context(viewport=page.viewport_size, bypass_csp=True)
    if answer := _happened[page].answer:
        context.route(f"{SITE}/**", answer)
    try:
        read = context.new_page()
        read.goto(page.url)
        found = Axe().run(read, options={"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]})
    finally:
        context.close()
    return [
        f"{violation['id']}: {node['html']} ({node['failureSummary']})"
        for violation in found.response["violations"]
        for node in violation["nodes"]
    ]


def sideways(page: Page) -> bool:
    """Whether the page scrolls sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


def outside(page: Page) -> list[str]:
    """What the page asked of others than the site that it is from, even where its policy then forbade it."""
    ours = urlsplit(page.url)[:2]
    return [url for url in _happened[page].asked if urlsplit(url)[:2] != ours and not url.startswith("data:")]


def dialogs(page: Page) -> list[str]:
    """What the page put before people in a window of its own."""
    return _happened[page].dialogs


def complaints(page: Page) -> list[str]:
    """What the browser complained of: errors of scripts, and what the policy of the page forbade it."""
    return _happened[page].complaints
