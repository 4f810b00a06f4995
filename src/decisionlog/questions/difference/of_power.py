"""What changed of who can decide what: by the walk at both points, function by function, place by place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as uncompared
from typing import Any, Final

from msgspec import Struct, field

from decisionlog.checks.world.rows import RowsWorld
from decisionlog.domain.answers.accountable import Irregular
from decisionlog.domain.answers.functions_map import GAPS, Decider, MapRow
from decisionlog.domain.authority.table import Table
from decisionlog.domain.saying import Named, Said, Words, Worth, joined
from decisionlog.questions.difference.pairs import Told
from decisionlog.questions.difference.words import POSSIBLY, these
from decisionlog.questions.functions_map.rows import Survey
from decisionlog.questions.functions_map.where import Ground
from decisionlog.questions.viewing import Viewing

_UNCLEAR = {"gap": "a gap", "contested": "contested", "dormant": "left to a forum"}


class Shift(Struct, frozen=True):
    """One change of power, with all that the power rests on: what changed of these made it."""

    told: Told
    subject: str
    by: str
    rests_on: frozenset[str]
    evidence: frozenset[int]


@dataclass(frozen=True)  # a Struct compares all its fields
class _Power:
    """Somebody's power over a function at a place, and whatever else may differ of it."""

    party: tuple[str, ...]
    reference: str
    place: str
    limits: tuple[Any, ...] | None
    includes: tuple[str, ...] = uncompared(default=(), compare=False)
    excludes: tuple[str, ...] = uncompared(default=(), compare=False)
    """What of the function it has only, and what it has not, in words: told, and not compared, since words may be withheld."""


class _Alike(Struct):
    """The same change of several functions."""

    before: _Power | None
    after: _Power | None
    why: Irregular | None
    functions: list[tuple[str, Decider]] = field(default_factory=list)


_NONE: Final = (None, None)


def shifts(before: Viewing, after: Viewing, table: Table) -> Iterator[Shift]:
    """Who gained and who lost the power to decide, whose limits moved, and where it became unclear or clear."""
    surveys = [_survey(viewing, table) for viewing in (before, after)]
    rows = [
        {(row.function, row.place): row for one in ground.functions for row in survey.of(one)}
        for survey, ground in surveys
    ]
    both = [(_row(*surveys[0], *at), _row(*surveys[1], *at)) for at in dict.fromkeys([*rows[0], *rows[1]])]
    yield from _of_powers(both)
    for was, now in both:
        yield from _of_clarity(was, now)


def _survey(viewing: Viewing, table: Table) -> tuple[Survey, Ground]:
    world = RowsWorld(viewing.rows, viewing.point.as_of)
    ground = Ground(viewing.rows, viewing.point.as_of, world)
    world.duties(ground.functions)  # at once, since each is looked at
    return Survey(viewing, world, ground, table), ground


def _row(survey: Survey, ground: Ground, function: str, place: str) -> MapRow | None:
    """The row of a function at a place, also where the map itself would not show it; none where there is no such function."""
    return survey.row(function, place) if function in ground.functions else None


def _of_powers(both: Sequence[tuple[MapRow | None, MapRow | None]]) -> Iterator[Shift]:
    """What somebody gained, lost or has within other limits; several functions at one place in one sentence."""
    told: dict[str, _Alike] = {}
    for was, now in both:
        had, has = _powers(was), _powers(now)
        for known_as in {**had, **has}:
            (before, gave), (after, gives) = had.get(known_as, _NONE), has.get(known_as, _NONE)
            decider = gives or gave
            if decider is not None and before != after:
                why = _why(now, decider.reference) if after is None else None
                alike = told.setdefault(repr((before, after, why)), _Alike(before, after, why))
                alike.functions.append((_function(was, now), decider))
    for alike in told.values():
        yield _shift(alike)


def _why(row: MapRow | None, delegation: str) -> Irregular | None:
    """What is found of a delegation by which a power is no longer had, though nothing recorded ended it."""
    found = row.findings if row else ()
    return next((one for one in found if one.subject == delegation and one.rule in {"fails", "did-not-outlive"}), None)


def _function(was: MapRow | None, now: MapRow | None) -> str:
    row = now or was
    assert row is not None
    return row.function


def _powers(row: MapRow | None) -> Mapping[tuple[Any, ...], tuple[_Power, Decider]]:
    """Everybody with the power, but those who have the duty itself: that is told of the duty."""
    if row is None:
        return {}
    return {
        (one.party, one.reference, one.places): (
            _Power(one.party, one.reference, row.place, one.limits, one.includes, one.excludes),
            one,
        )
        for one in (*row.deciders, *row.besides)
        if one.kind != "duty"
    }


def _shift(alike: _Alike) -> Shift:
    before, after, functions = alike.before, alike.after, alike.functions
    power = after or before
    assert power is not None
    decider = functions[0][1]
    about: Said = (
        *these([one for one, _ in functions], " on "),
        *((" in ", Named(power.place)) if power.place else ()),
    )
    who = joined([(Named(party),) for party in power.party])
    by: Said = (
        (" by ", Named(power.reference)) if decider.kind == "delegation" else these(decider.on_behalf_of, " for ")
    )
    if before is None:
        said: Said = (*who, " can decide", *about, *by, *_within(after), *_in_part(power))
    elif after is None:
        why = ("; ", *alike.why.said) if alike.why else ()
        said = (*who, " can no longer decide", *about, *by, *why)
    else:
        said = (
            *who,
            " can decide",
            *about,
            *by,
            *(_within(after) or (", without a limit",)),
            *(_within(before, ", before that ") or (", before that without a limit",)),
        )
    was, now = ({"can_decide": True, "limits": list(one.limits or ())} if one else {} for one in (before, after))
    rests_on = frozenset(one for _, each in functions for one in (*each.rests_on, *each.party))
    evidence = frozenset(at for _, each in functions for at in each.evidence)
    said = (*said, POSSIBLY) if decider.possible else said
    also = alike.why.evidence if alike.why else ()
    return Shift(Told(said, was, now, also), functions[0][0], power.reference, rests_on, evidence)


def _in_part(power: _Power) -> Said:
    """What of the function it has only, and what it has not."""
    parts = ((", only ", power.includes), (", but not ", power.excludes))
    return tuple(
        part for before, words in parts if words for part in (before, *joined([(Words(one),) for one in words]))
    )


def _within(power: _Power | None, before: str = ", ") -> Said:
    limits = power.limits if power else ()
    return (before, *joined([(Worth(one),) for one in limits])) if limits else ()


def _of_clarity(was: MapRow | None, now: MapRow | None) -> Iterator[Shift]:
    """Where it became unclear who decides, or clear."""
    words = [row.classification if row else "" for row in (was, now)]
    unclear = [word if word in GAPS else "" for word in words]
    row = now or was
    if row is None or unclear[0] == unclear[1] or not all(words):
        return
    where: Said = (Named(row.function), *((" in ", Named(row.place)) if row.place else ()))
    stands = _UNCLEAR.get(unclear[1], "clear")
    stood = _UNCLEAR.get(unclear[0], "clear")
    told = Told(
        (*where, f": {stands}, before that {stood}"),
        {"classification": words[0]},
        {"classification": words[1]},
        what="changed",
    )
    rests_on = _all_on(was) | _all_on(now) | {row.function}
    yield Shift(told, row.function, row.function, rests_on, frozenset(row.evidence))


def _all_on(row: MapRow | None) -> frozenset[str]:
    return frozenset(one for several in row.on_the_way.values() for one in several) if row else frozenset()
