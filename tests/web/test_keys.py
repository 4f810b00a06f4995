"""Who asks over HTTP, by the key that they send: what they see, what they may record, and what is told of neither."""

from __future__ import annotations

import json
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from decisionlog.bootstrap import open_log
from decisionlog.commands.keys import NewKey, RevokeKey, new_key, revoke_key
from decisionlog.domain.keys import read_key
from decisionlog.domain.references import slug
from decisionlog.domain.refusals import Forbidden
from decisionlog.questions.grants import KeyGuard
from decisionlog.web.callers import PUBLIC
from decisionlog.web.limits import Limits
from decisionlog.web.reading.table import QUESTIONS
from tests.cli.running import answer, log_of, run
from tests.scenario import about, body, decision, fact, person, proposal
from tests.web.served import keyed, problem, served

EXEMPT = {"access": {"level": "exempt", "paragraphs": ["3"], "reason": "the bid"}}
PLACE = [
    body("alpha", name="Board Alpha"),
    body("beta", name="Board Beta"),
    person("p-1", "Ada Lovelace"),
    decision("DA", decision_makers=["body:alpha"], text="Open in alpha"),
    decision("DB", decision_makers=["body:beta"], text="Open in beta"),
    decision("XA", decision_makers=["body:alpha"], text="Quagga", title="Wombat", **EXEMPT),
    decision("XB", decision_makers=["body:beta"], text="Xylophone", **EXEMPT),
    proposal("XP", title="Zanzibar", issuer="body:alpha", **EXEMPT),
]


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> str:
    """A log with matters of two bodies, some of them exempt."""
    return log_of(tmp_path_factory.mktemp("place"), *PLACE)


@pytest.fixture
def log(made) -> str:
    path = Path("decisionlog.db")
    path.write_bytes(Path(made).read_bytes())
    return str(path)


def key(
    *scopes: str, bodies: tuple[str, ...] = (), log: str = "decisionlog.db", account: str = "tool-1", **more
) -> str:
    """A new key of a log."""
    with open_log(Path(log)) as found:
        request = NewKey("a tool", account, scopes, "clerk-1", datetime.now(UTC), bodies, **more)
        return str(new_key(found.log, request).key)


def revoke(sent: str, log: str = "decisionlog.db") -> None:
    with open_log(Path(log)) as found:
        revoke_key(found.log, RevokeKey(read_key(sent).id, "clerk-1", datetime.now(UTC)))


