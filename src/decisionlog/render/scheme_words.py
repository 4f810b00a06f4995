"""Facts of a scheme in words: how each is told, with the fields that its words do not tell, and what would change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from msgspec import Struct

from decisionlog.domain.answers.scheme import Change, Coming, Left
from decisionlog.domain.erased import WITHHELD
from decisionlog.domain.facts import OPENING, TYPES
from decisionlog.domain.facts.shape import FieldShape, at, fields_of
from decisionlog.domain.facts.terms import Rung
from decisionlog.domain.facts.typed import is_commitment
from decisionlog.domain.money import money
from decisionlog.domain.references import split
from decisionlog.domain.scheme import effective
from decisionlog.domain.text import visible
from decisionlog.render.words import label, last_day, legal_basis, limit, positions, spoken, when

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


def _telling(one: Coming) -> str:
    if one.type not in TYPES:
        return visible(one.type)
    rest = "; ".join(further(one))
    return f"{headline(one)} ({rest})" if rest else headline(one)


def headline(one: Coming) -> str:
    """What happened, and from which day on."""
    act = f", by an act of {when(one.on)}" if one.on and one.data.get("from", one.on) != one.on else ""
    return f"{_phrase(one.type, one.data, one.target)}{_day(one.type, effective(one.on, one.data))}{act}"


def further(one: Coming, *, labelled: bool = False) -> Iterator[str]:
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
