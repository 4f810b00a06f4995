"""Who may record, asked inside the transaction that records: what the log asks of it."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, Protocol

from decisionlog.domain.days import moment
from decisionlog.domain.references import split
from decisionlog.store.batch import Batch
from decisionlog.store.codec import Line
from decisionlog.store.directory import Names, name_of, name_of_reference

if TYPE_CHECKING:
    from decisionlog.store.log import Log


class Guard(Protocol):
    """What somebody may record in a log, and what they may know of it."""

    def names(self, log: Log, taken: AbstractSet[str], now: int) -> Names:
        """The names of the things that they may know of. What is `taken` is told as taken, as it could not be given twice.

        `log` is the log as the transaction sees it.
        """

    def require(self, log: Log, lines: Sequence[Line], now: int) -> None:
        """Raises `Forbidden`, or `NotFound` where they may not know what it is about; `log` is the log with these facts."""


def known_names(guard: Guard, log: Log, batch: Batch) -> Names:
    """The names that somebody may use in a batch; what they open must not be there already, whatever they may know."""
    opens = [draft for draft in batch.drafts if draft.opens]
    taken = {name_of_reference(draft.stream) for draft in opens}
    called = ((split(draft.stream)[0], draft.data.get("ref")) for draft in opens)
    taken |= {name_of(kind, ref) for kind, ref in called if isinstance(ref, str)}
    return guard.names(log, taken, moment(batch.now))
