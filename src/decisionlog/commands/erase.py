"""Erasing: which sealed values would go, what bars it, and the facts that say that they went.

The facts are decided here and recorded like any others; recording them is what empties the vault (`store.erasing`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any, Final

from msgspec import Struct

from decisionlog.commands.held_words import SHORT, elsewhere, folded, holds_over, opened_of, parts_of, require_not_held
from decisionlog.commands.record_facts import Plain, RecordFacts, record_facts
from decisionlog.commands.things import Thing, happened, thing, when
from decisionlog.domain.access import may_name_nobody
from decisionlog.domain.days import moment
from decisionlog.domain.facts.envelope import Fact
from decisionlog.domain.references import split
from decisionlog.domain.refusals import BadInput, Refusal
from decisionlog.domain.sealed import ERASING
from decisionlog.store.batch import Export, Receipt
from decisionlog.store.choosing import Value, choose, sealed_in
from decisionlog.store.erasing import Erasure
from decisionlog.store.log import Log

_ACCOUNTS: Final = ERASING | {"record.hold_placed", "record.hold_lifted", "record.access_changed"}
"""Types that say why something was erased, kept or withheld: they go only where they are named by themselves."""
_NOT_DECIDED: Final = frozenset("rejected deferred noted received not-ratified withdrawn no-decision".split())
"""Outcomes by which nothing was decided that anything could be destroyed under."""


class Erase(Struct, frozen=True):
    """The request: what is to go, by which decision, why, by whom and when."""

    ref: str
    under: str
    reason: str
    recorded_by: str
    now: datetime
    paths: Sequence[str] = ()
    everywhere: bool = False
    """Also every other sealed value in which the same words stand."""
    legal_basis: str | None = None


class Plan(Struct, frozen=True):
    """What an erasure would do."""

    stream: str
    decision: str
    """The stream of the disposal decision."""
    going: tuple[Value, ...]
    """What would be destroyed."""
    repeated: tuple[Value, ...]
    """Other sealed values in which the same words stand, and which stay."""
    in_the_open: tuple[int, ...]
    """Facts in which the same words stand unsealed: they are proved, and cannot be erased."""
    carried: tuple[Export, ...]
    """What was given out before, with these words in clear."""
    marks: tuple[str, ...]
    """Under which facts what was asked for went before."""
    size: int
    person: str = ""
    whole_person: bool = False
    held: tuple[int, ...] = ()
    """The holds that keep some of the other values in which the same words stand."""
    in_part: tuple[Value, ...] = ()
    """Other sealed values in which only a part of a name that goes stands; whether they speak of the same is not known."""
    in_part_unsealed: tuple[int, ...] = ()


def plan(log: Log, request: Erase) -> Plan:
    """What would go. Raises `NotFound`, `BadInput`, and `Refusal` where a hold or the decision bars it."""
    size = log.size()
    if not request.reason.strip():
        msg = "Why it is to go is missing. Nothing was erased; give --reason."
        raise BadInput(msg)
    chosen = choose(log, request.ref, request.paths)
    values = [value for value in chosen.values if not (chosen.whole and value.type in _ACCOUNTS)]
    there, marks = opened_of(log, values)
    person = chosen.stream if split(chosen.stream)[0] == "person" else ""
    words = {folded(text) for text in there.values() if len(folded(text)) >= SHORT}
    names = [text for value, text in there.items() if split(value.stream)[0] == "person" and value.path == "/name"]
    found = elsewhere(log, words, set(there), size, parts_of(names))
    repeated, in_the_open = found.sealed, found.unsealed
    going = [*there, *(repeated if request.everywhere else ())]
    decision, at = _decision(log, request.under), moment(request.now)
    if going:
        require_not_held(log, {chosen.stream}, going, found.held, at)
    return Plan(
        stream=chosen.stream,
        decision=decision.stream,
        going=tuple(sorted(going)),
        repeated=() if request.everywhere else tuple(sorted(repeated)),
        in_the_open=tuple(in_the_open),
        carried=tuple(export for export in log.recorder.exports() if any(carries(export, one) for one in going)),
        marks=tuple(dict.fromkeys(marks)),
        held=() if request.everywhere else holds_over(log, repeated, at),
        size=size,
        person=person,
        whole_person=bool(person) and chosen.whole,
        in_part=tuple(sorted(found.in_part)),
        in_part_unsealed=tuple(found.in_part_unsealed),
    )


def erase(log: Log, request: Erase, planned: Plan, *, dry_run: bool = False) -> Receipt:
    """Record what a plan says, which destroys it. Raises `Conflict` where somebody recorded since it was made."""
    return record_facts(
        log,
        RecordFacts(
            list(map(Plain, facts(planned, request, log))),
            request.recorded_by,
            request.now,
            again=True,  # its own words are in no request that would be kept
            size=planned.size,
            personal_data=True,
            dry_run=dry_run,
            may_erase=True,
        ),
        followed=True,
    )


def facts(planned: Plan, request: Erase, log: Log) -> Iterator[dict[str, Any]]:
    """The facts that say what went: one for a whole person, one for every other fact."""
    said = {
        "by_decision": planned.decision,
        "reason": request.reason,
        **({"legal_basis": request.legal_basis} if request.legal_basis else {}),
    }
    on = request.now.astimezone(log.zone).isoformat(timespec="seconds")
    by_fact = {key: list(of_fact) for key, of_fact in groupby(planned.going, key=lambda one: (one.stream, one.n))}
    own = [key for key in by_fact if planned.whole_person and key[0] == planned.stream]
    if own:
        cited = [{"stream": stream, "n": n} for stream, n in own]
        yield {"type": "person.erased", "stream": planned.stream, "on": on, "data": {"facts": cited, **said}}
    person = {"person": planned.person} if planned.person else {}
    for stream, n in [key for key in by_fact if key not in own]:
        paths = [value.path for value in by_fact[stream, n]]
        yield {
            "type": "record.value_erased",
            "stream": stream,
            "of": {"stream": stream, "n": n},
            "on": on,
            "data": {"paths": paths, **person, **said},
        }


def carries(export: Export, value: Value) -> bool:
    """Whether a value was in clear in what was given out; of the words of open facts, whether it may have been."""
    match export.words:
        case "all":
            return value.position <= export.size
        case "open":
            return value.position <= export.size and may_name_nobody(value.stream, value.type, value.path)
        case "some":
            return value.digest in export.opened
        case _:
            return False


def _decision(log: Log, ref: str) -> Thing:
    """The disposal decision. Raises `Refusal` where it is none that anything can be destroyed under."""
    found = thing(log, ref, ("decision",))
    taken = next(
        (fact for fact in found.of_types("decision.taken") if found.data(fact).keys() - {"ref", "issuer"}), None
    )
    ended = found.ended()
    if found.never_was:
        wrong = "was retracted: it should not have been recorded"
    elif taken is None:
        wrong = "is only cited here: what was decided is not recorded"
    elif ended:
        wrong = f"was {happened(ended.type)} {when(ended)}"
    elif (outcome := found.data(taken).get("outcome")) in _NOT_DECIDED:
        wrong = f"decided nothing that could be destroyed under: its outcome is {outcome} [{taken.position}]"
    else:
        return found
    msg = f"{found.ref} {wrong}. Nothing was erased; name the decision that says that this is to go."
    raise Refusal(msg)


def erase_again(
    log: Log,
    made: Iterable[Erasure],
    recorded_by: str,
    now: datetime,
    reason: str = "Erased before, and restored from a backup.",
) -> int:
    """Erase in a log that was restored what was erased since its backup was made; how many values went.

    `made` is `store.erasing.erasures` of the log that went on. What is not in the restored log is left out, a hold that
    was lifted since keeps nothing, and the erasing facts that the restored log lacks are recorded in it anew.
    """
    gone, plain = 0, []
    for erasure in made:
        going = [value for place in erasure.gone for value in _at(log, place.position) if value.digest == place.digest]
        there = sorted(opened_of(log, going)[0])
        gone += len(there)
        for (stream, n), values in groupby(there, key=lambda one: (one.stream, one.n)):
            plain.append(_said_again(log, erasure.fact, stream, n, [value.path for value in values], reason))
    if plain:
        record_facts(
            log,
            RecordFacts(
                list(map(Plain, plain)),
                recorded_by,
                now,
                again=True,
                personal_data=True,
                may_erase=True,
                despite_holds=True,
            ),
            followed=True,
        )
    return gone


def _at(log: Log, position: int) -> list[Value]:
    return (
        [value for line in log.lines(position - 1, position) for value in sealed_in(line)]
        if position <= log.size()
        else []
    )


def _said_again(log: Log, before: Fact, stream: str, n: int, paths: list[str], reason: str) -> dict[str, Any]:
    decision = getattr(before.data, "by_decision", None)
    person = getattr(before.data, "person", None) or (before.stream if split(before.stream)[0] == "person" else None)
    named = {
        name: value
        for name, value in (("by_decision", decision), ("person", person))
        if value and log.recorder.stream_lines(value)
    }
    basis = getattr(before.data, "legal_basis", None)
    return {
        "type": "record.value_erased",
        "stream": stream,
        "of": {"stream": stream, "n": n},
        "on": before.on,
        "data": {"paths": paths, **named, **({"legal_basis": basis} if basis else {}), "reason": reason},
    }
