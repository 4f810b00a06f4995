"""Facts to canonical bytes and back. The bytes stored, hashed, exported and proved are the same bytes."""

from __future__ import annotations

import re
from binascii import b2a_base64
from functools import lru_cache
from hashlib import sha256
from typing import Any, NamedTuple

import orjson
from msgspec import ValidationError
from msgspec.json import Decoder

from decisionlog.domain.facts import TYPES
from decisionlog.domain.facts.envelope import Data, Envelope, Fact, Unread
from decisionlog.domain.facts.typed import typed
from decisionlog.domain.refusals import NotSound
from decisionlog.store.upcasts import newest, upcast

LINE_LIMIT = 16 * 1024 * 1024
"""Bytes of one stored line. A longer one was not written by this program and is not read."""

_SHORT = 16 * 1024
"""Bytes of a line that may be kept with its fact; nearly all are far shorter."""
_TYPE_NAME = re.compile(r"[a-z]+\.[a-z_]+")
_URL_SAFE = bytes.maketrans(b"+/", b"-_")
_envelope = Decoder(Envelope)
_typed: dict[str, Decoder[Any]] = {}


class Line(NamedTuple):
    """A stored fact as it lies in the store: its position, where it stands in its stream, and its bytes."""

    position: int
    stream: str
    n: int
    type: str
    state: bytes


def canonical(value: Any) -> bytes:
    """Canonical JSON (RFC 8785) of values that a fact may hold: text, whole numbers within 2^53, lists, ASCII keys."""
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)


def unpadded(raw: bytes) -> str:
    """base64url without padding (RFC 4648, section 5)."""
    return _unpadded(raw).decode("ascii")


def commitment(salt: str, value: Any) -> str:
    """The digest that stands for a sealed value (RFC 9901, disclosure of an array element)."""
    return unpadded(sha256(_unpadded(canonical([salt, value]))).digest())


def _unpadded(raw: bytes) -> bytes:
    return b2a_base64(raw, newline=False).translate(_URL_SAFE, b"=")


def decode(line: Line) -> Fact:
    """A fact of its stored bytes. What this program does not know is kept as `Unread`.

    Raises `NotSound` where the row is not a fact: the name of its type is matched before anything else is done with it.
    """
    if not _TYPE_NAME.fullmatch(line.type):
        msg = f"Entry {line.position} has a type that this program does not allow: {line.type[:80]}. Nothing was read from it."
        raise NotSound(msg)
    head = _head(line)
    if head.type != line.type or head.stream != line.stream or head.n != line.n:
        msg = f"Entry {line.position} says in its bytes that it is {head.type} {head.n} of {head.stream}; its row says otherwise."
        raise NotSound(msg)
    data, withheld = _data(head)
    return Fact(
        position=line.position,
        type=head.type,
        v=head.v,
        stream=head.stream,
        n=head.n,
        on=head.on,
        recorded_at=head.recorded_at,
        clock=head.clock,
        recorded_by=head.recorded_by,
        batch=head.batch,
        source=head.source,
        of=head.of,
        data=data,
        withheld=withheld,
    )


def decode_again(line: Line) -> Fact:
    """The same, of a fact that is likely to be asked for again soon: whatever looks at a stream reads all of it."""
    return _decoded(line) if len(line.state) <= _SHORT else decode(line)


_decoded = lru_cache(maxsize=4_096)(decode)


def as_stored(line: Line) -> bytes:
    """The bytes of a stored fact. Raises `NotSound` where they are none, so that nobody is given them for one."""
    _head(line)
    return line.state


def _head(line: Line) -> Envelope:
    try:
        return _envelope.decode(line.state)
    except (ValidationError, ValueError) as unreadable:
        msg = f"Entry {line.position} is not a fact of this log's format ({unreadable})."
        raise NotSound(msg) from unreadable


def recorded_at(line: Line) -> str:
    """When a stored fact was recorded, without decoding the rest of it. Raises `NotSound` where the row is not a fact."""
    try:
        return str(orjson.loads(line.state)["recorded_at"])
    except (orjson.JSONDecodeError, KeyError, TypeError) as unreadable:
        msg = f"Entry {line.position} is not a fact of this log's format (it does not say when it was recorded)."
        raise NotSound(msg) from unreadable


def _data(head: Envelope) -> tuple[Data | Unread, tuple[str, ...]]:
    if head.v == newest(head.type):
        decoder = _typed.get(head.type)
        if decoder is None and head.type in TYPES:
            decoder = _typed[head.type] = Decoder(TYPES[head.type])
        if decoder is not None:
            try:
                return decoder.decode(head.data), ()
            except ValidationError:
                return typed(head.type, _object(head))
    raw = _object(head)
    if head.type in TYPES and head.v > newest(head.type):
        return Unread(raw, f"version {head.v} of a type of which this program knows version {newest(head.type)}"), ()
    return typed(head.type, upcast(head.type, head.v, raw))


def _object(head: Envelope) -> dict[str, Any]:
    data = orjson.loads(bytes(head.data))
    if not isinstance(data, dict):
        msg = f"Fact {head.n} of {head.stream} is not a fact of this log's format (its data is not an object)."
        raise NotSound(msg)
    return data
