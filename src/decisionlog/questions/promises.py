"""What the program promises of a log, and which of the things that `doctor` looked at each promise rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from decisionlog.domain.answers.standing import Check, Promise

_PROMISES: Final[Mapping[str, str]] = {
    "What is said to be recorded survives a crash and a power cut.": "SQLite, PostgreSQL, durability, place",
    "A batch is recorded whole or not at all.": "durability, database, tree",
    "The same request again gives the first answer, never a second fact.": "contents",
    "Of two who act at once one wins, and the other is told.": "append-only, SQLite, PostgreSQL",
    "Any change to what was recorded is found by whoever kept a checkpoint.": "append-only, tree, unchanged, key, checkpoint, witnesses",
    "A disk that is full, locked or read-only loses nothing.": "space, permission",
    "Everything shown can be built again from the facts.": "facts, read models",
    "Facts of every earlier version stay readable.": "types, facts",
    "A backup was restored and verified before it was called one.": "backup",
    "The order of facts is the log's, not the clock's.": "clock, tree",
}
_WORST: Final = ("fail", "warn", "ok")


def promises(checks: Sequence[Check]) -> tuple[Promise, ...]:
    """Each promise, with the worst of what it rests on; none that rests on nothing that was looked at."""
    states: dict[str, list[str]] = {}
    for check in checks:
        states.setdefault("read models" if check.name.startswith("read model") else check.name, []).append(check.state)
    resting = (
        (promise, [name for name in names.split(", ") if name in states]) for promise, names in _PROMISES.items()
    )
    return tuple(_judged(promise, tuple(names), states) for promise, names in resting if names)


def _judged(promise: str, rests_on: tuple[str, ...], states: Mapping[str, Sequence[str]]) -> Promise:
    found = {state for name in rests_on for state in states[name]}
    return Promise(next(state for state in _WORST if state in found), promise, rests_on)
