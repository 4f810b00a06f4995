"""A finding is judged again when, and only when, something that it rests on has changed: random lives of two joint bodies."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from decisionlog.checks import keeping
from decisionlog.checks.judging import judge
from tests.checks.clean import CLEAN, fact
from tests.checks.test_kept import Watched

BODIES = ("body:J1", "body:J2")
DAYS = ("2026-02-02", "2026-03-03", "2026-04-04", "2026-05-05", None)
PLACE = (
    *CLEAN.values(),
    fact(
        "decision.taken", "decision:SET-UP", "2025-03-01", ref="SET-UP", outcome="noted", decision_makers=["body:board"]
    ),
    *(
        fact(
            "body.constituted",
            body,
            "2025-04-01",
            ref=body.partition(":")[2],
            kind="joint-committee",
            parents=[
                {"parent": "organisation:icb", "by_decision": "decision:SET-UP"},
                {"parent": "organisation:council"},
            ],
        )
        for body in BODIES
    ),
)
outcomes = st.sampled_from(["approved", "noted", "rejected", "deferred"])
bodies = st.lists(st.sampled_from(BODIES), min_size=1, max_size=2, unique=True)
days = st.sampled_from(DAYS)
numbers = st.integers(1, 3)


@st.composite
def decided(draw):
    urgent = {"urgent": {"ground": "the price"}} if draw(st.booleans()) else {}
    number = draw(numbers)
    data = {"ref": f"X{number}", "outcome": draw(outcomes), "decision_makers": draw(bodies), **urgent}
    return fact("decision.taken", f"decision:X{number}", draw(days), on_behalf_of=["organisation:icb"], **data)


@st.composite
def met(draw):
    number = draw(numbers)
    data = {"bodies": draw(bodies), "minutes": draw(st.sampled_from(["taken", "none-taken"]))}
    kind = draw(st.sampled_from(["ordinary", "special"]))
    return fact("meeting.held", f"meeting:Y{number}", draw(days), ref=f"Y{number}", kind=kind, **data)


@st.composite
def corrected(draw):
    stream = draw(st.sampled_from([*(f"decision:X{n}" for n in range(1, 4)), *(f"meeting:Y{n}" for n in range(1, 4))]))
    if draw(st.integers(0, 3)) == 0:
        of = {"stream": stream, "n": draw(st.integers(1, 3))}
        return fact("record.retracted", stream, None, of=of, reason="wrong")
    of = {"stream": stream, "n": 1}
    named = "decision_makers" if stream.startswith("decision") else "bodies"
    change = draw(
        st.one_of(
            st.builds(lambda now: {"path": "/on", "now": now}, st.sampled_from(DAYS[:-1])),
            st.builds(lambda now: {"path": f"/{named}", "now": now}, bodies),
        )
    )
    return fact("record.corrected", stream, None, of=of, changes=[change], reason="wrong")


begun = st.lists(st.one_of(decided(), met()), min_size=4, max_size=7)
changes = st.lists(st.one_of(corrected(), corrected(), decided(), met()), min_size=3, max_size=8)


def some(facts):
    """Those of random facts that the log takes, a correction saying what it corrects."""
    said: dict[str, dict[str, object]] = {}
    last: dict[str, int] = {}
    for one in facts:
        stream, number = one["stream"], last.get(one["stream"], 0)
        if one["type"] == "record.corrected" and number:
            [change] = one["data"]["changes"]
            name = change["path"].removeprefix("/")
            was = said[stream].get(name)
            if was == change["now"]:
                continue
            said[stream][name] = change["now"]
            change |= {} if was is None else {"was": was}
        elif one["type"] == "record.retracted" and number:
            one["of"]["n"] = min(one["of"]["n"], number)
        elif number or one["type"].startswith("record."):
            continue
        else:
            said[stream] = {**one["data"], **({"on": one["on"]} if "on" in one else {})}
        last[stream] = number + 1
        yield one


@settings(max_examples=40, deadline=None)
@given(begun, changes)
def test_judging_after_each_change_is_judging_everything(begun, changes):
    watched = Watched()
    try:
        told = list(some([*begun, *changes]))
        watched.record(*PLACE, *told[:4])
        watched.findings()
        for one in told[4:]:
            watched.record(one)
            assert watched.findings() == watched.afresh()
    finally:
        watched.models.close()


@pytest.fixture
def watched():
    made = Watched()
    yield made
    made.models.close()


def decision(name, on, outcome="approved"):
    bound = ["organisation:icb"]
    return fact(
        "decision.taken",
        f"decision:{name}",
        on,
        ref=name,
        outcome=outcome,
        decision_makers=["body:J1"],
        on_behalf_of=bound,
    )


def judged_after(watched, monkeypatch, one):
    """The subjects that are judged again after a fact."""
    watched.findings()
    judged = []
    monkeypatch.setattr(keeping, "judge", lambda record, subject: judged.append(subject) or judge(record, subject))
    watched.record(one)
    assert watched.findings() == watched.afresh()
    return set(judged)


def test_a_later_decision_of_a_body_has_no_other_judged_again(watched, monkeypatch):
    watched.record(*PLACE, decision("X1", "2026-02-02"), decision("X2", "2026-03-03"))
    assert judged_after(watched, monkeypatch, decision("X3", "2026-04-04")) == {"decision:X3"}


def test_an_earlier_decision_of_a_body_has_the_others_judged_again(watched, monkeypatch):
    watched.record(*PLACE, decision("X1", "2026-02-02"), decision("X2", "2026-03-03"))
    judged = judged_after(watched, monkeypatch, decision("X0", "2026-01-01"))
    assert judged >= {"decision:X0", "decision:X1", "decision:X2"}


def test_what_is_told_at_the_first_decision_moves_when_that_is_corrected_away(watched, monkeypatch):
    watched.record(*PLACE, decision("X1", "2026-02-02"), decision("X2", "2026-03-03"))
    before = {one.subject for one in watched.findings() if one.rule == "GL27" and "resolved" in str(one.said)}
    assert before == {"decision:X1"}
    other = {"path": "/decision_makers", "was": ["body:J1"], "now": ["body:J2"]}
    of = {"stream": "decision:X1", "n": 1}
    judged_after(
        watched,
        monkeypatch,
        fact("record.corrected", "decision:X1", None, of=of, changes=[other], reason="the other body"),
    )
    after = {one.subject for one in watched.findings() if one.rule == "GL27" and "resolved" in str(one.said)}
    assert after == {"decision:X1", "decision:X2"}


def meeting(name, on, body="body:J1", kind="ordinary"):
    return fact("meeting.held", f"meeting:{name}", on, ref=name, kind=kind, bodies=[body], minutes="taken")


def correction(stream, **change):
    return fact(
        "record.corrected", stream, None, of={"stream": stream, "n": 1}, changes=[change], reason="misread the sheet"
    )


def overdue(watched):
    """Whether the findings are those of a fresh judgement, and when the minutes of Y1 should have been confirmed."""
    found = watched.findings()
    assert found == watched.afresh()
    return {str(one.said) for one in found if one.rule == "GL41" and one.subject == "meeting:Y1"}


def test_the_day_of_the_next_meeting_is_corrected(watched):
    watched.record(*PLACE, meeting("Y1", "2026-02-02"), meeting("Y2", "2026-03-03"))
    before = overdue(watched)
    watched.record(correction("meeting:Y2", path="/on", was="2026-03-03", now="2026-04-04"))
    assert before != overdue(watched) != set()


def test_a_meeting_before_the_next_turns_out_to_have_been_an_ordinary_one(watched):
    special = meeting("Y2", "2026-03-03", kind="special")
    watched.record(*PLACE, meeting("Y1", "2026-02-02"), special, meeting("Y3", "2026-04-04"))
    before = overdue(watched)
    watched.record(correction("meeting:Y2", path="/kind", was="special", now="ordinary"))
    assert before != overdue(watched) != set()


def test_a_meeting_that_a_correction_made_the_next_is_retracted(watched):
    watched.record(*PLACE, meeting("Y1", "2026-02-02"), meeting("Y2", "2026-03-03", "body:J2"))
    before = overdue(watched)
    watched.record(correction("meeting:Y2", path="/bodies", was=["body:J2"], now=["body:J1"]))
    corrected = overdue(watched)
    assert corrected != before
    of = {"stream": "meeting:Y2", "n": 1}
    watched.record(fact("record.retracted", "meeting:Y2", None, of=of, reason="there was none"))
    assert overdue(watched) == before
