from __future__ import annotations

import pytest

from decisionlog.checks.meetings.certainty import Sure, sure


@pytest.mark.parametrize(("recorded", "expected"), [(None, Sure.PERHAPS), (True, Sure.YES), (False, Sure.NO)])
def test_what_is_not_recorded_is_neither_yes_nor_no(recorded, expected):
    assert sure(recorded) is expected


def test_something_was_so_unless_another_thing_was():
    assert [Sure.YES.unless(other) for other in Sure] == [Sure.YES, Sure.PERHAPS, Sure.NO]
    assert [Sure.PERHAPS.unless(other) for other in Sure] == [Sure.PERHAPS, Sure.PERHAPS, Sure.NO]
    assert [Sure.NO.unless(other) for other in Sure] == [Sure.NO, Sure.NO, Sure.NO]
