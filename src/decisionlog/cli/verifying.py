"""`verify`: whether a log, or a copy of one, is what it says."""

from __future__ import annotations

from contextlib import ExitStack, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from decisionlog.addresses import Place
from decisionlog.cli.keyring import checkpoint_file, checkpoint_in, key_file, keys_given, signer_in
from decisionlog.cli.options import Reading, examples, reads
from decisionlog.cli.printing import Progress
from decisionlog.domain.refusals import BadInput, DecisionlogError

if TYPE_CHECKING:
    from decisionlog.domain.answers.proving import Verified
    from decisionlog.questions.verifying.held import Held

_NOT_SOUND: Final = 3
_NOT_WITNESSED: Final = 1
"""It is sound, and the policy, a rule of the partners, refuses it; `witness send` ends so as well."""
_A_LOG: Final = b"SQLite format 3\x00"
_A_BUNDLE: Final = b'{"authority":'
_SIGNED: Final = "\n\n— ".encode()
"""Before the signatures of a checkpoint, or of a request that holds one."""
_MOST_SIGNED: Final = 2**20
_FILE: Final = click.Path(path_type=Path)


@click.command(
    epilog=examples(
        "verify",
        "verify --checkpoint 2026-03.checkpoint --key northmoor.vkey",
        "verify log.jsonl --vault words.jsonl",
        "verify tiles/ --policy partners.policy",
        "verify NLB-25-26-031.bundle --key northmoor.vkey",
        "verify ours.checkpoint --checkpoint theirs.checkpoint",
    )
)
@click.argument("file", metavar="[FILE]", required=False, type=_FILE)
@click.option(
    "--checkpoint",
    "checkpoints",
    metavar="FILE",
    multiple=True,
    type=_FILE,
    help="One that you kept: does the log continue it?",
)
@click.option("--key", "keys", metavar="KEY", multiple=True, help="A verifier key that you know, or a file of them.")
@click.option(
    "--policy",
    metavar="FILE",
    type=_FILE,
    help="Which witnesses must have cosigned: is the newest checkpoint's quorum met?",
)
@click.option(
    "--since", metavar="FILE", type=_FILE, help="Look only at what came after this checkpoint, verified before."
)
@click.option("--vault", metavar="FILE", type=_FILE, help="What opens the sealed values of an export.")
@click.option("--fact", metavar="FILE", type=_FILE, help="The fact that a .tlog-proof is about.")
@click.option(
    "--views", is_flag=True, help="Compare every read model with one built anew; it takes as long as a rebuild."
)
@click.option(
    "--jobs",
    metavar="N",
    type=click.IntRange(min=1),
    help="Processes for a log of very many facts in a file; by default one for each processor.",
)
@reads
def verify(
    reading: Reading,
    file: Path | None,
    *,
    checkpoints: tuple[Path, ...],
    keys: tuple[str, ...],
    policy: Path | None,
    since: Path | None,
    vault: Path | None,
    fact: Path | None,
    views: bool,
    jobs: int | None,
) -> int:
    """Recompute a log from its raw bytes, and say whether it is sound.

    FILE is a log, an export, a folder of tiles, a bundle, a proof or a checkpoint; without it, the log is verified. Nothing
    that is stored is believed: positions, streams, bytes, names, tree, sealed values and checkpoints are each worked out
    again. The first position that is not as it must be is named, with what is still sound, and the exit code is 3. With
    --policy it is 1 where all is sound and too few witnesses have cosigned.
    """
    from decisionlog.cli.witnessing.keeper import policy_in
    from decisionlog.questions.verifying.held import Held

    wanted = policy_in(str(policy)) if policy else None
    held = Held(
        (*keys_given(keys), *(wanted.keys() if wanted else ())),
        tuple((str(one), checkpoint_in(one)) for one in checkpoints),
        (str(since), checkpoint_in(since)) if since else None,
        wanted,
    )
    answer = _verified(reading, file, held, vault, fact, views=views, jobs=jobs)
    reading.answer(answer)
    if not answer.sound:
        return _NOT_SOUND
    return _NOT_WITNESSED if answer.lacking else 0


