"""The feed of the latest decisions, read back: by RFC 4287, and with whatever anybody typed."""

from __future__ import annotations

from datetime import datetime
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given as given_any
from hypothesis import strategies as st
from msgspec.structs import replace

from decisionlog.domain.answers.basis import Basis
from decisionlog.domain.answers.feeds import Entry, Latest
from decisionlog.domain.saying import Named, Words
from decisionlog.render.site.addresses import Served, Written
from decisionlog.render.site.feeds.atom import FILE, atom
from decisionlog.render.site.feeds.naming import tag_of

ATOM = "{http://www.w3.org/2005/Atom}"
SERVED = Served()
SITE = "https://register.example/"
BASIS = Basis("northmoor.example/decisions", "2026-06-02", "2026-06-02", "log", 9, "00", "reading-1")
FIRST = Entry(
    stream="decision:NLB/1",
    ref="NLB/1",
    title="Beds",
    said=((Named("body:board"), " approved it."), ("The reasons: ", Words("because & <so>"), ".")),
    recorded_at="2026-03-20T10:00:00.000001Z",
    updated="2026-04-01T10:00:00.000002Z",
    evidence=(4,),
)
SECOND = replace(FIRST, stream="decision:NLB/2", ref="NLB/2", title="", said=(), updated="2026-05-01T10:00:00.000000Z")
ANSWER = Latest(BASIS, "Northmoor", "2026-01-02T08:00:00.000000Z", (FIRST, SECOND), {"body:board": "The Board"})
HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "]]>&lt;&amp;",
    "\x1b[2J\x00\x07",
    "\u202eevil",
    "\ufffe\uffff",
    "two\nlines\tand a tab",
]


def read(answer=ANSWER, addresses=SERVED, site=SITE) -> ET.Element:
    """The feed, held to what RFC 4287 asks of every feed and every entry."""
    feed = ET.fromstring(atom(answer, addresses, site))  # noqa: S314 - written here
    assert feed.tag == f"{ATOM}feed"
    for holder in (feed, *feed.findall(f"{ATOM}entry")):
        for once in ("id", "title", "updated"):
            assert len(holder.findall(f"{ATOM}{once}")) == 1
        assert datetime.fromisoformat(text(holder, "updated")).tzinfo
        assert text(holder, "id").startswith("tag:")
        assert text(holder, "title").strip()
        assert [link.get("href") for link in holder.findall(f"{ATOM}link[@rel='alternate']")] != [""]
    ids = [text(entry, "id") for entry in feed.findall(f"{ATOM}entry")]
    assert len(set(ids)) == len(ids)
    assert feed.find(f"{ATOM}author/{ATOM}name") is not None
    return feed


def text(holder, name):
    return holder.findtext(f"{ATOM}{name}")


def entries(feed):
    return feed.findall(f"{ATOM}entry")


def link(holder, rel):
    return holder.find(f"{ATOM}link[@rel='{rel}']").get("href")


def test_the_feed_says_whose_it_is_where_it_is_and_when_it_changed_last():
    feed = read()

    assert text(feed, "title") == "Northmoor: latest decisions"
    assert text(feed, "updated") == SECOND.updated
    assert link(feed, "self") == f"{SITE}{FILE}"
    assert link(feed, "alternate") == f"{SITE}decisions"


def test_what_changed_last_comes_first():
    assert [text(entry, "title") for entry in entries(read())] == ["Decision NLB/2", "NLB/1: Beds"]


def test_an_entry_says_in_plain_words_what_was_decided_and_links_to_it():
    entry = entries(read())[1]

    assert text(entry, "summary") == "The Board approved it.\nThe reasons: 'because & <so>'."
    assert text(entry, "published") == FIRST.recorded_at
    assert link(entry, "alternate") == f"{SITE}decisions/NLB~2f1"


def test_names_do_not_depend_on_where_the_register_is_served():
    here, there = (read(site=site) for site in (SITE, "https://moved.example/register/"))

    assert [text(one, "id") for one in (here, *entries(here))] == [text(one, "id") for one in (there, *entries(there))]
    assert text(entries(here)[1], "id") == "tag:northmoor.example,2026-01-02:decisions/decision:NLB~2f1"


def test_a_written_feed_links_to_the_files_beside_it():
    feed = read(addresses=Written(FILE), site="")

    assert link(feed, "self") == FILE
    assert link(entries(feed)[1], "alternate") == "decisions/NLB~2f1.html"


def test_a_feed_without_decisions_changed_last_when_the_log_was_opened():
    feed = read(replace(ANSWER, items=()))

    assert entries(feed) == []
    assert text(feed, "updated") == ANSWER.opened_at


def test_a_title_that_is_withheld_is_not_told():
    assert "withheld" not in text(entries(read(replace(ANSWER, items=(replace(FIRST, title="withheld"),))))[0], "title")


def test_the_same_answer_is_the_same_bytes_whatever_the_order():
    assert atom(ANSWER, Served(), SITE) == atom(replace(ANSWER, items=(SECOND, FIRST)), Served(), SITE)


@pytest.mark.parametrize("typed", HOSTILE)
def test_what_somebody_typed_is_text_and_never_markup(typed):
    answer = replace(ANSWER, log_name=typed, items=(replace(FIRST, title=typed, said=((Words(typed),),)),))

    feed = read(answer)

    allowed = {"feed", "title", "id", "updated", "author", "name", "link", "entry", "published", "summary"}
    assert {one.tag.removeprefix(ATOM) for one in feed.iter()} == allowed
    assert not any(character in atom(answer, Served(), SITE).decode() for character in "\x00\x07\x1b\u202e\ufffe\uffff")


@given_any(st.text(max_size=60), st.text(min_size=1, max_size=30))
def test_any_text_and_any_reference_make_a_feed_that_can_be_read(typed, key):
    key = key.encode("utf-8", errors="replace").decode()
    entry = replace(FIRST, stream=f"decision:{key}", ref=key, title=typed, said=((Words(typed),),))

    assert len(entries(read(replace(ANSWER, items=(entry, SECOND))))) == 2


@given_any(
    st.text(alphabet=st.characters(codec="utf-8"), min_size=1),
    st.text(alphabet=st.characters(codec="utf-8"), min_size=1),
)
def test_a_tag_is_of_one_thing_alone_and_of_plain_characters(one, other):
    tags = {tag_of(f"northmoor.example/{path}", "2026-01-02", "x") for path in (one, other)}

    assert len(tags) == len({one, other})
    assert all(tag.isascii() and " " not in tag for tag in tags)
