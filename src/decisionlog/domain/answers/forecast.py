"""What `forecast` answers: what ends, falls due or becomes vacant by a day, by what is known."""

from __future__ import annotations

from msgspec import Struct

from decisionlog.domain.answers.checking import FindingTold
from decisionlog.domain.answers.difference import Difference


class Forecast(Struct, frozen=True):
    """Two things that the days ahead hold, as far as they are recorded."""

    difference: Difference
    """What begins, ends and becomes vacant by then: the changes from the first day to the last."""
    falls_due: tuple[FindingTold, ...]
    """What will not add up, unless it is done before; the earliest first."""
    names: dict[str, str]
