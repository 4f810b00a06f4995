"""What was opened of a log, in a vault's file or a disclosure, held against an export, exempt facts and all."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

import orjson

from decisionlog.audit.verify import leaf_hash
from decisionlog.domain.answers.proving import Fault
from decisionlog.domain.refusals import BadInput
from decisionlog.store.codec import commitment

_PRIVATE = '"$private":"'
_WITHHELD = b'{"$withheld":"'
_OF_NOTHING = "belongs to another place (it opens nothing in this fact)"
_DIGEST = 43
"""Letters of a commitment."""


class Noticed:
    """What an export lets one open: the commitments of each fact, and the hashes of the facts that it withholds."""

    def __init__(self) -> None:
        self.sealed: dict[int, set[str]] = {}
        self.withheld: dict[int, str] = {}
        self.shown: set[int] = set()
        """Withheld facts that were disclosed whole."""

    def take(self, position: int, line: bytes) -> None:
        """Notice what can be opened in one line."""
        if line.startswith(_WITHHELD):
            self.withheld[position] = line[len(_WITHHELD) :].partition(b'"')[0].decode(errors="replace")
        elif found := {part[:_DIGEST] for part in line.decode(errors="replace").split(_PRIVATE)[1:]}:
            self.sealed[position] = found


class Opened(NamedTuple):
    """What the lines of a vault's file or a disclosure open."""

    values: int
    facts: int
    """Facts that the export withholds, and that are there whole."""
    unchecked: int
    """Values of facts that the export withholds, and that are not there whole: nothing shows that they stand there."""
    faults: list[Fault]


def opened_in(lines: Iterable[bytes], noticed: Noticed) -> Opened:
    """How many values, and how many withheld facts, these lines open; and which of them open nothing.

    Raises `BadInput` for a line that is neither `{"position", "private", "salt", "value"}` nor `{"line", "position"}`.
    """
    values, facts, unchecked, faults = 0, 0, 0, list[Fault]()
    for number, line in enumerate(lines, start=1):
        one = _read(number, line)
        position = one["position"]
        wrong = _disclosed(one, noticed) if "line" in one else _opened(one, noticed)
        if wrong == _OF_NOTHING and position in noticed.withheld and position not in noticed.shown:
            unchecked += 1
        elif wrong:
            faults.append(Fault(f"Line {number} of the vault file {wrong}.", position))
        elif "line" in one:
            facts += 1
        else:
            values += 1
    return Opened(values, facts, unchecked, faults)


def _read(number: int, line: bytes) -> dict[str, Any]:
    try:
        one = orjson.loads(line)
    except orjson.JSONDecodeError:
        one = None
    opens = isinstance(one, dict) and isinstance(one.get("position"), int)
    if opens and (one.keys() == {"position", "private", "salt", "value"} or _is_fact(one)):
        return dict(one)
    msg = f"Line {number} of the vault file is not an opening."
    raise BadInput(msg)


def _is_fact(one: dict[str, Any]) -> bool:
    return one.keys() == {"line", "position"} and isinstance(one["line"], str)


def _disclosed(one: dict[str, Any], noticed: Noticed) -> str:
    """Why this is not the fact that is withheld at its position; what is sealed in it can be opened from now on."""
    position, line = one["position"], one["line"].encode(errors="replace")
    if noticed.withheld.get(position) != leaf_hash(line).hex():
        return "says another thing (it is not the fact that is withheld here)"
    noticed.take(position, line)
    noticed.shown.add(position)
    return ""


def _opened(one: dict[str, Any], noticed: Noticed) -> str:
    """Why this opens nothing."""
    try:
        true = commitment(one["salt"], one["value"]) == one["private"]
    except TypeError:
        true = False
    if not true:
        return "is not what was recorded (it does not open the commitment that it names)"
    return "" if one["private"] in noticed.sealed.get(one["position"], ()) else _OF_NOTHING
