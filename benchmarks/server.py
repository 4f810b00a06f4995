"""A PostgreSQL server of one's own, with the settings that it ships with: what is committed is on the disk."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from tests.servers import Cluster


@contextmanager
def own_server() -> Iterator[Cluster]:
    """A server for the length of a `with`."""
    cluster = Cluster.anew({"max_connections": "200"}).make().start()
    try:
        yield cluster
    finally:
        cluster.stop()
        cluster.remove()
