"""What was given to a body or an organisation, and what it gave: every delegation, as it stands on a day, as known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Final

from decisionlog.checks.world.rows import RowsWorld
from decisionlog.domain.answers.powers import ActsFor, Power, Powers
from decisionlog.domain.authority.giving import gave_beside
from decisionlog.domain.authority.parties import organisations_of
from decisionlog.domain.authority.standing import standing
from decisionlog.domain.authority.world import Grant, Seat
from decisionlog.domain.references import split
from decisionlog.projections.authority.lookups import Lookups
from decisionlog.questions.accountable.wording import Wording
from decisionlog.questions.delegations import terms
from decisionlog.questions.finding_things import find_thing, mentioned_in, names_of
from decisionlog.questions.particulars.of_authority import remarks
from decisionlog.questions.point import Asked, settle
from decisionlog.questions.telling import text_of
from decisionlog.questions.viewing import Viewing
from decisionlog.store.catch_up import ReadModels
from decisionlog.store.log import Log
from decisionlog.store.pieces import streams_not_over

_OF_WHOM: Final = ("delegator", "delegates", "on_behalf_of")


def powers(log: Log, models: ReadModels, ref: str, asked: Asked, now: datetime) -> Powers:
    """The delegations to and from a body or an organisation. Raises `NotFound`.

    An organisation acts through its posts and its bodies: what it has of others and what others have of it is told apart
    from what is given within it.
    """
    point = settle(log, asked, now)
    stream = find_thing(log, models, ref, ("body", "organisation"))
    with models.reading() as rows:
        asking = _Asking(Viewing(log, rows, point), stream)
        acting = tuple(asking.acts_for())
        to_it, by_it, within = asking.sorted_out()
        mentioned = mentioned_in((acting, to_it, by_it, within)) | {stream}
        names = names_of(log, rows, (one for one in mentioned if split(one)[0]), point.as_of)
    return Powers(point.basis, stream, acting, to_it, by_it, names, within)


def parties_of(viewing: Viewing, stream: str) -> Iterator[str]:
    """Through whom a body or an organisation acts: itself; of an organisation also its posts, its bodies and those below."""
    yield stream
    if split(stream)[0] != "organisation":
        return
    narrowed = {"kind": "post", "word": "organisation"}
    yield from streams_not_over(viewing.rows, Lookups, [stream], narrowed, viewing.point.as_of)
    found: dict[str, None] = {}
    waiting = [stream]
    while waiting:
        below = [seat.body for seat in viewing.world.bodies_of(waiting.pop()) if seat.body not in found]
        found |= dict.fromkeys(below)
        waiting += below
    yield from found


class _Asking:
    """One party at one point, and the delegations that it has to do with."""

    def __init__(self, viewing: Viewing, stream: str) -> None:
        self._viewing = viewing
        self._world: RowsWorld = viewing.world
        self._stream = stream
        self._parties = frozenset(parties_of(viewing, stream))

    def acts_for(self) -> Iterator[ActsFor]:
        """Of a body: its parents, and for which functions it acts for each."""
        seats: Iterable[Seat] = self._world.parents_of(self._stream) if split(self._stream)[0] == "body" else ()
        for seat in seats:
            yield ActsFor(
                parent=seat.parent,
                functions=seat.functions,
                legal_basis=seat.legal_basis,
                instrument=seat.instrument,
                by_decision=seat.by_decision,
                since=seat.since,
                until=seat.until,
                evidence=seat.evidence,
            )

    def sorted_out(self) -> tuple[tuple[Power, ...], tuple[Power, ...], tuple[Power, ...]]:
        """What it has, what it gave, and what was given within it."""
        found = self._viewing.concerned("delegation", sorted(self._parties), *_OF_WHOM)
        every = sorted((self._power(grant) for grant in self._world.grants(found)), key=_in_force_first)
        if split(self._stream)[0] == "body":
            to_it = tuple(one for one in every if self._stream in one.delegates)
            return to_it, tuple(one for one in every if one.delegator == self._stream), ()
        itself = (self._stream,)
        within = tuple(one for one in every if one.on_behalf_of == one.exercised_for == itself)
        rest = [one for one in every if not one.on_behalf_of == one.exercised_for == itself]
        to_it = tuple(one for one in rest if self._has(one) and one.on_behalf_of != itself)
        return to_it, tuple(one for one in rest if self._stream in one.on_behalf_of), within

    def _has(self, power: Power) -> bool:
        return not self._parties.isdisjoint(power.delegates)

    def _power(self, grant: Grant) -> Power:
        viewing, stood = self._viewing, standing(self._world, grant)
        written = Wording(viewing, self._world, grant.functions).of_delegation(grant.reference)
        data, _ = terms(viewing.of(grant.reference), viewing.point.basis.as_at, viewing.log.zone)
        giver = [grant.delegator] if grant.delegator else []
        return Power(
            delegation=grant.reference,
            delegator=grant.delegator,
            delegates=grant.delegates,
            jointly=grant.jointly,
            on_behalf_of=grant.on_behalf_of or self._organisations(giver),
            exercised_for=self._organisations(grant.delegates),
            kind=grant.kind,
            functions=grant.functions,
            matters=grant.matters,
            places=grant.places,
            words=text_of(data.get("words")),
            includes=written.includes,
            excludes=written.excludes,
            reserved=written.reserved,
            limits=grant.limits,
            legal_basis=grant.legal_basis,
            instrument=grant.instrument,
            clause=grant.clause,
            reporting=grant.reporting,
            since=grant.since,
            until=grant.until,
            review_by=grant.review_by,
            review_is_over=stood.state == "in force" and viewing.is_past(grant.review_by),
            state=stood.state,
            state_on=stood.on,
            possible=stood.possible,
            remarks=tuple(remarks(grant, stood)),
            evidence=stood.evidence,
            givers=(*giver, *gave_beside(self._world, grant)),
        )

    def _organisations(self, parties: Iterable[str]) -> tuple[str, ...]:
        found = (one for party in parties for one in organisations_of(self._world, party))
        return tuple(dict.fromkeys(found))


def _in_force_first(power: Power) -> tuple[bool, str]:
    return not power.in_force, power.since
