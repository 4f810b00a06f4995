"""Who is accountable for a function, as markup: in a word, who could decide, the roles, and every chain step by step."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from markupsafe import Markup, escape
from msgspec import Struct

from decisionlog.domain.answers.accountable import Accountable, ChainHop, LegalNote
from decisionlog.domain.references import split
from decisionlog.domain.text import visible
from decisionlog.render import accountable, words
from decisionlog.render.chains import Names, path, tests, written
from decisionlog.render.points import asked_when
from decisionlog.render.roles import reasons_in
from decisionlog.render.site.could_decide import Covers, covers
from decisionlog.render.site.phrases import plainly
from decisionlog.render.site.telling import Telling

_LIABLE: Final[Mapping[str, str]] = {
    "giver": "It stays with whoever gave the power.",
    "receiver": "It goes along with the power to whoever received it.",
    "as-agreed": "It lies where the agreement says, which was not read for this register.",
}
_UNCLEAR: Final[Mapping[str, tuple[str, str]]] = {
    "gap": ("Not clear", "Nobody can be shown to have this duty: none is recorded."),
    "contested": (
        "Contested",
        "What is recorded contradicts itself, so nobody can be shown to have this power to the exclusion of others.",
    ),
    "dormant": (
        "Not clear",
        "A forum deals with this. Nobody is recorded who may decide it but the organisations themselves.",
    ),
}
ROLES: Final[Mapping[str, tuple[str, str]]] = {
    "duty_holders": ("Accountable", "The law places the duty on them."),
    "answerable_to": ("They answer to", ""),
    "decision_makers": ("Could decide", "The power reaches them, and nobody below them has it."),
    "liability": ("Liable in law", "Liability stays with the duty, unless the law by which a step is taken moves it."),
    "delivery": ("Deliver it", ""),
    "consulted": ("To be consulted", "Before a decision."),
    "commitments": ("Have promised something", "To partners, about this."),
    "oversight": ("Overseen by", "They receive reports about it."),
}
"""The roles as they are called on the page, each with what it means."""


_NOT_SETTLED: Final = "; whether the limit covers this amount is not settled"


class Verdict(Struct, frozen=True):
    """The answer in a word and a sentence."""

    word: str
    said: str
    is_clear: bool


class Way(Struct, frozen=True):
    """A chain from the duty down."""

    heading: Markup
    same: int
    """How many of its first steps are those of a chain before it."""
    as_in: int
    steps: tuple[Rung, ...]
    """Those that are not."""


class Rung(Struct, frozen=True):
    """One step of a chain."""

    what: str
    said: Markup
    more: tuple[str, ...]
    """What is written in words of it, and how its tests came out."""
    evidence: tuple[int, ...]


def verdict(answer: Accountable) -> Verdict:
    """The answer in a word and a sentence."""
    if answer.classification in _UNCLEAR:
        return Verdict(*_UNCLEAR[answer.classification], is_clear=False)
    at = f" at {amount}" if (amount := accountable.amount(answer)) else ""
    those = accountable.deciders(answer)
    if those and not any(covers(one, answer) is Covers.YES for one in (*those, *accountable.besides(answer))):
        return Verdict(
            "Not clear",
            f"It is recorded who has the duty, but of nobody that they could decide it{at}.",
            is_clear=False,
        )
    if not those:
        return Verdict(
            "Not clear", f"It is recorded who has the duty, but nobody who could decide it{at}.", is_clear=False
        )
    beyond = " Something about it may not be in order: see below." if answer.findings else ""
    return Verdict("Clear", f"It is recorded who has the duty, and who could decide it{at}.{beyond}", is_clear=True)


def accountable_now(t: Telling, answer: Accountable) -> Markup:
    """Who is accountable, in a sentence, with its day."""
    holders = dict.fromkeys(one.party for one in answer.roles["duty_holders"])
    when = asked_when(answer.basis, is_now=answer.is_now).removesuffix(",")
    when = f"today{when.removeprefix('Now')}" if answer.is_now else f"{when[:1].lower()}{when[1:]}"
    return Markup("Accountable {}: {}.").format(when, t.things(holders, "nobody on record"))


def roles(t: Telling, answer: Accountable) -> Iterator[tuple[str, str, list[Markup]]]:
    """Each role: what it is called, what it means, and everybody in it with the reason."""
    names = Names.of(answer.names, answer.legal)
    for role, (label, meaning) in ROLES.items():
        told = [
            Markup("{}: {}{}").format(
                t.typed(_capital(party)) if in_words else _party(t, party),
                plainly(reasons),
                _NOT_SETTLED if role == "decision_makers" and covers(party, answer) is not Covers.YES else "",
            )
            for party, in_words, reasons in reasons_in(role, answer.roles[role], names)
        ]
        yield label, meaning, told


def ways(t: Telling, answer: Accountable) -> Iterator[Way]:
    """Every chain; what begins as one that was shown is not shown again."""
    names = Names.of(answer.names, answer.legal)
    for chain, (same, as_in) in zip(answer.chains, accountable.begun_before(answer.chains), strict=True):
        steps = tuple(_rung(t, hop, names) for hop in chain[same:])
        yield Way(t.ours(path(chain, names).replace(" > ", " \u2192 ")), same, as_in, steps)


def liable(note: LegalNote) -> str:
    """With whom liability lies by a legal basis."""
    return _LIABLE.get(note.liability, visible(note.liability))


def _party(t: Telling, party: str) -> Markup:
    """One party, or several that act jointly."""
    return t.things((one for one in party.split(" and ") if one), f"somebody who is {words.NOT_RECORDED}")


def _rung(t: Telling, hop: ChainHop, names: Names) -> Rung:
    said = _SAID[hop.kind](t, hop, names)
    ends = [Markup(", last day {}").format(t.last_day(hop.until))] if hop.until else []
    held = [Markup(", held by {}").format(t.things(hop.people))] if hop.people else []
    valid = [] if hop.valid == "in force" else [escape(f", {words.dated(visible(hop.valid))}")]
    since = _since(t, hop)
    whole = Markup("").join([said, since, *_under(t, hop, names), *_limits(hop, names), *held, *valid, *ends])
    return Rung(
        _what(hop), whole + Markup("."), (*written(hop, names, words.CURLED), *tests(hop.tests, names)), hop.evidence
    )


def _what(hop: ChainHop) -> str:
    match hop.kind:
        case "duty":
            return "The duty"
        case "acts":
            return "Who acts for them"
        case "succession":
            return "Who came after them"
        case _:
            return f"Delegation {visible(split(hop.reference)[1])}"


def _duty(t: Telling, hop: ChainHop, names: Names) -> Markup:
    if hop.legal_basis == words.OWN_POWER:
        own = names.power(hop.legal_basis)
        return Markup("{} has {}{} by {}").format(_receiver(t, hop), t.thing(hop.reference), _where(t, hop), own)
    law = _capital(names.power(hop.legal_basis)) if hop.legal_basis else f"A legal basis that is {words.NOT_RECORDED}"
    return Markup("{} places {}{} on {}").format(law, t.thing(hop.reference), _where(t, hop), _receiver(t, hop))


def _succession(t: Telling, hop: ChainHop, names: Names) -> Markup:  # noqa: ARG001 - as the others
    return Markup("{} came after {}{}").format(_receiver(t, hop), _party(t, hop.from_), _where(t, hop))


def _acts(t: Telling, hop: ChainHop, names: Names) -> Markup:  # noqa: ARG001 - as the others
    return Markup("{} acts for {}{}").format(_receiver(t, hop), _party(t, hop.from_), _where(t, hop))


def _delegation(t: Telling, hop: ChainHop, names: Names) -> Markup:  # noqa: ARG001 - as the others
    return Markup("{} gave this power to {}{}").format(_party(t, hop.from_), _receiver(t, hop), _where(t, hop))


_SAID: Final[Mapping[str, Callable[[Telling, ChainHop, Names], Markup]]] = {
    "duty": _duty,
    "succession": _succession,
    "acts": _acts,
    "delegation": _delegation,
}


def _receiver(t: Telling, hop: ChainHop) -> Markup:
    return t.things(hop.to, f"somebody who is {words.NOT_RECORDED}")


def _where(t: Telling, hop: ChainHop) -> Markup:
    return Markup(" in {}").format(t.things(hop.places)) if hop.places else Markup("")


def _since(t: Telling, hop: ChainHop) -> Markup:
    day = t.day(hop.since) if hop.since else escape(f"a day that is {words.NOT_RECORDED}")
    continued = Markup(", continued from {}").format(t.day(hop.continued)) if hop.continued else Markup("")
    return Markup(", from {}{}").format(day, continued)


def _under(t: Telling, hop: ChainHop, names: Names) -> Iterator[Markup]:
    if hop.legal_basis and hop.kind != "duty":
        yield escape(f", by {names.power(hop.legal_basis)}")
    if hop.instrument:
        clause = Markup(", clause {}").format(t.typed(hop.clause)) if hop.clause else Markup("")
        yield Markup(", under {}{}").format(t.thing(hop.instrument), clause)


def _limits(hop: ChainHop, names: Names) -> Iterator[Markup]:
    if hop.kind != "delegation":
        return
    if hop.limits is None:
        yield escape(f", limits {words.NOT_RECORDED}")
    elif not hop.limits:
        yield escape(", stated to be without limit")
    else:
        yield from (escape(f", {names.limit(one)}") for one in hop.limits)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
