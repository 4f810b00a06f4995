"""Under what form of authority a PEP without a delegate could be decided.

No record is about that. It is read out of records about something else, once each:

| record | what is read out of it |
|---|---|
| the first that names the BDFL | the post was there |
| the first that says "accepted by the BDFL" | deciding on PEPs lay with the post |
| "With GvR's approval, Benjamin is the BDFL-Delegate" | Guido van Rossum held it |
| PEP 8000, an overview of proposals for the governance of the language, is opened | it is vacant, nobody decides |
| the first members of the Steering Council are shown | deciding on PEPs lies with the council that was elected |

But for the last, the day is not recorded: each of these facts counts from the time of its record, as a fact without a
day does. So the end of the BDFL's time shows six weeks late; a day known from elsewhere is added by a correction.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from desk import Desk
from people import STEERING_COUNCIL
from plain import Record

BDFL = "post:BDFL"
PEPS = "PEPs"

_ACCEPTED_BY = "accepted by the BDFL"
_HOLDER_APPROVES = "With GvR's approval"
_HOLDER = "Guido van Rossum"
_WHO_GOVERNS_IS_OPEN = "PEP 8000"


def read(desk: Desk, record: Record) -> None:
    """What a record about something else says of who decides."""
    words = " ".join(str(record.get(field, "")) for field in ("title", "note", "rationale", "from"))
    if "BDFL" in words and not desk.book.has(BDFL):
        desk.book.open(BDFL, {"ref": "BDFL", "name": "BDFL"})
    if _ACCEPTED_BY in words and "duty" not in desk.reign:
        _place_duty(desk, BDFL, {"words": record.get("note")}, None)
    holder = desk.party(_HOLDER) if _HOLDER_APPROVES in words and "holder" not in desk.reign else None
    if holder is not None:
        told = {"person": holder, "words": record.get("note")}
        desk.reign["holder"] = desk.book.add("post.filled", desk.book.cite(BDFL), told)
    if record["kind"] == "proposal_opened" and record["proposal"] == _WHO_GOVERNS_IS_OPEN:
        _end_reign(desk, f"{record['proposal']}: {record['title']}")


def council_elected(desk: Desk, election: str, on: str) -> None:
    """The first members of the council are shown, and by which election."""
    if "council" not in desk.reign:
        _end_reign(desk, None)
        _place_duty(desk, STEERING_COUNCIL, {"by_decision": election}, on)
        desk.reign["council"] = desk.reign["duty"]


def _place_duty(desk: Desk, holder: str, told: Mapping[str, Any], on: str | None) -> None:
    function = desk.function(PEPS)
    placed = {"holder": desk.book.cite(holder), **told}
    desk.reign["duty"] = desk.book.add("function.duty_placed", function, placed, on)


def _end_reign(desk: Desk, reason: str | None) -> None:
    """Whoever held the post or the duty no longer does."""
    for name, ending in (("holder", "post.vacated"), ("duty", "function.duty_ended")):
        held = desk.reign.pop(name, None)
        if held is not None:
            desk.book.add(ending, held.stream, {"reason": reason}, of=held)
