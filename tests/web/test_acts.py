"""Single acts over HTTP: what the command line needs is needed here, and what it notes is noted."""

from __future__ import annotations

import re
import shutil

import pytest

from decisionlog.cli.acting.answering import ANSWERS
from decisionlog.cli.acting.flags import FLAGS, field_of
from decisionlog.cli.acting.verbs import VERBS, types_of
from decisionlog.commands.needed import NEEDED
from decisionlog.domain.facts import TYPES
from decisionlog.domain.facts.shape import fields_of
from tests.cli.running import answer, log_of, run
from tests.cli.test_acting import LINES, PLACE, words
from tests.web.served import keyed, problem, recording

PROPOSAL = {"type": "proposal.submitted", "on": "2025-05-01", "data": {"ref": "P-9", "title": "Night sitting"}}
DECISION = {"ref": "D-9", "decision_makers": "cabinet", "outcome": "approved"}
SUPPORT = {"on_behalf_of": "council", "position": "support"}
_NEEDS = re.compile(r"needs (--[a-z-]+(?: or --[a-z-]+)*)")
_ARGUMENTS = {"CONDITION": "condition", "FIELD=NOW...": "changes"}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return log_of(tmp_path_factory.mktemp("place"), *PLACE)


@pytest.fixture
def client(made, monkeypatch):
    shutil.copy(made, "decisionlog.db")
    monkeypatch.setenv("DECISIONLOG_BY", "clerk-1")
    with recording("decisionlog.db") as there:
        yield there


def size() -> int:
    return answer("status")["size"]


def bare(line: str) -> tuple[str, str, str]:
    """A line of the shell without what it says: its command, what it is about, its way."""
    command, *rest = words(line)
    verb = VERBS[command]
    about = rest[0] if "" not in verb.types else ""
    if verb.chosen_by:
        return command, about, rest[rest.index(f"--{verb.chosen_by}") + 1]
    return command, about, next((way for way in verb.ways if f"--{way}" in rest), "")


def typed(command: str, about: str, way: str) -> str:
    """What the command line says to it."""
    verb = VERBS[command]
    flag = (
        [f"--{verb.chosen_by}", way] if verb.chosen_by else [f"--{way}", *["trust"][: way == "partner"]] if way else []
    )
    told = run(command, *filter(None, [about]), *flag, "--dry-run", code=None)
    return " ".join(told.stderr.split())


@pytest.mark.parametrize(("line", "type_name"), LINES, ids=[line for line, _ in LINES])
def test_what_the_command_line_needs_for_an_act_is_needed_here(client, line, type_name):
    """Every command for one fact, about every kind of thing, in every way: sent without its fields."""
    command, about, way = bare(line)
    said = typed(command, about, way)
    body = {**({"ref": about} if about else {}), **({"way": way} if way else {})}
    answered = client.post(f"/v1/acts/{command}?dry_run=true", json=body, headers=keyed())
    needed = _NEEDS.search(said)
    lacks = re.search(r"Missing argument '([^']+)'", said)
    if needed:
        fields = [field_of(FLAGS[flag.removeprefix("--")], type_name).name for flag in needed[1].split(" or ")]
    elif lacks:
        fields = [_ARGUMENTS[lacks[1]]]
    else:
        assert "needs" not in answered.text
        assert type_name not in NEEDED
        return
    told = problem(answered, 422, "bad-input")
    first = told["mistakes"][0]
    assert first["place"] == f"data.{fields[0]}"
    assert first["sentence"].startswith(f"{command} needs {' or '.join(f'`data.{field}`' for field in fields)}.")


@pytest.mark.parametrize("way", ANSWERS)
def test_what_an_answer_to_a_finding_needs_is_needed_here(client, way):
    told = client.post("/v1/acts/finding?dry_run=true", json={"ref": "D1", "way": way}, headers=keyed())
    places = [one["place"] for one in problem(told, 422, "bad-input")["mistakes"]]
    assert places[0] == "data.rule"
    needed = _NEEDS.search(" ".join(run("finding", way, "GL04", "D1", code=None).stderr.split()))
    (type_name,) = types_of(ANSWERS[way])
    assert places[1] == f"data.{field_of(FLAGS[needed[1].split(' or ')[0].removeprefix('--')], type_name).name}"


@pytest.mark.parametrize("type_name", NEEDED)
def test_what_is_needed_are_fields_that_the_type_has(type_name):
    assert {name for one in NEEDED[type_name].split() for name in one.split("|")} <= {*fields_of(TYPES[type_name])}


def test_what_is_needed_is_recorded_once_it_is_given(client):
    assert client.post("/v1/acts/sign-off", json={"ref": "P1", "data": SUPPORT}, headers=keyed()).status_code == 201
    by = {"ref": "P1", "data": {"by": "p-001", "position": "object"}}
    assert client.post("/v1/acts/sign-off", json=by, headers=keyed()).status_code == 201


