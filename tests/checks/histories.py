"""A small place in which nothing is irregular, and what a rule says when one thing of it is changed.

`clean().but("D1", value=[...]).trips("GL01", "D1", "grant")`: changing that one thing trips that rule alone, by these facts.
Facts go by short names; what a rule finds in any other way than expected is printed with every finding.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from copy import deepcopy
from datetime import timedelta
from typing import Any, TypeVar

from decisionlog.bootstrap import MODELS
from decisionlog.checks.finding import Finding, in_order
from decisionlog.checks.judging import judge_all
from decisionlog.checks.record import Record
from decisionlog.domain.days import instant_asked
from decisionlog.domain.known import Known
from decisionlog.domain.saying import plain
from decisionlog.questions.accountable.rules import table_in
from decisionlog.store.catch_up import ReadModels
from tests.checks.clean import CLEAN
from tests.scenario import NOW, engine_for, new_log, record

ASKED_ON = "2026-06-01"

Plain = dict[str, Any]
T = TypeVar("T")


def clean(*names: str) -> History:
    """The place; of its facts only those that are named, where some are."""
    return History({name: deepcopy(CLEAN[name]) for name in names or CLEAN})


class History:
    """Facts by short names, in the order in which they are recorded."""

    def __init__(self, facts: dict[str, Plain]) -> None:
        self.facts = facts

    def but(self, name: str, /, on: str | None = None, **fields: Any) -> History:
        """With other fields of one fact; one that is None falls away. `from_` is `from`."""
        changed = deepcopy(self.facts[name])
        if on is not None:
            changed["on"] = on
        for field, value in fields.items():
            if value is None:
                changed["data"].pop(field.rstrip("_"), None)
            else:
                changed["data"][field.rstrip("_")] = value
        return History({**self.facts, name: changed})

    def without(self, *names: str) -> History:
        """Without these facts."""
        return History({name: fact for name, fact in self.facts.items() if name not in names})

    def undated(self, name: str) -> History:
        """With one fact whose day is not recorded."""
        changed = deepcopy(self.facts[name])
        changed.pop("on", None)
        return History({**self.facts, name: changed})

    def written(self, name: str, when: str | None) -> History:
        """With the day on which the source of one fact first recorded it; None: the source does not say."""
        source = {"name": "register.csv"} if when is None else {"name": "register.csv", "recorded_at": when}
        return History({**self.facts, name: {**self.facts[name], "source": source}})

    def also(self, **facts: Plain) -> History:
        """With these facts more, at the end."""
        return History({**self.facts, **facts})

    def position(self, name: str) -> int:
        """Where a fact stands in the log."""
        return 2 + list(self.facts).index(name)

    def findings(self, *rules: str, on: str = ASKED_ON, known: int | None = None) -> list[Finding]:
        """What is found as at a day, by these rules or by all of them, the gravest first."""

        def found(record: Record) -> list[Finding]:
            judged = list(judge_all(record, rules))
            moment = instant_asked(on, record.zone)
            return in_order(one for each in judged for one in each.findings if one.holds(moment))

        return self.ask(found, known=known)

    def ask(self, question: Callable[[Record], T], *, known: int | None = None) -> T:
        """What somebody makes of the record, as known at a position, by default of all of it."""
        log = new_log()
        record(log, *map(_written_on_its_day, self.facts.values()), now=NOW - timedelta(hours=1), again=True)
        models = ReadModels(log, engine_for(log), MODELS)
        try:
            models.catch_up()
            position = known or log.size()
            with models.reading() as rows:
                return question(Record(log, rows, Known(position), position, table_in()))
        finally:
            models.close()

    def trips(self, rule: str, *evidence: str, **asked: Any) -> Finding:
        """This rule alone finds something, by these facts; the finding."""
        found = self.findings(**asked)
        assert [one.rule for one in found] == [rule], _told(found)
        assert found[0].evidenced, _told(found)
        assert self._named(found[0].evidence) == list(evidence), _told(found)
        return found[0]

    def is_clean(self, **asked: Any) -> None:
        """No rule finds anything."""
        found = self.findings(**asked)
        assert not found, _told(found)

    def is_not_evidenced(self, rule: str, **asked: Any) -> Finding:
        """This rule says that it cannot be judged, since something is not recorded; the finding."""
        found = [one for one in self.findings(**asked) if one.rule == rule]
        assert [one.evidenced for one in found] == [False], _told(found)
        return found[0]

    def says_something(self, rule: str, **asked: Any) -> Finding:
        """This rule finds something, whatever others may find; the finding."""
        found = [one for one in self.findings(**asked) if one.rule == rule]
        assert [one.evidenced for one in found] == [True], _told(found)
        return found[0]

    def says_nothing(self, rule: str, **asked: Any) -> None:
        """This rule finds nothing, whatever others may find."""
        found = [one for one in self.findings(**asked) if one.rule == rule]
        assert not found, _told(found)

    def _named(self, positions: Iterable[int]) -> list[str]:
        names = ["log", *self.facts]
        return [names[position - 1] for position in positions]


def _written_on_its_day(plain: Plain) -> Plain:
    """A decision as its secretary wrote it down, which was on its day where a test does not say otherwise."""
    if plain["type"] != "decision.taken" or "source" in plain or "on" not in plain:
        return plain
    return {**plain, "source": {"recorded_at": plain["on"]}}


def sentence(finding: Finding) -> str:
    """What a finding says, as programs read it."""
    return plain(finding.said)


def _told(findings: list[Finding]) -> str:
    told = [
        f"{one.rule} {one.severity} {one.subject}: {'' if one.evidenced else 'NOT EVIDENCED '}{sentence(one)} {one.evidence}"
        for one in findings
    ]
    return "found:\n" + "\n".join(told or ["nothing"])
