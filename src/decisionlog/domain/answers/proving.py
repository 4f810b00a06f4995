"""What `checkpoint`, `prove`, `verify` and `key` answer."""

from __future__ import annotations

from msgspec import Struct


class KeyShown(Struct, frozen=True):
    """A key that signs checkpoints: whose it is, where it lies, and the verifier key that others need."""

    origin: str
    place: str
    verifier_key: str
    made: bool = False


class KeyChanged(Struct, frozen=True):
    """What `key change` did: the key that signs from now on, the fact that says so, and the one before it."""

    origin: str
    place: str
    verifier_key: str
    """Empty, where nothing was changed (dry run)."""
    position: int
    previous: str
    """The verifier key that signed until now; empty where it is lost."""
    previous_place: str
    """Where the old key was moved to."""
    compromised: bool
    vouched: bool
    """The old key signed the checkpoint that covers the fact: who trusts it can see that it gave way to the new one."""
    dry_run: bool = False


class CheckpointShown(Struct, frozen=True):
    """A checkpoint: what it says, who signed it, and the signed note itself."""

    origin: str
    size: int
    root: str
    signed_by: str
    note: str
    kept_in: str
    again: bool = False
    """Nothing was recorded since the last one, which is given again."""
    request: str = ""
    """What asks a witness to cosign it, where that was wanted."""


class ProofShown(Struct, frozen=True):
    """A proof, as the text that other programs read, and what it proves."""

    what: str
    """`inclusion` or `consistency`."""
    origin: str
    size: int
    root: str
    proof: str
    position: int | None = None
    fact: str | None = None
    old_size: int | None = None
    others: tuple[int, ...] = ()
    """Positions of the other facts of the same thing."""


class Fault(Struct, frozen=True):
    """Something that is not as it must be: at a position, about a thing; none, where it is about no single fact."""

    sentence: str
    position: int | None = None
    about: str | None = None


class Verified(Struct, frozen=True):
    """What `verify` found."""

    what: str
    """`log`, `export`, `tiles`, `bundle`, `proof` or `checkpoint`."""
    place: str
    origin: str
    sound: bool
    size: int
    """How many facts there are; where something is wrong, how many from the first on are as they must be."""
    root: str
    signer: str
    """Whose signature on a checkpoint was checked; empty, where none was."""
    looked_at: tuple[str, ...]
    """What was looked at and found in order, a sentence each."""
    faults: tuple[Fault, ...] = ()
    notes: tuple[str, ...] = ()
    """What is no fault and should be known."""
    quorum_met: bool | None = None
    """Whether as many witnesses have cosigned as the policy asks for; none, where no policy was given."""
    lacking: tuple[str, ...] = ()
    """What the policy asks for and is not there, a sentence each: it may be sound all the same."""
