"""The plain shapes in which the oracle works: what is asked, what was given, a step of a chain, an answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from tests.authority.standing import effect

Places = tuple[str, ...] | None
"""The places of a way; none: everywhere."""
Party = str | tuple[str, ...]
"""A reference; several where they act jointly."""
ACTS_IN_ALL = {"statutory-body", "board", "executive"}
WORST = ("fails", "not-recorded", "to-be-read", "holds")


class Asked(NamedTuple):
    """What is asked about; amounts in pence, each with its currency, and perhaps its kind and fund."""

    functions: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    matters: tuple[str, ...] = ()
    amounts: tuple[Mapping[str, Any], ...] = ()


class Law(NamedTuple):
    """The table of legal bases, in plain words.

    `bases`: of each code its `givers` and `receivers`, its `from` and `until`, and whether it `moves` the liability.
    """

    bases: Mapping[str, Mapping[str, Any]]
    answerable: Mapping[str, tuple[str, ...]]
    without_force: frozenset[str]


class Answer(NamedTuple):
    """What the words of docs/authority.md say."""

    classification: str
    roles: dict[str, frozenset[Party]]
    chains: frozenset[tuple[Any, ...]]
    could: dict[Party, frozenset[str]]
    findings: frozenset[tuple[str, str]]


@dataclass(frozen=True)
class Grant:
    """A delegation with its terms as they stand."""

    reference: str
    granted_at: int
    possible: bool
    terms: Mapping[str, Any] = field(hash=False, compare=False)
    stops: tuple[tuple[frozenset[str], frozenset[str]], ...]
    """Those who stopped it (empty: for all), and the functions stopped (empty: all)."""
    over: bool
    """It was taken back or lapsed for everybody, or carried into others."""
    continuations: tuple[Any, ...] = field(hash=False, compare=False)
    conditions: Mapping[str, str] = field(hash=False, compare=False)

    @property
    def continued_by(self) -> str:
        """Who gave it in the place of its delegator when it was granted, by a continuation that had begun by then."""
        begun = [
            one.data["delegator"]
            for one in self.continuations
            if one.data.get("delegator") and effect(one.fact).first <= self.granted_at
        ]
        return begun[-1] if begun else ""


@dataclass(frozen=True)
class Heir:
    """Somebody on whom something lies: the holder itself, or who came after it; how what was done goes on, by each."""

    party: str
    places: Places
    possible: bool
    said: tuple[str, ...] = ()


@dataclass(frozen=True)
class Step:
    """One step of a chain."""

    kind: str
    giver: str
    to: Party
    reference: str
    possible: bool
    part: bool
    tests: Mapping[str, str] = field(hash=False)
    places: Places
    data: Mapping[str, Any] = field(hash=False, compare=False)
    grant: Grant | None = None
    original: str = ""
    """Who gave, at the time of the grant."""

    @property
    def fails(self) -> bool:
        return "fails" in self.tests.values()

    def plain(self) -> tuple[Any, ...]:
        tests = tuple(sorted(self.tests.items()))
        return (self.kind, self.giver, self.to, self.reference, self.possible, self.part, tests)


Way = tuple[Step, ...]


def members(party: Party) -> tuple[str, ...]:
    """Those who act jointly, or the one; none for nobody."""
    return party if isinstance(party, tuple) else (party,) if party else ()


def worst(outcomes: Iterable[str]) -> Any:
    """Of several outcomes the one that counts; none of none."""
    found = set(outcomes)
    return next((one for one in WORST if one in found), None)


def sound(way: Way) -> list[Step]:
    """The steps before the first that fails."""
    failing = [number for number, step in enumerate(way) if step.fails]
    return list(way[: failing[0]] if failing else way)


def is_own(way: Way) -> bool:
    """Whether a way is a chain of its own."""
    return bool(way) and way[0].kind != "duty"
