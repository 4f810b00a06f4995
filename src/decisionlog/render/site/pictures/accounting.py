"""Chains of accountability as ways from the law down: who has the duty, to whom the power passed, who could decide."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from decisionlog.domain.answers.accountable import Accountable, Chain, ChainHop, WhoCould
from decisionlog.domain.authority.outcomes import Outcome
from decisionlog.domain.text import visible
from decisionlog.render.chains import PROBLEMS, Names, tests
from decisionlog.render.site.pictures.ways import IN_FORCE, Holds, Join, Stop, Way, Ways
from decisionlog.render.words import NOT_RECORDED, called, dated, in_prose, last_day, mentioned

MOST_WAYS: Final = 24
COULD_DECIDE: Final = "Could decide"
_NOBODY: Final = Way(
    "", (Stop(f"Who has this duty is {NOT_RECORDED}", known=False), Stop("Nobody who could decide it is on record", known=False)),
    (Join((), "unknown", ("A gap",)),),
)  # fmt: skip


def ways_of(answer: Accountable | WhoCould) -> Ways:
    """The chains of an answer, each after the first only from where it leaves one that was shown."""
    names = Names.of(answer.names, answer.legal)
    about = names.all(answer.asked.functions) or called(answer.asked.stream, answer.names)
    where = f" in {names.all(answer.asked.places)}" if answer.asked.places else ""
    shown = answer.chains[:MOST_WAYS]
    ways = [_way(chain, _shared(chain, shown[:number]), number, names) for number, chain in enumerate(shown)]
    headed = ways if len(ways) > 1 else [Way("", way.stops, way.joins) for way in ways]
    title = f"Who is accountable for {about}{where}"
    return Ways(title, tuple(headed) or (_NOBODY,), more=len(answer.chains) - len(shown))


def _shared(chain: Chain, earlier: Sequence[Chain]) -> int:
    """How many steps a chain has in common with one that was shown before; the last step of a chain is always its own."""
    longest = max((_alike(chain, other) for other in earlier), default=0)
    return min(longest, len(chain) - 1)


def _alike(chain: Chain, other: Chain) -> int:
    number = 0
    for one, two in zip(chain, other, strict=False):
        if one != two:
            break
        number += 1
    return number


def _way(chain: Chain, shared: int, number: int, names: Names) -> Way:
    hops = chain[shared:]
    power = next((hop for hop in reversed(chain) if hop.has_power), None)
    beginning = [Stop(_who(chain[shared - 1], names), "As above")] if shared else list(_beginning(chain[0], names))
    joins = [Join((), "unknown", (NOT_RECORDED.capitalize(),))] if len(beginning) > 1 else []
    after = [*(hop.kind for hop in hops[1:]), ""]
    stops = [*beginning, *(_stop(hop, names, then, last=hop is power) for hop, then in zip(hops, after, strict=True))]
    heading = f"{number + 1}. To {_who(chain[-1], names)}"
    return Way(heading, tuple(stops), (*joins, *(_join(hop, names) for hop in hops)))


def _beginning(first: ChainHop, names: Names) -> Iterator[Stop]:
    """The law; or that the record does not go so far up, and who stands highest in it."""
    if first.kind == "duty":
        known = bool(first.legal_basis)
        yield Stop(
            names.power(first.legal_basis) if known else f"A legal basis that is {NOT_RECORDED}", "The law", known
        )
    else:
        yield Stop(f"Where this power comes from is {NOT_RECORDED}", known=False)
        yield Stop(names.party(first.from_), known=bool(first.from_))


def _who(hop: ChainHop, names: Names) -> str:
    return names.all(hop.to) or f"Somebody who is {NOT_RECORDED}"


def _stop(hop: ChainHop, names: Names, then: str, *, last: bool) -> Stop:
    """Whoever a step leads to; who could still decide, having passed the power on, is told apart from who got it last.

    `then` is the kind of the step after it: whoever was succeeded had the duty, and has it no more.
    """
    roles = ["Had the duty" if then == "succession" else "Has the duty"] if hop.kind == "duty" else []
    if last:
        roles.append(COULD_DECIDE)
    elif hop.has_power and not roles:
        roles.append("Could also decide")
    return Stop(_who(hop, names), ", ".join(roles).capitalize(), known=bool(hop.to), decides=last)


def _join(hop: ChainHop, names: Names) -> Join:
    failing = [PROBLEMS.get(test.name, test.name) for test in hop.tests if test.outcome is Outcome.FAILS]
    until = [f"Last day {in_prose(last_day(hop.until))}"] if hop.until else []
    said = (_capital(dated(visible(hop.valid))), *(f"Problem: {one}" for one in failing), *until)
    unread = [one for one in hop.tests if one.outcome in {Outcome.NOT_RECORDED, Outcome.TO_BE_READ}]
    return Join(
        tuple(_by_what(hop, names)), _holds(hop, failing), said, tuple(_capital(one) for one in tests(unread, names))
    )


def _holds(hop: ChainHop, failing: Sequence[str]) -> Holds:
    if failing:
        return "no"
    return "yes" if hop.valid == IN_FORCE.lower() else "possible"


def _by_what(hop: ChainHop, names: Names) -> Iterator[str]:
    clause = f", clause {visible(hop.clause)}" if hop.clause else ""
    match hop.kind:
        case "duty":
            yield f"Duty: {called(hop.reference, names.things)}"
        case "acts":
            yield "Acts for it"
        case "succession":
            yield f"Came after {names.party(hop.from_)}"
        case _:
            yield f"Delegation {mentioned(hop.reference, names.things)}"
    if hop.instrument:
        yield f"{called(hop.instrument, names.things)}{clause}"
    if hop.legal_basis and hop.kind != "duty":
        yield _capital(names.power(hop.legal_basis))
    if hop.kind == "delegation":
        yield from _limits(hop, names)


def _limits(hop: ChainHop, names: Names) -> Iterator[str]:
    if hop.limits is None:
        yield f"Limits {NOT_RECORDED}"
    elif not hop.limits:
        yield "Stated to be without limit"
    else:
        yield from (_capital(names.limit(one)) for one in hop.limits)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
