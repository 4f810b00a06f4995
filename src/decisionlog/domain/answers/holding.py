"""What `who holds` answers: who held a post or sat on a body, on a day, and how."""

from __future__ import annotations

from msgspec import Struct

from decisionlog.domain.answers.basis import Basis


class HeldBy(Struct, frozen=True):
    """One holder of a post, or one member of a body."""

    who: str
    """A person, or a post whose holder sits."""
    role: str
    """Of a post how it is held: `substantive`, `acting`, `interim` ...; of a body the role. Empty: not recorded."""
    on_behalf_of: tuple[str, ...]
    voting: str
    """`yes`, `no`, or empty where it is not recorded."""
    seat: str
    """How a seat is held: `elected`, `appointed` ..."""
    deputy_for: str
    by_decision: str
    since: str
    until: str
    """The first day on which it no longer holds, where it has ended or that is known."""
    possible: str
    """Why it is only possible on the day asked about; empty where it is certain."""
    part_of_day: str
    """Why it was held for a part of the day only, or that the order of that day is not recorded; empty otherwise."""
    evidence: tuple[int, ...]
    people: tuple[HeldBy, ...] = ()
    """Of a post that sits: who held it."""


class Vacancy(Struct, frozen=True):
    """Nobody held it, from when to when, as far as that is known; empty: not recorded, or not known."""

    since: str
    until: str
    evidence: tuple[int, ...]


class Change(Struct, frozen=True):
    """The next change that is known to come."""

    who: str
    what: str
    """`begins` or `ends`; of the post or the body itself `is over`."""
    on: str
    """The first day on which it is otherwise."""
    evidence: tuple[int, ...]


class Office(Struct, frozen=True):
    """A post or a body with those who held it."""

    office: str
    kind: str
    """`board`, `joint-committee` ... of a body; empty for a post, or where it is not recorded."""
    organisations: tuple[str, ...]
    """Of a post: whose it is."""
    state: str
    """`there`, `to come`, `over`, or `not recorded`."""
    since: str
    until: str
    possible: str
    holders: tuple[HeldBy, ...]
    earlier_that_day: tuple[HeldBy, ...]
    """Who held it for a part of the day asked about, and no longer at its end."""
    vacant: Vacancy | None
    next: tuple[Change, ...]
    evidence: tuple[int, ...]


class Fate(Struct, frozen=True):
    """That an organisation is no more, or that others took over from it; since when, who they are."""

    organisation: str
    ended: bool
    on: str
    """The first day on which it was so; empty: not recorded."""
    successors: tuple[str, ...]
    evidence: tuple[int, ...]


class WhoHolds(Struct, frozen=True):
    """What `who holds` answers."""

    basis: Basis
    asked: str
    """The post, the body or the organisation."""
    items: tuple[Office, ...]
    names: dict[str, str]
    notes: tuple[str, ...]
    fate: Fate | None = None
    """Of an organisation that ended, or was succeeded, by the day asked about."""

    @property
    def evidence(self) -> tuple[int, ...]:
        """Every fact that the answer rests on."""
        found: set[int] = set(self.fate.evidence if self.fate else ())
        for office in self.items:
            found.update(office.evidence, office.vacant.evidence if office.vacant else ())
            for holder in (*office.holders, *office.earlier_that_day):
                found.update(holder.evidence, *(person.evidence for person in holder.people))
            for change in office.next:
                found.update(change.evidence)
        return tuple(sorted(found))
