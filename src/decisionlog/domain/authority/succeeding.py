"""Who came after whom: in whose hands something is that lay with an organisation, after what succeeded it since.

Codes never say who is who: a successor with the code of its predecessor is another legal person.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from decisionlog.domain.authority.question import NOWHERE, Asked, Places
from decisionlog.domain.authority.world import Succession, World
from decisionlog.domain.references import split


class Heir(Struct, frozen=True):
    """Who has it now, where, and by which successions; none where it stayed."""

    party: str
    places: Places
    via: tuple[Succession, ...] = ()

    @property
    def possible(self) -> bool:
        """Whether one of the successions lies inside its partial date."""
        return any(succession.possible for succession in self.via)

    @property
    def treated_as_its_own(self) -> bool:
        """Whether every succession says that what was done before is treated as done by the successor."""
        return all(succession.continuity == "treated-as-done-by-successor" for succession in self.via)


def heirs(world: World, asked: Asked, party: str, since: int, places: Places) -> Iterator[Heir]:
    """In whose hands it is: of those whom `came_to` gives, the ones who have not ended."""
    return (heir for heir in came_to(world, asked, party, since, places) if not world.party(heir.party).ended)


def came_to(
    world: World, asked: Asked, party: str, since: int, places: Places, via: tuple[Succession, ...] = ()
) -> Iterator[Heir]:
    """To whom it came: those who took what is asked about, and the party itself for what nobody took; ended or not.

    Of each only the successions later than the moment from which it had it.
    """
    rest = places
    for succession in world.successions(party) if split(party)[0] == "organisation" else ():
        if succession.at <= since:
            continue
        taken = [share for share in succession.shares if asked.taken_by(share)]
        for share in taken:
            took = rest if share.whole else asked.meet(rest, share.places)
            if took != NOWHERE:
                yield from came_to(world, asked, share.organisation, succession.at, took, (*via, succession))
        if taken and not succession.possible:
            rest = asked.rest(rest, taken)
        if rest == NOWHERE:
            return
    yield Heir(party, rest, via)
