"""The log that a command is about: found, opened, and its read models brought up to its end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from shlex import quote
from typing import TYPE_CHECKING, Final

import click

from decisionlog.addresses import Place, Server, place_of
from decisionlog.cli.main import Run
from decisionlog.cli.printing import Progress, note
from decisionlog.domain.refusals import NotSound
from decisionlog.settings import Settings, load

if TYPE_CHECKING:
    from decisionlog.bootstrap import OpenLog
    from decisionlog.store.log import Log

_NOT_SOUND: Final = 3


def now() -> datetime:
    """The time by this computer's clock."""
    return datetime.now(UTC)


def settled(run: Run, log: str | None = None, by: str | None = None) -> Settings:
    """Every setting; a flag after the command goes before one in front of it. Raises `BadSetting`."""
    return load(log=log or run.log, by=by or run.by)


def place(run: Run, log: str | None) -> Place:
    """Where the log lies. Raises `BadAddress`."""
    return place_of(settled(run, log).log.value or "")


@contextmanager
def opened(path: Place, *, caught_up: bool = True) -> Iterator[OpenLog]:
    """An open log. Raises the refusals of the store, and `NotSound` where a read model has stopped."""
    from decisionlog.bootstrap import open_log

    with open_log(path) as found:
        if caught_up:
            catch_up(found)
        yield found


@contextmanager
def looked_at(path: Place) -> Iterator[OpenLog]:
    """An open log, as far as it can be read: what is wrong with the rest is said, and ends the command with exit code 3.

    For what only shows; whatever judges or records needs the whole log. Raises the refusals of the store.
    """
    from decisionlog.bootstrap import open_log

    with open_log(path) as found:
        sound = catch_up_as_far_as_can_be(found)
        yield found
    if not sound:
        raise click.exceptions.Exit(_NOT_SOUND)


@contextmanager
def alone(path: Place) -> Iterator[Log]:
    """The log without its read models, for what only reads the facts: the library of the read models is never loaded.

    Raises the refusals of the store.
    """
    from decisionlog.store.log import Log
    from decisionlog.store.recorders import recorder_at

    log = Log(recorder_at(path))
    try:
        yield log
    finally:
        log.close()


def catch_up(found: OpenLog) -> None:
    """Bring the read models up to the end of the log, so that people see their own writes."""
    size = found.log.head().size
    with Progress("Reading facts", size) as progress:
        found.catch_up(progress)
    behind = max((size - standing.position for standing in found.models.standings() if standing.serving), default=0)
    if behind > 0:  # less, where somebody else has recorded meanwhile
        left = "the last fact" if behind == 1 else f"the last {behind:,} facts"
        note(f"Note: answers cover all but {left}: this log can only be read here, so it cannot be caught up.")


def catch_up_as_far_as_can_be(found: OpenLog) -> bool:
    """Bring the read models up to what cannot be read, and say so; whether all of the log was read."""
    try:
        catch_up(found)
    except NotSound as fault:
        size = found.log.head().size
        reached = min((standing.position for standing in found.models.standings() if standing.serving), default=0)
        note(
            f"Note: {fault} Answers cover facts 1 to {reached:,} of {size:,}; `decisionlog verify` tells what is wrong."
        )
        return False
    return True


def tell_of_roles(made: Place) -> None:
    """Say of a log that was just made on a server that its roles were not made, where its user may not make them."""
    if not isinstance(made, Server):
        return
    from decisionlog.store.postgresql.schema import without_roles

    if user := without_roles(made):
        note(
            "Note: this user may not make the roles of the log, so nobody else can use it yet, and only its guards keep its facts. "
            "Have a superuser of the server run, with an address of their own: "
            f"decisionlog roles --recorder {quote(user)}"
        )
