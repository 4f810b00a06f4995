"""What looks at pages sees what is wrong with them: each fault is put into a page that has none."""

from __future__ import annotations

import pytest

from tests.browser import complaints, dialogs, outside, put, sideways, violations

SOUND = """<!DOCTYPE html>
<html lang="en-GB"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>A register</title><link rel="stylesheet" href="look.css"></head>
<body><main><h1>Decisions</h1><form action="/" method="get"><label for="q">Words</label> <input id="q" name="q"></form>
<p class="text">What was decided.</p><div class="box">A box</div></main></body></html>
"""
LOOK = "body { background: white; color: black }"


def test_nothing_is_found_on_a_page_without_a_fault(page):
    put(page, SOUND, files={"look.css": LOOK})

    assert violations(page) == []
    assert not sideways(page)
    assert outside(page) == dialogs(page) == complaints(page) == []


@pytest.mark.parametrize(
    ("was", "now", "rule"),
    [
        ('<label for="q">Words</label>', "", "label"),
        ("<h1>Decisions</h1>", "<h3>Decisions</h3>", "page-has-heading-one"),
        (' lang="en-GB"', "", "html-has-lang"),
        ("<main>", "<div>", "landmark-one-main"),
    ],
)
def test_a_fault_in_the_markup_is_found(page, was, now, rule):
    assert was in SOUND
    put(page, SOUND.replace(was, now), files={"look.css": LOOK})

    assert rule in {line.partition(":")[0] for line in violations(page)}


def test_a_contrast_that_is_too_low_is_found(page):
    put(page, SOUND, files={"look.css": f"{LOOK} .text {{ color: #aaa }}"})

    assert [line.partition(":")[0] for line in violations(page)] == ["color-contrast"]


def test_a_box_that_is_wider_than_the_page_scrolls_it_sideways(narrow):
    put(narrow, SOUND, files={"look.css": f"{LOOK} .box {{ width: 600px }}"})

    assert sideways(narrow)


def test_the_same_box_has_room_on_a_wide_page(wide):
    put(wide, SOUND, files={"look.css": f"{LOOK} .box {{ width: 600px }}"})

    assert not sideways(wide)


def test_a_picture_from_elsewhere_is_noticed_even_where_the_policy_forbids_it(page):
    put(page, SOUND.replace("A box", '<img src="https://elsewhere.example/a.png" alt="">'), files={"look.css": LOOK})

    assert outside(page) or any("elsewhere.example" in said for said in complaints(page))


def test_a_picture_from_elsewhere_is_noticed_where_the_policy_allows_it(page):
    page.context.route("https://elsewhere.example/**", lambda route: route.abort())
    put(page, SOUND.replace("A box", '<img src="https://elsewhere.example/a.png" alt="">'), policy="img-src *")

    assert outside(page) == ["https://elsewhere.example/a.png"]


def test_a_script_in_the_page_is_complained_of(scripted):
    put(scripted, SOUND.replace("A box", "<script>alert(1)</script>"), files={"look.css": LOOK})

    assert dialogs(scripted) == []
    assert any("script" in said for said in complaints(scripted))


def test_a_script_that_the_policy_lets_run_is_noticed_by_what_it_does(scripted):
    put(
        scripted,
        SOUND.replace("A box", "<script>alert('owned'); missing()</script>"),
        policy="default-src 'self' 'unsafe-inline'",
    )

    assert dialogs(scripted) == ["owned"]
    assert any("missing" in said for said in complaints(scripted))


def test_a_style_in_the_page_is_complained_of(page):
    put(page, SOUND.replace("A box", '<p style="color: red">A box</p>'), files={"look.css": LOOK})

    assert any("style" in said for said in complaints(page))


def test_what_is_missing_on_the_site_is_complained_of(page):
    put(page, SOUND)

    assert any("404" in said for said in complaints(page))
