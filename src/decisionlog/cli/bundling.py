"""`bundle`: one decision with all its evidence, as a file that anybody can check offline."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from decisionlog.cli.exporting import given_out, replacing, require_free
from decisionlog.cli.keyring import checkpoint_in, key_file, signer_in
from decisionlog.cli.options import Reading, complete_reference, examples, finds
from decisionlog.cli.printing import note, print_json
from decisionlog.cli.proving import covering
from decisionlog.domain.refusals import BadInput, DecisionlogError, NotSound, Refusal
from decisionlog.domain.text import visible
from decisionlog.render.words import counted

if TYPE_CHECKING:
    from decisionlog.audit.verify import Checkpoint, Opening
    from decisionlog.bootstrap import OpenLog
    from decisionlog.questions.bundling import Gathered, Shown
    from decisionlog.store.log import Log

_FILE = click.Path(path_type=Path)
_EVERYBODY = 0o666
_OWNER = 0o600


@click.command(
    epilog=examples(
        "bundle NLB/25-26/031 -o 031.bundle",
        "bundle NLB/25-26/031 -o 031.bundle --openings --to 'the auditor'",
        "bundle NLB/25-26/031 -o 031.bundle --checkpoint 2026-03.checkpoint",
    )
)
@click.argument("ref", shell_complete=complete_reference)
@click.option("-o", "--output", metavar="FILE", type=_FILE, help="Into this file. [default: standard output]")
@click.option(
    "--openings/--sealed", "words", default=False, help="With the words of what it cites in clear. [default: sealed]"
)
@click.option("--exempt", is_flag=True, help="With facts that are exempt, instead of their hashes.")
@click.option(
    "--checkpoint", metavar="FILE", type=_FILE, help="Under this checkpoint: as it was recorded by then, and not later."
)
@click.option(
    "--key-file", "key", metavar="FILE", type=_FILE, help="The key that signs, if not the one beside the log."
)
@click.option("--to", metavar="WHOM", help="For whom the words are; kept beside the log.")
@click.option("--by", metavar="ROLE", help="Who gives them: a role or an opaque key, such as secretariat-1.")
@click.option("--force", is_flag=True, help="Write over a file that exists.")
@finds
def bundle(
    reading: Reading,
    ref: str,
    output: Path | None,
    checkpoint: Path | None,
    key: Path | None,
    to: str | None,
    by: str | None,
    *,
    words: bool,
    exempt: bool,
    force: bool,
) -> None:
    """One decision with all its evidence, as one file that proves itself.

    REF is a decision, or what one decision came of. Whoever gets the file checks it offline, with `decisionlog verify`,
    or with one file of Python and nothing else (docs/audit.md). Words stay sealed and exempt facts are withheld, unless
    you ask for them. It needs a checkpoint that covers its facts; if there is none, a new one is signed.
    """
    from decisionlog.audit.verify import read_bundle, tell_positions
    from decisionlog.cli.opening import settled
    from decisionlog.questions import bundling

    file = key_file(reading.run, reading.log, key)
    with reading.opened() as opened:
        log = opened.log
        if output:
            require_free(output, Path(log.recorder.place), force=force)
        found, signed = _under(opened, ref, checkpoint, file)
        shown = _shown(log, found, ref, signed.size, exempt=exempt)
        openings = bundling.openings_of(log, found.cited & shown.positions) if words else []
        text = bundling.bundle(log, found, signed.note, shown.withheld, openings)
        if openings:
            given_out(
                log, settled(reading.run, reading.log, by).by.value, "bundle", output, words="some", size=signed.size,
                to=to or "", opened=tuple(one.private for one in openings),
            )  # fmt: skip
    if output:
        with replacing(output, _OWNER if openings else _EVERYBODY) as target:
            target.write(text)
    else:
        print_json([text])
    _tell(found, shown, openings, signed, output)
    for sentence in tell_positions(read_bundle(text)):
        note(sentence)


class _Signed(NamedTuple):
    """A checkpoint: how many facts it saw, and the signed note."""

    size: int
    note: bytes


def _under(opened: OpenLog, ref: str, file: Path | None, key: Path) -> tuple[Gathered, _Signed]:
    """The evidence, and a checkpoint that covers it: the one in a file, the last that does, or one that is signed now."""
    from decisionlog.audit.verify import read_checkpoint
    from decisionlog.cli.opening import now
    from decisionlog.questions.bundling import gathered

    log, models = opened.log, opened.models
    if file:
        kept = checkpoint_in(file)
        _require_ours(log, kept, file, key)
        return gathered(log, models, ref, now(), kept.size), _Signed(kept.size, file.read_bytes())
    found = gathered(log, models, ref, now())
    note_ = covering(log, found.last, key)
    size = read_checkpoint(note_).size
    if size > found.upto:  # somebody recorded in the meantime
        opened.catch_up()
        found = gathered(log, models, ref, now(), size)
    return found, _Signed(size, note_)


def _require_ours(log: Log, checkpoint: Checkpoint, file: Path, key: Path) -> None:
    """Raise `NotSound` where the log does not continue a checkpoint, or its signature is false; `BadInput` where it is not signed."""
    from decisionlog.audit.checkpoints import require_continues
    from decisionlog.audit.key_changes import changes_of
    from decisionlog.audit.verify import Mismatch, is_signed

    try:
        signer = signer_in(key)
    except DecisionlogError:
        signer = None  # whoever verifies the bundle sees by whom its checkpoint is signed
    try:
        require_continues(log, checkpoint)
        keys = {signer.key, *(change.previous or change.key for change in changes_of(log))} if signer else set()
        ours = signer is None or any(is_signed(checkpoint.note, key) for key in keys)
    except Mismatch as wrong:
        msg = f"{file}: {wrong}. No bundle was made."
        raise NotSound(msg) from wrong
    if not ours:
        msg = f"{file} is not signed by the key of this log, {key}. No bundle was made."
        raise BadInput(msg)


def _shown(log: Log, found: Gathered, ref: str, size: int, *, exempt: bool) -> Shown:
    """Which of the facts may be shown. Raises `Refusal` where the decision itself may not."""
    from decisionlog.cli.opening import now
    from decisionlog.commands.set_access import require_decided
    from decisionlog.domain.days import moment
    from decisionlog.questions.bundling import Shown, shown_to_everybody
    from decisionlog.store.publishing import Publishing

    if not exempt:
        try:
            return shown_to_everybody(log, found, ref, size, moment(now()))
        except Refusal as refused:
            raise Refusal(f"{refused} --exempt makes one for somebody who may see it.") from None
    publishing = Publishing(log, size, moment(now()))
    for at, line in found.lines.items():
        if at > 1 and publishing.is_withheld(line):
            require_decided(publishing.how(line.stream, line.n), ref)
    return Shown(frozenset(found.lines), frozenset())


def _tell(found: Gathered, shown: Shown, openings: list[Opening], signed: _Signed, output: Path | None) -> None:
    made = f"Wrote {visible(str(output))}" if output else "Made a bundle"
    there = counted(len(found.lines) - len(shown.withheld), "fact")
    note(f"{made} of {visible(found.decision)}: {there}, proved by the checkpoint of {signed.size:,} facts.")
    if shown.withheld:
        note(f"{counted(len(shown.withheld), 'exempt fact')} withheld in it; --exempt shows them.")
    if openings:
        note(
            f"It opens {counted(len(openings), 'sealed value')}: names and prose in clear. Give it to those who may read them."
        )
    else:
        note("Its words are sealed; --openings opens those of the facts that are cited.")
