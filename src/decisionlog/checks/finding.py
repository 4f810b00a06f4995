"""What a rule found: one sentence, the facts that trip it, and from when until when it is so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Final

from msgspec import Struct

from decisionlog.domain.days import OPEN_END
from decisionlog.domain.saying import Said

RULE_SET: Final = "england-2026.3"
"""The rules as a whole: an answer says by which set it was judged. It changes with any rule."""


class Severity(StrEnum):
    """How grave a finding is, the gravest first."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Status(StrEnum):
    """What became of a finding. An answered one stays visible; when a waiver ends, it is open again; over is what was so."""

    OPEN = "open"
    EXPLAINED = "explained"
    ACCEPTED = "accepted"
    WAIVED = "waived"
    OVER = "over"


class Tripped(Struct, frozen=True):
    """What one rule has to say of its subject. A rule yields one of these for each thing that does not add up."""

    said: Said
    """What is possibly irregular, without the word *possible* and without a full stop."""
    evidence: tuple[int, ...]
    """Positions of the facts that trip the rule, never none."""
    since: int
    """The moment from which it is so: of a flaw in an act, the act; of something overdue, the day it fell due."""
    until: int = OPEN_END
    """The first moment at which it is so no longer. A flaw in an act has no end; what is overdue ends when it is done."""
    severity: Severity | None = None
    """Where it differs from that of the rule."""
    evidenced: bool = True
    """False: the rule could not be judged, since something that it needs is not recorded; `said` names what."""


class Ended(Struct, frozen=True):
    """Somebody ended a waiver."""

    by: str
    """As of an answer."""
    on: str
    position: int


class Answer(Struct, frozen=True):
    """Somebody explained, accepted or waived a finding."""

    status: Status
    by: str
    """The person, else the organisation on whose behalf, else the decision by which; empty where it is not recorded."""
    on: str
    review_by: str
    position: int
    from_: int
    until: int
    """From when until when it holds."""
    ended: Ended | None = None
    """What ended it before its own end, if it has one."""


class Finding(Struct, frozen=True):
    """One finding, with how it was answered."""

    rule: str
    version: int
    """Of the rule."""
    severity: Severity
    subject: str
    said: Said
    evidence: tuple[int, ...]
    since: int
    until: int
    evidenced: bool
    answers: tuple[Answer, ...] = ()

    def holds(self, moment: int) -> bool:
        """Whether it is so at a moment."""
        return self.since <= moment < self.until

    def is_over(self, moment: int) -> bool:
        """Whether it was so before a moment, and no longer is."""
        return self.until <= moment

    def answered(self, moment: int) -> Answer | None:
        """The last answer to it that holds at a moment."""
        return next((one for one in reversed(self.answers) if one.from_ <= moment < one.until), None)

    def status(self, moment: int) -> Status:
        """How it stands at a moment, whatever was said to it where it is over."""
        if self.is_over(moment):
            return Status.OVER
        answer = self.answered(moment) if self.answers else None
        return answer.status if answer else Status.OPEN


class Judged(Struct, frozen=True):
    """What was found of one subject, and what was looked at for it."""

    subject: str
    findings: tuple[Finding, ...]
    looked_at: Mapping[str, int]
    """In words; and each with the moment before which what is new of it would have mattered."""


_GRAVEST_FIRST: Final = list(Severity)


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """The gravest first; then by rule, and in the order in which they came about."""
    return sorted(findings, key=lambda one: (_GRAVEST_FIRST.index(one.severity), one.rule, one.since, one.evidence))
