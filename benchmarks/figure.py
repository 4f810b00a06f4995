"""One figure: what was measured, as a ratio, and the reach that it is held to."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One line of the report; exactly one of the two reaches is given."""

    name: str
    ratio: float
    n: str
    """How often it was measured."""
    details: tuple[str, ...]
    at_least: float | None = None
    at_most: float | None = None

    @property
    def ok(self) -> bool:
        """Whether the ratio is within its reach."""
        if self.at_least is not None:
            return self.ratio >= self.at_least
        assert self.at_most is not None
        return self.ratio <= self.at_most

    def __str__(self) -> str:
        """The line, and below it the raw numbers."""
        reach = f"at least {self.at_least}" if self.at_least is not None else f"at most {self.at_most}"
        verdict = "ok" if self.ok else "short"
        line = f"{self.name:<20} {self.ratio:>7.3f}   {reach:<14} {verdict:<6} n = {self.n}"
        return "\n".join((line, *(f"    {detail}" for detail in self.details)))
