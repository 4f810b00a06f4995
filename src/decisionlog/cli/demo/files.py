"""The files of the example place, and the folder into which the tour lays them."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final

from decisionlog.domain.refusals import BadInput
from decisionlog.domain.text import visible

LOG: Final = "decisionlog.db"
KEY: Final = "decisionlog.key"
CHECKPOINT: Final = "decisionlog.checkpoint"
SCHEME: Final = "scheme.yaml"
CORRECTION: Final = "correction.jsonl"
LEADERS: Final = "leaders.jsonl"
_STORY: Final = "README.md"
_LOGS: Final = frozenset({LOG, f"{LOG}-wal", f"{LOG}-shm", KEY, CHECKPOINT})


def meetings(folder: Path) -> list[Path]:
    """The files of what happened at meetings and between them that were laid into a folder, in the order of the days."""
    return sorted(folder.glob("meetings/*.yaml"))


def lay_out(folder: Path, origin: str) -> Path:
    """The place of the new log, with the example's files beside it. Raises `BadInput` where something else is there."""
    from decisionlog.bootstrap import open_log

    log = folder / LOG
    example = {name: file for name, file in _within(_example()) if name != _STORY}
    ours = _LOGS | example.keys()
    if log.exists():
        with open_log(log) as found:
            there = found.log.identity.origin
        if there != origin:
            msg = f"{log} is a log of its own ({visible(there)}), not a demonstration; it was not touched. Name another folder."
            raise BadInput(msg)
        for name in ours:
            (folder / name).unlink(missing_ok=True)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        others = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()} - ours
    except OSError as fault:
        msg = f"{folder} cannot be used ({fault.strerror}); nothing was made. Name another folder."
        raise BadInput(msg) from fault
    if others:
        msg = f"{folder} holds other files; nothing was made in it. Name a folder that is new or empty."
        raise BadInput(msg)
    for name, file in example.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(file.read_bytes())
    return log


def _example() -> Traversable:
    """The example as it was installed; in a checkout, as it lies in `examples/`."""
    installed = files("decisionlog.cli.demo").joinpath("northmoor")
    return installed if installed.is_dir() else Path(__file__).parents[4] / "examples" / "northmoor"


def _within(folder: Traversable, above: str = "") -> Iterator[tuple[str, Traversable]]:
    """Every file of a folder and of those in it, by its name from there."""
    for each in folder.iterdir():
        if each.is_dir():
            yield from _within(each, f"{above}{each.name}/")
        else:
            yield above + each.name, each
