"""The items of a meeting in the order of its agenda, each with what came of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from decisionlog.domain.answers.telling import Line, Section
from decisionlog.domain.en_bloc import carried, taken_out
from decisionlog.domain.references import fold
from decisionlog.domain.saying import said
from decisionlog.questions.accounts.account import line, section, words_below
from decisionlog.questions.accounts.decisions import action_line, decision_line
from decisionlog.questions.sentences import sentence
from decisionlog.questions.sentences.deciding import took
from decisionlog.questions.viewing import Seen, Stated, Viewing

_MANY: Final = 60
"""Decisions of one meeting that are shown: a long agenda has about as many."""
_LATER: Final = (
    "meeting.minutes_confirmed", "meeting.minutes_refused",
    "decision.ratified", "decision.not_ratified", "decision.reported_back", "decision.reviewed", "decision.varied",
    "decision.rescinded", "decision.called_in", "decision.call_in_concluded",
    "condition.accepted", "condition.refused", "condition.discharged", "condition.failed", "condition.waived",
    "action.updated", "action.completed", "action.cancelled",
    "proposal.position_withdrawn", "proposal.referred", "proposal.deferred", "proposal.withdrawn", "delegation.reported",
    "disagreement.escalated", "disagreement.reconciled", "disagreement.parked", "disagreement.upheld",
    "disagreement.overruled", "disagreement.withdrawn", "disagreement.dissent_recorded",
)  # fmt: skip
"""What became, at a meeting, of things that were there before."""
_HERE: Final = frozenset({"meeting", "item"})
"""Fields that say what stands on the page already: at which meeting, and under which item."""
_NUMBER: Final = re.compile(r"(\d{1,9})(.*)", re.ASCII)


class ItemTold(NamedTuple):
    """One item of a meeting: what was on the agenda of it, and what came of it, by what kind of thing that is."""

    item: str
    """As numbered there; empty where no item is recorded."""
    lines: dict[str, list[Line]]
    """Under the names of `PARTS`."""


PARTS: Final = ("agenda", "considered", "positions", "decisions", "disagreements", "actions", "later")
"""What can be told of an item, in the order in which it is read."""


def items(viewing: Viewing, seen: Seen) -> Section:
    """What was on the agenda, what was considered, decided, disagreed with and assigned."""
    told, left_out = by_item(viewing, seen)
    lines = [
        Line(one.said, one.evidence, f"Item {item}" if item else "No item recorded", one.more)
        for item, parts in told
        for part in PARTS
        for one in parts.get(part, ())
    ]
    return section("Items", lines, left_out, none="No item and no determination is recorded of it.")


def by_item(viewing: Viewing, seen: Seen) -> tuple[list[ItemTold], int]:
    """Each item in the order of the agenda, with what came of it; and how much more there is than is told."""
    taken, more_taken = viewing.concerning(seen.stream, ["proposal.position_taken"], ["meeting"], _MANY)
    decided, more_decided = viewing.concerning(seen.stream, ["decision.taken"], ["meeting"], _MANY)
    came, more_came = viewing.concerning(seen.stream, ["disagreement.raised", "action.assigned"], ["meeting"], _MANY)
    later, more_later = viewing.concerning(seen.stream, list(_LATER), ["meeting"], _MANY)
    found: dict[str, ItemTold] = {}
    for part, lines in (
        ("agenda", _agenda(seen)), ("considered", _considered(seen)), ("positions", map(_position, taken)),
        ("decisions", (*map(_decision, decided), *_en_bloc(decided))),
        ("disagreements", map(_disagreement, _of_type(came, "disagreement.raised"))),
        ("actions", (_action(viewing, one) for one in _of_type(came, "action.assigned"))),
        ("later", _became(viewing, later)),
    ):  # fmt: skip
        for item, one in lines:
            found.setdefault(fold(item), ItemTold(item, {})).lines.setdefault(part, []).append(one)
    ordered = sorted(found.values(), key=lambda told: in_order(told.item))
    return ordered, more_taken + more_decided + more_came + more_later


def _agenda(seen: Seen) -> Iterator[tuple[str, Line]]:
    called = seen.last("meeting.called")
    for listed in called.data.get("agenda", ()) if called else ():
        found = said("{title|proposals|=No title is recorded}", listed)
        yield listed.get("item", ""), Line(found, (called.position,) if called else ())


def _considered(seen: Seen) -> Iterator[tuple[str, Line]]:
    for one in seen.stated("meeting.item_considered"):
        came = "nothing was decided" if "item" in one.data else "no determination is recorded here"
        found = said(f"Considered, and {came}[: {{title}}][, {{proposals}}].", one.data)
        yield one.data.get("item", ""), Line(found, (one.position,), more=words_below(one, "words"))


def _position(one: Stated) -> tuple[str, Line]:
    who = "{on_behalf_of|by|=A partner that is not recorded}[ (as {capacity})]"
    template = f"{who} {took(one.data)} {{stream}}[, version {{version}}][, on condition {{conditions}}][, for the stage {{stage}}]."
    return one.data.get("item", ""), line(template, one)


def _decision(one: Stated) -> tuple[str, Line]:
    return one.data.get("item", ""), decision_line(one)


def _en_bloc(decided: Iterable[Stated]) -> Iterator[tuple[str, Line]]:
    """The items that were carried in a decision of another, and those that were taken out of it."""
    for one in decided:
        for item in carried(one.data):
            if item != one.data.get("item"):
                yield item, line("Decided en bloc in {stream}[: {outcome}].", one)
        for item in taken_out(one.data):
            yield item, line("Taken out of what was decided en bloc in {stream}.", one)


def _of_type(facts: Iterable[Stated], name: str) -> Iterator[Stated]:
    """Those of some facts that are of one type."""
    return (one for one in facts if one.fact.type == name)


def _disagreement(one: Stated) -> tuple[str, Line]:
    who = "{on_behalf_of|by|=A partner that is not recorded}"
    return one.data.get("item", ""), line(f"{{stream}}: {who} disagreed with {{about}}.", one)


def _action(viewing: Viewing, one: Stated) -> tuple[str, Line]:
    return one.data.get("item", ""), action_line(viewing, one)


def _became(viewing: Viewing, later: list[Stated]) -> Iterator[tuple[str, Line]]:
    """What was there before, with what it is about or was to be, and one sentence of what became of it at this meeting."""
    for one in later:
        opened = viewing.of(one.fact.stream).first("disagreement.raised", "action.assigned")
        thing = said("{stream}[, about {about}]: ", {**(opened.data if opened else {}), "stream": one.fact.stream})
        here = {name: value for name, value in one.data.items() if name not in _HERE}
        if one.fact.type == "disagreement.dissent_recorded" and opened:
            here |= {f"of {name}": value for name, value in opened.data.items()}
        evidence = (*((opened.position,) if opened else ()), one.position)
        more = words_below(opened, "what") if opened else ()
        yield one.data.get("item", ""), Line((*thing, *sentence(one.fact.type, here)), evidence, more=more)


def in_order(item: str) -> tuple[bool, int, str]:
    """Items by their numbers, 10 after 9; what has no number comes last."""
    found = _NUMBER.match(item)
    return (found is None, int(found[1]) if found else 0, found[2] if found else item)
