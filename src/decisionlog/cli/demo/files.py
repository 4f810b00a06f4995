"""The files of the example place, and the folder into which the tour lays them."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final

from decisionlog.domain.refusals import BadInput
from decisionlog.domain.text import visible

LOG: Final = "decisionlog.db"
SCHEME: Final = "scheme.yaml"
CORRECTION: Final = "correction.jsonl"
MEETINGS: Final = (
    "meetings/2025-05-15-locality-board.yaml",
    "meetings/2025-05-15-place-committee.yaml",
    "meetings/2025-09-18-joint-committee.yaml",
    "meetings/2026-02-20-place-director.yaml",
    "meetings/2026-03-12-locality-board.yaml",
)
"""In the order of what happened."""
_PAPERS: Final = ("urgent-community-response-v1.md", "urgent-community-response-v2.md")
_FILES: Final = (SCHEME, CORRECTION, *MEETINGS, *(f"meetings/papers/{name}" for name in _PAPERS))
_OURS: Final = frozenset({LOG, f"{LOG}-wal", f"{LOG}-shm", *_FILES})


def lay_out(folder: Path, origin: str) -> Path:
    """The place of the new log, with the example's files beside it. Raises `BadInput` where something else is there."""
    from decisionlog.bootstrap import open_log

    log = folder / LOG
    if log.exists():
        with open_log(log) as found:
            there = found.log.identity.origin
        if there != origin:
            msg = f"{log} is a log of its own ({visible(there)}), not a demonstration; it was not touched. Name another folder."
            raise BadInput(msg)
        for name in _OURS:
            (folder / name).unlink(missing_ok=True)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        others = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()} - _OURS
    except OSError as fault:
        msg = f"{folder} cannot be used ({fault.strerror}); nothing was made. Name another folder."
        raise BadInput(msg) from fault
    if others:
        msg = f"{folder} holds other files; nothing was made in it. Name a folder that is new or empty."
        raise BadInput(msg)
    example = _example()
    for name in _FILES:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(example.joinpath(name).read_bytes())
    return log


def _example() -> Traversable:
    """The example as it was installed; in a checkout, as it lies in `examples/`."""
    installed = files("decisionlog.cli.demo").joinpath("northmoor")
    return installed if installed.is_dir() else Path(__file__).parents[4] / "examples" / "northmoor"
