"""The tests of a step: what holds, what fails, what is not recorded, what a person must read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from decisionlog.domain.authority.outcomes import Outcome, Test, worst, worst_of
from decisionlog.domain.authority.parties import giver_words, is_forum, receiver_words
from decisionlog.domain.authority.question import Question
from decisionlog.domain.authority.table import ANY, Table
from decisionlog.domain.authority.world import Grant, Seat, World
from decisionlog.domain.references import split
from decisionlog.domain.saying import Named, Said, Worth, joined

_SUBSTANTIVELY: Final = frozenset({"substantive", "ex-officio"})
_MET: Final = frozenset({"discharged", "waived"})


def instrument(world: World, reference: str) -> Test:
    """The instrument that is cited is in force."""
    if not reference:
        return Test("instrument", Outcome.NOT_RECORDED, ("none is cited",))
    cited = world.instrument(reference)
    if not cited.recorded:
        return Test("instrument", Outcome.NOT_RECORDED, ("nothing but its reference is recorded",))
    if cited.in_force:
        return Test("instrument", Outcome.HOLDS, evidence=cited.evidence)
    return Test("instrument", Outcome.FAILS, (cited.why,), cited.evidence)


def resolved(world: World, seat: Seat) -> Test | None:
    """Of a body of several parents: this parent decided to join it."""
    if (
        world.party(seat.body).kind != "joint-committee"
        and len({one.parent for one in world.parents_of(seat.body)}) < 2
    ):
        return None
    if seat.by_decision:
        return Test("resolved", Outcome.HOLDS, evidence=seat.evidence)
    return Test("resolved", Outcome.NOT_RECORDED, ("no decision of this parent is cited",), seat.evidence)


def basis(world: World, question: Question, table: Table, grant: Grant, giver: str, receivers: Sequence[str]) -> Test:
    """The table of legal bases allows this kind of giver and of receiver, at that moment."""
    code = grant.legal_basis
    entry = table.bases.get(code)
    if entry is None:
        why = f"{code} is not in the table" if code else "none is cited"
        return Test("basis", Outcome.NOT_RECORDED, (why,), grant.evidence)
    if not entry.can_be_used(question.moment, question.zone):
        return Test("basis", Outcome.FAILS, (f"{entry.name} was not there at that time",), grant.evidence)
    outcome, detail = _among(entry.givers, giver_words(world, giver), "giver")
    for party in receivers:
        other, other_detail = _among(entry.receivers, receiver_words(world, party), "receiver")
        detail = detail if worst([outcome, other]) is outcome else other_detail
        outcome = worst([outcome, other])
    if not receivers and outcome is Outcome.HOLDS:
        outcome, detail = Outcome.NOT_RECORDED, "the receiver is not recorded"
    return Test("basis", outcome, (detail,) if detail else (), grant.evidence)


def _among(allowed: Sequence[str], words: Sequence[str], who: str) -> tuple[Outcome, str]:
    if ANY in allowed or any(word and word in allowed for word in words):
        return Outcome.HOLDS, ""
    if "" in words:
        return Outcome.NOT_RECORDED, f"the kind of the {who} is not recorded"
    kinds = " or ".join(word.replace("-", " ") for word in words if word) or "such a party"
    return Outcome.FAILS, f"{kinds} as {who} is not in the table for it"


def onward(world: World, table: Table, grant: Grant, above: Grant | None) -> Test | None:
    """The delegation above permits that the power is passed on; where it is silent, its legal basis does, by the table."""
    if above is None:
        return None
    match above.onward:
        case "permitted":
            return Test("onward", Outcome.HOLDS, evidence=above.evidence)
        case "prohibited":
            return Test("onward", Outcome.FAILS, ("prohibited",), above.evidence)
        case "with-consent":
            return _consent(grant, above)
        case _:
            return _unless_directed(world, table, grant, above)


def _unless_directed(world: World, table: Table, grant: Grant, above: Grant) -> Test:
    entry = table.bases.get(above.legal_basis)
    kinds = receiver_words(world, grant.delegator) if grant.delegator else ()
    allowed = {to for by in kinds for to in (entry.onward_unless_directed.get(by, ()) if entry else ())}
    if entry and grant.delegates and all(allowed.intersection(receiver_words(world, one)) for one in grant.delegates):
        return Test("onward", Outcome.HOLDS, (f"{entry.name}, unless directed otherwise",), above.evidence)
    return Test("onward", Outcome.NOT_RECORDED, (), above.evidence)


def _consent(grant: Grant, above: Grant) -> Test:
    given = [
        one
        for one in above.consents
        if grant.reference == one.delegation
        or (one.delegates and set(grant.delegates) <= set(one.delegates) and grant.delegates)
        or not (one.delegation or one.delegates)
    ]
    missing = [who for who in above.consent_of if all(one.who != who for one in given)]
    evidence = tuple(at for one in given for at in one.evidence)
    if given and not missing:
        return Test("onward", Outcome.HOLDS, ("with consent",), evidence)
    of_whom = joined([(Named(who),) for who in missing])
    detail = ("no consent of ", *of_whom, " is recorded") if missing else ("no consent is recorded",)
    return Test("onward", Outcome.FAILS, detail, above.evidence)


def reserved(grant: Grant) -> Test:
    """Nothing is reserved."""
    if grant.reserved is None:
        return Test("reserved", Outcome.NOT_RECORDED, evidence=grant.evidence)
    if grant.reserved:
        return Test("reserved", Outcome.TO_BE_READ, (), grant.evidence)
    return Test("reserved", Outcome.HOLDS, evidence=grant.evidence)


def limit(question: Question, grant: Grant) -> Test | None:
    """What is asked about is within every limit; one with which it cannot be compared a person must read."""
    if not question.values:
        return None
    if grant.limits is None:
        return Test("limit", Outcome.NOT_RECORDED, evidence=grant.evidence)
    not_compared: list[Said] = []
    for one in grant.limits:
        if (total := comparable(question.values, one)) is not None and over(total, one):
            return Test("limit", Outcome.FAILS, (Worth(one),), grant.evidence)
        concerned = [value for value in question.values if not _is_of_another(value, one)]
        reasons = dict.fromkeys(why for value in concerned if (why := _why_not(value, one)))
        not_compared += [_not_compared(one, why) for why in reasons]
    if not_compared:
        return Test("limit", Outcome.TO_BE_READ, joined(not_compared, "; ", "; "), grant.evidence)
    return Test("limit", Outcome.HOLDS, evidence=grant.evidence)


def comparable(values: Sequence[Mapping[str, Any]], limit_: Mapping[str, Any]) -> int | None:
    """The sum of what can be compared with a limit; none, if nothing can."""
    compared = [
        value["money"]["amount"]
        for value in values
        if isinstance(value.get("money"), dict) and not _is_of_another(value, limit_) and not _why_not(value, limit_)
    ]
    return sum(compared) if compared else None


def _is_of_another(value: Mapping[str, Any], limit_: Mapping[str, Any]) -> bool:
    """Whether a sum is said to be of another kind, or from another fund, than a limit."""
    return any(name in limit_ and name in value and limit_[name] != value[name] for name in ("kind", "fund"))


def _why_not(value: Mapping[str, Any], limit_: Mapping[str, Any]) -> str:
    """Why a sum cannot be compared with a limit; empty, where it can."""
    if not isinstance(limit_.get("money"), dict):
        return "in words"
    if value["money"]["currency"] != limit_["money"]["currency"]:
        return f"in {limit_['money']['currency']}, the amount in {value['money']['currency']}"
    if "fund" in limit_ and "fund" not in value:
        return "of which it is not said that the amount comes from it"
    return ""


def _not_compared(limit_: Mapping[str, Any], why: str) -> Said:
    what: Said = (Worth(limit_), ", ") if isinstance(limit_.get("money"), dict) else ("a limit ",)
    return (*what, f"{why}: not compared")


def over(total: int, limit_: Mapping[str, Any]) -> bool:
    """Whether a sum is beyond a limit; the limit itself is within it, unless the operator says otherwise."""
    most = limit_["money"]["amount"]
    return total > most or (total == most and limit_.get("operator") == "<")


def conditions(grant: Grant) -> Test | None:
    """Every condition precedent is discharged or waived."""
    if not grant.conditions:
        return None
    open_ = [one for one in grant.conditions if one.state not in _MET and one.kind != "subsequent"]
    for one in open_:
        if one.kind == "precedent":
            return Test("conditions", Outcome.FAILS, (f"{one.id} is {one.state}",), one.evidence)
    if open_:
        evidence = tuple(at for one in open_ for at in one.evidence)
        return Test("conditions", Outcome.TO_BE_READ, (", ".join(one.id for one in open_),), evidence)
    return Test("conditions", Outcome.HOLDS, evidence=tuple(at for one in grant.conditions for at in one.evidence))


def consulted(grant: Grant) -> Test | None:
    """Somebody must be consulted before each use; whether that was done a person must read."""
    if not grant.must_consult:
        return None
    return Test("consulted", Outcome.TO_BE_READ, joined([(Named(who),) for who in grant.must_consult]), grant.evidence)


def delegate(world: World, receivers: Sequence[str]) -> Test:
    """Whoever receives has begun, has not ended, and can decide."""
    return worst_of(_there(world, party) for party in receivers) or Test("delegate", Outcome.NOT_RECORDED)


def _there(world: World, party: str) -> Test:
    found = world.party(party)
    if is_forum(world, party):
        return Test("delegate", Outcome.FAILS, ("a forum cannot decide",), found.evidence)
    if not found.recorded:
        return Test("delegate", Outcome.NOT_RECORDED, ("nothing but its reference is recorded",))
    if found.exists:
        return Test("delegate", Outcome.HOLDS, evidence=found.evidence)
    return Test("delegate", Outcome.FAILS, ("it had ended" if found.ended else "it had not begun",), found.evidence)


def holder(world: World, receivers: Sequence[str], rule: str) -> Test | None:
    """Of a post: somebody holds it, and in the way that the delegation wants."""
    return worst_of(_held(world, party, rule) for party in receivers if split(party)[0] == "post")


def _held(world: World, post: str, rule: str) -> Test:
    holders = world.holders(post)
    evidence = tuple(at for one in holders for at in one.evidence)
    if not holders:
        if not world.party(post).recorded:
            return Test("holder", Outcome.NOT_RECORDED, ("nothing but the reference of the post is recorded",))
        return Test("holder", Outcome.FAILS, ("nobody held the post",))
    held_as = {one.role for one in holders}
    if rule == "any-holder" or held_as & _SUBSTANTIVELY:
        return Test("holder", Outcome.HOLDS, evidence=evidence)
    if rule == "substantive-only":
        if "" in held_as:
            return Test("holder", Outcome.NOT_RECORDED, ("how the post is held is not recorded",), evidence)
        return Test("holder", Outcome.FAILS, ("only a substantive holder may use it",), evidence)
    if "" in held_as:
        return Test("holder", Outcome.HOLDS, evidence=evidence)
    words = " or ".join(sorted(held_as))
    return Test("holder", Outcome.NOT_RECORDED, (f"{words}: whether such a holder may use it is not said",), evidence)


def somebody_holds(world: World, post: str) -> Test:
    """Of a post that has a duty: somebody holds it."""
    return _held(world, post, "any-holder")