@pytest.mark.parametrize(
    ("day", "says"),
    [
        ("2026-13-12", "'2026-13-12' is not a date"),
        ("12.3.2026", "Which one? 2026-03-12 or 2026-12-03"),
        ("", "is not a date"),
    ],
)
def test_what_is_no_day_is_refused_before_anything_else_is_looked_at(client, day, says):
    told = {"ref": "P1", "on": "2025-05-01", "data": SUPPORT}
    client.post("/v1/acts/sign-off", json=told, headers=keyed())
    before = size()
    for command, body in (
        ("sign-off", told),
        ("sign-off", {"ref": "there-is-none"}),
        ("retract", {}),
        ("decide", {"ref": "x"}),
    ):
        wrong = problem(client.post(f"/v1/acts/{command}", json={**body, "on": day}, headers=keyed()), 422, "bad-input")
        assert [one["place"] for one in wrong["mistakes"]] == ["on"]
        assert says in wrong["detail"]
    assert size() == before


@pytest.mark.parametrize("day", ["2026-13-12", "12.3.2026", ""])
def test_so_it_is_of_a_fact(client, day):
    client.post("/v1/facts", json={"facts": [PROPOSAL]}, headers=keyed())
    wrong = client.post("/v1/facts", json={"facts": [{**PROPOSAL, "on": day}]}, headers=keyed())
    assert [one["place"] for one in problem(wrong, 422, "bad-input")["mistakes"]] == ["facts[0], on"]


def test_a_day_to_come_is_noted(client):
    coming = "2099-05-01 is in the future; recorded as written."
    body = {"ref": "P1", "on": "2099-05-01", "data": SUPPORT}
    dry, done = (
        client.post(f"/v1/acts/sign-off{query}", json=body, headers=keyed()) for query in ("?dry_run=true", "")
    )
    assert done.status_code == 201
    assert dry.json()["notes"][0] == done.json()["notes"][0] == coming
    again = client.post("/v1/acts/sign-off", json=body, headers=keyed()).json()
    assert (again["already"], again["notes"]) == (True, [coming])
    fact = client.post("/v1/facts", json={"facts": [{**PROPOSAL, "on": "2099-05-01"}]}, headers=keyed())
    assert fact.json()["notes"] == [f"facts[0]: {coming}"]
    meeting = {"meeting": {"body": "cabinet", "on": "2099-05-01"}, "items": [{"item": 1, "discussed": "x"}]}
    met = client.post("/v1/meetings", json=meeting, headers=keyed())
    assert "is of 2099-05-01, which is still to come; it is recorded as it is written." in met.json()["notes"][-1]
    assert not client.post("/v1/acts/implement", json={"ref": "D1", "on": "2025-05-01"}, headers=keyed()).json()[
        "notes"
    ]


def test_a_second_thing_with_the_reference_of_another_is_a_conflict_until_it_is_to_be_kept(client):
    body = {"on": "2025-05-02", "data": DECISION}
    assert client.post("/v1/acts/decide", json=body, headers=keyed()).status_code == 201
    before = size()
    told = problem(client.post("/v1/acts/decide", json=body, headers=keyed()), 409, "conflict")
    assert "D-9 was approved already on 2025-05-02" in told["detail"]
    assert "give `again=true`: it is kept beside the first" in told["detail"]
    assert size() == before
    kept = client.post("/v1/acts/decide?again=true", json=body, headers=keyed())
    assert kept.status_code == 201, kept.text
    assert kept.json()["facts"][0]["stream"] == "decision:D-9~2"
    assert "a second decision 'D-9'; kept beside the first." in kept.json()["notes"]


def test_that_it_opens_a_thing_of_its_own_is_said_at_once(client):
    told = problem(client.post("/v1/acts/propose", json={"data": {"title": "Beds"}}, headers=keyed()), 422, "bad-input")
    assert "give `data.ref`, or `data.issuer` with the body or organisation that does" in told["detail"]


def test_a_correction_of_what_no_longer_stands_is_told_by_its_place(client):
    change = {"path": "/outcome", "was": "noted", "now": "rejected"}
    sent = {"ref": "D1", "data": {"changes": [change]}}
    told = problem(client.post("/v1/acts/correct", json=sent, headers=keyed()), 409, "conflict")
    assert told["detail"].startswith("data.changes[0]: says that outcome was noted, but it stands as approved.")


def test_an_answer_to_a_finding_is_to_a_rule_that_judges_such_things(client):
    def explained(rule, ref="D1"):
        sent = {"ref": ref, "way": "explain", "on": "2025-05-02", "data": {"rule": rule, "reason": "x", "by": "p-001"}}
        return client.post("/v1/acts/finding", json=sent, headers=keyed())

    assert "'GL99' is no rule" in problem(explained("GL99"), 422, "bad-input")["detail"]
    told = problem(explained("GL04", "L1"), 422, "bad-input")["detail"]
    assert told.startswith("GL04 (expired delegation) judges decisions, and delegation:L1 is none.")
    assert "decisionlog" not in told
    assert explained("gl4").json()["notes"] == ["GL04 finds nothing of D1 now; recorded as it was said."]
    stored = answer("log")["items"][-1]["fact"]["data"]
    run("finding", "explain", "GL04", "D2", "--reason", "x", "--by-whom", "p-001", "--on", "2025-05-02")
    typed_in = answer("log")["items"][-1]["fact"]["data"]
    assert {name: stored[name] for name in ("rule", "rules")} == {name: typed_in[name] for name in ("rule", "rules")}
