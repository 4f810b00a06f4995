"""What `log`, `status` and `doctor` answer: the facts as they are stored, and how the log is kept."""

from __future__ import annotations

from msgspec import Struct

from decisionlog.domain.answers.basis import Basis
from decisionlog.domain.answers.witnessing import Witnessing


class Entry(Struct, frozen=True):
    """One fact as the log holds it: the very bytes, and their leaf hash in hexadecimal."""

    position: int
    hash: str
    line: bytes


class ModelStatus(Struct, frozen=True):
    """Where one read model stands."""

    name: str
    version: int
    position: int
    behind: int
    serving: bool
    stopped: str


class LastBackup(Struct, frozen=True):
    """When a log was last backed up, how many facts are in that backup, and how many were recorded since."""

    made_at: str
    position: int
    since: int


class Status(Struct, frozen=True):
    """What `status` answers."""

    basis: Basis
    name: str
    place: str
    size: int
    last_recorded_at: str
    kinds: dict[str, int]
    types: dict[str, int]
    unread: dict[str, int]
    """Facts that this version does not know, by type: kept, and shown raw."""
    models: tuple[ModelStatus, ...]
    witnessing: Witnessing
    """How far it is witnessed, as it is now."""
    backup: LastBackup | None = None
    """The last backup that was made here, as it is now."""
    holds: int = 0
    """How many holds bar erasing."""
    as_it_was: int = 0
    """Of a copy that shows the log as it once was, how many facts it then had; 0 for a log that goes on."""


class Check(Struct, frozen=True):
    """One line of `doctor`: `ok`, `warn` or `fail`, what was looked at, what was found, and the remedy."""

    state: str
    name: str
    found: str
    remedy: str = ""


class Promise(Struct, frozen=True):
    """What the program promises of a log, with the worst state of the checks that it rests on here."""

    state: str
    promise: str
    rests_on: tuple[str, ...]


class Doctor(Struct, frozen=True):
    """What `doctor` answers."""

    place: str
    basis: Basis
    checks: tuple[Check, ...]
    promises: tuple[Promise, ...] = ()
    not_looked_at: tuple[str, ...] = ()
    """What no check here can tell, and which command does."""
