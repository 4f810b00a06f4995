"""What whoever verifies holds, and each checkpoint against what was recomputed."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from decisionlog.audit.key_changes import KeyChange, Span, spans, vouching
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
    time_of,
)
from decisionlog.domain.answers.proving import Fault, Verified
from decisionlog.domain.refusals import BadInput

Progress = Callable[[int], None]
ONLY_A_CHECKPOINT = (
    "Only a checkpoint that somebody else kept shows that nothing was cut from the end, "
    "and that it was not all written anew."
)
AS_THEY_MUST_BE = (
    "each in its place, none missing between them, each written as facts are "
    "(in their order, streams without a gap, every byte canonical)"
)
_BESIDE = ", which lies beside the log and that the log does not have, is not what was signed here"
NOT_CHECKED = "Signer not checked: give the log's verifier key with --key."


class Held(Struct, frozen=True):
    """What whoever verifies holds: keys that are known, and checkpoints that were kept elsewhere, each by its file."""

    keys: tuple[Key, ...] = ()
    checkpoints: tuple[tuple[str, Checkpoint], ...] = ()
    since: tuple[str, Checkpoint] | None = None
    """Facts that this checkpoint covers were verified before, and are not looked at again."""
    policy: Policy | None = None
    """Which witnesses must have cosigned the newest checkpoint that is held or found."""
    beside: tuple[str, bytes] | None = None
    """The checkpoint that lies beside the log, as it is: its file and its bytes."""


def against(  # noqa: PLR0913 - what is held and what was found, each by its name
    checkpoints: Sequence[tuple[str, Checkpoint]],
    keys: Sequence[Key],
    origin: str,
    size: int,
    roots: Mapping[int, bytes],
    *,
    known_good: bool,
    own: Container[str] = ("",),
    changes: Sequence[KeyChange] = (),
) -> tuple[list[str], list[Fault], str]:
    """Each checkpoint against what was recomputed: what can be said, what is wrong, and whose signature was checked.

    `own` are the files of those that the log keeps of itself, inside it ("") or beside it; `changes` of its key are those
    that it has recorded.
    """
    said, faults, signer = [], [], ""
    known = spans(keys, changes, vouching([one for _, one in checkpoints], roots))
    cosigners = [key for key in keys if key.kind != SIGNATURE]
    for file, checkpoint in checkpoints:
        whose = f"The checkpoint of {checkpoint.size:,} facts" + (f" ({file})" if file else "")
        try:
            believed = [span.key for span in known if span.holds(checkpoint.size)]
            if changes:
                _require_its_time(checkpoint, believed, known)
            by, when = signed_by(checkpoint, [*believed, *cosigners], "" if file in own else file)
            if known_good or (origin and checkpoint.origin != origin):
                then = roots[checkpoint.size] if checkpoint.size <= size else None
                require_continued(checkpoint, origin, size, then)
        except Mismatch as wrong:
            beside = file and file in own
            faults.append(Fault(f"{whose}{_BESIDE if beside else ''}: {wrong}."))
            continue
        signer = signer or by
        signed = f"signed by {shown(by)}" if by else "its signer not checked"
        cosigned = "".join(f", cosigned by {shown(name)} at {time_of(at)}" for name, at in when)
        if known_good:
            said.append(f"{whose}: this log continues it; {signed}{cosigned}")
    return said, faults, signer


def _require_its_time(checkpoint: Checkpoint, believed: Sequence[Key], known: Sequence[Span]) -> None:
    """Raise `Mismatch` where only a key signed a checkpoint that did not sign for the log when it had so many facts."""
    if any(is_signed(checkpoint.note, key) for key in believed):
        return
    for key, first, last in known:
        if key in believed or not is_signed(checkpoint.note, key):
            continue
        when = f"gave up at fact {last:,}" if last is not None and checkpoint.size > last else f"took at fact {first:,}"
        msg = f"it is signed by the key {key.id.hex()}, which the log {when}: nobody should have signed it with that"
        raise Mismatch(msg)


def by_policy(found: Verified, held: Held, checkpoints: Sequence[tuple[str, Checkpoint]]) -> Verified:
    """What was found, and whether the newest of these checkpoints has the cosignatures that the policy asks for.

    A log that too few have witnessed is as sound as it was; a cosignature that is false makes it not sound.
    """
    if held.policy is None:
        return found
    asks = f"the policy asks for {described(held.policy)}"
    if not checkpoints:
        return replace(
            found, quorum_met=False, lacking=(f"No checkpoint was given or kept that anybody cosigned; {asks}.",)
        )
    file, newest = max(checkpoints, key=lambda one: one[1].size)
    judged = satisfied(held.policy, newest, held.keys)
    faults = tuple(Fault(as_sentence(f"the cosignature of {shown(name)} is false")) for name in judged.false)
    by = " and ".join(f"{one.witness.name} ({time_of(one.at)})" for one in judged.cosigned) or "nobody"
    said = f"The checkpoint of {newest.size:,} facts{f' ({file})' if file else ''} was cosigned by {by}; {asks}"
    if judged.quorum_met:
        return replace(
            found, **_with_faults(found, faults), quorum_met=True, looked_at=(*found.looked_at, f"{said}: that is met")
        )
    lacking = f"{said}.{_last_witnessed(held.policy, checkpoints, newest.size)}"
    return replace(found, **_with_faults(found, faults), quorum_met=False, lacking=(lacking,))


def _with_faults(found: Verified, faults: tuple[Fault, ...]) -> dict[str, Any]:
    return {"sound": found.sound and not faults, "faults": (*found.faults, *faults)}


def _last_witnessed(policy: Policy, checkpoints: Sequence[tuple[str, Checkpoint]], size: int) -> str:
    """Up to where enough have cosigned, in a sentence."""
    for _, older in sorted(checkpoints, key=lambda one: -one[1].size):
        there = {(signature.name, signature.id) for signature in older.note.signatures}
        if not policy.is_quorum(one.name for one in policy.witnesses if (one.key.name, one.key.id) in there):
            continue
        if satisfied(policy, older).quorum_met:
            since = size - older.size
            return f" Enough have cosigned the first {older.size:,} facts; the {since:,} since wait for it."
    return " No checkpoint that is known here was cosigned by enough."


def as_sentence(wrong: object) -> str:
    """What is wrong, from its capital letter to its full stop."""
    said = str(wrong)
    return f"{said[:1].upper()}{said[1:]}."


def signed_by(checkpoint: Checkpoint, keys: Sequence[Key], file: str) -> tuple[str, list[tuple[str, int]]]:
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
