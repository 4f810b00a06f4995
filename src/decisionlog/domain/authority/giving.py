"""Who gives by a delegation and to whom, after the successions and the continuations since it was granted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from decisionlog.domain.authority.parties import acts_for
from decisionlog.domain.authority.question import EVERYWHERE, Asked, Places
from decisionlog.domain.authority.succeeding import Heir, came_to
from decisionlog.domain.authority.world import Continuation, Grant, Succession, World


class Giver(Struct, frozen=True):
    """Somebody from whom a delegation is followed."""

    party: str
    original: str
    """Who gave it when it was granted."""
    places: Places = EVERYWHERE
    """Where it is followed from this one only."""
    possible: bool = False
    via: tuple[Succession, ...] = ()
    evidence: tuple[int, ...] = ()


class Receiver(Struct, frozen=True):
    """Somebody, or several jointly, to whom a delegation goes."""

    parties: tuple[str, ...]
    places: Places = EVERYWHERE
    possible: bool = False
    evidence: tuple[int, ...] = ()
    succeeded: bool = False
    """By way of a succession, or beside one: what was left to a delegate of whose places others took some."""


class Given(Struct, frozen=True):
    """A delegation with those from whom it is followed, and those to whom it goes."""

    grant: Grant
    givers: tuple[Giver, ...]
    receivers: tuple[Receiver, ...]
    """To whom it goes in all the places asked about."""
    passed_on: bool
    """A delegate was succeeded: to whom it goes depends on where."""
    did_not_outlive: bool
    """It is followed from nobody, since nothing says that it outlived whoever gave it."""
    lost: tuple[str, ...] = ()
    """Of those who gave it, also beside others who still do, the ones that nothing says it outlived."""


def given(world: World, asked: Asked, grant: Grant) -> Given:
    """Who gives and who receives, at the point."""
    found: list[Giver] = []
    untold: list[str] = []
    for original, named in _givers(world, grant):
        followed, lost = _followed(world, asked, grant, original, named)
        found += [
            one for one in followed if all((one.party, one.places) != (other.party, other.places) for other in found)
        ]
        untold += [original] if lost else []
    receivers = receivers_in(world, asked, grant, asked.places)
    passed_on = any(receiver.succeeded for receiver in receivers)
    return Given(grant, tuple(found), receivers, passed_on, bool(untold) and not found, tuple(untold))


def receivers_in(world: World, asked: Asked, grant: Grant, places: Places) -> tuple[Receiver, ...]:
    """To whom a delegation goes in these places."""
    return tuple(_receivers(world, asked, grant, places))


def _givers(world: World, grant: Grant) -> Iterator[tuple[str, Continuation | None]]:
    """The delegator, or who takes its place; and those on whose behalf it gave for whom it does not act anyway."""
    named = next((one for one in reversed(grant.continuations) if one.delegator), None)
    if grant.delegator or named or not grant.on_behalf_of:
        yield grant.delegator, named
    yield from ((party, None) for party in gave_beside(world, grant))


def gave_beside(world: World, grant: Grant) -> tuple[str, ...]:
    """Those on whose behalf a delegator gave for whom it does not act anyway: they gave it too."""
    acted_for = {grant.delegator, *acts_for(world, grant.delegator)}
    return tuple(party for party in grant.on_behalf_of if party not in acted_for)


def _followed(
    world: World, asked: Asked, grant: Grant, original: str, named: Continuation | None
) -> tuple[list[Giver], bool]:
    """From whom it is followed, and whether it is lost since nothing says that it outlived.

    Whom a continuation names is taken as it stands.
    """
    if named:
        return [Giver(named.delegator, original, possible=named.possible, evidence=named.evidence)], False
    if not original:
        return [Giver("", "")], False
    came = list(came_to(world, asked, original, grant.granted_at, asked.places))
    found = [
        _as_giver(grant, heir, original, asked)
        for heir in came
        if not world.party(heir.party).ended and (not heir.via or _outlives(grant, heir))
    ]
    return found, not found and _is_untold(came)


def _as_giver(grant: Grant, heir: Heir, original: str, asked: Asked) -> Giver:
    spoken = _continued_for(grant, heir) if not heir.treated_as_its_own else None
    return Giver(
        heir.party,
        original,
        heir.places if heir.places != asked.places else EVERYWHERE,
        heir.possible or (spoken is not None and spoken.possible),
        heir.via,
        tuple(at for one in (*heir.via, *([spoken] if spoken else [])) for at in one.evidence),
    )


def _outlives(grant: Grant, heir: Heir) -> bool:
    """Whether a succession, or a continuation, says that the delegation goes on with a successor."""
    return heir.treated_as_its_own or _continued_for(grant, heir) is not None


def _is_untold(came: Iterable[Heir]) -> bool:
    """Whether it ended without anybody saying so: what was taken over was not said not to be continued."""
    taken = [heir for heir in came if heir.via]
    return not taken or any(all(succession.continuity != "not-continued" for succession in heir.via) for heir in taken)


def _continued_for(grant: Grant, heir: Heir) -> Continuation | None:
    """What says that the delegation goes on from a successor."""
    for one in grant.continuations:
        if heir.party in one.parties or not (one.delegator or one.parties):
            return one
    return None


def _receivers(world: World, asked: Asked, grant: Grant, places: Places) -> Iterator[Receiver]:
    named = next((one for one in reversed(grant.continuations) if one.delegates), None)
    delegates = named.delegates if named else grant.delegates
    possible, evidence = (named.possible, named.evidence) if named else (False, ())
    replaced = [(party,) if named else tuple(_replacing(world, asked, grant, party, places)) for party in delegates]
    if grant.jointly and len(delegates) > 1:
        everyone = [one for each in replaced for one in each]
        yield Receiver(
            tuple(dict.fromkeys(_party(one) for one in everyone)),
            possible=possible or any(one.possible for one in everyone if isinstance(one, Heir)),
            evidence=(*evidence, *_evidence(everyone)),
            succeeded=any(isinstance(one, Heir) for one in everyone),
        )
        return
    for each in replaced:
        for one in each:
            if isinstance(one, Heir):
                yield Receiver(
                    (one.party,),
                    one.places,
                    possible or one.possible,
                    (*evidence, *_evidence([one])),
                    succeeded=True,
                )
            else:
                yield Receiver((one,), EVERYWHERE, possible, evidence)
    if not delegates:
        yield Receiver(())


def _replacing(world: World, asked: Asked, grant: Grant, party: str, places: Places) -> Iterator[str | Heir]:
    """A delegate, or those who took its place there; what nobody took it keeps."""
    came = list(came_to(world, asked, party, grant.granted_at, places))
    left = [heir for heir in came if not heir.via] if not world.party(party).ended else []
    replacing = [heir for heir in came if heir.via and _outlives(grant, heir)] + left
    if replacing and any(heir.via for heir in came):
        yield from replacing
    else:
        yield party


def _party(one: str | Heir) -> str:
    return one.party if isinstance(one, Heir) else one


def _evidence(several: Iterable[str | Heir]) -> tuple[int, ...]:
    return tuple(at for one in several if isinstance(one, Heir) for succession in one.via for at in succession.evidence)
