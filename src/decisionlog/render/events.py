"""Facts as CloudEvents 1.0 in JSON, for programs that take events from many places (cloudevents.io).

| attribute | is |
|---|---|
| `source` | the origin of the log, which never changes |
| `id` | the position of the fact; with `source` it names this fact for ever, so that a repeat can be told |
| `sequence` | the position with leading zeros, so that it sorts as text does (the extension of that name) |
| `type` | `decisionlog.` and the type of the fact; `decisionlog.withheld` for one that is not shown |
| `subject` | the stream: what it is about |
| `time` | when it was recorded |
| `leafhash` | the hash of its leaf in the tree, for proofs (an extension of our own) |
| `data` | the fact: the very bytes that are stored and hashed |
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final
from urllib.parse import quote

import msgspec
import orjson

from decisionlog.domain.answers.standing import Entry

EVENT: Final = "application/cloudevents+json"
BATCH: Final = "application/cloudevents-batch+json"
_DIGITS: Final = 15
"""Of a position in `sequence`: as many as a number of JSON holds exactly."""
_OF_A_URI: Final = "/:@!$&'()*+,;=-._~"


class _Envelope(msgspec.Struct):
    """What an event says of a fact beside the fact itself; a fact that is withheld says nothing of itself."""

    type: str = "withheld"
    stream: str | None = None
    recorded_at: str | None = None


_read: Final = msgspec.json.Decoder(_Envelope).decode


def event(origin: str, entry: Entry) -> bytes:
    """One fact as an event."""
    fact = _read(entry.line)
    said: dict[str, Any] = {
        "specversion": "1.0",
        "id": str(entry.position),
        "source": quote(origin, safe=_OF_A_URI),
        "type": f"decisionlog.{fact.type}",
        "sequence": f"{entry.position:0{_DIGITS}}",
        "leafhash": entry.hash,
        "datacontenttype": "application/json",
    }
    if fact.stream is not None:
        said["subject"] = fact.stream
    if fact.recorded_at is not None:
        said["time"] = fact.recorded_at
    return orjson.dumps(said)[:-1] + b',"data":' + entry.line + b"}"


def event_lines(origin: str, entries: Iterable[Entry]) -> Iterator[bytes]:
    """Each fact as an event on a line of its own."""
    return (event(origin, entry) + b"\n" for entry in entries)


def event_batch(origin: str, entries: Iterable[Entry]) -> bytes:
    """Facts as one batch of events: a JSON array."""
    return b"[" + b",\n".join(event(origin, entry) for entry in entries) + b"]\n"
