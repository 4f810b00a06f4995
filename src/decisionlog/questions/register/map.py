"""The functions and decisions map: which function is decided by whom, place by place."""

from __future__ import annotations

from msgspec.structs import replace

from decisionlog.domain.answers.functions_map import Narrowed
from decisionlog.domain.answers.register import RegisterPage
from decisionlog.domain.refusals import BadInput, NotFound
from decisionlog.questions.functions_map.asking import functions_map
from decisionlog.questions.register.asking import Asking
from decisionlog.questions.register.function import map_without_irregular
from decisionlog.questions.register.refusing import plainly


def map_(asking: Asking) -> RegisterPage:
    """The map; where what was asked cannot be answered, the whole of now, and why."""
    try:
        return _page(asking)
    except (BadInput, NotFound) as refused:
        if not asking.given:
            raise
        return replace(_page(replace(asking, given={})), given=dict(asking.given), problem=plainly(refused))


def _page(asking: Asking) -> RegisterPage:
    narrowed = Narrowed(place=asking.given.get("place", ""), level=asking.given.get("level", ""))
    whole = functions_map(asking.log, asking.models, narrowed, asking.asked, asking.now)
    shown = map_without_irregular(asking, whole)
    choices = asking.listed("place")
    return asking.page(
        "map", "map", "Who decides what, place by place", shown.basis, shown.names, map=shown, choices=choices
    )
