"""`erase`: destroy sealed words under a recorded decision. It shows what would go, and asks first."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Final

import click

from decisionlog.cli.opening import catch_up, now, opened, place
from decisionlog.cli.options import Recording, complete_reference, examples, records
from decisionlog.cli.printing import is_terminal, note, print_json, say
from decisionlog.cli.receipts import NOT_CERTAIN_AGAIN, recorder
from decisionlog.domain.refusals import DecisionlogError, Mistake, Mistakes, Unusable
from decisionlog.domain.text import visible
from decisionlog.render.as_json import dumped
from decisionlog.render.words import counted, positions, when

if TYPE_CHECKING:
    from decisionlog.bootstrap import OpenLog
    from decisionlog.commands.erase import Erase, Plan
    from decisionlog.store.batch import Export, Receipt
    from decisionlog.store.choosing import Value

_NOTHING: Final = "Nothing was erased."
_REMAINS: Final = (
    "The words may still be in the raw bytes of the file until it is cleaned, which the next command tries again."
)


@click.command(
    epilog=examples(
        "erase p-014 --under NLB/26-27/044 --reason 'asked for, and no longer needed' --legal-basis uk-gdpr-art17 --dry-run",
        "erase @27 --path /data/text --under NLB/26-27/044 --reason 'it named a patient'",
    )
)
@click.argument("ref", shell_complete=complete_reference)
@click.option(
    "--path", "paths", metavar="PATH", multiple=True, help="Only this part: /data/text, /data/interests/0/nature."
)
@click.option("--under", metavar="DECISION", help="The decision that says that it is to go.")
@click.option("--reason", metavar="TEXT", help="Why it is to go. It is sealed, and must not say again what goes.")
@click.option("--legal-basis", metavar="CODE", help="Under which law: uk-gdpr-art17 ...")
@click.option("--everywhere", is_flag=True, help="Also every other sealed text in which the same words stand.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@records
def erase(recording: Recording, ref: str, *, yes: bool, **given: Any) -> None:
    """Destroy sealed words, under a recorded decision.

    REF is a person (the name goes, what the person did stays), a thing, or one fact such as @27. The fact and its proof
    remain, and say that words were erased, under which decision. What was given out before is listed: it is not reached.
    """
    recording.run.outcome = _NOTHING
    may_ask = recording.format == "terminal" and is_terminal(sys.stdin)
    for name in ("under", "reason"):
        _require(name, given[name])
    by = recorder(recording, may_ask=may_ask)
    from decisionlog.commands.erase import Erase, plan

    request = Erase(ref=ref, recorded_by=by, now=now(), **given)
    with opened(place(recording.run, recording.log), caught_up=False) as found:
        planned = plan(found.log, request)
        if not planned.going:
            _tell_nothing(recording, request, planned)
            return
        _try(found, request, planned)
        if recording.dry_run:
            _tell(recording, planned, None)
            return
        if not yes:
            _confirm(recording, planned, may_ask=may_ask)
        receipt = _carry_out(recording, found, request, planned)
        _tell(recording, planned, receipt)


def _try(found: OpenLog, request: Erase, planned: Plan) -> None:
    """See that it can be recorded before anybody is asked. Raises `Mistakes` at the flags that were written."""
    from decisionlog.commands.erase import erase as carry_out

    try:
        carry_out(found.log, request, planned, dry_run=True)
    except Mistakes as wrong:
        at = (("--legal-basis" if "legal_basis" in one.place else "--reason", one.sentence) for one in wrong.mistakes)
        raise Mistakes([Mistake(*one) for one in dict.fromkeys(at)]) from None


def _require(name: str, value: str | None) -> None:
    if not value:
        context = click.get_current_context()
        wanted = "the recorded decision that says that it is to go" if name == "under" else "why it is to go"
        raise click.UsageError(f"{context.command_path} needs --{name}: {wanted}.", context)


def _confirm(recording: Recording, planned: Plan, *, may_ask: bool) -> None:
    """Ask whether it is to go. Raises a usage error where nobody can be asked, and ends where the answer is no."""
    if not may_ask:
        context = click.get_current_context()
        raise click.UsageError(
            f"{context.command_path} needs --yes (no terminal to ask on); --dry-run shows what would go.", context
        )
    for line in _shown(planned):
        say(line)
    number = counted(len(planned.going), "sealed value")
    if not click.confirm(f"Destroy {number}, for good", default=False, err=True):
        say(recording.run.outcome)
        click.get_current_context().exit(1)


def _carry_out(recording: Recording, found: OpenLog, request: Erase, planned: Plan) -> Receipt:
    """Record it, which destroys the words; then let nothing of them remain in the file."""
    from decisionlog.commands.erase import erase as carry_out

    recording.run.outcome = NOT_CERTAIN_AGAIN
    try:
        receipt = carry_out(found.log, request, planned)
    except DecisionlogError:
        recording.run.outcome = _NOTHING
        raise
    where = (
        f"position {receipt.first}" if receipt.first == receipt.last else f"positions {receipt.first} to {receipt.last}"
    )
    recording.run.outcome = f"Recorded at {where}: {counted(len(planned.going), 'sealed value')} erased."
    try:
        catch_up(found)
        if found.is_unclean():
            found.clean()
    except Unusable as trouble:
        raise Unusable(f"{trouble} {_REMAINS}") from trouble
    return receipt


def _tell_nothing(recording: Recording, request: Erase, planned: Plan) -> None:
    went = f": {', '.join(planned.marks)}" if planned.marks else "; nothing that can be opened here is sealed in it"
    recording.run.outcome = f"Nothing is left to erase of {visible(request.ref)}{went}. {_NOTHING}"
    if recording.format == "terminal":
        say(recording.run.outcome)
    else:
        _print(recording, planned, None)


def _tell(recording: Recording, planned: Plan, receipt: Receipt | None) -> None:
    if recording.format != "terminal":
        _print(recording, planned, receipt)
        return
    if receipt is None:
        for line in _shown(planned):
            say(line)
        note(f"{_NOTHING[:-1]} (dry run).")
        return
    say(recording.run.outcome)
    for line in (*_given_out(planned.carried), *_left(planned)):
        say(line)
    say(
        "Copies and backups made before still hold the words: restoring one applies this erasure, keeping one does not."
    )


def _shown(planned: Plan) -> Iterator[str]:
    """What would go, and what would not, without a word of it."""
    yield f"Sealed values that would go, under {planned.decision}:"
    yield from map(_value, planned.going)
    yield from _given_out(planned.carried)
    yield from _left(planned)


def _value(value: Value) -> str:
    return visible(f"  {positions([value.position])} {value.type} of {value.stream}: {value.path}")


def _given_out(carried: Iterable[Export]) -> Iterator[str]:
    several = list(carried)
    if several:
        yield "Given out before with these words in clear; whoever has it must be told:"
    for export in several:
        file = f" {export.file}" if export.file else ""
        to = f", for {export.to}" if export.to else ""
        may = " (only words of open facts that name nobody)" if export.words == "open" else ""
        yield visible(f"  {export.kind}{file} of {when(export.made_at)}, by {export.made_by}{to}{may}")


def _left(planned: Plan) -> Iterator[str]:
    """Where else the words stand."""
    if planned.repeated:
        yield "The same words stand in other sealed values, which stay (--everywhere takes them too):"
        yield from map(_value, planned.repeated)
    if planned.in_part or planned.in_part_unsealed:
        yield "Only a part of a name that goes, such as a surname, stands here; all of it stays. See whether it is the same person:"
        yield from map(_value, planned.in_part)
    if planned.in_part_unsealed:
        yield f"  unsealed, so that it is proved and stays: {positions(planned.in_part_unsealed)}"
    if planned.held:
        holds = "A hold keeps" if len(planned.held) == 1 else f"{len(planned.held)} holds keep"
        yield f"{holds} some of these, so that --everywhere is refused while it stands: {positions(planned.held)}"
    if planned.in_the_open:
        number = counted(len(planned.in_the_open), "fact")
        yield f"They also stand unsealed in {number}, which are proved and stay: {positions(planned.in_the_open)}"


def _print(recording: Recording, planned: Plan, receipt: Receipt | None) -> None:
    print_json(
        [
            dumped(
                {
                    "recorded": receipt is not None,
                    "dry_run": recording.dry_run,
                    "first": receipt.first if receipt else None,
                    "last": receipt.last if receipt else None,
                    "under": planned.decision,
                    "values": [value._asdict() for value in planned.going],
                    "erased_before": list(planned.marks),
                    "given_out": [export._asdict() for export in planned.carried],
                    "repeated_in": [value._asdict() for value in planned.repeated],
                    "parts_in": [value._asdict() for value in planned.in_part],
                    "parts_open_in": list(planned.in_part_unsealed),
                    "held_by": list(planned.held),
                    "open_in": list(planned.in_the_open),
                }
            )
        ]
    )
