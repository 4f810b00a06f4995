from __future__ import annotations

import json

import pytest

from decisionlog.audit import verify
from tests.audit import vectors

CASES = json.loads((vectors.FOLDER / "bundles.json").read_text(encoding="utf-8"))


def test_the_vectors_are_what_is_made_today():
    stale = [name for name, content in vectors.files().items() if (vectors.FOLDER / name).read_bytes() != content]
    assert stale == [], "run: python -m tests.audit.vectors"


def test_nothing_else_lies_there():
    assert {file.name for file in vectors.FOLDER.iterdir()} == set(vectors.files())


def test_every_answer_is_among_them():
    assert {case["exit"] for case in CASES} == {0, 2, 3}
    assert len({case["name"] for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_verifier_ends_with_the_exit_code_of_the_vector(case, tmp_path, capsys):
    (tmp_path / "b").write_bytes(case["bundle"].encode())
    code = verify.main([str(tmp_path / "b"), "--key", str(vectors.FOLDER / "small.keys")])
    assert code == case["exit"], capsys.readouterr().out
