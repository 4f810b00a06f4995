"""What a scheme file holds: its sections, and which type of fact each key of an entry becomes.

The one table by which files are read, written, compared with the log and documented, so that these cannot differ.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final

from msgspec import Struct


class Later(Struct, frozen=True):
    """A key of an entry whose items become facts of their own, in the entry's stream."""

    key: str
    type: str
    about: str
    """What it is for, in one line."""
    same: tuple[str, ...] = ()
    """The fields that say, with the day from which it holds, which of several it is."""
    short: str = ""
    """The field that a bare value stands for."""
    once: bool = False
    """Usually one, written without a list."""
    standing: bool = False
    """It stands from a day on, as a seat does: the file's own `from` is its day where it gives none."""
    answers: bool = False
    """Its fact names, by `of`, the fact that it ends or answers."""
    then: tuple[Later, ...] = ()
    """What may become of one of these."""

    @property
    def ends(self) -> bool:
        """Whether it is the ending of what it stands in."""
        return self.key == ENDED

    @property
    def closes(self) -> bool:
        """Whether something is over with it, so that it goes before what begins on that day."""
        return self.once and self.answers


ENDED: Final = "ended"
"""The key of an ending, wherever one may stand."""


def _ended(type_name: str, what: str) -> Later:
    about = f"{what}; its day is the first on which it no longer holds"
    return Later(ENDED, type_name, about, short="from", once=True, answers=True)


def _renamed(kind: str) -> Later:
    return Later("renamed", f"{kind}.renamed", "goes by another name from a day on")


class Growing(Struct, frozen=True):
    """A list of an entry that grows: what is new in it, with a day of its own, is a fact of that day."""

    field: str
    key: str
    """The key under which what is new could be written as well."""
    into: str
    """The field of its fact that takes it."""
    same: str
    """The field that, with its day, tells one of the list from another."""
    leaves: str = ""
    """The field of that fact that says which of the list ended; empty: it is given again, with its last day."""


class Section(Struct, frozen=True):
    """A section of the file: things of one kind, each under its key."""

    key: str
    kind: str
    opens: str
    """The type of fact that opens one."""
    about: str
    later: tuple[Later, ...] = ()
    grows: tuple[Growing, ...] = ()


SECTIONS: Final = (
    Section(
        "organisations", "organisation", "organisation.registered", "the legal persons that hold functions",
        (
            _renamed("organisation"),
            Later("coded", "organisation.coded", "codes that were given, or ended, later"),
            Later("relations", "organisation.related", "what it answers to, is part of, is hosted by, lies in",
                  ("relation", "to"), standing=True,
                  then=(_ended("organisation.relation_ended", "the relation no longer holds"),)),
            Later("succeeded", "organisation.succeeded", "who took over what, on which basis"),
            _ended("organisation.dissolved", "the organisation ended"),
        ),
        grows=(Growing("codes", "coded", "codes", "code"),),
    ),
    Section(
        "places", "place", "place.defined", "systems, places and neighbourhoods, with the areas that they cover",
        (Later("redrawn", "place.redrawn", "covers other areas, lies elsewhere, goes by another name"),),
    ),
    Section(
        "functions", "function", "function.catalogued", "what somebody must or may do, and on whom the duty lies",
        (
            Later("duties", "function.duty_placed", "on whom the function lies by law or agreement", ("holder",),
                  short="holder", standing=True,
                  then=(_ended("function.duty_ended", "the duty no longer lies there"),)),
        ),
    ),
    Section(
        "people", "person", "person.registered", "people, each under an opaque key; a name is sealed",
        (
            _renamed("person"),
            Later("affiliated", "person.affiliated", "for whom the person works from a day on", standing=True),
        ),
    ),
    Section(
        "posts", "post", "post.established", "offices that outlast their holders",
        (
            _renamed("post"),
            Later("holders", "post.filled", "who held it, for good, acting, as an interim or deputising", ("person",),
                  short="person", standing=True, then=(_ended("post.vacated", "the holder left"),)),
            _ended("post.abolished", "the post ended"),
        ),
    ),
    Section(
        "bodies", "body", "body.constituted", "boards, committees and forums, their terms and their members",
        (
            _renamed("body"),
            Later("parents_changed", "body.parents_changed", "parents that joined or left"),
            Later("terms", "body.terms_adopted", "terms of reference, version by version", ("version",), standing=True),
            Later("members", "body.member_appointed", "who sits, for whom, in which role", ("member",),
                  short="member", standing=True, then=(_ended("body.member_ended", "the seat was given up or ran out"),)),
            _ended("body.dissolved", "the body ended"),
            Later("reconstituted", "body.reconstituted", "set up again after it had ended"),
        ),
        grows=(Growing("parents", "parents_changed", "parents_joined", "parent", "parents_left"),),
    ),
    Section(
        "instruments", "instrument", "instrument.adopted", "orders, constitutions, schemes of delegation, agreements",
        (
            Later("amended", "instrument.amended", "clauses that were changed"),
            Later("parties_changed", "instrument.parties_changed", "parties that acceded or withdrew"),
            Later("replaced", "instrument.replaced", "another took its place", short="replaced_by", once=True),
            _ended("instrument.ended", "expired, terminated or revoked"),
        ),
    ),
    Section(
        "delegations", "delegation", "delegation.granted", "who may exercise whose function, where, within what limits",
        (
            Later("varied", "delegation.varied", "other terms from a day on", answers=True),
            Later("suspended", "delegation.suspended", "may not be used for a time", answers=True,
                  then=(Later("resumed", "delegation.resumed", "may be used again", short="from", once=True,
                              answers=True),)),
            Later("consented", "delegation.consented", "whoever must agree to its being passed on, agreed", ("delegation",), answers=True),
            Later("continued", "delegation.continued", "goes on after a succession", answers=True),
            Later("reported", "delegation.reported", "its use was reported", answers=True),
            Later("reviewed", "delegation.reviewed", "it was looked at again", answers=True),
            Later("lapsed", "delegation.lapsed", "ran out by itself", short="from", once=True, answers=True),
            _ended("delegation.revoked", "taken back by whoever gave it"),
        ),
    ),
    Section(
        "funds", "fund", "fund.established", "whose money it is, who holds it, who puts in what",
        (
            Later("contribution_changed", "fund.contribution_changed", "parties put in more or less"),
            Later("parties_changed", "fund.parties_changed", "parties joined or left"),
            Later("reported", "fund.reported", "how it stands was reported"),
            _ended("fund.closed", "the fund ended"),
        ),
    ),
    Section(
        "interests", "interest", "interest.registered", "the register of interests",
        (_ended("interest.ended", "the interest is no longer held"),),
    ),
    Section("dispensations", "dispensation", "dispensation.granted", "leave to take part despite an interest"),
)  # fmt: skip
"""Every section, in the order of the file."""

