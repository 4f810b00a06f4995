"""The order of facts is the log's; what the clock said is kept, and a clock that is behind is told of."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from decisionlog.bootstrap import open_log
from decisionlog.commands.import_facts import ImportFacts, import_facts
from decisionlog.domain.days import stamp
from tests.faults import checks, unprotected
from tests.faults.workload import RECORDER, facts_of

NOON = datetime(2026, 10, 24, 12, 0, tzinfo=UTC)
READINGS = {
    "a day back": [NOON, NOON - timedelta(days=1), NOON + timedelta(minutes=1)],
    "a year ahead, then right again": [NOON, NOON + timedelta(days=365), NOON + timedelta(minutes=1)],
    "the night on which clocks go back": [
        datetime.fromisoformat(f"2026-10-25T{time}") for time in ("01:30:00+01:00", "01:59:59+01:00", "01:30:00+00:00")
    ],
    "the same microsecond": [NOON, NOON, NOON],
    "a leap second repeated": [NOON + timedelta(seconds=1), NOON, NOON + timedelta(seconds=1, microseconds=1)],
}


def record_at(path, readings):
    """One request at each reading of the clock; the receipts."""
    with open_log(path) as opened:
        return [
            import_facts(opened.log, ImportFacts(facts_of(f"at-{number}"), RECORDER, now)).receipt
            for number, now in enumerate(readings)
        ]


def last_of(path, receipt):
    return json.loads(checks.stored_bytes(path)[receipt.last - 1])


@pytest.mark.parametrize("readings", READINGS.values(), ids=READINGS)
def test_the_order_is_the_logs_and_the_reading_is_kept(path, readings):
    receipts = record_at(path, readings)
    assert not checks.find_damage(path)
    assert [receipt.first for receipt in receipts] == [3, *(receipt.last + 1 for receipt in receipts[:-1])]
    latest = max(readings[:1])
    for receipt, reading in zip(receipts, readings, strict=True):
        latest = max(latest, reading)
        fact = last_of(path, receipt)
        assert fact["recorded_at"] == receipt.recorded_at == stamp(latest)
        assert fact.get("clock") == (stamp(reading) if reading < latest else None)


@pytest.mark.parametrize(
    ("behind", "told"),
    [
        (timedelta(days=3, hours=5), "3 days behind"),
        (timedelta(hours=26), "1 day behind"),
        (timedelta(hours=1), "1 hour behind"),
        (timedelta(seconds=90), "1 minute behind"),
        (timedelta(seconds=2), "2 seconds behind"),
        (timedelta(seconds=1), ""),
        (timedelta(), ""),
        (-timedelta(days=400), ""),
    ],
)
def test_a_clock_that_is_behind_is_told_of(path, behind, told):
    _, receipt = record_at(path, [NOON, NOON - behind])
    notes = [note for note in receipt.notes if "clock" in note]
    assert len(notes) == bool(told)
    if told:
        assert notes[0].startswith(
            f"This computer's clock is {told} the last recorded fact (2026-10-24T12:00:00.000000Z)."
        )


def known_between(path):
    """What was known between a true reading and one that was set back a day and so came before it."""
    record_at(path, [NOON, NOON - timedelta(days=1)])
    with open_log(path) as opened:
        return opened.log.position_known(stamp(NOON - timedelta(hours=12)))


def test_what_was_known_at_a_time_is_found_however_the_clock_went(path):
    assert known_between(path) == 2


def test_the_raw_clock_breaks_the_order_and_what_was_known(path, monkeypatch):
    unprotected.monotone_clock(monkeypatch.setattr)
    assert known_between(path) > 2
    assert any("recorded before the one above it" in sentence for sentence in checks.find_damage(path))
