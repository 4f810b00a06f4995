"""Lists of things, and of facts, as text for people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import orjson

from decisionlog.domain.answers.standing import Entry
from decisionlog.domain.answers.things import Listed, Listing
from decisionlog.domain.text import visible
from decisionlog.render.page import Page
from decisionlog.render.words import LISTED, counted, in_words, last_day, positions, resting_on, titled, when


def listing(answer: Listing, page: Page) -> Iterator[str]:
    """`list`: a line each, then how many, and the basis."""
    plural = LISTED[answer.kind]
    refs = [item.ref for item in answer.items]
    tells = len(refs) < 1_000 and len({item.stream for item in answer.items}) > 1
    shown_as = [item.stream if tells and refs.count(item.ref) > 1 else item.ref for item in answer.items]
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
