"""What is done for one's own log: ask witnesses, by e-mail or over HTTP, and take in what they cosigned."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from decisionlog.cli.opening import now, settled
from decisionlog.cli.options import Reading, examples, reads
from decisionlog.cli.witnessing.partner import content_of
from decisionlog.domain.refusals import BadInput, DecisionlogError, NotSound, Refusal
from decisionlog.domain.text import visible
from decisionlog.render.words import counted

if TYPE_CHECKING:
    from decisionlog.audit.policy import Policy
    from decisionlog.audit.verify import Key
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
    from decisionlog.domain.answers.witnessing import CosignaturesTaken, CosignerNamed
    from decisionlog.domain.days import stamp_of

    reading.run.outcome = "Nothing was taken in."
    policy = require_policy(reading)
    code = 0
    with reading.alone() as log:
        for file in files:
            content = content_of(file)
            with _of_a_file(file):
                taken = _take(log, policy, content)
            added, already = (
                tuple(CosignerNamed(str(key), stamp_of(at)) for key, at in some)
                for some in (taken.added, taken.already)
            )
            false = tuple(key.name for key in taken.false)
            reading.answer(CosignaturesTaken(str(file), taken.checkpoint.size, added, already, false, taken.unknown))
            reading.run.outcome = "What was taken in before stays."
            if false:
                code = _NOT_SOUND
            elif not added and not already:
                code = code or _NOT_MET
    return code


@click.command(epilog=examples("witness send", "witness send --json"))
@reads
def send(reading: Reading) -> int:
    """Ask every witness of the policy that has an address.

    The last checkpoint is sent to all of them at once, and what they cosign is verified and taken in. A witness that is
    down, slow or wrong is told, and the next run asks it again; recording never waits for it. It ends with 0 where the
    quorum has cosigned, 1 or 6 where it has not yet, and 3 where an answer says that the log or a witness may have lied.
    """
    reading.run.outcome = "Nothing was sent."
    from decisionlog.domain.answers.witnessing import WitnessesAsked
    from decisionlog.questions.witnessed import witnessing

    watch = watched_by(reading)
    policy = require_policy(reading, watch)
    with reading.alone() as log:
        kept = log.recorder.checkpoints()
        if not kept:
            msg = "There is no checkpoint to send. Sign one first: decisionlog checkpoint"
            raise Refusal(msg)
        from decisionlog.cli.witnessing.sending import ask_all

        items = ask_all(log, policy, kept[-1].note)
        standing = witnessing(log, watch, now())
    reading.run.outcome = ""
    reading.answer(WitnessesAsked(kept[-1].size, tuple(items), standing))
    if any(one.alarming for one in items):
        return _NOT_SOUND
    if standing.quorum_met:
        return 0
    return _UNREACHABLE if any(one.outcome == "unreachable" for one in items) else _NOT_MET


def request_for_witness(log: Log, note: bytes, since: str | None) -> bytes:
    """What asks a witness to cosign a checkpoint that continues from `since`: a number of facts, or a file with what was cosigned.

    Without it, it begins from nothing, as for a witness that has not seen the log yet. Raises `BadInput` and `NotSound`.
    """
    from decisionlog.audit.checkpoints import require_continues
    from decisionlog.audit.cosignatures import request_for
    from decisionlog.audit.verify import Malformed, Mismatch, read_checkpoint

    size = 0
    if since and since.replace(",", "").isdecimal():
        size = int(since.replace(",", "")[:18])
        if size > log.size():
            msg = f"The log has {counted(log.size(), 'fact')}; the checkpoint saw {size:,}: facts were removed."
            raise NotSound(msg)
    elif since:
        try:
            seen = read_checkpoint(content_of(Path(since)))
            require_continues(log, seen)
        except Malformed as wrong:
            msg = f"{since} is not a checkpoint ({wrong}). Give what a witness cosigned, or the number of facts in it."
            raise BadInput(msg) from wrong
        except Mismatch as false:
            msg = f"{since}: {false}."
            raise NotSound(msg) from false
        size = seen.size
    try:
        return request_for(log, note, size)
    except Mismatch as false:
        msg = f"{str(false)[:1].upper()}{str(false)[1:]}."
        raise NotSound(msg) from false


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
        return Watch(place, _policy_in(place), within=within)
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


def _policy_in(place: str) -> Policy:
    from decisionlog.audit.policy import read_policy
    from decisionlog.audit.verify import Malformed

    content = content_of(Path(place))
    try:
        return read_policy(content)
    except Malformed as wrong:
        msg = f"The policy {place} cannot be used. {wrong}"
        raise BadInput(visible(msg)) from wrong


def _take(log: Log, policy: Policy, content: bytes):  # type: ignore[no-untyped-def] # noqa: ANN202 - imported lazily
    from decisionlog.audit.cosignatures import take

    return take(log, content, [witness.key for witness in policy.witnesses], own_key(log, policy))


def own_key(log: Log, policy: Policy) -> Key | None:
    """The log's own key, as the policy has it."""
    return next((known.key for known in policy.logs if known.key.name == log.identity.origin), None)


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
