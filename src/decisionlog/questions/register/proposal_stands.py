"""Where a proposal stands, in plain words, and whose move it is: by what is recorded, never by a guess."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from decisionlog.domain.answers.deciding import PositionTaken
from decisionlog.domain.answers.proposals import DisagreementStands, ProposalStands
from decisionlog.domain.answers.telling import Line
from decisionlog.domain.answers.things import Listed
from decisionlog.domain.course import BINDING
from decisionlog.domain.saying import Named, Said, joined, parts_of, said
from decisionlog.projections import disagreements, meetings, positions
from decisionlog.questions.accounts.account import filled, happened, line, section
from decisionlog.questions.accounts.proposals import asked_for, version_line, waiting, where_it_has_been
from decisionlog.questions.determining import disagreements_about
from decisionlog.questions.positions import positions_of, versions_of
from decisionlog.questions.register.before_whom import before_whom
from decisionlog.questions.viewing import Seen, Stated, Viewing
from decisionlog.store.histories import Held, unpacked

_CALLED_IN: Final = "called in"
_PENDING: Final = frozenset({"submitted", "listed", "referred", "deferred", _CALLED_IN})
"""States of a proposal that a decision ends."""
_DECIDING: Final = BINDING | {"rejected"}
"""Outcomes that dispose of a proposal (`docs/glossary.md`: noted and endorsed are not approvals)."""
_UNDOING: Final = ("decision.rescinded", "decision.voided")
_SAID_BY: Final = {
    "withdrawn": "proposal.withdrawn",
    "lapsed": "proposal.lapsed",
    "superseded": "proposal.superseded",
    "deferred": "proposal.deferred",
    _CALLED_IN: "proposal.called_in",
}
"""By state, the type of the fact that says how it came to stand so."""
_PUBLIC: Final = {"public": ", in public", "part-private": ", partly in public", "private": ", in private"}


def proposal_stands(viewing: Viewing, thing: Listed, decided: Iterable[str], contact: str) -> ProposalStands:
    """How a proposal stands; `decided` are the decisions that were made of it, `contact` is whom readers write to."""
    seen = viewing.of(thing.stream)
    versions = versions_of(seen)
    current = next((one.label for one in reversed(versions) if one.label), "")
    taken = sorted(positions_of(seen, current), key=lambda one: not one.current)
    pending = thing.state in _PENDING
    disputed = tuple(_disagreements(viewing, thing.stream))
    put = _put(viewing, thing.stream) if pending else []
    return ProposalStands(
        basis=viewing.point.basis,
        version=current,
        stands=tuple(_stands(viewing, seen, thing, decided)),
        moves=(
            *_called_in(seen, thing),
            *map(_asked, waiting(viewing, seen)),
            *(one for held in put for one in _put_before(viewing, held)),
            *(_move(one) for one in disputed if one.is_open and one.moves),
        ),
        is_pending=pending,
        positions=tuple(taken),
        silent=tuple(_silent(seen, taken)),
        disagreements=disputed,
        before=tuple(before_whom(viewing, seen, put, is_called_in=thing.state == _CALLED_IN)) if pending else (),
        contact=contact,
        say=(*(_noticed(viewing, seen) if pending else ()), *_consulted(seen)),
        sections=filled(
            section("What it asks", asked_for(seen)),
            section("Versions", [version_line(one.stated) for one in versions] if len(versions) > 1 else ()),
            section("Where it has been", where_it_has_been(seen)),
        ),
    )


def _stands(viewing: Viewing, seen: Seen, thing: Listed, decided: Iterable[str]) -> Iterator[Line]:
    """Whether it was decided, by whom, and what ended it or holds it up, the newest first; then what is still awaited."""
    taken = [one for stream in decided if (one := viewing.of(stream).first("decision.taken"))]
    settling = [one for one in taken if one.data.get("outcome") in _DECIDING]
    dated = [(_day(one), _settled(viewing, one)) for one in settling]
    dated += [(_day(one), _taken_over(one)) for of in settling if (one := _overtaking(viewing, of))]
    if (kind := _SAID_BY.get(thing.state)) and (ending := seen.last(kind)):
        dated.append((_day(ending), happened(ending)))
    yield from (told for _, told in sorted(dated, key=lambda pair: viewing.moment(pair[0], 0), reverse=True))
    if thing.state in _PENDING and not settling:
        yield Line(("It is not decided yet.",), (thing.evidence[-1],))
        if taken:
            which = joined((Named(one.fact.stream),) for one in taken)
            yield Line((*which, " dealt with it, and did not decide it."), tuple(one.position for one in taken))


def _day(one: Stated) -> str:
    return one.fact.on or ""


def _overtaking(viewing: Viewing, one: Stated) -> Stated | None:
    """The act by which somebody took a decision into their own hands."""
    return viewing.of(one.fact.stream).last("decision.taken_over")


def _taken_over(one: Stated) -> Line:
    template = "{who|=Somebody who is not recorded} took {stream} into their own hands[, under {legal_basis}]."
    return line(template, one, label=_day(one))


def _settled(viewing: Viewing, one: Stated) -> Line:
    """One decision by which it was disposed of, and whether that still stands."""
    who = "{decision_makers|people|=somebody who is not recorded}"
    outcome = str(one.data["outcome"]).replace("-", " ")
    undone = viewing.of(one.fact.stream).last(*_UNDOING)
    told = line(f"{outcome.capitalize()} by {who}[ on {{on}}].", one)
    if undone is None:
        return told
    what = undone.fact.type.partition(".")[2]
    end = said(f" That decision was {what}[ on {{on}}].", {"on": undone.data.get("from") or undone.fact.on})
    return Line((*told.said, *end), (*told.evidence, undone.position))


def _called_in(seen: Seen, thing: Listed) -> Iterator[Line]:
    """Whoever called it in decides."""
    called_in = seen.last("proposal.called_in")
    if called_in and thing.state == _CALLED_IN:
        yield line("{who|=Whoever called it in} called it in, and is to decide.", called_in)


def _asked(one: Line) -> Line:
    return Line(("A position is awaited of ", *one.said), one.evidence)


def _put(viewing: Viewing, stream: str) -> list[Held]:
    """Where it was put, of what still stands: listed for a meeting, or referred to somebody."""
    standing = positions.positions(viewing.rows, [stream], viewing.point.as_of)
    return [one for one in standing if one.values.state == "current" and one.values.what in {"listing", "referral"}]


def _put_before(viewing: Viewing, held: Held) -> Iterator[Line]:
    """That somebody is to deal with it, as long as the meeting at which they were to is not over."""
    put = held.values
    to: Said = parts_of("to", list(unpacked(put.who)))
    asked = f" to {put.asked_to}" if put.asked_to else ""
    if put.what == "referral" and unpacked(put.who):
        due = said("[, by {due}]", {"due": put.due} if put.due else {})
        yield Line((*to, f" was asked{asked or ' to deal with it'}", *due, "."), (put.stands_at,))
        return
    when, how = _when(viewing, put.meeting) if put.meeting else (put.due, "")
    if when and viewing.is_past(when):
        return
    where: Said = (" of ", *to) if unpacked(put.who) else ()
    told = said("[, at {meeting}][, on {for_when}]", {"meeting": put.meeting or None, "for_when": when or None})
    yield Line(("It is on the agenda", *where, *told, f"{how}{asked and ', '}{asked.strip()}."), (put.stands_at,))


def _when(viewing: Viewing, meeting: str) -> tuple[str, str]:
    """When a meeting is, and whether one can be there, as far as that is recorded."""
    found = meetings.meetings(viewing.rows, [meeting], viewing.point.as_of)
    called = viewing.of(meeting).saying("public", "meeting.called")
    when = found[0].values.for_when or found[0].values.on if found else ""
    return when, _PUBLIC.get(called.data["public"], "") if called else ""


def _silent(seen: Seen, taken: Iterable[PositionTaken]) -> list[str]:
    """The partners named by the proposal of whom no position is recorded. Silence is never a position."""
    heard = {partner for position in taken for partner in position.on_behalf_of}
    named = seen.now(["proposal.submitted"], ["proposal.revised"]).get("partners", ())
    return [partner for partner in named if partner not in heard]


def _disagreements(viewing: Viewing, stream: str) -> Iterator[DisagreementStands]:
    shown = {one.stream: one for one in disagreements_about(viewing, [stream])}
    for held in disagreements.disagreements(viewing.rows, shown, viewing.point.as_of):
        one = held.values
        is_open = one.state in disagreements.OPEN
        moves = tuple(unpacked(one.to)) if is_open else ()
        due = one.respond_by if is_open else ""
        yield DisagreementStands(shown[held.stream], is_open, one.rung, moves, due)


def _move(one: DisagreementStands) -> Line:
    due = said("[, by {due}]", {"due": one.respond_by} if one.respond_by else {})
    who = parts_of("to", list(one.moves))
    return Line(("The move on ", Named(one.shown.stream), " is with ", *who, *due, "."), one.shown.evidence[-1:])


def _noticed(viewing: Viewing, seen: Seen) -> Iterator[Line]:
    """The notices of a key decision that is still to come."""
    for one in seen.stated("proposal.noticed"):
        if not viewing.is_past(one.data.get("for_when")):
            template = "A key decision is to be made of it[ by {decision_makers}][, on {for_when}][ (notice {notice})][: {words}]."
            yield line(template, one)


def _consulted(seen: Seen) -> Iterator[Line]:
    for one in seen.stated("proposal.consulted"):
        if "consulted" in one.data and not one.data["consulted"]:
            yield line("Nobody was consulted.", one)
        for asked in one.data.get("consulted", ()):
            template = "{who} was consulted[ on {on}][, by {channel}][: {view}]."
            found = said(template, {"channel": one.data.get("channel"), **asked})
            yield Line(found, (one.position,))
        if "words" in one.data:
            yield line("{words}", one)
