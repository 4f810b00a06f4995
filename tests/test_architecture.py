"""What the tree promises: imports that only point down, files that fit in a head, help that is quick."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest
from importlinter import cli as import_linter

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "decisionlog"
FILES = sorted(SOURCE.rglob("*.py"))
MOST_LINES = 400
COPIED_OUT = SOURCE / "audit" / "verify.py"
"""One file on purpose: whoever verifies takes it along."""
HEAVY = {"eventsourcing", "msgspec", "pydantic", "pydantic_core", "rich", "sqlalchemy"}


def test_the_import_contracts_are_kept(monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    broken = import_linter.lint_imports(no_cache=True, no_logo=True)
    assert not broken, capsys.readouterr().out


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(SOURCE)))
def test_a_file_fits_in_a_head(file):
    lines = len(file.read_text(encoding="utf-8").splitlines())
    assert lines < MOST_LINES or file == COPIED_OUT, f"{file} has {lines} lines; split it by what changes together"


def test_every_folder_of_the_source_is_a_package():
    folders = {file.parent for file in FILES}
    assert [folder for folder in folders if not (folder / "__init__.py").exists()] == []


def test_help_imports_nothing_heavy():
    printed = _run("import sys, decisionlog.cli.main; print(*sorted(name.partition('.')[0] for name in sys.modules))")
    imported = set(printed.split())
    assert "click" in imported
    assert imported & HEAVY == set()


def test_the_verifier_needs_only_the_standard_library():
    verifier = SOURCE / "audit" / "verify.py"
    imported = {
        name.partition(".")[0]
        for node in ast.walk(ast.parse(verifier.read_text(encoding="utf-8")))
        for name in _imported(node)
    }
    assert "hashlib" in imported
    assert imported - set(sys.stdlib_module_names) == set()


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return ["decisionlog"] if node.level else [node.module or ""]
    return []


def _run(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
