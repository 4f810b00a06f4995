"""The commands that show governance as a whole: the map, and what changed."""

from __future__ import annotations

import click

from decisionlog.cli.options import Reading, asks_for_a_table, complete_reference, examples


@click.command(
    name="map",
    epilog=examples(
        "map --on 2025-12-01", "map --gaps", "map --of northmoor-icb --place northmoor", "map --format html > map.html"
    ),
)
@click.option("--place", metavar="REF", shell_complete=complete_reference, help="Only this place, and what lies in it.")
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
