"""What is said when something stops a run, and with which exit code: one clear sentence, the way out, never a traceback.

In the formats for programs the same is printed as `{"error": {"kind", "sentence", "mistakes"}, "recorded"}` on
standard output as well, so that whoever reads JSON always gets a document; the sentence goes to standard error.
`recorded` is null where the sentence says that it is not certain.
"""

from __future__ import annotations

import errno
import json
import os
import re
import sys
from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Final

import click

from decisionlog.addresses import BadAddress
from decisionlog.domain.refusals import (
    BadInput,
    Conflict,
    DecisionlogError,
    Forbidden,
    Mistakes,
    NotFound,
    NotSound,
    Refusal,
    Unusable,
)
from decisionlog.settings import BadSetting

if TYPE_CHECKING:
    from decisionlog.cli.main import Run

FAMILIES: Final[Mapping[type[Exception], int]] = {
    Refusal: 1,
    BadInput: 2,
    BadSetting: 2,
    BadAddress: 2,
    NotSound: 3,
    Forbidden: 4,
    Conflict: 5,
    Unusable: 6,
    NotFound: 7,
}
"""The exit code of each family of refusals."""

INTERRUPTED: Final = 130
_RECORDED: Final = "Recorded"
"""How an outcome begins where something was recorded."""
_NOTHING: Final = re.compile(r"Nothing was (?:changed|recorded)\b[^.]*\.")
_UNEXPECTED: Final = 1
_OUTPUT_LOST: Final = frozenset({errno.ENOSPC, errno.EFBIG, errno.EDQUOT, errno.EIO, errno.EBADF, errno.EINVAL})

_CODES: Final[Mapping[int, int]] = {
    errno.ENAMETOOLONG: 2,
    errno.ELOOP: 2,
    errno.EISDIR: 2,
    errno.ENOTDIR: 2,
    errno.EACCES: 6,
    errno.EPERM: 6,
    errno.EROFS: 6,
    errno.ENOSPC: 6,
    errno.EDQUOT: 6,
    errno.EMFILE: 6,
}
"""What the operating system may say of a file that somebody named, and the exit code; whatever else it says is unexpected."""


def tell(fault: BaseException, run: Run) -> int:
    """Say what happened, and what it means for the record; the exit code."""
    match fault:
        case BrokenPipeError():
            _give_up_on_output()
            return 0
        case KeyboardInterrupt() | click.Abort():
            _say(f"\nInterrupted. {run.outcome}".rstrip())
            return INTERRUPTED
        case click.ClickException():
            return _tell("command-line", _usage(fault), fault.exit_code, run)
        case DecisionlogError() | BadAddress():
            family, code = next((family, code) for family, code in FAMILIES.items() if isinstance(fault, family))
            return _tell(_kind(family), str(fault), code, run, fault if isinstance(fault, Mistakes) else None)
        case OSError(filename=None) if fault.errno in _OUTPUT_LOST:
            _give_up_on_output()
            _say(f"The output could not be written ({os.strerror(fault.errno)}). {run.outcome}".rstrip())
            return _UNEXPECTED
        case OSError(filename=str(name), errno=int(number)) if number in _CODES:
            return _tell("file", f"{name} cannot be used ({os.strerror(number)}).", _CODES[number], run)
        case _:
            return _unexpected(fault, run)


def _tell(kind: str, sentence: str, code: int, run: Run, mistakes: Mistakes | None = None) -> int:
    sentence = _with_what_became(sentence, run.outcome)
    if run.as_json:
        each = [{"place": one.place, "sentence": one.sentence} for one in mistakes.mistakes] if mistakes else []
        document = {
            "error": {"kind": kind, "sentence": sentence, "mistakes": each},
            "recorded": None if "is not certain" in sentence else run.outcome.startswith(_RECORDED),
        }
        try:
            click.echo(json.dumps(document))
        except OSError:
            _give_up_on_output()
    _say(sentence)
    return code


def _with_what_became(sentence: str, outcome: str) -> str:
    """A sentence with what became of the record; what was recorded before the fault is not said to be nothing."""
    if outcome.startswith(_RECORDED) and _NOTHING.search(sentence):
        return _NOTHING.sub(lambda _: f"{outcome} That is safe.", sentence, count=1)
    if not outcome or "othing was " in sentence or "othing recorded" in sentence:
        return sentence
    ends = "\n" if "\n" in sentence or sentence[-1:].isalnum() else " "  # after a command, which can be pasted
    return f"{sentence}{ends}{outcome}"


def _usage(fault: click.ClickException) -> str:
    sentence = fault.format_message().strip()
    context = getattr(fault, "ctx", None)
    path = context.command_path if context else "decisionlog"
    return f"{sentence}\nTry: {path} --help" if isinstance(fault, click.UsageError) else sentence


def _kind(family: type[Exception]) -> str:
    """`BadInput` as a program reads it: `bad-input`."""
    return "".join(f"-{letter.lower()}" if letter.isupper() else letter for letter in family.__name__).lstrip("-")


def _unexpected(fault: BaseException, run: Run) -> int:
    import traceback

    if run.debug:
        traceback.print_exception(fault)
    report = _report("".join(traceback.format_exception(fault)))
    sentence = f"Something unexpected stopped decisionlog ({type(fault).__name__}). {report}"
    return _tell("unexpected", sentence, _UNEXPECTED, run)


def _report(trace: str) -> str:
    """Keep what a maintainer needs in a file that only this user can read, and say where."""
    import platform
    import tempfile
    from importlib.metadata import version

    try:
        number, path = tempfile.mkstemp(prefix="decisionlog-report-", suffix=".txt")
        with os.fdopen(number, "w", encoding="utf-8", errors="backslashreplace") as file:
            file.write(
                f"decisionlog {version('decisionlog')}, Python {platform.python_version()}, {platform.platform()}\n\n"
            )
            file.write(trace)
    except OSError:
        return "Run the command again with --debug to see why."
    return (
        f"A report is in {path}; read it for names before you pass it on, and send it to whoever maintains the program."
    )


def _say(text: str) -> None:
    from decisionlog.domain.text import visible

    with suppress(OSError):
        click.echo(visible(text, keep_breaks=True), err=True)


def _give_up_on_output() -> None:
    """Nobody reads what is printed: what is still waiting to be printed must not raise when the program ends."""
    with suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
