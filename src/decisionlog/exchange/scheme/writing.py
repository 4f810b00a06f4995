"""The scheme as the log has it, as a file that a person would like to read; read again, it differs in nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from msgspec import Struct

from decisionlog.domain.answers.scheme import Scheme
from decisionlog.domain.days import day_before
from decisionlog.domain.facts import TYPES
from decisionlog.domain.facts.parts import Limit, Money
from decisionlog.domain.facts.shape import FieldShape, fields_of
from decisionlog.domain.facts.typed import is_withheld
from decisionlog.domain.references import fold, split
from decisionlog.domain.scheme import SECTIONS, Entry, Item, Later, Section, Standing
from decisionlog.exchange.scheme.keys import BY_KIND, FROM, LAST_DAY, ON, SHORTER, UNDER
from decisionlog.exchange.scheme.reading import ALSO, WRITTEN
from decisionlog.exchange.scheme.shorthand import TELLING, said_limit, said_money
from decisionlog.exchange.yaml_text import yaml_lines

_NOT_THERE: Final = object()


def scheme_lines(scheme: Scheme) -> Iterator[str]:
    """The lines of the file."""
    basis = scheme.basis
    at = "with everything in it" if scheme.whole else f"as at {basis.as_at}"
    clock = "the clocks of the sources" if basis.clock == "source" else "the clock of this log"
    yield f"# The scheme of {basis.log}, {at}, as known on {basis.known_at},"
    yield f"# by {clock}: {basis.position:,} facts."
    if scheme.unread:
        yield f"# {scheme.unread} facts of a kind that this version does not know are not in it."
    if len(scheme.said_on) == 1:
        yield from yaml_lines({WRITTEN: next(iter(scheme.said_on))})
    elif scheme.said_on:
        yield f"# Its facts were first said on {len(scheme.said_on)} different days, which are not in it."
    if not scheme.entries:
        yield f"{SECTIONS[0].key}: {{}}"
    writing = _Writing(scheme.names)
    for section in SECTIONS:
        entries = [entry for entry in scheme.entries.values() if entry.section is section and entry.opening]
        if entries:
            yield ""
            yield from writing.section(section, entries)
    loose = [fact for entry in scheme.entries.values() for fact in entry.loose]
    if plain := [writing.plain(fact) for fact in loose if not is_withheld(fact.data)]:
        yield ""
        yield from yaml_lines({ALSO: plain})


class _Writing:
    def __init__(self, names: Mapping[str, frozenset[str]]) -> None:
        self._names = names

    def section(self, section: Section, entries: Iterable[Entry]) -> Iterator[str]:
        """One section, entry by entry; where nothing is known of any but its key, the keys alone."""
        written = {split(entry.stream)[1]: self._entry(entry) for entry in entries}
        yield f"{section.key}:"
        if any(written.values()):
            for key, value in written.items():
                yield from yaml_lines({key: value}, 2)
        else:
            yield from (f"  - {line.removesuffix(': {}')}" for key in written for line in yaml_lines({key: {}}))

    def plain(self, fact: Standing) -> dict[str, Any]:
        """A fact that no key says."""
        of = {"of": {"stream": fact.of[0], "n": fact.of[1]}} if fact.of else {}
        on = {ON: fact.on} if fact.on else {}
        return {"type": fact.type, "stream": fact.stream, **on, **of, "data": fact.data}

    def _entry(self, entry: Entry) -> Any:
        assert entry.opening is not None
        value = self._fact(entry.opening.fact)
        value |= self._items(entry.section.later, entry.items)
        return value["name"] if value.keys() == {"name"} and isinstance(value["name"], str) else value

    def _items(self, parts: Iterable[Later], items: Iterable[Item]) -> dict[str, Any]:
        """What stands in an entry or an item, under its keys in the order of the table."""
        under: dict[str, list[Any]] = {part.key: [] for part in parts}
        once: set[str] = set()
        for item in items:
            assert item.part is not None
            if not _can_be_said(item.fact):
                continue
            value = self._fact(item.fact) | self._items(item.part.then, item.then)
            short = item.part.short
            under[item.part.key].append(
                value[short] if short and value.keys() == {short} and isinstance(value[short], str) else value
            )
            once |= {item.part.key} if item.part.once else set()
        return {
            key: values[0] if key in once and len(values) == 1 else values for key, values in under.items() if values
        }

    def _fact(self, fact: Standing) -> dict[str, Any]:
        model = TYPES[fact.type]
        data = dict(fact.data)
        from_ = data.pop(FROM, None)
        value = self._struct(model, data)
        days: dict[str, Any] = {}
        if from_ is not None:
            days = {FROM: from_, **({ON: fact.on} if fact.on and fact.on != from_ else {})}
        elif fact.on is not None:
            days = {FROM if FROM in fields_of(model) else ON: fact.on}
        last: dict[str, Any] = {key: value.pop(key) for key in ("until", LAST_DAY) if key in value}
        telling = {key: value.pop(key) for key in [*value] if key in {"version", "name", *BY_KIND, *_KINDS, "holder"}}
        return {**telling, **days, **last, **value}

    def _struct(self, model: type[Struct], data: Mapping[str, Any]) -> dict[str, Any]:
        """The fields of a type or a part under their keys, in the order of its page; what is withheld is left out."""
        value: dict[str, Any] = {}
        fields = fields_of(model)
        for name, shape in fields.items():
            if name not in data or is_withheld(data[name]):
                continue
            written = self._field(shape, data[name])
            if name == "instrument" or (name == "clause" and "instrument" in fields):
                value[UNDER] = _under(data, self._reference(fields["instrument"], data.get("instrument")))
            elif name == "until":
                value |= _last_day(written)
            elif name in BY_KIND and isinstance(written, str):
                kind, key = split(data[name])
                value[kind if kind in BY_KIND[name] else name] = key if kind in BY_KIND[name] else written
            else:
                value[SHORTER.get(name, name)] = written
        return value

    def _field(self, shape: FieldShape, value: Any) -> Any:
        if not isinstance(value, list):
            return self._one(shape, value)
        items = [self._one(shape, item) for item in value]
        alone = len(items) == 1 and not isinstance(items[0], (dict, list)) and items[0] != "none"
        return items[0] if alone else items or "none"

    def _one(self, shape: FieldShape, value: Any) -> Any:
        if shape.meaning == "ref":
            return self._reference(shape, value)
        if shape.part is None or shape.meaning != "part" or not isinstance(value, dict):
            return value
        return self._part(shape.part, value)

    def _part(self, part: type[Struct], value: dict[str, Any]) -> Any:
        said = said_money(value) if part is Money else said_limit(value) if part is Limit else None
        if said is not None:
            return said
        written = self._struct(part, value)
        telling = TELLING.get(part)
        if telling and written.keys() == {telling} and not isinstance(written[telling], (dict, list)):
            return written[telling]
        return written

    def _reference(self, shape: FieldShape, value: Any) -> Any:
        """A reference without its kind, where it can mean one thing only."""
        if not isinstance(value, str):
            return value
        _, key = split(value)
        meant = [kind for kind in shape.kinds if self._names.get(f"{kind}:{fold(key)}")]
        one = len(shape.kinds) == 1 or (len(meant) == 1 and set(shape.kinds) <= _SECTION_KINDS)
        return key if one and not split(key)[0] else value


_SECTION_KINDS: Final = frozenset(section.kind for section in SECTIONS)
_KINDS: Final = frozenset(kind for kinds in BY_KIND.values() for kind in kinds)


def _under(data: Mapping[str, Any], instrument: Any) -> Any:
    if "clause" not in data or is_withheld(data["clause"]):
        return instrument
    return {"instrument": instrument, "clause": data["clause"]} if instrument else {"clause": data["clause"]}


def _last_day(until: Any) -> dict[str, Any]:
    last = day_before(until)
    return {LAST_DAY: last} if last else {"until": until}


def _can_be_said(fact: Standing) -> bool:
    """Whether everything can be opened without which the fact would say nothing."""
    required = (name for name, shape in fields_of(TYPES[fact.type]).items() if shape.required)
    return not any(is_withheld(fact.data.get(name)) for name in required)
