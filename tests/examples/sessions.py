"""The console blocks of an example's README, run as one session: what is shown beneath a command is what it prints."""

from __future__ import annotations

import re
from pathlib import Path

from tests.cli.transcript import parse, run

EXAMPLES = Path(__file__).parents[2] / "examples"
_CONSOLE = re.compile(r"^```console\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def run_readme(example: str, folder: Path) -> int:
    """Run every command in a folder in which `examples` is ours; how many there were.

    A README shows a part of what is printed: each of its lines, in its order, and the exit code where that is not 0.
    """
    (folder / "examples").symlink_to(EXAMPLES)
    shown = parse("".join(_CONSOLE.findall((EXAMPLES / example / "README.md").read_text(encoding="utf-8"))))
    for expected, now in zip(shown, run(shown, folder), strict=True):
        printed = _squeezed("\n".join(now.output))
        lines = [_squeezed(line) for line in expected.output]
        assert ("[exit " in printed) == any(line.startswith("[exit ") for line in lines), printed
        at = 0
        for line in lines:
            found = printed.find(line, at)
            assert found >= 0, f"{expected.command[0]}\ndoes not say, or not in this order: {line}\nbut: {printed}"
            at = found + len(line)
    return len(shown)


def _squeezed(text: str) -> str:
    return " ".join(text.split())
