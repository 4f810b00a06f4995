"""What an organisation has done in the partnership: what it signed, where it disagreed, what it owes to whom."""

from __future__ import annotations

from msgspec import Struct

from decisionlog.domain.answers.agenda import Awaiting
from decisionlog.domain.answers.basis import Basis
from decisionlog.domain.answers.deciding import DisagreementShown, PositionTaken
from decisionlog.domain.saying import Said


class Signed(Struct, frozen=True):
    """A position that it took on a proposal."""

    proposal: str
    position: PositionTaken
    state: str
    """How the proposal stands: `decided`, `submitted` ..."""
    came_of_it: tuple[Said, ...]
    """By which decisions it was disposed of."""

    @property
    def open_conditions(self) -> int:
        """How many of its conditions are neither met nor waived, while the position stands."""
        return sum(
            one.state not in {"discharged", "waived"} for one in self.position.condition_states if self.position.current
        )


class Dissent(Struct, frozen=True):
    """A disagreement that it raised, or that was raised for it."""

    about: tuple[str, ...]
    on: str
    shown: DisagreementShown
    stands: Said
    """How it ended, or whose move it is."""
    state_on: str
    is_open: bool


class Owed(Struct, frozen=True):
    """A report that it is to make, or a condition that falls to it."""

    to: str
    """The body that awaits it."""
    awaited: Awaiting


class Dealings(Struct, frozen=True):
    """What an organisation signed, where it disagreed, and what it owes."""

    basis: Basis
    asked: str
    signed: tuple[Signed, ...]
    """The latest first."""
    signed_earlier: int
    """How many earlier positions there are, beyond those that are shown."""
    dissents: tuple[Dissent, ...]
    """The latest first."""
    dissents_earlier: int
    owed: tuple[Owed, ...]
    names: dict[str, str]

    @property
    def evidence(self) -> tuple[int, ...]:
        """Every fact that the answer rests on."""
        found = {at for one in self.signed for at in one.position.evidence}
        found |= {at for one in self.dissents for at in one.shown.evidence}
        return tuple(sorted(found.union(*(one.awaited.evidence for one in self.owed))))
