"""What is built and what it needs: one version, one front door, licences that a hospital and a council can accept."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from importlib.metadata import distribution, version
from pathlib import Path
from zipfile import ZipFile

import pytest
from packaging.requirements import Requirement

import decisionlog

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


def tracked() -> list[Path]:
    """The project's own text files: what git keeps, or would keep."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )
    if listed.returncode:
        pytest.skip("not a git checkout, so there is no list of the project's own files")
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def text_of(file: Path) -> str:
    return file.read_bytes().decode("utf-8", errors="replace")


def runtime_needs() -> set[str]:
    """Every package that comes with the program, however far down."""
    found: set[str] = set()
    waiting = [Requirement(need) for need in PROJECT["project"]["dependencies"]]
    while waiting:
        need = waiting.pop()
        extras = need.extras or {""}
        wanted = need.marker is None or any(need.marker.evaluate({"extra": extra}) for extra in extras)
        if wanted and need.name.lower() not in found:
            found.add(need.name.lower())
            for line in distribution(need.name).requires or []:
                inner = Requirement(line)
                if inner.marker is None or any(inner.marker.evaluate({"extra": extra}) for extra in extras):
                    waiting.append(Requirement(line.partition(";")[0]))
    return found


def test_the_version_stands_in_one_place():
    assert "version" not in PROJECT["project"]
    assert version("decisionlog") == decisionlog.__version__
    number = re.escape(decisionlog.__version__)
    assigned = re.compile(rf"""version_*["']?\s*[:=]\s*["']{number}["']""", re.IGNORECASE)
    places = [str(file.relative_to(ROOT)) for file in tracked() if assigned.search(text_of(file))]
    assert places == ["src/decisionlog/__init__.py"]


def test_the_commands_of_the_readme_are_targets_of_the_makefile():
    readme = text_of(ROOT / "README.md")
    shown = re.findall(r"^\$ make ([a-z-]+)", readme, re.MULTILINE)
    assert shown == ["demo", "test"]
    for target in shown:
        assert re.search(rf"^{target}: \$\(STAMP\) ## ", MAKEFILE, re.MULTILINE)


def test_ci_goes_through_the_front_door():
    commands = [line for line in text_of(ROOT / ".ci" / "run").splitlines() if line and not line.startswith("#")]
    assert commands[0] == "set -euo pipefail"
    assert commands[-1] == "make check"
    recipe = MAKEFILE.partition("\ncheck:")[2].partition("\n\n")[0]
    assert recipe.splitlines()[-1] == "\t$(MAKE) test"


def test_no_file_names_a_package_index():
    hosts = ["py" + "pi.org", "python" + "hosted.org", "index" + "-url", "find" + "-links", "trusted" + "-host"]
    named = {
        (str(file.relative_to(ROOT)), host) for file in tracked() for host in hosts if host in text_of(file).lower()
    }
    assert named == set()


def test_every_package_is_pinned():
    pinned = set()
    for line in text_of(ROOT / "constraints.txt").splitlines():
        if not line.startswith("#"):
            pin = re.fullmatch(r"([\w.-]+)==[\w.]+", line)
            assert pin, f"{line} is not a plain pin"
            pinned.add(pin[1].lower().replace("_", "-"))
    extras = PROJECT["project"]["optional-dependencies"].values()
    wanted = {Requirement(need).name.lower() for extra in extras for need in extra} | runtime_needs()
    assert {name.replace("_", "-") for name in wanted} - pinned == set()


def test_what_comes_with_the_program_is_not_under_the_gpl():
    needs = runtime_needs()
    assert "eventsourcing" in needs
    assert "pymerkle" not in needs
    under_it = []
    for need in needs:
        said = distribution(need).metadata
        licences = [said["License-Expression"], *(said.get_all("Classifier") or [])]
        if any(re.search(r"(?<!L)GPL", licence or "") for licence in licences):
            under_it.append(need)
    assert under_it == []


def test_the_wheel_holds_the_program_and_nothing_else(tmp_path):
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    built = set(ZipFile(wheel).namelist())
    source = ROOT / "src"
    wanted = {
        file.relative_to(source).as_posix()
        for file in (source / "decisionlog").rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    }
    example = {
        f"decisionlog/cli/demo/northmoor/{file.relative_to(ROOT / 'examples' / 'northmoor').as_posix()}"
        for file in (ROOT / "examples" / "northmoor").rglob("*")
        if file.is_file()
    }
    assert {name for name in built if ".dist-info/" not in name} == wanted | example
    assert any(name.endswith("/licenses/LICENSE") for name in built)
