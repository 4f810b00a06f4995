"""An account of a delegation: from whom to whom, of what, within what, in force or not and why, and what rests on it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from decisionlog.domain.answers.telling import Line
from decisionlog.domain.saying import Said, Worth, said
from decisionlog.questions.accounts.account import Account, fields, filled, happened, latest, lines, section, told
from decisionlog.questions.accounts.decisions import decision_line
from decisionlog.questions.conditions import conditions_of, still
from decisionlog.questions.delegations import hop, terms
from decisionlog.questions.telling import NOT_RECORDED
from decisionlog.questions.viewing import Seen, Stated, Viewing

_POWERS: Final = {
    "delegate": "to decide",
    "joint-exercise": "to exercise the function together",
    "lead-commission": "to commission for all",
    "appoint-to-post": "to appoint to a post",
    "execute": "to carry out, and not to decide",
}
_HOLDERS: Final = {
    "substantive-only": "the substantive holder of the post alone",
    "any-holder": "any holder of the post, also an acting one",
}
_ONWARD: Final = {
    "prohibited": "may not be passed on",
    "permitted": "may be passed on",
    "with-consent": "may be passed on with consent",
}


def delegation(viewing: Viewing, seen: Seen) -> Account:
    """The grant as it stands, whether it is in force, what happened to it, and who relied on it."""
    granted = seen.first("delegation.granted")
    if granted is None:
        return Account()
    day = viewing.point.basis.as_at
    data, varied = terms(seen, day, viewing.log.zone)
    link = hop(viewing, seen.stream, day)
    cited, more = viewing.concerning(seen.stream, ["decision.taken"], ["authority.delegation"])
    under, more_under = viewing.concerning(seen.stream, ["delegation.granted"], ["parent", "continues"])
    since = [happened(one) for one in seen.stated() if one.fact.type.startswith("delegation.") and one is not granted]
    return Account(
        opening=(*_opening(data, link.valid if link else "not known"), *_succession(viewing, seen, data)),
        sections=filled(
            section("What was given", _scope(data, granted)),
            section("Within what", [*_limits(data, granted, varied), *_conditions(seen, granted)]),
            section("What happened to it", since),
            latest(
                "Decisions that rest on it",
                [decision_line(one) for one in cited],
                more,
                none="No decision that cites it is recorded.",
            ),
            section(
                "Made under it",
                lines("{stream}, to {delegates|=somebody who is not recorded}", under),
                more_under,
            ),
        ),
        told=fields(
            "delegator delegates on_behalf_of scope matters words places legal_basis instrument clause limits conditions must_consult "
            "reserved_matters onward reporting from until review_by by_decision parent exclusivity holders kind exercise"
        ),
    )


def _opening(data: dict[str, Any], valid: str) -> Iterator[Said]:
    given = "{delegator|=Somebody who is not recorded} gave it to {delegates|=somebody who is not recorded}"
    yield said(
        f"{given}[, for {{on_behalf_of}}][, under {{legal_basis}}][, {{instrument}}][, clause {{clause}}].", data
    )
    if valid.startswith(NOT_RECORDED):
        what, _, why = valid.partition(": ")
        yield (f"Whether it is in force on the day asked about is {what}: {why}.",)
    else:
        yield said("On the day asked about it is {valid}.", {"valid": valid})


def _succession(viewing: Viewing, seen: Seen, data: dict[str, Any]) -> Iterator[Said]:
    """How it went on after a succession; of an organisation that ended meanwhile, that this is not recorded."""
    went_on = seen.stated("delegation.continued")
    for one in went_on:
        template = "It was continued[ for {parties}][, by {delegator}][, with {delegates}][, into {continued_into}][, from {from}]."
        yield said(template, {**one.data, "from": one.data.get("from") or one.fact.on})
    for party in data.get("on_behalf_of", ()) if not went_on else ():
        dissolved = viewing.of(party).last("organisation.dissolved")
        if dissolved:
            ended = {"party": party, "on": dissolved.data.get("from") or dissolved.fact.on}
            yield said("{party} ended[ on {on}]; that this was continued is not recorded.", ended)


def _scope(data: dict[str, Any], granted: Stated) -> Iterator[Line]:
    for one in data.get("scope", ()):
        yield Line(
            said("{function}[, including {includes}][, without {excludes}]", one), (granted.position,), "Function"
        )
    for name, label in (
        ("matters", "Matter"),
        ("places", "Places"),
        ("words", "In its words"),
        ("exercise", "Several delegates act"),
        ("by_decision", "Granted by"),
        ("parent", "Made under"),
    ):
        yield from told(f"{{{name}}}", data, granted, label)
    if power := _POWERS.get(data.get("kind", "")):
        yield Line((power,), (granted.position,), "Power")


def _limits(data: dict[str, Any], granted: Stated, varied: list[Stated]) -> Iterator[Line]:
    evidence = (granted.position, *(one.position for one in varied if "limits" in one.data))
    if "limits" in data:
        limits: list[Said] = [(Worth(one),) for one in data["limits"]] or [("stated to be without limit",)]
        yield from (Line(one, evidence, "Limit") for one in limits)
    else:
        yield Line(("no limit is recorded",), (granted.position,), "Limit")
    for name, label in (("must_consult", "Must consult"), ("reserved_matters", "Kept back")):
        yield from told(f"{{{name}}}", data, granted, label)
    if isinstance(onward := data.get("onward"), dict):
        words = _ONWARD.get(onward.get("rule", ""), "onward rule not recorded")
        yield Line(said(f"{words}[ of {{consent_of}}][: {{words}}]", onward), (granted.position,), "Onward")
    else:
        yield Line(("whether it may be passed on is not recorded (that is not a yes)",), (granted.position,), "Onward")
    for one in data.get("reporting", ()):
        yield Line(
            said("to {to|=whom is not recorded}[, {every}][, next by {next_due}]", one), (granted.position,), "Reports"
        )
    for name, label in (
        ("from", "From"),
        ("until", "Last day"),
        ("review_by", "Review by"),
        ("exclusivity", "Delegator may still act"),
    ):
        yield from told(f"{{{name}}}", data, granted, label)
    if holders := _HOLDERS.get(data.get("holders", "")):
        yield Line((holders,), (granted.position,), "May be used by")


def _conditions(seen: Seen, granted: Stated) -> Iterator[Line]:
    for one in conditions_of(seen, granted):
        yield Line((f"{one.id}: '{one.words}' ({still(one.state)})",), one.evidence, "Condition")
