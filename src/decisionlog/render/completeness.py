"""`completeness` as text: of one decision every field, of several a line each and totals."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from decisionlog.domain.answers.completeness import Completeness, Field, FieldTotal, Judged, RecordJudged, YearTotal
from decisionlog.domain.references import split
from decisionlog.domain.text import visible
from decisionlog.render.page import Page
from decisionlog.render.words import (
    NOT_RECORDED,
    all_called,
    called,
    counted,
    happening,
    in_words,
    listed_in_words,
    positions,
    resting_on,
    titled,
)

_NOT_VERIFIED: Final = "not verified"
_SECTIONS: Final = (
    ("Not recorded", "not-recorded"),
    ("Recorded", "recorded"),
    ("Recorded as none", "recorded-as-none"),
    ("Does not apply", "not-applicable"),
)


def completeness(answer: Completeness, page: Page) -> Iterator[str]:
    """`completeness`: of one decision every field by its profiles; of several a line each, then the totals."""
    if split(answer.asked)[0] == "decision" and answer.items:
        yield from _one(answer.items[0], answer, page)
    else:
        yield from _several(answer, page)
    yield ""
    for remark in answer.notes:
        yield from page.paragraph(visible(remark))
    yield from page.paragraph(resting_on(answer.basis))


def _one(item: RecordJudged, answer: Completeness, page: Page) -> Iterator[str]:
    yield from page.heading("  ".join(filter(None, (visible(item.ref), titled(item.title, item.ref)))))
    when = happening(item.on) if item.on else "on a day that is not recorded"
    yield from page.paragraph(f"Decided {when}, by {all_called(item.makers, answer.names)} {positions(item.evidence)}.")
    for judged in item.judged:
        yield ""
        yield from _judged(judged, answer, page)
    yield ""
    yield from page.heading("Beyond what is asked for", level=2)
    yield from page.entry("Recorded", [_titles(field for field in item.beyond if field.is_there) or "nothing"])
    missing = _titles(field for field in item.beyond if field.status == "not-recorded")
    yield from page.entry("Not recorded", [missing or "nothing"])


def _judged(judged: Judged, answer: Completeness, page: Page) -> Iterator[str]:
    yield from page.heading(f"{judged.recorded} of {judged.asked} recorded, as {judged.title}", level=2)
    why = in_words(judged.why, answer.names, begins=False)
    verified = "" if judged.verified else ", in part not verified" if _some_verified(judged) else f", {_NOT_VERIFIED}"
    source = f"{visible(judged.source)}{verified}"
    yield from page.paragraph(f"By the profile {judged.profile} ({source}), since {why} {positions(judged.evidence)}.")
    for title, status in _SECTIONS:
        fields = [field for field in judged.fields if field.status == status]
        if fields:
            yield ""
            yield from page.heading(title, level=3)
            yield from page.table(("Field", "Asked for by", "Remark", "Facts"), map(_field, fields))


def _some_verified(judged: Judged) -> bool:
    return any(field.verified for field in judged.fields)


def _field(field: Field) -> list[str]:
    by = visible(field.asked_by) + ("" if field.verified else f" ({_NOT_VERIFIED})")
    return [visible(field.title), by, visible(field.why), positions(field.evidence)]


def _titles(fields: Iterable[Field]) -> str:
    return ", ".join(visible(field.title) for field in fields)


def _several(answer: Completeness, page: Page) -> Iterator[str]:
    if not answer.items and not answer.left_out:
        yield from page.paragraph("No decisions.")
        return
    cells = [_cells(item, answer) for item in answer.items]
    yield from page.table(("Decision", "Title", "Recorded", "Not recorded", "Facts"), cells)
    yield ""
    number = len(answer.items) + answer.left_out
    complete = sum(total.missing for total in answer.fields) == 0
    shown = f"{len(answer.items):,} of {number:,} decisions" if answer.left_out else counted(number, "decision")
    yield from page.paragraph(
        f"{shown}, the least complete first." + (" Every record is complete." if complete else "")
    )
    yield ""
    yield from page.heading("By decision-maker and year", level=2)
    years = [_year(total, answer) for total in answer.years]
    yield from page.table(("Decision-maker and year", "Decisions", "Recorded", "Missing most often"), years)
    yield ""
    yield from page.heading("By field", level=2)
    yield from page.table(("Field", "Recorded"), [_by_field(total) for total in answer.fields])


def _cells(item: RecordJudged, answer: Completeness) -> list[str]:
    called_so = [one.ref for one in answer.items].count(item.ref) == 1 if len(answer.items) < 1_000 else True
    profiles = listed_in_words([judged.profile for judged in item.judged])
    missing = _titles(item.missing)
    return [
        visible(item.ref if called_so else item.stream),
        titled(item.title, item.ref),
        f"{item.recorded} of {item.asked} recorded ({profiles})",
        f"{NOT_RECORDED}: {missing}" if missing else "",
        positions(item.evidence),
    ]


def _year(total: YearTotal, answer: Completeness) -> list[str]:
    maker = called(total.maker, answer.names) if total.maker else "who decided is not recorded"
    year = visible(total.year) or "on a day that is not recorded"
    missed = ", ".join(f"{visible(title)} ({number:,})" for title, number in total.most_missed)
    return [
        f"{maker}, {year}",
        f"{counted(total.decisions, 'decision')}, {total.complete:,} complete",
        f"{total.recorded:,} of {total.asked:,} recorded",
        f"missing most often: {missed}" if missed else "",
    ]


def _by_field(total: FieldTotal) -> list[str]:
    there = total.recorded + total.as_none
    as_none = f", {total.as_none:,} of them as none" if total.as_none else ""
    return [visible(total.title), f"{there:,} of {total.asked:,} recorded{as_none}"]
