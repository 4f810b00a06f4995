from __future__ import annotations

import os
from base64 import b64encode
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymerkle import InmemoryTree

from decisionlog.audit import keys, proofs, verify

SIZE = 70
LEAVES = [b"fact %d" % number for number in range(SIZE)]


def grown():
    tree, nodes, roots = verify.Tree(), {}, [verify.Tree().root()]
    for position, leaf in enumerate(LEAVES, start=1):
        nodes[position] = b"".join(tree.add(verify.leaf_hash(leaf)))
        roots.append(tree.root())
    return nodes, roots


NODES, ROOTS = grown()


def read(positions):
    return {position: NODES[position] for position in positions}


@pytest.mark.parametrize("size", range(1, SIZE + 1))
def test_every_leaf_is_proved_at_every_size(size):
    for index in range(size):
        path = proofs.inclusion(read, index, size)
        leaf = verify.leaf_hash(LEAVES[index])
        assert verify.root_by_inclusion(leaf, index, size, path) == ROOTS[size]
        for other in {0, size - 1, index ^ 1} - {index}:
            if other < size:
                with suppress(verify.Malformed):
                    assert verify.root_by_inclusion(leaf, other, size, path) != ROOTS[size]
        with pytest.raises(verify.Malformed):
            verify.root_by_inclusion(leaf, index, size, [*path, bytes(32)])
        if path:
            with pytest.raises(verify.Malformed):
                verify.root_by_inclusion(leaf, index, size, path[:-1])


@pytest.mark.parametrize("size", range(1, SIZE + 1))
def test_every_tree_is_shown_to_continue_every_smaller_one(size):
    for old in range(size + 1):
        path = proofs.consistency(read, old, size)
        verify.require_consistent(old, ROOTS[old], size, ROOTS[size], path)
        if 0 < old < size:
            with pytest.raises(verify.Mismatch):
                verify.require_consistent(old, ROOTS[old - 1], size, ROOTS[size], path)
            with pytest.raises(verify.Mismatch):
                verify.require_consistent(old, ROOTS[old], size, ROOTS[size - 1], path)
            with pytest.raises((verify.Malformed, verify.Mismatch)):
                verify.require_consistent(old, ROOTS[old], size, ROOTS[size], path[:-1])
            with pytest.raises(verify.Malformed):
                verify.require_consistent(old, ROOTS[old], size, ROOTS[size], [*path, bytes(32)])


def test_the_paths_are_those_of_another_implementation():
    other = InmemoryTree(algorithm="sha256")
    for leaf in LEAVES:
        other.append_entry(leaf)
    for index in range(SIZE):
        theirs = other.prove_inclusion(index + 1, SIZE).serialize()["path"]
        assert {hash_.hex() for hash_ in proofs.inclusion(read, index, SIZE)} == set(theirs[1:])


@given(st.integers(1, SIZE), st.data())
def test_one_flipped_bit_of_a_path_proves_nothing(size, data):
    index = data.draw(st.integers(0, size - 1))
    path = proofs.inclusion(read, index, size)
    if not path:
        return
    at, bit = data.draw(st.integers(0, len(path) - 1)), data.draw(st.integers(0, 255))
    changed = bytearray(path[at])
    changed[bit // 8] ^= 1 << bit % 8
    path[at] = bytes(changed)
    assert verify.root_by_inclusion(verify.leaf_hash(LEAVES[index]), index, size, path) != ROOTS[size]


# The vectors of RFC 8032, section 7.1.
RFC_8032 = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
]


@pytest.mark.parametrize(("public", "message", "signature"), RFC_8032)
def test_signatures_are_verified_as_the_standard_says(public, message, signature):
    public, message, signature = map(bytes.fromhex, (public, message, signature))
    assert verify.ed25519_verifies(public, message, signature)
    assert not verify.ed25519_verifies(public, message + b" ", signature)
    assert not verify.ed25519_verifies(public, message, signature[:32] + signature[32:][::-1])
    assert not verify.ed25519_verifies(public, message, signature[:-1])


def test_a_scalar_beyond_the_order_is_refused():
    public, message, signature = map(bytes.fromhex, RFC_8032[1])
    order = 2**252 + 27742317777372353535851937790883648493
    beyond = (int.from_bytes(signature[32:], "little") + order).to_bytes(32, "little")
    assert not verify.ed25519_verifies(public, message, signature[:32] + beyond)


@given(st.binary(max_size=100))
def test_what_the_library_signs_is_verified(message):
    signer = keys.new_signer("a.example/b")
    signature = signer.sign(message)
    assert verify.ed25519_verifies(signer.key.public, message, signature)
    flipped = bytes([signature[0] ^ 1]) + signature[1:]
    assert not verify.ed25519_verifies(signer.key.public, message, flipped)


@pytest.mark.parametrize("kind", [verify.SIGNATURE, verify.COSIGNATURE])
def test_a_key_is_read_as_it_was_written(kind):
    signer = keys.new_signer("a.example/b", kind)
    assert keys.read_signer(keys.written(signer)) == signer
    assert verify.read_key(str(signer.key)) == signer.key
    assert signer.seed.hex() not in repr(signer)


