"""From where the particulars of a list are read, and how their sentences are put together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection

from decisionlog.domain.days import NotADate, is_over, span
from decisionlog.domain.known import AsOf
from decisionlog.domain.saying import Named, Said
from decisionlog.projections.register import Registered
from decisionlog.store.log import Log


class Asking(Struct, frozen=True):
    """From where the particulars of a list are read."""

    log: Log
    rows: Connection
    point: AsOf
    things: Sequence[Registered]

    @property
    def streams(self) -> list[str]:
        """The things of the list, as references."""
        return [known.stream for known in self.things]

    def is_past(self, when: str) -> bool:
        """Whether a day was over at the point asked about."""
        return bool(when) and is_over(when, self.log.zone, self.point.on)

    def moment(self, when: str) -> int:
        """The first moment of a day; of none, and of what is no date, the first of all."""
        try:
            return span(when, self.log.zone).earliest if when else 0
        except NotADate:
            return 0


def all_of(references: Any, before: str) -> list[Said]:
    """The things of a list, joined as one part; nothing where there is none."""
    said: list[Any] = []
    for number, reference in enumerate(references):
        said += [" and " if number else before, Named(reference)]
    return [tuple(said)] if said else []


def given(**values: Any) -> dict[str, Any]:
    """What is recorded of these."""
    return {name: value for name, value in values.items() if value}
