"""What is printed, and where: answers on standard output, talk on standard error, progress on a terminal only."""

from __future__ import annotations

import errno
import os
import re
import select
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from shutil import get_terminal_size
from typing import IO, Any, Final, Literal, Self

import click

from decisionlog.domain.text import visible
from decisionlog.render.page import Page

Format = Literal["terminal", "json", "jsonl", "markdown", "mermaid", "html", "csv", "sarif", "cloudevents"]

_FOR_PEOPLE: Final = ("terminal", "markdown")
_DOCUMENTS: Final[Mapping[str, str]] = {
    "html": "decisionlog.render.pages",
    "csv": "decisionlog.render.sheets",
    "sarif": "decisionlog.render.sarif",
}
"""Formats of which only some answers have a form, and the modules that write those."""
_AT_ONCE: Final = 200
_ACTIVE = re.compile("[\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufffe\uffff]")
"""What a terminal may obey and JSON need not escape."""


def page() -> Page:
    """How wide to write, and whether in colour. What goes into a pipe or a file is not wrapped."""
    terminal = is_terminal(sys.stdout)
    wraps = terminal or os.environ.get("COLUMNS", "").isdecimal()
    colour = terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return Page(width=get_terminal_size().columns if wraps else None, colour=colour)


def is_terminal(stream: IO[Any] | None) -> bool:
    """Whether a person sees or types it."""
    return stream is not None and not stream.closed and stream.isatty()


def print_answer(answer: Any, form: Format) -> None:
    """Print an answer of `domain.answers` for a person or for a program."""
    if form in _FOR_PEOPLE:
        from decisionlog.render.text import text

        print_page(form, lambda page: text(answer, page))
        return
    if form == "mermaid":
        from decisionlog.render.mermaid import mermaid

        print_lines(mermaid(answer))
        return
    if form in _DOCUMENTS:
        print_document(import_module(_DOCUMENTS[form]).document(answer))
        return
    from decisionlog.render import as_json

    print_json([as_json.document(answer)] if form == "json" else as_json.lines(answer))


def print_page(form: Format, written: Callable[[Page], Iterable[str]]) -> None:
    """Print what is written on a page of the terminal or of Markdown."""
    if form == "markdown":
        from decisionlog.render.markdown import MarkdownPage, tidied

        print_lines(tidied(written(MarkdownPage())))
    else:
        print_lines(written(page()))


def print_lines(lines: Iterable[str]) -> None:
    """Print lines on standard output, a portion at a time."""
    waiting = []
    for line in lines:
        waiting.append(line)
        if len(waiting) >= _AT_ONCE:
            click.echo("\n".join(waiting), color=True)
            waiting = []
    if waiting:
        click.echo("\n".join(waiting), color=True)


def print_json(pieces: Iterable[bytes]) -> None:
    """Print JSON exactly as it is; on a terminal, what a terminal would obey is escaped."""
    if is_terminal(sys.stdout):
        for piece in pieces:
            text = _ACTIVE.sub(lambda found: f"\\u{ord(found[0]):04x}", piece.decode("utf-8", "backslashreplace"))
            click.echo(text, nl=False)
        return
    _print_bytes(pieces)


def print_document(lines: Iterable[str]) -> None:
    """Print the lines of a document for other programs, in UTF-8 wherever it is printed; each has its own end."""
    _print_bytes(line.encode() for line in lines)


def _print_bytes(pieces: Iterable[bytes]) -> None:
    if sys.stdout is not None:
        sys.stdout.flush()
        sys.stdout.buffer.writelines(pieces)
        sys.stdout.buffer.flush()


def require_readers() -> None:
    """Notice that whoever read standard output through a pipe has gone, before there is more to print.

    Raises `BrokenPipeError`. Where the system cannot tell, it is noticed with the next thing printed.
    """
    if not hasattr(select, "poll") or sys.stdout is None:
        return
    watch = select.poll()
    try:
        watch.register(sys.stdout.fileno(), 0)
    except (OSError, ValueError):  # it has no number: it is no file
        return
    if any(state & select.POLLERR for _, state in watch.poll(0)):
        raise BrokenPipeError(errno.EPIPE, os.strerror(errno.EPIPE))


def say(text: str) -> None:
    """Tell what was done, on standard output, wrapped where a person reads it."""
    print_lines(line for paragraph in text.split("\n") for line in page().paragraph(paragraph))


def say_next(*commands: str) -> None:
    """Name the next likely commands, whole, so that they can be pasted."""
    print_lines(["Next:", *(f"  decisionlog {command}" for command in commands)])


def note(text: str) -> None:
    """Tell on standard error what the reader should know beside the answer."""
    click.echo(visible(text, keep_breaks=True), err=True)


class Progress:
    """How far long work has got: on standard error, on a terminal, from the second second on."""

    def __init__(self, what: str, total: int | None = None) -> None:
        self._what = what
        self._total = total
        self._wanted = is_terminal(sys.stderr)
        self._started = time.monotonic()
        self._shown = 0

    def __call__(self, done: int, total: int | None = None) -> None:
        """Say how many are done, and of how many, where that was not known at the beginning."""
        self._total = total or self._total
        if not self._wanted or time.monotonic() - self._started < 1:
            return
        share = f" of {self._total:,} ({100 * min(done, self._total) // self._total}%)" if self._total else ""
        text = f"{self._what}: {done:,}{share}"
        click.echo(f"\r{text.ljust(self._shown)}", nl=False, err=True)
        self._shown = len(text)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._shown:
            click.echo(f"\r{' ' * self._shown}\r", nl=False, err=True)
