"""Checkpoints: what a log says of itself, signed (c2sp.org/tlog-checkpoint). A key signs only what continues what it signed."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable

from decisionlog.audit import keys
from decisionlog.audit.keys import Signer
from decisionlog.audit.verify import Checkpoint, Mismatch, is_signed, read_checkpoint, require_continued, shown
from decisionlog.store.batch import Checkpointed
from decisionlog.store.log import Log


def text_of(origin: str, size: int, root: bytes) -> bytes:
    """The text of a checkpoint, which is what is signed."""
    return b"%s\n%d\n%s\n" % (origin.encode(), size, b64encode(root))


def signed(log: Log, signer: Signer, earlier: Iterable[bytes] = ()) -> bytes:
    """A checkpoint over the log as it is now: the signed note.

    `earlier` are checkpoints that this key signed before; the last of them is given again where nothing was recorded
    since, with its cosignatures. Raises `Mismatch` where the log does not continue one of them: signing would then be
    the proof of a lie.
    """
    origin, size = log.identity.origin or "", log.size()
    if signer.key.name != origin:
        msg = f"the key is that of {shown(signer.key.name)}, and this log is {shown(origin)}"
        raise Mismatch(msg)
    text = text_of(origin, size, log.root(size))
    again = b""
    for note in earlier:
        checkpoint = read_checkpoint(note)
        require_continues(log, checkpoint)
        again = note if checkpoint.note.text == text and is_signed(checkpoint.note, signer.key) else again
    return again or b"%s\n%s" % (text, keys.signature_line(signer, text))


def require_continues(log: Log, checkpoint: Checkpoint) -> None:
    """Whether a log continues what a checkpoint saw, by the nodes that it keeps. Raises `Mismatch`."""
    size = log.size()
    then = log.root(checkpoint.size) if checkpoint.size <= size else None
    require_continued(checkpoint, log.identity.origin or "", size, then)


def keep(log: Log, size: int, note: bytes) -> None:
    """Keep a checkpoint with the log that it is of. Raises `Unusable` where the store cannot be written."""
    with log.recorder.writing() as writer:
        writer.keep_checkpoint(Checkpointed(size, note))


def with_signatures(note: bytes, lines: Iterable[bytes]) -> bytes:
    """A note with more signature lines, those that it has already left out."""
    have = set(note.splitlines(keepends=True))
    return note + b"".join(line for line in dict.fromkeys(lines) if line not in have)
