"""`map`: the functions and decisions map of a partnership, or what of it somebody wants to see."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Final

from msgspec.structs import replace

from decisionlog.checks.world.rows import RowsWorld
from decisionlog.domain.answers.functions_map import GAPS, FunctionsMap, MapRow, Narrowed
from decisionlog.domain.days import moment
from decisionlog.domain.references import split
from decisionlog.domain.refusals import NotFound
from decisionlog.domain.saying import Named, Said, joined, references_of
from decisionlog.questions.accountable.rules import resting_on_the_table, table_in
from decisionlog.questions.finding_things import find_thing, names_of, references_in
from decisionlog.questions.functions_map.rows import Survey
from decisionlog.questions.functions_map.where import EVERYWHERE, Ground
from decisionlog.questions.point import Asked, Point, settle
from decisionlog.questions.viewing import Viewing
from decisionlog.store.catch_up import ReadModels
from decisionlog.store.log import Log

_LEVELS: Final = ("system", "place", "neighbourhood")
_NO_FUNCTIONS: Final[Said] = ("No function is catalogued by then; a scheme file lists them under functions.",)


def functions_map(
    log: Log, models: ReadModels, narrowed: Narrowed, asked: Asked, now: datetime, *, function: str = ""
) -> FunctionsMap:
    """Every function that is catalogued on a day, or one, with who has the duty and who can decide, place by place.

    `narrowed` names its place and its organisation as people do; `function` is a stream. Raises `NotFound` with the
    nearest names, and where nothing was known; and `BadInput`.
    """
    narrowed = replace(
        narrowed,
        place=narrowed.place and find_thing(log, models, narrowed.place, ("place",)),
        of=narrowed.of and find_thing(log, models, narrowed.of, ("organisation",)),
    )
    table = table_in(asked.rules)
    point = settle(log, asked, now)
    _require_something_known(log, point)
    with models.reading() as rows:
        viewing = Viewing(log, rows, point)
        world = RowsWorld(rows, point.as_of)
        ground = Ground(rows, point.as_of, world)
        functions = [one for one in ground.functions if function in {"", one}]
        world.duties(functions)  # at once, since each is looked at
        survey = Survey(viewing, world, ground, table)
        every = [row for one in functions for row in survey.of(one, narrowed.place)]
        chosen, notes = _chosen(every, narrowed)
        notes = notes if ground.functions else (_NO_FUNCTIONS,)
        items = tuple(sorted(chosen, key=lambda row: _order(row, ground)))
        names = names_of(log, rows, sorted(_mentioned(items, notes, narrowed)), point.as_of)
    return FunctionsMap(
        basis=resting_on_the_table(point.basis, table),
        narrowed=narrowed,
        items=items,
        counted=dict(Counter(row.classification for row in items)),
        names=names,
        notes=notes,
        is_now=point.as_of.on == moment(now),
    )


def _require_something_known(log: Log, point: Point) -> None:
    """Refuse to answer from nothing: that would look like gaps everywhere."""
    if point.as_of.position or point.as_of.said_by is not None:
        return
    first = next(iter(log.facts(limit=1)))
    msg = f"Nothing had been recorded in this log by {point.basis.known_at}: its first fact is of {first.recorded_at[:10]}."
    raise NotFound(msg)


def _order(row: MapRow, ground: Ground) -> tuple[int, int]:
    """Everywhere first; then level by level, place by place; of one place in the order of the catalogue."""
    level = _LEVELS.index(row.level) if row.level in _LEVELS else len(_LEVELS)
    places = list(ground.places)
    return (-1 if row.place == EVERYWHERE else level, places.index(row.place) if row.place in places else -1)


def _chosen(every: Sequence[MapRow], narrowed: Narrowed) -> tuple[list[MapRow], tuple[Said, ...]]:
    """The rows that were asked for, and what must be said of those that were left out."""
    rows, notes = list(every), list[Said]()
    if narrowed.level:
        rows = [row for row in every if row.level == narrowed.level]
        if unplaced := [row for row in every if row.place == EVERYWHERE]:
            notes.append(("Left out, since no place is recorded of them: ", *_functions(unplaced), "."))
    if narrowed.of:
        of_theirs = [theirs for row in rows if (theirs := _of_whom(row, narrowed.of))]
        rows = [row for row in of_theirs if any(one.kind == "delegation" for one in row.deciders)]
        if themselves := [row for row in of_theirs if row not in rows]:
            notes.append(("Exercised by nobody else: ", *_functions(themselves), "."))
    if narrowed.gaps:
        rows = [row for row in rows if row.classification in GAPS]
    return rows, tuple(notes)


def _functions(rows: Iterable[MapRow]) -> Said:
    return joined([(Named(function),) for function in dict.fromkeys(row.function for row in rows)])


def _of_whom(row: MapRow, organisation: str) -> MapRow | None:
    """The row as far as it is about a duty of an organisation; none, where it has no duty there."""
    if all(one.party != organisation for one in row.duty_holders):
        return None
    on_the_way = row.on_the_way.get(organisation, frozenset())
    findings = tuple(one for one in row.findings if one.subject in on_the_way)
    word = "complete" if row.classification == "complete-with-findings" and not findings else row.classification
    deciders, besides = (
        tuple(one for one in several if organisation in one.on_behalf_of) for several in (row.deciders, row.besides)
    )
    return replace(row, deciders=deciders, besides=besides, findings=findings, classification=word)


def _mentioned(rows: Iterable[MapRow], notes: Iterable[Said], narrowed: Narrowed) -> Iterator[str]:
    found = {narrowed.place, narrowed.of} | {one for said in notes for one in references_of(said)}
    for row in rows:
        found |= {row.function, *row.above, row.place, *row.forums}
        for duty in row.duty_holders:
            found |= {duty.party, *duty.places}
        for one in (*row.deciders, *row.besides):
            found |= {*one.party, *one.people, *one.on_behalf_of, *one.acts_for, one.reference, *one.places}
            found |= references_in(one.limits)
        found |= {row.review.of} if row.review else set()
        found |= {reference for one in row.findings for reference in references_of(one.said)}
        found |= {reference for said in row.remarks for reference in references_of(said)}
    return (one for one in found if split(one)[0])
