"""Terms of reference: those in force of each body, by version. Row and fold."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import tzinfo
from itertools import pairwise
from typing import NamedTuple

from sqlalchemy import Connection

from decisionlog.domain.facts.body import BodyTermsAdopted
from decisionlog.domain.facts.envelope import Fact
from decisionlog.domain.known import AsOf, Reading
from decisionlog.store.bitemporal import Holding
from decisionlog.store.histories import Held, Histories, among, packed, parts
from decisionlog.store.lives import NEVER, by_effect, effect_said, proof


class Terms(NamedTuple):
    """One version; the stream is the body."""

    version: str
    instrument: str
    can: str
    must_consult: str
    reports_to: str
    sign_off: str
    by_decisions: str
    review_by: str
    reserved: int
    """How many matters are reserved; -1 where it is not recorded."""
    since: str
    until: str
    """From when the next are in force."""
    evidence: str


class TermsInForce(Histories):
    """The terms of every body; each hold whole until the next."""

    name = "terms"
    version = 2
    kinds = frozenset({"body"})
    marks = frozenset({"body.terms_adopted"})
    row = Terms

    @classmethod
    def holdings(cls, reading: Reading, zone: tzinfo) -> Iterable[Holding]:
        """Each from its effect to that of the next."""
        adopted = by_effect((fact for fact in reading.facts if isinstance(fact.data, BodyTermsAdopted)), zone)
        for (begins, fact), (ends, following) in pairwise([*adopted, (NEVER, None)]):
            if fact is not None:
                yield Holding(begins.earliest, begins.certain, ends.earliest, _terms(fact, following, reading))


def _terms(fact: Fact, following: Fact | None, reading: Reading) -> Terms:
    data = fact.data
    assert isinstance(data, BodyTermsAdopted)
    return Terms(
        version=data.version or "",
        instrument=data.instrument or "",
        can=data.can or "",
        must_consult=packed(data.must_consult),
        reports_to=packed(data.reports_to),
        sign_off=packed(parts(data.sign_off, "partner", "unanimous")),
        by_decisions=packed(data.by_decisions),
        review_by=data.review_by or "",
        reserved=-1 if data.reserved_matters is None else len(data.reserved_matters),
        since=effect_said(fact),
        until=effect_said(following) if following else "",
        evidence=packed(proof(reading, [fact])),
    )


def terms(rows: Connection, streams: Iterable[str], point: AsOf) -> list[Held]:
    """The terms in force of these bodies."""
    return among(rows, TermsInForce, streams, point)
