"""`who accountable` and `who could` as text: a plain sentence or two first, then the roles, the chains, what is irregular."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from decisionlog.domain.answers.accountable import Accountable, Chain, Empowered, FundShown, Irregular, WhoCould
from decisionlog.domain.authority.limits import lowest
from decisionlog.domain.references import split
from decisionlog.domain.text import visible
from decisionlog.render.chains import Names, chain_lines, path, where_they_stand, written
from decisionlog.render.page import Page
from decisionlog.render.points import asked_when
from decisionlog.render.roles import LABELS, in_role
from decisionlog.render.words import (
    NOT_RECORDED,
    called,
    counted,
    in_prose,
    in_words,
    last_day,
    listed_in_words,
    mentioned,
    money,
    positions,
    resting_on,
    spoken,
)

_WORD: Final[Mapping[str, str]] = {
    "complete": "In order, as far as is recorded: the power comes down from the duty, and no problem is known.",
    "complete-with-findings": "On record, but something may not be in order: see Irregular below.",
    "gap": "A gap: nobody is recorded with the duty.",
    "contested": "Contested: what is recorded of this contradicts itself; see below.",
    "dormant": "Dormant: a forum deals with this, and nobody is recorded who may decide it but the organisations themselves.",
}


def accountable(answer: Accountable, page: Page) -> Iterator[str]:
    """`who accountable`: in a sentence; then who is in which role; then every chain; then what is irregular; the basis."""
    names = Names.of(answer.names, answer.legal)
    yield from page.paragraph(opening(answer, names))
    yield from _deciders(answer, names, page)
    yield from page.paragraph(_WORD[answer.classification])
    yield ""
    for role, label in LABELS.items():
        above = besides(answer) if role == "decision_makers" else []
        also = [f"{names.parties(above)}: also, having passed it on"] if above else []
        yield from page.entry(label, [*in_role(role, answer.roles[role], names), *also] or [NOT_RECORDED])
    yield from _chains(answer.chains, names, page)
    yield from _rest(answer, page)


def could(answer: WhoCould, page: Page) -> Iterator[str]:
    """`who could`: in a sentence; then each with limits, people and way; then the chains in a line each; the rest."""
    names = Names.of(answer.names, answer.legal)
    yield from page.paragraph(_who_could(answer, names))
    if answer.classification in {"gap", "contested", "dormant"}:
        yield from page.paragraph(_WORD[answer.classification])
    yield ""
    for one in answer.items:
        yield from page.paragraph(_empowered(one, answer, names), indent=2, hang=2)
    if answer.items:
        yield ""
    if answer.changes:
        yield from page.entry("By then", [in_words(one, answer.names) for one in answer.changes])
    if answer.chains:
        ways = [_way(number, chain, answer, names) for number, chain in enumerate(answer.chains)]
        yield from page.entry("Chains", ways)
    if stand := list(where_they_stand(answer.chains, names)):
        yield from page.entry("Delegations", stand)
    yield from _rest(answer, page)


def _way(number: int, chain: Chain, answer: WhoCould, names: Names) -> str:
    """A chain in a line, and beneath it the lowest limits on it and what is written in words of its steps."""
    lines = [f"{number + 1}. {path(chain, names)}"]
    lines += [
        f"{names.limit(one.limit)} (limit of {mentioned(one.delegation, names.things)})"
        for one in answer.lowest_limits[number]
    ]
    for hop in chain:
        what = f"{mentioned(hop.reference, names.things)} " if hop.kind == "delegation" else ""
        lines += [f"{what}{line}" if line.startswith(("only", "not: ")) else line for line in written(hop, names)]
    return "\n   ".join(dict.fromkeys(lines))


def _rest(answer: Accountable | WhoCould, page: Page) -> Iterator[str]:
    yield ""
    if answer.findings:
        yield from page.entry("Irregular", [_irregular(one, answer.names) for one in answer.findings])
    if answer.funds:
        yield from page.entry("Fund", [_fund(one, answer.names) for one in answer.funds])
    if answer.forums:
        yield from page.entry(
            "Discussed by", [f"{called(one, answer.names)}, which cannot decide" for one in answer.forums]
        )
    if answer.notes:
        yield from page.entry("Note", [in_words(one, answer.names) for one in answer.notes])
    yield ""
    yield from page.paragraph(resting_on(answer.basis))


def _fund(one: FundShown, names: Mapping[str, str]) -> str:
    """A fund that the amount comes from: of what kind, whose, who hosts and who manages it."""
    if not one.open:
        return f"{called(one.fund, names)}: not open, as far as is recorded"
    parts = [
        spoken(one.kind) if one.kind else f"of a kind that is {NOT_RECORDED}",
        f"hosted by {called(one.host, names) if one.host else f'somebody who is {NOT_RECORDED}'}",
        f"managed by {called(one.manager, names)}" if one.manager else "",
        f"of {listed_in_words([called(party, names) for party in one.parties])}" if one.parties else "",
        f"since {in_prose(one.since)}" if one.since else "",
    ]
    return f"{called(one.fund, names)}: {', '.join(filter(None, parts))} {positions(one.evidence)}"


def _irregular(one: Irregular, names: Mapping[str, str]) -> str:
    return f"{in_words(one.said, names, begins=False)} {positions(one.evidence)}".rstrip()


def _chains(chains: Sequence[Chain], names: Names, page: Page) -> Iterator[str]:
    """Every chain; what begins as one that was shown is not shown again."""
    for number, (chain, (same, as_in)) in enumerate(zip(chains, begun_before(chains), strict=True), 1):
        yield ""
        yield from page.heading(f"Chain {number}: {path(chain, names)}", level=2)
        yield from chain_lines(chain, names, page, same=same, as_in=as_in)


def begun_before(chains: Sequence[Chain]) -> Iterator[tuple[int, int]]:
    """Of each chain how many of its first steps are those of one before it, and of which, counted from 1."""
    for number, chain in enumerate(chains):
        alike = ((_same(chain, other), -at) for at, other in enumerate(chains[:number], 1))
        same, as_in = max(alike, default=(0, 0))
        yield same, -as_in


def _same(chain: Chain, other: Chain) -> int:
    """How many first steps two chains have in common."""
    pairs = zip(chain, other, strict=False)
    return next((number for number, (one, another) in enumerate(pairs) if one != another), min(len(chain), len(other)))


# The sentences


def _what(answer: Accountable | WhoCould) -> str:
    asked = answer.asked
    what = listed_in_words([called(one, answer.names) for one in asked.functions])
    if asked.stream not in asked.functions:
        about = f" (about {what})" if what else ""
        what = f"{mentioned(asked.stream, answer.names)}{about}"
    places = listed_in_words([called(one, answer.names) for one in asked.places])
    return f"{what} in {places}" if places else what


def opening(answer: Accountable, names: Names) -> str:
    """The first sentence: on which day who is accountable, for what and where."""
    holders = answer.roles["duty_holders"]
    parties = list(dict.fromkeys(entry.party for entry in holders))
    who = names.all(parties) or "nobody on record"
    several = len(parties) > 1
    if answer.to_come:
        verb = "will be"
    elif answer.is_now:
        verb = "are" if several else "is"
    else:
        verb = "were" if several else "was"
    possible = " (possibly: a date is recorded only in part)" if any(entry.possible for entry in holders) else ""
    return f"{asked_when(answer.basis, is_now=answer.is_now)} {who} {verb} accountable for {_what(answer)}{possible}."


def _deciders(answer: Accountable, names: Names, page: Page) -> Iterator[str]:
    """Who could decide, each for whom and within what; then who above them keeps the power beside them."""
    those = deciders(answer)
    at, can = _at(answer), "can" if answer.is_now else "could"
    if not those:
        yield from page.paragraph(f"Nobody on record {can} decide it{at}.")
        return
    above = besides(answer)
    where = _where_all([_reach(party, answer) for party in (*those, *above)], answer, names)
    yield from _one_or_more(f"It {can} be decided{where}{at} by", those, answer, names, page)
    if above:
        yield from _one_or_more(f"Those who passed it on {can} decide it too:", above, answer, names, page)


def deciders(answer: Accountable) -> list[str]:
    """Who could decide, each once; several that act jointly as one, joined by ` and `."""
    return list(dict.fromkeys(entry.party for entry in answer.roles["decision_makers"]))


def _reach(party: str, answer: Accountable) -> list[str]:
    """Where somebody has the power, by the chains that lead to it; nothing for everywhere."""
    found = [hop.reach for chain in answer.chains for hop in chain if hop.has_power and " and ".join(hop.to) == party]
    return list(dict.fromkeys(place for one in found for place in one)) if all(found) else []


def besides(answer: Accountable) -> list[str]:
    """The bodies, posts and people above the decision-makers, who passed the power on and keep it."""
    last = set(deciders(answer))
    hops = (hop for chain in answer.chains for hop in chain if hop.has_power and hop.kind in {"acts", "delegation"})
    return list(dict.fromkeys(party for hop in hops if (party := " and ".join(hop.to)) not in last))


def _one_or_more(
    beginning: str, parties: Sequence[str], answer: Accountable, names: Names, page: Page
) -> Iterator[str]:
    """One party in a sentence; several a line each beneath its beginning."""
    said = [f"{names.party(party)}{within(party, answer, names)}" for party in parties]
    if len(said) == 1:
        yield from page.paragraph(f"{beginning} {said[0]}.")
        return
    yield from page.paragraph(f"{beginning}")
    for number, one in enumerate(said, 1):
        yield from page.paragraph(f"{one}{'.' if number == len(said) else ';'}", indent=2, hang=2)


def within(party: str, answer: Accountable, names: Names) -> str:
    """What is said after the name of a decider: where, for whom and within what limits, by the chains that lead to it."""
    bound: list[str] = []
    limits: dict[str, list[str]] = {}
    for chain in answer.chains:
        at = next((at for at, hop in enumerate(chain) if hop.has_power and " and ".join(hop.to) == party), None)
        if at is None:
            continue
        for one, by in lowest((one, hop.reference) for hop in chain[: at + 1] for one in hop.limits or ()):
            limits.setdefault(names.limit(one), []).append(split(by)[1])
        if chain[0].kind == "duty":
            bound += next(hop.to for hop in reversed(chain) if hop.kind in {"duty", "succession"})
    bound = [one for one in dict.fromkeys(bound) if one != party]
    for_ = f"for {names.all(bound)}" if bound else ""
    several = len(limits) > 1
    bounds = [
        f"{limited} ({visible(', '.join(dict.fromkeys(set_by)))})" if several else limited
        for limited, set_by in limits.items()
    ]
    return "".join((_where_of(party, answer, names), *(f", {one}" for one in (for_, listed_in_words(bounds)) if one)))


def _where_of(party: str, answer: Accountable, names: Names) -> str:
    """Where somebody has the power, where that is not the same for everybody."""
    everybody = [_reach(one, answer) for one in (*deciders(answer), *besides(answer))]
    return "" if _where_all(everybody, answer, names) else _where(_reach(party, answer), answer, names)


def _at(answer: Accountable | WhoCould) -> str:
    sums = amount(answer)
    return f" at {sums}" if sums else ""


def amount(answer: Accountable | WhoCould) -> str:
    """The sums that are asked about; empty where none are."""
    return listed_in_words([_sum(one, answer.names) for one in answer.asked.value])


def _sum(one: Mapping[str, Any], names: Mapping[str, str]) -> str:
    amount = money(one["money"]["amount"], one["money"]["currency"])
    return f"{amount} from {called(one['fund'], names)}" if "fund" in one else amount


def _where(reach: Sequence[str], answer: Accountable | WhoCould, names: Names) -> str:
    """In which places, where that is not simply where was asked about."""
    return f" in {names.all(reach)}" if reach and set(reach) != set(answer.asked.places) else ""


def _where_all(several: Sequence[Sequence[str]], answer: Accountable | WhoCould, names: Names) -> str:
    """In which places everybody has the power, where it is the same for all of them: said once then."""
    return _where(several[0], answer, names) if len({frozenset(one) for one in several}) == 1 else ""


def _who_could(answer: WhoCould, names: Names) -> str:
    at = _at(answer)
    verb = "can" if answer.is_now else "could"
    several = counted(len(answer.items), "party", "parties") if answer.items else "nobody on record"
    where = _where_all([one.places for one in answer.items], answer, names)
    asked = asked_when(answer.basis, is_now=answer.is_now)
    return f"{asked} {several} {verb} decide on {_what(answer)}{where}{at}{':' if answer.items else '.'}"


def _empowered(one: Empowered, answer: WhoCould, names: Names) -> str:
    """Somebody who could decide: for whom, by what, within what, until when, by which chains."""
    bound = [party for party in one.on_behalf_of if party not in one.party]
    by = [mentioned(reference, names.things) for reference in one.references if reference.startswith("delegation:")]
    parts = [
        "only jointly" if len(one.party) > 1 else "",
        "possibly (a date is recorded only in part)" if one.possible else "",
        f"held by {names.all(one.people)}" if one.people else "",
        f"for {names.all(bound)}" if bound else "",
        f"by {listed_in_words(by)}" if by else "has the duty itself" if not bound else "acts for it",
        listed_in_words([names.limit(limited) for limited in one.limits]),
        f"last day {in_prose(last_day(one.until))}" if one.until else "",
    ]
    numbers = listed_in_words([str(number + 1) for number in one.chains])
    chains = f"chain{'s' if len(one.chains) > 1 else ''} {numbers}"
    said = _where_all([each.places for each in answer.items], answer, names)
    who = f"{names.all(one.party)}{'' if said else _where(one.places, answer, names)}"
    return f"{who}: {', '.join(filter(None, parts))}; {chains} {positions(one.evidence)}"
