"""A small world in which authority is given and taken: few parties, few days, so that much of it meets.

What is picked comes from bytes; bytes of zero give the plainest, so that what is made smaller is easier to read.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

from decisionlog.store.log import Log
from tests.scenario import NOW, Plain, new_log, record

ORGANISATIONS = ("organisation:icb", "organisation:council", "organisation:next", "organisation:trust")
BODIES = ("body:board", "body:executive", "body:joint", "body:sub", "body:forum")
POSTS = ("post:director", "post:officer")
PEOPLE = ("person:p1", "person:p2", "person:p3")
PARTIES = (*ORGANISATIONS[:2], *BODIES[:4], *POSTS, *ORGANISATIONS[2:], BODIES[4], PEOPLE[0], "organisation:stub")
FUNCTIONS = ("function:care", "function:discharge", "function:transport")
PLACES = ("place:town", "place:system", "place:village", "place:port")
INSTRUMENTS = ("instrument:scheme", "instrument:agreement", "instrument:stub", "instrument:mou")
MATTER = "proposal:m"
BASES = ("nhsa2006-s65Z5", "nhsa2006-s7A", "nhsa2006-s13Z", "original-power", "mou", "unheard-of")

DAYS = (
    "2022-07-01", "2023-04-01", "2024-01-15", "2024-06", "2025-04-01", "2023", "2024-01-15T10:00:00Z",
    "2024-01-15T16:00:00Z", "2022-07", "2020-04-01", "2025-10-26T01:30:00+01:00", "2026-04-01",
)  # fmt: skip
SAID = ("2022-08-01", "2024-01-20", "2024-01-15T12:00:00Z", "2024-06", "2025-05-01", "2026-01-01")

EARLY = "2020-01-01"


class Picks:
    """Bytes, from which one thing after another is picked; zeroes where they are used up."""

    def __init__(self, source: bytes) -> None:
        self._source = iter(source)

    def number(self, below: int) -> int:
        return next(self._source, 0) % below

    def one(self, *options: Any) -> Any:
        return options[self.number(len(options))]

    def some(self, share: int, below: int = 10) -> bool:
        """True for a share of all histories; false for zero."""
        return self.number(below) >= below - share


class SmallWorld:
    """What is recorded, batch by batch, and what of each stream was said so far; to begin with, the world itself."""

    def __init__(self, base: bytes) -> None:
        self.batches: list[tuple[datetime, list[Plain]]] = [(NOW - timedelta(days=300), [])]
        self.streams: dict[str, list[Plain]] = {}
        self._picks = Picks(base)
        self._base()

    def record(self, log: Log | None = None, batches: int | None = None) -> Log:
        """A log in which it is recorded, or only its first batches."""
        log = log or new_log(now=NOW - timedelta(days=301))
        for now, facts in self.batches[:batches]:
            if facts:
                record(log, *facts, now=now, again=True)
        return log

    def __repr__(self) -> str:
        """The facts, one a line."""
        return "\n".join(["", *(json.dumps(fact) for _, facts in self.batches for fact in facts)])

    # Facts

    def _add(self, type_name: str, stream: str, data: Plain, *, on: str | None = None, of: int | None = None) -> None:
        plain: Plain = {"type": type_name, "stream": stream, "data": data}
        if on:
            plain["on"] = on
        if of:
            plain["of"] = {"stream": stream, "n": of}
        if self._picks.some(2):
            plain["source"] = {"recorded_at": self._picks.one(*SAID)}
        self.batches[-1][1].append(plain)
        self.streams.setdefault(stream, []).append({**plain, "data": dict(data)})

    def _dated(self, type_name: str, stream: str, data: Plain, of: int | None = None, *, ends: bool = False) -> None:
        """A fact with a day, and perhaps another from which it counts, and one on which it ends."""
        pick = self._picks
        on = None if pick.some(1) else pick.one(*DAYS)
        more = {"from": pick.one(*DAYS)} if pick.some(2) else {}
        if ends and pick.some(2):
            more["until"] = pick.one(*DAYS[1:])
        self._add(type_name, stream, data | more, on=on, of=of)

    def _facts(self, *types: str) -> list[tuple[str, int]]:
        """Where facts of these types stand."""
        return [
            (stream, number)
            for stream, facts in self.streams.items()
            for number, fact in enumerate(facts, start=1)
            if fact["type"] in types
        ]

    def _open(self, type_name: str, stream: str, **data: Any) -> None:
        self._add(type_name, stream, data, on=EARLY)

    # The small world

    def _base(self) -> None:
        pick = self._picks
        kinds = ("icb", "upper-tier-la", "icb", "nhs-trust")
        for organisation, kind in zip(ORGANISATIONS, kinds, strict=True):
            self._open(
                "organisation.registered", organisation, **({} if pick.some(1, 20) else {"kind": kind}), name="N"
            )
        self._add("organisation.registered", "organisation:stub", {"ref": "Stub"})
        self._open("place.defined", "place:system", name="System")
        self._open("place.defined", "place:town", within="place:system")
        self._open("place.defined", "place:port", within="place:system")
        self._open("place.defined", "place:village", within="place:town")
        self._open("function.catalogued", "function:care", name="Care")
        self._open("function.catalogued", "function:discharge", parent="function:care")
        self._open("function.catalogued", "function:transport", name="Transport")
        for person in PEOPLE:
            self._add("person.registered", person, {})
        for instrument, kind in zip(INSTRUMENTS, ("sord", "s75-agreement", "", "mou"), strict=True):
            data = {"kind": kind, "parties": list(ORGANISATIONS[:2])} if kind else {"ref": "I"}
            if kind == "mou":
                data |= {"functions": [pick.one(*FUNCTIONS)]}
            self._add("instrument.adopted", instrument, data, on=EARLY)
        self._add("proposal.submitted", MATTER, {}, on=EARLY)
        self._add("decision.taken", "decision:d", {}, on=EARLY)
        self._open("post.established", "post:director", organisation="organisation:icb")
        self._open(
            "post.established",
            "post:officer",
            organisation="organisation:council",
            **({"jointly_with": ["organisation:icb"]} if pick.some(3) else {}),
        )
        for post, person in zip(POSTS, PEOPLE, strict=False):
            if not pick.some(2):
                self._open("post.filled", post, person=person, **({} if pick.some(4) else {"basis": "substantive"}))
        functions = ["function:care"]
        self._open("body.constituted", "body:board", kind="board", parents=[self._parent("organisation:icb", None)])
        self._open(
            "body.constituted", "body:executive", kind="executive", parents=[self._parent("organisation:council", None)]
        )
        parents = [self._parent(one, functions) for one in ORGANISATIONS[:2]][: 1 if pick.some(2) else 2]
        self._open("body.constituted", "body:joint", kind="joint-committee", parents=parents, **self._places(2))
        self._open(
            "body.constituted",
            "body:sub",
            **({} if pick.some(2) else {"kind": "sub-committee"}),
            parents=[self._parent(pick.one("body:board", "body:joint", "organisation:council"), functions)],
            **self._places(2),
        )
        forum = {"parents": [self._parent("organisation:council", [pick.one(*FUNCTIONS)])]} if pick.some(4) else {}
        self._open(
            "body.constituted",
            "body:forum",
            kind="advisory-forum",
            host="organisation:trust",
            **forum,
            **self._places(4),
        )
        self._open(
            "function.duty_placed",
            "function:care",
            holder="organisation:icb",
            legal_basis="original-power",
            **self._places(1),
        )
        if pick.some(5):
            self._open("function.duty_placed", "function:transport", holder="organisation:icb")
        if not pick.some(3):
            self._open(
                "function.duty_placed", "function:discharge", holder="organisation:council", must_consult=["body:forum"]
            )

    def _parent(self, parent: str, functions: list[str] | None) -> Plain:
        pick = self._picks
        entry: Plain = {"parent": parent}
        if functions is not None and not pick.some(1):
            entry["functions"] = [] if pick.some(1, 20) else [pick.one(*functions, *FUNCTIONS)]
        if functions is None and pick.some(2):
            entry["functions"] = [pick.one(*FUNCTIONS)]
        if pick.some(1):
            entry["from"] = pick.one(*DAYS)
        if pick.some(1):
            entry["until"] = pick.one(*DAYS)
        if pick.some(2):
            entry["instrument"] = pick.one(*INSTRUMENTS)
        if not pick.some(3):
            entry["by_decision"] = "decision:d"
        if pick.some(1):
            entry["legal_basis"] = pick.one(*BASES)
        return entry

    def _places(self, share: int) -> Plain:
        """Places, for a share of what could name some."""
        pick = self._picks
        if not pick.some(share):
            return {}
        return {"places": list(dict.fromkeys(pick.one(*PLACES) for _ in range(1 + pick.number(2))))}
