"""Accounts of an organisation, a function and a place: what each answers for, and who acts for it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from decisionlog.domain.answers.telling import Line
from decisionlog.domain.kinds import kind_of_organisation
from decisionlog.domain.saying import Said, said
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
    section,
    with_article,
)
from decisionlog.questions.accounts.bodies import seat_line
from decisionlog.questions.accounts.decisions import decision_line
from decisionlog.questions.delegations import hop
from decisionlog.questions.sentences.deciding import took
from decisionlog.questions.viewing import Seen, Stated, Viewing

_DUTY: Final = "{stream}[, in {places}][, under {legal_basis}][, {instrument}]"


def organisation(viewing: Viewing, seen: Seen) -> Account:
    """Its codes and relations, its duties, the seats that it fills, what it signed and where it dissented."""
    duties, more_duties = viewing.concerning(seen.stream, ["function.duty_placed"], ["holder"])
    seats, more_seats = viewing.concerning(seen.stream, ["body.member_appointed"], ["on_behalf_of"])
    posts, more_posts = viewing.concerning(seen.stream, ["post.established"], ["organisation"])
    signed, more_signed = viewing.concerning(seen.stream, ["proposal.position_taken"], ["on_behalf_of"])
    bound, more_bound = viewing.concerning(seen.stream, ["decision.taken"], ["on_behalf_of"])
    dissented, more_dissented = viewing.concerning(seen.stream, ["disagreement.raised"], ["on_behalf_of"])
    hosted, more_hosted = viewing.concerning(seen.stream, ["body.constituted", "body.reconstituted"], ["host"])
    adopted, more_adopted = viewing.concerning(seen.stream, ["body.terms_adopted"], ["reports_to"])
    return Account(
        opening=tuple(_opening(viewing, seen)),
        sections=filled(
            section("Codes", _codes(seen)),
            section("Relations", _relations(viewing, seen)),
            section("Duties", _current(viewing, duties, _DUTY, "function.duty_ended"), more_duties),
            section("Seats that it fills", _seats(viewing, seats), more_seats),
            section("Posts", lines("{stream}", posts), more_posts),
            section("Bodies that it hosts", lines("{stream}", hosted), more_hosted),
            section("Bodies that report to it", _reporting(viewing, adopted), more_adopted),
            latest("Positions that it took", [_signed(one) for one in signed], more_signed),
            latest("Disagreements", [_dissent(viewing, one) for one in dissented], more_dissented),
            latest("Decisions made for it", [decision_line(one) for one in bound], more_bound, listed(seen, "partner")),
        ),
        told=fields("name short_name codes kind legal_person"),
    )  # fmt: skip


def _opening(viewing: Viewing, seen: Seen) -> Iterator[Said]:
    registered = seen.first("organisation.registered")
    if registered:
        kind = str(registered.data.get("kind", ""))
        person = either(registered.data, "legal_person", "a legal person", "not a legal person")
        what = with_article(kind_of_organisation(kind)) if kind else ""
        if text := ", ".join(filter(None, (what, person))):
            yield (f"{text}." if kind else f"It is {text}.",)
    for one in viewing.concerning(seen.stream, ["organisation.succeeded"], ["successors.organisation"])[0]:
        yield said(
            "It took over from {stream}[ on {on}].",
            {"stream": one.fact.stream, "on": one.data.get("from") or one.fact.on},
        )
    for one in seen.stated("organisation.succeeded"):
        yield said("{successors} took over from it[ on {on}].", {**one.data, "on": one.data.get("from") or one.fact.on})
    dissolved = seen.last("organisation.dissolved")
    if dissolved:
        yield said("It was dissolved[ on {on}].", {"on": dissolved.fact.on} if dissolved.fact.on else {})


def _reporting(viewing: Viewing, adopted: list[Stated]) -> Iterator[Line]:
    """The bodies of which the terms in force say so."""
    for one in adopted:
        in_force = [
            each for each in viewing.of(one.fact.stream).stated("body.terms_adopted") if viewing.has_begun(each)
        ]
        if in_force and in_force[-1].position == one.position:
            yield line("{stream}[, under its terms version {version}]", one)


def _codes(seen: Seen) -> Iterator[Line]:
    for one in seen.stated("organisation.registered", "organisation.coded"):
        for code in one.data.get("codes", ()):
            yield Line(said("{code}[, from {from}][, last day {until}]", code), (one.position,), code.get("scheme", ""))


def _relations(viewing: Viewing, seen: Seen) -> Iterator[Line]:
    for one in seen.stated("organisation.related"):
        holds, ending = holding(viewing, seen, one, "organisation.relation_ended")
        if holds:
            yield line("{relation|relation_words|=related to}[ {to}][, for {functions}][, since {from}]", one, ending)


def _seats(viewing: Viewing, seats: list[Stated]) -> Iterator[Line]:
    for one in seats:
        holds, ending = holding(viewing, viewing.of(one.fact.stream), one, "body.member_ended")
        if holds:
            yield seat_line("{member} on {stream}[, {role|role_words}]", one, ending)


def _current(viewing: Viewing, facts: list[Stated], template: str, *endings: str) -> Iterator[Line]:
    for one in facts:
        holds, ending = holding(viewing, viewing.of(one.fact.stream), one, *endings)
        if holds:
            yield line(template, one, ending)


def _dissent(viewing: Viewing, one: Stated) -> Line:
    return line("{stream}: about {about}[, {grounds}] ({state})", one, state=viewing.state(one.fact.stream))


def _signed(one: Stated) -> Line:
    return line(
        f"{took(one.data)} {{stream}}[, version {{version}}][, on condition {{conditions}}][, on {{on}}]",
        one,
    )


def function(viewing: Viewing, seen: Seen) -> Account:
    """On whom the duty lies, to whom its exercise was given, what was decided about it."""
    grants, more_grants = viewing.concerning(seen.stream, ["delegation.granted"], ["scope.function"])
    decided, more_decided = viewing.concerning(seen.stream, ["decision.taken"], ["functions"])
    below, more_below = viewing.concerning(seen.stream, ["function.catalogued"], ["parent"])
    catalogued = seen.first("function.catalogued")
    opening = said("[{words} ][It lies beneath {parent}.]", catalogued.data) if catalogued else ()
    return Account(
        opening=(opening,) if opening else (),
        sections=filled(
            section("Duty", _duties(viewing, seen), none="On whom the duty lies is not recorded."),
            section("Delegations", _grants(viewing, grants), more_grants),
            section("Beneath it", lines("{stream}", below), more_below),
            latest(
                "Decisions about it", [decision_line(one) for one in decided], more_decided, listed(seen, "function")
            ),
        ),
        told=fields("name words parent"),
    )


def _duties(viewing: Viewing, seen: Seen) -> Iterator[Line]:
    for one in seen.stated("function.duty_placed"):
        holds, ending = holding(viewing, seen, one, "function.duty_ended")
        over = "" if holds else " (not on the day asked about)"
        template = "{holder}[, in {places}][, under {legal_basis}][, {instrument}][, clause {clause}][, must consult {must_consult}]"
        yield line(f"{template}[, since {{from}}]{over}", one, ending)


def _grants(viewing: Viewing, grants: list[Stated]) -> Iterator[Line]:
    for one in grants:
        link = hop(viewing, one.fact.stream, viewing.point.basis.as_at)
        template = "{stream}, from {delegator|=somebody who is not recorded} to {delegates|=somebody who is not recorded}: {valid}"
        yield line(template, one, valid=link.valid if link else "not known")


def place(viewing: Viewing, seen: Seen) -> Account:
    """What it lies within, what it covers, and the bodies that meet for it."""
    now = seen.now(["place.defined"], ["place.redrawn"])
    inside, more_inside = viewing.concerning(seen.stream, ["place.defined", "place.redrawn"], ["within"])
    bodies, more_bodies = viewing.concerning(seen.stream, ["body.constituted", "body.reconstituted"], ["places"])
    duties, more_duties = viewing.concerning(seen.stream, ["function.duty_placed"], ["places"])
    drawn = seen.last("place.defined", "place.redrawn")
    areas = [
        Line(said("[{name}][ {code}][ ({scheme})][, from {from}][, last day {until}]", area), (drawn.position,))
        for area in now.get("areas", ())
        if drawn
    ]
    return Account(
        opening=tuple(filter(None, (said("A {level}[ within {within}].", now),))),
        sections=filled(
            section("Areas", areas),
            section("Places within it", lines("{stream}", inside), more_inside),
            section("Bodies", lines("{stream}[, {kind}]", bodies), more_bodies),
            section(
                "Duties in it", _current(viewing, duties, "{stream}: {holder}", "function.duty_ended"), more_duties
            ),
        ),
        told=fields("name level within areas"),
    )
