"""Keys that sign: made, written to a file of their own, read again. Verifying needs only `audit.verify`.

A key is one line, `PRIVATE+KEY+name+id+seed`, as the Go implementation of signed notes writes it; its name is the log's
origin (c2sp.org/tlog-checkpoint), or what a cosigner calls itself (c2sp.org/tlog-cosignature).
"""

from __future__ import annotations

import os
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from functools import cached_property
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from msgspec import Struct

from decisionlog.audit.verify import COSIGNATURE, HASH, SIGNATURE, Key, Malformed, cosigned_message, is_key_name, key_id

_PREFIX: Final = "PRIVATE+KEY+"


class Signer(Struct, frozen=True, dict=True):
    """A key with its secret: the seed of Ed25519, 32 bytes (RFC 8032, section 5.1.5)."""

    key: Key
    seed: bytes

    def __repr__(self) -> str:
        return f"Signer({self.key})"

    def sign(self, message: bytes) -> bytes:
        """The 64 bytes of a signature over a message."""
        return self._private.sign(message)

    @cached_property
    def _private(self) -> Ed25519PrivateKey:
        return _private(self.seed)


def new_signer(name: str, kind: int = SIGNATURE) -> Signer:
    """A new key of that name, for signatures or for cosignatures. Raises `Malformed` for a name that a note cannot carry."""
    return _signer(name, kind, os.urandom(HASH))


def written(signer: Signer) -> str:
    """The line that a key is kept as. It is secret."""
    key = signer.key
    return f"{_PREFIX}{key.name}+{key.id.hex()}+{b64encode(bytes([key.kind]) + signer.seed).decode()}\n"


def read_signer(text: str) -> Signer:
    """The key of its line. Raises `Malformed`; what was found is not repeated, for it may be half a secret."""
    name, _, rest = text.strip().removeprefix(_PREFIX).partition("+")
    id_, _, encoded = rest.partition("+")
    try:
        raw = b64decode(encoded, validate=True)
    except (NotBase64, ValueError):
        raw = b""
    kinds = {bytes([SIGNATURE]), bytes([COSIGNATURE])}
    if not text.startswith(_PREFIX) or raw[:1] not in kinds or len(raw) != 1 + HASH:
        msg = f"a key that signs is one line, {_PREFIX}name+id+seed"
        raise Malformed(msg)
    signer = _signer(name, raw[0], raw[1:])
    if signer.key.id.hex() != id_:
        msg = "the id of the key does not belong to it: a letter of it was changed"
        raise Malformed(msg)
    return signer


def signature_line(signer: Signer, text: bytes) -> bytes:
    """The line by which a key signs the text of a note."""
    return _line(signer.key, signer.sign(text))


def cosignature_line(signer: Signer, text: bytes, at: int) -> bytes:
    """The line by which a key cosigns the text of a checkpoint, at a time in seconds since 1970."""
    return _line(signer.key, at.to_bytes(8, "big") + signer.sign(cosigned_message(at, text)))


def _line(key: Key, value: bytes) -> bytes:
    return f"— {key.name} {b64encode(key.id + value).decode()}\n".encode()


def _signer(name: str, kind: int, seed: bytes) -> Signer:
    if not is_key_name(name):
        msg = f"a key cannot be called {name!r}: no spaces and no plus sign, as in northmoor.example/decisions"
        raise Malformed(msg)
    public = _private(seed).public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return Signer(Key(name, key_id(name, kind, public), kind, public), seed)


def _private(seed: bytes) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(seed)
