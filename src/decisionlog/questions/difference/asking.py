"""`diff`: what changed between two days, or in what was believed between two times."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from sqlalchemy import Connection

from decisionlog.domain.answers.difference import GROUPS, Changed, Difference, Later
from decisionlog.domain.authority.table import Table
from decisionlog.domain.references import split
from decisionlog.domain.saying import Said, references_in_values, references_of
from decisionlog.projections import register
from decisionlog.questions.accountable.rules import resting_on_the_table, table_in
from decisionlog.questions.difference.causes import Causes
from decisionlog.questions.difference.of_decisions import binds_nobody
from decisionlog.questions.difference.of_lives import renamed
from decisionlog.questions.difference.of_power import Shift, shifts
from decisionlog.questions.difference.pairs import Pair, Told, Watched, pairs
from decisionlog.questions.difference.points import Between, Both, settled
from decisionlog.questions.difference.watched import GROUP_OF, WATCHED
from decisionlog.questions.difference.words import POSSIBLY
from decisionlog.questions.finding_things import find_thing, names_of, references_in
from decisionlog.questions.viewing import Viewing
from decisionlog.store.catch_up import ReadModels
from decisionlog.store.histories import unpacked
from decisionlog.store.log import Log


def difference(
    log: Log, models: ReadModels, between: Between, now: datetime, *, kind: str = "", ref: str = ""
) -> Difference:
    """Every change between two points, or those of a kind of thing, or that are about one thing.

    Raises `NotFound` with the nearest names for an unknown thing, and where nothing was known; `BadInput` where the
    second point is before the first, and as `settle`.
    """
    both = settled(log, between, now)
    table = table_in(between.rules) if between.rules else table_in()
    thing = find_thing(log, models, ref) if ref else ""
    with models.reading() as rows:
        comparing = _Comparing(log, rows, both, table)
        every = sorted(comparing.all(), key=lambda one: GROUPS.index(one.group))
        items = tuple(one for one in every if _fits(one, kind, thing))
        silent = sum(one.what == "began" and one.kind == "decision" and not one.said for one in items)
        items = tuple(one for one in items if one.said)
        mentioned = sorted({thing, *(at for one in items for at in _mentioned(one))} - {""})
        points = [both.before.as_of, both.after.as_of]
        names = names_of(log, rows, mentioned, points[0]) | names_of(log, rows, mentioned, points[1])
    before, after = (resting_on_the_table(one.basis, table) for one in (both.before, both.after))
    notes: tuple[Said, ...] = ()
    if silent:
        notes = (
            (
                f"Decisions that were taken and bind nobody (noted, endorsed, rejected, put off): {silent}; `list decisions` has them.",
            ),
        )
    return Difference(before, after, both.of_belief, items, (kind, thing), notes, names)


class _Comparing:
    """All changes between two points; each stream that changed is read once."""

    def __init__(self, log: Log, rows: Connection, both: Both, table: Table) -> None:
        self._rows = rows
        self._both = both
        self._table = table
        self._before = Viewing(log, rows, both.before)
        self._after = Viewing(log, rows, both.after)
        self._causes = Causes(self._after, both)

    def all(self) -> Iterator[Changed]:
        """Each model's changes, the names, and at last the power that follows from them."""
        found = [one for watched in WATCHED for one in self._of(watched)]
        found += self._names()
        yield from found
        yield from (self._shifted(shift, found) for shift in shifts(self._before, self._after, self._table))

    def _of(self, watched: Watched) -> list[Changed]:
        told = []
        for pair in pairs(self._rows, watched, self._both.before.as_of, self._both.after.as_of):
            if one := watched.tell(pair):
                one = one._replace(said=(*one.said, *self._possibly(pair)))
                about = references_in([field for piece in pair.pieces for field in _plain(piece.values)])
                group = watched.group or GROUP_OF[split(pair.stream)[0]]
                made = self._changed(group, pair.stream, one, pair.evidence, watched.model.marks, about)
                at = made.later[0].position if made.later else pair.at
                told.append((at, min(made.made_by, default=0), made))
        told.sort(key=lambda one: one[:2])
        return [one for _, _, one in told]

    def _possibly(self, pair: Pair) -> Said:
        """That it is only possible, where one of the points lies within a date that is recorded in part."""
        was, now = self._both.before.as_of.on, self._both.after.as_of.on
        possible = (pair.was and pair.was.possible(was)) or (pair.now and pair.now.possible(now))
        return (POSSIBLY,) if possible else ()

    def _names(self) -> Iterator[Changed]:
        for stream, was, now in register.renamed(self._rows, self._both.before.as_of, self._both.after.as_of):
            if group := GROUP_OF.get(split(stream)[0]):
                evidence = frozenset({was.title_position, now.title_position})
                told = renamed(was.name, now.name)
                yield self._changed(
                    group, stream, told, evidence, (f"{split(stream)[0]}.renamed",), frozenset({stream})
                )

    def _changed(
        self, group: str, stream: str, told: Told, evidence: frozenset[int], marks: Iterable[str], about: Iterable[str]
    ) -> Changed:
        later: tuple[Later, ...] = ()
        if self._both.of_belief:
            later = self._causes.learnt(stream, evidence, frozenset(marks))
            made_by = tuple(one.position for one in later) or tuple(sorted(evidence))
        else:
            made_by = self._causes.made_by(stream, evidence, told.made_by, frozenset(marks))
        what = told.what or ("changed" if told.was and told.now else "began" if told.now else "ended")
        silent = group == "decisions" and binds_nobody(told) and not self._both.of_belief
        return Changed(
            group=group,
            kind=split(stream)[0],
            subject=stream,
            what=what,
            said=() if silent else told.said,
            was=dict(told.was),
            now=dict(told.now),
            made_by=made_by,
            later=later,
            about=frozenset({stream, *about, *references_of(told.said)}),
        )

    def _shifted(self, shift: Shift, found: list[Changed]) -> Changed:
        """A change of power, with the facts of whatever changed that it rests on: of the delegation itself, if of that."""
        itself = [one for one in found if one.subject == shift.by]
        causes = itself or [one for one in found if one.subject in shift.rests_on]
        named = {at for one in causes for at in one.made_by} | set(shift.told.made_by)
        made_by = tuple(sorted(named or shift.evidence))
        later = {one.position: one for cause in causes for one in cause.later}
        told = shift.told
        return Changed(
            group="deciding",
            kind="function",
            subject=shift.subject,
            what=told.what or ("changed" if told.was and told.now else "began" if told.now else "ended"),
            said=told.said,
            was=dict(told.was),
            now=dict(told.now),
            made_by=made_by,
            later=tuple(later[at] for at in sorted(later)),
            about=shift.rests_on | references_of(told.said),
        )


def _plain(row: Iterable[object]) -> Iterator[object]:
    """The fields of a row, lists and parts unpacked."""
    for value in row:
        packed = isinstance(value, str) and value[:1] in {"[", "{"}
        yield unpacked(str(value)) if packed else value


def _fits(one: Changed, kind: str, thing: str) -> bool:
    return (not kind or one.kind == kind) and (not thing or thing in one.about)


def _mentioned(one: Changed) -> set[str]:
    in_words = references_of(one.said) | references_in_values(one.said)
    return in_words | references_in([one.was, one.now]) | {one.subject}
