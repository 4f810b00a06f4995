"""The page on scheme files says what the table says: every section, every key, every short form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from decisionlog.domain.facts import TYPES
from decisionlog.domain.facts.parts import Limit, Money
from decisionlog.domain.facts.shape import parts_of as parts_of_fact
from decisionlog.domain.scheme import SECTIONS, Later, Section, parts_of
from decisionlog.exchange.scheme.keys import every_key, keys_of
from decisionlog.exchange.scheme.reading import read_scheme
from decisionlog.exchange.scheme.shorthand import TELLING
from decisionlog.exchange.written import read_yaml

PAGE = Path(__file__).parent.parent / "docs" / "scheme-file.md"
TABLES = re.compile(r"(?<=<!-- sections:begin -->\n).*?(?=<!-- sections:end -->)", re.DOTALL)
EXAMPLE = re.compile(r"```yaml\n(.*?)```", re.DOTALL)


def tables() -> Iterator[str]:
    """Every section with its keys, then the parts that stand in them."""
    for section in SECTIONS:
        yield f"### {section.key}\n\n{section.about[0].upper()}{section.about[1:]}.\nAn entry becomes `{section.opens}`.\n"
        yield f"Its own keys: {_keys(section)}.\n"
        if section.later:
            yield "| key | what it is for | becomes | its keys |\n|---|---|---|---|"
            yield from (
                f"| {_path(section, part)} | {part.about} | `{part.type}` | {_keys(part)} |"
                for part in parts_of(section.later)
            )
            yield ""
    yield "### Parts\n\n| part | its keys | in short |\n|---|---|---|"
    types = [
        TYPES[name]
        for section in SECTIONS
        for name in (section.opens, *(part.type for part in parts_of(section.later)))
    ]
    parts = {part.__name__: part for model in types for part in parts_of_fact(model)}
    for name, part in sorted(parts.items()):
        short = "`£500,000`" if part is Money else "`up to £500,000 per decision`" if part is Limit else ""
        short = short or (f"its `{TELLING[part]}` alone" if part in TELLING else "")
        yield f"| {name} | {', '.join(f'`{key}`' for key in keys_of(part))} | {short} |"
    yield ""


def _keys(place: Section | Later) -> str:
    later = {part.key for part in (place.later if isinstance(place, Section) else place.then)}
    return ", ".join(f"`{key}`" for key in every_key(place) if key not in later)


def _path(section: Section, part: Later) -> str:
    holder = next((other for other in section.later if part in other.then), None)
    return f"`{holder.key}` ... `{part.key}`" if holder else f"`{part.key}`"


def test_the_page_has_every_section_and_key(approve):
    now = "\n".join(tables())
    page = PAGE.read_text(encoding="utf-8")
    if approve:
        PAGE.write_text(TABLES.sub(lambda _: now, page), encoding="utf-8")
    else:
        assert TABLES.search(page)[0] == now, "run: pytest --approve tests/test_scheme_docs.py"


def test_the_page_names_what_the_defaults_stand_for():
    standing = [f"`{part.key}`" for section in SECTIONS for part in section.later if part.standing]
    assert f"that stand from a day on: {', '.join(standing)}." in PAGE.read_text(encoding="utf-8")


@pytest.mark.parametrize("example", EXAMPLE.findall(PAGE.read_text(encoding="utf-8")))
def test_the_examples_of_the_page_are_read_as_they_stand(example):
    found = read_scheme(read_yaml("page.yaml", example.encode()))
    assert found.mistakes == []
    assert found.wanted or found.also
