"""`record`: what happened at a meeting, or between two, from one file."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import tzinfo
from pathlib import Path
from secrets import randbelow
from shlex import quote
from time import sleep
from typing import TYPE_CHECKING, Any, Final

import click

from decisionlog.cli.opening import catch_up, now, opened, place
from decisionlog.cli.options import Recording, examples, records
from decisionlog.cli.printing import is_terminal, note, print_json, print_lines, say, say_next
from decisionlog.cli.receipts import NOT_CERTAIN, NOTHING, in_the_meantime, log_flag, recorder
from decisionlog.cli.tripping import findings_told, found_in, newly_found, tell_findings, would_be_found
from decisionlog.domain.refusals import BadInput, Conflict, DecisionlogError, Mistake, Mistakes, Refusal
from decisionlog.render.as_json import dumped
from decisionlog.render.receipts import receipt_json
from decisionlog.render.recorded_files import file_json, to_come
from decisionlog.render.words import counted

if TYPE_CHECKING:
    from decisionlog.bootstrap import OpenLog
    from decisionlog.domain.answers.checking import Checked
    from decisionlog.domain.answers.recorded_files import FileRecorded
    from decisionlog.domain.answers.what_if import FindingsChanged
    from decisionlog.exchange.meetings.files import Sheet
    from decisionlog.exchange.meetings.planning import Plan
    from decisionlog.exchange.meetings.recording import MeetingFiles
    from decisionlog.store.batch import Receipt

    Done = tuple[Plan, Receipt | None]

_TRIES: Final = 24
_PAUSE: Final = 100
"""Milliseconds: after at most so many it is tried again, so that those who record at once do not go on in step."""
_DRY_RUN: Final = "Nothing was recorded (dry run)."
_AGREEING: Final = "To record this, what differs as corrections: --correct."
_RETRACTING: Final = "To retract what is no longer in the file as well: --retract-missing."


@click.command(
    epilog=examples(
        "record 2026-03-12-board.yaml --by secretariat-1 --dry-run",
        "record 2026-03-12-board.yaml --by secretariat-1 --write-back",
        "record --template --body northmoor-locality-board --on 2026-03-12 > march.yaml",
    )
)
@click.argument("files", metavar="[FILE...]", nargs=-1)
@click.option("--template", is_flag=True, help="Print an empty file with every key in it, and record nothing.")
@click.option("--edit", is_flag=True, help="Write the file in your editor ($VISUAL, $EDITOR), then record it.")
@click.option("--body", metavar="BODY", help="With --template or --edit: the body that met.")
@click.option("--on", metavar="DAY", help="With --template or --edit: the day on which it met.")
@click.option("--write-back", is_flag=True, help="Put the references that are allotted into the file.")
@click.option("--correct", is_flag=True, help="Where the file was recorded before: add and correct what differs.")
@click.option("--retract-missing", is_flag=True, help="With --correct: retract what is no longer in the file.")
@click.option(
    "--contains-personal-data", is_flag=True, help="The words hold personal data, and are to be kept, sealed."
)
@records
def record(recording: Recording, files: tuple[str, ...], **asked: Any) -> None:
    """Record what happened at a meeting, from one file.

    FILE is YAML, or Markdown with YAML between two lines of dashes; - is standard input. Each file is recorded whole
    or not at all, and several are checked together first. The same file again records nothing and says so; what was
    changed in it since is shown, and recorded as corrections if you say so. docs/meeting-file.md has every key.
    """
    recording.run.outcome = NOTHING
    if asked["template"] or asked["edit"]:
        from decisionlog.cli.drafting import edit, template

        _alone(files, asked)
        if asked["template"]:
            template(recording, asked["body"], asked["on"])
        else:
            edit(recording, asked)
        return
    for name in ("body", "on"):
        if asked[name]:
            raise click.UsageError(f"--{name} goes with --template or --edit; in a file it is written in the file.")
    if not files:
        raise click.UsageError("FILE is missing; --template prints what one looks like, and --edit opens an editor.")
    by = recorder(recording, may_ask=_may_ask(recording, files))
    record_sheets(recording, read_sheets(files), by, asked)


def _alone(files: Sequence[str], asked: dict[str, Any]) -> None:
    if files:
        which = "template" if asked["template"] else "edit"
        raise click.UsageError(f"--{which} takes no FILE; record the file without it.")
    if asked["template"] and asked["edit"]:
        raise click.UsageError("--template prints a file and --edit opens one in an editor; give one of them.")


def _may_ask(recording: Recording, files: Sequence[str]) -> bool:
    return recording.format == "terminal" and "-" not in files and is_terminal(sys.stdin)


def read_sheets(files: Sequence[str]) -> list[Sheet]:
    """Every file, read. Raises `Mistakes` with what is wrong in any of them, and `BadInput` where one cannot be read."""
    from decisionlog.exchange.meetings.files import STANDARD_INPUT, content_of, read_sheet

    if len({str(Path(file).resolve()) for file in files}) < len(files):
        raise BadInput("The same file is named twice; name each once.")
    sheets: list[Sheet] = []
    mistakes: list[Mistake] = []
    for file in files:
        content = content_of(file)
        name = "standard input" if file == STANDARD_INPUT else file
        try:
            sheets.append(read_sheet(name, content, None if file == STANDARD_INPUT else Path(file)))
        except Mistakes as wrong:
            mistakes += wrong.mistakes
    if mistakes:
        raise Mistakes(mistakes)
    return sheets


def record_sheets(recording: Recording, sheets: list[Sheet], by: str, asked: dict[str, Any]) -> None:
    """Record files that were read, and tell what became of them."""
    with opened(place(recording.run, recording.log)) as found:
        done, before = _recorded(recording, found, sheets, by, asked)
        if not recording.dry_run:
            catch_up(found)
        _write_back(recording, done.values(), asked)

        def again(copy: OpenLog) -> None:
            for _ in compared(copy, sheets, by, asked).record():
                pass

        def newly() -> FindingsChanged | None:
            if recording.dry_run:
                return would_be_found(recording, before, again)
            return newly_found(found, recording, before)

        _tell(recording, list(done.values()), found.log.zone, newly)


def _recorded(
    recording: Recording, found: OpenLog, sheets: list[Sheet], by: str, asked: dict[str, Any]
) -> tuple[dict[str, Done], Checked | None]:
    """What became of each file, and what the rules found before. Tried again where somebody else came first."""
    done: dict[str, Done] = {}
    before: Checked | None = None
    for attempt in range(_TRIES):
        files = compared(found, sheets, by, asked)
        try:
            files.check(fully=recording.dry_run)
            _agree(recording, files, asked)
            if attempt == 0 and any(plan.facts for plan in files.plans):
                before = found_in(found, recording)
            _record(recording, files, done)
            break
        except Conflict as conflict:
            if not files.has_grown():
                raise
            if attempt == _TRIES - 1:
                raise in_the_meantime(conflict) from conflict
            sleep(randbelow(_PAUSE) / 1000)
    return done, before


def compared(found: OpenLog, sheets: list[Sheet], by: str, asked: Mapping[str, Any]) -> MeetingFiles:
    """Files as they are to be recorded, compared with what stands recorded; what was `asked` is as for `record`."""
    from decisionlog.exchange.meetings.recording import MeetingFiles, Recorder
    from decisionlog.questions.recorded_acts import RecordedActs

    who = Recorder(by, now(), personal_data=asked["contains_personal_data"], retract_missing=asked["retract_missing"])
    size = found.models.catch_up()  # read before the rows: what somebody records from now on is a conflict
    with found.models.reading() as rows:
        return MeetingFiles(found.log, RecordedActs(found.log, rows, size), who, sheets, found.models)


def _agree(recording: Recording, files: MeetingFiles, asked: dict[str, Any]) -> None:
    """Have it agreed that what was recorded before is changed. Raises `Conflict` where it is not."""
    from decisionlog.exchange.meetings.telling import told
    from decisionlog.render.recorded_files import adding_instead, differing

    changing = [told(plan) for plan in files.plans if plan.is_conflict]
    if not changing or asked["correct"] or recording.dry_run:
        return
    lines = [line for file in changing for line in (*differing(file, adding=True), *adding_instead(file))]
    if recording.format == "terminal" and is_terminal(sys.stdin):
        print_lines(lines)
        if click.confirm("Record what is new, and the rest as corrections?", err=True):
            return
        raise Refusal("It was left as it is.")
    more = [_RETRACTING] if any(file.gone for file in changing) and not asked["retract_missing"] else []
    raise Conflict("\n".join([*lines, " ".join([_AGREEING, *more])]))


def _record(recording: Recording, files: MeetingFiles, done: dict[str, Done]) -> None:
    """Record file by file; what was done before somebody else came first stays done."""
    if recording.dry_run:
        recording.run.outcome = _DRY_RUN
        done.update((plan.sheet.name, (plan, None)) for plan in files.plans)
        return
    recording.run.outcome = NOT_CERTAIN
    try:
        for plan, receipt in files.record():
            if receipt or plan.sheet.name not in done:
                done[plan.sheet.name] = (plan, receipt)
    except DecisionlogError:
        recording.run.outcome = _so_far(done.values())
        raise
    recording.run.outcome = _so_far(done.values())


def _so_far(done: Iterable[Done]) -> str:
    every = [receipt for _, receipt in done if receipt]
    if not every:
        return NOTHING
    receipts = [receipt for receipt in every if not receipt.already]
    if not receipts:
        return f"Already recorded as positions {every[0].first} to {every[-1].last}; nothing was added."
    number = sum(receipt.last - receipt.first + 1 for receipt in receipts)
    positions = (
        f"positions {receipts[0].first} to {receipts[-1].last}" if number > 1 else f"position {receipts[0].first}"
    )
    batches = f"batch {receipts[0].batch}" if len(receipts) == 1 else f"{len(receipts)} batches"
    return f"Recorded {counted(number, 'fact')} ({positions}) in {batches}."


def _write_back(recording: Recording, done: Iterable[Done], asked: dict[str, Any]) -> None:
    """Put what was allotted into the files it came from; what cannot be written is said, for it is recorded all the same."""
    if not asked["write_back"] or recording.dry_run:
        return
    from decisionlog.exchange.meetings.write_back import CannotWrite, write_back

    for plan, _ in done:
        try:
            write_back(
                plan.sheet, [(said.path, said.alone, said.allotted) for said in plan.scribe.said if said.allotted]
            )
        except CannotWrite as reason:
            note(f"Note: the references were not put into {plan.sheet.name}: {reason}")


def _tell(
    recording: Recording, done: Sequence[Done], zone: tzinfo, newly: Callable[[], FindingsChanged | None]
) -> None:
    from decisionlog.exchange.meetings.telling import told

    files = [(told(plan), receipt) for plan, receipt in done]
    changes = any(plan.facts for plan, _ in done)
    for _, receipt in files:
        for remark in receipt.notes if receipt else ():
            note(f"Note: {remark}")
    if recording.format != "terminal":
        plain = [
            {**file_json(file), "receipt": receipt_json(receipt, dry_run=recording.dry_run)} for file, receipt in files
        ]
        recorded = any(receipt and not receipt.already for _, receipt in files)
        whole = {"recorded": recorded, "dry_run": recording.dry_run, "files": plain}
        print_json([dumped(whole | (findings_told(newly()) if changes else {}))])
        return
    for file, receipt in files:
        for remark in to_come(file, zone, now()):
            note(f"Note: {remark}")
        _tell_file(file, already=bool(receipt and receipt.already))
    say(recording.run.outcome if recording.dry_run or any(receipt for _, receipt in files) else "Nothing was added.")
    if changes:
        tell_findings(newly())
    if any(receipt for _, receipt in files):
        say_next(*_likely(recording, [file for file, _ in files]))


def _tell_file(file: FileRecorded, *, already: bool) -> None:
    from decisionlog.render.recorded_files import decided, differing, gone, left_so

    for text in left_so(file):
        note(f"Note: {text}")
    if already or (file.before and not file.facts):
        say(f"{file.file}: already recorded ({file.gathering}).")
        print_lines(gone(file))
        return
    if file.before:
        print_lines(differing(file, adding=True))
    else:
        say(f"{file.file}: {counted(len(file.added), 'fact')} ({file.gathering}).")
    print_lines(decided(file))


def _likely(recording: Recording, files: Sequence[FileRecorded]) -> list[str]:
    """The questions that are most likely asked next."""
    refs = [decision.ref for file in files for decision in file.decisions if decision.touched][:1]
    bodies = list(dict.fromkeys(body for file in files for body in file.bodies))[:1]
    meetings = [file.meeting for file in files if file.meeting][:1]
    asked = [f"who decided {quote(ref)}" for ref in refs] or [f"show {quote(meeting)}" for meeting in meetings]
    return [f"{command}{log_flag(recording)}" for command in (*asked, *(f"agenda {quote(body)}" for body in bodies))]
