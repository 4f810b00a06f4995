"""Asking all witnesses at once, and again those that want to be asked from another size."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from decisionlog.audit.cosignatures import cosigned_by, request_for, take
from decisionlog.audit.policy import KnownWitness, Policy
from decisionlog.audit.replies import Declined, FromSize, Meaning, Reply, Took, meaning
from decisionlog.audit.verify import Checkpoint, read_checkpoint
from decisionlog.domain.answers.witnessing import WitnessAsked
from decisionlog.domain.days import stamp_of
from decisionlog.store.log import Log
from decisionlog.web.asking import Question, Unreachable, ask

_ROUNDS: Final = 3
"""How often one witness is asked: others may have sent it something in the meantime."""


def ask_all(log: Log, policy: Policy, note: bytes) -> list[WitnessAsked]:
    """Ask every witness of a policy for its cosignature on a checkpoint, keep those that are verified, and say who answered what."""
    checkpoint = read_checkpoint(note)
    known = {witness.name: cosigned_by(log, witness.key) for witness in policy.witnesses}
    waiting = {witness.name: known[witness.name] for witness in policy.witnesses if witness.url}
    answers: dict[str, Meaning | Unreachable] = {}
    for _ in range(_ROUNDS):
        asked = [witness for witness in policy.witnesses if witness.name in waiting]
        questions = [Question(one.url or "", request_for(log, note, waiting[one.name])) for one in asked]
        for witness, reply in zip(asked, ask(questions), strict=True):
            answers[witness.name] = _meant(reply, checkpoint, waiting.pop(witness.name), witness)
        again = {name: answer.size for name, answer in answers.items() if isinstance(answer, FromSize)}
        waiting.update(again)
        if not waiting:
            break
    _keep(log, policy, checkpoint, [answer.line for answer in answers.values() if isinstance(answer, Took)])
    return list(_said(policy, answers))


def _meant(
    reply: Reply | Unreachable, checkpoint: Checkpoint, old_size: int, witness: KnownWitness
) -> Meaning | Unreachable:
    return reply if isinstance(reply, Unreachable) else meaning(reply, checkpoint, old_size, witness.key)


def _keep(log: Log, policy: Policy, checkpoint: Checkpoint, lines: list[bytes]) -> None:
    if lines:
        cosigned = checkpoint.note.text + b"\n" + b"".join(lines)
        take(log, cosigned, [witness.key for witness in policy.witnesses])


def _said(policy: Policy, answers: dict[str, Meaning | Unreachable]) -> Iterator[WitnessAsked]:
    for witness in policy.witnesses:
        name, url = witness.name, witness.url
        match answers.get(witness.name):
            case None:
                yield WitnessAsked(name, url, "no-address", "has no address: ask it by e-mail")
            case Took(at=at):
                yield WitnessAsked(name, url, "cosigned", "cosigned", stamp_of(at))
            case FromSize(size=size):
                sentence = f"it was asked {_ROUNDS} times, and wanted another size each time (last: {size:,})"
                yield WitnessAsked(name, url, "declined", sentence)
            case Declined(reason=reason, alarming=alarming):
                yield WitnessAsked(name, url, "declined", reason, alarming=alarming)
            case Unreachable(reason=reason):
                yield WitnessAsked(name, url, "unreachable", reason)
