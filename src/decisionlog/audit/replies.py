"""What a witness answered to a log (C2SP tlog-witness), and what it means. Nothing of it is believed that is not proved."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from decisionlog.audit.verify import Checkpoint, Key, Malformed, Mismatch, Note, cosigned_at, read_note, shown
from decisionlog.audit.witnessing import line_of

_OK: Final = 200
_SIZE: Final = re.compile(rb"(0|[1-9][0-9]{0,15})\n")
_MEANINGS: Final = {
    400: "it could not read the request",
    403: "it does not know the key that signed the checkpoint",
    404: "it does not look after this log",
    408: "it waited too long for the request",
    413: "the request is too long for it",
    422: "it says that the checkpoint does not continue the last that it cosigned",
    429: "it is asked too often",
    503: "it cannot answer now",
}


class Reply(NamedTuple):
    """An answer over HTTP."""

    status: int
    body: bytes


class Took(NamedTuple):
    """The cosignature of a witness, verified: its line, and when it says it was made."""

    line: bytes
    at: int


class FromSize(NamedTuple):
    """The witness cosigned another size last, and is to be asked again from there."""

    size: int


class Declined(NamedTuple):
    """No cosignature, and why; `alarming`, where the log or the witness may have lied."""

    reason: str
    alarming: bool = False


Meaning = Took | FromSize | Declined


def meaning(reply: Reply, checkpoint: Checkpoint, old_size: int, key: Key) -> Meaning:
    """What a witness with this key says to a checkpoint that was to continue from `old_size`."""
    if reply.status == _OK:
        return _cosignature(reply.body, checkpoint, key)
    if reply.status == 409:
        return _another_size(reply.body, checkpoint, old_size)
    said = _MEANINGS.get(reply.status, "it does not answer as a witness does")
    return Declined(f"{said} (HTTP {reply.status})", alarming=reply.status == 422)


def _cosignature(body: bytes, checkpoint: Checkpoint, key: Key) -> Took | Declined:
    try:
        note = read_note(checkpoint.note.text + b"\n" + body)
        own = tuple(signature for signature in note.signatures if (signature.name, signature.id) == (key.name, key.id))
        at = cosigned_at(Note(checkpoint.note.text, own), key)
    except Malformed as wrong:
        return Declined(f"what it answered is not a cosignature: {wrong}")
    except Mismatch as false:
        return Declined(str(false), alarming=True)
    if at is None or note.text != checkpoint.note.text:
        names = ", ".join(sorted({shown(signature.name) for signature in note.signatures}))
        return Declined(
            f"it did not cosign with the key that the policy names, but with another (of {names})", alarming=True
        )
    line = next(line_of(one) for one in own if int.from_bytes(one.value[:8], "big") == at)
    return Took(line, at)


def _another_size(body: bytes, checkpoint: Checkpoint, old_size: int) -> FromSize | Declined:
    found = _SIZE.fullmatch(body)
    if found is None:
        return Declined("it cosigned another size last, and does not say which (HTTP 409)")
    size = int(found[1])
    if size > checkpoint.size:
        reason = (
            f"it cosigned {size} facts, and this checkpoint has {checkpoint.size}: "
            "facts were removed from the log, or the witness errs"
        )
        return Declined(reason, alarming=True)
    if size == old_size:
        reason = f"it cosigned another history of {size} facts: the log was forked, or the witness errs"
        return Declined(reason, alarming=True)
    return FromSize(size)