BY_KIND: Final[Mapping[str, Section]] = MappingProxyType({section.kind: section for section in SECTIONS})


def parts_of(parts: tuple[Later, ...]) -> Iterator[Later]:
    """Every key that becomes facts, at any depth."""
    for part in parts:
        yield part
        yield from parts_of(part.then)


TYPES: Final = frozenset(
    name for section in SECTIONS for name in (section.opens, *(part.type for part in parts_of(section.later)))
)
"""Every type of fact that a section may become."""


def effective(on: str | None, data: Mapping[str, Any]) -> str | None:
    """The day from which a fact has effect, as far as it is recorded."""
    found: str | None = data.get("from", on)
    return found


class Standing(Struct, frozen=True):
    """A fact as the log has it: corrected, its words opened as far as they can be."""

    type: str
    stream: str
    n: int
    position: int
    on: str | None
    of: tuple[str, int] | None
    data: dict[str, Any]
    said_on: str = ""
    """When its source first said it, where that is recorded."""

    @property
    def effective(self) -> str | None:
        """The day from which it has effect."""
        return effective(self.on, self.data)


class Item(Struct, frozen=True):
    """One of the facts of an entry, with what became of it."""

    fact: Standing
    part: Later | None
    """The key under which it stands; none, for what opens the entry."""
    then: tuple[Item, ...] = ()


class Entry(Struct, frozen=True):
    """One thing of the scheme as the log has it."""

    stream: str
    section: Section
    opening: Item | None
    items: tuple[Item, ...]
    loose: tuple[Standing, ...]
    """What no key of the section can say: an ending that names nothing, a second opening."""
    length: int
    """How many facts its stream has, whatever they are."""


class Wanted(Struct, frozen=True):
    """A fact as a file wants it: checked and tidied, its references as they are written."""

    type: str
    stream: str
    on: str | None
    """Where the file gives it, or gives no other day."""
    data: dict[str, Any]
    place: str
    part: Later | None = None
    parent: Wanted | None = None
    """The thing or the item that it stands in."""
    said_on: bool = False
    """Whether the file says when the act happened, beside the day from which it has effect."""

    @property
    def effective(self) -> str | None:
        """The day from which it has effect."""
        return effective(self.on, self.data)


class PlainWanted(Struct, frozen=True):
    """A plain fact that a file lists under `also`."""

    fact: dict[str, Any]
    place: str
