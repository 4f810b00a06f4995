"""`scheme plan`: how a scheme file differs from the log, as the facts that would be recorded.

What the file does not say is left alone. What it says otherwise of the same thing and the same day is a correction;
what it says of another day is a fact of that day.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from decisionlog.domain.answers.scheme import Change, Coming, Left, Scheme, SchemeDifference
from decisionlog.domain.facts.typed import is_withheld
from decisionlog.domain.references import split
from decisionlog.domain.refusals import Mistake
from decisionlog.domain.scheme import BY_KIND, Entry, Item, PlainWanted, Section, Standing, Wanted
from decisionlog.questions.point import Asked, Point, settle
from decisionlog.questions.scheme import facts_of, scheme_at, without_own_ref
from decisionlog.questions.scheme_growing import grown
from decisionlog.questions.scheme_matching import by_part, differing, first_of_each, moved, pairs
from decisionlog.questions.scheme_order import Planned, about, coming_of, in_order, target_of
from decisionlog.questions.scheme_references import References
from decisionlog.store.log import Log

_LONGEST_POSITION: Final = 20


def difference(
    log: Log, asked: Asked, now: datetime, file: str, wanted: Sequence[Wanted], also: Sequence[PlainWanted]
) -> SchemeDifference:
    """How a file differs from the log. Raises `BadInput` for what is not a date.

    `wanted` has every opening, and behind it the facts that stand in its entry; without a day, the log counts whole.
    """
    point = settle(log, asked, now)
    scheme = scheme_at(log, point, everything=asked.on is None)
    return _Comparing(log, point, scheme, wanted).whole(file, also)


class _Comparing:
    """One file against one log."""

    def __init__(self, log: Log, point: Point, scheme: Scheme, wanted: Sequence[Wanted]) -> None:
        self._log = log
        self._point = point
        self._scheme = scheme
        self._wanted = wanted
        self._references = References(log, scheme, (one.stream for one in wanted if one.part is None))
        self._planned: list[Planned] = []
        self._left: list[Left] = []
        self._withheld: list[str] = []
        self._twice: list[Mistake] = []
        self._agreeing = 0

    def whole(self, file: str, also: Sequence[PlainWanted]) -> SchemeDifference:
        """Compare everything."""
        inner: dict[int, list[Wanted]] = {}
        for one in self._wanted:
            inner.setdefault(id(one.parent), []).append(one)
        met: dict[str, str] = {}
        for opening in inner.pop(id(None), ()):
            stream = self._references.stream(opening.stream)
            if stream in met:
                sentence = f"is {stream} again; first at {met[stream]}. Write what is known of it in one place."
                self._twice.append(Mistake(opening.place, sentence))
                continue
            met[stream] = opening.place
            self._entry(opening, stream, inner)
        for stream, entry in self._scheme.entries.items():
            if stream not in met and entry.opening:
                self._left.append(Left(stream, entry.section, None, evidence=tuple(_positions(entry))))
        for fact in (fact for entry in self._scheme.entries.values() for fact in entry.loose):
            self._left.append(Left(fact.stream, BY_KIND[split(fact.stream)[0]], fact, evidence=(fact.position,)))
        to_come = list(self._also(also))
        return SchemeDifference(
            basis=self._scheme.basis,
            file=file,
            coming=(*(one.coming for one in self._planned), *(coming_of(one) for one in to_come)),
            left=tuple(self._left),
            agreeing=self._agreeing,
            withheld=tuple(self._withheld),
            twice=tuple(self._twice),
            plain=tuple(in_order(self._scheme, self._planned, to_come, self._log.zone)),
        )

    # One entry

    def _entry(self, opening: Wanted, stream: str, inner: Mapping[int, list[Wanted]]) -> None:
        entry = self._scheme.entries.get(stream)
        section = BY_KIND[split(stream)[0]]
        if entry is None or entry.opening is None:
            self._begin(opening, stream, section, None, inner)
            return
        lists = grown(self._references.settled(opening.type, opening.data), entry)
        self._compare(opening, lists.data, entry.opening, entry.items, section, inner)
        for part, data, on in lists.later:
            self._plan(Coming(stream, part.type, on, data, opening.place, part, section))
        if lists.covered:
            self._left = [left for left in self._left if left.fields or not lists.covered.issuperset(left.evidence)]
        if lists.left:
            fact = entry.opening.fact
            self._left.append(Left(stream, section, fact, tuple(lists.left), None, (fact.position,)))

    def _begin(
        self,
        one: Wanted,
        stream: str,
        section: Section,
        of: Standing | Planned | None,
        inner: Mapping[int, list[Wanted]],
    ) -> None:
        """A fact is to come, with everything that stands in it."""
        data = self._references.settled(one.type, one.data)
        names = of if one.part and one.part.answers else None
        target = target_of(names)
        planned = self._plan(Coming(stream, one.type, one.on, data, one.place, one.part, section, target=target), names)
        for part, group in by_part(inner.get(id(one), ())):
            firsts = first_of_each(group, part, self._references)
            for each in group:
                self._refuse_twice(each, firsts)
                self._begin(each, stream, section, planned, inner)

    def _plan(self, coming: Coming, of: Standing | Planned | None = None) -> Planned:
        planned = Planned(coming, of)
        self._planned.append(planned)
        return planned

    def _refuse_twice(self, one: Wanted, firsts: Mapping[int, Wanted]) -> None:
        """Two that say the same of the same thing are one, written twice by mistake."""
        first = firsts[id(one)]
        if first is not one:
            self._twice.append(Mistake(one.place, f"is given twice; first at {first.place}. Keep one of them."))

    def _compare(
        self,
        one: Wanted,
        data: dict[str, Any],
        item: Item,
        items: Sequence[Item],
        section: Section,
        inner: Mapping[int, list[Wanted]],
    ) -> None:
        """A fact of the file with the same fact of the log, and everything that stands in both."""
        fact = item.fact
        wanted_inside = inner.get(id(one), ())
        changes = list(self._changes(one, data, fact))
        until = one.data.get("until")
        by_ending = self._ends(one, until, item, items, section, wanted_inside)
        if until is not None and until != fact.data.get("until") and not by_ending:
            changes.append(Change("/until", fact.data.get("until"), until))
        if changes:
            self._correct(changes, fact, one, section)
        else:
            self._agreeing += 1
        self._leave_fields(one, fact, section)
        self._compare_inside(wanted_inside, items, fact, section, inner, ends=by_ending)

    def _ends(
        self,
        one: Wanted,
        until: str | None,
        item: Item,
        items: Sequence[Item],
        section: Section,
        inside: Sequence[Wanted],
    ) -> bool:
        """Whether a last day that the file gives, and the log did not foresee, is that of an ending: there, or to come."""
        fact = item.fact
        part = next((part for part in (one.part.then if one.part else section.later) if part.ends), None)
        if until is None or part is None or "until" in fact.data or any(each.part is part for each in inside):
            return False
        ending = next((each.fact for each in items if each.part is part), None)
        if ending is None:
            coming = Coming(fact.stream, part.type, until, {}, one.place, part, section, target=(fact.type, fact.data))
            self._plan(coming, fact)
        elif ending.effective != until:
            self._correct([moved(ending, until)], ending, one, section)
        return True

    def _compare_inside(
        self,
        wanted: Sequence[Wanted],
        items: Sequence[Item],
        parent: Standing,
        section: Section,
        inner: Mapping[int, list[Wanted]],
        *,
        ends: bool,
    ) -> None:
        left = list(items)
        for part, group in by_part(wanted):
            there = [item for item in left if item.part is part]
            paired = pairs(group, there, part, self._references)
            firsts = first_of_each(group, part, self._references)
            for one in group:
                found = paired.get(id(one))
                if found is None:
                    self._refuse_twice(one, firsts)
                    self._begin(one, parent.stream, section, parent, inner)
                    continue
                left.remove(found)
                data = self._references.settled(one.type, one.data)
                self._compare(one, data, found, found.then, section, inner)
        for item in left:
            if item.part and item.part.ends and ends:
                continue  # the day on which it ends is in the file, if not how
            target = (parent.type, parent.data) if item.part and item.part.answers else None
            self._left.append(Left(parent.stream, section, item.fact, (), item.part, (item.fact.position,), target))

    def _correct(self, changes: Sequence[Change], fact: Standing, one: Wanted, section: Section) -> None:
        self._plan(
            Coming(
                fact.stream, "record.corrected", None, fact.data, one.place, one.part, section,
                target=(fact.type, fact.data), changes=tuple(changes), evidence=(fact.position,),
            ),
            fact,
        )  # fmt: skip

    def _changes(self, one: Wanted, data: dict[str, Any], fact: Standing) -> Iterator[Change]:
        """Every value that the file says otherwise."""
        if one.said_on and one.on != fact.on:
            yield Change("/on", fact.on, one.on)
        if "from" not in data and not one.said_on and one.effective not in {None, fact.effective}:
            yield moved(fact, one.effective)
        for name, value in data.items():
            if name == "until":
                continue
            for change in differing(f"/{name}", fact.data.get(name), value):
                if is_withheld(change.was):
                    self._withheld.append(f"{one.place}: {change.path.lstrip('/')}")
                else:
                    yield change

    def _leave_fields(self, one: Wanted, fact: Standing, section: Section) -> None:
        fields = tuple(name for name in fact.data if name not in one.data and name != "from")
        if fields:
            self._left.append(Left(fact.stream, section, fact, fields, one.part, (fact.position,)))

    # Plain facts of `also`

    def _also(self, also: Sequence[PlainWanted]) -> Iterator[PlainWanted]:
        """Those that are to come; what the log has already agrees, and so is in the file."""
        taken: set[int] = set()
        for one in also:
            found = self._recorded(one.fact, taken)
            if found is None:
                yield one
                continue
            taken.add(found)
            self._agreeing += 1
        self._left = [left for left in self._left if left.fields or not taken.issuperset(left.evidence)]

    def _recorded(self, plain: dict[str, Any], taken: set[int]) -> int | None:
        """The position of the same fact in the log: the same type, thing, day and data."""
        type_name, data = plain.get("type"), plain.get("data", {})
        stream = about(plain)
        if not isinstance(type_name, str) or not isinstance(data, dict) or not stream:
            return None
        stream = self._references.stream(stream)
        settled = without_own_ref(stream, self._references.settled(type_name, data))
        cited = self._cited(plain)
        for fact in facts_of(self._log, stream, self._point):
            same = fact.position not in taken and (fact.type, fact.on) == (type_name, plain.get("on"))
            if same and cited in {None, fact.of} and without_own_ref(stream, fact.data) == settled:
                return fact.position
        return None

    def _cited(self, plain: Mapping[str, Any]) -> tuple[str, int] | None:
        """The fact that a plain fact names by `of`."""
        match plain.get("of"):
            case {"stream": str(stream), "n": int(n)}:
                return self._references.stream(stream), n
            case str(of) if of[:1] == "@" and of[1:].isdecimal() and len(of) < _LONGEST_POSITION:
                return self._log.stands_at(int(of[1:]))
            case str(of):
                return self._references.stream(about({**plain, "stream": of})), 1
            case _:
                return None


def _positions(entry: Entry) -> Iterator[int]:
    items = [entry.opening, *entry.items] if entry.opening else list(entry.items)
    while items:
        item = items.pop(0)
        yield item.fact.position
        items[:0] = item.then
