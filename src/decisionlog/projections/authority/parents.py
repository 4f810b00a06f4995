"""Parents: whose functions a body exercises, which of them, by whose decision, from when to when. Row and fold."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import tzinfo
from typing import Any, NamedTuple

from msgspec import Struct, field

from decisionlog.domain.days import Span
from decisionlog.domain.facts.body import Parent
from decisionlog.domain.facts.envelope import Fact
from decisionlog.domain.known import Reading
from decisionlog.store.bitemporal import Holding
from decisionlog.store.histories import Histories, moment_of, packed
from decisionlog.store.lives import NEVER, by_effect, effect_said, lasting, proof, soonest

_OPENING = frozenset({"body.constituted", "body.reconstituted"})


class ParentOf(NamedTuple):
    """One parent of a body, in which the body is one seat of its making."""

    parent: str
    functions: str
    """Packed; empty where it is not recorded for which."""
    legal_basis: str
    instrument: str
    clause: str
    by_decision: str
    since: str
    until: str
    evidence: str


class Parents(Histories):
    """Every entry of a parent; it says nothing of whether the body is still there."""

    name = "parents"
    version = 1
    kinds = frozenset({"body"})
    marks = frozenset({*_OPENING, "body.parents_changed"})
    row = ParentOf
    indexes = (("parent",),)

    @classmethod
    def holdings(cls, reading: Reading, zone: tzinfo) -> Iterable[Holding]:
        """From the first day of each entry to its own end, to when the parent left, or to when all were set anew."""
        entries: list[_Entry] = []
        for at, fact in by_effect((fact for fact in reading.facts if fact.type in cls.marks), zone):
            data: Any = fact.data
            joining = getattr(data, "parents", None) if fact.type in _OPENING else getattr(data, "parents_joined", None)
            leaving = getattr(data, "parents_left", None) or ()
            for entry in entries:
                if entry.parent.parent in leaving or (fact.type in _OPENING and joining is not None):
                    entry.ends.append((at, fact))
            entries += [_Entry(parent, fact, at) for parent in joining or ()]
        for entry in entries:
            yield from entry.held(reading, zone)


class _Entry(Struct):
    parent: Parent
    fact: Fact
    at: Span
    ends: list[tuple[Span, Fact]] = field(default_factory=list)

    def held(self, reading: Reading, zone: tzinfo) -> Iterable[Holding]:
        begins = moment_of(self.parent.from_, zone) or self.at
        ends = soonest([moment_of(self.parent.until, zone) or NEVER, *(at for at, _ in self.ends)])
        ended = next((fact for at, fact in self.ends if at.certain == ends.certain), None)
        return lasting(begins, ends, self._values(ended, reading))

    def _values(self, ended: Fact | None, reading: Reading) -> ParentOf:
        return ParentOf(
            parent=self.parent.parent,
            functions=packed(self.parent.functions),
            legal_basis=self.parent.legal_basis or "",
            instrument=self.parent.instrument or "",
            clause=self.parent.clause or "",
            by_decision=self.parent.by_decision or "",
            since=self.parent.from_ or effect_said(self.fact),
            until=effect_said(ended) if ended else self.parent.until or "",
            evidence=packed(proof(reading, [self.fact, ended])),
        )
