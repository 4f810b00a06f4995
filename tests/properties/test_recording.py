"""Recording: what is refused leaves nothing, what is taken leaves at least one fact, and what was moved is the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decisionlog.commands.import_facts import import_facts
from decisionlog.domain.refusals import DecisionlogError
from decisionlog.store.memory import MemoryRecorder
from decisionlog.store.transfer import begin_from, export_lines, export_openings
from tests.properties.histories import MOVES, History, histories
from tests.scenario import new_log, proposal, record, request, snapshot, stored
from tests.store.test_tree import by_the_standard

SPOILERS = st.sampled_from(
    [
        b"not json",
        b'{"type": "proposal.submitted", "stream": "proposal:S", "data": {"title": "a", "title": "b"}}',
        proposal("S", titel="x"),
        proposal("S", title="a\x00"),
        proposal("S", sponsor="body:none"),
        proposal("S", on="31/2/2026"),
        {"type": "record.retracted", "stream": "proposal:S", "of": {"stream": "proposal:S", "n": 1}},
        {"type": "proposal.deferred", "stream": "proposal:none"},
        {
            "type": "record.corrected",
            "of": {"stream": "body:b", "n": 1},
            "data": {"changes": [{"path": "/mood", "now": "x"}]},
        },
    ]
)


@given(
    moves=MOVES, more=MOVES, spoilers=st.lists(SPOILERS, min_size=1, max_size=3), order=st.randoms(), size=st.booleans()
)
def test_a_refused_import_leaves_nothing(moves, more, spoilers, order, size):
    log = History(moves).record()
    sound = [fact for _, facts in History(more).batches for fact in facts]
    lines = [*sound, *spoilers]
    order.shuffle(lines)
    before = snapshot(log)
    asked = request(*lines, again=True, size=before["size"] + 1 if size else None)
    with pytest.raises(DecisionlogError):
        import_facts(log, asked)
    assert snapshot(log) == before
    record(log, proposal("AFTER"))
    assert log.root(before["size"] + 1) == by_the_standard([one.state for one in log.lines()])


@given(history=histories)
def test_what_is_recorded_is_all_there_in_order_and_under_one_root(history):
    log = history.record()
    asked = [fact for _, facts in history.batches for fact in facts]
    kept = stored(log, 1)
    assert [fact["type"] for fact in kept] == [fact["type"] for fact in asked]
    assert [fact.get("on") for fact in kept] == [fact.get("on") for fact in asked]
    assert log.root(log.head().size) == by_the_standard([one.state for one in log.lines()])
    versions: dict[str, int] = {}
    for fact in kept:
        versions[fact["stream"]] = versions.get(fact["stream"], 0) + 1
        assert fact["n"] == versions[fact["stream"]]
    assert [fact["recorded_at"] for fact in kept] == sorted(fact["recorded_at"] for fact in kept)


@given(history=histories)
def test_a_log_that_was_moved_is_the_same_log(history):
    log = history.record()
    size = log.head().size
    moved = begin_from(MemoryRecorder(), export_lines(log), export_openings(log, size), root=log.root(size).hex())
    assert list(moved.lines()) == list(log.lines())
    assert snapshot(moved) == snapshot(log)
    assert stored(moved) == stored(log)
    for each in (log, moved):
        record(each, proposal("AFTER"), {"type": "body.dissolved", "stream": "body:b", "data": {}})
    assert [(one.stream, one.n, one.type) for one in moved.lines()] == [
        (one.stream, one.n, one.type) for one in log.lines()
    ]


@given(
    st.lists(st.sampled_from(["P 1", "P-1", "p  1", "P1", "P 1~2", "\u2013P\u20141"]), max_size=7), st.integers(1, 4)
)
def test_keys_are_never_given_twice_and_each_leads_to_its_own(keys, portion):
    log = new_log()
    for start in range(0, len(keys), portion):
        record(
            log,
            *(proposal(key, version=str(start + at)) for at, key in enumerate(keys[start : start + portion])),
            again=True,
        )
    opened = stored(log, 1)
    streams = [fact["stream"] for fact in opened]
    assert len(set(streams)) == len(streams) == len(keys)
    for number, (key, fact) in enumerate(zip(keys, opened, strict=True)):
        assert fact["data"].get("ref", key) == key
        assert fact["stream"].removeprefix("proposal:").startswith(key)
        assert fact["data"]["version"] == str(number)
    record(
        log, *({"type": "proposal.deferred", "stream": stream, "data": {}} for stream in streams)
    ) if streams else None
    assert [(fact["stream"], fact["n"]) for fact in stored(log, 1 + len(keys))] == [(stream, 2) for stream in streams]
