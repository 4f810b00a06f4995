"""What is recorded over HTTP: the same facts by the same commands, once for each key."""

from __future__ import annotations

import json
from pathlib import Path
from threading import Event, Thread

import pytest

from decisionlog.cli.acting.answering import ANSWERS
from decisionlog.cli.acting.verbs import VERBS as TYPED
from decisionlog.web.callers import Caller, Scope
from decisionlog.web.writing.verbs import VERBS
from tests.cli.running import answer, northmoor, run
from tests.web.served import keyed, problem, recording, served

PROPOSAL = {"type": "proposal.submitted", "on": "2025-05-01", "data": {"ref": "P-9", "title": "Night sitting"}}
YAML = {"Content-Type": "application/yaml"}
MEETING = b"""\
meeting: {body: northmoor-locality-board, on: 2025-05-08}
present: [p-014]
items:
  - item: 1
    proposal: {ref: NLB/25-26/P01, title: Night sitting, sponsor: northmoor-ft}
    decisions:
      - {ref: NLB/25-26/001, maker: northmoor-locality-board, outcome: noted}
"""


@pytest.fixture
def client():
    with recording() as made:
        yield made


def size() -> int:
    return answer("status")["size"]


def test_facts_are_recorded_by_whoever_the_key_belongs_to(client):
    answered = client.post("/v1/facts", json={"facts": [PROPOSAL]}, headers=keyed())
    assert answered.status_code == 201, answered.text
    told = answered.json()
    assert (told["recorded"], told["first"], told["last"]) == (True, 34, 34)
    assert told["recorded_by"] == "clerk-2"
    assert told["facts"] == [{"position": 34, "type": "proposal.submitted", "stream": "proposal:P-9", "n": 1}]
    assert answered.headers["location"] == "/v1/proposals/P-9"
    assert client.get(answered.headers["location"]).json()["thing"]["title"] == "Night sitting"


def test_facts_may_come_one_a_line(client):
    lines = "".join(json.dumps({**PROPOSAL, "data": {"ref": f"P-{n}"}}) + "\n" for n in range(3))
    answered = client.post("/v1/facts", content=lines, headers=keyed(**{"Content-Type": "application/x-ndjson"}))
    assert answered.json()["last"] - answered.json()["first"] == 2


def test_a_dry_run_says_what_would_be_recorded_and_records_nothing(client):
    told = client.post("/v1/facts?dry_run=true", json={"facts": [PROPOSAL]}, headers=keyed())
    assert told.status_code == 200
    assert told.json()["facts"][0]["stream"] == "proposal:P-9"
    assert "batch" not in told.json()
    assert size() == 33


def test_a_second_thing_of_the_same_reference_is_a_conflict_that_says_with_which(client):
    client.post("/v1/facts", json={"facts": [PROPOSAL]}, headers=keyed())
    told = problem(client.post("/v1/facts", json={"facts": [PROPOSAL]}, headers=keyed()), 409, "conflict")
    assert "proposal 'P-9' is already recorded at position 34" in told["detail"]
    assert "?again=true" in told["detail"]
    assert told["mistakes"][0]["place"] == "facts[0]"
    assert size() == 34
    both = {"facts": [PROPOSAL, {**PROPOSAL, "data": {"ref": "P-10", "titel": "x"}}]}
    problem(client.post("/v1/facts", json=both, headers=keyed()), 422, "bad-input")


def test_it_is_kept_beside_the_first_where_that_is_asked_for(client):
    client.post("/v1/facts", json={"facts": [PROPOSAL]}, headers=keyed())
    answered = client.post("/v1/facts?again=true", json={"facts": [PROPOSAL]}, headers=keyed())
    assert answered.status_code == 201, answered.text
    assert answered.json()["facts"][0]["stream"] == "proposal:P-9~2"
    assert "a second proposal 'P-9'" in answered.json()["notes"][0]


