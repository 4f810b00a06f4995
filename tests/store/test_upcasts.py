"""Data of an older version of a type, brought to the newest on reading; the stored bytes stay as they are."""

from __future__ import annotations

import pytest

from decisionlog.domain.facts.envelope import Unread
from decisionlog.store import codec, upcasts
from decisionlog.store.codec import Line, canonical, decode
from decisionlog.store.upcasts import newest, upcast


def rename(data):
    """Version 1 called the version an edition."""
    return {("version" if name == "edition" else name): value for name, value in data.items()}


def number(data):
    """Version 2 left out what the kind was."""
    return {**data, "kind": data.get("kind", "paper")}


KNOWN = {("proposal.submitted", 1): rename, ("proposal.submitted", 2): number, ("decision.taken", 1): rename}


def test_the_newest_version_is_one_more_than_its_steps():
    assert newest("proposal.submitted", KNOWN) == 3
    assert newest("decision.taken", KNOWN) == 2
    assert newest("body.constituted", KNOWN) == 1
    assert newest("proposal.submitted") == 1


def test_data_goes_up_step_by_step():
    assert upcast("proposal.submitted", 1, {"edition": "a"}, KNOWN) == {"version": "a", "kind": "paper"}
    assert upcast("proposal.submitted", 2, {"version": "a"}, KNOWN) == {"version": "a", "kind": "paper"}
    assert upcast("proposal.submitted", 3, {"version": "a"}, KNOWN) == {"version": "a"}
    assert upcast("body.constituted", 1, {"edition": "a"}, KNOWN) == {"edition": "a"}


@pytest.fixture
def steps(monkeypatch):
    monkeypatch.setattr(upcasts, "UPCASTS", KNOWN)


def stored(v, data):
    head = {
        "type": "proposal.submitted", "v": v, "stream": "proposal:P1", "n": 1, "recorded_by": "secretariat-1",
        "recorded_at": "2026-06-01T09:30:00.000000Z", "batch": "B", "salt": "S", "data": data,
    }  # fmt: skip
    return Line(2, "proposal:P1", 1, "proposal.submitted", canonical(head))


def test_an_old_fact_is_read_as_a_new_one(steps):
    written = stored(1, {"edition": "a"})
    fact = decode(written)
    assert (fact.v, fact.data.version, fact.data.kind) == (1, "a", "paper")
    assert b'"edition":"a"' in written.state


def test_the_newest_version_is_read_as_it_is(steps):
    assert decode(stored(3, {"version": "a"})).data.kind is None


def test_a_version_that_is_newer_still_is_kept_unread(steps):
    data = decode(stored(4, {"version": "a"})).data
    assert isinstance(data, Unread)
    assert data.reason == "version 4 of a type of which this program knows version 3"


def test_an_old_fact_of_which_the_step_makes_nothing_readable_is_kept_unread(steps):
    assert isinstance(decode(stored(1, {"edition": 5})).data, Unread)


def test_every_step_is_of_a_type_that_exists():
    assert {name for name, _ in upcasts.UPCASTS} <= codec.TYPES.keys()
