"""`verify` of a checkpoint: who signed it, and whether others that were kept say the same of the log, or can."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from decisionlog.audit.verify import (
    Checkpoint,
    Extension,
    Malformed,
    Mismatch,
    read_checkpoint,
    read_extension,
    require_consistent,
    shown,
    time_of,
)
from decisionlog.domain.answers.proving import Fault, Verified
from decisionlog.domain.refusals import BadInput
from decisionlog.questions.verifying.held import NOT_CHECKED, Held, as_sentence, by_policy, signed_by

_REQUEST = b"old "


def read_either(raw: bytes) -> tuple[Checkpoint, Extension | None]:
    """A checkpoint of its bytes, or of those of a request to a witness, which holds one. Raises `Malformed`."""
    if raw.startswith(_REQUEST):
        request = read_extension(raw)
        return request.checkpoint, request
    return read_checkpoint(raw), None


def verified_checkpoint(file: Path, raw: bytes, held: Held) -> Verified:
    """Verify a checkpoint: its signatures, and that those that were kept elsewhere contradict it nowhere.

    Two of one size must have one root. Of two sizes only the log can tell whether one continues the other, or a request to
    a witness, which holds the proof of it. Raises `BadInput` where that is not there, and where the file is no checkpoint.
    """
    try:
        own, request = read_either(raw)
    except Malformed as wrong:
        msg = f"{file} is not a checkpoint ({wrong})."
        raise BadInput(msg) from wrong
    every = [(str(file), own), *held.checkpoints]
    said, faults, signer = _signers(every, held)
    for kept_in, kept in held.checkpoints:
        try:
            said.append(_compared(own, request, kept_in, kept))
        except Mismatch as wrong:
            faults.append(Fault(as_sentence(wrong)))
        except Malformed as undecided:
            if not faults:
                smaller = kept_in if kept.size < own.size else str(file)
                raise BadInput(_only_the_log_can_tell(file, kept_in, smaller, undecided)) from undecided
    answer = Verified(
        "checkpoint", str(file), own.origin, not faults, own.size, own.root.hex(), signer, tuple(said), tuple(faults),
        () if signer or faults else (NOT_CHECKED,),
    )  # fmt: skip
    return by_policy(answer, held, every)


def _signers(every: Sequence[tuple[str, Checkpoint]], held: Held) -> tuple[list[str], list[Fault], str]:
    """By whom each was signed and cosigned, what is false in that, and who signed the first."""
    said, faults, signer = [], [], ""
    for file, checkpoint in every:
        try:
            by, times = signed_by(checkpoint, held.keys, file)
        except Mismatch as wrong:
            faults.append(Fault(f"{file}: {wrong}."))
            continue
        signer = signer or by
        signed = f"signed by {shown(by)}" if by else "its signer not checked"
        cosigned = "".join(f", cosigned by {shown(name)} at {time_of(at)}" for name, at in times)
        said.append(f"{file}: {checkpoint.size:,} facts, root {checkpoint.root.hex()}; {signed}{cosigned}")
    return said, faults, signer


def _compared(own: Checkpoint, request: Extension | None, file: str, kept: Checkpoint) -> str:
    """What holds between two checkpoints. Raises `Mismatch` where they contradict, `Malformed` where nothing shows it."""
    if kept.origin != own.origin:
        msg = f"they are of two logs: {file} is of {shown(kept.origin)}, and the other of {shown(own.origin)}"
        raise Mismatch(msg)
    if kept.size == own.size:
        if kept.root != own.root:
            msg = (
                f"there are two histories of {shown(own.origin)}: both checkpoints are of {own.size:,} facts, and their roots "
                "differ. Keep both: if the log signed them, together they are the proof"
            )
            raise Mismatch(msg)
        return f"The two say the same: one log, {own.size:,} facts, one root"
    if request is None or request.old_size != kept.size:
        msg = f"one saw {kept.size:,} facts and the other {own.size:,}"
        raise Malformed(msg)
    require_consistent(kept.size, kept.root, own.size, own.root, request.path)
    return f"The first {kept.size:,} of its facts are those that {file} saw: the request proves it"


def _only_the_log_can_tell(file: Path, kept_in: str, smaller: str, undecided: Malformed) -> str:
    return (
        f"{file} and {kept_in} cannot be compared by themselves: {undecided}, and only the log can tell whether one continues "
        f"the other. With the log: decisionlog verify {file} --checkpoint {kept_in} --log LOG. Without it, ask whoever keeps "
        f"the log for a request that continues the smaller: decisionlog checkpoint --for-witness --since {smaller}."
    )
