from __future__ import annotations

import json

import pytest

from decisionlog.audit import verify
from tests.audit import vectors

BUNDLES, MORE, FILES = (
    json.loads((vectors.FOLDER / f"{name}.json").read_text(encoding="utf-8")) for name in ("bundles", "more", "files")
)
CASES = BUNDLES + MORE


def test_the_vectors_are_what_is_made_today():
    stale = [name for name, content in vectors.files().items() if (vectors.FOLDER / name).read_bytes() != content]
    assert stale == [], "run: python -m tests.audit.vectors"


def test_nothing_else_lies_there():
    assert {file.name for file in vectors.FOLDER.iterdir()} == {*vectors.files(), "more.json"}


def test_every_answer_is_among_them():
    assert {case["exit"] for case in CASES} == {0, 2, 3}
    assert len({case["name"] for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_verifier_ends_with_the_exit_code_of_the_vector(case, tmp_path, capsys):
    (tmp_path / "b").write_bytes(case["bundle"].encode())
    code = verify.main([str(tmp_path / "b"), "--key", str(vectors.FOLDER / "small.keys")])
    assert code == case["exit"], capsys.readouterr().out


@pytest.mark.parametrize("case", FILES, ids=lambda case: case["name"])
def test_a_verifier_ends_so_with_what_is_given_beside_the_file(case, tmp_path, capsys):
    given = [part for key in case["keys"] for part in ("--key", key)]
    for name in case.keys() & {"checkpoint", "fact"}:
        (tmp_path / name).write_bytes(case[name].encode())
        given += [f"--{name}", str(tmp_path / name)]
    (tmp_path / "file").write_bytes(case["file"].encode())
    code, told = verify.main([str(tmp_path / "file"), *given]), capsys.readouterr().out
    assert code == case["exit"], told
    assert any(line.startswith(case["word"]) for line in told.splitlines()), told
