"""What stands for words that cannot be read: those that were erased, and those that are not opened here."""

from __future__ import annotations

from typing import Final

from decisionlog.domain.references import split

WITHHELD: Final = "withheld"
"""What is read where words are sealed, and what opens them is not here."""


class Erased(str):
    """What is read where words were erased: `erased under @41 (ICB/25-26/044)`. It is never what somebody typed."""

    __slots__ = ()

    @classmethod
    def under(cls, position: int, decision: str) -> Erased:
        """What stands for a value that the fact at a position says was erased, by a decision, where one is named."""
        return cls(f"erased under @{position}" + (f" ({split(decision)[1]})" if decision else ""))


def is_gone(text: str) -> bool:
    """Whether a text stands for words that cannot be read, so that it is no quotation."""
    return text == WITHHELD or isinstance(text, Erased)
