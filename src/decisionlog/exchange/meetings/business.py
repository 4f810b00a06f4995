"""The business of a meeting, item by item: papers, where the partners stand, who disagreed, and what was only discussed."""

from __future__ import annotations

from typing import Any, Final

from decisionlog.domain.references import split
from decisionlog.exchange.fitting import spelled
from decisionlog.exchange.meetings import business_keys, keys
from decisionlog.exchange.meetings.acting import actions, also, matters
from decisionlog.exchange.meetings.determinations import decisions
from decisionlog.exchange.meetings.disagreements import disagreements
from decisionlog.exchange.meetings.gathering import interests, minutes, quorum
from decisionlog.exchange.meetings.items import Item, Paper
from decisionlog.exchange.meetings.parts import access, conditions, document, documents, parts, within
from decisionlog.exchange.meetings.scribe import Entry, Said, Scribe
from decisionlog.exchange.written import Path

_DESCRIBING: Final = frozenset({"item", "title", "on", "access"})
_YES: Final = ("yes", True)


def items(scribe: Scribe, file: Entry) -> None:
    """Everything under `items`."""
    for value, path in file.each("items"):
        if entry := scribe.entry(value, path, keys.ITEM, *business_keys.MATTERS):
            business(scribe, entry)


def business(scribe: Scribe, entry: Entry) -> None:
    """One item, in the order in which things happen to a paper."""
    item = Item(entry, entry.text("item") or "", entry.text("title"))
    for value, path in entry.each("proposal", "proposals"):
        if paper := _paper(scribe, item, value, path):
            item.papers.append(paper)
        if isinstance(value, dict) and "also" in value:
            also(scribe, Entry(scribe, value, path, business_keys.PROPOSAL), item.number)
    interests(scribe, entry, item.number)
    if "quorum" in entry:
        quorum(scribe, entry, item.number)
    _discussed(scribe, item)
    _positions(scribe, item)
    decisions(scribe, item)
    disagreements(scribe, item)
    actions(scribe, item, entry)
    minutes(scribe, entry, item.number)
    matters(scribe, item)
    also(scribe, entry, item.number)
    if entry.keys() <= _DESCRIBING:
        scribe.wrong(
            entry.path, "says nothing of what happened; write `discussed: yes`, `decision: noted`, or leave it out."
        )


def _paper(scribe: Scribe, item: Item, value: Any, path: Path) -> Paper | None:
    """The paper of an item: one that is recorded already, by its ref, or one that is submitted with it."""
    if isinstance(value, (str, int)):
        return Paper(f"proposal:{split(str(value))[1]}")
    entry = scribe.entry(value, path, business_keys.PROPOSAL)
    if entry is None:
        return None
    ref, version = entry.text("ref"), entry.text("version")
    if ref and not set(value) - {"ref", "version", "also"}:
        return Paper(f"proposal:{split(ref)[1]}", version)
    said = _submitted(scribe, item, entry)
    if ref and _is_new_version(scribe, said.place, ref, version):
        return _revised(scribe, said, ref, version)
    for key in ("material", "reason"):
        if key in said.data:
            scribe.wrong(entry.at(key), f"`{key}` belongs to a new version of a proposal that is recorded already.")
    scribe.opening(said, "proposal", item.number)
    return Paper(said.stream, version, entry.text("title"))


def _submitted(scribe: Scribe, item: Item, entry: Entry) -> Said:
    place = scribe.place(item.place, "proposal")
    data, origins = entry.copied()
    if item.title is not None and "title" not in data:
        data["title"], origins["title"] = item.title, item.entry.at("title")
    for key in ("paper", "background", "assessments"):
        if key in entry:
            read = document if key == "paper" else documents
            data[key], origins[key] = read(scribe, entry.get(key), entry.at(key)), entry.at(key)
    if "options" in entry:
        data["options"], origins["options"] = parts(entry.get("options"), "words"), entry.at("options")
    if "access" in entry:
        data["access"], origins["access"] = access(entry.get("access")), entry.at("access")
    on = item.day(scribe, entry, origins)
    return Said(place, entry.path, "proposal.submitted", data, on=on, origins=origins)


