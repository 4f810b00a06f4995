"""What a person at a terminal is asked, and what an editor is opened for."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tests.cli.running import Terminal, answer, facts, new_log, run

SIZE = 4


@pytest.fixture(autouse=True)
def _log(monkeypatch):
    new_log()
    run(
        "import",
        facts(
            "place.jsonl",
            {"type": "organisation.registered", "data": {"ref": "council"}},
            {"type": "body.constituted", "on": "2022-07-01", "data": {"ref": "cabinet", "short_name": "CAB"}},
            {"type": "proposal.submitted", "on": "2025-02-26", "data": {"ref": "P1", "title": "Beds", "version": "1"}},
        ),
        "--by",
        "clerk-1",
    )
    monkeypatch.setenv("DECISIONLOG_BY", "clerk-1")


def size():
    return answer("status")["size"]


def last():
    return answer("log")["items"][-1]["fact"]


def at_a_terminal(line, *answers, code=0, **environment):
    """What is shown, when a person runs a line and answers what is asked."""
    terminal = Terminal(*shlex.split(line), columns=200, **environment)
    for typed, question in answers:
        terminal.types(f"{typed}\n", after=question)
    assert terminal.ends() == code, terminal.shown
    return terminal.shown


def test_what_is_missing_is_asked_for():
    shown = at_a_terminal(
        "decide P1 --on 2025-03-12",
        ("cabinet", "Who decided: a body, a post, a person: "),
        ("approved", "What came of it (approved, approved-as-amended, "),
    )
    assert "Recorded CAB/24-25/001 approved (position 5)." in shown
    assert last()["data"]["decision_makers"] == ["body:cabinet"]


def test_prose_may_be_left_empty_and_is_then_not_recorded():
    at_a_terminal("retract P1", ("", "Why (empty: not recorded): "))
    assert last()["type"] == "record.retracted"
    assert "reason" not in last()["data"]


def test_of_two_flags_one_is_asked_for():
    at_a_terminal(
        "sign-off P1 --on 2025-03-12",
        ("council", "The partner (organisation or body): "),
        ("support", "Where the partner stands ("),
    )
    assert last()["data"]["on_behalf_of"] == ["organisation:council"]
    at_a_terminal("sign-off P1 --partner council --position ''")
    assert "position" not in last()["data"]


def test_how_a_disagreement_ended_is_asked_for():
    run(*shlex.split("disagree P1 --partner council --grounds x --ref G1"))
    at_a_terminal("resolve G1", ("parked", "How did it end (reconciled, parked, "))
    assert last()["type"] == "disagreement.parked"


def test_what_is_not_found_is_said_before_anything_is_asked():
    shown = at_a_terminal("sign-off P2", code=7)
    assert "No proposal here is called 'P2'." in shown
    assert "partner" not in shown


def test_json_never_asks():
    shown = at_a_terminal("propose --ref P9 --json", code=2)
    assert "needs --title (no terminal to ask on)" in shown
    assert size() == SIZE


def test_whoever_leaves_while_being_asked_records_nothing():
    terminal = Terminal("propose", "--ref", "P9")
    terminal.types("\x03", after="What it is called")
    assert terminal.ends() == 130
    assert "Interrupted. Nothing was recorded." in terminal.shown
    assert size() == SIZE


@pytest.mark.parametrize(("typed", "code", "recorded"), [("y", 0, 1), ("n", 1, 0), ("", 1, 0)])
def test_a_day_in_the_future_is_asked_about(typed, code, recorded):
    shown = at_a_terminal(
        "withdraw P1 --on 2999-01-01 --reason ''",
        (typed, "2999-01-01 is in the future. Record it so [y/N]: "),
        code=code,
    )
    assert size() == SIZE + recorded
    assert ("Nothing was recorded" in shown) != bool(recorded)


def test_a_dry_run_asks_nothing_about_the_future():
    assert "is in the future" in at_a_terminal("withdraw P1 --on 2999-01-01 --reason '' --dry-run")


# An editor


def editor(script):
    """An editor that does this with the file."""
    path = Path("editor.sh").absolute()
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o700)
    return str(path)


EDITED = "decide P1 --maker cabinet --outcome approved --on 2025-03-12 --edit"


def test_words_are_written_in_an_editor():
    script = editor(
        'cp "$1" seen.txt; { printf \'To fund it.\\n\\n# Not a comment, but a heading.\\n\'; cat "$1"; } > t && cp t "$1"'
    )
    shown = at_a_terminal(EDITED, EDITOR=script)
    assert "Recorded CAB/24-25/001 approved" in shown
    seen = Path("seen.txt").read_text()
    assert "# decisionlog decide P1" in seen
    assert ">8" in seen
    assert answer("show", "CAB/24-25/001")["fields"]["text"] == "To fund it.\n\n# Not a comment, but a heading."
    assert not drafts(shown)


@pytest.mark.parametrize(
    "script",
    ["true", "echo '# only a comment' > \"$1\"", ': > "$1"', "printf '  \\n\\n' > \"$1\""],
    ids=["unchanged", "only comments", "emptied", "blank lines"],
)
def test_an_empty_text_records_nothing_and_the_draft_is_kept(script):
    shown = at_a_terminal(EDITED, code=1, EDITOR=editor(script))
    assert "Nothing recorded (empty text)." in shown
    assert "Nothing was recorded" not in shown
    (draft,) = drafts(shown)
    assert draft.is_file()
    assert draft.stat().st_mode & 0o077 == 0
    draft.unlink()
    assert size() == SIZE


def test_the_editor_begins_with_the_words_that_were_given():
    script = editor('sed -i "1s/$/, seven days a week./" "$1"')
    at_a_terminal(f"{EDITED} --text 'To fund it'", EDITOR=script)
    assert answer("show", "CAB/24-25/001")["fields"]["text"] == "To fund it, seven days a week."


def test_an_editor_is_for_one_field_only():
    run(*shlex.split("disagree P1 --partner council --grounds x --ref G1"))
    shown = at_a_terminal("resolve G1 --as withdrawn --edit", code=2)
    assert "--edit writes --words, which says nothing of what is recorded here (disagreement.withdrawn)." in shown
    assert not drafts(shown)


def test_an_editor_that_fails_records_nothing_and_the_draft_is_kept():
    shown = at_a_terminal(EDITED, code=1, EDITOR=editor("echo 'half a sentence' > \"$1\"; exit 1"))
    assert "Nothing was recorded." in shown
    (draft,) = drafts(shown)
    assert draft.read_text() == "half a sentence\n"
    draft.unlink()
    assert size() == SIZE


def test_what_was_written_is_kept_where_something_else_is_wrong():
    shown = at_a_terminal(EDITED.replace("approved", "aproved"), code=2, EDITOR=editor("echo 'To fund it.' > \"$1\""))
    assert "Did you mean 'approved'?" in shown
    (draft,) = drafts(shown)
    assert draft.read_text() == "To fund it.\n"
    draft.unlink()


def drafts(shown):
    """The drafts that are named in what is shown."""
    return [Path(name) for name in re.findall(r"kept in (\S+\.txt)", shown)]
