"""`who decided REF`: who made a determination, for whom, under what authority, who agreed and who did not.

Of a proposal, a meeting or an item of a meeting, it answers for every determination that came of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Final

from decisionlog.domain.answers.deciding import Decided, Hop, WhoDecided
from decisionlog.domain.en_bloc import carried, taken_out
from decisionlog.domain.references import fold, split
from decisionlog.domain.refusals import BadInput, NotFound, Refusal
from decisionlog.questions.accountable.rules import resting_on_the_table, table_in
from decisionlog.questions.accounts.items import in_order
from decisionlog.questions.delegations import hop
from decisionlog.questions.determining import determination
from decisionlog.questions.finding_things import find_thing, mentioned_in, names_of
from decisionlog.questions.findings import judged_by
from decisionlog.questions.not_taken import not_taken
from decisionlog.questions.point import Asked, settle
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
    log: Log, models: ReadModels, ref: str, asked: Asked, now: datetime, *, item: str | None = None, judged: bool = True
) -> WhoDecided:
    """The determinations of a decision, a proposal, a meeting or one item of it; with what does not add up, unless not judged.

    Raises `NotFound`, `BadInput` for an item of what is no meeting, and `Refusal` for things of which none is made.
    """
    point = settle(log, asked, now)
    stream, item = _asked_about(log, models, ref, item)
    kind = split(stream)[0]
    if kind not in {"decision", *_CITING_FIELD}:
        msg = f"{stream} is of kind {kind}; ask who decided a decision, a proposal, a meeting or an item of a meeting."
        raise Refusal(msg)
    if item is not None and kind != "meeting":
        msg = f"{stream} is of kind {kind} and has no items; name a meeting with its item, such as NLB-2025-03-13{_ITEM}4."
        raise BadInput(msg)
    with models.reading() as rows:
        viewing = Viewing(log, rows, point, judges=judged)
        decisions = [stream] if kind == "decision" else viewing.concerned("decision", [stream], _CITING_FIELD[kind])
        items = [decided for decision in decisions if (decided := determination(viewing, decision))]
        notes: tuple[str, ...] = ()
        if item is not None:
            every, items = items, [decided for decided in items if _disposes_of(decided, item)]
            notes = () if items else _undecided(viewing, stream, item, every)
        elif not items:
            notes = (f"No determination of this {kind} is recorded. A status that its source noted is not a decision.",)
        if kind == "decision" and not items:
            raise NotFound(not_taken(viewing, stream))
        items.sort(key=lambda decided: decided.evidence[0])
        in_place = _delegations_of(viewing, stream) if kind == "proposal" else ()
        mentioned = {stream}.union(*(mentioned_in(part) for part in (*items, *in_place)))
        names = names_of(log, rows, mentioned, point.as_of)
    basis = resting_on_the_table(point.basis, table_in(point.rules))
    basis = judged_by(basis) if judged else basis
    return WhoDecided(
        basis, stream, kind == "decision", tuple(items), in_place, names, notes if not items else (), item or ""
    )


def _asked_about(log: Log, models: ReadModels, ref: str, item: str | None) -> tuple[str, str | None]:
    """The thing that is meant, and the item of it, where one is."""
    if item is not None or _ITEM not in ref:
        return find_thing(log, models, ref), item
    try:
        return find(log, ref), None
    except NotFound:
        thing, _, last = ref.rpartition(_ITEM)
        if not thing or not last:
            raise
        return find_thing(log, models, thing), last


def _disposes_of(decided: Decided, item: str) -> bool:
    """Whether a determination was of an item, alone or with others in one decision."""
    return fold(item) in map(fold, carried(decided.decision))


def _undecided(viewing: Viewing, stream: str, item: str, every: Sequence[Decided]) -> tuple[str, ...]:
    """What is recorded of an item on which nothing was decided. Raises `NotFound` where nothing is."""
    mentions = list(_mentions(viewing, stream, every))
    found: dict[str, list[int]] = {}
    for label, what, position in mentions:
        if fold(label) == fold(item):
            found.setdefault(f"Item {item} {what}", []).append(position)
    if not found:
        labels = (label for label, _, _ in mentions if label)
        known = [label for decided in every for label in carried(decided.decision)]
        there = ", ".join(sorted(dict.fromkeys([*known, *labels]), key=in_order))
        raise NotFound(f"{stream} has no item '{item}' on record." + (f" Its items are: {there}." if there else ""))
    (first, evidence), *_ = found.items()
    return (f"{first} [{', '.join(map(str, evidence))}].",)


def _mentions(viewing: Viewing, stream: str, every: Iterable[Decided]) -> Iterator[tuple[str, str, int]]:
    """Where items of a meeting come up, what says most first: the item, what is said of it, by which fact."""
    for decided in every:
        for label in taken_out(decided.decision):
            taken = f"was taken out of what {decided.decision['ref']} decided en bloc"
            yield label, f"{taken}; no determination of it is recorded", decided.evidence[0]
    seen = viewing.of(stream)
    for one in seen.stated("meeting.item_considered"):
        yield one.data.get("item", ""), "was considered and nothing was decided on it", one.position
    for one in seen.stated("meeting.called"):
        for listed in one.data.get("agenda", ()):
            agenda = "was on the agenda; no determination of it is recorded"
            yield listed.get("item", ""), agenda, one.position
    for one in viewing.concerning(stream, (), ["meeting"], _FACTS_OF_A_MEETING)[0]:
        yield one.data.get("item", ""), "is on record; no determination of it is recorded", one.position


def _delegations_of(viewing: Viewing, stream: str) -> tuple[Hop, ...]:
    """The delegations of one matter, each with how it stands on the day asked about."""
    day = viewing.point.basis.as_at
    hops = (hop(viewing, each, day) for each in viewing.concerned("delegation", [stream], "matters"))
    return tuple(link for link in hops if link is not None)
