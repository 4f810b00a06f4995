"""Pages that are sessions: a Markdown page whose commands are run and whose files are written as it says.

A block of `console` is part of a terminal session (see `transcript`), and all such blocks of a page are one session.
A block of `yaml` or `toml` behind a paragraph that ends with the name of a file and a colon is that file, and a block
of `diff` behind such a paragraph changes it. In what a command prints, a line `…` stands for lines that are left out
and `…` in a line for words; an exit code is never left out.
"""

from __future__ import annotations

import re
import shlex
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import islice
from pathlib import Path

from tests.cli.transcript import SECONDS, Step, normalise, parse, run, written

CUT = "…"
SECONDS_EACH = 10
"""What a command of a long page may take besides, on a busy machine."""
ALIKE = 0.8
"""How much two lines must have in common for the one to be what became of the other."""
BLOCK = re.compile(r"(?<=^```)(?P<kind>console|yaml|toml|diff)\n(?P<text>.*?)(?=^```$)", re.DOTALL | re.MULTILINE)
FILE = re.compile(r"`(?P<name>[\w.-]+)`[^`\n]*:\n\n```\Z")
EXIT = re.compile(r"\[exit \d+\]")
LEFT_OUT = rf"(?:(?!{EXIT.pattern}\n)[^\n]*\n)*"
CHANGE = """
import sys, pathlib
lines, path = sys.stdin.read().splitlines(), pathlib.Path(sys.argv[1])
old, new = ("".join(line[1:] + "\\n" for line in lines if line[0] != sign) for sign in "+-")
text = path.read_text(encoding="utf-8")
text.count(old) == 1 or sys.exit(f"{path} does not have once:\\n{old}")
path.write_text(text.replace(old, new), encoding="utf-8")
"""


@dataclass(frozen=True)
class Part:
    """A block of a page, where it stands and the steps that it asks for."""

    start: int
    end: int
    steps: list[Step]
    shown: bool
    """Whether the page shows the steps, and not a file."""


def parts(page: str) -> Iterator[Part]:
    """The blocks of a page that are run or written."""
    for block in BLOCK.finditer(page):
        text, start, end = block["text"], *block.span("text")
        file = FILE.search(page, 0, block.start())
        if block["kind"] == "console":
            yield Part(start, end, parse(text), shown=True)
        elif file and block["kind"] != "diff":
            yield Part(start, end, [_heredoc(f"cat > {file['name']}", text)], shown=False)
        elif file:
            yield Part(start, end, [_heredoc(f"{_python(CHANGE)} {file['name']}", text)], shown=False)


def now(page: str, folder: Path) -> str:
    """The page with what its commands print now, shortened as it was; what agrees stands as it is."""
    found = list(parts(page))
    steps = [step for part in found for step in part.steps]
    printed = iter(run(steps, folder, seconds=SECONDS + SECONDS_EACH * len(steps)))
    pieces, end = [], 0
    for part in found:
        shown = _shown(part, list(islice(printed, len(part.steps))), folder)
        pieces += [page[end : part.start], shown or page[part.start : part.end]]
        end = part.end
    return "".join(pieces) + page[end:]


def agrees(shown: list[str], printed: list[str], folder: Path | None = None) -> bool:
    """Whether lines of a page are what was printed, but for what differs from run to run and what is left out."""
    pattern = "".join(
        LEFT_OUT if line.strip() == CUT else r"[^\n]*".join(map(re.escape, line.split(CUT))) + r"\n"
        for line in normalise(_text(shown), folder).splitlines()
    )
    return re.fullmatch(pattern, normalise(_text(printed), folder)) is not None


def shortened(printed: list[str], shown: list[str]) -> list[str]:
    """What is printed now, with the cuts of what was shown; whole, where a line beside a cut is not known again."""
    first, *others = _chunks(shown)
    if not others:
        return printed
    lines: list[str] = []
    end = 0
    for chunk in filter(None, (first, *others)):
        start = 0 if chunk is first else _place(chunk[0], printed, end)
        last = len(printed) - 1 if chunk is others[-1] else _place(chunk[-1], printed, start)
        if last < 0:
            return printed
        lines += [CUT] * (start > end) + [_cut_line(line, chunk) for line in printed[start : last + 1]]
        end = last + 1
    rest = printed[end:]
    ended = [line for line in rest[-1:] if EXIT.fullmatch(line)]
    return lines + [CUT] * (len(rest) > len(ended)) + ended


def _shown(part: Part, steps: list[Step], folder: Path) -> str:
    """A block with what its commands printed. Raises `AssertionError` where a file could not be written or changed."""
    if not part.shown:
        assert [step.output for step in steps] == [[]], steps[0].output
        return ""
    for old, new in zip(part.steps, steps, strict=True):
        new.output = old.output if agrees(old.output, new.output, folder) else shortened(new.output, old.output)
    return written(steps).replace(str(folder.resolve()), "~")


def _chunks(shown: list[str]) -> list[list[str]]:
    """What stands before, between and behind the cuts."""
    chunks: list[list[str]] = [[]]
    for line in shown:
        if line.strip() == CUT:
            chunks.append([])
        else:
            chunks[-1].append(line)
    return chunks


def _place(line: str, printed: list[str], start: int) -> int:
    """Where a line, or what became of it, was printed; -1 where it is not known again."""
    places = range(start, len(printed) if start >= 0 else start)
    known = (at for at in places if agrees([line], [printed[at]]))
    renumbered = (at for at in places if _pieces(line, printed[at]))
    alike = {at: _alike(line, printed[at]) for at in places}
    closest = max(alike, key=alike.__getitem__, default=-1)
    return next(known, next(renumbered, closest if alike.get(closest, 0) >= ALIKE else -1))


def _alike(one: str, other: str) -> float:
    """How much two lines have in common, whatever their numbers; 1 where that is all."""
    return SequenceMatcher(None, *(re.sub("[0-9]+", "0", normalise(line)) for line in (one, other))).ratio()


def _cut_line(line: str, shown: list[str]) -> str:
    """A line that was printed, with what was left out of it where it was shown."""
    pieces = (_pieces(old, line) for old in shown if CUT in old)
    return next((CUT.join(found) for found in pieces if found), line)


def _pieces(shown: str, printed: str) -> list[str]:
    """What a printed line has in place of what stands around the cuts of one that was shown; numbers may differ."""
    pattern = "[^\\n]*".join(f"({re.sub(r'[0-9]+', '[0-9]+', re.escape(piece))})" for piece in shown.split(CUT))
    found = re.fullmatch(pattern, printed)
    return list(found.groups()) if found else []


def _heredoc(command: str, text: str) -> Step:
    return Step([], [f"{command} <<'END'", *text.splitlines(), "END"])


def _python(script: str) -> str:
    return f"{shlex.quote(sys.executable)} -c {shlex.quote(script)}"


def _text(lines: list[str]) -> str:
    return "".join(f"{line}\n" for line in lines)