def test_who_decides_a_matter_second_and_otherwise_is_told_so(client):
    client.post("/v1/facts", json={"facts": [PROPOSAL]}, headers=keyed())

    def decided(outcome):
        data = {"proposals": ["P-9"], "decision_makers": "northmoor-cabinet", "outcome": outcome}
        sent = {"on": "2025-05-08", "data": data}
        answered = client.post("/v1/acts/decide", json=sent, headers=keyed())
        assert answered.status_code == 201, answered.text
        return [one["rule"] for one in answered.json()["findings"]["appear"]]

    assert "GL46" not in decided("approved")
    assert "GL46" in decided("rejected")


def test_a_dry_run_of_an_act_looks_for_no_findings(client):
    sent = {"data": {"ref": "P-8", "title": "Beds"}}
    assert "findings" not in client.post("/v1/acts/propose?dry_run=true", json=sent, headers=keyed()).json()


def test_the_same_request_again_gets_the_first_answer(client):
    sent = {"json": {"facts": [PROPOSAL]}, "headers": keyed("once")}
    first, again = client.post("/v1/facts", **sent), client.post("/v1/facts", **sent)
    assert (again.status_code, again.content) == (201, first.content)
    assert again.headers["idempotent-replayed"] == "true"
    assert again.headers["location"] == first.headers["location"]
    assert "idempotent-replayed" not in first.headers
    assert size() == 34


def test_it_gets_the_first_answer_also_from_another_process(client):
    sent = {"json": {"facts": [PROPOSAL]}, "headers": keyed("once")}
    first = client.post("/v1/facts", **sent)
    with recording("decisionlog.db") as other:
        again = other.post("/v1/facts", **sent)
        assert again.headers["idempotent-replayed"] == "true"
        assert (again.status_code, again.json()) == (201, first.json())
        used = {"json": {"facts": [{**PROPOSAL, "on": "2025-06-01"}]}, "headers": keyed("once")}
        told = problem(other.post("/v1/facts", **used), 422, "key-reused")
    assert "was used for a different request on 20" in told["detail"]
    assert size() == 34


def test_a_key_that_was_used_for_another_request_is_refused(client):
    client.post("/v1/facts", json={"facts": [PROPOSAL]}, headers=keyed("once"))
    told = problem(client.post("/v1/facts", json={"facts": []}, headers=keyed("once")), 422, "key-reused")
    assert "was used for a different request on 20" in told["detail"]
    acted = client.post("/v1/acts/propose", json={"data": {"ref": "P-8", "title": "x"}}, headers=keyed("once"))
    problem(acted, 422, "key-reused")
    assert size() == 34


def test_two_accounts_may_choose_the_same_key(client):
    client.post("/v1/facts", json={"facts": [PROPOSAL]}, headers=keyed("once"))
    with recording("decisionlog.db", anonymous=Caller("clerk-3", frozenset(Scope))) as other:
        second = {"facts": [{**PROPOSAL, "data": {"ref": "P-10"}}]}
        assert other.post("/v1/facts", json=second, headers=keyed("once")).status_code == 201


def test_a_key_is_not_used_up_by_what_was_refused(client):
    wrong = {"facts": [{**PROPOSAL, "on": "2025-13-01"}]}
    problem(client.post("/v1/facts", json=wrong, headers=keyed("once")), 422, "bad-input")
    assert client.post("/v1/facts", json={"facts": [PROPOSAL]}, headers=keyed("once")).status_code == 201


def test_a_request_whose_first_is_still_running_is_told_to_wait(client, monkeypatch):
    from decisionlog.web.writing import facts

    begun, may_end, real = Event(), Event(), facts.import_facts

    def slow(*given, **more):
        begun.set()
        assert may_end.wait(10)
        return real(*given, **more)

    monkeypatch.setattr(facts, "import_facts", slow)
    sent = {"json": {"facts": [PROPOSAL]}, "headers": keyed("once")}
    answers = []
    first = Thread(target=lambda: answers.append(client.post("/v1/facts", **sent)))
    first.start()
    assert begun.wait(10)
    told = client.post("/v1/facts", **sent)
    may_end.set()
    first.join()
    assert problem(told, 409, "still-running")["recorded"] is None
    assert told.headers["retry-after"] == "1"
    assert answers[0].status_code == 201


