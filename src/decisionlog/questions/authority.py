"""Under what authority: for each organisation bound, the chain from what was relied on upwards to the duty and the law."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final, NamedTuple

from msgspec.structs import replace

from decisionlog.domain.answers.accountable import THE_LAW
from decisionlog.domain.answers.deciding import Hop
from decisionlog.domain.authority.standing import Use
from decisionlog.domain.authority.steps import Step
from decisionlog.domain.authority.world import Duty, Grant, Succession
from decisionlog.domain.references import split
from decisionlog.questions.accountable.upwards import Upwards, is_on
from decisionlog.questions.delegations import hop, terms
from decisionlog.questions.telling import NOT_RECORDED, text_of
from decisionlog.questions.viewing import Stated, Viewing, texts

_HIGHEST: Final = 8
"""Steps beyond which no chain is followed: more is a mistake of the record, or of its reader."""
_CANDIDATES: Final = 50


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
            yield from _steps_of(used, ways)
        else:
            yield from _up_from(used, upwards, cited, bound)


def _up_from(used: _Used, upwards: Upwards, cited: Hop, bound: Sequence[str]) -> Iterator[Hop]:
    """The delegation that was cited, from each who gave it for those bound, and the way up from there."""
    recorded = [parent for parent, _ in _recorded(used.viewing, used.terms(cited.delegation))]
    ways = upwards.from_delegation(cited.delegation, bound, recorded)
    if ways:
        yield from _steps_of(used, ways, first=0)
        yield from _without_a_way(used, cited, [one for one in bound if not any(is_on(one, way) for way in ways)])
        return
    yield cited
    if not recorded and (above := upwards.to_party([cited.from_], bound)):
        yield from _steps_of(used, above)
    else:
        yield from _above(used, cited.delegation, 1, {cited.delegation})


def _without_a_way(used: _Used, cited: Hop, bound: Iterable[str]) -> Iterator[Hop]:
    """The same delegation for those who are recorded to have given it too, and from whose duty no way leads to it."""
    gave = used.terms(cited.delegation).get("on_behalf_of", ())
    for one in bound:
        if one in gave and one != cited.from_:
            rests = "on what its power rests is not on record"
            yield replace(cited, from_=one, rests=rests)


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


def _steps_of(used: _Used, ways: Iterable[Sequence[Step]], first: int = 1) -> Iterator[Hop]:
    """The steps of ways upwards, each once; the first of them is numbered so."""
    passed = set()
    for steps in ways:
        here = used.along(steps)
        for number, step in enumerate(steps, first):
            known_as = (step.kind, step.reference, step.giver, step.receivers)
            if known_as not in passed:
                passed.add(known_as)
                yield from _told(here, number, step)


def _told(used: _Used, number: int, step: Step) -> Iterator[Hop]:
    if isinstance(step.by, Grant):
        link = used.hop(step.reference, number)
        if link is not None:
            yield _as_given(link, step, step.by)
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


def _as_given(link: Hop, step: Step, grant: Grant) -> Hop:
    """A delegation as it stands on a way: from whom there, to whom after a succession, by what it was continued."""
    return replace(
        link,
        from_=step.giver or link.from_,
        to=link.to if set(step.receivers) <= set(link.to) else step.receivers,
        legal_basis=grant.legal_basis or link.legal_basis,
        instrument=grant.instrument or link.instrument,
        clause=grant.clause,
        evidence=tuple(dict.fromkeys((*link.evidence, *step.evidence))),
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
        return hop(self.viewing, stream, self.on, self.use, step=step, rests=rests)

    def along(self, way: Sequence[Step]) -> _Used:
        """The same use, for those of the bound who are on a way; for all of them, where none is."""
        on_it = frozenset(one for one in self.use.parties if is_on(one, way))
        return self._replace(use=self.use._replace(parties=on_it or self.use.parties))

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
