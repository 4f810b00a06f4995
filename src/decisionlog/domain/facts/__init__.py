"""The file format: every type of fact, a page for each kind of stream, in the order of its life.

Names of types are for ever. A type is `kind.what_happened`; its class is the same name in CamelCase.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from decisionlog.domain.facts import (
    access,
    action,
    body,
    condition,
    decision,
    delegation,
    disagreement,
    finding,
    function,
    fund,
    instrument,
    interest,
    log,
    meeting,
    organisation,
    person,
    place,
    post,
    proposal,
    record,
    row,
)
from decisionlog.domain.facts.envelope import Cited, Data, Envelope, Fact, Source, Unread

__all__ = ["ANY_STREAM", "KINDS", "OPENING", "TYPES", "Cited", "Data", "Envelope", "Fact", "Source", "Unread"]

_PAGES: Final = (
    organisation, place, function, person, post, body, instrument, delegation, fund, proposal, disagreement, meeting,
    decision, action, condition, record, finding, interest, access, log, row,
)  # fmt: skip

TYPES: Final[Mapping[str, type[Data]]] = MappingProxyType(
    {name: struct_type for page in _PAGES for name, struct_type in page.TYPES.items()}
)
"""Every type of fact by its name."""

OPENING: Final = frozenset({
    "organisation.registered", "place.defined", "function.catalogued", "person.registered", "post.established",
    "body.constituted", "instrument.adopted", "delegation.granted", "fund.established", "proposal.submitted",
    "disagreement.raised", "meeting.called", "meeting.held", "decision.taken", "action.assigned",
    "interest.registered", "dispensation.granted", "access.granted", "log.opened", "row.imported",
})  # fmt: skip
"""The types that open a stream. One of them may hold nothing but its `ref`: a stub, for what is only cited."""

ANY_STREAM: Final = frozenset({"condition", "record", "finding"})
"""First halves of the types that are written in the stream of what they are about."""

KINDS: Final = tuple(dict.fromkeys(name.partition(".")[0] for name in TYPES if name in OPENING))
"""Every kind of stream, in the order of the pages."""
