"""What the fields and the listed words of a decision are called: as a councillor says them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from decisionlog.domain.text import visible
from decisionlog.render import words

_LABELS: Final[Mapping[str, str]] = {
    "asked_to": "Asked",
    "call_in_until": "Can be called in until",
    "consulted": "Who was consulted",
    "documents": "Documents",
    "en_bloc": "Decided together",
    "from": "Takes effect",
    "issuer": "Recorded by",
    "key": "Key decision",
    "lead": "Led by",
    "links": "Decisions that belong to it",
    "method": "How it was decided",
    "motion": "Motion",
    "next": "Whose turn is next",
    "notice": "Number of the public notice",
    "recommended_by": "Recommended by",
    "report_to": "To be reported to",
    "review_by": "To be reviewed by",
    "until": "Last day",
    "urgent": "Urgent",
    "value": "Amount",
    "votes": "How it was decided",
    "agreed_by": "agreed by",
    "covers": "items",
    "due": "by",
    "excepted": "except item",
    "ground": "because",
}
"""By the name of a field, what it is called; any other is called as everywhere."""
_SPOKEN: Final[Mapping[tuple[str, str], str]] = {
    ("asked_to", "advise"): "to advise",
    ("asked_to", "decide"): "to decide",
    ("asked_to", "note"): "to note it",
    ("binding", "body-resolution"): "by a resolution of its own body",
    ("binding", "delegated"): "under a delegation",
    ("binding", "officer-view"): "an officer\u2019s view, which does not bind it",
    ("binding", "own-authority"): "whoever spoke has it",
    ("binding", "subject-to-body"): "its own body must still agree",
    ("kind", "capital"): "capital (to buy or build something)",
    ("kind", "revenue"): "revenue (running costs)",
    ("link", "joint-with"): "made jointly with",
    ("method", "ballot"): "Ballot",
    ("method", "consensus"): "Agreed without a vote",
    ("method", "individual"): "Decided by one person",
    ("method", "vote-recorded"): "Recorded vote",
    ("method", "vote-show"): "Show of hands",
    ("method", "without-meeting"): "Decided without a meeting",
    ("method", "written-procedure"): "Decided in writing",
    ("recurrence", "one-off"): "once",
    ("recurrence", "recurrent"): "recurring",
    ("result", "majority"): "by a majority",
    ("result", "tied"): "the votes were equal",
    ("result", "unanimous"): "nobody voted otherwise",
    ("vote", "abstained"): "abstained",
    ("vote", "absent"): "absent",
    ("vote", "against"): "against",
    ("vote", "did-not-vote"): "did not vote",
    ("vote", "in-favour"): "for",
    ("vote", "recused"): "stood aside because of an interest",
}
"""By the name of a field and a word of its list, how the register says it."""
_WHETHER: Final[Mapping[tuple[str, bool], str]] = {
    ("exempt_from_call_in", True): "it cannot be called in",
    ("exempt_from_call_in", False): "it can be called in",
    ("casting", True): "with the casting vote",
    ("casting", False): "without the casting vote",
}


def label(name: str) -> str:
    """What a field is called: `key` -> `Key decision`."""
    return _LABELS.get(name) or words.label(name)


def said(name: str, word: str) -> str:
    """A word of a list, as it is said: `vote-show` -> `Show of hands`; empty where it is said as it is written."""
    return _SPOKEN.get((name, word), "")


def whether(name: str, *, is_so: bool) -> str:
    """A yes or a no as a phrase of its own; empty where it is said after the name."""
    return _WHETHER.get((name, is_so), "")


def cast(word: str) -> str:
    """How somebody voted: `in-favour` and `in_favour` -> `for`."""
    listed = word.replace("_", "-")
    return said("vote", listed) or visible(words.spoken(listed))
