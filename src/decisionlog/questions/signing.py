"""Is the key of a log as it must be, and how far has it signed? For `doctor`."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path

from decisionlog.audit.checkpoints import require_continues
from decisionlog.audit.key_changes import changes_of
from decisionlog.audit.verify import Malformed, Mismatch, read_checkpoint
from decisionlog.domain.answers.standing import Check
from decisionlog.store.log import Log

_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def key(log: Log, file: Path) -> Check:
    """Whether the key is there, is this log's, and is its owner's alone."""
    origin = log.identity.origin or ""
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        remedy = "Name it with --key-file or the setting `key`, or put back its copy; where there is none any more: decisionlog key new"
        return Check("warn", "key", f"none at {file}: no checkpoint can be signed", remedy)
    except (OSError, UnicodeDecodeError) as unreadable:
        return Check(
            "warn", "key", f"{file} cannot be read ({unreadable})", "Give its owner access to it, nobody else."
        )
    from decisionlog.audit.keys import read_signer  # noqa: PLC0415 - the library that signs is loaded where there is a key

    try:
        signer = read_signer(text)
    except Malformed as wrong:
        return Check("fail", "key", f"{file} is not a key ({wrong})", "Put back the copy of it that was kept.")
    if signer.key.name != origin:
        found = f"{file} is the key of {signer.key.name}, and this log is {origin}"
        return Check("fail", "key", found, "One key, one log: name the right one with the setting `key`.")
    changed = next(reversed(changes_of(log)), None)
    if changed and changed.key != signer.key:
        found = f"{file} is of id {signer.key.id.hex()}, and since fact {changed.position:,} the log signs with {changed.key.id.hex()}"
        return Check("fail", "key", found, "Put back the copy of that key; where it is lost: decisionlog key change")
    if file.stat().st_mode & _OTHERS:
        found = f"others on this computer may read {file}, and so sign in the log's name"
        return Check(
            "fail",
            "key",
            found,
            f"chmod 600 {file}; if somebody may have read it: decisionlog key change --compromised",
        )
    return Check("ok", "key", f"{signer.key.name}, id {signer.key.id.hex()}, read by its owner alone")


def checkpoint(log: Log, beside: Path) -> Check:
    """The last checkpoint, whether the log continues it, and how many facts it does not cover."""
    size, last = log.size(), 0
    for where, raw in _kept(log, beside):
        try:
            found = read_checkpoint(raw)
            require_continues(log, found)
        except Malformed as wrong:
            return Check("fail", "checkpoint", f"{where} is none ({wrong})", "Put back the copy of it that was kept.")
        except Mismatch as wrong:
            remedy = (
                "Keep everything as it is, and compare with a backup and with what partners kept: decisionlog verify"
            )
            return Check("fail", "checkpoint", f"{where}: {wrong}", remedy)
        last = max(last, found.size)
    if not last:
        if size <= 1:
            return Check("ok", "checkpoint", "none, and nothing yet to sign")
        remedy = "decisionlog checkpoint, and give it to partners: it shows later that nothing was changed"
        return Check("warn", "checkpoint", "none was signed yet", remedy)
    since = f"{size - last:,} since" if size > last else "none since"
    return Check("ok", "checkpoint", f"the last covers {last:,} facts; {since}")


def _kept(log: Log, beside: Path) -> Iterator[tuple[str, bytes]]:
    """The last checkpoint that the log keeps of itself, and the one beside the key."""
    for kept in log.recorder.checkpoints()[-1:]:
        yield "the last one kept in the log", kept.note
    if beside.is_file():
        yield f"the one in {beside}", beside.read_bytes()
