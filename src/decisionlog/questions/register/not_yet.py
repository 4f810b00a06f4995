"""The page of a function as it was known before anything was recorded of it: that, and nothing of what is known today."""

from __future__ import annotations

from msgspec.structs import replace

from decisionlog.domain.answers.register import NotYetKnown, RegisterPage
from decisionlog.questions.point import settle
from decisionlog.questions.register.asking import Asking


def not_yet_known(asking: Asking) -> RegisterPage | None:
    """That nothing of the function was recorded by then; none, where something was. Raises `NotFound`, `BadInput`.

    It is called as it is called today: so whoever asks knows it.
    """
    stream = asking.stream("function")
    point = settle(asking.log, asking.asked, asking.now)
    today = replace(asking, given={}).show(stream)
    first = asking.log.stream(stream)[0]
    if first.position <= point.basis.position:
        return None
    absent = NotYetKnown(point.basis, stream, asking.given["known"], first.recorded_at, (first.position,))
    title = today.thing.title or today.thing.ref
    return asking.page("not-yet-known", stream, title, point.basis, {stream: title}, absent=absent)
