"""Which rules are meant: by their ids, by a range of them, by the name of their family; and what each says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import Final

from decisionlog.checks.finding import RULE_SET
from decisionlog.checks.rule import FAMILIES, Rule, rules
from decisionlog.domain.answers.checking import Explained, RuleTold
from decisionlog.domain.references import split
from decisionlog.domain.refusals import BadInput

_ID: Final = re.compile(r"gl0*(\d{1,3})", re.IGNORECASE | re.ASCII)
_ALL: Final = "all"
_NEAR: Final = 3
"""How far from a number another is offered in its place."""
_ENOUGH: Final = 4
"""Letters of a title by which a rule is offered."""
_WRITTEN: Final = "write ids (GL01), ranges (GL04-GL07) or families ({}), with commas between them"


def chosen(select: Sequence[str], ignore: Sequence[str]) -> frozenset[str]:
    """The rules that are left. Raises `BadInput` for what names no rule, with the nearest, and where none is left."""
    selected = set(_named("--select", select)) if select else set(rules())
    left = frozenset(selected - set(_named("--ignore", ignore)))
    if not left:
        msg = "No rule is left to check by: --ignore takes away every rule that there is to select."
        raise BadInput(msg)
    return left


def explained(names: Sequence[str]) -> Explained:
    """What rules say, in words. Raises `BadInput` for what names no rule."""
    return Explained(RULE_SET, tuple(told(rules()[id_]) for id_ in sorted(set(_named("--explain", names)))))


def rule_called(name: str) -> Rule:
    """The one rule of that id. Raises `BadInput` with the nearest."""
    id_ = _id(name)
    if id_ not in rules():
        raise BadInput(_no_such("", name))
    return rules()[id_]


def rule_judging(name: str, stream: str, ref: str, plurals: Mapping[str, str]) -> Rule:
    """The one rule of that id, which judges such things; `plurals` says a kind as one does of several.

    Raises `BadInput` for a rule that there is not, and for one that is about other kinds of things.
    """
    rule = rule_called(name)
    if split(stream)[0] not in rule.about:
        judged = " and ".join(plurals[one] for one in rule.about)
        msg = (
            f"{rule.id} ({rule.title}) judges {judged}, and {stream} is none. "
            f"`decisionlog check {ref}` lists what was found of it."
        )
        raise BadInput(msg)
    return rule


def told(rule: Rule) -> RuleTold:
    """A rule in words."""
    return RuleTold(**{name: getattr(rule, name) for name in RuleTold.__struct_fields__})


def _named(flag: str, written: Iterable[str]) -> Iterable[str]:
    """The rules that a flag names, each perhaps several times."""
    for text in written:
        names = [name.strip() for name in text.split(",")]
        for name in filter(None, names):
            yield from _meant(flag, name)
        if not any(names):
            msg = f"{flag} names no rule; {_WRITTEN.format(', '.join(FAMILIES))}."
            raise BadInput(msg)


def _meant(flag: str, name: str) -> list[str]:
    if name.lower() == _ALL:
        return list(rules())
    if name.lower() in FAMILIES:
        return [rule.id for rule in rules().values() if rule.family == name.lower()]
    if _id(name) in rules():
        return [_id(name)]
    first, dash, last = name.partition("-")
    if dash and _ID.fullmatch(first) and _ID.fullmatch(last):
        return _between(flag, _id(first), _id(last))
    raise BadInput(_no_such(flag, name))


def _between(flag: str, first: str, last: str) -> list[str]:
    """The rules of a range. Raises `BadInput` where it runs backwards or holds none."""
    if first > last:
        msg = f"{flag} {first}-{last} runs backwards; write {last}-{first}."
        raise BadInput(msg)
    found = [id_ for id_ in rules() if first <= id_ <= last]
    if not found:
        msg = f"{flag} {first}-{last} holds no rule; they go from {min(rules())} to {max(rules())}."
        raise BadInput(msg)
    return found


def _id(name: str) -> str:
    """The id as it is written in full: `gl4` -> `GL04`; anything else as it is."""
    found = _ID.fullmatch(name.strip())
    return f"GL{int(found[1]):02}" if found else name


def _no_such(flag: str, name: str) -> str:
    hint = f"Did you mean {near}?" if (near := _nearest(name)) else f"They go from {min(rules())} to {max(rules())}."
    where = f"{flag} names '{name[:40]}', which is no rule." if flag else f"'{name[:40]}' is no rule."
    return f"{where} {hint} `decisionlog check --explain all` tells every rule."


def _nearest(name: str) -> str:
    """The rule whose number is near, else a family, else the rule whose title has these words, or nearly."""
    if number := _ID.fullmatch(name):
        away = {abs(int(id_.removeprefix("GL")) - int(number[1])): id_ for id_ in rules()}
        return away[min(away)] if min(away) <= _NEAR else ""
    words = name.lower().replace("-", " ")
    if family := get_close_matches(words, FAMILIES, n=1, cutoff=0.8):
        return family[0]
    titles = {rule.title.lower(): f"{rule.id} ({rule.title})" for rule in rules().values()}
    meant = [title for title in titles if len(words) >= _ENOUGH and words in title]
    meant = meant or get_close_matches(words, titles, n=1, cutoff=0.6)
    return titles[meant[0]] if meant else ""
