"""By which profiles a decision is judged: derived from who decided, for whom, and under what law, each with its reason.

Pure: what is known of the decision goes in, profiles and reasons come out. What is not recorded is said, and then only
that is asked for which is certain of any decision.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from decisionlog.checks.profiles.table import ADVISORY, UNION, Profile, Profiles
from decisionlog.domain.references import split
from decisionlog.domain.saying import Named, Said, Worth

EXECUTIVE: Final = "executive"
NHS: Final = frozenset({"icb", "nhs-trust", "foundation-trust", "nhs-england", "ccg"})
COUNCIL: Final = frozenset({"upper-tier-la", "district", "combined-authority"})
DECIDES_NOTHING: Final = frozenset(
    "noted received endorsed recommended advised deferred referred withdrawn no-decision".split()
)
"""Outcomes by which nothing is decided: what is noted or endorsed is not approved by it."""
PROCUREMENT: Final = "psr-si2023-1348"
_FORUMS: Final = frozenset({"advisory-forum", "working-group", "scrutiny-committee"})
_ONLY: Final = frozenset({"recommend", "advise", "discuss"})
_EXECUTIVE_LAW: Final = "lga2000-"
_OTHER_COUNCIL_LAW: Final = "lga1972-s101"
_EACH_ALONE: Final = "group-of-individual-decision-makers"


class Known(Struct, frozen=True):
    """A party and what kind it is recorded to be; an empty kind is not recorded."""

    reference: str
    kind: str
    evidence: tuple[int, ...]


class Maker(Known, frozen=True):
    """One decision-maker on the day of the decision; its kind is that of a body, and empty for all others."""

    can: str = ""
    """The most that its terms in force let it do; empty: not recorded."""
    above: tuple[Known, ...] = ()
    """The bodies that are its parents."""
    organisations: tuple[Known, ...] = ()
    """Whose it is: of a body by its parents and theirs, of a post its own; empty: not recorded."""
    sits_on: tuple[Known, ...] = ()
    """Of a post or a person: the bodies of which it is a member that decides with the others."""


class Law(Struct, frozen=True):
    """A legal basis on which a decision rests, and what says so: the decision, a delegation, the duty of a function."""

    code: str
    said_by: str
    evidence: tuple[int, ...]


class Circumstances(Struct, frozen=True):
    """What is known of a decision that bears on who must record what."""

    day: str
    """Empty: not recorded."""
    outcome: str
    asked_to: str
    key: bool
    """It is recorded that it was a key decision, of which only a council's executive takes any."""
    position: int
    """Of the fact that says that it was taken."""
    makers: tuple[Maker, ...]
    bound: tuple[Known, ...]
    """The organisations that it names as bound; empty: not recorded."""
    laws: tuple[Law, ...]
    givers: tuple[Known, ...]
    """Who gave the delegations that it relied on."""


class Chosen(Struct, frozen=True):
    """A profile and why a decision is judged by it: a clause that goes on from `since`."""

    profile: Profile
    why: Said
    evidence: tuple[int, ...]


def chosen(decision: Circumstances, table: Profiles) -> tuple[Chosen, ...]:
    """The profiles by which a decision is judged, each once; never none."""
    found: dict[str, Chosen] = {}
    for name, why, evidence in _names(decision):
        profile = table.profiles.get(name) or table.profiles[UNION]
        if not profile.was_there_on(decision.day):
            why = (f"{profile.source} applies from {profile.from_} on, and it was taken before",)  # noqa: PLW2901 - the other reason
            profile, evidence = table.profiles[UNION], (decision.position,)  # noqa: PLW2901 - as above
        found.setdefault(profile.name, Chosen(profile, why, evidence))
    return tuple(found.values())


_Reason = tuple[str, Said, tuple[int, ...]]


def _names(decision: Circumstances) -> Iterator[_Reason]:
    if advice := _advice(decision):
        yield ADVISORY, *advice
        return
    if not decision.makers:
        yield UNION, ("who decided is not recorded",), (decision.position,)
    elif not decision.bound and not any(maker.organisations for maker in decision.makers):
        yield UNION, ("for whom it was decided is not recorded",), (decision.position,)
    for maker in decision.makers:
        for organisation in _bound(decision, maker):
            yield _by_kind(decision, maker, organisation)
    yield from _procurement(decision)


def _bound(decision: Circumstances, maker: Maker) -> Iterator[Known]:
    """The organisations that one decision-maker bound: its own, where several decided for several."""
    if not decision.bound:
        yield from maker.organisations
        return
    own = {one.reference for one in maker.organisations}
    whose = [{one.reference for one in other.organisations} for other in decision.makers]
    for organisation in decision.bound:
        if organisation.reference in own or not any(organisation.reference in each for each in whose):
            yield organisation


def _advice(decision: Circumstances) -> tuple[Said, tuple[int, ...]] | None:
    """Why nothing was decided; none, where something may have been."""
    here = (decision.position,)
    if decision.asked_to and decision.asked_to != "decide":
        return ("it had been asked only to ", decision.asked_to), here
    if decision.outcome in DECIDES_NOTHING:
        return (f"what came of it, {decision.outcome.replace('-', ' ')}, decides nothing",), here
    forums = [maker for maker in decision.makers if maker.kind in _FORUMS or maker.can in _ONLY]
    if not forums or len(forums) < len(decision.makers):
        return None
    first = forums[0]
    what = _a(first.kind) if first.kind in _FORUMS else f"by its terms at most to {first.can}"
    return (Named(first.reference), " is ", what), first.evidence


