"""Which terms of reference a body worked under."""

from __future__ import annotations

from decisionlog.checks.record import Act, Record
from decisionlog.domain.facts.body import BodyTermsAdopted


def terms_of(record: Record, body: str, moment: int) -> Act[BodyTermsAdopted] | None:
    """The terms of a body that were in force at a moment; none, where none are recorded by then."""
    begun = [one for one in record.of(body).all(BodyTermsAdopted) if record.effect(one) <= moment]
    in_order = sorted(begun, key=record.effect)  # of one day, those adopted last
    return in_order[-1] if in_order else None
