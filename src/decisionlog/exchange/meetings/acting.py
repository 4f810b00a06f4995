"""What is to be done, what became of what was recorded before, and plain facts that have no key of their own."""

from __future__ import annotations

from typing import Any, Final

from decisionlog.commands.plain_facts import FIELDS
from decisionlog.domain.facts import ANY_STREAM, KINDS, TYPES
from decisionlog.domain.facts.shape import fields_of
from decisionlog.domain.references import split
from decisionlog.exchange.meetings import business_keys
from decisionlog.exchange.meetings.business_keys import MATTERS, Matter
from decisionlog.exchange.meetings.items import Item
from decisionlog.exchange.meetings.keys import Key
from decisionlog.exchange.meetings.parts import documents
from decisionlog.exchange.meetings.scribe import Data, Entry, Origins, Said, Scribe, opens, unknown_key
from decisionlog.exchange.written import Path

_AS_IN_A_DECISION: Final = {
    "maker": "decision_makers",
    "for": "on_behalf_of",
    "effective": "from",
    "review": "review_by",
}
"""Keys that mean in a matter what they mean in a decision."""


def actions(scribe: Scribe, item: Item, holder: Entry, decision: str = "") -> None:
    """Who is to do what by when, at an item or because of one decision."""
    for value, path in holder.each("actions"):
        entry = scribe.entry(value, path, business_keys.ACTION, short="what")
        if entry is None:
            continue
        data, origins = entry.copied()
        if decision:
            data.setdefault("decision", decision)
        if "documents" in data:
            data["documents"] = documents(scribe, data["documents"], entry.at("documents"))
        said = Said(
            scribe.place(item.place, "action"), path, "action.assigned", data, origins=origins, alone=entry.alone
        )
        said.on = item.day(scribe, item.entry, origins)
        scribe.opening(said, "action", item.number)
        also(scribe, entry, item.number)


def matters(scribe: Scribe, item: Item) -> None:
    """What became of decisions, conditions, proposals and actions that were recorded before."""
    for key, matter in MATTERS.items():
        if key not in item.entry:
            continue
        value, path = item.entry.get(key), item.entry.at(key)
        if isinstance(value, dict) and "of" not in value:
            for of, each in value.items():
                _matter(scribe, item, key, matter, (of, each), (*path, of))
        else:
            for each, at in scribe.many(value, path):
                _matter(scribe, item, key, matter, (None, each), at)


def _matter(scribe: Scribe, item: Item, key: str, matter: Matter, said: tuple[str | None, Any], path: Path) -> None:
    of, value = said
    if of is None and not isinstance(value, dict):
        of, value = str(value), {}
    if not isinstance(value, dict):
        value = {matter.short: value}
    fields = fields_of(TYPES[matter.type])
    level = {name: Key("", name) for name in fields} | {
        name: Key("", field) for name, field in _AS_IN_A_DECISION.items() if field in fields
    }
    entry = scribe.entry(value, path, {"of": Key(""), "on": Key(""), **level})
    if entry is None:
        return
    of = of or entry.text("of")
    if not of:
        scribe.wrong(path, f"of which {matter.kind}? Write {key}: [REF], or {{of: REF, ...}}.")
        return
    data, origins = entry.copied()
    if matter.short in data and matter.short not in value:
        origins[matter.short] = path
    stream = of if split(of)[0] in {matter.kind, "delegation", "proposal"} else f"{matter.kind}:{of}"
    place = scribe.place(item.place, f"{key.replace('_', ' ')} {split(of)[1]}")
    made = Said(place, path, matter.type, data, stream, origins={**origins, "of": path})
    made.on = item.day(scribe, entry, made.origins)
    if matter.kind == "decision":
        made.of = stream
    scribe.say(made, item.number)


def also(scribe: Scribe, holder: Entry, item: str = "") -> None:
    """Plain facts: `{type, of, about, on, data}`, or with the fields of the type beside them."""
    for value, path in holder.each("also"):
        if not isinstance(value, dict) or not isinstance(value.get("type"), str):
            scribe.wrong(path, "a plain fact is wanted, for example {type: decision.published, of: NLB/25-26/027}.")
            continue
        _plain(scribe, value, path, item)


def _plain(scribe: Scribe, value: Data, path: Path, item: str) -> None:
    type_name: str = value["type"]
    fields = fields_of(TYPES[type_name]) if type_name in TYPES else {}
    data: Data = dict(value["data"]) if isinstance(value.get("data"), dict) else {}
    origins: Origins = {name: (*path, "data", name) for name in data}
    for name, inner in value.items():
        if name == "source":
            scribe.wrong((*path, name), "the source is this file; leave it out.")
        elif name not in FIELDS and name in fields:
            data[name], origins[name] = inner, (*path, name)
        elif name not in FIELDS:
            scribe.wrong((*path, name), unknown_key(name, [*FIELDS[:-1], *fields]))
    if "data" in value and not isinstance(value["data"], dict):
        scribe.wrong((*path, "data"), "keys and their values are wanted.")
    place = scribe.place(item and f"item {item}", f"also {type_name}")
    said = Said(place, path, type_name, data, origins={**origins, "of": (*path, "of"), "on": (*path, "on")})
    said.stream = _about(scribe, value, path, type_name)
    said.on = scribe.when(value.get("on")) if "on" in value else None
    said.of = _answered(scribe, value.get("of"), said.stream, type_name)
    if opens(type_name) and not said.stream and isinstance(data.get("ref"), str):
        said.stream = f"{type_name.partition('.')[0]}:{data['ref']}"
    if said.stream and opens(type_name):
        scribe.numbers.opens(said.stream)
    scribe.say(said, item or None)


def _answered(scribe: Scribe, of: Any, stream: str, type_name: str) -> Any:
    """What a fact answers: of a type that may be written about any kind of thing, found by its ref alone."""
    if not isinstance(of, str) or type_name.partition(".")[0] not in ANY_STREAM or split(of)[0] in KINDS:
        return of
    if split(stream)[1] == of:
        return stream
    meant = scribe.meant(of, KINDS)
    return meant[0] if len(meant) == 1 else of


def _about(scribe: Scribe, value: Data, path: Path, type_name: str) -> str:
    if "stream" in value and "about" in value:
        scribe.wrong(path, "give `stream` or `about`, not both.")
    written = value.get("stream", value.get("about", ""))
    if not isinstance(written, str):
        scribe.wrong(path, "the name of what it is about is wanted, for example about: NLB/25-26/027.")
        return ""
    kind = type_name.partition(".")[0]
    bare = written and kind not in ANY_STREAM and split(written)[0] != kind
    return f"{kind}:{written}" if bare and ":" not in written else written