@pytest.mark.parametrize("key", ["", "with space", "x" * 201, "\u00e9"])
def test_every_request_names_itself(client, key):
    headers = {"Idempotency-Key": key.encode()} if key else {}
    answered = client.post("/v1/facts", json={"facts": [PROPOSAL]}, headers=headers)
    problem(answered, 422 if key else 400, "bad-input" if key else "idempotency-key-needed")


def test_what_is_wrong_is_told_by_its_place(client):
    facts = [PROPOSAL, {"type": "proposal.submited", "data": {}}, {**PROPOSAL, "data": {"ref": "x", "titel": "x"}}]
    told = problem(client.post("/v1/facts", json={"facts": facts}, headers=keyed()), 422, "bad-input")
    assert [one["place"] for one in told["mistakes"]] == ["facts[1]", "facts[2], data"]
    assert "Did you mean `title`?" in told["mistakes"][1]["sentence"]
    assert told["recorded"] is False
    assert size() == 33


def test_who_records_is_never_in_the_body(client):
    told = client.post("/v1/facts", json={"facts": [{**PROPOSAL, "recorded_by": "chair-1"}]}, headers=keyed())
    assert "set by the log" in problem(told, 422, "bad-input")["detail"]


def test_a_meeting_is_recorded_from_its_file(client):
    answered = client.post("/v1/meetings", content=MEETING, headers=keyed(**YAML))
    assert answered.status_code == 201, answered.text
    told = answered.json()
    assert told["recorded_by"] == "clerk-2"
    assert [one["ref"] for one in told["files"][0]["decisions"]] == ["NLB/25-26/001"]
    assert client.get("/v1/decisions/NLB~2f25-26~2f001/who-decided").status_code == 200


def test_a_meeting_may_come_as_json(client):
    meeting = {
        "meeting": {"body": "northmoor-locality-board", "on": "2025-05-08"},
        "items": [{"item": 1, "discussed": "x"}],
    }
    assert client.post("/v1/meetings", json=meeting, headers=keyed()).status_code == 201


def test_the_same_meeting_under_another_key_records_nothing(client):
    client.post("/v1/meetings", content=MEETING, headers=keyed(**YAML))
    before = size()
    again = client.post("/v1/meetings", content=MEETING, headers=keyed(**YAML))
    assert (again.status_code, again.json()["recorded"]) == (200, False)
    assert size() == before


def test_a_meeting_that_differs_is_a_conflict_until_it_is_to_be_corrected(client):
    client.post("/v1/meetings", content=MEETING, headers=keyed(**YAML))
    other = MEETING.replace(b"outcome: noted", b"outcome: endorsed")
    told = problem(client.post("/v1/meetings", content=other, headers=keyed(**YAML)), 409, "conflict")
    assert "?correct=true" in told["detail"]
    assert client.post("/v1/meetings?correct=true", content=other, headers=keyed(**YAML)).status_code == 201


def test_the_first_answer_for_a_meeting_is_given_again(client):
    first = client.post("/v1/meetings", content=MEETING, headers=keyed("m", **YAML))
    again = client.post("/v1/meetings", content=MEETING, headers=keyed("m", **YAML))
    assert (again.content, again.headers["idempotent-replayed"]) == (first.content, "true")
    with recording("decisionlog.db") as other:
        later = other.post("/v1/meetings", content=MEETING, headers=keyed("m", **YAML))
    assert later.headers["idempotent-replayed"] == "true"
    assert later.json()["batch"] == first.json()["batch"]


def test_no_file_of_the_server_is_read_for_a_meeting(client):
    Path("secret.pdf").write_bytes(b"only here")
    meeting = MEETING.replace(b"sponsor: northmoor-ft", b"sponsor: northmoor-ft, paper: secret.pdf")
    told = problem(client.post("/v1/meetings", content=meeting, headers=keyed(**YAML)), 422, "bad-input")
    assert "'secret.pdf' was not sent with it" in told["detail"]
    other = meeting.replace(b"secret.pdf", b"there-is-none.pdf")
    same = problem(client.post("/v1/meetings", content=other, headers=keyed(**YAML)), 422, "bad-input")
    assert same["detail"].replace("there-is-none", "secret") == told["detail"]


