"""What the records say of proposals: opened, labelled, changed, replaced, dropped. A label is never a decision."""

from __future__ import annotations

import re

from desk import Desk, Matter
from numbering import called
from plain import Record

OPEN_LABELS = frozenset({"Active", "Draft", "Incomplete"})
MISSPELT = {
    "Acepted": "Accepted",
    "Approved": "Accepted",
    "Finished": "Final",
    "Postponed": "Deferred",
    "Withdrawal": "Withdrawn",
}
"""Labels that the source does not have, and what it put in their place."""
_PATHS = {"title": "/title", "type": "/kind", "created": "/on"}
_NOT_DECIDED = re.compile(r'^Revert "|^Backed out|not yet accepted|[Nn]ot quite ready to accept')


def opened(desk: Desk, record: Record) -> None:
    """A proposal is put forward, on the day that its header gives."""
    key, matter = record["proposal"], desk.matters[record["proposal"]]
    if "moved_from" in record:
        matter.related.append({"proposal": desk.proposal(record["moved_from"]), "link": "same-matter"})
    told = {
        "ref": called(key),
        "title": record["title"],
        "kind": record.get("type"),
        "sponsor": desk.party(record.get("sponsor")),
        "authors": desk.people.parties(record["authors"]) or None,
        "related": list(matter.related) or None,
    }
    matter.submitted = desk.book.open(f"proposal:{key}", told, record.get("at"))


def status(desk: Desk, record: Record) -> None:
    """A label is noted from when the source shows it; a misspelt one is put right; one that goes back reopens.

    A day out of another header (Created, Resolution) is the day of another act, so the label has the commit's.
    """
    matter, label, before = desk.matters[record["proposal"]], record.get("status"), record.get("previous")
    shown = record.get("at") if record.get("at_basis") == "commit" else record.said_at
    if label is None:
        desk.book.keep()
    elif matter.status is not None and matter.status.now("/status") == before and MISSPELT.get(before) == label:
        desk.book.correct(matter.status, {"/status": label}, record.get("note"))
    else:
        told = {"status": label, "status_words": record.get("note")}
        matter.status = desk.book.add("proposal.status_noted", desk.proposal(record["proposal"]), told, shown)
    if record.get("reversal") and label in OPEN_LABELS:
        _reopen(desk, matter, record, shown)


def header_corrected(desk: Desk, record: Record) -> None:
    """A title, a kind or the day of creation is put right; one that was never as it is said to have been, is noted."""
    submitted, path = desk.submitted(record), _PATHS[record["field"]]
    recorded, now = submitted.now(path), record.get("value") or None
    dated_by_commit = path == "/on" and "T" in (recorded or "")
    if recorded in (None, record["previous"]) or dated_by_commit:
        desk.book.correct(submitted, {path: now})
    else:
        desk.book.add("record.contradicted", submitted.stream, {"path": path, "says": now}, of=submitted)


def authors_changed(desk: Desk, record: Record) -> None:
    """Other authors are a new version of the proposal; the same ones under other names are not."""
    before, now = desk.people.parties(record["previous"]), desk.people.parties(record["authors"])
    if desk.people.same(before, now):
        desk.book.keep()
    else:
        desk.book.add("proposal.revised", desk.proposal(record["proposal"]), {"authors": now}, record.get("at"))


def sponsor_changed(desk: Desk, record: Record) -> None:
    """Somebody else owns the proposal, or nobody who is named."""
    before, now = desk.people.parties(record.get("previous", ())), desk.party(record.get("actor"))
    if now and desk.people.same(before, [now]):
        desk.book.keep()
    else:
        desk.book.add("proposal.sponsor_changed", desk.proposal(record["proposal"]), {"sponsor": now}, record.get("at"))


def superseded(desk: Desk, record: Record) -> None:
    """The older proposal says that it was replaced; the newer alone can only say that it is meant to replace."""
    old, new = desk.proposal(record["old"]), desk.proposal(record["new"])
    if record["declared_by"] == record["old"]:
        desk.book.add("proposal.superseded", old, {"by_proposals": [new]}, record.get("at"))
        return
    related = desk.matters[record["new"]].related
    if (link := {"proposal": old, "link": "replaces"}) in related:
        desk.book.keep()
    else:
        related.append(link)
        desk.book.add("proposal.revised", new, {"related": list(related)}, record.get("at"))


def removed(desk: Desk, record: Record) -> None:
    """The source dropped its record: the number was taken back, moved or handed to another proposal."""
    desk.book.retract(desk.submitted(record), record.get("note"))


def _reopen(desk: Desk, matter: Matter, record: Record, shown: str | None) -> None:
    """What a label taken back undoes: a decision that never was, one that was, or a withdrawal or deferral."""
    note = record.get("note")
    if matter.decision is not None and record["status"] == "Active" and matter.decision.data["outcome"] != "rejected":
        return  # in force is how an accepted proposal may be called
    if matter.decision is not None and _NOT_DECIDED.search(note or ""):
        desk.book.retract(matter.decision, note)
    elif matter.decision is not None:
        desk.book.add("decision.rescinded", matter.decision.stream, {"words": note}, shown, of=matter.decision)
    elif matter.put_off is not None:
        told = {"reason": note}
        desk.book.add("proposal.revised", desk.proposal(record["proposal"]), told, shown, of=matter.put_off)
    matter.decision = matter.put_off = None
