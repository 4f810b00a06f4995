"""Accounts of a person and of a post: which seats and offices, for whom, from when until when. Never more than is recorded."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from decisionlog.domain.answers.telling import Line
from decisionlog.domain.saying import Said, said
from decisionlog.questions.accounts.account import Account, fields, filled, holding, latest, line, lines, section
from decisionlog.questions.accounts.bodies import powers, seat_line
from decisionlog.questions.accounts.decisions import decision_line
from decisionlog.questions.viewing import Seen, Stated, Viewing

_SEAT: Final = "{stream}[, {role|role_words}][, for {on_behalf_of}]"
_AT_A_MEETING: Final = ("attendance.by", "presiding.by")
_INTERESTS: Final = ("interest.registered", "meeting.interest_declared", "meeting.held", "decision.taken")
"""Types of fact that tell of an interest of somebody named by `by`, or of several in `interests`."""


def person(viewing: Viewing, seen: Seen) -> Account:
    """The posts that a person held, the seats taken in person or through a post, for whom they work; what they did of late."""
    erased: tuple[Said, ...] = (("What names this person was erased; what the person did stays.",),)
    posts, more_posts = viewing.concerning(seen.stream, ["post.filled"], ["person"])
    seats, more_seats = viewing.concerning(seen.stream, ["body.member_appointed"], ["member"])
    sat = [*(_sat(viewing, one) for one in seats), *_through_posts(viewing, posts)]
    made, more_made = viewing.concerning(seen.stream, ["decision.taken"], ["decision_makers", "people"])
    met, more_met = viewing.concerning(seen.stream, ["meeting.held", "meeting.resumed"], _AT_A_MEETING)
    interests, more_interests = viewing.concerning(seen.stream, _INTERESTS, ["by", "interests.by"])
    works = [
        line("{employers|=nobody}[, as {capacity}][, since {on}]", one) for one in seen.stated("person.affiliated")
    ]
    return Account(
        opening=erased if seen.last("person.erased") else (),
        sections=filled(
            section("Posts", [_held(viewing, one) for one in posts], more_posts, none="No post is recorded."),
            section("Seats", sat, more_seats, none="No seat is recorded."),
            section("Works for", works[-1:], none="For whom the person works is not recorded."),
            latest("Meetings", [_attended(seen.stream, one) for one in met], more_met),
            latest("Decisions", [decision_line(one) for one in made], more_made),
            latest(
                "Interests",
                [line for one in interests for line in _interest(viewing, seen.stream, one)],
                more_interests,
            ),
        ),
        told=fields("name"),
    )


def _through_posts(viewing: Viewing, posts: list[Stated]) -> Iterator[Line]:
    """The seats that go with the posts that the person holds on the day asked about, as far as they are held on it too."""
    for filled_by in posts:
        post = filled_by.fact.stream
        if not _holds(viewing, viewing.of(post), filled_by):
            continue
        for one in viewing.concerning(post, ["body.member_appointed"], ["member"])[0]:
            holds, ending = holding(viewing, viewing.of(one.fact.stream), one, "body.member_ended")
            if holds:
                sat = seat_line(f"{_SEAT}, as {{post}}", one, ending, post=post)
                yield Line(sat.said, (*sat.evidence, filled_by.position))


def _attended(person: str, one: Stated) -> Line:
    """A meeting at which the person was, or was looked for, and in which role."""
    attended: dict[str, Any] = next((each for each in one.data.get("attendance", ()) if each.get("by") == person), {})
    presided = any(each.get("by") == person for each in one.data.get("presiding", ()))
    presence = attended.get("presence", "present" if presided else "presence-not-recorded")
    told = {
        **attended,
        **({"missing": presence.replace("-", " ")} if presence not in {"present", "part"} else {}),
        **({"part": "for part of it"} if presence == "part" else {}),
    }
    template = "{stream}[ on {on}][, {missing}][, {part}][, {role|role_words}][, deputy for {deputy_for}][, for {on_behalf_of}]"
    return line(template + (", presiding" if presided else ""), one, **told)


def _interest(viewing: Viewing, person: str, one: Stated) -> Iterator[Line]:
    """Each interest of the person that a fact tells of: entered in the register, or declared there and then."""
    if one.fact.type == "interest.registered":
        ended = viewing.of(one.fact.stream).last("interest.ended")
        over = ", no longer held" if viewing.is_over(one, ended) else ""
        yield line(f"{{stream}}: registered[ on {{on}}][: {{nature}}][ ({{kind}})]{over}", one, ended)
        return
    template = "{stream}: declared[ on {on}][, item {items}][: {nature}][ ({kind})]"
    several = one.data.get("interests", ())
    if one.fact.type == "meeting.interest_declared":
        yield line(template, one)
    for each in several if isinstance(several, list) else ():
        if each.get("by") == person:
            yield Line(said(template, {**each, "stream": one.fact.stream, "on": one.fact.on}), (one.position,))


def _held(viewing: Viewing, one: Stated) -> Line:
    ending = viewing.of(one.fact.stream).answers(one, "post.vacated")
    return seat_line("{stream}[, {basis|basis_words}]", one, ending)


def _sat(viewing: Viewing, one: Stated) -> Line:
    ending = viewing.of(one.fact.stream).answers(one, "body.member_ended")
    return seat_line(_SEAT, one, ending)


def post(viewing: Viewing, seen: Seen) -> Account:
    """In which organisation it is, who holds and who held it, what was given to it."""
    established = seen.first("post.established")
    filled_by = seen.stated("post.filled")
    now = [one for one in filled_by if _holds(viewing, seen, one)]
    seats, more = viewing.concerning(seen.stream, ["body.member_appointed"], ["member"])
    below, more_below = viewing.concerning(seen.stream, ["post.established"], ["reports_to"])
    holders = [
        seat_line("{person}[, {basis|basis_words}]", one, seen.answers(one, "post.vacated")) for one in filled_by
    ]
    return Account(
        opening=tuple(_opening(established, now)),
        sections=filled(
            latest("Holders", holders, none="No holder is recorded."),
            powers(viewing, seen.stream),
            section("Seats that go with it", [_sat(viewing, one) for one in seats], more),
            section("Posts that report to it", lines("{stream}[, in {organisation}]", below), more_below),
        ),
        told=fields("name organisation jointly_with from"),
    )


def _opening(established: Stated | None, now: list[Stated]) -> Iterator[Said]:
    if established:
        yield said(
            "A post[ in {organisation}][, jointly with {jointly_with}][, set up on {on}].",
            {**established.data, "on": established.fact.on},
        )
    for one in now:
        yield said("{person} holds it[, {basis}].", one.data)
    if not now:
        yield ("Nobody is recorded as holding it on this day.",)


def _holds(viewing: Viewing, seen: Seen, one: Stated) -> bool:
    return viewing.has_begun(one) and not viewing.is_over(one, seen.answers(one, "post.vacated"))
