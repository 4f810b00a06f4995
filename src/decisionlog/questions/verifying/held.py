"""What whoever verifies holds, and each checkpoint against what was recomputed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime

from msgspec import Struct

from decisionlog.audit.policy import Policy, described, satisfied
from decisionlog.audit.verify import (
    COSIGNATURE,
    SIGNATURE,
    Checkpoint,
    Key,
    Mismatch,
    cosigned_at,
    is_signed,
    require_continued,
    shown,
)
from decisionlog.domain.answers.proving import Fault
from decisionlog.domain.refusals import BadInput

Progress = Callable[[int], None]
ONLY_A_CHECKPOINT = (
    "Only a checkpoint that somebody else kept shows that nothing was cut from the end, "
    "and that it was not all written anew."
)
NOT_CHECKED = "Signer not checked: give the log's verifier key with --key."


class Held(Struct, frozen=True):
    """What whoever verifies holds: keys that are known, and checkpoints that were kept elsewhere, each by its file."""

    keys: tuple[Key, ...] = ()
    checkpoints: tuple[tuple[str, Checkpoint], ...] = ()
    since: tuple[str, Checkpoint] | None = None
    """Facts that this checkpoint covers were verified before, and are not looked at again."""
    policy: Policy | None = None
    """Which witnesses must have cosigned the newest checkpoint that is held or found."""


def against(
    checkpoints: Sequence[tuple[str, Checkpoint]],
    keys: Sequence[Key],
    origin: str,
    size: int,
    roots: Mapping[int, bytes],
    *,
    known_good: bool,
) -> tuple[list[str], list[Fault], str]:
    """Each checkpoint against what was recomputed: what can be said, what is wrong, and whose signature was checked."""
    said, faults, signer = [], [], ""
    for file, checkpoint in checkpoints:
        whose = f"The checkpoint of {checkpoint.size:,} facts" + (f" ({file})" if file else "")
        try:
            by, when = _signed(checkpoint, keys, file)
            if known_good or (origin and checkpoint.origin != origin):
                then = roots[checkpoint.size] if checkpoint.size <= size else None
                require_continued(checkpoint, origin, size, then)
        except Mismatch as wrong:
            faults.append(Fault(f"{whose}: {wrong}."))
            continue
        signer = signer or by
        signed = f"signed by {shown(by)}" if by else "its signer not checked"
        cosigned = "".join(f", cosigned by {shown(name)} on {_day(at)}" for name, at in when)
        if known_good:
            said.append(f"{whose}: this log continues it; {signed}{cosigned}")
    return said, faults, signer


def unmet(held: Held, checkpoints: Sequence[tuple[str, Checkpoint]]) -> list[Fault]:
    """What the policy asks for and the newest of these checkpoints lacks."""
    if held.policy is None:
        return []
    if not checkpoints:
        return [Fault("The policy asks for a checkpoint that witnesses cosigned, and there is none.")]
    file, newest = max(checkpoints, key=lambda one: one[1].size)
    judged = satisfied(held.policy, newest, held.keys)
    faults = [Fault(as_sentence(false)) for false in judged.false]
    if not judged.quorum_met:
        have = ", ".join(one.witness.name for one in judged.cosigned) or "nobody"
        which = f"The checkpoint of {newest.size:,} facts{f' ({file})' if file else ''}"
        faults.append(Fault(f"{which} was cosigned by {have}; the policy asks for {described(held.policy)}."))
    return faults


def as_sentence(wrong: object) -> str:
    """What is wrong, from its capital letter to its full stop."""
    said = str(wrong)
    return f"{said[:1].upper()}{said[1:]}."


def _signed(checkpoint: Checkpoint, keys: Sequence[Key], file: str) -> tuple[str, list[tuple[str, int]]]:
    """Whose key signed a checkpoint, and who cosigned it when.

    One that the log keeps of itself must be signed by its key; of one that somebody gives, `BadInput` says which key is
    missing.
    """
    own = [key for key in keys if key.kind == SIGNATURE]
    by = next((key.name for key in own if is_signed(checkpoint.note, key) and key.name == checkpoint.origin), "")
    if own and not by and not file:
        msg = "it is not signed by the key that is known of this log"
        raise Mismatch(msg)
    if own and not by:
        names = ", ".join(sorted({f"{shown(one.name)} ({one.id.hex()})" for one in checkpoint.note.signatures}))
        msg = f"The key is not known: {file} is signed by {names}, and no such key was given. Give it with --key."
        raise BadInput(msg)
    times = ((key.name, cosigned_at(checkpoint.note, key)) for key in keys if key.kind == COSIGNATURE)
    return by, [(name, at) for name, at in times if at is not None]


def _day(at: int) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%-d %B %Y, %H:%M UTC")
