"""Recording: plain facts, each with the place where it was written, as one batch, all or nothing.

Everything that records for a person comes through here: a meeting's file, a scheme, a command for one fact.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any, Final, NamedTuple

from msgspec import Struct, field
from msgspec.structs import replace

from decisionlog.commands.correcting import Corrections
from decisionlog.commands.plain_facts import Drafting
from decisionlog.domain.refusals import BadInput, Conflict, Mistake, Mistakes
from decisionlog.store.batch import Batch, Draft, Receipt
from decisionlog.store.log import Log

_LINE: Final = re.compile(r"line (\d+)")


class Plain(NamedTuple):
    """One plain fact, and where it was written: `march.yaml, line 12, items[0].decisions[1]`; empty for a command."""

    fact: dict[str, Any]
    place: str = ""


class RecordFacts(Struct):
    """The request: what is to be recorded, by whom and when."""

    facts: Sequence[Plain]
    recorded_by: str
    now: datetime
    again: bool = False
    """Record a second time what was recorded before: else the same facts are answered by the first receipt."""
    key: str | None = None
    """The caller's own name for the request; by default the facts name themselves."""
    size: int | None = None
    """Refuse, if the log no longer has so many facts."""
    personal_data: bool = False
    """The recorder knows that the words hold personal data."""
    dry_run: bool = False
    asked: Any = None
    """What was asked, in plain JSON, where the facts were worked out from it: then that names the request."""
    expected: Mapping[str, int] = field(default_factory=dict)
    """Refuse, if a stream is no longer at this version."""
    keep_equal_refs: bool = False
    """A second thing with the reference of another is kept beside it, under a key of its own."""
    may_erase: bool = False
    """There may be facts among these that say that words were erased: recording one destroys them."""
    despite_holds: bool = False
    """These words were erased before, and only come back with a backup: a hold does not keep them."""


def request_digest(asked: Any) -> bytes:
    """By what a request is known again, whatever is in it: it is asked for before the request is held to any rule."""
    return sha256(json.dumps(asked, sort_keys=True).encode()).digest()


def record_facts(log: Log, request: RecordFacts, *, followed: bool = False) -> Receipt:
    """Record plain facts as one batch; `followed` as in `Log.record`.

    Raises `Mistakes` with everything that is wrong, of shape and of reference, in the order of the places; `Conflict`
    where a correction says that something stood which does not, or where the log has grown.
    """
    if not request.facts:
        msg = "There is nothing to record."
        raise BadInput(msg)
    drafting = Drafting(
        zone=log.zone, personal_data=request.personal_data, may_erase=request.may_erase, fact_at=log.stands_at
    )
    drafts = _drafts(drafting, request.facts)
    corrections = Corrections(log, drafts, keep_disputed=False)
    corrections.settle_all()
    mistakes = drafting.mistakes + corrections.mistakes
    if mistakes:
        mistakes += _unresolved(log, request, drafts, known=mistakes)
        raise Mistakes(in_order(mistakes))
    if corrections.conflicts:
        raise Conflict("\n".join(map(str, in_order(corrections.conflicts))))
    try:
        batch = _batch(request, drafts, {**request.expected, **corrections.expected})
        return log.record(batch, dry_run=request.dry_run, followed=followed)
    except Mistakes as wrong:
        raise Mistakes(in_order(wrong.mistakes)) from None


def in_order(mistakes: Iterable[Mistake]) -> list[Mistake]:
    """Mistakes by the lines of their places; those without a line keep their order, and begin with what is wrong of the fact."""
    placed = (replace(mistake, place=mistake.place.removeprefix(", ")) for mistake in mistakes)
    return sorted(placed, key=lambda mistake: int(found[1]) if (found := _LINE.search(mistake.place)) else 0)


def _drafts(drafting: Drafting, facts: Iterable[Plain]) -> list[Draft]:
    """The drafts of the facts; of one with mistakes, the name that it would have given."""
    drafts = (drafting.draft(fact, place) or drafting.stub(fact) for fact, place in facts)
    return [draft for draft in drafts if draft is not None]


def _unresolved(log: Log, request: RecordFacts, drafts: list[Draft], known: Sequence[Mistake]) -> list[Mistake]:
    """What else is wrong, when mistakes of shape were found: references that would not resolve either."""
    told = {mistake.place for mistake in known}
    try:
        log.record(Batch(drafts, request.recorded_by, request.now), dry_run=True)
    except Mistakes as wrong:
        return [mistake for mistake in wrong.mistakes if mistake.place not in told]
    except Conflict:
        return []
    return []


def _batch(request: RecordFacts, drafts: list[Draft], expected: dict[str, int]) -> Batch:
    asked = [fact for fact, _ in request.facts] if request.asked is None else request.asked
    return Batch(
        drafts=drafts,
        recorded_by=request.recorded_by,
        now=request.now,
        request=None if request.again else request_digest(asked),
        key=request.key,
        size=request.size,
        expected=expected,
        keep_equal_refs=request.keep_equal_refs,
        despite_holds=request.despite_holds,
    )
