"""`export site` as a person runs it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.running import facts, log_of, new_log, northmoor, run
from tests.scenario import body, decision

SITE = ("export", "site", "site")


@pytest.fixture
def log() -> str:
    return northmoor()


def contents(folder: str = "site") -> dict[str, bytes]:
    found = (one for one in Path(folder).rglob("*") if one.is_file())
    return {one.relative_to(folder).as_posix(): one.read_bytes() for one in found}


def test_it_says_what_was_written_and_where_to_open_it(log):
    told = run(*SITE).stderr
    count = len(contents()) - 1
    assert told.startswith(f"Wrote {count} files to site, {count} of them new or changed, as at ")
    assert told.endswith("Open site/index.html, or put the folder on any web server.\n")


def test_every_page_has_its_twin_and_what_it_is_shown_with(log):
    run(*SITE)
    names = contents()
    pages = {name.removesuffix(".html") for name in names if name.endswith(".html")}
    assert {"index", "decisions", "how-this-works", "accessibility"} <= pages
    assert {name.removesuffix(".json") for name in names if name.endswith(".json")} == pages
    assert {"static/look.css", "static/register.css", "static/pictures.css"} <= names.keys()


def test_the_same_log_on_the_same_day_gives_the_same_bytes(log):
    run(*SITE)
    run("export", "site", "again")
    assert contents() == contents("again")
    assert ", 0 of them new or changed" in run(*SITE, "--replace").stderr


def test_what_is_recorded_meanwhile_is_there_and_what_is_no_longer_shown_goes(log):
    run(*SITE)
    run(
        "import", facts("more.jsonl", body("omega"), decision("Z/1", decision_makers=["body:omega"])), "--by", "clerk-1"
    )
    run(*SITE, "--replace")
    assert "decisions/Z~2f1.html" in contents()
    run("set-access", "Z/1", "--level", "exempt", "--paragraph", "3", "--by", "clerk-1")
    run(*SITE, "--replace")
    assert "decisions/Z~2f1.html" not in contents()
    assert not any(b"Z/1" in content for content in contents().values())


def test_a_list_of_many_things_goes_on_in_files_of_its_own(tmp_path):
    things = [body("alpha"), *(decision(f"A/{number}", decision_makers=["body:alpha"]) for number in range(60))]
    run("--log", log_of(tmp_path, *things), *SITE)
    assert 'href="decisions-2.html"' in Path("site/decisions.html").read_text()
    last = Path("site/decisions-3.html").read_text()
    assert last.count('<li class="register-list__item">') == 10
    assert "60 decisions, the latest first." in last
    every = [json.loads(Path(f"site/decisions{n}.json").read_text())["list"]["items"] for n in ("", "-2", "-3")]
    assert len({item["ref"] for items in every for item in items}) == 60


def test_a_log_with_nothing_in_it_has_a_register(tmp_path):
    run("--log", new_log(str(tmp_path / "new.db")), *SITE)
    assert "index.html" in contents()


def test_the_register_is_called_as_was_asked(log):
    run(*SITE, "--name", "Decisions of <Northmoor>")
    assert b"<bdi>Decisions of &lt;Northmoor&gt;</bdi>" in contents()["index.html"]


def test_whom_to_write_to_is_a_setting(log, monkeypatch):
    run(*SITE)
    assert b"Nobody is named to write to." in contents()["how-this-works.html"]
    monkeypatch.setenv("DECISIONLOG_CONTACT", "register@northmoor.example")
    run(*SITE, "--replace")
    for name in ("how-this-works.html", "accessibility.html"):
        assert b'<a href="mailto:register@northmoor.example">' in contents()[name]


def test_the_last_checkpoint_is_a_file_of_it(log):
    run(*SITE)
    assert "checkpoint" not in contents()
    assert b"None is signed yet" in contents()["how-this-works.html"]
    run("key", "new")
    run("checkpoint")
    run(*SITE, "--replace")
    assert contents()["checkpoint"].startswith(b"northmoor.example/decisions\n33\n")
    assert b'<a href="checkpoint">' in contents()["how-this-works.html"]


@pytest.mark.parametrize(
    ("words", "refused"),
    [
        (["export", "site"], "goes into a folder alone"),
        ([*SITE, "--public"], "goes into a folder alone"),
        ([*SITE, "-o", "file"], "goes into a folder alone"),
        (["export", "jsonl", "--findings"], "go with a site"),
        (["export", "tiles", "there", "--replace"], "go with a site"),
        (["export", "jsonl", "--name", "N"], "go with a site"),
    ],
)
def test_what_goes_with_another_form_is_told(log, words, refused):
    assert refused in run(*words, code=2).stderr
    assert not Path("site").exists()


def test_a_log_that_is_not_there_leaves_no_folder():
    run("--log", "none.db", *SITE, code=7)
    assert not Path("site").exists()


def test_a_folder_with_other_things_is_left_alone(log):
    Path("site").mkdir()
    Path("site/notes.txt").write_text("mine")
    assert "holds other files" in run(*SITE, "--replace", code=2).stderr
    assert contents() == {"notes.txt": b"mine"}
