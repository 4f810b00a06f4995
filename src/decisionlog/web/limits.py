"""How much one caller may ask of the service: how often, and how much at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore
from typing import Final

from decisionlog.web.problems import Problem

_AT_ONCE: Final = 2
_PATIENCE: Final = 20.0
"""Seconds that a question waits for its turn."""


class LongWork:
    """What takes long is done for a few callers at once; the others wait a while for their turn."""

    def __init__(self, at_once: int = _AT_ONCE, patience: float = _PATIENCE) -> None:
        self._places = BoundedSemaphore(at_once)
        self._patience = patience

    @contextmanager
    def one(self) -> Iterator[None]:
        """A place among them. Raises `Problem` where none comes free."""
        if not self._places.acquire(timeout=self._patience):
            detail = "As many long questions are answered as can be at once. Send the request again in a while."
            raise Problem("busy", detail, headers={"Retry-After": "10"})
        try:
            yield
        finally:
            self._places.release()
