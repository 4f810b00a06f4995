"""Who was at a meeting, and in which part of its list: present, in attendance, with apologies, or absent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

PRESENT: Final = "Present"
_ATTENDING: Final = frozenset({"observer", "in-attendance", "secretary"})


def group(attendee: Mapping[str, Any]) -> str:
    """Under which heading somebody stands in the minutes: whoever only attends is not among those present."""
    presence = attendee.get("presence")
    if presence in {"apologies", "absent"}:
        return str(presence).capitalize()
    if attendee.get("role") in _ATTENDING:
        return "In attendance"
    return PRESENT if presence else "Named, presence not recorded"
