"""The elections of the Steering Council, out of the words in which their results are told.

An election has the day on which voting ended and no time at which the source said so: it is the truth that the
record of members (PEP 13) came to know later. Who voted is not told by name, so no decision-maker is recorded.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from people import People
from plain import Record, Unfit, recorded

_TURNOUT = re.compile(r"Of (?:the )?(\d+) eligible voters, (\d+) cast ballots")
_WINNER = re.compile(r"^\* (.+)$", re.MULTILINE)
_ROW = re.compile(r"^\| +(.+?) +\| +(\d+) +\|$", re.MULTILINE)
_RULE = re.compile(r"^\+[-+]+$", re.MULTILINE)
_HEAD = re.compile(r"^\+[=+]+$", re.MULTILINE)
_ASIDE = re.compile(r" \([^)]*\)")  # Alyssa (Nick) Coghlan


@dataclass(frozen=True)
class Election:
    """One election, and who was elected."""

    ref: str
    proposal: str
    body: str
    ended: str
    winners: tuple[str, ...]
    elected: frozenset[str]

    @property
    def stream(self) -> str:
        """The decision that it is."""
        return f"decision:{self.ref}"


def elections(records: Iterable[Record], people: People) -> list[Election]:
    """The elections among the records, by the day on which voting ended."""
    found = [_election(record, people) for record in records if record["kind"] == "election"]
    return sorted(found, key=lambda one: one.ended)


def day(words: str) -> str:
    """The civil day that is told in words: February 4, 2019."""
    try:
        return datetime.strptime(words, "%B %d, %Y").date().isoformat()  # noqa: DTZ007 - a day has no time zone
    except ValueError:
        msg = f"{words!r} is not a day such as 'February 4, 2019'"
        raise Unfit(msg) from None


def votes(election: Election, results: str) -> dict[str, Any]:
    """What is told of the votes: a ballot only where its table is whole."""
    turnout = _TURNOUT.search(results)
    eligible, cast = (int(number) for number in turnout.groups()) if turnout else (None, None)
    return recorded({"eligible": eligible, "cast": cast, "ballot": _ballot(election, results)})


def _election(record: Record, people: People) -> Election:
    winners = tuple(_ASIDE.sub("", name).strip() for name in _WINNER.findall(record["results"]))
    return Election(
        ref=f"{record['proposal']} election",
        proposal=f"proposal:{record['proposal']}",
        body=people.parties([record["body"]])[0],
        ended=day(record["voting_ended"]),
        winners=winners,
        elected=frozenset(filter(None, map(people.person, winners))),
    )


def _ballot(election: Election, results: str) -> dict[str, Any]:
    rows, rules = _ROW.findall(results), _RULE.findall(results)
    whole = len(_HEAD.findall(results)) == 1 and len(rules) == len(rows) + 1 and len(set(map(len, rules))) == 1
    if not whole:  # several tables, or one that was cut off
        return {}
    names = [_ASIDE.sub("", name) for name, _ in rows]
    chosen = [names.index(winner) for winner in election.winners if winner in names]
    return {
        "choices": [name for name, _ in rows],
        "seats": len(election.winners),
        "rounds": [{"totals": [total for _, total in rows]}],
        "chosen": sorted(chosen),
    }
