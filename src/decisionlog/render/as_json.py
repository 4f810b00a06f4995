"""Answers as JSON, in the keys that other programs rely on: one document, or one object a line."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

import orjson
from msgspec.structs import asdict

from decisionlog.domain.answers.accountable import Accountable, WhoCould
from decisionlog.domain.answers.agenda import Agenda
from decisionlog.domain.answers.basis import Basis
from decisionlog.domain.answers.batches import BatchShown
from decisionlog.domain.answers.cataloguing import Catalogue, Changes
from decisionlog.domain.answers.checking import Checked, Explained
from decisionlog.domain.answers.completeness import Completeness
from decisionlog.domain.answers.deciding import Decided, DecisionMaker, Hop, WhoDecided
from decisionlog.domain.answers.difference import Difference
from decisionlog.domain.answers.facts import FactOnAPage
from decisionlog.domain.answers.forecast import Forecast
from decisionlog.domain.answers.functions_map import FunctionsMap
from decisionlog.domain.answers.holding import WhoHolds
from decisionlog.domain.answers.keeping import BackedUp, Moved, Restored, RolesGiven
from decisionlog.domain.answers.keys import AccessKeys
from decisionlog.domain.answers.proving import CheckpointShown, KeyChanged, KeyShown, ProofShown, Verified
from decisionlog.domain.answers.replaying import Replayed
from decisionlog.domain.answers.scheme import SchemeDifference
from decisionlog.domain.answers.searching import Found
from decisionlog.domain.answers.standing import Doctor, Entry, Status
from decisionlog.domain.answers.supposing import Supposition
from decisionlog.domain.answers.things import History, Listed, Listing, Shown
from decisionlog.domain.answers.what_if import CheckedWhatIf
from decisionlog.domain.answers.witnessing import (
    CheckpointCosigned,
    CosignaturesAdded,
    WitnessesAsked,
    WitnessShown,
)
from decisionlog.domain.saying import plain
from decisionlog.render.accountable_json import accountable, could, test
from decisionlog.render.checking_json import checked, explained, finding
from decisionlog.render.completeness_json import completeness
from decisionlog.render.difference import difference_json
from decisionlog.render.facts import fact_json
from decisionlog.render.forecast import forecast_json
from decisionlog.render.mapping.as_json import functions_map
from decisionlog.render.register_json import OF_THE_REGISTER
from decisionlog.render.scheme_json import scheme_difference
from decisionlog.render.telling_json import fact_told, plain_of, section_told
from decisionlog.render.what_if import checked_what_if_json

_WHO: Final = ("body", "post", "person", "organisation")


def document(answer: Any) -> bytes:
    """The whole answer as one document, ending with a newline."""
    return dumped(plain_answer(answer), indented=True)


def plain_answer(answer: Any) -> dict[str, Any]:
    """The whole answer as plain data, under the keys that other programs rely on."""
    found: dict[str, Any] = _RENDERERS[type(answer)](answer)
    return found


def lines(answer: Any) -> Iterator[bytes]:
    """The answer as objects, one a line: the items of a list, or the one document."""
    whole = plain_answer(answer)
    items = whole.get("items")
    return (dumped(item) for item in (whole,)) if items is None else (dumped(item) for item in items)


def log_document(basis: Basis, entries: Iterable[Entry]) -> Iterator[bytes]:
    """`log` as one document, written as it is read: however long the log, only a part of it is held."""
    yield b'{"basis":' + orjson.dumps(asdict(basis)) + b',\n"items":['
    separator = b"\n"
    for entry in entries:
        yield separator + log_line(entry).rstrip(b"\n")
        separator = b",\n"
    yield b"\n]}\n"


def feed_page(origin: str, after: int, until: int, root: str, entries: Iterable[Entry]) -> bytes:
    """A page of the feed: the facts after a position up to another, and the root of the tree there."""
    head = orjson.dumps({"log": origin, "after": after, "until": until, "root": root})[:-1]
    items = b",\n".join(log_line(entry).rstrip(b"\n") for entry in entries)
    return head + b',\n"items":[\n' + items + b"\n]}\n"


def log_line(entry: Entry) -> bytes:
    """One fact of `log` on a line; `fact` is the very bytes that are stored and hashed."""
    return b'{"position":%d,"hash":"%s","fact":%s}\n' % (entry.position, entry.hash.encode(), entry.line)


def dumped(plain: Any, *, indented: bool = False) -> bytes:
    """Plain data as JSON, ending with a newline. What is not text (a path of odd bytes) is escaped."""
    try:
        form = orjson.OPT_APPEND_NEWLINE | (orjson.OPT_INDENT_2 if indented else 0)
        return orjson.dumps(plain, asdict, form)
    except orjson.JSONEncodeError:
        return json.dumps(plain, indent=2 if indented else None, default=asdict).encode() + b"\n"


def _listing(answer: Listing) -> dict[str, Any]:
    items = [_listed(item) for item in answer.items]
    return {"basis": asdict(answer.basis), "items": items} | ({"notes": answer.notes} if answer.notes else {})


def _listed(item: Listed) -> dict[str, Any]:
    """One thing of a list, with what is said of its kind under the names of the facts' fields."""
    listed = plain_of(item) | item.more
    del listed["said"], listed["more"]
    return listed


