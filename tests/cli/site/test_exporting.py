"""`export site` as a person runs it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.running import facts, log_of, new_log, northmoor, run
from tests.scenario import body, decision, person

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


def test_a_reference_that_is_too_long_for_a_file_is_cut_and_every_link_leads_to_its_page():
    new_log()
    refs = [f"P/{'ŵ' * 120}{n}" for n in (1, 2)]
    told = [body("omega"), *(decision(ref, decision_makers=["body:omega"]) for ref in refs)]
    run("import", facts("long.jsonl", *told), "--by", "clerk-1")
    run("checkpoint")
    run(*SITE)
    names = contents()
    assert max(len(part) for name in names for part in name.split("/")) <= 255
    pages = [name for name in names if name.startswith("decisions/") and name.endswith(".html")]
    assert len(pages) == len(refs)
    for page in pages:
        stem = page.removesuffix(".html")
        assert f'href="{stem}.html"'.encode() in names["decisions.html"]
        assert f'href="../{stem}.bundle"'.encode() in names[page]
        assert {f"{stem}.bundle", f"{stem}.json"} <= names.keys()


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


def test_beside_its_page_lies_the_proof_of_each_decision_that_the_checkpoint_covers(log):
    run("key", "new")
    run("checkpoint")
    run(
        "import", facts("more.jsonl", body("omega"), decision("Z/1", decision_makers=["body:omega"])), "--by", "clerk-1"
    )
    run(*SITE)
    run("export", "site", "again")
    found = contents()
    pages = {name.removesuffix(".html") for name in found if name.startswith("decisions/") and name.endswith(".html")}
    proofs = {name.removesuffix(".bundle") for name in found if name.endswith(".bundle")}
    assert proofs == pages - {"decisions/Z~2f1"}
    assert proofs
    for name in proofs:
        assert f'href="../{name}.bundle"'.encode() in found[f"{name}.html"]
    assert b"No checkpoint that covers this decision is signed yet" in found["decisions/Z~2f1.html"]
    assert contents("again") == found


def test_a_proof_is_checked_by_the_program_that_lies_in_the_folder(log):
    run("key", "new")
    run("checkpoint")
    run(*SITE)
    key = run("key").stdout.splitlines()[-1]
    proof = next(Path("site/decisions").glob("*.bundle"))
    checked = subprocess.run(
        [sys.executable, "-I", "-S", "site/verify.py", str(proof), "--key", key],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert checked.returncode == 0, checked.stderr
    assert checked.stdout.startswith("SOUND")


def test_a_proof_holds_the_words_that_everybody_may_read_and_no_name(log):
    run("import", facts("more.jsonl", person("p-9", "Ada"), decision("Z/1", text="To open it.", people=["person:p-9"])),
        "--by", "clerk-1")  # fmt: skip
    run("key", "new")
    run("checkpoint")
    run(*SITE)
    proof = Path("site/decisions/Z~2f1.bundle").read_text()
    assert '"To open it."' in proof
    assert "Ada" not in proof


def test_without_a_checkpoint_it_is_said_how_one_is_made_and_no_proof_is_linked(log):
    run(*SITE)
    found = contents()
    assert not any(name.endswith(".bundle") for name in found)
    assert b"<code>decisionlog checkpoint</code>" in found["how-this-works.html"]
    assert b'href="verify.py"' in found["how-this-works.html"]
    assert not any(b'.bundle"' in content for content in found.values())
