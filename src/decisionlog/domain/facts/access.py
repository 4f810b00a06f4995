"""The software's own permissions: who may read, record or administer this log."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import field

from decisionlog.domain.facts.envelope import Data
from decisionlog.domain.values import BodyRef, Bound, DecisionRef, Label, PersonRef, Sealed, When
from decisionlog.domain.vocabulary import Permission


class AccessGranted(Data):
    """A role or a person's key, as `recorded_by` writes it, may do something in this log; `bodies` narrows it."""

    ref: Label | None = None
    issuer: Bound | None = None
    account: Label | None = None
    person: PersonRef | None = None
    permissions: tuple[Permission, ...] | None = None
    bodies: tuple[BodyRef, ...] | None = None
    by_decision: DecisionRef | None = None
    from_: When | None = field(default=None, name="from")
    until: When | None = None
    reason: Sealed | None = None


class AccessRevoked(Data):
    """A permission was taken back."""

    by_decision: DecisionRef | None = None
    from_: When | None = field(default=None, name="from")
    reason: Sealed | None = None


TYPES: Mapping[str, type[Data]] = {
    "access.granted": AccessGranted,
    "access.revoked": AccessRevoked,
}
