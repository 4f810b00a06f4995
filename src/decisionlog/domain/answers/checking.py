"""What `check` answers: findings, each with its rule, its facts and what people answered to it; and a rule explained."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from msgspec import Struct, field

from decisionlog.domain.answers.basis import Basis
from decisionlog.domain.saying import Said

SEVERITIES: Final = ("error", "warning", "info")
"""How grave a finding is, the gravest first. What is not evidenced counts as `info`."""
OVER: Final = "over"
STATUSES: Final = ("open", "explained", "accepted", "waived", OVER)
"""What became of a finding."""


class RuleTold(Struct, frozen=True):
    """A rule in words."""

    id: str
    title: str
    severity: str
    version: int
    about: tuple[str, ...]
    """The kinds of the things that it judges."""
    rule: str
    why: str
    example: str
    put_right: str
    source: str
    verified: bool
    """The source was read for this rule."""


class EndTold(Struct, frozen=True):
    """Somebody ended a waiver before its own end."""

    by: str
    """As of an answer."""
    on: str
    reason: str
    position: int


class AnswerTold(Struct, frozen=True):
    """Somebody explained, accepted or waived a finding."""

    status: str
    by: str
    """The person, else the organisation on whose behalf, else the decision by which; empty where it is not recorded."""
    on: str
    """The day of the act; empty where it is not recorded."""
    reason: str
    """In the words of whoever answered; empty where none is recorded, `withheld` where it is not opened here."""
    review_by: str
    until: str
    """The first moment at which it holds no longer; empty where it has no end."""
    holds: bool
    """It holds at the moment asked about."""
    position: int
    is_over: bool = False
    """It held before the moment asked about, and no longer does."""
    review_is_over: bool = False
    """The day by which it was to be looked at again had passed by then."""
    ended: EndTold | None = None
    """What ended it, where it is over and had not come to its own end."""


class FindingTold(Struct, frozen=True):
    """One finding, as it stands at the moment asked about."""

    rule: str
    version: int
    """Of the rule."""
    title: str
    severity: str
    """As it counts: that of the rule, or `info` where the rule could not be judged."""
    subject: str
    said: Said
    """The sentence, which begins with *possible:* or *not evidenced:*."""
    source: str
    evidence: tuple[int, ...]
    """The fact at fault first."""
    status: str
    evidenced: bool
    since: str
    """The day, or the time, from which it is so."""
    until: str
    """The first moment at which it is so no longer; empty where no end is known."""
    answers: tuple[AnswerTold, ...] = ()
    """In the order of the acts; the last that holds gives the status."""

    @property
    def is_open(self) -> bool:
        """It is so, and nobody explained, accepted or waived it."""
        return self.status == "open"

    @property
    def is_over(self) -> bool:
        """It was so, and is so no longer."""
        return self.status == OVER

    def at_or_above(self, severity: str) -> bool:
        """Whether it is at least so grave."""
        return SEVERITIES.index(self.severity) <= SEVERITIES.index(severity)


class Checked(Struct, frozen=True):
    """What `check` answers, the gravest first."""

    basis: Basis
    items: tuple[FindingTold, ...]
    rules: Mapping[str, RuleTold]
    """The rules by which it was judged."""
    names: Mapping[str, str]
    judged: int
    """How many things were judged."""
    about: str = ""
    """The thing that was asked about; empty where everything was."""
    narrowed: tuple[str, ...] = ()
    """The flags by which findings were left out, as they were written."""
    left_out: int = 0
    """How many findings they left out."""
    on_record_from: str = ""
    """Where nothing was on record by the day asked about: from when something is; else empty."""
    today_as_known_before: bool = False
    """It is asked of now by what was known before: what was done since is not known to the answer."""

    def failing(self, severity: str) -> tuple[FindingTold, ...]:
        """The open findings that are at least so grave."""
        return tuple(one for one in self.items if one.is_open and one.at_or_above(severity))


class Explained(Struct, frozen=True):
    """What `check --explain` answers."""

    rules: str
    """The rule set."""
    items: tuple[RuleTold, ...] = field(default=())
