"""`replay`: the state at a point, built afresh from the facts up to there."""

from __future__ import annotations

import click

from decisionlog.cli.options import Reading, examples, reads
from decisionlog.cli.printing import Progress

_NOT_SOUND = 3


@click.command(
    epilog=examples("replay --to 2026-03-12", "replay --to 120 --compare", "replay --to @120 --format jsonl")
)
@click.option("--to", metavar="N|DATE", required=True, help="Up to this position, or what was recorded by then.")
@click.option(
    "--compare", is_flag=True, help="Compare every row with this log's own, as known then; exit 3 if one differs."
)
@reads
def replay(reading: Reading, to: str, *, compare: bool) -> int:
    """The state at a point, built afresh from the facts up to there.

    Every read model is built in memory; the log itself is only read. With --format json or jsonl every row is listed.
    """
    from decisionlog.bootstrap import MODELS, copy_in_memory
    from decisionlog.cli.opening import now
    from decisionlog.questions.replaying import point_of, replayed
    from decisionlog.store.transfer import export_lines, export_openings

    with reading.opened(caught_up=compare) as found:
        point = point_of(found.log, to, now())
        size = point.as_of.position
        with Progress("Replaying facts", size) as progress:
            copy = copy_in_memory(export_lines(found.log, 0, size), export_openings(found.log, size), progress)
        with copy, Progress("Reading facts", size) as progress:
            copy.catch_up(progress)
            answer = replayed(
                point,
                copy.models,
                copy.log,
                [model.load() for model in MODELS],
                beside=found.models if compare else None,
                with_rows=reading.format in {"json", "jsonl"},
            )
    reading.answer(answer)
    return 0 if answer.same else _NOT_SOUND
