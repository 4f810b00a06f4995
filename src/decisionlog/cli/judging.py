"""The commands that judge what is recorded: completeness."""

from __future__ import annotations

from typing import Any

import click

from decisionlog.cli.options import Reading, asks_for_a_sheet, complete_reference, examples
from decisionlog.cli.printing import Progress


def complete_profile(_: click.Context, __: click.Parameter, begun: str) -> list[str]:
    """The profiles that begin so."""
    from decisionlog.checks.profiles.table import built_in

    return [name for name in built_in().profiles if name.startswith(begun)]


def complete_field(_: click.Context, __: click.Parameter, begun: str) -> list[str]:
    """The fields that begin so."""
    from decisionlog.checks.profiles.table import built_in

    return [name for name in built_in().fields if name.startswith(begun)]


@click.command(
    epilog=examples(
        "completeness NLB/25-26/031",
        "completeness --body northmoor-cabinet --since 2025-04-01",
        "completeness --missing options_rejected --format csv",
    )
)
@click.argument("ref", required=False, shell_complete=complete_reference)
@click.option("--body", metavar="REF", shell_complete=complete_reference, help="Only what this body decided.")
@click.option("--since", metavar="DAY", help="Only decisions of this day or later.")
@click.option("--until", metavar="DAY", help="Only decisions of this day or earlier.")
@click.option(
    "--profile",
    metavar="NAME",
    shell_complete=complete_profile,
    help="Only what this profile is for, judged by it alone; one decision is judged by it whatever it is for.",
)
@click.option(
    "--missing",
    metavar="FIELD",
    shell_complete=complete_field,
    help="List only those that lack this field, such as options_rejected; the totals count all.",
)
@click.option("--limit", metavar="N", type=click.IntRange(min=0), help="At most so many, the least complete first.")
@asks_for_a_sheet
def completeness(reading: Reading, ref: str | None, **narrowed: Any) -> None:
    """How much of what a decision's record must hold is there, and what is missing.

    REF is a decision; a proposal, a meeting or a body is answered with every decision that came of it, and no REF with all
    of the log. Which regulations apply follows from who decided and for whom, and is explained. What is recorded as none
    counts as recorded. Nothing is ever refused for it.
    """
    from decisionlog.cli.opening import now
    from decisionlog.questions.completeness.asking import Narrowed
    from decisionlog.questions.completeness.asking import completeness as ask

    with reading.opened() as found:
        with Progress("Looking at decisions") as progress:
            answer = ask(found.log, found.models, ref, reading.asked, now(), by=Narrowed(**narrowed), progress=progress)
        reading.answer(answer)
