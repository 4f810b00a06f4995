"""`import`: plain facts from a file, recorded as one batch."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Any, Final

import click

from decisionlog.cli.exporting import replacing
from decisionlog.cli.opening import catch_up, now, opened, place
from decisionlog.cli.options import Recording, examples, records
from decisionlog.cli.printing import Progress, is_terminal, note, print_json, say, say_next
from decisionlog.cli.receipts import NOT_CERTAIN, NOT_CERTAIN_AGAIN, NOTHING, likely, outcome, plan, recorder
from decisionlog.domain.refusals import BadInput, DecisionlogError, Mistake, Mistakes
from decisionlog.domain.text import visible
from decisionlog.render.as_json import dumped
from decisionlog.render.receipts import receipt_json
from decisionlog.render.words import counted

if TYPE_CHECKING:
    from decisionlog.commands.import_facts import Imported, ImportFacts, Rejected

_SHEETS: Final = frozenset({".csv", ".tsv", ".xlsx", ".xlsm", ".xls", ".ods"})
_UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")
_AT_ONCE: Final = 1024 * 1024
_ENDLESS: Final = 64 * 1024 * 1024
"""Bytes without the end of a line after which no more is read: there may be no end to it."""


@click.command(
    name="import",
    epilog=examples(
        "import march.jsonl --by secretariat-1 --dry-run",
        "import march.jsonl --by secretariat-1 --rejects march-rejects.jsonl",
    ),
)
@click.argument("file", type=click.Path(allow_dash=True, path_type=Path))
@click.option(
    "--rejects",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Record the sound lines; put the others here, with reasons.",
)
@click.option("--key", metavar="TEXT", help="Your own name for this request: the same key records only once.")
@click.option("--again", is_flag=True, help="Record a second time what is recorded already.")
@click.option("--if-size", metavar="N", type=click.IntRange(min=0), help="Only if the log has exactly so many facts.")
@click.option(
    "--contains-personal-data", is_flag=True, help="The words hold personal data, and are to be kept, sealed."
)
@records
def import_(
    recording: Recording,
    file: Path,
    rejects: Path | None,
    key: str | None,
    if_size: int | None,
    *,
    again: bool,
    contains_personal_data: bool,
) -> None:
    """Record facts from a file, one a line.

    All of them are recorded, or none. FILE holds plain facts as JSON lines, or is - for standard input; `decisionlog
    schema --plain` has their shape. The same file again records nothing and says so.
    """
    from decisionlog.commands.import_facts import ImportFacts

    recording.run.outcome = NOTHING
    may_ask = recording.format == "terminal" and str(file) != "-" and is_terminal(sys.stdin)
    by = recorder(recording, may_ask=may_ask)
    if rejects and rejects.exists():
        msg = f"{rejects} exists already. Name a new file for the lines that are not recorded."
        raise BadInput(msg)
    lines = lines_of(file)
    request = ImportFacts(
        lines=lines,
        recorded_by=by,
        now=now(),
        keep_rejects=rejects is not None,
        personal_data=contains_personal_data,
        key=key,
        again=again,
        size=if_size,
        dry_run=recording.dry_run,
    )
    _record(recording, file, request, rejects)


def _record(recording: Recording, file: Path, request: ImportFacts, rejects: Path | None) -> None:
    from decisionlog.commands.import_facts import import_facts

    name = "standard input" if str(file) == "-" else visible(str(file))
    with opened(place(recording.run, recording.log), caught_up=False) as found:
        if not request.dry_run:
            recording.run.outcome = NOT_CERTAIN_AGAIN if request.again else NOT_CERTAIN
        try:
            with Progress(f"Reading {name}", len(request.lines)) as progress:
                imported = import_facts(found.log, request, progress)
        except DecisionlogError as refusal:
            recording.run.outcome = NOTHING
            if isinstance(refusal, Mistakes):
                raise in_file(name, refusal) from refusal
            raise
        if imported.receipt and imported.receipt.already:
            imported.rejects.clear()  # they were told, and kept, when the request was answered first
        recording.run.outcome = outcome(imported.receipt, dry_run=recording.dry_run)
        _keep_rejects(recording, name, imported, rejects)
        _tell(recording, imported)
        if imported.receipt and not recording.dry_run:
            catch_up(found)


def in_file(name: str, wrong: Mistakes) -> Mistakes:
    """What is wrong in a file, with the file's name."""
    return Mistakes([Mistake(f"{name}, {one.place}", one.sentence) for one in wrong.mistakes])