def _by_kind(decision: Circumstances, maker: Maker, organisation: Known) -> _Reason:
    """The profile for one decision-maker and one organisation that it bound."""
    evidence = (*maker.evidence, *organisation.evidence)
    if organisation.kind in NHS:
        name, why = _of_the_nhs(maker)
        more: tuple[int, ...] = ()
    elif organisation.kind in COUNCIL:
        name, why, more = _of_a_council(decision, maker)
    elif organisation.kind:
        there_is_none: Said = ("there is no profile for what is decided for ", Named(organisation.reference))
        return UNION, (*there_is_none, f", of kind {organisation.kind.replace('-', ' ')}"), organisation.evidence
    else:
        return UNION, ("the kind of ", Named(organisation.reference), " is not recorded"), organisation.evidence
    for_whom = "an NHS body" if organisation.kind in NHS else "a council"
    said: Said = (", and it was decided for ", Named(organisation.reference), f", {for_whom}")
    if not decision.bound:
        unsaid = " (for whom it was decided is not recorded)"
        said = (", and it belongs to ", Named(organisation.reference), f", {for_whom}{unsaid}")
    return name, (*why, *said), tuple(dict.fromkeys((*evidence, *more)))


def _of_the_nhs(maker: Maker) -> tuple[str, Said]:
    kind = split(maker.reference)[0]
    if kind in {"post", "person"}:
        return "nhs-individual", (Named(maker.reference), f" is a {kind}, which decides alone")
    if kind != "body":
        return UNION, ("which body or post of ", Named(maker.reference), " decided is not recorded")
    if not maker.kind:
        return UNION, ("of what kind ", Named(maker.reference), " is, is not recorded")
    if maker.kind == _EACH_ALONE:
        return "nhs-individual", (Named(maker.reference), " is a group in which each decides alone")
    return "nhs-committee", (Named(maker.reference), " is ", _a(maker.kind))


def _of_a_council(decision: Circumstances, maker: Maker) -> tuple[str, Said, tuple[int, ...]]:
    kind = split(maker.reference)[0]
    if kind not in {"body", "post", "person"}:
        return UNION, ("which body or post of ", Named(maker.reference), " decided is not recorded"), ()
    if kind == "body":
        return _of_a_council_s_body(maker)
    alone: Said = (Named(maker.reference), f" is a {kind}, which decides alone")
    if executive := _executive(decision, maker):
        why, evidence = executive
        return "la-exec-individual", (*alone, ", ", *why), evidence
    for law in decision.laws:
        if law.code.startswith(_OTHER_COUNCIL_LAW):
            return (
                "la-officer",
                (*alone, ", by ", Named(law.said_by), " under ", Worth(law.code, "legal_basis")),
                law.evidence,
            )
    return UNION, (*alone, ", and whether for the council's executive is not recorded"), ()


def _of_a_council_s_body(maker: Maker) -> tuple[str, Said, tuple[int, ...]]:
    if maker.kind == EXECUTIVE:
        return "la-exec-meeting", (Named(maker.reference), " is an executive"), ()
    for parent in maker.above:
        if parent.kind == EXECUTIVE:
            part_of: Said = (Named(maker.reference), " is part of ", Named(parent.reference), ", an executive")
            return "la-exec-meeting", part_of, parent.evidence
    if not maker.kind:
        return UNION, ("of what kind ", Named(maker.reference), " is, is not recorded"), ()
    no_executive: Said = (Named(maker.reference), " is ", _a(maker.kind), ", which is not recorded to be an executive")
    return UNION, no_executive, ()


def _executive(decision: Circumstances, maker: Maker) -> tuple[Said, tuple[int, ...]] | None:
    """By what an individual decided for the executive; none, where nothing recorded says so."""
    if decision.key:
        return ("it was a key decision, which only an executive takes",), (decision.position,)
    for law in decision.laws:
        if law.code.startswith(_EXECUTIVE_LAW):
            return (
                "by ",
                Named(law.said_by),
                " under ",
                Worth(law.code, "legal_basis"),
                ", for the executive",
            ), law.evidence
    for giver in decision.givers:
        if giver.kind == EXECUTIVE:
            return ("by what ", Named(giver.reference), ", an executive, gave"), giver.evidence
    if any(law.code.startswith(_OTHER_COUNCIL_LAW) for law in decision.laws):
        return None
    for body in maker.sits_on:
        if body.kind == EXECUTIVE:
            return ("as a member of ", Named(body.reference), ", an executive"), body.evidence
    return None


def _procurement(decision: Circumstances) -> Iterator[_Reason]:
    for law in decision.laws:
        if law.code == PROCUREMENT:
            yield "psr-award", (Named(law.said_by), " rests on the Provider Selection Regime"), law.evidence
            return


def _a(kind: str) -> str:
    """`a joint committee`, `an executive`."""
    words = kind.replace("-", " ")
    return f"{'an' if words[:1] in 'aeiou' else 'a'} {words}"
