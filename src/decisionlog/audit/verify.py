"""What a log proves, checked without trusting whoever keeps it. Python's standard library is enough: copy it out, read it.

    python -I -S verify.py log.jsonl                              an export: whole, in order, and its root
    python -I -S verify.py log.jsonl 9f2c...                      the same, and whether that is its root
    python -I -S verify.py log.jsonl --checkpoint FILE --key KEY  whether it continues what a checkpoint saw
    python -I -S verify.py log.jsonl --vault FILE                 and whether what opens its words, or was disclosed, is true
    python -I -S verify.py FILE.bundle --key KEY                  what a bundle proves of one decision
    python -I -S verify.py FILE.tlog-proof --fact FILE --key KEY  whether a fact lies in the log of a checkpoint

It ends with 0 (sound), 3 (not sound) or 2 (it cannot be judged). KEY is a verifier key (`name+id+key`) or a file of them.

The tree is that of RFC 6962 and RFC 9162 over the lines of the export without their newlines; checkpoints, signatures,
cosignatures and proofs are those of c2sp.org: signed-note, tlog-checkpoint, tlog-cosignature, tlog-proof, tlog-witness.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
import time
from base64 import b64decode, b64encode, urlsafe_b64encode
from binascii import Error as NotBase64
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple


class Malformed(ValueError):
    """What was given is not what it should be, so that nothing can be said of its truth."""


class Mismatch(ValueError):
    """What was given is well formed, and not true."""


# ------------------------------------------------------------------ the tree (RFC 6962, section 2.1; RFC 9162, section 2.1)

HASH = 32
"""Bytes of a hash."""


def leaf_hash(line: bytes) -> bytes:
    """The hash of one fact: SHA-256 of 0x00 and its bytes."""
    return hashlib.sha256(b"\x00" + line).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of two subtrees: SHA-256 of 0x01 and theirs."""
    return hashlib.sha256(b"\x01" + left + right).digest()


class Tree:
    """A tree that only grows: what it keeps are the hashes of its complete subtrees, from left to right."""

    def __init__(self) -> None:
        self.size = 0
        self._peaks: list[bytes] = []

    def resume(self, size: int, peaks: Sequence[bytes]) -> None:
        """Go on from a tree of `size` leaves, by the hashes of its complete subtrees, the largest first."""
        self.size, self._peaks = size, list(peaks)

    def add(self, leaf: bytes) -> list[bytes]:
        """Add a leaf by its hash; every node that it completes, the leaf itself first."""
        odd = self.size
        completed = [leaf]
        while odd & 1:
            leaf = node_hash(self._peaks.pop(), leaf)
            completed.append(leaf)
            odd >>= 1
        self._peaks.append(leaf)
        self.size += 1
        return completed

    def root(self) -> bytes:
        """The root over all leaves so far; of none, the hash of nothing."""
        if not self._peaks:
            return hashlib.sha256().digest()
        *others, root = self._peaks
        for peak in reversed(others):
            root = node_hash(peak, root)
        return root


def root_of(lines: Iterable[bytes]) -> bytes:
    """The root over lines of an export, with or without their newlines."""
    tree = Tree()
    for line in lines:
        tree.add(leaf_hash(line.removesuffix(b"\n")))
    return tree.root()


