"""What `forecast` answers: what ends, falls due or becomes vacant by a day, by what is known."""

from __future__ import annotations

from msgspec import Struct

from decisionlog.domain.answers.checking import FindingTold
from decisionlog.domain.answers.difference import Difference


class Forecast(Struct, frozen=True):
    """What the days after one hold, as far as they are recorded; they may have passed since."""

    difference: Difference
    """What begins, ends and becomes vacant by then: the changes from the first day to the last."""
    falls_due: tuple[FindingTold, ...]
    """What will not add up on the days that were still to come when it was known, unless it is done before; the earliest first."""
    names: dict[str, str]
    found: tuple[FindingTold, ...] = ()
    """What came not to add up on those of the days that had passed by then; the earliest first."""
    is_past: bool = False
    """All of the days had passed by then: nothing falls due on them any more."""
