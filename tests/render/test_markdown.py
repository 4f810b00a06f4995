from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from msgspec.structs import replace

from decisionlog.domain.answers.things import History, Listing
from decisionlog.domain.text import visible
from decisionlog.render.markdown import MarkdownPage, escaped, tidied
from decisionlog.render.text import text
from tests.render.answers import BASIS, DECIDED, FACT, NAMES, THING, who_decided

READER = MarkdownIt("commonmark", {"html": True, "linkify": True}).enable(["table", "strikethrough"])
HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "[x](javascript:alert(1))",
    "![x](data:text/html,evil)",
    "<https://evil.example>",
    "see https://evil.example/path and www.evil.example",
    "mailto:me@evil.example or me@evil.example",
    "[12]: https://evil.example",
    "[12](https://evil.example)",
    "[12][x]",
    "&lt;b&gt; &#60;i&#62; &copy;",
    "# Heading",
    "- item",
    "+ item",
    "1. item",
    "1) item",
    "> quote",
    "---",
    "===",
    "***",
    "```\ncode\n```",
    "    code",
    "`code`",
    "**bold** __bold__ *em* _em_ ~~gone~~",
    "a | b | c",
    "| --- | --- |",
    "\\*escaped\\*",
    "line one\nline two\n\n# line three",
    "trailing #",
    "trailing backslash \\",
    "{{7*7}} ${7*7} {% raw %}",
    "[^1] and [^1]: note",
    "<!-- comment -->",
    "<iframe>\n\n<b>x</b>",
]


def tokens_of(markdown):
    """Every token, those within lines too."""
    for token in READER.parse(markdown):
        yield token
        yield from token.children or ()


def words_of(markdown):
    """What a reader sees, its spaces apart."""
    html = READER.render(markdown)
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())


def page(answer):
    return "\n".join(tidied(text(answer, MarkdownPage())))


def assert_plain(markdown, allowed):
    """Nothing in it but what the page itself makes."""
    made = {token.type for token in tokens_of(markdown)}
    assert made <= allowed, made - allowed


INLINE = {"inline", "text", "softbreak", "hardbreak", "text_special"}
PARAGRAPH = INLINE | {"paragraph_open", "paragraph_close"}
LIST = PARAGRAPH | {"bullet_list_open", "bullet_list_close", "list_item_open", "list_item_close"}
PAGE = LIST | {
    *(f"{part}_{end}" for part in ("heading", "strong", "table", "thead", "tbody", "tr", "th", "td") for end in ("open", "close"))
}  # fmt: skip


@pytest.mark.parametrize("words", HOSTILE)
def test_what_people_type_is_shown_as_they_typed_it(words):
    markdown = "\n".join(tidied(MarkdownPage().paragraph(words)))
    assert_plain(markdown, PARAGRAPH)
    assert words_of(markdown) == " ".join(words.split())


@pytest.mark.parametrize("words", HOSTILE)
def test_no_part_of_a_page_can_be_broken_out_of(words):
    made = MarkdownPage()
    lines = [
        *made.heading(words.partition("\n")[0], level=2),
        *made.paragraph(words, indent=2),
        *made.paragraph(words, indent=4),
        *made.entry(words, [words]),
        *made.entry("Several", [words, words]),
        *made.columns([(words, 4)], words),
        *made.table(("One", "Two"), [(words, words)]),
        *made.paragraph(words),
    ]
    markdown = "\n".join(tidied(lines))
    assert_plain(markdown, PAGE)
    made_of = [token.type for token in tokens_of(markdown)]
    assert made_of.count("heading_open") == 1
    assert made_of.count("td_open") == 2
    assert made_of.count("list_item_open") == 7


@given(st.text())
def test_no_text_at_all_becomes_markup(words):
    markdown = "\n".join(tidied(MarkdownPage().paragraph(visible(words, keep_breaks=True))))
    assert_plain(markdown, PARAGRAPH)


@given(st.text(alphabet="[]()<>!*_`#&;:/\\~|-+=.1w@ \na"))
def test_no_heap_of_marks_becomes_markup(words):
    markdown = "\n".join(tidied([*MarkdownPage().paragraph(words), *MarkdownPage().paragraph(words, indent=2)]))
    assert_plain(markdown, LIST)


def test_evidence_stays_as_it_is():
    assert escaped("Approved [12, 14]") == "Approved [12, 14]"
    assert words_of(escaped("Approved [12, 14]")) == "Approved [12, 14]"


def test_a_list_is_a_table():
    item = replace(THING, title="a | b", ref="D|1")
    assert page(Listing(BASIS, "decision", (item,))).splitlines()[:5] == [
        "| Reference | Title | State | Facts |",
        "| --- | --- | --- | --- |",
        "| D\\|1 | a \\| b | approved 2026-03-12, from 2026-04-01 | [24] |",
        "",
        "1 decision.",
    ]


@pytest.mark.parametrize("words", HOSTILE)
def test_answers_about_hostile_words_stay_pages(words):
    decided = replace(DECIDED, decision={**DECIDED.decision, "title": words, "text": words, "reasons": words})
    names = {**NAMES, "organisation:council": words}
    for answer in (
        who_decided(decided, names=names),
        Listing(BASIS, "decision", (replace(THING, title=words),)),
        History(BASIS, "decision:D1", (replace(FACT, data={"words": words}, notes=((words,),)),), names),
    ):
        markdown = page(answer)
        assert_plain(markdown, PAGE)
        assert "<" not in re.sub(r"\\<", "", markdown)
