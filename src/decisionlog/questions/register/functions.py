"""The functions that are catalogued, each under that of which it is a part, with whoever has its duty."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec.structs import replace

from decisionlog.checks.world.rows import RowsWorld
from decisionlog.domain.answers.cataloguing import Catalogue, Catalogued
from decisionlog.domain.answers.register import RegisterPage
from decisionlog.questions.accountable.rules import resting_on_the_table, table_in
from decisionlog.questions.finding_things import mentioned_in, names_of
from decisionlog.questions.functions_map.rows import Survey
from decisionlog.questions.functions_map.where import EVERYWHERE, Ground
from decisionlog.questions.point import settle
from decisionlog.questions.register.asking import Asking
from decisionlog.questions.register.portions import portion
from decisionlog.questions.viewing import Viewing

_Choosing = Callable[[Ground], Sequence[str]]


def functions(asking: Asking) -> RegisterPage:
    """The page of all functions, a portion at a time."""
    number, pages, total = 1, 1, 0

    def of_this_page(ground: Ground) -> Sequence[str]:
        nonlocal number, pages, total
        items, number, pages = portion(ground.functions, asking.given.get("page", ""))
        total = len(ground.functions)
        return items

    shown = _catalogue(asking, of_this_page)
    page = asking.page("functions", "functions", "Functions", shown.basis, shown.names, catalogue=shown)
    return replace(page, number=number, pages=pages, total=total)


def family(asking: Asking, function: str) -> Catalogue:
    """What a function is a part of, the function, and what is a part of it."""

    def related(ground: Ground) -> Sequence[str]:
        wider = {function, *(ground.above(function) if function in ground.functions else ())}
        return [one for one in ground.functions if one in wider or function in ground.above(one)]

    return _catalogue(asking, related)


def _catalogue(asking: Asking, choose: _Choosing) -> Catalogue:
    point, table = settle(asking.log, asking.asked, asking.now), table_in(asking.rules)
    with asking.models.reading() as rows:
        world = RowsWorld(rows, point.as_of)
        ground = Ground(rows, point.as_of, world)
        chosen = choose(ground)
        world.duties(chosen)  # at once, since each is looked at
        survey = Survey(Viewing(asking.log, rows, point), world, ground, table)
        items = tuple(Catalogued(one, ground.above(one), survey.row(one, EVERYWHERE).duty_holders) for one in chosen)
        names = names_of(asking.log, rows, mentioned_in(items), point.as_of)
    return Catalogue(resting_on_the_table(point.basis, table), items, names)
