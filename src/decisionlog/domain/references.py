"""What people call things: references, their equality, their keys and their slugs."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_RUN = re.compile(r"[\s\-\u2010-\u2015]+")
_OPEN_BYTES = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-")
_LOOK_ALIKES = str.maketrans(
    "аеорсхуіјѕһԁԛԝьвнкмтαεικνορτυχγωϲ",
    "aeopcxyijshdqwbbhkmtaeikvoptuxywc",
)


class Bare(str):
    """A reference whose kind was left out, with the kinds of which it may be; what it names is found where it is resolved."""

    __slots__ = ("kinds",)
    kinds: tuple[str, ...]

    @classmethod
    def of(cls, key: str, kinds: tuple[str, ...]) -> Bare:
        """A key that is of one of these kinds."""
        bare = cls(key)
        bare.kinds = kinds
        return bare

    @property
    def meant(self) -> list[str]:
        """Everything that it may name."""
        return [f"{kind}:{self}" for kind in self.kinds]


@lru_cache(maxsize=65_536)
def fold(ref: str) -> str:
    """The form in which references of one kind and issuer are compared.

    Two are equal after NFC, case folding, and any run of spaces or dashes taken as one.
    """
    if ref.isascii():
        return _RUN.sub(" ", ref.lower()).strip()
    return _RUN.sub(" ", unicodedata.normalize("NFC", unicodedata.normalize("NFC", ref).casefold())).strip()


@lru_cache(maxsize=65_536)
def split(reference: str) -> tuple[str, str]:
    """The kind and the key of `kind:key`; the kind is empty where none is given."""
    kind, colon, key = reference.partition(":")
    return (kind, key) if colon and kind.isascii() and kind.replace("_", "").isalpha() else ("", reference)


def slug(ref: str) -> str:
    """A reference in a URL or a file name: UTF-8 bytes outside `A-Za-z0-9._-`, and a leading dot, as `~xx`."""
    parts = [chr(byte) if byte in _OPEN_BYTES else f"~{byte:02x}" for byte in ref.encode()]
    if parts and parts[0] == ".":
        parts[0] = "~2e"
    return "".join(parts)


def unslug(text: str) -> str:
    """The reference of a slug. Raises `ValueError` where it is not one."""
    return re.sub(rb"~([0-9a-f]{2})", lambda found: bytes([int(found[1], 16)]), text.encode("ascii")).decode()


def looks_like(ref: str) -> str:
    """The folded reference with letters of other scripts replaced by the Latin letters that they resemble."""
    return fold(ref).translate(_LOOK_ALIKES)
