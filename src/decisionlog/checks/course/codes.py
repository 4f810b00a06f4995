"""Whether the codes of organisations name one legal person each, and only while it was there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from decisionlog.checks.finding import Tripped
from decisionlog.checks.record import Act, Record
from decisionlog.domain.days import OPEN_END
from decisionlog.domain.facts.organisation import (
    OrganisationCoded,
    OrganisationDissolved,
    OrganisationRegistered,
    OrganisationSucceeded,
)
from decisionlog.domain.facts.parts import DatedCode
from decisionlog.domain.facts.record import RecordMerged
from decisionlog.domain.saying import Day, LastDay, Named, Said


class Held(Struct, frozen=True):
    """A code that an organisation has, and for how long."""

    organisation: str
    code: DatedCode
    act: Act[Any]
    """The last fact that said so."""
    first: int
    until: int
    dated: bool
    """Since when is recorded."""

    @property
    def name(self) -> tuple[str, str]:
        """By which codes are compared: the scheme and the code, however they are written."""
        return _folded(self.code)


def identifier_drift(record: Record, organisation: str) -> Iterator[Tripped]:
    """GL52: a code that another organisation has at the same time, or that is recorded for days when it was not there."""
    registered = record.of(organisation).first(OrganisationRegistered)
    if registered is None or record.of(organisation).first(RecordMerged):
        return
    ended = _ended(record, organisation)
    everybodys = record.once(("codes of organisations",), lambda: _everybodys(record))
    for held in _codes(record, organisation):
        yield from _outside(record, held, registered, ended)
        for other in everybodys.get(held.name, ()):
            if other.organisation != organisation and other.act.position < held.act.position:
                yield from _shared(record, held, other)


def _everybodys(record: Record) -> Mapping[tuple[str, str], list[Held]]:
    found: dict[tuple[str, str], list[Held]] = {}
    for organisation in record.every("organisation"):
        if not record.of(organisation).first(RecordMerged):
            for held in _codes(record, organisation):
                found.setdefault(held.name, []).append(held)
    return found


def _codes(record: Record, organisation: str) -> list[Held]:
    """The codes of an organisation. What is said of a code again takes the place of what was said before."""
    told = record.of(organisation)
    stating: list[Act[Any]] = [*told.all(OrganisationRegistered), *told.all(OrganisationCoded)]
    found: dict[tuple[str, str], list[Held]] = {}
    for act in stating:
        for code in act.data.codes or ():
            several = found.setdefault(_folded(code), [])
            held = _held(record, organisation, code, act)
            if several and (code.from_ is None or held.first < several[-1].until):
                before = several.pop()
                if code.from_ is None:
                    held = Held(organisation, code, act, before.first, held.until, before.dated)
            several.append(held)
    return [held for several in found.values() for held in several]


def _held(record: Record, organisation: str, code: DatedCode, act: Act[Any]) -> Held:
    own, until = record.moment(code.from_), record.moment(code.until)
    first = record.effect(act) if own is None else own
    dated = own is not None or bool(act.on)
    return Held(organisation, code, act, first, OPEN_END if until is None else until, dated)


def _folded(code: DatedCode) -> tuple[str, str]:
    return code.scheme.strip().casefold(), code.code.strip().casefold()


def _outside(record: Record, held: Held, registered: Act[OrganisationRegistered], ended: int) -> Iterator[Tripped]:
    """A code from before the organisation's own first day, or until after its end."""
    begun = record.moment(registered.data.from_)
    code, called = held.code, f"code {held.code.code} of {held.code.scheme}"
    if begun is not None and code.from_ and held.first < begun:
        said: Said = (
            f"{called} is recorded for it from ",
            Day(code.from_),
            ", and it began on ",
            Day(registered.data.from_ or ""),
        )
        yield Tripped(said, (held.act.position, registered.position), held.act.at.earliest)
    if ended < held.until < OPEN_END and code.until:
        said = (f"{called} is recorded for it until ", LastDay(code.until), ", when it had ended before")
        yield Tripped(said, (held.act.position, *_ending(record, held.organisation, ended)), ended)


def _shared(record: Record, held: Held, other: Held) -> Iterator[Tripped]:
    """A code that two have at one time. One that passes to a successor is shared by nobody."""
    own, theirs = held.organisation, other.organisation
    since = max(held.first, other.first)
    until = min(
        held.until,
        other.until,
        _ended(record, own),
        _ended(record, theirs),
        _passed(record, own, theirs),
        _passed(record, theirs, own),
    )
    if since < until:
        doubt = "" if held.dated and other.dated else "; since when is not recorded"
        said: Said = (
            f"code {held.code.code} of {held.code.scheme} is recorded for ",
            Named(theirs),
            f" as well{doubt}",
        )
        yield Tripped(said, (held.act.position, other.act.position), since, until, evidenced=not doubt)


def _ended(record: Record, organisation: str) -> int:
    """When an organisation ended, as far as is recorded."""
    told = record.of(organisation)
    registered = told.first(OrganisationRegistered)
    own = record.moment(registered.data.until) if registered else None
    ends = [record.effect(act) for act in told.all(OrganisationDissolved)]
    ends += [record.effect(act) for act in told.all(OrganisationSucceeded) if act.data.ends]
    return min([OPEN_END if own is None else own, *ends])


def _ending(record: Record, organisation: str, ended: int) -> list[int]:
    """The facts by which an organisation ended."""
    told = record.of(organisation)
    acts: list[Act[Any]] = [*told.all(OrganisationDissolved), *told.all(OrganisationSucceeded)]
    return [act.position for act in acts if record.effect(act) == ended][:1]


def _passed(record: Record, organisation: str, successor: str) -> int:
    """When an organisation was taken over by another, which may then go by its code."""
    acts = record.of(organisation).all(OrganisationSucceeded)
    taken_over = (act for act in acts if successor in {one.organisation for one in act.data.successors})
    return min((record.effect(act) for act in taken_over), default=OPEN_END)
