"""What is done for one's own log: ask witnesses, by e-mail or over HTTP, and take in what they cosigned."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from decisionlog.cli.opening import now, settled
from decisionlog.cli.options import Reading, examples, reads
from decisionlog.cli.witnessing.partner import content_of
from decisionlog.domain.refusals import BadInput, DecisionlogError, NotSound
from decisionlog.domain.text import visible

if TYPE_CHECKING:
    from decisionlog.audit.cosignatures import Taken
    from decisionlog.audit.policy import Policy
    from decisionlog.audit.verify import Key
    from decisionlog.domain.answers.witnessing import CosignaturesTaken
    from decisionlog.questions.witnessed import Watch
    from decisionlog.store.log import Log

_NOT_MET: Final = 1
_NOT_SOUND: Final = 3
_UNREACHABLE: Final = 6


@click.command(epilog=examples("witness add request.txt.cosigned", "witness add icb.cosigned council.cosigned --json"))
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(allow_dash=True, path_type=Path))
@reads
def add(reading: Reading, files: tuple[Path, ...]) -> int:
    """Take in cosignatures that came back by e-mail.

    FILE is a checkpoint with a cosignature, as `decisionlog witness cosign` writes it. Only what a witness of the policy
    signed is taken in, and kept with the checkpoint of the log; what is there already stays.
    """
    reading.run.outcome = "Nothing was taken in."
    from decisionlog.domain.answers.witnessing import CosignaturesAdded

    policy = require_policy(reading)
    items: list[CosignaturesTaken] = []
    with reading.alone() as log:
        for file in files:
            content = content_of(file)
            with _of_a_file(file):
                items.append(_told(file, _take(log, policy, content)))
            keep_beside_as_well(reading, log)
            reading.run.outcome = f"What came in the {'file' if len(items) == 1 else 'files'} before is taken in."
    reading.run.outcome = ""
    reading.answer(CosignaturesAdded(tuple(items)))
    if any(one.false for one in items):
        return _NOT_SOUND
    return 0 if all(one.added or one.already for one in items) else _NOT_MET


@click.command(epilog=examples("witness send", "witness send --json"))
@reads
def send(reading: Reading) -> int:
    """Ask every witness of the policy that has an address.

    What the log holds now is signed, as `decisionlog checkpoint` does, and sent to all of them at once; what they cosign
    is verified and taken in. A witness that is down, slow or wrong is told, and the next run asks it again: recording
    never waits for it. It ends with 0 where the quorum has cosigned, 1 or 6 where it has not yet, and 3 where an answer
    says that the log or a witness may have lied.
    """
    reading.run.outcome = "Nothing was sent."
    from decisionlog.audit.verify import read_checkpoint
    from decisionlog.cli.keyring import key_file
    from decisionlog.cli.proving import covering
    from decisionlog.cli.witnessing.sending import ask_all
    from decisionlog.domain.answers.witnessing import WitnessesAsked
    from decisionlog.questions.witnessed import witnessing

    watch = watched_by(reading)
    policy = require_policy(reading, watch)
    with reading.alone() as log:
        note = covering(log, 1, key_file(reading.run, reading.log), newest=True)
        reading.run.outcome = "What was cosigned is not kept; run the same command again."
        with _of_the_log():
            items = ask_all(log, policy, note)
        keep_beside_as_well(reading, log)
        standing = witnessing(log, watch, now())
    reading.run.outcome = ""
    reading.answer(WitnessesAsked(read_checkpoint(note).size, tuple(items), standing))
    if any(one.alarming for one in items):
        return _NOT_SOUND
    if standing.quorum_met:
        return 0
    return _UNREACHABLE if any(one.outcome == "unreachable" for one in items) else _NOT_MET


def watched_by(reading: Reading) -> Watch:
    """Which witnesses the settings name. Where their policy cannot be used, it says why. Raises `BadSetting`."""
    from decisionlog.questions.witnessed import Watch
    from decisionlog.settings import length_of

    settings = settled(reading.run, reading.log)
    within = length_of(settings.witness_within.value or "")
    place = settings.policy.value
    if not place:
        return Watch(within=within)
    try:
        return Watch(place, policy_in(place), within=within)
    except DecisionlogError as unusable:
        return Watch(place, None, str(unusable), within)


def require_policy(reading: Reading, watch: Watch | None = None) -> Policy:
    """The policy that the settings name. Raises `BadInput` where none is set, or it cannot be used."""
    watch = watch or watched_by(reading)
    if watch.policy:
        return watch.policy
    raise BadInput(
        watch.unreadable
        or "No policy says which witnesses there are. Write one (docs: Witnesses), and name it in decisionlog.toml: "
        'policy = "partners.policy"'
    )


def policy_in(place: str) -> Policy:
    """The policy in a file. Raises `BadInput`."""
    from decisionlog.audit.policy_text import read_policy
    from decisionlog.audit.verify import Malformed

    content = content_of(Path(place))
    try:
        return read_policy(content)
    except Malformed as wrong:
        msg = f"The policy {place} cannot be used. {wrong}"
        raise BadInput(visible(msg)) from wrong


def _take(log: Log, policy: Policy, content: bytes) -> Taken:
    from decisionlog.audit.cosignatures import take

    return take(log, content, [witness.key for witness in policy.witnesses], own_key(log, policy))


def _told(file: Path, taken: Taken) -> CosignaturesTaken:
    """What became of the signatures in a file."""
    from decisionlog.domain.answers.witnessing import CosignaturesTaken, CosignerNamed
    from decisionlog.domain.days import stamp_of

    added, already = (
        tuple(CosignerNamed(str(key), stamp_of(at)) for key, at in some) for some in (taken.added, taken.already)
    )
    false = tuple(key.name for key in taken.false)
    return CosignaturesTaken(str(file), taken.checkpoint.size, added, already, false, taken.unknown)


def keep_beside_as_well(reading: Reading, log: Log) -> None:
    """Keep the cosignatures on the last checkpoint beside the key too, where it lies there."""
    from decisionlog.audit.verify import Malformed, read_checkpoint
    from decisionlog.cli.keyring import keep_beside, kept_beside, key_file

    key, kept = key_file(reading.run, reading.log), log.recorder.checkpoints()
    for beside in kept_beside(key):
        with suppress(Malformed):
            if (
                read_checkpoint(beside).note.text == read_checkpoint(kept[-1].note).note.text
                and beside != kept[-1].note
            ):
                keep_beside(key, kept[-1].note)


def own_key(log: Log, policy: Policy) -> Key | None:
    """The log's own key, as the policy has it."""
    return next((known.key for known in policy.logs if known.key.name == log.identity.origin), None)


@contextmanager
def _of_the_log() -> Iterator[None]:
    from decisionlog.audit.verify import Malformed, Mismatch

    try:
        yield
    except (Malformed, Mismatch) as false:
        msg = f"Nothing can be asked of witnesses: {false}. See: decisionlog verify"
        raise NotSound(msg) from false


@contextmanager
def _of_a_file(file: Path) -> Iterator[None]:
    from decisionlog.audit.verify import Malformed, Mismatch

    try:
        yield
    except Malformed as wrong:
        msg = f"{file} is not a checkpoint ({wrong}). Give what `decisionlog witness cosign` wrote."
        raise BadInput(msg) from wrong
    except Mismatch as false:
        msg = f"{file}: {false}."
        raise NotSound(msg) from false