def lines_of(file: Path) -> list[bytes]:
    """The lines of the file. Raises `BadInput` for what cannot be lines of facts, each with its own sentence."""
    if file.suffix.lower() in _SHEETS:
        msg = f"{file} is a spreadsheet; this version imports JSON lines only, one fact a line (FILE.jsonl)."
        raise BadInput(msg)
    try:
        content = _read(file)
    except IsADirectoryError:
        msg = f"{file} is a folder; name a file in it."
        raise BadInput(msg) from None
    except OSError as fault:
        msg = f"{file} cannot be read ({fault.strerror})."
        raise BadInput(msg) from fault
    _require_lines_of_facts(file, content)
    lines = content.split(b"\n")
    return lines[:-1] if not lines[-1].strip() else lines


def _read(file: Path) -> bytes:
    """All of a file, of standard input, a pipe or a device. Raises `BadInput` where a line of these does not end, and `OSError`."""
    if file.is_file():
        return file.read_bytes()
    name = "standard input" if str(file) == "-" else visible(str(file))
    with nullcontext(sys.stdin.buffer) if str(file) == "-" else file.open("rb") as coming:
        content, unended = bytearray(), 0
        while part := coming.read(_AT_ONCE):
            content += part
            after_the_last = len(part) - part.rfind(b"\n") - 1
            unended = after_the_last if after_the_last < len(part) else unended + len(part)
            if unended > _ENDLESS:
                line = content.count(b"\n") + 1
                msg = f"{name}, line {line}: is longer than {_ENDLESS:,} bytes; write one fact on each line."
                raise BadInput(msg)
    return bytes(content)


def _require_lines_of_facts(file: Path, content: bytes) -> None:
    first = content.split(b"\n", 1)[0].strip()
    if content.startswith(b"SQLite format 3\0"):
        msg = f"{file} is a database, not a file of facts. To copy a log:\n  decisionlog export jsonl --log {quote(str(file))} -o FILE"
    elif content.startswith(b"PK\x03\x04"):
        msg = f"{file} is a spreadsheet or an archive; this version imports JSON lines only, one fact a line (FILE.jsonl)."
    elif content.startswith(_UTF_16):
        msg = f"{file} is UTF-16; save it as UTF-8."
    elif first in {b"[", b"{"}:
        msg = f"{file} is one JSON document over several lines; write one fact, {{...}}, on each line."
    elif b'"log.opened"' in first and b'"salt"' in first:
        msg = f"{file} is an export of a log. To start a log from it:\n  decisionlog init NEW.db --from {quote(str(file))}"
    else:
        return
    raise BadInput(msg)


def _keep_rejects(recording: Recording, name: str, imported: Imported, rejects: Path | None) -> None:
    """Put what was not recorded where it can be mended. Raises `BadInput` where nothing at all could be recorded."""
    if not imported.rejects or rejects is None:
        return
    if recording.dry_run:
        for rejected in imported.rejects:
            for reason in rejected.reasons:
                note(f"{name}, {reason}")
        return
    with replacing(rejects) as file:
        file.writelines(dumped(_rejected(one)) for one in imported.rejects)
    note(
        f"{counted(len(imported.rejects), 'line')} of {name} could not be recorded; they are in {rejects}, each with its reasons."
    )
    if imported.receipt is None:
        msg = f"No line of {name} can be recorded as it is."
        raise BadInput(msg)


def _rejected(one: Rejected) -> dict[str, Any]:
    return {"line": one.number, "reasons": one.reasons, "text": one.line.decode("utf-8", "backslashreplace")}


def _tell(recording: Recording, imported: Imported) -> None:
    for remark in imported.notes:
        note(f"Note: {remark}")
    receipt = imported.receipt
    if recording.format != "terminal":
        print_json([dumped(_document(imported, dry_run=recording.dry_run))])
        return
    if receipt and recording.dry_run:
        plan(recording, receipt)
        return
    say(recording.run.outcome)
    if receipt and not receipt.already:
        say_next(likely(recording, receipt))


def _document(imported: Imported, *, dry_run: bool) -> dict[str, Any]:
    rejects = [_rejected(one) for one in imported.rejects]
    return receipt_json(imported.receipt, dry_run=dry_run, notes=imported.notes) | {"rejects": rejects}
