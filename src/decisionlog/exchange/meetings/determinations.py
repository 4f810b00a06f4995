"""What was decided: by whom, for whom, with which outcome, under what authority, and how the vote went."""

from __future__ import annotations

from typing import Any, Final, get_args

from decisionlog.domain.references import split
from decisionlog.domain.vocabulary import Method
from decisionlog.exchange.fitting import spelled
from decisionlog.exchange.meetings import business_keys
from decisionlog.exchange.meetings.acting import actions, also
from decisionlog.exchange.meetings.items import Item
from decisionlog.exchange.meetings.parts import (
    access,
    authority,
    conditions,
    documents,
    listed,
    parts,
    votes,
    within,
)
from decisionlog.exchange.meetings.scribe import Data, Entry, Origins, Said, Scribe, looks_like_one_of
from decisionlog.exchange.written import Path

_PARTS: Final = {"consulted": "who", "next": "to", "report_to": "to"}
"""Lists of parts, and the field that a name alone stands for."""


def decisions(scribe: Scribe, item: Item) -> None:
    """The decisions of an item: an outcome, a decision, several, or maker: outcome."""
    for value, path in item.entry.each("decision", "decisions"):
        if isinstance(value, dict) and not looks_like_one_of(value, business_keys.DECISION):
            for maker, each in value.items():
                _decision(scribe, item, each, (*path, maker), maker)
        else:
            _decision(scribe, item, value, path)


def _decision(scribe: Scribe, item: Item, value: Any, path: Path, maker: str = "") -> None:
    entry = scribe.entry(value, path, business_keys.DECISION, short="outcome")
    if entry is None:
        return
    data, origins = entry.copied()
    _deciders(scribe, entry, data, origins, maker)
    _matter(item, entry, data, origins)
    _authority(scribe, entry, data, origins)
    _way(scribe, entry, data, origins)
    _terms(scribe, entry, data, origins)
    makers = " and ".join(split(str(each))[1] for each in listed(data.get("decision_makers", [])))
    place = scribe.place(item.place, f"decision of {makers}" if makers else "decision")
    on = item.day(scribe, entry, origins)
    said = Said(place, path, "decision.taken", data, on=on, origins=origins, alone=entry.alone)
    scribe.opening(said, "decision", item.number)
    item.decisions.append(said.stream)
    actions(scribe, item, entry, said.stream)
    also(scribe, entry, item.number)


def _deciders(scribe: Scribe, entry: Entry, data: Data, origins: Origins, maker: str) -> None:
    """Who decided and for whom: said here, or for all decisions of the file that do not name another maker."""
    if maker:
        data.setdefault("decision_makers", [maker])
        origins.setdefault("decision_makers", entry.path)
    elif scribe.gathered.maker:
        data.setdefault("decision_makers", [scribe.gathered.maker])
    by_another = "maker" in scribe.defaults and "decision_makers" in data
    for key, field in (("maker", "decision_makers"), ("for", "on_behalf_of"), ("method", "method")):
        if key in scribe.defaults and field not in data and not (by_another and key == "for"):
            data[field], origins[field] = scribe.defaults[key], ("defaults", key)


def _matter(item: Item, entry: Entry, data: Data, origins: Origins) -> None:
    """What was decided on: the item's papers in the version before it, its title, and whether it is open."""
    if "proposals" in data:
        named = [str(each) for each in listed(data["proposals"])]
        known = {paper.stream: paper for paper in item.papers}
        streams = [f"proposal:{split(name)[1]}" for name in named]
        data["proposals"] = [known[one].on_proposal() if one in known else {"proposal": one} for one in streams]
    elif item.papers:
        data["proposals"] = [paper.on_proposal() for paper in item.papers]
    item.named(data, origins)
    holder = entry if "access" in entry else item.entry
    if "access" in holder:
        data["access"], origins["access"] = access(holder.get("access")), holder.at("access")


def _authority(scribe: Scribe, entry: Entry, data: Data, origins: Origins) -> None:
    under, path = entry.get("under"), entry.at("under")
    by_another = "maker" in scribe.defaults and data.get("decision_makers") != scribe.defaults["maker"]
    if under is None and "under" in scribe.defaults and not by_another:
        under, path = scribe.defaults["under"], ("defaults", "under")
    if under is not None:
        data["authority"] = authority(scribe, under, path, data.get("on_behalf_of"))
        origins["authority"] = path


def _way(scribe: Scribe, entry: Entry, data: Data, origins: Origins) -> None:
    """How it was decided: the method, the vote, and who moved what."""
    if "votes" in entry:
        made, method = votes(scribe, entry.get("votes"), entry.at("votes"), business_keys.VOTES)
        origins["votes"] = entry.at("votes")
        if made:
            data["votes"] = made
        if method is not None and "method" not in entry:
            data["method"], origins["method"] = method, (*entry.at("votes"), "method")
    if "method" in data:
        data["method"] = _method(data["method"])
    motion = dict(within(entry.get("motion", {}), "kind")) if not isinstance(entry.get("motion"), list) else {}
    motion |= {key: entry.get(key) for key in ("moved_by", "seconded_by") if key in entry}
    if motion:
        data["motion"] = motion
        origins["motion"] = entry.at(next(key for key in ("motion", "moved_by", "seconded_by") if key in entry))
    if "excepted" in entry or "covers" in entry:
        data["en_bloc"] = {"excepted": listed(entry.get("excepted", []))}
        origins["en_bloc"] = entry.at("excepted" if "excepted" in entry else "covers")
        if "covers" in entry:
            data["en_bloc"]["covers"] = listed(entry.get("covers"))


def _method(written: Any) -> Any:
    """A method by its word, or by the half of it that people say: `show` for `vote-show`."""
    word = spelled(written)
    return f"vote-{word}" if f"vote-{word}" in get_args(Method) else word


def _terms(scribe: Scribe, entry: Entry, data: Data, origins: Origins) -> None:
    """What it is subject to, who was asked, and where it goes from here."""
    made: Data = {field: parts(entry.get(field), short) for field, short in _PARTS.items() if field in entry}
    if "conditions" in entry:
        made["conditions"] = conditions(entry.get("conditions"))
    if "urgent" in entry:
        made["urgent"] = _urgent(entry.get("urgent"))
    if "documents" in entry:
        made["documents"] = documents(scribe, entry.get("documents"), entry.at("documents"))
    if "interests" in entry:
        made["interests"] = _interests(entry)
    if "last_day" in entry:
        made["until"] = scribe.day_after(entry.get("last_day"))
        origins["until"] = entry.at("last_day")
    data.update(made)
    origins.update({field: entry.at(field) for field in made if field in entry})


def _urgent(value: Any) -> Any:
    fields = {} if value in ("yes", True) else within(value, "ground")
    if isinstance(fields, dict) and "consents" in fields:
        return {("agreed_by" if key == "consents" else key): inner for key, inner in fields.items()}
    return fields


def _interests(entry: Entry) -> list[Any]:
    renamed = {"person": "by", "type": "kind"}
    return [
        {renamed.get(key, key): inner for key, inner in each.items()} if isinstance(each, dict) else {"by": each}
        for each in listed(entry.get("interests"))
    ]
