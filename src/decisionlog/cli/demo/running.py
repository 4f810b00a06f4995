"""Commands of the tour, really run within this program, and what is shown of their answers."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import nullcontext, redirect_stderr, redirect_stdout
from io import BytesIO, StringIO, TextIOWrapper
from typing import Final

_NOT_SOUND: Final = 3


class _Page(TextIOWrapper):
    """Where a command prints; it is a terminal if the tour's own output goes to one, so that lines are as wide."""

    def __init__(self, *, terminal: bool) -> None:
        self._printed = BytesIO()
        super().__init__(self._printed, encoding="utf-8", newline="")
        self._terminal = terminal

    def isatty(self) -> bool:
        """Whether a person sees it."""
        return self._terminal

    def lines(self) -> list[str]:
        """What was printed."""
        self.flush()
        return self._printed.getvalue().decode().splitlines()


def run(arguments: Sequence[str], *, sound: bool = True, talks: bool = True) -> list[str]:
    """The lines that a command prints. Raises `SystemExit` with its code where it fails; then it has said why.

    `sound`: nothing is expected to be found that is not as it must be. `talks`: what it says beside its answer is heard.
    """
    from decisionlog.cli.main import main

    page = _Page(terminal=sys.stdout.isatty())
    with redirect_stdout(page), nullcontext() if talks else redirect_stderr(StringIO()):
        try:
            main.main(list(arguments))
        except SystemExit as end:
            if end.code and (sound or end.code != _NOT_SOUND):
                raise
    return page.lines()


def outcomes(lines: Sequence[str]) -> list[str]:
    """Only what became of the record."""
    return [line for line in lines if line.startswith(("Recorded", "Already"))]


def first_paragraph(lines: Sequence[str]) -> list[str]:
    """Only the sentences with which an answer begins."""
    end = lines.index("") if "" in lines else len(lines)
    return list(lines[:end])


def who_and_why(lines: Sequence[str]) -> list[str]:
    """Only who decided, by what power and who agreed, and what the answer rests on; the decision's own words are left out."""
    words = next((at for at, line in enumerate(lines) if line.startswith("  Text ")), len(lines))
    basis = max((at for at, line in enumerate(lines) if not line), default=words)
    return [*lines[:words], "  ...", *lines[basis:]] if words < basis else list(lines)


def without_what_was_looked_at(lines: Sequence[str]) -> list[str]:
    """Only whether it is sound, and what that cannot show: not each thing that was looked at."""
    start = next((at for at, line in enumerate(lines) if line.startswith("- ")), len(lines))
    end = next((at for at in range(start, len(lines)) if not lines[at]), len(lines))
    return [*lines[:start], "  ...", *lines[end:]] if start < end else list(lines)
