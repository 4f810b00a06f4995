"""Proofs, made from the nodes of the tree that the store keeps: a few reads each, at any size."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence

from decisionlog.audit.verify import node_hash
from decisionlog.store.tree import HASH, Read

Range = tuple[int, int]
"""The leaves from the first (from 0) up to, and without, the second."""


def inclusion(read: Read, index: int, size: int) -> list[bytes]:
    """The path from the leaf at `index` (from 0) to the root at a size, the leaf's neighbour first (RFC 6962, 2.1.1)."""
    return subtrees(read, list(_beside(index, 0, size)))


def consistency(read: Read, old_size: int, size: int) -> list[bytes]:
    """The path that shows that the tree of `size` leaves continues that of `old_size` (RFC 6962, 2.1.2)."""
    if old_size in {0, size}:
        return []
    return subtrees(read, list(_continuing(old_size, 0, size, is_known=True)))


def subtrees(read: Read, ranges: Sequence[Range]) -> list[bytes]:
    """The hash over each of these ranges of leaves."""
    pieces = {piece for start, end in ranges for piece in _complete(start, end)}
    nodes = read([end for _, end in pieces]) if pieces else {}
    hashes = {(start, end): _node(nodes[end], end - start) for start, end in pieces}
    found = []
    for start, end in ranges:
        *left, root = [hashes[piece] for piece in _complete(start, end)]
        for piece in reversed(left):
            root = node_hash(piece, root)
        found.append(root)
    return found


def proof_text(index: int, path: Iterable[bytes], checkpoint: bytes) -> bytes:
    """A proof of inclusion as c2sp.org/tlog-proof writes it."""
    return b"c2sp.org/tlog-proof@v1\nindex %d\n%s\n%s" % (index, _lines(path), checkpoint)


def extension_text(old_size: int, path: Iterable[bytes], checkpoint: bytes) -> bytes:
    """What is posted to a witness (c2sp.org/tlog-witness): a checkpoint, and that it continues an older one."""
    return b"old %d\n%s\n%s" % (old_size, _lines(path), checkpoint)


def _lines(path: Iterable[bytes]) -> bytes:
    return b"".join(b64encode(hash_) + b"\n" for hash_ in path)


def _node(nodes: bytes, width: int) -> bytes:
    level = width.bit_length() - 1
    return nodes[level * HASH : (level + 1) * HASH]


def _middle(start: int, end: int) -> int:
    """Where the tree over these leaves parts: after the largest power of two that is smaller than their number."""
    return start + (1 << (end - start - 1).bit_length() - 1)


def _beside(index: int, start: int, end: int) -> Iterator[Range]:
    if end - start == 1:
        return
    middle = _middle(start, end)
    if index < middle:
        yield from _beside(index, start, middle)
        yield middle, end
    else:
        yield from _beside(index, middle, end)
        yield start, middle


def _continuing(old_size: int, start: int, end: int, *, is_known: bool) -> Iterator[Range]:
    """`is_known`: the subtree begins where the old tree did, so that who holds the old root knows it already."""
    if old_size == end:
        if not is_known:
            yield start, end
        return
    middle = _middle(start, end)
    if old_size <= middle:
        yield from _continuing(old_size, start, middle, is_known=is_known)
        yield middle, end
    else:
        yield from _continuing(old_size, middle, end, is_known=False)
        yield start, middle


def _complete(start: int, end: int) -> list[Range]:
    """The complete subtrees, the largest first, that a subtree over these leaves is made of."""
    found = []
    while start < end:
        width = 1 << (end - start).bit_length() - 1
        found.append((start, start + width))
        start += width
    return found
