"""`verify`: whether a log, or a copy of one, is what it says."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from decisionlog.addresses import Place
from decisionlog.cli.keyring import checkpoint_in, key_file, keys_given, signer_in
from decisionlog.cli.options import Reading, examples, reads
from decisionlog.cli.printing import Progress
from decisionlog.domain.refusals import BadInput, DecisionlogError

if TYPE_CHECKING:
    from decisionlog.domain.answers.proving import Verified
    from decisionlog.questions.verifying.held import Held

_NOT_SOUND: Final = 3
_A_LOG: Final = b"SQLite format 3\x00"
_A_BUNDLE: Final = b'{"authority":'
_FILE: Final = click.Path(path_type=Path)


@click.command(
    epilog=examples(
        "verify",
        "verify --checkpoint 2026-03.checkpoint --key northmoor.vkey",
        "verify log.jsonl --vault words.jsonl",
        "verify tiles/ --policy partners.policy",
        "verify NLB-25-26-031.bundle --key northmoor.vkey",
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
) -> int:
    """Recompute a log from its raw bytes, and say whether it is sound.

    FILE is a log, an export, a folder of tiles, a bundle or a proof; without it, the log is verified. Nothing that is
    stored is believed: positions, streams, bytes, names, tree, sealed values and checkpoints are each worked out again.
    The first position that is not as it must be is named, with what is still sound, and the exit code is 3.
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
    answer = _verified(reading, file, held, vault, fact, views=views)
    reading.answer(answer)
    return 0 if answer.sound else _NOT_SOUND


def _verified(
    reading: Reading, file: Path | None, held: Held, vault: Path | None, fact: Path | None, *, views: bool
) -> Verified:
    from decisionlog.cli.opening import place
    from decisionlog.questions.verifying import bundles, copies, log

    with Progress("Verifying facts") as progress, ExitStack() as opened:
        if file and file.is_dir():
            return copies.verified_tiles(file, held, progress)
        begins = _beginning(file) if file else _A_LOG
        if file is None or begins.startswith(_A_LOG):
            where = file or place(reading.run, reading.log)
            found: Verified = log.verified_log(where, _with_own_key(reading, held, file), progress)
            if views and found.sound:
                return _with_views(where, found, progress)
            return found
        path = file
        if begins.startswith(b"c2sp.org/tlog-proof@"):
            return copies.verified_proof(path, fact, held)
        if begins.startswith(_A_BUNDLE):
            return bundles.verified(path, held)
        words = opened.enter_context(vault.open("rb")) if vault else None
        return copies.verified_export(str(path), opened.enter_context(path.open("rb")), words, held, progress)


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


def _beginning(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(64)
    except OSError as fault:
        msg = f"{path} cannot be read ({fault.strerror})."
        raise BadInput(msg) from fault


def _with_own_key(reading: Reading, held: Held, log: Path | None) -> Held:
    """What is held, with the key that lies beside the log where no other is given."""
    from msgspec.structs import replace

    if held.keys:
        return held
    try:
        file = key_file(reading.run, str(log) if log else reading.log)
        return replace(held, keys=(signer_in(file).key,))
    except DecisionlogError:
        return held
