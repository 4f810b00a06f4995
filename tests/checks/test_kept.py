"""What is kept is what would be found anew: at once, fact by fact, or after somebody else judged."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from decisionlog.bootstrap import MODELS
from decisionlog.checks import keeping, kept
from decisionlog.checks.judging import judge, judge_all
from decisionlog.checks.record import Record
from decisionlog.domain.known import Known
from decisionlog.questions.accountable.rules import table_in
from decisionlog.settings import BUILT_IN
from decisionlog.store.catch_up import ReadModels
from tests.checks.clean import CLEAN, fact
from tests.scenario import NOW, engine_for, new_log, record

REVOKED = fact("delegation.revoked", "delegation:S1", "2026-03-01", of={"stream": "delegation:S1", "n": 1})
LATE = fact("delegation.revoked", "delegation:S1", "2026-05-01", of={"stream": "delegation:S1", "n": 1})
EXPLAINED = fact("finding.explained", "decision:D1", "2026-05-01", rule="GL04", reason="renewed in private")
RETRACTED = fact("record.retracted", "delegation:S1", None, of={"stream": "delegation:S1", "n": 2}, reason="wrong file")
FACTS = (*CLEAN.values(), REVOKED, LATE, EXPLAINED, RETRACTED)


class Watched:
    """A log whose findings are asked for again and again."""

    def __init__(self):
        self.log = new_log()
        self.models = ReadModels(self.log, engine_for(self.log), MODELS)
        self.judged = []

    def record(self, *facts):
        record(self.log, *facts, now=NOW - timedelta(hours=1), again=True)

    def findings(self):
        self.models.catch_up()
        with self.models.reading() as rows:
            return _in_order(keeping.found(self.log, self.models, self._record(rows), rows, kept.judged_by(BUILT_IN)))

    def afresh(self):
        self.models.catch_up()
        with self.models.reading() as rows:
            return _in_order(one for judged in judge_all(self._record(rows)) for one in judged.findings)

    def as_others_record(self, *facts):
        """What is found by somebody who looks while somebody else records these facts, judges and keeps what they found."""
        self.models.catch_up()
        with self.models.reading() as rows:
            before = self._record(rows)
            self.record(*facts)
            self.findings()
            return _in_order(keeping.found(self.log, self.models, before, rows, kept.judged_by(BUILT_IN)))

    def _record(self, rows):
        size = self.log.size()
        return Record(self.log, rows, Known(size), size, table_in())


def _in_order(findings):
    return sorted(findings, key=repr)


@pytest.fixture
def watched():
    made = Watched()
    yield made
    made.models.close()


@settings(max_examples=15, deadline=None)
@given(st.lists(st.integers(1, len(FACTS) - 1), max_size=4, unique=True))
def test_findings_are_the_same_at_once_or_part_by_part(cuts):
    watched = Watched()
    try:
        for start, end in zip([0, *sorted(cuts)], [*sorted(cuts), len(FACTS)], strict=True):
            watched.record(*FACTS[start:end])
            assert watched.findings() == watched.afresh()
    finally:
        watched.models.close()


def test_what_is_read_back_is_what_was_found(watched):
    watched.record(*FACTS[:-1])
    found = watched.findings()
    [revoked] = (one for one in found if one.rule == "GL04")
    assert [answer.status for answer in revoked.answers] == ["explained"]
    assert watched.findings() == found == watched.afresh()


def test_only_what_changed_is_judged_again(watched, monkeypatch):
    watched.record(*CLEAN.values())
    watched.findings()
    judged = []
    monkeypatch.setattr(keeping, "judge", lambda record, subject: judged.append(subject) or judge(record, subject))
    watched.record(fact("action.assigned", "action:A9", "2026-04-09", ref="A9", what="write", meeting="meeting:M2"))
    watched.findings()
    assert "decision:D1" not in judged
    watched.record(REVOKED)
    watched.findings()
    assert "decision:D1" in judged


def test_other_rules_judge_everything_again(watched, monkeypatch):
    watched.record(*FACTS[:-1])
    watched.findings()
    with watched.models.keeping() as rows:
        rows.exec_driver_sql("UPDATE findings SET found = '[]'")
    assert watched.findings() == []
    monkeypatch.setattr(kept, "RULE_SET", "another")
    assert "GL04" in [one.rule for one in watched.findings()]


def test_nothing_is_kept_where_nothing_may_be_written(watched, monkeypatch):
    watched.record(*FACTS[:-1])
    watched.models.catch_up()
    monkeypatch.setattr(watched.models, "_read_only", True)
    assert "GL04" in [one.rule for one in watched.findings()]
    with watched.models.reading() as rows:
        assert not rows.exec_driver_sql("SELECT count(*) FROM sqlite_master WHERE name = 'findings'").scalar()


def test_what_others_keep_meanwhile_is_not_told_as_known_before_it_was_recorded(watched):
    watched.record(*CLEAN.values())
    before = watched.findings()
    assert watched.as_others_record(REVOKED) == before
    assert watched.findings() == watched.afresh() != before


def test_what_others_keep_while_it_is_read_is_noticed(watched, monkeypatch):
    watched.record(*CLEAN.values())
    before = watched.findings()
    everything = kept.everything

    def after_others(rows):
        monkeypatch.setattr(kept, "everything", everything)
        watched.record(REVOKED)
        watched.findings()
        return everything(rows)

    monkeypatch.setattr(kept, "everything", after_others)
    with watched.models.reading() as rows:
        known = watched._record(rows)
        assert _in_order(keeping.found(watched.log, watched.models, known, rows, kept.judged_by(BUILT_IN))) == before
    assert watched.findings() == watched.afresh() != before
