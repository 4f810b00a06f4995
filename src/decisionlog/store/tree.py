"""The Merkle tree over the stored bytes (RFC 6962): its nodes, its root at any size, its growth.

A node is kept beside the fact that completes it: each leaf with its own hash and those of the subtrees of 2, 4, 8 ...
leaves that end with it, one after another, the smallest first. So an append writes no node anywhere but in its own rows,
no node is ever written again, and the root at any size is a few reads.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from hashlib import sha256

EMPTY_ROOT = sha256(b"").digest()
HASH = 32
"""Bytes of a hash."""

Read = Callable[[Sequence[int]], Mapping[int, bytes]]
"""Gives the nodes that the leaves at these positions (from 1) complete, one after another, the smallest first."""


def leaf_hash(line: bytes) -> bytes:
    """The hash of a leaf: SHA-256(0x00 || line)."""
    return sha256(b"\x00" + line).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node: SHA-256(0x01 || left || right)."""
    return sha256(b"\x01" + left + right).digest()


def peaks(size: int) -> list[tuple[int, int]]:
    """The complete subtrees that cover the first `size` leaves, the largest first: (last position, level) of each."""
    levels = range(size.bit_length() - 1, -1, -1)
    return [((size >> level) << level, level) for level in levels if size >> level & 1]


def completed_by(position: int) -> int:
    """How many nodes the leaf at a position (from 1) completes, its own hash counted."""
    return (position & -position).bit_length()


def frontier(size: int, read: Read) -> list[bytes]:
    """The hashes of the `peaks` of a size."""
    wanted = peaks(size)
    nodes = read([position for position, _ in wanted]) if wanted else {}
    return [nodes[position][level * HASH : (level + 1) * HASH] for position, level in wanted]


def root(size: int, read: Read) -> bytes:
    """The root of the tree over the first `size` leaves."""
    return fold(frontier(size, read))


def fold(hashes: Sequence[bytes]) -> bytes:
    """The root of the tree whose peaks have these hashes."""
    if not hashes:
        return EMPTY_ROOT
    *others, result = hashes
    for peak in reversed(others):
        result = node_hash(peak, result)
    return result


def grow(size: int, before: Sequence[bytes], leaves: Iterable[bytes]) -> tuple[list[bytes], list[bytes]]:
    """What each new leaf completes, when leaves of these hashes are added to a tree of `size` leaves.

    `before` has the hashes of its peaks; the second answer has those of the grown tree.
    """
    stack = list(before)
    completed: list[bytes] = []
    for current in leaves:
        nodes = current
        odd = size
        while odd & 1:
            current = node_hash(stack.pop(), current)  # noqa: PLW2901 - the leaf grows into the subtrees that it completes
            nodes += current
            odd >>= 1
        stack.append(current)
        completed.append(nodes)
        size += 1
    return completed, stack
