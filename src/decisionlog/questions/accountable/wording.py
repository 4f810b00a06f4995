"""What is written in words of a delegation and of the terms of a body, which a person must read: as it stands on the day."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from msgspec import Struct

from decisionlog.domain.authority.world import Grant, World
from decisionlog.questions.delegations import terms
from decisionlog.questions.telling import text_of
from decisionlog.questions.viewing import Viewing


class Written(Struct, frozen=True):
    """The words of one step."""

    includes: tuple[str, ...] = ()
    """What of the function is given only; empty: nothing is said."""
    excludes: tuple[str, ...] = ()
    reserved: tuple[str, ...] = ()
    """What whoever gave it kept back."""


NOTHING: Final = Written()
"""Nothing is written in words."""


class Wording:
    """The words of the steps of an answer, each thing read once."""

    def __init__(self, viewing: Viewing, world: World, functions: Iterable[str]) -> None:
        """`functions` are those asked about, with those above: what is said of others is left out."""
        self._viewing = viewing
        self._world = world
        self._functions = frozenset(functions)

    def of_delegation(self, delegation: str) -> Written:
        """What a delegation includes and leaves out of what is asked about, and what was kept back."""
        if all(not _has_words(grant) for grant in self._world.grants([delegation])):
            return NOTHING
        data, _ = terms(self._viewing.of(delegation), self._viewing.point.basis.as_at, self._viewing.log.zone)
        scope = [one for one in data.get("scope", ()) if one.get("function") in self._functions]
        return Written(
            includes=_all(one.get("includes") for one in scope),
            excludes=_all(one.get("excludes") for one in scope),
            reserved=_all([data.get("reserved_matters")]),
        )

    def kept_from(self, parties: Iterable[str]) -> tuple[str, ...]:
        """What the terms of bodies keep from them."""
        return tuple(dict.fromkeys(words for party in parties for words in self._by_its_terms(party)))

    def _by_its_terms(self, party: str) -> tuple[str, ...]:
        terms_in_force = self._world.terms(party) if party.startswith("body:") else None
        if terms_in_force is None or not terms_in_force.reserved:
            return ()
        adopted = self._viewing.of(party).known()
        return _all(
            one.data.get("reserved_matters")
            for one in adopted
            if one.fact.type == "body.terms_adopted" and one.position in terms_in_force.evidence
        )


def _has_words(grant: Grant) -> bool:
    """Whether anything is written in words of what a delegation gives and keeps back."""
    return bool(grant.reserved) or any("includes" in one or "excludes" in one for one in grant.scope)


def _all(several: Iterable[Any]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text_of(words) for listed in several for words in listed or ()))
