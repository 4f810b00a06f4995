"""Whether what was to be reviewed by a day was reviewed by then: a delegation, terms, an instrument, a fund, a decision."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any, Final

from decisionlog.checks.course.endings import end_of
from decisionlog.checks.course.order import after, of_effect
from decisionlog.checks.finding import Tripped
from decisionlog.checks.record import Act, Record, Told
from decisionlog.domain.days import OPEN_END
from decisionlog.domain.facts.body import BodyTermsAdopted
from decisionlog.domain.facts.decision import DecisionReviewed, DecisionTaken, DecisionVaried
from decisionlog.domain.facts.delegation import DelegationGranted, DelegationReviewed, DelegationVaried
from decisionlog.domain.facts.envelope import Data
from decisionlog.domain.facts.fund import FundEstablished
from decisionlog.domain.facts.instrument import InstrumentAdopted, InstrumentAmended
from decisionlog.domain.references import split
from decisionlog.domain.saying import Day, Said

_BEGINNING_ANEW: Final[Mapping[str, tuple[type[Data], ...]]] = {
    "decision": (DecisionTaken, DecisionReviewed),
    "delegation": (DelegationGranted, DelegationReviewed),
    "instrument": (InstrumentAdopted,),
    "body": (BodyTermsAdopted,),
    "fund": (FundEstablished,),
}
"""After one of these no review is due but the one that it sets itself."""
_CHANGING: Final[Mapping[str, tuple[type[Data], ...]]] = {
    "decision": (DecisionVaried,),
    "delegation": (DelegationVaried,),
    "instrument": (InstrumentAmended,),
    "body": (),
    "fund": (),
}
"""One of these changes the day only where it says so."""
_WHOSE: Final = {"body": "the review of its terms of reference"}


def review_overdue(record: Record, subject: str) -> Iterator[Tripped]:
    """GL33: the day by which it was to be reviewed had passed, with no review and no new day."""
    kind = split(subject)[0]
    ended = end_of(record, subject)
    for act, following in pairwise([*_setting(record, record.of(subject), kind), None]):
        assert act is not None
        since = after(record, act.data.review_by)
        until = min(ended, of_effect(record, following).first if following else OPEN_END)
        if since is not None and since < until:
            until = min(ended, record.effect(following)) if following else ended
            said: Said = (
                _WHOSE.get(kind, "its review"),
                " was due by ",
                Day(act.data.review_by),
                ", and none is recorded by then",
            )
            yield Tripped(said, (act.position,), since, until)


def _setting(record: Record, told: Told, kind: str) -> list[Act[Any]]:
    """The facts that set the day of the next review, or end that it is due, in the order of their effect."""
    setting: list[Act[Any]] = [act for type_ in _BEGINNING_ANEW[kind] for act in told.all(type_)]
    changing: list[Act[Any]] = [act for type_ in _CHANGING[kind] for act in told.all(type_)]
    setting += [
        act for act in changing if act.data.review_by or "review_by" in (getattr(act.data, "struck", None) or ())
    ]
    return sorted(setting, key=lambda one: (record.effect(one), one.position))
