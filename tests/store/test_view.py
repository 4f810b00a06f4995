"""A log as somebody may see it, over every store: the same positions and tree, and nothing of what is kept back."""

from __future__ import annotations

from datetime import timedelta

import orjson
import pytest

from decisionlog.domain.days import moment
from decisionlog.domain.refusals import NotFound
from decisionlog.store.finding import find
from decisionlog.store.log import Log
from decisionlog.store.shown import Shown, following, whose
from decisionlog.store.tree import leaf_hash
from decisionlog.store.view import ViewRecorder
from decisionlog.store.withheld import is_withheld, leaf_of
from tests.scenario import NOW, about, body, decision, fact, person, proposal, record

EXEMPT = {"access": {"level": "exempt", "reason": "ground"}}
LATER = NOW + timedelta(hours=3)


def seen(log: Log, *bodies: str, shown: Shown | None = None) -> Log:
    shown = following(shown or Shown(frozenset(bodies)), log, log.size(), moment(LATER))
    return Log(ViewRecorder(log.recorder, shown, "a view"))


def words(view: Log) -> list[str]:
    return sorted(str(one.value) for one in view.recorder.openings(range(1, view.size() + 1)))


@pytest.fixture
def held(log) -> Log:
    """Positions: 2 a body, 3 a person, 4 an open proposal, 5 an exempt one, 6 made public of it, 7 a part that is exempt."""
    record(log, body("a", name="Board"), person("p-1", "Ada"), proposal("P1", title="Open"))
    record(log, proposal("X1", title="Secret", **EXEMPT), now=NOW + timedelta(hours=1))
    record(log, about("proposal:X1", "record.access_changed", access={"level": "confidential"}))
    record(log, decision("D1", decision_makers=["body:a"], text="Half", access={"level": "part-exempt"}))
    record(log, fact("decision.reported_back", "decision:D1", to="body:a"))
    return log


def test_what_is_kept_back_stands_as_its_hash_at_its_position(held):
    view = seen(held)
    lines = list(view.lines())
    assert [line.position for line in lines if is_withheld(line)] == [5, 6]
    assert [leaf_of(line) for line in lines] == [leaf_hash(line.state).hex() for line in held.lines()]
    assert set(orjson.loads(lines[4].state)) == {"$withheld"}
    assert (lines[4].stream, lines[4].n) == ("", 0)


def test_the_tree_is_that_of_the_log(held):
    assert seen(held).root(held.size()) == held.root(held.size())


def test_no_fact_is_read_where_an_entry_stands_for_it(held):
    assert [fact.position for fact in seen(held).facts()] == [1, 2, 3, 4, 7, 8]
    assert seen(held).stream("proposal:X1") == []
    assert seen(held).stands_at(5) is None
    with pytest.raises(NotFound, match="Entry 5 is withheld"):
        find(seen(held), "@5")


def test_nothing_is_called_as_what_is_kept_back_is(held):
    view = seen(held)
    assert view.recorder.named(["proposal:x1"]) == []
    assert [named.stream for named in view.recorder.names_of_kind("proposal", 9)] == ["proposal:P1"]
    with pytest.raises(NotFound) as refused:
        find(view, "proposal:X2")
    assert "X1" not in str(refused.value)


def test_words_are_there_that_are_open_and_name_nobody(held):
    assert words(seen(held)) == ["Open"]


def test_a_person_is_named_who_is_said_to_be_named_to_everybody(held):
    record(held, about("person:p-1", "record.access_changed", access={"level": "open"}, of=1))
    assert words(seen(held)) == ["Ada", "Open"]


def test_when_something_that_is_kept_back_was_recorded_is_not_told(log):
    record(log, proposal("P1"))
    record(log, proposal("X1", **EXEMPT), now=NOW + timedelta(hours=1))
    view = seen(log)
    assert view.head().recorded_at == next(iter(log.facts(1, 2))).recorded_at
    assert view.recorded_at(3) == view.recorded_at(2)
    assert view.size() == 3


def test_what_is_recorded_later_is_not_seen_until_the_view_is_carried_on(held):
    view = seen(held)
    record(held, proposal("P2", title="New"))
    assert view.size() == 8
    assert list(view.lines(8)) == []
    assert view.recorder.named(["proposal:p2"]) == []
    assert seen(held, shown=view.recorder.shown).size() == 9


def test_in_the_view_of_a_body_its_own_matters_are_whole(held):
    record(held, decision("X9", decision_makers=["body:a"], text="Of a", **EXEMPT))
    assert words(seen(held, "body:a")) == ["Half", "Of a", "Open", "ground"]
    assert words(seen(held, "body:b")) == ["Open"]


def test_carrying_on_gives_what_looking_at_everything_anew_gives(log):
    shown = Shown(frozenset({"body:a"}))
    steps = [
        body("a"),
        proposal("P1", title="One"),
        decision("D1", decision_makers=["body:a"], **EXEMPT),
        fact("disagreement.raised", "disagreement:G1", "2026-03-12", about=["proposal:P1"], grounds="no"),
        about("proposal:P1", "record.access_changed", access={"level": "exempt"}, on="2026-05-01"),
        fact("action.assigned", "action:A1", "2026-03-12", decision="decision:D1", what="do"),
        fact("proposal.listed", "proposal:P1", "2026-03-01", body="body:a"),
        about("proposal:P1", "record.access_changed", access={"level": "open"}, on="2026-05-02"),
        about("decision:D1", "record.access_changed", access={"level": "part-exempt"}, on="2026-05-02"),
    ]
    for step in steps:
        record(log, step, again=True)
        shown = following(shown, log, log.size(), moment(LATER))
        anew = following(Shown(frozenset({"body:a"})), log, log.size(), moment(LATER))
        assert (shown.streams, shown.until) == (anew.streams, anew.until), step


def test_a_view_goes_on_from_where_it_was_only_if_all_of_it_stands(held):
    before = seen(held).recorder.shown
    record(held, proposal("X3", **EXEMPT))
    after = following(before, held, held.size(), moment(LATER))
    assert after.continues(before)
    assert not before.continues(after)
    record(held, {**about("proposal:P1", "record.access_changed", access={"level": "exempt"}), "on": "2026-05-01"})
    assert not following(after, held, held.size(), moment(LATER)).continues(after)


def test_whose_matter_a_thing_is_follows_what_it_is_part_of(held):
    record(held, fact("meeting.called", "meeting:M1", bodies=["body:a"]), decision("D5", meeting="meeting:M1"))
    record(held, fact("action.assigned", "action:A5", decision="decision:D5", what="do"))
    assert whose(held, "action:A5") == (frozenset({"body:a"}), frozenset({"decision:D5", "meeting:M1"}))
    assert whose(held, "person:p-1") == (frozenset(), frozenset())


def test_whose_matter_a_thing_was_before_is_not_changed_by_what_is_said_later(held):
    size = held.size()
    record(held, fact("proposal.listed", "proposal:P1", body="body:a"))
    assert whose(held, "proposal:P1")[0] == {"body:a"}
    assert whose(held, "proposal:P1", size)[0] == frozenset()
