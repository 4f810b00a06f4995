"""Which of the changes that the source calls decisions were determinations, and where they were announced.

| outcome in the source | becomes |
|---|---|
| approved, rejected, approved-conditionally | a decision, unless it stands already and this is another name for it |
| completed, approved-in-force | a decision only out of an open label, and where a decider or a resolution is named |
| deferred | a decision where a decider is named, else the proposal is put off |
| withdrawn | the proposal is withdrawn |
| superseded, not-serious | a row: the label was noted, nobody decided |
"""

from __future__ import annotations

from typing import Any

from desk import Desk, Matter
from elections import votes
from people import stood_for
from plain import Fact, Record, recorded
from proposals import MISSPELT

_DETERMINED = {"approved": "approved", "approved-conditionally": "approved-with-conditions", "rejected": "rejected"}
_IN_PASSING = frozenset({"approved-in-force", "completed"})
_UNDECIDED = frozenset({"Deferred", "Draft", "Incomplete", "Postponed"})


def decided(desk: Desk, record: Record) -> None:
    """A change of label that the source calls a decision."""
    matter = desk.matters[record["subject"]]
    determination = _determination(desk, matter, record)
    if determination is not None:
        _take(desk, matter, record, determination)
    elif record["outcome"] in {"deferred", "withdrawn"}:
        _put_off(desk, matter, record)
    else:
        desk.book.keep()


def elected(desk: Desk, record: Record) -> None:
    """An election is a decision; those who voted are not named."""
    election = next(one for one in desk.elections if one.proposal == f"proposal:{record['proposal']}")
    told = {
        "ref": election.ref,
        "title": record["title"],
        "text": record["results"].strip(),
        "proposals": [{"proposal": desk.proposal(record["proposal"])}],
        "outcome": "elected",
        "outcome_words": f"Voting ended {record['voting_ended']}",
        "method": "ballot",
        "votes": votes(election, record["results"]),
    }
    desk.book.open(election.stream, told, election.ended)


def resolution_recorded(desk: Desk, record: Record) -> None:
    """Where the decision that stands was announced."""
    _announce(desk, desk.matters[record["proposal"]], record)


def resolution_corrected(desk: Desk, record: Record) -> None:
    """Another address or another day of the announcement, or none any more."""
    matter = desk.matters[record["proposal"]]
    announced = matter.announced
    if announced is not None and "url" not in record:
        desk.book.retract(announced, None)
        matter.announced = None
    elif announced is None or announced.of is not matter.decision:
        _announce(desk, matter, record)
    else:
        _correct_announcement(desk, announced, record)


def authority(delegation: Fact | None, words: str | None) -> list[dict[str, Any]] | None:
    """What a decider relied on: the grant that stands for the proposal, and what the source calls it."""
    relied_on = recorded({"delegation": delegation and delegation.stream, "words": words})
    return [relied_on] if relied_on else None


def _determination(desk: Desk, matter: Matter, record: Record) -> str | None:
    """The outcome in the controlled words; None where nobody determined anything."""
    outcome, before = record["outcome"], desk.status_before(record)
    if outcome in _IN_PASSING:
        named = bool(_makers(desk, record) or _addresses(record))
        return "approved" if named and before in _UNDECIDED else None
    if outcome == "deferred":
        return "deferred" if _makers(desk, record) and before not in MISSPELT else None
    stands = matter.decision and matter.decision.data["outcome"]
    if outcome == "approved-conditionally" and stands == "approved":
        return None
    determined = _DETERMINED.get(outcome)
    return None if determined == stands else determined


def _take(desk: Desk, matter: Matter, record: Record, outcome: str) -> None:
    makers = _makers(desk, record)
    told = {
        "ref": record["id"],
        "title": matter.submitted and matter.submitted.now("/title"),
        "text": record.get("rationale"),
        "proposals": [{"proposal": desk.proposal(record["subject"])}],
        "decision_makers": makers or None,
        "on_behalf_of": stood_for(record.get("decided_by", ())) or None,
        "outcome": outcome,
        "outcome_words": record["status"],
        "authority": authority(matter.delegation, record.get("authority")) if makers else None,
        "documents": _documents(record) or None,
    }
    on = _first_shown(desk, matter, record)
    taken = desk.book.open(f"decision:{record['id']}", told, on)
    if outcome == "deferred":
        matter.put_off = taken
        return
    if (earlier := matter.decision) is not None:
        replaced = {"by_decisions": [taken.stream]}
        desk.book.add("decision.superseded", earlier.stream, replaced, on, of=earlier)
    matter.decision, matter.put_off = taken, None


def _put_off(desk: Desk, matter: Matter, record: Record) -> None:
    """Withdrawn or deferred with no decider named. A rejection that turns into a withdrawal is contradicted by it."""
    stream, outcome = desk.proposal(record["subject"]), record["outcome"]
    told = {"reason": record.get("rationale")}
    matter.put_off = desk.book.add(f"proposal.{outcome}", stream, told, _first_shown(desk, matter, record))
    stands = matter.decision
    if stands is not None and stands.data["outcome"] == "rejected" and outcome == "withdrawn":
        differs = {"path": "/outcome", "says": outcome, "words": record.get("rationale")}
        desk.book.add("record.contradicted", stands.stream, differs, of=stands)


def _first_shown(desk: Desk, matter: Matter, record: Record) -> str | None:
    """The day of the act: of the label itself where this record only puts its spelling right."""
    respelt = matter.status is not None and desk.status_before(record) in MISSPELT
    return matter.status.on if matter.status is not None and respelt else record.get("at")


def _announce(desk: Desk, matter: Matter, record: Record) -> None:
    address = record.get("url", "")
    if matter.decision is None or not _is_address(address):
        desk.book.keep()
        return
    told = {"channel": "Resolution", "documents": [{"uri": address}]}
    stream = matter.decision.stream
    matter.announced = desk.book.add("decision.published", stream, told, record.get("at"), of=matter.decision)
    desk.book.correct(matter.decision, _better_day(matter.decision, record))


def _correct_announcement(desk: Desk, announced: Fact, record: Record) -> None:
    """The header is told twice: as what was announced, and as what a decision rests on."""
    for fact in filter(None, (announced, announced.of)):
        changes = _better_day(fact, record)
        for place in range(len(fact.data.get("documents", ()))):
            path = f"/documents/{place}"
            if fact.now(f"{path}/uri") == record["previous"] != record["url"]:
                changes |= _addressed(path, record["url"])
        desk.book.correct(fact, changes)
    desk.book.keep_unless_told()


def _addressed(path: str, address: str) -> dict[str, Any]:
    """Another address for a document, or words in the place of one."""
    return {f"{path}/uri": address} if _is_address(address) else {f"{path}/uri": None, f"{path}/title": address}


def _better_day(fact: Fact, record: Record) -> dict[str, Any]:
    """The day in the header, where it says other than what is recorded, or more."""
    day, was = record.get("at"), fact.now("/on")
    return {"/on": day} if day and not (was or "").startswith(day) else {}


def _makers(desk: Desk, record: Record) -> list[str]:
    return desk.people.parties(record.get("decided_by", ()))


def _addresses(record: Record) -> list[str]:
    return [address for address in record.get("evidence", ()) if _is_address(address)]


def _documents(record: Record) -> list[dict[str, str]]:
    words = [text for text in record.get("evidence", ()) if not _is_address(text) and text != "TBD"]
    return [{"uri": address} for address in _addresses(record)] + [{"title": text} for text in words]


def _is_address(text: str) -> bool:
    return text.startswith(("http://", "https://"))
