"""The course of one decision: how it stands after each fact, in the order in which they take effect, and what it waits for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final, NamedTuple

from msgspec import Struct, field

from decisionlog.domain.facts.decision import DecisionTaken
from decisionlog.domain.facts.envelope import Fact
from decisionlog.domain.facts.parts import Condition, Next, Value

BINDING: Final = frozenset(
    "approved approved-as-amended approved-with-conditions approved-in-part delegated elected ratified".split()
)
"""Outcomes by which something is to be done or holds, where the decider had been asked to decide."""
ENDS: Final = {
    "decision.superseded": "superseded",
    "decision.rescinded": "rescinded",
    "decision.lapsed": "lapsed",
    "decision.voided": "voided",
}
CONDITIONS: Final = {
    "condition.accepted": "accepted",
    "condition.refused": "refused",
    "condition.discharged": "discharged",
    "condition.failed": "failed",
    "condition.waived": "waived",
}
_TIME_IS_UP: Final = "ended"


class Subject(NamedTuple):
    """A condition that it is subject to, how that stands, and by which fact."""

    condition: Condition
    state: str
    position: int


class Owed(NamedTuple):
    """A report that was promised, whether it was made, and which fact says so."""

    report: Next
    reported: bool
    position: int


class Course(Struct):
    """The course of one decision, fact by fact."""

    begins: int = 0
    """From when it has effect."""
    now: int = 0
    """The moment up to which facts were taken in."""
    opening: Fact | None = None
    """By which it was taken; none, before it was."""
    reports: list[Owed] = field(default_factory=list)
    conditions: dict[tuple[int, str], Subject] = field(default_factory=dict)
    """By the version of the fact that states them, and their id."""
    ref: str = ""
    """The last that it was given later; empty, where it has its first."""
    value: tuple[Value, ...] | None = None
    review_by: str = ""
    until: str = ""
    call_in_until: str = ""
    binding: bool = False
    urgent: bool = False
    _answered: str = ""
    _stays: set[int] = field(default_factory=set)
    _called_in: str = ""
    _ended: str = ""
    _in_part: bool = False
    _taken_over: bool = False
    _implemented: bool = False

    @property
    def state(self) -> str:
        """How it stands: `taken`, `in force`, `awaiting ratification`, `called in`, `stayed`, `superseded` ..."""
        ways = (
            (self._ended, self._ended),
            (self._taken_over, "taken over"),
            (self._stays, "stayed"),
            (self._called_in, self._called_in),
            (not self.binding, "taken"),
            (self.unratified, "awaiting ratification"),
            (self._answered == "not ratified", "not ratified"),
            (self.now < self.begins, "taken"),
            (self._in_part, "superseded in part"),
            (self._implemented, "implemented"),
        )
        return next((state for holds, state in ways if holds), "in force")

    @property
    def unratified(self) -> bool:
        """Whether it was urgent and nobody has ratified it or declined to; also after its own time is up."""
        return self.binding and self.urgent and not self._answered and self._ended in {"", _TIME_IS_UP}

    def take_in(self, fact: Fact, *, over: bool) -> None:
        """Take in a fact, or that the time which it set is `over`."""
        if over:
            self._is_over(fact)
        elif isinstance(fact.data, DecisionTaken):
            if self.opening is None:
                self._take(fact, fact.data)
        elif self.opening is None:
            return
        elif fact.type in CONDITIONS:
            self._answer(fact)
        else:
            self._change(fact)

    def _take(self, fact: Fact, data: DecisionTaken) -> None:
        self.opening = fact
        self.binding = data.outcome in BINDING and data.asked_to in {None, "decide"}
        self.urgent = data.urgent is not None
        self.value = data.value
        self.review_by, self.until = data.review_by or "", data.until or ""
        self.call_in_until = data.call_in_until or ""
        self._promise(fact)

    def _promise(self, fact: Fact) -> None:
        """Take up the conditions and the reports that a fact sets, in the place of none of the earlier ones."""
        for condition in getattr(fact.data, "conditions", None) or ():
            self.conditions[(fact.n, condition.id)] = Subject(condition, "open", fact.position)
        promised: Iterable[Next] = getattr(fact.data, "report_to", None) or ()
        self.reports += [Owed(report, reported=False, position=fact.position) for report in promised]

    def _change(self, fact: Fact) -> None:  # noqa: C901, PLR0912 - one case for each type of fact
        data: Any = fact.data
        match fact.type:
            case "decision.ratified":
                self._answered = "ratified"
                self._promise(fact)
            case "decision.not_ratified":
                self._answered = "stands" if getattr(data, "stands", None) else "not ratified"
            case "decision.reported_back":
                self._reported(fact, getattr(data, "to", None))
            case "decision.published" if until := getattr(data, "call_in_until", None):
                self.call_in_until = until
            case "decision.called_in":
                self._called_in = "called in"
            case "decision.call_in_concluded":
                back = getattr(data, "call_in_result", None) in {"referred-back", "referred-to-council"}
                self._called_in = "referred back" if back else ""
            case "decision.stayed":
                self._stays.add(fact.n)
            case "decision.taken_over":
                self._taken_over = True
            case "decision.implemented":
                self._implemented = getattr(data, "wholly", None) is not False
            case "decision.reviewed":
                self.review_by = getattr(data, "review_by", None) or ""
            case "decision.varied":
                self._vary(fact)
            case "record.renumbered":
                self.ref = getattr(data, "ref", self.ref)
            case ended if ended in ENDS and getattr(data, "wholly", None) is False:
                self._in_part = True
            case ended if ended in ENDS:
                self._ended = ENDS[ended]
            case _:
                pass

    def _reported(self, fact: Fact, to: str | None) -> None:
        for index, owed in enumerate(self.reports):
            if to is None or owed.report.to in {None, to}:
                self.reports[index] = owed._replace(reported=True, position=fact.position)

    def _vary(self, fact: Fact) -> None:
        """A field given takes the place of the decision's own; one that is struck falls away."""
        data: Any = fact.data
        struck = set(getattr(data, "struck", None) or ())
        if getattr(data, "conditions", None) is not None or "conditions" in struck:
            self.conditions.clear()
        if getattr(data, "report_to", None) is not None or "report_to" in struck:
            self.reports.clear()
        self._promise(fact)
        given = getattr(data, "value", None)
        self.value = None if "value" in struck else self.value if given is None else given
        self.review_by = "" if "review_by" in struck else getattr(data, "review_by", None) or self.review_by
        self.until = getattr(data, "until", None) or self.until

    def _answer(self, fact: Fact) -> None:
        """What became of a condition: of the fact that `of` names, or of every one of its id where none is named."""
        named = fact.of.n if fact.of and fact.of.stream == fact.stream else None
        for (n, identity), subject in self.conditions.items():
            if identity == getattr(fact.data, "condition", None) and named in {None, n}:
                answered = subject._replace(state=CONDITIONS[fact.type], position=fact.position)
                self.conditions[(n, identity)] = answered

    def _is_over(self, fact: Fact) -> None:
        if fact.type == "decision.stayed":
            self._stays.discard(fact.n)
        elif self.opening and self.until == (getattr(fact.data, "until", None) or ""):
            self._ended = self._ended or _TIME_IS_UP
