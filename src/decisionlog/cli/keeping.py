"""The commands that look after a log: status, doctor, rebuild."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

import click

from decisionlog.cli.options import Reading, examples, finds, knows, reads
from decisionlog.cli.printing import Progress, say
from decisionlog.domain.refusals import Unusable
from decisionlog.render.words import counted, listed_in_words

if TYPE_CHECKING:
    from decisionlog.bootstrap import OpenLog

_NOT_SOUND: Final = 3
_UNUSABLE: Final = 6
_OF_THE_LOG: Final = frozenset({"append-only", "tree", "unchanged", "facts", "database", "checkpoint", "witnesses"})
"""The checks that are about what the log holds; the others are about where and how it is kept."""


@click.command(epilog=examples("status", "status --json", "status --known 2026-03-31"))
@knows
def status(reading: Reading) -> None:
    """How much is recorded, of what, and how far it has been read."""
    from decisionlog.cli.opening import now
    from decisionlog.cli.witnessing.keeper import watched_by
    from decisionlog.questions.status import status as ask

    with reading.looked_at() as found:
        reading.answer(ask(found.log, found.models, now(), reading.known, watched_by(reading)))


@click.command(epilog=examples("doctor"))
@reads
def doctor(reading: Reading) -> int:
    """Check that the log is kept as it must be, and what belongs beside it.

    Nothing is changed. Each line is ok, warn or fail, with the remedy. A failed check ends with exit code 3 where it is about what the log
    holds, and with 6 where it is about how it is kept.
    """
    from decisionlog.cli.keyring import key_file
    from decisionlog.cli.opening import now, place
    from decisionlog.cli.witnessing.keeper import watched_by
    from decisionlog.questions.doctor import doctor as ask

    key = key_file(reading.run, reading.log)
    with reading.opened(caught_up=False) as found:
        answer = ask(place(reading.run, reading.log), found.log, found.models, now(), key, watched_by(reading))
    reading.answer(answer)
    failed = {check.name for check in answer.checks if check.state == "fail"}
    if not failed:
        return 0
    return _NOT_SOUND if any(name in _OF_THE_LOG or name.startswith("read model") for name in failed) else _UNUSABLE


def _forget_findings(found: OpenLog) -> None:
    """What was judged before is judged again when it is next asked for."""
    from decisionlog.checks.kept import forget

    with found.models.keeping() as rows:
        if rows is not None:
            forget(rows)


@click.command(epilog=examples("rebuild", "rebuild register"))
@click.argument("models", nargs=-1)
@finds
def rebuild(reading: Reading, models: tuple[str, ...]) -> None:
    """Build the read models anew from the log.

    The old ones answer until the new ones have caught up. The log itself is not touched.
    """
    from decisionlog.bootstrap import MODELS

    known = [model.name for model in MODELS]
    for name in models:
        if name not in known:
            near = get_close_matches(name, known, n=1, cutoff=0.5)
            hint = f" Did you mean '{near[0]}'?" if near else ""
            msg = f"'{name}' is not a read model.{hint} They are: {', '.join(known)}."
            raise click.UsageError(msg)
    with reading.opened(caught_up=False) as found:
        if getattr(found.log.recorder, "read_only", False):
            msg = f"{found.log.recorder.place} can only be read here, so nothing can be built in it."
            raise Unusable(msg)
        size = found.log.head().size
        with Progress("Reading facts", size) as progress:
            found.models.rebuild(models, progress)
        if not models:
            _forget_findings(found)
        built = listed_in_words(models) if models else f"all {len(known)} read models"
        say(f"Rebuilt {built} from {counted(size, 'fact')}.")
