"""`who accountable` and `who could` as text: a plain sentence or two first, then the roles, the chains, what is irregular."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from decisionlog.domain.answers.accountable import Accountable, Chain, Empowered, Irregular, WhoCould
from decisionlog.domain.references import split
from decisionlog.domain.text import visible
from decisionlog.render.chains import Names, chain_lines, path
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
)

_WORD: Final[Mapping[str, str]] = {
    "complete": "Complete: every chain leads down from the duty, and nothing on it is known to fail.",
    "complete-with-findings": "Complete, with findings: what is possibly irregular stands below.",
    "gap": "A gap: nobody is recorded with the duty.",
    "contested": "Contested: what is recorded of this contradicts itself; see below.",
    "dormant": "Dormant: a forum deals with this, and nobody is recorded who may decide it but the organisations themselves.",
}


def accountable(answer: Accountable, page: Page) -> Iterator[str]:
    """`who accountable`: in a sentence; then who is in which role; then every chain; then what is irregular; the basis."""
    names = Names.of(answer.names, answer.legal)
    yield from page.paragraph(_opening(answer, names))
    yield from _deciders(answer, names, page)
    yield from page.paragraph(_WORD[answer.classification])
    yield ""
    for role, label in LABELS.items():
        besides = _besides(answer) if role == "decision_makers" else []
        also = [f"{names.parties(besides)}: also, having passed it on"] if besides else []
        yield from page.entry(label, [*in_role(role, answer.roles[role], names), *also] or [NOT_RECORDED])
    yield from _chains(answer.chains, names, page)
    yield from _rest(answer, page)


def could(answer: WhoCould, page: Page) -> Iterator[str]:
    """`who could`: in a sentence; then each with limits, people and way; then the chains in a line each; the rest."""
    names = Names.of(answer.names, answer.legal)
    yield from page.paragraph(_who_could(answer))
    if answer.classification in {"gap", "contested", "dormant"}:
        yield from page.paragraph(_WORD[answer.classification])
    yield ""
    for one in answer.items:
        yield from page.paragraph(_empowered(one, names), indent=2, hang=2)
    if answer.items:
        yield ""
    if answer.changes:
        yield from page.entry("By then", [in_words(one, answer.names) for one in answer.changes])
    if answer.chains:
        ways = [f"{number}. {path(chain, names)}" for number, chain in enumerate(answer.chains, 1)]
        yield from page.entry("Chains", ways)
    yield from _rest(answer, page)


def _rest(answer: Accountable | WhoCould, page: Page) -> Iterator[str]:
    yield ""
    if answer.findings:
        yield from page.entry("Irregular", [_irregular(one, answer.names) for one in answer.findings])
    if answer.forums:
        yield from page.entry(
            "Discussed by", [f"{called(one, answer.names)}, which cannot decide" for one in answer.forums]
        )
    if answer.notes:
        yield from page.entry("Note", [in_words(one, answer.names) for one in answer.notes])
    yield ""
    yield from page.paragraph(resting_on(answer.basis))


def _irregular(one: Irregular, names: Mapping[str, str]) -> str:
    return f"{in_words(one.said, names, begins=False)} {positions(one.evidence)}".rstrip()


def _chains(chains: Iterable[Chain], names: Names, page: Page) -> Iterator[str]:
    """Every chain; what begins as one that was shown is not shown again."""
    shown: list[Chain] = []
    for number, chain in enumerate(chains, 1):
        same, as_in = max(((_same(chain, other), -at) for at, other in enumerate(shown, 1)), default=(0, 0))
        yield ""
        yield from page.heading(f"Chain {number}: {path(chain, names)}", level=2)
        yield from chain_lines(chain, names, page, same=same, as_in=-as_in)
        shown.append(chain)


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


def _opening(answer: Accountable, names: Names) -> str:
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
    deciders = list(dict.fromkeys(entry.party for entry in answer.roles["decision_makers"]))
    amount = _amount(answer)
    at = f" at {amount}" if amount else ""
    if not deciders:
        yield from page.paragraph(f"Nobody on record {'can' if answer.is_now else 'could'} decide it{at}.")
        return
    yield from _one_or_more(f"It could be decided{at} by", deciders, answer, names, page)
    if besides := _besides(answer):
        yield from _one_or_more("The power also stays with", besides, answer, names, page)


def _besides(answer: Accountable) -> list[str]:
    """The bodies, posts and people above the decision-makers, who passed the power on and keep it."""
    deciders = {entry.party for entry in answer.roles["decision_makers"]}
    hops = (hop for chain in answer.chains for hop in chain if hop.has_power and hop.kind in {"acts", "delegation"})
    return list(dict.fromkeys(party for hop in hops if (party := " and ".join(hop.to)) not in deciders))


def _one_or_more(
    beginning: str, parties: Sequence[str], answer: Accountable, names: Names, page: Page
) -> Iterator[str]:
    """One party in a sentence; several a line each beneath its beginning."""
    said = [_within(party, answer.chains, names) for party in parties]
    if len(said) == 1:
        yield from page.paragraph(f"{beginning} {said[0]}.")
        return
    yield from page.paragraph(f"{beginning}")
    for number, one in enumerate(said, 1):
        yield from page.paragraph(f"{one}{'.' if number == len(said) else ';'}", indent=2, hang=2)


def _within(party: str, chains: Iterable[Chain], names: Names) -> str:
    """Somebody with those for whom it decides, and within what limits, by the chains that lead to it."""
    bound: list[str] = []
    limits: dict[str, list[str]] = {}
    for chain in chains:
        at = next((at for at, hop in enumerate(chain) if hop.has_power and " and ".join(hop.to) == party), None)
        if at is None:
            continue
        for hop in chain[: at + 1]:
            for one in hop.limits or ():
                limits.setdefault(names.limit(one), []).append(split(hop.reference)[1])
        if chain[0].kind == "duty":
            bound += next(hop.to for hop in reversed(chain) if hop.kind in {"duty", "succession"})
    bound = [one for one in dict.fromkeys(bound) if one != party]
    for_ = f"for {names.all(bound)}" if bound else ""
    several = len(limits) > 1
    within = [
        f"{limited} ({visible(', '.join(dict.fromkeys(by)))})" if several else limited for limited, by in limits.items()
    ]
    return ", ".join(filter(None, [names.party(party), for_, listed_in_words(within)]))


def _amount(answer: Accountable | WhoCould) -> str:
    sums = [one["money"] for one in answer.asked.value]
    return listed_in_words([money(one["amount"], one["currency"]) for one in sums])


def _who_could(answer: WhoCould) -> str:
    amount = _amount(answer)
    at = f" at {amount}" if amount else ""
    verb = "can" if answer.is_now else "could"
    several = counted(len(answer.items), "party", "parties") if answer.items else "nobody on record"
    return f"{asked_when(answer.basis, is_now=answer.is_now)} {several} {verb} decide on {_what(answer)}{at}{':' if answer.items else '.'}"


def _empowered(one: Empowered, names: Names) -> str:
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
    return f"{names.all(one.party)}: {', '.join(filter(None, parts))}; {chains} {positions(one.evidence)}"
