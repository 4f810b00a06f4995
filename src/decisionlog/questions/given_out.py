"""What was given out of a log with words in clear: backups, copies, exports, bundles, disclosures; and whether this is a copy."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from decisionlog.domain.answers.things import Listed, Listing
from decisionlog.domain.days import span
from decisionlog.domain.saying import Said, Words
from decisionlog.questions.point import Asked, settle
from decisionlog.store.batch import Export
from decisionlog.store.erasing import AS_IT_WAS
from decisionlog.store.log import Log

_KINDS: Final = {"disclose": "disclosure"}
"""What the thing is called, where it is remembered by the command that made it."""
_WORDS: Final = {
    "all": "with all words",
    "open": "with the words of open facts that name nobody",
}


def list_copies(log: Log, asked: Asked, now: datetime, *, limit: int | None = None) -> Listing:
    """What was given out by a day, of a log as far as it was known: what, when, by and for whom, and which words are in it.

    It is kept beside the facts, by the file from which it was made, and no export carries it.
    """
    point = settle(log, asked, now)
    made = [
        export
        for export in log.recorder.exports()
        if export.size <= point.basis.position and span(export.made_at, log.zone).earliest <= point.as_of.on
    ]
    items = tuple(_listed(log, export) for export in made)
    return Listing(point.basis, "copy", items[:limit], len(items) - len(items[:limit]))


def as_it_was(log: Log) -> int:
    """Of a copy that shows a log as it once was, how many facts it then had; 0 for a log that goes on."""
    if "://" in str(log.recorder.place):
        return 0  # such copies are files; on a server not everybody who reads may see its secrets
    kept = log.recorder.secret(AS_IT_WAS)
    return int(kept) if kept is not None and kept.isdigit() and int(kept) == log.size() else 0


def _listed(log: Log, export: Export) -> Listed:
    """What was given out, as one thing of a list; the evidence is the last fact that is in it."""
    day = export.made_at[:10]
    return Listed(
        stream=f"log:{log.identity.origin}",
        ref=export.file or "standard output",
        issuer="",
        title="",
        state=_KINDS.get(export.kind, export.kind),
        status="",
        opened_on=export.made_at,
        state_on=day,
        from_="",
        until="",
        possible="",
        level="",
        evidence=(export.size,),
        more={"made_by": export.made_by, "words": export.words, **({"to": export.to} if export.to else {})},
        said=_said(export),
    )


def _said(export: Export) -> tuple[Said, ...]:
    chosen = len(export.opened)
    words = _WORDS.get(export.words) or f"with {chosen:,} chosen sealed value{'s' * (chosen != 1)}"
    said: list[Said] = [("by ", export.made_by), (words,)]
    return tuple([*said, ("for ", Words(export.to))] if export.to else said)
