"""What every test gets: a folder and an environment of its own, and examples that are the same on every run."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "ci", derandomize=True, database=None, deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("deep", settings.get_profile("ci"), derandomize=False, max_examples=5_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))

# A shell ignores the interrupt of what it runs in the background, and programs inherit that: Ctrl-C would do nothing.
signal.signal(signal.SIGINT, signal.default_int_handler)

OURS = "DECISIONLOG_TEST_"
"""Variables that speak to the tests and not to the program."""
ELSEWHERE = ("EDITOR", "VISUAL", "PAGER", "NO_COLOR", "FORCE_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLUMNS", "LINES")


RUN = "DECISIONLOG_TEST_RUN"

pytest_plugins = ["tests.browser"]


def pytest_configure(config: pytest.Config) -> None:
    """One name for the run, in all its processes: they share a server."""
    os.environ.setdefault(RUN, str(os.getpid()))


def pytest_unconfigure(config: pytest.Config) -> None:
    """The process that began the run stops its server."""
    if os.environ.get(RUN) == str(os.getpid()):
        from tests import servers

        servers.end_run()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--approve", action="store_true", help="Rewrite the transcripts with what the program prints now.")


@pytest.fixture
def approve(request: pytest.FixtureRequest) -> bool:
    """Whether what is printed now is to become what is expected."""
    return bool(request.config.getoption("--approve"))


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    """No test leaves a connection behind."""
    yield
    if servers := sys.modules.get("tests.servers"):
        servers.close_all()


@pytest.fixture(autouse=True)
def _alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test sees the log, the settings or the habits of whoever runs it."""
    for name in os.environ:
        if (name.startswith("DECISIONLOG_") and not name.startswith(OURS)) or name in ELSEWHERE:
            monkeypatch.delenv(name)
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / ".config"))
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
