"""`backup`: a copy of the log that is called one when it has been restored and verified."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import click

from decisionlog.cli.exporting import given_out
from decisionlog.cli.keyring import key_file
from decisionlog.cli.opening import catch_up, now, settled
from decisionlog.cli.options import Reading, examples, reads
from decisionlog.cli.printing import Progress
from decisionlog.domain.answers.keeping import BackedUp
from decisionlog.domain.refusals import NotSound, Unusable


@click.command(epilog=examples("backup /media/usb", "backup northmoor-friday.db"))
@click.argument("to", metavar="[FILE|FOLDER]", type=click.Path(path_type=Path), default=".")
@reads
def backup(reading: Reading, to: Path) -> None:
    """Keep a copy of the log, restored and verified before it is called one.

    It is one file that holds everything, words in clear, and that can be read from any medium. In a FOLDER (this one, if
    none is named) its name says whose it is, of which day and how many facts. Nothing is ever written over.
    """
    from decisionlog.audit.backups import back_up
    from decisionlog.audit.verify import Mismatch

    reading.run.outcome = "Nothing was backed up."
    with reading.opened(caught_up=False) as found:
        log = found.log
        with suppress(NotSound, Unusable):  # so that the copy answers where nothing can be written; it is whole without
            catch_up(found)
        if found.is_unclean():
            found.clean()  # what was erased lies in no page that is copied
        try:
            made = back_up(log, to, now(), Progress)
        except Mismatch as wrong:
            msg = f"The copy is not what the log should be: {wrong}. No backup was made. See: decisionlog verify"
            raise NotSound(msg) from wrong
        reading.run.outcome = f"Backed up to {made.file}."
        by = settled(reading.run, reading.log).by.value
        given_out(log, by, "backup", made.file, words="all", size=made.size)
        answer = BackedUp(
            log=log.identity.origin or "",
            file=str(made.file),
            position=made.size,
            root=made.root,
            words=made.words,
            bytes=made.bytes,
            key=key_of(reading, reading.log),
            same_disk=_on_the_same_disk(made.file, Path(log.recorder.place)),
        )
    reading.answer(answer)


def _on_the_same_disk(backup: Path, log: Path) -> bool:
    """Whether one disk that is lost takes both; of a log on a server that is not known, and not said."""
    return log.exists() and backup.stat().st_dev == log.stat().st_dev


def key_of(reading: Reading, log: str | None) -> str:
    """Where the key lies that signs for the log; nothing, where there is none."""
    key = key_file(reading.run, log)
    return str(key) if key.is_file() else ""
