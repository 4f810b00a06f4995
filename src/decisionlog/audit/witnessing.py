"""What a witness does (C2SP tlog-witness): it looks at a checkpoint, and cosigns it if it continues the last that it cosigned.

It is a function of bytes: what was seen before, what is posted now, and the answer with what is to be remembered. The
command and the service both call it; whoever calls it remembers first, and answers then (`audit.witness`).
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from enum import Enum
from hashlib import sha256
from typing import Final, NamedTuple

from decisionlog.audit.keys import Signer, cosignature_line
from decisionlog.audit.verify import (
    Checkpoint,
    Extension,
    Key,
    Malformed,
    Mismatch,
    Note,
    Signature,
    cosigned_at,
    is_signed,
    read_checkpoint,
    read_extension,
    read_key,
    require_consistent,
)

_EMPTY_ROOT: Final = sha256().digest()
_LOG: Final = "log "


class Watched(NamedTuple):
    """A log that a witness looks after: the keys that may sign for it, and the last checkpoint that was cosigned.

    It is kept as a text: a line `log VKEY` for each key, an empty line, and that checkpoint with its cosignature.
    """

    origin: str
    keys: tuple[Key, ...]
    note: bytes = b""
    """The last checkpoint with the signatures of the log and of the witness; empty, before the first."""
    at: int = 0
    """When it was cosigned, in POSIX seconds."""

    @property
    def last(self) -> Checkpoint | None:
        """The last checkpoint that was cosigned."""
        return read_checkpoint(self.note) if self.note else None


class Why(Enum):
    """Why a checkpoint is not cosigned, in the order in which it is looked at."""

    MALFORMED = "malformed"
    UNKNOWN_LOG = "unknown-log"
    NOT_SIGNED = "not-signed"
    OLD_SIZE_TOO_LARGE = "old-size-too-large"
    ANOTHER_SIZE = "another-size"
    """The witness has cosigned another size than the one that it is to continue from."""
    ANOTHER_ROOT = "another-root"
    """The same size with another root: two histories, both signed by the log."""
    NOT_CONTINUED = "not-continued"


class Refused(NamedTuple):
    """A checkpoint that is not cosigned."""

    why: Why
    reason: str
    watched: Watched | None = None
    asked: Extension | None = None

    @property
    def size(self) -> int:
        """The size of the last checkpoint that was cosigned."""
        last = self.watched.last if self.watched else None
        return last.size if last else 0

    @property
    def shows_two_histories(self) -> bool:
        """Whether it is of the size that was cosigned last, signed by the log, and has another root."""
        last = self.watched.last if self.watched else None
        if last is None or self.asked is None or self.why in {Why.MALFORMED, Why.UNKNOWN_LOG, Why.NOT_SIGNED}:
            return False
        return self.asked.checkpoint.size == last.size and self.asked.checkpoint.root != last.root


class Cosigned(NamedTuple):
    """A checkpoint that is cosigned, once `after` is remembered."""

    before: Watched
    after: Watched
    checkpoint: Checkpoint
    line: bytes
    """The signature line that is the answer."""


Find = Callable[[str], Watched | None]
"""What is remembered of the log of an origin; none, where it is not looked after."""


def add_checkpoint(body: bytes, find: Find, signer: Signer, at: int) -> Cosigned | Refused:
    """The answer to the body of an add-checkpoint request, at a time in POSIX seconds.

    The time of a cosignature never goes back behind that of the last one for the same log, whatever the clock says.
    """
    try:
        asked = read_extension(body)
    except Malformed as wrong:
        return Refused(Why.MALFORMED, str(wrong))
    checkpoint = asked.checkpoint
    watched = find(checkpoint.origin)
    if watched is None:
        return Refused(Why.UNKNOWN_LOG, "this witness does not look after that log", None, asked)
    signatures, reason = _signatures(checkpoint.note, watched.keys)
    if not signatures:
        return Refused(Why.NOT_SIGNED, reason, watched, asked)
    if refused := _not_continued(watched, asked):
        return refused
    at = max(at, watched.at)
    line = cosignature_line(signer, checkpoint.note.text, at)
    note = checkpoint.note.text + b"\n" + b"".join(map(line_of, signatures)) + line
    return Cosigned(watched, watched._replace(note=note, at=at), checkpoint, line)


def _signatures(note: Note, keys: tuple[Key, ...]) -> tuple[list[Signature], str]:
    """The signatures by keys that may sign, and why there are none; those of other keys are ignored."""
    found: list[Signature] = []
    reason = f"no signature on it is by {' or '.join(str(key) for key in keys)}"
    for key in keys:
        own = note._replace(signatures=tuple(s for s in note.signatures if (s.name, s.id) == (key.name, key.id)))
        try:
            if is_signed(own, key):
                found.append(own.signatures[0])
        except Mismatch as false:
            reason = str(false)
    return found, reason


def _not_continued(watched: Watched, asked: Extension) -> Refused | None:
    """Why a signed checkpoint does not continue the last that was cosigned; nothing, where it does."""
    last, checkpoint = watched.last, asked.checkpoint
    size, root = (last.size, last.root) if last else (0, _EMPTY_ROOT)
    if asked.old_size > checkpoint.size:
        reason = f"it is to continue from {asked.old_size} facts, and has only {checkpoint.size}"
        return Refused(Why.OLD_SIZE_TOO_LARGE, reason, watched, asked)
    if asked.old_size != size:
        reason = f"it continues from {asked.old_size} facts, and {size} were cosigned last"
        return Refused(Why.ANOTHER_SIZE, reason, watched, asked)
    if checkpoint.size == size and checkpoint.root != root:
        return Refused(Why.ANOTHER_ROOT, f"there are two different roots of {size} facts", watched, asked)
    try:
        require_consistent(size, root, checkpoint.size, checkpoint.root, asked.path)
    except (Malformed, Mismatch) as false:
        return Refused(Why.NOT_CONTINUED, str(false), watched, asked)
    return None


def line_of(signature: Signature) -> bytes:
    """A signature as the line of a note."""
    return f"— {signature.name} {b64encode(signature.id + signature.value).decode()}\n".encode()


def written(watched: Watched) -> bytes:
    """The text that a log is remembered as."""
    return "".join(f"{_LOG}{key}\n" for key in watched.keys).encode() + b"\n" + watched.note


def read_watched(content: bytes, own: Key) -> Watched:
    """What is remembered of a log, of its text.

    Raises `Malformed`; and `Mismatch` where the last checkpoint does not carry the witness's own cosignature, so that
    it cannot be what was remembered.
    """
    head, gap, note = content.partition(b"\n\n")
    lines = head.decode(errors="replace").split("\n")
    if not gap or not all(line.startswith(_LOG) for line in lines):
        msg = "it begins with a line `log VKEY` for each key, and an empty line"
        raise Malformed(msg)
    keys = tuple(read_key(line.removeprefix(_LOG)) for line in lines)
    if len({key.name for key in keys}) > 1:
        msg = "its keys are of several logs"
        raise Malformed(msg)
    if not note:
        return Watched(keys[0].name, keys)
    last = read_checkpoint(note)
    at = cosigned_at(last.note, own)
    if at is None or last.origin != keys[0].name:
        msg = f"the last checkpoint in it was not cosigned by {own.name}"
        raise Mismatch(msg)
    return Watched(keys[0].name, keys, note, at)
