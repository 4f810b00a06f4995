"""Proofs, made from the nodes of the tree that the store keeps: a few reads each, at any size."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from decisionlog.audit.verify import node_hash
from decisionlog.store.tree import HASH, Read

Range = tuple[int, int]
"""The leaves from the first (from 0) up to, and without, the second."""


def inclusion(read: Read, index: int, size: int) -> list[bytes]:
    """The path from the leaf at `index` (from 0) to the root at a size, the leaf's neighbour first (RFC 6962, 2.1.1)."""
    return subtrees(read, _beside(index, size))


def consistency(read: Read, old_size: int, size: int) -> list[bytes]:
    """The path that shows that the tree of `size` leaves continues that of `old_size` (RFC 6962, 2.1.2)."""
    if old_size in {0, size}:
        return []
    return subtrees(read, list(_continuing(old_size, 0, size, is_known=True)))


def subtrees(read: Read, ranges: Sequence[Range]) -> list[bytes]:
    """The hash over each of these ranges of leaves."""
    made_of = {one: _complete(*one) for one in ranges if (one[1] - one[0]).bit_count() > 1}
    ends = {end for _, end in ranges}
    for pieces in made_of.values():
        ends.update([end for _, end in pieces])
    nodes = read(list(ends)) if ends else {}
    return [
        _fold(nodes, made_of[start, end]) if (start, end) in made_of else _node(nodes[end], end - start)
        for start, end in ranges
    ]


def _fold(nodes: Mapping[int, bytes], pieces: Sequence[Range]) -> bytes:
    """The hash over the complete subtrees that make up one which is not."""
    *left, root = [_node(nodes[end], end - start) for start, end in pieces]
    for piece in reversed(left):
        root = node_hash(piece, root)
    return root


def proof_text(index: int, path: Iterable[bytes], checkpoint: bytes) -> bytes:
    """A proof of inclusion as c2sp.org/tlog-proof writes it."""
    return b"c2sp.org/tlog-proof@v1\nindex %d\n%s\n%s" % (index, _lines(path), checkpoint)


def extension_text(old_size: int, path: Iterable[bytes], checkpoint: bytes) -> bytes:
    """What is posted to a witness (c2sp.org/tlog-witness): a checkpoint, and that it continues an older one."""
    return b"old %d\n%s\n%s" % (old_size, _lines(path), checkpoint)


def _lines(path: Iterable[bytes]) -> bytes:
    return b"".join(b64encode(hash_) + b"\n" for hash_ in path)


def _node(nodes: bytes, width: int) -> bytes:
    """The hash over so many leaves, of the nodes that the last of them completes."""
    at = width.bit_length() * HASH
    return nodes[at - HASH : at]


def _middle(start: int, end: int) -> int:
    """Where the tree over these leaves parts: after the largest power of two that is smaller than their number."""
    return start + (1 << (end - start - 1).bit_length() - 1)


def _beside(index: int, size: int) -> list[Range]:
    """The subtrees beside the way from a leaf to the root, the leaf's neighbour first."""
    start, end, found = 0, size, []
    while end - start > 1:
        middle = start + (1 << (end - start - 1).bit_length() - 1)
        if index < middle:
            found.append((middle, end))
            end = middle
        else:
            found.append((start, middle))
            start = middle
    found.reverse()
    return found


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


@lru_cache(maxsize=1_024)
def _complete(start: int, end: int) -> tuple[Range, ...]:
    """The complete subtrees, the largest first, that a subtree over these leaves is made of."""
    found = []
    while start < end:
        width = 1 << (end - start).bit_length() - 1
        found.append((start, start + width))
        start += width
    return tuple(found)
