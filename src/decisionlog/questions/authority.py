"""Under what authority: the chain from what was relied on upwards, and what in it is possibly irregular."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from msgspec.structs import replace

from decisionlog.checks.world.rows import RowsWorld
from decisionlog.domain.answers.accountable import THE_LAW
from decisionlog.domain.answers.deciding import DecisionMaker, Hop
from decisionlog.domain.authority.outcomes import Outcome
from decisionlog.domain.authority.parties import is_forum
from decisionlog.domain.authority.steps import Step
from decisionlog.domain.authority.world import Duty, Grant, Succession
from decisionlog.domain.course import BINDING
from decisionlog.domain.money import money
from decisionlog.domain.references import split
from decisionlog.domain.saying import Named, Said, joined
from decisionlog.questions.accountable.upwards import Upwards
from decisionlog.questions.delegations import hop, terms
from decisionlog.questions.in_force import Use
from decisionlog.questions.telling import NOT_RECORDED, text_of
from decisionlog.questions.viewing import Stated, Viewing, texts

_HIGHEST: Final = 8
"""Steps beyond which no chain is followed: more is a mistake of the record, or of its reader."""
_CANDIDATES: Final = 50
_NOTHING_EXERCISED: Final = frozenset({"no-decision", "deferred", "withdrawn"})
"""Outcomes by which no power was used, whatever was cited."""
FAILING: Final[Mapping[str, str]] = {
    "instrument": " rests on an instrument that was not in force",
    "delegator_held": " was given by somebody who did not have the power at that time",
    "basis": " is not allowed by its legal basis, by the table of legal bases",
    "onward": " was passed on, which the delegation above does not allow",
    "limit": " has a limit that the amount is over",
    "conditions": " has a condition that was not met",
    "delegate": " was given to somebody who could not have it",
    "holder": " could not be used by whoever held the post",
}
"""What a failing test says of a step."""
_FOR_ONE_DECISION: Final = frozenset({"", "decision", "each decision", "per decision", "case", "contract", "item"})


def chains(viewing: Viewing, taken: Stated) -> Iterator[Hop]:
    """For each organisation bound, what was relied on, then what that rests on, step by step up to the duty and the law.

    Where the way up to a duty is not on record, what is recorded or possible of the delegations above.
    """
    upwards = Upwards(viewing, taken, _functions_of_it(viewing, taken))
    for relied_on in taken.data.get("authority", ()):
        delegation = relied_on.get("delegation", "")
        bound = relied_on.get("on_behalf_of") or taken.data.get("on_behalf_of", ())
        used = _Used(viewing, taken.fact.on, _use(viewing, taken.data, relied_on))
        cited = used.hop(delegation) if split(delegation)[0] == "delegation" else None
        if cited is None:
            yield _without_delegation(relied_on, taken)
            ways = upwards.to_maker(taken.data.get("decision_makers", ()), bound)
            yield from _steps_above(used, ways)
        else:
            yield from _up_from(used, upwards, cited, bound)


def _up_from(used: _Used, upwards: Upwards, cited: Hop, bound: Sequence[str]) -> Iterator[Hop]:
    """The delegation that was cited, and the way up from it."""
    recorded = [parent for parent, _ in _recorded(used.viewing, used.terms(cited.delegation))]
    ways = upwards.from_delegation(cited.delegation, bound, recorded)
    if ways:
        yield replace(cited, tests=ways[0][0].tests)
        yield from _steps_above(used, [steps[1:] for steps in ways])
        return
    yield cited
    if not recorded and (above := upwards.to_party([cited.from_], bound)):
        yield from _steps_above(used, above)
    else:
        yield from _above(used, cited.delegation, 1, {cited.delegation})


def _functions_of_it(viewing: Viewing, taken: Stated) -> list[str]:
    """Where a decision names no function: those of the proposals that it disposes of, else of what it relied on."""
    if taken.data.get("functions"):
        return []
    proposed = [
        function
        for one in taken.data.get("proposals", ())
        if isinstance(one, dict) and "proposal" in one
        for function in viewing.of(one["proposal"])
        .now(("proposal.submitted",), ("proposal.revised",))
        .get("functions", ())
    ]
    return proposed or list(_functions_relied_on(viewing, taken))


def _functions_relied_on(viewing: Viewing, taken: Stated) -> Iterator[str]:
    """The functions of the delegations that were relied on."""
    for relied_on in taken.data.get("authority", ()):
        if split(delegation := relied_on.get("delegation", ""))[0] == "delegation":
            data, _ = terms(viewing.of(delegation), taken.fact.on, viewing.log.zone)
            yield from (one["function"] for one in data.get("scope", ()) if isinstance(one, dict) and "function" in one)


def _steps_above(used: _Used, ways: Iterable[Sequence[Step]]) -> Iterator[Hop]:
    """The steps of ways upwards, each once."""
    passed = set()
    for steps in ways:
        for number, step in enumerate(steps, 1):
            known_as = (step.kind, step.reference, step.giver, step.receivers)
            if known_as not in passed:
                passed.add(known_as)
                yield from _told(used, number, step)


def _told(used: _Used, number: int, step: Step) -> Iterator[Hop]:
    if isinstance(step.by, Grant):
        link = used.hop(step.reference, number)
        if link is not None:
            yield replace(link, tests=step.tests)
        return
    for succession in reversed(step.via):
        yield _succession(number, step, succession)
    yield Hop(
        from_=step.giver or THE_LAW,
        to=(step.by.holder,) if isinstance(step.by, Duty) else step.receivers,
        legal_basis=step.by.legal_basis or NOT_RECORDED,
        instrument=step.by.instrument or NOT_RECORDED,
        clause=step.by.clause,
        limits=(),
        valid="possible" if step.possible else "in force",
        delegation="",
        words="",
        evidence=step.by.evidence,
        step=number,
        kind=step.kind,
        reference=step.reference,
        tests=step.tests,
    )


def _succession(number: int, step: Step, succession: Succession) -> Hop:
    after = step.via.index(succession) + 1
    heir = step.via[after].organisation if after < len(step.via) else step.receivers[0]
    return Hop(
        from_=succession.organisation,
        to=(heir,),
        legal_basis=succession.legal_basis or NOT_RECORDED,
        instrument=succession.instrument or NOT_RECORDED,
        clause=succession.clause,
        limits=(),
        valid="possible" if succession.possible else "in force",
        delegation="",
        words="",
        evidence=succession.evidence,
        step=number,
        kind="succession",
        reference=succession.organisation,
    )


class _Used(NamedTuple):
    """When a chain of delegations was used, and for what."""

    viewing: Viewing
    on: str | None
    use: Use

    def hop(self, stream: str, step: int = 0, rests: str = "") -> Hop | None:
        return hop(self.viewing.of(stream), self.on, self.viewing.log.zone, self.use, step=step, rests=rests)

    def terms(self, stream: str) -> dict[str, Any]:
        return terms(self.viewing.of(stream), self.on, self.viewing.log.zone)[0]


def _use(viewing: Viewing, decision: dict[str, Any], relied_on: dict[str, Any]) -> Use:
    """The functions that a decision exercises, with those that they are part of; and for whom it relies on an authority."""
    functions: dict[str, None] = {}
    waiting = list(decision.get("functions", ()))
    while waiting:
        function = waiting.pop()
        if function not in functions:
            functions[function] = None
            catalogued = viewing.of(function).first("function.catalogued")
            waiting += [catalogued.data["parent"]] if catalogued and "parent" in catalogued.data else []
    bound = relied_on.get("on_behalf_of", decision.get("on_behalf_of", ()))
    return Use(frozenset(functions), frozenset(bound))


def _without_delegation(relied_on: dict[str, Any], taken: Stated) -> Hop:
    delegation = relied_on.get("delegation", "")
    return Hop(
        from_=" and ".join(relied_on.get("on_behalf_of", ())) or NOT_RECORDED,
        to=tuple(taken.data.get("decision_makers", ())),
        legal_basis=relied_on.get("legal_basis", NOT_RECORDED),
        instrument=relied_on.get("instrument", NOT_RECORDED),
        clause=relied_on.get("clause", ""),
        limits=(),
        valid=f"{NOT_RECORDED}: {f'{delegation} was not known' if delegation else 'no delegation is cited'}",
        delegation=delegation,
        words=text_of(relied_on.get("words")),
        evidence=(taken.position,),
    )


def _above(used: _Used, stream: str, step: int, passed: set[str]) -> Iterator[Hop]:
    """What a delegation rests on, and so on upwards; what was passed already is not passed again."""
    if step > _HIGHEST:
        return
    for parent, rests in _parents(used, stream):
        if parent in passed:
            continue
        passed.add(parent)
        link = used.hop(parent, step, rests)
        if link is not None:
            yield link
            yield from _above(used, parent, step + 1, passed)


def _parents(used: _Used, stream: str) -> Iterator[tuple[str, str]]:
    """The delegations that one rests on: as recorded; else those that its delegator had, which is only possible."""
    data = used.terms(stream)
    recorded = list(_recorded(used.viewing, data))
    yield from recorded or _possible(used, data)


def _recorded(viewing: Viewing, data: dict[str, Any]) -> Iterator[tuple[str, str]]:
    if parent := data.get("parent"):
        yield parent, "recorded as what it was made under"
    for continued in data.get("continues", ()):
        yield continued, "recorded as what it continues"
    granting = data.get("by_decision")
    taken = viewing.of(granting).first("decision.taken") if granting else None
    for relied_on in taken.data.get("authority", ()) if taken else ():
        if "delegation" in relied_on:
            yield relied_on["delegation"], f"relied on by {granting}, which made the grant"


def _possible(used: _Used, data: dict[str, Any]) -> Iterator[tuple[str, str]]:
    delegator, functions = data.get("delegator"), _functions(data)
    if not delegator or not functions:
        return
    grants, _ = used.viewing.concerning(delegator, ["delegation.granted"], ["delegates"], _CANDIDATES)
    for grant in grants:
        held = used.terms(grant.fact.stream)
        link = used.hop(grant.fact.stream)
        if link and link.valid == "in force" and functions & _functions(held):
            yield (
                grant.fact.stream,
                "possible: its delegator had this for the same function; that it rests on it is not recorded",
            )


def _functions(data: dict[str, Any]) -> set[str]:
    scope = {one["function"] for one in data.get("scope", ()) if isinstance(one, dict) and "function" in one}
    return scope | set(texts(data.get("matters", [])))


# What is possibly irregular


def possibly_irregular(taken: Stated, chain: Iterable[Hop], makers: Iterable[DecisionMaker]) -> Iterator[Said]:
    """What is plain from the chain, each with its evidence; whether it is so is for people to say."""
    if taken.data.get("outcome") in _NOTHING_EXERCISED:
        return
    deciders = {maker.body or maker.post or maker.person or maker.organisation for maker in makers}
    for link in chain:
        if link.rests.startswith("possible"):
            continue
        evidence = _positions((taken.position, *link.evidence))
        yield from (("possible: ", *sentence, f" {evidence}.") for sentence in _failing(link))
        if not link.delegation:
            continue
        name = link.delegation.replace(":", " ", 1)
        if link.valid.startswith("not in force"):
            _, _, why = link.valid.partition(": ")
            yield (f"possible: {name} was not in force on {taken.fact.on} ({why}) {evidence}.",)
        if link.step:
            continue
        if deciders and link.to and not deciders & set(link.to):
            yield (f"possible: {name} was not given to whoever decided {evidence}.",)
        for amount, limit in _over(taken.data.get("value", ()), link.limits):
            yield (f"possible: {amount} is over the limit of {limit} in {name} {evidence}.",)


def decided_by_a_forum(viewing: Viewing, taken: Stated, makers: Iterable[DecisionMaker]) -> Iterator[Said]:
    """Of what binds somebody: the deciders that can only discuss or advise, by their kind or their terms on that day."""
    if taken.data.get("outcome") not in BINDING or taken.data.get("asked_to", "decide") != "decide":
        return
    world = RowsWorld(
        viewing.rows, viewing.point.as_of._replace(on=viewing.moment(taken.fact.on, viewing.point.as_of.on))
    )
    for maker in makers:
        if maker.body and is_forum(world, maker.body):
            evidence = _positions((taken.position, *world.party(maker.body).evidence))
            yield ("possible: ", Named(maker.body), f" can only discuss or advise; nobody is bound by this {evidence}.")


def _failing(link: Hop) -> Iterator[Said]:
    """The tests of a step that fail, each in a sentence; the limit of what was cited itself is told with its amounts."""
    for test in link.tests:
        if test.outcome is Outcome.FAILS and (test.name != "limit" or link.step):
            what: Said = (
                (Named(link.delegation),)
                if link.delegation
                else ("the power of ", *joined([(Named(to),) for to in link.to]))
            )
            why: Said = (" (", *test.detail, ")") if test.detail else ()
            yield (*what, FAILING[test.name], *why)


def _over(values: Iterable[Any], limits: Iterable[Any]) -> Iterator[tuple[str, str]]:
    """Sums that are over a limit on each decision, with that limit. A limit per year cannot be judged by one decision."""
    for limit in limits:
        if "money" not in limit or limit.get("per", "") not in _FOR_ONE_DECISION:
            continue
        most, currency = limit["money"]["amount"], limit["money"]["currency"]
        total = sum(value["money"]["amount"] for value in values if _counts(value, limit, currency))
        if total > most or (total == most and limit.get("operator") == "<"):
            yield money(total, currency), money(most, currency)


def _counts(value: Any, limit: dict[str, Any], currency: str) -> bool:
    if "money" not in value or value["money"]["currency"] != currency:
        return False
    return all(name not in limit or name not in value or limit[name] == value[name] for name in ("kind", "fund"))


def _positions(evidence: Iterable[int]) -> str:
    return f"[{', '.join(str(position) for position in dict.fromkeys(evidence))}]"
