"""The files of a recording: YAML, or Markdown with YAML front matter, each read once, with its digest."""

from __future__ import annotations

import stat
import sys
from hashlib import sha256
from pathlib import Path
from typing import Final

from msgspec import Struct

from decisionlog.domain.refusals import BadInput, Mistake, Mistakes
from decisionlog.domain.text import visible
from decisionlog.exchange.written import SIZE_LIMIT, Written, read_yaml

STANDARD_INPUT: Final = "-"
_MARKDOWN: Final = frozenset({".md", ".markdown"})
_FENCE: Final = b"---"


class Sheet(Struct, frozen=True):
    """One file as it was read."""

    name: str
    """What it is called in messages."""
    content: bytes
    written: Written
    minutes: str = ""
    """What follows the front matter of a Markdown file."""
    path: Path | None = None
    """Where it lies; none for what came from elsewhere."""
    is_sent: bool = False
    """Whether it was sent here by somebody else: then no paper beside it is read."""

    @property
    def sha256(self) -> str:
        """Of the file as it is."""
        return sha256(self.content).hexdigest()

    @property
    def folder(self) -> Path | None:
        """Where the papers lie that it names; none, where none may be read."""
        if self.is_sent:
            return None
        return self.path.parent if self.path else Path()

    @property
    def is_markdown(self) -> bool:
        """Whether YAML stands between two lines of dashes, and minutes after it."""
        return self.path is not None and self.path.suffix.lower() in _MARKDOWN

    @property
    def source(self) -> str:
        """What the facts call it: a file name without folders."""
        return self.path.name if self.path else self.name


def content_of(file: str) -> bytes:
    """The bytes of a file, or of standard input. Raises `BadInput` for what is no ordinary file."""
    if file == STANDARD_INPUT:
        return sys.stdin.buffer.read(SIZE_LIMIT + 1)
    shown = visible(file)
    try:
        status = Path(file).stat()
        if stat.S_ISDIR(status.st_mode):
            raise BadInput(f"{shown} is a folder; name the files in it.")
        if not stat.S_ISREG(status.st_mode) and not stat.S_ISFIFO(status.st_mode):
            raise BadInput(f"{shown} is not an ordinary file; name a YAML or Markdown file.")
        with Path(file).open("rb") as opened:
            return opened.read(SIZE_LIMIT + 1)
    except FileNotFoundError:
        raise BadInput(f"There is no file {shown}. To begin one:\n  decisionlog record --template > {shown}") from None
    except (OSError, ValueError) as fault:
        raise BadInput(f"{shown} cannot be read ({getattr(fault, 'strerror', None) or fault}).") from fault


def read_sheet(name: str, content: bytes, path: Path | None = None, *, is_sent: bool = False) -> Sheet:
    """One file of a meeting. Raises `Mistakes`, each with its line."""
    if not content.strip():
        raise Mistakes([Mistake(name, "is empty; `decisionlog record --template` shows what one looks like.")])
    if content.startswith(b"SQLite format 3\0"):
        raise Mistakes([Mistake(name, "is a database, not a file of a meeting.")])
    if content.startswith(b"PK\x03\x04"):
        raise Mistakes([Mistake(name, "is a document of Word or Excel; a YAML or Markdown file is wanted.")])
    front, minutes, line = content, "", 1
    if path and path.suffix.lower() in _MARKDOWN:
        front, minutes = _front_matter(name, content)
        line = 2
    written = read_yaml(name, front, first_line=line)
    if not isinstance(written.value, dict):
        what = "meeting: or between_meetings: is wanted at the top; `decisionlog record --template` shows an example."
        raise Mistakes([Mistake(written.place(), what)])
    return Sheet(name, content, written, minutes, path, is_sent)


def _front_matter(name: str, content: bytes) -> tuple[bytes, str]:
    """What stands between the two lines of dashes, and the text after it."""
    lines = content.removeprefix(b"\xef\xbb\xbf").split(b"\n")
    fences = [number for number, line in enumerate(lines) if line.rstrip() == _FENCE]
    if not fences or fences[0] != 0:
        raise Mistakes([Mistake(f"{name}, line 1", "a Markdown file begins with --- and what was decided, as YAML.")])
    if len(fences) == 1:
        raise Mistakes([Mistake(f"{name}, line 1", "the front matter is not closed; write --- on a line of its own.")])
    front = b"\n".join(lines[1 : fences[1]])
    try:
        minutes = b"\n".join(lines[fences[1] + 1 :]).decode("utf-8")
    except UnicodeDecodeError as wrong:
        raise Mistakes(
            [Mistake(name, f"the text after the front matter is not UTF-8 (0x{wrong.object[wrong.start]:02x}).")]
        ) from wrong
    if not front.strip():
        raise Mistakes([Mistake(f"{name}, line 1", "the front matter is empty; nothing was decided in it.")])
    return front, minutes.strip()
