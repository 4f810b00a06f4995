"""The story of the year: every sentence is confirmed by its command."""

from __future__ import annotations

import re
import shlex
from typing import NamedTuple

import pytest

from decisionlog.domain.references import split
from tests.cli.running import in_a_shell
from tests.examples.northmoor.year import STORY, slips

_BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)

_EVIDENCE = re.compile(r"\[\d+(?:, \d+)*\]")


class Shown(NamedTuple):
    """A command of the story, and what it says to look for in its answer."""

    command: str
    lines: list[str]


def _shown() -> list[Shown]:
    story: list[Shown] = []
    for block in _BLOCK.findall(STORY.read_text(encoding="utf-8")):
        for line in block.splitlines():
            if line.startswith("$ "):
                story.append(Shown(line.removeprefix("$ "), []))
            else:
                story[-1].lines.append(line)
    return story


@pytest.mark.parametrize("shown", _shown(), ids=lambda shown: shown.command)
def test_the_answer_has_the_line_to_look_for(ask, shown):
    program, *words = shlex.split(shown.command)
    assert program == "decisionlog"
    assert shown.lines, "a command without a line to look for"
    told = _EVIDENCE.sub("[...]", " ".join(ask(*words).stdout.split()))
    for line in shown.lines:
        assert " ".join(line.split()) in told


def test_the_story_begins_with_commands_that_work():
    begun = re.findall(r"```sh\n(.*?)```", STORY.read_text(encoding="utf-8"), re.DOTALL)
    assert len(begun) == 1
    said = in_a_shell(f"{begun[0]}decisionlog status")
    assert (said.returncode, said.stderr) == (0, "")
    assert "demo.example/northmoor" in said.stdout


def test_every_slip_of_the_table_and_its_twin_are_in_the_log(year):
    rows = slips()
    assert len(rows) >= 12
    assert len({row.rule for row in rows}) == len(rows)
    keys = {split(fact["stream"])[1] for fact in year.facts}
    for row in rows:
        assert {row.where, row.properly} <= keys
        assert row.where != row.properly
