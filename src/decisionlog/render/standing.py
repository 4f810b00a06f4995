"""`status` and `doctor` as text: how much there is, and whether it is kept as it must be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from decisionlog.domain.answers.standing import Check, Doctor, ModelStatus, Promise, Status
from decisionlog.domain.text import visible
from decisionlog.render.page import Page
from decisionlog.render.witnessing import witnessing
from decisionlog.render.words import PLURALS, counted, resting_on, when

_COLOURS: Final[Mapping[str, str]] = {"ok": "\x1b[32m", "warn": "\x1b[33m", "fail": "\x1b[31m"}
_RESET: Final = "\x1b[0m"


def status(answer: Status, page: Page) -> Iterator[str]:
    """`status`: the size, the things, what cannot be read, and the read models."""
    yield from page.heading(visible(answer.name))
    last = f"; the last was recorded {when(answer.last_recorded_at)}" if answer.last_recorded_at else ""
    yield from page.entry("Log", [visible(answer.basis.log)])
    yield from page.entry("Place", [visible(answer.place)])
    yield from page.entry("Facts", [f"{answer.size:,}{last}"])
    if answer.as_it_was:
        yield from page.entry(
            "A copy", [f"the log as it was at fact {answer.as_it_was:,}, to be looked at; it does not go on"]
        )
    yield from witnessing(answer.witnessing, page)
    if answer.backup:
        since = f"; {counted(answer.backup.since, 'fact')} since" if answer.backup.since else "; none since"
        said = f"{when(answer.backup.made_at)}, with {counted(answer.backup.position, 'fact')}{since}"
        yield from page.entry("Last backup", [said])
    if answer.holds:
        yield from page.entry("Held", [f"{counted(answer.holds, 'hold')} on erasing (decisionlog list holds)"])
    things = (counted(number, kind, PLURALS.get(kind, kind)) for kind, number in answer.kinds.items() if kind != "log")
    yield from page.entry("Things", [", ".join(things) or "none yet"])
    unread = [f"{visible(name)}: {counted(number, 'fact')}" for name, number in answer.unread.items()]
    yield from page.entry("Not understood", unread or ["nothing: this version knows every type of fact here"])
    yield from page.entry("Read models", _models([model for model in answer.models if model.serving]))
    yield ""
    yield from page.paragraph(resting_on(answer.basis))


def doctor(answer: Doctor, page: Page) -> Iterator[str]:
    """`doctor`: a line for each check, its remedy below it, and how many passed."""
    widest = max((len(check.name) for check in answer.checks), default=0)
    for check in answer.checks:
        yield from _check(check, widest, page)
    if answer.promises:
        yield ""
        yield from page.heading("What is promised of this log, and holds as far as these do", level=2)
        for promise in answer.promises:
            yield from _promise(promise, page)
    wrong = [check for check in answer.checks if check.state != "ok"]
    failed = sum(check.state == "fail" for check in wrong)
    yield ""
    for sentence in answer.not_looked_at:
        yield from page.paragraph(sentence)
    if not wrong:
        yield from page.paragraph("All checks passed.")
    else:
        warned = len(wrong) - failed
        found = f"{failed} of {counted(len(answer.checks), 'check')} failed, {counted(warned, 'warning')}."
        yield from page.paragraph(found)


def _promise(promise: Promise, page: Page) -> Iterator[str]:
    rests_on = "" if promise.state == "ok" else f" See {', '.join(promise.rests_on)}."
    first, *more = page.columns([(promise.state, 4)], visible(promise.promise) + rests_on)
    yield _coloured(first, promise.state, page)
    yield from more


def _check(check: Check, widest: int, page: Page) -> Iterator[str]:
    first, *more = page.columns([(check.state, 4), (visible(check.name), widest)], visible(check.found))
    yield _coloured(first, check.state, page)
    yield from more
    if check.remedy:
        yield from page.paragraph(visible(check.remedy), indent=6)


def _coloured(line: str, state: str, page: Page) -> str:
    return line.replace(state, f"{_COLOURS[state]}{state}{_RESET}", 1) if page.colour else line


def _models(models: Sequence[ModelStatus]) -> list[str]:
    """A line for each that is behind or stopped, and one for all the others."""
    if (
        len({model.behind for model in models}) == 1 < len(models)
        and models[0].behind
        and not any(m.stopped for m in models)
    ):
        return [f"all {len(models)} are {counted(models[0].behind, 'fact')} behind"]
    sound = sum(not model.behind and not model.stopped for model in models)
    said = [_behind(model) for model in models if model.behind or model.stopped]
    every = "all " if sound == len(models) else ""
    return [*said, f"{every}{sound} caught up"] if sound or not said else said


def _behind(model: ModelStatus) -> str:
    if model.stopped:
        return f"{visible(model.name)}: stopped. {visible(model.stopped)}"
    return f"{visible(model.name)}: {counted(model.behind, 'fact')} behind"
