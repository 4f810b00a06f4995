"""`doctor`: is this log kept as it must be? Each line says what was looked at, what was found, and the remedy."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from decisionlog.addresses import Place, Server, key_beside
from decisionlog.domain.answers.standing import Check, Doctor
from decisionlog.domain.days import moment, span
from decisionlog.domain.refusals import DecisionlogError, NotSound
from decisionlog.questions import safekeeping, signing
from decisionlog.questions.given_out import as_it_was
from decisionlog.questions.point import Asked, settle
from decisionlog.questions.promises import promises
from decisionlog.questions.readable import REMEDY, unreadable
from decisionlog.questions.unchanged import unchanged
from decisionlog.questions.witnessed import Watch
from decisionlog.questions.witnessed import check as witnesses
from decisionlog.store.catch_up import ReadModels
from decisionlog.store.health import GUARDS, Health, examine
from decisionlog.store.log import Log
from decisionlog.store.places import require_local_folder
from decisionlog.store.sqlite_file import require_sound_sqlite
from decisionlog.store.tree import completed_by

_MEGABYTE = 1024 * 1024
_LITTLE_SPACE = 200 * _MEGABYTE
_SECOND = 1_000_000
_FULL = 2
_REMOVED = "Keep this file as it is: decisionlog verify names what is still sound; then restore the last backup."
_TOO_MANY = "Whether a fact was changed after it was recorded is not looked at here: decisionlog verify tells, which works out every one."
_ONLY_FROM_OUTSIDE = (
    "Whether all of it was written anew, or cut with care, only a checkpoint tells that somebody else kept: decisionlog verify "
    "--checkpoint FILE."
)


def doctor(
    place: Place, log: Log, models: ReadModels, now: datetime, key: Path | None = None, watch: Watch | None = None
) -> Doctor:
    """Look the log over, and what belongs beside it, changing nothing. `key` is where the key should lie."""
    key = key or key_beside(place)
    no_facts = list(unreadable(log, models))
    seals = list(unchanged(place, log.size()))
    checks = [*_store(place, log, models), *seals, *no_facts, *_models(log, models, follows=not no_facts)]
    checks += [_clock(log, now)]
    checks.append(safekeeping.types(models))
    if size := as_it_was(log):
        checks = [check for check in checks if check.name != "permission"]
        checks.append(Check("ok", "a copy", f"the log as it was at fact {size:,}, to be looked at; it does not go on"))
    else:
        checks += [signing.key(log, key), signing.checkpoint(log, key.with_suffix(".checkpoint"))]
        checks += [_witnesses(log, watch or Watch(), now)]
        checks += [safekeeping.backup(log, now), *safekeeping.erasing(log)]
    return Doctor(
        str(place),
        settle(log, Asked(), now).basis,
        tuple(checks),
        promises(checks),
        (_ONLY_FROM_OUTSIDE if seals else _TOO_MANY,),
    )


def _store(place: Place, log: Log, models: ReadModels) -> list[Check]:
    if isinstance(place, Server):
        from decisionlog.questions.doctor_of_server import checks_of  # noqa: PLC0415 - a log in a file needs none of it

        return list(checks_of(place, log))
    health = examine(place)
    found = [*_engine(health), *_file(place, health), *_facts(log, health)]
    return [*found, safekeeping.secrecy(place), safekeeping.parts(health, models), safekeeping.left_overs(place)]


def _engine(health: Health) -> Iterator[Check]:
    shown = ".".join(map(str, health.sqlite))
    try:
        require_sound_sqlite(health.sqlite)
        yield Check("ok", "SQLite", f"{shown}, without the WAL-reset bug")
    except DecisionlogError as unsound:
        yield Check("fail", "SQLite", shown, str(unsound))
    full = health.synchronous >= _FULL
    found = f"journal {health.journal}, synchronous {'full' if full else 'not full'}"
    if not full:
        yield Check("fail", "durability", found, "A power cut can lose what was recorded; report this.")
    elif health.journal != "wal" and health.writable:
        remedy = "It is a copy to be kept, as `backup` makes it: restore it into another file before recording in it."
        yield Check("warn", "durability", found, remedy)
    else:
        yield Check("ok", "durability", found)


def _file(path: Path, health: Health) -> Iterator[Check]:
    try:
        require_local_folder(path)
        yield Check("ok", "place", "on a local disk, in no synchronised folder")
    except DecisionlogError as unsafe:
        yield Check("fail", "place", str(path.parent), str(unsafe))
    yield Check(
        "ok" if health.writable else "warn",
        "permission",
        "can be written" if health.writable else "can only be read",
        "" if health.writable else "Reading works; to record, give this user write access to the file and its folder.",
    )
    enough = health.free_bytes >= max(_LITTLE_SPACE, 2 * health.bytes)
    yield Check(
        "ok" if enough else "warn",
        "space",
        f"{health.free_bytes // _MEGABYTE:,} MB free, the log has {-(-health.bytes // _MEGABYTE):,} MB",
        "" if enough else "Free some space before it runs out; nothing recorded is lost when it does.",
    )
    whole = health.whole == "ok"
    yield Check(
        "ok" if whole else "fail",
        "database",
        health.whole,
        "" if whole else "Keep this file; restore the last backup beside it.",
    )


def _facts(log: Log, health: Health) -> Iterator[Check]:
    yield _guards(health)
    size = log.size()
    facts = f"{size:,} fact{'s' * (size != 1)}"
    if removed := _removed(health, size):
        yield Check("fail", "tree", f"{facts}, and {removed}", _REMOVED)
    elif health.completed != completed_by(size):
        found = f"{facts}, but the last carries {health.completed} of its {completed_by(size)} nodes"
        yield Check("fail", "tree", found, "Facts and tree do not belong together; compare with an export or a backup.")
    else:
        yield Check("ok", "tree", f"{facts}, none missing, root {log.root(size).hex()[:16]}")


def _removed(health: Health, size: int) -> str:
    """Which facts are no longer there; empty, where none was removed."""
    if gone := size - health.facts:
        return f"{gone:,} of them {'is' if gone == 1 else 'are'} missing, the first at position {health.missing:,}"
    return f"there were {health.given:,}: the end was removed" if health.given > size else ""


def _guards(health: Health) -> Check:
    missing = sorted(GUARDS - health.triggers)
    added = sorted(part.name for part in health.strange if part.type == "trigger" and part.name not in GUARDS)
    if not missing and not added:
        return Check("ok", "append-only", f"{len(GUARDS)} guards in place")
    said = [f"missing guards: {', '.join(missing)}"] * bool(missing) + [f"triggers added: {', '.join(added)}"] * bool(
        added
    )
    remedy = "Somebody changed what keeps the log from being changed; compare with an export or a backup."
    return Check("fail", "append-only", "; ".join(said), remedy)


def _models(log: Log, models: ReadModels, *, follows: bool) -> Iterator[Check]:
    """A line for each read model that is behind or stopped, and one for all that are neither.

    `follows`: every row can be read; otherwise one line is enough for all that wait before the first that cannot.
    """
    size = log.size()
    serving = [standing for standing in models.standings() if standing.serving]
    behind = [standing for standing in serving if not standing.stopped and standing.position < size]
    ahead = sum(standing.position > size for standing in serving if not standing.stopped)
    for standing in (one for one in serving if one.stopped):
        yield Check("fail", f"read model {standing.name}", standing.stopped, "decisionlog rebuild")
    for standing in behind if follows else ():
        found = f"{size - standing.position:,} facts behind"
        yield Check("warn", f"read model {standing.name}", found, "The next command catches up.")
    if ahead:
        found = f"{ahead} of {len(serving)} show facts that the log no longer has"
        yield Check("warn", "read models", found, "Once the log is whole again: decisionlog rebuild")
    elif not serving:
        yield Check("ok", "read models", "none is built yet; the next command builds them")
    elif behind and not follows:
        yield Check("warn", "read models", f"{len(behind)} stand before what is no fact", REMEDY)
    elif sound := [one for one in serving if not one.stopped and one not in behind]:
        yield Check("ok", "read models", f"{'all ' * (len(sound) == len(serving))}{len(sound)} caught up")


def _witnesses(log: Log, watch: Watch, now: datetime) -> Check:
    try:
        return witnesses(log, watch, now)
    except NotSound as no_fact:
        return Check("fail", "witnesses", f"not known: {no_fact}", REMEDY)


def _clock(log: Log, now: datetime) -> Check:
    try:
        head = log.head()
    except NotSound:
        return Check("warn", "clock", "not known: the last fact does not say when it was recorded", REMEDY)
    behind = (span(head.recorded_at, log.zone).earliest - moment(now)) // _SECOND if head.recorded_at else 0
    if behind <= 1:
        return Check("ok", "clock", "not behind the last fact")
    remedy = "Set this computer's clock; facts keep their order all the same, and both times."
    return Check("warn", "clock", f"{behind:,} seconds behind the last fact", remedy)
