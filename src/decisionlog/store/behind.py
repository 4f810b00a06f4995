"""What whoever records should know of a clock that was set back, or ran ahead when the last fact was recorded."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

_UNITS = ((86_400, "day"), (3_600, "hour"), (60, "minute"), (1, "second"))


def clock_behind(stamped: str, now: datetime, last: str) -> Iterator[str]:
    """A sentence, where a clock is behind the last recorded fact."""
    if stamped >= last:
        return
    behind_by = (datetime.fromisoformat(last) - now).total_seconds()
    if (seconds := int(behind_by)) and behind_by > 1:
        length, unit = next((length, unit) for length, unit in _UNITS if seconds >= length)
        behind = f"{seconds // length:,} {unit}{'s' if seconds >= 2 * length else ''}"
        yield (
            f"This computer's clock is {behind} behind the last recorded fact ({last}). "
            "The order of the log holds and both times are kept; set the clock right."
        )