@pytest.mark.parametrize(
    "text",
    ["", "PRIVATE+KEY+a+00000000+AAAA", "a.example/b+12345678+AAAA", "PRIVATE+KEY+a b+00000000+" + "A" * 44],
)
def test_what_is_not_a_key_is_said_to_be_none(text):
    with pytest.raises(verify.Malformed):
        keys.read_signer(text)
    with pytest.raises(verify.Malformed):
        verify.read_key(text)


def test_a_letter_changed_in_a_key_is_noticed():
    signer = keys.new_signer("a.example/b")
    line = keys.written(signer)
    for at in range(len("PRIVATE+KEY+"), len(line) - 3):
        changed = line[:at] + ("b" if line[at] != "b" else "c") + line[at + 1 :]
        with pytest.raises(verify.Malformed):
            keys.read_signer(changed)


def a_note(signer, *cosigners, at=1_700_000_000):
    text = b"a.example/b\n70\n" + b64encode(ROOTS[SIZE]) + b"\n"
    lines = [keys.signature_line(signer, text), *(keys.cosignature_line(one, text, at) for one in cosigners)]
    return text + b"\n" + b"".join(lines)


def test_a_checkpoint_says_who_signed_and_cosigned_it():
    signer, witness = keys.new_signer("a.example/b"), keys.new_signer("w.example", verify.COSIGNATURE)
    checkpoint = verify.read_checkpoint(a_note(signer, witness))
    assert (checkpoint.origin, checkpoint.size, checkpoint.root) == ("a.example/b", SIZE, ROOTS[SIZE])
    assert verify.is_signed(checkpoint.note, signer.key)
    assert verify.cosigned_at(checkpoint.note, witness.key) == 1_700_000_000
    assert not verify.is_signed(checkpoint.note, keys.new_signer("a.example/b").key)
    assert verify.cosigned_at(checkpoint.note, keys.new_signer("w.example", verify.COSIGNATURE).key) is None


def test_every_byte_of_a_checkpoint_counts():
    signer, witness = keys.new_signer("a.example/b"), keys.new_signer("w.example", verify.COSIGNATURE)
    raw = a_note(signer, witness)
    for at in range(len(raw)):
        for other in {raw[at] ^ 1, raw[at] ^ 0x80}:
            changed = raw[:at] + bytes([other]) + raw[at + 1 :]
            try:
                note = verify.read_checkpoint(changed).note
                assert not (verify.is_signed(note, signer.key) and verify.cosigned_at(note, witness.key))
            except (verify.Malformed, verify.Mismatch):
                continue


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"text\n",
        b"a\n1\n" + b64encode(bytes(32)) + b"\n\n",
        b"a\n1\n" + b64encode(bytes(32)) + b"\n\nno dash\n",
        b"a\n01\n" + b64encode(bytes(32)) + "\n\n— a AAAAAAA=\n".encode(),
        b"a\n1\n" + b64encode(bytes(31)) + "\n\n— a AAAAAAA=\n".encode(),
        b"a\n1\n" + b64encode(bytes(32)) + "\n\n— a+b AAAAAAA=\n".encode(),
        b"a\r\n1\n" + b64encode(bytes(32)) + "\n\n— a AAAAAAA=\n".encode(),
        b"\xff\n1\n" + b64encode(bytes(32)) + "\n\n— a AAAAAAA=\n".encode(),
        b"a\n1\n" + b64encode(bytes(32)) + "\n\n— a AAAAAAA=".encode(),
        b"x" * (1024 * 1024 + 1),
    ],
)
def test_what_is_not_a_checkpoint_is_malformed_and_not_false(raw):
    with pytest.raises(verify.Malformed):
        verify.read_checkpoint(raw)


def test_a_proof_is_read_as_it_was_written():
    note = a_note(keys.new_signer("a.example/b"))
    path = proofs.inclusion(read, 3, SIZE)
    proof = verify.read_proof(proofs.proof_text(3, path, note))
    assert (proof.leaf_index, list(proof.path), proof.checkpoint.size, proof.extra) == (3, path, SIZE, b"")
    with_extra = proofs.proof_text(3, path, note).replace(b"\nindex", b"\nextra AAA=\nindex", 1)
    assert verify.read_proof(with_extra).extra == bytes(2)
    for wrong in (with_extra.replace(b"index 3", b"index 03"), with_extra.replace(b"@v1", b"@v2"), with_extra[:100]):
        with pytest.raises(verify.Malformed):
            verify.read_proof(wrong)


def test_what_is_posted_to_a_witness_is_read_as_it_was_written():
    note = a_note(keys.new_signer("a.example/b"))
    path = proofs.consistency(read, 13, SIZE)
    extension = verify.read_extension(proofs.extension_text(13, path, note))
    assert (extension.old_size, list(extension.path), extension.checkpoint.root) == (13, path, ROOTS[SIZE])
    too_many = proofs.extension_text(13, [os.urandom(32)] * 64, note)
    for wrong in (b"old 1", b"old -1\n\n" + note, b"new 13\n\n" + note, too_many):
        with pytest.raises(verify.Malformed):
            verify.read_extension(wrong)