def bearing(sent: str, **more: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {sent}", **more}


@contextmanager
def public(log: str = "decisionlog.db", **told):
    """A service for everybody, which records."""
    with served(log, **{"writes": True, "anonymous": PUBLIC, **told}) as client:
        yield client


def refs(client, headers=None) -> list[str]:
    return [one["ref"] for one in client.get("/v1/decisions", headers=headers).json()["items"]]


def post(client, sent: str, *facts: dict):
    return client.post("/v1/facts", json={"facts": list(facts)}, headers=keyed(**bearing(sent)))


# What is seen


def test_without_a_key_what_is_exempt_is_absent_and_with_one_it_is_there(log):
    insider = bearing(key("read-private"))
    with public() as client:
        assert refs(client) == ["DA", "DB"]
        assert refs(client, insider) == ["DA", "DB", "XA", "XB"]
        problem(client.get("/v1/decisions/XA"), 404, "not-found")
        assert client.get("/v1/decisions/XA", headers=insider).status_code == 200


def test_a_key_that_only_reads_sees_what_everybody_sees(log):
    with public() as client:
        assert refs(client, bearing(key("read"))) == refs(client)


def test_a_key_for_one_body_sees_what_is_exempt_of_that_body_alone(log):
    with public() as client:
        assert refs(client, bearing(key("read-private", bodies=("alpha",)))) == ["DA", "DB", "XA"]
        assert refs(client, bearing(key("read-private", bodies=("beta",)))) == ["DA", "DB", "XB"]


def test_what_is_recorded_is_in_the_next_answer_of_every_view(log):
    insider = bearing(key("read-private", bodies=("alpha",)))
    with public() as client:
        assert (refs(client), refs(client, insider)) == (["DA", "DB"], ["DA", "DB", "XA"])
        more = [
            decision("DC", decision_makers=["body:alpha"]),
            decision("XC", decision_makers=["body:alpha"], **EXEMPT),
        ]
        Path("more.jsonl").write_text("".join(f"{json.dumps(one)}\n" for one in more), encoding="utf-8")
        run("import", "more.jsonl", "--by", "clerk-1")
        assert refs(client) == ["DA", "DB", "DC"]
        assert refs(client, insider) == ["DA", "DB", "XA", "DC", "XC"]


def test_the_feed_gives_a_withheld_entry_at_its_position(log):
    with public() as client:
        seen = client.get("/v1/facts?after=6").json()["items"]
        whole = client.get("/v1/facts?after=6", headers=bearing(key("read-private"))).json()["items"]
        events = client.get("/v1/facts?after=6", headers={"Accept": "application/cloudevents-batch+json"}).json()
    assert [one["position"] for one in seen] == [one["position"] for one in whole][: len(seen)]
    assert seen[0]["fact"] == {"$withheld": seen[0]["hash"]}
    assert seen[0]["hash"] == whole[0]["hash"]
    assert whole[0]["fact"]["stream"] == "decision:XA"
    assert (events[0]["type"], "decision:XA" in str(events)) == ("decisionlog.withheld", False)


# Keys that do not hold


@pytest.mark.parametrize(
    "sent",
    [
        "Bearer",
        "Bearer ",
        "Bearer nothing",
        "Basic dGVzdDp0ZXN0",
        "dlk_aaaaaaaaaa_" + "A" * 43,
        "Bearer dlk_aaaaaaaaaa_" + "A" * 43,
        "Bearer dlk_AAAAAAAAAA_" + "A" * 43,
        "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZG1pbiJ9.",
        "Bearer " + "x" * 5_000,
    ],
)
def test_what_is_no_key_of_this_log_is_refused_with_one_sentence(log, sent):
    with public() as client:
        refused = client.get("/v1/decisions", headers={"Authorization": sent})
        told = problem(refused, 401, "key-needed")
    is_a_key = sent.startswith("Bearer ") and sent != "Bearer "
    assert ("does not hold here" if is_a_key else "is no key: one is wanted, once, as Authorization: Bearer") in told[
        "detail"
    ]
    assert told["recorded"] is False
    assert refused.headers["www-authenticate"].startswith("Bearer")
    assert sent.removeprefix("Bearer ")[:30].strip() not in refused.text or len(sent) < 10


def test_the_right_id_with_another_secret_is_refused_as_no_key_is(log):
    right, none = key("read-private"), "dlk_aaaaaaaaaa_" + "A" * 43
    wrong = right[:-43] + ("B" if right[-43] != "B" else "C") + right[-42:]
    with public() as client:
        answers = [client.get("/v1/decisions", headers=bearing(one)) for one in (wrong, none)]
    assert answers[0].content == answers[1].content


def test_two_keys_at_once_are_none(log):
    sent = key("read-private")
    with public() as client:
        headers = [("Authorization", f"Bearer {sent}"), ("Authorization", f"Bearer {sent}")]
        problem(client.get("/v1/decisions", headers=headers), 401, "key-needed")


def test_a_key_that_was_taken_back_a_moment_ago_is_refused(log):
    sent = key("read-private", "record")
    with public() as client:
        assert client.get("/v1/decisions/XA", headers=bearing(sent)).status_code == 200
        revoke(sent)
        problem(client.get("/v1/decisions/XA", headers=bearing(sent)), 401, "key-needed")
        problem(post(client, sent, decision("N1")), 401, "key-needed")


def test_a_key_ends_with_its_last_day(log):
    tomorrow = (datetime.now(UTC) + timedelta(days=1)).date().isoformat()
    sent = bearing(key("read-private", until=tomorrow))
    now = datetime.now(UTC)
    with public(now=lambda: now) as client:
        assert client.get("/v1/decisions/XA", headers=sent).status_code == 200
    with public(now=lambda: now + timedelta(days=2)) as client:
        problem(client.get("/v1/decisions/XA", headers=sent), 401, "key-needed")


def test_a_thousand_wrong_keys_are_too_many_and_nobody_else_is_held_up(log):
    right = bearing(key("read-private"))
    with public(limits=Limits({"wrong-keys": "10 per minute"}), proxies=frozenset({"testclient"})) as client:
        wrong = [f"dlk_aaaaaaaaaa_{n:043d}" for n in range(1_000)]
        answers = [
            client.get("/v1/decisions", headers=bearing(one, **{"X-Forwarded-For": "192.0.2.1"})) for one in wrong
        ]
        assert [one.status_code for one in answers] == [401] * 10 + [429] * 990
        problem(answers[-1], 429, "too-many")
        assert int(answers[-1].headers["retry-after"]) > 0
        elsewhere = client.get("/v1/decisions", headers={**right, "X-Forwarded-For": "192.0.2.2"})
        assert elsewhere.status_code == 200
        beside = client.get("/v1/decisions", headers={**right, "X-Forwarded-For": "192.0.2.1"})
        assert beside.status_code == 200, "many offices share one address"
        assert not any(one in answered.text for one, answered in zip(wrong, answers, strict=True))


def test_the_use_of_a_key_is_written_down_once_a_minute_at_most(log):
    sent = key("read")
    clock = SimpleNamespace(now=datetime.now(UTC))
    with public(now=lambda: clock.now) as client:
        used = []
        for seconds in (0, 20, 30, 61):
            clock.now += timedelta(seconds=seconds)
            assert client.get("/v1/decisions", headers=bearing(sent)).status_code == 200
            used.append(answer("keys", "list")["items"][0]["last_used"])
    assert used[0]
    assert used[0] == used[1] == used[2] != used[3]


# What is recorded


def test_the_key_says_who_records(log):
    with public() as client:
        sent = key("record", account="minutes-tool")
        assert post(client, sent, decision("N1", decision_makers=["body:alpha"])).status_code == 201
    assert answer("log")["items"][-1]["fact"]["recorded_by"] == "minutes-tool"


@pytest.mark.parametrize(
    ("scopes", "plain", "status"),
    [
        (["record"], decision("N1"), 201),
        (["read-private"], decision("N1"), 403),
        (["record"], about("decision:DA", "record.corrected", changes=[{"path": "/outcome", "now": "noted"}]), 403),
        (["correct"], about("decision:DA", "record.corrected", changes=[{"path": "/outcome", "now": "noted"}]), 201),
        (["correct"], decision("N1"), 403),
        (["publish"], about("decision:DA", "record.access_changed", access={"level": "exempt"}), 201),
        (["record"], about("decision:DA", "record.access_changed", access={"level": "exempt"}), 403),
        (
            ["record", "correct"],
            fact("access.granted", "access:mine", account="tool-1", permissions=["administer"]),
            403,
        ),
        (["administer"], fact("access.granted", "access:mine", account="tool-1", permissions=["read"]), 201),
    ],
)
def test_what_is_recorded_needs_the_scope_for_it(log, scopes, plain, status):
    with public() as client:
        answered = post(client, key(*scopes), plain)
    assert answered.status_code == status, answered.text


def test_who_gives_keys_takes_back_one_that_they_may_not_read(log):
    grant = f"access:{read_key(key('read')).id}"
    with public() as client:
        assert post(client, key("administer"), fact("access.revoked", grant)).status_code == 201
        problem(post(client, key("record"), fact("access.revoked", grant)), 403, "forbidden")


def test_nobody_widens_what_they_were_granted(log):
    sent = key("record", "correct", "publish", bodies=("alpha",))
    grant = f"access:{read_key(sent).id}"
    wider = about(grant, "record.corrected", changes=[{"path": "/permissions", "was": [], "now": ["administer"]}])
    with public() as client:
        told = problem(post(client, sent, wider), 403, "forbidden")
    assert "'administer'" in told["detail"]


def test_of_another_body_what_is_known_is_forbidden_and_what_is_exempt_is_not_there(log):
    sent = key("record", "read-private", bodies=("beta",))
    with public() as client:
        assert post(client, sent, fact("decision.implemented", "decision:XB")).status_code == 201
        known = problem(post(client, sent, fact("decision.implemented", "decision:DA")), 403, "forbidden")
        hidden = problem(post(client, sent, fact("decision.implemented", "decision:XA")), 422, "bad-input")
        nothing = problem(post(client, sent, fact("decision.implemented", "decision:XC")), 422, "bad-input")
    assert "for body:beta alone" in known["detail"]
    assert hidden["detail"].replace("XA", "XC") == nothing["detail"]
    assert answer("log")["basis"]["position"] == 11


def test_a_key_for_one_body_records_no_act_of_another(log):
    sent = key("record", bodies=("alpha",))
    with public() as client:
        assert post(client, sent, decision("N1", decision_makers=["body:alpha"])).status_code == 201
        for makers in (["body:beta"], ["body:alpha", "body:beta"], []):
            problem(post(client, sent, decision("N2", decision_makers=makers)), 403, "forbidden")
        problem(post(client, sent, person("p-9")), 403, "forbidden")


def test_nobody_makes_a_matter_their_own_by_saying_so(log):
    sent = key("record", bodies=("beta",))
    with public() as client:
        assert post(client, key("record"), proposal("P1", issuer="body:alpha")).status_code == 201
        taking = [fact("proposal.listed", "proposal:P1", body="body:beta"), fact("proposal.withdrawn", "proposal:P1")]
        problem(post(client, sent, *taking), 403, "forbidden")


def test_what_is_near_a_name_that_may_not_be_known_is_not_suggested(log):
    sent = key("record", bodies=("beta",))
    with public() as client:
        told = post(client, sent, fact("disagreement.raised", "disagreement:N1", about=["proposal:XPP"]))
        assert "XP?" not in told.text
        assert "Zanzibar" not in told.text


def test_a_correction_does_not_tell_what_it_may_not_know(log):
    sent = key("record", "correct", bodies=("beta",))
    guess = about("decision:XA", "record.corrected", changes=[{"path": "/text", "was": "no", "now": "yes"}])
    with public() as client:
        told = problem(post(client, sent, guess), 422, "bad-input")
    assert "Quagga" not in json.dumps(told)


def test_a_grant_that_is_taken_back_while_a_request_runs_is_refused_in_the_transaction(log):
    sent = key("administer")
    with open_log(Path(log)) as found:
        found.log.guard = KeyGuard(read_key(sent).id)
        revoke(sent)
        with pytest.raises(Forbidden, match="has ended"):
            new_key(found.log, NewKey("x", "tool-1", ("read",), "tool-1", datetime.now(UTC)))
    assert answer("log")["items"][-1]["fact"]["type"] == "access.revoked"


# Probes: every route


def _addresses(ref: str, kind: str = "decisions") -> list[str]:
    wanted = {"text": "Quagga", "first": "2020-01-01", "second": "2030-01-01", "size": "1"}
    found = []
    for question in QUESTIONS:
        path = question.path.replace("{slug}", slug(ref)).replace("{position}", "7").replace("{rule}", "GL01")
        path = path.replace("{batch}", "01M8DYVZN6T7YQB4HE0BVZ09BN").replace("{type}", "decision.taken")
        if "{kinds}" in path:
            path = path.replace("{kinds}", kind if kind in question.kinds else question.kinds[0])
        needed = [f"{one.name}={wanted[one.name]}" for one in question.takes if one.required]
        found.append(f"{path}?{'&'.join(needed)}")
    return found


@pytest.mark.parametrize("scopes", [("read",), ("read", "record"), ("read-private", "record")])
def test_every_route_answers_another_body_s_key_as_if_what_is_exempt_were_not_there(log, scopes):
    sent = bearing(key(*scopes, bodies=("beta",)))
    with public() as client:
        for address in [*_addresses("XA"), *_addresses("XP", "proposals")]:
            answered = client.get(address, headers=sent)
            assert answered.status_code < 500, (address, answered.text)
            told = answered.text.replace('"text": "Quagga"', "").replace('"quagga"', "")
            assert not [word for word in ("Quagga", "Wombat", "Zanzibar", "quagga") if word in told], (address, told)
            if "/XA" in address or "/XP" in address:
                assert answered.status_code == 404, (address, answered.text)


def test_every_route_refuses_another_log_s_key(log, tmp_path):
    folder = tmp_path / "other"
    folder.mkdir()
    other = log_of(folder, body("alpha"))
    sent = key("read", "read-private", "record", "administer", log=other)
    with public() as client:
        for address in _addresses("DA"):
            problem(client.get(address, headers=bearing(sent)), 401, "key-needed")
        for path in ("/v1/facts", "/v1/meetings", "/v1/scheme", "/v1/acts/propose"):
            problem(client.post(path, json={"facts": []}, headers=keyed(**bearing(sent))), 401, "key-needed")
    with public(other) as client:
        assert client.get("/v1/bodies", headers=bearing(sent)).status_code == 200
