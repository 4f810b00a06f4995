"""What the figures were measured on: said above them, since they mean little without it."""

from __future__ import annotations

import os
import platform
import subprocess
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from time import perf_counter

from decisionlog.store.sqlite_file import engine

_ROOT = Path(__file__).parent.parent
_LIBRARIES = ("eventsourcing", "SQLAlchemy", "msgspec", "orjson", "pydantic", "click")
_WRITES = 200


def header(folder: Path) -> list[str]:
    """The lines above the figures: program, machine, versions, and how long the disk takes to say that it has kept 4 KB."""
    writes = _fsync_latencies(folder)
    p50, p99 = (writes[len(writes) * share // 100] * 1e3 for share in (50, 99))
    libraries = ", ".join(f"{name} {version(name)}" for name in _LIBRARIES)
    return [
        f"decisionlog {version('decisionlog')}, commit {_commit()}",
        f"{_cpu()}, {os.cpu_count()} CPUs; {platform.system()} {platform.release()}; {_file_system(folder)}",
        f"Python {platform.python_version()}, SQLite {engine.sqlite_version}, {libraries}",
        f"write and fsync of 4 KB: p50 {p50:.2f} ms, p99 {p99:.2f} ms, n = {len(writes)}",
    ]


def forget_peak_memory() -> None:
    """Begin to look for the most memory anew, where the system can."""
    with suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def peak_memory() -> str:
    """The most memory that this process held since then; empty where the system does not say."""
    with suppress(OSError):
        for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
            if line.startswith("VmHWM:"):
                return f"{int(line.split()[1]) / 1024:,.0f} MB"
    return ""


def _fsync_latencies(folder: Path) -> list[float]:
    path, taken = folder / "fsync", []
    with path.open("wb", buffering=0) as file:
        for _ in range(_WRITES):
            begun = perf_counter()
            file.write(bytes(4096))
            os.fsync(file.fileno())
            taken.append(perf_counter() - begun)
    path.unlink()
    return sorted(taken)


def _cpu() -> str:
    with suppress(OSError):
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(": ")[2]
    return platform.processor() or platform.machine()


def _file_system(folder: Path) -> str:
    """The kind of file system on which a folder lies: the deepest mount above it."""
    found = ("", "file system not known")
    with suppress(OSError):
        for line in Path("/proc/self/mounts").read_text(encoding="utf-8").splitlines():
            _, place, kind, *_ = line.split(" ")
            if folder.resolve().is_relative_to(place) and len(place) >= len(found[0]):
                found = (place, kind)
    return found[1]


def _commit() -> str:
    def git(*arguments: str) -> str:
        done = subprocess.run(["git", *arguments], cwd=_ROOT, check=False, capture_output=True, text=True)
        return "" if done.returncode else done.stdout.strip()

    commit = git("rev-parse", "--short", "HEAD")
    if not commit:
        return "none"
    return f"{commit}, with changes" if git("status", "--porcelain") else commit
