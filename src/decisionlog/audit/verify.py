"""The root of a log, recomputed from an export. It needs Python's standard library and nothing else: copy it out, read it.

    python -I -S verify.py log.jsonl                    prints how many facts there are, and their root
    python -I -S verify.py log.jsonl 9f2c...            says whether that is the root; ends with 0 or 3

The tree is that of RFC 6962, section 2.1, over the lines of the export without their newlines.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable, Sequence

_LEAF = b"\x00"
_NODE = b"\x01"


def leaf_hash(line: bytes) -> bytes:
    """The hash of one fact: SHA-256 of 0x00 and its bytes."""
    return hashlib.sha256(_LEAF + line).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of two subtrees: SHA-256 of 0x01 and theirs."""
    return hashlib.sha256(_NODE + left + right).digest()


def root_of(lines: Iterable[bytes]) -> bytes:
    """The root over lines of an export, with or without their newlines; of none, the hash of nothing."""
    complete: list[tuple[int, bytes]] = []  # complete subtrees from left to right: how many leaves, and their hash
    for line in lines:
        size, digest = 1, leaf_hash(line.removesuffix(b"\n"))
        while complete and complete[-1][0] == size:
            digest = node_hash(complete.pop()[1], digest)
            size *= 2
        complete.append((size, digest))
    if not complete:
        return hashlib.sha256().digest()
    _, root = complete.pop()
    while complete:
        root = node_hash(complete.pop()[1], root)
    return root


def main(arguments: Sequence[str]) -> int:
    """Verify one file; the exit code."""
    if len(arguments) not in {1, 2} or arguments[0].startswith("-"):
        print(__doc__)  # noqa: T201 - it is a program of its own
        return 2
    with open(arguments[0], "rb") as file:  # noqa: PTH123 - as little as can be is imported
        root = root_of(file).hex()
        file.seek(0)
        print(f"{sum(1 for _ in file)} facts, root {root}")  # noqa: T201 - as above
    if len(arguments) == 1:
        return 0
    same = root == arguments[1].strip().lower()
    print("SOUND: that is the root." if same else f"NOT SOUND: the root was to be {arguments[1]}.")  # noqa: T201 - as above
    return 0 if same else 3


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
