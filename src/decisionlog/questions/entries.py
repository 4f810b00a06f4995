"""`log`: the facts themselves, in the order of the log, each with its leaf hash."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from difflib import get_close_matches

from decisionlog.domain.answers.basis import Basis
from decisionlog.domain.answers.standing import Entry
from decisionlog.domain.facts import TYPES
from decisionlog.domain.refusals import BadInput
from decisionlog.questions.point import Asked, settle
from decisionlog.store.codec import as_stored
from decisionlog.store.log import Log
from decisionlog.store.withheld import is_withheld, leaf_of


def entries(log: Log, after: int = 0, until: int | None = None, types: frozenset[str] = frozenset()) -> Iterator[Entry]:
    """The facts after a position, up to another, as the very bytes that are stored and proved; of these types, where some are given.

    Raises `NotSound` at a row that is no fact.
    """
    return (
        Entry(line.position, leaf_of(line), line.state if is_withheld(line) else as_stored(line))
        for line in log.lines(after, until)
        if not types or line.type in types
    )


def following(
    log: Log, after: int, types: frozenset[str] = frozenset(), *, seconds: float
) -> Iterator[Iterator[Entry]]:
    """The facts after a position, and then those that are recorded next, in portions; without an end.

    A portion may be empty: after so many seconds in which nothing was recorded. Raises `BadInput` where the log has
    not come that far, and `Unusable` where nobody can record in it any longer.
    """
    require_reached(log, after)
    while True:
        until = log.size()
        yield entries(log, after, until, types)
        after = max(after, until)
        while not log.wait(after, seconds):
            yield iter(())


def require_reached(log: Log, after: int) -> None:
    """Refuse to go on after a position that the log has not reached: what is said there was read in another log."""
    if after > (size := log.size()):
        msg = (
            f"The log ends at position {size:,}, so nothing can be followed from {after + 1:,}: "
            f"that was read in another log, or in a later state of this one. Go on from {size + 1}, or begin again from 1."
        )
        raise BadInput(msg)


def types_named(names: Iterable[str]) -> frozenset[str]:
    """The types of fact of these names; `record` and `record.*` are all that are called so. Raises `BadInput` for another."""
    return frozenset(name for asked in names for name in _types_named(asked))


def _types_named(asked: str) -> list[str]:
    stem = asked.removesuffix("*").removesuffix(".")
    found = [name for name in TYPES if name == asked or (name.startswith(f"{stem}.") and asked in {stem, f"{stem}.*"})]
    if not found:
        near = get_close_matches(asked.lower(), TYPES, n=1, cutoff=0.6)
        hint = f" Did you mean '{near[0]}'?" if near else ""
        msg = f"'{asked[:60]}' is not a type of fact.{hint} `decisionlog schema --types` lists them."
        raise BadInput(msg)
    return found


def basis_of(log: Log, now: datetime, known: str | None = None) -> Basis:
    """The basis of an answer that covers the whole log as it is now, or as it was at a time. Raises `BadInput`."""
    return settle(log, Asked(known=known), now).basis
