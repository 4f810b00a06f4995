"""How far is the log witnessed? Recorded by whoever keeps it, checkpointed with its key, witnessed by others."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from decisionlog.audit.policy import Judgement, Policy, described, satisfied
from decisionlog.audit.verify import Checkpoint, Malformed, Mismatch, read_checkpoint, require_continued
from decisionlog.domain.answers.standing import Check
from decisionlog.domain.answers.witnessing import Witnessing, WitnessStanding
from decisionlog.domain.days import stamp_of
from decisionlog.store.codec import recorded_at
from decisionlog.store.log import Log


class Watch(NamedTuple):
    """Which witnesses there are to be, and how long facts may wait for them."""

    place: str = ""
    policy: Policy | None = None
    unreadable: str = ""
    """Why the policy of that place cannot be used."""
    within: timedelta = timedelta(days=1)


def witnessing(log: Log, watch: Watch, now: datetime) -> Witnessing:
    """How far the log is recorded, checkpointed and witnessed."""
    size, kept, wrong = log.size(), *_checkpoints(log)
    found = _Found(watch.policy, kept)
    witnessed, until = found.witnessed, found.witnessed.size if found.witnessed else 0
    waiting = _recorded_at(log, until + 1) if watch.policy and until < size else ""
    return Witnessing(
        recorded=size,
        checkpointed=kept[-1].size if kept else 0,
        checkpointed_until=_recorded_at(log, kept[-1].size) if kept else "",
        policy=watch.place,
        quorum=described(watch.policy) if watch.policy else "",
        witnessed=until,
        witnessed_at=stamp_of(max((one.at for one in found.judged.cosigned), default=0)) if found.judged else "",
        by=tuple(one.witness.name for one in found.judged.cosigned) if found.judged else (),
        quorum_met=bool(kept and witnessed is kept[-1]),
        witnesses=found.standings(),
        waiting_since=waiting,
        overdue=bool(waiting) and now - datetime.fromisoformat(waiting) > watch.within,
        wrong=(*filter(None, [watch.unreadable]), *wrong, *found.wrong()),
    )


def check(log: Log, watch: Watch, now: datetime) -> Check:
    """The line of `doctor`."""
    if watch.unreadable:
        return Check("fail", "policy", "cannot be used", watch.unreadable)
    answer = witnessing(log, watch, now)
    if answer.wrong:
        remedy = (
            "Keep everything as it is, and compare with what the witnesses hold: decisionlog verify --checkpoint FILE"
        )
        return Check("fail", "witnesses", " ".join(answer.wrong), remedy)
    if not answer.policy:
        return Check("ok", "witnesses", "none are asked for: no policy is set")
    found = f"{answer.witnessed:,} of {answer.recorded:,} facts witnessed ({answer.quorum})"
    if answer.overdue:
        remedy = (
            "Ask them: decisionlog checkpoint, then decisionlog witness send, or checkpoint --for-witness by e-mail."
        )
        return Check("warn", "witnesses", f"{found}; others wait since {answer.waiting_since[:10]}", remedy)
    return Check("ok", "witnesses", found)


def _checkpoints(log: Log) -> tuple[list[Checkpoint], list[str]]:
    """The checkpoints that are kept, the smallest first; and what is wrong with the last."""
    kept, wrong = [], []
    for one in log.recorder.checkpoints():
        try:
            kept.append(read_checkpoint(one.note))
        except Malformed as unreadable:
            wrong.append(f"The checkpoint of {one.size:,} facts that is kept here cannot be read ({unreadable}).")
    try:
        if kept:
            last, size = kept[-1], log.size()
            then = log.root(last.size) if last.size <= size else None
            require_continued(last, log.identity.origin or "", size, then)
    except Mismatch as false:
        wrong.append(f"{str(false)[:1].upper()}{str(false)[1:]}.")
    return kept, wrong


def _recorded_at(log: Log, position: int) -> str:
    found = log.recorder.lines(position - 1, 1)
    return recorded_at(found[0]) if found else ""


class _Found:
    """What a policy makes of the checkpoints that are kept: the last that the quorum cosigned, and each witness's last."""

    def __init__(self, policy: Policy | None, kept: Sequence[Checkpoint]) -> None:
        self._policy = policy
        self.witnessed: Checkpoint | None = None
        self.judged: Judgement | None = None
        self._last: dict[str, tuple[int, int]] = {}
        self._false: dict[str, int] = {}
        if policy:
            self._look_through(policy, kept)

    def standings(self) -> tuple[WitnessStanding, ...]:
        """Each witness of the policy."""
        found = []
        for name, key, url in self._policy.witnesses if self._policy else ():
            size, at = self._last.get(name, (0, 0))
            found.append(WitnessStanding(name, str(key), url, size, stamp_of(at)))
        return tuple(found)

    def wrong(self) -> list[str]:
        """Signatures that do not match."""
        return [
            f"A signature on the checkpoint of {size:,} facts does not match the key {name}."
            for name, size in self._false.items()
        ]

    def _look_through(self, policy: Policy, kept: Sequence[Checkpoint]) -> None:
        """From the last checkpoint down. A signature takes milliseconds to verify, so only those are that can tell something new."""
        for checkpoint in reversed(kept):
            there = {(signature.name, signature.id) for signature in checkpoint.note.signatures}
            claimed = {witness.name for witness in policy.witnesses if (witness.key.name, witness.key.id) in there}
            if self.witnessed is None and policy.is_quorum(claimed):
                self._judge(policy, checkpoint)
            elif claimed - self._last.keys():
                self._note(satisfied(policy, checkpoint), checkpoint.size)
            if self.witnessed and len(self._last) == len(policy.witnesses):
                return

    def _judge(self, policy: Policy, checkpoint: Checkpoint) -> None:
        judged = satisfied(policy, checkpoint)
        self._note(judged, checkpoint.size)
        if judged.quorum_met and (judged.signed or not policy.logs):
            self.witnessed, self.judged = checkpoint, judged

    def _note(self, judged: Judgement, size: int) -> None:
        for name in judged.false:
            self._false.setdefault(name, size)
        for one in judged.cosigned:
            self._last.setdefault(one.witness.name, (size, one.at))
