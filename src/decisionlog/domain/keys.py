"""A key by which another program is known: how it is written, and what is kept of it.

`dlk_<id>_<secret>`: a fixed beginning, so that programs that look for secrets find it; the id, by which it is spoken of;
and 256 bits that are shown once. A digest is enough to keep of so many bits (OWASP ASVS 5.0, 11.4 and 6.5.2).
"""

from __future__ import annotations

import hmac
import re
from base64 import b32encode, urlsafe_b64encode
from hashlib import sha256
from typing import Final

from msgspec import Struct

_WRITTEN: Final = re.compile(r"dlk_([a-z2-7]{10})_([A-Za-z0-9_-]{43})")
ID_BYTES: Final = 7
"""Random bytes, of which ten characters of the id are made."""
SECRET_BYTES: Final = 32


class Key(Struct, frozen=True):
    """A key as it is shown once, and as its holder sends it."""

    id: str
    secret: str

    def __str__(self) -> str:
        """As it is written in a request."""
        return f"dlk_{self.id}_{self.secret}"

    def __repr__(self) -> str:
        """Without its secret, wherever it might be printed."""
        return f"Key({self.id})"

    @property
    def digest(self) -> bytes:
        """What is kept of the secret."""
        return sha256(self.secret.encode()).digest()

    def opens(self, digest: bytes) -> bool:
        """Whether this is the key of which that digest was kept; it takes as long whatever differs."""
        return hmac.compare_digest(self.digest, digest)


def key_of(randomness: bytes) -> Key:
    """A key made of random bytes, of the id and of the secret."""
    id_, secret = randomness[:ID_BYTES], randomness[ID_BYTES : ID_BYTES + SECRET_BYTES]
    return Key(b32encode(id_).decode().lower()[:10], urlsafe_b64encode(secret).decode().rstrip("="))


def read_key(text: str) -> Key | None:
    """The key that a text is; none, where it is none."""
    found = _WRITTEN.fullmatch(text)
    return Key(found[1], found[2]) if found else None


def stream_of(key_id: str) -> str:
    """The stream of the fact that grants a key."""
    return f"access:{key_id}"
