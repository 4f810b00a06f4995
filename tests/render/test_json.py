from __future__ import annotations

import json

import pytest
from msgspec.structs import replace

from decisionlog.domain.answers.deciding import DecisionMaker
from decisionlog.domain.answers.standing import Check, Doctor, Entry, Status
from decisionlog.domain.answers.things import History, Listing, Person, Shown
from decisionlog.domain.answers.witnessing import Witnessing
from decisionlog.render import as_json
from tests.render.answers import BASIS, DECIDED, FACT, HOP, NAMES, THING, UNKNOWN, who_decided

PERSON = Person("person:p-2", "Sam Okoro", "", (), "", "", "", (9,))
ANSWERS = [
    Listing(BASIS, "decision", (THING, THING)),
    Shown(BASIS, THING, (FACT,), {"ref": "D1"}, (PERSON,), (FACT,), NAMES, (), (24,)),
    History(BASIS, "decision:D1", (FACT,), NAMES),
    who_decided(DECIDED),
    who_decided(DECIDED, UNKNOWN, of_a_decision=False, asked="proposal:P1", in_place=(HOP,)),
    Status(BASIS, "Northmoor", "x.db", 31, "", {}, {}, {}, (), Witnessing(31)),
]


def document(answer):
    return json.loads(as_json.document(answer))


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda answer: type(answer).__name__)
def test_every_answer_states_its_basis(answer):
    basis = document(answer)["basis"]
    assert list(basis) == ["log", "as_at", "known_at", "clock", "position", "root", "rules"]
    assert all(basis.values())


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda answer: type(answer).__name__)
def test_a_document_ends_with_a_newline_and_a_line_has_one(answer):
    assert as_json.document(answer).endswith(b"}\n")
    for line in as_json.lines(answer):
        assert line.count(b"\n") == 1
        assert line.endswith(b"\n")


def test_items_of_lists_have_the_names_that_people_read():
    (item, _) = document(ANSWERS[0])["items"]
    assert item["from"] == "2026-04-01"
    assert item["ref"] == "D1"
    assert "from_" not in item
    assert [json.loads(line) for line in as_json.lines(ANSWERS[0])] == [item, item]


def test_the_answer_to_who_decided_a_decision_is_one_object():
    assert list(document(who_decided(DECIDED))) == [
        "basis", "decision", "decision_makers", "authority", "positions", "disagreements", "interests", "findings",
        "interests_asked", "conditions", "later", "notes", "evidence", "names",
    ]  # fmt: skip


def test_the_answer_for_a_proposal_is_several_of_the_same_shape():
    several = document(ANSWERS[4])
    one = document(who_decided(DECIDED))
    assert list(several) == ["basis", "asked", "items", "in_place", "names", "notes"]
    assert {**several["items"][0], "basis": one["basis"], "names": one["names"]} == one
    assert several["in_place"] == several["items"][0]["authority"]


def test_a_decision_maker_stands_under_the_key_that_fits():
    (maker,) = document(who_decided(DECIDED))["decision_makers"]
    assert maker == {
        "body": "body:cabinet",
        "name": "Northmoor Cabinet",
        "on_behalf_of": ["organisation:council"],
        "people": ["person:p-2"],
    }
    person = replace(DECIDED, decision_makers=(DecisionMaker("", "", "person:p-2", "", "", (), ()),))
    assert document(who_decided(person))["decision_makers"][0]["person"] == "person:p-2"


def test_nothing_decided_is_an_empty_list():
    none = document(who_decided(of_a_decision=False, asked="proposal:P1", notes=("None.",)))
    assert (none["items"], none["notes"]) == ([], ["None."])


def test_the_log_is_written_with_the_very_bytes():
    lines = [b'{"a":1.0,"z":"\\u00e9"}', b'{"b": 2}']
    entries = [Entry(number, f"{number:064x}", line) for number, line in enumerate(lines, start=1)]
    written = b"".join(as_json.log_document(BASIS, entries))
    assert all(line in written for line in lines)
    assert [item["position"] for item in json.loads(written)["items"]] == [1, 2]
    assert json.loads(b"".join(as_json.log_document(BASIS, [])))["items"] == []
    assert json.loads(as_json.log_line(entries[1])) == {"position": 2, "hash": f"{2:064x}", "fact": {"b": 2}}


def test_a_path_of_odd_bytes_is_written_all_the_same():
    doctor = Doctor("x\udcff.db", BASIS, (Check("ok", "SQLite", "sound"),))
    assert document(doctor)["place"] == "x\udcff.db"
    assert document(doctor)["items"] == [{"state": "ok", "name": "SQLite", "found": "sound", "remedy": ""}]
