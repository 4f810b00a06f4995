"""Whether a decision was carried out, or its first day came, before what had to be met first was met."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from msgspec import Struct, field

from decisionlog.checks.course.endings import end_of
from decisionlog.checks.course.order import Window, of_effect, window
from decisionlog.checks.determinations import Determination, determination
from decisionlog.checks.finding import Severity, Tripped
from decisionlog.checks.record import Act, Record, Told
from decisionlog.domain.days import OPEN_END
from decisionlog.domain.facts.condition import ConditionDischarged, ConditionFailed, ConditionWaived
from decisionlog.domain.facts.decision import DecisionImplemented, DecisionRatified, DecisionTaken, DecisionVaried
from decisionlog.domain.facts.parts import Condition
from decisionlog.domain.saying import Day, Said

_STATING: Final = (DecisionTaken, DecisionRatified, DecisionVaried)
_ANSWERING: Final = (ConditionDischarged, ConditionWaived, ConditionFailed)
_NEVER: Final = Window(OPEN_END, OPEN_END)


class Subject(Struct, frozen=True):
    """A condition that a decision is subject to, and the times for which it was met."""

    condition: Condition
    stated: Act[Any]
    struck_at: int
    """From when a variation put others in its place, or none."""
    met: list[tuple[Window, Window]] = field(default_factory=list)
    """From when until when it was met, or waived: a discharge can fall away."""

    def stood(self, when: Window) -> bool:
        """Whether the decision was subject to it at that time."""
        return self.stated.at.earliest <= when.last < self.struck_at

    def was_met(self, when: Window) -> bool:
        """Whether it certainly was met then."""
        return any(begun.last <= when.first and when.is_before(ended) for begun, ended in self.met)

    def may_have_been_met(self, when: Window) -> bool:
        """Whether it may have been."""
        return not all(when.is_before(begun) or ended.is_before(when) for begun, ended in self.met)


def condition_unmet(record: Record, decision: str) -> Iterator[Tripped]:
    """GL23: it was carried out, or its own first day came, before a condition that had to be met first was met or waived."""
    taken = determination(record, decision)
    if taken is None or not taken.binds:
        return
    begun = record.of(decision).all(DecisionImplemented)
    doubtful: list[Tripped] = []
    for subject in _subjects(record, record.of(decision)):
        found = next((act for act in begun if _open(record, subject, act)), None)
        if found and _could_come_later(record, subject, found):
            continue
        if not begun:
            yield from _first_day_came(record, taken, subject)
        elif found and (said := _doubt(record, subject, found)):
            doubtful.append(_tripped(subject, found, said, evidenced=False))
        elif found:
            yield _tripped(subject, found, (f", when condition {subject.condition.id} had not been met",))
    yield from doubtful[:1]


def _open(record: Record, subject: Subject, begun: Act[DecisionImplemented]) -> bool:
    """Whether the decision was carried out while the condition stood, and was not certainly met."""
    when = window(record, begun)
    return subject.stood(when) and not subject.was_met(when)


def _could_come_later(record: Record, subject: Subject, begun: Act[DecisionImplemented]) -> bool:
    """Whether a condition, of which nobody says that it comes first, was due only after the decision was carried out."""
    due = record.end(subject.condition.due)
    return subject.condition.kind is None and due is not None and due > window(record, begun).last


def _doubt(record: Record, subject: Subject, begun: Act[DecisionImplemented]) -> Said:
    """What is not recorded, so that nobody can say that the condition was met too late."""
    id_ = subject.condition.id
    if subject.may_have_been_met(window(record, begun)):
        return (f"; whether condition {id_} had been met by then is not recorded",)
    if subject.condition.kind is None:
        return (f", when condition {id_} had not been met; whether it had to be met first is not recorded",)
    return ()


def _tripped(subject: Subject, begun: Act[DecisionImplemented], said: Said, *, evidenced: bool = True) -> Tripped:
    sentence = ("it was carried out on ", Day(begun.on), *said) if begun.on else ("it was carried out", *said)
    return Tripped(sentence, (begun.position, subject.stated.position), begun.at.earliest, evidenced=evidenced)


def _first_day_came(record: Record, taken: Determination, subject: Subject) -> Iterator[Tripped]:
    """Of what nobody says that it was carried out: its own first day came, and until when the condition was not met."""
    first_day = taken.data.from_
    begins = record.moment(first_day)
    if first_day is None or begins is None or subject.condition.kind != "precedent":
        return
    met = min((begun.first for begun, _ in subject.met), default=OPEN_END)
    until = min(met, subject.struck_at, end_of(record, taken.stream))
    if begins < until:
        said = ("its first day is ", Day(first_day), f", and condition {subject.condition.id} had not been met by then")
        yield Tripped(said, (taken.position, subject.stated.position), begins, until, Severity.WARNING)


def _subjects(record: Record, told: Told) -> Iterator[Subject]:
    """The conditions of a decision that had to be met before it was carried out, as far as is recorded."""
    stating: list[Act[Any]] = [act for type_ in _STATING for act in told.all(type_)]
    for stated in stating:
        struck_at = _struck_at(record, told, stated)
        for condition in (one for one in stated.data.conditions or () if one.kind in {"precedent", None}):
            yield Subject(condition, stated, struck_at, list(_met(record, told, stated, condition.id)))


def _struck_at(record: Record, told: Told, stated: Act[Any]) -> int:
    """From when a variation put other conditions in the place of those that a fact states, or none."""
    later = (act for act in told.all(DecisionVaried) if act.position > stated.position)
    changing = (act for act in later if act.data.conditions is not None or "conditions" in (act.data.struck or ()))
    return min((record.effect(act) for act in changing), default=OPEN_END)


def _met(record: Record, told: Told, stated: Act[Any], id_: str) -> Iterator[tuple[Window, Window]]:
    """From when until when a condition was met. An answer that names no fact answers every condition of its id."""
    acts: list[Act[Any]] = [act for type_ in _ANSWERING for act in told.all(type_)]
    answers = [act for act in acts if act.data.condition == id_ and _of(act, stated)]
    begun: Window | None = None
    for act in sorted(answers, key=lambda one: (record.effect(one), one.position)):
        if not isinstance(act.data, ConditionFailed):
            begun = begun or of_effect(record, act)
        elif begun:
            yield begun, of_effect(record, act)
            begun = None
    if begun:
        yield begun, _NEVER


def _of(answer: Act[Any], stated: Act[Any]) -> bool:
    named = answer.fact.of
    return named is None or named.stream != stated.fact.stream or named.n == stated.fact.n
