"""What becomes of an attempt to change what is recorded, and how it is found where somebody succeeds."""

from __future__ import annotations

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Final

from decisionlog.cli.printing import page, print_lines, say

_ATTEMPTS: Final = {
    "UPDATE": "UPDATE stored_events SET state = 'something else' WHERE rowid = 30",
    "DELETE": "DELETE FROM stored_events WHERE rowid = 30",
}
_FLIPPED: Final = 30


def try_to_tamper(log: Path) -> None:
    """Try on a copy of the file to change a fact, and to take one out."""
    from decisionlog.store.sqlite_file import engine

    say("Nothing recorded is ever changed or taken out. Tried on a copy of the file:")
    with TemporaryDirectory(prefix=".tampered-", dir=log.parent) as place:
        copy = Path(shutil.copy(log, place))
        connection = engine.connect(str(copy))
        for what, statement in _ATTEMPTS.items():
            try:
                connection.execute(statement)
                answer = "was obeyed, which must never happen"
            except engine.DatabaseError as refusal:
                answer = f"refused: {refusal}"
            print_lines(page().entry(what, [answer], label_width=8))
        connection.close()


def prove(log: Path) -> None:
    """Recompute the root from the exported bytes alone, and again with one bit of one fact changed."""
    from decisionlog.audit.verify import root_of
    from decisionlog.bootstrap import open_log
    from decisionlog.store.transfer import export_lines

    with open_log(log) as found:
        lines = list(export_lines(found.log))
        by_the_log = found.log.root(len(lines)).hex()
    root = root_of(lines)
    print_lines([""])
    say(f"The root of the exported bytes, recomputed with SHA-256 alone, is {root.hex()}.")
    say(
        "SOUND: it is the root that the log gives."
        if root.hex() == by_the_log
        else f"NOT SOUND: the log gives {by_the_log}."
    )
    started = perf_counter()
    fact = bytearray(lines[_FLIPPED - 1])
    fact[len(fact) // 2] ^= 1
    altered = root_of([*lines[: _FLIPPED - 1], bytes(fact), *lines[_FLIPPED:]])
    verdict = "NOT SOUND" if altered != root else "SOUND, which must never happen"
    took = (perf_counter() - started) * 1000
    say(f"One bit of fact {_FLIPPED} flipped in a copy: {verdict}, root {altered.hex()[:16]}... ({took:.0f} ms)")
    print_lines([""])
