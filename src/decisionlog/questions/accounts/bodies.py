"""An account of a body: its terms in force, who sits on it for whom, what it was given, when it met and what it decided."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from decisionlog.domain.answers.telling import Line, Section
from decisionlog.domain.kinds import is_kind_of_organisation, kind_of_organisation
from decisionlog.domain.saying import Named, Said, joined, said
from decisionlog.domain.vocabulary import Role
from decisionlog.questions.accounts.account import (
    Account,
    either,
    fields,
    filled,
    holding,
    latest,
    line,
    lines,
    listed,
    rung,
    section,
    span_of,
    told,
    with_article,
)
from decisionlog.questions.accounts.decisions import decision_line
from decisionlog.questions.delegations import hop
from decisionlog.questions.viewing import Seen, Stated, Viewing

_OPENING: Final = ("body.constituted", "body.reconstituted")
_RANKS: Final = {"chair": 0, "joint-chair": 0, "vice-chair": 1, "voting-member": 2, "member": 3, "non-voting-member": 4}
_ROLES: Final = frozenset(Role.__args__)  # type: ignore[attr-defined]
_SAYS: Final = ("can", "quorum_rule", "decision_rules", "sign_off", "escalation")
_RULES: Final = {
    "consensus": "by consensus",
    "unanimity": "unanimously",
    "majority": "by a majority",
    "two-thirds": "by two thirds",
    "three-quarters": "by three quarters",
    "chair-decides": "by its chair",
    "each-member-decides": "each member for itself",
}


def body(viewing: Viewing, seen: Seen) -> Account:
    """What it is, what it can do, who sits on it, and what it did of late."""
    opened = seen.last(*_OPENING)
    if opened is None:
        return Account()
    terms = [one for one in seen.stated("body.terms_adopted") if viewing.has_begun(one)]
    met, more_met = viewing.concerning(seen.stream, ["meeting.held"], ["bodies"])
    made, more_made = viewing.concerning(seen.stream, ["decision.taken"], ["decision_makers"])
    return Account(
        opening=tuple(_opening(seen, opened, terms)),
        sections=filled(
            section("Terms in force", _terms(viewing, terms[-1]) if terms else (), none="No terms are recorded."),
            section("Members", _members(viewing, seen), none="No member is recorded on this day."),
            powers(viewing, seen.stream),
            latest("Recent meetings", lines("{stream}[ on {on}]", met), more_met),
            latest("Recent decisions", [decision_line(one) for one in made], more_made, listed(seen, "body")),
        ),
        told=fields("name short_name kind kind_words parents host places from"),
    )


def _opening(seen: Seen, opened: Stated, terms: list[Stated]) -> Iterator[Said]:
    data = seen.now(_OPENING)
    parents = joined(said("{parent}", one) for one in data.get("parents", ()))
    kind = str(data.get("kind", "body")).replace("-", " ")
    of: Said = (" of ", *parents) if parents else ()
    words = said("[, {kind_words}]", data) if "kind" not in data else ()
    yield (
        with_article(kind),
        *of,
        *words,
        *said(
            "[, for {places}][, hosted by {host}][, set up on {from}]",
            {**data, "from": data.get("from") or opened.fact.on},
        ),
        "." if parents else "; to whom it belongs is not recorded.",
    )
    if terms:
        can = {"decide": "It can decide", "recommend": "It can recommend, and decides nothing",
               "advise": "It advises, and decides nothing", "discuss": "It discusses, and decides nothing"}  # fmt: skip
        power = can.get(terms[-1].data.get("can", ""))
        known = {**terms[-1].data, **span_of(terms[-1], None)}
        template = f"{power}[, under its terms version {{version}}]" if power else "It has terms[, version {version}]"
        if power or known.get("version") or known.get("from"):
            yield said(f"{template}[, in force from {{from}}].", known)
    dissolved = seen.last("body.dissolved")
    if dissolved and opened.position < dissolved.position:
        yield said("It was dissolved[ on {on}].", {"on": dissolved.fact.on} if dissolved.fact.on else {})


def _terms(viewing: Viewing, terms: Stated) -> Iterator[Line]:
    data = terms.data
    yield from told("{remit}", data, terms, "Remit")
    if isinstance(rule := data.get("quorum_rule"), dict):
        yield Line(_quorum(viewing, rule), (terms.position,), "Quorum")
    for rule in data.get("decision_rules", ()):
        how = _RULES.get(rule.get("rule", ""), "by a rule that is not recorded")
        more = "[, of {base}][; a tie is settled by {tie}][; casting vote of {casting_vote}][: {words}]"
        template = f"[For {{applies_to}}: ]{how}{more}"
        yield Line(
            said(
                template,
                {**rule, **{name: str(rule[name]).replace("-", " ") for name in ("base", "tie") if name in rule}},
            ),
            (terms.position,),
            "Decides",
        )
    if "sign_off" in data:
        lines = [said("{partner}[, for {applies_to}]", one) for one in data["sign_off"]] or [("nobody's",)]
        yield Line(joined(lines), (terms.position,), "Sign-off by")
    for step in sorted(data.get("escalation", ()), key=lambda one: one.get("rung", 0)):
        yield Line(rung(step), (terms.position,), f"Ladder, rung {step.get('rung', '')}")
    if isinstance(deputies := data.get("deputies"), dict):
        allowed = "allowed" if deputies.get("allowed") else "not allowed"
        vote = either(deputies, "may_vote", ", and may vote", ", and may not vote")
        yield Line(
            (allowed + (", only those named" if deputies.get("named_only") else "") + vote,),
            (terms.position,),
            "Deputies",
        )
    yield from told("{must_consult}", data, terms, "Must consult")
    yield from told("{reports_to}", data, terms, "Reports to")
    yield from told("{presiding_rule}", data, terms, "Presiding")
    yield from told("{reserved_matters}", data, terms, "May not do")
    yield from told("{review_by}", data, terms, "Review by")
    if missing := [name for name in _SAYS if name not in data]:
        spoken = {"can": "what it can do", "quorum_rule": "a quorum", "decision_rules": "how it decides",
                  "sign_off": "whose position is needed", "escalation": "a ladder for disagreement"}  # fmt: skip
        yield Line((", ".join(spoken[name] for name in missing),), (terms.position,), "Not recorded")


def _quorum(viewing: Viewing, rule: dict[str, Any]) -> Said:
    composition = joined(
        (*said("[at least {at_least} ][at most {at_most} ]", one), *_of_whom(viewing, one.get("members", "")))
        for one in rule.get("composition", ())
    )
    counting = [
        f"{'deputies' if name == 'deputies_count' else 'the recused'} {'count' if rule[name] else 'do not count'}"
        for name in ("deputies_count", "recused_count")
        if name in rule
    ]
    head = said("[{at_least} members][{fraction} of the members]", rule) or ("not in numbers",)
    return (
        *head,
        *((", with ", *composition) if composition else ()),
        *(f"; {one}" for one in counting),
        *said("[: {words}]", rule),
    )


def _of_whom(viewing: Viewing, members: str) -> Said:
    """Who must be there: in a role, of a kind of organisation, of an organisation; or as the terms have it."""
    if is_kind_of_organisation(members):
        article, _, kind = with_article(kind_of_organisation(members)).partition(" ")
        return (f"of {article.lower()} {kind}",)
    if members in _ROLES:
        return (members.replace("-", " "),)
    organisation = f"organisation:{members}"
    return ("of ", Named(organisation)) if viewing.state(organisation) else (members,)


def _members(viewing: Viewing, seen: Seen) -> list[Line]:
    found = []
    for one in seen.known():
        if one.fact.type != "body.member_appointed":
            continue
        holds, ending = holding(viewing, seen, one, "body.member_ended")
        if holds:
            found.append((one, ending))
    found.sort(key=lambda pair: (_RANKS.get(pair[0].data.get("role", ""), 9), pair[0].position))
    return [_member(one, ending) for one, ending in found]


def _member(one: Stated, ending: Stated | None) -> Line:
    """A member in its role; a deputy with whom it stands in for, where that is recorded."""
    deputy = "deputy_for" in one.data and one.data.get("role", "deputy") == "deputy"
    role = ", deputy for {deputy_for}" if deputy else "[, {role|role_words}][, deputy for {deputy_for}]"
    return seat_line(f"{{member}}{role}[, for {{on_behalf_of}}]", one, ending)


def seat_line(template: str, one: Stated, ending: Stated | None, **more: Any) -> Line:
    """Who sits or holds, and from when until when."""
    times = span_of(one, ending)
    since = (
        "[, since {from}][, last day {until}]"
        if times.get("from")
        else ", since when is not recorded[, last day {until}]"
    )
    voting = either(one.data, "voting", ", voting", ", without a vote")
    if one.data.get("role") in {"voting-member", "non-voting-member"}:
        voting = ""
    return line(template + voting + since, one, ending, **more, **times)


def powers(viewing: Viewing, stream: str) -> Section:
    """What was given to a body, a post or a person, as it stands on the day asked about."""
    grants, more = viewing.concerning(stream, ["delegation.granted"], ["delegates"])
    return section("Power given to it", _powers(viewing, grants), more)


def _powers(viewing: Viewing, grants: Iterable[Stated]) -> Iterator[Line]:
    for one in grants:
        link = hop(viewing, one.fact.stream, viewing.point.basis.as_at)
        template = "{stream}, from {delegator|=somebody who is not recorded}[, for {functions}]: {valid}"
        functions = [scope["function"] for scope in one.data.get("scope", ()) if "function" in scope]
        valid = link.valid if link else "not known"
        yield line(template, one, functions=functions, valid=valid)
