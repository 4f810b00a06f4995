"""Positions: where each partner stands on a proposal, what was asked of whom, and where it was listed. Row, fold, queries.

Each row is one position, sign-off request, listing, referral or deferral, with the version that was then current.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import tzinfo
from typing import Any, NamedTuple

from sqlalchemy import Connection

from decisionlog.domain.days import OPEN_END, Span
from decisionlog.domain.facts.envelope import Fact
from decisionlog.domain.facts.proposal import ProposalPositionTaken
from decisionlog.domain.known import AsOf, Reading
from decisionlog.domain.positions import replaced_by, replacing
from decisionlog.store.bitemporal import Holding
from decisionlog.store.histories import Held, Histories, among, packed, succession, when

_KINDS = {
    "proposal.position_taken": "position",
    "proposal.sign_off_requested": "request",
    "proposal.listed": "listing",
    "proposal.referred": "referral",
    "proposal.deferred": "deferral",
}
_ENDS = {"proposal.position_withdrawn": "withdrawn", "proposal.sign_off_request_withdrawn": "withdrawn"}
_GONE = {"proposal.withdrawn": "withdrawn", "proposal.superseded": "superseded", "proposal.lapsed": "lapsed"}


class Position(NamedTuple):
    """One thing that stood of a proposal."""

    what: str
    """`position`, `request`, `listing`, `referral` or `deferral`."""
    n: int
    """The version within the stream of the fact that says it."""
    who: str
    """Packed: the partners whose position it is; who was asked; to which body it was listed, or to whom referred."""
    by: str
    capacity: str
    stage: str
    position: str
    """In the controlled words."""
    version: str
    """The version signed, asked about or listed."""
    current_version: str
    """The version of the proposal that is current."""
    state: str
    """`current`, `replaced`, `withdrawn`, `answered`; of one whose proposal is no longer open, `closed`."""
    stale: str
    """`yes`: the proposal changed since, in a way that matters."""
    due: str
    meeting: str
    on: str
    asked_to: str
    stands_at: int
    """The position in the log of the fact that says it."""
    changed_at: int
    """Of the fact by which it came to stand as it does."""


class Positions(Histories):
    """Where the partners stand on every proposal."""

    name = "positions"
    version = 2
    kinds = frozenset({"proposal"})
    marks = frozenset({"proposal.submitted", "proposal.revised", *_KINDS, *_ENDS, *_GONE})
    row = Position

    @classmethod
    def holdings(cls, reading: Reading, zone: tzinfo) -> Iterable[Holding]:
        """Each thing that was said or asked, from when it stood so."""
        steps: dict[int, list[tuple[Span, Any]]] = {}
        standing: dict[int, Position] = {}
        version, at, struck = "", Span(0, 0), replacing(reading.retracted)
        for fact in reading.facts:
            at = when(fact, zone)
            if fact.type in {"proposal.submitted", "proposal.revised"}:
                version = getattr(fact.data, "version", None) or ("" if fact.type == "proposal.revised" else version)
            before = dict(standing)
            _put(standing, replaced_by(fact, struck), fact, "replaced")
            _change(standing, fact, version)
            for n, position in standing.items():
                if before.get(n) != position:
                    steps.setdefault(n, []).append((at, position))
        return [holding for each in steps.values() for holding in succession(each)]

    @classmethod
    def added(cls, fact: Fact, standing: Iterable[Holding], zone: tzinfo) -> Holding | None:
        """A position that neither replaces another nor answers a request stands beside the others."""
        data = fact.data
        if not isinstance(data, ProposalPositionTaken) or data.replaces or data.answers:
            return None
        stands: list[Any] = [holding.values for holding in standing if holding.valid_until == OPEN_END]
        if not stands or any(one.what == "request" and one.state == "current" for one in stands):
            return None
        at = when(fact, zone)
        return Holding(at.earliest, at.certain, OPEN_END, _said(fact, stands[0].current_version))


def positions(rows: Connection, proposals: Iterable[str], point: AsOf) -> list[Held]:
    """What stood of these proposals."""
    return among(rows, Positions, proposals, point)


def _change(standing: dict[int, Position], fact: Fact, version: str) -> None:
    """Take one fact into what stands of a proposal."""
    if fact.type in {"proposal.submitted", "proposal.revised"}:
        _revise(standing, fact, version)
    elif fact.type in _KINDS:
        _close_answered(standing, fact)
        standing[fact.n] = _said(fact, version)
    elif fact.type in _ENDS:
        named = fact.of.n if fact.of and fact.of.stream == fact.stream else 0
        _put(standing, [named], fact, _ENDS[fact.type])
    elif fact.type in _GONE and getattr(fact.data, "wholly", None) is not False:
        _put(standing, [n for n, one in standing.items() if one.state == "current"], fact, "closed")


def _revise(standing: dict[int, Position], fact: Fact, version: str) -> None:
    """A new version: what is not immaterial makes earlier positions stale, and brings back what had been closed."""
    matters = fact.type == "proposal.revised" and getattr(fact.data, "material", None) is not False
    for n, one in standing.items():
        stale = one.what == "position" and matters and not (version and one.version == version)
        back = fact.type == "proposal.revised" and one.state == "closed"
        standing[n] = one._replace(
            current_version=version,
            stale="yes" if stale or (one.stale and one.version != version) else "",
            state="current" if back else one.state,
            changed_at=fact.position if stale or back else one.changed_at,
        )


def _close_answered(standing: dict[int, Position], fact: Fact) -> None:
    """A position answers the request that it names, or those of the same partner, capacity and stage."""
    if not isinstance(fact.data, ProposalPositionTaken):
        return
    data = fact.data
    answered = {data.answers.n} if data.answers and data.answers.stream == fact.stream else set()
    speakers = {*(data.on_behalf_of or ()), *filter(None, [data.by])}
    for n, one in standing.items():
        if one.what != "request" or one.state != "current":
            continue
        fits = one.capacity in {"", data.capacity or ""} and one.stage in {"", data.stage or ""}
        if n in answered or (not answered and fits and _is_of(one, speakers)):
            standing[n] = one._replace(state="answered", changed_at=fact.position)


def _is_of(one: Position, speakers: set[str]) -> bool:
    return any(f'"{speaker}"' in one.who for speaker in speakers)


def _put(standing: dict[int, Position], versions: Iterable[int], fact: Fact, state: str) -> None:
    for n in versions:
        if n in standing and standing[n].state == "current":
            standing[n] = standing[n]._replace(state=state, changed_at=fact.position)


def _said(fact: Fact, version: str) -> Position:
    data: Any = fact.data
    signed = getattr(data, "version", None) or ""
    return Position(
        what=_KINDS[fact.type],
        n=fact.n,
        who=packed(list(_who(data))),
        by=getattr(data, "by", None) or "",
        capacity=getattr(data, "capacity", None) or "",
        stage=getattr(data, "stage", None) or "",
        position=getattr(data, "position", None) or "",
        version=signed,
        current_version=version,
        state="current",
        stale="yes" if fact.type == "proposal.position_taken" and signed and version and signed != version else "",
        due=getattr(data, "due", None) or getattr(data, "for_when", None) or "",
        meeting=getattr(data, "meeting", None) or "",
        on=fact.on or "",
        asked_to=getattr(data, "asked_to", None) or "",
        stands_at=fact.position,
        changed_at=fact.position,
    )


def _who(data: Any) -> Iterator[str]:
    if isinstance(data, ProposalPositionTaken):
        yield from data.on_behalf_of or ()
        return
    for name in ("asked", "body", "to"):
        if value := getattr(data, name, None):
            yield value
