"""A decision's makers and the chain of its authority as markup, step by step up to the law."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from markupsafe import Markup, escape

from decisionlog.domain.answers.deciding import Decided, DecisionMaker, Hop
from decisionlog.domain.authority.outcomes import Outcome
from decisionlog.domain.erased import is_gone
from decisionlog.domain.text import visible
from decisionlog.render import deciding, words
from decisionlog.render.chains import PROBLEMS
from decisionlog.render.site import own_power
from decisionlog.render.site.telling import Telling


def determination(t: Telling, item: Decided) -> Markup:
    """Who did what, when, for whom and under what, as one would say it."""
    return t.ours(deciding.sentence(item, t.names, cited=False))


def maker(t: Telling, one: DecisionMaker) -> Markup:
    """Who decided; a name that nothing here is called as it was written."""
    reference = one.body or one.post or one.person or one.organisation
    return t.thing(reference) if reference else t.typed(one.name or words.NOT_RECORDED)


def hop(t: Telling, one: Hop) -> Markup:
    """One step in a sentence: who gave what to whom, or acts for whom, or has the duty; under what, and how far."""
    is_own = own_power.is_own_power(one)
    said = _own_power(t, one) if is_own else _SAID.get(one.kind, _given)(t, one)
    is_told = one.kind == "duty" or (is_own and one.legal_basis == words.OWN_POWER)
    under = [escape(words.legal_basis(one.legal_basis))] if _is(one.legal_basis) and not is_told else []
    if _is(one.instrument):
        clause = Markup(", clause {}").format(t.typed(one.clause)) if one.clause else ""
        under.append(Markup("{}{}").format(t.thing(one.instrument), clause))
    if under:
        said += Markup(", under ") + Markup(" and ").join(under)
    elif not is_told and not is_own:
        said += escape(f", under which power is {words.NOT_RECORDED}")
    limits = [
        words.limit(each, t.names) if "money" in each else words.value_in_words(each, t.names) for each in one.limits
    ]
    said += Markup("").join(Markup(", {}").format(each) for each in limits)
    if one.words and not is_gone(one.words):
        said += Markup(", in the words {}").format(t.quoted(one.words))
    return t.ended(said)


def standing(one: Hop) -> str:
    """Whether a step held on the day of the decision, with why, and with what failed where that is shown.

    Of what its maker may do anyway nothing is missing where no delegation is cited: empty, unless something failed.
    """
    failing = [PROBLEMS.get(test.name, test.name) for test in one.tests if test.outcome is Outcome.FAILS]
    possible = f"possible: {', '.join(failing)}" if failing else ""
    if own_power.is_own_power(one):
        return _begun(possible)
    why = f" ({one.rests})" if one.rests else ""
    return "; ".join(filter(None, (_begun(words.dated(visible(one.valid + why))), possible)))


def _begun(text: str) -> str:
    return text[:1].upper() + text[1:]


def _own_power(t: Telling, one: Hop) -> Markup:
    behalf = Markup(", for {},").format(_who(t, one.from_)) if _is(one.from_) and one.from_ not in one.to else ""
    return Markup("{}{} decided {}").format(t.things(one.to), behalf, own_power.by_own_power(one.to))


def _given(t: Telling, one: Hop) -> Markup:
    name = Markup(" ({})").format(t.thing(one.delegation)) if one.delegation else ""
    if not _is(one.from_):
        return Markup("{} was given this power{}; by whom is {}").format(t.things(one.to), name, words.NOT_RECORDED)
    return Markup("{} gave {} this power{}").format(_who(t, one.from_), t.things(one.to), name)


def _acts(t: Telling, one: Hop) -> Markup:
    return Markup("{} acts for {}").format(t.things(one.to), _who(t, one.from_))


def _succeeded(t: Telling, one: Hop) -> Markup:
    return Markup("{} came after {}").format(t.things(one.to), _who(t, one.from_))


def _duty(t: Telling, one: Hop) -> Markup:
    law = words.legal_basis(one.legal_basis) if _is(one.legal_basis) else f"A legal basis that is {words.NOT_RECORDED}"
    return Markup("{} places {} on {}").format(law, t.thing(one.reference), t.things(one.to))


_SAID: Final[Mapping[str, Callable[[Telling, Hop], Markup]]] = {
    "acts": _acts,
    "succession": _succeeded,
    "duty": _duty,
}


def _who(t: Telling, references: str) -> Markup:
    return t.things(references.split(" and "))


def _is(value: str) -> bool:
    return value not in {"", words.NOT_RECORDED}
