"""What `agenda` answers: what awaits the next meeting of a body, section by section."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from msgspec import Struct

from decisionlog.domain.answers.basis import Basis
from decisionlog.domain.answers.checking import FindingTold

SECTIONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "minutes": "Minutes to confirm",
        "actions": "Matters arising",
        "proposals": "Proposals",
        "sign-offs": "Sign-offs missing or out of date",
        "disagreements": "Disagreements",
        "ratifications": "To be ratified",
        "conditions": "Conditions",
        "reports": "Reports due",
        "call-ins": "Call-in",
        "reviews": "Reviews due",
    }
)
"""The sections in the order in which they are read, each with its heading."""


class Awaiting(Struct, frozen=True):
    """One thing that awaits a body."""

    section: str
    stream: str
    ref: str
    title: str
    """What it is called or what it says; empty where it has none, `withheld` where that is not opened here."""
    state: str
    """How it stands, in words."""
    since: str
    """Since when it waits; empty: not recorded."""
    due: str
    overdue: bool
    who: tuple[str, ...]
    """Whose move it is; empty: not recorded."""
    evidence: tuple[int, ...]


class NextMeeting(Struct, frozen=True):
    """The next meeting that is called."""

    stream: str
    ref: str
    on: str
    evidence: tuple[int, ...]


class Agenda(Struct, frozen=True):
    """What `agenda` answers."""

    basis: Basis
    body: str
    next_meeting: NextMeeting | None
    items: tuple[Awaiting, ...]
    names: dict[str, str]
    notes: tuple[str, ...]
    findings: tuple[FindingTold, ...] = ()
    """What does not add up about what it does, and nobody answered yet."""
