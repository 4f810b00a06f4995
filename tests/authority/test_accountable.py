"""Every answer about authority is the oracle's, on random histories, at any point of both times."""

from __future__ import annotations

import os
from itertools import product

import pytest
from hypothesis import Phase, given, note, settings
from hypothesis import strategies as st

from decisionlog.checks.world.rows import RowsWorld
from decisionlog.domain.known import AsOf
from tests.authority import oracle
from tests.authority.asking import DAY, answered, expected, positions_in, questions, resolved
from tests.authority.histories import histories
from tests.authority.shelf import Shelf
from tests.authority.small_world import BODIES, POSTS
from tests.authority.smaller import smallest
from tests.oracle import Point, facts_of

HISTORIES = int(os.environ.get("HISTORIES", "2000"))
"""How many histories are tried; `HISTORIES=100000 pytest tests/authority` looks further."""


@pytest.fixture(scope="module")
def shelf():
    made = Shelf()
    yield made
    made.close()


MANY = 6
"""Whoever would know fewer facts less than all knows all of them, so that most questions share what was read."""

# What fails is made smaller by `smallest`.
AS_DRAWN = (Phase.explicit, Phase.generate)


def differences(shelf, history, put):
    """In what the program's answer differs from the oracle's: only the oracle's, and only the program's."""
    log = history.record()
    shelf.take(log)
    point = put.point(log)
    with shelf.reading() as rows:
        wanted, found = expected(facts_of(log.lines()), point, put.asked), answered(rows, point, put.asked)
    return [
        (name, apart(one, other), apart(other, one))
        for name, one, other in zip(wanted._fields, wanted, found, strict=True)
        if one != other
    ]


def apart(one, other):
    """What stands in one answer and not in the other."""
    if isinstance(one, dict):
        return {key: value for key, value in one.items() if other.get(key) != value}
    return one if isinstance(one, str) else sorted(map(str, one - other))


@settings(max_examples=HISTORIES, phases=AS_DRAWN)
@given(history=histories, asked=st.lists(questions, min_size=2, max_size=2))
def test_every_answer_is_that_of_a_replay_by_the_rules(shelf, history, asked):
    log = history.record()
    shelf.take(log)
    facts = facts_of(log.lines())
    for put in asked:
        point = put.point(log)
        with shelf.reading() as rows:
            same = answered(rows, point, put.asked) == expected(facts, point, put.asked)
        if not same:
            case = smallest(history, put, lambda *case: differences(shelf, *case))
            pytest.fail(f"{differences(shelf, *case)}\n{case[1]}\n{case[0]!r}")


@settings(max_examples=HISTORIES // 10, phases=AS_DRAWN)
@given(history=histories, asked=st.lists(questions, min_size=2, max_size=2), data=st.data())
def test_no_answer_knows_what_was_recorded_later(shelf, history, asked, data):
    note(repr(history))
    cut = history.record(batches=data.draw(st.integers(1, len(history.batches))))
    known = cut.size()
    points = [put.point(cut)._replace(position=known) for put in asked if put.said_by is None]
    found = []
    for log in (cut, history.record()):
        shelf.take(log)
        with shelf.reading() as rows:
            answers = [resolved(rows, point, put.asked) for point, put in zip(points, asked, strict=False)]
            found.append([answered(rows, point, put.asked) for point, put in zip(points, asked, strict=False)])
        assert all(position <= known for answer in answers for position in positions_in(answer))
    assert found[0] == found[1]


@settings(max_examples=HISTORIES // 4, phases=AS_DRAWN)
@given(history=histories, asked=st.lists(questions, min_size=4, max_size=6))
def test_what_earlier_questions_read_and_found_out_changes_no_answer(shelf, history, asked):
    note(repr(history))
    log = history.record()
    shelf.take(log)
    with shelf.reading() as rows:
        for put, later in product(asked, (0, 1, DAY)):
            point = put.point(log)._replace(on=put.on + later)
            if put.back < MANY:
                point = point._replace(position=log.size())
            found = resolved(rows, point, put.asked, RowsWorld.at_point(rows, point))
            assert found == resolved(rows, point, put.asked), (point, put)


@settings(max_examples=HISTORIES // 10, phases=AS_DRAWN)
@given(history=histories, asked=st.lists(questions, min_size=4, max_size=4))
def test_who_holds_a_post_or_sits_on_a_body_is_that_of_a_replay(shelf, history, asked):
    note(repr(history))
    log = history.record()
    shelf.take(log)
    facts = facts_of(log.lines())
    with shelf.reading() as rows:
        for put in asked:
            point = put.point(log)
            for stream in (*POSTS, *BODIES):
                assert holding(rows, point, stream) == oracle.holders(facts, Point(*point), stream), (stream, put)


def holding(rows, point: AsOf, stream):
    return frozenset(
        (one.member, one.role, one.on_behalf_of, one.possible) for one in RowsWorld(rows, point).holders(stream)
    )
