"""Which fact of a scheme file is which of the log, and where the two differ."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from decisionlog.domain.answers.scheme import Change
from decisionlog.domain.facts.typed import is_commitment
from decisionlog.domain.scheme import Item, Later, Standing, Wanted
from decisionlog.questions.scheme_references import References

_AMOUNT: Final = {"amount", "currency"}
"""The fields of an amount, which is one value."""


def by_part(wanted: Iterable[Wanted]) -> Iterator[tuple[Later, list[Wanted]]]:
    """What stands in an entry or an item, key by key."""
    groups: dict[str, list[Wanted]] = {}
    for one in wanted:
        groups.setdefault(one.type, []).append(one)
    for group in groups.values():
        assert group[0].part is not None
        yield group[0].part, group


def first_of_each(group: Sequence[Wanted], part: Later, references: References) -> dict[int, Wanted]:
    """For each of several under a key, the first that says the same of the same thing and day: itself, if it alone does."""
    firsts: dict[tuple[str, str | None], Wanted] = {}
    found: dict[int, Wanted] = {}
    for one in group:
        data = references.settled(one.type, one.data)
        telling = [data.get(name) for name in part.same] if part.same else [one.on, data]
        same = (str(telling), one.effective)
        found[id(one)] = firsts.setdefault(same, one)
    return found


def pairs(group: Sequence[Wanted], items: Sequence[Item], part: Later, references: References) -> dict[int, Item]:
    """Which fact of the log each of the file is: the very same first, then by what tells them apart."""
    found: dict[int, Item] = {}
    left = list(items)
    settled = {id(one): references.settled(one.type, one.data) for one in group}

    def same(one: Wanted, item: Item) -> bool:
        return all(settled[id(one)].get(name) == item.fact.data.get(name) for name in part.same)

    def exact(one: Wanted, item: Item) -> bool:
        data = {name: value for name, value in item.fact.data.items() if name != "from"}
        wanted = {name: value for name, value in settled[id(one)].items() if name != "from"}
        return one.effective == item.fact.effective and data == wanted

    def of_that_day(one: Wanted, item: Item) -> bool:
        return same(one, item) and one.effective == item.fact.effective

    def of_an_unknown_day(one: Wanted, item: Item) -> bool:
        return same(one, item) and None in {one.effective, item.fact.effective}

    def the_only_one(_: Wanted, __: Item) -> bool:
        return part.once

    for fits in (exact, of_that_day, of_an_unknown_day, the_only_one):
        for one in group:
            item = next((item for item in left if fits(one, item)), None) if id(one) not in found else None
            if item is not None:
                found[id(one)] = item
                left.remove(item)
    return found


def differing(path: str, was: Any, now: Any) -> Iterator[Change]:
    """Where two values differ, as deep as can be said."""
    if was == now:
        return
    if isinstance(was, dict) and isinstance(now, dict) and not is_commitment(was) and now.keys() != _AMOUNT:
        for name, value in now.items():
            yield from differing(f"{path}/{name}", was.get(name), value)
    elif isinstance(was, list) and isinstance(now, list) and len(was) <= len(now) and _alike(was, now):
        for index, value in enumerate(now):
            yield from differing(f"{path}/{index}", was[index] if index < len(was) else None, value)
    else:
        yield Change(path, was, now)


def _alike(was: list[Any], now: list[Any]) -> bool:
    """Whether lists are one list with entries mended or added, and not another one."""
    return was == now[: len(was)] or len(was) == len(now)


def moved(fact: Standing, to: str | None) -> Change:
    """Another day from which a fact has effect, in the field that says it."""
    return Change("/from", fact.data["from"], to) if "from" in fact.data else Change("/on", fact.on, to)
