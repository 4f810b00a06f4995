"""What the `keys` commands answer."""

from __future__ import annotations

from msgspec import Struct

from decisionlog.domain.answers.basis import Basis


class KeyShown(Struct, frozen=True):
    """One key: who holds it, what it lets them do, and how long. Never its secret."""

    id: str
    name: str
    account: str
    scopes: tuple[str, ...]
    bodies: tuple[str, ...] | None
    """Only in matters of these bodies; none: in all."""
    state: str
    """`active`, `expired`, `revoked`, `not begun`; `not granted` where no fact says what it may do."""
    expires: str
    made_at: str
    last_used: str
    """Empty, where it never was."""
    evidence: tuple[int, ...] = ()


class Keys(Struct, frozen=True):
    """Every key of a log's store."""

    basis: Basis
    items: tuple[KeyShown, ...]
