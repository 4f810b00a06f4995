"""An empty file of a meeting: what there is to say, as comments, and what the log knows already, written in."""

from __future__ import annotations

from collections.abc import Iterator
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
        "  # presiding: [council-leader, trust-chair]",
        "  # mode: hybrid",
        "  # public: yes",
        "",
        *(
            _present(before)
            if before
            else ("# present:", "#   - {person: p-014, for: northmoor-council, role: voting}")
        ),
        _EXAMPLE.rstrip("\n"),
        *(_left_open(before) if before else ()),
    ]
    return "\n".join(lines) + "\n"


def without_comments(text: str) -> str:
    """A text without its comment lines and the space around it: whether anything was written."""
    return "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#")).strip()


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
