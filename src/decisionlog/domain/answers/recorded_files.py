"""What `record` answers: what became of each file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import Struct

if TYPE_CHECKING:
    from decisionlog.domain.saying import Said


class DecisionTold(Struct, frozen=True):
    """A decision of a file, in few words."""

    ref: str
    outcome: str
    decision_makers: tuple[str, ...]
    touched: bool = True
    """Whether recording the file adds or corrects it."""


class Allotted(Struct, frozen=True):
    """A reference that was allotted, because the file gives none."""

    ref: str
    kind: str
    place: str
    """Where in the file: its line and path."""


class Changed(Struct, frozen=True):
    """One field that the file gives otherwise than it was recorded; None on a side where it has no value."""

    place: str
    field: str
    was: Any
    now: Any
    corrected_in: int | None = None
    """The position at which it was corrected by hand since, where it was: the file would undo that."""
    said: Said = ()
    """The same in words."""


class FileRecorded(Struct, frozen=True):
    """One file: what it says, what of it is new, what differs from what was recorded, and what is no longer in it."""

    file: str
    gathering: str
    """The place of its meeting, or of what lies between meetings."""
    on: str
    meeting: str
    bodies: tuple[str, ...]
    decisions: tuple[DecisionTold, ...]
    allotted: tuple[Allotted, ...]
    added: tuple[str, ...]
    """The places of the acts that are new."""
    changed: tuple[Changed, ...]
    gone: tuple[str, ...]
    left: tuple[str, ...]
    """In the file, and retracted since: left as they are."""
    before: bool
    """Whether anything of this meeting was recorded before."""
    facts: int
    """How many facts recording it adds."""
    retractions: tuple[int, ...] = ()
    """Of what is left so, the positions of the retractions, in the same order."""
