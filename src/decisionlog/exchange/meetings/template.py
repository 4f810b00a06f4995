"""An empty file of a meeting: what there is to say, as comments, and what the log knows already, written in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from decisionlog.domain.answers.before_a_meeting import BeforeAMeeting, Seat
from decisionlog.exchange.yaml_text import on_one_line, scalar

_ROLES: Final = frozenset({"chair", "joint-chair", "vice-chair", "observer", "secretary", "non-voting-member"})

_EXAMPLE: Final = """\
# present: 14                            only how many, if that is all the record says
# apologies: [p-031]
# in_attendance: [p-016]
# interests: none                        asked for, and none declared; or:
# interests:
#   - {person: p-022, type: financial, nature: "employer is the bidder", items: [4], action: left the room}
# quorum: yes                            or {quorate: no, from: 15:40, items: [6, 7]}
# minutes: {of: NLB-2025-12-11, status: confirmed}
# defaults: {maker: northmoor-icb-place-committee, for: northmoor-icb, under: SORD-7.2}

items:
#   - {item: 1, title: Finance report, decision: noted}
#   - {item: 2, title: Winter, discussed: "What was said, where nothing was decided."}
#   - item: 4
#     proposal: {title: Urgent community response, sponsor: gp-collaborative, value: £450k, paper: papers/item4.pdf}
#     positions:
#       northmoor-council: support
#       northmoor-ft: {position: support with conditions, conditions: [funding confirmed by the ICB]}
#     disagreement: {partner: voluntary-alliance, grounds: "no plan for carers", outcome: dissent recorded}
#     decisions:
#       - {maker: northmoor-icb-place-committee, for: northmoor-icb, outcome: approved, under: SORD-7.2}
#       - {maker: northmoor-cabinet, for: northmoor-council, outcome: noted}
#     actions:
#       - {what: mobilisation plan, owner: trust-chief-operating-officer, due: 2026-04-30}
#   - {item: 5, ratified: [NLB/25-26/027], reported_back: [NLB/25-26/028]}
"""
_PARTNERS: Final = ("northmoor-icb", "northmoor-council", "northmoor-ft", "voluntary-alliance", "gp-collaborative")
_PEOPLE: Final = ("p-031", "p-016", "p-022")
_POSTS: Final = ("trust-chief-operating-officer",)
_DELEGATIONS: Final = ("SORD-7.2",)
_MEETINGS: Final = ("NLB-2025-12-11",)
_DECISIONS: Final = ("NLB/25-26/027", "NLB/25-26/028")
_BODIES: Final = ("northmoor-icb-place-committee", "northmoor-cabinet")
_NAMED: Final = re.compile(
    "|".join(map(re.escape, (*_BODIES, *_PARTNERS, *_PEOPLE, *_POSTS, *_DELEGATIONS, *_MEETINGS, *_DECISIONS)))
)
"""The names of the example's made-up place."""
_INTRODUCTION: Final = """\
# What happened at the meeting. Lines that begin with # are not read; what you leave out is not recorded.
# docs/meeting-file.md explains every key.
"""


def template(before: BeforeAMeeting | None = None, *, on: str | None = None) -> str:
    """An empty file, with what is known of a body on a day."""
    body = before.body if before else ""
    day = before.on if before else on
    lines = [
        _INTRODUCTION.rstrip("\n"),
        "meeting:",
        f"  body: {scalar(body)}" if body else "  # body: northmoor-locality-board",
        f"  on: {day}" if day else "  # on: 2026-03-12",
        f"  # presiding: {_presiding(before)}",
        "  # mode: hybrid",
        "  # public: yes",
        "",
        *(
            _present(before)
            if before
            else ("# present:", "#   - {person: p-014, for: northmoor-council, role: voting}")
        ),
        _example(before).rstrip("\n"),
        *(_left_open(before) if before else ()),
    ]
    return "\n".join(lines) + "\n"


def without_comments(text: str) -> str:
    """A text without its comment lines and the space around it: whether anything was written."""
    return "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#")).strip()


def _example(before: BeforeAMeeting | None) -> str:
    """What there is to say, as comments: of a body that is known in its own names, or else in those of a made-up place."""
    if before is None:
        return _EXAMPLE
    own = dict.fromkeys(_BODIES, scalar(before.body))
    own |= _one_each(_PARTNERS, (partner for seat in before.seats for partner in seat.on_behalf_of), "PARTNER")
    own |= _one_each(_PEOPLE, (seat.person for seat in before.seats), "PERSON")
    own |= _one_each(_POSTS, (seat.post for seat in before.seats), "POST")
    own |= _one_each(_DELEGATIONS, before.delegations, "DELEGATION")
    own |= _one_each(_MEETINGS, [before.last_meeting.partition(":")[2]], "MEETING")
    own |= dict.fromkeys(_DECISIONS, "DECISION")
    return _NAMED.sub(lambda found: own[found[0]], _EXAMPLE)


def _presiding(before: BeforeAMeeting | None) -> str:
    if before is None:
        return "[council-leader, trust-chair]"
    chairs = [seat.post or seat.person for seat in before.seats if seat.role in {"chair", "joint-chair"}]
    return f"[{', '.join(map(scalar, chairs))}]" if chairs else "PERSON"


def _one_each(made_up: Sequence[str], own: Iterable[str], what: str) -> dict[str, str]:
    """For each made-up name one of the body's own, in turn; where it has none, the word for what is wanted there."""
    names = [scalar(name) for name in dict.fromkeys(own) if name] or [what]
    return {name: names[index % len(names)] for index, name in enumerate(made_up)}


def _present(before: BeforeAMeeting) -> Iterator[str]:
    seated = [seat for seat in before.seats if seat.person and seat.role != "deputy"]
    deputies = [seat.person for seat in before.seats if seat.person and seat.role == "deputy"]
    vacant = [seat.post for seat in before.seats if not seat.person]
    yield "present:" if seated else "# present:"
    yield from (f"  - {_attendee(seat)}" for seat in seated)
    yield from (f"#  - {{person: {person}, deputy_for: ...}}" for person in deputies)
    yield from (f"#  - the holder of {post}, who is not recorded" for post in vacant)


def _attendee(seat: Seat) -> str:
    bound = list(seat.on_behalf_of)
    said = {
        "person": seat.person,
        "for": bound[0] if len(bound) == 1 else bound,
        "role": seat.role if seat.role in _ROLES else "",
    }
    return on_one_line({key: value for key, value in said.items() if value}) or ""


def _left_open(before: BeforeAMeeting) -> Iterator[str]:
    if not before.last_meeting:
        return
    yield (
        f"\n# Left open by {before.last_meeting.partition(':')[2]}:"
        if before.open_items
        else (f"\n# {before.last_meeting.partition(':')[2]} left nothing open that is recorded.")
    )
    for item in before.open_items:
        more = ", ".join(part for part in (item.owner, item.due) if part)
        yield f"#   {item.ref}  {' '.join(item.title.split())}" + (f" ({more})" if more else "")
