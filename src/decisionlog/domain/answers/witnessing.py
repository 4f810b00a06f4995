"""What is answered about witnesses: how far a log has been witnessed, and what a witness has seen."""

from __future__ import annotations

from msgspec import Struct


class WitnessStanding(Struct, frozen=True):
    """A witness of the policy: the largest checkpoint that it cosigned, and when, by its own word."""

    name: str
    """What the policy calls it."""
    key: str
    url: str | None
    size: int
    """0, where it cosigned none."""
    at: str


class Witnessing(Struct, frozen=True):
    """How far a log is recorded, checkpointed and witnessed."""

    recorded: int
    checkpointed: int = 0
    checkpointed_until: str = ""
    """When the last fact of that checkpoint was recorded."""
    policy: str = ""
    """The file that says which witnesses there are; empty, where none is set."""
    quorum: str = ""
    """How many of whom must have cosigned, in words."""
    witnessed: int = 0
    """The size of the largest checkpoint that the quorum cosigned."""
    witnessed_at: str = ""
    by: tuple[str, ...] = ()
    quorum_met: bool = False
    """Whether the quorum cosigned the last checkpoint."""
    witnesses: tuple[WitnessStanding, ...] = ()
    waiting_since: str = ""
    """When the first fact was recorded that is not witnessed; empty, where all are."""
    overdue: bool = False
    """Whether it waits longer than it may."""
    wrong: tuple[str, ...] = ()
    """What cannot be true of a sound log and honest witnesses."""


class LogSeen(Struct, frozen=True):
    """A log that a witness looks after, and the last checkpoint of it that was cosigned."""

    origin: str
    keys: tuple[str, ...]
    size: int
    root: str
    at: str
    """Empty, before the first."""


class WitnessShown(Struct, frozen=True):
    """What `witness show`, `witness init` and `witness trust` answer."""

    folder: str
    key: str
    """The witness's verifier key, which others may know."""
    logs: tuple[LogSeen, ...]
    evidence: tuple[str, ...]
    """Files with signed checkpoints that did not continue what was cosigned."""


class CheckpointCosigned(Struct, frozen=True):
    """What `witness cosign` answers."""

    witness: str
    before: LogSeen
    after: LogSeen
    file: str
    note: str
    """The checkpoint with the cosignature: what is sent back."""
    again: bool = False
    """Whether this very checkpoint was cosigned before."""


class CosignerNamed(Struct, frozen=True):
    """A witness by its key, and when it cosigned."""

    key: str
    at: str


class CosignaturesTaken(Struct, frozen=True):
    """What became of the signatures in one file."""

    file: str
    size: int
    added: tuple[CosignerNamed, ...]
    already: tuple[CosignerNamed, ...]
    false: tuple[str, ...]
    unknown: tuple[str, ...]


class CosignaturesAdded(Struct, frozen=True):
    """What `witness add` answers."""

    items: tuple[CosignaturesTaken, ...]


class WitnessAsked(Struct, frozen=True):
    """What one witness answered: `cosigned`, `declined`, `unreachable` or `no-address`, and what it means."""

    name: str
    url: str | None
    outcome: str
    sentence: str
    at: str = ""
    alarming: bool = False
    """Whether it says that the log or the witness may have lied."""


class WitnessesAsked(Struct, frozen=True):
    """What `witness send` answers."""

    size: int
    items: tuple[WitnessAsked, ...]
    standing: Witnessing
