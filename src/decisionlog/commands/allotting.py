"""Numbers for what is recorded without one: the next of a series, found among the names in the store."""

from __future__ import annotations

from collections.abc import Collection

from decisionlog.domain.numbering import LETTERS, following
from decisionlog.domain.references import fold, split
from decisionlog.domain.refusals import BadInput
from decisionlog.store.directory import name_of
from decisionlog.store.log import Log


def next_ref(log: Log, kind: str, series: str, on: str, taken: Collection[str] = ()) -> str:
    """The next reference of a kind in the series of whoever numbers it: `NLB` on `2026-03-12` gives `NLB/25-26/032`.

    `on` is a day, a time or a partial date; `taken` are references that are given in the same batch. The same log gives
    the same reference. Raises `BadInput` for a kind that has no series.
    """
    if kind == "meeting":
        return _free_day(log, series, on[:10], taken)
    if kind not in LETTERS:
        msg = f"No {kind} is numbered by the log; give it a reference."
        raise BadInput(msg)
    return following([*_names(log, kind, series), *taken], kind, series, on)


def series_of(log: Log, stream: str) -> str:
    """By what a body or an organisation begins the numbers that it gives: its short name, or its reference."""
    named = ""
    for fact in log.stream(stream):
        named = getattr(fact.data, "short_name", None) or named
    return named if named and " " not in named else split(stream)[1]


def _free_day(log: Log, series: str, day: str, taken: Collection[str]) -> str:
    begun = f"{series}-{day}"
    used = {fold(ref) for ref in (*_names(log, "meeting", begun), *taken)}
    count = 1
    while fold(ref := begun if count == 1 else f"{begun}-{count}") in used:
        count += 1
    return ref


def _names(log: Log, kind: str, begun: str) -> list[str]:
    """What things of a kind are called that begin so, the newest last; as far as can be told from folded names."""
    named = sorted(log.recorder.names_beginning(name_of(kind, begun)), key=lambda one: one.position)
    return [f"{begun}{split(one.name)[1][len(fold(begun)) :].replace(' ', '-')}" for one in named]
