"""What is read from a log, brought up in the very transaction that records: what the log asks of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final, Protocol

from decisionlog.store.codec import Line

if TYPE_CHECKING:
    from decisionlog.store.log import Log

MOST_AT_ONCE: Final = 500
"""Facts; of more, the writer's lock is let go before anything is read from them."""


class Follower(Protocol):
    """What is read from the facts of a log and lies beside them."""

    def follow(self, log: Log, writer: Any, lines: Sequence[Line]) -> bool:
        """Take in facts that are being recorded, all of them or none; whether it was done. `log` is the log with them."""

    def followed(self, position: int) -> None:
        """The facts up to a position were taken in, and are durable."""