def _shown(answer: Shown) -> dict[str, Any]:
    return {
        "basis": asdict(answer.basis),
        "thing": _listed(answer.thing),
        "fields": answer.fields,
        "sentences": [plain(said) for said in answer.opening],
        "sections": [section_told(section) for section in answer.sections],
        "facts": [fact_told(fact) for fact in answer.facts],
        "people": [plain_of(person) for person in answer.people],
        "cited_by": [fact_told(fact) for fact in answer.cited_by],
        "names": answer.names,
        "notes": answer.notes,
        "evidence": answer.evidence,
        "findings": [finding(one) for one in answer.findings],
        **({"decided": _decided(answer.decided, answer.names)} if answer.decided else {}),
    }


def _history(answer: History) -> dict[str, Any]:
    items = [fact_told(fact) for fact in answer.items]
    basis, left_out = asdict(answer.basis), answer.left_out
    return {"basis": basis, "stream": answer.stream, "items": items, "names": answer.names, "left_out": left_out}


def _who_decided(answer: WhoDecided) -> dict[str, Any]:
    basis, items = asdict(answer.basis), [_decided(item, answer.names) for item in answer.items]
    if answer.of_a_decision and items:
        return {"basis": basis, **items[0], "names": answer.names}
    in_place = [_hop(hop) for hop in answer.in_place]
    return {
        "basis": basis,
        "asked": answer.asked,
        **({"item": answer.item} if answer.item else {}),
        "items": items,
        "in_place": in_place,
        "names": answer.names,
        "notes": answer.notes,
    }


def _decided(item: Decided, names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "decision": item.decision,
        "decision_makers": [_maker(maker, names) for maker in item.decision_makers],
        "authority": [_hop(hop) for hop in item.authority],
        "positions": [plain_of(position) for position in item.positions],
        "disagreements": [plain_of(disagreement) for disagreement in item.disagreements],
        "interests": item.interests,
        "findings": [finding(one) for one in item.findings],
        "interests_asked": item.interests_asked,
        "conditions": [plain_of(condition) for condition in item.conditions],
        "later": [fact_told(fact) for fact in item.later],
        "notes": [plain(note) for note in item.notes],
        "evidence": item.evidence,
    }


def _hop(link: Hop) -> dict[str, Any]:
    """A step of a chain of authority, its tests as for `who accountable`."""
    return plain_of(link) | {"tests": [test(one) for one in link.tests]}


def _maker(maker: DecisionMaker, names: Mapping[str, str]) -> dict[str, Any]:
    """Who it was under the one key that fits, never under empty ones."""
    plain = plain_of(maker)
    who = {role: plain.pop(role) for role in _WHO if plain[role]}
    plain = {name: value for name, value in plain.items() if name not in _WHO}
    return {**who, **plain, "name": maker.name or next((names.get(reference, "") for reference in who.values()), "")}


