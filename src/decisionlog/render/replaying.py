"""`replay` as text: how many of each kind in which state, and whether this log's rows say the same."""

from __future__ import annotations

from collections.abc import Iterator

from decisionlog.domain.answers.replaying import Difference, ModelReplayed, Replayed
from decisionlog.domain.text import visible
from decisionlog.render.page import Page
from decisionlog.render.words import PLURALS, counted, resting_on, spoken, when


def replayed(answer: Replayed, page: Page) -> Iterator[str]:
    """`replay`: the state at the point, then the comparison, and the basis."""
    facts = counted(answer.position, "fact")
    yield from page.heading(f"The state after {facts}, the last recorded {when(answer.recorded_at)}")
    for kind, states in answer.states.items():
        told = ", ".join(f"{number:,} {spoken(state)}" for state, number in states.items())
        yield from page.entry(counted(sum(states.values()), kind, PLURALS.get(kind, kind)), [told])
    yield ""
    rows = sum(model.rows for model in answer.models)
    yield from page.paragraph(f"{counted(rows, 'row')} in {counted(len(answer.models), 'read model')}, built afresh.")
    if answer.compared:
        yield from _comparison(answer, page)
    yield ""
    yield from page.paragraph(resting_on(answer.basis))


def _comparison(answer: Replayed, page: Page) -> Iterator[str]:
    looked_at = [model for model in answer.models if not model.why_not]
    compared = sum(model.compared for model in looked_at)
    left_out = sum(model.rows for model in looked_at) - compared
    if answer.same:
        told = f"{counted(compared, 'row')}, all the same"
        yield from page.paragraph(f"Compared with this log's own rows as they were known then: {told}.")
    if left_out > 0:
        yield from page.paragraph(
            f"Not compared: {counted(left_out, 'row')} on the sources' clocks, which have no positions."
        )
    for model in answer.models:
        if model.why_not:
            yield from page.paragraph(f"Not compared: {visible(model.name)}; {model.why_not}.")
        if model.differing:
            yield from _differing(model, page)


def _differing(model: ModelReplayed, page: Page) -> Iterator[str]:
    yield from page.heading(f"{visible(model.name)}: {counted(model.differing, 'row')} differ", level=2)
    for one in model.differences:
        yield from page.paragraph(_row(one), indent=2, hang=2)
    if model.differing > len(model.differences):
        yield from page.paragraph(f"... and {model.differing - len(model.differences):,} more", indent=2)


def _row(one: Difference) -> str:
    told = ", ".join(f"{name} {value!r}" for name, value in one.row.items() if value not in {"", 0})
    return f"only in {one.only_in}: {visible(told)}"
