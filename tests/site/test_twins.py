"""A page says what its twin says: what the one tells of the log stands in the other, in both directions."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Final

import pytest

from decisionlog.domain.erased import is_gone
from decisionlog.domain.references import unslug
from decisionlog.domain.text import visible
from decisionlog.render.site.addresses import WHERE, file_of
from tests.site.northmoor import Page, pages, site
from tests.site.test_links import within

POSITIONS: Final = re.compile(r"(?<=\[)\d+(?:, \d+)*(?=\])")
KINDS: Final = {where: kind for kind, where in WHERE.items()}
QUOTED: Final[Mapping[str, tuple[str, ...]]] = {
    "decisions/": (
        "show.decided.positions",
        "show.decided.disagreements",
        "show.decided.conditions",
        "show.decided.authority",
    ),
    "proposals/": ("stands.positions", "stands.disagreements"),
    "meetings/": ("meeting.items",),
    "partners/": ("dealings.signed", "dealings.disagreements"),
    "disagreements": ("open.items", "ended.items"),
    "index": ("decisions.items", "proposals.items"),
    **dict.fromkeys(("decisions", "proposals", "meetings"), ("list.items",)),
    "bodies": ("deciding.items", "joint.items", "forums.items"),
    "partners": ("nhs.items", "councils.items", "general_practice.items", "voluntary.items"),
}
"""The parts of a twin of which its page tells everything that somebody wrote."""
RESTED_ON: Final[Mapping[str, tuple[str, ...]]] = {
    "decisions/": (*QUOTED["decisions/"], "show.sections", "history.items"),
    "proposals/": (*QUOTED["proposals/"], "stands.sections", "history.items"),
    "meetings/": (*QUOTED["meetings/"], "meeting.sections", "history.items"),
    "disagreements/": ("history.items",),
    "partners/": ("dealings.signed", "powers.given_to_it"),
    "bodies/": ("powers.given_to_it", "agenda.items"),
    "functions/": ("accountable.chains",),
}
"""The parts of a twin of which its page names all the entries that they rest on."""
WORDS: Final = frozenset({"words", "grounds", "dissent", "title"})
"""The names under which a twin holds what somebody wrote."""


@cache
def twin(name: str) -> Any:
    """The twin of a page."""
    return json.loads((site() / name.removesuffix(".html")).with_suffix(".json").read_text(encoding="utf-8"))


def positions_on(page: Page) -> set[int]:
    """The entries of the log that a page names."""
    return positions_in(page.text)


def everything(value: Any) -> Iterator[Any]:
    """Every text and number of a twin, and the names under which they stand."""
    match value:
        case dict():
            for name, part in value.items():
                yield name
                yield from everything(part)
        case list():
            for part in value:
                yield from everything(part)
        case _:
            yield value


def told_under(value: Any, names: frozenset[str]) -> Iterator[Any]:
    """What stands under one of these names in a part of a twin; how each step of a chain was judged is no part of a page."""
    match value:
        case dict():
            for name, part in value.items():
                if name == "tests":
                    continue
                yield from everything(part) if name in names else told_under(part, names)
        case list():
            for part in value:
                yield from told_under(part, names)


def shown(text: str) -> str:
    """A text as a page shows it."""
    return " ".join(visible(text, keep_breaks=True).split())


def parts_of(name: str, told: Mapping[str, tuple[str, ...]]) -> Iterator[Any]:
    """The parts of the twin of a page that it tells whole."""
    folder, slash, _ = name.partition("/")
    kind = f"{folder}/" if slash else re.sub(r"(-\d+)?\.html$", "", folder)
    for path in told.get(kind, ()):
        found = twin(name)
        for step in path.split("."):
            found = found.get(step, {}) if isinstance(found, dict) else {}
        yield found


def positions_in(value: Any) -> set[int]:
    """The entries of the log that a part of a twin names, also those that a sentence of it does."""
    numbers = [one for one in everything(value) if type(one) is int]
    texts = [one for one in everything(value) if isinstance(one, str)]
    return {
        *numbers,
        *(int(number) for text in texts for found in POSITIONS.findall(text) for number in found.split(", ")),
    }


def test_every_page_has_a_twin_that_says_which_page_it_is():
    for name in pages():
        told = twin(name)
        assert f"{file_of(told['page'], str(told.get('number', 1)))}.html" == name
        assert told["title"], name


def test_every_entry_of_the_log_that_a_page_names_stands_in_its_twin():
    unknown = {
        (name, position)
        for name, page in pages().items()
        for position in positions_on(page) - positions_in(twin(name))
        if name != "how-this-works.html"  # it says of an example how entries are named
    }
    assert sorted(unknown) == []


def test_every_thing_that_a_page_leads_to_stands_in_its_twin():
    unknown = set()
    for name, page in pages().items():
        texts = "\n".join(str(one) for one in everything(twin(name)))
        for link in page.leads:
            folder, _, file = within(name, link).partition("/")
            if folder in KINDS and file.endswith(".html"):
                reference = f"{KINDS[folder]}:{unslug(file.removesuffix('.html'))}"
                unknown |= {(name, reference)} if reference not in texts else set()
    assert sorted(unknown) == []


def test_every_text_that_a_page_quotes_stands_in_its_twin():
    unknown = set()
    for name, page in pages().items():
        texts = "\n".join(shown(one) for one in everything(twin(name)) if isinstance(one, str))
        unknown |= {(name, quoted) for quoted in page.quoted if quoted not in texts}
    assert sorted(unknown) == []


def test_what_somebody_wrote_in_a_twin_stands_on_its_page():
    missing = {
        (name, text)
        for name, page in pages().items()
        for part in parts_of(name, QUOTED)
        for text in told_under(part, WORDS)
        if isinstance(text, str) and text and not is_gone(text) and shown(text) not in page.text
    }
    assert sorted(missing) == []


def test_the_entries_on_which_a_part_of_a_twin_rests_stand_on_its_page():
    missing = {
        (name, position)
        for name, page in pages().items()
        for part in parts_of(name, RESTED_ON)
        for position in told_under(part, frozenset({"evidence", "position"}))
        if type(position) is int and position not in positions_on(page)
    }
    assert sorted(missing) == []


def test_the_page_of_a_month_numbers_every_entry_of_its_twin():
    months = [name for name in pages() if name.startswith("history/")]
    assert months
    for name in months:
        numbered = set(pages()[name].text.split())
        assert {str(one["position"]) for one in twin(name)["recorded"]["items"]} <= numbered, name


@pytest.mark.parametrize(
    ("kind", "path"), [(kind, path) for told in (QUOTED, RESTED_ON) for kind, paths in told.items() for path in paths]
)
def test_a_part_that_is_told_whole_is_there_on_some_page(kind, path):
    """What nothing holds proves nothing."""
    assert any(found for name in pages() for found in parts_of(name, {kind: (path,)}))
