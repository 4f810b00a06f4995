"""Conditions: each has an id within the fact that states it, by which it is accepted, discharged, failed or waived."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from decisionlog.commands.acts import Act, Decided, plain
from decisionlog.commands.things import Thing, happened, oddities, thing, when
from decisionlog.domain.facts.envelope import Fact
from decisionlog.domain.references import fold
from decisionlog.domain.refusals import BadInput, NotFound, Refusal
from decisionlog.store.log import Log

_NUMBER: Final = re.compile(r"c([0-9]{1,6})")
_SETTLED: Final = frozenset({"condition.discharged", "condition.waived", "condition.failed", "condition.refused"})


def numbered(data: dict[str, Any], taken: Iterable[str] = ()) -> dict[str, Any]:
    """The data of a fact in which every condition without an id has the next: C1, C2 and so on."""
    given = data.get("conditions")
    if not isinstance(given, list):
        return data
    before = {fold(one) for one in taken}
    used = before | {fold(str(entry["id"])) for entry in given if isinstance(entry, dict) and "id" in entry}
    count = max((int(found[1]) for one in before if (found := _NUMBER.fullmatch(one))), default=0)
    conditions = []
    for entry in given:
        if isinstance(entry, dict) and "id" not in entry:
            count = next(number for number in range(count + 1, count + len(used) + 2) if f"c{number}" not in used)
            entry = {"id": f"C{count}", **entry}  # noqa: PLW2901 - the same condition, with its id
        conditions.append(entry)
    return {**data, "conditions": conditions}


def stated(about: Thing) -> Iterator[tuple[str, Fact]]:
    """The conditions of a thing: the id of each, and the fact that states it."""
    for fact in about.reading.facts:
        for condition in about.data(fact).get("conditions", ()):
            if isinstance(condition, dict) and "id" in condition:
                yield str(condition["id"]), fact


def decide(log: Log, act: Act) -> Decided:
    """Say what became of a condition of a thing; the fact that states it is cited.

    Raises `NotFound` where it has no such condition, `BadInput` where several facts state one of that id, `Refusal`
    where that was recorded already.
    """
    about = thing(log, act.ref)
    wanted = str(act.data.get("condition", ""))
    found = [fact for id_, fact in stated(about) if fold(id_) == fold(wanted)]
    if act.fact:
        found = [fact for fact in found if fact.position == act.fact]
    if not found:
        raise NotFound(_no_such(about, wanted, act.fact))
    if len(found) > 1:
        places = ", ".join(f"@{fact.position} ({_whose(about, fact)})" for fact in found)
        msg = f"Condition {wanted} of {about.ref} is stated by several facts: {places}. Say which, with --fact."
        raise BadInput(msg)
    (stating,) = found
    before = _before(about, stating, wanted, act.type)
    if before and not act.again:
        msg = (
            f"Condition {wanted} of {about.ref} was {happened(before.type)} already {when(before)}, "
            f"recorded on {before.recorded_at[:10]}. To record that it was once more, give --again."
        )
        raise Refusal(msg)
    of = {"stream": about.stream, "n": stating.n}
    return Decided(
        plain(act, stream=about.stream, of=of), about.written, about.expected, notes=tuple(oddities(about, act.on))
    )


def _before(about: Thing, stating: Fact, wanted: str, fact_type: str) -> Fact | None:
    """The last thing that became of a condition, if it is the same again."""
    settled = [
        fact
        for fact in about.of_types(*_SETTLED, fact_type)
        if fact.of and fact.of.n == stating.n and fold(str(about.data(fact).get("condition"))) == fold(wanted)
    ]
    return settled[-1] if settled and settled[-1].type == fact_type else None


def _no_such(about: Thing, wanted: str, position: int) -> str:
    there = list(dict.fromkeys(id_ for id_, _ in stated(about)))
    where = f" stated by @{position}" if position else ""
    known = f"Its conditions are: {', '.join(there)}." if there else "No condition of it is recorded."
    return f"{about.ref} has no condition '{wanted}'{where}. {known}"


def _whose(about: Thing, fact: Fact) -> str:
    return ", ".join(about.data(fact).get("on_behalf_of", ())) or happened(fact.type)
