"""`who decided REF`: who made a determination, for whom, under what authority, who agreed and who did not.

Of a proposal, a meeting or an item of a meeting, it answers for every determination that came of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from decisionlog.domain.answers.deciding import Decided, Hop, WhoDecided
from decisionlog.domain.known import never_was
from decisionlog.domain.references import fold, split
from decisionlog.domain.refusals import BadInput, NotFound, Refusal
from decisionlog.projections import citations
from decisionlog.questions.accountable.rules import resting_on_the_table, table_in
from decisionlog.questions.accounts.items import in_order
from decisionlog.questions.delegations import hop
from decisionlog.questions.determining import decisions_citing, determination
from decisionlog.questions.finding_things import mentioned_in, names_of
from decisionlog.questions.point import Asked, Point, settle
from decisionlog.questions.telling import retracted
from decisionlog.questions.viewing import Viewing
from decisionlog.store.catch_up import ReadModels
from decisionlog.store.finding import find
from decisionlog.store.log import Log

_CITING_FIELD: Final = {"proposal": "proposals.proposal", "meeting": "meeting"}
_ITEM: Final = "#"
"""What stands between a meeting and one of its items: `NLB-2025-03-13#4`."""
_FACTS_OF_A_MEETING: Final = 500
"""How many facts of other things are looked through for an item on which nothing was decided."""


def who_decided(
    log: Log, models: ReadModels, ref: str, asked: Asked, now: datetime, *, item: str | None = None
) -> WhoDecided:
    """The determinations of a decision, a proposal, a meeting or one item of it.

    Raises `NotFound`, `BadInput` for an item of what is no meeting, and `Refusal` for things of which none is made.
    """
    point = settle(log, asked, now)
    stream, item = _asked_about(log, ref, item)
    kind = split(stream)[0]
    if kind not in {"decision", *_CITING_FIELD}:
        msg = f"{stream} is of kind {kind}; ask who decided a decision, a proposal, a meeting or an item of a meeting."
        raise Refusal(msg)
    if item is not None and kind != "meeting":
        msg = f"{stream} is of kind {kind} and has no items; name a meeting with its item, such as NLB-2025-03-13{_ITEM}4."
        raise BadInput(msg)
    with models.reading() as rows:
        viewing = Viewing(log, rows, point)
        decisions = [stream] if kind == "decision" else decisions_citing(viewing, stream, _CITING_FIELD[kind])
        items = [decided for decision in decisions if (decided := determination(viewing, decision))]
        notes: tuple[str, ...] = ()
        if item is not None:
            every, items = items, [decided for decided in items if _disposes_of(decided, item)]
            notes = () if items else (_undecided(viewing, stream, item, every),)
        elif not items:
            notes = (f"No determination of this {kind} is recorded. A status that its source noted is not a decision.",)
        if kind == "decision" and not items:
            raise NotFound(_not_there(viewing, stream, point))
        items.sort(key=lambda decided: decided.evidence[0])
        in_place = _delegations_of(viewing, stream) if kind == "proposal" else ()
        mentioned = {stream}.union(*(mentioned_in(part) for part in (*items, *in_place)))
        names = names_of(log, rows, mentioned, point.as_of)
    basis = resting_on_the_table(point.basis, table_in(point.rules))
    return WhoDecided(
        basis, stream, kind == "decision", tuple(items), in_place, names, notes if not items else (), item or ""
    )


def _asked_about(log: Log, ref: str, item: str | None) -> tuple[str, str | None]:
    """The thing that is meant, and the item of it, where one is."""
    if item is not None or _ITEM not in ref:
        return find(log, ref), item
    try:
        return find(log, ref), None
    except NotFound:
        thing, _, last = ref.rpartition(_ITEM)
        if not thing or not last:
            raise
        return find(log, thing), last


def _disposes_of(decided: Decided, item: str) -> bool:
    """Whether a determination was of an item, alone or with others in one decision."""
    if fold(str(decided.decision.get("item", ""))) == fold(item):
        return True
    together = decided.decision.get("en_bloc")
    if not isinstance(together, dict):
        return False
    covered, excepted = ({fold(one) for one in together.get(name, ())} for name in ("covers", "excepted"))
    return fold(item) in covered - excepted


def _undecided(viewing: Viewing, stream: str, item: str, every: Iterable[Decided]) -> str:
    """What is recorded of an item on which nothing was decided. Raises `NotFound` where nothing is."""
    seen = viewing.of(stream)
    known = [str(decided.decision["item"]) for decided in every if "item" in decided.decision]
    for one in seen.stated("meeting.item_considered"):
        known.append(one.data.get("item", ""))
        if fold(known[-1]) == fold(item):
            return f"Item {item} was considered and nothing was decided on it [{one.position}]."
    for one in seen.stated("meeting.called"):
        for listed in one.data.get("agenda", ()):
            known.append(listed.get("item", ""))
            if fold(known[-1]) == fold(item):
                return f"Item {item} was on the agenda; no determination of it is recorded [{one.position}]."
    elsewhere, _ = viewing.concerning(stream, (), ["meeting"], _FACTS_OF_A_MEETING)
    known += (one.data.get("item", "") for one in elsewhere)
    if came_up := [one.position for one in elsewhere if fold(one.data.get("item", "")) == fold(item)]:
        return f"Item {item} is on record; no determination of it is recorded {came_up}."
    there = ", ".join(sorted(dict.fromkeys(filter(None, known)), key=in_order))
    raise NotFound(f"{stream} has no item '{item}' on record." + (f" Its items are: {there}." if there else ""))


def _not_there(viewing: Viewing, stream: str, point: Point) -> str:
    seen = viewing.of(stream)
    if never_was(seen.reading):
        return retracted(stream, seen.everything)
    return f"{stream} was not known on {point.basis.known_at}, or had not been taken by {point.basis.as_at}."


def _delegations_of(viewing: Viewing, stream: str) -> tuple[Hop, ...]:
    """The delegations of one matter, each with how it stands on the day asked about."""
    found = citations.citing(viewing.rows, stream, ("delegation.granted",), "matters")
    day = viewing.point.basis.as_at
    hops = (hop(viewing.of(citation.citing), day, viewing.log.zone) for citation in found)
    return tuple(link for link in hops if link is not None)
