"""What a partner does: become a witness, look after a log, cosign what came by e-mail, see what was cosigned."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from decisionlog.cli.exporting import replacing
from decisionlog.cli.opening import now
from decisionlog.cli.options import Reading, examples, tells
from decisionlog.cli.printing import note, print_lines, say, say_next
from decisionlog.domain.refusals import BadInput, NotFound, NotSound, Refusal, Unusable
from decisionlog.domain.text import visible

if TYPE_CHECKING:
    from decisionlog.audit.verify import Key
    from decisionlog.audit.witness import Witness
    from decisionlog.audit.witnessing import Cosigned, Refused, Watched
    from decisionlog.domain.answers.witnessing import CheckpointCosigned, LogSeen, WitnessShown

FOLDER: Final = Path("witness")
_MOST_BYTES: Final = 2_000_000

folder_option = click.option(
    "--folder",
    metavar="FOLDER",
    type=click.Path(path_type=Path),
    default=FOLDER,
    show_default=True,
    help="The folder of this witness.",
)


@click.command(
    epilog=examples("witness init --name icb.example/witness", "witness init icb-witness --name icb.example/witness")
)
@click.argument("folder", type=click.Path(path_type=Path), default=FOLDER)
@click.option("--name", metavar="NAME", required=True, help="What the key is called, for ever: icb.example/witness.")
@tells
def init(reading: Reading, folder: Path, name: str) -> None:
    """Become a witness: make a key in a folder.

    FOLDER is ./witness if it is left out. The key in it is secret, and the folder is the memory of the witness: what it
    has seen it will hold every later checkpoint against.
    """
    reading.run.outcome = "Nothing was made."
    from decisionlog.audit.keys import new_signer, written
    from decisionlog.audit.verify import COSIGNATURE, Malformed
    from decisionlog.audit.witness import Witness
    from decisionlog.store.witness_folder import KEY, WitnessFolder

    try:
        signer = new_signer(name, COSIGNATURE)
    except Malformed as wrong:
        raise BadInput(f"{_sentence(wrong)}.") from wrong
    made = Witness(WitnessFolder.made(folder, written(signer)))
    reading.run.outcome = ""
    if reading.format != "terminal":
        reading.answer(_shown(made))
        return
    say(
        f"Made the witness {visible(name)} in {folder}. The secret is in {folder / KEY}: give it to nobody, and back it up."
    )
    say("Give this line to whoever keeps a log that you are to witness; everybody may know it:")
    print_lines([str(signer.key)])
    say_next(f"witness trust VKEY{_flag(folder)}")


@click.command(
    epilog=examples("witness trust northmoor.example/decisions+1f2e3d4c+AT...", "witness trust northmoor.vkey --also")
)
@click.argument("vkey")
@folder_option
@click.option("--also", is_flag=True, help="Beside the keys of this log that are trusted already.")
@click.option("--instead", is_flag=True, help="In the place of the keys of this log that were trusted before.")
@tells
def trust(reading: Reading, vkey: str, folder: Path, *, also: bool, instead: bool) -> None:
    """Look after a log, by its key.

    VKEY is the line that `decisionlog key` prints for the log, or a file with it. Compare it by voice with whoever keeps
    the log: this is the one moment at which a wrong key could be slipped in.
    """
    reading.run.outcome = "Nothing was changed."
    if also and instead:
        raise click.UsageError("--also keeps the trusted keys, --instead drops them; give one of the two.")
    keys = _keys(vkey)
    with told(folder) as witness:
        found = witness.watched(keys[0].name)
        before = found.keys if found else ()
        new = tuple(key for key in keys if key not in before)
        if before and new and not (also or instead):
            msg = (
                f"This witness looks after {visible(keys[0].name)} already, by another key. Nothing was changed. If whoever keeps "
                "that log says in person that it has a new key, give --also, or --instead if the old one may have been taken."
            )
            raise Refusal(msg)
        witness.look_after((*before, *new) if not instead else keys)
        reading.run.outcome = ""
        if reading.format != "terminal":
            reading.answer(_shown(witness))
            return
    say(
        f"This witness looks after {visible(keys[0].name)}{' already' if before and not new and not instead else ' now'}."
    )


@click.command(
    epilog=examples("witness cosign request.txt", "witness cosign request.txt -o cosigned.txt --folder icb-witness")
)
@click.argument("file", metavar="REQUEST_FILE", type=click.Path(allow_dash=True, path_type=Path))
@folder_option
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(allow_dash=True, path_type=Path),
    help="Write the cosigned checkpoint here. [default: REQUEST_FILE.cosigned]",
)
@click.option("--force", is_flag=True, help="Write over a file that exists.")
@tells
def cosign(reading: Reading, file: Path, folder: Path, output: Path | None, *, force: bool) -> None:
    """Cosign a checkpoint that came by e-mail.

    It is cosigned only if it continues what this witness cosigned last of that log, and that is remembered. What is
    written is to be sent back to whoever keeps the log; it says: as of now, this is all that was seen of this log, and
    it holds everything that was seen before. REQUEST_FILE is a file, or - for standard input.
    """
    reading.run.outcome = "Nothing was cosigned."
    from decisionlog.audit.witnessing import Cosigned, Refused
    from decisionlog.cli.witnessing.refusing import refusal

    target = output or (Path("-") if str(file) == "-" else file.parent / f"{file.name}.cosigned")
    _require_free(target, force=force)
    body = content_of(file)
    with told(folder) as witness:
        asked_at = int(now().timestamp())
        found = witness.add_checkpoint(body, asked_at)
        answer = _answer(witness, found, str(target))
        if answer is None:
            assert isinstance(found, Refused)
            raise refusal(found, str(file), witness.folder.evidence_in(body))
    if isinstance(found, Cosigned) and found.before.at > asked_at:
        note(
            "Note: this computer's clock is behind the last cosignature, so this one has the time of that. Set the clock right."
        )
    reading.run.outcome = "It was cosigned and is remembered; the same request again writes the file."
    if str(target) != "-":
        with replacing(target) as written:
            written.write(answer.note.encode())
    reading.run.outcome = ""
    if str(target) == "-" and reading.format == "terminal":
        sys.stdout.write(answer.note)
        return
    reading.answer(answer)


@click.command(epilog=examples("witness show", "witness show --json"))
@folder_option
@tells
def show(reading: Reading, folder: Path) -> None:
    """What this witness has cosigned.

    Its key, which others may know, and of each log that it looks after the last checkpoint that it cosigned.
    """
    with told(folder) as witness:
        reading.answer(_shown(witness))


@contextmanager
def told(folder: Path) -> Iterator[Witness]:
    """The witness in a folder. What is wrong with its memory is told with the way out."""
    from decisionlog.audit.verify import Malformed, Mismatch
    from decisionlog.audit.witness import Witness
    from decisionlog.store.witness_folder import WitnessFolder

    try:
        yield Witness(WitnessFolder(folder))
    except Malformed as wrong:
        msg = f"What is in {folder} cannot be read as the memory of a witness ({wrong}). Restore the folder from a backup."
        raise BadInput(msg) from wrong
    except Mismatch as false:
        msg = f"What is in {folder} is not what this witness remembered ({false}). Restore the folder from a backup, or ask why."
        raise NotSound(msg) from false


def content_of(file: Path) -> bytes:
    """What is in a file, or comes on standard input. Raises `NotFound`, `BadInput` and `Unusable`."""
    try:
        if str(file) == "-":
            content = sys.stdin.buffer.read(_MOST_BYTES + 1)
        else:
            with file.open("rb") as opened:
                content = opened.read(_MOST_BYTES + 1)
    except FileNotFoundError:
        msg = f"There is no file {file}."
        raise NotFound(msg) from None
    except IsADirectoryError:
        msg = f"{file} is a folder. Name a file in it."
        raise BadInput(msg) from None
    except OSError as fault:
        msg = f"{file} cannot be read ({fault.strerror})."
        raise Unusable(msg) from fault
    if len(content) > _MOST_BYTES:
        msg = f"{file} has more than {_MOST_BYTES:,} bytes: it is no checkpoint, and nothing about one."
        raise BadInput(msg)
    return content


def _answer(witness: Witness, found: Cosigned | Refused, target: str) -> CheckpointCosigned | None:
    """What is said of a cosigned checkpoint, also where this very one was cosigned before; none, where it is refused."""
    from decisionlog.audit.verify import Checkpoint, Extension
    from decisionlog.audit.witnessing import Cosigned, Refused, Watched, Why
    from decisionlog.domain.answers.witnessing import CheckpointCosigned

    name = witness.signer.key.name
    match found:
        case Cosigned(before=before, after=after):
            return CheckpointCosigned(name, seen(before), seen(after), target, after.note.decode())
        case Refused(
            Why.ANOTHER_SIZE, _, Watched(last=Checkpoint(note=note)) as watched, Extension(checkpoint=asked)
        ) if note.text == asked.note.text:
            return CheckpointCosigned(name, seen(watched), seen(watched), target, watched.note.decode(), again=True)
    return None


def seen(watched: Watched) -> LogSeen:
    """A log, and what was cosigned of it last."""
    from decisionlog.domain.answers.witnessing import LogSeen
    from decisionlog.domain.days import stamp_of

    last = watched.last
    size, root = (last.size, last.root.hex()) if last else (0, "")
    return LogSeen(watched.origin, tuple(map(str, watched.keys)), size, root, stamp_of(watched.at))


def _shown(witness: Witness) -> WitnessShown:
    from decisionlog.domain.answers.witnessing import WitnessShown

    logs = tuple(seen(watched) for watched in witness.all_watched())
    evidence = tuple(str(file) for file in witness.folder.evidence())
    return WitnessShown(str(witness.folder.path), str(witness.signer.key), logs, evidence)


def _keys(vkey: str) -> tuple[Key, ...]:
    """The keys of one log that a word or a file gives. Raises `BadInput`."""
    from decisionlog.audit.verify import SIGNATURE, Malformed, read_key

    lines = [vkey] if "+" in vkey else content_of(Path(vkey)).decode(errors="replace").splitlines()
    try:
        keys = tuple(read_key(line) for line in lines if line.strip() and not line.startswith("#"))
    except Malformed as wrong:
        msg = f"{visible(vkey)[:200]} is not the key of a log ({wrong}). `decisionlog key` prints it where the log is kept."
        raise BadInput(msg) from wrong
    if not keys or len({key.name for key in keys}) > 1:
        msg = f"{visible(vkey)[:200]} holds {'keys of several logs' if keys else 'no key'}; give the key of one log."
        raise BadInput(msg)
    if any(key.kind != SIGNATURE for key in keys):
        msg = f"{keys[0].name} is the key of a witness, not of a log. `decisionlog key` prints a log's key where it is kept."
        raise BadInput(msg)
    return keys


def _require_free(target: Path, *, force: bool) -> None:
    if str(target) == "-":
        return
    if target.is_dir():
        msg = f"{target} is a folder. Name a file in it, with --output."
        raise BadInput(msg)
    if target.is_file() and not force:
        msg = f"{target} exists already. Name another file with --output, or give --force to write over it."
        raise BadInput(msg)
    if not target.parent.is_dir():
        msg = f"The folder {target.parent} does not exist; make it first."
        raise BadInput(msg)


def _sentence(wrong: Exception) -> str:
    text = str(wrong)
    return f"{text[:1].upper()}{text[1:]}"


def _flag(folder: Path) -> str:
    return "" if folder == FOLDER else f" --folder {folder}"
