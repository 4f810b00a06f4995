"""The log as everybody may see it: of what is exempt there is nothing in any answer, and of what is open everything."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import Phase, settings
from hypothesis import given as for_all
from hypothesis import strategies as st

from decisionlog.bootstrap import MODELS, OpenLog, Seen, views
from decisionlog.domain.references import slug
from decisionlog.questions.filters import Filters
from decisionlog.questions.listing import list_things
from decisionlog.questions.point import Asked
from decisionlog.questions.searching import search
from decisionlog.store.catch_up import ReadModels, engine_of
from tests.scenario import NOW, about, body, decision, fact, new_log, person, proposal, record
from tests.web.asking_everything import everything

LATER = NOW + timedelta(hours=1)


class Beside:
    """A log in memory, and what is seen of it."""

    def __init__(self) -> None:
        self.log = new_log()
        self.whole = OpenLog(self.log, ReadModels(self.log, engine_of(None), MODELS))
        self.now = LATER
        self._views = views()
        self._seen = {}

    def record(self, *plain, **options):
        record(self.log, *plain, again=True, **options)

    def seen(self, *bodies: str) -> Seen:
        key = frozenset(bodies)
        if key not in self._seen:
            self._seen[key] = Seen(self.whole, self._views, key, lambda: self.now)
        self._seen[key].catch_up()
        return self._seen[key]

    def close(self) -> None:
        for each in self._seen.values():
            each.close()
        self._views.close()


@pytest.fixture
def beside():
    made = Beside()
    yield made
    made.close()


def refs_of(log) -> dict[str, str]:
    return {slug(key): kind for kind, key in (line.stream.split(":", 1) for line in log.lines()) if kind != "log"}


def told(found: OpenLog, log, texts: list[str], now=LATER) -> dict[str, bytes]:
    batches = sorted({m[1].decode() for line in log.lines() if (m := re.search(rb'"batch":"(\w+)"', line.state))})
    return dict(everything(found, refs_of(log), now, batch=batches, text=texts))


WORDS = "Zanzibar Quagga Xylophone Wombat Yggdrasil Jabberwock Kumquat Obelisk Tapioca Umbrage Verdigris Bandersnatch".split()
LEVELS = ["open", "part-exempt", "exempt", "confidential", "private-nhs", "withheld-pending"]


@st.composite
def settings_of_access(draw):
    """Some things with words of their own, each held in some way from the start, or made so later, or opened again."""
    things = []
    for number, word in enumerate(WORDS[: draw(st.integers(2, 6))]):
        kind = draw(st.sampled_from(["proposal", "decision", "meeting", "delegation"]))
        level = draw(st.sampled_from([None, *LEVELS]))
        changes = draw(st.lists(st.sampled_from(LEVELS), max_size=2))
        things.append((kind, f"{word[:4]}{number}", word, level, changes, draw(st.booleans())))
    return things


TYPES = {
    "proposal": ("proposal.submitted", "title"),
    "decision": ("decision.taken", "text"),
    "meeting": ("meeting.called", "title"),
}


def facts_of(things) -> list[dict]:
    plain = [body("nlb"), person("p-1", "Ada Lovelace")]
    for kind, key, word, level, changes, disputed in things:
        access = {"access": {"level": level, "reason": f"{word}ground"}} if level else {}
        if kind == "delegation":
            plain.append(fact("delegation.granted", f"{kind}:{key}", "2026-01-01", delegator="body:nlb", words=word))
            plain += [changed(f"{kind}:{key}", level, word)] if level else []
        else:
            type_name, field = TYPES[kind]
            makers = {"decision_makers": ["body:nlb"]} if kind == "decision" else {}
            data = {field: f"The {word} matter", **makers}
            data |= {} if kind == "meeting" else access
            plain.append(fact(type_name, f"{kind}:{key}", "2026-01-01", **data))
            plain += [changed(f"{kind}:{key}", level, word)] if level and kind == "meeting" else []
        if disputed and kind != "meeting":
            grounds = {"about": [f"{kind}:{key}"], "grounds": f"Against the {word}", "on_behalf_of": ["body:nlb"]}
            plain.append(fact("disagreement.raised", f"disagreement:{key}d", "2026-01-02", **grounds))
        plain += [changed(f"{kind}:{key}", new, word) for new in changes]
    return plain


def changed(stream: str, level: str, word: str) -> dict:
    return {
        **about(stream, "record.access_changed", access={"level": level, "reason": f"{word}ground"}),
        "on": "2026-05-01",
    }


@settings(max_examples=15, phases=(Phase.explicit, Phase.generate))
@for_all(settings_of_access())
def test_no_byte_of_what_is_withheld_is_in_any_answer(things):
    beside = Beside()
    try:
        for plain in facts_of(things):
            beside.record(plain, now=NOW)
            beside.seen()
        withheld = [thing for thing in things if _level(thing) in LEVELS[2:]]
        sealed = [thing for thing in things if _level(thing) == "part-exempt"]
        answers = told(beside.seen(), beside.log, [*WORDS, "matter", "nlb"])
        for asked, answer in answers.items():
            for _, key, word, *_ in withheld:
                _assert_absent(asked, answer, key, word)
            for _, _, word, *_ in sealed:
                _assert_sealed(asked, answer, word)
            assert b"Lovelace" not in answer
    finally:
        beside.close()


def _assert_absent(asked: str, answer: bytes, key: str, word: str) -> None:
    """Nothing of a thing is in an answer; a question that names it is answered as one about nothing."""
    if f"'{key}'" in asked or f"'{key}d'" in asked:
        assert answer.startswith((b"NotFound: No", b"NothingCalled: No")), (asked, answer)
        answer = answer.replace(key.encode(), b"")
    _assert_sealed(asked, answer, word)
    assert key.lower() not in answer.decode().lower(), (asked, answer)


def _assert_sealed(asked: str, answer: bytes, word: str) -> None:
    """Nothing of a word is in an answer; where it was asked for, nothing is found."""
    if f"text={word}" in asked:
        assert not json.loads(answer)["items"], (asked, answer)
        return
    assert word.lower() not in answer.decode().lower(), (asked, answer)


def _level(thing) -> str:
    return (thing[4] or [thing[3] or "open"])[-1]


def test_of_a_wholly_open_log_everybody_is_told_what_is_told_of_the_whole(beside):
    beside.record(body("nlb", name="Locality Board"), person("p-1"), person("p-2"))
    beside.record(proposal("P1", title="Community response", authors=["person:p-1"]), *_business())
    whole, refs = beside.whole, refs_of(beside.log)
    whole.catch_up()
    seen = beside.seen()
    more = {"batch": [_batch(beside.log)], "text": ["Community", "board", "nothing"]}
    for (asked, mine), (_, theirs) in zip(
        everything(whole, refs, LATER, **more), everything(seen, refs, LATER, **more), strict=True
    ):
        assert theirs.replace(seen.log.recorder.place.encode(), b"memory") == mine, asked


def _business() -> list[dict]:
    return [
        fact("proposal.position_taken", "proposal:P1", "2026-03-12", on_behalf_of=["body:nlb"], position="support"),
        decision("D1", decision_makers=["body:nlb"], text="Go on", proposals=[{"proposal": "proposal:P1"}]),
        fact("disagreement.raised", "disagreement:X1", "2026-03-12", about=["proposal:P1"], grounds="too dear"),
        about("decision:D1", "record.corrected", changes=[{"path": "/outcome", "now": "approved"}]),
    ]


def _batch(log) -> str:
    return json.loads(next(log.lines(1)).state)["batch"]


def test_positions_and_the_root_stay_those_of_the_log_and_a_withheld_entry_stands_for_its_fact(beside):
    beside.record(proposal("P1", title="Secret", access={"level": "exempt"}), proposal("P2", title="Open"))
    seen = beside.seen().log
    assert seen.size() == beside.log.size()
    assert seen.root(seen.size()) == beside.log.root(beside.log.size())
    entries = [json.loads(line.state) for line in seen.lines()]
    assert entries[1] == {"$withheld": hashlib.sha256(b"\0" + next(beside.log.lines(1)).state).hexdigest()}
    assert entries[2]["stream"] == "proposal:P2"


def test_who_holds_which_key_is_shown_to_nobody_to_whom_not_everything_is(beside):
    beside.record(
        fact("access.granted", "access:Zanzibar", account="quagga-1", permissions=["record"]),
        proposal("P1", title="Open"),
        fact("access.revoked", "access:Zanzibar", reason="lost"),
    )
    for seen in (beside.seen(), beside.seen("body:nlb")):
        assert seen.log.stream("access:Zanzibar") == []
        for word, answer in told(seen, beside.log, ["Open"]).items():
            assert b"quagga" not in answer, word
    assert len(beside.whole.log.stream("access:Zanzibar")) == 2


def test_what_is_opened_is_told_and_what_is_made_exempt_is_gone_at_once(beside):
    beside.record(proposal("P1", title="Quagga"))
    assert listed(beside.seen()) == ["P1"]
    beside.record(changed("proposal:P1", "exempt", "x"))
    assert listed(beside.seen()) == []
    assert found(beside.seen(), "quagga") == []
    beside.record(changed("proposal:P1", "open", "x"))
    assert listed(beside.seen()) == ["P1"]
    assert found(beside.seen(), "quagga") == ["P1"]


def test_a_change_of_access_takes_effect_on_its_day_though_nothing_is_recorded(beside):
    beside.record(proposal("P1", title="Quagga", access={"level": "exempt"}))
    opened = {**changed("proposal:P1", "open", "x"), "on": "2026-06-20"}
    beside.record(opened)
    assert listed(beside.seen()) == []
    beside.now = NOW.replace(month=6, day=20, hour=1)
    assert listed(beside.seen()) == ["P1"]


def test_a_release_day_opens_what_was_to_be_open_from_then_on(beside):
    beside.record(proposal("P1", title="Quagga", access={"level": "exempt"}))
    released = changed("proposal:P1", "open", "x")
    released["data"]["release_on"] = "2026-06-20"
    beside.record(released)
    assert listed(beside.seen()) == []
    beside.now = NOW.replace(month=6, day=22)
    assert listed(beside.seen()) == ["P1"]


def test_what_is_built_anew_leaves_no_file_of_what_was_shown_before(beside):
    beside.record(proposal("P1", title="Quagga"))
    folder = Path(beside.seen()._build.file).parent
    before = set(folder.glob("*.db"))
    beside.record(changed("proposal:P1", "exempt", "x"))
    beside.seen()
    assert not before & set(folder.glob("*.db"))
    assert b"Quagga" not in b"".join(file.read_bytes() for file in folder.iterdir())


def test_a_disagreement_about_what_is_exempt_and_an_action_of_it_are_absent_with_it(beside):
    beside.record(body("nlb"), decision("D1", decision_makers=["body:nlb"], access={"level": "exempt"}))
    beside.record(
        fact("disagreement.raised", "disagreement:X1", "2026-03-12", about=["decision:D1"], grounds="Wombat"),
        fact("action.assigned", "action:A1", "2026-03-12", decision="decision:D1", what="Wombat"),
        fact("disagreement.raised", "disagreement:X2", "2026-03-12", about=["disagreement:X1"], grounds="Wombat"),
    )
    assert [listed(beside.seen(), kind) for kind in ("disagreement", "action")] == [[], []]
    beside.record(changed("decision:D1", "open", "x"))
    assert [listed(beside.seen(), kind) for kind in ("disagreement", "action")] == [["X1", "X2"], ["A1"]]
    beside.record(changed("decision:D1", "exempt", "x"))
    assert [listed(beside.seen(), kind) for kind in ("disagreement", "action")] == [[], []]


def test_who_may_read_the_matters_of_a_body_sees_those_and_no_other_body_s(beside):
    beside.record(body("a"), body("b"))
    exempt = {"access": {"level": "exempt"}}
    for key, makers in (("DA", ["body:a"]), ("DB", ["body:b"]), ("DJ", ["body:a", "body:b"]), ("DN", [])):
        beside.record(decision(key, decision_makers=makers, text=f"Text of {key}", **exempt))
    assert listed(beside.seen(), "decision") == []
    assert listed(beside.seen("body:a"), "decision") == ["DA", "DJ"]
    assert listed(beside.seen("body:b"), "decision") == ["DB", "DJ"]
    assert listed(beside.seen("body:a", "body:b"), "decision") == ["DA", "DB", "DJ"]
    assert sorted(found(beside.seen("body:a"), "text")) == ["DA", "DJ"]


def test_a_matter_becomes_a_body_s_when_it_is_listed_for_it(beside):
    beside.record(body("a"), proposal("P1", title="Quagga", access={"level": "exempt"}))
    assert listed(beside.seen("body:a")) == []
    beside.record(fact("proposal.listed", "proposal:P1", "2026-03-01", body="body:a"))
    assert listed(beside.seen("body:a")) == ["P1"]


def listed(seen: Seen, kind: str = "proposal") -> list[str]:
    items = list_things(
        seen.log, seen.models, kind, Asked("2030-01-01"), seen._clock(), limit=None, filters=Filters()
    ).items
    return [item.ref for item in items]


def found(seen: Seen, text: str) -> list[str]:
    return [item.ref for item in search(seen.log, seen.models, text, Asked("2030-01-01"), seen._clock()).items]
