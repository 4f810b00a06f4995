"""`check`: what does not add up, by the rules of governance; and the rules in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import click

from decisionlog.cli.options import Reading, asks_for_findings, complete_reference, examples
from decisionlog.cli.printing import Progress
from decisionlog.cli.supposing import supposing, what_if
from decisionlog.domain.answers.checking import SEVERITIES, STATUSES

if TYPE_CHECKING:
    from pathlib import Path

    from decisionlog.domain.answers.checking import Checked
    from decisionlog.questions.checking import Narrowing

_FINDINGS: Final = 8
_OF_FINDINGS_ALONE: Final = ("csv", "sarif")


def complete_rules(_: click.Context, __: click.Parameter, begun: str) -> list[str]:
    """The rules whose ids begin so, after the last comma; and the families."""
    from decisionlog.checks.rule import FAMILIES, rules

    before, comma, last = begun.rpartition(",")
    return [f"{before}{comma}{name}" for name in (*rules(), *FAMILIES) if name.lower().startswith(last.lower())]


_severity = click.Choice(SEVERITIES)


@click.command(
    epilog=examples(
        "check",
        "check NLB/25-26/031 --on 2026-03-31",
        "check --select GL01,GL04-GL07 --body northmoor-cabinet",
        "check --fail-on error --format sarif > findings.sarif",
        "check --what-if lapse.jsonl --fail-on error",
        "check --explain GL04",
    )
)
@click.argument("ref", required=False, shell_complete=complete_reference)
@click.option(
    "--select",
    metavar="RULES",
    multiple=True,
    shell_complete=complete_rules,
    help="Only by these: GL01, GL04-GL07, or a family: authority, meetings, course.",
)
@click.option(
    "--ignore",
    metavar="RULES",
    multiple=True,
    shell_complete=complete_rules,
    help="By all but these, written likewise.",
)
@click.option("--body", metavar="REF", shell_complete=complete_reference, help="Only what this body has to do with.")
@click.option("--since", metavar="DAY", help="Only what is so since this day or later.")
@click.option("--severity", type=_severity, help="Only what is at least so grave.")
@click.option(
    "--status", "statuses", type=click.Choice(STATUSES), multiple=True, help="Only what stands so; may be repeated."
)
@click.option(
    "--over", is_flag=True, help="Also what was so and is over, as what was overdue and was done; its status is over."
)
@click.option(
    "--fail-on",
    type=_severity,
    help="End with exit code 8 if a finding to which nothing was said is at least so grave.",
)
@click.option(
    "--explain",
    metavar="RULES",
    multiple=True,
    shell_complete=complete_rules,
    help="What a rule says, why, and how to put it right; all tells every rule.",
)
@what_if
@asks_for_findings
def check(
    reading: Reading,
    ref: str | None,
    what_if: Path | None,
    body: str | None,
    since: str | None,
    severity: str | None,
    fail_on: str | None,
    *,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    statuses: tuple[str, ...],
    explain: tuple[str, ...],
    over: bool,
) -> int:
    """What does not add up, by the rules of governance.

    Whatever happened is recorded; what may be irregular in it is found here, each time from the facts, and never deleted.
    REF is one thing, judged with what came of it: a body, a meeting, a proposal with its decisions, a delegation with its
    uses. What a rule could not judge, since something is not recorded, is listed as not evidenced and counts as info.
    Whoever has an explanation records it with `decisionlog finding explain`.
    """
    narrowing = {"ref": ref, "select": select, "ignore": ignore, "body": body, "since": since}
    if explain:
        given = (name for name, value in narrowing.items() if value)
        _explain(reading, explain, next(given, ""))
        return 0
    from decisionlog.cli.opening import now
    from decisionlog.questions.checking import Narrowing
    from decisionlog.questions.checking import check as ask

    by = Narrowing(ref or "", select, ignore, body or "", since or "", severity or "", statuses, over)
    with reading.opened() as found, Progress("Judging") as progress:
        answer = ask(found.log, found.models, by, reading.asked, now(), progress)
    if what_if is not None:
        return _supposing(reading, what_if, by, answer, fail_on)
    reading.answer(answer)
    return _FINDINGS if fail_on and answer.failing(fail_on) else 0


def _supposing(reading: Reading, file: Path, by: Narrowing, before: Checked, fail_on: str | None) -> int:
    """Print what differs from the answer before, if what a file says were recorded too; the exit code."""
    from decisionlog.cli.opening import now
    from decisionlog.domain.answers.what_if import CheckedWhatIf
    from decisionlog.questions.checking import check as ask
    from decisionlog.questions.what_if import changed

    if reading.known:
        raise click.UsageError("--what-if supposes that something is recorded now; it does not go with --known.")
    if reading.format in _OF_FINDINGS_ALONE:
        raise click.UsageError(f"--what-if has no --format {reading.format}; it has terminal, json, jsonl, markdown.")
    with supposing(reading, file) as copy, Progress("Judging") as progress:
        after = ask(copy.log.log, copy.log.models, by, reading.asked, now(), progress)
    differs = changed(before, after)
    reading.answer(CheckedWhatIf(before.basis, copy.supposed, differs))
    return _FINDINGS if fail_on and differs.failing(fail_on) else 0


def _explain(reading: Reading, rules: Sequence[str], beside: str) -> None:
    """Print rules in words; no log is needed. Raises a usage error for what makes no sense beside it."""
    from decisionlog.questions.choosing_rules import explained

    if beside:
        what = "REF" if beside == "ref" else f"--{beside}"
        raise click.UsageError(f"--explain tells what a rule says, and takes no {what}.")
    if reading.format in _OF_FINDINGS_ALONE:
        raise click.UsageError(
            f"--format {reading.format} is for findings; --explain has terminal, json, jsonl, markdown."
        )
    reading.answer(explained(rules))
