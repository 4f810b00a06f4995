"""`key`, `checkpoint`, `prove`: what a log says of itself, signed, and that a fact lies in it."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from decisionlog.cli.keyring import (
    checkpoint_file,
    checkpoint_in,
    is_open_to_others,
    keep_beside,
    kept_beside,
    key_file,
    make_key,
    signer_in,
)
from decisionlog.cli.options import Reading, examples, reads
from decisionlog.cli.printing import note, print_json, say
from decisionlog.domain.refusals import BadInput, NotFound, NotSound
from decisionlog.domain.text import visible
from decisionlog.render.words import counted

if TYPE_CHECKING:
    from decisionlog.store.log import Log

_KEY: Final = click.option(
    "--key-file",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="The key that signs, if not the one beside the log.",
)
_OUTPUT: Final = click.option(
    "-o", "--output", metavar="FILE", type=click.Path(path_type=Path), help="Into this file as well."
)


@click.command(
    epilog=examples("key", "key --json", "key new", "key change --by secretariat-1 --reason 'the keeper left'")
)
@click.argument("what", type=click.Choice(["show", "new", "change"]), default="show")
@click.option("--by", metavar="ROLE", help="With change: who records it.")
@click.option("--reason", metavar="TEXT", help="With change: why. It is sealed.")
@click.option("--by-decision", metavar="REF", help="With change: the decision that it rests on.")
@click.option(
    "--compromised", is_flag=True, help="With change: others may have had the old key, so it vouches for nothing."
)
@click.option("--dry-run", is_flag=True, help="With change: say what would be done, and do nothing.")
@_KEY
@reads
def key(reading: Reading, what: str, key_file: Path | None, **change: Any) -> None:
    """The key that signs this log's checkpoints.

    It lies in a file beside the log that only you can read. What partners need to verify is its verifier key, which is
    no secret: give it to them by another way than the log itself. `key new` makes a key for a log that has none. `key
    change` makes another and records that the log signs with it from now on: the old key signs that last of all, and is
    moved aside.
    """
    from decisionlog.cli.changing_key import Change, change_key, require_never_changed
    from decisionlog.domain.answers.proving import KeyShown

    asked = Change(**change)
    if what == "change":
        reading.answer(change_key(reading, _key_file(reading, key_file), asked))
        return
    if asked != Change():
        raise click.UsageError("--by, --reason, --by-decision, --compromised and --dry-run go with `key change`.")
    with reading.alone() as log:
        file = _key_file(reading, key_file)
        origin = log.identity.origin or ""
        if what == "new":
            require_never_changed(log)
        signer = make_key(file, origin) if what == "new" else signer_in(file)
        _require_own(signer.key.name, origin, file)
    if is_open_to_others(file):
        note(f"Note: {file} can be read by others on this computer. Make it yours alone: chmod 600 {file}")
    reading.answer(KeyShown(origin, str(file), str(signer.key), made=what == "new"))


@click.command(
    epilog=examples(
        "checkpoint", "checkpoint -o 2026-11.checkpoint", "checkpoint --for-witness --since icb -o request.txt"
    )
)
@click.option("--for-witness", is_flag=True, help="Print what asks a witness to cosign it, to send by e-mail.")
@click.option(
    "--since",
    metavar="WITNESS|SIZE|FILE",
    help="With --for-witness: what the witness cosigned last. [default: what is known, else nothing]",
)
@_OUTPUT
@_KEY
@reads
def checkpoint(
    reading: Reading, output: Path | None, key_file: Path | None, since: str | None, *, for_witness: bool
) -> None:
    """Sign what the log holds now: its size and its root.

    Give the checkpoint to partners and keep the old ones: whoever holds one can tell, with `verify --checkpoint`, that
    nothing recorded before was changed or removed since. It is a signed note as c2sp.org/tlog-checkpoint writes it.
    A key signs only what continues what it signed before.
    """
    if since and not for_witness:
        raise click.UsageError("--since goes with --for-witness: it says from where a witness continues.")
    from decisionlog.audit.verify import read_checkpoint
    from decisionlog.cli.witnessing.requesting import request_for_witness
    from decisionlog.domain.answers.proving import CheckpointShown

    file = _key_file(reading, key_file)
    with reading.alone() as log:
        text, again = _signed(log, file)
        request = request_for_witness(reading, log, text, since) if for_witness else b""
    made = read_checkpoint(text)
    printed = request or text
    if output:
        _write(output, printed)
    shown = CheckpointShown(
        made.origin, made.size, made.root.hex(), made.note.signatures[0].name, text.decode(),
        str(checkpoint_file(file)), again, request.decode(),
    )  # fmt: skip
    if reading.format != "terminal":
        reading.answer(shown)
        return
    print_json([printed])
    said = "Nothing was recorded since: it is the last one again" if again else f"Signed {counted(made.size, 'fact')}"
    note(f"{said}; kept in {visible(str(checkpoint_file(file)))}{f' and {visible(str(output))}' if output else ''}.")


@click.command(
    epilog=examples("prove NLB/25-26/031", "prove 354 -o 354.tlog-proof --fact 354.json", "prove --from old.checkpoint")
)
@click.argument("ref", metavar="REF|POSITION", required=False)
@click.option(
    "--from",
    "earlier",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Prove instead that the log continues what this checkpoint saw.",
)
@click.option(
    "--fact",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Write the fact itself, as it is stored, into this file.",
)
@_OUTPUT
@_KEY
@reads
def prove(
    reading: Reading,
    ref: str | None,
    earlier: Path | None,
    output: Path | None,
    fact: Path | None,
    key_file: Path | None,
) -> None:
    """Prove that a fact lies in the log, or that the log continues an older checkpoint.

    REF stands for the fact that opened the thing; any other fact is named by its position. The proof is a text as
    c2sp.org/tlog-proof writes it, with the last checkpoint in it; anybody can check it offline.
    """
    if (ref is None) == (earlier is None):
        raise click.UsageError(
            "Name a REF or a POSITION to prove a fact, or --from a checkpoint to prove what continues it."
        )
    if earlier and fact:
        raise click.UsageError("--fact goes with a REF or a POSITION.")
    from decisionlog.questions.proving import continuing, included, position_of

    file = _key_file(reading, key_file)
    with reading.alone() as log:
        if earlier:
            old = checkpoint_in(earlier)
            shown = continuing(log, old, str(earlier), covering(log, old.size, file, newest=True))
        else:
            position, others = position_of(log, ref or "")
            shown = included(log, position, others, covering(log, position, file))
    for target, content in ((output, shown.proof), (fact, f"{shown.fact}\n")):
        if target:
            _write(target, content.encode())
    if reading.format != "terminal":
        reading.answer(shown)
        return
    if output:
        say(f"Wrote the proof to {visible(str(output))}.")
    else:
        print_json([shown.proof.encode()])
    if shown.position:
        note(f"It proves fact {shown.position} of the {shown.size:,} of {shown.origin}.")
        if shown.others:
            note(f"Other facts of the same thing: {', '.join(map(str, shown.others))}.")
    else:
        note(f"It proves that {shown.size:,} facts of {shown.origin} continue the first {shown.old_size:,}.")


def _key_file(reading: Reading, given: Path | None) -> Path:
    return key_file(reading.run, reading.log, given)


def _require_own(name: str, origin: str, file: Path) -> None:
    if name != origin:
        msg = f"{file} is the key of {visible(name)}, and this log is {visible(origin)}. One key, one log."
        raise BadInput(msg)


def _signed(log: Log, file: Path) -> tuple[bytes, bool]:
    """The note of a checkpoint over the log as it is, kept in it and beside the key; and whether it is the last one again."""
    from decisionlog.audit.checkpoints import keep, signed
    from decisionlog.audit.verify import Malformed, Mismatch, read_checkpoint
    from decisionlog.cli.changing_key import require_current

    signer = signer_in(file)
    _require_own(signer.key.name, log.identity.origin or "", file)
    require_current(log, signer, file)
    earlier = [*(kept.note for kept in log.recorder.checkpoints()), *kept_beside(file)]
    try:
        made = signed(log, signer, earlier)
    except Mismatch as wrong:
        msg = f"Nothing was signed: {wrong}. Somebody changed the log, or put back an older copy of it; see `decisionlog verify`."
        raise NotSound(msg) from wrong
    except Malformed as wrong:
        msg = f"Nothing was signed: the checkpoint in {checkpoint_file(file)} is none ({wrong})."
        raise BadInput(msg) from wrong
    if made in earlier:
        return made, True
    if not getattr(log.recorder, "read_only", False):
        keep(log, read_checkpoint(made).size, made)
    keep_beside(file, made)
    return made, False


def covering(log: Log, position: int, file: Path, *, newest: bool = False) -> bytes:
    """The note of a checkpoint that covers a position: the last that was kept, or one that is signed now.

    `newest`: one of the log as it is now, if the key is here. Raises `NotFound` where there is none, nor a key to sign one.
    """
    kept = [one.note for one in log.recorder.checkpoints() if one.size >= position]
    if kept and not newest:
        return kept[-1]
    with suppress(NotFound):
        return _signed(log, file)[0]
    if kept:
        return kept[-1]
    msg = f"No checkpoint covers fact {position}, and there is no key at {file} to sign one. `decisionlog key new` makes one."
    raise NotFound(msg)


def _write(file: Path, content: bytes) -> None:
    from decisionlog.cli.exporting import replacing

    with replacing(file) as target:
        target.write(content)