def _is_new_version(scribe: Scribe, place: str, ref: str, version: str | None) -> bool:
    """Whether a proposal is recorded already, and the file puts another version of it forward."""
    if known := scribe.known.get(place):
        return known.type == "proposal.revised"
    streams = scribe.recorded.called(f"proposal:{ref}")
    return len(streams) == 1 and version is not None and version not in scribe.recorded.versions(streams[0])


def _revised(scribe: Scribe, said: Said, ref: str, version: str | None) -> Paper:
    said.type, said.stream = "proposal.revised", f"proposal:{ref}"
    said.data.pop("ref")
    if "sponsor" in said.data:
        scribe.wrong(
            said.path,
            "a new version keeps its sponsor; record a new one as {type: proposal.sponsor_changed} under `also`.",
        )
    scribe.say(said)
    return Paper(said.stream, version)


def _discussed(scribe: Scribe, item: Item) -> None:
    entry = item.entry
    if "discussed" not in entry:
        return
    value, path = entry.get("discussed"), entry.at("discussed")
    said = {} if value in _YES else within(value, "words")
    inner = scribe.entry(said, path, keys.DISCUSSED)
    if inner is None:
        return
    data, origins = inner.copied()
    if "words" in data and not isinstance(value, dict):
        origins["words"] = path
    if item.title is not None:
        data["title"], origins["title"] = item.title, entry.at("title")
    if "access" in entry:
        data["access"], origins["access"] = access(entry.get("access")), entry.at("access")
    if "ended" in data:
        data["ended"] = scribe.when(data["ended"])
    if "documents" in data:
        data["documents"] = documents(scribe, data["documents"], inner.at("documents"))
    if item.papers:
        data["proposals"] = [paper.on_proposal() for paper in item.papers]
    place = scribe.place(item.place, "considered")
    considered = Said(
        place, path, "meeting.item_considered", data, f"meeting:{scribe.gathered.meeting}", origins=origins
    )
    considered.on = item.day(scribe, entry, origins)
    if not scribe.gathered.meeting:
        scribe.wrong(path, "only a meeting discusses; between meetings, write what was decided.")
    scribe.say(considered, item.number)


def _positions(scribe: Scribe, item: Item) -> None:
    value, path = item.entry.get("positions"), item.entry.at("positions")
    if "positions" not in item.entry:
        return
    if not isinstance(value, dict):
        scribe.wrong(path, "partner: position is wanted, for example northmoor-council: support.")
        return
    for partner, each in value.items():
        for one, at in scribe.many(each, (*path, partner)):
            _position(scribe, item, partner, one, at)


def _position(scribe: Scribe, item: Item, partner: str, value: Any, path: Path) -> None:
    entry = scribe.entry(value, path, business_keys.POSITION, short="position")
    if entry is None:
        return
    paper = item.paper_for(scribe, entry)
    if paper is None:
        return
    data, origins = entry.copied()
    data = {"on_behalf_of": [partner], **data}
    origins["on_behalf_of"] = path
    if paper.version is not None:
        data.setdefault("version", paper.version)
    if "conditions" in entry:
        data["conditions"], origins["conditions"] = conditions(entry.get("conditions")), entry.at("conditions")
    if "binding" in entry:
        bound = entry.get("binding")
        data["binding"], origins["binding"] = within(spelled(bound), "kind"), entry.at("binding")
    place = scribe.place(item.place, f"position of {split(partner)[1]}")
    on = item.day(scribe, entry, origins)
    scribe.say(Said(place, path, "proposal.position_taken", data, paper.stream, on, origins=origins), item.number)
    also(scribe, entry, item.number)
