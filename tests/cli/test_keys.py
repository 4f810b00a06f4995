"""`keys`: a key is shown once, what it may do is a fact, and no secret is kept anywhere."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import pytest

from decisionlog.domain.keys import Key, key_of, read_key
from tests.cli.running import answer, facts, new_log, run
from tests.scenario import body, decision


@pytest.fixture(autouse=True)
def _log():
    new_log()
    run("import", facts("place.jsonl", body("alpha"), decision("D1", on="2026-01-01")), "--by", "clerk-1")


def made(*words: str) -> dict:
    return answer("keys", "new", "a tool", "--for", "tool-1", "--by", "clerk-1", *words)


def test_a_key_is_shown_once_and_its_digest_alone_is_kept():
    told = made("--scope", "read-private", "--scope", "record", "--body", "alpha", "--by-decision", "D1")
    key = read_key(told["key"])
    assert key.id == told["id"]
    kept = (
        Path("decisionlog.db").read_bytes() + Path("decisionlog.db-wal").read_bytes()
        if Path("decisionlog.db-wal").exists()
        else Path("decisionlog.db").read_bytes()
    )
    assert key.secret.encode() not in kept
    assert sha256(key.secret.encode()).digest() in kept
    assert key.secret not in run("keys", "list").stdout + run("keys", "show", key.id, "--json").stdout


def test_what_it_may_do_is_a_fact():
    told = made(
        "--scope",
        "record",
        "--scope",
        "read-private",
        "--body",
        "alpha",
        "--by-decision",
        "D1",
        "--last-day",
        "2099-03-31",
    )
    fact = answer("log")["items"][-1]["fact"]
    assert (fact["type"], fact["stream"]) == ("access.granted", f"access:{told['id']}")
    assert fact["data"] == {
        "account": "tool-1",
        "permissions": ["read-private", "record"],
        "bodies": ["body:alpha"],
        "until": "2099-04-01",
        "by_decision": "decision:D1",
    }


def test_no_export_carries_a_digest():
    key = read_key(made("--scope", "read")["key"])
    exported = run("export", "jsonl", "--vault", "words.jsonl").stdout + Path("words.jsonl").read_text(encoding="utf-8")
    assert key.digest.hex() not in exported
    assert key.secret not in exported
    assert key.id in exported


def test_a_key_that_was_taken_back_says_by_which_fact():
    told = made("--scope", "read")
    run("keys", "revoke", told["id"], "--reason", "it was in a log file", "--by", "clerk-1")
    (shown,) = answer("keys", "show", told["id"])["items"]
    assert (shown["state"], shown["evidence"]) == ("revoked", [4, 5])
    assert answer("log")["items"][-1]["fact"]["of"] == {"stream": f"access:{told['id']}", "n": 1}
    assert "was taken back already [5]" in run("keys", "revoke", told["id"], "--by", "clerk-1", code=1).stderr


def test_the_list_tells_who_could_do_what_on_another_day():
    told = made("--scope", "read", "--last-day", "2099-03-31")
    states = [
        answer("keys", "list", "--on", day)["items"][0]["state"] for day in ("2020-01-01", "2099-03-31", "2099-04-01")
    ]
    assert states == ["not begun", "active", "expired"]
    assert answer("keys", "list", "--known", "@3")["items"][0]["state"] == "not granted"
    assert told["until"] == "2099-04-01"


def test_a_dry_run_makes_no_key():
    assert (
        "1 fact would be recorded"
        in run("keys", "new", "x", "--for", "tool-1", "--scope", "read", "--by", "clerk-1", "--dry-run").stdout
    )
    assert answer("keys", "list")["items"] == []
    assert answer("log")["basis"]["position"] == 3


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (["x", "--for", "A B", "--scope", "read"], 2, "cannot be who records"),
        ([" ", "--for", "tool-1", "--scope", "read"], 2, "needs a name"),
        (["x" * 81, "--for", "tool-1", "--scope", "read"], 2, "at most 80 characters"),
        (["a\x1b[2J", "--for", "tool-1", "--scope", "read"], 2, "can be printed"),
        (["x", "--for", "tool-1", "--scope", "write"], 2, "is not one of"),
        (["x", "--for", "tool-1"], 2, "Missing option '--scope'"),
        (["x", "--for", "tool-1", "--scope", "read", "--body", "alpah"], 2, "Did you mean body:alpha?"),
        (["x", "--for", "tool-1", "--scope", "read", "--last-day", "2026-02-30"], 2, "is not a day"),
        (["x", "--for", "tool-1", "--scope", "read", "--last-day", "2020-01-01"], 2, "holds no longer"),
        (["x", "--for", "tool-1", "--scope", "read", "--by-decision", "D9"], 2, "decision:D9 is not recorded here"),
    ],
)
def test_what_is_wrong_makes_no_key(words, code, says):
    assert says in run("keys", "new", *words, "--by", "clerk-1", code=code).stderr
    assert answer("keys", "list")["items"] == []
    assert answer("log")["basis"]["position"] == 3


def test_a_key_that_is_not_there_is_not_found():
    for words in (("show", "nothing"), ("revoke", "nothing", "--by", "clerk-1")):
        assert "There is no key 'nothing' here" in run("keys", *words, code=7).stderr


def test_a_person_is_told_what_to_do_with_it():
    said = run("keys", "new", "a tool", "--for", "tool-1", "--scope", "read", "--by", "clerk-1").stdout
    assert "it is not shown again:\ndlk_" in said
    listed = run("keys", "list").stdout
    assert "a tool" in listed
    assert "active, until the end of" in listed
    assert "In                every matter" in listed


def test_a_key_is_written_so_that_programs_that_look_for_secrets_find_it():
    key = key_of(bytes(range(39)))
    assert str(key) == "dlk_aaaqeayeau_BwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyAhIiMkJSY"
    assert read_key(str(key)) == key
    assert "BwgJ" not in repr(key)


@pytest.mark.parametrize("text", ["", "dlk_", "dlk_aaaaaaaaaa_short", "dlk_AAAAAAAAAA_" + "a" * 43, "x" * 60])
def test_what_is_no_key_is_none(text):
    assert read_key(text) is None


def test_a_key_opens_its_own_digest_alone():
    one, other = key_of(bytes(39)), key_of(bytes([1] * 39))
    assert one.opens(one.digest)
    assert not one.opens(other.digest)
    assert not Key(one.id, other.secret).opens(one.digest)


def test_an_error_in_json_holds_no_secret():
    told = json.loads(run("keys", "show", "dlk_aaaaaaaaaa_" + "A" * 43, "--json", code=7).stdout)
    assert "A" * 43 not in json.dumps(told)


def test_a_key_whose_name_is_no_text_is_not_there():
    said = run("keys", "show", "\udcff", code=7).stderr
    assert said.startswith("There is no key ")
