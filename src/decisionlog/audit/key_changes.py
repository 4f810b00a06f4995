"""Which key signs for a log, from which fact on: as its own facts say, where a signature vouches for them.

A log that says it has another key proves nothing: whoever can write the file can record that. So a change counts only
for who knows one of the two keys, and where that key signed a checkpoint which covers the fact.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import orjson

from decisionlog.audit.verify import HASH, SIGNATURE, Checkpoint, Key, Mismatch, is_key_name, is_signed, key_id

if TYPE_CHECKING:
    from decisionlog.store.log import Log

CHANGED: Final = "log.key_changed"
ALGORITHM: Final = "ed25519"


class KeyChange(NamedTuple):
    """One fact by which a log took another key: where it stands, the key from there on, and the one until there."""

    position: int
    key: Key
    previous: Key | None
    """None, where it is not recorded."""
    compromised: bool
    """Whether others may have had the previous key, so that it vouches for nothing."""


class Span(NamedTuple):
    """A key, and which sizes of a log it signs for."""

    key: Key
    first: int
    last: int | None
    """None, where it still signs."""

    def holds(self, size: int) -> bool:
        """Whether a checkpoint of so many facts is this key's to sign."""
        return self.first <= size and (self.last is None or size <= self.last)


def recorded(key: Key, previous: Key | None, *, compromised: bool) -> dict[str, Any]:
    """The fields of the fact that says that a log took another key."""
    return {
        "key_name": key.name,
        "algorithm": ALGORITHM,
        "public_key": b64encode(key.public).decode(),
        **({"previous_key": b64encode(previous.public).decode()} if previous else {}),
        **({"compromised": True} if compromised else {}),
    }


def changes_in(facts: Iterable[tuple[int, bytes]], origin: str) -> list[KeyChange]:
    """The changes that facts of the type say, given as their positions and bytes; those that name no such key are left out."""
    return list(_changes(facts, origin))


def changes_of(log: Log) -> list[KeyChange]:
    """The changes of key that a log has recorded, the first one first."""
    opening = log.stands_at(1)
    lines = log.recorder.stream_lines(opening[0], (CHANGED,)) if opening else []
    return changes_in(((line.position, line.state) for line in lines), log.identity.origin or "")


def spans(given: Iterable[Key], changes: Sequence[KeyChange], vouches: Callable[[Key, int], bool]) -> list[Span]:
    """The keys that may be believed to sign for a log, and for which sizes: those given, and those that they lead to.

    `vouches` tells whether a key signed a checkpoint that the log continues, and that covers the fact at a position. A
    key leads to the one before it, and to the one after it unless others may have had it.
    """
    known = {key: None for key in given if key.kind == SIGNATURE}
    counting: set[KeyChange] = set()
    for change in reversed(changes):
        if change.key in known and vouches(change.key, change.position):
            counting.add(change)
            known |= {change.previous: None} if change.previous else {}
    for change in changes:
        if change.previous in known and vouches(change.previous, change.position):
            counting.add(change)
            known |= {} if change.compromised else {change.key: None}
    return [Span(key, _first(key, counting), _last(key, counting)) for key in known]


def vouching(checkpoints: Sequence[Checkpoint], roots: Mapping[int, bytes]) -> Callable[[Key, int], bool]:
    """What tells whether a key signed one of these checkpoints that covers a position, of a log with these roots."""

    def vouches(key: Key, position: int) -> bool:
        covering = (one for one in checkpoints if one.size >= position and roots.get(one.size) == one.root)
        return any(_is_signed(one, key) for one in covering)

    return vouches


def _is_signed(checkpoint: Checkpoint, key: Key) -> bool:
    try:
        return is_signed(checkpoint.note, key)
    except Mismatch:
        return False  # whoever judges the checkpoint itself says so


def _first(key: Key, changes: Iterable[KeyChange]) -> int:
    return min((change.position for change in changes if change.key == key), default=0)


def _last(key: Key, changes: Iterable[KeyChange]) -> int | None:
    return min((change.position for change in changes if change.previous == key), default=None)


def _changes(facts: Iterable[tuple[int, bytes]], origin: str) -> Iterator[KeyChange]:
    for position, state in facts:
        data = orjson.loads(state).get("data", {})
        name = str(data.get("key_name", origin))
        key, previous = (_key(name, data.get(field)) for field in ("public_key", "previous_key"))
        if key:
            yield KeyChange(position, key, previous, data.get("compromised") is True)


def _key(name: str, public: object) -> Key | None:
    try:
        raw = b64decode(str(public or ""), validate=True)
    except (NotBase64, ValueError):
        return None
    if len(raw) != HASH or not is_key_name(name):
        return None
    return Key(name, key_id(name, SIGNATURE, raw), SIGNATURE, raw)
