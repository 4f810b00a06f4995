"""What opens the words of an export, checked by the file that anybody has: a vault's file, or a disclosure."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys

import pytest

from decisionlog.audit import verify
from tests.audit.small_logs import TAKEN, canonical, fact, five_facts, salt_of, sealed

TITLE = "Urgent community response"


def opening(position=3, words=TITLE, **more) -> dict:
    return {
        "position": position,
        "private": verify.commitment(salt_of(words), words),
        "salt": salt_of(words),
        "value": words,
        **more,
    }


@pytest.fixture
def checked(tmp_path):
    """Verify an export, some facts of it withheld, with lines that open it; the exit code, and what is said."""
    shutil.copy(verify.__file__, tmp_path / "verify.py")

    def check(*lines: dict | bytes, withheld=()) -> tuple[int, list[str]]:
        log = five_facts()
        export = [
            canonical({"$withheld": log.leaves[at - 1].hex()}) if at in withheld else line
            for at, line in log.lines.items()
        ]
        (tmp_path / "log.jsonl").write_bytes(b"".join(line + b"\n" for line in export))
        written = (line if isinstance(line, bytes) else canonical(line) for line in lines)
        (tmp_path / "vault").write_bytes(b"".join(line + b"\n" for line in written))
        command = [sys.executable, "-I", "-S", "verify.py", "log.jsonl", "--vault", "vault"]
        ended = subprocess.run(command, check=False, capture_output=True, text=True, cwd=tmp_path)
        assert ended.stderr == ""
        return ended.returncode, ended.stdout.splitlines()

    return check


def test_what_opens_a_value_is_told_as_true(checked):
    code, said = checked(opening())
    assert (code, said[1:]) == (0, ["Opened: 1 sealed values, each what was sealed then."])


def test_a_disclosed_line_stands_for_the_fact_that_is_withheld(checked):
    line = {"line": five_facts().lines[3].decode(), "position": 3}
    code, said = checked(line, opening(), withheld={3})
    assert (code, said[1:]) == (
        0,
        [
            "Opened: 1 sealed values, each what was sealed then.",
            "Disclosed: 1 of the withheld facts, each what its hash says.",
        ],
    )


def test_words_of_a_withheld_fact_without_its_line_are_not_checked(checked):
    code, said = checked(opening(), withheld={3})
    assert (code, said[-1]) == (0, "NOT CHECKED: 1 values of withheld facts whose lines were not disclosed.")


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        ([opening(value="Something else")], "line 1 of what opens its words does not open the sealed value"),
        ([opening(position=2)], "line 1 of what opens its words opens nothing in fact 2"),
        ([opening(), opening(words="never sealed")], "line 2 of what opens its words opens nothing in fact 3"),
        ([{"line": canonical(TAKEN).decode(), "position": 3}], "is not the fact that is withheld at position 3"),
    ],
)
def test_what_opens_nothing_is_not_sound(checked, lines, why):
    code, said = checked(*lines)
    assert (code, said[-1].startswith("NOT SOUND: ")) == (3, True)
    assert why in said[-1]


def test_another_fact_than_the_withheld_one_is_not_sound(checked):
    other = canonical(fact("decision.taken", "decision:X", 1, {"title": sealed("x")})).decode()
    assert checked({"line": other, "position": 3}, withheld={3})[0] == 3


@pytest.mark.parametrize(
    "line",
    [
        b"hello",
        b"[]",
        b"{}",
        json.dumps(opening()).encode(),
        canonical(opening(position=0)),
        canonical(opening(position="3")),
        canonical(opening(salt=1)),
        canonical(opening(private=None)),
        canonical(opening(more=1)),
        canonical({"line": 1, "position": 3}),
    ],
)
def test_what_is_no_opening_cannot_be_judged(checked, line):
    code, said = checked(line)
    assert (code, said[-1].startswith("CANNOT BE JUDGED: line 1 of what opens its words")) == (2, True)


def test_a_bundle_needs_none(tmp_path):
    (tmp_path / "b").write_bytes(b'{"authority":[]}\n')
    (tmp_path / "v").write_bytes(b"")
    assert verify.main([str(tmp_path / "b"), "--vault", str(tmp_path / "v")]) == 2
