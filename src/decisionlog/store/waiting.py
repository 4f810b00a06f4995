"""Waiting until a log holds more than somebody has seen.

A store that cannot tell by itself is asked again and again: its size is one look at the end of an index.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from decisionlog.domain.refusals import Unusable

_SOON: Final = 0.02
"""Seconds before the second look; each wait after it is longer, up to the longest."""
_LONGEST: Final = 0.2
_LONGER: Final = 1.5

File = tuple[int, int]
"""A file by what stays when another takes its name: the device and the number on it."""


def until_more(size: Callable[[], int], after: int, seconds: float) -> bool:
    """Whether a log comes to hold more than `after` facts within so many seconds."""
    ends, pause = time.monotonic() + seconds, _SOON
    while size() <= after:
        left = ends - time.monotonic()
        if left <= 0:
            return False
        time.sleep(min(pause, left))
        pause = min(pause * _LONGER, _LONGEST)
    return True


def file_at(path: Path) -> File | None:
    """The file of that name; none, where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def require_same_file(path: Path, file: File | None, after: int) -> None:
    """Refuse to wait for more in a file that has lost its name, since nobody can write to it. Raises `Unusable`."""
    if file_at(path) != file:
        msg = (
            f"{path} was moved, removed or replaced while it was followed. Facts 1 to {after} were read; "
            f"begin again after them, with a log that continues this one."
        )
        raise Unusable(msg)
