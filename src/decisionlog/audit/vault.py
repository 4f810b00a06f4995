"""What a log keeps beside its facts to open them: each row held against the commitments of its fact."""

from __future__ import annotations

import re
from binascii import b2a_base64
from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import Any, Final

import orjson
from msgspec import Struct

from decisionlog.store.codec import commitment
from decisionlog.store.raw import VaultRow

_UNDER: Final = re.compile('"erased under @([0-9]{1,18})')
_SALT: Final = 22
"""Characters of a salt: with a fixed length, there is one way only to read salt and value from what is hashed."""
_URL_SAFE: Final = bytes.maketrans(b"+/", b"-_")
_NEVER: Final = 2**63
FIRST: Final = 20
"""Of many faults of one kind, so many are told."""


class Fault(Struct, frozen=True):
    """Something that is not as it must be; at a position, or 0 where it is about no single fact."""

    position: int
    sentence: str


class Vault:
    """The rows of the vault, taken in step with the facts that they belong to."""

    def __init__(self, rows: Iterator[VaultRow]) -> None:
        self._rows = rows
        self.marks: dict[tuple[int, bytes], int] = {}
        """Of values that were erased, under the fact at which position, as the vault says."""
        self._keep(next(rows, None))
        self.is_empty = self._next is None

    def opened(self, position: int, digests: Sequence[bytes]) -> tuple[set[bytes], list[Fault]]:
        """Which commitments of a fact are opened, and what of its vault rows opens nothing."""
        opened: set[bytes] = set()
        faults: list[Fault] = []
        row, rows = self._next, self._rows
        while row is not None and number(row[0]) <= position:
            at, name, salt, value = row
            row = next(rows, None)
            digest = str(name).encode(errors="replace")
            if at != position or digest not in digests or not (opens(name, salt, value) or salt == ""):
                faults.append(_opens_nothing(at))
            elif salt != "":  # what stands where a value was erased opens nothing, and a fact must say that it was
                opened.add(digest)
            elif under := _UNDER.match(str(value)):
                self.marks[at, digest] = int(under[1])
        self._keep(row)
        return opened, faults[:FIRST]

    def rest(self) -> list[Fault]:
        """Rows of facts that the log does not have."""
        beyond = sum(1 for row in (self._next, *self._rows) if row is not None)
        if not beyond:
            return []
        what = f"the vault holds {beyond:,} sealed value{'s' * (beyond != 1)} of facts that the log does not have"
        return [Fault(0, f"Words are kept of facts that are not there: {what}.")]

    def _keep(self, row: VaultRow | None) -> None:
        """Keep the next row, which belongs to a later fact."""
        self._next = row
        self.next_position = number(row[0]) if row else _NEVER


def opens(digest: Any, salt: Any, value: Any) -> bool:
    """Whether a salt and a value, as JSON, open a commitment.

    What is stored as the canonical form of a value is hashed as it stands; anything else is read and written anew.
    """
    try:
        if len(salt) == _SALT and (plain := f'["{salt}",{value}]').isascii():
            disclosed = b2a_base64(plain.encode(), newline=False).translate(_URL_SAFE, b"=")
            if b2a_base64(sha256(disclosed).digest(), newline=False).translate(_URL_SAFE, b"=") == digest.encode():
                return True
        return bool(commitment(salt, orjson.loads(value)) == digest)
    except (AttributeError, TypeError, ValueError):
        return False


def _opens_nothing(position: Any) -> Fault:
    return Fault(
        number(position),
        "The words kept for it are not those that were recorded: the vault holds a value that opens none of its commitments.",
    )


def number(value: Any) -> int:
    """A number that a row gives; 0 for what is none."""
    return value if isinstance(value, int) else 0
