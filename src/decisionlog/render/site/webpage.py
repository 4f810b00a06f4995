"""A page of the register as HTML, by its template; and its twin, the same answers for programs."""

from __future__ import annotations

from typing import Final

from decisionlog.domain.answers.register import RegisterPage
from decisionlog.domain.references import split
from decisionlog.render.as_json import dumped, plain_answer
from decisionlog.render.site.addresses import Addresses, path_of
from decisionlog.render.site.environment import environment
from decisionlog.render.site.telling import Telling

SHOWN_WITH: Final = {
    **dict.fromkeys(("look.css", "register.css", "pictures.css"), "text/css; charset=utf-8"),
    "icon.svg": "image/svg+xml",
}
"""The files that pages are shown with, and of which media type each is."""
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
    template = environment().get_template(f"{page.name}.html")
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
    template = environment().get_template("trouble.html")
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
