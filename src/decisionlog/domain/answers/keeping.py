"""What `backup` and `restore` answer: what was made, and what must be known of it."""

from __future__ import annotations

from msgspec import Struct


class BackedUp(Struct, frozen=True):
    """A backup: whose, where, and what it holds. It was restored, verified and compared with the log."""

    log: str
    file: str
    position: int
    root: str
    words: int
    """Sealed values that can be opened with it: names and prose in clear."""
    bytes: int
    key: str = ""
    """Where the key lies that signs for this log: it is not in the backup. Empty, where there is none."""
    same_disk: bool = False
    """Whether it lies on the disk that holds the log."""


class Restored(Struct, frozen=True):
    """A log that was made out of a backup, or out of a log as it once was."""

    log: str
    backup: str
    file: str
    position: int
    """The last fact that was restored."""
    root: str
    """The root up to there."""
    words: int
    lost: tuple[str, ...] = ()
    """What was seen of the log and is missing from it, a sentence each."""
    signed_for: bool = False
    """Whether a checkpoint was signed for what is missing: the key that did so signs no other history."""
    recorded: int | None = None
    """The position of the fact that says so, where something is missing."""
    erased: int = 0
    """Sealed values that were erased after the backup was made, and are erased here as well."""
    erasures_unknown: bool = False
    """Whether no log was found here that went on after it, so that what was erased since may be in it again."""
    left_out: int = 0
    """Of a log as it once was: sealed values that were erased later, and are not in it."""
    moved_aside: str = ""
    """Where the log is now that was there before."""
    key: str = ""
    """Where the key lies that signs for it; empty, where there is none."""
    only_to_look_at: bool = False
    """Whether it is a log as it once was, which nobody should go on recording in."""


class Moved(Struct, frozen=True):
    """A log that was made anew at another place."""

    source: str
    target: str
    position: int
    root: str
    words: int
    """Sealed values that can be opened there."""
    key: str = ""
    """The file of the key that signs, which stays where it is; empty where there is none."""


class RolesGiven(Struct, frozen=True):
    """The roles of a log on a server, and the users who were given one."""

    log: str
    recorder: str
    reader: str
    recorders: tuple[str, ...]
    readers: tuple[str, ...]
    replaced: tuple[str, ...] = ()
    """Roles of a former name, which other logs of the server may have too: they may do nothing in this one any more."""
