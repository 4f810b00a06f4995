"""Acts: what one file of a meeting says, each under a place that stays the same when the file is edited or renamed.

    meeting NLB-2026-03-12
    meeting NLB-2026-03-12, item 4, decision of northmoor-cabinet 1
    between meetings 2026-02-20 icb-place-director, decision of icb-place-director 1

The place of an act is its `source.place`: by it what was recorded is found again, in an export as well.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Final

MEETING: Final = "meeting "
BETWEEN: Final = "between meetings "
ADDED: Final = "added"
"""What was said of a meeting in another file than its own: `meeting NLB-2026-03-12, added, item 9, decision 1`."""
_LIMIT: Final = 170
"""Of a label's 200 characters: the rest is for what is said of an act, such as `correction of `."""
_GATHERING_LIMIT: Final = 120
_DIGEST: Final = 16


def gathering(kind: str, *names: str) -> str:
    """The place of a meeting, or of what was decided between meetings: what the places of all its acts begin with."""
    return _bounded(kind + " ".join(name for name in names if name), _GATHERING_LIMIT)


def place_of(*parts: str) -> str:
    """The place of an act within a gathering."""
    return _bounded(", ".join(part for part in parts if part), _LIMIT)


def group_of(place: str) -> str:
    """What all places of one gathering have in common, and few others: by it they are looked up."""
    return place.partition(", ")[0]


def is_act(place: str) -> bool:
    """Whether a `source.place` is the place of an act."""
    return place.startswith((MEETING, BETWEEN))


def correction_of(place: str) -> str:
    """The `source.place` of what changes the record of an act: no act itself."""
    return f"correction of {place}"


def _bounded(place: str, limit: int) -> str:
    """A place of whatever length, as a label: what is too long ends with its digest."""
    if len(place) <= limit:
        return place
    return f"{place[: limit - _DIGEST - 4]}... {sha256(place.encode()).hexdigest()[:_DIGEST]}"
