"""`verify` of a log: every row of its file recomputed, and whether it continues the checkpoints of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from decisionlog.addresses import Place
from decisionlog.audit.crew import HelperLost, processors
from decisionlog.audit.examining import Examined, examine
from decisionlog.audit.key_changes import CHANGED, KeyChange, changes_in
from decisionlog.audit.verify import Checkpoint, Malformed, read_checkpoint, shown
from decisionlog.domain.answers.proving import Fault, Verified
from decisionlog.domain.refusals import Refusal
from decisionlog.questions.verifying.held import (
    AS_THEY_MUST_BE,
    NOT_CHECKED,
    ONLY_A_CHECKPOINT,
    Held,
    Progress,
    against,
    by_policy,
)
from decisionlog.store.raw import raw_at, reading_raw

if TYPE_CHECKING:
    from decisionlog.store.raw import AnyRawLog


def verified_log(place: Place, held: Held, progress: Progress | None = None, jobs: int | None = 1) -> Verified:
    """Verify the log at a place: every row of it, and whether it continues the checkpoints that are held or kept.

    Up to `jobs` processes (None: one for each processor) share the work where there is much of it in a file. Raises
    `NotSound` where the file is too damaged to be read as a log, and `Refusal` where one of them was stopped from outside.
    """
    with _to_the_end(), reading_raw(place), raw_at(place) as raw:
        kept, broken = _kept(raw)
        kept, broken = _with_beside(held, kept, broken)
        given = [*held.checkpoints, *([held.since] if held.since else [])]
        texts = {checkpoint.note.text for _, checkpoint in given}
        every = [*given, *(one for one in kept if one[1].note.text not in texts)]
        since = held.since[1] if held.since else None
        found = examine(
            raw,
            sizes={checkpoint.size for _, checkpoint in every},
            after=since.size if since else 0,
            root_then=since.root if since else b"",
            progress=progress,
            jobs=jobs or processors(),
        )
        as_it_was = raw.as_it_was()
        changes = _changes(raw, found)
        about = {fault.position: _about(raw, fault.position) for fault in found.faults}
    faults = [
        *(Fault(fault.sentence, fault.position or None, about[fault.position]) for fault in found.faults),
        *broken,
    ]
    own = ("", held.beside[0]) if held.beside else ("",)
    seen, more, signer = against(
        every, held.keys, found.origin, found.size, found.roots, known_good=found.is_whole, own=own, changes=changes
    )
    faults = [*more, *faults]  # what a partner holds comes first: it says what it means
    answer = Verified(
        "log", str(place), found.origin, not faults, found.size, found.root.hex(), signer,
        (*_looked_at(found), *seen), tuple(faults), tuple(_notes(found, every, signer, as_it_was)),
    )  # fmt: skip
    return by_policy(answer, held, every)


@contextmanager
def _to_the_end() -> Iterator[None]:
    """Say what it means where a process that helped was stopped."""
    try:
        yield
    except HelperLost as lost:
        msg = f"{lost}, so it cannot be said whether the log is sound. Run it again; with --jobs 1 it needs no other process."
        raise Refusal(msg) from lost


def _kept(raw: AnyRawLog) -> tuple[list[tuple[str, Checkpoint]], list[Fault]]:
    """The checkpoints that the log keeps of itself, and those that are none."""
    kept, broken = [], []
    for size, note in raw.checkpoints():
        try:
            checkpoint = read_checkpoint(note)
        except (Malformed, TypeError) as wrong:
            broken.append(Fault(f"The checkpoint that is kept of {size} facts is none ({wrong})."))
            continue
        kept.append(("", checkpoint))
        if checkpoint.size != size:
            broken.append(Fault(f"The checkpoint that is kept of {size} facts is one of {checkpoint.size:,}."))
    return kept, broken


def _with_beside(
    held: Held, kept: list[tuple[str, Checkpoint]], broken: list[Fault]
) -> tuple[list[tuple[str, Checkpoint]], list[Fault]]:
    """The same with the checkpoint that lies beside the log, where there is one and it says something else."""
    if held.beside is None:
        return kept, broken
    file, note = held.beside
    try:
        beside = read_checkpoint(note)
    except Malformed as wrong:
        return kept, [*broken, Fault(f"The checkpoint beside the log, {file}, is none ({wrong}).")]
    signed = {(one.note.text, signature) for _, one in kept for signature in one.note.signatures}
    is_kept = all((beside.note.text, signature) in signed for signature in beside.note.signatures)
    return (kept, broken) if is_kept else ([*kept, (file, beside)], broken)


def _changes(raw: AnyRawLog, found: Examined) -> list[KeyChange]:
    """The changes of its key that the log has recorded, where all of it is sound."""
    rows = raw.of_type(f"log:{found.origin}", CHANGED) if found.is_whole else ()
    return changes_in(((position, bytes(state)) for position, state in rows if state is not None), found.origin)


def _looked_at(found: Examined) -> Iterator[str]:
    before = f" after the {found.after:,} that were verified before" if found.after else ""
    yield f"{_counted(found.size - found.after, 'fact')}{before}: {AS_THEY_MUST_BE}"
    yield "The root stands for exactly these facts (the tree: every node recomputed from the bytes)"
    names = f"{_counted(found.names, 'name')} of {_counted(found.streams, 'thing')}"
    yield f"What things are called (the table of names): {names}, each given by a fact"
    if found.sealed:
        there = "none of them can be opened here" if found.without_words else f"{found.opened:,} opened"
        yield f"Names and prose, kept beside the facts (sealed values): {found.sealed:,}, {there}{_erased(found)}"


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}{'s' * (number != 1)}"


def _erased(found: Examined) -> str:
    return "".join(f", {number:,} erased under {position}" for position, number in found.erased.items())


def _notes(found: Examined, checkpoints: Sequence[object], signer: str, as_it_was: int) -> Iterator[str]:
    if found.without_words and found.sealed:
        yield "Names and prose cannot be read in this copy: it was made without what opens its sealed values."
    if as_it_was and as_it_was == found.size:
        yield f"This is a copy of the log as it was at fact {found.size:,}, to be looked at: the log goes on elsewhere.{_later(found)}"
    if not found.faults and not checkpoints:
        yield ONLY_A_CHECKPOINT
    elif not found.faults and not signer:
        yield NOT_CHECKED
    if not found.faults:
        yield "Whether the pages and lists show what the facts say was not compared: --views does that."


def _later(found: Examined) -> str:
    if not found.later:
        return ""
    were = "1 sealed value of it was" if found.later == 1 else f"{found.later:,} sealed values of it were"
    return f" {were} erased later, as the copy says: the facts that say so came after those in it, so only the log shows them."


def _about(raw: AnyRawLog, position: int) -> str | None:
    row = raw.row(position) if position else None
    return shown(row.stream)[:200] if row and isinstance(row.stream, str) else None
