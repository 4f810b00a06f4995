"""Correcting and retracting the record: what a fact says is wrong, or it should not have been recorded at all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from decisionlog.commands.acts import Act, Decided, plain
from decisionlog.commands.requests import suggestion
from decisionlog.commands.things import Thing, thing, when
from decisionlog.domain.facts import TYPES
from decisionlog.domain.facts.envelope import Fact
from decisionlog.domain.facts.shape import FieldShape, at, fields_of
from decisionlog.domain.facts.typed import is_withheld
from decisionlog.domain.known import value_at
from decisionlog.domain.refusals import BadInput, NotFound, Refusal
from decisionlog.store.log import Log


class Target(Struct, frozen=True):
    """The fact that is to be corrected, as it stands."""

    about: Thing
    fact: Fact

    def field(self, pointer: str) -> FieldShape | None:
        """The field that a JSON Pointer names; none for `/on`. Raises `BadInput` for what the fact cannot hold."""
        if pointer == "/on":
            return None
        field = at(TYPES[self.fact.type], pointer) if self.fact.type in TYPES else None
        if field is None:
            known = fields_of(TYPES[self.fact.type]) if self.fact.type in TYPES else ()
            first = pointer.split("/")[1] if pointer.startswith("/") else pointer
            near = suggestion(first, [*known, "on"]) if first not in known else ""
            hint = f" Did you mean '{near}'?" if near else ""
            listed = f"`decisionlog schema {self.fact.type}` lists them."
            msg = f"{pointer} is not a field of {self.fact.type}.{hint} {listed}"
            raise BadInput(msg)
        return field

    def stands(self, pointer: str) -> Any:
        """What is recorded there now, in clear; none, where nothing is. Raises `Refusal` where it cannot be read."""
        value = self.fact.on if pointer == "/on" else value_at(self.about.data(self.fact), pointer)
        if is_withheld(value) or pointer in self.fact.withheld:
            msg = f"What stands at {pointer} cannot be read here any more, so it cannot be corrected."
            raise Refusal(msg)
        return value


def target(log: Log, ref: str, position: int = 0) -> Target:
    """The fact of a thing that is meant: the one at a position, else the one that opened it. Raises `NotFound`."""
    if not position and ref.startswith("@") and ref[1:].isdecimal():
        position = int(ref[1:])
    about = thing(log, ref)
    if not position:
        return Target(about, about.opening)
    facts = (*about.reading.facts, *about.reading.retracted)
    found = next((fact for fact in facts if fact.position == position), None)
    if found is None:
        msg = f"@{position} is not a fact of {about.ref}. Its facts: decisionlog history '{about.written}'"
        raise NotFound(msg)
    return Target(about, found)


def correct(log: Log, act: Act) -> Decided:
    """Correct what a fact says: `changes` gives {path, now}; what stands there is found and written down with it.

    A `was` that is given must be what stands, or the log refuses it as a conflict. Raises `Refusal` where it stands so.
    """
    wrong = target(log, act.ref, act.fact)
    changes = [_change(wrong, dict(change)) for change in act.data["changes"]]
    same = [change["path"] for change in changes if "was" in change and change["was"] == change.get("now")]
    if same and not act.again:
        msg = f"{same[0]} of {wrong.about.ref} says so already ({when(wrong.fact)}); there is nothing to correct."
        raise Refusal(msg)
    return _about(wrong, replace(act, data={**act.data, "changes": changes}))


def retract(log: Log, act: Act) -> Decided:
    """Say that a fact should not have been recorded. Raises `Refusal` where it was retracted already."""
    wrong = target(log, act.ref, act.fact)
    retractions = [fact for fact in wrong.about.of_types("record.retracted") if fact.of and fact.of.n == wrong.fact.n]
    if wrong.fact in wrong.about.reading.retracted and retractions and not act.again:
        last = retractions[-1]
        msg = (
            f"@{wrong.fact.position} of {wrong.about.ref} was retracted already {when(last)}, recorded on "
            f"{last.recorded_at[:10]}. To record it once more, give --again."
        )
        raise Refusal(msg)
    return _about(wrong, act)


def _about(wrong: Target, act: Act) -> Decided:
    of = {"stream": wrong.about.stream, "n": wrong.fact.n}
    return Decided(plain(act, stream=wrong.about.stream, of=of), wrong.about.written, wrong.about.expected)


def _change(wrong: Target, change: dict[str, Any]) -> Mapping[str, Any]:
    stands = wrong.stands(change["path"])
    if stands is None and "now" not in change:
        msg = f"{change['path']} of {wrong.about.ref} is not recorded; there is nothing to strike."
        raise Refusal(msg)
    return change if "was" in change or stands is None else {**change, "was": stands}
