"""A scheme file beside the log: where its facts come from, and every mistake told at once."""

from __future__ import annotations

from hashlib import sha256

import pytest

from decisionlog.domain.refusals import Mistakes
from decisionlog.exchange.scheme.comparing import compared
from decisionlog.questions.point import Asked
from tests.scenario import NOW, new_log

SOUND = b"written: 2025-04-02\nbodies: {b: {kind: board}}\n"
WRONG = b"bodies:\n  b: {kind: bord}\nposts:\n  q: {organisation: nobody}\n"


def test_every_fact_to_come_names_the_file_and_when_that_was_first_written():
    ((plain, place),) = compared(new_log(), Asked(), NOW, "scheme.yaml", SOUND).difference.plain
    assert plain["source"] == {
        "name": "scheme.yaml",
        "sha256": sha256(SOUND).hexdigest(),
        "recorded_at": "2025-04-02",
    }
    assert place.startswith("scheme.yaml, line 2")


def test_what_is_wrong_in_shape_and_what_in_reference_are_told_together():
    with pytest.raises(Mistakes) as raised:
        compared(new_log(), Asked(), NOW, "scheme.yaml", WRONG)
    told = [mistake.place.partition(",")[2] for mistake in raised.value.mistakes]
    assert [place.split(",")[0].strip() for place in told] == ["line 2", "line 4"]


def test_of_an_earlier_time_no_reference_is_tried():
    unknown = b"posts: {q: {organisation: nobody}}"
    earlier = compared(new_log(), Asked(known="2026-06-01"), NOW, "scheme.yaml", unknown)
    assert [coming.stream for coming in earlier.difference.coming] == ["post:q"]
