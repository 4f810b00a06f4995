"""Whether a determination says on what power it rests, and whether what it names is there to be read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from decisionlog.checks.authority.relying import Use, grant_of, is_unordered, uses
from decisionlog.checks.determinations import Determination, determination
from decisionlog.checks.finding import Tripped
from decisionlog.checks.record import Act, Record
from decisionlog.domain.authority.parties import is_forum, organisations_of
from decisionlog.domain.authority.world import Grant, Instrument
from decisionlog.domain.facts.instrument import InstrumentAdopted, InstrumentAmended
from decisionlog.domain.facts.parts import Authority
from decisionlog.domain.references import split
from decisionlog.domain.saying import Day, Named, Said, joined

_NO_EXECUTIVE_OUTCOME: Final = frozenset({"elected"})


def no_authority_cited(record: Record, decision: str) -> Iterator[Tripped]:
    """GL06: something is to be done by it, and neither a delegation to the decider nor a power of their own is cited.

    A forum that "approves" is another rule's matter.
    """
    taken = determination(record, decision)
    if taken is None or not taken.binds or taken.data.outcome in _NO_EXECUTIVE_OUTCOME:
        return
    cited = [one for one in taken.data.authority or () if _says_something(one)]
    if not cited and _is_somebodys(record, taken):
        is_known = taken.data.authority is not None or _is_of_a_known_kind(record, taken)
        said: Said = ("neither a delegation nor a power of the decider's own is recorded for it",)
        yield Tripped(said, (taken.position,), taken.first, evidenced=is_known)
    for one in cited:
        if one.delegation and grant_of(record, one.delegation) is None:
            said = ("it relies on ", Named(one.delegation), ", of which nothing but the reference is recorded")
            yield Tripped(said, (taken.position,), taken.first, evidenced=False)
    for use in uses(record, decision):
        if _was_given_to_others(record, use, use.before) and _was_given_to_others(record, use, use.after):
            delegates = joined([(Named(one),) for one in use.after.delegates])
            said = ("it relies on ", use.named, ", which was given to ", *delegates, " and not to whoever decided")
            yield Tripped(said, use.evidence(use.after), taken.first)


def _was_given_to_others(record: Record, use: Use, grant: Grant) -> bool:
    """Whether none of those who decided has the delegation: not by it, nor by what continued it, nor by the post they hold."""
    world = record.at(use.taken.last)
    given = {*grant.delegates, *(one for each in grant.continuations for one in each.delegates)}
    given |= {share.organisation for one in given for each in world.successions(one) for share in each.shares}
    people = {holder.member for one in given if split(one)[0] == "post" for holder in world.holders(one)}
    behind = {one for each in given for one in organisations_of(world, each)}
    return bool(given and use.taken.makers) and {*given, *people, *behind}.isdisjoint(use.taken.makers)


def instrument_superseded(record: Record, decision: str) -> Iterator[Tripped]:
    """GL34: an instrument relied on was replaced or had ended, or nothing shows which text it was."""
    taken = determination(record, decision)
    if taken is None or not taken.exercises:
        return
    cited = dict.fromkeys(one.instrument for one in taken.data.authority or () if one.instrument)
    for reference in cited:
        yield from _judged(record, taken, reference, ("it rests on ", Named(reference)), is_cited=True)
    for use in uses(record, decision):
        if (reference := use.after.instrument) and reference not in cited:
            by: Said = ("it relies on ", use.named, " by ", Named(reference))
            yield from _judged(record, taken, reference, by, is_cited=False)


def _says_something(one: Authority) -> bool:
    return any((one.delegation, one.legal_basis, one.instrument, one.clause, one.words))


def _is_somebodys(record: Record, taken: Determination) -> bool:
    """Somebody is recorded who decided, and it was no forum alone."""
    world = record.at(taken.last)
    return bool(taken.makers) and not all(is_forum(world, maker) for maker in taken.makers)


def _is_of_a_known_kind(record: Record, taken: Determination) -> bool:
    """Whether it is recorded of whoever is behind it what kind of organisation they are."""
    world = record.at(taken.last)
    behind = [one for party in (*taken.makers, *taken.bound) for one in organisations_of(world, party)]
    return any(world.party(one).kind for one in behind)


def _judged(record: Record, taken: Determination, reference: str, by: Said, *, is_cited: bool) -> Iterator[Tripped]:
    first, last = (record.at(moment).instrument(reference) for moment in (taken.first, taken.last))
    evidence = (taken.position, *last.evidence)
    if not last.recorded:
        if is_cited:
            said = (*by, ", of which nothing but the reference is recorded")
            yield Tripped(said, evidence, taken.first, evidenced=False)
    elif last.why in _OVER:
        certain = taken.dated and first.why in _OVER and not is_unordered(record, taken, reference, last.evidence)
        since: Said = (" on ", Day(last.until)) if last.until else ()
        said = (*by, f", which {_OVER[last.why]}", *since)
        untold = () if certain else (": whether before or after the decision cannot be told",)
        yield Tripped((*said, *untold), evidence, taken.first, evidenced=certain)
    elif is_cited and last.in_force and not _has_a_digest(record, last):
        said = (*by, ", of whose text no digest is recorded: which text it was cannot be shown")
        yield Tripped(said, evidence, taken.first, evidenced=False)


_OVER: Final = {"replaced": "had been replaced", "ended": "had ended"}


def _has_a_digest(record: Record, instrument: Instrument) -> bool:
    told = record.of(instrument.reference)
    acts: list[Act[Any]] = [*told.all(InstrumentAdopted), *told.all(InstrumentAmended)]
    return any(act.data.document and act.data.document.sha256 for act in acts)
