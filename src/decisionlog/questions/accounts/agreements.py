"""Accounts of an instrument and of a fund: who is party to it, what it says, what rests on it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from decisionlog.domain.answers.telling import Line
from decisionlog.domain.saying import Named, Said, said
from decisionlog.questions.accounts.account import (
    Account,
    fields,
    filled,
    happened,
    latest,
    lines,
    section,
    told,
    with_article,
)
from decisionlog.questions.accounts.decisions import decision_line
from decisionlog.questions.sentences import sentence
from decisionlog.questions.viewing import Seen, Stated, Viewing

_RESTING: Final = ("delegation.granted", "function.duty_placed", "fund.established", "body.terms_adopted")
_KINDS: Final = {
    "sord": "scheme of reservation and delegation",
    "sfi": "set of standing financial instructions",
    "mou": "memorandum of understanding",
    "s75-agreement": "section 75 agreement",
    "terms-of-reference": "set of terms of reference",
    "standing-orders": "set of standing orders",
}
"""Kinds that are said in other words than they are written."""
_JOINED: Final = "parties_joined"
_LEFT: Final = "parties_left"


def instrument(viewing: Viewing, seen: Seen) -> Account:
    """Its kind, its version and parties now, its clauses, and what was made under it."""
    adopted = seen.first("instrument.adopted")
    if adopted is None:
        return Account()
    now = seen.now(["instrument.adopted"], ["instrument.amended"])
    resting, more = viewing.concerning(seen.stream, _RESTING, ["instrument"])
    return Account(
        opening=tuple(_opening(viewing, seen, now, adopted)),
        sections=filled(
            section("Parties", _parties(seen, adopted, "instrument.parties_changed")),
            section("Clauses", _clauses(seen)),
            section("What happened to it", _since(seen, "instrument.adopted")),
            latest(
                "Made under it",
                [
                    Line((Named(one.fact.stream), ": ", *sentence(one.fact.type, one.data)), (one.position,))
                    for one in resting
                ],
                more,
            ),
        ),
        told=fields("name kind kind_words version parties clauses from until review_by"),
    )


def _opening(viewing: Viewing, seen: Seen, now: dict[str, Any], adopted: Stated) -> Iterator[Said]:
    kind = _KINDS.get(now.get("kind", ""), str(now.get("kind", "kind that is not recorded")).replace("-", " "))
    since = {"since": now.get("from") or adopted.fact.on} if now.get("from") or adopted.fact.on else {}
    yield said(
        f"{with_article(kind)}[, version {{version}}][, in force from {{since}}][, last day {{until}}].",
        {**now, **since},
    )
    ended = seen.last("instrument.replaced", "instrument.ended")
    if ended and viewing.has_begun(ended):
        yield sentence(ended.fact.type, ended.data)
    elif viewing.is_over(adopted):
        yield ("Its time was up by the day asked about.",)
    if "review_by" in now:
        late = ", a day that is over" if viewing.is_past(now["review_by"]) else ""
        yield said(f"It is to be reviewed by {{review_by}}{late}.", now)


def _parties(seen: Seen, opening: Stated, changing: str) -> Iterator[Line]:
    """Who is party now, each by the fact that made it so."""
    parties = dict.fromkeys(opening.data.get("parties", ()), opening.position)
    for one in seen.stated(changing):
        parties |= dict.fromkeys(one.data.get(_JOINED, ()), one.position)
        for left in one.data.get(_LEFT, ()):
            parties.pop(left, None)
    for party, position in parties.items():
        yield Line((Named(party),), (position,))


def _clauses(seen: Seen) -> Iterator[Line]:
    clauses: dict[str, tuple[dict[str, Any], int]] = {}
    for one in seen.stated("instrument.adopted", "instrument.amended"):
        for clause in one.data.get("clauses", ()):
            clauses[clause.get("clause", "")] = (clause, one.position)
    for number, (clause, position) in clauses.items():
        yield Line(
            said("[{title}][ on {functions}][: {words}]", clause) or ("named only",), (position,), f"Clause {number}"
        )


def _since(seen: Seen, opening: str) -> Iterator[Line]:
    kind = opening.partition(".")[0]
    for one in seen.stated():
        if one.fact.type.startswith(f"{kind}.") and one.fact.type != opening:
            yield happened(one)


def fund(viewing: Viewing, seen: Seen) -> Account:
    """Whose money it is, who holds it for whom, who puts in what, and how it was reported to stand."""
    established = seen.first("fund.established")
    if established is None:
        return Account()
    decided, more = viewing.concerning(seen.stream, ["decision.taken"], ["value.fund"])
    grants, more_grants = viewing.concerning(seen.stream, ["delegation.granted"], ["matters", "limits.fund"])
    now = {**established.data, "on": established.data.get("from") or established.fact.on}
    opening = [
        said(
            "A {kind} fund[, hosted by {host}][, managed by {manager}][, set up on {on}].",
            {**now, "kind": now.get("kind", "kind of")},
        ),
        said("It rests on {legal_basis}[, {instrument}][, clause {clause}].", now),
    ]
    closed = seen.last("fund.closed")
    return Account(
        opening=tuple(filter(None, (*opening, sentence(closed.fact.type, closed.data) if closed else ()))),
        sections=filled(
            section("Parties", _parties(seen, established, "fund.parties_changed")),
            section("Contributions", _contributions(seen)),
            section("For", told("{functions}[, in {places}]", established.data, established)),
            latest(
                "Reports", [_report(one) for one in seen.stated("fund.reported")], none="No report on it is recorded."
            ),
            section(
                "Delegations of it",
                lines("{stream}, to {delegates|=somebody who is not recorded}", grants),
                more_grants,
            ),
            latest("Decisions that spend from it", [decision_line(one) for one in decided], more),
        ),
        told=fields("name kind host manager parties contributions functions places legal_basis instrument clause from"),
    )


def _contributions(seen: Seen) -> Iterator[Line]:
    now: dict[str, tuple[dict[str, Any], int]] = {}
    for one in seen.stated("fund.established", "fund.contribution_changed", "fund.parties_changed"):
        for each in one.data.get("contributions", ()):
            now[each.get("partner", "")] = (each, one.position)
        for left in one.data.get(_LEFT, ()):
            now.pop(left, None)
    for each, position in now.values():
        yield Line(
            said(
                "{partner}: {money|=an amount that is not recorded}[, {kind}][, {recurrence}][, for {period}][: {words}]",
                each,
            ),
            (position,),
        )


def _report(one: Stated) -> Line:
    template = "[to {to}][ for {period}][: spent {spent}][; committed {committed}][; forecast {forecast}][; balance {balance}][: {words}]"
    return Line(said(template, one.data) or ("a report",), (one.position,), one.fact.on or "")