def test_one_fact_is_recorded_by_its_command(client):
    body = {
        "ref": "NLB/24-25/P14",
        "on": "2025-05-02",
        "data": {"on_behalf_of": "gp-collaborative", "position": "support"},
    }
    answered = client.post("/v1/acts/sign-off", json=body, headers=keyed())
    assert answered.status_code == 201, answered.text
    assert answered.json()["facts"][0]["type"] == "proposal.position_taken"
    assert answered.json()["ref"] == "NLB/24-25/P14"
    stored = json.loads(run("log", "--from", "34", "--format", "jsonl").stdout)["fact"]
    assert stored["data"]["version"] == "1"  # found out, as on the command line


def test_what_opens_a_thing_is_numbered(client):
    body = {"on": "2025-05-02", "data": {"title": "Night sitting", "sponsor": "northmoor-ft", "value": "£450k"}}
    told = client.post("/v1/acts/propose", json=body, headers=keyed())
    assert told.status_code == 201, told.text
    assert told.json()["ref"]
    shown = client.get(told.headers["location"]).json()
    assert shown["fields"]["value"] == [{"money": {"amount": 45_000_000, "currency": "GBP"}}]


def test_what_is_so_already_is_said_and_not_recorded(client):
    body = {"ref": "NLB/24-25/031", "on": "2025-05-02", "data": {"wholly": True}}
    assert client.post("/v1/acts/implement", json=body, headers=keyed()).status_code == 201
    again = client.post("/v1/acts/implement", json=body, headers=keyed())
    assert again.status_code in {200, 422}
    assert size() == 34
    assert client.post("/v1/acts/implement?again=true", json=body, headers=keyed()).status_code == 201


@pytest.mark.parametrize(
    ("command", "body", "says"),
    [
        ("sign-off", {"data": {}}, "`ref` is missing"),
        ("propose", {"ref": "P-1", "data": {"title": "x"}}, "data.ref"),
        ("propose", {"data": {"titel": "x"}}, "Did you mean `title`?"),
        ("propose", {"dat": {}}, "Did you mean `data`?"),
        ("propose", {"data": []}, "`data` must be an object"),
        ("propose", {"data": {"title": "x"}, "fact": True}, "`fact` must be a whole number"),
        ("decide", {"data": {"proposals": [1]}}, "proposals"),
        ("decide", {"data": {"proposals": [{}]}}, "proposal"),
        ("correct", {"ref": "NLB/24-25/031", "data": {}}, "changes"),
        ("correct", {"ref": "NLB/24-25/031", "data": {"changes": [{}]}}, "path"),
        ("set-access", {"ref": "NLB/24-25/031", "data": {}}, "access"),
        ("resolve", {"ref": "NLB/24-25/D02", "data": {}}, "It takes one of: reconciled"),
        ("withdraw", {"ref": "NLB/24-25/D02", "way": "partner"}, "does not go with a disagreement"),
        ("propose", {"data": {"title": "x"}, "way": "y"}, "Leave it out"),
        (
            "sign-off",
            {"ref": "NLB/24-25/P14", "on": "2025-02-31", "data": {"position": "support"}},
            "February 2025 has 28 days",
        ),
    ],
)
def test_a_command_that_cannot_be_is_refused_with_its_reason(client, command, body, says):
    told = client.post(f"/v1/acts/{command}", json=body, headers=keyed())
    assert says in problem(told, 422, told.json()["code"])["detail"]
    assert size() == 33


def test_an_unknown_command_is_not_found(client):
    told = problem(client.post("/v1/acts/deside", json={}, headers=keyed()), 404, "not-found")
    assert "Did you mean 'decide'?" in told["detail"]


