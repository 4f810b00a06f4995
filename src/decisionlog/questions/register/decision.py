"""The page of one decision: who decided, under what, who agreed and who did not, and what came of it."""

from __future__ import annotations

from msgspec.structs import replace

from decisionlog.domain.answers.register import RegisterPage
from decisionlog.questions.history import history
from decisionlog.questions.register.asking import Asking
from decisionlog.questions.register.part_withheld import parts_withheld


def decision(asking: Asking) -> RegisterPage:
    """The page of a decision. Raises `NotFound`."""
    stream = asking.stream("decision")
    shown = asking.show(stream)
    happened = history(asking.log, asking.models, stream, asking.asked, asking.now)
    page = asking.page(
        "decision",
        shown.thing.stream,
        shown.thing.title or shown.thing.ref,
        shown.basis,
        {**happened.names, **shown.names},
        show=shown,
        history=happened,
        withheld=parts_withheld(asking, stream),
    )
    return replace(page, is_proved=asking.is_proved(shown.thing.stream, min(shown.evidence)))
