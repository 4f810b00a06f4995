"""The examples that stand in the texts of c2sp.org are read as they are written, and what can be verified of them is."""

from __future__ import annotations

from decisionlog.audit.keys import new_signer
from decisionlog.audit.policy_text import read_policy
from decisionlog.audit.replies import Declined, Reply, meaning
from decisionlog.audit.verify import (
    COSIGNATURE,
    cosigned_at,
    is_signed,
    read_checkpoint,
    read_extension,
    read_key,
    read_note,
)
from decisionlog.audit.witnessing import Refused, Watched, Why, add_checkpoint
from tests.audit.signing import ICB, MORNING

POEM = (
    "Ognuno sta solo sul cuor della terra\n"
    "trafitto da un raggio di sole:\n"
    "\n"
    "ed è subito sera.\n"
    "\n"
    "— quasimodo.example/salvatore NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0xMcXxj99ihAQwaqP3ZekRwNtIc=\n"
)
"""Of signed-note."""
SIGNED = "Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8="
CHECKPOINT = (
    "example.com/behind-the-sofa\n"
    "20852163\n"
    "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
    "\n"
    f"— example.com/behind-the-sofa {SIGNED}\n"
)
"""Of tlog-checkpoint."""
COSIGNED = (
    CHECKPOINT
    + "— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n"
)
"""Of tlog-cosignature."""
REQUEST = (
    "old 20852014\n"
    "PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=\n"
    "jrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=\n"
    "5+pKlUdi2LeF/BcMHBn+Ku6yhPGNCswZZD1X/6QgPd8=\n"
    "/6WVhPs2CwSsb5rYBH5cjHV/wSmA79abXAwhXw3Kj/0=\n"
    "\n"
    f"{CHECKPOINT}"
    "— example.com/behind-the-sofa opLqBQsREYCgu6xQkYQwJr9fo45a62DN9EdmHXnZdXNqlcVGlCum2Wks+49/V6267UEjw6QUXTS5Rovnzv++qbSzm9Q=\n"
)
ANSWER = (
    "— witness.example/w1 CMp+6LWBU0anHGH5aNDTJkH/gj79sG+T6+iP2ThYN5krrDJbR1HDnucjL39QsZTSvVjyQLrdk3DXDqI5G2HgLatVs0pWh6Up69HVOw==\n"
    "— witness.example/w1 I7rEps0pvK2UqkS2gSpVUDhrhVtQV9lgF6pRrWAvjJHjyWpW7VcE3SiOlVlbQNt64vWhO+DlkL0+UfzuOBMh9ChdMkP1vi/lCAsmlw==\n"
    "— witness.example/w2 AWui8Sk55XjYLOijihBjhqEH6nS1ndDymE0a+6idX7pLcnoB+dhnz0854aLZgrrKbYKA7nC3HNJhm/kWl7oJlqU3rXXvpysAdyP3wQ==\n"
)
"""Both of tlog-witness."""
GO = read_key("sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8")
"""The key of Go's checksum database, as its tools have it built in."""


def test_a_note_has_its_text_up_to_the_last_empty_line():
    note = read_note(POEM.encode())
    assert note.text.decode().endswith("\n\ned è subito sera.\n")
    assert [signature.name for signature in note.signatures] == ["quasimodo.example/salvatore"]


def test_a_checkpoint_has_an_origin_a_size_and_a_root():
    checkpoint = read_checkpoint(CHECKPOINT.encode())
    assert (checkpoint.origin, checkpoint.size, checkpoint.root.hex()[:8]) == (
        "example.com/behind-the-sofa", 20_852_163, "0ac5186a",
    )  # fmt: skip


def test_the_signature_of_the_example_is_that_of_go_s_database_and_verifies():
    """The example is a checkpoint of that log under another name: with the names put back, it is as it was signed."""
    note = CHECKPOINT.replace("— example.com/behind-the-sofa", "— sum.golang.org")
    note = note.replace("example.com/behind-the-sofa", "go.sum database tree")
    assert is_signed(read_checkpoint(note.encode()).note, GO)


def test_the_time_of_a_cosignature_is_read_from_its_first_eight_bytes():
    _, witness = read_checkpoint(COSIGNED.encode()).note.signatures
    assert (witness.id.hex(), len(witness.value)) == ("8d66cf3f", 72)
    assert int.from_bytes(witness.value[:8], "big") == 1_679_315_147  # the time in the text that is signed there


def test_a_request_is_read_and_signatures_of_unknown_keys_do_not_count():
    asked = read_extension(REQUEST.encode())
    assert (asked.old_size, len(asked.path), len(asked.checkpoint.note.signatures)) == (20_852_014, 4, 2)
    known = Watched(asked.checkpoint.origin, (new_signer(asked.checkpoint.origin).key,))
    refused = add_checkpoint(REQUEST.encode(), lambda _: known, ICB, MORNING)
    assert isinstance(refused, Refused)
    assert refused.why is Why.NOT_SIGNED


def test_an_answer_of_witnesses_that_are_not_known_is_no_cosignature():
    checkpoint = read_checkpoint(CHECKPOINT.encode())
    answer = meaning(Reply(200, ANSWER.encode()), checkpoint, 20_852_014, ICB.key)
    assert answer == Declined(
        "it did not cosign with the key that the policy names, but with another (of witness.example/w1, witness.example/w2)",
        alarming=True,
    )


def test_our_cosignature_signs_the_text_that_the_specification_shows():
    from decisionlog.audit.verify import cosigned_message

    text = read_checkpoint(CHECKPOINT.encode()).note.text
    assert cosigned_message(1_679_315_147, text).decode() == (
        "cosignature/v1\n"
        "time 1679315147\n"
        "example.com/behind-the-sofa\n"
        "20852163\n"
        "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
    )
    assert (
        cosigned_at(read_checkpoint(COSIGNED.encode()).note, new_signer("witness.example.com/w1", COSIGNATURE).key)
        is None
    )


def test_the_smallest_policy_of_the_specification_is_one():
    assert read_policy(b"quorum none\n").quorum == "none"
