"""What templates of the register are given beside their page: the filters and functions of this package, in one table."""

from __future__ import annotations

from functools import cache
from typing import Final

from jinja2 import ChoiceLoader, Environment, PackageLoader

from decisionlog.domain.answers.agenda import SECTIONS as SECTIONS_OF_AN_AGENDA
from decisionlog.domain.answers.basis import Basis
from decisionlog.domain.answers.functions_map import GAPS
from decisionlog.domain.erased import is_gone
from decisionlog.domain.facts import OPENING
from decisionlog.domain.kinds import kind_of_organisation
from decisionlog.domain.text import visible
from decisionlog.render import checking, deciding, plain_words, words
from decisionlog.render.mapping import cells
from decisionlog.render.site import (
    accountability,
    authority,
    conditions,
    could_decide,
    days,
    findings,
    mapping,
    phrases,
    withholding,
)
from decisionlog.render.site.addresses import WHERE
from decisionlog.render.site.pictures import accounting, chain, months, spans, stances
from decisionlog.render.site.pictures import deciding as deciding_ways
from decisionlog.render.site.pictures.powers import spans_of

TOLD_BEFORE: Final = frozenset({"meeting", "item", "text", "reasons", "options_rejected"})
"""The fields of a decision that its page tells in places of their own."""


@cache
def environment() -> Environment:
    """The templates, with the filters and the functions that they use; made once."""
    found = Environment(
        loader=ChoiceLoader(
            [
                PackageLoader("decisionlog.render.site"),
                PackageLoader("nhsuk_frontend_jinja"),
            ]
        ),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters |= {
        "spoken": words.spoken,
        "positions": words.positions,
        "counted": words.counted,
        "when": words.when,
        "is_gone": is_gone,
        "many_of": words.PLURALS.__getitem__,
        "dated": words.dated,
        "begun": _begun,
        "plainly": phrases.plainly,
        "curled": phrases.curled,
        "condition_state": conditions.state_of,
        "conditions_broken": conditions.is_broken,
        "agreed_on": conditions.agreed_on,
        "kind_of_organisation": kind_of_organisation,
        "happening": words.happening,
        "findings_counted": checking.counted_in_words,
    }
    found.globals |= {
        "chain_picture": lambda item, names: chain.draw(deciding_ways.ways_of(item, names), "chain"),
        "stances_picture": lambda item, names, about, **more: stances.draw(
            stances.stances_of(item.positions, names, **more), about, "stances"
        ),
        "determination": authority.determination,
        "maker": authority.maker,
        "hop": authority.hop,
        "standing": authority.standing,
        "plain_word": plain_words.said,
        "interest_said": deciding.interest_said,
        "interest_shown_by": deciding.interest_shown_by,
        "TOLD": deciding.TOLD_ABOVE | TOLD_BEFORE,
        "withholding": withholding,
        "SEARCHED": tuple(WHERE),
        "NOT_RECORDED": words.NOT_RECORDED,
        "OPENING": OPENING,
        "as_recorded": _as_recorded,
        "accountable_picture": lambda answer: chain.draw(accounting.ways_of(answer), "ways"),
        "months_picture": lambda told: months.draw(days.periods(told), "months"),
        "verdict": accountability.verdict,
        "accountable_now": accountability.accountable_now,
        "who_could_decide": could_decide.who_could_decide,
        "roles": accountability.roles,
        "ways": accountability.ways,
        "liable": accountability.liable,
        "map_opening": mapping.opening,
        "map_by_place": cells.by_place,
        "map_where": cells.where,
        "map_duty": mapping.duty,
        "map_deciders": mapping.deciders,
        "map_above": mapping.above,
        "map_stands": cells.stands,
        "review": cells.review,
        "GAPS": GAPS,
        "by_day": days.by_day,
        "by_severity": findings.by_severity,
        "answered": checking.answered,
        "spans_picture": lambda powers, names, day, about: spans.draw(spans_of(powers, names), day, about, "spans"),
        "SECTIONS_OF_AN_AGENDA": SECTIONS_OF_AN_AGENDA,
    }
    return found


def _as_recorded(basis: Basis) -> str:
    """What a page rests on, in plain words first, and then what it is checked by."""
    on, known = words.in_prose(basis.as_at), words.in_prose(basis.known_at)
    if basis.known_at.startswith("@"):
        known = f"entry {basis.known_at[1:]}"
    times = f"As recorded by {on}." if on == known else f"How it stood on {on}, as recorded by {known}."
    return f"{times} {basis.position:,} entries of the log {visible(basis.log)}; to check: root {basis.root[:16]}, rules {basis.rules}."


def _begun(text: str) -> str:
    """A text of ours that begins with a capital."""
    return text[:1].upper() + text[1:]
