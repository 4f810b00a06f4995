"""The page that says that something is withheld: of what kind, on what ground, until when; never what it is.

Of a single thing no body is told: how many of a body's matters are kept back is said where there are at least three.
No day of a decision or of a meeting is told, and of the days of release and review the month alone.
"""

from __future__ import annotations

from collections import Counter
from typing import Final

from decisionlog.domain.answers.register import RegisterPage
from decisionlog.domain.answers.withheld import OfABody, Withheld, WithheldAlike
from decisionlog.domain.days import is_over, moment
from decisionlog.questions.point import Point, settle
from decisionlog.questions.register.asking import Asking
from decisionlog.questions.register.in_private import meetings_in_private
from decisionlog.questions.viewing import Viewing
from decisionlog.store.kept_back import KeptBack, kept_back
from decisionlog.store.shown import Shown, following
from decisionlog.store.view import ViewRecorder

_ENOUGH: Final = 3


def withheld(asking: Asking) -> RegisterPage:
    """The page about what is withheld."""
    point = settle(asking.log, asking.asked, asking.now)
    shown, things = _known(asking)
    bodies = Counter(body for one in things for body in one.bodies)
    standing = [one for stream in shown.streams.values() for one in stream.values()]
    with asking.models.reading() as rows:
        in_private = meetings_in_private(Viewing(asking.log, rows, point), asking.listed("meeting").items)
    answer = Withheld(
        point.basis,
        _alike(asking, point, things),
        tuple(OfABody(body, number) for body, number in sorted(bodies.items()) if number >= _ENOUGH),
        entries=sum(one.hidden for one in standing),
        in_part=sum(_is_in_part(shown, stream) for stream in shown.streams),
        meetings=in_private,
    )
    return asking.page("withheld", "withheld", "What is withheld, and why", point.basis, {}, withheld=answer)


def _known(asking: Asking) -> tuple[Shown, list[KeptBack]]:
    """What is shown to whoever asks, and what is kept back; from whoever sees everything, what is from everybody."""
    recorder = asking.log.recorder
    if isinstance(recorder, ViewRecorder):
        return recorder.shown, recorder.kept_back()
    shown = following(Shown(), asking.log, asking.log.size(), moment(asking.now))
    return shown, list(kept_back(asking.log, shown))


def _is_in_part(shown: Shown, stream: str) -> bool:
    """Whether a thing is there without its words, or without some of its facts."""
    facts = shown.streams[stream]
    return not facts[1].hidden and any(one.hidden or one.words == "none" for one in facts.values())


def _alike(asking: Asking, point: Point, things: list[KeptBack]) -> tuple[WithheldAlike, ...]:
    """Things that are kept back alike, told together, in an order that says nothing of when they were recorded."""
    alike = Counter((one.kind, one.level, one.grounds, one.release, one.review) for one in things)
    return tuple(
        WithheldAlike(number, *found, is_overdue=_is_overdue(asking, point, *found[3:]))
        for found, number in sorted(alike.items())
    )


def _is_overdue(asking: Asking, point: Point, release: str, review: str) -> bool:
    return any(is_over(month, asking.log.zone, point.as_of.on) for month in (release, review) if month)
