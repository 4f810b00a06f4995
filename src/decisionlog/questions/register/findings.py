"""What does not add up by the rules of governance; a page that is there only where it is to be shown."""

from __future__ import annotations

from msgspec.structs import replace

from decisionlog.domain.answers.register import RegisterPage
from decisionlog.domain.refusals import BadInput, NotFound
from decisionlog.questions.checking import Narrowing, check
from decisionlog.questions.choosing_rules import explained
from decisionlog.questions.register.asking import Asking
from decisionlog.questions.register.portions import portion


def findings(asking: Asking) -> RegisterPage:
    """Every finding, or those of one rule a page at a time. Raises `NotFound` where findings are not shown."""
    if not asking.findings:
        raise NotFound("What does not add up is not shown in this register.")
    rule = asking.given.get("rule", "")
    try:
        return _page(asking, rule)
    except BadInput:
        problem = f"There is no rule that is called '{rule[:40]}'."
        return replace(_page(replace(asking, given={}), ""), given=dict(asking.given), problem=problem)


def _page(asking: Asking, rule: str) -> RegisterPage:
    by = Narrowing(select=[rule] if rule else [])
    checked = check(asking.log, asking.models, by, asking.asked, asking.now)
    items, number, pages = portion(checked.items, asking.given.get("page", "")) if rule else (checked.items, 1, 1)
    told = explained([one for one in checked.rules if any(item.rule == one for item in items)])
    page = asking.page(
        "findings",
        "findings",
        "What does not add up",
        checked.basis,
        checked.names,
        checked=replace(checked, items=items),
        explained=told,
    )
    return replace(page, number=number, pages=pages, total=len(checked.items))
