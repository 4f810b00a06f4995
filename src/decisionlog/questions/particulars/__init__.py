"""What the lines of a list say beyond name and state: of an action who does it by when, of a proposal what was decided."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from decisionlog.domain.answers.things import Particulars
from decisionlog.questions.particulars.asking import Asking
from decisionlog.questions.particulars.of_authority import of_bodies, of_delegations, of_instruments, of_organisations
from decisionlog.questions.particulars.of_business import (
    of_actions,
    of_decisions,
    of_disagreements,
    of_meetings,
    of_proposals,
)

__all__ = ["WORDS_OF_STATE", "Asking", "particulars"]

WORDS_OF_STATE: Final = frozenset({"open", "overdue", "minutes unconfirmed", "decided", "in force", "not yet in force"})
"""Words by which the state of a thing may be asked for, beside those of the facts."""


def particulars(asking: Asking, kind: str) -> dict[str, Particulars]:
    """By stream, what more is to be said of each of these things; nothing of most kinds."""
    return dict(_OF_KIND[kind](asking)) if kind in _OF_KIND and asking.things else {}


_OF_KIND: Final[Mapping[str, Callable[[Asking], Iterator[tuple[str, Particulars]]]]] = {
    "action": of_actions,
    "disagreement": of_disagreements,
    "meeting": of_meetings,
    "proposal": of_proposals,
    "decision": of_decisions,
    "delegation": of_delegations,
    "instrument": of_instruments,
    "body": of_bodies,
    "organisation": of_organisations,
}
