"""`keys`: who may ask this log over HTTP for what is not open to everybody, and who may record there."""

from __future__ import annotations

from typing import Any

import click

from decisionlog.cli.opening import catch_up, now
from decisionlog.cli.options import Reading, Recording, asks, complete_reference, examples, records
from decisionlog.cli.printing import print_json, say, say_next
from decisionlog.cli.receipts import NOTHING, outcome, recorder, tell
from decisionlog.domain.days import day_after
from decisionlog.domain.permissions import EVERY
from decisionlog.domain.refusals import BadInput
from decisionlog.domain.text import visible
from decisionlog.render.as_json import dumped
from decisionlog.render.receipts import receipt_json


@click.group(
    no_args_is_help=False,
    epilog=examples(
        "keys new 'minutes of the ICB' --for icb-minutes --scope record --scope read-private --body icb-board",
        "keys list",
        "keys revoke k3x9q2ab7c",
    ),
)
def keys() -> None:
    """Give other programs keys to this log, and take them back.

    A key is shown once, and only a digest of its secret is kept, in this store alone. What it may do, where and how long
    is a fact, as is that it was taken back: so the log itself tells who could do what on which day.
    """


@keys.command(
    epilog=examples(
        "keys new 'public register' --for register --scope read",
        "keys new 'minutes of the ICB' --for icb-minutes --scope record --scope read-private --body icb-board",
        "keys new handover --for icb-clerk --scope administer --last-day 2026-12-31",
    )
)
@click.argument("name")
@click.option("--for", "account", metavar="ACCOUNT", required=True, help="Who records with it: a role, as --by takes.")
@click.option(
    "--scope",
    "scopes",
    type=click.Choice(EVERY),
    multiple=True,
    required=True,
    help="What it lets them do. May be repeated.",
)
@click.option(
    "--body",
    "bodies",
    metavar="BODY",
    multiple=True,
    shell_complete=complete_reference,
    help="Only in matters of this body. May be repeated.",
)
@click.option("--last-day", metavar="DAY", help="The last day on which it holds. [default: a year from now]")
@click.option("--by-decision", metavar="DECISION", help="The decision by which it is given.")
@records
def new(recording: Recording, name: str, *, last_day: str | None, **given: Any) -> None:
    """Make a key. It is shown once.

    NAME is what you call it.
    """
    recording.run.outcome = NOTHING
    from decisionlog.cli.opening import opened, place
    from decisionlog.commands.keys import NewKey, new_key

    request = NewKey(
        name=name,
        recorded_by=recorder(recording),
        now=now(),
        until=_after(last_day),
        dry_run=recording.dry_run,
        account=given["account"],
        scopes=given["scopes"],
        bodies=given["bodies"],
        by_decision=given["by_decision"] or "",
    )
    with opened(place(recording.run, recording.log)) as found:
        made = new_key(found.log, request)
        recording.run.outcome = outcome(made.receipt, dry_run=recording.dry_run)
        if not recording.dry_run:
            catch_up(found)
    if recording.dry_run:
        tell(recording, made.receipt)
        return
    if recording.format != "terminal":
        shown = {"id": made.key.id, "key": str(made.key), "until": made.until}
        print_json([dumped(receipt_json(made.receipt, dry_run=False) | shown)])
        return
    say(recording.run.outcome)
    say("Keep this key where only its holder can read it; it is not shown again:")
    say(str(made.key))
    say_next(f"keys show {made.key.id}")


@keys.command("list", epilog=examples("keys list", "keys list --on 2026-03-31 --json"))
@asks
def list_(reading: Reading) -> None:
    """Every key: whose it is, and what it lets them do."""
    _tell(reading)


@keys.command(epilog=examples("keys show k3x9q2ab7c"))
@click.argument("id", metavar="ID")
@asks
def show(reading: Reading, **given: Any) -> None:
    """One key, without its secret, which is not kept."""
    _tell(reading, given["id"])


@keys.command(epilog=examples("keys revoke k3x9q2ab7c --reason 'it was in a log file'"))
@click.argument("id", metavar="ID")
@click.option("--reason", metavar="TEXT", help="Why. It is sealed.")
@click.option("--by-decision", metavar="DECISION", help="The decision by which it is taken back.")
@records
def revoke(recording: Recording, reason: str | None, by_decision: str | None, **given: Any) -> None:
    """Take a key back, from now on."""
    recording.run.outcome = NOTHING
    from decisionlog.cli.opening import opened, place
    from decisionlog.commands.keys import RevokeKey, revoke_key

    request = RevokeKey(
        key_id=given["id"],
        recorded_by=recorder(recording),
        now=now(),
        reason=reason or "",
        by_decision=by_decision or "",
        dry_run=recording.dry_run,
    )
    with opened(place(recording.run, recording.log)) as found:
        receipt = revoke_key(found.log, request)
        recording.run.outcome = outcome(receipt, dry_run=recording.dry_run)
        if not recording.dry_run:
            catch_up(found)
    tell(recording, receipt, f"keys show {visible(given['id'])}")


def _tell(reading: Reading, key_id: str = "") -> None:
    from decisionlog.questions.keys import keys as answer

    with reading.opened(caught_up=False) as found:
        reading.answer(answer(found.log, reading.asked, now(), key_id))


def _after(last_day: str | None) -> str:
    """The first day on which it no longer holds. Raises `BadInput`."""
    if not last_day:
        return ""
    after = day_after(last_day)
    if after is None:
        msg = f"'{visible(last_day[:40])}' is not a day; write --last-day 2027-03-31."
        raise BadInput(msg)
    return after
