"""`log`: the facts in their order, now and as they come."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

import click

from decisionlog.cli.options import Reading, examples, knows_as_events
from decisionlog.cli.printing import print_json, print_page, require_readers

if TYPE_CHECKING:
    from decisionlog.domain.answers.basis import Basis
    from decisionlog.domain.answers.standing import Entry
    from decisionlog.render.page import Page
    from decisionlog.store.log import Log

_WAIT = 0.5
"""Seconds without a new fact after which it is looked whether anybody still reads what is printed."""


def complete_type(_: click.Context, __: click.Parameter, begun: str) -> list[str]:
    """The types of fact that begin so."""
    from decisionlog.domain.facts import TYPES

    return [name for name in TYPES if name.startswith(begun)]


@click.command(
    epilog=examples("log --from 24", "log --type record.corrected", "log --follow --from 25 --format cloudevents")
)
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
@click.option(
    "--type",
    "types",
    metavar="TYPE",
    multiple=True,
    shell_complete=complete_type,
    help="Only facts of this type, such as record.corrected, or of a kind of them: record. May be repeated.",
)
@click.option("--follow", is_flag=True, help="Go on with new facts as they come, until interrupted.")
@knows_as_events
def log(reading: Reading, start: int, limit: int | None, types: tuple[str, ...], *, follow: bool) -> None:
    """The facts themselves, in the order in which they were recorded.

    Words stay sealed here. With --json each item is {position, hash, fact}, where `fact` is the stored bytes.
    """
    from decisionlog.cli.opening import now
    from decisionlog.questions.entries import basis_of, entries, following, types_named

    wanted = types_named(types)
    if follow and (reason := _has_an_end(reading, limit)):
        raise click.UsageError(f"--follow has no end, so {reason} does not go with it; use --follow --format jsonl.")
    with reading.alone() as found:
        if follow:
            for portion in following(found, start - 1, wanted, seconds=_WAIT):
                _print(reading, found, portion)
                require_readers()
            return
        basis = basis_of(found, now(), reading.known)
        items = islice(entries(found, start - 1, basis.position, wanted), limit)
        if reading.format == "json":
            from decisionlog.render.as_json import log_document

            print_json(log_document(basis, items))
            return
        _print(reading, found, items, basis, start)


def _has_an_end(reading: Reading, limit: int | None) -> str:
    """What was asked for that only an end can answer."""
    if limit is not None:
        return "--limit"
    if reading.known is not None:
        return "--known"
    return f"--format {reading.format}" if reading.format in {"json", "markdown"} else ""


def _print(reading: Reading, log: Log, items: Iterator[Entry], basis: Basis | None = None, start: int = 1) -> None:
    if reading.format == "jsonl":
        from decisionlog.render.as_json import log_line

        print_json(log_line(item) for item in items)
    elif reading.format == "cloudevents":
        from decisionlog.render.events import event_lines

        print_json(event_lines(log.identity.origin, items))
    else:
        print_page(reading.format, lambda page: _written(items, basis, start, page))


def _written(items: Iterator[Entry], basis: Basis | None, start: int, page: Page) -> Iterator[str]:
    from decisionlog.render.lists import entry
    from decisionlog.render.words import resting_on

    for item in items:
        yield from entry(item, page)
    if basis is not None:
        if start > basis.position:
            yield from page.paragraph(f"Nothing from position {start}: the last is {basis.position}.")
        yield from page.paragraph(resting_on(basis))