def test_a_thing_is_changed_only_as_the_caller_saw_it(client):
    seen = client.get("/v1/decisions/NLB~2f24-25~2f031").headers["etag"]
    body = {"ref": "NLB/24-25/031", "on": "2025-05-02", "data": {"wholly": True}}
    assert client.post("/v1/acts/implement", json=body, headers=keyed(**{"If-Match": seen})).status_code == 201
    told = client.post("/v1/acts/publish", json={**body, "data": {}}, headers=keyed(**{"If-Match": seen}))
    since = problem(told, 412, "changed-since")["changed_since"]
    assert [(one["position"], one["type"], one["recorded_by"]) for one in since] == [
        (34, "decision.implemented", "clerk-2")
    ]
    new = client.get("/v1/decisions/NLB~2f24-25~2f031").headers["etag"]
    assert (
        client.post("/v1/acts/publish", json={**body, "data": {}}, headers=keyed(**{"If-Match": new})).status_code
        == 201
    )


def test_a_log_is_added_to_only_as_the_caller_saw_it(client):
    stale = keyed(**{"If-Match": '"@32"'})
    told = problem(client.post("/v1/facts", json={"facts": [PROPOSAL]}, headers=stale), 412, "changed-since")
    assert [one["position"] for one in told["changed_since"]] == [33]
    right = keyed(**{"If-Match": '"@33"'})
    assert client.post("/v1/facts", json={"facts": [PROPOSAL]}, headers=right).status_code == 201


@pytest.mark.parametrize("tag", ["7", '"x"', '"1", "2"', "*", 'W/"3"'])
def test_a_condition_that_is_none_is_refused(client, tag):
    told = client.post("/v1/facts", json={"facts": [PROPOSAL]}, headers=keyed(**{"If-Match": tag}))
    problem(told, 422, "bad-input")


def test_a_scheme_is_recorded(client):
    scheme = b"bodies:\n  new-board: {name: New Board, from: 2025-05-01}\n"
    answered = client.post("/v1/scheme", content=scheme, headers=keyed(**YAML))
    assert answered.status_code == 201, answered.text
    assert client.get("/v1/bodies/new-board").status_code == 200
    again = client.post("/v1/scheme", content=scheme, headers=keyed(**YAML))
    assert (again.status_code, again.json()["recorded"]) == (200, False)


def test_a_service_that_only_reads_records_nothing():
    northmoor()
    with served("decisionlog.db") as reader:
        for path in ("/v1/facts", "/v1/meetings", "/v1/scheme", "/v1/acts/propose"):
            problem(reader.post(path, json={"facts": [PROPOSAL]}, headers=keyed()), 403, "read-only")
    assert size() == 33


def test_whoever_says_nothing_of_who_they_are_records_nothing():
    with recording(anonymous=Caller(None, frozenset({Scope.READ}))) as nobody:
        problem(nobody.post("/v1/facts", json={"facts": [PROPOSAL]}, headers=keyed()), 401, "key-needed")


@pytest.mark.parametrize(
    ("type_name", "scope"),
    [("record.retracted", "correct"), ("decision.published", "publish"), ("access.granted", "administer")],
)
def test_some_facts_need_more_than_leave_to_record(type_name, scope):
    fact = {"type": type_name, "stream": "decision:NLB/24-25/031", "data": {}}
    with recording(anonymous=Caller("clerk-2", frozenset({Scope.READ, Scope.READ_PRIVATE, Scope.RECORD}))) as client:
        told = problem(client.post("/v1/facts", json={"facts": [fact]}, headers=keyed()), 403, "forbidden")
    assert f"'{scope}'" in told["detail"]


def test_the_commands_are_those_of_the_command_line():
    typed = {name: (dict(verb.types), dict(verb.ways), bool(verb.chosen_by)) for name, verb in TYPED.items()}
    sent = {name: (dict(verb.types), dict(verb.ways), verb.must_choose) for name, verb in VERBS.items()}
    ways = {way: verb.types["*"] for way, verb in ANSWERS.items()}
    assert sent == {**typed, "finding": ({"*": ""}, ways, True)}
