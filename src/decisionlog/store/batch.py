"""What is handed to the log to be recorded, and what the log answers."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any, Literal, NamedTuple

from msgspec import Struct, field


class Opening(NamedTuple):
    """What lies behind a commitment: its digest, its salt and the value that was sealed.

    Where the value was erased, there is no salt, and the value is the mark `domain.sealed.Erased`.
    """

    digest: str
    salt: str
    value: Any


Slot = tuple[Any, Any]
"""A place in the data of a draft that holds a reference, to be replaced by the key that it stands for: container, key."""


class Draft(Struct):
    """A fact before it has a place in the log: checked, its words already sealed, its references still as written."""

    type: str
    stream: str
    data: dict[str, Any]
    opens: bool = False
    on: str | None = None
    of: dict[str, Any] | None = None
    source: dict[str, Any] | None = None
    slots: list[Slot] = field(default_factory=list)
    openings: list[Opening] = field(default_factory=list)
    place: str = ""
    """Where it stands in the input, for messages: `line 12`."""
    v: int = 1


class Batch(Struct):
    """One act of recording: written whole or not at all."""

    drafts: list[Draft]
    recorded_by: str
    now: datetime
    request: bytes | None = None
    """What was asked, in canonical bytes: the same request again is answered by the first one's receipt."""
    key: str | None = None
    """The caller's own name for the request; by default the request names itself."""
    size: int | None = None
    """Refuse, if the log no longer has this size."""
    expected: dict[str, int] = field(default_factory=dict)
    """Refuse, if a stream is no longer at this version."""
    keep_equal_refs: bool = False
    """A second equal ref is kept under a key of its own instead of being refused."""
    despite_holds: bool = False
    """What was erased before, in the log that this one was restored from, is erased again whatever hold stands."""


class Recorded(NamedTuple):
    """One fact that was recorded."""

    position: int
    type: str
    stream: str
    n: int


class Receipt(NamedTuple):
    """The log's answer: it is recorded, and durable."""

    batch: str
    first: int
    last: int
    recorded_at: str
    recorded_by: str
    already: bool = False
    """The same request had been recorded before; nothing was added."""
    facts: tuple[Recorded, ...] = ()
    notes: tuple[str, ...] = ()
    """What the recorder should know: a second equal ref that was kept, a clock that was behind."""


class Named(NamedTuple):
    """One name of one thing."""

    name: str
    """`kind:ref`, with the ref folded."""
    issuer: str
    stream: str
    position: int
    """Of the fact that gave it this name."""


class Standing(NamedTuple):
    """A name in use, with the version at which its stream stands."""

    named: Named
    last_n: int


class Request(NamedTuple):
    """A request that was answered: the keyed digest of what was asked, and the positions recorded for it."""

    digest: bytes
    first: int
    last: int


Words = Literal["all", "open", "some", "none"]
"""Which words went out in clear: all; those of open facts that name nobody; some, which are listed; none."""


class Export(NamedTuple):
    """Something that was given out of the log: when, by whom, what, and which words were in it in clear."""

    made_at: str
    made_by: str
    kind: str
    """By which command: `export`, `disclose`, `backup`, `bundle`; or what it is: `copy`, `log moved aside`."""
    size: int
    """The last position that is in it."""
    words: Words
    file: str = ""
    """What the file is called, without folders but where it stays with whoever keeps the log; empty for standard output."""
    to: str = ""
    """For whom, where that was said."""
    opened: tuple[str, ...] = ()
    """The digests of the values that are in it in clear, where they are `some`."""


class StoredKey(NamedTuple):
    """A key by which another program is known, as this store keeps it: never its secret, and never in an export."""

    id: str
    """Of the key, and of the stream of the fact that grants it: `access:ID`."""
    name: str
    """What its keeper calls it."""
    digest: bytes
    """The SHA-256 of its secret."""
    made_at: str
    last_used: str = ""


class Checkpointed(NamedTuple):
    """A checkpoint that was signed for this log: its size, and the signed note with the cosignatures that came back."""

    size: int
    note: bytes


class Head(NamedTuple):
    """The end of the log: how many facts it has, and when the last was recorded."""

    size: int
    recorded_at: str


_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_TEN_BITS = [one + other for one in _CROCKFORD for other in _CROCKFORD]


_ULID = re.compile(f"[0-7][{_CROCKFORD}]{{25}}")
_OF_TIME = 10
"""How many digits of a ULID hold its time."""


def is_ulid(text: str) -> bool:
    """Whether a text is written as a ULID is."""
    return bool(_ULID.fullmatch(text))


def milliseconds_of(name: str) -> int:
    """The time in a ULID, in milliseconds since 1970."""
    milliseconds = 0
    for digit in name[:_OF_TIME]:
        milliseconds = milliseconds * len(_CROCKFORD) + _CROCKFORD.index(digit)
    return milliseconds


def ulid(now: datetime, randomness: bytes) -> str:
    """A ULID: 48 bits of milliseconds, 80 bits of randomness, in Crockford's base 32; sorted by time."""
    number = int(now.timestamp() * 1000) << 80 | int.from_bytes(randomness[:10], "big")
    return "".join([_TEN_BITS[number >> shift & 1023] for shift in range(120, -10, -10)])
