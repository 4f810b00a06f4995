"""`replay`: the state at a point is that of a log that was cut there, row for row."""

from __future__ import annotations

from contextlib import closing
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decisionlog.bootstrap import MODELS, copy_in_memory
from decisionlog.domain.refusals import BadInput
from decisionlog.questions.replaying import point_of, replayed
from decisionlog.store.catch_up import ReadModels
from decisionlog.store.transfer import export_lines, export_openings
from tests.projections.authority.histories import histories
from tests.scenario import NOW, body, engine_for, new_log, person, proposal, record


class Own:
    """A log with its own read models, caught up."""

    def __init__(self, log):
        self.log = log
        self.models = ReadModels(log, engine_for(log), MODELS)
        self.models.catch_up()

    def replayed(self, to, *, with_rows=False):
        point = point_of(self.log, to, NOW)
        size = point.as_of.position
        lines = list(islice(export_lines(self.log), size))  # as `init --from` of the first lines
        with copy_in_memory(lines, export_openings(self.log, size)) as cut:
            cut.catch_up()
            return replayed(
                point, cut.models, cut.log, [model.load() for model in MODELS], beside=self.models, with_rows=with_rows
            )

    def close(self):
        self.models._engine.dispose()


@pytest.fixture
def own():
    log = new_log()
    record(log, body("b", name="Board"), person("p"), proposal("P1", title="One"))
    record(log, proposal("P2"), {"type": "proposal.withdrawn", "stream": "proposal:P1", "on": "2026-04-01", "data": {}})
    with closing(Own(log)) as made:
        yield made


@given(history=histories, data=st.data())
def test_the_rows_of_a_log_as_known_at_a_position_are_those_of_a_log_that_was_cut_there(history, data):
    with closing(Own(history.record())) as own:
        answer = own.replayed(str(data.draw(st.integers(1, own.log.size()))))
        assert [(model.name, model.differences) for model in answer.models if model.differing] == []


def test_the_state_counts_what_was_there(own):
    assert own.replayed("4").states["proposal"] == {"submitted": 1}
    assert own.replayed("6").states["proposal"] == {"submitted": 1, "withdrawn": 1}


def test_a_row_that_was_changed_by_hand_differs(own):
    with own.models.reading() as rows:
        rows.exec_driver_sql("UPDATE register_v3_1 SET state = 'approved' WHERE stream = 'proposal:P2'")
    answer = own.replayed("6")
    assert not answer.same
    (model,) = [model for model in answer.models if model.differing]
    assert (model.name, model.differing) == ("register", 2)
    assert {one.only_in: one.row["state"] for one in model.differences} == {
        "the replay": "submitted",
        "this log": "approved",
    }


def test_what_was_recorded_after_the_point_makes_no_difference(own):
    assert own.replayed("4").same
    assert own.replayed("@4").position == 4


def test_counts_are_compared_at_the_end_of_the_log_alone(own):
    assert [model.name for model in own.replayed("4").models if model.why_not] == ["tally"]
    assert [model.name for model in own.replayed("6").models if model.why_not] == []


def test_every_row_is_listed_where_that_is_asked(own):
    answer = own.replayed("4", with_rows=True)
    assert ("body:b", "constituted") in {
        (row["stream"], row["state"]) for name, row in answer.rows if name == "register"
    }
    assert len(answer.rows) == sum(model.rows for model in answer.models)


@pytest.mark.parametrize("to", ["0", "2020-01-01", "700", "nonsense"])
def test_a_point_at_which_there_is_nothing_is_refused(own, to):
    with pytest.raises(BadInput):
        point_of(own.log, to, NOW)
