"""`record --template` and `record --edit`: a file of a meeting begun for the secretary, and written in an editor."""

from __future__ import annotations

import sys
from datetime import UTC
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import click

from decisionlog.cli.opening import now, opened, place
from decisionlog.cli.options import Recording
from decisionlog.cli.printing import is_terminal, note
from decisionlog.cli.receipts import NOTHING, recorder
from decisionlog.domain.days import NotADate, span
from decisionlog.domain.references import slug
from decisionlog.domain.refusals import BadInput, Conflict, Refusal


def template(recording: Recording, body: str | None, on: str | None) -> None:
    """Print an empty file; with a body, what the log knows of it."""
    if recording.format != "terminal":
        raise click.UsageError("--template prints YAML; leave out --format and --json.")
    click.echo(_begun(recording, body, on), nl=False)


def edit(recording: Recording, asked: dict[str, Any]) -> None:
    """Have a file written in an editor and record it; a draft that is not recorded is kept, and its path said."""
    if recording.format != "terminal":
        raise click.UsageError("--edit needs a person; leave out --format and --json, and record a FILE.")
    if asked["write_back"]:
        raise click.UsageError("--write-back needs a FILE; --edit prints the references that are allotted.")
    by = recorder(recording)
    begun = _begun(recording, asked["body"], asked["on"])
    draft = _draft(begun, asked["body"], asked["on"])
    recorded = False
    try:
        while not recorded:
            _write(recording, draft, begun)
            recorded = _record(recording, draft, by, asked)
    finally:
        if recorded:
            draft.unlink()
            draft.parent.rmdir()
        else:
            note(f"The draft is kept in {draft}.")


def _record(recording: Recording, draft: Path, by: str, asked: dict[str, Any]) -> bool:
    """Record a draft; or have it said on a terminal that it is to be edited again."""
    from decisionlog.cli.recording import record_sheets
    from decisionlog.exchange.meetings.files import content_of, read_sheet

    try:
        sheet = read_sheet(draft.name, content_of(str(draft)), draft)
        record_sheets(recording, [sheet], by, asked)
    except (BadInput, Conflict) as refusal:
        if not is_terminal(sys.stdin):
            raise
        note(str(refusal))
        if not click.confirm("Edit it again?", default=True, err=True):
            raise Refusal("It was not edited again.") from refusal
        return False
    return True


def _write(recording: Recording, draft: Path, begun: str) -> None:
    """Let the person write. Raises `Refusal` where nothing was written, or the editor failed."""
    from decisionlog.exchange.meetings.template import without_comments

    recording.run.outcome = ""  # these refusals say it themselves
    try:
        click.edit(filename=str(draft))
    except click.ClickException as failed:
        raise Refusal(f"Nothing recorded (empty text). {failed.format_message()}.") from failed
    written = draft.read_text(encoding="utf-8", errors="replace")
    if without_comments(written) in {"", without_comments(begun)}:
        raise Refusal("Nothing recorded (empty text).")
    recording.run.outcome = NOTHING


def _draft(begun: str, body: str | None, on: str | None) -> Path:
    """A file of its own for the draft, which only this user can read."""
    name = slug("-".join(part for part in (body or "meeting", on) if part))
    path = Path(mkdtemp(prefix="decisionlog-draft-")) / f"{name[:100]}.yaml"
    path.write_text(begun, encoding="utf-8")
    return path


def _begun(recording: Recording, body: str | None, on: str | None) -> str:
    from decisionlog.exchange.meetings import template as templates

    if body is None:
        _require_day(on)
        return templates.template(on=on)
    from decisionlog.questions.before_a_meeting import before_a_meeting

    with opened(place(recording.run, recording.log)) as found:
        return templates.template(before_a_meeting(found.log, found.models, body, on, now()))


def _require_day(on: str | None) -> None:
    try:
        if on is not None:
            span(on, UTC)
    except NotADate as wrong:
        raise BadInput(str(wrong)) from wrong
