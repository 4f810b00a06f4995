"""Findings that appear and vanish, for people and for programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from msgspec.structs import asdict

from decisionlog.domain.answers.checking import FindingTold
from decisionlog.domain.answers.what_if import CheckedWhatIf, FindingsChanged
from decisionlog.render.checking_json import finding
from decisionlog.render.finding_words import on_a_page, subject
from decisionlog.render.page import Page
from decisionlog.render.supposing import sentence
from decisionlog.render.words import resting_on, told_apart

_MOST: Final = 20
"""Findings of one heading that are told one by one."""


def checked_what_if(answer: CheckedWhatIf, page: Page) -> Iterator[str]:
    """`check --what-if`: what is supposed, what appears, what vanishes, and the basis."""
    yield from page.paragraph(sentence(answer.supposed))
    yield ""
    yield from findings_changed(answer.changed, page, every=True) or ["No finding appears, and none vanishes."]
    yield ""
    yield from page.paragraph(resting_on(answer.basis))


def findings_changed(changed: FindingsChanged, page: Page, *, every: bool = False) -> list[str]:
    """The findings under a heading for each way in which they changed; nothing, where none did."""
    lines: list[str] = []
    for heading, found in (
        ("Findings that appear", changed.appear),
        ("Findings that vanish", changed.vanish),
        ("Findings that are answered otherwise", changed.stand_otherwise),
    ):
        lines += _told(heading, found, changed, page, len(found) if every else _MOST) if found else ()
    return lines


def _told(heading: str, found: Sequence[FindingTold], changed: FindingsChanged, page: Page, most: int) -> Iterator[str]:
    names = told_apart(changed.names)
    yield from page.heading(f"{heading}: {len(found):,}")
    for one in found[:most]:
        yield from page.paragraph(f"{subject(one, names)}: {on_a_page(one, changed.names)}", indent=2, hang=4)
    if len(found) > most:
        yield from page.paragraph(f"... and {len(found) - most:,} more; `decisionlog check` has them.", indent=2)


def changed_json(changed: FindingsChanged) -> dict[str, Any]:
    """The same as plain data."""
    return {
        "appear": [finding(one) for one in changed.appear],
        "vanish": [finding(one) for one in changed.vanish],
        "stand_otherwise": [finding(one) for one in changed.stand_otherwise],
    }


def checked_what_if_json(answer: CheckedWhatIf) -> dict[str, Any]:
    """`check --what-if`: each finding that differs, with its `change`."""
    changed = changed_json(answer.changed)
    return {
        "supposing": asdict(answer.supposed),
        "basis": asdict(answer.basis),
        "items": [{"change": change, **one} for change, found in changed.items() for one in found],
        "names": answer.changed.names,
    }
