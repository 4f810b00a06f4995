"""`restore`: the log again, out of a backup; or as it was at a position or a date, to look at."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec import Struct

from decisionlog.addresses import Place, Server, path_of, place_of
from decisionlog.cli.backing_up import key_of
from decisionlog.cli.exporting import given_out
from decisionlog.cli.keyring import checkpoint_file, key_file
from decisionlog.cli.opening import catch_up, now, settled
from decisionlog.cli.options import Reading, examples, reads
from decisionlog.cli.printing import Progress, note
from decisionlog.domain.answers.keeping import Restored
from decisionlog.domain.refusals import BadInput, DecisionlogError, NotSound, Unusable
from decisionlog.settings import DEFAULT_LOG

if TYPE_CHECKING:
    from decisionlog.audit.restoring import Loss, Seen
    from decisionlog.bootstrap import OpenLog
    from decisionlog.store.erasing import Erasure
    from decisionlog.store.log import Log


class _Asked(Struct, frozen=True):
    """One restoring: out of what, to where, and what it is held against."""

    reading: Reading
    source: Place
    target: Path
    replace: bool
    checkpoint: Path | None
    because: str | None
    by: str | None
    at: datetime

    @property
    def backup(self) -> Path:
        """The file that is restored from. Raises `BadAddress` for a server."""
        return self.source if isinstance(self.source, Path) else path_of(str(self.source))

    @property
    def set(self) -> Place:
        """Where the log lies by the settings."""
        return _set(self.reading)

    def is_source(self, place: Place) -> bool:
        """Whether it is restored from what lies at a place."""
        if isinstance(place, Server) or isinstance(self.source, Server):
            return place == self.source
        return place.exists() and place.samefile(self.source)


@click.command(
    epilog=examples(
        "restore /media/usb/northmoor.example-decisions-2026-03-31-1301.db",
        'restore friday.db --replace --because "the disk failed, and this is the last copy" --by secretariat-1',
        "restore decisionlog.db then.db --to 2026-03-12",
    )
)
@click.argument("backup")
@click.argument("path", required=False)
@click.option("--replace", is_flag=True, help="Move the log that is there aside. It is never deleted.")
@click.option(
    "--checkpoint", metavar="FILE", type=click.Path(path_type=Path), help="Hold it against a checkpoint that was kept."
)
@click.option("--because", metavar="WHY", help="Restore it though later facts were seen, and record why.")
@click.option("--by", metavar="ROLE", help="Who records what is missing, or erased again.")
@click.option("--to", metavar="N|DATE", help="The log as it was then, in a new file PATH, to look at.")
@reads
def restore(reading: Reading, backup: str, path: str | None, to: str | None, **options: object) -> None:
    """Make the log again out of a backup.

    It goes to PATH, or where the log lies by the settings; it is verified before it takes that name. Where a checkpoint
    saw more facts than the backup has, nothing is restored without --because. BACKUP can be a log itself, too. A log on a
    server comes back by a file: restore into one, then `decisionlog move` it to a new schema.
    """
    from decisionlog.store.places import require_local_folder
    from decisionlog.store.sqlite_file import BACKUP, require_log_file

    reading.run.outcome = "Nothing was restored."
    source = place_of(backup)
    if isinstance(source, Path):
        require_log_file(source, BACKUP)
    elif not to:
        msg = (
            f"{source} is a log on a server, and no backup: `decisionlog backup` makes one of it. Nothing was restored."
        )
        raise BadInput(msg)
    if to and not path:
        raise click.UsageError("--to needs a PATH for the log as it was: a new file.")
    target = _target(reading, path)
    require_local_folder(target)
    asked = _Asked(reading, source, target, at=now(), **options)  # type: ignore[arg-type]
    reading.answer(_as_it_was(asked, to) if to else _restored(asked))


def _set(reading: Reading) -> Place:
    return place_of(settled(reading.run, reading.log).log.value or DEFAULT_LOG)


def _target(reading: Reading, path: str | None) -> Path:
    """The file to restore into. Raises `BadInput` where it is not named, and the log that is set is on a server."""
    place = place_of(path) if path else _set(reading)
    if isinstance(place, Server):
        msg = (
            f"{place} is on a server, and a backup is restored into a file; nothing was restored. Name a new file as PATH, "
            "and `decisionlog move` it to a new schema of the server afterwards."
        )
        raise BadInput(msg)
    return place


def _restored(asked: _Asked) -> Restored:
    from decisionlog.audit.restoring import verified_copy
    from decisionlog.audit.verify import Mismatch
    from decisionlog.bootstrap import open_log
    from decisionlog.commands.erase import erase_again
    from decisionlog.store.copying import left_beside, new_file, set_aside
    from decisionlog.store.schema import leave_only_the_log
    from decisionlog.store.sqlite_file import is_damage

    there = asked.target.exists()
    _require_place(asked, there=there)
    seen = _seen(asked)
    aside = ""
    with new_file(asked.target) as part:
        try:
            found, lost = verified_copy(asked.backup, part, seen, Progress)
        except Mismatch as wrong:
            msg = f"{asked.backup} cannot be restored: {wrong}. Nothing was restored."
            raise NotSound(msg) from wrong
        except Unusable as fault:
            if not is_damage(fault.__cause__):
                raise
            msg = f"{asked.backup} cannot be restored: it is damaged ({fault.__cause__}). Nothing was restored."
            raise NotSound(msg) from fault
        _require_reason(asked, lost)
        went_on = _went_on(asked, found.origin)
        again = _erased_since(went_on, 0 if any(not loss.missing for loss in lost) else found.size)
        by = _recorder(asked) if lost or again else ""
        leave_only_the_log(part)
        with open_log(part) as log:
            catch_up(log)
            recorded = _record(asked, log, lost[0], by) if lost else None
            erased = erase_again(log.log, again, by, asked.at) if again else 0
            if erased:
                catch_up(log)
            _carry_over(asked, log.log, found.size)
        if there or left_beside(asked.target):
            aside = str(set_aside(asked.target, f"{asked.at:%Y-%m-%dT%H%M%SZ}"))
    if there:
        _remember(asked, asked.target, "log moved aside", Path(aside), max([found.size, *(one.size for one in seen)]))
    asked.reading.run.outcome = f"Restored to {asked.target}."
    return Restored(
        log=found.origin,
        backup=str(asked.backup),
        file=str(asked.target),
        position=found.size,
        root=found.root.hex(),
        words=found.opened,
        lost=tuple(f"{str(loss)[:1].upper()}{str(loss)[1:]} from this copy." for loss in lost),
        signed_for=any(loss.seen.is_signed for loss in lost),
        recorded=recorded,
        erased=erased,
        erasures_unknown=went_on is None,
        moved_aside=aside,
        key=key_of(asked.reading, str(asked.target)),
    )


def _as_it_was(asked: _Asked, to: str) -> Restored:
    from decisionlog.bootstrap import make_log_from
    from decisionlog.cli.opening import alone
    from decisionlog.questions.replaying import point_of
    from decisionlog.store.copying import new_file, only_to_be_read, require_new
    from decisionlog.store.erasing import erasures, leave_out
    from decisionlog.store.transfer import export_lines, export_openings

    given = [flag for flag in ("replace", "checkpoint", "because", "by") if getattr(asked, flag)]
    if given:
        msg = f"--{given[0]} does not go with --to, which makes a log to look at and takes no other's place."
        raise click.UsageError(msg)
    require_new(asked.target)
    with alone(asked.source) as log, new_file(asked.target) as part:
        size, place = point_of(log, to, asked.at).as_of.position, str(log.recorder.place)
        is_set = asked.is_source(asked.set)
        went_on = asked.source if is_set else _went_on(asked, log.identity.origin or "")
        gone = {
            place: erasure.mark
            for erasure in (*erasures(log, size), *_erased_since(None if is_set else went_on, size))
            for place in erasure.gone
            if place.position <= size
        }
        with Progress("Restoring facts", size) as progress:
            openings = _Counted(_without(export_openings(log, size), gone))
            copy = make_log_from(part, export_lines(log, 0, size), openings, progress)
        with copy:
            leave_out(copy.log, gone)
            catch_up(copy)
            root, origin = copy.log.root(size), copy.log.identity.origin or ""
        if root != log.root(size):
            msg = f"{place} does not hold together: its first {size:,} facts have another root than its tree says. Nothing was made."
            raise NotSound(msg)
        only_to_be_read(part)
    if went_on:
        _remember(asked, went_on, "copy", asked.target, size)
    asked.reading.run.outcome = f"Made {asked.target}."
    return Restored(
        log=origin,
        backup=place,
        file=str(asked.target),
        position=size,
        root=root.hex(),
        words=openings.number,
        only_to_look_at=True,
        left_out=len(gone),
        erasures_unknown=went_on is None,
    )


def _without(openings: Iterable[bytes], gone: Container[tuple[int, str]]) -> Iterator[bytes]:
    """What opens the values of a log as it was, but for those that were erased later."""
    import orjson

    for line in openings:
        one = orjson.loads(line)
        if (one["position"], one["private"]) not in gone:
            yield line


class _Counted:
    """Lines, and how many there were."""

    def __init__(self, lines: Iterable[bytes]) -> None:
        self._lines = lines
        self.number = 0

    def __iter__(self) -> Iterator[bytes]:
        for line in self._lines:
            self.number += 1
            yield line


def _require_place(asked: _Asked, *, there: bool) -> None:
    """Refuse to restore over something, or a log over itself."""
    target = asked.target
    if there and target.is_dir():
        msg = f"{target} is a folder; nothing was restored. Name the file in it, for example {target / DEFAULT_LOG}."
        raise BadInput(msg)
    if there and target.samefile(asked.backup):
        msg = f"{target} is the backup itself; nothing was restored. Name another file for the log."
        raise BadInput(msg)
    if there and not asked.replace:
        msg = (
            f"{target} exists already; nothing was restored. Name another file, or give --replace: "
            "what is there is then moved aside, never deleted."
        )
        raise BadInput(msg)


def _seen(asked: _Asked) -> list[Seen]:
    """What was seen of the log: by the one that is there, and in the checkpoints that were kept."""
    from decisionlog.audit.restoring import seen_by_log

    seen: list[Seen] = []
    if asked.target.exists():
        try:
            seen += seen_by_log(asked.target)
        except DecisionlogError as unreadable:
            note(f"Note: what is there could not be read, and was not compared. {unreadable}")
    beside = checkpoint_file(key_file(asked.reading.run, str(asked.target)))
    return seen + [_seen_by(file) for file in (beside, asked.checkpoint) if file and (file != beside or file.is_file())]


def _seen_by(file: Path) -> Seen:
    from decisionlog.audit.restoring import seen_by_checkpoint
    from decisionlog.audit.verify import Malformed

    try:
        return seen_by_checkpoint(file.read_bytes(), f"the checkpoint in {file}")
    except OSError as unreadable:
        msg = f"{file} cannot be read ({unreadable.strerror}). Nothing was restored."
        raise BadInput(msg) from unreadable
    except Malformed as wrong:
        msg = f"{file} is not a checkpoint ({wrong}). Nothing was restored."
        raise BadInput(msg) from wrong


def _went_on(asked: _Asked, origin: str) -> Place | None:
    """The log that goes on: the one that is there, or the one that is set, if it is the same and not the backup itself."""
    from decisionlog.cli.opening import alone

    for place in dict.fromkeys((asked.target, asked.set)):
        with suppress(DecisionlogError), alone(place) as log:  # that one cannot be read was said
            if log.identity.origin == origin and not asked.is_source(place):
                return place
    return None


def _erased_since(went_on: Place | None, size: int) -> list[Erasure]:
    """What was erased after so many facts, in the log that goes on."""
    from decisionlog.cli.opening import alone
    from decisionlog.store.erasing import erasures

    if went_on is None:
        return []
    with alone(went_on) as log:
        return erasures(log, size)


def _remember(asked: _Asked, log: Place, kind: str, file: Path, size: int) -> None:
    """Remember in a log that a copy of it lies here, words in clear, so that an erasure can name it."""
    from decisionlog.cli.opening import alone

    by = settled(asked.reading.run, asked.reading.log, asked.by).by.value
    with alone(log) as keeping:
        given_out(keeping, by, kind, file, words="all", size=size)


def _carry_over(asked: _Asked, log: Log, size: int) -> None:
    """Keep in the restored log what the one that is there knows of what was given out, and that there is this backup."""
    from decisionlog.cli.opening import alone
    from decisionlog.domain.days import stamp
    from decisionlog.store.batch import Export

    known, later = log.recorder.exports(), []
    with suppress(DecisionlogError), alone(asked.target) as there:
        later = [export for export in there.recorder.exports() if export not in known]
    if not any(export.kind == "backup" and export.size == size for export in (*known, *later)):
        made_at = stamp(datetime.fromtimestamp(asked.backup.stat().st_mtime, UTC))
        later.append(Export(made_at, "not said", "backup", size, "all", str(asked.backup.resolve())))
    for export in later:
        log.recorder.note_export(export)


def _require_reason(asked: _Asked, lost: Sequence[Loss]) -> None:
    """Raise `NotSound` where something is missing and nobody says why it must be restored all the same."""
    if not lost and asked.because:
        note("Note: nothing that was looked at saw more facts than this backup has, so there was nothing to record.")
    if lost and not asked.because:
        msg = (
            f"{asked.backup} is older than what was seen of the log: {lost[0]} from it. Nothing was restored. "
            'Give a newer backup; if there is none, say why this one must do: --because "..."'
        )
        raise NotSound(msg)


def _recorder(asked: _Asked) -> str:
    """Who records what is missing, or what is erased again."""
    from decisionlog.commands.begin import require_recorder

    by = settled(asked.reading.run, asked.reading.log, asked.by).by.value
    if not by:
        raise click.UsageError("What is missing or erased again is recorded, so this needs --by: who records it.")
    return require_recorder(by)


def _record(asked: _Asked, found: OpenLog, loss: Loss, by: str) -> int:
    """Leave a trace of what is missing: the log goes on from here, and leaves a longer tree behind."""
    from decisionlog.commands.record_facts import Plain, RecordFacts, record_facts

    origin = found.log.identity.origin or ""
    data = {"tree_size": loss.seen.size, "root": loss.seen.root.hex(), "reason": asked.because}
    fact = {
        "type": "log.moved",
        "stream": f"log:{origin}",
        "on": str(asked.at.astimezone(found.log.zone).date()),
        "data": data,
    }
    receipt = record_facts(found.log, RecordFacts([Plain(fact)], by, asked.at, again=True))
    catch_up(found)
    return receipt.last
