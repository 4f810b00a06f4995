"""A small disk of its own for a test: to be filled, and to be made readable only."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path


class Disk:
    """A small disk of its own, in memory."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self._ballast = place / "ballast"
        self._mount("-t", "tmpfs", "-o", "size=2m,mode=755", "none")

    def fill(self) -> None:
        with self._ballast.open("ab", buffering=0) as file:
            try:
                while True:
                    file.write(bytes(4096))
            except OSError:
                return

    def leave(self, room: int) -> None:
        """Fill it, but for so many bytes."""
        self._ballast.write_bytes(bytes(shutil.disk_usage(self.place).free - room))

    def empty(self) -> None:
        self._ballast.unlink()

    def only_read(self) -> None:
        self._mount("-o", "remount,ro")

    def write_again(self) -> None:
        self._mount("-o", "remount,rw")

    def unmount(self) -> None:
        subprocess.run(["umount", "-l", self.place], check=True)

    def _mount(self, *arguments: str) -> None:
        subprocess.run(["mount", *arguments, self.place], check=True, capture_output=True)
