"""The page on complete records shows the table of profiles as it is: every profile, every field, every source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from decisionlog.checks.profiles.table import CONDITIONS, Ask, Profile, Wanted, built_in

PAGE = Path(__file__).parent.parent / "docs" / "completeness.md"
TABLES = re.compile(r"(?<=<!-- profiles:begin -->\n).*?(?=<!-- profiles:end -->)", re.DOTALL)
ASKED_FOR = re.compile(r"^\| `([a-z-]+)` \| (.+) \|$", re.MULTILINE)


def tables() -> str:
    """Every profile with what it asks for, then every field with what satisfies it."""
    table = built_in()
    lines = [f"The table is `{table.version}`.", ""]
    for profile in table.profiles.values():
        lines += _profile(profile)
    lines += ["### The fields", "", "| field | what it is | satisfied by any of | near to it |", "|---|---|---|---|"]
    lines += [_field(field) for field in table.fields.values()]
    return "\n".join(lines) + "\n"


def _profile(profile: Profile) -> Iterator[str]:
    yield f"### `{profile.name}`"
    yield ""
    since = f", for decisions from {profile.from_} on" if profile.from_ else ""
    source = f"[{profile.source}]({profile.uri})" if profile.uri else profile.source
    yield f"For {profile.title}: {source}{since}."
    yield ""
    yield "| field | asked for by | read | where |"
    yield "|---|---|---|---|"
    yield from (_ask(ask) for ask in profile.asks)
    yield ""


def _ask(ask: Ask) -> str:
    return f"| {ask.field.title} | {ask.by} | {'yes' if ask.verified else 'no'} | {ask.applies} |"


def _field(field: Wanted) -> str:
    return f"| `{field.name}` | {field.title} | {_paths(field.satisfied_by)} | {_paths(field.near)} |"


def _paths(paths: tuple[str, ...]) -> str:
    return ", ".join(f"`{path}`" for path in paths)


def test_the_page_shows_the_table(approve):
    page = PAGE.read_text(encoding="utf-8")
    (shown,) = TABLES.findall(page)
    if approve:
        PAGE.write_text(TABLES.sub(lambda _: tables(), page), encoding="utf-8")
    else:
        assert shown == tables(), "run: pytest --approve tests/test_completeness_docs.py"


def test_the_page_says_under_what_each_field_is_asked_for():
    before, _, _ = PAGE.read_text(encoding="utf-8").partition("<!-- profiles:begin -->")
    assert [name for name, _ in ASKED_FOR.findall(before)] == list(CONDITIONS)
