"""Opening a thing: a proposal, a disagreement, a decision, a delegation, an action; with a number where it has none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from decisionlog.commands.acts import Act, Decided, plain
from decisionlog.commands.allotting import next_ref, series_of
from decisionlog.commands.conditions import numbered
from decisionlog.commands.things import Thing, happened, thing, when
from decisionlog.domain.days import NotADate, at, civil_day, is_partial, moment
from decisionlog.domain.facts import KINDS, TYPES
from decisionlog.domain.facts.shape import fields_of
from decisionlog.domain.references import split
from decisionlog.domain.refusals import BadInput, NotFound, Taken
from decisionlog.store.finding import find
from decisionlog.store.log import Log

_NUMBERED_BY: Final[Mapping[str, tuple[str, ...]]] = {
    "proposal.submitted": ("issuer", "sponsor"),
    "disagreement.raised": ("issuer", "about", "on_behalf_of"),
    "decision.taken": ("issuer", "decision_makers"),
    "delegation.granted": ("issuer", "delegator"),
    "action.assigned": ("issuer", "decision", "organisation", "owner"),
}
"""In which series a thing without a reference is numbered: that of the first of these that is given."""
_NUMBERING: Final = frozenset({"body", "organisation", "post"})


def decide(log: Log, act: Act) -> Decided:
    """Open a thing; with `again` also one whose reference is that of another, which is then kept beside that one.

    Raises `Taken` where its reference is that of another, and `BadInput` where nothing says who numbers it.
    """
    data = numbered(dict(act.data))
    if isinstance(ref := data.get("ref"), str) and ref:
        if not act.again:
            _require_free(log, act, ref)
        return Decided(plain(act, data=data), ref, keep_equal_refs=act.again)
    size = log.head().size
    data["ref"] = next_ref(log, _kind(act), _series(log, act), _day(log, act))
    return Decided(plain(act, data=data), data["ref"], size=size)


def resolved(log: Log, act: Act, name: str) -> list[str]:
    """The streams that a field of an act names, as far as they are recorded; what is not is refused with all else."""
    kinds = fields_of(TYPES[act.type])[name].kinds
    return [stream for written in _texts(act, name) if (stream := known(log, written, kinds))]


def known(log: Log, written: str, kinds: tuple[str, ...]) -> str:
    """The stream that a reference names; empty, where there is none or several."""
    try:
        return find(log, written, kinds or KINDS)
    except (NotFound, BadInput):
        return ""


def _texts(act: Act, name: str) -> list[str]:
    given = act.data.get(name, [])
    return [one for one in (given if isinstance(given, list) else [given]) if isinstance(one, str)]


def _require_free(log: Log, act: Act, ref: str) -> None:
    kind = _kind(act)
    if not (stream := known(log, f"{kind}:{ref}", (kind,))):
        return
    if act.data.get("issuer") and _issuer(thing(log, stream)) not in resolved(log, act, "issuer"):
        return
    there = thing(log, stream)
    opening = there.opening
    msg = (
        f"{there.ref} was {_said(there)} already {when(opening)}, recorded on {opening.recorded_at[:10]}. "
        "Record what happened to it since, or correct it. If it is another thing of the same name, give --again: it is "
        "kept beside the first, under a key of its own."
    )
    raise Taken(msg)


def _said(there: Thing) -> str:
    return str(there.data(there.opening).get("outcome") or happened(there.opening.type))


def _issuer(there: Thing) -> str:
    return str(there.data(there.opening).get("issuer") or "")


def _kind(act: Act) -> str:
    return act.type.partition(".")[0]


def _series(log: Log, act: Act) -> str:
    """The series in which a thing is numbered. Raises `BadInput` where nothing that is recorded says which."""
    for name in _NUMBERED_BY[act.type]:
        for stream in resolved(log, act, name):
            if split(stream)[0] in _NUMBERING:
                return series_of(log, stream)
            if "/" in (ref := thing(log, stream).ref):
                return ref.partition("/")[0]
    for name in _NUMBERED_BY[act.type]:
        for written in _texts(act, name):
            _require(log, written, fields_of(TYPES[act.type])[name].kinds)
    msg = "Nothing says who numbers it; give --ref, or --issuer with the body or organisation that does."
    raise BadInput(msg)


def _require(log: Log, written: str, kinds: tuple[str, ...]) -> None:
    try:
        find(log, written, kinds or KINDS)
    except NotFound as missing:
        raise BadInput(str(missing)) from missing


def _day(log: Log, act: Act) -> str:
    """The day whose year numbers it, in the log's civil time: when it happened, or when it is recorded."""
    try:
        if act.on:
            return act.on if is_partial(act.on) else civil_day(act.on, log.zone).isoformat()
    except NotADate:  # it is refused for that where it is recorded
        pass
    return at(moment(act.now)).astimezone(log.zone).date().isoformat()
