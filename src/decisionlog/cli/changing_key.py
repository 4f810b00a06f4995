"""`key change`: the log signs with another key from now on. The old key vouches for the new one, and a fact says so."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from decisionlog.cli.keyring import keep_beside, kept_beside, make_key, signer_in
from decisionlog.cli.opening import catch_up, now, settled
from decisionlog.domain.refusals import BadInput, NotFound, NotSound

if TYPE_CHECKING:
    from collections.abc import Mapping

    from decisionlog.audit.key_changes import KeyChange
    from decisionlog.audit.keys import Signer
    from decisionlog.bootstrap import OpenLog
    from decisionlog.cli.options import Reading
    from decisionlog.domain.answers.proving import KeyChanged
    from decisionlog.store.log import Log


class Change(NamedTuple):
    """What is asked for: why the key changes, under which decision, and whether others may have had the old one."""

    by: str | None = None
    reason: str | None = None
    by_decision: str | None = None
    compromised: bool = False
    dry_run: bool = False


def current(log: Log) -> KeyChange | None:
    """The last change of its key that a log has recorded."""
    from decisionlog.audit.key_changes import changes_of

    return next(reversed(changes_of(log)), None)


def require_current(log: Log, signer: Signer, file: Path) -> None:
    """Raise `BadInput` where a log has recorded that it signs with another key."""
    changed = current(log)
    if changed and changed.key != signer.key:
        msg = (
            f"{file} is not the key that this log signs with: since fact {changed.position:,} that is the one of id "
            f"{changed.key.id.hex()}. Nothing was signed. Put back its copy, or name it with --key-file; where it is lost: "
            "decisionlog key change"
        )
        raise BadInput(msg)


def require_never_changed(log: Log) -> None:
    """Raise `BadInput` where a log has recorded which key it signs with, so that another would be none of it."""
    if changed := current(log):
        msg = (
            f"This log signs with the key of id {changed.key.id.hex()}, as fact {changed.position:,} says; no key was made. Put "
            "back its copy; where it is lost: decisionlog key change"
        )
        raise BadInput(msg)


def change_key(reading: Reading, file: Path, asked: Change) -> KeyChanged:
    """Make a key, record that the log signs with it from now on, have both sign, and put it in the place of the old one.

    Cut short, the same command goes on where it stopped. Raises `BadInput`, and `NotSound` where the old key may not sign.
    """
    from decisionlog.commands.begin import require_recorder

    by = settled(reading.run, reading.log, asked.by).by.value
    if not by:
        raise click.UsageError("That the key changes is recorded, so `key change` needs --by: who records it.")
    by, at = require_recorder(by), now()
    with reading.opened() as opened:
        following = file.with_name(f"{file.stem}-next{file.suffix}")
        old = _old(opened.log, file, following)
        earlier = _earlier(opened.log, file)
        if asked.dry_run:
            return _told(opened.log, file, old, None, asked)
        new = _new(following, opened.log)
        if not _is_recorded(opened.log, new):
            _record(opened, _fact(opened.log, old, new, asked, at), by, at)
        reading.run.outcome = "The log has recorded its new key; run the same command again to put it in its place."
        changed = current(opened.log)
        compromised = asked.compromised or bool(changed and changed.compromised)
        _sign(opened.log, file, earlier, [new] if compromised or old is None else [old, new])
        aside = _in_its_place(file, following, at, had_old=old is not None)
        reading.run.outcome = ""
        return _told(opened.log, file, old, new, asked._replace(compromised=compromised), aside)


def _old(log: Log, file: Path, following: Path) -> Signer | None:
    """The key that signs until now; none, where it is lost. The one before that, only where the next one waits for its place."""
    try:
        old = signer_in(file)
    except NotFound:
        return None
    origin, changed = log.identity.origin or "", current(log)
    if old.key.name != origin:
        msg = f"{file} is the key of {old.key.name}, and this log is {origin}. Nothing was changed."
        raise BadInput(msg)
    is_waiting = bool(changed and changed.previous == old.key and following.exists())
    if changed and old.key != changed.key and not is_waiting:
        msg = (
            f"{file} is not the key that this log signs with: since fact {changed.position:,} that is the one of id "
            f"{changed.key.id.hex()}. Nothing was changed. Put back its copy; where it is lost, move this one away."
        )
        raise BadInput(msg)
    return old


def _earlier(log: Log, file: Path) -> list[bytes]:
    """The checkpoints that were signed before, inside the log and beside its key. Raises `NotSound` where it continues one not."""
    from decisionlog.audit.checkpoints import require_continues
    from decisionlog.audit.verify import Malformed, Mismatch, read_checkpoint

    earlier = [*(kept.note for kept in log.recorder.checkpoints()), *kept_beside(file)]
    try:
        for note in earlier:
            require_continues(log, read_checkpoint(note))
    except (Malformed, Mismatch) as wrong:
        msg = f"Nothing was changed: {wrong}. See `decisionlog verify`."
        raise NotSound(msg) from wrong
    return earlier


def _new(file: Path, log: Log) -> Signer:
    """The key that comes next: made now, or before this command was cut short."""
    return signer_in(file) if file.exists() else make_key(file, log.identity.origin or "")


def _is_recorded(log: Log, new: Signer) -> bool:
    changed = current(log)
    return changed is not None and changed.key == new.key


def _fact(log: Log, old: Signer | None, new: Signer, asked: Change, at: datetime) -> dict[str, Any]:
    from decisionlog.audit.key_changes import recorded
    from decisionlog.store.finding import find

    changed = current(log)
    previous = old.key if old else changed.key if changed else None
    data: Mapping[str, str | None] = {
        "reason": asked.reason,
        "by_decision": find(log, asked.by_decision, ("decision",)) if asked.by_decision else None,
    }
    return {
        "type": "log.key_changed",
        "stream": f"log:{log.identity.origin}",
        "on": str(at.astimezone(log.zone).date()),
        "data": {
            **recorded(new.key, previous, compromised=asked.compromised),
            **{name: value for name, value in data.items() if value},
        },
    }


def _record(opened: OpenLog, fact: dict[str, Any], by: str, at: datetime) -> None:
    from decisionlog.commands.record_facts import Plain, RecordFacts, record_facts

    record_facts(opened.log, RecordFacts([Plain(fact)], by, at, again=True))
    catch_up(opened)


def _sign(log: Log, file: Path, earlier: list[bytes], signers: list[Signer]) -> None:
    """One checkpoint of the log as it is, with the signature of each of these keys; kept in it and beside the key."""
    from decisionlog.audit.checkpoints import keep, signed, with_signatures
    from decisionlog.audit.keys import signature_line
    from decisionlog.audit.verify import read_checkpoint

    note = signed(log, signers[0], earlier)
    made = read_checkpoint(note)
    note = with_signatures(note, (signature_line(signer, made.note.text) for signer in signers[1:]))
    keep(log, made.size, note)
    keep_beside(file, note)


def _in_its_place(file: Path, following: Path, at: datetime, *, had_old: bool) -> Path | None:
    """Move the old key aside, never over anything, and give the new one its name."""
    from decisionlog.store.copying import sync_folder

    aside = file.with_name(f"{file.stem}-until-{at:%Y-%m-%dT%H%M%SZ}{file.suffix}")
    if had_old:
        file.rename(aside)
    following.rename(file)
    sync_folder(file.parent)
    return aside if had_old else None


def _told(
    log: Log, file: Path, old: Signer | None, new: Signer | None, asked: Change, aside: Path | None = None
) -> KeyChanged:
    from decisionlog.domain.answers.proving import KeyChanged

    changed = current(log)
    return KeyChanged(
        origin=log.identity.origin or "",
        place=str(file),
        verifier_key=str(new.key) if new else "",
        position=changed.position if new and changed else 0,
        previous=str(old.key) if old else "",
        previous_place=str(aside) if aside else "",
        compromised=asked.compromised,
        vouched=bool(new and old and not asked.compromised),
        dry_run=asked.dry_run,
    )
