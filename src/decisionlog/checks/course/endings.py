"""When a decision, a delegation, an instrument, a body or a fund came to its end, so that nothing more is owed by it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from decisionlog.checks.record import Record, Told
from decisionlog.domain.days import OPEN_END
from decisionlog.domain.facts.body import BodyConstituted, BodyDissolved
from decisionlog.domain.facts.decision import (
    DecisionLapsed,
    DecisionNotRatified,
    DecisionRescinded,
    DecisionSuperseded,
    DecisionTaken,
    DecisionTakenOver,
    DecisionVaried,
    DecisionVoided,
)
from decisionlog.domain.facts.delegation import (
    DelegationContinued,
    DelegationGranted,
    DelegationLapsed,
    DelegationRevoked,
    DelegationVaried,
)
from decisionlog.domain.facts.envelope import Data
from decisionlog.domain.facts.fund import FundClosed, FundEstablished
from decisionlog.domain.facts.instrument import (
    InstrumentAdopted,
    InstrumentAmended,
    InstrumentEnded,
    InstrumentReplaced,
)
from decisionlog.domain.references import split

_Types = tuple[type[Data], ...]

_ENDINGS: Final[Mapping[str, _Types]] = {
    "decision": (
        DecisionSuperseded,
        DecisionRescinded,
        DecisionLapsed,
        DecisionVoided,
        DecisionTakenOver,
        DecisionNotRatified,
    ),
    "delegation": (DelegationRevoked, DelegationLapsed, DelegationContinued),
    "instrument": (InstrumentReplaced, InstrumentEnded),
    "body": (BodyDissolved,),
    "fund": (FundClosed,),
}
_SETTING_A_TERM: Final[Mapping[str, _Types]] = {
    "decision": (DecisionTaken, DecisionVaried),
    "delegation": (DelegationGranted, DelegationVaried),
    "instrument": (InstrumentAdopted, InstrumentAmended),
    "body": (BodyConstituted,),
    "fund": (FundEstablished,),
}


def end_of(record: Record, stream: str) -> int:
    """The first moment at which a thing no longer holds, by an act or because its time is up; `OPEN_END`, where it goes on."""
    return min([ended_by_act(record, stream), *_term(record, record.of(stream), split(stream)[0])])


def ended_by_act(record: Record, stream: str) -> int:
    """The same where only acts count: what was owed when its time was up is still owed."""
    told = record.of(stream)
    acts = (act for type_ in _ENDINGS[split(stream)[0]] for act in told.all(type_) if _ends_it(told, act.data))
    return min((record.effect(act) for act in acts), default=OPEN_END)


def _term(record: Record, told: Told, kind: str) -> Iterator[int]:
    """When its own time is up, by what was last said of that."""
    until = None
    for act in (act for type_ in _SETTING_A_TERM[kind] for act in told.all(type_)):
        struck = "until" in (getattr(act.data, "struck", None) or ())
        until = None if struck else getattr(act.data, "until", None) or until
    over = record.moment(until)
    if over is not None:
        yield over


def _ends_it(told: Told, data: Any) -> bool:
    """Whether it ends the whole thing for everybody."""
    match data:
        case DecisionNotRatified():
            return data.stands is not True
        case DelegationContinued():
            return bool(data.continued_into)
        case DelegationRevoked():
            granted = told.first(DelegationGranted)
            givers = set(granted.data.on_behalf_of or ()) if granted else set()
            return not data.on_behalf_of or (bool(givers) and givers <= set(data.on_behalf_of))
        case _:
            return getattr(data, "wholly", None) is not False
