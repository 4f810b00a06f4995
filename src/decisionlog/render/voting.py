"""How a vote went as text: how many voted how, then who, by how they voted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from decisionlog.render import plain_words
from decisionlog.render.words import NOT_RECORDED, all_called, called, listed_in_words, spoken, value_in_words

_TOLD: Final = frozenset({"result", "counts", "named"})
_OF_THE_VOTER: Final = frozenset({"vote", "by", "on_behalf_of", "casting"})

Names = Mapping[str, str]


def votes_in_words(votes: Mapping[str, Any], names: Names) -> Iterator[str]:
    """`5 in favour, 1 against, by a majority`; then `In favour: Martin Ellery and Gareth Pugh`, a line for each way."""
    counts = [f"{number:,} {_way(vote)}" for vote, number in (votes.get("counts") or {}).items()]
    result = plain_words.said("result", votes.get("result", "")) or spoken(votes.get("result", ""))
    if told := ", ".join(filter(None, [*counts, result])):
        yield told[:1].upper() + told[1:]
    for way, voters in _by_way(votes.get("named", ())).items():
        yield f"{way}: {listed_in_words([_voter(one, names) for one in voters])}"
    for name, given in votes.items():
        if name not in _TOLD:
            yield value_in_words({name: given}, names)


def _by_way(named: Any) -> dict[str, list[Mapping[str, Any]]]:
    """Those who are named, by how they voted; a casting vote is one of its own."""
    found: dict[str, list[Mapping[str, Any]]] = {}
    for one in named:
        way = _way(one["vote"])
        way = f"casting vote {way}" if one.get("casting") else way
        found.setdefault(way[:1].upper() + way[1:], []).append(one)
    return found


def _way(vote: str) -> str:
    """`in_favour` and `in-favour` -> `in favour`."""
    return spoken(vote.replace("_", "-"))


def _voter(one: Mapping[str, Any], names: Names) -> str:
    """Who cast a vote, for whom, and what else is recorded of it."""
    partners = one.get("on_behalf_of", ())
    who = called(one["by"], names) if "by" in one else all_called(partners, names)
    who = who if who != NOT_RECORDED else f"somebody who is {NOT_RECORDED}"
    rest = {name: given for name, given in one.items() if name not in _OF_THE_VOTER}
    more = [f"for {all_called(partners, names)}"] if partners and "by" in one else []
    more += [value_in_words(rest, names)] if rest else []
    return f"{who} ({', '.join(more)})" if more else who
