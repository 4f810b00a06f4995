"""The commands that ask over many things: search, agenda."""

from __future__ import annotations

import click

from decisionlog.cli.options import Reading, asks, complete_reference, examples
from decisionlog.cli.reading import complete_kind, kind_of_plural


@click.command(epilog=examples("search carers", "search 'community response' --kind proposals --limit 5"))
@click.argument("text", nargs=-1, required=True)
@click.option(
    "--kind", metavar="KIND", callback=kind_of_plural, shell_complete=complete_kind, help="Only things of this kind."
)
@click.option(
    "--limit", metavar="N", type=click.IntRange(min=0), default=20, show_default=True, help="At most so many things."
)
@asks
def search(reading: Reading, text: tuple[str, ...], kind: str | None, limit: int) -> None:
    """Find what was written: titles, texts, reasons, names, references.

    Every word must stand in one fact, in any order; the last may be only begun. Only letters and digits count.
    """
    from decisionlog.cli.opening import now
    from decisionlog.questions.searching import search as ask

    with reading.looked_at() as found:
        words = " ".join(text)
        reading.answer(ask(found.log, found.models, words, reading.asked, now(), kind=kind or "", limit=limit))


@click.command(epilog=examples("agenda northmoor-icb-place-committee", "agenda northmoor-cabinet --on 2026-03-01"))
@click.argument("body", shell_complete=complete_reference)
@asks
def agenda(reading: Reading, body: str) -> None:
    """What awaits the next meeting of a body.

    Minutes, actions, proposals, sign-offs, disagreements, ratifications, conditions, reports, call-ins and reviews.
    """
    from decisionlog.cli.opening import now
    from decisionlog.questions.agenda import agenda as ask

    with reading.opened() as found:
        reading.answer(ask(found.log, found.models, body, reading.asked, now()))
