"""`export tiles`: the log as static files that any client of transparency logs can mirror."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from decisionlog.cli.exporting import replacing
from decisionlog.cli.keyring import key_file
from decisionlog.cli.options import Reading
from decisionlog.cli.printing import Progress, note
from decisionlog.cli.proving import covering
from decisionlog.domain.refusals import BadInput, NotSound, Unusable
from decisionlog.render.words import counted

if TYPE_CHECKING:
    from decisionlog.audit.verify import Checkpoint
    from decisionlog.store.log import Log

_CHECKPOINT = "checkpoint"


def export_tiles(reading: Reading, folder: Path, *, hashes_only: bool) -> None:
    """Write the tiles that a folder lacks, then the checkpoint that they are of.

    Raises `NotSound` where the folder holds the tiles of a log that this one does not continue.
    """
    from decisionlog.audit.verify import read_checkpoint

    with reading.alone() as log:
        text = covering(log, log.size(), key_file(reading.run, reading.log))
        checkpoint = read_checkpoint(text)
        before = _before(log, folder)
        try:
            written = _write(log, folder, checkpoint.size, before, hashes_only=hashes_only)
        except OSError as fault:
            msg = f"{folder} could not be written ({fault.strerror})."
            raise Unusable(msg) from fault
        with replacing(folder / _CHECKPOINT) as target:
            target.write(text)
    note(
        f"Wrote {counted(written, 'file')} to {folder}: {counted(checkpoint.size, 'fact')}, root {checkpoint.root.hex()}."
    )


def _before(log: Log, folder: Path) -> int:
    """How many facts the folder had before."""
    from decisionlog.audit.checkpoints import require_continues
    from decisionlog.audit.verify import Mismatch
    from decisionlog.cli.keyring import checkpoint_in

    if folder.is_file():
        msg = f"{folder} is a file; tiles go into a folder. Nothing was written."
        raise BadInput(msg)
    if not folder.is_dir() or not any(folder.iterdir()):
        return 0
    if not (folder / _CHECKPOINT).is_file():
        msg = f"{folder} holds other files; nothing was written. Name a folder that is new, or has tiles of this log."
        raise BadInput(msg)
    there: Checkpoint = checkpoint_in(folder / _CHECKPOINT)
    try:
        require_continues(log, there)
    except Mismatch as wrong:
        msg = f"{folder} has the tiles of a log that this one does not continue ({wrong}). Nothing was written."
        raise NotSound(msg) from wrong
    return there.size


def _write(log: Log, folder: Path, size: int, before: int, *, hashes_only: bool) -> int:
    from decisionlog.audit.tiles import TooLong, bundle, bundles_of, hashes_of, tiles_of

    had = set(tiles_of(before))
    written = 0
    with Progress("Writing facts", size) as progress:
        if not hashes_only:
            have = {path for path, _, _ in bundles_of(before)}
            for path, start, end in bundles_of(size):
                if path in have and (folder / path).is_file():
                    continue
                try:
                    content = bundle(start + 1, (line.state for line in log.lines(start, end)))
                except TooLong as too_long:
                    msg = f"Not all of it can be tiles: {too_long}. --hashes-only writes the tree without the facts."
                    raise BadInput(msg) from too_long
                _put(folder / path, content)
                written += 1
                progress(end)
        for tile in tiles_of(size):
            if tile not in had or not (folder / tile.path).is_file():
                _put(folder / tile.path, hashes_of(tile, log.recorder.nodes))
                written += 1
    return written


def _put(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with replacing(file) as target:
        target.write(content)
