"""Terminal sessions as tests: read one, run it, and hide what differs from run to run.

    # What a comment says stands above its command, after an empty line.
    $ decisionlog list decisions --log missing.db
    There is no log at missing.db. Make one with: decisionlog init missing.db
    [exit 7]

A line that starts with `$ ` is run by bash, in one fresh folder and one shell for the whole session; lines that
start with `> ` directly below it continue it. What follows, up to the next command, is what must be printed, on
either stream, and `[exit N]` where the command does not end with 0. `$NORTHMOOR` is the folder of the facts of a small
place.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

SECONDS = 300

VOLATILE = [
    (re.compile(r"-[0-9a-f]{16}\.request\b"), "-<hash>.request"),
    (re.compile(r"\b[0-7][0-9A-HJKMNP-TV-Z]{25}\b"), "<batch>"),
    (re.compile(r"(?<=[^\s+]\+)[0-9a-f]{8}\+[A-Za-z0-9+/]{44}"), "<key>"),
    (re.compile(r"(?m)(?<=^— )(\S+) [A-Za-z0-9+/]{50,}={0,2}$"), r"\1 <signature>"),
    (re.compile(r"\b[0-9a-f]{64}\b|(?<=root\s)[0-9a-f]{16}\b"), "<hash>"),
    (
        re.compile(
            r"(?<![\w+/-])(?:[A-Za-z0-9+/]{43}=|(?=[\w+/-]*[A-Z])(?=[\w+/-]*[a-z])(?=[\w+/-]*\d)[\w+/-]{43}(?![\w+/-]))"
        ),
        "<hash>",
    ),
    (re.compile(r'(?<="salt":")[\w-]{22}(?=")|(?<="salt": ")[\w-]{22}(?=")'), "<salt>"),
    (re.compile(r"\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|\+00:00| UTC)"), "<time>"),
    (re.compile(r"(?<![\w.])\d+(?:\.\d+)? ?(?:ms|s|seconds?)\b"), "<duration>"),
    (re.compile(r"\b[\d,]+ days? later\b"), "<days> later"),
    (re.compile(r"\bSQLite \d+\.\d+\.\d+"), "SQLite <version>"),
]
"""What no two runs have in common, and what stands for it. The order counts."""


@dataclass
class Step:
    """One command with the comment above it and what it printed."""

    comment: list[str] = field(default_factory=list)
    command: list[str] = field(default_factory=list)
    output: list[str] = field(default_factory=list)

    def lines(self) -> list[str]:
        first, *more = self.command
        return [*self.comment, f"$ {first}", *(f"> {line}" for line in more), *self.output]


def parse(text: str) -> list[Step]:
    """The steps of a session. Raises `ValueError` where something is printed before the first command."""
    steps: list[Step] = []
    waiting: list[str] = []
    for line in text.splitlines():
        if line.startswith("$ "):
            comment = _take_comment(waiting, steps)
            steps.append(Step(comment, [line[2:]]))
            waiting = steps[-1].output
        elif line.startswith("> ") and steps and not waiting:
            steps[-1].command.append(line[2:])
        else:
            waiting.append(line)
    for step in steps:
        step.output = _trimmed(step.output)
    return steps


def run(steps: Iterable[Step], folder: Path, seconds: float = SECONDS) -> list[Step]:
    """The same commands and comments with what they print now, in one shell that starts in `folder`."""
    steps = list(steps)
    mark = f"<<{uuid4().hex}>>"
    script = "".join(f"{chr(10).join(step.command)}\nprintf '\\n{mark}%d\\n' $?\n" for step in steps)
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("DECISIONLOG_")},
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
        "NORTHMOOR": str(Path(__file__).parent / "northmoor"),
        "LC_ALL": "C.UTF-8",
        "COLUMNS": "100",
        "TERM": "dumb",
    }
    printed = subprocess.run(
        ["bash", "-c", script],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=seconds,
        check=False,
    ).stdout.decode("utf-8", errors="replace")
    *outputs, rest = re.split(rf"\n{mark}(\d+)\n", printed)
    codes = [int(code) for code in outputs[1::2]]
    if len(codes) != len(steps) or rest:
        stopped = steps[min(len(codes), len(steps) - 1)].command[0]
        msg = f"the session stopped at: {stopped}\n{rest}"
        raise RuntimeError(msg)
    return [
        Step(step.comment, step.command, _trimmed([*output.splitlines(), *([f"[exit {code}]"] if code else [])]))
        for step, output, code in zip(steps, outputs[0::2], codes, strict=True)
    ]


def normalise(text: str, folder: Path | None = None) -> str:
    """A text in which names stand for what differs from run to run."""
    if folder is not None:
        text = text.replace(str(folder.resolve()), "<here>").replace(str(folder), "<here>")
    for pattern, name in VOLATILE:
        text = pattern.sub(name, text)
    for today in _todays():
        text = text.replace(today, "<today>")
    return text


def written(steps: Iterable[Step]) -> str:
    """Steps as the text of a session, with an empty line between them."""
    return "\n\n".join("\n".join(step.lines()) for step in steps) + "\n"


def _take_comment(waiting: list[str], steps: list[Step]) -> list[str]:
    """Take the comment at the end of what waits; what is left was printed by the command before."""
    start = len(waiting)
    while start and waiting[start - 1].startswith("# "):
        start -= 1
    if start and waiting[start - 1]:
        start = len(waiting)
    comment = waiting[start:]
    del waiting[start:]
    if not steps and _trimmed(waiting):
        msg = f"this stands before the first command: {waiting[0]}"
        raise ValueError(msg)
    return comment


def _trimmed(lines: list[str]) -> list[str]:
    end = len(lines)
    while end and not lines[end - 1]:
        end -= 1
    return lines[:end]


def _todays() -> list[str]:
    now = datetime.now(UTC)
    days = {now.date(), now.astimezone().date()}
    return [text for day in days for text in (day.isoformat(), f"{day.day} {day:%B %Y}", f"{day.day} {day:%b %Y}")]
