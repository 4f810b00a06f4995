"""Sides measured by turns, A-B-A-B, with the garbage collector as it is by default; medians of rounds, quantiles of acts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from statistics import median
from time import perf_counter

Act = Callable[[], object]
Side = Callable[[int], Sequence[Act]]
"""Prepares the round of that number, untimed, and gives the acts to be timed."""

_ENOUGH_FOR_P99 = 100


@dataclass
class Timed:
    """The seconds that one side took, round by round and act by act."""

    rounds: list[float] = field(default_factory=list)
    acts: list[float] = field(default_factory=list)

    def measure(self, acts: Sequence[Act]) -> None:
        """One round."""
        before = len(self.acts)
        for act in acts:
            begun = perf_counter()
            act()
            self.acts.append(perf_counter() - begun)
        self.rounds.append(sum(self.acts[before:]))

    def rate(self, each: int) -> float:
        """What was done in a second, where each round does so many: the median of the rounds."""
        return each / median(self.rounds)

    def quantile(self, share: float) -> float:
        """The seconds within which that share of the acts was done."""
        return sorted(self.acts)[min(int(share * len(self.acts)), len(self.acts) - 1)]

    def told_as_rate(self, each: int) -> str:
        """The rate with the slowest and the fastest round."""
        slowest, fastest = each / max(self.rounds), each / min(self.rounds)
        return f"{self.rate(each):,.0f} a second ({slowest:,.0f} to {fastest:,.0f})"

    def told_as_time(self) -> str:
        """The median time of an act, and how long the slow ones took."""
        name, slow = ("p99", self.quantile(0.99)) if len(self.acts) >= _ENOUGH_FOR_P99 else ("longest", max(self.acts))
        return f"p50 {self.quantile(0.5) * 1e3:,.2f} ms, {name} {slow * 1e3:,.2f} ms"


def interleaved(rounds: int, *sides: Side) -> list[Timed]:
    """Every side in every round, in the order given."""
    timed = [Timed() for _ in sides]
    for number in range(rounds):
        for side, taken in zip(sides, timed, strict=True):
            taken.measure(side(number))
    return timed
