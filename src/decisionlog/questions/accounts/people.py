"""Accounts of a person and of a post: which seats and offices, for whom, from when until when. Never more than is recorded."""

from __future__ import annotations

from collections.abc import Iterator

from decisionlog.domain.answers.telling import Line
from decisionlog.domain.saying import Said, said
from decisionlog.questions.accounts.account import Account, fields, filled, latest, line, section
from decisionlog.questions.accounts.bodies import powers, seat_line
from decisionlog.questions.viewing import Seen, Stated, Viewing


def person(viewing: Viewing, seen: Seen) -> Account:
    """The posts that a person held, the seats that they took, for whom they work."""
    erased: tuple[Said, ...] = (("What names this person was erased; what the person did stays.",),)
    posts, more_posts = viewing.concerning(seen.stream, ["post.filled"], ["person"])
    seats, more_seats = viewing.concerning(seen.stream, ["body.member_appointed"], ["member"])
    works = [
        line("{employers|=nobody}[, as {capacity}][, since {on}]", one) for one in seen.stated("person.affiliated")
    ]
    return Account(
        opening=erased if seen.last("person.erased") else (),
        sections=filled(
            section("Posts", [_held(viewing, one) for one in posts], more_posts, none="No post is recorded."),
            section("Seats", [_sat(viewing, one) for one in seats], more_seats, none="No seat is recorded."),
            section("Works for", works[-1:], none="For whom the person works is not recorded."),
        ),
        told=fields("name"),
    )


def _held(viewing: Viewing, one: Stated) -> Line:
    ending = viewing.of(one.fact.stream).answers(one, "post.vacated")
    return seat_line("{stream}[, {basis|basis_words}]", one, ending)


def _sat(viewing: Viewing, one: Stated) -> Line:
    ending = viewing.of(one.fact.stream).answers(one, "body.member_ended")
    return seat_line("{stream}[, {role|role_words}][, for {on_behalf_of}]", one, ending)


def post(viewing: Viewing, seen: Seen) -> Account:
    """In which organisation it is, who holds and who held it, what was given to it."""
    established = seen.first("post.established")
    filled_by = seen.stated("post.filled")
    now = [one for one in filled_by if _holds(viewing, seen, one)]
    seats, more = viewing.concerning(seen.stream, ["body.member_appointed"], ["member"])
    holders = [
        seat_line("{person}[, {basis|basis_words}]", one, seen.answers(one, "post.vacated")) for one in filled_by
    ]
    return Account(
        opening=tuple(_opening(established, now)),
        sections=filled(
            latest("Holders", holders, none="No holder is recorded."),
            powers(viewing, seen.stream),
            section("Seats that go with it", [_sat(viewing, one) for one in seats], more),
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
