"""Delegations: the terms of each as they stand, and what stops it, piece by piece of time. Row and fold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import tzinfo
from typing import Any, Final, NamedTuple

from decisionlog.domain.days import Span
from decisionlog.domain.facts.envelope import Fact
from decisionlog.domain.known import Reading
from decisionlog.store.bitemporal import Holding
from decisionlog.store.histories import Histories, packed, parts
from decisionlog.store.lives import NEVER, by_effect, effect_said, own_end, pieces, proof

_GRANTED: Final = "delegation.granted"
_VARIED: Final = "delegation.varied"
_STOPS: Final[Mapping[str, str]] = {
    "delegation.suspended": "suspended",
    "delegation.revoked": "revoked",
    "delegation.lapsed": "lapsed",
    "delegation.continued": "carried into",
}
_RESUMED: Final = "delegation.resumed"
_CONDITIONS: Final[Mapping[str, str]] = {
    "condition.accepted": "accepted",
    "condition.refused": "refused",
    "condition.discharged": "discharged",
    "condition.failed": "failed",
    "condition.waived": "waived",
}
_TERMS: Final = (
    "delegates exercise scope matters places exclusivity limits conditions must_consult reserved_matters onward holders "
    "reporting until review_by"
).split()
"""What a variation can change."""
_GRANT: Final = (
    *"delegator on_behalf_of kind legal_basis instrument clause by_decision parent continues".split(), *_TERMS
)  # fmt: skip


class Delegation(NamedTuple):
    """One delegation as it stood."""

    begun: int
    """1, where its effect had come."""
    stopped: int
    """1, where something stopped it, or a part of it."""
    granted_at: int
    delegator: str
    on_behalf_of: str
    delegates: str
    exercise: str
    kind: str
    functions: str
    scope: str
    """Packed: the functions with their includes and excludes."""
    matters: str
    places: str
    legal_basis: str
    instrument: str
    clause: str
    by_decision: str
    parent: str
    continues: str
    exclusivity: str
    limits: str
    """Packed, money in pence; empty where none are recorded, `[]` where it is stated to be without."""
    conditions: str
    """Packed: `id`, `kind`, `state`, `evidence`."""
    must_consult: str
    reserved: int
    """How many matters are reserved; -1 where it is not recorded."""
    onward: str
    consent_of: str
    holders: str
    reporting: str
    review_by: str
    since: str
    until: str
    stops: str
    """Packed: `how`, `on`, `on_behalf_of`, `functions`, `evidence`."""
    evidence: str


class Delegations(Histories):
    """Every delegation, over all of time: before it takes effect, in force, stopped, ended."""

    name = "delegations"
    version = 1
    kinds = frozenset({"delegation"})
    marks = frozenset({_GRANTED, _VARIED, _RESUMED, *_STOPS, *_CONDITIONS})
    row = Delegation
    indexes = (("delegator",),)

    @classmethod
    def holdings(cls, reading: Reading, zone: tzinfo) -> Iterable[Holding]:
        """All of time in pieces between the moments at which a term or a stop may change."""
        told = _Told(reading, zone)
        return pieces(told.moments(), told.at) if told.grants else ()


class _Told:
    """The facts of one delegation, each kind in the order of effect."""

    def __init__(self, reading: Reading, zone: tzinfo) -> None:
        self._reading, self._zone = reading, zone
        ordered = by_effect((fact for fact in reading.facts if fact.type in Delegations.marks), zone)
        self._events = ordered
        self.grants = [(at, fact) for at, fact in ordered if fact.type == _GRANTED]
        self._varied = [(at, fact) for at, fact in ordered if fact.type == _VARIED]
        self._stops = [(at, fact) for at, fact in ordered if _is_stop(fact)]
        self._resumed = [(at, fact) for at, fact in ordered if fact.type == _RESUMED]
        self._conditions = [(at, fact) for at, fact in ordered if fact.type in _CONDITIONS]

    def moments(self) -> Iterator[int]:
        """When a term or a stop may change."""
        for at, fact in self._events:
            for span in (at, own_end(fact, self._zone)):
                yield from (span.earliest, span.certain)

    def at(self, moment: int) -> tuple[Delegation, bool]:
        """How it stood at a moment, and whether that was only possible."""
        (begins, granted), *_ = self.grants
        counted = [(at, fact) for at, fact in self.grants[1:] + self._varied if at.earliest <= moment]
        said, sources = self._said(granted, [fact for _, fact in sorted(counted, key=_by_beginning)])
        over, stops = self._over(sources), list(self._standing(moment))
        if over.certain <= moment:
            source = sources["until"]
            stops.append(_stop("ended", said["until"], proof(self._reading, [source])))
        straddled = [begins, *(at for at, _ in counted), over, *self._doubtful(moment)]
        possible = any(at.earliest <= moment < at.certain for at in straddled)
        facts = [granted, *(fact for _, fact in counted)]
        return self._row(said, sources, facts, stops, begins, moment), possible

    def _said(self, granted: Fact, later: Iterable[Fact]) -> tuple[dict[str, Any], dict[str, Fact]]:
        """The terms as they stand, and the fact that says each."""
        said: dict[str, Any] = {}
        sources: dict[str, Fact] = {}
        for fact in (granted, *later):
            for name in getattr(fact.data, "struck", None) or ():
                said.pop(name, None)
                sources[name] = fact
            for name in _GRANT if fact.type == _GRANTED else _TERMS:
                if (value := getattr(fact.data, name, None)) is not None:
                    said[name], sources[name] = value, fact
        return said, sources

    def _over(self, sources: Mapping[str, Fact]) -> Span:
        """Its end, by the fact that says it last."""
        return own_end(sources["until"], self._zone) if "until" in sources else NEVER

    def _standing(self, moment: int) -> Iterator[dict[str, Any]]:
        """What stops it at a moment."""
        for at, fact in self._stops:
            if at.certain <= moment and not any(end.certain <= moment for end in self._ends_of(fact)):
                scope = getattr(fact.data, "scope", None) or ()
                yield _stop(
                    _STOPS[fact.type],
                    effect_said(fact),
                    proof(self._reading, [fact]),
                    list(getattr(fact.data, "on_behalf_of", None) or ()),
                    [one.function for one in scope],
                )

    def _ends_of(self, stop: Fact) -> list[Span]:
        """What ends a stop: of a suspension its own time, and each resumption that names it."""
        if stop.type != "delegation.suspended":
            return []
        resumed = [at for at, fact in self._resumed if _names(fact, stop)]
        return [own_end(stop, self._zone), *resumed]

    def _doubtful(self, moment: int) -> Iterator[Span]:
        """When a stop may have begun; when one that stands may have ended."""
        for at, fact in self._stops:
            ends = self._ends_of(fact)
            if not any(end.certain <= moment for end in ends):
                yield at
                if at.certain <= moment:
                    yield from ends

    def _asked(self, source: Fact | None, moment: int) -> list[dict[str, Any]]:
        """The conditions that one fact states, each with how it stands at a moment."""
        found = []
        for condition in getattr(source and source.data, "conditions", None) or ():
            state, last = "stated", None
            for at, fact in self._conditions:
                if (
                    at.earliest <= moment
                    and getattr(fact.data, "condition", None) == condition.id
                    and (fact.of is None or _names(fact, source))
                ):
                    state, last = _CONDITIONS[fact.type], fact
            evidence = proof(self._reading, [source, last])
            found.append({"id": condition.id, "kind": condition.kind or "", "state": state, "evidence": evidence})
        return found

    def _row(
        self,
        said: Mapping[str, Any],
        sources: Mapping[str, Fact],
        facts: list[Fact],
        stops: list[dict[str, Any]],
        begins: Span,
        moment: int,
    ) -> Delegation:
        scope, onward, reserved = said.get("scope"), said.get("onward"), said.get("reserved_matters")
        conditions = self._asked(sources["conditions"], moment) if "conditions" in said else None
        return Delegation(
            begun=int(begins.earliest <= moment),
            stopped=int(bool(stops)),
            granted_at=begins.earliest,
            functions=packed(None if scope is None else [one.function for one in scope]),
            scope=packed(_scope(scope)),
            limits=packed(_limits(said.get("limits"))),
            conditions=packed(conditions),
            reserved=-1 if reserved is None else len(reserved),
            onward=onward.rule if onward else "",
            consent_of=packed(onward.consent_of if onward else None),
            reporting=packed(parts(said.get("reporting"), "to", "every", "next_due")),
            since=effect_said(facts[0]),
            until=said.get("until", ""),
            stops=packed(stops) if stops else "",
            evidence=packed(proof(self._reading, facts)),
            **{name: packed(said.get(name)) for name in _LISTS},
            **{name: said.get(name, "") for name in _WORDS},
        )


_LISTS: Final = ("on_behalf_of", "delegates", "matters", "places", "continues", "must_consult")
_WORDS: Final = (
    "delegator exercise kind legal_basis instrument clause by_decision parent exclusivity holders review_by".split()
)


def _is_stop(fact: Fact) -> bool:
    return fact.type in _STOPS and (
        fact.type != "delegation.continued" or bool(getattr(fact.data, "continued_into", None))
    )


def _names(fact: Fact, named: Fact | None) -> bool:
    return named is not None and fact.of is not None and (fact.of.stream, fact.of.n) == (named.stream, named.n)


def _by_beginning(one: tuple[Span, Fact]) -> int:
    return one[0].earliest


def _stop(
    how: str, on: str, evidence: list[int], on_behalf_of: Iterable[str] = (), functions: Iterable[str] = ()
) -> dict[str, Any]:
    return {
        "how": how,
        "on": on,
        "on_behalf_of": list(on_behalf_of),
        "functions": list(functions),
        "evidence": evidence,
    }


def _scope(scope: Iterable[Any] | None) -> list[dict[str, Any]] | None:
    """The functions, with the commitments to what each includes and leaves out."""
    if scope is None:
        return None
    found = []
    for one in scope:
        words = {
            name: [{"$private": commitment.digest} for commitment in value]
            for name in ("includes", "excludes")
            if (value := getattr(one, name)) is not None
        }
        found.append({"function": one.function, **words})
    return found


def _limits(limits: Iterable[Any] | None) -> list[dict[str, Any]] | None:
    if limits is None:
        return None
    found = []
    for one in limits:
        (rest,) = parts([one], "operator", "per", "vat", "kind", "fund") or [{}]
        money = {"money": {"amount": one.money.amount, "currency": one.money.currency}} if one.money else {}
        words = {"words": {"$private": one.words.digest}} if one.words else {}
        found.append({**money, **rest, **words})
    return found
