"""Pages that are sessions: what is run, what is written, and what may be left out of what is shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.page import agrees, now, parts, shortened


def page(*blocks):
    return "\n".join(blocks)


def console(*lines):
    return "\n".join(["```console", *lines, "```", ""])


def test_the_blocks_of_a_page_are_one_session_and_its_files_are_written_and_changed():
    text = page(
        "Make a folder.\n",
        console("$ mkdir inner && cd inner"),
        "Write this in `menu.yaml`:\n\n```yaml\nsoup: 2\n\ncake: 3\n```\n",
        "Soup has become dearer; change `menu.yaml`:\n\n```diff\n-soup: 2\n+soup: 4\n```\n",
        console("$ cat menu.yaml", "soup: 4", "", "cake: 3"),
    )
    assert now(text, Path.cwd()) == text


def test_other_blocks_are_neither_run_nor_written():
    text = "Like `this`:\n\n```sh\nrm important\n```\n\nFor example, a file.\n\n```yaml\na: 1\n```\n"
    assert list(parts(text)) == []


def test_what_is_printed_now_takes_the_place_of_what_was_shown():
    assert now(console("$ echo one", "two"), Path.cwd()) == console("$ echo one", "one")


def test_a_change_of_what_a_file_does_not_have_is_a_mistake():
    text = page("In `menu.yaml`:\n\n```yaml\nsoup: 2\n```\n", "In `menu.yaml`:\n\n```diff\n-tea: 1\n+tea: 2\n```\n")
    with pytest.raises(AssertionError, match="tea: 1"):
        now(text, Path.cwd())


@pytest.mark.parametrize(
    "shown",
    [
        ["one", "two", "three", "[exit 2]"],
        ["…", "three", "[exit 2]"],
        ["one", "…", "[exit 2]"],
        ["one", "  …", "two", "…", "[exit 2]"],
        ["one", "t…", "th…e", "[exit 2]"],
    ],
)
def test_lines_and_words_may_be_left_out(shown):
    assert agrees(shown, ["one", "two", "three", "[exit 2]"])


@pytest.mark.parametrize(
    "shown",
    [
        ["one", "…"],
        ["…"],
        ["two", "…", "[exit 2]"],
        ["…", "two", "one", "…", "[exit 2]"],
        ["…", "t", "…", "[exit 2]"],
        ["one", "three", "[exit 2]"],
    ],
    ids=["no exit code", "all left out", "another beginning", "another order", "half a line", "no cut marked"],
)
def test_what_is_shown_was_printed_in_this_order_and_an_exit_code_is_never_left_out(shown):
    assert not agrees(shown, ["one", "two", "three", "[exit 2]"])


def test_what_differs_from_run_to_run_agrees():
    assert agrees(
        ["As at 2026-11-26 20:15 UTC, root 2167b23713ac9013..."],
        ["As at 2026-12-01 08:00 UTC, root 74de9026506ae27d..."],
    )


@pytest.mark.parametrize(
    ("shown", "printed", "left"),
    [
        (["one", "two"], ["one", "three"], ["one", "three"]),
        (["…", "worth £15,800", "…"], ["a", "worth £18,500", "b"], ["…", "worth £18,500", "…"]),
        (["title", "…", "1 decision."], ["title", "x", "y", "2 decisions."], ["title", "…", "2 decisions."]),
        (
            ["title", "…", "first one", "last one", "…"],
            ["title", "a", "first one", "new", "last one", "b"],
            ["title", "…", "first one", "new", "last one", "…"],
        ),
        (["…", "gone altogether", "…"], ["a", "b"], ["a", "b"]),
        (["one", "…"], ["one", "two", "[exit 2]"], ["one", "…", "[exit 2]"]),
        (["…", "a", "2", "b", "2", "…"], ["0", "a", "2", "b", "2", "c"], ["…", "a", "2", "b", "2", "…"]),
        (["{a…}", "…"], ["{a: 2}", "{b: 1}"], ["{a…}", "…"]),
        (["…", "{a: 17…[28]}", "…"], ["{b}", "{a: 18, c: 3, [30]}", "{d}"], ["…", "{a: 18…[30]}", "…"]),
        (["…", "worth 17 [28]", "…"], ["worth 18 [29, 30]", "worth 19 [30]"], ["…", "worth 19 [30]"]),
    ],
    ids=[
        "no cut",
        "a line changed",
        "the last line changed",
        "a line more",
        "a line not known again",
        "an exit code",
        "a line that was printed twice",
        "a cut line",
        "a cut line with other numbers",
        "other numbers",
    ],
)
def test_a_new_answer_is_shortened_as_the_old_one_was(shown, printed, left):
    assert shortened(printed, shown) == left
