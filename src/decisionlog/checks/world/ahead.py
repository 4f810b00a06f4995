"""What a walk looks at next of those whom it meets, read at once: a query for each read model, and not for each of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from decisionlog.checks.world.kept import Kept
from decisionlog.projections.authority.bodies import Bodies
from decisionlog.projections.authority.instruments import Instruments
from decisionlog.projections.authority.organisations import Organisations
from decisionlog.projections.authority.parents import Parents
from decisionlog.projections.authority.posts import Posts
from decisionlog.projections.authority.successions import Successions
from decisionlog.projections.authority.terms import TermsInForce
from decisionlog.projections.seats import Seats
from decisionlog.store.histories import Histories

_LOOKED_AT: Final[Mapping[str, Sequence[tuple[type[Histories], str]]]] = {
    "organisation": ((Organisations, "stream"), (Successions, "stream"), (Parents, "parent")),
    "body": ((Bodies, "stream"), (TermsInForce, "stream"), (Parents, "stream"), (Parents, "parent")),
    "post": ((Posts, "stream"), (Seats, "stream"), (Parents, "parent")),
    "instrument": ((Instruments, "stream"),),
}
"""Of each kind of thing, the read models and the columns by which it is looked up."""


def read_ahead(kept: Kept, things: Iterable[str]) -> None:
    """Read what is looked at of these, as far as it was not read before; nothing, where only what is asked for may be read."""
    if not kept.reads_ahead:
        return
    wanted: dict[tuple[type[Histories], str], dict[str, None]] = {}
    for thing in things:
        for where in _LOOKED_AT.get(thing.partition(":")[0], ()):
            wanted.setdefault(where, {})[thing] = None
    for (model, column), several in wanted.items():
        kept.read(model, several, column)