def root_by_inclusion(leaf: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes:
    """The root of the tree of `size` leaves in which this leaf hash stands at `index` (from 0), by RFC 9162, 2.1.3.2.

    Raises `Malformed` where a path of that length cannot belong to that place.
    """
    if not 0 <= index < size:
        msg = f"a tree of {size} facts has no fact {index + 1}"
        raise Malformed(msg)
    root = leaf
    for hash_, is_left in _climb(index, size - 1, path):
        root = node_hash(hash_, root) if is_left else node_hash(root, hash_)
    return root


def require_consistent(old_size: int, old_root: bytes, size: int, root: bytes, path: Sequence[bytes]) -> None:
    """Whether a tree continues an older one, by RFC 9162, 2.1.4.2.

    Raises `Mismatch` where it does not, and `Malformed` where a path of that length cannot belong to these sizes.
    """
    if old_size > size:
        msg = f"a tree of {size} facts cannot continue one of {old_size}"
        raise Malformed(msg)
    if old_size in {0, size}:
        _require_same(old_size, old_root, size, root, path)
        return
    hashes = [old_root, *path] if old_size & (old_size - 1) == 0 else list(path)
    if not hashes:
        msg = "the consistency path is empty"
        raise Malformed(msg)
    place, last = old_size - 1, size - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    old = new = hashes[0]
    for hash_, is_left in _climb(place, last, hashes[1:]):
        old = node_hash(hash_, old) if is_left else old
        new = node_hash(hash_, new) if is_left else node_hash(new, hash_)
    if old != old_root or new != root:
        msg = f"the tree of {size} facts does not continue the tree of {old_size}"
        raise Mismatch(msg)


def _require_same(old_size: int, old_root: bytes, size: int, root: bytes, path: Sequence[bytes]) -> None:
    """Every tree continues the empty one and itself, which takes no path to show."""
    if path:
        msg = "the path between these sizes is empty"
        raise Malformed(msg)
    if old_size == size and old_root != root:
        msg = f"there are two different roots of {size} facts"
        raise Mismatch(msg)


def _climb(place: int, last: int, path: Sequence[bytes]) -> Iterator[tuple[bytes, bool]]:
    """The hashes of a path on the way up from a node of the tree, each with whether it stands to the left.

    Raises `Malformed` where the way is longer or shorter than the path.
    """
    for hash_ in path:
        if not last:
            msg = "the path is too long for this tree"
            raise Malformed(msg)
        is_left = bool(place & 1) or place == last
        yield hash_, is_left
        while is_left and place and not place & 1:
            place, last = place >> 1, last >> 1
        place, last = place >> 1, last >> 1
    if last:
        msg = "the path is too short for this tree"
        raise Malformed(msg)


# ------------------------------------------------------------------ signatures (RFC 8032, section 5.1)

_P = 2**255 - 19
_L = 2**252 + 27742317777372353535851937790883648493
_D = -121665 * pow(121666, -1, _P) % _P
_ROOT_OF_MINUS_1 = pow(2, (_P - 1) // 4, _P)
_Point = tuple[int, int, int, int]
"""X, Y, Z, T with x = X/Z, y = Y/Z, xy = T/Z."""
_NEUTRAL: _Point = (0, 1, 1, 0)


def _point(encoded: bytes) -> _Point | None:
    """The point of 32 bytes (5.1.3); none, where they encode no point."""
    y = int.from_bytes(encoded, "little")
    sign, y = y >> 255, y & (1 << 255) - 1
    if y >= _P:
        return None
    square = (y * y - 1) * pow(_D * y * y + 1, -1, _P) % _P
    x = pow(square, (_P + 3) // 8, _P)
    if (x * x - square) % _P:
        x = x * _ROOT_OF_MINUS_1 % _P
    if (x * x - square) % _P or (not x and sign):
        return None
    if x & 1 != sign:
        x = _P - x
    return (x, y, 1, x * y % _P)


def _added(one: _Point, other: _Point) -> _Point:
    a = (one[1] - one[0]) * (other[1] - other[0]) % _P
    b = (one[1] + one[0]) * (other[1] + other[0]) % _P
    c = 2 * one[3] * other[3] * _D % _P
    d = 2 * one[2] * other[2] % _P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % _P, g * h % _P, f * g % _P, e * h % _P)


def _times(number: int, point: _Point) -> _Point:
    result = _NEUTRAL
    while number:
        if number & 1:
            result = _added(result, point)
        point = _added(point, point)
        number >>= 1
    return result


_BASE = _point((4 * pow(5, -1, _P) % _P).to_bytes(32, "little"))


def ed25519_verifies(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether a signature of 64 bytes over a message is by the key of these 32 bytes (RFC 8032, section 5.1.7)."""
    if len(public) != HASH or len(signature) != 2 * HASH:
        return False
    key, claimed, scalar = _point(public), _point(signature[:32]), int.from_bytes(signature[32:], "little")
    if key is None or claimed is None or _BASE is None or scalar >= _L:
        return False
    digest = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % _L
    left, right = _times(scalar, _BASE), _added(claimed, _times(digest, key))
    return not ((left[0] * right[2] - right[0] * left[2]) % _P or (left[1] * right[2] - right[1] * left[2]) % _P)


# ------------------------------------------------------------------ keys and notes: c2sp.org/signed-note and /tlog-cosignature

SIGNATURE, COSIGNATURE = 0x01, 0x04
"""The kinds of keys: one that signs notes, and one that cosigns checkpoints with a time."""
_NOTE_LIMIT = 1024 * 1024
_SIGNATURES = 64
_ID = 4
_TIME = 8
_LINE = re.compile(r"— ([^\s+]+) ([A-Za-z0-9+/=]+)")
_NUMBER = re.compile(r"0|[1-9][0-9]{0,18}")


class Key(NamedTuple):
    """A key that verifies: whose it is, its short id, what it signs, and its 32 bytes."""

    name: str
    id: bytes
    kind: int
    public: bytes

    def __str__(self) -> str:
        return f"{self.name}+{self.id.hex()}+{b64encode(bytes([self.kind]) + self.public).decode()}"


class Signature(NamedTuple):
    """One signature line of a note."""

    name: str
    id: bytes
    value: bytes


class Note(NamedTuple):
    """A signed text: its bytes, the last newline included, and who signed it."""

    text: bytes
    signatures: tuple[Signature, ...]


def key_id(name: str, kind: int, public: bytes) -> bytes:
    """The four bytes that stand for a key in a signature line."""
    return hashlib.sha256(name.encode() + b"\n" + bytes([kind]) + public).digest()[:_ID]


def is_key_name(name: str) -> bool:
    """Whether a key, and so a log, may be called so: no spaces, no plus sign, nothing that cannot be seen."""
    return bool(name) and name.isprintable() and not any(letter.isspace() or letter == "+" for letter in name)


def read_key(text: str) -> Key:
    """The key of a verifier key `name+id+key`. Raises `Malformed`."""
    name, _, rest = text.strip().partition("+")
    id_, _, encoded = rest.partition("+")
    raw = _bytes_of(encoded, "the key")
    kind, public = raw[:1], raw[1:]
    if not is_key_name(name) or not re.fullmatch("[0-9a-f]{8}", id_):
        msg = "a key is written name+id+key"
        raise Malformed(msg)
    if kind not in {bytes([SIGNATURE]), bytes([COSIGNATURE])} or len(public) != HASH:
        msg = "only keys of Ed25519 are known, for signatures (1) and cosignatures (4)"
        raise Malformed(msg)
    if key_id(name, kind[0], public).hex() != id_:
        msg = "the id of the key does not belong to it: a letter of it was changed"
        raise Malformed(msg)
    return Key(name, bytes.fromhex(id_), kind[0], public)


def read_note(raw: bytes) -> Note:
    """A signed note of its bytes. Raises `Malformed`."""
    if len(raw) > _NOTE_LIMIT:
        msg = f"it has {len(raw)} bytes, and a signed note at most {_NOTE_LIMIT}"
        raise Malformed(msg)
    try:
        text = raw.decode()
    except UnicodeDecodeError as wrong:
        msg = "it is not UTF-8"
        raise Malformed(msg) from wrong
    body, gap, signatures = text.rpartition("\n\n")
    if not gap or not signatures.endswith("\n") or any(letter < " " for letter in text.replace("\n", "")):
        msg = "a signed note is text, an empty line, and signature lines that begin with —"
        raise Malformed(msg)
    lines = signatures[:-1].split("\n")
    if len(lines) > _SIGNATURES:
        msg = f"it has {len(lines)} signatures, and {_SIGNATURES} are the most"
        raise Malformed(msg)
    return Note(f"{body}\n".encode(), tuple(map(_signature, lines)))


def is_signed(note: Note, key: Key) -> bool:
    """Whether a key that signs notes signed this one. Raises `Mismatch` where a signature says so falsely."""
    found = [signature for signature in note.signatures if (signature.name, signature.id) == (key.name, key.id)]
    for signature in found:
        if key.kind != SIGNATURE or not ed25519_verifies(key.public, note.text, signature.value):
            msg = f"the signature does not match the key {key.name}"
            raise Mismatch(msg)
    return bool(found)


def cosigned_at(note: Note, key: Key) -> int | None:
    """When a key that cosigns cosigned this note, in seconds since 1970; none, where it did not. Raises `Mismatch`."""
    latest = None
    for signature in note.signatures:
        if (signature.name, signature.id) != (key.name, key.id):
            continue
        at = int.from_bytes(signature.value[:_TIME], "big")
        if key.kind != COSIGNATURE or not ed25519_verifies(
            key.public, cosigned_message(at, note.text), signature.value[_TIME:]
        ):
            msg = f"the cosignature does not match the key {key.name}"
            raise Mismatch(msg)
        latest = at if latest is None else max(at, latest)
    return latest


def cosigned_message(at: int, text: bytes) -> bytes:
    """What a cosigner signs: that it saw the checkpoint of this text at a time, in seconds since 1970."""
    return b"cosignature/v1\ntime %d\n" % at + text


def _signature(line: str) -> Signature:
    match = _LINE.fullmatch(line)
    raw = _bytes_of(match[2], "the signature") if match else b""
    if match is None or not is_key_name(match[1]) or len(raw) <= _ID:
        msg = "a signature line is —, the name of a key, and a signature in base64"
        raise Malformed(msg)
    return Signature(match[1], raw[:_ID], raw[_ID:])


def _bytes_of(encoded: str, what: str) -> bytes:
    """The bytes of base64, written in the one way that there is."""
    try:
        raw = b64decode(encoded, validate=True)
    except (NotBase64, ValueError) as wrong:
        msg = f"{what} is not written in base64"
        raise Malformed(msg) from wrong
    if b64encode(raw).decode() != encoded:
        msg = f"{what} is not written in base64 as it should be"
        raise Malformed(msg)
    return raw


def _hash_of(line: str) -> bytes:
    raw = _bytes_of(line, "a hash")
    if len(raw) != HASH:
        msg = f"a hash has {HASH} bytes, not {len(raw)}"
        raise Malformed(msg)
    return raw


def _number_of(text: str, what: str) -> int:
    if not _NUMBER.fullmatch(text):
        msg = f"{what} is not a number: {text[:20]!r}"
        raise Malformed(msg)
    return int(text)


# ------------------------------------------------------------------ checkpoints and proofs: c2sp.org/tlog-checkpoint and /tlog-proof


class Checkpoint(NamedTuple):
    """What a log says of itself at one size, signed.

    northmoor.example/decisions
    412
    CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

    — northmoor.example/decisions Az3grlgtzPICa5OS8npVmf1Myq/5IZni...
    """

    origin: str
    size: int
    root: bytes
    note: Note


class Proof(NamedTuple):
    """That the fact at `leaf_index` (from 0) lies in the log of a checkpoint."""

    leaf_index: int
    path: tuple[bytes, ...]
    checkpoint: Checkpoint
    extra: bytes


class Extension(NamedTuple):
    """That the log of a checkpoint continues what it was at an older size: what is posted to a witness."""

    old_size: int
    path: tuple[bytes, ...]
    checkpoint: Checkpoint


def read_checkpoint(raw: bytes) -> Checkpoint:
    """A checkpoint of its bytes; its signatures are not looked at. Raises `Malformed`."""
    note = read_note(raw)
    lines = note.text.decode()[:-1].split("\n")
    if len(lines) < 3 or not all(lines):
        msg = "a checkpoint has an origin, a size and a root, a line each"
        raise Malformed(msg)
    return Checkpoint(lines[0], _number_of(lines[1], "the size of the checkpoint"), _hash_of(lines[2]), note)


def read_proof(raw: bytes) -> Proof:
    """A proof of inclusion of its bytes. Raises `Malformed`."""
    head, lines, checkpoint = _before_checkpoint(raw)
    if head != "c2sp.org/tlog-proof@v1" or not lines:
        msg = "a proof begins with c2sp.org/tlog-proof@v1"
        raise Malformed(msg)
    extra = b""
    if lines[0].startswith("extra "):
        extra = _bytes_of(lines.pop(0).removeprefix("extra "), "what is extra")
    if not lines or not lines[0].startswith("index "):
        msg = "a proof says the index of its fact"
        raise Malformed(msg)
    index = _number_of(lines.pop(0).removeprefix("index "), "the index")
    return Proof(index, tuple(map(_hash_of, lines)), checkpoint, extra)


_MOST_HASHES = 63


def read_extension(raw: bytes) -> Extension:
    """What is posted to a witness, of its bytes. Raises `Malformed`."""
    head, lines, checkpoint = _before_checkpoint(raw)
    if not head.startswith("old ") or len(lines) > _MOST_HASHES:
        msg = "it begins with `old` and the size of the older checkpoint, and at most 63 hashes"
        raise Malformed(msg)
    return Extension(_number_of(head.removeprefix("old "), "the old size"), tuple(map(_hash_of, lines)), checkpoint)


def _before_checkpoint(raw: bytes) -> tuple[str, list[str], Checkpoint]:
    proof, gap, checkpoint = raw[:_NOTE_LIMIT].partition(b"\n\n")
    try:
        head, *lines = proof.decode().split("\n")
    except UnicodeDecodeError as wrong:
        msg = "it is not UTF-8"
        raise Malformed(msg) from wrong
    if not gap:
        msg = "there is no checkpoint in it, after an empty line"
        raise Malformed(msg)
    return head, lines, read_checkpoint(checkpoint)


# ------------------------------------------------------------------ the lines of a log


def plain(line: bytes) -> Any:
    """The JSON value of a line. Raises `Malformed` where the line is not canonical JSON (RFC 8785) of values that facts hold."""
    try:
        value = json.loads(
            line.decode(), object_pairs_hook=_once, parse_float=_no_fraction, parse_constant=_no_fraction
        )
        same = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() == line
    except (ValueError, RecursionError) as wrong:
        msg = "it cannot be read as a fact: it is not a line of canonical JSON"
        raise Malformed(msg) from wrong
    if not same:
        msg = "it is not written as a fact is: it is not in canonical form"
        raise Malformed(msg)
    if line.count(b"{") + line.count(b"[") >= _DEEPEST or _LONG.search(line):
        _require_readable(value)
    return value


_DEEPEST = 64
_LARGEST = 2**53 - 1
_LONG = re.compile(rb"[0-9]{16}")
"""Only where a line has so many digits in a row can a number in it be beyond the largest."""


def _require_readable(value: Any) -> None:
    """That nothing in a value nests so deep, and no number is so large, that other programs would not read it."""
    level = [value]
    for _ in range(_DEEPEST):
        if any(isinstance(each, int) and abs(each) > _LARGEST for each in level):
            msg = f"it holds a number beyond {_LARGEST}"
            raise Malformed(msg)
        inner = [each.values() if isinstance(each, dict) else each for each in level if isinstance(each, (dict, list))]
        level = [each for several in inner for each in several]
        if not level:
            return
    msg = f"it nests deeper than {_DEEPEST} levels"
    raise Malformed(msg)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        msg = "a name is given twice"
        raise ValueError(msg)
    if not "".join(found).isascii():
        msg = "names are written in ASCII, so that every program puts them in the same order"
        raise ValueError(msg)
    return found


def _no_fraction(text: str) -> Any:
    msg = f"facts hold whole numbers only, not {text[:20]}"
    raise ValueError(msg)


_WITHHELD = "$withheld"
_LEAF_IN_HEX = re.compile("[0-9a-f]{64}")


class Lines:
    """The lines of a log, taken one after another: whether each can stand where it stands, and the tree over them.

    A fact's place is its position; within its stream `n` goes up from 1 without a gap, but where as many facts are withheld
    between the two as numbers are passed over; and it was recorded no earlier than the fact before it.
    """

    def __init__(self, read: Callable[[bytes], Any] = plain) -> None:
        self.tree = Tree()
        self.origin = ""
        self.withheld = 0
        self._read = read
        self._last: dict[str, tuple[int, int]] = {}
        """Of each stream the number of its last fact, and how many lines were taken before that."""
        self._last_before: Callable[[str], int] = _nothing
        self._unexplaining: list[int] = []
        """The places of withheld facts that explain no gap so far."""
        self._recorded_at = ""

    def resume(self, origin: str, recorded_at: str, last_before: Callable[[str], int]) -> None:
        """Go on after facts that were looked at before: whose they are, when the last was recorded, where each stream stood."""
        self.origin, self._recorded_at, self._last_before = origin, recorded_at, last_before

    def take(self, line: bytes) -> list[bytes]:
        """Take the next line, without its newline; the nodes of the tree that it completes.

        Raises `Mismatch` or `Malformed` with what is wrong with it.
        """
        fact = self._read(line)
        if not isinstance(fact, dict):
            msg = "it is not a fact"
            raise Malformed(msg)
        if _WITHHELD in fact and len(fact) == 1:
            leaf = fact[_WITHHELD]
            if not isinstance(leaf, str) or not _LEAF_IN_HEX.fullmatch(leaf) or not self.tree.size:
                msg = "what stands for a withheld fact is not the hash of one"
                raise Malformed(msg)
            self.withheld += 1
            self._unexplaining.append(self.tree.size)
            return self.tree.add(bytes.fromhex(leaf))
        self._place(fact)
        return self.tree.add(leaf_hash(line))

    def explains(self, more: int) -> bool:
        """Whether so many more facts may be among those that are withheld, beside the ones that are missing in streams."""
        return more <= len(self._unexplaining)

    def _explains(self, missing: int, after: int) -> bool:
        """Whether so many withheld facts stand here after a place; they then explain no other gap.

        The first ones are taken: no later gap can end before this one, so that none is left with less than it needs.
        """
        first = bisect_right(self._unexplaining, after)
        if len(self._unexplaining) - first < missing:
            return False
        del self._unexplaining[first : first + missing]
        return True

    def _place(self, fact: dict[str, Any]) -> None:
        stream, n, recorded_at = fact.get("stream"), fact.get("n"), fact.get("recorded_at")
        if type(stream) is not str or type(n) is not int or type(recorded_at) is not str:
            msg = "it is not a fact"
            raise Malformed(msg)
        if not self.tree.size:
            self._open(fact)
        before, place = self._last.get(stream) or (self._last_before(stream), 0)
        if n <= before or (n > before + 1 and not self._explains(n - before - 1, place)):
            wrong = "facts are missing before it" if n > before + 1 else "it stands here again, or too late"
            msg = f"{wrong}: it is fact {n} of {stream}, and fact {before + 1} should come here"
            raise Mismatch(msg)
        if recorded_at < self._recorded_at:
            msg = "it was recorded before the fact above it"
            raise Mismatch(msg)
        self._last[stream], self._recorded_at = (n, self.tree.size), recorded_at

    def _open(self, fact: dict[str, Any]) -> None:
        data = fact.get("data")
        origin = data.get("origin") if isinstance(data, dict) else None
        if fact.get("type") != "log.opened" or not isinstance(origin, str):
            msg = "a log begins with log.opened, which names its origin"
            raise Malformed(msg)
        self.origin = origin


def _nothing(_: str) -> int:
    return 0


class Seen(NamedTuple):
    """An export as far as it was read: what of it is sound, and the first thing that is not."""

    lines: Lines
    roots: dict[int, bytes]
    """The roots at the sizes that were asked for, as far as it reaches."""
    wrong: str
    """Of the line after the sound ones; empty, where all are."""
    cannot_be_judged: bool = False


def look_through(lines: Iterable[bytes], sizes: Iterable[int] = (), read: Callable[[bytes], Any] = plain) -> Seen:
    """Look an export through, line by line, with the roots at these sizes."""
    found, wanted = Lines(read), set(sizes)
    roots = {0: found.tree.root()}
    for line in lines:
        try:
            found.take(line.removesuffix(b"\n"))
        except ValueError as wrong:
            return Seen(found, roots, str(wrong), isinstance(wrong, Malformed) and not found.tree.size)
        if found.tree.size in wanted:
            roots[found.tree.size] = found.tree.root()
    return Seen(found, roots, "", not found.tree.size)


# ------------------------------------------------------------------ what opens the words of an export (docs/erasure.md)

_SEALED = re.compile(rb'\{"\$private":"([A-Za-z0-9_-]{43})"\}')


class Noticed:
    """What of an export can be opened: the sealed values of each fact, and the hashes of the facts that it withholds."""

    def __init__(self) -> None:
        self._sealed: dict[int, set[str]] = {}
        self._withheld: dict[int, str] = {}

    def passing(self, lines: Iterable[bytes]) -> Iterator[bytes]:
        """The lines, one after another from the first, noticed on their way."""
        for position, line in enumerate(lines, start=1):
            if line.startswith(b'{"$withheld":"'):
                self._withheld[position] = line[14:78].decode(errors="replace")
            self._notice(position, line)
            yield line

    def _notice(self, position: int, line: bytes) -> None:
        if found := {digest.decode() for digest in _SEALED.findall(line)}:
            self._sealed[position] = found

    def opened_by(self, lines: Iterable[bytes]) -> Iterator[str]:
        """What these lines of a vault's file, or of a disclosure, open, in sentences.

        Raises `Malformed` for what is no such line, and `Mismatch` for one that opens nothing of the export.
        """
        values = facts = unchecked = 0
        disclosed: set[int] = set()
        for number, line in enumerate(lines, start=1):
            one = self._line(number, line)
            position = one["position"]
            if "line" in one:
                self._disclose(number, one)
                disclosed.add(position)
                facts += 1
                continue
            if commitment(one["salt"], one["value"]) != one["private"]:
                msg = f"line {number} of what opens its words does not open the sealed value that it names"
                raise Mismatch(msg)
            if one["private"] in self._sealed.get(position, ()):
                values += 1
            elif position in self._withheld and position not in disclosed:
                unchecked += 1
            else:
                msg = f"line {number} of what opens its words opens nothing in fact {position}"
                raise Mismatch(msg)
        yield f"Opened: {values} sealed values, each what was sealed then."
        if facts:
            yield f"Disclosed: {facts} of the withheld facts, each what its hash says."
        if unchecked:
            yield f"NOT CHECKED: {unchecked} values of withheld facts whose lines were not disclosed."

    def _line(self, number: int, line: bytes) -> dict[str, Any]:
        try:
            one = plain(line)
            opening = isinstance(one, dict) and sorted(one) == ["position", "private", "salt", "value"]
            is_line = isinstance(one, dict) and sorted(one) == ["line", "position"]
            texts = ("private", "salt") if opening else ("line",)
            if (opening or is_line) and all(isinstance(one[name], str) for name in texts):
                _count(one["position"])
                return dict(one)
        except Malformed as wrong:
            msg = f"line {number} of what opens its words: {wrong}"
            raise Malformed(msg) from wrong
        msg = f"line {number} of what opens its words is not an opening"
        raise Malformed(msg)

    def _disclose(self, number: int, one: dict[str, Any]) -> None:
        line = one["line"].encode(errors="replace")
        if self._withheld.get(one["position"]) != leaf_hash(line).hex():
            msg = (
                f"line {number} of what opens its words is not the fact that is withheld at position {one['position']}"
            )
            raise Mismatch(msg)
        self._notice(one["position"], line)


# ------------------------------------------------------------------ bundles: one decision with its evidence (docs/audit.md)

BUNDLE = "decisionlog-bundle@v1"
_BUNDLE_LIMIT = 64 * 1024 * 1024
_PRIVATE = "$private"
_NAMING = frozenset({"delegation", "parent", "continues"})
"""Fields of a decision or a delegation that name a delegation on which it rests."""
_DIGITS = re.compile("[0-9]+")
_STEPS = 64
"""Steps of a chain of authority, beyond which none is followed."""
_QUOTED = 500
"""Characters of a text that are repeated in a sentence."""


class Shown(NamedTuple):
    """One fact of a bundle: where it stands in the log, its bytes, and the path from it to the root."""

    position: int
    line: bytes
    path: tuple[bytes, ...]
    fact: dict[str, Any]
    """Its fields; none, where it is withheld."""

    @property
    def stream(self) -> str:
        """What it is about; empty, where it is withheld."""
        return str(self.fact.get("stream", ""))

    @property
    def type(self) -> str:
        """What kind of fact it is; empty, where it is withheld."""
        return str(self.fact.get("type", ""))

    @property
    def opens(self) -> bool:
        """Whether it is the first fact of its stream."""
        return self.fact.get("n") == 1

    @property
    def data(self) -> dict[str, Any]:
        """The fields of its type."""
        data = self.fact.get("data")
        return data if isinstance(data, dict) else {}


class Opening(NamedTuple):
    """What lies behind a commitment of the fact at a position."""

    position: int
    private: str
    salt: str
    value: Any


class Bundle(NamedTuple):
    """One decision, with the facts that are its evidence, and what proves them."""

    checkpoint: Checkpoint
    decision: str
    authority: tuple[tuple[int, ...], ...]
    facts: tuple[Shown, ...]
    openings: tuple[Opening, ...]


def commitment(salt: str, value: Any) -> str:
    """The digest that stands for a sealed value (RFC 9901, disclosure of an array element)."""
    written = json.dumps([salt, value], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return _unpadded(hashlib.sha256(_unpadded(written.encode()).encode()).digest())


def _unpadded(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode().rstrip("=")


def read_bundle(raw: bytes) -> Bundle:
    """A bundle of its bytes; nothing of it is proved yet. Raises `Malformed`."""
    if len(raw) > _BUNDLE_LIMIT:
        msg = f"it has {len(raw)} bytes, and a bundle at most {_BUNDLE_LIMIT}"
        raise Malformed(msg)
    if not raw.endswith(b"\n"):
        msg = "a bundle is one line, with its newline"
        raise Malformed(msg)
    whole = _fields(plain(raw[:-1]), "authority checkpoint decision facts format openings", "a bundle")
    if whole["format"] != BUNDLE:
        msg = f"a bundle of this kind says that it is {BUNDLE}"
        raise Malformed(msg)
    steps = _list_of(whole["authority"], list, "authority")
    return Bundle(
        read_checkpoint(_text(whole["checkpoint"], "the checkpoint").encode()),
        _text(whole["decision"], "the decision"),
        tuple(tuple(map(_count, step)) for step in steps),
        tuple(map(_shown_fact, _list_of(whole["facts"], dict, "the facts"))),
        tuple(map(_opening, _list_of(whole["openings"], dict, "the openings"))),
    )


def _shown_fact(written: Any) -> Shown:
    entry = _fields(written, "line path position", "a fact of a bundle")
    line = _text(entry["line"], "the line of a fact").encode()
    fact = plain(line)
    if not isinstance(fact, dict):
        msg = "a line in it is not a fact"
        raise Malformed(msg)
    path = tuple(map(_hash_of, _list_of(entry["path"], str, "a path")))
    return Shown(_count(entry["position"]), line, path, {} if fact.keys() == {_WITHHELD} else fact)


def _opening(written: Any) -> Opening:
    entry = _fields(written, "position private salt value", "an opening")
    private, salt = _text(entry["private"], "a commitment"), _text(entry["salt"], "a salt")
    return Opening(_count(entry["position"]), private, salt, entry["value"])


def _fields(value: Any, names: str, what: str) -> dict[str, Any]:
    wanted = names.split()
    if not isinstance(value, dict) or sorted(value) != wanted:
        msg = f"{what} has the fields {', '.join(wanted)}, and no others"
        raise Malformed(msg)
    return value


def _list_of(value: Any, kind: type, what: str) -> list[Any]:
    if not isinstance(value, list) or any(type(each) is not kind for each in value):
        msg = f"{what} is not written as a list of what belongs there"
        raise Malformed(msg)
    return value


def _text(value: Any, what: str) -> str:
    if not isinstance(value, str):
        msg = f"{what} is not a text"
        raise Malformed(msg)
    return value


def _count(value: Any) -> int:
    if type(value) is not int or value < 1:
        msg = "a position is a whole number from 1"
        raise Malformed(msg)
    return value


def require_proved(bundle: Bundle) -> None:
    """Hold everything in a bundle to its checkpoint: the facts, their streams, the chain of authority, the openings.

    Raises `Mismatch` with the first thing that does not follow from the checkpoint; who signed that is another question.
    """
    checkpoint, lines, before = bundle.checkpoint, Lines(), 0
    for each in bundle.facts:
        try:
            leaf = lines.take(each.line)[0]
            root = root_by_inclusion(leaf, each.position - 1, checkpoint.size, each.path)
        except ValueError as wrong:
            msg = f"fact {each.position}: {wrong}"
            raise Mismatch(msg) from wrong
        if root != checkpoint.root:
            msg = f"fact {each.position} of it is not that of the log of the checkpoint"
            raise Mismatch(msg)
        if each.position <= before:
            msg = f"fact {each.position} stands after fact {before} in it"
            raise Mismatch(msg)
        before = each.position
    if not bundle.facts or bundle.facts[0].position != 1 or lines.origin != checkpoint.origin:
        msg = f"it does not begin with the fact that opened the log of the checkpoint, {shown(checkpoint.origin)}"
        raise Mismatch(msg)
    _require_decision(bundle, lines)
    if bundle.authority != authority_of(bundle.decision, bundle.facts):
        msg = "the chain of authority in it is not the one that its facts give"
        raise Mismatch(msg)
    _require_openings(bundle)


def _require_decision(bundle: Bundle, lines: Lines) -> None:
    """That the decision is in it, and every delegation that it rests on, but for facts that are withheld."""
    if not any(
        each.stream == bundle.decision and each.opens and each.type == "decision.taken" for each in bundle.facts
    ):
        msg = f"the decision {shown(bundle.decision)} is not in it"
        raise Mismatch(msg)
    absent = _not_there(bundle)
    if absent and not lines.explains(len(absent)):
        msg = f"{shown(absent[0])}, on which the decision rests, is not in it"
        raise Mismatch(msg)


def _not_there(bundle: Bundle) -> list[str]:
    """The delegations that the decision names, or a delegation in the bundle, and of which the bundle shows no fact."""
    resting = [each for each in bundle.facts if each.stream == bundle.decision or each.stream.startswith("delegation:")]
    named = {one for each in resting for one in delegations_named(each.fact)}
    return sorted(named - {each.stream for each in bundle.facts})


def delegations_named(fact: dict[str, Any]) -> Iterator[str]:
    """The delegations that a fact names as what it rests on; in a correction, those that it puts in their place too."""
    data = fact.get("data")
    yield from _naming("", data)
    changes = data.get("changes") if isinstance(data, dict) and fact.get("type") == "record.corrected" else None
    for change in changes if isinstance(changes, list) else ():
        if isinstance(change, dict):
            path = change.get("path")
            names = [name for name in path.split("/") if not _DIGITS.fullmatch(name)] if isinstance(path, str) else []
            yield from _naming(names[-1] if names else "", change.get("now"))


def _naming(field: str, value: Any) -> Iterator[str]:
    if isinstance(value, str) and field in _NAMING and value.startswith("delegation:"):
        yield value
    elif isinstance(value, list):
        for each in value:
            yield from _naming(field, each)
    elif isinstance(value, dict):
        for name, each in value.items():
            yield from _naming(name, each)


def authority_of(decision: str, facts: Sequence[Shown]) -> tuple[tuple[int, ...], ...]:
    """The chain of authority as the facts give it, step by step, each the positions of its facts.

    The first step are the facts that opened the delegations which the decision names. Each further one are those that gave
    power to whoever decided or whoever gave it in a step before, or opened a delegation that is named there.
    """
    own = [each for each in facts if each.stream == decision]
    sought = {one for each in own for one in delegations_named(each.fact)}
    step = [each for each in facts if each.opens and each.stream in sought]
    sought |= {one for each in own[:1] for one in _texts(each.data.get("decision_makers"))}
    steps, used = [step] if step else [], {each.position for each in step}
    while len(steps) < _STEPS:
        sought |= {one for each in step for one in (*gave(each.fact)[0], *delegations_named(each.fact))}
        step = [each for each in facts if each.position not in used and _is_sought(each, sought)]
        if not step:
            break
        used |= {each.position for each in step}
        steps.append(step)
    return tuple(tuple(each.position for each in one) for one in steps)


def _is_sought(each: Shown, sought: set[str]) -> bool:
    """Whether a fact gave power to one of those who are sought, or opened a delegation that is."""
    is_named = each.opens and each.stream in sought and each.stream.startswith("delegation:")
    return is_named or not sought.isdisjoint(gave(each.fact)[1])


def gave(fact: dict[str, Any]) -> tuple[list[str], list[str]]:
    """Of a fact that gives power: from whom, and to whom."""
    data, stream = fact.get("data"), _texts(fact.get("stream"))
    data = data if isinstance(data, dict) else {}
    match fact.get("type"):
        case "delegation.granted":
            return _texts(data.get("delegator")) or _texts(data.get("on_behalf_of")), _texts(data.get("delegates"))
        case "function.duty_placed":
            return [], _texts(data.get("holder"))
        case "body.constituted" | "body.reconstituted":
            return _texts(data.get("parents"), "parent"), stream
        case "body.parents_changed":
            return _texts(data.get("parents_joined"), "parent"), stream
        case "post.established":
            return _texts(data.get("organisation")) + _texts(data.get("jointly_with")), stream
        case "organisation.succeeded":
            return stream, _texts(data.get("successors"), "organisation")
        case _:
            return [], []


def _texts(value: Any, name: str = "") -> list[str]:
    """The texts of a field that holds one or several; of a list of parts, those under a name in them."""
    several = value if isinstance(value, list) else [value]
    inner = [each.get(name) for each in several if isinstance(each, dict)] if name else several
    return [each for each in inner if isinstance(each, str)]


def _require_openings(bundle: Bundle) -> None:
    sealed = {each.position: set(commitments(each.fact).values()) for each in bundle.facts}
    before = (0, "")
    for opening in bundle.openings:
        if (opening.position, opening.private) <= before:
            msg = f"an opening of fact {opening.position} is given twice, or out of its order"
            raise Mismatch(msg)
        before = (opening.position, opening.private)
        if opening.private not in sealed.get(opening.position, ()):
            msg = f"an opening in it is of no value that is sealed in fact {opening.position}"
            raise Mismatch(msg)
        if commitment(opening.salt, opening.value) != opening.private:
            msg = f"an opening in it does not open what is sealed in fact {opening.position}: it was altered"
            raise Mismatch(msg)


def commitments(value: Any, pointer: str = "") -> dict[str, str]:
    """Every sealed value in a fact: its digest by its JSON Pointer."""
    if isinstance(value, dict):
        private = value.get(_PRIVATE)
        if value.keys() == {_PRIVATE} and isinstance(private, str):
            return {pointer: private}
        inner = [(name.replace("~", "~0").replace("/", "~1"), each) for name, each in value.items()]
    else:
        inner = [(str(number), each) for number, each in enumerate(value)] if isinstance(value, list) else []
    return {at: digest for name, each in inner for at, digest in commitments(each, f"{pointer}/{name}").items()}


def verified_bundle(raw: bytes, keys: Sequence[Key] = (), kept: Sequence[Checkpoint] = ()) -> Iterator[str]:
    """What the bytes of a bundle prove, sentence by sentence: first whether they are sound and by whom signed.

    `kept` are checkpoints that somebody kept elsewhere, to which that of the bundle is held. Raises `Mismatch` where
    something in it is not true, and `Malformed` where that cannot be judged; then no sentence of it is to be believed.
    """
    bundle = read_bundle(raw)
    require_proved(bundle)
    checkpoint = bundle.checkpoint
    those = f"those of the checkpoint of {checkpoint.size} facts of {shown(checkpoint.origin)}"
    signed = tuple(signers(checkpoint, keys, f"SOUND: the {len(bundle.facts)} facts in it are {those}"))
    for one in kept:
        require_same(checkpoint, one)
    yield from signed
    known = {(key.name, key.id) for key in keys}
    for signature in checkpoint.note.signatures:
        if (signature.name, signature.id) not in known:
            yield f"Not checked: a signature by {shown(signature.name)} ({signature.id.hex()}), whose key was not given."
    if kept:
        yield "Its checkpoint is the one that was given."
    yield from tell_bundle(bundle)


def require_same(checkpoint: Checkpoint, kept: Checkpoint) -> None:
    """Whether a checkpoint says the same as one that was kept elsewhere.

    Raises `Mismatch` where it does not, and `Malformed` where they are of two sizes, so that neither says it of the other.
    """
    if kept.origin == checkpoint.origin and kept.size != checkpoint.size:
        msg = (
            f"the checkpoint that was given saw {kept.size} facts and this one {checkpoint.size}: whether one continues the "
            "other takes a proof between them, or a bundle that was made with that checkpoint"
        )
        raise Malformed(msg)
    require_continued(kept, checkpoint.origin, checkpoint.size, checkpoint.root)


def tell_bundle(bundle: Bundle) -> Iterator[str]:
    """What a bundle proves, in sentences made of its facts alone, each with the positions that say it.

    Nothing in them moves a cursor: what people wrote is quoted, and what cannot be seen in it is written as its number.
    """
    telling = _Telling(bundle)
    yield from telling.decision()
    yield from telling.positions()
    yield from telling.names()
    yield from telling.authority()
    yield from telling.rest()
    yield from telling.sealed()


def tell_positions(bundle: Bundle) -> Iterator[str]:
    """Of what a bundle proves, who agreed and who objected, in the same sentences."""
    return _Telling(bundle).positions()


class _Telling:
    """Sentences about a bundle that was proved."""

    def __init__(self, bundle: Bundle) -> None:
        self._bundle = bundle
        self._facts = {each.position: each for each in bundle.facts}
        self._opened = {(one.position, one.private): one.value for one in bundle.openings}
        self._streams: dict[str, list[Shown]] = {}
        for each in bundle.facts:
            if each.fact:
                self._streams.setdefault(each.stream, []).append(each)
        self._chain = {position for step in bundle.authority for position in step}
        self._erased = dict(self._erasures())
        self._answering: dict[tuple[str, int], list[Shown]] = {}
        """Of each fact those that answer it: what replaced it, withdrew it, corrected it, retracted it."""
        for each in bundle.facts:
            for cited in (each.fact.get("of"), each.data.get("replaces")):
                if (place := _cited(cited)) is not None:
                    self._answering.setdefault(place, []).append(each)

    def decision(self) -> Iterator[str]:
        opening, own = self._bundle.facts[0], self._streams[self._bundle.decision]
        taken = own[0]
        size, root = self._bundle.checkpoint.size, self._bundle.checkpoint.root.hex()
        yield f"The log {self._said(opening, 'name')} had {size} facts then, and the root {root} {_at(opening)}."
        named = self._said(taken, "ref") if "ref" in taken.data else "without a reference"
        yield f"The decision {shown(self._bundle.decision)} is called {named} {_at(taken)}."
        for words, name in _TOLD:
            yield f"{words}: {self._said(taken, name)}{self._corrected(taken, name)} {_at(taken)}."
        yield f"Amount: {self._amounts(taken, 'value', 'none')}{self._corrected(taken, 'value')} {_at(taken)}."
        for number, one in enumerate(_parts(taken.data.get("authority"))):
            relied_on = self._listing(taken, one, _RELIED_ON, f"/data/authority/{number}")
            basis = self._basis(taken, one, f"/data/authority/{number}")
            yield f"Relied on: {relied_on}{basis}{self._corrected(taken, 'authority')} {_at(taken)}."
        if votes := "; ".join(self._votes(taken, taken.data.get("votes"))):
            yield f"Votes: {votes}{self._corrected(taken, 'votes')} {_at(taken)}."
        on, at, by = (shown(str(taken.fact.get(name, "not recorded"))) for name in ("on", "recorded_at", "recorded_by"))
        yield f"When: {on}; recorded at {at} by {by} {_at(taken)}."
        yield from self._since(own[1:], "Of the decision since")

    def positions(self) -> Iterator[str]:
        """Who agreed and who did not, as their facts say it, and what they disagreed about."""
        taken = [each for each in self._bundle.facts if each.type == "proposal.position_taken"]
        if not taken:
            yield "Positions: none of a partner is shown in it."
        for each in sorted(taken, key=lambda one: _side(one)[0]):
            conditions = enumerate(_parts(each.data.get("conditions")))
            on_condition = "".join(
                f"; on condition {self._listing(each, one, _CONDITION, f'/data/conditions/{at}')}"
                for at, one in conditions
            )
            bound = "".join(
                f"; binding: {self._listing(each, one, _BINDING, '/data/binding')}"
                for one in _parts([each.data.get("binding")])
            )
            said = self._listing(each, each.data, _POSITION, "/data")
            since = self._answers(each)
            yield f"{_side(each)[1]}: {self._whose(each)}{said} of {shown(each.stream)}{on_condition}{bound}{since} {_at(each)}."
        for stream in sorted(one for one in self._streams if one.startswith("disagreement:")):
            first, *later = self._streams[stream]
            what = self._listing(first, first.data, _DISAGREEMENT, "/data")
            yield f"Disagreement: {shown(stream)}, of {self._whose(first)}{what} {_at(first)}."
            yield from self._since(later, f"Of {shown(stream)} since")

    def _whose(self, each: Shown) -> str:
        """For whom somebody spoke: an organisation, or only the person."""
        if "on_behalf_of" not in each.data:
            return self._said(each, "by")
        return self._said(each, "on_behalf_of") + self._listing(each, each.data, ((", by ", "by"),), "/data")

    def _answers(self, each: Shown) -> str:
        """What was recorded of this very fact since."""
        since = self._answering.get((each.stream, each.fact["n"]), [])
        return f"; since then: {_by_type(since)}" if since else ""

    def _corrected(self, each: Shown, name: str) -> str:
        """By which facts a field of a fact was corrected."""
        by = [
            one.position
            for one in self._answering.get((each.stream, each.fact["n"]), [])
            if one.type == "record.corrected"
            and any(f"{change.get('path')}/".startswith(f"/{name}/") for change in _parts(one.data.get("changes")))
        ]
        return f", corrected by [{', '.join(map(str, by))}]" if by else ""

    def _listing(self, each: Shown, part: dict[str, Any], told: Sequence[tuple[str, str]], pointer: str) -> str:
        """The fields of a part that are there, each with the words before it."""
        return "".join(
            f"{words}{self._value(each, part[name], f'{pointer}/{name}')}" for words, name in told if name in part
        )

    def _amounts(self, each: Shown, name: str, none: str) -> str:
        """The amounts or limits of a field; `none` stands for an empty list, which says that there are none."""
        value = each.data.get(name)
        if value is None or value == []:
            return "not recorded" if value is None else none
        several = value if isinstance(value, list) else [value]
        return "; ".join(self._amount(each, one, f"/data/{name}/{number}") for number, one in enumerate(several))

    def _amount(self, each: Shown, one: Any, pointer: str) -> str:
        if not isinstance(one, dict) or "money" not in one:
            return self._value(each, one, pointer)
        operator = one.get("operator")
        bound = next(
            (words for sign, words in _BOUNDS if sign == operator), "" if operator is None else _quoted(operator)
        )
        return bound + _money(one["money"]) + self._listing(each, one, _OF_MONEY, pointer)

    def _votes(self, each: Shown, votes: Any) -> Iterator[str]:
        if not isinstance(votes, dict):
            return
        if "result" in votes:
            yield f"the result {self._value(each, votes['result'], '/data/votes/result')}"
        counts = votes.get("counts")
        if isinstance(counts, dict) and counts:
            yield ", ".join(f"{shown(name).replace('_', ' ')} {_quoted(number)}" for name, number in counts.items())
        for number, one in enumerate(_parts(votes.get("named"))):
            yield self._listing(each, one, _VOTE, f"/data/votes/named/{number}").removeprefix(", ")

    def _basis(self, each: Shown, part: dict[str, Any], pointer: str) -> str:
        """The law and the clause under which power was given, or that this is not recorded."""
        law = "" if "legal_basis" in part else "; legal basis: not recorded"
        return law + self._listing(each, part, _BASIS, pointer)

    def _power(self, each: Shown) -> str:
        """Of a fact that gives power: under which law, for what, and within which limits."""
        parents = next((name for name in ("parents", "parents_joined") if name in each.data), "")
        if parents and each.type.startswith("body."):
            return "".join(
                self._basis(each, one, f"/data/{parents}/{number}")
                for number, one in enumerate(_parts(each.data[parents]))
            )
        said = self._basis(each, each.data, "/data")
        if each.type != "delegation.granted":
            return said
        functions = _texts(each.data.get("scope"), "function")
        over = f"; over: {_listed(functions)}" if functions else ""
        corrected = self._corrected(each, "limits")
        return f"{said}{over}; limits: {self._amounts(each, 'limits', 'said to be none')}{corrected}"

    def names(self) -> Iterator[str]:
        for stream, (first, *_) in self._streams.items():
            name = first.data.get("name")
            if first.opens and first.position > 1 and isinstance(name, str):
                yield f"{shown(stream)} is called {_quoted(name)} {_at(first)}."

    def authority(self) -> Iterator[str]:
        if not self._bundle.authority:
            yield "Authority: no fact in it gives power to whoever decided."
        for number, positions in enumerate(self._bundle.authority):
            for each in map(self._facts.__getitem__, positions):
                givers, receivers = gave(each.fact)
                passing = f"from {_listed(givers or ['the law'])} to {_listed(receivers or ['not recorded'])}"
                yield f"Authority, step {number}: {shown(each.stream)}, {shown(each.type)}, {passing}{self._power(each)} {_at(each)}."
        for stream in self._passed():
            since = [each for each in self._streams[stream] if each.position not in self._chain]
            if stream.startswith("delegation:"):
                yield from self._since(since, f"Also of {shown(stream)}")
            elif since:
                yield f"Also of {shown(stream)}: {_by_type(since)}."

    def _passed(self) -> list[str]:
        """The streams through which the chain of authority goes."""
        return sorted({self._facts[position].stream for position in self._chain})

    def rest(self) -> Iterator[str]:
        told = {self._bundle.facts[0].stream, self._bundle.decision, *self._passed()}
        for stream in sorted(self._streams.keys() - told):
            if not stream.startswith("disagreement:"):
                yield f"Evidence: {shown(stream)}: {_by_type(self._streams[stream])}."
        withheld = [each for each in self._bundle.facts if not each.fact]
        if withheld:
            many, there = (
                ("1 fact", "it is there, and not what it says")
                if len(withheld) == 1
                else (f"{len(withheld)} facts", "they are there, and not what they say")
            )
            yield f"Withheld: {many}, of which it is proved that {there} {_at(*withheld)}."
        for stream, facts in self._streams.items():
            numbers = {each.fact["n"] for each in facts}
            if missing := [n for n in range(1, max(numbers)) if n not in numbers]:
                yield f"NOT SHOWN: fact {', '.join(map(str, missing))} of {shown(stream)}{_MAY_BE}."
        for stream in _not_there(self._bundle):
            yield f"NOT SHOWN: {shown(stream)}, on which the decision rests{_MAY_BE}."
        yield "It cannot show whether more was recorded of these things after the last of their facts in it."

    def sealed(self) -> Iterator[str]:
        every = [
            (each.position, at, digest) for each in self._bundle.facts for at, digest in commitments(each.fact).items()
        ]
        opened = sum((position, digest) in self._opened for position, _, digest in every)
        erased = [
            (position, at)
            for position, at, digest in every
            if (position, digest) not in self._opened and (position, at) in self._erased
        ]
        under = sorted({self._erased[one] for one in erased})
        withheld = len(every) - opened - len(erased)
        yield f"Of {len(every)} sealed values {opened} are opened here, {withheld} are withheld."
        if erased:
            yield f"{len(erased)} were erased, as the log records [{', '.join(map(str, under))}]."
        for position, at, digest in every:
            if (position, digest) in self._opened and (position, at) in self._erased:
                yield f"NOTE: a value of fact {position} is opened here that was erased under fact {self._erased[position, at]}."

    def _since(self, facts: Iterable[Shown], words: str) -> Iterator[str]:
        for each in facts:
            on = shown(str(each.fact.get("on", "a day that is not recorded")))
            limits = f"; limits: {self._amounts(each, 'limits', 'said to be none')}" if "limits" in each.data else ""
            more = self._listing(each, each.data, _SINCE, "/data")
            yield f"{words}: {shown(each.type)}, {on}{more}{limits}{self._changed(each)} {_at(each)}."

    def _changed(self, each: Shown) -> str:
        """Of a correction, what it changed."""
        changes = each.data.get("changes") if each.type == "record.corrected" else None
        return "".join(
            f"; {shown(str(one.get('path')))} was {self._was(each, one, 'was')}, now {self._was(each, one, 'now')}"
            for one in _parts(changes)
        )

    def _was(self, each: Shown, change: dict[str, Any], name: str) -> str:
        value = change.get(name)
        if isinstance(value, int) and str(change.get("path")).endswith("/amount"):
            return _hundredths(value)
        return self._value(each, value)

    def _said(self, each: Shown, name: str) -> str:
        return self._value(each, each.data.get(name), f"/data/{name}")

    def _value(self, each: Shown, value: Any, pointer: str = "") -> str:
        """A value of a fact as a sentence repeats it; of a sealed one what was sealed, where it is opened."""
        if isinstance(value, list):
            return (
                ", ".join(self._value(each, one, f"{pointer}/{number}") for number, one in enumerate(value)) or "none"
            )
        if isinstance(value, dict) and value.keys() == {_PRIVATE}:
            if (each.position, value[_PRIVATE]) in self._opened:
                return _quoted(self._opened[each.position, value[_PRIVATE]])
            by = self._erased.get((each.position, pointer))
            return f"erased under [{by}]" if by else "withheld"
        return "not recorded" if value is None else _quoted(value)

    def _erasures(self) -> Iterator[tuple[tuple[int, str], int]]:
        """Of each value that the bundle's facts say was erased, by which fact."""
        places: dict[tuple[Any, Any], Shown] = {
            (each.stream, each.fact["n"]): each for each in self._bundle.facts if each.fact
        }
        for by in self._bundle.facts:
            for of, paths in _erased_by(by):
                each = places.get((of.get("stream"), of.get("n"))) if isinstance(of, dict) else None
                for at in commitments(each.fact) if each else ():
                    if each and (paths is None or at.removeprefix("/data") in paths):
                        yield (each.position, at), by.position


def _erased_by(by: Shown) -> Iterator[tuple[Any, list[str] | None]]:
    """Which facts a fact says lost sealed values, and at which places; None: all that are no longer there."""
    if by.type == "record.value_erased":
        yield by.fact.get("of"), _texts(by.data.get("paths"))
    elif by.type == "person.erased":
        cited = by.data.get("facts")
        yield from ((each, None) for each in (cited if isinstance(cited, list) else ()))


_TOLD = (
    ("Title", "title"),
    ("Outcome", "outcome"),
    ("Decided by", "decision_makers"),
    ("People", "people"),
    ("On behalf of", "on_behalf_of"),
    ("Text", "text"),
)
"""What is told of a decision: in which words, and which field says it."""


_RELIED_ON = (("", "delegation"), (", for ", "on_behalf_of"))
_BASIS = (("; legal basis: ", "legal_basis"), ("; under ", "instrument"), (", clause ", "clause"))
_POSITION = (
    (", as ", "capacity"),
    (": ", "position"),
    (", in its words ", "position_words"),
    (", saying ", "words"),
    (", at stage ", "stage"),
    (", on version ", "version"),
)
_CONDITION = (("", "id"), (": ", "words"), (", falling to ", "falls_to"), (", due ", "due"))
_BINDING = (("", "kind"), (", ", "body"), (", ", "delegation"), (", ", "decision"))
_DISAGREEMENT = ((", about ", "about"), (", on version ", "version"), ("; grounds: ", "grounds"))
_VOTE = ((", ", "on_behalf_of"), (", by ", "by"), (": ", "vote"))
_SINCE = (
    ("; who: ", "who"),
    ("; by ", "by_decision"),
    ("; terms: ", "terms"),
    ("; words: ", "words"),
    ("; until ", "until"),
)
_OF_MONEY = (
    (" for each ", "per"),
    (", ", "recurrence"),
    (", ", "kind"),
    (", of ", "fund"),
    (", VAT ", "vat"),
    (", in words ", "words"),
)
"""What is told of a part of a fact: the words before a field, and the field."""

_BOUNDS = (("<=", "up to "), ("<", "less than "))
_SIDES = (
    ("support", (0, "Agreed")),
    ("support-with-conditions", (0, "Agreed")),
    ("in-principle", (1, "Agreed in principle")),
    ("object", (2, "Objected")),
)
"""On which side a position is, in the order in which they are told."""


def _side(each: Shown) -> tuple[int, str]:
    taken = each.data.get("position")
    return next((side for position, side in _SIDES if position == taken), (3, "Neither agreed nor objected"))


def _parts(value: Any) -> list[dict[str, Any]]:
    """The objects of a list that holds parts of a fact."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _cited(value: Any) -> tuple[str, int] | None:
    """The stream and the number of a fact that is cited."""
    place = (value.get("stream"), value.get("n")) if isinstance(value, dict) else (None, None)
    return (place[0], place[1]) if isinstance(place[0], str) and type(place[1]) is int else None


def _money(money: Any) -> str:
    """An amount with its currency; it is stored in hundredths."""
    amount = money.get("amount") if isinstance(money, dict) else None
    if not isinstance(money, dict) or type(amount) is not int:
        return _quoted(money)
    return f"{shown(str(money.get('currency', 'without a currency')))} {_hundredths(amount)}"


def _hundredths(amount: int) -> str:
    whole, rest = divmod(abs(amount), 100)
    return f"{'-' * (amount < 0)}{whole:,}.{rest:02}"


_MAY_BE = "; it may be among those that are withheld"


def _by_type(facts: Iterable[Shown]) -> str:
    """What kinds of facts these are, each kind with where they stand."""
    kinds: dict[str, list[Shown]] = {}
    for each in facts:
        kinds.setdefault(each.type, []).append(each)
    return ", ".join(f"{shown(type_)} {_at(*several)}" for type_, several in kinds.items())


def _at(*facts: Shown) -> str:
    return f"[{', '.join(str(each.position) for each in facts)}]"


def _listed(texts: Iterable[str]) -> str:
    return ", ".join(map(shown, texts))


def _quoted(value: Any) -> str:
    """A value between quotation marks, or as JSON; cut, where it is long."""
    written = json.dumps(value, ensure_ascii=False)
    cut = f"{written[:_QUOTED]}..." if len(written) > _QUOTED else written
    return shown(cut)


# ------------------------------------------------------------------ the program


_ONCE = ("--checkpoint", "--fact", "--vault")


class _Options(NamedTuple):
    file: str
    root: str
    keys: tuple[Key, ...]
    checkpoint: str
    fact: str
    vault: str


def main(arguments: Sequence[str]) -> int:
    """Verify one file; the exit code."""
    try:
        options = _options(list(arguments))
        if options is None:
            print(__doc__)  # noqa: T201 - it is a program of its own
            return 2
        for sentence in _verified(options):
            print(sentence)  # noqa: T201 - as above
    except (Malformed, OSError) as wrong:
        print(f"CANNOT BE JUDGED: {wrong}.")  # noqa: T201 - as above
        return 2
    except Mismatch as wrong:
        print(f"NOT SOUND: {wrong}.")  # noqa: T201 - as above
        return 3
    return 0


def _options(arguments: list[str]) -> _Options | None:
    named: dict[str, list[str]] = {"--key": [], "--checkpoint": [], "--fact": [], "--vault": []}
    files = []
    while arguments:
        word = arguments.pop(0)
        if word in named and arguments:
            named[word].append(arguments.pop(0))
        elif word.startswith("-"):
            return None
        else:
            files.append(word)
    if len(files) not in {1, 2} or any(len(named[name]) > 1 for name in _ONCE):
        return None
    keys = tuple(key for word in named["--key"] for key in read_keys(word))
    if named["--key"] and not keys:
        msg = f"there is no key in {shown(named['--key'][0])}"
        raise Malformed(msg)
    (checkpoint,), (fact,), (vault,) = (named[name] or [""] for name in _ONCE)
    return _Options(files[0], files[1].strip().lower() if len(files) > 1 else "", keys, checkpoint, fact, vault)


def read_keys(word: str) -> Iterator[Key]:
    """The keys that a word gives: itself, or the lines of the file that it names. Raises `Malformed` and `OSError`."""
    if "+" in word:
        yield read_key(word)
        return
    for line in _read(word).decode(errors="replace").splitlines():
        if line.strip() and not line.startswith("#"):
            yield read_key(line)


def _read(file: str) -> bytes:
    with open(file, "rb") as opened:  # noqa: PTH123 - as little as can be is imported
        return opened.read()


def _verified(options: _Options) -> Iterator[str]:
    """What is found, sentence by sentence. Raises `Mismatch` and `Malformed`."""
    with open(options.file, "rb") as file:  # noqa: PTH123 - as above
        begins = file.read(30)
    if begins.startswith(b"c2sp.org/tlog-proof@"):
        yield from _verified_proof(options)
    elif options.fact:
        msg = "--fact goes with a proof"
        raise Malformed(msg)
    elif options.vault and begins.startswith(b'{"authority":'):
        msg = "--vault goes with an export; a bundle holds what opens its words"
        raise Malformed(msg)
    elif begins.startswith(b'{"authority":'):
        yield from _verified_bundle(options)
    else:
        yield from _verified_export(options)


def _verified_export(options: _Options) -> Iterator[str]:
    checkpoint = read_checkpoint(_read(options.checkpoint)) if options.checkpoint else None
    sizes = (checkpoint.size,) if checkpoint else ()
    noticed = Noticed()
    with open(options.file, "rb") as file:  # noqa: PTH123 - as above
        seen = look_through(noticed.passing(file) if options.vault else file, sizes)
    size = seen.lines.tree.size
    if seen.wrong or seen.cannot_be_judged:
        sound = f"; facts 1 to {size} are as they should be" if size else ""
        msg = f"line {size + 1}: {seen.wrong or 'the file is empty'}{sound}"
        raise (Malformed if seen.cannot_be_judged else Mismatch)(msg)
    root = seen.lines.tree.root().hex()
    yield f"{size} facts of {shown(seen.lines.origin)}, root {root}"
    if options.root and root != options.root:
        msg = f"the root was to be {options.root}"
        raise Mismatch(msg)
    if options.root:
        yield "SOUND: that is the root."
    opened = tuple(noticed.opened_by(_read(options.vault).splitlines())) if options.vault else ()
    if checkpoint:
        yield from _against(checkpoint, seen, options.keys)
    yield from opened


def _against(checkpoint: Checkpoint, seen: Seen, keys: Sequence[Key]) -> Iterator[str]:
    require_continued(checkpoint, seen.lines.origin, seen.lines.tree.size, seen.roots.get(checkpoint.size))
    yield from signers(checkpoint, keys, "SOUND: it continues the log that the checkpoint describes")


def require_continued(checkpoint: Checkpoint, origin: str, size: int, root_then: bytes | None) -> None:
    """Whether a log continues what a checkpoint saw: its origin, its size now, its root at the checkpoint's size.

    Raises `Mismatch` with the sentence that says how not: another log, facts removed, or a different history.
    """
    if checkpoint.origin != origin:
        msg = f"a different log: the checkpoint is of {shown(checkpoint.origin)}, and this is {shown(origin)}"
        raise Mismatch(msg)
    if size < checkpoint.size:
        msg = f"the log has {size} facts, and the checkpoint saw {checkpoint.size}: facts were removed"
        raise Mismatch(msg)
    if root_then is not None and root_then != checkpoint.root:
        msg = (
            "this log does not continue the log that the checkpoint describes: "
            f"its first {checkpoint.size} facts are not those that the checkpoint saw"
        )
        raise Mismatch(msg)


def signers(checkpoint: Checkpoint, keys: Sequence[Key], sound: str) -> Iterator[str]:
    """Who of these keys signed a checkpoint, as sentences, the first of which says what that makes of it.

    Without a key of the log itself nothing is said of who made it; a key signs for the log whose name it has, and for no
    other. Raises `Mismatch`, before the first of them, for a false signature, and where keys were given and none signed.
    """
    own = [key for key in keys if key.kind == SIGNATURE]
    signed = [key for key in own if is_signed(checkpoint.note, key) and key.name == checkpoint.origin]
    times = [(key.name, cosigned_at(checkpoint.note, key)) for key in keys if key.kind == COSIGNATURE]
    if own and not signed:
        signed_by = {f"{shown(signature.name)} ({signature.id.hex()})" for signature in checkpoint.note.signatures}
        names = ", ".join(sorted(signed_by))
        msg = f"no signature on the checkpoint is by a key that was given (it is signed by {names})"
        raise Mismatch(msg)
    yield (
        f"{sound}; signed by {signed[0].name}."
        if signed
        else f"{sound.replace('SOUND', 'CONSISTENT')}; signer not checked."
    )
    for name, at in times:
        if at is not None:
            yield f"Cosigned by {name} at {time_of(at)}."


def time_of(at: int) -> str:
    """A time in seconds since 1970 as people write it (RFC 3339); what is beyond the year 9999 as it is."""
    if at > _LAST_SECOND:
        return f"{at} (seconds since 1970)"
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(at))


_LAST_SECOND = 253_402_300_799
"""Of the year 9999."""


def _verified_proof(options: _Options) -> Iterator[str]:
    proof = read_proof(_read(options.file))
    if not options.fact:
        msg = "a proof is about a fact: give its line with --fact FILE"
        raise Malformed(msg)
    leaf = leaf_hash(_read(options.fact).removesuffix(b"\n"))
    if root_by_inclusion(leaf, proof.leaf_index, proof.checkpoint.size, proof.path) != proof.checkpoint.root:
        msg = f"this is not fact {proof.leaf_index + 1} of the log of the checkpoint"
        raise Mismatch(msg)
    sound = f"SOUND: it is fact {proof.leaf_index + 1} of {proof.checkpoint.size} of {shown(proof.checkpoint.origin)}"
    signed = tuple(signers(proof.checkpoint, options.keys, sound))
    if options.checkpoint:
        require_same(proof.checkpoint, read_checkpoint(_read(options.checkpoint)))
    yield from signed


def _verified_bundle(options: _Options) -> Iterator[str]:
    kept = [read_checkpoint(_read(options.checkpoint))] if options.checkpoint else []
    yield from verified_bundle(_read(options.file), options.keys, kept)


def shown(text: str) -> str:
    """A text of somebody else, without anything that could move the cursor or hide what is written."""
    return "".join(letter if letter.isprintable() else f"\\u{ord(letter):04x}" for letter in text)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
