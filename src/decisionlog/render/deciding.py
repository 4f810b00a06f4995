"""`who decided` as text: in a sentence first; then who made it for whom, under what authority, who agreed, who did not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from decisionlog.domain.answers.checking import FindingTold
from decisionlog.domain.answers.deciding import (
    ConditionShown,
    Decided,
    DecisionMaker,
    DisagreementShown,
    Hop,
    PositionTaken,
    Presence,
    WhoDecided,
)
from decisionlog.domain.erased import WITHHELD, is_gone
from decisionlog.domain.references import split
from decisionlog.domain.saying import Part, Said, said
from decisionlog.domain.text import visible
from decisionlog.render.authority import relied_on, steps
from decisionlog.render.fields import fields
from decisionlog.render.finding_words import on_a_page, subject
from decisionlog.render.page import Page
from decisionlog.render.site.own_power import by_own_power, is_own_power
from decisionlog.render.words import (
    NOT_RECORDED,
    OWN_POWER,
    all_called,
    called,
    counted,
    happening,
    in_prose,
    in_words,
    legal_basis,
    listed_in_words,
    mentioned,
    positions,
    resting_on,
    spoken,
    told_apart,
    when,
)

TOLD_ABOVE: Final = frozenset(
    "stream ref issuer title on state recorded_at said_at outcome outcome_words on_behalf_of proposals later "
    "conditions".split()
)
"""The fields of a decision that are told apart from the rest."""
_AGREED: Final = frozenset({"support", "support-with-conditions", "in-principle"})
_DISAGREED: Final = frozenset({"object", "declined"})
_DID: Final[Mapping[str, str]] = {
    "approved": "approved this",
    "approved-as-amended": "approved this as amended",
    "approved-with-conditions": "approved this with conditions",
    "approved-in-part": "approved this in part",
    "rejected": "rejected this",
    "deferred": "deferred this",
    "noted": "noted this",
    "received": "received this",
    "endorsed": "endorsed this",
    "recommended": "recommended this",
    "advised": "gave advice on this",
    "delegated": "delegated this",
    "referred": "referred this",
    "elected": "held this election",
    "ratified": "ratified this",
    "not-ratified": "declined to ratify this",
    "withdrawn": "recorded this as withdrawn",
    "no-decision": "came to no decision on this",
}
_DECLARED: Final = (
    "{by|=Somebody who is not recorded}[, for {on_behalf_of}][, item {items}][: {nature|words}][ ({kind|kind_words})]"
    "[; {conflict} conflict][; {action}][; dispensation: {dispensation}]"
)
_MANAGED: Final = (
    "{management|management_words|words|=how is not recorded}[, agreed by {agreed_by}][, left {left}][, returned {returned}]"
    "[; dispensation: {dispensation}]"
)
_MOST_PRESENT: Final = 12
"""How many people who were at a meeting are named."""
_DAY: Final = len("2026-03-12")
_BINDS_NOBODY: Final = frozenset({"advise", "comment", "note"})

Names = Mapping[str, str]


def who_decided(answer: WhoDecided, page: Page) -> Iterator[str]:
    """`who decided`: one determination after the other, each whole, then what the answer rests on."""
    if not answer.of_a_decision:
        what = _titled(answer.asked, answer.names)
        what = f"item {visible(answer.item)} of {what}" if answer.item else what
        yield from page.paragraph(
            f"{counted(len(answer.items), 'determination')} of {what}."
            if answer.items
            else f"{what[:1].upper()}{what[1:]}:"
        )
        yield ""
    above: Decided | None = None
    for item in answer.items:
        yield from determination(item, answer.names, page, as_above=above is not None and _same(item, above))
        above = item
        yield from _since(item, answer.names, page)
        yield ""
    if answer.in_place:
        yield from page.entry("Delegated", [relied_on(hop, answer.names) for hop in answer.in_place])
        yield ""
    for remark in answer.notes:
        yield from page.paragraph(visible(remark))
    yield from page.paragraph(resting_on(answer.basis))


def _same(item: Decided, above: Decided) -> bool:
    """Whether the positions and disagreements of two determinations read the same."""
    return bool(item.positions) and (item.decision["on"], item.positions, item.disagreements) == (
        above.decision["on"],
        above.positions,
        above.disagreements,
    )


def authority(answer: WhoDecided, page: Page) -> Iterator[str]:
    """Of the same answer, only under what authority."""
    for item in answer.items:
        yield from page.entry("Authority", steps(item, answer.names))


def determination(item: Decided, names: Names, page: Page, *, as_above: bool = False) -> Iterator[str]:
    """One determination: a plain sentence, then what was decided, under what, who agreed and who did not.

    Who agreed and who did not is left out where it is `as_above`, of the determination before.
    """
    decision = item.decision
    title = _words(decision.get("title")) or names.get(decision["stream"], "")
    yield from page.heading("  ".join(filter(None, (visible(decision["ref"]), visible(title)))))
    yield from page.paragraph(sentence(item, names))
    for one in item.findings:
        if one.evidenced:
            yield from page.paragraph(_finding(one, decision["stream"], names))
    yield ""
    yield from page.entry("Decided by", [_maker(maker, names) for maker in item.decision_makers] or [NOT_RECORDED])
    yield from page.entry("On behalf of", [all_called(decision.get("on_behalf_of", ()), names)])
    people = dict.fromkeys(person for maker in item.decision_makers for person in maker.people)
    if people or not all(maker.person for maker in item.decision_makers) or not item.decision_makers:
        yield from page.entry("People", [all_called(people, names) if people else _present(item.present, names)])
    yield from page.entry("Authority", steps(item, names))
    if "proposals" in decision:
        yield from page.entry("Proposal", [_proposal(one, names) for one in decision["proposals"]] or ["none"])
    if as_above:
        yield from page.paragraph("Positions and disagreements: as above", indent=2)
    else:
        yield from _positions(item, names, page)
        disagreements = [_disagreement(one, names) for one in item.disagreements]
        yield from page.entry("Disagreements", disagreements or [NOT_RECORDED])
    none = "none declared" if item.interests_asked else NOT_RECORDED
    yield from page.entry("Interests", [interest(one, names) for one in item.interests] or [none])
    if item.conditions:
        yield from page.entry("Conditions", [_condition(one, names) for one in item.conditions])
    for label, values in fields(decision, names, without=TOLD_ABOVE):
        yield from page.entry(label, values)
    if silent := [_finding(one, decision["stream"], names) for one in item.findings if not one.evidenced]:
        yield from page.entry("Not evidenced", [one.replace("not evidenced: ", "", 1) for one in silent])
    if notes := [in_words(note, names, begins=False) for note in item.notes]:
        yield from page.entry("Note", notes)


def _finding(one: FindingTold, decision: str, names: Names) -> str:
    """A finding on the page of a decision; one about something else says of what, and what that has to do with it."""
    told = on_a_page(one, names)
    relied_on = ", on which it relied" if split(one.subject)[0] == "delegation" else ""
    return told if one.subject == decision else f"{subject(one, told_apart(names))}{relied_on}: {told}"


def sentence(item: Decided, names: Names, *, cited: bool = True) -> str:
    """Who did what, when, for whom and under what, as one would say it; and by which fact, where that is `cited`."""
    fact = f" {positions(item.evidence[:1])}" if cited else ""
    decision = item.decision
    who = listed_in_words([_maker(maker, names) for maker in item.decision_makers])
    people = dict.fromkeys(person for maker in item.decision_makers for person in maker.people)
    who = who or (all_called(people, names) if people else "Somebody who is not recorded")
    did = _DID.get(decision.get("outcome", ""), "decided this, with an outcome that is not recorded")
    own = _words(decision.get("outcome_words"))
    worded = f" ('{visible(own)}')" if own else ""
    on = f" {happening(decision['on'])}" if decision["on"] != NOT_RECORDED else f", on a day that is {NOT_RECORDED}"
    outcome = spoken(decision.get("outcome", ""))
    if outcome and not (item.decision_makers or people or item.authority or decision.get("on_behalf_of")):
        unknown = "by whom" if outcome == "noted" else "by whom, on whose behalf and under what authority"
        came = f"{outcome[:1].upper()}{outcome[1:]}{worded}{on}"
        return f"{came}; {unknown} is {NOT_RECORDED}{fact}.{_stands(decision)}"
    bound = decision.get("on_behalf_of", ())
    behalf = f", on behalf of {all_called(bound, names)}" if bound else f", on whose behalf is {NOT_RECORDED}"
    asked = (
        f", having been asked to {spoken(decision['asked_to'])}" if decision.get("asked_to") in _BINDS_NOBODY else ""
    )
    text = f"{who} {did}{worded}{on}{behalf}{asked}, {_under(item, names)}{fact}.{_stands(decision)}"
    named = any(text.startswith(name) for name in names.values() if name)
    return text if named else text[:1].upper() + text[1:]


def _stands(decision: Mapping[str, Any]) -> str:
    """How it stands now, where that is not how it was decided."""
    unchanged = {"", "taken", decision.get("outcome")}
    return f" It now stands as {spoken(decision['state'])}." if decision["state"] not in unchanged else ""


def _under(item: Decided, names: Names) -> str:
    """Under what, in short: the delegations with where they stand, or the powers, that were relied on."""
    relied_on = [hop for hop in item.authority if not hop.step]
    short = dict.fromkeys(filter(None, (_power(hop, names) for hop in relied_on)))
    under = f"under {listed_in_words(short)}" if short else ""
    anyway = [one for hop in relied_on if not _power(hop, names) and is_own_power(hop) for one in hop.to]
    own = by_own_power(tuple(dict.fromkeys(anyway))).partition(",")[0] if anyway else ""
    return " and ".join(filter(None, (under, own))) or f"under an authority that is {NOT_RECORDED}"


def _power(hop: Hop, names: Names) -> str:
    """`delegation SORD-7.2 (Scheme of delegation, clause 7.2)`; empty for what somebody may do anyway."""
    clause = f", clause {visible(hop.clause)}" if hop.clause else ""
    instrument = f"{called(hop.instrument, names)}{clause}" if hop.instrument != NOT_RECORDED else ""
    if hop.delegation:
        given = f"delegation {visible(split(hop.delegation)[1])}"
        return f"{given} ({instrument})" if instrument else given
    known = hop.legal_basis not in {NOT_RECORDED, OWN_POWER}
    return instrument or (legal_basis(hop.legal_basis) if known else "")


def _since(item: Decided, names: Names, page: Page) -> Iterator[str]:
    if item.later:
        yield from page.entry("Since", [_later(one.on, in_words(one.said, names), one.position) for one in item.later])


def _later(on: str, what: str, position: int) -> str:
    return f"{when(on)}: {what} {positions([position])}"


def _maker(maker: DecisionMaker, names: Names) -> str:
    reference = maker.body or maker.post or maker.person or maker.organisation
    return called(reference, names) if reference else visible(maker.name) or NOT_RECORDED


def _proposal(one: Mapping[str, Any], names: Names) -> str:
    version = f", version {visible(one['version'])}" if "version" in one else ""
    return f"{_titled(one['proposal'], names)}{version}"


def _present(present: Presence | None, names: Names) -> str:
    """Who was at the meeting, where it is not recorded who of them decided."""
    if present is None:
        return NOT_RECORDED
    meeting = mentioned(present.meeting, names)
    if present.unnamed or not 0 < len(present.people) <= _MOST_PRESENT:
        said = f"see who was present at {meeting}"
    else:
        said = f"present at {meeting}: {all_called(present.people, names)}"
    return f"{NOT_RECORDED}; {said} {positions(present.evidence)}"


def _positions(item: Decided, names: Names, page: Page) -> Iterator[str]:
    """As they stood when it was decided: those who agreed, those who did not, and the rest, apart; then what came since.

    What a partner had said of another version stands apart, where it spoke of the one that was decided.
    """
    then = [one for one in item.positions if not one.after and not one.given_up_before]
    if not then:
        yield from page.entry("Positions", [f"{NOT_RECORDED} by then" if item.positions else NOT_RECORDED])
    fresh = {_speaker(one) for one in then if not one.stale}
    earlier = [one for one in then if one.stale and _speaker(one) in fresh]
    last = [one for one in then if one not in earlier]
    groups = [
        ("Agreed", [one for one in last if one.position in _AGREED]),
        ("Did not agree", [one for one in last if one.position in _DISAGREED]),
        ("Neither", [one for one in last if one.position not in _AGREED | _DISAGREED]),
        ("Before", earlier),
        ("No longer held", [one for one in item.positions if one.given_up_before]),
        ("Since then", [one for one in item.positions if one.after]),
    ]
    for label, group in groups:
        if group:
            yield from page.entry(label, [_position(one, names, item.decision["on"]) for one in group])


def _speaker(one: PositionTaken) -> tuple[tuple[str, ...], str, str, str]:
    """Whose position it is: the partner's, or the person's where no partner is recorded, in one capacity, for one stage."""
    return one.on_behalf_of, "" if one.on_behalf_of else one.by, one.capacity, one.stage


def _position(position: PositionTaken, names: Names, decided_on: str) -> str:
    who = (
        all_called(position.on_behalf_of, names)
        if position.on_behalf_of or not position.by
        else called(position.by, names)
    )
    by = f" (by {called(position.by, names)})" if position.by and position.on_behalf_of else ""
    what = spoken(position.position) if position.position else f"position {NOT_RECORDED}"
    if position.on != NOT_RECORDED and position.on[:_DAY] != decided_on[:_DAY]:
        what += f" {happening(position.on)}"
    words = f", {_quoted(position.words)}" if position.words and position.words != WITHHELD else ""
    states = {one.id: one.state for one in position.condition_states}
    words += "".join(
        f", on condition {visible(one)}{_met(states.get(one.partition(':')[0], ''))}" for one in position.conditions
    )
    version = f", on version {visible(position.version)}" if position.version else ""
    stale = ", stale: another version was decided" if position.stale else ""
    gone = "" if position.current or position.given_up_before else ", later withdrawn or replaced"
    corrected = f", corrected by {positions(position.corrected_by)}" if position.corrected_by else ""
    cited = [at for at in position.evidence if at not in position.corrected_by]
    return f"{who}{by}: {what}{words}{version}{stale}{gone}{corrected} {positions(cited)}"


def _met(state: str) -> str:
    return f" ({spoken(state)})" if state not in {"", "stated"} else ""


def _condition(one: ConditionShown, names: Names) -> str:
    falls = f", falls to {all_called(one.falls_to, names)}" if one.falls_to else ""
    due = f", by {in_prose(one.due)}" if one.due else ""
    kind = f" ({spoken(one.kind)})" if one.kind else ""
    on = f" on {in_prose(one.state_on)}" if one.state_on and one.state_on != NOT_RECORDED else ""
    state = "nothing further is recorded of it" if one.state == "stated" else f"{spoken(one.state)}{on}"
    return f"{visible(one.id)}: {_quoted(one.words)}{kind}{falls}{due}: {state} {positions(one.evidence)}"


def _disagreement(one: DisagreementShown, names: Names) -> str:
    who = all_called(one.on_behalf_of, names) if one.on_behalf_of or not one.by else called(one.by, names)
    grounds = f": {_quoted(one.grounds)}" if one.grounds else f": grounds {NOT_RECORDED}"
    dissent = f"; dissent recorded: {_quoted(one.dissent)}" if one.dissent else ""
    state = "" if dissent.startswith(f"; {one.state}") else f"; {spoken(one.state)}"
    return f"{visible(one.ref)}, {who}{grounds}{state}{dissent} {positions(one.evidence)}"


def interest(one: Mapping[str, Any], names: Names) -> str:
    """An interest that was declared, and how it was managed, in words with what shows it."""
    return f"{in_words(interest_said(one), names)} {positions(interest_shown_by(one))}".rstrip()


def interest_said(one: Mapping[str, Any]) -> Said:
    """An interest that was declared, and how it was managed."""
    how: list[Part] = []
    for each in one.get("managed", ()):
        intended = "not managed as intended" if each.get("as_intended") is False else "managed"
        how += [f"; {intended}: ", *said(_MANAGED, each)]
    return (*said(_DECLARED, one), *how)


def interest_shown_by(one: Mapping[str, Any]) -> list[int]:
    """The entries of the log that show an interest and how it was managed."""
    return [each["position"] for each in (one, *one.get("managed", ())) if "position" in each]


def _titled(reference: str, names: Names) -> str:
    """A reference with its title, where it has one."""
    name = names.get(reference, "")
    key = visible(reference.partition(":")[2] or reference)
    return f"{key} ({visible(name)})" if name not in {"", reference.partition(":")[2]} and not is_gone(name) else key


def _quoted(text: str) -> str:
    return text if is_gone(text) else f"'{visible(text)}'"


def _words(value: Any) -> str:
    """A text that was opened; empty where it was not recorded or is withheld."""
    return value if isinstance(value, str) else ""
