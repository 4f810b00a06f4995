"""How a vote went, in lines: how many voted how, and who."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

from markupsafe import Markup, escape

from decisionlog.render import plain_words
from decisionlog.render.site import values
from decisionlog.render.words import NOT_RECORDED

if TYPE_CHECKING:
    from decisionlog.render.site.telling import Telling

_ALWAYS_COUNTED: Final = ("in_favour", "against", "abstained")
"""The votes of which it is said that they are not recorded, where others are."""
_TOLD: Final = frozenset({"result", "counts", "named"})


def lines(t: Telling, method: str, votes: Mapping[str, Any]) -> Iterator[Markup]:
    """`Show of hands: 5 for, 1 against, 0 abstained`; then those who are named, by how they voted."""
    named = _by_vote(votes.get("named", ()))
    counts: Mapping[str, int] = votes.get("counts") or {}
    how = plain_words.said("method", method) or (plain_words.label(method) if method else "Vote")
    told = _counted(counts) if counts else _named_only(named)
    result = plain_words.said("result", votes.get("result", ""))
    yield escape(f"{how}: {told or result or NOT_RECORDED}{f', {result}' if told and result else ''}")
    for vote, cast in named.items():
        who = Markup(", ").join(_voter(t, one) for one in cast)
        yield Markup("{}: {}").format(plain_words.cast(vote).capitalize(), who)
    for name, given in votes.items():
        if name not in _TOLD:
            yield Markup("{}: {}").format(plain_words.label(name), values.value(t, given, name))


def _counted(counts: Mapping[str, int]) -> str:
    known: dict[str, int | None] = {**dict.fromkeys(_ALWAYS_COUNTED), **counts}
    return ", ".join(
        f"{plain_words.cast(vote)}: {NOT_RECORDED}" if number is None else f"{number:,} {plain_words.cast(vote)}"
        for vote, number in known.items()
    )


def _named_only(named: Mapping[str, list[Mapping[str, Any]]]) -> str:
    """How many are named, where no count is recorded."""
    return ", ".join(f"{len(cast):,} {plain_words.cast(vote)}" for vote, cast in named.items())


def _by_vote(named: Any) -> dict[str, list[Mapping[str, Any]]]:
    found: dict[str, list[Mapping[str, Any]]] = {}
    for one in named:
        found.setdefault(one["vote"], []).append(one)
    return found


def _voter(t: Telling, one: Mapping[str, Any]) -> Markup:
    """Who cast a vote, and for whom."""
    partners = one.get("on_behalf_of", ())
    who = t.thing(one["by"]) if "by" in one else t.things(partners, f"somebody who is {NOT_RECORDED}")
    rest = {name: given for name, given in one.items() if name not in {"vote", "by", "on_behalf_of"}}
    more = [Markup("for {}").format(t.things(partners))] if partners and "by" in one else []
    more += [values.part(t, name, given) for name, given in rest.items()]
    return Markup("{} ({})").format(who, Markup(", ").join(more)) if more else who
