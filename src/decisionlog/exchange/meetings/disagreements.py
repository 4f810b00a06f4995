"""Disagreements: who disagreed and why, and how it ended, if it did."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from decisionlog.domain.acts import place_of
from decisionlog.domain.references import split
from decisionlog.exchange.fitting import spelled
from decisionlog.exchange.meetings import business_keys
from decisionlog.exchange.meetings.acting import also
from decisionlog.exchange.meetings.items import Item
from decisionlog.exchange.meetings.parts import listed
from decisionlog.exchange.meetings.scribe import Data, Entry, Said, Scribe, looks_like_one_of
from decisionlog.exchange.written import Path

_SPEAKING: Final = {"partner": "on_behalf_of", "by": "by", "post": "capacity"}
_ENDINGS: Final[Mapping[str, tuple[str, Mapping[str, str]]]] = {
    "dissent-recorded": (
        "dissent_recorded",
        {**_SPEAKING, "words": "words", "decision": "decision", "version": "version"},
    ),
    "reconciled": ("reconciled", {"terms": "terms", "agreed_by": "agreed_by", "version": "version"}),
    "parked": ("parked", {"agreed_by": "agreed_by", "review": "review_by", "reason": "reason", "words": "words"}),
    "upheld": ("upheld", {"who": "who", "decision": "by_decision", "reasons": "reasons", "words": "words"}),
    "overruled": ("overruled", {"who": "who", "decision": "by_decision", "reasons": "reasons", "words": "words"}),
    "withdrawn": ("withdrawn", {**_SPEAKING, "reason": "reason"}),
    "escalated": ("escalated", {"due": "respond_by", "reason": "reason"}),
}
"""How a disagreement ends or goes on: the fact, and which keys it takes into which fields."""
_ESCALATED_TO: Final = "escalated to "
_OF_ENDINGS: Final = frozenset("words terms agreed_by review who decision reasons reason due".split())
"""Keys that say nothing of the disagreement itself."""


def disagreements(scribe: Scribe, item: Item) -> None:
    """The disagreements of an item."""
    for value, path in item.entry.each("disagreement", "disagreements"):
        if isinstance(value, dict) and not looks_like_one_of(value, business_keys.DISAGREEMENT):
            for partner, grounds in value.items():
                _disagreement(scribe, item, {"partner": partner, "grounds": grounds}, (*path, partner), grounds)
        else:
            _disagreement(scribe, item, value, path)


def _disagreement(scribe: Scribe, item: Item, value: Any, path: Path, short: Any = None) -> None:
    if isinstance(short, dict):
        value = {"partner": value["partner"], **short}
    entry = scribe.entry(value, path, business_keys.DISAGREEMENT, short="partner")
    if entry is None:
        return
    data, origins = entry.copied()
    partners = [split(str(each))[1] for each in listed(data.get("on_behalf_of", []))]
    ref = entry.text("ref")
    whose = f"of {' and '.join(partners) or 'somebody'}" if partners or not ref else split(ref)[1]
    place = scribe.place(item.place, f"disagreement {whose}")
    if ref and place not in scribe.known and _is_recorded(scribe, ref):
        stream = f"disagreement:{split(ref)[1]}"
    else:
        stream = _raised(scribe, item, entry, Said(place, path, "disagreement.raised", data, origins=origins))
    outcomes = listed(entry.get("outcome", []))
    for outcome in outcomes:
        _ended(scribe, item, entry, stream, place, outcome)
    also(scribe, entry, item.number)
    used = {key for outcome in outcomes for key in _ENDINGS.get(_ending(outcome)[0], ("", {}))[1]}
    for key in sorted(entry.keys() & _OF_ENDINGS - used):
        scribe.wrong(
            entry.at(key), f"`{key}` says how it ended, and `outcome` does not say that it did; give `outcome`."
        )


def _ending(outcome: Any) -> tuple[str, str]:
    """The word for how it ended, and to whom it went, if it did."""
    text = outcome if isinstance(outcome, str) else ""
    to = text[len(_ESCALATED_TO) :].strip() if text.casefold().startswith(_ESCALATED_TO) else ""
    return ("escalated", to) if to else (spelled(text), "")


def _is_recorded(scribe: Scribe, ref: str) -> bool:
    return bool(scribe.recorded.called(ref, ("disagreement",))) or scribe.numbers.opened("disagreement", ref)


def _raised(scribe: Scribe, item: Item, entry: Entry, said: Said) -> str:
    if "about" not in said.data:
        said.data["about"] = [paper.stream for paper in item.papers] or list(item.decisions)
        if not said.data["about"]:
            scribe.wrong(entry.path, "about what? The item has no proposal and no decision; name it with `about`.")
    if len(item.papers) == 1 and item.papers[0].version is not None:
        said.data.setdefault("version", item.papers[0].version)
    said.on = item.day(scribe, item.entry, said.origins)
    said.alone = entry.alone or "grounds"
    scribe.opening(said, "disagreement", item.number)
    return said.stream


def _ended(scribe: Scribe, item: Item, entry: Entry, stream: str, place: str, outcome: Any) -> None:
    word, to = _ending(outcome)
    if word not in _ENDINGS:
        ways = ", ".join(each.replace("-", " ") for each in _ENDINGS)
        scribe.wrong(
            entry.at("outcome"),
            f"'{str(outcome)[:60]}' is no way in which a disagreement ends. The ways: {ways} to ...",
        )
        return
    verb, fields = _ENDINGS[word]
    data: Data = {field: entry.get(key) for key, field in fields.items() if key in entry}
    origins = {field: entry.at(key) for key, field in fields.items() if key in entry}
    if to:
        data["to"], origins["to"] = to, entry.at("outcome")
    if word == "dissent-recorded":
        if len(item.decisions) == 1:
            data.setdefault("decision", item.decisions[0])
        if len(item.papers) == 1 and item.papers[0].version is not None:
            data.setdefault("version", item.papers[0].version)
    ended = Said(
        place_of(place, word.replace("-", " ") + (to and f" to {to}")), entry.path, f"disagreement.{verb}", data
    )
    ended.stream, ended.origins = stream, origins
    ended.on = item.day(scribe, item.entry, origins)
    scribe.say(ended, item.number)
