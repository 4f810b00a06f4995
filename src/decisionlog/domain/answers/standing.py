"""What `log`, `status` and `doctor` answer: the facts as they are stored, and how the log is kept."""

from __future__ import annotations

from dataclasses import dataclass

from decisionlog.domain.answers.basis import Basis


@dataclass(frozen=True)
class Entry:
    """One fact as the log holds it: the very bytes, and their leaf hash in hexadecimal."""

    position: int
    hash: str
    line: bytes


@dataclass(frozen=True)
class ModelStatus:
    """Where one read model stands."""

    name: str
    version: int
    position: int
    behind: int
    serving: bool
    stopped: str


@dataclass(frozen=True)
class Status:
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


@dataclass(frozen=True)
class Check:
    """One line of `doctor`: `ok`, `warn` or `fail`, what was looked at, what was found, and the remedy."""

    state: str
    name: str
    found: str
    remedy: str = ""


@dataclass(frozen=True)
class Doctor:
    """What `doctor` answers."""

    place: str
    basis: Basis
    checks: tuple[Check, ...]
