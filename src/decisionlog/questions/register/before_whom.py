"""Before whom a proposal is, and when they meet next: where one can ask, though it is not recorded how to comment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from decisionlog.domain.answers.telling import Line
from decisionlog.domain.references import split
from decisionlog.domain.saying import Day, Named, Said
from decisionlog.projections import meetings
from decisionlog.questions.viewing import Seen, Viewing
from decisionlog.store.histories import Held, unpacked

_TO_COME = frozenset({"called", "adjourned"})
_DECIDE = "decide"


def before_whom(viewing: Viewing, seen: Seen, put: Iterable[Held], *, is_called_in: bool) -> Iterator[Line]:
    """Who is to decide a proposal, or else has it before them, each with their next meeting, as far as is recorded.

    Where somebody called it in, it is they who are to decide, which is told as whose move it is.
    """
    asked: dict[str, dict[int, str]] = {}
    for held in put:
        row = held.values
        for one in unpacked(row.who) or (_bodies_of(viewing, row.meeting) if row.meeting else ()):
            asked.setdefault(one, {})[row.stands_at] = row.asked_to
    for noticed in seen.stated("proposal.noticed"):
        for one in noticed.data.get("decision_makers", ()):
            asked.setdefault(one, {})[noticed.position] = _DECIDE
    deciding = {who: of for who, of in asked.items() if _DECIDE in of.values()}
    for who, of in (deciding or asked).items():
        does = " is to decide it" if deciding else " has it before it"
        yield Line((Named(who), does, *_next_meeting(viewing, who)), tuple(sorted(of)))
    if not deciding and not is_called_in:
        yield Line(("Which body is to decide it is not recorded.",), ())


def _bodies_of(viewing: Viewing, meeting: str) -> tuple[str, ...]:
    found = meetings.meetings(viewing.rows, [meeting], viewing.point.as_of)
    return tuple(unpacked(found[0].values.bodies)) if found else ()


def _next_meeting(viewing: Viewing, who: str) -> Said:
    """When a body meets next; a post has no meetings."""
    if split(who)[0] != "body":
        return (".",)
    called = viewing.concerned("meeting", [who], "bodies")
    ahead = [
        one
        for one in meetings.meetings(viewing.rows, called, viewing.point.as_of)
        if one.values.state in _TO_COME and one.values.for_when and not viewing.is_past(one.values.for_when)
    ]
    if not ahead:
        return ("; no meeting of it to come is recorded.",)
    first = min(ahead, key=lambda one: viewing.moment(one.values.for_when, 0))
    return ("; its next meeting is ", Named(first.stream), ", on ", Day(first.values.for_when), ".")
