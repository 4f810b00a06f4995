"""Trust policies, by C2SP tlog-policy: known logs, known witnesses, and how many of them must have cosigned a checkpoint.

    log northmoor.example/decisions+1f2e3d4c+AT...
    witness icb icb.example/witness+5a6b7c8d+BD... https://witness.icb.example
    witness council council.example/witness+9a8b7c6d+BF...
    witness trust trust.example/witness+0a1b2c3d+BG...
    group partners 2 icb council trust
    quorum partners

A policy is read strictly: what another program would refuse, or could read otherwise, is refused here too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Final, NamedTuple, TypeVar

from decisionlog.audit.verify import (
    COSIGNATURE,
    SIGNATURE,
    Checkpoint,
    Key,
    Malformed,
    Mismatch,
    Note,
    cosigned_at,
    is_signed,
    read_key,
)

NONE: Final = "none"
"""The quorum that asks for no cosignature."""

_MOST_BYTES: Final = 1_000_000
_REFUSED: Final = re.compile(rb"[\x00-\x08\x0b-\x1f\x7f]")
_SPACE: Final = re.compile(rb"[ \t]+")
_NUMBER: Final = re.compile("[1-9][0-9]{0,5}")
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


def read_policy(content: bytes) -> Policy:
    """The policy of a text. Raises `Malformed`, with the line and what is wrong in it."""
    if len(content) > _MOST_BYTES:
        msg = f"A policy has at most {_MOST_BYTES:,} bytes; this one has {len(content):,}."
        raise Malformed(msg)
    *lines, rest = content.split(b"\n")
    if rest:
        msg = (
            f"Line {len(lines) + 1} does not end with a newline, so the policy may have been cut off. End it with one."
        )
        raise Malformed(msg)
    reading = _Reading()
    for number, line in enumerate(lines, start=1):
        try:
            reading.line(line)
        except Malformed as wrong:
            msg = f"Line {number}: {wrong}"
            raise Malformed(msg) from wrong
    return reading.policy()


class _Reading:
    """A policy as far as it has been read."""

    def __init__(self) -> None:
        self._logs: list[KnownLog] = []
        self._witnesses: dict[str, KnownWitness] = {}
        self._groups: dict[str, Group] = {}
        self._in_groups: dict[str, str] = {}
        self._quorum: str | None = None

    def line(self, line: bytes) -> None:
        if line.endswith(b"\r"):
            msg = "it ends with a carriage return. Save the file with the line ends of Unix (LF)."
            raise Malformed(msg)
        if refused := _REFUSED.search(line):
            msg = f"it holds the control character 0x{refused[0][0]:02x}; only spaces and tabs may stand between words."
            raise Malformed(msg)
        stripped = line.strip(b" \t")
        if not stripped or stripped.startswith(b"#"):
            return
        word, *words = [piece.decode("utf-8", "surrogateescape") for piece in _SPACE.split(stripped)]
        kinds: Mapping[str, Callable[[list[str]], None]] = {
            "log": self._log,
            "witness": self._witness,
            "group": self._group,
            "quorum": self._quorum_is,
        }
        if word not in kinds:
            msg = f"it begins with '{word}'; a line begins with log, witness, group, quorum or #."
            raise Malformed(msg)
        kinds[word](words)

    def policy(self) -> Policy:
        if self._quorum is None:
            msg = f"There is no line with the quorum. Write 'quorum NAME', or 'quorum {NONE}' if no witness is needed."
            raise Malformed(msg)
        return Policy(tuple(self._logs), tuple(self._witnesses.values()), tuple(self._groups.values()), self._quorum)

    def _log(self, words: list[str]) -> None:
        (vkey,), url = _with_url(words, 1, "log VKEY [URL]")
        key = _key(vkey, SIGNATURE, "a log signs with a key of type 0x01 (Ed25519)")
        self._logs.append(KnownLog(_new(key, (log.key for log in self._logs)), url))

    def _witness(self, words: list[str]) -> None:
        (name, vkey), url = _with_url(words, 2, "witness NAME VKEY [URL]")
        key = _key(vkey, COSIGNATURE, "a witness signs with a key of type 0x04 (Ed25519 cosignatures)")
        key = _new(key, (witness.key for witness in self._witnesses.values()))
        self._witnesses[self._free(name)] = KnownWitness(name, key, url)

    def _group(self, words: list[str]) -> None:
        form = "group NAME all|any|NUMBER MEMBER..."
        if len(words) < 3:
            msg = f"too few words; the form is: {form}"
            raise Malformed(msg)
        name, wanted, *members = words
        for member in members:
            self._require_member(member)
            self._in_groups[member] = name
        self._groups[self._free(name)] = Group(name, _threshold(wanted, len(members), form), tuple(members))

    def _quorum_is(self, words: list[str]) -> None:
        if len(words) != 1:
            msg = f"it names {len(words)} things; the form is: quorum NAME"
            raise Malformed(msg)
        if self._quorum is not None:
            msg = f"the quorum is given a second time; it was '{self._quorum}' before."
            raise Malformed(msg)
        if words[0] != NONE:
            self._require_defined(words[0])
        self._quorum = words[0]

    def _free(self, name: str) -> str:
        if name == NONE:
            msg = f"nothing can be called '{NONE}': it means that no witness is needed."
            raise Malformed(msg)
        if name in self._witnesses or name in self._groups:
            msg = f"'{name}' is defined a second time; witnesses and groups share their names."
            raise Malformed(msg)
        return name

    def _require_member(self, name: str) -> None:
        if name == NONE:
            msg = f"'{NONE}' cannot be a member of a group."
            raise Malformed(msg)
        self._require_defined(name)
        if name in self._in_groups:
            msg = f"'{name}' is a member already, of '{self._in_groups[name]}'; each may count in one place only."
            raise Malformed(msg)

    def _require_defined(self, name: str) -> None:
        if name not in self._witnesses and name not in self._groups:
            msg = f"'{name}' is not defined on a line before this one."
            raise Malformed(msg)


def _with_url(words: list[str], least: int, form: str) -> tuple[list[str], str | None]:
    if not least <= len(words) <= least + 1:
        msg = f"too {'few' if len(words) < least else 'many'} words; the form is: {form}"
        raise Malformed(msg)
    return words[:least], words[least] if len(words) > least else None


def _key(vkey: str, kind: int, wanted: str) -> Key:
    key = read_key(vkey)
    if key.kind != kind:
        msg = f"the key of {key.name} is of type 0x{key.kind:02x}; {wanted}."
        raise Malformed(msg)
    return key


def _new(key: Key, known: Iterable[Key]) -> Key:
    for other in known:
        if other.public == key.public:
            msg = f"the key of {key.name} is given a second time (before, for {other.name}); each counts once."
            raise Malformed(msg)
    return key


def _threshold(wanted: str, members: int, form: str) -> int:
    if wanted in {"all", "any"}:
        return members if wanted == "all" else 1
    if not _NUMBER.fullmatch(wanted):
        msg = f"'{wanted}' is no number of members; the form is: {form}"
        raise Malformed(msg)
    if int(wanted) > members:
        msg = f"{wanted} members are needed, and the group has {members}."
        raise Malformed(msg)
    return int(wanted)


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
