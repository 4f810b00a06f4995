"""What a secretary should have at hand before a meeting is written up."""

from __future__ import annotations

from msgspec import Struct


class Seat(Struct, frozen=True):
    """One seat of a body, and who is in it; `person` is empty where a post sits whose holder is not recorded."""

    person: str
    post: str
    on_behalf_of: tuple[str, ...]
    role: str


class OpenItem(Struct, frozen=True):
    """Something of the last meeting that is not settled yet."""

    ref: str
    title: str
    due: str
    owner: str


class BeforeAMeeting(Struct, frozen=True):
    """A body on a day: who sits in it, and what its last meeting left open."""

    body: str
    on: str
    seats: tuple[Seat, ...]
    last_meeting: str
    open_items: tuple[OpenItem, ...]
    delegations: tuple[str, ...] = ()
    """What was ever delegated to it, by reference."""
