"""The written register leads nowhere that is not there, and asks nothing of anybody else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit

import pytest

from tests.site.northmoor import EXEMPT_TITLE, HOSTILE, pages, site

RECORDED = re.compile(r"https://[^\s<>\"']+")


def files() -> set[str]:
    return {found.relative_to(site()).as_posix() for found in site().rglob("*") if found.is_file()}


def within(name: str, link: str) -> str:
    """The file that a link of a page leads to, by its name below the folder of the register."""
    path = unquote(urlsplit(link).path)
    return normpath(join(dirname(name), path)) if path else name


def links() -> Iterator[tuple[str, str]]:
    yield from ((name, link) for name, page in pages().items() for link in page.links)


def test_every_link_leads_to_a_file_that_is_there():
    there = files()
    broken = {(name, link) for name, link in links() if not urlsplit(link).scheme and within(name, link) not in there}
    assert sorted(broken) == []


def test_every_anchor_is_there():
    broken = {
        (name, link)
        for name, link in links()
        if (anchor := urlsplit(link).fragment)
        and (led := within(name, link)) in pages()
        and unquote(anchor) not in pages()[led].ids
    }
    assert sorted(broken) == []


def test_no_link_says_where_the_register_lies():
    assert sorted({(name, link) for name, link in links() if link.startswith(("/", "\\", "file:"))}) == []


def test_a_link_to_elsewhere_is_one_that_somebody_recorded():
    outside = {link for _, link in links() if urlsplit(link).scheme or urlsplit(link).netloc}
    recorded = {
        found for twin in site().rglob("*.json") for found in RECORDED.findall(twin.read_text(encoding="utf-8"))
    }
    assert sorted(outside - recorded) == []
    assert all(link.startswith("https://") for link in outside)


def test_every_page_is_found_from_the_first():
    found, waiting = set(), ["index.html"]
    while waiting:
        name = waiting.pop()
        if name in pages() and name not in found:
            found.add(name)
            waiting += [within(name, link) for link in pages()[name].links if not urlsplit(link).scheme]
    assert sorted(pages().keys() - found) == []


def test_nothing_on_a_page_runs_or_is_styled_by_itself_or_can_be_sent():
    for name, page in pages().items():
        assert not page.tags & {"script", "style", "iframe", "object", "embed", "form", "base"}, name
        assert not {found for found in page.attributes if found == "style" or found.startswith("on")}, name


def test_every_page_has_one_first_heading_and_leaves_none_out_below_it():
    for name, page in pages().items():
        levels = [int(head[1]) for head in page.heads]
        assert levels.count(1) == 1, name
        assert all(after <= before + 1 for before, after in pairwise(levels)), (name, page.heads)


def test_what_somebody_hostile_recorded_is_read_and_what_is_exempt_is_nowhere():
    page = pages()["decisions/D~2fhostile.html"]
    assert HOSTILE in page.text
    assert HOSTILE in page.quoted
    assert not [found for found in site().rglob("*") if found.is_file() and EXEMPT_TITLE.encode() in found.read_bytes()]


@pytest.mark.parametrize("name", ["index.html", "decisions.html", "decisions-2.html", "decisions/bare~2ejson.html"])
def test_the_pages_that_other_tests_rest_on_are_there(name):
    assert name in pages()
