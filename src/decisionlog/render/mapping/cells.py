"""What the map says, the same wherever it is shown: its first sentences, and the words of its cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, Final

from decisionlog.domain.answers.functions_map import GAPS, Decider, DutyHolder, FunctionsMap, MapRow
from decisionlog.domain.references import split
from decisionlog.domain.text import visible
from decisionlog.render.points import asked_when
from decisionlog.render.words import (
    NOT_RECORDED,
    STRAIGHT,
    Marks,
    all_called,
    called,
    counted,
    in_prose,
    in_words,
    last_day,
    limit,
    listed_in_words,
    mentioned,
    positions,
    quoted,
    value_in_words,
)

Names = Mapping[str, str]

HEADINGS: Final = ("Function", "Duty", "Who can decide", "How it stands", "Next review")
_STANDS: Final[Mapping[str, str]] = {
    "complete": "clear",
    "complete-with-findings": "clear, but something is possibly irregular",
    "gap": "a gap: nobody is recorded with the duty",
    "contested": "contested: what is recorded contradicts itself",
    "dormant": "only a forum: nobody is recorded who may decide but the organisations themselves",
}
"""How a row stands, in words."""
_COUNTED: Final[Mapping[str, str]] = {
    "complete": "clear",
    "complete-with-findings": "clear but possibly irregular",
    "gap": "with a gap",
    "contested": "contested",
    "dormant": "with only a forum",
}
_NOTHING: Final = {
    False: "there is no function to show",
    True: "no function has a gap, is contested, or is left to a forum alone",
}


def title(answer: FunctionsMap) -> str:
    """What the map shows."""
    of = f" of {called(answer.narrowed.of, answer.names)} that somebody else exercises" if answer.narrowed.of else ""
    at = f" in {called(answer.narrowed.place, answer.names)}" if answer.narrowed.place else ""
    level = f", at {answer.narrowed.level} level" if answer.narrowed.level else ""
    gaps = ": where it is not clear who decides" if answer.narrowed.gaps else ""
    return f"Functions and decisions{of}{at}{level}{gaps}" if of else f"Functions and decisions map{at}{level}{gaps}"


def opening(answer: FunctionsMap) -> Iterator[str]:
    """The first sentences: how many there are, how many of them are clear, and which are not."""
    when = asked_when(answer.basis, is_now=answer.is_now)
    functions = len({row.function for row in answer.items})
    if not answer.items:
        yield f"{when} {_NOTHING[answer.narrowed.gaps]}."
        return
    rows = len(answer.items)
    entries = f" in {rows} entries" if rows != functions else ""
    told = [f"{answer.counted[word]} {said}" for word, said in _COUNTED.items() if answer.counted.get(word)]
    yield f"{when} {counted(functions, 'function')}{entries}: {listed_in_words(told)}."
    for word in GAPS:
        if unclear := [row for row in answer.items if row.classification == word]:
            which = listed_in_words([_entry(row, answer.names) for row in unclear])
            yield f"{_STANDS[word][:1].upper()}{_STANDS[word][1:]}: {which}."


def _entry(row: MapRow, names: Names) -> str:
    return f"{called(row.function, names)} in {called(row.place, names)}" if row.place else called(row.function, names)


def where(row: MapRow, names: Names) -> str:
    """The place of a row with its level: `Northmoor (place)`."""
    if not row.place:
        return "Everywhere (no place is recorded)"
    return f"{called(row.place, names)} ({row.level or f'level {NOT_RECORDED}'})"


def by_place(rows: Iterable[MapRow]) -> Iterator[list[MapRow]]:
    """The rows place by place, in their order."""
    return (list(several) for _, several in groupby(rows, key=lambda row: row.place))


def function(row: MapRow, names: Names) -> str:
    """The function, with that of which it is a part."""
    part = f", part of {called(row.above[0], names)}" if row.above else ""
    return f"{called(row.function, names)}{part}"


def duty(row: MapRow, names: Names) -> list[str]:
    """Who has the duty, a line each."""
    return [_duty(one, names) for one in row.duty_holders] or [f"nobody is recorded{_below(row, names)}"]


def _duty(one: DutyHolder, names: Names) -> str:
    return f"{called(one.party, names)}{of_duty(one, names)}"


def of_duty(one: DutyHolder, names: Names) -> str:
    """What is said after the name of whoever has a duty: where alone, whether only possibly, by which facts."""
    possible = ", possibly (a date is recorded only in part)" if one.possible else ""
    part = f", in {all_called(one.places, names)} only" if one.places else ""
    return f"{part}{possible} {positions(one.evidence)}"


def _below(row: MapRow, names: Names) -> str:
    return "".join(f". {in_words(remark, names)}" for remark in row.remarks).removesuffix(".")


def deciders(row: MapRow, names: Names) -> list[str]:
    """Who can decide, a line for each party, with everything by which it can."""
    several = len(row.duty_holders) > 1
    return [_party(ways, names, several=several) for ways in by_party(row.deciders)] or ["nobody is recorded"]


def above(row: MapRow, names: Names) -> list[str]:
    """Who passed the power on to those and keeps it beside them, a line for each party likewise; none, where nobody does."""
    several = len(row.duty_holders) > 1
    return [_party(ways, names, several=several) for ways in by_party(row.besides)]


def by_party(deciders: Sequence[Decider]) -> Iterator[list[Decider]]:
    """Everything by which each party can decide, party by party."""
    for party in dict.fromkeys(one.party for one in deciders):
        yield [one for one in deciders if one.party == party]


def can_decide(row: MapRow, names: Names) -> list[str]:
    """Both in one cell of a table."""
    return [*deciders(row, names), *(f"and above: {line}" for line in above(row, names))]


def _party(ways: list[Decider], names: Names, *, several: bool) -> str:
    return f"{all_called(ways[0].party, names)}{of_decider(ways, names, several=several)}"


def of_decider(ways: list[Decider], names: Names, *, several: bool, marks: Marks = STRAIGHT) -> str:
    """What is said after the name of whoever can decide: for whom, where `several` have the duty; by what; within what."""
    first = ways[0]
    bound = [one for one in dict.fromkeys(for_ for way in ways for for_ in way.on_behalf_of) if one not in first.party]
    for_ = f", for {all_called(bound, names)}" if bound and several else ""
    jointly = " (only jointly)" if len(first.party) > 1 else ""
    of_itself = "" if any(way.kind == "delegation" for way in ways) else _of_itself(first, bound, names)
    by = "; ".join(filter(None, (_by(way, names, marks) for way in ways)))
    by = ", ".join(filter(None, (of_itself, by)))
    evidence = positions(at for way in ways for at in way.evidence)
    return f"{jointly}{for_}{f': {by}' if by else ''} {evidence}".rstrip()


def _of_itself(one: Decider, bound: list[str], names: Names) -> str:
    """Of whoever was given nothing: that it has the duty, or acts for whoever has it."""
    return f"acts for {all_called(bound, names)}" if one.kind == "acts" and bound else "has the duty itself"


def _by(one: Decider, names: Names, marks: Marks) -> str:
    """By what and within what: `up to £500,000 per decision (SORD-7.2)`."""
    by = mentioned(one.reference, names) if one.kind == "delegation" else ""
    within = limits(one, names)
    until = last_day(one.until) if one.until else ""
    parts = [
        f"{within} ({by})" if within and by else within or by,
        *narrowed(one, marks),
        f"in {all_called(one.places, names)} only" if one.places else "",
        f"last day {in_prose(until)}" if until and not until.startswith("until") else until,
        "possibly (a date is recorded only in part)" if one.possible else "",
    ]
    return ", ".join(filter(None, parts))


def narrowed(one: Decider, marks: Marks = STRAIGHT) -> Iterator[str]:
    """What of the function is given only, and what is left out, in the words in which it was written."""
    if one.includes:
        yield f"only {quoted(one.includes, marks)}"
    if one.excludes:
        yield f"but not {quoted(one.excludes, marks)}"


def limits(one: Decider, names: Names) -> str:
    """The limits on the way; that none is recorded, where a delegation on it says nothing of limits."""
    if one.limits is None:
        return f"limit {NOT_RECORDED}"
    return listed_in_words([limit_in_words(each, names) for each in one.limits])


def limit_in_words(value: Any, names: Names) -> str:
    """A limit: money, or in words."""
    is_money = isinstance(value, dict) and "money" in value
    return limit(value, names) if is_money else value_in_words(value, names)


def stands(row: MapRow) -> str:
    """How the row stands."""
    number = len(row.findings)
    if row.classification == "complete-with-findings":
        return f"clear, but {counted(number, 'thing')} {'is' if number == 1 else 'are'} possibly irregular"
    return _STANDS[row.classification]


def findings(row: MapRow, names: Names) -> list[str]:
    """What is possibly irregular, or contradicts itself, a line each."""
    return [f"{in_words(one.said, names, begins=False)} {positions(one.evidence)}".rstrip() for one in row.findings]


def review(row: MapRow, names: Names) -> str:
    """The next day of review, and of what; empty where none is recorded."""
    if row.review is None:
        return ""
    what = "terms of " if split(row.review.of)[0] == "body" else ""
    late = ", which is over" if row.review.is_over else ""
    return (
        f"by {in_prose(row.review.by)}{late} ({what}{mentioned(row.review.of, names)}) {positions(row.review.evidence)}"
    )


def command(row: MapRow, answer: FunctionsMap) -> str:
    """The command that shows every chain of a row."""
    place = f" --place {split(row.place)[1]}" if row.place else ""
    day = "" if answer.is_now else f" --on {answer.basis.as_at}"
    return visible(f"decisionlog who accountable {split(row.function)[1]}{place}{day}")
