"""What others read by SQL is what the page says: the views, their columns, and what they hold of Northmoor."""

from __future__ import annotations

import json
import re
import tomllib
from contextlib import closing
from pathlib import Path

import pytest

from decisionlog.store.sqlite_file import engine
from tests.cli.running import answer, run

DOCS = Path(__file__).parent.parent / "docs"
PAGE = (DOCS / "views.md").read_text(encoding="utf-8")
TOLD = tomllib.loads((DOCS / "views.toml").read_text(encoding="utf-8"))
STABLE = [name for name, view in TOLD["views"].items() if view["stable"]]
AXES = [*TOLD["axes"]]
LAST_MOMENT = 4611686018427387904


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    """The log of Northmoor."""
    folder = tmp_path_factory.mktemp("northmoor") / "there"
    run("demo", str(folder))
    return next(folder.rglob("*.db"))


@pytest.fixture(scope="module")
def rows(path):
    with closing(engine.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        connection.row_factory = engine.Row
        yield connection


def names_of(rows, view):
    return [column["name"] for column in rows.execute(f"PRAGMA table_info({view})")]


def on_the_page(view):
    section = PAGE.partition(f"\n### {view}\n")[2].partition("\n#")[0]
    return re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)


def test_every_view_of_the_log_is_on_the_page(rows):
    views = {name for (name,) in rows.execute("SELECT name FROM sqlite_master WHERE type = 'view'")}
    assert {name.removesuffix("_now") for name in views} == set(TOLD["views"])
    assert set(STABLE) <= set(re.findall(r"^### (\w+)$", PAGE, re.MULTILINE))


@pytest.mark.parametrize("view", STABLE)
def test_the_columns_of_a_view_are_those_on_the_page(rows, view):
    names = names_of(rows, view)
    assert [name for name in names if name not in AXES] == on_the_page(view)
    if "valid_from" in names:
        assert names_of(rows, f"{view}_now") == [*on_the_page(view), "possible"]


@pytest.mark.parametrize("view", STABLE)
def test_what_is_told_of_a_column_is_told_of_one_that_is_there(view):
    assert set(TOLD["views"][view]) - {"stable", "says", "example", "tells"} <= set(on_the_page(view))


@pytest.mark.parametrize("view", STABLE)
def test_the_query_of_a_view_runs_and_reads_it(rows, view):
    query = TOLD["views"][view]["example"]
    assert f"```sql\n{query}\n```" in PAGE
    found = rows.execute(query).fetchall()
    there = rows.execute(f"SELECT count(*) FROM {view}").fetchone()[0]
    assert found or not there, "it finds nothing of what is there"


@pytest.mark.parametrize("view", STABLE)
def test_a_column_that_holds_json_says_so_and_no_other_does(rows, view):
    meanings = {name: TOLD["views"][view].get(name) or TOLD["columns"][name] for name in on_the_page(view)}
    for row in rows.execute(f"SELECT * FROM {view}"):
        for name, means in meanings.items():
            value = row[name]
            assert value is not None, name
            if means.startswith("JSON"):
                assert value == "" or isinstance(json.loads(value), list), name
            else:
                assert not str(value).startswith(("[", "{")), f"{name} holds JSON: {value}"


@pytest.mark.parametrize(
    ("kind", "plural"), [("decision", "decisions"), ("action", "actions"), ("meeting", "meetings"), ("body", "bodies")]
)
def test_what_holds_now_is_what_the_program_answers(path, rows, kind, plural):
    listed = {item["stream"]: item["state"] for item in answer("list", plural, "--log", str(path))["items"]}
    registered = rows.execute("SELECT stream, state FROM register_now WHERE kind = ?", (kind,))
    assert {row["stream"]: row["state"] for row in registered} == listed
    assert {row["stream"] for row in rows.execute(f"SELECT stream FROM {plural}_now")} == set(listed)
    assert listed


def test_another_point_is_asked_about_by_the_axes(path, rows):
    query = re.search(r"```sql\n(SELECT ref, state FROM decisions\n[^`]+)```", PAGE)[1]
    listed = answer("list", "decisions", "--on", "2026-03-31", "--known", "@200", "--log", str(path))["items"]
    assert {row["ref"] for row in rows.execute(query)} == {item["ref"] for item in listed}
    assert listed


def test_a_row_that_is_only_possible_says_so(rows):
    query = f"SELECT count(*) FROM register WHERE certain_from > valid_from AND certain_from < {LAST_MOMENT}"
    assert rows.execute(query).fetchone()[0] >= 0
    assert {row[0] for row in rows.execute("SELECT DISTINCT possible FROM register_now")} <= {0, 1}
