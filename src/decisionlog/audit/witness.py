"""A witness at work: it remembers before it answers, and does both alone with its folder.

Checking what was cosigned last and remembering what is cosigned now are one step, for all programs and threads. Else two
requests at the same moment could each be held against the same memory, and the smaller one be remembered last.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from decisionlog.audit.keys import Signer, read_signer
from decisionlog.audit.verify import COSIGNATURE, Key, Malformed
from decisionlog.audit.witnessing import Cosigned, Refused, Watched, Why, add_checkpoint, read_watched, written
from decisionlog.store.witness_folder import WitnessFolder


class Witness:
    """A witness, with its key and its memory in a folder. What it reads raises `Malformed` and `Mismatch`."""

    def __init__(self, folder: WitnessFolder) -> None:
        self.folder = folder

    @cached_property
    def signer(self) -> Signer:
        """The key that cosigns."""
        signer = read_signer(self.folder.key())
        if signer.key.kind != COSIGNATURE:
            msg = "the key in it signs notes, and does not cosign checkpoints"
            raise Malformed(msg)
        return signer

    def add_checkpoint(self, body: bytes, at: int) -> Cosigned | Refused:
        """The answer to an add-checkpoint request at a time in POSIX seconds; a cosignature is remembered when this returns."""
        with self.folder.locked():
            answer = add_checkpoint(body, self.watched, self.signer, at)
            match answer:
                case Cosigned(after=after):
                    self.folder.keep(after.origin, written(after))
                case Refused(watched=Watched(origin=origin)) if _may_be_a_lie(answer):
                    self.folder.keep_evidence(origin, body)
        return answer

    def watched(self, origin: str) -> Watched | None:
        """What is remembered of the log of an origin; none, where it is not looked after."""
        content = self.folder.kept(origin)
        if content is None:
            return None
        found = read_watched(content, self.signer.key)
        return found if found.origin == origin else None

    def all_watched(self) -> list[Watched]:
        """What is remembered of every log."""
        return [read_watched(content, self.signer.key) for content in self.folder.origins_kept()]

    def look_after(self, keys: Iterable[Key]) -> Watched:
        """Look after the log of these keys, which then are all that may sign for it; what was seen of it stays."""
        keys = tuple(keys)
        with self.folder.locked():
            before = self.watched(keys[0].name)
            after = before._replace(keys=keys) if before else Watched(keys[0].name, keys)
            self.folder.keep(after.origin, written(after))
        return after


def _may_be_a_lie(answer: Refused) -> bool:
    """Whether what the log signed may show that it has two histories."""
    return answer.why is Why.NOT_CONTINUED or answer.shows_two_histories
