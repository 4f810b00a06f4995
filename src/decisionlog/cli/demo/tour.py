"""`demo`: build a small log of a made-up place, ask it, correct it, and try to tamper with it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from shlex import quote
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TYPE_CHECKING, Final

import click

from decisionlog.cli.opening import now
from decisionlog.cli.options import examples
from decisionlog.cli.printing import page, print_lines, say, say_next
from decisionlog.domain.refusals import BadInput
from decisionlog.domain.text import visible
from decisionlog.render.words import counted

if TYPE_CHECKING:
    from decisionlog.bootstrap import OpenLog
    from decisionlog.domain.answers import WhoDecided
    from decisionlog.store.batch import Receipt

ORIGIN: Final = "demo.example/northmoor"
"""What marks a log as a demonstration, which may be built again."""

_BY: Final = "secretariat-1"
_LOG: Final = "decisionlog.db"
_FACTS: Final = "northmoor.jsonl"
_CORRECTION: Final = "correction.jsonl"
_OURS: Final = frozenset({_LOG, f"{_LOG}-wal", f"{_LOG}-shm", _FACTS, _CORRECTION})
_DECISION: Final = "NLB/24-25/031"
_ATTEMPTS: Final = {
    "UPDATE": "UPDATE stored_events SET state = 'something else' WHERE rowid = 30",
    "DELETE": "DELETE FROM stored_events WHERE rowid = 30",
}
_FLIPPED: Final = 30


@click.command(epilog=examples("demo", "demo /tmp/tour"))
@click.argument("folder", metavar="[DIR]", type=click.Path(path_type=Path), default=Path("demo"))
def demo(folder: Path) -> None:
    """Build a small example log and tour it.

    It goes into DIR, ./demo if that is left out; a demonstration that is there already is built again, and no other
    log is ever touched.
    """
    log = _prepare(folder)
    with _made(log) as made:
        known_before = _record(made, folder / _FACTS).last
        _introduce(made, log, known_before)
        _correct(made, log, folder / _CORRECTION, known_before)
        lines, root, by_the_log = _exported(made)
    _try_to_tamper(log)
    _prove(lines, root, by_the_log)
    flag = f"--log {quote(str(log))}"
    say_next(f"who decided NLB/24-25/P14 {flag}", f"show SORD-7.2 {flag}", f"list decisions {flag}")
    print_lines([f"To remove it all: rm -r {quote(str(folder if folder.name else folder.resolve()))}"])


def _prepare(folder: Path) -> Path:
    """The place of the new log, with the files of facts beside it. Raises `BadInput` where something else is there."""
    from decisionlog.bootstrap import open_log

    log = folder / _LOG
    if log.exists():
        with open_log(log) as found:
            origin = found.log.identity.origin
        if origin != ORIGIN:
            msg = f"{log} is a log of its own ({visible(origin)}), not a demonstration; it was not touched. Name another folder."
            raise BadInput(msg)
        for name in _OURS:
            (folder / name).unlink(missing_ok=True)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        others = {path.name for path in folder.iterdir()} - _OURS
    except OSError as fault:
        msg = f"{folder} cannot be used ({fault.strerror}); nothing was made. Name another folder."
        raise BadInput(msg) from fault
    if others:
        msg = f"{folder} holds other files; nothing was made in it. Name a folder that is new or empty."
        raise BadInput(msg)
    for name in (_FACTS, _CORRECTION):
        (folder / name).write_bytes(files("decisionlog.cli.demo").joinpath(name).read_bytes())
    return log


@contextmanager
def _made(log: Path) -> Iterator[OpenLog]:
    from decisionlog.bootstrap import make_log
    from decisionlog.commands.begin import Begin

    with make_log(log, Begin("Northmoor, a made-up place", ORIGIN, _BY, now())) as made:
        yield made


def _record(made: OpenLog, file: Path) -> Receipt:
    from decisionlog.commands.import_facts import ImportFacts, import_facts

    receipt = import_facts(made.log, ImportFacts(file.read_bytes().splitlines(), _BY, now())).receipt
    assert receipt is not None
    made.catch_up()
    return receipt


def _ask(made: OpenLog, known: str | None = None) -> WhoDecided:
    from decisionlog.questions.point import Asked
    from decisionlog.questions.who_decided import who_decided

    return who_decided(made.log, made.models, _DECISION, Asked(known=known), now())


def _introduce(made: OpenLog, log: Path, size: int) -> None:
    from decisionlog.render.text import text

    say(
        f"A log of a made-up place, Northmoor: {visible(str(log))}, one file. It holds {counted(size, 'fact')}: partners, bodies, "
        "a delegation, a proposal, where each partner stood, a disagreement, two decisions."
    )
    print_lines(["", f"  $ decisionlog who decided {_DECISION} --log {quote(str(log))}"])
    print_lines(text(_ask(made), page()))


def _correct(made: OpenLog, log: Path, file: Path, known_before: int) -> None:
    """Record the correction, and ask the same question after it, and as it was known before."""
    from decisionlog.render.deciding import authority

    print_lines([""])
    say(
        "By this record the delegation came too late: its date was typed with the wrong year. A correction is one more fact."
    )
    flag = f"--log {quote(str(log))}"
    print_lines(["", f"  $ decisionlog import {quote(str(file))} --by {_BY} {flag}"])
    corrected = _record(made, file)
    print_lines([f"Recorded {counted(corrected.last - corrected.first + 1, 'fact')} (position {corrected.last})."])
    print_lines(["", f"  $ decisionlog who decided {_DECISION} {flag}"])
    print_lines(authority(_ask(made), page()))
    print_lines(["", f"  $ decisionlog who decided {_DECISION} --known @{known_before} {flag}"])
    print_lines(authority(_ask(made, f"@{known_before}"), page()))
    print_lines([""])


def _exported(made: OpenLog) -> tuple[list[bytes], bytes, str]:
    """The exported bytes, the root recomputed from them alone, and the root by the log."""
    from decisionlog.audit.verify import root_of
    from decisionlog.store.transfer import export_lines

    lines = list(export_lines(made.log))
    return lines, root_of(lines), made.log.root(len(lines)).hex()


def _try_to_tamper(log: Path) -> None:
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


def _prove(lines: list[bytes], root: bytes, by_the_log: str) -> None:
    from decisionlog.audit.verify import root_of

    same = root.hex() == by_the_log
    print_lines([""])
    say(f"The root of the exported bytes, recomputed with SHA-256 alone, is {root.hex()}.")
    say("SOUND: it is the root that the log gives." if same else f"NOT SOUND: the log gives {by_the_log}.")
    started = perf_counter()
    fact = bytearray(lines[_FLIPPED - 1])
    fact[len(fact) // 2] ^= 1
    altered = root_of([*lines[: _FLIPPED - 1], bytes(fact), *lines[_FLIPPED:]])
    found = "NOT SOUND" if altered != root else "SOUND, which must never happen"
    say(
        f"One bit of fact {_FLIPPED} flipped in a copy: {found}, root {altered.hex()[:16]}... ({(perf_counter() - started) * 1000:.0f} ms)"
    )
    print_lines([""])
