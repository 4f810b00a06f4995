"""`completeness [REF]`: how much of what the records of decisions must hold is there, and what is missing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from difflib import get_close_matches
from typing import Final

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import Connection

from decisionlog.checks.profiles.table import built_in
from decisionlog.checks.world.rows import RowsWorld
from decisionlog.domain.answers.completeness import Completeness, RecordJudged
from decisionlog.domain.references import split
from decisionlog.domain.refusals import BadInput, NotFound, Refusal
from decisionlog.projections import decisions
from decisionlog.questions.completeness.counting import by_field, by_year
from decisionlog.questions.completeness.judging import Judging
from decisionlog.questions.filters import Filters, narrowed
from decisionlog.questions.finding_things import find_thing, mentioned_in, names_of
from decisionlog.questions.not_taken import not_taken
from decisionlog.questions.point import Asked, Point, settle
from decisionlog.questions.viewing import Viewing
from decisionlog.store.catch_up import ReadModels
from decisionlog.store.log import Log

_NAMED_BY: Final[Mapping[str, str]] = {
    "proposal": "proposals.proposal",
    "meeting": "meeting",
    "body": "decision_makers",
}
"""Kinds of things that decisions are asked for by, and the field of a decision that names them."""
_TOLD_EVERY: Final = 100


class Narrowed(Struct, frozen=True):
    """What the decisions are narrowed by; an empty one leaves them whole."""

    body: str | None = None
    since: str | None = None
    until: str | None = None
    profile: str | None = None
    missing: str | None = None
    """Only those are told of which this field is asked for and missing; the totals count all."""
    limit: int | None = None
    """At most so many are told; the totals count all."""


def completeness(
    log: Log,
    models: ReadModels,
    ref: str | None,
    asked: Asked,
    now: datetime,
    *,
    by: Narrowed | None = None,
    progress: Callable[[int], None] | None = None,
) -> Completeness:
    """The records of one decision, of those of a proposal, a meeting or a body, or of all; `progress` is told how many.

    Raises `NotFound`, `BadInput` for an unknown profile or field, and `Refusal` for things of which no decisions are asked for.
    """
    by = by or Narrowed()
    table = built_in()
    _require("profile", by.profile, table.profiles)
    _require("field", by.missing, table.fields)
    point = settle(log, asked, now)
    stream = find_thing(log, models, ref) if ref is not None else ""
    kind = split(stream)[0]
    if stream and kind != "decision" and kind not in _NAMED_BY:
        msg = f"{stream} is of kind {kind}; ask about a decision, a proposal, a meeting or a body."
        raise Refusal(msg)
    with models.reading() as rows:
        viewing = Viewing(log, rows, point)
        judging = Judging(viewing, RowsWorld(rows, point.as_of), table, only=by.profile or "", one=kind == "decision")
        wanted = list(_decisions(viewing, stream, kind, by))
        found = list(_judged(judging, wanted, progress))
        if kind == "decision" and wanted and not found:
            raise NotFound(not_taken(viewing, stream))
        items, notes = _dated(found, by)
        items.sort(key=_worst_first)
        lacking = [one for one in items if by.missing in (None, *(field.name for field in one.missing))]
        shown = lacking[: by.limit]
        years, fields = by_year(items), by_field(items)
        mentioned = {stream, *(total.maker for total in years)} - {""}
        names = names_of(log, rows, mentioned.union(*map(mentioned_in, shown)), point.as_of)
    basis = replace(point.basis, rules=f"{point.basis.rules}, profiles of records {table.version}")
    return Completeness(
        basis=basis,
        asked=stream,
        profiles=table.version,
        items=tuple(shown),
        years=years,
        fields=fields,
        left_out=len(items) - len(shown),
        notes=tuple(notes),
        names=names,
    )


def _require(what: str, name: str | None, known: Iterable[str]) -> None:
    """Refuse the name of a profile or a field that the table does not have, with the nearest."""
    names = list(known)
    if name is not None and name not in names:
        near = get_close_matches(name.lower().replace(" ", "_"), names, n=1, cutoff=0.5)
        hint = f" Did you mean '{near[0]}'?" if near else ""
        msg = f"'{name}' is not a {what}.{hint} They are: {', '.join(names)}."
        raise BadInput(msg)


def _decisions(viewing: Viewing, stream: str, kind: str, by: Narrowed) -> Iterator[str]:
    """The streams of the decisions that are asked about, as far as the rows tell."""
    filters = Filters(body=by.body, since=by.since, until=by.until)
    fitting = narrowed(viewing.log, viewing.rows, "decision", filters, viewing.point.as_of)
    if not stream:
        yield from _all(viewing.rows, viewing.point) if fitting is None else fitting
        return
    named = [stream] if kind == "decision" else viewing.concerned("decision", [stream], _NAMED_BY[kind])
    among = set(named if fitting is None else fitting)
    yield from (one for one in named if one in among)


def _judged(judging: Judging, wanted: Iterable[str], progress: Callable[[int], None] | None) -> Iterator[RecordJudged]:
    for number, stream in enumerate(wanted, start=1):
        if one := judging.judged(stream):
            yield one
        if progress and number % _TOLD_EVERY == 0:
            progress(number)


def _all(rows: Connection, point: Point) -> list[str]:
    return list(dict.fromkeys(one.stream for one in decisions.taken(rows, point.as_of)))


def _dated(found: list[RecordJudged], by: Narrowed) -> tuple[list[RecordJudged], list[str]]:
    """Those of which the day is recorded, where days were asked for; and what is to be said of the others."""
    if by.since is None and by.until is None:
        return found, []
    undated = sum(not one.on for one in found)
    notes = [f"Left out: {undated:,} of which the day of the act is not recorded."] if undated else []
    return [one for one in found if one.on], notes


def _worst_first(one: RecordJudged) -> tuple[float, int, str, str]:
    return one.share, one.recorded - one.asked, one.on, one.stream
