"""What is said of witnesses: how far a log has been witnessed, and what a witness has seen, remembered and answered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from decisionlog.domain.answers.witnessing import (
    CheckpointCosigned,
    CosignaturesAdded,
    CosignaturesTaken,
    CosignerNamed,
    LogSeen,
    WitnessAsked,
    WitnessesAsked,
    Witnessing,
    WitnessShown,
)
from decisionlog.domain.text import visible
from decisionlog.render.page import Page
from decisionlog.render.words import counted, listed_in_words, when


def witnessing(answer: Witnessing, page: Page) -> Iterator[str]:
    """The lines of `status`: checkpointed, witnessed, and what waits."""
    yield from page.entry("Checkpointed", [_checkpointed(answer)])
    yield from page.entry("Witnessed", [*_witnessed(answer), *map(visible, answer.wrong)])


def witnesses_asked(answer: WitnessesAsked, page: Page) -> Iterator[str]:
    """`witness send`: a line for each witness, and how far the log is witnessed now."""
    asked = sum(one.outcome != "no-address" for one in answer.items)
    sent = f"Sent the checkpoint of {counted(answer.size, 'fact')} to {counted(asked, 'witness', 'witnesses')}."
    yield from page.paragraph(sent if asked else "Nothing was sent: no witness of the policy has an address.")
    widest = max((len(visible(one.name)) for one in answer.items), default=0)
    for one in answer.items:
        yield from page.columns([(visible(one.name), widest)], visible(_asked(one)))
    yield ""
    yield from witnessing(answer.standing, page)


def witness_shown(answer: WitnessShown, page: Page) -> Iterator[str]:
    """`witness show`: its key, and each log with the last checkpoint that it cosigned."""
    yield from page.entry("Folder", [visible(answer.folder)])
    yield from page.entry("Key", [visible(answer.key)])
    if not answer.logs:
        yield from page.entry("Looks after", ["no log yet: decisionlog witness trust VKEY"])
    for log in answer.logs:
        yield from page.entry("Looks after", [visible(log.origin), _seen(log), *map(visible, log.keys)])
    if answer.evidence:
        yield from page.entry(
            "Refused", ["signed checkpoints that did not continue what was cosigned:", *map(visible, answer.evidence)]
        )


def checkpoint_cosigned(answer: CheckpointCosigned, page: Page) -> Iterator[str]:
    """`witness cosign`: what the cosignature says, in plain words, and what it does not."""
    before, after = answer.before, answer.after
    facts = counted(after.size, "fact")
    yield from page.paragraph(
        f"{'Cosigned already, and given again' if answer.again else 'Cosigned'}: {visible(answer.witness)} observed "
        f"{visible(after.origin)} with {facts} and root {visible(after.root)}, as of {when(after.at)}."
    )
    yield from page.paragraph(_continues(before, after, again=answer.again))
    yield from page.paragraph("Whether what was recorded is true, it does not say.")
    if answer.file != "-":
        yield from page.paragraph(f"Wrote {visible(answer.file)}: send it back to whoever keeps the log.")


def cosignatures_added(answer: CosignaturesAdded, page: Page) -> Iterator[str]:
    """`witness add`: whose cosignatures were taken in, and whose not, file by file."""
    for one in answer.items:
        yield from _taken(one, page)


def _checkpointed(answer: Witnessing) -> str:
    if not answer.checkpointed:
        return "nothing yet: decisionlog checkpoint"
    until = f", up to {when(answer.checkpointed_until)}" if answer.checkpointed_until else ""
    return f"{counted(answer.checkpointed, 'fact')}{until}{_left(answer.recorded - answer.checkpointed)}"


def _witnessed(answer: Witnessing) -> Iterator[str]:
    if not answer.policy:
        yield "no witnesses are set (decisionlog help witness)"
        return
    if answer.witnessed:
        by = f" by {visible(listed_in_words(answer.by))}" if answer.by else ""
        at = f", {when(answer.witnessed_at)}" if answer.witnessed_at else ""
        yield f"{counted(answer.witnessed, 'fact')}{by}{at}{_left(answer.recorded - answer.witnessed)}"
    else:
        yield "nothing yet"
    met = "met" if answer.quorum_met else "not met"
    yield f"needed: {visible(answer.quorum)}; {met} for the last checkpoint"
    for one in answer.witnesses:
        if one.size < answer.checkpointed:
            last = f"last {counted(one.size, 'fact')}, {when(one.at)}" if one.size else "nothing cosigned yet"
            yield f"{visible(one.name)}: {last}"
    if answer.overdue:
        yield f"Warning: facts recorded since {when(answer.waiting_since)} wait for the witnesses longer than they may."


def _left(number: int) -> str:
    return f"; {number:,} more since" if number > 0 else ""


def _asked(one: WitnessAsked) -> str:
    return f"cosigned, {when(one.at)}" if one.outcome == "cosigned" else one.sentence


def _seen(log: LogSeen) -> str:
    if not log.at:
        return "nothing cosigned yet"
    return f"{counted(log.size, 'fact')}, root {visible(log.root)}, cosigned {when(log.at)}"


def _continues(before: LogSeen, after: LogSeen, *, again: bool) -> str:
    if again:
        return "Nothing new was cosigned."
    if not before.at:
        return "It is the first checkpoint of this log that this witness sees, so there is nothing yet that it could be held against."
    if before.size == after.size:
        return f"It is the same log of {counted(after.size, 'fact')} that was cosigned on {when(before.at)}."
    return (
        f"It continues the {counted(before.size, 'fact')} that {'was' if before.size == 1 else 'were'} cosigned on "
        f"{when(before.at)}: none of them was changed or taken out."
    )


def _named(cosigners: Iterable[CosignerNamed]) -> str:
    return visible(listed_in_words(f"{one.key.partition('+')[0]} ({when(one.at)})" for one in cosigners))


def _taken(answer: CosignaturesTaken, page: Page) -> Iterator[str]:
    checkpoint = f"the checkpoint of {counted(answer.size, 'fact')}"
    if answer.added:
        yield from page.paragraph(f"Took in the cosignature of {_named(answer.added)} on {checkpoint}.")
    if answer.already:
        yield from page.paragraph(f"The cosignature of {_named(answer.already)} on {checkpoint} is there already.")
    if answer.unknown:
        names = visible(listed_in_words(answer.unknown))
        yield from page.paragraph(f"Left out: {names}, which the policy does not name.")
    if answer.false:
        names = visible(listed_in_words(answer.false))
        yield from page.paragraph(f"Left out: a signature that does not match its key, {names}.")
    if not (answer.added or answer.already or answer.unknown or answer.false):
        yield from page.paragraph(f"Nobody has cosigned {checkpoint} in {visible(answer.file)}.")
