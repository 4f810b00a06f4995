"""Rows of authority as the plain shapes of `domain.authority.world`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import groupby
from typing import Any

import orjson

from decisionlog.domain.authority import world
from decisionlog.store.histories import unpacked
from decisionlog.store.pieces import Piece


def positions(packed_evidence: str) -> tuple[int, ...]:
    """The positions of facts that a row rests on."""
    return tuple(orjson.loads(packed_evidence))


def duty(piece: Piece, moment: int) -> world.Duty:
    """A duty in force."""
    row = piece.values
    return world.Duty(
        **_held(piece, moment),
        function=piece.stream,
        n=row.n,
        holder=row.holder,
        places=listed(row.places),
        legal_basis=row.legal_basis,
        instrument=row.instrument,
        clause=row.clause,
        must_consult=listed(row.must_consult),
        placed_at=row.placed_at,
    )


def successions(shares: Iterable[Piece], moment: int) -> list[world.Succession]:
    """Successions, each of its shares, in the order of effect."""
    ordered = sorted(shares, key=lambda one: (one.values.at, one.first_position, one.values.share))
    grouped = groupby(ordered, key=lambda one: (one.stream, one.first_position))
    return [_succession(list(each), moment) for _, each in grouped]


def _succession(shares: Sequence[Piece], moment: int) -> world.Succession:
    first = shares[0]
    row = first.values
    return world.Succession(
        **_held(first, moment),
        organisation=first.stream,
        shares=tuple(
            world.Share(
                one.values.successor, bool(one.values.whole), listed(one.values.places), listed(one.values.functions)
            )
            for one in shares
        ),
        ends=bool(row.ends),
        legal_basis=row.legal_basis,
        instrument=row.instrument,
        clause=row.clause,
        continuity=row.continuity,
        liabilities=row.liabilities,
        at=row.at,
    )


def relation(piece: Piece, moment: int) -> world.Relation:
    """A relation of an organisation."""
    row = piece.values
    return world.Relation(
        **_held(piece, moment),
        organisation=piece.stream,
        relation=row.relation,
        to=row.to,
        functions=listed(row.functions),
        places=listed(row.places),
        legal_basis=row.legal_basis,
    )


def party(piece: Piece, moment: int) -> world.Party:
    """An organisation, a body or a post; what is not recorded of it is taken to exist."""
    row = piece.values
    recorded = bool(row.recorded)
    person = getattr(row, "legal_person", "")
    return world.Party(
        **_held(piece, moment),
        reference=piece.stream,
        recorded=recorded,
        exists=not recorded or row.state == "there",
        ended=recorded and row.state == "over",
        kind=getattr(row, "kind", ""),
        organisations=listed(getattr(row, "organisations", "")),
        places=listed(getattr(row, "places", "")),
        legal_person=person == "yes" if person else None,
    )


def person(reference: str, first_position: int) -> world.Party:
    """A person, of whom no beginning or end is asked."""
    return world.Party((first_position,), "", "", possible=False, reference=reference, recorded=True, exists=True)


def unrecorded(reference: str) -> world.Party:
    """What is not on the log; it may well exist."""
    return world.Party((), "", "", possible=False, reference=reference, recorded=False, exists=True)


def seat(piece: Piece, moment: int) -> world.Seat:
    """One parent of a body."""
    row = piece.values
    return world.Seat(
        **_held(piece, moment),
        body=piece.stream,
        parent=row.parent,
        functions=listed(row.functions) if row.functions else None,
        legal_basis=row.legal_basis,
        instrument=row.instrument,
        clause=row.clause,
        by_decision=row.by_decision,
    )


def terms(piece: Piece, moment: int) -> world.Terms:
    """The terms in force of a body."""
    row = piece.values
    return world.Terms(
        **_held(piece, moment),
        version=row.version,
        instrument=row.instrument,
        can=row.can,
        must_consult=listed(row.must_consult),
        reports_to=listed(row.reports_to),
        sign_off=listed(row.sign_off),
        reserved=None if row.reserved < 0 else row.reserved,
    )


def holder(piece: Piece, moment: int) -> world.Holder:
    """Somebody who holds a post or sits on a body; after the first moment at which that may have ended, possibly."""
    row = piece.values
    held = _held(piece, moment)
    return world.Holder(
        **{**held, "possible": held["possible"] or moment >= row.ends_from},
        member=row.member,
        role=row.role,
        on_behalf_of=listed(row.on_behalf_of),
        voting=row.voting == "yes" if row.voting else None,
        deputy_for=row.deputy_for,
        by_decision=row.by_decision,
    )


def instrument(piece: Piece, moment: int) -> world.Instrument:
    """An instrument, and why it is not in force."""
    row = piece.values
    recorded = bool(row.recorded)
    in_force = not recorded or row.state == "there"
    return world.Instrument(
        **_held(piece, moment),
        reference=piece.stream,
        recorded=recorded,
        in_force=in_force,
        why="" if in_force else "not yet adopted" if row.state == "to come" else row.ended,
        kind=row.kind,
        version=row.version,
        parties=listed(row.parties),
        functions=listed(row.functions),
        places=listed(row.places),
        review_by=row.review_by,
    )


def unrecorded_instrument(reference: str) -> world.Instrument:
    """An instrument that is not on the log."""
    return world.Instrument(
        evidence=(),
        since="",
        until="",
        possible=False,
        reference=reference,
        recorded=False,
        in_force=True,
        why="",
        kind="",
        version="",
        parties=(),
        functions=(),
        places=(),
        review_by="",
    )


def consent(piece: Piece, _: int) -> world.Consent:
    """A consent to pass a power on."""
    row = piece.values
    return world.Consent(row.who, listed(row.delegates), row.delegation, positions(row.evidence))


def continuation(piece: Piece, moment: int) -> world.Continuation:
    """By what a delegation outlived a succession."""
    row = piece.values
    return world.Continuation(
        **_held(piece, moment),
        delegator=row.delegator,
        delegates=listed(row.delegates),
        parties=listed(row.parties),
        legal_basis=row.legal_basis,
        instrument=row.instrument,
        clause=row.clause,
    )


def grant(
    piece: Piece,
    moment: int,
    consents: tuple[world.Consent, ...] = (),
    continuations: tuple[world.Continuation, ...] = (),
) -> world.Grant:
    """A delegation with its terms as they stand, and what stops it."""
    row = piece.values
    return world.Grant(
        **_held(piece, moment),
        reference=piece.stream,
        begun=bool(row.begun),
        granted_at=row.granted_at,
        delegator=row.delegator,
        on_behalf_of=listed(row.on_behalf_of),
        delegates=listed(row.delegates),
        jointly=row.exercise == "jointly",
        kind=row.kind,
        functions=listed(row.functions),
        scope=listed(row.scope),
        matters=listed(row.matters),
        places=listed(row.places),
        legal_basis=row.legal_basis,
        instrument=row.instrument,
        clause=row.clause,
        by_decision=row.by_decision,
        parent=row.parent,
        continues=listed(row.continues),
        exclusivity=row.exclusivity,
        limits=listed(row.limits) if row.limits else None,
        conditions=tuple(_condition(one) for one in unpacked(row.conditions)),
        must_consult=listed(row.must_consult),
        reserved=None if row.reserved < 0 else row.reserved,
        onward=row.onward,
        consent_of=listed(row.consent_of),
        holders=row.holders,
        reporting=listed(row.reporting),
        review_by=row.review_by,
        stops=tuple(_stop(one) for one in unpacked(row.stops)),
        consents=consents,
        continuations=continuations,
    )


def _condition(one: dict[str, Any]) -> world.ConditionOf:
    return world.ConditionOf(one["id"], one["kind"], one["state"], tuple(one["evidence"]))


def _stop(one: dict[str, Any]) -> world.Stop:
    return world.Stop(
        one["how"], one["on"], tuple(one["evidence"]), tuple(one["on_behalf_of"]), tuple(one["functions"])
    )


def fund(piece: Piece, moment: int) -> world.Fund:
    """A fund."""
    row = piece.values
    return world.Fund(
        **_held(piece, moment),
        reference=piece.stream,
        kind=row.kind,
        host=row.host,
        manager=row.manager,
        parties=listed(row.parties),
        functions=listed(row.functions),
        places=listed(row.places),
        reporting=listed(row.reporting),
    )


def promise(piece: Piece, moment: int, concerns: Iterable[Piece]) -> world.Promise:
    """An open action, with what it concerns."""
    row = piece.values
    named = [one.values for one in concerns]
    return world.Promise(
        evidence=tuple(dict.fromkeys([row.position, row.state_position])),
        since=row.on,
        until="",
        possible=piece.possible(moment),
        reference=piece.stream,
        organisation=row.organisation,
        owner=row.owner,
        to=row.to,
        functions=tuple(one.thing for one in named if one.field == "functions"),
        places=tuple(one.thing for one in named if one.field == "places"),
        due=row.due,
    )


def disputed(piece: Piece, _: int) -> world.Disputed:
    """A placing about which facts contradict each other."""
    return world.Disputed(piece.stream, listed(piece.values.places), positions(piece.values.evidence))


def _held(piece: Piece, moment: int) -> dict[str, Any]:
    row = piece.values
    return {
        "evidence": positions(row.evidence),
        "since": row.since,
        "until": getattr(row, "until", ""),
        "possible": piece.possible(moment),
    }


@lru_cache(maxsize=4096)
def listed(packed_list: str) -> tuple[Any, ...]:
    """A list that was packed; many rows hold the same one, which nobody changes."""
    return tuple(unpacked(packed_list)) if packed_list else ()
