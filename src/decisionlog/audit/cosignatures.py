"""Cosignatures that come back to a log: what of them is verified is kept with the checkpoint, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from decisionlog.audit.checkpoints import require_continues
from decisionlog.audit.proofs import consistency, extension_text
from decisionlog.audit.verify import (
    Checkpoint,
    Key,
    Mismatch,
    Note,
    cosigned_at,
    is_signed,
    read_checkpoint,
    shown,
)
from decisionlog.audit.witnessing import line_of
from decisionlog.store.batch import Checkpointed
from decisionlog.store.log import Log


class Taken(NamedTuple):
    """What became of the signatures on a cosigned checkpoint."""

    checkpoint: Checkpoint
    added: tuple[tuple[Key, int], ...]
    already: tuple[tuple[Key, int], ...]
    false: tuple[Key, ...]
    unknown: tuple[str, ...]
    """The names of keys that nothing is known of."""


def request_for(log: Log, note: bytes, old_size: int) -> bytes:
    """What asks a witness to cosign a checkpoint of this log that continues from a size. Raises `Mismatch`."""
    checkpoint = read_checkpoint(note)
    require_continues(log, checkpoint)
    if old_size > checkpoint.size:
        msg = f"the checkpoint has {checkpoint.size} facts, and cannot continue from {old_size}"
        raise Mismatch(msg)
    return extension_text(old_size, consistency(log.recorder.nodes, old_size, checkpoint.size), note)


def cosigned_by(log: Log, key: Key) -> int:
    """The largest size that a witness is known to have cosigned; none is 0."""
    for kept in reversed(log.recorder.checkpoints()):
        try:
            if cosigned_at(read_checkpoint(kept.note).note, key) is not None:
                return kept.size
        except Mismatch:
            continue
    return 0


def take(log: Log, note: bytes, witnesses: Iterable[Key], own: Key | None = None) -> Taken:
    """Keep the cosignatures of these witnesses on a checkpoint of this log.

    `own` is the log's own key, for a checkpoint that is not kept here. Raises `Malformed` for what is no checkpoint, and
    `Mismatch` for one that this log does not continue, or that it did not sign.
    """
    checkpoint = read_checkpoint(note)
    require_continues(log, checkpoint)
    taken, lines = _sorted(checkpoint, list(witnesses), own)
    with log.recorder.writing() as writer:
        kept = {kept.size: kept.note for kept in log.recorder.checkpoints()}.get(checkpoint.size)
        base = read_checkpoint(kept).note if kept else _signed_by(checkpoint, own)
        if base.text != checkpoint.note.text:
            msg = "it says something else than the checkpoint of that size that is kept here"
            raise Mismatch(msg)
        merged, new = _merged(base, lines)
        writer.keep_checkpoint(Checkpointed(checkpoint.size, merged))
    return taken._replace(
        added=tuple(one for one in taken.added if one[0] in new),
        already=tuple(one for one in taken.added if one[0] not in new),
    )


def _sorted(checkpoint: Checkpoint, witnesses: Sequence[Key], own: Key | None) -> tuple[Taken, dict[Key, Note]]:
    """Which of the signatures are verified; of each witness those lines alone."""
    signed, false = {}, []
    lines: dict[Key, Note] = {}
    for key in witnesses:
        theirs = tuple(s for s in checkpoint.note.signatures if (s.name, s.id) == (key.name, key.id))
        lines[key] = Note(checkpoint.note.text, theirs)
        try:
            at = cosigned_at(lines[key], key)
        except Mismatch:
            false.append(key)
            continue
        if at is not None:
            signed[key] = at
    known = {(key.name, key.id) for key in (*witnesses, *filter(None, [own]))}
    unknown = [shown(s.name) for s in checkpoint.note.signatures if (s.name, s.id) not in known]
    names = tuple(dict.fromkeys(name for name in unknown if name != shown(checkpoint.origin)))
    return Taken(checkpoint, tuple(signed.items()), (), tuple(false), names), {key: lines[key] for key in signed}


def _signed_by(checkpoint: Checkpoint, own: Key | None) -> Note:
    """A checkpoint that is not kept here with the log's own signature on it, and no other."""
    if own is None or not is_signed(checkpoint.note, own):
        msg = f"no checkpoint of {checkpoint.size} facts was signed here"
        raise Mismatch(msg)
    return Note(
        checkpoint.note.text,
        tuple(s for s in checkpoint.note.signatures if (s.name, s.id) == (own.name, own.id)),
    )


def _merged(base: Note, lines: dict[Key, Note]) -> tuple[bytes, set[Key]]:
    """A note with the latest cosignature of each of these witnesses, and which of them it did not have."""
    signatures = list(base.signatures)
    new = set()
    for key, theirs in lines.items():
        latest = max(theirs.signatures, key=lambda signature: signature.value[:8])
        before = [s for s in signatures if (s.name, s.id) == (key.name, key.id)]
        if any(s.value[:8] >= latest.value[:8] for s in before):
            continue
        new.add(key)
        signatures = [s for s in signatures if s not in before] + [latest]
    return base.text + b"\n" + b"".join(map(line_of, signatures)), new
