"""The tally: how many facts of each type there are, and how many cannot be read."""

from __future__ import annotations

from tests.scenario import fact, proposal
from tests.store import raw


def test_facts_are_counted_by_their_type(asked):
    asked.record(proposal("P1"), proposal("P2"), fact("proposal.deferred", "proposal:P1"))
    assert asked.counts() == {"log.opened": (1, 1, 0), "proposal.submitted": (2, 2, 0), "proposal.deferred": (1, 0, 0)}
    asked.record(proposal("P3"))
    assert asked.counts()["proposal.submitted"] == (3, 3, 0)


def test_what_cannot_be_read_is_counted(asked):
    raw.insert(asked.log, raw.fact("proposal:P1", type="proposal.dreamt"))
    raw.insert(asked.log, raw.fact("proposal:P1", 2, v=9))
    raw.insert(asked.log, raw.fact("proposal:P1", 3, data={"mood": "hopeful"}))
    assert asked.counts() == {"log.opened": (1, 1, 0), "proposal.dreamt": (1, 1, 1), "proposal.submitted": (2, 0, 2)}
