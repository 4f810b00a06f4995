"""A verifier in JavaScript, written from docs/audit.md alone, judges every vector as ours does."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.audit.vectors import FOLDER

NODE = shutil.which("node") or ""
HERE = Path(__file__).parent

pytestmark = pytest.mark.skipif(not NODE, reason="Node is not installed")


def node(*arguments: object) -> subprocess.CompletedProcess:
    return subprocess.run([NODE, *map(str, arguments)], check=False, capture_output=True, text=True)


@pytest.mark.parametrize("name", ["bundles.json", "more.json", "files.json"])
def test_it_judges_every_vector_as_it_says(name):
    every = len(json.loads((FOLDER / name).read_text(encoding="utf-8")))
    ended = node(HERE / "verify.mjs", "--vectors", FOLDER / name)
    assert (ended.stdout, ended.returncode) == (f"{every} of {every} vectors were judged as they say.\n", 0)


def test_a_vector_that_says_otherwise_is_noticed(tmp_path):
    (case, *_) = json.loads((FOLDER / "bundles.json").read_text(encoding="utf-8"))
    (tmp_path / "one.json").write_text(json.dumps([{**case, "exit": 3}]), encoding="utf-8")
    assert node(HERE / "verify.mjs", "--vectors", tmp_path / "one.json").returncode == 1


def test_the_vectors_that_it_brought_are_those_that_are_made_today(tmp_path):
    assert node(HERE / "more_vectors.mjs", tmp_path / "more.json").returncode == 0
    assert (tmp_path / "more.json").read_bytes() == (FOLDER / "more.json").read_bytes()
