"""A page of the register as HTML, by its template; and its twin, the same answers for programs."""

from __future__ import annotations

from functools import cache
from typing import Final

from jinja2 import ChoiceLoader, Environment, PackageLoader

from decisionlog.domain.answers.agenda import SECTIONS as SECTIONS_OF_AN_AGENDA
from decisionlog.domain.answers.basis import Basis
from decisionlog.domain.answers.functions_map import GAPS
from decisionlog.domain.answers.register import RegisterPage
from decisionlog.domain.erased import is_gone
from decisionlog.domain.kinds import kind_of_organisation
from decisionlog.domain.references import split
from decisionlog.domain.text import visible
from decisionlog.render import checking, deciding, words
from decisionlog.render.as_json import dumped, plain_answer
from decisionlog.render.mapping import cells
from decisionlog.render.site import (
    accountability,
    authority,
    conditions,
    could_decide,
    days,
    findings,
    mapping,
    withholding,
)
from decisionlog.render.site.addresses import WHERE, Addresses, path_of
from decisionlog.render.site.pictures import accounting, chain, months, spans, stances
from decisionlog.render.site.pictures import deciding as deciding_ways
from decisionlog.render.site.pictures.powers import spans_of
from decisionlog.render.site.telling import Telling

SHOWN_WITH: Final = ("look.css", "register.css", "pictures.css")
"""The files that pages are shown with."""
SECTIONS: Final = (
    ("decisions", "Decisions"),
    ("meetings", "Meetings"),
    ("proposals", "Proposals"),
    ("bodies", "Who decides"),
    ("partners", "Partners"),
    ("functions", "Functions"),
    ("map", "Map"),
    ("disagreements", "Disagreements"),
)
"""What stands at the top of every page."""
TOLD_BEFORE: Final = frozenset({"meeting", "item", "text", "reasons", "options_rejected"})
"""The fields of a decision that its page tells in places of their own."""
FIELDS: Final = {
    "body": ("Committee, board or other body", "thing"),
    "partner": ("Partner", "thing"),
    "outcome": ("Outcome", "word"),
    "state": ("State", "word"),
    "place": ("Place", "thing"),
    "function": ("Function", "thing"),
    "since": ("From", "date"),
    "until": ("To", "date"),
}
"""The fields of forms: what each is called, and what is put into it."""


def webpage(page: RegisterPage, addresses: Addresses, *, register: str) -> str:
    """The page as a whole document of HTML. `register` is what the register is called."""
    template = _environment().get_template(f"{page.name}.html")
    path = path_at(page)
    return template.render(
        page=page,
        **page.answers,
        t=Telling(page, addresses),
        at=addresses,
        path=path,
        register=register,
        sections=SECTIONS,
        section=path.partition("/")[0],
        fields=[(name, *FIELDS[name]) for name in page.takes if name in FIELDS],
    )


def trouble(title: str, told: str, addresses: Addresses) -> str:
    """A page that says why another cannot be shown."""
    template = _environment().get_template("trouble.html")
    return template.render(title=title, told=told, at=addresses, sections=SECTIONS)


def twin(page: RegisterPage) -> bytes:
    """The same page for programs: each of its answers as the command line gives it in JSON, and what the things in them are called."""
    answers = {name: plain_answer(answer) for name, answer in page.answers.items()}
    portion = {"number": page.number, "pages": page.pages, "total": page.total} if page.pages > 1 else {}
    names = {"names": dict(sorted(page.names.items()))} if page.names else {}
    return dumped({"page": path_at(page), "title": page.title, **portion, **answers, **names}, indented=True)


def path_at(page: RegisterPage) -> str:
    """The path of a page from the root of the register, without an ending."""
    return path_of(page.about) if split(page.about)[0] else page.about


@cache
def _environment() -> Environment:
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
        "label": words.label,
        "spoken": words.spoken,
        "positions": words.positions,
        "counted": words.counted,
        "when": words.when,
        "is_gone": is_gone,
        "many_of": words.PLURALS.__getitem__,
        "legal_basis": words.legal_basis,
        "capitalize_first": lambda text: text[:1].upper() + text[1:],
        "dated": words.dated,
        "begun": _begun,
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
        "interest": deciding.interest,
        "TOLD": deciding.TOLD_ABOVE | TOLD_BEFORE,
        "withholding": withholding,
        "SEARCHED": tuple(WHERE),
        "NOT_RECORDED": words.NOT_RECORDED,
        "entries": words.entries,
        "as_recorded": _as_recorded,
    }
    found.globals |= {
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
    }
    found.globals |= {
        "spans_picture": lambda powers, names, day, about: spans.draw(spans_of(powers, names), day, about, "spans"),
        "SECTIONS_OF_AN_AGENDA": SECTIONS_OF_AN_AGENDA,
    }
    found.filters["kind_of_organisation"] = kind_of_organisation
    found.filters |= {
        "condition_state": conditions.state_of,
        "conditions_broken": conditions.is_broken,
        "agreed_on": conditions.agreed_on,
    }
    found.filters["happening"] = words.happening
    found.filters["findings_counted"] = checking.counted_in_words
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
