"""`verify` of what was copied out of a log: an export, a folder of tiles, a proof."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from decisionlog.audit.lines import fast
from decisionlog.audit.tiles import examined
from decisionlog.audit.verify import (
    Checkpoint,
    Lines,
    Malformed,
    Mismatch,
    leaf_hash,
    look_through,
    read_checkpoint,
    read_proof,
    root_by_inclusion,
)
from decisionlog.domain.answers.proving import Fault, Verified
from decisionlog.domain.refusals import BadInput
from decisionlog.questions.verifying.disclosed import Noticed, opened_in
from decisionlog.questions.verifying.held import (
    AS_THEY_MUST_BE,
    NOT_CHECKED,
    ONLY_A_CHECKPOINT,
    Held,
    Progress,
    against,
    as_sentence,
    by_policy,
)


def verified_export(
    place: str, lines: Iterable[bytes], openings: Iterable[bytes] | None, held: Held, progress: Progress | None = None
) -> Verified:
    """Verify an export, withheld facts and all, and what opens its commitments, if that is given."""
    noticed = Noticed()
    seen = look_through(
        _noticed(lines, noticed if openings is not None else None, progress),
        {checkpoint.size for _, checkpoint in held.checkpoints},
        fast,
    )
    size, lines_seen = seen.lines.tree.size, seen.lines
    if seen.cannot_be_judged:
        msg = f"{place} is not an export of a log ({seen.wrong or 'it is empty'})."
        raise BadInput(msg)
    faults = [Fault(as_sentence(seen.wrong), size + 1)] if seen.wrong else []
    facts = f"{size:,} facts" + (f", {lines_seen.withheld:,} of them withheld" if lines_seen.withheld else "")
    looked_at = [f"{facts}: {AS_THEY_MUST_BE}"]
    if openings is not None:
        opened, disclosed, unchecked, wrong = opened_in(openings, noticed)
        faults += wrong
        looked_at.append(
            f"{opened:,} {'sealed value opens what it says' if opened == 1 else 'sealed values open what they say'}: "
            "the words are those that were recorded"
        )
        if unchecked:
            looked_at.append(
                f"{unchecked:,} {'sealed value is of a fact' if unchecked == 1 else 'sealed values are of facts'} that this "
                "export withholds, whose line was not disclosed: that it stands there is not checked"
            )
        if disclosed:
            looked_at.append(
                f"{disclosed:,} of the withheld facts {'is' if disclosed == 1 else 'are'} what was disclosed"
            )
    sentences, more, signer = against(
        held.checkpoints, held.keys, lines_seen.origin, size, seen.roots, known_good=not faults
    )
    faults += more
    notes = () if held.checkpoints else (ONLY_A_CHECKPOINT,)
    answer = Verified(
        "export", place, lines_seen.origin, not faults, size, lines_seen.tree.root().hex(), signer,
        (*looked_at, *sentences), tuple(faults), notes,
    )  # fmt: skip
    return by_policy(answer, held, held.checkpoints)


def verified_tiles(folder: Path, held: Held, progress: Progress | None = None) -> Verified:
    """Verify a folder of tiles: every tile and every fact of it, against its own checkpoint and those that are held."""
    own = _checkpoint_of(folder)
    every = [("checkpoint", own), *held.checkpoints]
    lines = Lines(fast)
    lines.origin = own.origin
    roots = {checkpoint.size: b"" for _, checkpoint in every}
    faults, with_facts = [], False
    try:
        with_facts = examined(folder, own.size, lines, roots, progress)
    except (Malformed, Mismatch) as wrong:
        faults.append(Fault(as_sentence(wrong), getattr(wrong, "position", lines.tree.size + 1)))
    size, root = lines.tree.size, lines.tree.root()
    said, more, signer = against(every, held.keys, lines.origin, size, roots, known_good=not faults)
    what = f"{size:,} facts: {AS_THEY_MUST_BE}"
    looked_at = (what if with_facts else f"The hashes of {size:,} facts; the facts themselves are not there", *said)
    answer = Verified(
        "tiles", str(folder), lines.origin, not faults + more, size, root.hex(), signer, looked_at, (*faults, *more)
    )
    return by_policy(answer, held, every)


def verified_proof(file: Path, fact: Path | None, held: Held) -> Verified:
    """Verify a proof of inclusion and the fact that it is about. Raises `BadInput` where it is no proof."""
    try:
        proof = read_proof(file.read_bytes())
    except Malformed as wrong:
        msg = f"{file} is not a proof ({wrong})."
        raise BadInput(msg) from wrong
    if fact is None:
        msg = f"{file} is about fact {proof.leaf_index + 1}: give that fact's line with --fact FILE."
        raise BadInput(msg)
    checkpoint, position = proof.checkpoint, proof.leaf_index + 1
    try:
        leaf = leaf_hash(fact.read_bytes().removesuffix(b"\n"))
        root = root_by_inclusion(leaf, proof.leaf_index, checkpoint.size, proof.path)
    except OSError as fault:
        msg = f"{fact} cannot be read ({fault.strerror})."
        raise BadInput(msg) from fault
    except Malformed as wrong:
        msg = f"{file} is not a proof ({wrong})."
        raise BadInput(msg) from wrong
    faults = []
    if root != checkpoint.root:
        faults.append(Fault(f"{fact} is not fact {position} of the log of this checkpoint.", position))
    said, more, signer = against(
        [(str(file), checkpoint)], held.keys, checkpoint.origin, checkpoint.size, {}, known_good=False
    )
    looked_at = () if faults else (f"Fact {position} lies in the log of {checkpoint.size:,} facts", *said)
    answer = Verified(
        "proof", str(file), checkpoint.origin, not faults + more, checkpoint.size, checkpoint.root.hex(), signer,
        looked_at, (*faults, *more), () if signer else (NOT_CHECKED,),
    )  # fmt: skip
    return by_policy(answer, held, [(str(file), checkpoint)])


def _noticed(lines: Iterable[bytes], noticed: Noticed | None, progress: Progress | None) -> Iterator[bytes]:
    """The lines, what can be opened in them noticed on the way, and how far it is."""
    for number, line in enumerate(lines, start=1):
        if noticed is not None:
            noticed.take(number, line)
        yield line
        if progress and not number % 1000:
            progress(number)


def _checkpoint_of(folder: Path) -> Checkpoint:
    try:
        return read_checkpoint((folder / "checkpoint").read_bytes())
    except OSError:
        msg = f"{folder} is a folder without a checkpoint, so it is not a log as tiles."
        raise BadInput(msg) from None
    except Malformed as wrong:
        msg = f"{folder / 'checkpoint'} is not a checkpoint ({wrong})."
        raise BadInput(msg) from wrong
