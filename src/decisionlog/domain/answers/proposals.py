"""Where one proposal stands, for its page in the register: in words, by partner, and whose move it is."""

from __future__ import annotations

from msgspec import Struct

from decisionlog.domain.answers.basis import Basis
from decisionlog.domain.answers.deciding import DisagreementShown, PositionTaken
from decisionlog.domain.answers.telling import Line, Section


class DisagreementStands(Struct, frozen=True):
    """A disagreement about a proposal, how far up it has gone, and whose move it is."""

    shown: DisagreementShown
    is_open: bool
    rung: int
    """0: not recorded."""
    moves: tuple[str, ...]
    """Whose move it is, while it is open; empty where that is not recorded."""
    respond_by: str


class ProposalStands(Struct, frozen=True):
    """How a proposal stood at a point of both times."""

    basis: Basis
    version: str
    """The version that is current; empty where it has no number."""
    stands: tuple[Line, ...]
    """Where it stands, in sentences."""
    moves: tuple[Line, ...]
    """Whose move it is; empty where it is nobody's, or nobody recorded whose."""
    is_pending: bool
    """It waits for a decision."""
    positions: tuple[PositionTaken, ...]
    """The positions that hold first."""
    silent: tuple[str, ...]
    """Partners named by it of whom no position is recorded."""
    disagreements: tuple[DisagreementStands, ...]
    say: tuple[Line, ...]
    """How and when one can have a say, or could, as far as it is recorded."""
    before: tuple[Line, ...]
    """Where it is pending: who is to decide it, or has it before them, and when they meet next."""
    contact: str
    """To whom readers of the register write; empty, where nobody is named."""
    sections: tuple[Section, ...]
    """What it asks, its versions, where it has been."""
