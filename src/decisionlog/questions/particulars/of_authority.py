"""Of delegations from whom to whom and how it stands, of instruments and terms when they are to be looked at again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from decisionlog.domain.answers.things import Particulars
from decisionlog.domain.saying import Day, Named, Said
from decisionlog.projections.authority import delegations, instruments, terms
from decisionlog.projections.authority.delegations import Delegation
from decisionlog.questions.particulars.asking import Asking, all_of, given
from decisionlog.store.histories import unpacked


def of_delegations(asking: Asking) -> Iterator[tuple[str, Particulars]]:
    """From whom to whom, for whom, whether it is in force, and what of it is stopped."""
    for one in delegations.delegations(asking.rows, asking.streams, asking.point):
        grant = one.values
        delegates, bound = list(unpacked(grant.delegates)), list(unpacked(grant.on_behalf_of))
        functions = list(unpacked(grant.functions))
        state, since, in_part = how_it_stands(grant)
        said: list[Said] = []
        if grant.delegator or delegates:
            giver: Said = ("from ", Named(grant.delegator)) if grant.delegator else ("from whom is not recorded",)
            said.append((*giver, *(part for each in all_of(delegates, " to ") for part in each)))
        said += all_of(bound, "for ")
        said += in_part
        yield (
            one.stream,
            Particulars(
                state=state,
                state_on=since,
                due=grant.review_by if state not in _OVER else "",
                more=given(
                    delegator=grant.delegator,
                    delegates=delegates,
                    on_behalf_of=bound,
                    functions=functions,
                    places=list(unpacked(grant.places)),
                    review_by=grant.review_by,
                ),
                said=tuple(said),
                evidence=tuple(unpacked(grant.evidence)),
            ),
        )


_OVER: Final = frozenset({"revoked", "lapsed", "ended", "carried into others"})
"""How a delegation stands that is in force no more."""


def how_it_stands(grant: Delegation) -> tuple[str, str, list[Said]]:
    """The state of a delegation, since when, and what of it is stopped where the rest is in force."""
    stops = unpacked(grant.stops)
    whole = [stop for stop in stops if not stop["on_behalf_of"] and not stop["functions"]]
    if not grant.begun:
        return "not yet in force", grant.since, []
    if whole:
        last = next((stop for stop in whole if stop["how"] != "suspended"), whole[0])
        return {"carried into": "carried into others"}.get(last["how"], last["how"]), last["on"], []
    return "in force", grant.since, [said for stop in stops for said in _in_part(stop)]


def _in_part(stop: Mapping[str, Any]) -> list[Said]:
    what: Said = (f"{stop['how']} ", Day(stop["on"])) if stop["on"] else (stop["how"],)
    for who in all_of(stop["on_behalf_of"], " for "):
        what = (*what, *who)
    for function in all_of(stop["functions"], " as to "):
        what = (*what, *function)
    return [what]


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


def of_bodies(asking: Asking) -> Iterator[tuple[str, Particulars]]:
    """When the terms in force are to be reviewed."""
    for one in terms.terms(asking.rows, asking.streams, asking.point):
        held = one.values
        review: list[Said] = [("terms to be reviewed by ", Day(held.review_by))] if held.review_by else []
        yield (
            one.stream,
            Particulars(
                due=held.review_by,
                more=given(terms_version=held.version, can=held.can, review_by=held.review_by),
                said=tuple(review),
            ),
        )
