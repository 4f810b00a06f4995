"""The pages of bodies and partners as they are served: hostile names, little recorded, what is exempt, another day."""

from __future__ import annotations

import json

import pytest

from decisionlog.web.callers import PUBLIC
from decisionlog.web.register import POLICY
from tests.cli.running import log_of
from tests.questions.register.parties import CABINET, COUNCIL, DIRECTOR, JOINT, PLACE, TRUST, grant, seat
from tests.scenario import about, body, decision, fact, organisation, person, proposal
from tests.web.served import served

HOSTILE = '<script>alert(1)</script> {{7*7}} "><img src=x onerror=alert(2)>'
EXEMPT = {"access": {"level": "exempt", "paragraphs": ["3"], "reason": "the bid"}}
LOG = [
    *PLACE,
    body("hostile", name=HOSTILE, kind="committee", parents=[{"parent": "organisation:hostile"}]),
    organisation("hostile", name=HOSTILE, kind="vcse"),
    fact("organisation.registered", "organisation:stub", None, ref="stub"),
    fact("body.constituted", "body:stub", None, ref="stub"),
    seat(JOINT, DIRECTOR, COUNCIL, "chair"),
    person("leader", "Ada Lovelace"),
    person("clerk", "Mary Seacole"),
    about("person:leader", "record.access_changed", access={"level": "open"}),
    seat(CABINET, "person:leader", COUNCIL, "chair"),
    seat(CABINET, "person:clerk", COUNCIL, "secretary"),
    grant("G1", TRUST, JOINT, words=HOSTILE, limits=[]),
    proposal("P1", title=HOSTILE, version="1"),
    fact(
        "proposal.position_taken", "proposal:P1", "2026-03-12", on_behalf_of=["organisation:hostile"], position="object",
        words=HOSTILE,
    ),
    fact("disagreement.raised", "disagreement:D1", "2026-03-12", about=["proposal:P1"],
         on_behalf_of=["organisation:hostile"], grounds=HOSTILE),
    decision("X1", decision_makers=[CABINET], on_behalf_of=[COUNCIL], title="Wombat", text="Wombat", **EXEMPT),
    decision("A1", decision_makers=[CABINET], on_behalf_of=[COUNCIL], title="Heating"),
]  # fmt: skip
PATHS = [f"/{where}/{slug}" for where in ("bodies", "partners") for slug in ("hostile", "stub")]


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    with served(log_of(tmp_path_factory.mktemp("place"), *LOG), anonymous=PUBLIC) as found:
        yield found


@pytest.mark.parametrize("path", [*PATHS, "/bodies/joint", "/bodies/cabinet", "/partners/council"])
def test_a_page_is_shown_whatever_little_is_recorded(client, path):
    answered = client.get(path)
    assert answered.status_code == 200
    assert answered.headers["content-security-policy"] == POLICY
    assert answered.text.count("<h1") == 1
    assert [found for found in ("<script", "<style", " style=", "<img") if found in answered.text] == []


@pytest.mark.parametrize("path", ["/bodies", "/partners", "/bodies/hostile", "/partners/hostile", "/bodies/joint"])
def test_names_and_words_are_shown_as_typed(client, path):
    page = client.get(path).text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; {{7*7}} " in page
    assert "<img" not in page


@pytest.mark.parametrize("path", ["/bodies/cabinet", "/partners/council"])
def test_what_is_exempt_is_neither_on_the_page_nor_in_its_twin(client, path):
    for shown in (client.get(path).text, client.get(f"{path}.json").text):
        assert "Wombat" not in shown
        assert "X1" not in shown
        assert "Heating" in shown


@pytest.mark.parametrize(
    "path", ["/bodies/cabinet", "/partners/council", "/bodies/cabinet.json", "/partners/council.json"]
)
def test_a_leader_is_named_who_is_to_be_and_nobody_else(client, path):
    shown = client.get(path).text
    assert "Ada Lovelace" in shown
    assert "Mary Seacole" not in shown


def test_a_vacant_post_is_called_vacant(client):
    assert "Vacant" in client.get("/bodies/joint").text


def test_a_power_that_is_stated_to_be_without_limit_is_told_from_one_of_which_none_is_recorded(client):
    assert "Stated to be without limit" in client.get("/bodies/joint").text


def test_a_page_says_of_which_day_it_is(client):
    page = client.get("/bodies/joint?on=2025-04-15").text
    assert "This is how it stood" in page
    assert "Nothing that is in force is recorded as delegated to it" in page


@pytest.mark.parametrize("path", ["/bodies/joint.json", "/partners/hostile.json"])
def test_what_a_page_shows_its_twin_has(client, path):
    twin = json.loads(client.get(path).text)
    assert {"show", "powers", "decisions"} <= twin.keys()
    given = [*twin["powers"]["given_to_it"], *twin.get("dealings", {}).get("signed", ())]
    assert HOSTILE in {one.get("words") for one in given}
