"""What an answer shows of the walk: how a test came out, and who is in which role. It brings in nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Final

from msgspec import Struct

from decisionlog.domain.saying import Said


class Outcome(StrEnum):
    """How a test came out, the worst first."""

    FAILS = "fails"
    NOT_RECORDED = "not-recorded"
    TO_BE_READ = "to-be-read"
    HOLDS = "holds"


_ORDER: Final = {outcome: number for number, outcome in enumerate(Outcome)}


def worst(outcomes: Iterable[Outcome]) -> Outcome:
    """The worst of several outcomes."""
    return min(outcomes, key=_ORDER.__getitem__)


class Test(Struct, frozen=True):
    """One test of a step."""

    name: str
    outcome: Outcome
    detail: Said = ()
    """Why, in a few words; empty where the name says it all."""
    evidence: tuple[int, ...] = ()


def worst_of(tests: Iterable[Test]) -> Test | None:
    """Of several tests the first that came out worst; none of none."""
    return min(tests, key=lambda test: _ORDER[test.outcome], default=None)


class RoleEntry(Struct, frozen=True):
    """Somebody in a role, with the basis and the facts."""

    party: str
    """A reference, several joined by ` and ` where they act jointly; or, of the table, words."""
    basis: str
    """A code of the table of legal bases, or empty."""
    reference: str
    """The function, body, delegation, fund, instrument ... by which it is so."""
    why: str
    since: str
    evidence: tuple[int, ...]
    possible: bool = False
    in_words: bool = False
    """The party is told in words of the table, and is not on the log."""
    verified: bool = True
    """What of the table it rests on was verified."""
