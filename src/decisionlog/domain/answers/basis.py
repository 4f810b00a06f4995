"""What an answer rests on."""

from __future__ import annotations

from msgspec import Struct


class Basis(Struct, frozen=True):
    """What an answer rests on: which log, both times, how far it was read, what its root was then."""

    log: str
    """The log's origin."""
    as_at: str
    known_at: str
    clock: str
    """`log`, or `source`: the times at which the sources first said things."""
    position: int
    root: str
    """The root of the tree over the facts up to `position`, in hexadecimal."""
    rules: str
