"""People: an opaque key each. Whatever names a person is sealed, so that it can be erased without breaking a proof."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import field

from decisionlog.domain.facts.envelope import Cited, Data
from decisionlog.domain.facts.parts import By, Document
from decisionlog.domain.values import Bound, Code, DecisionRef, Label, OrganisationRef, Sealed, SealedLine, When


class PersonRegistered(Data):
    """A person became known to the log, under an opaque key."""

    ref: Label | None = None
    issuer: Bound | None = None
    name: SealedLine | None = None
    aliases: tuple[SealedLine, ...] | None = None
    words: Sealed | None = None


class PersonRenamed(Data):
    """The person goes by another name. What they did stays theirs."""

    name: SealedLine
    aliases: tuple[SealedLine, ...] | None = None
    from_: When | None = field(default=None, name="from")
    reason: Sealed | None = None


class PersonAffiliated(Data):
    """For whom the person works from then on: all of their employers, until the next such fact. [] = none."""

    employers: tuple[OrganisationRef, ...] | None = None
    capacity: Label | None = None
    from_: When | None = field(default=None, name="from")
    until: When | None = None
    words: Sealed | None = None
    documents: tuple[Document, ...] | None = None


class PersonErased(Data):
    """What names the person was emptied from the vault, on request or when its time was up (UK GDPR art 17).

    `facts` lists the facts whose sealed values went; their commitments, and every proof, remain. `by_decision` is the
    disposal decision that it rests on.
    """

    facts: tuple[Cited, ...] | None = None
    by_decision: DecisionRef | None = None
    legal_basis: Code | None = None
    reason: Sealed | None = None
    on_authority: By | None = None
    documents: tuple[Document, ...] | None = None


TYPES: Mapping[str, type[Data]] = {
    "person.registered": PersonRegistered,
    "person.renamed": PersonRenamed,
    "person.affiliated": PersonAffiliated,
    "person.erased": PersonErased,
}
