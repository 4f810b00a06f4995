"""`log`: the facts in their order, now and as they come."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from decisionlog.cli.options import Reading, examples, reads
from decisionlog.cli.printing import page, print_json, print_lines

if TYPE_CHECKING:
    from decisionlog.domain.answers import Entry
    from decisionlog.store.log import Log

_EVERY = 1.0
"""Seconds between two looks for new facts."""


@click.command(epilog=examples("log --from 24", "log --follow --format jsonl"))
@click.option(
    "--from",
    "start",
    metavar="N",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    help="From this position on.",
)
@click.option("--limit", metavar="N", type=click.IntRange(min=0), help="At most so many.")
@click.option("--follow", is_flag=True, help="Go on with new facts as they come, until interrupted.")
@reads
def log(reading: Reading, start: int, limit: int | None, *, follow: bool) -> None:
    """The facts themselves, in the order in which they were recorded.

    Words stay sealed here. With --json each item is {position, hash, fact}, where `fact` is the stored bytes.
    """
    from decisionlog.questions.entries import basis_of, entries

    if follow and (reading.format == "json" or limit is not None):
        option = "--limit" if limit is not None else "--format json"
        raise click.UsageError(f"--follow has no end, so {option} does not go with it; use --follow --format jsonl.")
    with reading.opened(caught_up=False) as found:
        if reading.format == "json":
            from decisionlog.cli.opening import now
            from decisionlog.render.as_json import log_document

            print_json(log_document(basis_of(found.log, now()), entries(found.log, start - 1, limit)))
            return
        _print(reading, _following(found.log, start - 1) if follow else entries(found.log, start - 1, limit))
        if reading.format == "terminal":
            _close(found.log, start)


def _print(reading: Reading, items: Iterator[Entry]) -> None:
    if reading.format == "jsonl":
        from decisionlog.render.as_json import log_line

        for item in items:
            print_json([log_line(item)])
        return
    from decisionlog.render.text import entry

    wide = page()
    for item in items:
        print_lines(entry(item, wide))


def _following(log: Log, after: int) -> Iterator[Entry]:
    """The facts after a position, and then each new one; never ends by itself."""
    from decisionlog.questions.entries import entries

    while True:
        for item in entries(log, after, None):
            after = item.position
            yield item
        time.sleep(_EVERY)


def _close(log: Log, start: int) -> None:
    from decisionlog.cli.opening import now
    from decisionlog.questions.entries import basis_of
    from decisionlog.render.words import resting_on

    basis = basis_of(log, now())
    if start > basis.position:
        print_lines([f"Nothing from position {start}: the last is {basis.position}."])
    print_lines(page().paragraph(resting_on(basis)))
