"""Who was given the power to decide: for one proposal by a header, or for a whole field by a standing grant.

The header names the kind of delegate and thereby who gave the power (BDFL-Delegate, PEP-Delegate); it is no grant in
words. A delegate who is nobody (TBD, n/a) is no delegation. A delegate who is first named when the proposal has been
decided, by nobody who is named, is who decided it.
"""

from __future__ import annotations

from collections.abc import Sequence

from decisions import authority
from desk import Desk, Matter
from numbering import called
from people import STEERING_COUNCIL, stood_for
from plain import Fact, Record
from regimes import BDFL, PEPS

_GIVEN_BY = {"BDFL": BDFL, "Steering Council": STEERING_COUNCIL}
_EVERYTHING = "*"


def granted(desk: Desk, record: Record) -> None:
    """A header names a delegate for the first time, or again."""
    delegates = desk.people.parties(record["to"])
    if record.get("standing"):
        _grant_standing(desk, record, delegates)
    elif delegates:
        _grant(desk, record, delegates)
    else:
        desk.book.keep()


def changed(desk: Desk, record: Record) -> None:
    """Another delegate: the earlier grant ends, then the later begins. Another header alone names another giver."""
    matter, delegates = desk.matters[record["proposal"]], desk.people.parties(record["to"])
    stands = matter.delegation
    if stands is not None and desk.people.same(stands.data["delegates"], delegates):
        giver = _GIVEN_BY[record["from"]]
        desk.book.correct(
            stands, {"/delegator": giver} if stands.now("/delegator") != giver else {}, record.get("note")
        )
        desk.book.keep_unless_told()
        return
    _revoke(desk, matter, record)
    if delegates:
        _grant(desk, record, delegates)
    desk.book.keep_unless_told()


def ended(desk: Desk, record: Record) -> None:
    """The header is gone."""
    _revoke(desk, desk.matters[record["proposal"]], record)
    desk.book.keep_unless_told()


def _grant(desk: Desk, record: Record, delegates: Sequence[str]) -> None:
    """One grant for one proposal. If it was decided before, the day on which the header came is not the grant's."""
    matter = desk.matters[record["proposal"]]
    matter.granted += 1
    undecided_by = _decided_by_nobody_named(matter)
    ref = f"{called(record['proposal'])} delegate#{matter.granted}"
    told = {
        "ref": ref,
        "delegator": desk.book.cite(_GIVEN_BY[record["from"]]),
        "on_behalf_of": stood_for(record["to"]) or None,
        "delegates": list(delegates),
        "matters": [desk.proposal(record["proposal"])],
        "words": f"{record['header']}: {', '.join(record['to'])}",
    }
    on = None if undecided_by else record.get("at")
    matter.delegation = desk.book.open(f"delegation:{ref}", told, on)
    if undecided_by:
        who = {"/decision_makers": list(delegates), "/authority": authority(matter.delegation, record["header"])}
        desk.book.correct(undecided_by, who, record.get("note"))


def _grant_standing(desk: Desk, record: Record, delegates: Sequence[str]) -> None:
    """A field named in words is a function; the asterisk under which all of a body's field stands names none."""
    group, _, field = record["scope"].partition(": ")
    scope = [{"function": desk.function(field, PEPS)}] if field not in {"", _EVERYTHING} else None
    ref = " / ".join(filter(None, (group, field)))
    told = {
        "ref": ref,
        "delegator": desk.book.cite(_GIVEN_BY[record["from"]]),
        "delegates": list(delegates),
        "scope": scope,
        "words": record["scope"],
    }
    desk.book.open(f"delegation:{ref}", told, record.get("at"))


def _revoke(desk: Desk, matter: Matter, record: Record) -> None:
    grant = matter.delegation
    if grant is not None:
        told = {"reason": record.get("note")}
        desk.book.add("delegation.revoked", grant.stream, told, record.get("at"), of=grant)
        matter.delegation = None


def _decided_by_nobody_named(matter: Matter) -> Fact | None:
    """The decision that stands, where it is not recorded who took it and no delegate was named before."""
    decision = matter.decision
    known = decision is None or decision.now("/decision_makers") is not None or matter.granted > 1
    return None if known else decision
