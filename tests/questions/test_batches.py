"""A batch: one act of recording, found by its name alone, however the clock stood."""

from __future__ import annotations

from datetime import timedelta

import pytest

from decisionlog.domain.refusals import NotFound
from decisionlog.questions.batches import is_batch
from tests.questions.asking import batch, in_json, page
from tests.scenario import NOW, about, new_log, organisation, proposal, record


def a_log():
    """Three batches, the last by a clock that was an hour behind."""
    log = new_log()
    names = [
        record(log, organisation("council", name="Northmoor Council"), now=NOW).receipt.batch,
        record(log, *(proposal(f"P{n}", version="1") for n in range(3)), now=NOW + timedelta(minutes=5)).receipt.batch,
        record(log, proposal("P9"), now=NOW - timedelta(hours=1)).receipt.batch,
    ]
    return log, names


def test_the_name_of_a_batch_is_known_by_its_form():
    _, names = a_log()
    assert all(is_batch(name) and is_batch(name.lower()) for name in names)
    assert not is_batch("NLB/24-25/P14")
    assert not is_batch("8" + names[0][1:])


@pytest.mark.parametrize(("which", "first", "last"), [(0, 2, 2), (1, 3, 5), (2, 6, 6)])
def test_a_batch_is_found_and_given_back_whole(which, first, last):
    log, names = a_log()
    answer = batch(log, names[which].lower())
    assert (answer.batch, answer.first, answer.last) == (names[which], first, last)
    assert [fact.position for fact in answer.items] == list(range(first, last + 1))
    assert bool(answer.clock) == (which == 2)


def test_a_batch_says_who_recorded_it_and_each_fact_in_a_sentence():
    log, names = a_log()
    lines = page(batch(log, names[1]))
    assert lines[1] == "secretariat-1 recorded 3 facts (positions 3 to 5) on 1 June 2026, 09:35 UTC."
    assert "  [3] 2026-03-12  P0: Somebody who is not recorded put it forward, as version 1." in lines
    assert "The recording computer's clock was behind; it read 2026-06-01 08:30 UTC." in page(batch(log, names[2]))


def test_a_batch_names_the_files_that_it_came_from():
    log = new_log()
    source = {"name": "march.csv", "sha256": "a" * 64}
    rows = [{**proposal(f"P{n}"), "source": {**source, "place": f"row {n}"}} for n in range(2)]
    answer = batch(log, record(log, *rows).receipt.batch)
    assert in_json(answer)["files"] == [{"name": "march.csv", "sha256": "a" * 64, "facts": 2}]
    assert f"  From              march.csv, SHA-256 {'a' * 64} (2 facts)" in page(answer)


def test_a_batch_stays_as_it_was_recorded_and_says_what_became_of_it():
    log, names = a_log()
    record(log, about("proposal:P0", "record.corrected", changes=[{"path": "/version", "was": "1", "now": "2"}]))
    record(log, about("proposal:P1", "record.retracted"))
    first, second, third = batch(log, names[1]).items
    assert (first.data["version"], first.notes) == ("1", (("Corrected since, by [7].",),))
    assert second.notes == (("Retracted since.",),)
    assert third.notes == ()


def test_an_unknown_batch_is_not_found():
    log, names = a_log()
    with pytest.raises(NotFound, match="There is no batch"):
        batch(log, names[0][:-1] + ("0" if names[0][-1] != "0" else "1"))
    with pytest.raises(NotFound, match="known on @2"):
        batch(log, names[1], known="@2")
