"""What is asked over HTTP is answered as the command line answers it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from msgspec.structs import replace
from starlette.testclient import TestClient

from decisionlog.web import naming
from decisionlog.web.application import application
from decisionlog.web.callers import PUBLIC, READER
from decisionlog.web.logs import Logs
from decisionlog.web.service import Service
from decisionlog.web.writing import acts
from decisionlog.web.writing.verbs import VERBS
from tests.cli.running import northmoor, run
from tests.web.served import keyed, problem, served

ROOT = Path(__file__).parents[2]
KEEPERS = {
    *"init erase config keys backup restore verify checkpoint rebuild roles key witness serve doctor import export".split()
}
"""The commands that only the keeper of a log runs, where it lies."""

POINT = "on=2025-03-31&known=@33"
SAME = [
    ("/v1/decisions/NLB~2f24-25~2f031", "show decision:NLB/24-25/031"),
    ("/v1/decisions", "list decisions"),
    ("/v1/bodies", "list bodies"),
    ("/v1/decisions/NLB~2f24-25~2f031/history", "history decision:NLB/24-25/031"),
    ("/v1/decisions/NLB~2f24-25~2f031/who-decided", "who decided decision:NLB/24-25/031"),
    ("/v1/bodies/northmoor-icb-place-committee/agenda", "agenda body:northmoor-icb-place-committee"),
    ("/v1/functions/urgent-community-response/who-accountable", "who accountable function:urgent-community-response"),
    (
        "/v1/functions/urgent-community-response/who-could?value=450k",
        "who could urgent-community-response --value 450k",
    ),
    ("/v1/posts/council-leader/who-holds", "who holds post:council-leader"),
    ("/v1/search?text=community", "search community"),
    ("/v1/map", "map"),
    ("/v1/check", "check"),
    ("/v1/check?select=GL01&severity=info", "check --select GL01 --severity info"),
    ("/v1/decisions/NLB~2f24-25~2f031/check", "check decision:NLB/24-25/031"),
    ("/v1/completeness", "completeness"),
    ("/v1/decisions/NLB~2f24-25~2f031/completeness", "completeness decision:NLB/24-25/031"),
    ("/v1/forecast", "forecast"),
    ("/v1/facts/30", "show @30"),
]


@pytest.fixture
def client():
    with served() as made:
        yield made


@pytest.mark.parametrize(("address", "command"), SAME, ids=[command for _, command in SAME])
def test_the_answer_is_byte_for_byte_that_of_the_command_line(client, address, command):
    answered = client.get(f"{address}{'&' if '?' in address else '?'}{POINT}")
    printed = run(*command.split(), "--on", "2025-03-31", "--known", "@33", "--json")
    assert answered.status_code == 200, answered.text
    assert answered.headers["content-type"] == "application/json"
    assert answered.content == printed.stdout_bytes


def test_the_facts_are_those_of_the_command_line(client):
    for query, flags in (("", ""), ("?from=3&limit=2", "--from 3 --limit 2"), ("?type=decision", "--type decision")):
        answered, printed = client.get(f"/v1/log{query}").json(), run("log", *flags.split(), "--json").stdout
        assert answered["items"] == json.loads(printed)["items"]
        assert answered["items"]


def test_the_shapes_the_scheme_and_the_rules_are_those_of_the_command_line(client):
    assert client.get("/v1/schema").content == run("schema").stdout_bytes
    plain = run("schema", "decision.taken", "--plain").stdout_bytes
    assert client.get("/v1/schema/decision.taken?plain=true").content == plain
    assert client.get("/v1/rules").content == run("check", "--explain", "all", "--json").stdout_bytes
    assert client.get("/v1/rules/GL04").content == run("check", "--explain", "GL04", "--json").stdout_bytes
    scheme = client.get("/v1/scheme?on=2025-03-31&known=@33")
    assert scheme.headers["content-type"].startswith("application/yaml")
    assert scheme.content == run("scheme", "export", "--on", "2025-03-31", "--known", "@33").stdout_bytes


def test_a_batch_is_shown_by_its_name(client):
    batch = json.loads(run("log", "--from", "33", "--format", "jsonl").stdout)["fact"]["batch"]
    assert client.get(f"/v1/batches/{batch}?on=2025-03-31&known=@33").content == (
        run("show", batch, "--on", "2025-03-31", "--known", "@33", "--json").stdout_bytes
    )
    problem(client.get("/v1/batches/nothing"), 404, "not-found")


def test_status_says_what_there_is_and_not_where(client):
    answered, printed = client.get("/v1/status").json(), json.loads(run("status", "--json").stdout)
    assert answered["place"] == "northmoor.example/decisions"
    assert (answered["kinds"], answered["types"], answered["size"]) == (printed["kinds"], printed["types"], 33)


def test_what_changed_is_told_between_two_days(client):
    answered = client.get("/v1/diff?first=2024-01-01&second=2025-03-31&as_known=@33")
    printed = run("diff", "2024-01-01", "2025-03-31", "--as-known", "@33", "--json")
    assert answered.content == printed.stdout_bytes
    problem(client.get("/v1/diff?first=2025-01-01"), 422, "bad-input")


def test_proofs_and_bundles_verify(client):
    told = problem(client.get("/v1/facts/30/proof"), 404, "not-found")
    assert "signs one with `decisionlog checkpoint`" in told["detail"]
    run("key", "new", code=None)
    run("checkpoint")
    for address in ("/v1/facts/30/proof", "/v1/decisions/NLB~2f24-25~2f031/proof"):
        proof = client.get(address).json()
        Path("fact.json").write_text(f"{proof['fact']}\n", encoding="utf-8")
        Path("fact.tlog-proof").write_text(proof["proof"], encoding="utf-8")
        assert proof["size"] == 33
        assert run("verify", "fact.tlog-proof", "--fact", "fact.json", code=None).exit_code == 0
    assert client.get("/v1/consistency?size=7").json()["old_size"] == 7
    problem(client.get("/v1/consistency?size=34"), 404, "not-found")
    Path("031.bundle").write_bytes(client.get("/v1/decisions/NLB~2f24-25~2f031/bundle").content)
    assert run("verify", "031.bundle", code=None).exit_code == 0
    assert client.get("/v1/checkpoint").json()["size"] == 33


def test_an_answer_is_not_sent_again_to_whoever_has_it(client):
    address = f"/v1/decisions?{POINT}"
    tag = client.get(address).headers["etag"]
    again = client.get(address, headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get(address, headers={"If-None-Match": '"another"'}).status_code == 200


def test_what_is_recorded_elsewhere_is_in_the_next_answer(client):
    assert len(client.get("/v1/bodies").json()["items"]) == 4
    Path("more.jsonl").write_text('{"type": "body.constituted", "data": {"ref": "new-board"}}\n', encoding="utf-8")
    run("import", "more.jsonl", "--by", "clerk-1")
    assert len(client.get("/v1/bodies").json()["items"]) == 5


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("/v1/decisions/NLB~2f24-25~2f999", "Nothing here is called"),
        ("/v1/decisions/%00", "Nothing here is called"),
        ("/v1/decisions/~zz", "Nothing here is called"),
        ("/v1/decisions/~ff", "not the slug of a reference"),
        ("/v1/decisons", "Did you mean 'decisions'?"),
        ("/v1/actions/x/who-decided", "It is for: decisions, proposals, meetings"),
        ("/v1/nothing/at/all/here", "openapi.json tells what there is"),
        ("/v1/decisions/", "openapi.json tells what there is"),
    ],
)
def test_what_is_not_there_is_not_found(client, address, says):
    assert says in problem(client.get(address), 404, "not-found")["detail"]


@pytest.mark.parametrize(
    ("query", "place", "says"),
    [
        ("bodi=x", "bodi", "Did you mean 'body'?"),
        ("limit=5&limit=9", "limit", "give it once"),
        ("limit=-1", "limit", "a whole number from 0"),
        ("limit=1e9", "limit", "a whole number from 0"),
        ("limit=", "limit", "a whole number from 0"),
        ("limit=99999999", "limit", "not a number from 0 to 1,000,000"),
        ("page=abc", "page", "There is no parameter 'page' here"),
        ("body=", "body", "is empty"),
        ("body=a%00b", "body", "a NUL character at position 2"),
        ("clock=sun", "clock", "one of: log, source"),
    ],
)
def test_a_parameter_that_is_wrong_is_named(client, query, place, says):
    told = problem(client.get(f"/v1/decisions?{query}"), 422, "bad-input")
    assert [one["place"] for one in told["mistakes"]] == [place]
    assert says in told["mistakes"][0]["sentence"]


def test_what_the_command_line_calls_a_flag_is_called_a_parameter_here(client):
    told = problem(client.get("/v1/posts?outcome=approved"), 422, "bad-input")
    assert "cannot be narrowed by `outcome`" in told["detail"]
    assert "--" not in told["detail"]


def test_a_query_that_is_no_text_is_refused(client):
    problem(client.get("/v1/decisions?body=%ff%fe"), 422, "bad-input")


def test_an_answer_that_was_made_for_one_is_never_given_to_whoever_may_not_see_it():
    path = northmoor()
    run("set-access", "NLB/24-25/031", "--level", "exempt", "--paragraph", "3", "--ground", "x", "--by", "clerk-1")
    service = Service(Logs(Path(path)), anonymous=READER)
    app = application(service)
    address = "/v1/decisions/NLB~2f24-25~2f031?on=2026-06-01&known=@34"
    with TestClient(app, base_url="http://localhost") as client:
        for _ in range(2):
            app.state.service = service
            assert client.get(address).status_code == 200
            assert len(client.get("/v1/decisions?on=2026-06-01&known=@34").json()["items"]) == 2
            app.state.service = replace(service, anonymous=PUBLIC)
            problem(client.get(address), 404, "not-found")
            assert len(client.get("/v1/decisions?on=2026-06-01&known=@34").json()["items"]) == 1


def test_a_rule_that_there_is_not_is_not_found(client):
    told = problem(client.get("/v1/rules/GL99"), 404, "not-found")
    assert "GL01" in told["detail"]
    assert "decisionlog" not in told["detail"]


@pytest.mark.parametrize(
    ("address", "names"),
    [
        ("/v1/decisions/nothing", "`GET /v1/{kinds}`"),
        ("/v1/log?type=decision.takn", "`GET /v1/schema`"),
        ("/v1/rules/GL99", "/v1/rules has them all"),
    ],
)
def test_who_asks_over_http_is_told_an_address_and_no_command(client, address, names):
    told = client.get(address).json()["detail"]
    assert names in told
    assert "`decisionlog" not in told


def test_every_address_that_is_told_in_place_of_a_command_is_served(client):
    paths = client.get("/v1/openapi.json").json()["paths"]
    for told in naming._ADDRESSES.values():
        if told.startswith("docs/"):
            assert (ROOT / told).is_file()
            continue
        method, _, path = told.partition(" ")
        path = path.partition("?")[0]
        command = path.removeprefix(acts.PATH)
        assert method.lower() in paths[path if command == path else f"{acts.PATH}{{command}}"], told
        assert command == path or command in VERBS


@pytest.mark.parametrize(
    ("address", "meant"),
    [
        ("/v1/decisions/NLB%2F24-25%2F031", "/v1/decisions/NLB~2f24-25~2f031"),
        ("/v1/decisions/NLB/24-25/031", "/v1/decisions/NLB~2f24-25~2f031"),
        ("/v1/decisions/NLB%2F24-25%2F031/who-decided", "/v1/decisions/NLB~2f24-25~2f031/who-decided"),
        ("/v1/proposals/NLB/24-25/P14/history?own=true", "/v1/proposals/NLB~2f24-25~2fP14/history"),
    ],
)
def test_whoever_writes_a_slash_in_a_reference_is_told_the_address(client, address, meant):
    told = problem(client.get(address), 404, "not-found")["detail"]
    assert told.endswith(f"a slash is written ~2f: {meant}")
    assert client.get(meant).status_code == 200


@pytest.mark.parametrize("address", ["/v1/list", "/v1/nothing", "/v1/acts", "/v1/decisions/x/nothing/%FF"])
def test_what_is_not_near_is_not_offered(client, address):
    told = problem(client.get(address), 404, "not-found")["detail"]
    assert "Did you mean" not in told
    assert "~2f" not in told


@pytest.mark.parametrize(
    ("address", "near"), [("/v1/decision", "decisions"), ("/v1/Body", "bodies"), ("/v1/person", "people")]
)
def test_what_is_near_is_offered(client, address, near):
    assert f"Did you mean '{near}'?" in problem(client.get(address), 404, "not-found")["detail"]


def test_that_nothing_was_recorded_is_said_only_where_something_was_to_be(client):
    for sent in ("Bearer dlk_nothing", "Basic abc"):
        told = problem(client.get("/v1/decisions", headers={"Authorization": sent}), 401, "key-needed")
        assert "recorded" not in told["detail"]
        assert told["recorded"] is False
    with served(writes=True) as writing:
        sent = writing.post("/v1/facts", json={"facts": []}, headers=keyed(Authorization="Bearer dlk_nothing"))
        assert "Nothing was recorded." in problem(sent, 401, "key-needed")["detail"]


def test_whoever_sends_another_kind_of_authorization_is_told_what_is_wanted(client):
    told = problem(client.get("/v1/decisions", headers={"Authorization": "Basic abc"}), 401, "key-needed")
    assert "is no key: one is wanted, once, as Authorization: Bearer dlk_" in told["detail"]
    held = problem(client.get("/v1/decisions", headers={"Authorization": "Bearer abc"}), 401, "key-needed")
    assert "does not hold here" in held["detail"]


@pytest.mark.parametrize(
    ("said", "here"),
    [
        ("`decisionlog schema --types` lists them.", "`GET /v1/schema` lists them."),
        ("`decisionlog check --explain all` tells every rule.", "`GET /v1/rules` tells every rule."),
        ("Its facts: decisionlog history 'decision:A/1'", "Its facts: `GET /v1/decisions/A~2f1/history`"),
        ("`decisionlog history 'A/1'` has it.", "`GET /v1/{kinds}/{slug}/history` has it."),
        ("Then: decisionlog set-access 'A' --level open --by-decision D", "Then: `POST /v1/acts/set-access`"),
        ("By `decisionlog scheme apply FILE`.", "By `POST /v1/scheme`."),
        ("by `decisionlog erase --reason X`.", "by `decisionlog erase --reason X`."),
        ("compared with --known: diff --known @1 @2.", "compared with `believed=true`."),
        ("first: diff 2025-01-01 2026-01-01.", "first: `first=2025-01-01&second=2026-01-01`."),
        ("answered with --clock source.", "answered with `clock=source`."),
        ("give --again.", "give `again=true`."),
        ("a --since and --as-known", "a `since` and `as_known`"),
    ],
)
def test_a_sentence_of_the_command_line_is_told_in_the_words_of_http(said, here):
    assert naming.named_here(said) == here


def test_of_an_act_a_flag_is_a_field_of_its_data():
    said = "say who with --by-whom, --for or --by-decision; a later --until or --last-day; which, with --fact"
    assert naming.named_here(said, of_an_act=True) == (
        "say who with `data.by`, `data.on_behalf_of` or `data.by_decision`; a later `data.until`; which, with `fact`"
    )


def test_every_command_that_is_named_below_has_an_address_here_or_is_the_keepers():
    told = re.compile(r"[`:] ?decisionlog ([a-z][a-z-]*)")
    named = {
        command
        for part in ("domain", "commands", "questions", "exchange", "store")
        for file in (ROOT / "src/decisionlog" / part).rglob("*.py")
        for command in told.findall(file.read_text(encoding="utf-8"))
    }
    assert named - {address.split()[0] for address in naming._ADDRESSES} <= KEEPERS
