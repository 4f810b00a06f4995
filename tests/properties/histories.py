"""Histories as a partnership might have them, made of moves: what happened, when, who said so when, and when it was recorded."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from decisionlog.store.log import Log
from tests.scenario import NOW, Plain, new_log, record

DAYS = (
    None, "2025", "2026", "2026-02", "2026-03", "2026-03-01", "2026-03-12", "2026-03-12T10:00:00Z", "2026-03-29",
    "2026-03-29T00:30:00+00:00", "2026-06-01", "2026-10-25T01:30:00+01:00", "2027-01-01",
)  # fmt: skip
SAID = (
    None,
    None,
    None,
    "2026-01-05",
    "2026-02",
    "2026-03-12",
    "2026-03-12T10:00:00Z",
    "2026-06-01T08:40:00Z",
    "2027-01-01",
)

OPENINGS: dict[str, tuple[str, Plain]] = {
    "proposal": ("proposal.submitted", {"title": "T", "ref": "Proposal One", "version": "1"}),
    "decision": (
        "decision.taken",
        {
            "outcome": "approved",
            "from": "2026-04-01",
            "issuer": "body:b",
            "decision_makers": ["body:b"],
            "urgent": {},
            "conditions": [{"id": "c1", "words": "T"}],
        },
    ),
    "body": ("body.constituted", {"name": "Board", "until": "2027-04-01"}),
    "person": ("person.registered", {"name": "Ada"}),
    "meeting": ("meeting.called", {"title": "March"}),
    "disagreement": ("disagreement.raised", {"about": ["body:b"], "on_behalf_of": ["body:b"]}),
    "action": ("action.assigned", {"what": "T", "owner": "person:p", "due": "2026-04-30"}),
}
STEPS: dict[str, tuple[tuple[str, Plain], ...]] = {
    "proposal": (
        ("proposal.deferred", {}),
        ("proposal.listed", {}),
        ("proposal.consulted", {}),
        ("proposal.status_noted", {"status": "LABEL"}),
        ("proposal.withdrawn", {}),
        ("proposal.called_in", {}),
        ("proposal.position_taken", {"on_behalf_of": ["body:b"], "position": "support", "version": "1"}),
        ("proposal.sign_off_requested", {"asked": "body:b", "due": "2026-04-01"}),
        ("proposal.revised", {"version": "LABEL"}),
        ("proposal.position_withdrawn", {}),
        ("proposal.sponsor_changed", {"sponsor": "person:p"}),
        ("proposal.listed", {"body": "body:b"}),
    ),
    "decision": (
        ("decision.ratified", {}),
        ("decision.called_in", {}),
        ("decision.call_in_concluded", {}),
        ("decision.published", {}),
        ("decision.rescinded", {}),
        ("decision.implemented", {}),
        ("decision.stayed", {"until": "2026-06-01"}),
        ("decision.varied", {"report_to": [{"to": "body:b"}], "review_by": "2026-09-01"}),
        ("decision.reported_back", {"to": "body:b"}),
        ("condition.discharged", {"condition": "c1"}),
        ("decision.not_ratified", {"stands": True}),
        ("decision.superseded", {"wholly": False}),
    ),
    "body": (
        ("body.renamed", {"name": "LABEL"}),
        ("body.dissolved", {}),
        ("body.reconstituted", {}),
        ("body.parents_changed", {}),
        ("body.member_appointed", {"member": "person:p", "from": "2026-03-29"}),
        ("body.member_appointed", {"member": "person:p", "until": "2026-10-01"}),
        ("body.member_ended", {}),
    ),
    "person": (("person.renamed", {"name": "LABEL"}), ("person.affiliated", {})),
    "meeting": (
        ("meeting.held", {"bodies": ["body:b"], "title": "LABEL"}),
        ("meeting.held", {"bodies": ["body:b"]}),
        ("meeting.adjourned", {}),
        ("meeting.cancelled", {}),
        ("meeting.item_considered", {"title": "LABEL"}),
        ("meeting.minutes_drafted", {}),
        ("meeting.minutes_confirmed", {}),
    ),
    "disagreement": (
        ("disagreement.escalated", {"to": "body:b", "rung": 2, "respond_by": "2026-06-01"}),
        ("disagreement.parked", {}),
        ("disagreement.dissent_recorded", {}),
        ("disagreement.withdrawn", {"on_behalf_of": ["body:b"]}),
        ("disagreement.reconciled", {}),
    ),
    "action": (
        ("action.updated", {"due": "2026-05-30", "progress": "late"}),
        ("action.updated", {"what": "LABEL"}),
        ("action.completed", {}),
        ("action.cancelled", {}),
    ),
}
CORRECTED = {
    "proposal.submitted": ("/title", "/version"),
    "proposal.status_noted": ("/status",),
    "decision.taken": ("/outcome", "/from"),
    "body.constituted": ("/name", "/until"),
    "body.renamed": ("/name",),
    "person.renamed": ("/name",),
    "meeting.called": ("/title",),
    "proposal.position_taken": ("/version",),
    "body.member_appointed": ("/until",),
    "action.assigned": ("/what",),
    "action.updated": ("/due",),
}
OF = frozenset({"proposal.position_withdrawn", "condition.discharged", "body.member_ended"})
"""Types that name a fact of their stream."""
WORDS = {
    "/outcome": ("rejected", "noted"),
    "/from": ("2026-05-01", "2026-06"),
    "/until": ("2026-12-31",),
    "/due": ("2026-07-01",),
}

MOVES = st.lists(
    st.tuples(
        st.sampled_from(sorted(OPENINGS)),
        st.sampled_from(["step", "step", "step", "correct", "correct", "retract", "renumber"]),
        st.integers(0, 11),
        st.sampled_from(DAYS),
        st.sampled_from(SAID),
        st.booleans(),
    ),
    max_size=12,
)


class History:
    """What is recorded, batch by batch, and what the facts say so far."""

    openings = OPENINGS
    steps = STEPS
    corrected = CORRECTED
    words = WORDS
    of = OF

    def __init__(self, moves: list[tuple[Any, ...]]) -> None:
        self.batches: list[tuple[datetime, list[Plain]]] = []
        self._streams: dict[str, list[Plain]] = {}
        self._label = 0
        self._now = NOW
        self._begin()
        for kind, move, choice, on, said, breaks in moves:
            if breaks or not self.batches:
                self._now += timedelta(minutes=20 * (choice % 3))
                self.batches.append((self._now, []))
            if kind not in self._streams:
                self._open(kind, on, said)
            else:
                getattr(self, f"_{move}")(kind, choice, on, said)

    def record(self, log: Log | None = None) -> Log:
        """A log in which all of it is recorded."""
        log = log or new_log()
        for now, facts in self.batches:
            if facts:
                record(log, *facts, now=now, again=True)
        return log

    def _begin(self) -> None:
        """What the others name."""
        self._open("body", None, None)
        self._open("person", None, None)

    def _add(self, kind: str, type_name: str, on: str | None, said: str | None, data: Plain, **more: Any) -> None:
        plain: Plain = {"type": type_name, "stream": f"{kind}:{kind[0]}", "data": data, **more}
        if on is not None:
            plain["on"] = on
        if said is not None:
            plain["source"] = {"recorded_at": said}
        if not self.batches:
            self.batches.append((self._now, []))
        self.batches[-1][1].append(plain)
        self._streams.setdefault(kind, []).append({**plain, "data": dict(data)})

    def _open(self, kind: str, on: str | None, said: str | None) -> None:
        type_name, data = self.openings[kind]
        self._add(kind, type_name, on, said, dict(data))

    def _step(self, kind: str, choice: int, on: str | None, said: str | None) -> None:
        type_name, data = self.steps[kind][choice % len(self.steps[kind])]
        n = 1 + choice % len(self._streams[kind])
        of = {"of": {"stream": f"{kind}:{kind[0]}", "n": n}} if type_name in self.of else {}
        self._add(
            kind,
            type_name,
            on,
            said,
            {name: self._new_label() if value == "LABEL" else value for name, value in data.items()},
            **of,
        )

    def _new_label(self) -> str:
        self._label += 1
        return f"Label {self._label}"

    def _retract(self, kind: str, choice: int, on: str | None, said: str | None) -> None:
        n = 1 + choice % len(self._streams[kind])
        self._add(kind, "record.retracted", on, said, {}, of={"stream": f"{kind}:{kind[0]}", "n": n})

    def _renumber(self, kind: str, _: int, on: str | None, said: str | None) -> None:
        self._add(kind, "record.renumbered", on, said, {"ref": self._new_label()})

    def _correct(self, kind: str, choice: int, on: str | None, said: str | None) -> None:
        """Correct what was said first of one fact: rightly, unless it was corrected already, or the choice says wrongly."""
        possible = [
            (n, fact) for n, fact in enumerate(self._streams[kind], start=1) if fact["type"] != "record.corrected"
        ]
        n, fact = possible[choice % len(possible)]
        paths = ("/on", *self.corrected.get(fact["type"], ()))
        path = paths[choice % len(paths)]
        was = fact.get("on") if path == "/on" else fact["data"].get(path[1:])
        now = (
            DAYS[1 + choice]
            if path == "/on"
            else self.words[path][choice % len(self.words[path])]
            if path in self.words
            else self._new_label()
        )
        change = {"path": path, "now": now} | ({} if was is None or choice == 5 else {"was": was})
        self._add(kind, "record.corrected", on, said, {"changes": [change]}, of={"stream": f"{kind}:{kind[0]}", "n": n})
        if choice not in {4, 5}:  # after some, the next correction says what no longer stands
            (fact if path == "/on" else fact["data"])[path.removeprefix("/")] = now


histories = st.builds(History, MOVES)
