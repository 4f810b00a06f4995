"""The Merkle tree (RFC 6962), beside the words of the standard and beside another program that keeps them."""

from __future__ import annotations

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymerkle import InmemoryTree

from decisionlog.store import tree

LEAVES = [f"leaf {number}".encode() for number in range(70)]


def by_the_standard(entries: list[bytes]) -> bytes:
    """RFC 6962, section 2.1, word for word."""
    if not entries:
        return sha256(b"").digest()
    if len(entries) == 1:
        return sha256(b"\x00" + entries[0]).digest()
    k = 1
    while k * 2 < len(entries):
        k *= 2
    return sha256(b"\x01" + by_the_standard(entries[:k]) + by_the_standard(entries[k:])).digest()


def grown(entries: list[bytes], *portions: int) -> list[bytes]:
    """What each leaf of a tree completes that grew in portions of these sizes, and then in one."""
    nodes: list[bytes] = []
    size, peaks = 0, []
    for portion in (*portions, len(entries)):
        added, peaks = tree.grow(size, peaks, map(tree.leaf_hash, entries[size : size + portion]))
        nodes += added
        size = min(size + portion, len(entries))
    assert peaks == tree.frontier(len(entries), reader(nodes))
    return nodes


def reader(nodes):
    return lambda positions: {position: nodes[position - 1] for position in positions}


def test_the_root_of_every_size_is_that_of_the_standard():
    nodes = grown(LEAVES)
    for size in range(len(LEAVES) + 1):
        assert tree.root(size, reader(nodes)) == by_the_standard(LEAVES[:size])


def test_the_root_of_every_size_is_that_of_another_program():
    other = InmemoryTree(algorithm="sha256")
    for entry in LEAVES:
        other.append_entry(entry)
    nodes = grown(LEAVES)
    for size in range(1, len(LEAVES) + 1):
        assert tree.root(size, reader(nodes)) == other.get_root(size)


@given(st.lists(st.integers(0, 9), max_size=12))
def test_growing_in_portions_is_growing_at_once(portions):
    assert grown(LEAVES, *portions) == grown(LEAVES)


def test_a_known_root():
    # The empty tree and the first leaves of the test vectors of Certificate Transparency (RFC 6962 reference code).
    entries = [bytes.fromhex(text) for text in ("", "00", "10", "2021", "3031", "40414243")]
    roots = {
        0: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        3: "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        4: "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        5: "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        6: "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    }
    nodes = grown(entries)
    assert {size: tree.root(size, reader(nodes)).hex() for size in roots} == roots


def test_a_leaf_completes_its_own_hash_and_the_subtrees_that_end_with_it():
    nodes = grown(LEAVES[:8])
    assert [tree.completed_by(position) for position in range(1, 9)] == [1, 2, 1, 3, 1, 2, 1, 4]
    assert [len(node) // tree.HASH for node in nodes] == [1, 2, 1, 3, 1, 2, 1, 4]
    for position, node in enumerate(nodes, start=1):
        for level in range(tree.completed_by(position)):
            covered = LEAVES[position - (1 << level) : position]
            assert node[level * tree.HASH : (level + 1) * tree.HASH] == by_the_standard(covered)


@pytest.mark.parametrize(
    ("size", "count"), [(0, 0), (1, 1), (2, 1), (3, 2), (7, 3), (8, 1), (2**40, 1), (2**40 - 1, 40)]
)
def test_a_root_is_a_few_reads_at_any_size(size, count):
    assert len(tree.peaks(size)) == count
    assert tree.peaks(size) == sorted(tree.peaks(size))


@given(st.integers(1, 3_000))
def test_a_tree_of_n_leaves_has_as_many_nodes_as_it_must(size):
    assert sum(map(tree.completed_by, range(1, size + 1))) == 2 * size - size.bit_count()
