"""Of delegations from whom to whom and how it stands, of instruments and terms when they are to be looked at again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from decisionlog.checks.world.rows import RowsWorld
from decisionlog.domain.answers.things import Particulars
from decisionlog.domain.authority.standing import IN_FORCE, NOT_CONTINUED, NOT_KNOWN, Standing, standing
from decisionlog.domain.authority.world import Continuation, Grant, Stop
from decisionlog.domain.saying import Day, Named, Said
from decisionlog.projections import seats
from decisionlog.projections.authority import instruments, terms
from decisionlog.projections.authority.bodies import Bodies
from decisionlog.projections.authority.organisations import Organisations
from decisionlog.projections.authority.parents import Parents
from decisionlog.questions.particulars.asking import Asking, all_of, given
from decisionlog.store.histories import unpacked
from decisionlog.store.pieces import pieces_at


def of_delegations(asking: Asking) -> Iterator[tuple[str, Particulars]]:
    """From whom to whom, for whom, whether it is in force, and what of it is stopped."""
    world = RowsWorld(asking.rows, asking.point)
    for grant in world.grants(asking.streams):
        delegates, bound = list(grant.delegates), list(grant.on_behalf_of)
        stood = standing(world, grant)
        said: list[Said] = []
        if grant.delegator or delegates:
            giver: Said = ("from ", Named(grant.delegator)) if grant.delegator else ("from whom is not recorded",)
            said.append((*giver, *(part for each in all_of(delegates, " to ") for part in each)))
        said += all_of(bound, "for ")
        said += remarks(grant, stood)
        yield (
            grant.reference,
            Particulars(
                state=stood.state,
                state_on=stood.on,
                due=grant.review_by if stood.state not in _OVER else "",
                more=given(
                    delegator=grant.delegator,
                    delegates=delegates,
                    on_behalf_of=bound,
                    functions=list(grant.functions),
                    places=list(grant.places),
                    review_by=grant.review_by,
                ),
                said=tuple(said),
                evidence=stood.evidence,
            ),
        )


def remarks(grant: Grant, stood: Standing) -> list[Said]:
    """By what it was continued, what of it is stopped, and that nothing says whether it goes on."""
    said = [_continued(one) for one in grant.continuations[-1:] if stood.state == IN_FORCE]
    said += [_in_part(stop) for stop in stood.in_part]
    return [*said, *([("nothing says that it outlived whoever gave it",)] if stood.state == NOT_KNOWN else [])]


_OVER: Final = frozenset({"revoked", "lapsed", "ended", "carried into others", NOT_CONTINUED})
"""How a delegation stands that is in force no more."""


def _continued(one: Continuation) -> Said:
    by: Said = (" by ", Named(one.delegator)) if one.delegator else ()
    parties = [part for each in all_of(one.parties, " for ") for part in each]
    return ("continued", *by, *parties, *((" from ", Day(one.since)) if one.since else ()))


def _in_part(stop: Stop) -> Said:
    what: Said = (f"{stop.how} ", Day(stop.on)) if stop.on else (stop.how,)
    for who in all_of(stop.on_behalf_of, " for "):
        what = (*what, *who)
    for function in all_of(stop.functions, " as to "):
        what = (*what, *function)
    return what


def of_instruments(asking: Asking) -> Iterator[tuple[str, Particulars]]:
    """Whose it is, and when it is to be reviewed."""
    for one in instruments.instruments(asking.rows, asking.streams, asking.point):
        held = one.values
        parties = list(unpacked(held.parties))
        said: list[Said] = all_of(parties, "between " if len(parties) > 1 else "of ")
        in_force = held.state == "there"
        said += [("to be reviewed by ", Day(held.review_by))] if held.review_by and in_force else []
        yield (
            one.stream,
            Particulars(
                due=held.review_by if in_force else "",
                more=given(kind=held.kind, parties=parties, review_by=held.review_by),
                said=tuple(said),
            ),
        )


_LEADING: Final = frozenset({"chair", "joint-chair"})


def of_bodies(asking: Asking) -> Iterator[tuple[str, Particulars]]:
    """Of what kind it is and whose, who leads it, what it can do by its terms in force, and when these are to be reviewed."""
    in_force = {one.stream: one.values for one in terms.terms(asking.rows, asking.streams, asking.point)}
    known = {one.stream: one.values for one in pieces_at(asking.rows, Bodies, asking.streams, {}, asking.point)}
    whose: dict[str, list[str]] = {}
    for one in pieces_at(asking.rows, Parents, asking.streams, {}, asking.point):
        whose.setdefault(one.stream, []).append(one.values.parent)
    led_by: dict[str, list[str]] = {}
    for sitting in seats.on(asking.rows, asking.streams, asking.point):
        if sitting.values.role in _LEADING:
            led_by.setdefault(sitting.stream, []).append(sitting.values.member)
    for stream in asking.streams:
        held = in_force.get(stream)
        review_by = held.review_by if held else ""
        parents = list(dict.fromkeys(whose.get(stream, ())))
        yield (
            stream,
            Particulars(
                due=review_by,
                more=given(
                    kind=known[stream].kind if stream in known else "",
                    is_over=stream in known and known[stream].state == "over",
                    parents=parents,
                    led_by=led_by.get(stream, []),
                    terms_version=held.version if held else "",
                    can=held.can if held else "",
                    review_by=review_by,
                ),
                said=(("terms to be reviewed by ", Day(review_by)),) if review_by else (),
            ),
        )


def of_organisations(asking: Asking) -> Iterator[tuple[str, Particulars]]:
    """Of what kind it is, and whether it is no more."""
    for one in pieces_at(asking.rows, Organisations, asking.streams, {}, asking.point):
        yield one.stream, Particulars(more=given(kind=one.values.kind, is_over=one.values.state == "over"))
