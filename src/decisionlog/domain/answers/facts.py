"""What `show @N` answers: the fact at a position, and what it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from decisionlog.domain.answers.basis import Basis
    from decisionlog.domain.answers.telling import FactShown


class FactOnAPage(Struct, frozen=True):
    """One fact: what it says by now, when it happened, who recorded it, and what must be known about it."""

    basis: Basis
    fact: FactShown
    batch: str
    """The act of recording that it belongs to."""
    hash: str
    """Of its leaf in the tree, in hexadecimal digits."""
    answers: int
    """The position of the fact of its own stream that it names by `of`; 0, where it names none."""
    names: dict[str, str]

    @property
    def evidence(self) -> tuple[int, ...]:
        """The fact itself."""
        return (self.fact.position,)
