"""What was given out with words in clear, as a list; and what a copy says of itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.running import answer, northmoor, run


@pytest.fixture(autouse=True)
def log():
    return northmoor()


def listed(*more):
    return answer("list", "copies", *more)["items"]


def test_a_log_of_which_nothing_was_given_out_lists_no_copies():
    assert listed() == []
    assert run("list", "copies").stdout.startswith("No copies.\n")


def test_what_was_given_out_is_listed_with_what_it_is_by_whom_for_whom_and_which_words():
    run("backup", "friday.db")
    run("restore", "decisionlog.db", "then.db", "--to", "20")
    run("export", "jsonl", "-o", "log.jsonl", "--vault", "words.jsonl", "--by", "clerk-1")
    run("disclose", "@20", "--to", "FOI 118", "-o", "foi.jsonl", "--by", "clerk-2")
    found = {Path(item["ref"]).name: item for item in listed()}
    assert {name: (item["state"], item["words"]) for name, item in found.items()} == {
        "friday.db": ("backup", "all"),
        "then.db": ("copy", "all"),
        "words.jsonl": ("export", "all"),
        "foi.jsonl": ("disclosure", "some"),
    }
    assert found["foi.jsonl"]["made_by"] == "clerk-2"
    assert found["foi.jsonl"]["to"] == "FOI 118"
    assert found["then.db"]["evidence"] == [20]
    assert "by clerk-2, with 1 chosen sealed value, for 'FOI 118'  [33]" in run("list", "copies").stdout


def test_two_copies_of_one_name_are_both_told_by_it():
    for _ in range(2):
        run("disclose", "@20", "-o", "foi.jsonl", "--force")
    assert run("list", "copies").stdout.count("foi.jsonl  ") == 2


def test_what_was_given_out_later_is_not_listed_as_at_a_day_before():
    run("backup", "friday.db")
    assert listed("--on", "2020-01-01") == []
    assert listed("--known", "@20") == []
    assert len(listed("--limit", "1")) == 1


def test_what_narrows_things_does_not_narrow_copies():
    assert "does not narrow copies" in run("list", "copies", "--body", "x", code=2).stderr


def test_a_copy_says_itself_that_it_shows_the_log_as_it_was():
    run("restore", "decisionlog.db", "then.db", "--to", "20")
    assert "A copy            the log as it was at fact 20" in run("status", "--log", "then.db").stdout
    assert "a copy of the log as it was at fact 20" in run("verify", "--log", "then.db").stdout.replace("\n", " ")
    assert answer("status", "--log", "then.db")["as_it_was"] == 20
    assert answer("status")["as_it_was"] == 0


def test_an_export_that_is_asked_as_if_it_were_a_log_says_how_it_is_read():
    run("export", "jsonl", "-o", "log.jsonl")
    said = run("status", "--log", "log.jsonl", code=2).stderr
    assert "decisionlog verify log.jsonl" in said
    assert "decisionlog init PATH --from log.jsonl" in said


def test_a_public_export_that_lacks_facts_says_by_what_people_read_it():
    Path("public.jsonl").write_text('{"$withheld":"' + "0" * 64 + '"}\n', encoding="utf-8")
    said = run("init", "new.db", "--from", "public.jsonl", code=2).stderr
    assert "decisionlog export site" in said
    assert not Path("new.db").exists()
