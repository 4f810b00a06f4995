"""`scheme plan` as text: what would be recorded, thing by thing, in words; then what the file does not say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any, Final

from msgspec import Struct

from decisionlog.domain.answers.scheme import Change, Coming, Left, SchemeDifference
from decisionlog.domain.facts import OPENING, TYPES
from decisionlog.domain.facts.shape import FieldShape, at, fields_of
from decisionlog.domain.facts.terms import Rung
from decisionlog.domain.facts.typed import is_commitment
from decisionlog.domain.money import money
from decisionlog.domain.references import split
from decisionlog.domain.scheme import effective
from decisionlog.domain.text import visible
from decisionlog.render.page import Page
from decisionlog.render.words import (
    WITHHELD,
    counted,
    label,
    last_day,
    legal_basis,
    limit,
    positions,
    resting_on,
    spoken,
    when,
)

_PHRASES: Final[Mapping[str, tuple[str, str]]] = {
    "organisation.renamed": ("called", "name"),
    "organisation.coded": ("coded", "codes"),
    "organisation.related": ("", "relation"),
    "organisation.relation_ended": ("no longer", "relation"),
    "organisation.succeeded": ("succeeded by", "successors"),
    "organisation.dissolved": ("ended", ""),
    "place.redrawn": ("redrawn", ""),
    "function.duty_placed": ("duty of", "holder"),
    "function.duty_ended": ("no longer the duty of", "holder"),
    "person.renamed": ("called", "name"),
    "person.affiliated": ("works for", "employers"),
    "post.renamed": ("called", "name"),
    "post.filled": ("held by", "person"),
    "post.vacated": ("no longer held by", "person"),
    "post.abolished": ("abolished", ""),
    "body.renamed": ("called", "name"),
    "body.parents_changed": ("other parents", ""),
    "body.terms_adopted": ("terms", "version"),
    "body.member_appointed": ("member", "member"),
    "body.member_ended": ("no longer a member:", "member"),
    "body.dissolved": ("dissolved", ""),
    "body.reconstituted": ("set up again", ""),
    "instrument.amended": ("amended", ""),
    "instrument.parties_changed": ("other parties", ""),
    "instrument.replaced": ("replaced by", "replaced_by"),
    "instrument.ended": ("ended", ""),
    "delegation.varied": ("varied", ""),
    "delegation.suspended": ("suspended", ""),
    "delegation.resumed": ("resumed", ""),
    "delegation.consented": ("consent to", "delegation"),
    "delegation.revoked": ("revoked", ""),
    "delegation.continued": ("continued", ""),
    "delegation.lapsed": ("lapsed", ""),
    "fund.closed": ("closed", ""),
    "interest.ended": ("ended", ""),
}
"""How a fact is told: its words, and the field that they speak of (of an ending, a field of what it ends)."""

_BARE: Final = frozenset(
    "name kind level basis role position money function partner parent clause words members rule scheme code organisation "
    "title holder".split()
)
"""Fields that need no name before their value."""
_LABELS: Final = {
    "on_behalf_of": "for", "quorum_rule": "quorum", "from": "from", "delegates": "to", "deputies_count": "deputies count",
    "recused_count": "the recused count", "instrument": "under", "meets_in_public": "meets in public", "uri": "at",
}  # fmt: skip
_TOLD_ABOVE: Final[Mapping[str, frozenset[str]]] = {
    "organisation.related": frozenset({"to"}),
    "delegation.granted": frozenset({"delegator", "delegates"}),
    "interest.registered": frozenset({"by"}),
}
"""Fields that stand in the words already."""
_MOST: Final = 100
"""Letters of prose that a plan shows."""
_MOST_CORRECTIONS: Final = 20
"""Corrections that are listed before they are recorded."""
_ON_ONE_LINE: Final = 6
"""A fact with more fields has a line for each."""


def scheme_difference(answer: SchemeDifference, page: Page) -> Iterator[str]:
    """What is to come, what is left alone, how many, and what it rests on."""
    for _, group in groupby(answer.coming, key=lambda one: one.section and one.section.key):
        for one in group:
            yield from _told(one, page)
        yield ""
    if answer.left:
        yield from page.heading("In the log, not in the file; it is left alone:")
        for text in _all_left(answer.left):
            yield from page.paragraph(text, indent=2, hang=4)
        yield ""
    for withheld in answer.withheld:
        yield from page.paragraph(f"Not compared, since the log can no longer open it: {visible(withheld)}")
    yield from page.paragraph(summary(answer))
    if any(one.changes for one in answer.coming):
        yield from page.paragraph(
            "~ corrects: it says that the record was wrong. What changed since goes under a key of its own, with its day "
            "(renamed, varied, terms, ended ...)."
        )
    yield from page.paragraph(resting_on(answer.basis))


def summary(answer: SchemeDifference) -> str:
    """How much differs, in a sentence."""
    if not answer.coming:
        return f"No difference: the log has everything that {visible(answer.file)} says ({counted(answer.agreeing, 'fact')})."
    corrections = sum(bool(one.changes) for one in answer.coming)
    new = len(answer.coming) - corrections
    kinds = Counter(one.stream.partition(":")[0] for one in answer.coming if one.type in OPENING)
    opened = f" (of which {counted(sum(kinds.values()), 'opens', 'open')} something new)" if kinds else ""
    parts = [
        *([f"{counted(new, 'fact')} to come{opened}"] if new else []),
        *([f"{counted(corrections, 'correction')}{' to come' if not new else ''}"] if corrections else []),
    ]
    agreeing = f"; {counted(answer.agreeing, 'fact agrees', 'facts agree')} already" if answer.agreeing else ""
    left = f"; {len(answer.left):,} in the log and not in the file" if answer.left else ""
    return f"{' and '.join(parts)}{agreeing}{left}."


def corrections(answer: SchemeDifference) -> Iterator[str]:
    """How many corrections there are to come, and which; nothing, where there is none."""
    every = [said(one).removeprefix("~ ") for one in answer.coming if one.changes]
    if len(every) == 1:
        yield f"1 correction: {every[0]}"
    elif every:
        yield f"{counted(len(every), 'correction')}:"
        yield from (f"  {one}" for one in every[:_MOST_CORRECTIONS])
    if len(every) > _MOST_CORRECTIONS:
        yield f"  ... and {len(every) - _MOST_CORRECTIONS:,} more; `decisionlog scheme plan` shows all."


def said(one: Coming) -> str:
    """One fact to come, in words."""
    sign = "~" if one.changes else "+"
    kind, key = split(one.stream)
    head = f"{sign} {kind} {visible(key)}:"
    if one.changes:
        type_name, data = one.target or (one.type, one.data)
        which = "" if type_name in OPENING else f"{_phrase(type_name, data, None)}: "
        changes = "; ".join(said_change(type_name, change) for change in one.changes)
        return f"{head} {which}{changes} {positions(one.evidence)}"
    return f"{head} {_telling(one)}"


def _all_left(left: Iterable[Left]) -> Iterator[str]:
    """What the file does not say: facts one by one, whole entries section by section."""
    whole: dict[str, list[str]] = {}
    for one in left:
        if one.fact is None:
            whole.setdefault(one.section.key, []).append(f"{visible(split(one.stream)[1])} {positions(one.evidence)}")
        else:
            yield f"{said_left(one)} {positions(one.evidence)}"
    yield from (f"{key}: {', '.join(entries)}" for key, entries in whole.items())


def said_left(left: Left) -> str:
    """One thing that the file does not say, in words."""
    kind, key = split(left.stream)
    head = f"{kind} {visible(key)}"
    if left.fact is None:
        return head
    phrase = (
        ""
        if left.fact.type in OPENING
        else f": {_phrase(left.fact.type, left.fact.data, left.target)}{_day(left.fact.type, left.fact.effective)}"
    )
    fields = ", ".join(_label(name) for name in left.fields if name != "clause" or "instrument" not in left.fields)
    return f"{head}{phrase}" + (f": {fields}" if fields else "")


def said_change(type_name: str, change: Change) -> str:
    """One value, as it was and as the file has it: `name: Place Committee -> Northmoor Place Committee`."""
    shape = at(TYPES[type_name], change.path) if type_name in TYPES else None
    steps = ["from"] if change.path == "/on" else change.path.strip("/").split("/")
    name = ", ".join(str(int(step) + 1) if step.isdecimal() else _label(step) for step in steps)
    was = "not recorded" if change.was is None else _value(shape, steps[-1], change.was)
    return f"{name}: {was} -> {_value(shape, steps[-1], change.now)}"


def _told(one: Coming, page: Page) -> Iterator[str]:
    """One fact to come; one with many fields over several lines."""
    fields = list(_rest(one, labelled=True)) if not one.changes and one.type in TYPES else []
    if len(fields) <= _ON_ONE_LINE:
        yield from page.paragraph(said(one), hang=4)
        return
    kind, key = split(one.stream)
    yield from page.paragraph(f"+ {kind} {visible(key)}: {_headline(one)}", hang=4)
    for text in fields:
        yield from page.paragraph(text, indent=6, hang=2)


def _telling(one: Coming) -> str:
    if one.type not in TYPES:
        return visible(one.type)
    rest = "; ".join(_rest(one))
    return f"{_headline(one)} ({rest})" if rest else _headline(one)


def _headline(one: Coming) -> str:
    """What happened, and from which day on."""
    act = f", by an act of {when(one.on)}" if one.on and one.data.get("from", one.on) != one.on else ""
    return f"{_phrase(one.type, one.data, one.target)}{_day(one.type, effective(one.on, one.data))}{act}"


def _rest(one: Coming, *, labelled: bool = False) -> Iterator[str]:
    """The fields that the headline does not tell."""
    model = TYPES[one.type]
    told = {_PHRASES.get(one.type, ("", "name" if "name" in fields_of(model) else ""))[1], "from"}
    told |= _TOLD_ABOVE.get(one.type, frozenset())
    return _fields(model, one.data, without=told, labelled=labelled)


def _phrase(type_name: str, data: Mapping[str, Any], target: tuple[str, dict[str, Any]] | None) -> str:
    """A fact in words: `held by p-006`; for an ending, with what it ends."""
    model = TYPES[type_name]
    if type_name in OPENING:
        return _opening_phrase(type_name, data)
    words, name = _PHRASES.get(type_name, (type_name.partition(".")[2].replace("_", " "), ""))
    about, holder = (model, data) if name in fields_of(model) or target is None else (TYPES[target[0]], target[1])
    fields = fields_of(about)
    subject = _value(fields.get(name), name, holder[name]) if name in holder else ""
    if type_name.startswith("organisation.relat") and "to" in holder:
        subject = f"{subject} {_value(fields['to'], 'to', holder['to'])}"
    return f"{words} {subject}".strip()


def _opening_phrase(type_name: str, data: Mapping[str, Any]) -> str:
    fields = fields_of(TYPES[type_name])
    match type_name:
        case "delegation.granted":
            delegator, delegates = (
                _value(fields[name], name, data.get(name, "not recorded")) for name in ("delegator", "delegates")
            )
            return f"{delegator} to {delegates},"
        case "interest.registered":
            return f"interest of {_value(fields['by'], 'by', data.get('by', 'not recorded'))}"
        case _ if isinstance(data.get("name"), str):
            return visible(data["name"])
        case _:
            return type_name.partition(".")[2]


def _day(type_name: str, effect: str | None) -> str:
    if effect is None:
        return ""
    return f" from {when(effect)}" if "from" in fields_of(TYPES[type_name]) else f" on {when(effect)}"


def _fields(
    model: type[Struct], data: Mapping[str, Any], without: Iterable[str] = (), *, labelled: bool = False
) -> Iterator[str]:
    """The fields of a fact or a part, each with its name where it needs one, or each (`labelled`) with its name."""
    left_out = set(without)
    fields = fields_of(model)
    for name, value in data.items():
        if name in left_out or name not in fields or (name == "clause" and "instrument" in data):
            continue
        text = _value(fields[name], name, value)
        if name == "until":
            yield f"last day {text}"
        elif name == "within_days":
            yield f"within {text} days"
        elif fields[name].meaning == "flag":
            yield _label(name) if value is True else f"{_label(name)}: no"
        elif name == "instrument" and isinstance(data.get("clause"), str):
            yield f"under {text}, clause {visible(data['clause'])}"
        elif labelled:
            yield f"{_label(name)}: {text}"
        else:
            yield text if name in _BARE else f"{_label(name)} {text}"


def _part(model: type[Struct], value: Mapping[str, Any]) -> str:
    """A part: what needs no name, and the rest in brackets."""
    bare = {name: inner for name, inner in value.items() if name in _BARE and not isinstance(inner, list)}
    if model is Rung:
        return ", ".join(_fields(model, value))
    first = " ".join(_fields(model, bare))
    rest = ", ".join(_fields(model, {name: inner for name, inner in value.items() if name not in bare}))
    return f"{first} ({rest})" if first and rest else first or rest


def _value(shape: FieldShape | None, name: str, value: Any) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case list():
            items = [_value(shape, name, item) for item in value]
            return (", " if all("," not in item for item in items) else "; ").join(items) or "none"
        case {"amount": int(amount), "currency": str(currency)}:
            return money(amount, currency)
        case {"money": dict(), "operator": str()} if value.keys() <= {"money", "operator", "per"}:
            return limit(value, {})
        case dict():
            if is_commitment(value):
                return WITHHELD
            return _part(shape.part, value) if shape and shape.part else str(value)
        case str():
            return _text(shape, name, value)
        case _:
            return str(value)


def _text(shape: FieldShape | None, name: str, text: str) -> str:
    if name == "until":
        return last_day(text)
    if name == "legal_basis":
        return legal_basis(text)
    if shape and shape.meaning == "ref":
        return visible(split(text)[1])
    if shape and shape.meaning == "word":
        return spoken(text)
    if shape and shape.sealed and len(text) > _MOST:
        return visible(f"{text[:_MOST].rsplit(' ', 1)[0]} ...")
    return visible(text)


def _label(name: str) -> str:
    return _LABELS.get(name) or label(name).lower()
