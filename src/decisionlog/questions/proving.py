"""`prove`: that a fact lies in the log of a checkpoint, or that the log continues an older one."""

from __future__ import annotations

from decisionlog.audit.checkpoints import require_continues
from decisionlog.audit.proofs import consistency, extension_text, inclusion, proof_text
from decisionlog.audit.verify import Checkpoint, Mismatch, read_checkpoint
from decisionlog.domain.answers.proving import ProofShown
from decisionlog.domain.refusals import NotFound, NotSound
from decisionlog.store.finding import find
from decisionlog.store.log import Log

_DIGITS = 18


def position_of(log: Log, ref: str) -> tuple[int, tuple[int, ...]]:
    """The position that is meant: a number, or where a thing was opened, with its other facts. Raises `NotFound`."""
    number = ref.removeprefix("@")
    if not number.isdecimal() or len(number) > _DIGITS:
        facts = log.stream(find(log, ref))
        return facts[0].position, tuple(fact.position for fact in facts[1:])
    size = log.size()
    if not 1 <= int(number) <= size:
        msg = f"There is no fact {number}: the log has {size:,}."
        raise NotFound(msg)
    find(log, f"@{number}")
    return int(number), ()


def included(log: Log, position: int, others: tuple[int, ...], note: bytes) -> ProofShown:
    """That the fact at a position lies in the log of a checkpoint, which covers it."""
    checkpoint = read_checkpoint(note)
    path = inclusion(log.recorder.nodes, position - 1, checkpoint.size)
    return ProofShown(
        what="inclusion",
        origin=checkpoint.origin,
        size=checkpoint.size,
        root=checkpoint.root.hex(),
        proof=proof_text(position - 1, path, note).decode(),
        position=position,
        fact=log.recorder.lines(position - 1, 1)[0].state.decode(),
        others=others,
    )


def continuing(log: Log, old: Checkpoint, file: str, note: bytes) -> ProofShown:
    """That the log of a checkpoint continues what an older one saw. Raises `NotSound` where this log does not."""
    try:
        require_continues(log, old)
    except Mismatch as wrong:
        msg = f"{file}: {wrong}. Nothing can be proved."
        raise NotSound(msg) from wrong
    new = read_checkpoint(note)
    path = consistency(log.recorder.nodes, old.size, new.size)
    return ProofShown(
        what="consistency",
        origin=new.origin,
        size=new.size,
        root=new.root.hex(),
        proof=extension_text(old.size, path, note).decode(),
        old_size=old.size,
    )