def _verified(
    reading: Reading,
    file: Path | None,
    held: Held,
    vault: Path | None,
    fact: Path | None,
    *,
    views: bool,
    jobs: int | None,
) -> Verified:
    from decisionlog.cli.opening import place
    from decisionlog.questions.verifying import bundles, copies, log

    with Progress("Verifying facts") as progress, ExitStack() as opened:
        if file and file.is_dir():
            return copies.verified_tiles(file, held, progress)
        begins = _beginning(file) if file else _A_LOG
        if file is None or begins.startswith(_A_LOG):
            where = file or place(reading.run, reading.log)
            found: Verified = log.verified_log(where, _with_own_key(reading, held, file), progress, jobs)
            if views and found.sound:
                return _with_views(where, found, progress)
            return found
        path = file
        if begins.startswith(b"c2sp.org/tlog-proof@"):
            return copies.verified_proof(path, fact, held)
        if begins.startswith(_A_BUNDLE):
            return bundles.verified(path, held)
        if not begins.startswith(b"{") and _is_signed(path):
            return _verified_checkpoint(reading, path, held, progress, jobs)
        words = opened.enter_context(vault.open("rb")) if vault else None
        return copies.verified_export(str(path), opened.enter_context(path.open("rb")), words, held, progress)


def _verified_checkpoint(reading: Reading, file: Path, held: Held, progress: Progress, jobs: int | None) -> Verified:
    """A checkpoint, against those that are held; with a log that was named, whether it continues all of them."""
    from msgspec.structs import replace

    from decisionlog.cli.opening import place
    from decisionlog.questions.verifying import checkpoints, log

    if not reading.log:
        return checkpoints.verified_checkpoint(file, file.read_bytes(), held)
    held = replace(held, checkpoints=((str(file), checkpoint_in(file)), *held.checkpoints))
    return log.verified_log(place(reading.run, reading.log), _with_own_key(reading, held, None), progress, jobs)


def _with_views(path: Place, found: Verified, progress: Progress) -> Verified:
    from msgspec.structs import replace

    from decisionlog.bootstrap import MODELS, views_that_differ
    from decisionlog.domain.answers.proving import Fault

    faults = tuple(Fault(_not_what_the_facts_give(name)) for name in views_that_differ(path, progress))
    notes = tuple(note for note in found.notes if "--views" not in note)
    looked_at = (*found.looked_at, f"{len(MODELS)} read models: each the same as one built anew")
    return replace(
        found, sound=not faults, faults=faults, looked_at=found.looked_at if faults else looked_at, notes=notes
    )


def _not_what_the_facts_give(name: str) -> str:
    if name == "findings":
        return (
            "The findings that are kept are not what the facts give. `decisionlog rebuild` has everything judged anew."
        )
    return f"The read model '{name}' is not what the facts give. `decisionlog rebuild {name}` builds it anew."


def _is_signed(path: Path) -> bool:
    """Whether a file looks like a checkpoint."""
    with path.open("rb") as file:
        return _SIGNED in file.read(_MOST_SIGNED)


def _beginning(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(64)
    except OSError as fault:
        msg = f"{path} cannot be read ({fault.strerror})."
        raise BadInput(msg) from fault


def _with_own_key(reading: Reading, held: Held, log: Path | None) -> Held:
    """What is held, with the key that lies beside the log where none of a log is given, and the checkpoint that lies there."""
    from msgspec.structs import replace

    from decisionlog.audit.verify import SIGNATURE

    file = key_file(reading.run, str(log) if log else reading.log)
    beside = checkpoint_file(file)
    with suppress(OSError):
        held = replace(held, beside=(str(beside), beside.read_bytes()))
    if any(key.kind == SIGNATURE for key in held.keys):
        return held
    with suppress(DecisionlogError):
        held = replace(held, keys=(*held.keys, signer_in(file).key))
    return held
