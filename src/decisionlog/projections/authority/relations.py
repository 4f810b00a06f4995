"""Relations: to whom an organisation is answerable, what it is part of, by whom it is hosted. Row and fold."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import tzinfo
from typing import NamedTuple

from decisionlog.domain.facts.envelope import Fact
from decisionlog.domain.facts.organisation import OrganisationRelated
from decisionlog.domain.known import Reading
from decisionlog.store.bitemporal import Holding
from decisionlog.store.histories import Histories, packed
from decisionlog.store.lives import begun_by, effect, effect_said, first_end, lasting, proof

_ENDS = "organisation.relation_ended"


class Relation(NamedTuple):
    """One relation; the stream is the organisation that has it."""

    relation: str
    to: str
    functions: str
    places: str
    legal_basis: str
    since: str
    until: str
    evidence: str


class Relations(Histories):
    """Every relation of an organisation."""

    name = "relations"
    version = 1
    kinds = frozenset({"organisation"})
    marks = frozenset({"organisation.related", _ENDS})
    row = Relation

    @classmethod
    def root(cls, fact: Fact) -> int:
        """Each relation is a part of its own, with what ended it."""
        return begun_by(fact, ("organisation.related",), (_ENDS,))

    @classmethod
    def holdings(cls, reading: Reading, zone: tzinfo) -> Iterable[Holding]:
        """From the first day of its effect to the first of its ends."""
        endings = [fact for fact in reading.facts if fact.type == _ENDS]
        for fact in reading.facts:
            if isinstance(fact.data, OrganisationRelated):
                ends, ended = first_end(fact, endings, zone)
                yield from lasting(effect(fact, zone), ends, _relation(fact, fact.data, ended, reading))


def _relation(fact: Fact, data: OrganisationRelated, ended: Fact | None, reading: Reading) -> Relation:
    return Relation(
        relation=data.relation or "",
        to=data.to or "",
        functions=packed(data.functions),
        places=packed(data.places),
        legal_basis=data.legal_basis or "",
        since=effect_said(fact),
        until=effect_said(ended) if ended else data.until or "",
        evidence=packed(proof(reading, [fact, ended])),
    )
