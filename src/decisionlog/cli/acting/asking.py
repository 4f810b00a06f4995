"""What is missing, from whoever sits at the terminal: asked for, written in an editor, or read from standard input."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import Final, Self

import click

from decisionlog.cli.printing import note
from decisionlog.domain.facts.shape import FieldShape
from decisionlog.domain.refusals import BadInput, Refusal
from decisionlog.domain.text import visible

_SCISSORS: Final = "# ------------------------ >8 ------------------------"
_STDIN_LIMIT: Final = 1024 * 1024


def missing(names: tuple[str, ...], what: str, field: FieldShape, *, may_ask: bool) -> str:
    """The value of a flag that is needed; prose may be left empty. Raises a usage error where nobody can be asked."""
    if not may_ask:
        context = click.get_current_context()
        flags = " or ".join(f"--{name}" for name in names)
        raise click.UsageError(f"{context.command_path} needs {flags} (no terminal to ask on).", context)
    hint = f" ({', '.join(field.words)})" if field.words else " (empty: not recorded)" if field.sealed else ""
    empty = "" if field.sealed else None
    question = (what.partition(":")[0] if field.words else what).rstrip(".")
    answer: str = click.prompt(f"{question}{hint}", default=empty, show_default=False, err=True)
    return answer


def confirm_future(on: str, said: str, *, may_ask: bool) -> None:
    """Ask whether what lies in the future happened, or note that it is recorded so. Raises `Refusal` where it did not."""
    if not may_ask:
        note(f"Note: {visible(said)}")
    elif not click.confirm(f"{on} is in the future. Record it so", default=False, err=True):
        raise Refusal("Nothing was recorded. Give the day with --on.")


def standard_input(flag: str) -> str:
    """The words that are piped in. Raises `BadInput` for what is no text."""
    content = sys.stdin.buffer.read(_STDIN_LIMIT + 1)
    if len(content) > _STDIN_LIMIT:
        raise BadInput(f"--{flag} - is more than {_STDIN_LIMIT:,} bytes.")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as wrong:
        msg = f"--{flag} - is not UTF-8 (byte {wrong.start + 1})."
        raise BadInput(msg) from wrong


class Draft:
    """Words that are written in an editor; kept in a file until they are recorded."""

    def __init__(self, begun: str, about: str) -> None:
        number, name = tempfile.mkstemp(prefix="decisionlog-draft-", suffix=".txt")
        self.path = Path(name)
        self.recorded = False
        below = "Everything from this line on is left out. An empty text records nothing."
        with os.fdopen(number, "w", encoding="utf-8") as file:
            file.write(f"{begun}\n\n{_SCISSORS}\n# {below}\n# {about}\n")

    def written(self) -> str:
        """What the person wrote. Raises `Refusal` where that is nothing, or the editor failed."""
        try:
            click.edit(filename=str(self.path))
        except click.ClickException as failed:
            msg = f"{failed.format_message().rstrip('.')}."
            raise Refusal(msg) from failed
        text = self.path.read_text(encoding="utf-8", errors="surrogateescape").partition(_SCISSORS)[0]
        if all(not line.strip() or line.startswith("#") for line in text.split("\n")):
            raise Refusal("Nothing recorded (empty text).")
        return text.strip()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.recorded:
            self.path.unlink(missing_ok=True)
        else:
            note(f"What you wrote is kept in {self.path}.")
