"""`key` and `verify`, for people."""

from __future__ import annotations

from collections.abc import Iterator

from decisionlog.domain.answers.proving import Fault, KeyShown, Verified
from decisionlog.domain.text import visible
from decisionlog.render.page import Page

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
