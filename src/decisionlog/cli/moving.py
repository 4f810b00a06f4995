"""`move` and `roles`: a log from one store into another, and who may do what on a server."""

from __future__ import annotations

from pathlib import Path

import click

from decisionlog.addresses import Server, place_of
from decisionlog.cli.options import Reading, examples, reads
from decisionlog.cli.printing import Progress
from decisionlog.domain.answers.keeping import Moved, RolesGiven
from decisionlog.domain.refusals import BadInput
from decisionlog.render.words import counted


@click.command(
    epilog=examples(
        "move 'postgresql://records.example/place?schema=northmoor'",
        "move northmoor.db --log 'postgresql://records.example/place?schema=northmoor'",
    )
)
@click.argument("to", metavar="PLACE")
@reads
def move(reading: Reading, to: str) -> None:
    """Make the log anew at another PLACE: a file, or a schema of a PostgreSQL server.

    Every fact keeps its position and its bytes, so the log keeps its root, and what was signed or witnessed stays true. What
    opens sealed values, the checkpoints and the list of what was given out go along. The log that was moved is not touched:
    put it away, so that nobody records in it any more. Its key file is not moved; name it with --key-file or the setting.
    """
    from decisionlog.bootstrap import move as make_anew
    from decisionlog.bootstrap import open_log
    from decisionlog.cli.keyring import key_file
    from decisionlog.cli.opening import catch_up, place, tell_of_roles

    reading.run.outcome = "Nothing was moved."
    source, target = place(reading.run, reading.log), place_of(to)
    target = (
        target.resolve() if isinstance(target, Path) else target
    )  # what is written into settings holds from anywhere
    key = key_file(reading.run, reading.log).resolve()
    with Progress("Moving facts") as progress:
        moved = make_anew(source, target, progress)
    reading.run.outcome = f"Moved {counted(moved.size, 'fact')} to {target}."
    with open_log(target) as made:
        catch_up(made)
    tell_of_roles(target)
    kept = str(key) if key.is_file() else ""
    reading.answer(Moved(str(source), str(target), moved.size, moved.root, moved.words, kept))


@click.command(epilog=examples("roles", "roles --recorder secretariat --reader register"))
@click.option("--recorder", "recorders", metavar="USER", multiple=True, help="A user of the server who is to record.")
@click.option("--reader", "readers", metavar="USER", multiple=True, help="A user of the server who is only to read.")
@reads
def roles(reading: Reading, recorders: tuple[str, ...], readers: tuple[str, ...]) -> None:
    """Make the roles of a log on a server, and give them to users.

    Whoever has the recorder's role may add facts and read them, and can neither change nor remove one: the server refuses it,
    whatever program asks. `init` makes both roles where its user has CREATEROLE; otherwise a superuser of the server runs this,
    once, also when the log is in use.
    """
    from decisionlog.cli.opening import place
    from decisionlog.store.postgresql.schema import give_roles_to

    server = place(reading.run, reading.log)
    if not isinstance(server, Server):
        msg = f"{server} is a file: who may read or write it, its own permissions say. Nothing was changed."
        raise BadInput(msg)
    reading.run.outcome = "Nothing was changed."
    given = give_roles_to(server, recorders, readers)
    recorders, readers = given.recorders + recorders, given.readers + readers
    reading.answer(RolesGiven(str(server), *given.roles, recorders, readers, given.replaced or ()))
