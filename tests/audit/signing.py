"""Logs of hashes that are signed, and witnesses with keys of their own, for what is about bytes alone."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from decisionlog.audit.checkpoints import text_of
from decisionlog.audit.keys import Signer, signature_line
from decisionlog.audit.proofs import consistency, extension_text
from decisionlog.audit.verify import COSIGNATURE, HASH, SIGNATURE, Key, Tree, key_id, leaf_hash

ORIGIN = "northmoor.example/decisions"


def signer_of(name: str, kind: int = SIGNATURE) -> Signer:
    """The same key for the same name in every process: the tests are named by what they are given."""
    seed = sha256(name.encode()).digest()
    public = Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()
    return Signer(Key(name, key_id(name, kind, public), kind, public), seed)


LOG = signer_of(ORIGIN)
ICB, COUNCIL, TRUST = (signer_of(f"{name}.example/witness", COSIGNATURE) for name in ("icb", "council", "trust"))
MORNING = 1_780_000_000
"""A time in POSIX seconds."""


class SmallLog:
    """A log of so many facts; another `history` has the same first facts up to `shared`, and others after them."""

    def __init__(self, size: int, history: str = "", *, shared: int = 0, signer: Signer = LOG) -> None:
        self.signer = signer
        self._completed: list[bytes] = []
        tree = Tree()
        self._roots = [sha256().digest()]
        for number in range(size):
            line = f"fact {number}{history if number >= shared else ''}".encode()
            self._completed.append(b"".join(tree.add(leaf_hash(line))))
            self._roots.append(tree.root())
        self.size = size

    def nodes(self, positions):
        return {position: self._completed[position - 1] for position in positions}

    def root(self, size: int) -> bytes:
        return self._roots[size]

    def checkpoint(self, size: int | None = None) -> bytes:
        """The signed note over the first facts."""
        size = self.size if size is None else size
        text = text_of(self.signer.key.name, size, self.root(size))
        return text + b"\n" + signature_line(self.signer, text)

    def request(self, old_size: int = 0, size: int | None = None) -> bytes:
        """What asks a witness for a cosignature."""
        size = self.size if size is None else size
        path = consistency(self.nodes, old_size, size) if old_size <= size else []
        return extension_text(old_size, path, self.checkpoint(size))


def base64_of(hash_: bytes) -> str:
    """A hash as the line of a checkpoint."""
    assert len(hash_) == HASH
    return b64encode(hash_).decode()
