"""`checkpoint`, `prove`, `key` and `verify`, for people."""

from __future__ import annotations

from collections.abc import Iterator

from decisionlog.domain.answers.proving import CheckpointShown, Fault, KeyChanged, KeyShown, ProofShown, Verified
from decisionlog.domain.text import visible
from decisionlog.render.page import Page
from decisionlog.render.words import counted

_WHAT = {
    "log": "facts",
    "export": "facts, exported",
    "tiles": "facts, as tiles",
    "bundle": "facts at the time of this bundle",
    "proof": "facts at the time of this proof",
    "checkpoint": "facts at the time of this checkpoint",
}


_SIGNED = frozenset({"bundle", "export", "tiles", "proof", "checkpoint"})
"""What is nothing without the signature in it."""


def checkpoint(answer: CheckpointShown, page: Page) -> Iterator[str]:
    """`checkpoint`: what was signed, and the note itself, to be copied as it is."""
    origin, facts = visible(answer.origin), counted(answer.size, "fact")
    yield from page.heading(f"Checkpoint of {origin}: {facts}, signed by {visible(answer.signed_by)}")
    yield from _to_be_copied(answer.request or answer.note)


def proof(answer: ProofShown, page: Page) -> Iterator[str]:
    """`prove`: what is proved, and the proof itself, to be copied as it is."""
    origin = visible(answer.origin)
    if answer.position:
        yield from page.heading(f"Proof that fact {answer.position:,} is one of the {answer.size:,} of {origin}")
    else:
        yield from page.heading(f"Proof that {answer.size:,} facts of {origin} continue the first {answer.old_size:,}")
    yield from _to_be_copied(answer.proof)
    if answer.others:
        yield from page.paragraph(f"Other facts of the same thing: {', '.join(map(str, answer.others))}.")


def _to_be_copied(text: str) -> Iterator[str]:
    """A text line by line, moved in, which Markdown leaves as it is."""
    yield ""
    for line in text.splitlines():
        yield f"    {visible(line)}"
    yield ""


def key(answer: KeyShown, page: Page) -> Iterator[str]:
    """`key`: where it lies, and the verifier key, alone on its line so that it can be copied."""
    if answer.made:
        yield from page.paragraph(
            f"Made {visible(answer.place)}, which only you can read. Keep a copy of it apart from the log."
        )
    else:
        yield from page.paragraph(f"Checkpoints of {visible(answer.origin)} are signed by {visible(answer.place)}.")
    yield from page.paragraph("Its verifier key, for partners; give it to them by another way than the log itself:")
    yield ""
    yield visible(answer.verifier_key)


def key_changed(answer: KeyChanged, page: Page) -> Iterator[str]:
    """`key change`: the new key, what vouches for it, where the old one is, and what is to be done with both."""
    place, before = visible(answer.place), visible(answer.previous_place)
    if answer.dry_run:
        there = "The one there would be moved aside" if answer.previous else "There is none now"
        yield from page.paragraph(
            f"A new key would be made at {place}, and a fact would say so. {there}. Nothing was changed (dry run)."
        )
        return
    yield from page.paragraph(
        f"{visible(answer.origin)} signs with another key from now on, as fact {answer.position:,} says. It lies in {place}: "
        "keep a copy of it apart from the log."
    )
    yield from page.paragraph("Its verifier key, for partners; give it to them by another way than the log itself:")
    yield ""
    yield visible(answer.verifier_key)
    yield ""
    yield from page.paragraph(_of_the_old_key(answer, before))


def _of_the_old_key(answer: KeyChanged, before: str) -> str:
    if answer.vouched:
        return (
            f"The old key lies in {before} and signs no more. It has signed the checkpoint that covers that fact, with the new "
            "one: who trusts the old key can see that it gave way to this. Keep the line of both: what was signed before is "
            "verified with the old one."
        )
    if answer.previous:
        return (
            f"The old key lies in {before} and signs no more. Others may have had it, so it vouches for nothing: tell every "
            "partner at once. Only what was cosigned, and checkpoints that were kept from before, are to be believed of it."
        )
    return "The old key is not here, so nothing vouches for this one: partners must hear of it from you, in person."


def verified(answer: Verified, page: Page) -> Iterator[str]:
    """`verify`: sound or not in the first line, then what was looked at, and what is wrong."""
    yield from page.heading(_verdict(answer))
    if answer.faults:
        for fault in answer.faults:
            yield from page.paragraph(f"- {visible(_fault(fault))}")
        for sentence in answer.lacking:
            yield from page.paragraph(f"- {visible(sentence)}")
        yield ""
        yield from page.paragraph(_what_now(answer))
        return
    for sentence in answer.looked_at:
        yield from page.paragraph(f"- {visible(sentence)}.")
    for sentence in answer.lacking:
        yield ""
        yield from page.paragraph(visible(sentence))
    for note in answer.notes:
        yield ""
        yield from page.paragraph(visible(note))


def _verdict(answer: Verified) -> str:
    origin = visible(answer.origin) or visible(answer.place)
    if not answer.sound:
        return f"NOT SOUND: {origin}"
    verdict = "CONSISTENT; signer not checked" if answer.what in _SIGNED and not answer.signer else "SOUND"
    if answer.lacking:
        verdict = f"{verdict}, but not witnessed by enough"
    return f"{verdict}: {answer.size:,} {_WHAT.get(answer.what, 'facts')} of {origin}, root {answer.root}"


def _fault(fault: Fault) -> str:
    where = f"Fact {fault.position}" if fault.position else ""
    about = f" ({fault.about})" if fault.about and where else ""
    return f"{where}{about}: {fault.sentence}" if where else fault.sentence


def _what_now(answer: Verified) -> str:
    first = min((fault.position for fault in answer.faults if fault.position), default=0)
    sound = f"Facts 1 to {first - 1} are as they must be. " if first > 1 else ""
    if answer.what == "log":
        return (
            f"{sound}If it is yours, do not record more in it; keep the file as it is, and restore the last backup beside it. "
            "If it was given to you, keep it and your checkpoint, and tell the other partners."
        )
    return f"{sound}Ask for it again, and compare it with a checkpoint that somebody else kept."
