"""Programs that follow the log, each in one of the ways there are: they do something for each fact, then note how far they are.

What they did is a line a fact; where they are is a position, put in the place of the last one. Killed in between, they do
something twice, and can tell by the position.
"""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from decisionlog.bootstrap import open_log
from decisionlog.questions.entries import following

PATH, STREAM = "/v1/facts", "text/event-stream"
WAYS = ("shell", "pages", "stream")
_SECONDS = 20


class Done(NamedTuple):
    """What was done for one fact."""

    position: int
    hash: str


def consume(way: str, source: str, folder: str) -> None:
    """Go on from where it was, until killed."""
    kept = Kept(Path(folder))
    for position, hash_ in {"shell": _followed, "pages": _asked, "stream": _streamed}[way](source, kept.position()):
        kept.do(position, hash_)


class Kept:
    """What a consumer keeps in its folder."""

    def __init__(self, folder: Path) -> None:
        self._done = folder / "done"
        self._position = folder / "position"

    def position(self) -> int:
        """How far it is."""
        return int(self._position.read_text(encoding="ascii")) if self._position.exists() else 0

    def do(self, position: int, hash_: str) -> None:
        """Do something, then note that it is done."""
        with self._done.open("a", encoding="ascii") as file:
            file.write(f"{position} {hash_}\n")
        new = self._position.with_suffix(".new")
        new.write_text(str(position), encoding="ascii")
        new.replace(self._position)

    def done(self) -> list[Done]:
        """Everything that was done, in its order; a line that was cut off is not."""
        whole = self._done.read_text(encoding="ascii").split("\n")[:-1] if self._done.exists() else []
        return [Done(int(position), hash_) for position, _, hash_ in (line.partition(" ") for line in whole)]


def _followed(source: str, after: int) -> Iterator[Done]:
    """As `log --follow` does."""
    with open_log(Path(source)) as opened:
        for portion in following(opened.log, after, seconds=1):
            for entry in portion:
                yield Done(entry.position, entry.hash)


def _asked(source: str, after: int) -> Iterator[Done]:
    connection, next_one = http.client.HTTPConnection(source, timeout=_SECONDS), f"{PATH}?after={after}&limit=7"
    while True:
        connection.request("GET", f"{next_one}&wait=10")
        response = connection.getresponse()
        page = json.loads(response.read())
        yield from (Done(item["position"], item["hash"]) for item in page["items"])
        next_one = response.headers["Link"].partition("<")[2].partition(">")[0]


def _streamed(source: str, after: int) -> Iterator[Done]:
    connection = http.client.HTTPConnection(source, timeout=_SECONDS)
    connection.request("GET", PATH, headers={"Accept": STREAM, "Last-Event-ID": str(after)})
    for line in connection.getresponse():
        if line.startswith(b"data: "):
            item = json.loads(line.removeprefix(b"data: "))
            yield Done(item["position"], item["hash"])
