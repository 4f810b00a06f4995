"""The rows that hold at one of two points only: what two replays, compared, find."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from decisionlog.bootstrap import MODELS
from decisionlog.domain.saying import plain
from decisionlog.questions.difference.asking import difference
from decisionlog.questions.difference.points import Between
from decisionlog.questions.difference.watched import WATCHED
from decisionlog.render.as_json import document
from decisionlog.render.page import Page
from decisionlog.render.text import text
from decisionlog.store.pieces import pieces_differing
from tests.authority.histories import histories as worlds
from tests.authority.small_world import DAYS, FUNCTIONS
from tests.projections.authority.histories import histories
from tests.projections.authority.test_every_model import KEPT, points
from tests.properties.test_read_models import read_models, replayed
from tests.scenario import NOW, new_log, record

WHOLE_DAYS = sorted({day for day in DAYS if len(day) == len("2025-04-01")})

FEW = settings(max_examples=max(8, settings.default.max_examples // 8))
"""Each history is a log with all its read models."""


def values(pieces):
    return Counter((piece.stream, tuple(piece.values)) for piece in pieces)


def replay(log, model, point):
    return Counter((stream, row) for stream, row, _ in replayed(log, model, point))


@settings(max_examples=max(15, settings.default.max_examples // 4))
@given(history=histories, data=st.data())
def test_the_rows_that_differ_are_those_by_which_two_replays_differ(history, data):
    log = new_log()
    for now, facts in history.batches:
        if facts:
            record(log, *facts, now=now, again=True)
    with read_models(log, KEPT) as models:
        models.catch_up()
        before, after = data.draw(points(log)), data.draw(points(log))
        with models.reading() as rows:
            for model in KEPT:
                was, now = map(values, pieces_differing(rows, model, before, after))
                at_first, at_second = replay(log, model, before), replay(log, model, after)
                assert was - now == at_first - at_second, model.name
                assert now - was == at_second - at_first, model.name


@FEW
@given(history=worlds, data=st.data())
def test_whatever_happened_every_change_is_told_with_the_facts_that_made_it(history, data):
    log = history.record()
    size = log.head().size
    with read_models(log, MODELS) as models:
        models.catch_up()
        days = sorted(data.draw(st.lists(st.sampled_from(WHOLE_DAYS), min_size=2, max_size=2)))
        known = sorted(data.draw(st.lists(st.integers(1, size), min_size=2, max_size=2)))
        asked = [
            Between(*days),
            Between(*days, clock="source", at=days[1]),
            Between(f"@{known[0]}", f"@{known[1]}", of_belief=True, at=days[1]),
            Between(*days, of_belief=True, at=days[0], clock="source"),
        ]
        for between in asked:
            answer = difference(log, models, between, NOW)
            assert document(answer)
            assert list(text(answer, Page(40)))
            for one in answer.items:
                assert plain(one.said), one
                assert one.made_by, one
                assert all(1 <= at <= size for at in one.made_by)
                assert one.what in {"began", "ended", "changed"}
                if between.clock == "log" and between.of_belief:
                    assert all(known[0] < later.position <= known[1] for later in one.later), one


@FEW
@given(history=worlds, day=st.sampled_from(WHOLE_DAYS))
def test_between_a_point_and_itself_nothing_changed(history, day):
    log = history.record()
    with read_models(log, MODELS) as models:
        models.catch_up()
        assert difference(log, models, Between(day, day), NOW).items == ()
        assert difference(log, models, Between("@9", "@9", of_belief=True, at=day), NOW).items == ()


@FEW
@given(history=worlds, data=st.data())
def test_what_is_narrowed_to_a_kind_or_to_a_thing_is_what_the_whole_says_of_it(history, data):
    log = history.record()
    with read_models(log, MODELS) as models:
        models.catch_up()
        days = sorted(data.draw(st.lists(st.sampled_from(WHOLE_DAYS), min_size=2, max_size=2)))
        whole = difference(log, models, Between(*days), NOW).items
        ref = data.draw(st.sampled_from(FUNCTIONS))
        about = difference(log, models, Between(*days), NOW, ref=ref).items
        assert about == tuple(one for one in whole if ref in one.about)
        of_kind = difference(log, models, Between(*days), NOW, kind="delegation").items
        assert of_kind == tuple(one for one in whole if one.kind == "delegation")


@pytest.mark.parametrize("watched", WATCHED, ids=lambda watched: watched.model.name)
def test_every_model_is_known_to_the_log_and_told_once(watched):
    assert watched.model in [model.load() for model in MODELS]
    assert [one.model for one in WATCHED].count(watched.model) == 1
