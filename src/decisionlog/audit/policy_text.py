"""A policy of its text, by C2SP tlog-policy.

    log northmoor.example/decisions+1f2e3d4c+AT...
    witness icb icb.example/witness+5a6b7c8d+BD... https://witness.icb.example
    witness council council.example/witness+9a8b7c6d+BF...
    witness trust trust.example/witness+0a1b2c3d+BG...
    group partners 2 icb council trust
    quorum partners

It is read strictly: what another program would refuse, or could read otherwise, is refused here too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Final

from decisionlog.audit.policy import NONE, Group, KnownLog, KnownWitness, Policy
from decisionlog.audit.verify import COSIGNATURE, SIGNATURE, Key, Malformed, read_key

_MOST_BYTES: Final = 1_000_000
_REFUSED: Final = re.compile(rb"[\x00-\x08\x0b-\x1f\x7f]")
_SPACE: Final = re.compile(rb"[ \t]+")
_NUMBER: Final = re.compile("[1-9][0-9]{0,5}")


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
