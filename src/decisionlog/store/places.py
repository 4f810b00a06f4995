"""Where a log may lie: not where two computers would write one file unseen."""

from __future__ import annotations

import sys
from pathlib import Path

from decisionlog.domain.refusals import Unusable

_NETWORK_FILE_SYSTEMS = frozenset(
    "nfs nfs4 cifs smb2 smb3 smbfs afs ncpfs ceph glusterfs lustre davfs fuse.sshfs fuse.rclone fuse.davfs2 "
    "fuse.s3fs fuse.glusterfs fuse.gvfsd-fuse fuse.onedriver vboxsf prl_fs".split()
)
_SYNCHRONISED_FOLDERS = (
    "dropbox",
    "onedrive",
    "google drive",
    "googledrive",
    "my drive",
    "icloud drive",
    "mobile documents",
    "nextcloud",
    "owncloud",
    "box sync",
    "syncthing",
)
_SYNCHRONISING_MARKS = (".dropbox", ".stfolder", ".sync", ".owncloudsync.log")


def require_local_folder(path: Path, *, mounts: str | None = None) -> None:
    """Refuse a folder that is synchronised or on a network, where two computers would write one file unseen."""
    folder = path.resolve().parent
    wrong = _synchronised(folder) or _on_network(folder, mounts)
    if wrong:
        msg = (
            f"{path} is {wrong}, where a log can be damaged without anyone noticing. Nothing was done. "
            "Keep the log on a local disk and back it up there, or share it through PostgreSQL."
        )
        raise Unusable(msg)


def _synchronised(folder: Path) -> str:
    for part in (folder, *folder.parents):
        if part.name.lower().startswith(_SYNCHRONISED_FOLDERS):
            return f"in a synchronised folder ({part.name})"
        if any((part / mark).exists() for mark in _SYNCHRONISING_MARKS):
            return f"in a folder that a program synchronises ({part})"
    return ""


def _on_network(folder: Path, mounts: str | None) -> str:
    if str(folder).startswith(("\\\\", "//")):
        return "on a network drive"
    if mounts is None:
        if not sys.platform.startswith("linux"):
            return ""
        try:
            mounts = Path("/proc/self/mounts").read_text(encoding="utf-8", errors="surrogateescape")
        except OSError:
            return ""
    best = ("", "")
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        place, kind = fields[1].replace("\\040", " "), fields[2]
        inside = folder == Path(place) or Path(place) in folder.parents
        if inside and len(place) >= len(best[0]):
            best = (place, kind)
    return f"on a network drive ({best[1]} at {best[0]})" if best[1] in _NETWORK_FILE_SYSTEMS else ""
