"""Documents that cannot go stale: reference pages say what the code says, and the README shows what it does."""

from __future__ import annotations

import re
import shutil
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import click
import pytest

from decisionlog.checks.rule import rules
from decisionlog.cli.main import main as program
from decisionlog.domain.facts import TYPES
from decisionlog.settings import NAMES
from tests.cli.transcript import normalise, parse, run, written

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
README = ROOT / "README.md"
COMMANDS = program.list_commands(click.Context(program))
PAGES = [*sorted(ROOT.glob("*.md")), *sorted(DOCS.rglob("*.md"))]
SESSION = re.compile(r"(?<=<!-- session:begin -->\n```console\n).*?(?=```\n<!-- session:end -->)", re.DOTALL)
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")


def generator():
    spec = spec_from_file_location("generate", DOCS / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_reference_pages_are_what_the_code_says():
    stale = [name for name, _ in generator().stale_pages()]
    assert stale == [], "run: make docs"


def test_the_sample_of_a_finding_is_what_the_program_says():
    sample = re.search(
        r"(?<=## How a finding is read\n\n```text\n).*?(?=```)", (DOCS / "findings.md").read_text("utf-8"), re.DOTALL
    )
    assert sample
    assert sample[0] in (ROOT / "tests" / "cli" / "transcripts" / "check.txt").read_text("utf-8")


def test_a_stale_page_is_found(tmp_path, monkeypatch, capsys):
    generate = generator()
    monkeypatch.setattr(generate, "HERE", tmp_path)
    shutil.copy(DOCS / "views.toml", tmp_path)
    assert generate.main([]) == 0
    assert generate.main(["--check"]) == 0
    page = tmp_path / "cli.md"
    page.write_text(page.read_text(encoding="utf-8") + "More.\n", encoding="utf-8")
    capsys.readouterr()
    assert generate.main(["--check"]) == 1
    assert capsys.readouterr().out == "docs/cli.md is stale; run: make docs\n"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_on_its_page_and_has_help(name):
    command = program.get_command(click.Context(program), name)
    assert command is not None
    assert command.help, f"{name} is missing its help"
    assert f"## decisionlog {name}\n" in (DOCS / "cli.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", TYPES)
def test_every_type_of_fact_is_on_its_page_and_says_what_it_is(name):
    assert TYPES[name].__doc__, f"{name} does not say what it is"
    assert f"### `{name}`\n" in (DOCS / "facts.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_every_setting_is_on_its_page(name):
    assert f"| `{name}` |" in (DOCS / "settings.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("id_", rules())
def test_every_rule_is_on_its_page_and_the_table_leads_to_it(id_):
    page = (DOCS / "findings.md").read_text(encoding="utf-8")
    assert f"### {id_} {rules()[id_].title}\n" in page
    anchor = re.sub(r"[^a-z0-9 -]", "", f"{id_} {rules()[id_].title}".lower()).replace(" ", "-")
    assert f"](#{anchor}) |" in page


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_a_page_links_to_what_is_there(page):
    links = [link for link in LINK.findall(page.read_text(encoding="utf-8")) if "://" not in link]
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_the_session_of_the_readme_is_what_the_program_does(approve):
    folder = Path.cwd()
    page = README.read_text(encoding="utf-8")
    (shown,) = SESSION.findall(page)
    steps = parse(shown)
    assert steps, "the README shows no session"
    now = written(run(steps, folder)).replace(str(folder), "~")
    if normalise(now) != normalise(written(steps)) and approve:
        README.write_text(SESSION.sub(lambda _: now, page), encoding="utf-8")
    else:
        assert normalise(now) == normalise(written(steps))
