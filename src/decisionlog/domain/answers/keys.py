"""What the `keys` commands answer."""

from __future__ import annotations

from msgspec import Struct

from decisionlog.domain.answers.basis import Basis


class AccessKey(Struct, frozen=True):
    """One key: who holds it, what it lets them do, and how long. Never its secret."""

    id: str
    name: str
    account: str
    scopes: tuple[str, ...]
    bodies: tuple[str, ...] | None
    """Only in matters of these bodies; none: in all."""
    state: str
    """`active`, `expired`, `revoked`, `not begun`; `not granted` where no fact says what it may do."""
    last_day: str
    """The last day on which it holds, as it was granted."""
    made_at: str
    last_used: str
    """Empty, where it never was. It is written down once a minute at most."""
    evidence: tuple[int, ...] = ()


class AccessKeys(Struct, frozen=True):
    """Keys of a log's store: all of them, or one."""

    basis: Basis
    items: tuple[AccessKey, ...]
