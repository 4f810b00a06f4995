"""Facts with the places where they were written: recorded together or not at all, every mistake told at once."""

from __future__ import annotations

import pytest

from decisionlog.commands.record_facts import Plain, RecordFacts, record_facts
from decisionlog.domain.refusals import BadInput, Conflict, Mistakes
from tests.scenario import BY, NOW, body, decision, fact, given, new_log, proposal, snapshot, stored


def asked(*facts, **options):
    return RecordFacts([Plain(one, f"march.yaml, line {3 * n}") for n, one in enumerate(facts, 1)], BY, NOW, **options)


def test_facts_are_recorded_in_their_order_as_one_batch():
    log = new_log()
    receipt = record_facts(log, asked(body("nlb"), proposal("P1", sponsor="nlb")))
    assert (receipt.first, receipt.last) == (2, 3)
    assert [one["type"] for one in stored(log, 1)] == ["body.constituted", "proposal.submitted"]
    assert len({one["batch"] for one in stored(log, 1)}) == 1


def test_the_same_facts_again_are_answered_and_not_repeated():
    log = new_log()
    record_facts(log, asked(body("nlb")))
    assert record_facts(log, asked(body("nlb"))).already
    assert log.head().size == 2


def test_mistakes_of_shape_and_of_reference_are_told_at_once_in_the_order_of_the_lines():
    log = new_log()
    before = snapshot(log)
    wrong = asked(
        proposal("P1", sponsor="nobody"),
        decision("D1", outcome="aproved"),
        fact("decision.ratified", "decision:D1"),
        body("nlb", knd="board"),
    )
    with pytest.raises(Mistakes) as raised:
        record_facts(log, wrong)
    told = str(raised.value).split("\n")
    assert [one.partition(": ")[0] for one in told] == [
        "march.yaml, line 3",
        "march.yaml, line 6, data.outcome",
        "march.yaml, line 12, data",
    ]
    assert snapshot(log) == before


def test_what_names_something_that_is_itself_wrong_is_not_told_as_well():
    with pytest.raises(Mistakes) as raised:
        record_facts(new_log(), asked(body("nlb", knd="board"), proposal("P1", sponsor="nlb")))
    assert len(raised.value.mistakes) == 1


def test_a_correction_of_what_does_not_stand_so_is_a_conflict():
    log = given(proposal("P1", title="One")).log
    correction = {
        "type": "record.corrected",
        "of": "proposal:P1",
        "data": {"changes": [{"path": "/title", "was": "Two", "now": "Three"}]},
    }
    with pytest.raises(Conflict, match="says that title was 'Two', but it stands as 'One'"):
        record_facts(log, asked(correction))


def test_a_second_equal_reference_is_refused():
    log = given(proposal("P1")).log
    with pytest.raises(Mistakes, match="proposal 'P1' is already recorded"):
        record_facts(log, asked(proposal("P1", title="Another")))


def test_nothing_to_record_is_said():
    with pytest.raises(BadInput, match="nothing to record"):
        record_facts(new_log(), asked())


def test_a_dry_run_records_nothing():
    log = new_log()
    receipt = record_facts(log, asked(body("nlb"), dry_run=True))
    assert [one.type for one in receipt.facts] == ["body.constituted"]
    assert log.head().size == 1
