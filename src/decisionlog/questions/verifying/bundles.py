"""`verify` of a bundle: one decision, with the facts that are its evidence and what proves them."""

from __future__ import annotations

from pathlib import Path

from decisionlog.audit.verify import SIGNATURE, Malformed, Mismatch, is_signed, read_bundle, verified_bundle
from decisionlog.domain.answers.proving import Fault, Verified
from decisionlog.domain.refusals import BadInput
from decisionlog.questions.verifying.held import NOT_CHECKED, Held, as_sentence, by_policy


def verified(file: Path, held: Held) -> Verified:
    """Verify a bundle, by the file that others verify it with. Raises `BadInput` where it is none, or cannot be compared."""
    faults: tuple[Fault, ...] = ()
    told: list[str] = []
    signer = ""
    try:
        raw = file.read_bytes()
        checkpoint = read_bundle(raw).checkpoint
    except OSError as fault:
        msg = f"{file} cannot be read ({fault.strerror})."
        raise BadInput(msg) from fault
    except Malformed as wrong:
        msg = f"{file} is not a bundle ({wrong})."
        raise BadInput(msg) from wrong
    try:
        told = list(verified_bundle(raw, held.keys, [kept for _, kept in held.checkpoints]))
        own = [key for key in held.keys if key.kind == SIGNATURE and key.name == checkpoint.origin]
        signer = next((key.name for key in own if is_signed(checkpoint.note, key)), "")
    except Malformed as wrong:
        msg = f"{file} cannot be judged: {wrong}."
        raise BadInput(msg) from wrong
    except Mismatch as wrong:
        faults = (Fault(as_sentence(wrong)),)
    answer = Verified(
        what="bundle",
        place=str(file),
        origin=checkpoint.origin,
        sound=not faults,
        size=checkpoint.size,
        root=checkpoint.root.hex(),
        signer=signer,
        looked_at=tuple(sentence.removesuffix(".") for sentence in told[1:]),
        faults=faults,
        notes=() if signer or faults else (NOT_CHECKED,),
    )
    return by_policy(answer, held, [("", checkpoint)])
