"""What a log may lie in. Each store is imported only where it is used."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from decisionlog.addresses import Place, Server

if TYPE_CHECKING:
    from decisionlog.store.memory import MemoryRecorder, MemoryWriter
    from decisionlog.store.postgresql.recorder import PostgreSQLRecorder
    from decisionlog.store.sqlite import SQLiteRecorder
    from decisionlog.store.statements import Writer

    Kept: TypeAlias = SQLiteRecorder | PostgreSQLRecorder
    """A recorder whose facts outlive the process."""
    Recorder: TypeAlias = MemoryRecorder | SQLiteRecorder | PostgreSQLRecorder
    AnyWriter: TypeAlias = MemoryWriter | Writer


def recorder_at(place: Place) -> Kept:
    """What the log at a place lies in. Raises the refusals of its store."""
    if isinstance(place, Server):
        from decisionlog.store.postgresql.recorder import PostgreSQLRecorder  # noqa: PLC0415

        return PostgreSQLRecorder(place)
    from decisionlog.store.sqlite import SQLiteRecorder  # noqa: PLC0415

    return SQLiteRecorder(place)


def recorder_made_at(place: Place) -> Kept:
    """The store of a new log. Raises `FileExistsError` where something lies there already, and the refusals of its store."""
    if isinstance(place, Server):
        from decisionlog.store.postgresql.recorder import PostgreSQLRecorder  # noqa: PLC0415

        return PostgreSQLRecorder.create(place)
    from decisionlog.store.sqlite import SQLiteRecorder  # noqa: PLC0415

    return SQLiteRecorder.create(place)


def take_away(place: Place) -> None:
    """Take away the store of a log that was not begun."""
    if isinstance(place, Server):
        from decisionlog.store.postgresql.schema import remove as remove_schema  # noqa: PLC0415

        remove_schema(place)
    else:
        from decisionlog.store.sqlite_file import remove as remove_file  # noqa: PLC0415

        remove_file(place)
