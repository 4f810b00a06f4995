"""The tutorial is done as it is written, from an empty folder on: its files, its commands and what they print."""

from __future__ import annotations

from pathlib import Path

from tests.cli.page import now, parts

PAGE = Path(__file__).parent.parent / "docs" / "tutorial.md"


def test_the_hour_goes_as_it_is_written(approve):
    page = PAGE.read_text(encoding="utf-8")
    told = now(page, Path.cwd())
    if approve:
        PAGE.write_text(told, encoding="utf-8")
    else:
        assert told == page, "run: pytest --approve tests/test_tutorial.py, and read the difference"


def test_the_hour_has_files_and_commands_and_leaves_a_register():
    found = list(parts(PAGE.read_text(encoding="utf-8")))
    assert sum(not part.shown for part in found) == len(("settings", "scheme", "May", "its mistakes", "June"))
    commands = [step.command[0] for part in found if part.shown for step in part.steps]
    for word in (
        "init",
        "scheme apply",
        "record",
        "who decided",
        "correct",
        "agenda",
        "--known",
        "--write-back",
        "export",
    ):
        assert any(word in command for command in commands), word
