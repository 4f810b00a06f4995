"""A log begins: what it is called, where it comes from, and in which civil time its days are read."""

from __future__ import annotations

import json

import pytest

from decisionlog.bootstrap import in_memory, make_log, open_log
from decisionlog.commands.begin import Begin, begin, checked, require_recorder
from decisionlog.domain.refusals import BadInput, DecisionlogError
from decisionlog.store.memory import MemoryRecorder
from tests.scenario import BY, NOW, ORIGIN


def asked(**changes):
    return Begin(**{"name": "Northmoor", "origin": ORIGIN, "recorded_by": BY, "now": NOW, **changes})


def test_the_first_fact_says_what_the_log_is():
    log = begin(MemoryRecorder(), asked(time_zone="Europe/Dublin", currency="EUR"))
    (line,) = log.lines()
    fact = json.loads(line.state)
    assert (fact["type"], fact["stream"], fact["n"], fact["recorded_by"]) == ("log.opened", f"log:{ORIGIN}", 1, BY)
    assert fact["data"] == {"name": "Northmoor", "origin": ORIGIN, "time_zone": "Europe/Dublin", "currency": "EUR"}


def test_what_is_right_is_taken_as_it_is_tidied():
    assert checked(asked(name="  Cafe\u0301 ")) == asked(name="Café")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": ""}, "The name of the log is empty."),
        ({"name": "a\nb"}, "The name of the log contains a line break at position 2; it must be one line."),
        ({"name": "x" * 201}, "The name of the log is 201 characters; the limit is 200."),
        ({"time_zone": "Europe/Londn"}, "'Europe/Londn' is not a time zone; write an IANA name such as Europe/London."),
        ({"currency": "gbp"}, "'gbp' is not a currency; write its three letters, such as GBP."),
        ({"currency": "POUNDS"}, "'POUNDS' is not a currency"),
        (
            {"origin": ""},
            "cannot be an origin. It names this log in every proof, for ever: small letters, digits, dots and dashes",
        ),
        ({"origin": "Northmoor"}, "'Northmoor' cannot be an origin."),
        ({"origin": "north moor"}, "cannot be an origin."),
        ({"origin": "northmoor/"}, "cannot be an origin."),
        ({"origin": "northmoor\n"}, "cannot be an origin."),
        ({"origin": "ŵ.example"}, "cannot be an origin."),
        ({"origin": "x" * 500}, "cannot be an origin."),
        ({"recorded_by": "Ann Other"}, "'Ann Other' cannot be who records. Write a role or an opaque key, not a name:"),
    ],
)
def test_what_cannot_be_is_refused_with_the_way_out(changes, sentence):
    with pytest.raises(BadInput) as refused:
        checked(asked(**changes))
    assert sentence in str(refused.value)
    assert len(str(refused.value)) < 300


@pytest.mark.parametrize("origin", ["northmoor", "northmoor.example", "a/b/c", "northmoor.example/decisions-2", "1a"])
def test_these_are_origins(origin):
    assert checked(asked(origin=origin)).origin == origin


@pytest.mark.parametrize("key", ["secretariat-1", "p-014", "ab", "a" * 32])
def test_these_record(key):
    assert require_recorder(key) == key


@pytest.mark.parametrize("key", ["", "a", "1a", "-a", "a" * 33, "Ann", "ann_other", "ann\n", "ännchen"])
def test_these_do_not(key):
    with pytest.raises(BadInput, match=r"2 to 32 small letters, digits and dashes, beginning with a letter"):
        require_recorder(key)


# In a file


def test_a_log_is_made_where_nothing_lies_yet(tmp_path):
    path = tmp_path / "decisionlog.db"
    with make_log(path, asked()) as opened:
        opened.catch_up()
        assert opened.log.identity.name == "Northmoor"
    with open_log(path) as opened:
        assert opened.log.head().size == 1


@pytest.mark.parametrize("there", ["file", "folder", "log", "link"])
def test_what_lies_there_already_is_not_touched(tmp_path, there):
    path = tmp_path / "decisionlog.db"
    if there == "folder":
        path.mkdir()
    elif there == "log":
        make_log(path, asked()).close()
    elif there == "link":
        (tmp_path / "other").write_text("text")
        path.symlink_to("other")
    else:
        path.write_text("text")
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(BadInput, match=r"exists already; nothing was changed. Choose another name for the new log"):
        make_log(path, asked())
    assert (path.read_bytes() if path.is_file() else None) == before


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(BadInput, match=r"The folder .*nowhere does not exist; make it first"):
        make_log(tmp_path / "nowhere" / "decisionlog.db", asked())


def test_a_log_that_cannot_begin_leaves_nothing(tmp_path, monkeypatch):
    with pytest.raises(BadInput):
        make_log(tmp_path / "decisionlog.db", asked(currency="pounds"))
    monkeypatch.setattr("decisionlog.commands.begin.begin", lambda *_: (_ for _ in ()).throw(DecisionlogError("no")))
    with pytest.raises(DecisionlogError, match="no"):
        make_log(tmp_path / "decisionlog.db", asked())
    assert not [one for one in tmp_path.iterdir() if one.name.startswith("decisionlog.db")]


def test_a_log_in_memory_is_gone_when_it_is_closed():
    with in_memory(asked()) as opened:
        opened.catch_up()
        assert opened.log.head().size == 1
