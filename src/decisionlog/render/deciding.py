"""`who decided` as text: the decision, who made it for whom, under what authority, who agreed and who did not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from decisionlog.domain.answers import Decided, DecisionMaker, DisagreementShown, Hop, PositionTaken, WhoDecided
from decisionlog.domain.text import visible
from decisionlog.render.page import Page
from decisionlog.render.words import (
    NOT_RECORDED,
    WITHHELD,
    all_called,
    called,
    counted,
    entries,
    legal_basis,
    limit,
    listed_in_words,
    positions,
    resting_on,
    spoken,
    value_in_words,
    when,
)

_TOLD_ABOVE: Final = frozenset(
    "stream ref issuer title on state recorded_at said_at outcome outcome_words on_behalf_of asked_to proposals later".split()
)

Names = Mapping[str, str]


def who_decided(answer: WhoDecided, page: Page) -> Iterator[str]:
    """`who decided`: one determination after the other, each whole, then what the answer rests on."""
    if not answer.of_a_decision:
        what = _titled(answer.asked, answer.names)
        yield from page.paragraph(
            f"{counted(len(answer.items), 'determination')} of {what}." if answer.items else f"{what}:"
        )
        yield ""
    for item in answer.items:
        yield from _decided(item, answer.names, page)
        yield ""
    if answer.in_place:
        yield from page.entry("Delegated", [_hop(hop, answer.names) for hop in answer.in_place])
        yield ""
    for remark in answer.notes:
        yield from page.paragraph(visible(remark))
    yield from page.paragraph(resting_on(answer.basis))


def authority(answer: WhoDecided, page: Page) -> Iterator[str]:
    """Of the same answer, only under what authority."""
    for item in answer.items:
        yield from page.entry("Authority", [_hop(hop, answer.names) for hop in item.authority] or [NOT_RECORDED])


def _decided(item: Decided, names: Names, page: Page) -> Iterator[str]:
    decision = item.decision
    title = _words(decision.get("title")) or names.get(decision["stream"], "")
    yield from page.heading("  ".join(filter(None, (visible(decision["ref"]), visible(title)))))
    yield from page.paragraph(_outcome(item), indent=2)
    yield from page.entry("Decided by", [_maker(maker, names) for maker in item.decision_makers] or [NOT_RECORDED])
    yield from page.entry("On behalf of", [all_called(decision.get("on_behalf_of", ()), names)])
    people = dict.fromkeys(person for maker in item.decision_makers for person in maker.people)
    yield from page.entry("People", [all_called(people, names)])
    yield from page.entry("Authority", [_hop(hop, names) for hop in item.authority] or [NOT_RECORDED])
    if "proposals" in decision:
        yield from page.entry("Proposal", [_proposal(one, names) for one in decision["proposals"]] or ["none"])
    yield from page.entry("Positions", [_position(position, names) for position in item.positions] or [NOT_RECORDED])
    yield from page.entry("Disagreements", [_disagreement(one, names) for one in item.disagreements] or [NOT_RECORDED])
    none = "none declared" if item.interests_asked else NOT_RECORDED
    yield from page.entry("Interests", [_interest(one, names) for one in item.interests] or [none])
    for label, values in entries(decision, names, without=_TOLD_ABOVE):
        yield from page.entry(label, values)
    if decision.get("later"):
        yield from page.entry("Later", [_later(one) for one in decision["later"]])
    if item.findings:
        yield from page.entry(
            "Findings", [visible(str(one.get("sentence", one.get("rule", "")))) for one in item.findings]
        )
    if item.notes:
        yield from page.entry("Note", [visible(remark) for remark in item.notes])


def _outcome(item: Decided) -> str:
    decision = item.decision
    outcome = spoken(decision["outcome"]) if "outcome" in decision else f"outcome {NOT_RECORDED}"
    own = _words(decision.get("outcome_words"))
    said = f" ('{visible(own)}')" if own else ""
    on = f"on {when(decision['on'])}" if decision["on"] != NOT_RECORDED else f"on a day that is {NOT_RECORDED}"
    asked = f", having been asked to {spoken(decision['asked_to'])}" if "asked_to" in decision else ""
    unchanged = {"", "taken", decision.get("outcome")}
    stands = f"; it now stands as {spoken(decision['state'])}" if decision["state"] not in unchanged else ""
    return f"{outcome[:1].upper()}{outcome[1:]}{said} {on}{asked}{stands} {positions(item.evidence[:1])}"


def _maker(maker: DecisionMaker, names: Names) -> str:
    reference = maker.body or maker.post or maker.person or maker.organisation
    return called(reference, names) if reference else visible(maker.name) or NOT_RECORDED


def _hop(hop: Hop, names: Names) -> str:
    to = all_called(hop.to, names)
    given = (
        f"from {_who(hop.from_, names)} to {to}"
        if hop.from_ != NOT_RECORDED
        else f"to {to}, from whom is {NOT_RECORDED}"
    )
    under = [legal_basis(hop.legal_basis)] if hop.legal_basis != NOT_RECORDED else []
    clause = f", clause {visible(hop.clause)}" if hop.clause else ""
    under += [f"{called(hop.instrument, names)}{clause}"] if hop.instrument != NOT_RECORDED else []
    power = f"under {listed_in_words(under)}" if under else f"under which power is {NOT_RECORDED}"
    limits = "".join(f", {limit(one, names) if 'money' in one else value_in_words(one, names)}" for one in hop.limits)
    words = f", in the words '{visible(hop.words)}'" if hop.words and hop.words != WITHHELD else ""
    return f"{given}, {power}{limits}{words}: {visible(hop.valid)} {positions(hop.evidence)}"


def _who(reference: str, names: Names) -> str:
    return listed_in_words([called(one, names) for one in reference.split(" and ")])


def _proposal(one: Mapping[str, Any], names: Names) -> str:
    version = f", version {visible(one['version'])}" if "version" in one else ""
    return f"{_titled(one['proposal'], names)}{version}"


def _position(position: PositionTaken, names: Names) -> str:
    who = (
        all_called(position.on_behalf_of, names)
        if position.on_behalf_of or not position.by
        else called(position.by, names)
    )
    by = f" (by {called(position.by, names)})" if position.by and position.on_behalf_of else ""
    what = spoken(position.position) if position.position else f"position {NOT_RECORDED}"
    words = f", '{visible(position.words)}'" if position.words and position.words != WITHHELD else ""
    words += "".join(f", on condition {visible(one)}" for one in position.conditions)
    version = f", on version {visible(position.version)}" if position.version else ""
    gone = "" if position.current else ", later withdrawn or replaced"
    return f"{who}{by}: {what}{words}{version}{gone} {positions(position.evidence)}"


def _disagreement(one: DisagreementShown, names: Names) -> str:
    who = all_called(one.on_behalf_of, names) if one.on_behalf_of or not one.by else called(one.by, names)
    grounds = f": {_quoted(one.grounds)}" if one.grounds else f": grounds {NOT_RECORDED}"
    dissent = f"; dissent recorded: {_quoted(one.dissent)}" if one.dissent else ""
    return f"{visible(one.ref)}, {who}{grounds}; {spoken(one.state)}{dissent} {positions(one.evidence)}"


def _interest(one: Mapping[str, Any], names: Names) -> str:
    who = called(one["by"], names) if "by" in one else NOT_RECORDED
    more = {name: value for name, value in one.items() if name not in {"by", "position"}}
    rest = f": {value_in_words(more, names)}" if more else ""
    return f"{who}{rest} {positions([one['position']] if 'position' in one else [])}".rstrip()


def _later(one: Mapping[str, Any]) -> str:
    what = visible(str(one["type"])).partition(".")[2].replace("_", " ")
    return f"{what}, {when(str(one['on']))} {positions([int(one['position'])])}"


def _titled(reference: str, names: Names) -> str:
    """A reference with its title, where it has one."""
    name = names.get(reference, "")
    key = visible(reference.partition(":")[2] or reference)
    return f"{key} ({visible(name)})" if name and name != WITHHELD else key


def _quoted(text: str) -> str:
    return WITHHELD if text == WITHHELD else f"'{visible(text)}'"


def _words(value: Any) -> str:
    """A text that was opened; empty where it was not recorded or is withheld."""
    return value if isinstance(value, str) else ""
