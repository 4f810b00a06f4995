"""`scheme`: organisations, bodies, terms, posts, functions, delegations as one file: the difference, and recording it."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from hashlib import sha256
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Any, Final

import click
from msgspec.structs import replace

from decisionlog.cli.exporting import replacing, require_free
from decisionlog.cli.opening import now, opened, place
from decisionlog.cli.options import Reading, Recording, at_a_point, examples, reads, records
from decisionlog.cli.printing import is_terminal, note, print_json, print_lines, say
from decisionlog.cli.receipts import NOTHING, in_the_meantime, log_flag, record, recorder, tell
from decisionlog.domain.refusals import BadInput, Conflict, Refusal
from decisionlog.domain.text import visible
from decisionlog.render.receipts import receipt_json
from decisionlog.render.words import counted

if TYPE_CHECKING:
    from decisionlog.bootstrap import OpenLog
    from decisionlog.domain.answers.scheme import SchemeDifference
    from decisionlog.questions.point import Asked

_TRIES: Final = 12
"""How often the difference is worked out anew, if somebody records in the meantime."""
_AGREEING: Final = (
    "A correction says that the record was wrong; what changed since goes under a key of its own, with its day. "
    "To record corrections: --correct."
)

_file = click.argument("file", type=click.Path(allow_dash=True, path_type=Path))
_personal = click.option(
    "--contains-personal-data", is_flag=True, help="The words hold personal data, and are to be kept, sealed."
)


def _template(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:  # noqa: FBT001 - click calls it so
    if wanted and not ctx.resilient_parsing:
        print_lines(_template_text().splitlines())
        ctx.exit()


def _template_text() -> str:
    return (Path(__file__).parent / "scheme_template.yaml").read_text(encoding="utf-8")


@click.group(
    no_args_is_help=False,
    epilog=examples("scheme plan northmoor.yaml", "scheme apply northmoor.yaml --by secretariat-1"),
)
@click.option(
    "--template", is_flag=True, expose_value=False, is_eager=True, callback=_template, help="Print an example."
)
def scheme() -> None:
    """Set up who there is, who sits where, who may decide what.

    A file holds organisations, places, functions, people, posts, bodies, instruments, delegations, funds and interests,
    each thing under its key with its dated versions. See what differs, then have it recorded.
    """


@scheme.command(epilog=examples("scheme plan northmoor.yaml", "scheme plan northmoor.yaml --known 2025-04-02"))
@_file
@_personal
@at_a_point("everything in it, also what begins later")
@reads
def plan(reading: Reading, file: Path, *, contains_personal_data: bool, **point: Any) -> None:
    """How a file differs from the log.

    First what would be recorded, then what is in the log and not in the file, which is left alone.
    FILE is a scheme file, or - for standard input. Nothing is recorded.
    """
    reading = replace(reading, **point)
    content = _content(file)
    with reading.opened(caught_up=False) as found:
        reading.answer(_difference(found, reading.asked, file, content, personal_data=contains_personal_data))


@scheme.command(
    epilog=examples("scheme apply northmoor.yaml --by secretariat-1 --dry-run", "scheme apply northmoor.yaml --correct")
)
@_file
@click.option("--correct", is_flag=True, help="Record what the file says otherwise of the same day as corrections.")
@_personal
@records
def apply(recording: Recording, file: Path, *, correct: bool, contains_personal_data: bool) -> None:
    """Record what a file says and the log does not have.

    All of it is recorded, or nothing: what `decisionlog scheme plan` shows. The same file again records nothing and
    says so. What it says otherwise is shown, and recorded as corrections if you say so. What is in the log and not in
    the file is left alone. FILE is a scheme file, or - for standard input.
    """
    recording.run.outcome = NOTHING
    by = recorder(recording, may_ask=None if str(file) != "-" else False)
    content = _content(file)
    with opened(place(recording.run, recording.log), caught_up=False) as found:
        for left in reversed(range(_TRIES)):
            answer = _difference(found, _always(), file, content, personal_data=contains_personal_data)
            try:
                _agree(recording, answer, correct=correct, may_ask=str(file) != "-")
                _record(recording, found, answer, by, personal_data=contains_personal_data)
            except Conflict as conflict:
                if found.log.head().size == answer.basis.position:
                    raise
                if not left:
                    raise in_the_meantime(conflict) from conflict
                continue
            return


@scheme.command(
    epilog=examples("scheme export northmoor.yaml", "scheme export - --on 2025-03-31 --known 2025-04-02 | less")
)
@click.argument("file", type=click.Path(allow_dash=True, path_type=Path), default="-")
@click.option("--force", is_flag=True, help="Write over a file that exists.")
@at_a_point("everything in it, also what begins later")
@reads
def export(reading: Reading, file: Path, *, force: bool, **point: Any) -> None:
    """The scheme as a file, as at a day, as known at a time.

    FILE is a new file, or - for standard output. It holds everything that had happened by then, also what has ended;
    sealed words stand in it in clear where they can be opened: keep it safe. Read back, it differs in nothing.
    """
    from decisionlog.exchange.scheme.writing import scheme_lines
    from decisionlog.questions.scheme import scheme as ask
    from decisionlog.render.as_json import dumped

    reading = replace(reading, **point)
    with reading.opened(caught_up=False) as found:
        if str(file) != "-":
            require_free(file, Path(found.log.recorder.place), force=force)
        lines = list(scheme_lines(ask(found.log, reading.asked, now())))
    text = "".join(f"{line}\n" for line in lines)
    if str(file) != "-":
        with replacing(file, 0o600) as target:
            target.write(text.encode())
        note(f"Wrote the scheme to {visible(str(file))}: names and prose in clear. Keep it safe.")
    elif reading.format == "terminal":
        print_lines(lines)
    else:
        print_json([dumped({"scheme": text})])


@scheme.command(epilog=examples("scheme template > northmoor.yaml"))
def template() -> None:
    """Print a small example with comments, which applies as it is."""
    print_lines(_template_text().splitlines())


def _always() -> Asked:
    from decisionlog.questions.point import Asked

    return Asked()


def _difference(found: OpenLog, asked: Asked, file: Path, content: bytes, *, personal_data: bool) -> SchemeDifference:
    """How the file differs; why its references could not be tried, if so, is told. Raises as `compared`."""
    from decisionlog.exchange.scheme.comparing import compared

    found_out = compared(found.log, asked, now(), _name(file), content, personal_data=personal_data)
    if found_out.untried:
        note(f"Note: whether every reference is recorded could not be tried: {found_out.untried}")
    return found_out.difference


def _agree(recording: Recording, answer: SchemeDifference, *, correct: bool, may_ask: bool) -> None:
    """Say what would be corrected, and have it agreed. Raises `Conflict` where nobody can be asked, `Refusal` on a no."""
    from decisionlog.render.scheme import corrections

    lines = [] if recording.dry_run else list(corrections(answer))
    if not lines:
        return
    on_terminal = recording.format == "terminal"
    if correct:
        print_lines(lines if on_terminal else ())
    elif may_ask and on_terminal and is_terminal(sys.stdin):
        print_lines(lines)
        if not click.confirm("Record corrections?", err=True):
            raise Refusal("It was left as it is.")
    else:
        raise Conflict("\n".join([*lines, _AGREEING]))


def _record(recording: Recording, found: OpenLog, answer: SchemeDifference, by: str, *, personal_data: bool) -> None:
    from decisionlog.commands.record_facts import Plain, RecordFacts
    from decisionlog.render.as_json import dumped
    from decisionlog.render.scheme import summary

    flag = log_flag(recording)
    if not answer.plain:
        if recording.format == "terminal":
            say(f"{summary(answer)} {NOTHING}")
        else:
            print_json([dumped(receipt_json(None, dry_run=recording.dry_run) | _more(answer))])
        return
    request = RecordFacts(
        [Plain(*one) for one in answer.plain],
        by,
        now(),
        key=f"{answer.basis.position} {sha256(dumped(answer.plain)).hexdigest()}",  # of this record of this log only
        size=answer.basis.position,
        personal_data=personal_data,
        dry_run=recording.dry_run,
    )
    receipt = record(recording, found, request)
    if recording.format == "terminal" and recording.dry_run:
        from decisionlog.cli.printing import print_answer

        print_answer(answer, "terminal")
        say(f"{counted(len(receipt.facts), 'fact')} would be recorded. {recording.run.outcome}")
        return
    tell(
        recording,
        receipt,
        f"scheme export{flag}",
        f"list bodies{flag}",
        f"log --from {receipt.first}{flag}",
        more=_more(answer),
    )


def _more(answer: SchemeDifference) -> dict[str, Any]:
    corrections = sum(bool(one.changes) for one in answer.coming)
    return {"agreeing": answer.agreeing, "corrections": corrections, "left_alone": len(answer.left)}


def _name(file: Path) -> str:
    return "standard input" if str(file) == "-" else visible(str(file))


def _content(file: Path) -> bytes:
    """The bytes of a scheme file. Raises `BadInput` where they cannot be read."""
    from decisionlog.exchange.written import SIZE_LIMIT

    try:
        with nullcontext(sys.stdin.buffer) if str(file) == "-" else file.open("rb") as opened:
            return opened.read(SIZE_LIMIT + 1)  # a larger one is refused, however large it is
    except FileNotFoundError:
        msg = f"There is no file {_name(file)}. An example to begin with:\n  decisionlog scheme template > {quote(str(file))}"
        raise BadInput(msg) from None
    except IsADirectoryError:
        msg = f"{_name(file)} is a folder; name a file in it."
        raise BadInput(msg) from None
    except OSError as fault:
        msg = f"{_name(file)} cannot be read ({fault.strerror})."
        raise BadInput(msg) from fault
