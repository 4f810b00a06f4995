"""What a recording command says of the record: before it is certain, when it is, and what to do next."""

from __future__ import annotations

import sys
from shlex import quote
from typing import TYPE_CHECKING, Any, Final

from decisionlog.cli.beginning import ask
from decisionlog.cli.opening import catch_up, settled
from decisionlog.cli.options import Recording
from decisionlog.cli.printing import is_terminal, note, print_json, say, say_next
from decisionlog.cli.tripping import tell_findings_of_act
from decisionlog.domain.refusals import Conflict, DecisionlogError
from decisionlog.domain.text import visible
from decisionlog.render.as_json import dumped
from decisionlog.render.receipts import receipt_json
from decisionlog.render.words import counted, when

if TYPE_CHECKING:
    from decisionlog.bootstrap import OpenLog
    from decisionlog.commands.record_facts import RecordFacts
    from decisionlog.domain.answers.what_if import FindingsChanged
    from decisionlog.store.batch import Receipt

NOTHING: Final = "Nothing was recorded."
NOT_CERTAIN: Final = "Whether it was recorded is not certain: run the same command again, which records nothing twice."
NOT_CERTAIN_AGAIN: Final = "Whether it was recorded is not certain: look with `decisionlog log` before you repeat it."

_NOBODY: Final = "dry-run"
"""Stands for whoever would record; it is never recorded in the log, nor told."""
_FIRST_FEW: Final = 5
_TELLING: Final = {"decision.taken": "who decided", "proposal.submitted": "show", "meeting.held": "show"}
"""After which types which question is likely, in this order."""


def recorder(recording: Recording, *, may_ask: bool | None = None) -> str:
    """Who records: by the flag, the environment, the settings, or asked for on a terminal. Raises `BadInput`.

    A dry run records nothing, so nobody needs to be named for it.
    """
    from decisionlog.commands.begin import require_recorder

    by = settled(recording.run, recording.log, recording.by).by.value
    if not by and recording.dry_run:
        return _NOBODY
    if may_ask is None:
        may_ask = recording.format == "terminal" and is_terminal(sys.stdin)
    return require_recorder(by or ask(may_ask, "--by", "Who records: a role, not a name", "secretariat-1"))


def record(recording: Recording, found: OpenLog, request: RecordFacts) -> Receipt:
    """Record, and keep what the last words must say whatever happens; the read models catch up before it returns."""
    from decisionlog.commands.record_facts import record_facts

    recording.run.outcome = NOTHING
    if not request.dry_run:
        recording.run.outcome = NOT_CERTAIN_AGAIN if request.again else NOT_CERTAIN
    try:
        receipt = record_facts(found.log, request, followed=True)
    except DecisionlogError:
        recording.run.outcome = NOTHING
        raise
    recording.run.outcome = outcome(receipt, dry_run=request.dry_run)
    if not request.dry_run:
        catch_up(found)
    return receipt


def tell(
    recording: Recording,
    receipt: Receipt,
    *next_commands: str,
    more: dict[str, Any] | None = None,
    findings: FindingsChanged | None = None,
) -> None:
    """Print a receipt: for a person with what it newly trips and the next likely commands, for a program as one document."""
    for remark in receipt.notes:
        note(f"Note: {remark}")
    if recording.format != "terminal":
        print_json([dumped(receipt_json(receipt, dry_run=recording.dry_run) | (more or {}))])
        return
    if recording.dry_run:
        plan(recording, receipt)
        return
    say(recording.run.outcome)
    if findings:
        tell_findings_of_act(findings)
    if not receipt.already:
        say_next(*(next_commands or (likely(recording, receipt),)))


def plan(recording: Recording, receipt: Receipt) -> None:
    """What a dry run would have recorded: the first few facts, and how many they are."""
    for fact in receipt.facts[:_FIRST_FEW]:
        say(visible(f"  [{fact.position}] {fact.type} in {fact.stream}"))
    if len(receipt.facts) > _FIRST_FEW:
        say(f"  ... and {len(receipt.facts) - _FIRST_FEW:,} more; --json lists all.")
    say(f"{counted(len(receipt.facts), 'fact')} would be recorded. {recording.run.outcome}")


def outcome(receipt: Receipt | None, *, dry_run: bool) -> str:
    """One sentence of what became of the record."""
    if receipt is None:
        return NOTHING
    if dry_run:
        return "Nothing was recorded (dry run)."
    number = receipt.last - receipt.first + 1
    where = f"position {receipt.first}" if number == 1 else f"positions {receipt.first} to {receipt.last}"
    if receipt.already:
        recorded = f"{when(receipt.recorded_at)} by {receipt.recorded_by}"
        return f"Already recorded as {where} on {recorded}; nothing was added. (--again records it a second time.)"
    return f"Recorded {counted(number, 'fact')} ({where}) in batch {receipt.batch}."


def in_the_meantime(conflict: Conflict) -> Conflict:
    """What is said where others recorded again and again in between; what became of the record is said behind it."""
    return Conflict(f"{str(conflict).removesuffix(NOTHING).rstrip()} Run the command again: nothing is recorded twice.")


def likely(recording: Recording, receipt: Receipt) -> str:
    """The question that is most likely asked next."""
    for type_name, question in _TELLING.items():
        for fact in receipt.facts:
            if fact.type == type_name:
                return f"{question} {quote(fact.stream.partition(':')[2])}{log_flag(recording)}"
    return f"log --from {receipt.first}{log_flag(recording)}"


def log_flag(recording: Recording) -> str:
    """The flag that names the log, where it was given, for a command that can be pasted."""
    log = recording.log or recording.run.log
    return f" --log {quote(log)}" if log else ""
