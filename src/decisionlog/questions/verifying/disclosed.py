"""What was opened of a log, in a vault's file or a disclosure, held against an export, exempt facts and all."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import orjson

from decisionlog.audit.verify import leaf_hash
from decisionlog.domain.answers.proving import Fault
from decisionlog.domain.refusals import BadInput
from decisionlog.store.codec import commitment

_PRIVATE = '"$private":"'
_WITHHELD = b'{"$withheld":"'
_DIGEST = 43
"""Letters of a commitment."""


class Noticed:
    """What an export lets one open: the commitments of each fact, and the hashes of the facts that it withholds."""

    def __init__(self) -> None:
        self.sealed: dict[int, set[str]] = {}
        self.withheld: dict[int, str] = {}

    def take(self, position: int, line: bytes) -> None:
        """Notice what can be opened in one line."""
        if line.startswith(_WITHHELD):
            self.withheld[position] = line[len(_WITHHELD) :].partition(b'"')[0].decode(errors="replace")
        elif found := {part[:_DIGEST] for part in line.decode(errors="replace").split(_PRIVATE)[1:]}:
            self.sealed[position] = found


def opened_in(lines: Iterable[bytes], noticed: Noticed) -> tuple[int, int, list[Fault]]:
    """How many values, and how many withheld facts, these lines open; and which of them open nothing.

    Raises `BadInput` for a line that is neither `{"position", "private", "salt", "value"}` nor `{"line", "position"}`.
    """
    values, facts, faults = 0, 0, []
    for number, line in enumerate(lines, start=1):
        one = _read(number, line)
        if "line" in one:
            wrong, facts = _disclosed(one, noticed), facts + 1
        else:
            wrong, values = _opened(one, noticed), values + 1
        if wrong:
            faults.append(Fault(f"Line {number} of the vault file {wrong}.", one["position"]))
            values, facts = (values, facts - 1) if "line" in one else (values - 1, facts)
    return values, facts, faults


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
        return "is not the fact that is withheld here"
    noticed.take(position, line)
    return ""


def _opened(one: dict[str, Any], noticed: Noticed) -> str:
    """Why this opens nothing."""
    try:
        true = commitment(one["salt"], one["value"]) == one["private"]
    except TypeError:
        true = False
    if not true:
        return "does not open the commitment that it names"
    return "" if one["private"] in noticed.sealed.get(one["position"], ()) else "opens nothing in this fact"
