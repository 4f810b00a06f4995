"""The commands that show governance as a whole: the map, and what changed."""

from __future__ import annotations

import click

from decisionlog.cli.options import Reading, asks, asks_for_a_table, complete_reference, examples, reads
from decisionlog.cli.printing import Progress
from decisionlog.cli.reading import complete_kind, kind_of_plural


@click.command(
    name="map",
    epilog=examples(
        "map --on 2025-12-01", "map --gaps", "map --of northmoor-icb --place northmoor", "map --format html > map.html"
    ),
)
@click.option(
    "--place",
    metavar="REF",
    shell_complete=complete_reference,
    help="Only this place, and what lies in it.",
)
@click.option("--level", type=click.Choice(["system", "place", "neighbourhood"]), help="Only places of this level.")
@click.option(
    "--of",
    metavar="REF",
    shell_complete=complete_reference,
    help="Only functions of this organisation that somebody else exercises.",
)
@click.option(
    "--gaps", is_flag=True, help="Only where nobody has the duty, it is contested, or only a forum deals with it."
)
@asks_for_a_table
def map_(reading: Reading, place: str | None, level: str | None, of: str | None, *, gaps: bool) -> None:
    """Which function is decided by whom, place by place.

    The functions and decisions map: whose duty each function is, who can decide today, within what limits and by which
    delegation, and where that is not clear.
    """
    from decisionlog.cli.opening import now
    from decisionlog.domain.answers.functions_map import Narrowed
    from decisionlog.questions.functions_map.asking import functions_map

    narrowed = Narrowed(place or "", level or "", of or "", gaps)
    with reading.opened() as found:
        reading.answer(functions_map(found.log, found.models, narrowed, reading.asked, now()))


@click.command(
    epilog=examples(
        "diff 2025-04-01 2026-03-31",
        "diff 2025-06-30 2025-09-30 SORD-7.2",
        "diff 2025-04-01 2026-03-31 --kind delegations",
        "diff --known 2026-03-20 2026-03-31 --on 2026-03-12 --clock source",
    )
)
@click.argument("first")
@click.argument("second")
@click.argument("ref", required=False, shell_complete=complete_reference)
@click.option(
    "--known", "of_belief", is_flag=True, help="FIRST and SECOND are times of knowledge: what was believed changed."
)
@click.option(
    "--on",
    metavar="WHEN",
    help="With --known: as at the end of this day, or at this time. [default: now]",
)
@click.option("--as-known", metavar="WHEN", help="Without --known: as known by then. [default: now]")
@click.option(
    "--clock",
    type=click.Choice(["log", "source"]),
    default="log",
    show_default=True,
    help="Whose clock knowledge runs on: this log's, or that of the sources.",
)
@click.option(
    "--kind", metavar="KIND", callback=kind_of_plural, shell_complete=complete_kind, help="Only things of this kind."
)
@reads
def diff(
    reading: Reading,
    first: str,
    second: str,
    ref: str | None,
    *,
    on: str | None,
    as_known: str | None,
    clock: str,
    kind: str | None,
    of_belief: bool,
) -> None:
    """What changed between two days, or in what was believed.

    FIRST and SECOND are days or times; with --known also positions (@1234). Who can decide what, delegations, duties,
    bodies and their members and terms, posts, organisations, instruments, funds and decisions are compared as they stood
    at both; what came and went in between is not told. REF narrows it to what is about one thing.
    """
    from decisionlog.cli.opening import now
    from decisionlog.questions.difference.asking import difference
    from decisionlog.questions.difference.points import Between

    if as_known and of_belief:
        msg = (
            "--as-known is for days; with --known both times of knowledge are named already. Leave out one of the two."
        )
        raise click.UsageError(msg)
    if on and not of_belief:
        msg = "--on is for --known: without it FIRST and SECOND are the days. Leave it out, or add --known."
        raise click.UsageError(msg)
    between = Between(first, second, of_belief, on if of_belief else as_known, clock, reading.asked.rules)
    with reading.opened() as found:
        reading.answer(difference(found.log, found.models, between, now(), kind=kind or "", ref=ref or ""))


@click.command(
    epilog=examples("forecast", "forecast --until 2026-12-31", "forecast --on 2026-03-31 --until 2026-06-30")
)
@click.option("--until", metavar="DAY", help="The last day that is looked at. [default: 90 days on]")
@asks
def forecast(reading: Reading, until: str | None) -> None:
    """What ends, falls due or becomes vacant in the days ahead.

    Delegations, memberships, posts, instruments and duties that have their last day recorded; reviews, reports, actions,
    ratifications and minutes that fall due; and who can decide what afterwards. Nothing is guessed: what is not recorded
    is not foreseen.
    """
    from decisionlog.cli.opening import now
    from decisionlog.questions.forecast import forecast as ask
    from decisionlog.questions.forecast import quarter_later

    with reading.opened() as found, Progress("Judging") as progress:
        last = until or quarter_later(found.log, reading.asked, now())
        reading.answer(ask(found.log, found.models, reading.asked, last, now(), progress))
