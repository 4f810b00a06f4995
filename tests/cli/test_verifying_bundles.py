"""`verify` of a bundle: the program ends as the verifier on its own does, and says the same."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.audit import vectors
from tests.cli.running import answer, run

CASES = json.loads((vectors.FOLDER / "bundles.json").read_text(encoding="utf-8"))
BUNDLE, KEYS = (str(vectors.FOLDER / name) for name in ("small.bundle", "small.keys"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_it_ends_with_the_exit_code_of_the_vector(case):
    Path("b").write_text(case["bundle"], encoding="utf-8")
    run("verify", "b", "--key", KEYS, code=case["exit"])


def test_it_says_what_the_facts_say():
    said = answer("verify", BUNDLE, "--key", KEYS)
    assert (said["what"], said["sound"], said["size"], said["signer"]) == (
        "bundle",
        True,
        5,
        "northmoor.example/decisions",
    )
    assert 'Title: "Urgent community response" [3]' in said["looked_at"]
    assert "Text: withheld [3]" in said["looked_at"]


def test_without_a_key_the_first_line_says_that_the_signer_was_not_checked():
    first = run("verify", BUNDLE).stdout.splitlines()[0]
    assert first.startswith(
        "CONSISTENT; signer not checked: 5 facts at the time of this bundle of northmoor.example/decisions"
    )
    assert run("verify", BUNDLE, "--key", KEYS).stdout.startswith("SOUND: 5 facts at the time of this bundle")


def test_it_is_held_to_a_checkpoint_that_was_kept():
    checkpoint = str(vectors.FOLDER / "small.checkpoint")
    said = answer("verify", BUNDLE, "--key", KEYS, "--checkpoint", checkpoint)
    assert "Its checkpoint is the one that was given" in said["looked_at"]
    other = Path(checkpoint).read_text(encoding="utf-8").replace("\n5\n", "\n4\n")
    Path("older").write_text(other, encoding="utf-8")
    refused = run("verify", BUNDLE, "--key", KEYS, "--checkpoint", "older", code=2).stderr
    assert "takes a proof between them" in refused


def test_what_is_not_a_bundle_is_told_so():
    Path("b").write_bytes(b'{"authority":[]}\n')
    assert "b is not a bundle (a bundle has the fields" in run("verify", "b", code=2).stderr
