"""Trust policies, by C2SP tlog-policy: known logs, known witnesses, and how many of them must have cosigned a checkpoint."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final, NamedTuple, TypeVar

from decisionlog.audit.verify import (
    Checkpoint,
    Key,
    Mismatch,
    Note,
    cosigned_at,
    is_signed,
)

NONE: Final = "none"
"""The quorum that asks for no cosignature."""

_Found = TypeVar("_Found")


class KnownLog(NamedTuple):
    """A log whose signature counts; its key's name is its origin."""

    key: Key
    url: str | None = None


class KnownWitness(NamedTuple):
    """A witness whose cosignature counts; its name is known in the policy alone."""

    name: str
    key: Key
    url: str | None = None


class Group(NamedTuple):
    """Several witnesses or groups, of which so many must have cosigned."""

    name: str
    threshold: int
    members: tuple[str, ...]


class Policy(NamedTuple):
    """What makes a checkpoint valid: one of the logs signed it, and the quorum cosigned it."""

    logs: tuple[KnownLog, ...]
    witnesses: tuple[KnownWitness, ...]
    groups: tuple[Group, ...]
    quorum: str

    def keys(self) -> tuple[Key, ...]:
        """Every key that it names, of logs and of witnesses."""
        return (*(log.key for log in self.logs), *(witness.key for witness in self.witnesses))

    def is_quorum(self, names: Iterable[str]) -> bool:
        """Whether the witnesses of these names are enough."""
        if self.quorum == NONE:
            return True
        witnessed = set(names)
        for group in self.groups:  # the members of a group stand before it
            if sum(member in witnessed for member in group.members) >= group.threshold:
                witnessed.add(group.name)
        return self.quorum in witnessed


class Cosigner(NamedTuple):
    """A witness that cosigned a checkpoint, and when, in POSIX seconds, by its own word."""

    witness: KnownWitness
    at: int


class Judgement(NamedTuple):
    """What a policy says of one checkpoint."""

    signed: bool
    """Whether one of the logs signed it."""
    cosigned: tuple[Cosigner, ...]
    missing: tuple[KnownWitness, ...]
    false: tuple[str, ...]
    """The names of keys of which there is a signature that does not match."""
    quorum_met: bool

    @property
    def accepted(self) -> bool:
        """Whether it is valid: signed, cosigned by the quorum, and with no false signature of a known key."""
        return self.signed and self.quorum_met and not self.false


def satisfied(policy: Policy, checkpoint: Checkpoint, logs: Iterable[Key] = ()) -> Judgement:
    """Who signed a checkpoint, who did not, and whether the quorum is met.

    `logs` are keys that are known otherwise, for a policy that names no log.
    """
    false: list[str] = []
    known = [log.key for log in policy.logs] or list(logs)
    signed = [key for key in known if key.name == checkpoint.origin and _by(is_signed, checkpoint, key, false)]
    times = [(witness, _by(cosigned_at, checkpoint, witness.key, false)) for witness in policy.witnesses]
    cosigned = tuple(Cosigner(witness, at) for witness, at in times if at is not None)
    return Judgement(
        signed=bool(signed),
        cosigned=cosigned,
        missing=tuple(witness for witness, at in times if at is None),
        false=tuple(false),
        quorum_met=policy.is_quorum(one.witness.name for one in cosigned),
    )


def _by(verify: Callable[[Note, Key], _Found], checkpoint: Checkpoint, key: Key, false: list[str]) -> _Found | None:
    """What a key says of it; nothing where its signature does not match, which is noted."""
    try:
        return verify(checkpoint.note, key)
    except Mismatch:
        false.append(key.name)
        return None


def described(policy: Policy) -> str:
    """The quorum in words: `2 of icb, council and trust`."""
    groups = {group.name: group for group in policy.groups}
    return _described(policy.quorum, groups) if policy.quorum != NONE else "no witness is needed"


def _described(name: str, groups: Mapping[str, Group], *, within: bool = False) -> str:
    group = groups.get(name)
    if group is None:
        return name
    *most, last = [_described(member, groups, within=True) for member in group.members]
    members = f"{', '.join(most)} and {last}" if most else last
    if len(group.members) == 1:
        return members
    text = f"{'all' if group.threshold == len(group.members) else group.threshold} of {members}"
    return f"({text})" if within else text
