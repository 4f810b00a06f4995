"""Signing off: a partner says where it stands on one version of a proposal. Silence is never a position."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from decisionlog.commands.acts import Act, Decided, plain
from decisionlog.commands.conditions import numbered, stated
from decisionlog.commands.opening import resolved
from decisionlog.commands.things import VERSIONS, Thing, oddities, spoken_for, thing, when
from decisionlog.domain.facts.envelope import Fact
from decisionlog.domain.positions import no_longer_held
from decisionlog.domain.references import fold
from decisionlog.store.log import Log

_TAKEN = "proposal.position_taken"
_REQUESTED = "proposal.sign_off_requested"


def decide(log: Log, act: Act) -> Decided:
    """Take a position: on the newest version, unless one is named; in the place of the same partner's earlier one.

    Who signed the same version in the same way already is told so, and nothing is recorded unless asked for again.
    """
    about = thing(log, act.ref, ("proposal",))
    data = {**act.data, **speaking(log, act)}
    if "version" not in data and (newest := version_of(about)):
        data["version"] = newest
    data = numbered(data, (id_ for id_, _ in stated(about)))
    earlier = position_of(about, data)
    if earlier and not act.again and _same(about.data(earlier), data):
        said = data.get("position", "")
        on_version = f" on version {data['version']}" if "version" in data else ""
        sentence = f"{spoken_for(data)} already signed {when(earlier)}: {said}{on_version} of {about.ref}."
        return Decided({}, already=sentence)
    if earlier:
        data.setdefault("replaces", {"stream": about.stream, "n": earlier.n})
    if request := _waiting(about, data):
        data.setdefault("answers", {"stream": about.stream, "n": request.n})
    notes = (*oddities(about, act.on), *_about_the_version(about, data, act.on), *_interests(log, act, data))
    return Decided(plain(act, stream=about.stream, data=data), about.written, about.expected, notes=notes)


def speaking(log: Log, act: Act) -> dict[str, Any]:
    """Who speaks and for whom, by their streams, as far as all of them are recorded."""
    partners, people = resolved(log, act, "on_behalf_of"), resolved(log, act, "by")
    found: dict[str, Any] = {"by": people[0]} if people else {}
    if partners and len(partners) == len(act.data["on_behalf_of"]):
        found["on_behalf_of"] = partners
    return found


def version_of(about: Thing) -> str:
    """The label of a proposal's newest version; empty where it has none."""
    newest = about.newest(*VERSIONS)
    return str(about.data(newest).get("version", "")) if newest else ""


def position_of(about: Thing, data: dict[str, Any]) -> Fact | None:
    """The position that the same partner (or person), in the same capacity and stage, holds now."""
    over = no_longer_held(about.reading.facts, about.reading.retracted)
    held = [fact for fact in about.of_types(_TAKEN) if fact.n not in over and _hat(about.data(fact)) == _hat(data)]
    return held[-1] if held else None


def _hat(data: dict[str, Any]) -> tuple[Any, ...]:
    """Who speaks, as what, about which stage: the partner, or the person where no partner is named."""
    partners = tuple(sorted(data.get("on_behalf_of", ())))
    return (partners or data.get("by"), *(fold(str(data.get(name, ""))) for name in ("capacity", "stage")))


def _same(earlier: dict[str, Any], data: dict[str, Any]) -> bool:
    """Whether a position says what was said before: the same word on the same version, with the same conditions."""
    return all(earlier.get(name) == data.get(name) for name in ("position", "version")) and (
        _subject_to(earlier) == _subject_to(data)
    )


def _subject_to(data: dict[str, Any]) -> list[Any]:
    return [condition.get("words") for condition in data.get("conditions", ()) if isinstance(condition, dict)]


def _waiting(about: Thing, data: dict[str, Any]) -> Fact | None:
    """The request for this position that nobody has answered or taken back."""
    answered = {about.data(fact).get("answers", {}).get("n") for fact in about.of_types(_TAKEN)}
    done = answered | {fact.of.n for fact in about.of_types("proposal.sign_off_request_withdrawn") if fact.of}
    asked = {*data.get("on_behalf_of", ()), data.get("by")}
    for request in reversed(about.of_types(_REQUESTED)):
        wanted = about.data(request)
        fits = all(wanted.get(name) in {None, data.get(name)} for name in ("capacity", "stage"))
        if request.n not in done and wanted.get("asked") in asked and fits:
            return request
    return None


def _about_the_version(about: Thing, data: dict[str, Any], on: str | None) -> Iterator[str]:
    signed = data.get("version")
    versions = {str(label): fact for fact in about.of_types(*VERSIONS) if (label := about.data(fact).get("version"))}
    if signed is None or not versions:
        return
    if signed not in versions:
        yield f"version {signed} of {about.ref} is not recorded (there is {', '.join(versions)}); recorded as it was said."
    elif about.opening.n != versions[signed].n and about.earlier(on, versions[signed].on):
        yield f"version {signed} was put forward {when(versions[signed])}, after this; recorded as it was said."


def _interests(log: Log, act: Act, data: dict[str, Any]) -> Iterator[str]:
    """The interests that the person declared at the meeting, for this item or for all."""
    for stream in resolved(log, act, "meeting"):
        meeting = thing(log, stream)
        for declared in meeting.of_types("meeting.interest_declared"):
            said = meeting.data(declared)
            items = said.get("items")
            if said.get("by") == data.get("by") and (not items or data.get("item") in {None, *items}):
                yield f"{said['by']} declared an interest at {meeting.ref} [{declared.position}]; recorded as it was said."
