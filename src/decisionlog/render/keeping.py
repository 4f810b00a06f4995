"""What `backup` and `restore` made, as text."""

from __future__ import annotations

from collections.abc import Iterator

from decisionlog.domain.answers.keeping import BackedUp, Moved, Restored, RolesGiven
from decisionlog.domain.text import visible
from decisionlog.render.page import Page
from decisionlog.render.words import counted


def backed_up(answer: BackedUp, page: Page) -> Iterator[str]:
    """`backup`: what was kept and proved, and what is to be done with it."""
    facts, words, file = counted(answer.position, "fact"), counted(answer.words, "sealed word"), visible(answer.file)
    yield from page.paragraph(
        f"Backed up {facts} with {words} to {file}; the copy was restored and verified (root {answer.root})."
    )
    yield from page.paragraph(
        "Names and prose are in it in clear: keep it where only those may look who may see the log."
    )
    if answer.key:
        key = f"The key that signs is not in it ({visible(answer.key)}): keep a copy of it too, in another place."
        yield from page.paragraph(key)
    if answer.same_disk:
        yield from page.paragraph("It lies on the disk that holds the log: copy it to another before that one fails.")


def restored(answer: Restored, page: Page) -> Iterator[str]:
    """`restore`: what there is again, what is missing from it, and what is to be done about that."""
    facts, words, file = counted(answer.position, "fact"), counted(answer.words, "sealed word"), visible(answer.file)
    if answer.only_to_look_at:
        yield from page.paragraph(
            f"{file} is the log as it was at fact {answer.position}, with {words}: root {answer.root}."
        )
        if answer.left_out:
            were = "1 sealed value that was" if answer.left_out == 1 else f"{answer.left_out:,} sealed values that were"
            yield from page.paragraph(f"Without {were} erased later.")
        yield from _unknown(answer, page)
        yield from page.paragraph("It is to be looked at and can only be read: what goes on is the log itself.")
        return
    yield from page.paragraph(f"Restored {facts} with {words} to {file}; verified (root {answer.root}).")
    for sentence in answer.lost:
        yield from page.paragraph(visible(sentence))
    if answer.recorded:
        yield from page.paragraph(
            f"That is on record as fact {answer.recorded}. Tell the partners who cosign for this log."
        )
        if answer.key and answer.signed_for:
            old = f"{visible(answer.key)} signed for what is missing, and signs no other history: keep it, make another"
            new = "(decisionlog key new --key-file FILE), and name that one as the setting `key`."
            yield from page.paragraph(f"{old} {new}")
    if answer.erased:
        went = "that had been erased since was" if answer.erased == 1 else "that had been erased since were"
        yield from page.paragraph(f"{counted(answer.erased, 'sealed value')} {went} erased in it as well.")
    yield from _unknown(answer, page)
    if answer.moved_aside:
        yield from page.paragraph(f"The log that was there is now {visible(answer.moved_aside)}.")
    if not answer.key:
        yield from page.paragraph("No key lies beside it: without the one it had, checkpoints cannot be signed.")


def moved(answer: Moved, page: Page) -> Iterator[str]:
    """`move`: what there is now in two places, and which of them goes on."""
    facts, words, target = (
        counted(answer.position, "fact"),
        counted(answer.words, "sealed word"),
        visible(answer.target),
    )
    yield from page.paragraph(
        f"Moved {facts} with {words} to {target}; every fact has its position (root {answer.root})."
    )
    password = " (with the password in the place of ***)" if ":***@" in target else ""
    key = f' and key = "{visible(answer.key)}"' if answer.key else ""
    yield from page.paragraph(
        f"{visible(answer.source)} was not touched: put it away, so that nobody records in it any more, and write "
        f'log = "{target}"{password}{key} in decisionlog.toml.'
        + (" The key that signs stays where it is." if answer.key else "")
    )


def roles_given(answer: RolesGiven, page: Page) -> Iterator[str]:
    """`roles`: who may do what on a server."""
    yield from page.paragraph(f"{answer.recorder} may add facts and read them; it can neither change nor remove one.")
    yield from page.paragraph(f"{answer.reader} may only read.")
    for role, users in ((answer.recorder, answer.recorders), (answer.reader, answer.readers)):
        if users:
            yield from page.paragraph(f"Given {role}: {', '.join(map(visible, users))}.")
    if answer.replaced:
        yield from page.paragraph(
            f"{' and '.join(answer.replaced)} may do nothing in this log any more, since logs in other databases of the server may have "
            "them too. Whoever had one was given the new one: take it from those who are of another log, and start "
            "again what runs on this one."
        )


def _unknown(answer: Restored, page: Page) -> Iterator[str]:
    if answer.erasures_unknown:
        yield from page.paragraph(
            "No log was found here that went on after this copy was made, so nothing tells what was erased since: such words "
            "are in it again. Look up the disposal decisions made since then, and carry them out again (decisionlog erase)."
        )
