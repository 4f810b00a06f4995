"""What changed of delegations: in force, no longer, and on which terms."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from decisionlog.domain.saying import Day, Named, Said, Worth, joined
from decisionlog.projections.authority.delegations import Delegation
from decisionlog.questions.difference.pairs import Pair, Told, changed, field
from decisionlog.questions.difference.words import since, these, until, what_changed
from decisionlog.store.histories import unpacked

_TERMS: Final = (
    "delegator on_behalf_of delegates exercise kind functions matters places legal_basis instrument clause by_decision "
    "parent exclusivity limits must_consult onward consent_of holders review_by until"
).split()
_THEN: Final = {"ended": ", its last day", "carried into": ", then carried into others"}
"""How it ended, where the word for what stopped it does not say that by itself."""


def delegation(pair: Pair) -> Told | None:
    """How a delegation stood and stands; of one in force at both points, which of its terms changed."""
    state, now_state = (_state(piece.values) if piece else "" for piece in (pair.was, pair.now))
    stood, stands = {"state": state} if state else {}, {"state": now_state} if now_state else {}
    if pair.now is None:
        return Told((Named(pair.stream), ": no longer on record"), stood, {})
    row: Delegation = pair.now.values
    if now_state == "in force" and state != "in force":
        if state == "suspended":
            return Told((Named(pair.stream), ": in force again"), stood, stands, what="began")
        said: Said = (Named(pair.stream), ": in force ", *since(row.since), *_from_whom_to_whom(row))
        return Told(said, stood, stands, what="began")
    if state != now_state and now_state not in {"in force", "not yet in force"}:
        return _over(pair, row, stood, stands)
    if pair.was is None:
        said = (Named(pair.stream), ": to be in force from ", Day(row.since), *_from_whom_to_whom(row))
        return Told(said, {}, stands, what="began")
    return _other_terms(pair)


def _over(pair: Pair, row: Delegation, stood: Mapping[str, Any], stands: Mapping[str, Any]) -> Told:
    """Until when it was in force, and how it ended; of one that began after the first point, from when as well."""
    stop = _whole_stop(row)
    held: Said = (": in force ",) if stood.get("state") == "in force" else (": in force from ", Day(row.since), " ")
    if not row.begun:
        held = (": never in force, ",)
    then = _THEN.get(stop["how"], f", then {stop['how']}")
    said: Said = (Named(pair.stream), *held, *until(stop["on"]), then)
    return Told(said, stood, stands, tuple(stop["evidence"]), what="ended")


def continuation(pair: Pair) -> Told | None:
    """That a delegation outlived a succession, and for whom."""
    row = next(pair.pieces).values
    parties = these(field(pair.now or pair.was, "parties") or (), " for ")
    giver: Said = (", from ", Named(row.delegator)) if row.delegator else ()
    to = these(field(pair.now or pair.was, "delegates") or (), " to ")
    was, now = changed(pair, ("delegator", "delegates", "parties", "continuity", "until"))
    if pair.now and pair.was:
        return (
            Told((Named(pair.stream), ": its continuation: ", *what_changed(was, now)), was, now)
            if was or now
            else None
        )
    verb = ": continued" if pair.now else ": no longer continued"
    on: Said = (" on ", Day(row.since)) if row.since and pair.now else ()
    return Told((Named(pair.stream), verb, *on, *parties, *giver, *to), was, now, what="began" if pair.now else "ended")


def consent(pair: Pair) -> Told | None:
    """Who agreed that the power of a delegation is passed on, or no longer does."""
    if pair.now and pair.was:
        return None
    row = next(pair.pieces).values
    who: Said = (Named(row.who),) if row.who else ("somebody who is not recorded",)
    verb = " agreed that " if pair.now else " no longer agrees that "
    to = these(field(pair.now or pair.was, "delegates") or (), " to ")
    by: Said = (" by ", Named(row.delegation)) if row.delegation else ()
    was, now = changed(pair, ("who", "delegates", "delegation"))
    said: Said = (*who, verb, Named(pair.stream), " be passed on", *to, *by)
    return Told(said, was, now, what="began" if pair.now else "ended")


def _other_terms(pair: Pair) -> Told | None:
    was, now = changed(pair, _TERMS)
    told = [what_changed(was, now)] if was or now else []
    told += [("what of its functions it includes or leaves out, in words",)] if _rewritten(pair) else []
    told += [_stop(stop) for stop in _parts_stopped(pair.now) if stop not in _parts_stopped(pair.was)]
    told += [("no longer ", *_stop(stop)) for stop in _parts_stopped(pair.was) if stop not in _parts_stopped(pair.now)]
    told += _conditions(pair)
    if not told:
        return None
    return Told((Named(pair.stream), ": ", *joined(told, "; ", "; ")), was, now, what="changed")


def _rewritten(pair: Pair) -> bool:
    """Whether the words changed by which the same functions are given in part."""
    return field(pair.was, "functions") == field(pair.now, "functions") and changed(pair, ["scope"]) != ({}, {})


def _state(row: Delegation) -> str:
    """How it stands by what was said of it itself; what became of whoever gave it is told of the power."""
    if not row.begun:
        return "not yet in force"
    how = next((stop["how"] for stop in [_whole_stop(row)] if stop["evidence"]), "in force")
    return "carried into others" if how == "carried into" else str(how)


def _whole_stop(row: Delegation) -> Mapping[str, Any]:
    """What stops all of it: by whatever ended it, else by a suspension; without evidence, where nothing does."""
    whole = [stop for stop in unpacked(row.stops) if _is_whole(stop, row)]
    none = {"how": "ended", "on": row.until, "evidence": []}
    return next((stop for stop in whole if stop["how"] != "suspended"), next(iter(whole), none))


def _is_whole(stop: Mapping[str, Any], row: Delegation) -> bool:
    """Whether it stops all that was given, for everybody for whom it was: by naming nothing, or everything."""
    named = ((stop["on_behalf_of"], row.on_behalf_of), (stop["functions"], row.functions))
    return not any(stopped and set(unpacked(given)) - set(stopped) for stopped, given in named)


def _parts_stopped(piece: Any) -> list[dict[str, Any]]:
    return [stop for stop in field(piece, "stops") or () if not _is_whole(stop, piece.values)]


def _stop(stop: Mapping[str, Any]) -> Said:
    on: Said = (" on ", Day(stop["on"])) if stop["on"] else ()
    return (stop["how"], *on, *these(stop["on_behalf_of"], " for "), *these(stop["functions"], " as to "))


def _conditions(pair: Pair) -> list[Said]:
    was, now = ({one["id"]: one["state"] for one in field(piece, "conditions") or ()} for piece in (pair.was, pair.now))
    return [
        (f"condition {name} {f'was {was[name]}, ' if name in was else ''}{'now ' if name in was else ''}{state}",)
        for name, state in now.items()
        if was.get(name) != state
    ]


def _from_whom_to_whom(row: Delegation) -> Said:
    """From whom to whom, for which functions, within what."""
    giver: Said = (", from ", Named(row.delegator)) if row.delegator else (", from whom is not recorded",)
    limits = unpacked(row.limits)
    within: Said = (", ", *joined([(Worth(one),) for one in limits])) if limits else ()
    return (*giver, *these(unpacked(row.delegates), " to "), *these(unpacked(row.functions), ", for "), *within)
