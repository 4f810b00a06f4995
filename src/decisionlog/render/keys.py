"""The keys of a log, as text."""

from __future__ import annotations

from collections.abc import Iterator

from decisionlog.domain.answers.keys import AccessKey, AccessKeys
from decisionlog.domain.text import visible
from decisionlog.render.page import Page
from decisionlog.render.words import counted, listed_in_words, positions, resting_on, when


def keys(answer: AccessKeys, page: Page) -> Iterator[str]:
    """Each key with its holder, what it lets them do, where and how long."""
    if not answer.items:
        yield from page.paragraph("There is no key yet: decisionlog keys new NAME --for ACCOUNT --scope read-private")
    for key in answer.items:
        yield from page.heading(f"{key.id}  {visible(key.name)}", level=2)
        yield from page.entry("State", [_state(key)])
        yield from page.entry("Holder", [visible(key.account) or "not recorded"])
        yield from page.entry("May", [listed_in_words(key.scopes) or "nothing"])
        where = "every matter" if key.bodies is None else f"matters of {listed_in_words(map(visible, key.bodies))}"
        yield from page.entry("In", [where])
        yield from page.entry("Last used", [when(key.last_used) if key.last_used else "never"])
        yield ""
    if answer.items:
        yield from page.paragraph(f"{counted(len(answer.items), 'key')}. {resting_on(answer.basis)}")


def _state(key: AccessKey) -> str:
    until = f", until the end of {when(key.last_day)}" if key.last_day and key.state in {"active", "not begun"} else ""
    return f"{key.state}{until}{f' {positions(key.evidence)}' if key.evidence else ''}"
