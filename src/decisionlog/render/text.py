"""Answers as text for people: short, wrapped to the terminal, every typed word made safe to print."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

import orjson

from decisionlog.domain.answers.accountable import Accountable, WhoCould
from decisionlog.domain.answers.agenda import Agenda
from decisionlog.domain.answers.batches import BatchShown
from decisionlog.domain.answers.checking import Checked, Explained
from decisionlog.domain.answers.completeness import Completeness
from decisionlog.domain.answers.deciding import WhoDecided
from decisionlog.domain.answers.difference import Difference
from decisionlog.domain.answers.functions_map import FunctionsMap
from decisionlog.domain.answers.holding import WhoHolds
from decisionlog.domain.answers.replaying import Replayed
from decisionlog.domain.answers.scheme import SchemeDifference
from decisionlog.domain.answers.searching import Found
from decisionlog.domain.answers.standing import Doctor, Entry, Status
from decisionlog.domain.answers.supposing import Supposition
from decisionlog.domain.answers.things import History, Listed, Listing, Shown
from decisionlog.domain.text import visible
from decisionlog.render.accountable import accountable, could
from decisionlog.render.agenda import agenda
from decisionlog.render.batches import batch
from decisionlog.render.checking import checked, explained
from decisionlog.render.completeness import completeness
from decisionlog.render.deciding import who_decided
from decisionlog.render.difference import difference
from decisionlog.render.holding import who_holds
from decisionlog.render.mapping.written import functions_map
from decisionlog.render.page import Page
from decisionlog.render.replaying import replayed
from decisionlog.render.scheme import scheme_difference
from decisionlog.render.searching import found
from decisionlog.render.standing import doctor, status
from decisionlog.render.supposing import banner
from decisionlog.render.things import history, shown
from decisionlog.render.words import PLURALS, counted, in_words, last_day, positions, resting_on, titled, when


def text(answer: Any, page: Page) -> Iterator[str]:
    """The lines of an answer."""
    return _RENDERERS[type(answer)](answer, page)


def listing(answer: Listing, page: Page) -> Iterator[str]:
    """`list`: a line each, then how many, and the basis."""
    plural = PLURALS[answer.kind]
    refs = [item.ref for item in answer.items]
    shown_as = (
        [item.stream if refs.count(item.ref) > 1 else item.ref for item in answer.items] if len(refs) < 1_000 else refs
    )
    if answer.items:
        cells = [[visible(ref), *_listed(item, answer.names)] for item, ref in zip(answer.items, shown_as, strict=True)]
        yield from page.table(("Reference", "Title", "State", "Facts"), cells)
    for line in _total(len(answer.items), answer.left_out, answer.kind, plural):
        yield from page.paragraph(line) if line else [""]
    for remark in answer.notes:
        yield from page.paragraph(visible(remark))
    yield from page.paragraph(resting_on(answer.basis))


def entry(item: Entry, page: Page) -> Iterator[str]:
    """One fact of `log`: its position, when and by whom it was recorded, and what it is; its words stay sealed."""
    fact = orjson.loads(item.line)
    on = f"on {visible(str(fact['on']))}" if "on" in fact else "on a day that is not recorded"
    recorded = f"recorded {when(fact['recorded_at'])} by {fact['recorded_by']}"
    what = visible(f"{fact['type']}  {fact['stream']}")
    yield from page.columns([(f"[{item.position}]", 6)], f"{what}  {on}; {recorded}")


def _listed(item: Listed, names: Mapping[str, str]) -> list[str]:
    """The cells after the reference: what it is called, how it stands, and by which facts."""
    state = item.state + (f" {item.state_on}" if item.state_on else "")
    more = [
        item.level,
        visible(state),
        f"noted as '{visible(item.status)}'" if item.status else "",
        f"from {when(item.from_)}" if item.from_ and item.from_ != item.state_on else "",
        f"last day {last_day(item.until)}" if item.until else "",
        visible(item.possible),
    ]
    more += [in_words(said, names, begins=False) for said in item.said]
    return [titled(item.title, item.ref), ", ".join(filter(None, more)), positions(item.evidence)]


def _total(number: int, left_out: int, kind: str, plural: str) -> Iterator[str]:
    if left_out:
        yield ""
        yield f"{number:,} of {number + left_out:,} {plural}."
    elif number:
        yield ""
        yield f"{counted(number, kind if number == 1 else plural, plural)}."
    else:
        yield f"No {plural}."


def supposition(answer: Supposition, page: Page) -> Iterator[str]:
    """What is supposed, then the answer."""
    yield from banner(answer.supposed, page)
    yield from text(answer.answer, page)


_RENDERERS: Final[Mapping[type, Callable[[Any, Page], Iterator[str]]]] = {
    Listing: listing,
    Shown: shown,
    History: history,
    WhoDecided: who_decided,
    Status: status,
    Doctor: doctor,
    SchemeDifference: scheme_difference,
    Agenda: agenda,
    Found: found,
    BatchShown: batch,
    Accountable: accountable,
    WhoCould: could,
    WhoHolds: who_holds,
    Replayed: replayed,
    FunctionsMap: functions_map,
    Difference: difference,
    Supposition: supposition,
    Checked: checked,
    Explained: explained,
    Completeness: completeness,
}
"""Every answer and how it is written for people."""
