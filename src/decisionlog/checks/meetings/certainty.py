"""How sure it is that something was so: what is not recorded is neither yes nor no."""

from __future__ import annotations

from enum import IntEnum


class Sure(IntEnum):
    """Whether something was so. Of several that must all be so, the least sure counts (`min`)."""

    NO = 0
    PERHAPS = 1
    YES = 2

    def unless(self, other: Sure) -> Sure:
        """Whether this was so and the other was not."""
        return min(self, Sure(Sure.YES - other))


def sure(recorded: bool | None) -> Sure:  # noqa: FBT001 - it is what a fact says
    """What a field of a fact says: yes, no, or nothing."""
    return Sure.PERHAPS if recorded is None else Sure.YES if recorded else Sure.NO
