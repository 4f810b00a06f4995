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
_DIGEST: Final = 43
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
            elif under := erased_under(value):
                self.marks[at, digest] = under
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


def erased_under(value: Any) -> int:
    """Under the fact at which position a value was erased, as what stands in its place says; 0 where it does not say it."""
    said = _UNDER.match(str(value))
    return int(said[1]) if said else 0


def opens(digest: Any, salt: Any, value: Any) -> bool:
    """Whether a salt and a value, as JSON, open a commitment.

    What is stored as the canonical form of a value is hashed as it stands; anything else is read and written anew.
    """
    try:
        if len(salt) == _SALT and _committed([salt], [value]) == _joined([digest]):
            return True
        return bool(commitment(salt, orjson.loads(value)) == digest)
    except (AttributeError, TypeError, ValueError):
        return False


def all_open(rows: Sequence[VaultRow]) -> bool:
    """Whether every row of the vault opens its own commitment: many of them worked out at a time."""
    if not rows:
        return True
    _, digests, salts, values = zip(*rows, strict=True)
    are_usual = set(map(len, salts)) == {_SALT} and set(map(len, digests)) == {_DIGEST}
    if are_usual and _committed(salts, values) == _joined(digests):
        return True
    return all(map(opens, digests, salts, values))


def _committed(salts: Sequence[Any], values: Sequence[Any]) -> bytes:
    """The commitments that these salts and values open, as they stand, one after another as `_joined` has them.

    They become base64 all together: 32 bytes and one of zero are 44 characters, the last of which is an A.
    """
    plain = [b2a_base64(f'["{salt}",{value}]'.encode()) for salt, value in zip(salts, values, strict=True)]
    disclosed = [each.rstrip(b"=\n").replace(b"+", b"-").replace(b"/", b"_") for each in plain]
    digests = b"\0".join([sha256(each).digest() for each in disclosed])
    return b2a_base64(digests + b"\0", newline=False).translate(_URL_SAFE)


def _joined(digests: Sequence[str]) -> bytes:
    """Digests as they are in `_committed`."""
    return "A".join([*digests, ""]).encode()


def _opens_nothing(position: Any) -> Fault:
    return Fault(
        number(position),
        "The words kept for it are not those that were recorded: the vault holds a value that opens none of its commitments.",
    )


def number(value: Any) -> int:
    """A number that a row gives; 0 for what is none."""
    return value if isinstance(value, int) else 0
