"""The authority of a decision as ways from the law down to whoever decided."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Final

from decisionlog.domain.answers.deciding import Decided, DecisionMaker, Hop
from decisionlog.domain.authority.outcomes import Outcome
from decisionlog.domain.erased import is_gone
from decisionlog.domain.text import visible
from decisionlog.render.chains import PROBLEMS, Names, tests
from decisionlog.render.site.own_power import is_own_power
from decisionlog.render.site.pictures.ways import IN_FORCE, Holds, Join, Stop, Way, Ways, worst
from decisionlog.render.words import NOT_RECORDED, all_called, called, dated, happening, legal_basis, mentioned, spoken

MOST_WAYS: Final = 12
_NO_POWER: Final = Stop(f"Where this power comes from is {NOT_RECORDED}", known=False)
_OWN_POWER: Final = Stop("Its own power")
_NO_AUTHORITY: Final = Stop(f"Under what authority is {NOT_RECORDED}", known=False)
_NO_MAKER: Final = Stop(f"Who decided is {NOT_RECORDED}", known=False)

_NOBODY_HAD_TO: Final = "Nobody had to give this power"
_POSSIBLE: Final = "possible"
_HAD: Final = "Had the duty"

Unit = tuple[Hop, ...]
"""What the record gives as one step: a hop, before it whatever successions brought it to whom it is now."""


def ways_of(item: Decided, names: Mapping[str, str]) -> Ways:
    """Every way to those who decided, from the law where it is on record; for each organisation bound, and what came of it."""
    makers = {_reference(maker) for maker in item.decision_makers}
    units = list(_units(item.authority))
    starts = [number for number, unit in enumerate(units) if unit[0].step == 0]
    found = [path for start in starts for path in _climbed(units, [start])]
    shown = [_way([units[number] for number in reversed(path)], makers, names) for path in islice(found, MOST_WAYS)]
    reached = {party for number in starts for party in units[number][0].to}
    shown += [_without_authority(maker, names) for maker in item.decision_makers if _reference(maker) not in reached]
    if not item.decision_makers:
        shown = [_open_ended(way) for way in shown] or [Way("", (_NO_AUTHORITY, _NO_MAKER), (_nothing(),))]
    headed = shown if len(shown) > 1 else [Way("", way.stops, way.joins) for way in shown]
    title = f"Chain of authority of {visible(item.decision['ref'])}"
    return Ways(title, tuple(headed), tuple(_outcome(item, names)), max(len(found) - MOST_WAYS, 0))


def _reference(maker: DecisionMaker) -> str:
    return maker.body or maker.post or maker.person or maker.organisation or maker.name


def _outcome(item: Decided, names: Mapping[str, str]) -> Iterator[str]:
    """What was decided, when, under which number and name."""
    decision = item.decision
    outcome = spoken(decision.get("outcome", "")) or f"outcome {NOT_RECORDED}"
    yield outcome[:1].upper() + outcome[1:]
    on = happening(decision["on"]) if decision["on"] != NOT_RECORDED else f"on a day that is {NOT_RECORDED}"
    yield f"{visible(decision['ref'])}, {on}"
    title = decision.get("title") or names.get(decision["stream"], "")
    if isinstance(title, str) and title and not is_gone(title) and title != decision["ref"]:
        yield visible(title)


def _units(hops: Iterable[Hop]) -> Iterator[Unit]:
    """The steps in their order; a succession belongs to the step after it that has the same number."""
    waiting: list[Hop] = []
    for hop in hops:
        if waiting and (waiting[-1].kind != "succession" or waiting[-1].step != hop.step):
            yield tuple(waiting)
            waiting = []
        waiting.append(hop)
    if waiting:
        yield tuple(waiting)


def _climbed(units: Sequence[Unit], path: list[int]) -> Iterator[list[int]]:
    """Every way up from a step, each as the numbers of its steps from the lowest."""
    above = [number for number in _resting_on(units, path[-1]) if number not in path]
    if not above:
        yield path
    for number in above:
        yield from _climbed(units, [*path, number])


def _resting_on(units: Sequence[Unit], number: int) -> list[int]:
    """The steps on which one rests: those that gave to its giver; else those that the answer lists right above it."""
    step, givers = units[number][0].step, set(units[number][-1].from_.split(" and "))
    listed = []
    for higher in range(number + 1, len(units)):
        if units[higher][0].step <= step:
            break
        listed.append(higher)
    above = [one for one, unit in enumerate(units) if unit[0].step == step + 1]
    return [one for one in above if givers.intersection(units[one][0].to)] or [one for one in above if one in listed]


def _way(path: Sequence[Unit], makers: set[str], names: Mapping[str, str]) -> Way:
    """One way from its highest step down."""
    hops = [(hop, role) for unit in path for hop, role in zip(reversed(unit), _roles(unit), strict=True)]
    top = hops[0][0]
    stops, joins = list(_beginning(top, names, is_own=any(is_own_power(hop) for hop, _ in hops))), []
    if len(stops) > 1:
        joins.append(_nothing())
    stands: tuple[str, ...] = tuple(top.from_.split(" and "))
    for hop, role in hops:
        here = _join(hop, names)
        if joins and stands == hop.to:
            joins[-1] = _both(joins[-1], here)
            continue
        if not set(hop.from_.split(" and ")) & set(stands):
            stops.append(_stop(hop.from_.split(" and "), names))
            joins.append(_nothing("How the power came to them is"))
        joins.append(here)
        stops.append(_stop(hop.to, names, role))
        stands = hop.to
    if makers.intersection(stands):
        stops[-1] = Stop(stops[-1].who, "Decided", decides=True)
    bound = next(
        (stop.who for stop in stops if stop.known and stop != _OWN_POWER and stop.role not in {"The law", _HAD}), ""
    )
    return Way(f"For {bound}", tuple(stops), tuple(joins))


def _roles(unit: Unit) -> list[str]:
    """Of each hop of a step, from the highest, what its receiver is: who has the duty, who had it before."""
    if unit[-1].kind != "duty":
        return [""] * len(unit)
    return [*[_HAD] * (len(unit) - 1), "Has the duty"]


def _beginning(top: Hop, names: Mapping[str, str], *, is_own: bool) -> Iterator[Stop]:
    """The law; whose own power it is; or that the record does not go so far up, and who stands highest in it."""
    if is_own and top.kind != "duty":
        above = [one for one in top.from_.split(" and ") if one not in {NOT_RECORDED, *top.to}]
        yield _stop(above, names) if above else _OWN_POWER
    elif top.kind == "duty":
        known = top.legal_basis != NOT_RECORDED
        yield Stop(legal_basis(top.legal_basis) if known else f"A legal basis that is {NOT_RECORDED}", "The law", known)
    else:
        yield _NO_POWER
        if top.from_ != NOT_RECORDED:
            yield _stop(top.from_.split(" and "), names)


def _stop(parties: Iterable[str], names: Mapping[str, str], role: str = "") -> Stop:
    parties = [one for one in parties if one and one != NOT_RECORDED]
    return (
        Stop(all_called(parties, names), role)
        if parties
        else Stop(f"Somebody who is {NOT_RECORDED}", role, known=False)
    )


def _both(above: Join, below: Join) -> Join:
    """Two things that make one step."""
    said = tuple(dict.fromkeys((*above.said, *below.said)))
    return Join((*above.by, *below.by), worst((above, below)), said, (*above.to_be_read, *below.to_be_read))


def _join(hop: Hop, names: Mapping[str, str]) -> Join:
    """How one hop is told: by what, within what limits, whether it held; and how it is known what it rests on."""
    told = Names(names, {})
    failing = [PROBLEMS.get(test.name, test.name) for test in hop.tests if test.outcome is Outcome.FAILS]
    is_own = is_own_power(hop)
    unread = [one for one in hop.tests if one.outcome in {Outcome.NOT_RECORDED, Outcome.TO_BE_READ}]
    rests = [_capital(dated(visible(hop.rests)))] if hop.rests else []
    is_possible = hop.rests.startswith(_POSSIBLE)
    said = [
        _NOBODY_HAD_TO if is_own else _capital(dated(visible(hop.valid))),
        *(f"Problem: {one}" for one in failing),
        *(rests if is_possible else []),
    ]
    to_be_read = [*([] if is_possible else rests), *map(_capital, tests(unread, told))]
    by = (*_by_what(hop, names), *(_capital(told.limit(one)) for one in hop.limits))
    return Join(by, "no" if failing else "yes" if is_own else _holds(hop), tuple(said), tuple(to_be_read))


def _holds(hop: Hop) -> Holds:
    """Whether it was in force, and is known to be what the one below rests on."""
    if hop.valid.startswith("not in force"):
        return "no"
    if hop.valid.startswith(NOT_RECORDED):
        return "unknown"
    return "possible" if hop.valid != IN_FORCE.lower() or hop.rests.startswith(_POSSIBLE) else "yes"


def _by_what(hop: Hop, names: Mapping[str, str]) -> Iterator[str]:
    clause = f", clause {visible(hop.clause)}" if hop.clause else ""
    under = [f"{called(hop.instrument, names)}{clause}"] if hop.instrument != NOT_RECORDED else []
    match hop.kind:
        case "duty":
            yield f"Duty: {called(hop.reference, names)}"
            yield from under
            return
        case "acts":
            yield "Acts for it"
        case "succession":
            yield f"Came after {called(hop.from_, names)}"
        case _:
            yield from [f"Delegation {mentioned(hop.delegation, names)}"] if hop.delegation else []
    power = [_capital(legal_basis(hop.legal_basis))] if hop.legal_basis != NOT_RECORDED else []
    if power or under or not is_own_power(hop):
        yield from [*under, *power] or [f"Under which power is {NOT_RECORDED}"]


def _without_authority(maker: DecisionMaker, names: Mapping[str, str]) -> Way:
    """Somebody who decided, and to whom no way leads."""
    reference = maker.body or maker.post or maker.person or maker.organisation
    who = called(reference, names) if reference else visible(maker.name)
    decided = Stop(who, "Decided", decides=True) if who else _NO_MAKER
    return Way(f"For {who}" if who else "", (_NO_AUTHORITY, decided), (_nothing(),))


def _open_ended(way: Way) -> Way:
    """A way of which it is not recorded who used it."""
    return Way(way.heading, (*way.stops, _NO_MAKER), (*way.joins, _nothing("By whom it was used is")))


def _nothing(what: str = "") -> Join:
    return Join((), "unknown", (f"{what} {NOT_RECORDED}".strip().capitalize(),))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