def _status(answer: Status) -> dict[str, Any]:
    return asdict(answer)


def _batch(answer: BatchShown) -> dict[str, Any]:
    plain_batch = plain_of(answer)
    return {
        **plain_batch,
        "basis": asdict(answer.basis),
        "files": [asdict(file) for file in answer.files],
        "items": [fact_told(fact) for fact in answer.items],
    }


def _doctor(answer: Doctor) -> dict[str, Any]:
    return {
        "basis": asdict(answer.basis),
        "place": answer.place,
        "items": [asdict(check) for check in answer.checks],
        "promises": [asdict(promise) for promise in answer.promises],
        "not_looked_at": list(answer.not_looked_at),
    }


def _agenda(answer: Agenda) -> dict[str, Any]:
    return {
        "basis": asdict(answer.basis),
        "body": answer.body,
        "next_meeting": plain_of(answer.next_meeting) if answer.next_meeting else None,
        "items": [plain_of(item) for item in answer.items],
        "findings": [finding(one) for one in answer.findings],
        "names": answer.names,
        "notes": answer.notes,
    }


def _found(answer: Found) -> dict[str, Any]:
    return {
        "basis": asdict(answer.basis),
        "text": answer.text,
        "words": answer.words,
        "items": [plain_of(item) for item in answer.items],
        "left_out": answer.left_out,
    }


def _who_holds(answer: WhoHolds) -> dict[str, Any]:
    return {
        "basis": asdict(answer.basis),
        "asked": answer.asked,
        "items": [asdict(office) for office in answer.items],
        "fate": asdict(answer.fate) if answer.fate else None,
        "names": answer.names,
        "notes": answer.notes,
        "evidence": answer.evidence,
    }


def _replayed(answer: Replayed) -> dict[str, Any]:
    return {
        "basis": asdict(answer.basis),
        "position": answer.position,
        "recorded_at": answer.recorded_at,
        "states": answer.states,
        "compared": answer.compared,
        "same": answer.same if answer.compared else None,
        "models": [asdict(model) for model in answer.models],
        "items": [{"model": model, "row": row} for model, row in answer.rows],
    }


def _supposition(answer: Supposition) -> dict[str, Any]:
    return {"supposing": asdict(answer.supposed), **_RENDERERS[type(answer.answer)](answer.answer)}


_RENDERERS: Final[Mapping[type, Callable[[Any], dict[str, Any]]]] = {
    **OF_THE_REGISTER,
    Listing: _listing,
    Shown: _shown,
    History: _history,
    WhoDecided: _who_decided,
    Status: _status,
    Doctor: _doctor,
    SchemeDifference: scheme_difference,
    Agenda: _agenda,
    Found: _found,
    BatchShown: _batch,
    FactOnAPage: fact_json,
    Catalogue: asdict,
    Changes: lambda answer: {"until": answer.until, "items": [plain(one) for one in answer.items]},
    Accountable: accountable,
    WhoCould: could,
    WhoHolds: _who_holds,
    Replayed: _replayed,
    Supposition: _supposition,
    Checked: checked,
    CheckedWhatIf: checked_what_if_json,
    Explained: explained,
    Completeness: completeness,
    FunctionsMap: functions_map,
    Difference: difference_json,
    Forecast: forecast_json,
    BackedUp: asdict,
    Moved: lambda answer: {
        "from": answer.source,
        "to": answer.target,
        "position": answer.position,
        "root": answer.root,
        "words": answer.words,
        "key": answer.key or None,
    },
    RolesGiven: asdict,
    Restored: asdict,
    KeyShown: plain_of,
    KeyChanged: plain_of,
    AccessKeys: asdict,
    CheckpointShown: plain_of,
    ProofShown: plain_of,
    Verified: plain_of,
    WitnessShown: asdict,
    CheckpointCosigned: asdict,
    CosignaturesAdded: asdict,
    WitnessesAsked: asdict,
}
"""Every answer and how it becomes plain data."""
